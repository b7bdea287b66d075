"""What is left when the app ends without warning: a kill in the middle of a transaction, through the real engine."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from vault_kit import CHEAP, WORDS, contents, make, notes, unlock

from companion.domain.clock import FixedClock
from companion.store.vault import Vault

CANARY = "CANARY clinic Tuesday"

# Saves two notes at a time and says so after each; the second argument is where it starts to count.
WRITER = """
import os, sys
from pathlib import Path
from companion.domain.clock import SystemClock
from companion.store.vault import Vault
vault = Vault.open(Path(sys.argv[1]), sys.argv[3], SystemClock())
number = int(sys.argv[2])
while True:
    with vault.engine.begin() as work:
        for half in "ab":
            work.exec_driver_sql("INSERT INTO note VALUES (?)", (f"{number}{half} " + "x" * 3_000,))
    os.write(1, f"{number}\\n".encode())
    number += 1
"""

# Saves one note, then stays in the middle of saving many more, after they have spilled over into the log.
HALFWAY = """
import sys
from pathlib import Path
from companion.domain.clock import SystemClock
from companion.store.vault import Vault
vault = Vault.open(Path(sys.argv[1]), sys.argv[3], SystemClock())
canary = sys.argv[2]
with vault.engine.begin() as work:
    work.exec_driver_sql("INSERT INTO note VALUES (?)", (canary,))
with vault.engine.begin() as work:
    work.exec_driver_sql("PRAGMA cache_size = 10")
    work.exec_driver_sql("CREATE TEMP TABLE sorted (text TEXT)")
    for number in range(400):
        work.exec_driver_sql("INSERT INTO note VALUES (?)", (f"{canary} {number} " * 20,))
    work.exec_driver_sql("INSERT INTO sorted SELECT text FROM note ORDER BY text DESC")
    print("halfway", flush=True)
    sys.stdin.read()
"""


@contextmanager
def running(script: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", script, *arguments, WORDS]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with process:
        try:
            yield process
        finally:
            process.kill()


def hits(folder: Path) -> list[str]:
    """The files of `folder` that hold the canary: as it is, backwards, in UTF-16."""
    forms = [CANARY.encode(), CANARY[::-1].encode(), CANARY.encode("utf-16-le"), CANARY.encode("utf-16-be")]
    return [name for name, content in contents(folder).items() if any(form in content for form in forms)]


@pytest.fixture
def folder(tmp_path: Path, clock: FixedClock) -> Path:
    made, _code = make(tmp_path, clock)
    made.close()
    return made.folder


def test_what_was_said_to_be_saved_is_there_after_each_kill(folder: Path, clock: FixedClock) -> None:
    saved: list[int] = []
    for turn in range(5):
        with running(WRITER, str(folder), str(1_000 * turn)) as writer:
            assert writer.stdout
            saved += [int(writer.stdout.readline()) for _ in range(3 + 7 * turn)]
            writer.kill()
            saved += [int(line) for line in writer.stdout]
        with unlock(folder, clock) as again:
            found = [note.split()[0] for note in notes(again)]
            assert {f"{number}{half}" for number in saved for half in "ab"} <= set(found)
            assert {each[:-1] for each in found if each[-1] == "a"} == {each[:-1] for each in found if each[-1] == "b"}
            with closing(again.connect()) as raw:
                assert raw.execute("PRAGMA cipher_integrity_check").fetchall() == []
                assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_nothing_of_hers_can_be_read_in_any_file_at_any_time(
    tmp_path: Path, folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the profile's folder and where temporary files go."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    with running(HALFWAY, str(folder), CANARY) as writer:
        assert writer.stdout and writer.stdout.readline() == "halfway\n"
        assert (folder / "data.1-wal").stat().st_size > 100_000, "it has not spilled over: the test would be empty"
        assert hits(tmp_path) == []
        writer.kill()
        writer.wait()
        assert hits(tmp_path) == []
    with unlock(folder, clock) as again:
        assert notes(again) == [CANARY]
        assert hits(tmp_path) == []
    assert hits(tmp_path) == []
    assert not (folder / "data.1").read_bytes().startswith(b"SQLite")


def test_the_search_finds_what_is_not_encrypted(tmp_path: Path) -> None:
    for encoding in ("UTF-8", "UTF-16"):
        place = tmp_path / encoding
        place.mkdir()
        with closing(sqlite3.connect(place / "plain.db")) as plain:
            plain.execute(f"PRAGMA encoding = '{encoding}'")
            plain.execute("CREATE TABLE note (text TEXT)")
            plain.execute("INSERT INTO note VALUES (?)", (CANARY,))
            plain.commit()
        assert hits(place) == ["plain.db"]


def test_a_profile_without_words_is_not_in_the_clear_either_but_its_key_is(tmp_path: Path, clock: FixedClock) -> None:
    """Said in as many words wherever a profile is made: what protects it is the lock of the house."""
    made, _none = Vault.create(tmp_path, "teal fox", None, clock, kdf=CHEAP)
    with made, made.engine.begin() as work:
        work.exec_driver_sql("CREATE TABLE note (text TEXT)")
        work.exec_driver_sql("INSERT INTO note VALUES (?)", (CANARY,))
        assert hits(made.folder) == []
        assert made._key.hex().encode() in (made.folder / "head").read_bytes()
