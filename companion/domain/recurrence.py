"""How often an event takes place: the rule, and the occurrences in a window.

Expansion is on naive wall-clock time; the zone is attached afterwards (RFC 5545 section 3.3.10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Frequency(StrEnum):
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, 0 = Monday; `nth` is 0 for every one, 2 for the second, -1 for the last of the month."""

    day: int
    nth: int = 0


@dataclass(frozen=True, slots=True)
class RecurrenceRule:
    """RFC 5545 section 3.3.10, no frequency below daily.

    `until` is naive wall-clock time in the event's zone and includes an occurrence that starts on it. At most one
    of `count` and `until` is given. `count` counts what the rule gives before skips. `week_start`: 0 = Monday.
    """

    frequency: Frequency
    interval: int = 1
    by_day: tuple[Weekday, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    count: int | None = None
    until: datetime | None = None
    week_start: int = 0
