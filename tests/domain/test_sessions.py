""" "Session 5 of 17": of one class, however many series the calendar holds it in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain import series
from companion.domain.event import Event, Occurrence, Origin
from companion.domain.expansion import occurrences
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday
from companion.domain.sessions import Series, Session, may_have_certificate, session_words

START = datetime(2026, 9, 3, 17, 30)  # a Thursday
WEEK = timedelta(days=7)
FOREVER = datetime(2100, 1, 1)
THURSDAYS = RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(3),), count=17)
CLASS = Event("class", "Nurturing class", START, timedelta(minutes=90), "America/New_York", "parenting-class")
CLASS = replace(CLASS, rule=THURSDAYS)


def told(*events: Event) -> list[tuple[int, int] | None]:
    """Number and total of every session, by time."""
    known = Series(events)
    everything = sorted((o for e in events for o in occurrences(e, START, FOREVER)), key=lambda o: o.start)
    return [(s.number, s.total) if (s := known.session(o)) else None for o in everything]


def numbered(total: int) -> list[tuple[int, int]]:
    return [(number, total) for number in range(1, total + 1)]


def test_each_of_a_series_with_an_end() -> None:
    assert told(CLASS) == numbered(17)
    until = replace(CLASS, rule=replace(THURSDAYS, count=None, until=START + 4 * WEEK))
    assert told(until) == numbered(5)


def test_without_an_end_or_without_a_repeat_there_is_nothing_to_count() -> None:
    endless = replace(CLASS, rule=replace(THURSDAYS, count=None))
    known = Series([endless])
    assert {known.session(o) for o in occurrences(endless, START, START + 20 * WEEK)} == {None}
    single = replace(CLASS, rule=None)
    assert Series([]).session(Occurrence(single, START, single.end)) is None


def test_what_was_taken_out_is_not_counted_and_what_was_cancelled_is() -> None:
    skipped = series.skip_occurrence(CLASS, START + 2 * WEEK)
    assert told(skipped) == numbered(16)
    cancelled = series.cancel_occurrence(CLASS, START + 2 * WEEK)
    assert told(cancelled) == numbered(17)


def test_changed_from_one_day_on_it_is_still_one_class() -> None:
    earlier, later = series.split_before(CLASS, START + 5 * WEEK, "later")
    assert told(earlier, replace(later, start=later.start + timedelta(hours=1))) == numbered(17)
    middle, last = series.split_before(later, START + 9 * WEEK, "last")
    assert told(earlier, middle, last) == numbered(17)


def test_changed_as_a_whole_on_the_way_what_has_happened_counts_once() -> None:
    now = START + 5 * WEEK + timedelta(days=1)
    past, changed = series.keep_past(CLASS, replace(CLASS, title="Class"), now, "past")
    assert past is not None
    assert told(past, changed) == numbered(17)


def test_ended_early_the_last_one_left_is_the_last() -> None:
    earlier, _later = series.split_before(CLASS, START + 5 * WEEK, "later")
    assert told(earlier) == numbered(5)


def test_the_phases_of_a_plan_are_one_series() -> None:
    first = replace(CLASS, uid="p1", rule=replace(THURSDAYS, count=4), origin=Origin("plan", "class/1"))
    second = replace(
        first, uid="p2", start=START + 4 * WEEK, rule=replace(THURSDAYS, interval=2, count=3),
        origin=Origin("plan", "class/2"),
    )  # fmt: skip
    assert told(first, second) == numbered(7)
    # Another item, and another plan, are others.
    other = replace(second, uid="x", origin=Origin("plan", "visit/2"))
    assert Series([first, other]).session(occurrences(first, START, START + WEEK)[0]) == Session(1, 4)
    # The first phase was changed from some day on: the second follows what it became.
    earlier, later = series.split_before(first, START + 2 * WEEK, "later")
    assert told(earlier, later, second) == numbered(7)
    # A phase without an end takes the end from those before it.
    endless = replace(second, rule=replace(THURSDAYS, count=None))
    assert Series([first, endless]).session(occurrences(first, START, START + WEEK)[0]) is None


@settings(max_examples=60)
@given(st.lists(st.integers(1, 16), max_size=4), st.lists(st.integers(0, 16), max_size=4, unique=True))
def test_however_it_is_split_and_skipped_every_session_has_its_number(cuts: list[int], skips: list[int]) -> None:
    whole = CLASS
    for skip in skips:
        whole = series.skip_occurrence(whole, START + skip * WEEK)
    parts = [whole]
    for number, cut in enumerate(sorted(set(cuts))):
        earlier, later = series.split_before(parts[-1], START + cut * WEEK, f"part {number}")
        parts[-1:] = [earlier, later]
    assert told(*parts) == numbered(17 - len(skips))


def test_a_chain_that_comes_round_to_itself_does_no_harm() -> None:
    one = replace(CLASS, uid="a", continues="b")
    other = replace(CLASS, uid="b", continues="a")
    assert Series([one, other, replace(CLASS, uid="c", continues="c")]).session(
        occurrences(one, START, START + WEEK)[0]
    ) in {Session(1, 34), Session(18, 34)}


def test_in_words() -> None:
    assert session_words(Session(5, 17)) == "session 5 of 17"
    assert session_words(Session(17, 17)) == "session 17 of 17, the last one"


@pytest.mark.parametrize(
    ("kind", "signed", "session", "may"),
    [
        ("parenting-class", False, Session(17, 17), True),
        ("parenting-class", False, Session(16, 17), False),
        ("court", False, Session(3, 3), False),
        ("support-group", True, Session(3, 3), True),
    ],
)
def test_a_certificate_is_asked_for_where_there_may_be_one(
    kind: str, signed: bool, session: Session, may: bool
) -> None:
    assert may_have_certificate(replace(CLASS, kind=kind, sign_off=signed), session) is may
