"""Weeks and months as a wall calendar has them."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.months import (
    add_days,
    add_months,
    days_in_month,
    days_of_year,
    first_of,
    last_of,
    six_weeks,
    week_of,
    weekday_order,
    weeks_of_month,
    weeks_of_year,
)


@given(st.dates(date(1, 2, 1), date(9999, 11, 30)), st.sampled_from([0, 6]))
def test_weeks_are_those_of_the_standard_calendar(day: date, week_start: int) -> None:
    expected = calendar.Calendar(week_start).monthdatescalendar(day.year, day.month)
    assert [list(week) for week in weeks_of_month(day, week_start)] == expected
    assert six_weeks(day, week_start)[: len(expected)] == weeks_of_month(day, week_start)


def test_a_month_may_have_four_weeks_and_a_grid_has_six() -> None:
    assert len(weeks_of_month(date(2027, 2, 1))) == 4
    assert len(weeks_of_month(date(2026, 8, 1), 0)) == 6
    assert {len(six_weeks(date(2027, m, 1))) for m in range(1, 13)} == {6}


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 1, 31), 15, date(2026, 4, 30)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(9999, 12, 5), 1, date(9999, 12, 5)),
        (date(1, 1, 5), -1, date(1, 1, 5)),
    ],
)
def test_months_later(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(st.dates())
def test_the_ends_of_a_month(day: date) -> None:
    assert first_of(day).day == 1
    assert last_of(day).day == days_in_month(day) == calendar.monthrange(day.year, day.month)[1]


@given(st.dates(), st.sampled_from([0, 6]))
def test_a_week_is_seven_days_in_a_row(day: date, week_start: int) -> None:
    week = week_of(day, week_start)
    assert [later.toordinal() - week[0].toordinal() for later in week] == list(range(7))
    assert week[0].weekday() == week_start
    if date(1, 1, 8) <= day <= date(9999, 12, 20):
        assert day in week


def test_the_calendar_has_ends() -> None:
    assert add_days(date.max, 5) == date.max
    assert add_days(date.min, -5) == date.min
    assert len(six_weeks(date(9999, 12, 1))) == 6


def test_a_year() -> None:
    assert len(days_of_year(2028)) == 366
    assert len(weeks_of_year(2026)) == 53
    assert weekday_order(6) == (6, 0, 1, 2, 3, 4, 5)
