from __future__ import annotations

import errno
import json
from datetime import timedelta
from pathlib import Path

import pytest

from companion.domain.clock import FixedClock
from companion.errors import WaitFirst
from companion.store import files
from companion.store.tries import Tries


def wrong(folder: Path, clock: FixedClock) -> float:
    """One wrong try as soon as it is allowed; gives the seconds that had to be waited."""
    try:
        Tries(folder, clock).begin()
    except WaitFirst as told:
        clock.advance(timedelta(seconds=told.seconds - 0.001))
        with pytest.raises(WaitFirst):
            Tries(folder, clock).begin()
        clock.advance(timedelta(seconds=0.001))
        Tries(folder, clock).begin()
        return told.seconds
    return 0


def test_four_are_free_and_the_wait_never_grows_beyond_a_minute(tmp_path: Path, clock: FixedClock) -> None:
    assert [wrong(tmp_path, clock) for _ in range(12)] == [0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60]


def test_the_right_words_start_again_from_none_and_tell_what_was_before(tmp_path: Path, clock: FixedClock) -> None:
    for _ in range(3):
        wrong(tmp_path, clock)
    last = clock.now()
    clock.advance(timedelta(days=2))
    tries = Tries(tmp_path, clock)
    tries.begin()
    tries.right()
    assert (tries.wrong, tries.last) == (3, last)
    assert Tries(tmp_path, clock).wrong == 0
    assert [wrong(tmp_path, clock) for _ in range(5)] == [0, 0, 0, 0, 2]


def test_a_try_is_counted_before_its_outcome_is_known(tmp_path: Path, clock: FixedClock) -> None:
    Tries(tmp_path, clock).begin()  # … and the app is ended here
    assert Tries(tmp_path, clock).wrong == 1


def test_a_try_that_could_not_be_made_is_not_counted(tmp_path: Path, clock: FixedClock) -> None:
    for _ in range(4):
        wrong(tmp_path, clock)
    clock.advance(timedelta(seconds=2))
    tries = Tries(tmp_path, clock)
    tries.begin()
    tries.take_back()
    assert Tries(tmp_path, clock).wrong == 4
    Tries(tmp_path, clock).begin()


def test_a_clock_set_back_starts_the_wait_again_and_never_locks_out(tmp_path: Path, clock: FixedClock) -> None:
    for _ in range(10):
        wrong(tmp_path, clock)
    clock.advance(timedelta(days=-9_000))
    with pytest.raises(WaitFirst) as told:
        Tries(tmp_path, clock).begin()
    assert told.value.seconds == 60
    clock.advance(timedelta(seconds=60))
    Tries(tmp_path, clock).begin()


def test_a_full_disk_does_not_lock_out(tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(10):
        wrong(tmp_path, clock)

    def full(*_: object, **__: object) -> None:
        raise files.storage_error(OSError(errno.ENOSPC, "full"))

    monkeypatch.setattr(files, "replace", full)
    clock.advance(timedelta(days=-9_000))
    Tries(tmp_path, clock).begin()
    clock.advance(timedelta(days=9_001))
    Tries(tmp_path, clock).begin()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "x",
        "[]",
        "{}",
        '{"n": "many", "t": 0}',
        '{"n": 9, "t": NaN}',
        '{"n": 9, "t": 1e300}',
        '{"n": 9, "t": null}',
        "[" * 150,
    ],
)
def test_a_count_that_can_not_be_read_is_none(tmp_path: Path, clock: FixedClock, content: str) -> None:
    (tmp_path / "tries").write_text(content)
    assert wrong(tmp_path, clock) == 0
    assert Tries(tmp_path, clock).wrong == 1


def test_a_count_somebody_wrote_costs_a_minute_at_most(tmp_path: Path, clock: FixedClock) -> None:
    (tmp_path / "tries").write_text(json.dumps({"n": 10**30, "t": clock.now().timestamp()}))
    assert wrong(tmp_path, clock) == 60
