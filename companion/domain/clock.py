"""The only source of "now" and "today".

Appointments go by the calendar date in the profile's zone. What she logs goes by a day that starts at 03:00,
so that a night feed or a late meeting still counts for the evening before (docs/streaks.md, "When a day starts").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

DAY_START = time(3, 0)


class Clock(Protocol):
    """Tells the present instant. Passed in everywhere; nothing else asks the system."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class FixedClock:
    """A clock that stands still until it is told to go on; `instant` is aware."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        self.instant += by


def local_now(clock: Clock, zone: str) -> datetime:
    """The wall-clock time in `zone` (an IANA name), naive."""
    return clock.now().astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def today(clock: Clock, zone: str) -> date:
    """The calendar date in `zone` (an IANA name)."""
    return local_now(clock, zone).date()


def logging_day(instant: datetime, zone: str, day_start: time = DAY_START) -> date:
    """The day that something done at `instant` (aware) counts for, in `zone`.

    Worked out once, when it is logged, and stored: a later move to another zone leaves old days as they were.
    """
    wall = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    offset = timedelta(hours=day_start.hour, minutes=day_start.minute)
    return (wall - offset).date()
