"""Random series and random edits, and two judges that know nothing of `companion.domain.expansion`.

`by_hand` says what an event gives: dateutil walks the rule from its first day, and skips and overrides are applied
one by one, as RFC 5545 has it. How many examples each property takes is one number, `EXAMPLES`: 500 in the suite,
more with SERIES_EXAMPLES in the environment (make bench takes 10,000).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from dateutil import rrule
from hypothesis import settings
from hypothesis import strategies as st

from companion.domain.event import Event, Override, Status
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday, check
from companion.errors import RuleError

EXAMPLES = int(os.environ.get("SERIES_EXAMPLES", "500"))
thorough = settings(max_examples=EXAMPLES)

ZONE = "America/New_York"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = datetime(2026, 11, 21, 9, 7)  # a Saturday; nothing below begins at seven past
LOW, HIGH = datetime(2026, 7, 13), datetime(2027, 7, 5)  # what is looked at

T = TypeVar("T")
Given = tuple[datetime | None, datetime, datetime, str, Status]
"""Recurrence id, start, end, title, status."""


# What an event gives, by hand


def by_hand(event: Event, low: datetime = LOW, high: datetime = HIGH) -> list[Given]:
    """What `event` gives in the naive window [low, high) of its own zone."""
    overrides = {override.recurrence_id: override for override in event.overrides}
    starts = (event.start,) if event.rule is None else _walk(event.rule, event.start, max([high, *overrides]))
    found = []
    for at in starts:
        if at in event.skips or (event.since is not None and at < event.since):
            continue
        override = overrides.get(at, Override(at, status=event.status))
        begins = override.start or at
        ends = begins + (event.duration if override.duration is None else override.duration)
        status = Status.CANCELLED if event.status is Status.CANCELLED else override.status
        title = event.title if override.title is None else override.title
        if begins < high and (ends > low or begins >= low):
            found.append((None if event.rule is None else at, begins, ends, title, status))
    return sorted(found, key=repr)


@lru_cache(maxsize=64)  # the same series is looked at again and again
def _walk(rule: RecurrenceRule, first: datetime, until: datetime) -> tuple[datetime, ...]:
    walk = rrule.rrule(
        getattr(rrule, rule.frequency.name),
        dtstart=first,
        interval=rule.interval,
        wkst=rule.week_start,
        byweekday=[rrule.weekday(day.day, day.nth or None) for day in rule.by_day] or None,
        bymonth=rule.by_month or None,
        bymonthday=rule.by_month_day or None,
        bysetpos=rule.by_set_pos or None,
        until=min(until, rule.until or until),
    )
    return tuple(islice(walk, rule.count))


def in_zone(given: Given, event: Event, zone: str) -> Given:
    """The same with its times as a clock in `zone` shows them; whole days keep their date."""
    if event.all_day:
        return given
    at, begins, ends, title, status = given

    def there(moment: datetime) -> datetime:
        return moment.replace(tzinfo=ZoneInfo(event.zone)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    return at, there(begins), there(ends), title, status


# Random series. Strategies are made once and drawn from few times: Hypothesis takes longer to draw than all the rest.

_WEEKDAYS = st.sets(st.integers(0, 6), max_size=4).map(lambda days: tuple(Weekday(day) for day in sorted(days)))
_SOME_WEEKDAYS = _WEEKDAYS.filter(bool)
_NUMBERED = st.builds(Weekday, st.integers(0, 6), st.sampled_from([1, 2, 4, 5, -1])).map(lambda day: (day,))
_DATES = st.sampled_from([(1,), (15,), (28, 29), (29,), (30,), (31,), (31, 1), (-1,), (-2,), (-1, 15)])
_MONTHS = st.sampled_from([(), (), (2,), (11,), (1, 12), (1, 3, 5, 7, 9, 11), (11, 12)])
_MONTHLY = st.sampled_from([Frequency.MONTHLY, Frequency.MONTHLY, Frequency.YEARLY])
_TWO = st.integers(1, 2)

_RULES = st.one_of(
    st.builds(
        RecurrenceRule, st.just(Frequency.WEEKLY), st.integers(1, 3), _WEEKDAYS, week_start=st.sampled_from([0, 6])
    ),
    st.builds(RecurrenceRule, st.just(Frequency.WEEKLY), by_day=_SOME_WEEKDAYS),
    st.builds(RecurrenceRule, st.just(Frequency.DAILY), st.integers(1, 9), st.one_of(st.just(()), _WEEKDAYS)),
    st.builds(RecurrenceRule, _MONTHLY, _TWO, _NUMBERED, by_month=_MONTHS),
    st.builds(RecurrenceRule, _MONTHLY, _TWO, by_month_day=_DATES),
    st.builds(RecurrenceRule, _MONTHLY, by_day=_SOME_WEEKDAYS, by_set_pos=st.sampled_from([(1,), (-1,)])),
)
_FRAMES = st.tuples(
    st.integers(-120, 30),
    st.sampled_from([0, 9 * 60, 18 * 60 + 30, 23 * 60 + 45]),
    st.sampled_from([HOUR, HOUR, 0 * HOUR, 30 * HOUR]),
    st.integers(-20, 40),
)


def serieses(zones: tuple[str, ...] = (ZONE,), *, single: bool = False) -> st.SearchStrategy[Event]:
    """A series around NOW, of any sound rule; with `single` also appointments that take place once."""
    shapes = st.sampled_from(["timed", "timed", "timed", "timed", "all day", *(["single"] if single else [])])
    return st.builds(_made, _RULES, _FRAMES, shapes, st.sampled_from(zones))


def _made(rule: RecurrenceRule, frame: tuple[int, int, timedelta, int], shape: str, zone: str) -> Event:
    days, minutes, length, end = frame
    if shape == "all day":
        minutes, length = 0, DAY if length < DAY else 3 * DAY
    start = NOW.replace(hour=0, minute=0) + days * DAY + timedelta(minutes=minutes)
    if 0 < end < 20:
        rule = replace(rule, count=end)
    elif end >= 20:  # also at an hour that is not the session's
        rule = replace(rule, until=start + (end - 20) ** 2 * DAY + (end % 5 - 2) * 6 * HOUR)
    try:
        check(rule, start)
    except RuleError:  # a few never give a day
        rule = RecurrenceRule(Frequency.WEEKLY)
    once = shape == "single"
    return Event("first", "Group", start, length, zone, all_day=shape == "all day", rule=None if once else rule)


# Random edits


class Edit(NamedTuple):
    """The one that is `which` nearest to NOW is edited, by so many `days` and `hours`.

    `number` makes a title or a length. Around NOW is where the past ends: far from it edits meet nothing special.
    """

    act: str
    reach: str
    which: int
    days: int
    hours: int
    number: int


_WHERE = (st.integers(0, 24), st.integers(-9, 9), st.integers(-5, 5), st.integers(0, 3))


def nearest(found: Sequence[T], which: int, start: Callable[[T], datetime]) -> T:
    """The one that begins `which` nearest to NOW."""
    return sorted(found, key=lambda each: abs(start(each) - NOW))[which % len(found)]


def edits(acts: tuple[str, ...], most: int = 6) -> st.SearchStrategy[list[Edit]]:
    ways = st.sampled_from([(act, reach) for act in acts for reach in ("one", "later", "all")])
    return st.lists(st.tuples(ways, *_WHERE).map(lambda drawn: Edit(*drawn[0], *drawn[1:])), min_size=1, max_size=most)
