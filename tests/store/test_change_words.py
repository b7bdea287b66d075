from __future__ import annotations

import contextlib
import errno
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3
from vault_kit import CHEAP, WORDS, contents, make, notes, unlock, write

from companion.domain.clock import FixedClock
from companion.errors import Damaged, InputError, StorageError, WrongSecret
from companion.store import connection, datafile, files, keys, vault
from companion.store.connection import Connection
from companion.store.vault import Vault


def test_changing_the_words_changes_key_file_and_code(data: Path, clock: FixedClock) -> None:
    made, first_code = make(data, clock)
    write(made, "before")
    old_head, old_data = (made.folder / "head").read_bytes(), (made.folder / "data.1").read_bytes()
    second_code = made.change_words("fresh words here")
    assert second_code and second_code != first_code
    write(made, "after")
    assert made.check_words("fresh words here") and not made.check_words(WORDS)
    made.close()
    assert sorted(contents(made.folder)) == ["data.2", "head", "head.bak", "label", "lock", "tries"]
    with unlock(made.folder, clock, "fresh words here") as again:
        assert notes(again) == ["before", "after"]
    with pytest.raises(WrongSecret):
        unlock(made.folder, clock)
    with pytest.raises(WrongSecret):
        Vault.open_with_code(made.folder, first_code, clock, kdf=CHEAP)
    Vault.open_with_code(made.folder, second_code, clock, kdf=CHEAP).close()

    # Somebody kept a copy of the head and knows the old words: it opens the file of that day, and no newer one.
    old = vault.head.from_bytes(old_head)
    slot = old.sealed_slot("words")
    assert slot
    old_key = keys.unseal(slot, keys.words_secret(WORDS), old.binding())
    assert old_key
    with pytest.raises(Damaged):
        connection.connect(made.folder / "data.2", old_key)
    (data / "old").write_bytes(old_data)
    connection.connect(data / "old", old_key).close()


def test_words_can_come_later_and_go_again(data: Path, clock: FixedClock) -> None:
    made, _none = make(data, clock, words=None)
    write(made, "one")
    open_key = made._key
    assert made.change_words(WORDS)
    assert made.has_words
    write(made, "two")
    made.close()
    with pytest.raises(WrongSecret):
        unlock(made.folder, clock, None)
    assert open_key.hex().encode() not in b"".join(contents(made.folder).values())
    with unlock(made.folder, clock) as again:
        assert again.change_words(None) is None
    with unlock(made.folder, clock, None) as again:
        assert notes(again) == ["one", "two"] and not again.has_words


def test_words_that_can_not_be_chosen_change_nothing(folder: Path, clock: FixedClock) -> None:
    with unlock(folder, clock) as opened:
        before = contents(folder)
        with pytest.raises(InputError):
            opened.change_words(" ")
        assert contents(folder) == before


def test_a_change_of_words_waits_for_work_and_gives_up_without_harm(
    folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "PATIENCE", 0.0)
    with unlock(folder, clock) as opened:
        with opened.engine.begin() as work:
            work.exec_driver_sql("INSERT INTO note VALUES ('under way')")
            with pytest.raises(StorageError, match="still being saved"):
                opened.change_words("new words")
        assert notes(opened) == ["clinic", "under way"]
        assert opened.check_words(WORDS)


def test_nothing_that_threads_save_is_lost_while_the_words_change(folder: Path, clock: FixedClock) -> None:
    saved: list[str] = []
    one_more = threading.Semaphore(0)
    done = threading.Event()

    def work(name: int) -> None:
        count = 0
        while not done.is_set():
            write(opened, f"{name}:{count}")
            saved.append(f"{name}:{count}")
            one_more.release()
            count += 1

    with unlock(folder, clock) as opened:
        threads = [threading.Thread(target=work, args=(name,)) for name in range(3)]
        for thread in threads:
            thread.start()
        for turn in range(6):
            for _ in range(20):
                assert one_more.acquire(timeout=10)
            opened.change_words(f"words {turn}")
        done.set()
        for thread in threads:
            thread.join()
    with unlock(folder, clock, "words 5") as again:
        assert sorted(notes(again)) == sorted(["clinic", *saved])


