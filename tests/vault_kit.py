"""What the tests of the vault share: a derivation that costs 5 ms, notes to keep, a head to meddle with."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from companion.domain.clock import Clock
from companion.store.keys import MIB, KdfCost
from companion.store.vault import Vault

CHEAP = KdfCost(8 * MIB, 1)
WORDS = "blue kettle garden seven"


def make(data: Path, clock: Clock, words: str | None = WORDS, label: str = "blue heron") -> tuple[Vault, str]:
    """A new profile with a table for notes, and its paper code ("" without words)."""
    vault, code = Vault.create(data, label, words, clock, kdf=CHEAP)
    with vault.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE note (text TEXT)")
    return vault, code or ""


def unlock(folder: Path, clock: Clock, words: str | None = WORDS) -> Vault:
    return Vault.open(folder, words, clock, kdf=CHEAP)


def write(vault: Vault, *notes: str) -> None:
    with vault.engine.begin() as connection:
        for note in notes:
            connection.exec_driver_sql("INSERT INTO note VALUES (?)", (note,))


def notes(vault: Vault) -> list[str]:
    with vault.engine.connect() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT text FROM note ORDER BY rowid")]


def meddle(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the head as somebody would who knows the format: its check is right again afterwards."""
    for name in ("head", "head.bak"):
        body = json.loads((folder / name).read_bytes())
        del body["check"]
        change(body)
        plain = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
        (folder / name).write_text(json.dumps({**body, "check": f"{zlib.crc32(plain):08x}"}))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}
