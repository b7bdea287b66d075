from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3
from vault_kit import CHEAP, WORDS, contents, make, notes, unlock, write

from companion import profiles
from companion.domain.clock import FixedClock
from companion.errors import CompanionError, InputError, InUse, StorageError, WaitFirst, WrongSecret
from companion.store import connection, datafile, vault
from companion.store.vault import Vault

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and links as POSIX has them")


def test_what_is_written_is_there_again(folder: Path, clock: FixedClock) -> None:
    with unlock(folder, clock, "  Blue KETTLE garden   seven ") as again:
        assert notes(again) == ["clinic"]
        assert again.has_words


def test_wrong_words_and_no_words_do_not_open(folder: Path, clock: FixedClock) -> None:
    for words in ("red kettle garden seven", "", "\x00", None):
        with pytest.raises(WrongSecret) as told:
            unlock(folder, clock, words)
        assert told.value.mend
    with pytest.raises(WrongSecret, match="These words don't open it"):
        unlock(folder, clock, "nope")


def test_wrong_tries_are_told_at_the_next_opening(folder: Path, clock: FixedClock) -> None:
    for _ in range(3):
        with pytest.raises(WrongSecret):
            unlock(folder, clock, "nope")
    last = clock.now()
    clock.advance(timedelta(hours=20))
    with unlock(folder, clock) as again:
        assert (again.wrong_tries, again.last_wrong_try) == (3, last)
    with unlock(folder, clock) as again:
        assert (again.wrong_tries, again.last_wrong_try) == (0, None)


def test_the_fifth_try_waits_and_so_do_the_right_words(folder: Path, clock: FixedClock) -> None:
    for _ in range(4):
        with pytest.raises(WrongSecret):
            unlock(folder, clock, "nope")
    with pytest.raises(WaitFirst) as told:
        unlock(folder, clock)
    assert told.value.seconds == 2
    clock.advance(timedelta(seconds=2))
    unlock(folder, clock).close()


def test_no_memory_is_not_counted_as_a_wrong_try(
    folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def starve(*_: object, **__: object) -> bytes:
        raise MemoryError

    for _ in range(6):
        with monkeypatch.context() as patch, pytest.raises(StorageError, match="Close other programs"):
            patch.setattr("nacl.pwhash.argon2id.kdf", starve)
            unlock(folder, clock)
    with unlock(folder, clock) as again:
        assert again.wrong_tries == 0


def test_the_paper_code_opens_it_and_an_invented_one_does_not(data: Path, clock: FixedClock) -> None:
    made, code = make(data, clock)
    write(made, "clinic")
    made.close()
    with Vault.open_with_code(made.folder, code.lower().replace("-", " "), clock, kdf=CHEAP) as again:
        assert notes(again) == ["clinic"]
    with pytest.raises(WrongSecret, match="This code doesn't open it"):
        Vault.open_with_code(made.folder, vault.recovery_code.new_code(), clock, kdf=CHEAP)
    with pytest.raises(WrongSecret, match="is not right"):
        Vault.open_with_code(made.folder, ("0" if code[0] != "0" else "1") + code[1:], clock, kdf=CHEAP)


def test_one_window_at_a_time(folder: Path, clock: FixedClock) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom companion.domain.clock import SystemClock\n"
        "from companion.errors import InUse\nfrom companion.store.vault import Vault\n"
        "try: Vault.open(Path(sys.argv[1]), 'x', SystemClock())\nexcept InUse: print('in use')"
    )
    with unlock(folder, clock):
        with pytest.raises(InUse):
            unlock(folder, clock)
        with pytest.raises(InUse):
            Vault.delete(folder)
        other = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=True)
        assert other.stdout == "in use\n"
    unlock(folder, clock).close()


def test_a_refused_opening_leaves_it_unlocked(folder: Path, clock: FixedClock) -> None:
    with pytest.raises(WrongSecret):
        unlock(folder, clock, "nope")
    unlock(folder, clock).close()


def test_closed_is_closed(folder: Path, clock: FixedClock) -> None:
    opened = unlock(folder, clock)
    write(opened, "more")
    opened.close()
    opened.close()
    assert sorted(contents(folder)) == ["data.1", "head", "head.bak", "label", "lock"]
    for use in (opened.connect, lambda: opened.engine, lambda: opened.check_words(WORDS)):
        with pytest.raises(RuntimeError):
            use()


def test_asking_again_checks_the_words_and_counts(folder: Path, clock: FixedClock) -> None:
    with unlock(folder, clock) as opened:
        assert opened.check_words(WORDS.upper())
        assert [opened.check_words("nope") for _ in range(4)] == [False] * 4
        with pytest.raises(WaitFirst):
            opened.check_words(WORDS)


@posix
def test_everything_is_closed_to_other_accounts(data: Path, clock: FixedClock) -> None:
    before = os.umask(0o022)
    try:
        made, _code = make(data, clock)
        write(made, "clinic")
        with pytest.raises(InUse):
            unlock(made.folder, clock)
        made.check_words("nope")
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in made.folder.iterdir()}
        assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
        assert set(modes) == {"data.1", "data.1-wal", "data.1-shm", "head", "head.bak", "label", "lock", "tries"}
        assert set(modes.values()) == {0o600}, modes
        made.close()
        (made.folder / "data.1").chmod(0o644)
        made.folder.chmod(0o755)
        with unlock(made.folder, clock):
            assert stat.S_IMODE((made.folder / "data.1").stat().st_mode) == 0o600
            assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
    finally:
        os.umask(before)


