"""A habit's strength: colour for a chart, shown in words only, never as a figure (docs/streaks.md, "Goals and runs").

The formula is Loop Habit Tracker's: s = s·m + c·(1 − m) a day, with m = 0.5^(√f / 13) and f the share of days asked
for. A daily habit halves in 13 days, a weekly one in 34. It forgets slowly, and so it can't punish one day; but
after four perfect weeks a weekly goal stands at 0.39, which is why nobody is shown the number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from companion.domain.goal import Goal, Pause, Period
from companion.domain.pause import days_within, spans

TREND_DAYS = 14
_STEADY = 0.05  # a change over two weeks smaller than this is no change
_HALF_LIFE = 13
_PERIOD_DAYS = {Period.DAY: 1, Period.WEEK: 7, Period.MONTH: 30}


class Trend(StrEnum):
    GROWING = "growing"
    STEADY = "steady"
    RESTING = "resting"


def strengths(marks: Sequence[int | None], times: int, days: int) -> list[float]:
    """The strength after each day, 0 to 1. `marks`: how often a day, oldest first, None for a paused day.

    The goal is `times` in `days` days. Below once a day the window is doubled, so that the same weekly effort on
    other weekdays counts the same.
    """
    share = times / days
    window, enough = (days * 2, times * 2) if share < 1 else (days, times)
    keep = 0.5 ** (share**0.5 / _HALF_LIFE)
    capped = [0 if mark is None else min(mark, 1) if share < 1 else mark for mark in marks]
    strength, in_window, result = 0.0, 0, []
    for index, mark in enumerate(marks):
        in_window += capped[index] - (capped[index - window] if index >= window else 0)
        if mark is not None:
            strength = strength * keep + min(1.0, in_window / enough) * (1 - keep)
        result.append(strength)
    return result


def strength(marks: Sequence[int | None], times: int, days: int) -> float:
    """The strength after the last of `marks`; 0 where there are none."""
    return strengths(marks, times, days)[-1] if marks else 0.0


def goal_strengths(goal: Goal, done: Mapping[date, int], pauses: Sequence[Pause], today: date) -> list[float]:
    """The strength of a goal on each day from its first to `today`."""
    mine = spans(pauses, goal.id)
    last = min(today, goal.ends or today)
    days = [goal.begins + timedelta(days=n) for n in range((last - goal.begins).days + 1)]
    marks = [None if mine and not done.get(d) and days_within(mine, d, d) else done.get(d, 0) for d in days]
    return strengths(marks, goal.times, _PERIOD_DAYS[goal.per])


def trend(values: Sequence[float]) -> Trend:
    """Which way `values` (one a day, oldest first) went in the last two weeks."""
    if not values:
        return Trend.STEADY
    before = values[-1 - TREND_DAYS] if len(values) > TREND_DAYS else 0.0
    change = values[-1] - before
    if change >= _STEADY:
        return Trend.GROWING
    return Trend.RESTING if change <= -_STEADY else Trend.STEADY
