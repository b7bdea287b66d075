"""Goals: showing up so many times a day, week or month (docs/streaks.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Period(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Goal:
    """`times` a `per`, from the day `begins` to the day `ends` (included; None: open).

    What counts: appointments attended whose kind is in `kinds` or whose plan item names the goal, and activities
    done where `activities` is true; all of it only for the child with the id `child` where one is given.
    """

    id: str
    name: str
    times: int
    per: Period
    begins: date
    ends: date | None = None
    kinds: tuple[str, ...] = ()
    activities: bool = False
    child: str = ""
    source: str = ""

    def runs_on(self, day: date) -> bool:
        """Whether the goal asks for anything at all on `day`, pauses apart."""
        return self.begins <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that ask nothing of her: `begins` to `ends`, both included, None while it is open.

    `goals` are the ids it covers, empty for all. The reason is hers alone and in no export.
    """

    id: str
    begins: date
    ends: date | None
    reason: str = ""
    goals: tuple[str, ...] = ()
