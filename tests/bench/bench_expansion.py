"""The occurrences of repeating events in a month's 42 days, without a store: python -m tests.bench bench_expansion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from dateutil import rrule as dateutil_rules

from companion.domain.event import Event
from companion.domain.expansion import last_start, occurrences
from companion.domain.recurrence import Frequency, RecurrenceRule
from tests.bench.data import GRID, calendar
from tests.bench.measure import Figure, in_turn, milliseconds

TEN_YEARS_EARLIER = datetime(2016, 8, 1)


def expand(events: list[Event]) -> int:
    return sum(len(occurrences(event, *GRID)) for event in events)


def by_dateutil(events: list[Event]) -> int:
    """The same starts by dateutil from each series' first day, without making occurrences of them."""
    found = 0
    for event in events:
        assert event.rule is not None
        walk = dateutil_rules.rrule(
            getattr(dateutil_rules, event.rule.frequency.name),
            dtstart=event.start,
            byweekday=[dateutil_rules.weekday(day.day, day.nth or None) for day in event.rule.by_day] or None,
        )
        found += len(walk.between(*GRID, inc=True))
    return found


def run() -> Iterator[Figure]:
    recent = calendar(500, 500)
    old = calendar(500, 500, series_begin=TEN_YEARS_EARLIER)
    counted = [replace(event, rule=replace(_rule(event), count=3_660)) for event in old]
    weekly = [event for event in recent if _rule(event).frequency is Frequency.WEEKLY]

    found = expand(recent)
    ours = milliseconds(lambda: expand(recent))
    yield Figure("42 days of 500 repeating events", ours, 25, "ms", f"{found} occurrences")
    for words, others, bound in (("begun ten years earlier", old, 1.2), ("and with a COUNT of 3,660", counted, 1.5)):
        _aged, _recent, ratio = in_turn(partial(expand, others), partial(expand, recent))
        yield Figure(f"… {words}", ratio, bound, "×", f"{expand(others)} occurrences")
    rate = expand(weekly) / milliseconds(lambda: expand(weekly))
    yield Figure("a thousand occurrences of weekly rules", 1_000 / rate, 3.3, "ms", f"{rate * 1_000:,.0f} a second")
    theirs = milliseconds(lambda: by_dateutil(old), runs=3)
    yield Figure("… as a part of dateutil's walk over ten years", ours / theirs, 0.5, "×", f"{theirs:.0f} ms")
    yield Figure(
        "the last starts of 500 counted series", milliseconds(lambda: [last_start(e) for e in counted]), 25, "ms"
    )


def _rule(event: Event) -> RecurrenceRule:
    assert event.rule is not None
    return event.rule
