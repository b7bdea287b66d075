"""A whole series at another time: every session moves likewise, none is lost, and what was done to one stays so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.event import Event, Override, Status
from companion.domain.expansion import occurrences, starts
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday, end_of
from companion.domain.series import cancel_occurrence, skip_occurrence
from companion.domain.series_move import carry_over, moved_series
from companion.errors import RuleError

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FIRST = datetime(2026, 11, 3, 18)  # a Tuesday
WEEKLY = RecurrenceRule(Frequency.WEEKLY)
TUE_THU = replace(WEEKLY, by_day=(Weekday(1), Weekday(3)))
ALWAYS = (datetime(2020, 1, 1), datetime(2028, 1, 1))


def group(rule: RecurrenceRule, **more: object) -> Event:
    return replace(Event("u", "Group", FIRST, HOUR, "America/New_York", rule=rule), **more)  # type: ignore[arg-type]


def days(event: Event, number: int = 4) -> list[datetime]:
    return [o.start for o in occurrences(event, *ALWAYS)][:number]


def nth(week: int) -> datetime:
    return FIRST + timedelta(weeks=week)


def test_all_tuesdays_become_wednesdays_at_another_hour() -> None:
    for rule in (WEEKLY, replace(WEEKLY, by_day=(Weekday(1),))):
        moved = moved_series(group(rule), nth(2), nth(2) + DAY - HOUR, 2 * HOUR)
        assert days(moved) == [nth(n) + DAY - HOUR for n in range(4)]
        assert moved.duration == 2 * HOUR


def test_an_individually_moved_session_is_where_the_series_would_have_had_it() -> None:
    event = group(WEEKLY, overrides=(Override(nth(1), start=nth(1) + 5 * DAY),))
    moved = moved_series(event, nth(1), nth(1) + DAY)
    assert [o.recurrence_id for o in occurrences(moved, *ALWAYS)][:3] == [nth(n) + DAY for n in range(3)]
    assert moved.overrides == (Override(nth(1) + DAY, start=nth(1) + 5 * DAY),)


def test_other_weekdays_of_the_rule_stay() -> None:
    moved = moved_series(group(TUE_THU), nth(1), nth(1) - DAY)
    assert [d.strftime("%a %d") for d in days(moved)] == ["Mon 02", "Thu 05", "Mon 09", "Thu 12"]
    later = moved_series(group(TUE_THU), nth(1), nth(1) + 3 * DAY)
    assert [d.strftime("%a %d") for d in days(later)] == ["Thu 05", "Fri 06", "Thu 12", "Fri 13"]


def test_a_month_moves_its_date_or_its_second_tuesday() -> None:
    dated = group(RecurrenceRule(Frequency.MONTHLY))
    assert [d.day for d in days(moved_series(dated, FIRST, FIRST + 2 * DAY))] == [5, 5, 5, 5]
    first_tuesday = group(RecurrenceRule(Frequency.MONTHLY, by_day=(Weekday(1, 1),)))
    december = datetime(2026, 12, 1, 18)
    moved = moved_series(first_tuesday, december, december + DAY)
    assert [d.date() for d in days(moved)] == [date(2026, 11, 4), date(2026, 12, 2), date(2027, 1, 6), date(2027, 2, 3)]
    last = group(RecurrenceRule(Frequency.MONTHLY, by_month_day=(-1,)), start=datetime(2026, 11, 30, 9))
    assert [d.day for d in days(moved_series(last, datetime(2026, 11, 30, 9), datetime(2026, 11, 29, 9)))] == [29] * 4


def test_it_has_as_many_sessions_as_before() -> None:
    for ends in ({"count": 6}, {"until": end_of(date(2026, 12, 10))}, {"until": nth(5)}):
        moved = moved_series(group(replace(WEEKLY, **ends)), nth(1), nth(1) + 3 * DAY + HOUR)
        assert days(moved, 99) == [nth(n) + 3 * DAY + HOUR for n in range(6)]
    moved = moved_series(group(replace(TUE_THU, until=end_of(date(2026, 11, 17)))), nth(0), nth(0) + 3 * DAY)
    assert [d.day for d in days(moved, 99)] == [5, 6, 12, 13, 19]


def test_what_was_done_to_single_sessions_goes_along() -> None:
    event = skip_occurrence(cancel_occurrence(group(TUE_THU), nth(1)), nth(2) + 2 * DAY)
    moved = moved_series(event, nth(0), nth(0) + DAY + HOUR)
    shown = {o.start: o.status for o in occurrences(moved, *ALWAYS)}
    assert shown[nth(1) + DAY + HOUR] is Status.CANCELLED
    assert nth(2) + 2 * DAY + HOUR not in shown  # a Thursday: it stays one, at the new hour
    assert shown[nth(2) + DAY + HOUR] is Status.CONFIRMED


@pytest.mark.parametrize(
    ("rule", "start"),
    [
        (TUE_THU, nth(1) + 8 * DAY),  # which Thursday goes with it?
        (RecurrenceRule(Frequency.MONTHLY, by_day=(Weekday(1, 1), Weekday(1, 3))), FIRST + DAY),
        (RecurrenceRule(Frequency.MONTHLY), FIRST + 40 * DAY),
        (replace(TUE_THU, interval=2), nth(0) + 2 * DAY),  # it would fall on the other one
        (RecurrenceRule(Frequency.YEARLY, by_month=(2, 11)), FIRST + DAY),
        (None, FIRST + DAY),
    ],
)
def test_what_can_be_meant_in_two_ways_is_refused_in_words(rule: RecurrenceRule | None, start: datetime) -> None:
    event = group(WEEKLY) if rule is None else group(rule)
    at = nth(1) if rule is TUE_THU else FIRST + HOUR if rule is None else FIRST
    with pytest.raises(RuleError) as caught:
        moved_series(event, at, start)
    assert caught.value.mend


def test_another_hour_is_possible_for_any_repeat() -> None:
    odd = group(RecurrenceRule(Frequency.MONTHLY, by_day=(Weekday(1, 1), Weekday(3, -1))))
    assert days(moved_series(odd, FIRST, FIRST - HOUR)) == [d - HOUR for d in days(odd)]


def test_a_change_of_the_hour_in_the_form_loses_no_cancelled_session() -> None:
    event = skip_occurrence(cancel_occurrence(group(WEEKLY), nth(2)), nth(3))
    changed = carry_over(event, replace(event, start=FIRST + HOUR))
    assert [(o.start, o.cancelled) for o in occurrences(changed, nth(1), nth(5))] == [
        (nth(1) + HOUR, False),
        (nth(2) + HOUR, True),
        (nth(4) + HOUR, False),
    ]
    thursdays = replace(event, start=FIRST + 2 * DAY, rule=replace(WEEKLY, by_day=(Weekday(3),)))
    assert [o.cancelled for o in occurrences(carry_over(event, thursdays), nth(2), nth(3))] == [True]


RULES = st.sampled_from(
    [
        WEEKLY,
        TUE_THU,
        replace(TUE_THU, interval=2, week_start=6),
        RecurrenceRule(Frequency.DAILY, interval=3),
        RecurrenceRule(Frequency.MONTHLY),
        RecurrenceRule(Frequency.MONTHLY, by_day=(Weekday(1, 1),)),
        RecurrenceRule(Frequency.YEARLY),
    ]
)


@settings(max_examples=80)
@given(RULES, st.sampled_from([{}, {"count": 9}]), st.integers(0, 8), st.integers(-6, 6), st.integers(-18, 5))
def test_the_session_meant_is_where_it_was_put_and_moving_back_restores_the_series(
    rule: RecurrenceRule, ends: dict[str, int], index: int, by_days: int, by_hours: int
) -> None:
    event = group(replace(rule, **ends))  # type: ignore[arg-type]
    given = starts(event.rule, event.start, FIRST, datetime(2036, 1, 1))  # type: ignore[arg-type]
    at = given[index]
    start = at + timedelta(days=by_days, hours=by_hours)
    try:
        moved = moved_series(event, at, start)
        back = moved_series(moved, start, at)
    except RuleError:
        return
    there = starts(moved.rule, moved.start, moved.start, datetime(2036, 1, 1))  # type: ignore[arg-type]
    assert start in there
    assert len(there) == len(given) or rule.frequency is not Frequency.WEEKLY or not ends
    assert starts(back.rule, back.start, FIRST, nth(50)) == starts(event.rule, event.start, FIRST, nth(50))  # type: ignore[arg-type]