def test_a_label_that_is_taken_or_words_that_are_none_leave_nothing(folder: Path, clock: FixedClock) -> None:
    before = contents(folder.parent)
    for label, words in (("Blue Heron", WORDS), ("", WORDS), ("teal fox", "  ")):
        with pytest.raises(InputError):
            Vault.create(folder.parent, label, words, clock, kdf=CHEAP)
    assert contents(folder.parent) == before


def test_a_new_label_takes_the_place_of_the_old(folder: Path, clock: FixedClock) -> None:
    make(folder.parent, clock, label="teal fox")[0].close()
    with unlock(folder, clock) as opened:
        opened.rename("BLUE heron")
        with pytest.raises(InputError):
            opened.rename("Teal Fox")
    assert [each.label for each in profiles.list_profiles(folder.parent)] == ["BLUE heron", "teal fox"]


def test_without_words_it_opens_for_anyone_and_gives_no_code(data: Path, clock: FixedClock) -> None:
    made, code = make(data, clock, words=None)
    write(made, "clinic")
    made.close()
    assert code == "" and b'"open"' in (made.folder / "head").read_bytes()
    with unlock(made.folder, clock, None) as again:
        assert notes(again) == ["clinic"]
        assert not again.has_words and again.check_words("whatever")


def test_without_words_no_library_for_keys_or_sql_is_loaded(data: Path) -> None:
    """`companion agenda` is bound to 1.5 × what opening a database takes; PyNaCl alone costs 13 ms."""
    script = (
        "import sys\nfrom pathlib import Path\nfrom companion.domain.clock import SystemClock\n"
        "from companion.store.vault import Vault\n"
        "made, _ = Vault.create(Path(sys.argv[1]), 'x', None, SystemClock())\nmade.close()\n"
        "Vault.open(made.folder, None, SystemClock()).close()\n"
        "print(sorted({'nacl', 'cffi', 'sqlalchemy', 'sqlmodel', 'textual'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", script, str(data)], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_on_a_full_disk_it_still_opens_reads_and_closes(
    folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def full(path: Any, flags: int, *given: Any, **named: Any) -> int:
        if flags & os.O_CREAT and not os.path.lexists(path):
            raise OSError(errno.ENOSPC, "full")
        return real(path, flags, *given, **named)

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(WrongSecret):
        unlock(folder, clock, "nope")
    with unlock(folder, clock) as opened:
        assert notes(opened) == ["clinic"]
        with pytest.raises(CompanionError, match="disk is full"):
            opened.change_words("new words")
    with unlock(folder, clock) as opened:
        assert notes(opened) == ["clinic"]


def test_deleting_takes_the_keys_first_then_everything_of_that_profile_only(folder: Path, clock: FixedClock) -> None:
    other, _code = make(folder.parent, clock, label="teal fox")
    other.close()
    before = contents(other.folder)
    os.link(folder / "head", folder.parent / "seen")
    key_material = (folder / "head").read_bytes()
    Vault.delete(folder)
    assert not folder.exists()
    assert (folder.parent / "seen").read_bytes() != key_material
    assert contents(other.folder) == before
    assert [each.label for each in profiles.list_profiles(folder.parent)] == ["teal fox"]


def test_deleting_that_is_stopped_leaves_no_key_and_no_name(
    folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_folder: Path) -> None:
        raise OSError(errno.EIO, "bad")

    monkeypatch.setattr(shutil, "rmtree", stop)
    with pytest.raises(StorageError):
        Vault.delete(folder)
    assert sorted(contents(folder)) == ["data.1", "lock"]
    assert profiles.list_profiles(folder.parent) == []


def test_deleted_text_is_on_no_page_after_a_checkpoint(data: Path) -> None:
    """Looked at on an unkeyed file of the same engine with the same settings; the encrypted one shows nothing."""
    path = data / "unkeyed"
    path.touch()
    with closing(sqlcipher3.connect(str(path), isolation_level=None)) as raw:
        for setting in connection.SETTINGS:
            raw.execute(f"PRAGMA {setting}")
        raw.execute("CREATE TABLE note (text TEXT)")
        raw.execute("INSERT INTO note VALUES ('kept')")
        raw.execute("BEGIN")
        raw.executemany("INSERT INTO note VALUES (?)", [(f"CANARY {number}",) for number in range(400)])
        raw.execute("COMMIT")
        raw.execute("DELETE FROM note WHERE text <> 'kept'")
        assert b"CANARY" in b"".join(contents(data).values())
        datafile.fold_log_in(raw)
        assert b"CANARY" not in b"".join(contents(data).values())


def test_a_checkpoint_empties_the_log(folder: Path, clock: FixedClock) -> None:
    with unlock(folder, clock) as opened:
        write(opened, "one")
        opened.checkpoint()
        assert (folder / "data.1-wal").stat().st_size == 0
        assert notes(opened) == ["clinic", "one"]
