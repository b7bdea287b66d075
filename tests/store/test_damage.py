from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from vault_kit import contents, make, meddle, notes, unlock, write

from companion.domain.clock import FixedClock
from companion.errors import Damaged, NewerFile, NoSuchProfile, StorageError, WrongSecret
from companion.store import keys
from companion.store.vault import Vault

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and links as POSIX has them")


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.update(id="0" * 32),
        lambda body: body.update(gen=2, db="data.2"),
        lambda body: body.update(gen=2),
        lambda body: body.update(db="data.2"),
        lambda body: body.update(db="../../../etc/passwd"),
        lambda body: body["slots"][0].update(type="code"),
        lambda body: [slot.update(type={"code": "words", "words": "code"}[slot["type"]]) for slot in body["slots"]],
        lambda body: body["slots"][0]["kdf"].update(m=9 * keys.MIB),
        lambda body: body["slots"][0]["kdf"].update(t=2),
        lambda body: body["slots"][0].update(salt="00" * 16),
        lambda body: body["slots"][0].update(sealed="00" * 72),
        lambda body: body["slots"].pop(0),
        lambda body: body["slots"].append({"type": "open", "key": "00" * 32}),
        lambda body: body.update(slots=[{"type": "open", "key": "00" * 32}]),
    ],
)
def test_a_head_that_somebody_changed_opens_nothing(
    folder: Path, clock: FixedClock, change: Callable[[dict[str, Any]], object]
) -> None:
    meddle(folder, change)
    before = contents(folder)["data.1"]
    with pytest.raises((WrongSecret, Damaged)):
        unlock(folder, clock)
    assert contents(folder)["data.1"] == before


def test_a_slot_of_another_profile_opens_nothing(folder: Path, clock: FixedClock) -> None:
    other, _code = make(folder.parent, clock, label="teal fox")
    other.close()
    for name in ("head", "head.bak", "data.1"):
        shutil.copy(other.folder / name, folder / name)
    unlock(folder, clock).close()  # a whole profile put in its place opens: it is one
    taken: list[Any] = []
    meddle(other.folder, lambda body: taken.extend(body["slots"]))
    shutil.copytree(other.folder, folder.parent / "00000000")
    meddle(folder.parent / "00000000", lambda body: body.update(id="ab" * 16, slots=taken[:2]))
    with pytest.raises(WrongSecret):
        unlock(folder.parent / "00000000", clock)


@pytest.mark.parametrize("evil", [{"m": 2**40}, {"t": 10**9}, {"m": 1, "t": 1}, {"m": -1}, {"m": 1e999}, {"t": "3"}])
def test_a_head_that_asks_for_too_much_is_refused_at_once(
    folder: Path, clock: FixedClock, evil: dict[str, Any]
) -> None:
    meddle(folder, lambda body: [slot["kdf"].update(evil) for slot in body["slots"]])
    began = time.monotonic()
    with pytest.raises(Damaged):
        unlock(folder, clock)
    assert time.monotonic() - began < 0.5


def test_a_damaged_head_is_mended_from_its_copy(folder: Path, clock: FixedClock) -> None:
    whole = (folder / "head").read_bytes()
    for content in (b"", b"\0" * 500, whole.replace(b"data", b"dada"), None):
        (folder / "head").unlink()
        if content is not None:
            (folder / "head").write_bytes(content)
        with unlock(folder, clock) as again:
            assert notes(again) == ["clinic"]
        assert (folder / "head").read_bytes() == whole
    (folder / "head.bak").unlink()
    unlock(folder, clock).close()
    assert (folder / "head.bak").read_bytes() == whole


def test_without_head_and_copy_it_is_damaged_and_stays_as_it_is(folder: Path, clock: FixedClock) -> None:
    for name in ("head", "head.bak"):
        (folder / name).unlink()
    before = contents(folder)
    with pytest.raises(Damaged):
        unlock(folder, clock)
    assert contents(folder) == before


def test_a_profile_of_a_newer_companion_is_told_so(folder: Path, clock: FixedClock) -> None:
    meddle(folder, lambda body: body.update(v=2, slots="of another kind"))
    with pytest.raises(NewerFile, match="newer Companion"):
        unlock(folder, clock)


DAMAGE: dict[str, Callable[[bytes], bytes | None]] = {
    "missing": lambda whole: None,
    "empty": lambda whole: b"",
    "below a page": lambda whole: whole[:4_095],
    "cut off": lambda whole: whole[: len(whole) // 2],
    "first page": lambda whole: whole[:100] + bytes([whole[100] ^ 1]) + whole[101:],
    "later page": lambda whole: whole[:-2_000] + bytes([whole[-2_000] ^ 1]) + whole[-1_999:],
    "noise": lambda whole: os.urandom(len(whole)),
    "zeros": lambda whole: bytes(len(whole)),
    "plain": lambda whole: b"SQLite format 3\x00" + bytes(len(whole)),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_damage_is_told_and_never_answered_with_an_empty_file(
    folder: Path, clock: FixedClock, how: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with unlock(folder, clock) as opened:
        write(opened, *("x" * 500 for _ in range(100)))
    path = folder / "data.1"
    left = DAMAGE[how](path.read_bytes())
    path.unlink()
    if left is not None:
        path.write_bytes(left)
    for _ in range(2):
        with pytest.raises(Damaged) as told:
            unlock(folder, clock)
        assert "Nothing was changed" in told.value.mend
        assert (path.read_bytes() if path.exists() else None) == left
    assert capfd.readouterr().err == ""


def test_a_data_file_that_is_not_its_own_is_damage(folder: Path, clock: FixedClock) -> None:
    """Under the right key, so that only the row with the id can tell."""
    with unlock(folder, clock) as opened, closing(opened.connect()) as raw:
        raw.execute("UPDATE vault SET id = 'another'")
    with pytest.raises(Damaged):
        unlock(folder, clock)


def test_a_data_file_without_its_id_is_damage(folder: Path, clock: FixedClock) -> None:
    with unlock(folder, clock) as opened, closing(opened.connect()) as raw:
        raw.execute("DROP TABLE vault")
    with pytest.raises(Damaged):
        unlock(folder, clock)


def test_a_file_that_goes_while_it_is_open_is_not_made_anew(folder: Path, clock: FixedClock) -> None:
    opened = unlock(folder, clock)
    (folder / "data.1").unlink()
    with pytest.raises(StorageError):
        notes(opened)
    opened.close()
    assert not (folder / "data.1").exists()


@posix
@pytest.mark.parametrize("name", ["head", "data.1", "lock"])
def test_a_link_in_place_of_a_file_is_refused(folder: Path, clock: FixedClock, name: str, tmp_path: Path) -> None:
    (folder / name).rename(tmp_path / "elsewhere")
    (folder / name).symlink_to(tmp_path / "elsewhere")
    before = (tmp_path / "elsewhere").read_bytes()
    with pytest.raises(Damaged, match="did not make"):
        unlock(folder, clock)
    assert (folder / name).is_symlink() and (tmp_path / "elsewhere").read_bytes() == before


def test_what_is_no_profile_is_not_opened_or_deleted(data: Path, clock: FixedClock) -> None:
    (data / "photos").mkdir()
    (data / "12345678").write_text("a file")
    for name in ("photos", "12345678", "87654321"):
        with pytest.raises(NoSuchProfile):
            unlock(data / name, clock)
        with pytest.raises(NoSuchProfile):
            Vault.delete(data / name)
    assert sorted(each.name for each in data.iterdir()) == ["12345678", "photos"]