def test_a_connection_made_just_before_the_change_does_not_write_to_the_old_file(
    folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pool made it, the words changed, and only then it was handed out."""
    opened = unlock(folder, clock)
    real, turns = opened.connect, []

    def connect() -> Connection:
        made = real()
        if not turns:
            turns.append(opened.change_words("new words"))
        return made

    monkeypatch.setattr(opened, "connect", connect)
    write(opened, "after")
    monkeypatch.undo()
    opened.close()
    with unlock(folder, clock, "new words") as again:
        assert notes(again) == ["clinic", "after"]
    assert turns


def test_nobody_writes_to_a_file_while_it_is_copied(
    folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unlock(folder, clock) as opened:
        with datafile.held_still(opened.path, opened._key) as source:
            monkeypatch.setattr(connection, "BUSY_SECONDS", 0.01)
            with closing(opened.connect()) as raw, pytest.raises(sqlcipher3.OperationalError, match="locked"):
                raw.execute("INSERT INTO note VALUES ('too late')")
            assert source.execute("SELECT text FROM note").fetchall() == [("clinic",)]
        write(opened, "in time")


def test_where_the_copy_of_the_head_can_not_be_renewed_the_old_one_goes(
    folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old words and the old copy would otherwise still lead to the old file."""
    real = files.replace

    def full(path: Path, content: bytes, *, erase: bool = False) -> None:
        if path.name == "head.bak":
            raise files.disk_full()
        real(path, content, erase=erase)

    with unlock(folder, clock) as opened:
        monkeypatch.setattr(files, "replace", full)
        assert opened.change_words("new words")
    assert not (folder / "head.bak").exists()
    monkeypatch.undo()
    unlock(folder, clock, "new words").close()
    assert (folder / "head.bak").read_bytes() == (folder / "head").read_bytes()


class PowerCut(BaseException):
    """Ends everything at once, as nothing that the program expects does."""


STEPS = ("open", "fsync", "replace", "unlink", "write")
FULL = OSError(errno.ENOSPC, "full")


@contextmanager
def at_each_step(before: Callable[[int], None]) -> Iterator[None]:
    """Inside it, `before(n)` is called ahead of the n-th file operation; its own operations are not counted."""
    count, busy = 0, False

    def watched(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*given: Any, **named: Any) -> Any:
            nonlocal count, busy
            if not busy:
                count += 1
                busy = True
                try:
                    before(count)
                finally:
                    busy = False
            return real(*given, **named)

        return step

    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            patch.setattr(os, name, watched(getattr(os, name)))
        yield


class Stop:
    """Raises `fault` at the step it is told to; afterwards `reached` says whether it came to that."""

    def __init__(self, at: int, fault: BaseException) -> None:
        self.at, self.fault, self.reached = at, fault, False

    def __call__(self, number: int) -> None:
        if number == self.at:
            self.reached = True
            raise self.fault


@pytest.mark.parametrize("fault", [FULL, PowerCut()])
def test_a_change_of_words_that_is_stopped_at_any_step_has_or_has_not_been(
    data: Path, clock: FixedClock, fault: BaseException
) -> None:
    made, _code = make(data, clock)
    words, expected = WORDS, []
    stop = Stop(0, fault)
    while stop.reached or not stop.at:
        stop = Stop(stop.at + 1, fault)
        new, code = f"words {stop.at}", None
        with at_each_step(stop), contextlib.suppress(StorageError, PowerCut):
            code = made.change_words(new)
        # In this process it goes on as if nothing were, and after a restart what was said holds.
        write(made, new)
        expected.append(new)
        made.close()
        try:
            made = unlock(made.folder, clock, new)
        except WrongSecret:
            assert code is None, "a change that was told to have worked did not hold"
            made = unlock(made.folder, clock, words)
        else:
            assert code or isinstance(fault, PowerCut), "a change that was told not to have worked held"
            words = new
        assert notes(made) == expected
        kept = sorted(name for name in contents(made.folder) if name.startswith(("data.", "head")))
        data_file = made.path.name
        assert kept == [data_file, f"{data_file}-shm", f"{data_file}-wal", "head", "head.bak"]
    assert stop.at > 20
    made.close()


def test_a_change_of_words_that_is_killed_at_any_step_has_or_has_not_been(data: Path, clock: FixedClock) -> None:
    """Each folder is as a kill would leave it ahead of one file operation."""
    made, first_code = make(data, clock)
    write(made, "kept")
    left: list[Path] = []
    with at_each_step(lambda number: left.append(Path(shutil.copytree(made.folder, data / f"{number:08x}")))):
        second_code = made.change_words("new words")
    made.close()

    changed = []
    for folder in left:
        try:
            again = unlock(folder, clock, "new words")
        except WrongSecret:
            again = unlock(folder, clock)
            changed.append(False)
        else:
            changed.append(True)
        with again:
            assert notes(again) == ["kept"]
            kept = sorted(name for name in contents(folder) if name.startswith(("data.", "head")))
            assert kept == [again.path.name, f"{again.path.name}-shm", f"{again.path.name}-wal", "head", "head.bak"]
            assert (folder / "head").read_bytes() == (folder / "head.bak").read_bytes()
        code, other = (second_code, first_code) if changed[-1] else (first_code, second_code)
        assert code and other
        with pytest.raises(WrongSecret):
            Vault.open_with_code(folder, other, clock, kdf=CHEAP)
        Vault.open_with_code(folder, code, clock, kdf=CHEAP).close()
    assert len(left) > 20 and not changed[0] and changed[-1]
    assert changed == sorted(changed), "there is one moment from which the new words hold"


@pytest.mark.parametrize("fault", [FULL, PowerCut()])
def test_a_profile_whose_making_is_stopped_leaves_nothing(data: Path, clock: FixedClock, fault: BaseException) -> None:
    stop, made = Stop(0, fault), None
    while stop.reached or not stop.at:
        stop = Stop(stop.at + 1, fault)
        with at_each_step(stop), contextlib.suppress(StorageError, PowerCut):
            made, _code = Vault.create(data, "blue heron", None, clock, kdf=CHEAP)
        if made is None:
            assert list(data.iterdir()) == []
        else:  # some steps can be done without, such as erasing what is not there
            made.close()
            Vault.delete(made.folder)
            made = None
    assert stop.at > 15
