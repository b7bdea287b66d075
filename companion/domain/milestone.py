"""Milestones: numbers reached, which nothing can take away (docs/streaks.md, "Milestones")."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from companion.domain.months import add_months

_ATTENDED = (1, 5, 10, 25, 50)
_ACTIVITIES = (1, 10, 30)
_CHOSEN_DAYS = (1, 30, 60, 90)
_CHOSEN_MONTHS = (6, 9, 12, 18)


class MilestoneKind(StrEnum):
    ATTENDED = "attended"
    ACTIVITIES = "activities"
    SERIES = "series"
    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Milestone:
    """`number` of what `kind` says: appointments, activities, sessions of a finished series, days or months.

    `of` is how many sessions a finished series had. `day` is known only where it comes from a date she chose.
    """

    kind: MilestoneKind
    number: int
    of: int = 0
    day: date | None = None


def reached(kind: MilestoneKind, count: int) -> list[Milestone]:
    """The count milestones up to `count`, in order; after a hundred every further hundred."""
    return [Milestone(kind, step) for step in _steps(kind, count)]


def newly_reached(kind: MilestoneKind, before: int, after: int) -> Milestone | None:
    """The greatest milestone passed on the way from `before` to `after`; None where none was."""
    passed = [step for step in _steps(kind, after) if step > before]
    return Milestone(kind, passed[-1]) if passed else None


def next_step(kind: MilestoneKind, count: int) -> int:
    """The next count that is a milestone."""
    steps = _first_steps(kind)
    place = bisect_right(steps, max(0, count))
    return steps[place] if place < len(steps) else (count // 100 + 1) * 100


def series_finished(attended: int, planned: int, last_end: datetime, now: datetime) -> Milestone | None:
    """A series with an end is finished when its last session is over and she was at some of it.

    `last_end` and `now` are both aware, or both local.
    """
    if attended < 1 or now < last_end:
        return None
    return Milestone(MilestoneKind.SERIES, attended, planned)


def since_chosen(chosen: date, today: date) -> list[Milestone]:
    """Milestones of time since a date that she chose herself, up to `today`, in order.

    1, 30, 60 and 90 days; 6, 9, 12 and 18 months; then each year. Each is counted from the chosen date, a day that
    the month lacks becoming its last. Nothing is worked out where she has chosen no date.
    """
    found = [Milestone(MilestoneKind.DAYS, n, day=chosen + timedelta(days=n)) for n in _CHOSEN_DAYS]
    years = range(24, (max(0, today.year - chosen.year) + 1) * 12, 12)
    found += [Milestone(MilestoneKind.MONTHS, n, day=add_months(chosen, n)) for n in (*_CHOSEN_MONTHS, *years)]
    return [milestone for milestone in found if milestone.day is not None and milestone.day <= today]


def _first_steps(kind: MilestoneKind) -> tuple[int, ...]:
    return _ACTIVITIES if kind is MilestoneKind.ACTIVITIES else _ATTENDED


def _steps(kind: MilestoneKind, count: int) -> list[int]:
    return [step for step in _first_steps(kind) if step <= count] + list(range(100, count + 1, 100))
