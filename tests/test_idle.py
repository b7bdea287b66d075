"""Locking by itself (docs/privacy.md, P7): after idle minutes, after sleep, not while an activity runs."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from companion.idle import IdleWatch

FIVE_MINUTES = 300.0


@dataclass
class Times:
    """Two clocks that go on when told."""

    now: float = 1_000.0
    wall: float = 1_800_000_000.0
    watch: IdleWatch = field(init=False)

    def __post_init__(self) -> None:
        self.watch = IdleWatch(FIVE_MINUTES, lambda: self.now, lambda: self.wall)

    def pass_time(self, seconds: float) -> bool:
        """Look every five seconds, as the app does; whether it came to lock."""
        while seconds > 0:
            step = min(5.0, seconds)
            self.now += step
            self.wall += step
            seconds -= step
            if self.watch.due():
                return True
        return False

    def sleep(self, seconds: float) -> None:
        """The computer sleeps: the monotonic clock stands still."""
        self.wall += seconds


@pytest.fixture
def times() -> Times:
    return Times()


def test_locks_after_five_minutes(times: Times) -> None:
    assert not times.pass_time(299)
    assert times.pass_time(1)


def test_a_key_starts_the_time_anew(times: Times) -> None:
    times.pass_time(299)
    times.watch.touch()
    assert not times.pass_time(299)
    assert times.pass_time(1)


def test_a_running_activity_holds_it_off_for_its_own_length(times: Times) -> None:
    times.watch.hold(15 * 60)
    assert not times.pass_time(15 * 60 - 1)
    assert times.pass_time(5)


def test_after_an_activity_the_idle_time_counts_from_its_end(times: Times) -> None:
    times.watch.hold(3_600)
    times.pass_time(600)
    times.watch.release()
    assert not times.pass_time(299)
    assert times.pass_time(1)


def test_sleep_locks_also_during_an_activity(times: Times) -> None:
    times.watch.hold(3_600)
    times.sleep(600)
    assert times.pass_time(5)


def test_sleep_that_the_monotonic_clock_counts_locks_too(times: Times) -> None:
    times.watch.hold(7_200)
    times.now += 3_600
    times.wall += 3_600
    assert times.watch.due()


def test_a_clock_set_a_little_right_locks_nothing(times: Times) -> None:
    times.wall += 60
    assert not times.pass_time(5)
    times.wall -= 7_200
    assert not times.pass_time(5)
