"""When to lock by itself: after so many seconds without a key or a mouse move, and after the computer slept.

Pure: the two time sources are passed in. A sleeping computer shows as a wall clock that ran ahead of the monotonic
one, which stands still meanwhile on Linux and macOS, or as a look that comes far too late on Windows.
"""

from __future__ import annotations

from collections.abc import Callable

SLEPT = 90.0  # seconds that the clocks may drift apart between two looks before it counts as sleep


class IdleWatch:
    def __init__(self, limit: float, monotonic: Callable[[], float], wall: Callable[[], float]) -> None:
        """`limit` in seconds; `monotonic` never goes back, `wall` tells seconds since 1970."""
        self.limit = limit
        self._monotonic = monotonic
        self._wall = wall
        self._touched = self._looked = monotonic()
        self._looked_wall = wall()
        self._held_until = 0.0

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = self._monotonic()

    def hold(self, seconds: float) -> None:
        """Don't lock for so long, though nothing is pressed: an activity is running."""
        self._held_until = max(self._held_until, self._monotonic() + seconds)

    def release(self) -> None:
        """The activity is over: the idle time counts from now."""
        self._held_until = 0.0
        self.touch()

    def due(self) -> bool:
        """Whether it is time to lock. Call it every few seconds; sleep locks even while held."""
        now, wall = self._monotonic(), self._wall()
        between, between_wall = now - self._looked, wall - self._looked_wall
        self._looked, self._looked_wall = now, wall
        if between_wall - between > SLEPT or between > self.limit + SLEPT:
            return True
        return now - self._touched >= self.limit and now >= self._held_until
