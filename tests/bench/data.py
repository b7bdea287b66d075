"""The calendars that are measured: many events, some of them repeating, spread over five years."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from companion.domain.event import Event
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday

ZONE = "America/New_York"
NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
GRID = datetime(2026, 10, 25), datetime(2026, 12, 6)  # the 42 days of November 2026, Sunday first
STAMP = datetime(2026, 9, 1, tzinfo=UTC)


def rules(count: int) -> list[RecurrenceRule]:
    """`count` rules: a fifth daily, a fifth three times a week, the rest weekly and monthly by halves."""
    kinds = [
        RecurrenceRule(Frequency.DAILY),
        RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(0), Weekday(2), Weekday(4))),
        RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(0),)),
        RecurrenceRule(Frequency.MONTHLY, by_day=(Weekday(0, 1),)),
        RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(0),)),
    ]
    return [kinds[number % len(kinds)] for number in range(count)]


def calendar(total: int, repeating: int, *, series_begin: datetime = datetime(2026, 8, 3)) -> list[Event]:
    """`total` events, `repeating` of them series begun on the Monday `series_begin`; the same every time.

    2026-08-03 and 2016-08-01 are first Mondays of their months, so that each rule's first day is one of its own.
    """
    chance = random.Random(20261121)
    events = [
        Event(
            uid=f"series-{number}@bench.example",
            title=f"Series {number}",
            start=series_begin.replace(hour=8 + number % 10),
            duration=timedelta(minutes=50),
            zone=ZONE,
            kind="group-therapy",
            rule=rule,
            location="12 Mill St",
            created=STAMP,
            updated=STAMP,
        )
        for number, rule in enumerate(rules(repeating))
    ]
    first = datetime(2024, 5, 1)
    for number in range(total - repeating):
        start = first + timedelta(days=chance.randrange(5 * 365), hours=chance.randrange(8, 20))
        events.append(
            Event(
                uid=f"single-{number}@bench.example",
                title=f"Visit {number}",
                start=start,
                duration=timedelta(minutes=30),
                zone=ZONE,
                kind="medication-visit",
                location="Clinic",
                created=STAMP,
                updated=STAMP,
            )
        )
    return events
