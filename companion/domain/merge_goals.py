"""The goals of a plan and hers: a changed goal starts anew, so that what was reached stays reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid5

from companion.domain.goal import Goal
from companion.domain.plan import PlanGoal
from companion.domain.plan_identity import NAMESPACE

_DAY = timedelta(days=1)


def merge_goals(
    coming: Sequence[PlanGoal], hers: Sequence[Goal], came: Sequence[PlanGoal], source: str, today: date
) -> tuple[Goal, ...]:
    """The goals to store. A goal that the plan changes ends yesterday, and its successor begins today.

    A goal that she changed or ended herself (it differs from what `came`) stays as it is. What the plan no longer
    asks for ends yesterday.
    """
    before = {goal.name.casefold(): goal for goal in came}
    open_goals = {goal.name.casefold(): goal for goal in hers if goal.source == source and goal.ends is None}
    written: list[Goal] = []
    for wanted in coming:
        name = wanted.name.casefold()
        goal, last = open_goals.pop(name, None), before.get(name)
        if goal is None:
            if last is None or last != wanted:
                written.append(_goal(wanted, source, today))
        elif not _as(goal, wanted) and (last is None or _as(goal, last)):
            written += _ended(goal, today)
            new = _goal(wanted, source, today)
            written.append(replace(new, id=goal.id) if goal.begins >= today else new)
    for name, goal in open_goals.items():
        if name in before and _as(goal, before[name]):
            written.append(replace(goal, ends=today - _DAY))
    return tuple(written)


def _ended(goal: Goal, today: date) -> list[Goal]:
    return [] if goal.begins >= today else [replace(goal, ends=today - _DAY)]


def _as(goal: Goal, wanted: PlanGoal) -> bool:
    return (goal.times, goal.per, goal.kinds) == (wanted.times, wanted.per, wanted.kinds)


def _goal(wanted: PlanGoal, source: str, today: date) -> Goal:
    identity = uuid5(NAMESPACE, f"{source}/goal/{wanted.name}/{today.isoformat()}")
    return Goal(str(identity), wanted.name, wanted.times, wanted.per, begins=today, kinds=wanted.kinds, source=source)
