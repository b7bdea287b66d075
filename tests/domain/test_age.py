"""Reading an age as a person types it, and counting months."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import NASTY
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.age import Age, add_months, completed_months, parse_age
from companion.errors import InputError

TODAY = date(2026, 11, 21)
days = st.dates(date(1970, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("8 weeks", Age(born=date(2026, 9, 26))),
        ("8wk", Age(born=date(2026, 9, 26))),
        ("eight weeks old", Age(born=date(2026, 9, 26))),
        ("4 years", Age(born=date(2022, 11, 21))),
        ("4", Age(born=date(2022, 11, 21))),
        (" 4 y ", Age(born=date(2022, 11, 21))),
        ("18 months", Age(born=date(2025, 5, 21))),
        ("18m", Age(born=date(2025, 5, 21))),
        ("2 years 3 months", Age(born=date(2024, 8, 21))),
        ("2 years and 3 months", Age(born=date(2024, 8, 21))),
        ("2½", Age(born=date(2024, 5, 21))),
        ("2 and a half", Age(born=date(2024, 5, 21))),
        ("4 1/2 years", Age(born=date(2022, 5, 21))),
        ("a week", Age(born=date(2026, 11, 14))),
        ("newborn", Age(born=TODAY)),
        ("0", Age(born=TODAY)),
        ("born 2024-05-06", Age(born=date(2024, 5, 6))),
        ("Born on May 6, 2024", Age(born=date(2024, 5, 6))),
        ("born 6 may 2024", Age(born=date(2024, 5, 6))),
        ("born dec 3", Age(born=date(2025, 12, 3))),
        ("born nov 21", Age(born=TODAY)),
        ("born feb 29", Age(born=date(2024, 2, 29))),
        ("2024-05-06", Age(born=date(2024, 5, 6))),
        ("2027-02-03", Age(due=date(2027, 2, 3))),
        ("due 2027-02-03", Age(due=date(2027, 2, 3))),
        ("due feb 3", Age(due=date(2027, 2, 3))),
        ("Due Feb. 3rd", Age(due=date(2027, 2, 3))),
        ("due: 3 February 2027", Age(due=date(2027, 2, 3))),
        ("due nov 10", Age(due=date(2026, 11, 10))),
        ("due in 5 weeks", Age(due=date(2026, 12, 26))),
        ("due today", Age(due=TODAY)),
        ("20 weeks pregnant", Age(due=date(2027, 4, 10))),
    ],
)
def test_an_age_is_read_as_it_is_said(words: str, age: Age) -> None:
    assert parse_age(words, TODAY) == age


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "old",
        "due",
        "born",
        "soon",
        "30",
        "120",
        "-4",
        "4 parsecs",
        "99 years",
        "3/4/2024",
        "born feb 30",
        "born 2027-01-01",
        "born 1930-01-01",
        "due 2031-01-01",
        "due 2026-01-01",
        "due in a while",
        "60 weeks pregnant",
        "2024-13-01",
        "weeks 8",
        *NASTY,
    ],
)
def test_what_is_no_age_is_refused_with_a_mend(words: str) -> None:
    with pytest.raises(InputError) as told:
        parse_age(words, TODAY)
    assert told.value.sentence
    assert told.value.mend
    assert len(words) < 6 or words not in str(told.value)


@given(st.text(max_size=40))
@settings(max_examples=80)
def test_any_text_is_read_or_refused(words: str) -> None:
    try:
        age = parse_age(words, TODAY)
    except InputError:
        return
    assert (age.born is None) != (age.due is None)


@given(days, st.integers(0, 300))
@settings(max_examples=80)
def test_a_birthday_some_months_back_is_that_many_months_ago(today: date, months: int) -> None:
    assert completed_months(add_months(today, -months), today) == months


@given(days, days)
@settings(max_examples=80)
def test_months_are_complete_exactly_from_the_clamped_day_on(born: date, on: date) -> None:
    months = completed_months(born, on)
    assert add_months(born, months) <= on < add_months(born, months + 1)


def test_a_leap_day_birthday_counts_on_the_28th() -> None:
    born = date(2024, 2, 29)
    assert completed_months(born, date(2025, 2, 27)) == 11
    assert completed_months(born, date(2025, 2, 28)) == 12
    assert completed_months(born, date(2028, 2, 28)) == 47
    assert completed_months(born, date(2028, 2, 29)) == 48
