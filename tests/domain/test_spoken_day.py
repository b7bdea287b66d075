"""A day as a person types it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.names import month_name, month_short, weekday_name
from companion.domain.spoken_day import parse_day
from companion.errors import InputError

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", "2026-11-21"),
        ("Tomorrow", "2026-11-22"),
        ("yesterday", "2026-11-20"),
        ("tonight", "2026-11-21"),
        ("day after tomorrow", "2026-11-23"),
        ("fri", "2026-11-27"),
        ("Tuesday", "2026-11-24"),
        ("  TUES. ", "2026-11-24"),
        ("on thurs", "2026-11-26"),
        ("sat", "2026-11-28"),
        ("this sat", "2026-11-21"),
        ("this sun", "2026-11-22"),
        ("next fri", "2026-11-27"),
        ("last fri", "2026-11-20"),
        ("last sat", "2026-11-14"),
        ("dec 3", "2026-12-03"),
        ("3 dec", "2026-12-03"),
        ("Dec. 3", "2026-12-03"),
        ("december 3rd", "2026-12-03"),
        ("the 3rd of December", "2026-12-03"),
        ("dec 3, 2027", "2027-12-03"),
        ("3 dec 2027", "2027-12-03"),
        ("thu dec 3", "2026-12-03"),
        ("nov 21", "2026-11-21"),
        ("nov 20", "2027-11-20"),
        ("feb 29", "2028-02-29"),
        ("15th", "2026-12-15"),
        ("the 21st", "2026-11-21"),
        ("31st", "2026-12-31"),
        ("2026-12-03", "2026-12-03"),
        ("2026/12/3", "2026-12-03"),
        ("12/25", "2026-12-25"),
        ("25.12.", "2026-12-25"),
        ("12/12", "2026-12-12"),
        ("25/12/2027", "2027-12-25"),
        ("12/25/27", "2027-12-25"),
        ("in 2 weeks", "2026-12-05"),
        ("2 weeks", "2026-12-05"),
        ("+3d", "2026-11-24"),
        ("in a month", "2026-12-21"),
        ("in three days", "2026-11-24"),
        ("2 weeks ago", "2026-11-07"),
        ("next week", "2026-11-28"),
        ("next month", "2026-12-21"),
        ("in 1 year", "2027-11-21"),
        ("２０２６－１２－０３", "2026-12-03"),
    ],
)
def test_days(text: str, expected: str) -> None:
    assert parse_day(text, TODAY).isoformat() == expected


@pytest.mark.parametrize("text", ["12/3", "3.12", "3-12-2026", "12/03/26"])
def test_two_readings_are_refused_with_both(text: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_day(text, TODAY)
    assert refused.value.sentence == "That can mean two days."
    assert "Dec 3" in refused.value.mend
    assert "Mar 12" in refused.value.mend


def test_the_setting_decides() -> None:
    assert parse_day("12/3", TODAY, month_first=True) == date(2026, 12, 3)
    assert parse_day("12/3", TODAY, month_first=False) == date(2027, 3, 12)
    assert parse_day("25/12", TODAY, month_first=True) == date(2026, 12, 25)


def test_next_tuesday_on_a_monday_is_two_days() -> None:
    with pytest.raises(InputError) as refused:
        parse_day("next tue", date(2026, 11, 23))
    assert refused.value.mend == "Type Nov 24 or Dec 1."
    assert parse_day("tue", date(2026, 11, 23)) == date(2026, 11, 24)
    assert parse_day("next tue", date(2026, 11, 25)) == date(2026, 12, 1)


def test_for_logging_a_date_is_the_last_one() -> None:
    assert parse_day("nov 20", TODAY, past=True) == date(2026, 11, 20)
    assert parse_day("nov 22", TODAY, past=True) == date(2025, 11, 22)
    assert parse_day("30th", TODAY, past=True) == date(2026, 10, 30)
    assert parse_day("feb 29", TODAY, past=True) == date(2024, 2, 29)


def test_a_month_from_the_31st() -> None:
    assert parse_day("in 1 month", date(2026, 1, 31)) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "That day is not clear."),
        ("someday", "That day is not clear."),
        ("15", "That day is not clear."),
        ("dec", "That day is not clear."),
        ("dec 3 4", "That day is not clear."),
        ("mon tue", "That day is not clear."),
        ("t 3", "That day is not clear."),
        ("x" * 5_000, "That day is not clear."),
        ("feb 30", "February has 29 days."),
        ("2026-02-29", "February has 28 days."),
        ("13/14", "A year has 12 months."),
        ("0/5", "May has 31 days."),
        ("wed dec 3", "December 3, 2026 is a Thursday."),
        ("1066-10-14", "That day is too far away."),
        ("in 999 years", "That day is too far away."),
    ],
)
def test_what_is_not_clear_says_so_with_a_mend(text: str, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_day(text, TODAY)
    assert refused.value.sentence == sentence
    assert refused.value.mend


@given(st.text(max_size=80))
def test_any_text_is_a_day_or_a_plain_no(text: str) -> None:
    try:
        parse_day(text, TODAY)
    except InputError as refused:
        assert len(text) < 5 or text not in str(refused)


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_every_day_can_be_said(day: date) -> None:
    assert parse_day(day.isoformat(), TODAY) == day
    said = f"{weekday_name(day.weekday())} {month_name(day.month)} {day.day}, {day.year}"
    assert parse_day(said, TODAY) == day
    assert parse_day(f"{day.day} {month_short(day.month)} {day.year}", TODAY) == day


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.integers(0, 6))
def test_a_weekday_lies_in_the_seven_days_to_come(today: date, weekday: int) -> None:
    found = parse_day(weekday_name(weekday)[:3], today)
    assert found.weekday() == weekday
    assert timedelta(days=1) <= found - today <= timedelta(days=7)
