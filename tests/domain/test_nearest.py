"""The occurrence that stands for an event: what is next, else what was last."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.event import Event, Override, Status
from companion.domain.expansion import occurrences
from companion.domain.nearest import is_ahead, nearest
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday

NOW = datetime(2026, 11, 21, 9)
TUESDAY = datetime(2026, 10, 27, 18)
HOUR = timedelta(hours=1)
GROUP = Event(
    "group", "Group", TUESDAY, HOUR, "America/New_York", rule=RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1),))
)


def started(event: Event, now: datetime = NOW, among: set[datetime] | None = None) -> datetime | None:
    found = nearest(event, now, among)
    return None if found is None else found.start


def test_the_next_of_a_series_is_given() -> None:
    assert started(GROUP) == datetime(2026, 11, 24, 18)


def test_one_under_way_is_the_next() -> None:
    assert started(GROUP, datetime(2026, 11, 24, 18, 59)) == datetime(2026, 11, 24, 18)
    assert started(GROUP, datetime(2026, 11, 24, 19)) == datetime(2026, 12, 1, 18)


def test_of_a_series_that_is_over_the_last_is_given() -> None:
    ended = replace(GROUP, rule=replace(GROUP.rule, until=datetime(2026, 11, 11)))
    assert started(ended) == datetime(2026, 11, 10, 18)


def test_a_series_far_ahead_or_seldom_is_found() -> None:
    leap = Event("leap", "Leap", datetime(2024, 2, 29, 8), HOUR, "UTC", rule=RecurrenceRule(Frequency.YEARLY))
    assert started(leap, datetime(2096, 3, 1)) == datetime(2096, 2, 29, 8)
    assert started(leap) == datetime(2028, 2, 29, 8)
    assert started(replace(GROUP, start=datetime(2050, 11, 1, 18))) == datetime(2050, 11, 1, 18)


def test_a_cancelled_one_is_passed_over_while_there_is_another() -> None:
    next_off = Override(datetime(2026, 11, 24, 18), status=Status.CANCELLED)
    assert started(replace(GROUP, overrides=(next_off,))) == datetime(2026, 12, 1, 18)
    only = replace(GROUP, start=datetime(2026, 11, 24, 18), rule=replace(GROUP.rule, count=1), overrides=(next_off,))
    assert started(only) == datetime(2026, 11, 24, 18)
    assert started(replace(GROUP, status=Status.CANCELLED)) == datetime(2026, 11, 24, 18)


def test_one_that_was_moved_counts_where_it_went() -> None:
    moved = Override(datetime(2026, 11, 17, 18), start=datetime(2026, 11, 22, 10))
    assert started(replace(GROUP, overrides=(moved,))) == datetime(2026, 11, 22, 10)


def test_only_those_asked_for_count() -> None:
    ids = [TUESDAY + timedelta(weeks=n) for n in (0, 2, 6)]
    event = replace(GROUP, overrides=tuple(Override(at, title="Picnic") for at in ids))
    assert started(event, among=set(ids)) == ids[2]
    assert started(event, among=set(ids[:2])) == ids[1]
    assert started(event, among={TUESDAY + HOUR}) is None


def test_a_single_one_is_given_wherever_it_lies() -> None:
    single = replace(GROUP, rule=None)
    assert started(single) == TUESDAY
    assert started(replace(single, start=datetime(1, 1, 1))) == datetime(1, 1, 1)
    assert started(replace(single, duration=timedelta())) == TUESDAY
    assert started(replace(single, skips=(TUESDAY,))) is None


def test_a_series_without_any_occurrence_has_none() -> None:
    assert started(replace(GROUP, since=datetime(2101, 1, 1))) is None
    emptied = replace(GROUP, rule=replace(GROUP.rule, count=1), skips=(TUESDAY,))
    assert started(emptied) is None


starts = st.datetimes(datetime(2026, 9, 1), datetime(2027, 3, 1)).map(lambda d: d.replace(second=0, microsecond=0))
lengths = st.sampled_from([timedelta(), HOUR, timedelta(hours=30)])


@st.composite
def series(draw: st.DrawFn) -> Event:
    start = draw(starts)
    rule = RecurrenceRule(draw(st.sampled_from([Frequency.DAILY, Frequency.WEEKLY])), draw(st.integers(1, 40)))
    if draw(st.booleans()):
        rule = replace(rule, count=draw(st.integers(1, 12)))
    else:
        rule = replace(rule, until=start + timedelta(days=draw(st.integers(0, 300))))
    event = Event("e", "E", start, draw(lengths), "UTC", rule=rule)
    given_starts = [o.start for o in occurrences(event, start, start + timedelta(days=600))]
    at = draw(st.lists(st.sampled_from(given_starts), max_size=4, unique=True)) if given_starts else []
    overrides = tuple(
        Override(
            each, start=draw(st.none() | starts), status=draw(st.sampled_from([Status.CONFIRMED, Status.CANCELLED]))
        )
        for each in sorted(at)
    )
    return replace(event, overrides=overrides, skips=tuple(draw(st.lists(st.sampled_from(given_starts), max_size=2))))


@settings(max_examples=150)
@given(series(), starts)
def test_it_is_what_looking_through_all_of_them_finds(event: Event, now: datetime) -> None:
    everything = occurrences(event, datetime(2020, 1, 1), datetime(2060, 1, 1))
    ahead = [o for o in everything if is_ahead(o, now)]
    past = sorted((o for o in everything if not is_ahead(o, now)), key=lambda o: o.start, reverse=True)
    kept = [o for o in [*ahead, *past] if not o.cancelled] or [*ahead, *past]
    found = nearest(event, now)
    assert (found is None) == (not kept)
    if found is not None:
        assert (found.start, found.cancelled) == (kept[0].start, kept[0].cancelled)


@pytest.mark.parametrize("now", [datetime(1, 1, 1), datetime(9999, 12, 31)])
def test_no_time_is_too_early_or_too_late_to_ask(now: datetime) -> None:
    assert started(GROUP, now) is not None
