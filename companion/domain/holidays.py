"""What a plan's holidays do to the sessions that fall on them (docs/plan-file.md, "Holidays")."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from companion.domain.plan import HolidayPolicy

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(slots=True)
class HolidayEffect:
    """Sessions by the start their rule gives: left out, moved to another day, or left out because the item
    already meets on the day they would have moved to."""

    skipped: set[datetime] = field(default_factory=set)
    moved: dict[datetime, datetime] = field(default_factory=dict)
    dropped: dict[datetime, date] = field(default_factory=dict)


def next_working_day(day: date, holidays: Collection[date]) -> date:
    """The first Monday to Friday after `day` that is no holiday."""
    day += _DAY
    while day.weekday() >= _SATURDAY or day in holidays:
        day += _DAY
    return day


def apply_holidays(
    holidays: Iterable[date],
    policy: HolidayPolicy,
    sessions_on: Callable[[date], list[datetime]],
    meets_on: Callable[[date], bool],
) -> HolidayEffect:
    """What happens to each session that falls on a holiday.

    `sessions_on` gives the sessions of a day that nothing was said about; `meets_on` whether the item takes place
    on a day, apart from what holidays themselves move there.
    """
    effect = HolidayEffect()
    if policy is HolidayPolicy.KEEP:
        return effect
    days = frozenset(holidays)
    landed: set[date] = set()
    for day in sorted(days):
        for session in sessions_on(day):
            if policy is HolidayPolicy.SKIP:
                effect.skipped.add(session)
                continue
            target = next_working_day(day, days)
            if target in landed or meets_on(target):
                effect.dropped[session] = target
            else:
                landed.add(target)
                effect.moved[session] = datetime.combine(target, session.time())
    return effect
