"""The goals of a plan and hers. What was reached stays reached: see goal_change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid5

from companion.domain.goal import Goal
from companion.domain.goal_change import asks_more, succeed
from companion.domain.plan import PlanGoal
from companion.domain.plan_identity import NAMESPACE
from companion.domain.streak import periods

_DAY = timedelta(days=1)


def merge_goals(
    coming: Sequence[PlanGoal], hers: Sequence[Goal], came: Sequence[PlanGoal], source: str, today: date
) -> tuple[Goal, ...]:
    """The goals to store.

    A goal that the plan makes harder gets a successor from the next whole period on; an easier one is changed
    as it is. One that she changed or ended herself (it differs from what `came`) stays hers. What the plan no longer
    asks for ends yesterday.
    """
    before = {goal.name.casefold(): goal for goal in came}
    open_goals = {goal.name.casefold(): goal for goal in hers if goal.source == source and goal.ends is None}
    written: list[Goal] = []
    for wanted in coming:
        name = wanted.name.casefold()
        goal, last = open_goals.pop(name, None), before.get(name)
        if goal is None:
            if last is None:  # else she ended it herself
                written.append(_new(wanted, source, today))
        elif not _as(goal, wanted) and (last is None or _as(goal, last)):
            written += _changed(goal, wanted, source, today)
    for name, goal in open_goals.items():
        if name in before and _as(goal, before[name]):
            written.append(replace(goal, ends=today - _DAY))
    return tuple(written)


def _changed(goal: Goal, wanted: PlanGoal, source: str, today: date) -> tuple[Goal, ...]:
    after = replace(goal, name=wanted.name, times=wanted.times, per=wanted.per, kinds=wanted.kinds)
    if not asks_more(goal, after):
        return (after,)
    first, last = next(periods(goal.per, today, today))
    day = first if first == today else last + _DAY
    return succeed(goal, after, _id(wanted, source, day), day)


def _as(goal: Goal, wanted: PlanGoal) -> bool:
    return (goal.times, goal.per, goal.kinds) == (wanted.times, wanted.per, wanted.kinds)


def _new(wanted: PlanGoal, source: str, today: date) -> Goal:
    return Goal(
        _id(wanted, source, today),
        wanted.name,
        wanted.times,
        wanted.per,
        begins=today,
        kinds=wanted.kinds,
        source=source,
    )


def _id(wanted: PlanGoal, source: str, day: date) -> str:
    return str(uuid5(NAMESPACE, f"{source}/goal/{wanted.name}/{day.isoformat()}"))
