"""Changing a goal so that what was kept stays kept (docs/streaks.md, "Goals and runs").

A goal that asks for more today than it did would make weeks that were kept into weeks off. So it ends, with its
figures, and a successor of the same name begins with a whole period.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from companion.domain.goal import Goal, Pause
from companion.domain.streak import Standing, periods

_DAY = timedelta(days=1)


def asks_more(before: Goal, after: Goal) -> bool:
    """Whether `after`, laid over the days that have been, could keep less of them than `before` did."""
    return (
        after.times > before.times
        or after.per is not before.per
        or not set(before.kinds) <= set(after.kinds)
        or (before.activities and not after.activities)
        or after.child not in {"", before.child}
    )


def takes_effect(before: Goal, standing: Standing, today: date, week_start: int = 0) -> date:
    """The first day of the successor: this period's where nothing is done in it yet, else the next one's."""
    first, last = next(periods(before.per, today, today, week_start))
    return last + _DAY if standing.this_period_done else first


def succeed(before: Goal, after: Goal, new_id: str, day: date) -> tuple[Goal, ...]:
    """`before` up to the day before `day`, and `after` from `day` on with the id `new_id`.

    Where `before` has nothing ahead of `day`, `after` takes its place; where `after` is over by then, only the end
    of `before` changes.
    """
    if day <= before.begins:
        return (replace(after, id=before.id),)
    if after.ends is not None and after.ends < day:
        return (replace(before, name=after.name, ends=after.ends),)
    return replace(before, ends=day - _DAY), replace(after, id=new_id, begins=max(day, after.begins))


def carried_over(pauses: Iterable[Pause], before_id: str, new_id: str) -> tuple[Pause, ...]:
    """The pauses that name the goal `before_id`, with its successor beside it."""
    return tuple(replace(pause, goals=(*pause.goals, new_id)) for pause in pauses if before_id in pause.goals)
