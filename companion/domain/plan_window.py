"""What a plan puts on the calendar, session by session."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from companion.domain.event import Event, Occurrence
from companion.domain.expansion import occurrences, reach
from companion.domain.months import add_months
from companion.domain.plan import Plan

ENDLESS_MONTHS = 24
_ZONE_MARGIN = timedelta(hours=26)  # the most that two zones can be apart


def plan_occurrences(plan: Plan, first: date | None = None, until: date | None = None) -> list[Occurrence]:
    """The sessions that touch the days from `first` up to, not including, `until`, in the plan's zone, by start.

    Without `first` from the beginning; without `until` to the end, and of an endless series two years.
    """
    zone = plan.header.timezone
    start = datetime.combine(first, time()) if first else None
    end = datetime.combine(until, time()) if until else None
    found = [
        here
        for event in plan.events
        for here in (o.in_zone(zone) for o in _of(event, start, end))
        if (end is None or here.start < end) and (start is None or here.end > start or here.start >= start)
    ]
    found.sort(key=lambda o: (o.start, not o.event.all_day, o.end, o.event.uid))
    return found


def _of(event: Event, start: datetime | None, end: datetime | None) -> Iterator[Occurrence]:
    earliest, latest = reach(event)
    low = earliest if start is None else start - _ZONE_MARGIN
    if end is not None:
        high = end + _ZONE_MARGIN
    elif latest is not None:
        high = latest + timedelta(days=1)
    else:
        begun = max(event.start, start or event.start)
        high = datetime.combine(add_months(begun.date(), ENDLESS_MONTHS), begun.time())
    yield from occurrences(event, low, high)
