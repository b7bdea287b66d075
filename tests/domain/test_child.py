"""Which band a child is in, and how the age is said."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.age import add_months
from companion.domain.child import (
    AgeBand,
    Child,
    Stage,
    age_band,
    age_in_months,
    age_words,
    corrected_months,
    stage,
    weeks_early,
)

TODAY = date(2026, 11, 21)


def born(months: int, days: int = 0, early: int = 0) -> Child:
    """A child who completed `months` months `days` days ago."""
    return Child("c", "M.", born=add_months(TODAY, -months) - timedelta(days=days), weeks_early=early)


def test_the_bands_have_no_gaps_and_no_overlaps() -> None:
    limits = [band.months for band in AgeBand]
    assert all(end == start for (_, end), (start, _) in pairwise(limits))
    assert limits[0] == (-1, 0)
    assert limits[-1][1] == 18 * 12


@pytest.mark.parametrize(
    ("months", "band"),
    [
        (0, "0-6mo"),
        (5, "0-6mo"),
        (6, "6-12mo"),
        (11, "6-12mo"),
        (12, "1-2y"),
        (35, "1-2y"),
        (36, "3-5y"),
        (71, "3-5y"),
        (72, "6-8y"),
        (107, "6-8y"),
        (108, "9-12y"),
        (155, "9-12y"),
        (156, "13-17y"),
        (215, "13-17y"),
        (216, None),
    ],
)
def test_the_band_changes_on_the_day_a_month_is_complete(months: int, band: str | None) -> None:
    assert age_band(born(months), TODAY) == band
    assert corrected_months(born(months), TODAY) == months


def test_a_leap_day_child_has_birthdays_every_year() -> None:
    child = Child("c", "L.", born=date(2024, 2, 29))
    assert age_words(child, date(2026, 2, 27)) == "23 months"
    assert age_words(child, date(2026, 2, 28)) == "2 years"
    assert age_band(child, date(2027, 2, 28)) is AgeBand.YEARS_3_5


def test_a_baby_born_early_is_counted_from_the_due_date() -> None:
    child = born(7, early=10)
    assert age_in_months(child, TODAY) == 7
    assert corrected_months(child, TODAY) == 4
    assert age_band(child, TODAY) is AgeBand.MONTHS_0_5
    assert age_words(child, TODAY) == "7 months"


def test_correction_ends_at_the_second_birthday() -> None:
    child = born(23, early=10)
    assert corrected_months(child, TODAY) == 20
    assert corrected_months(born(24, early=10), TODAY) == 24


def test_a_baby_at_home_before_the_due_date_is_in_the_youngest_band() -> None:
    child = born(1, early=8)
    assert corrected_months(child, TODAY) == 0
    assert age_band(child, TODAY) is AgeBand.MONTHS_0_5


def test_how_early_is_worked_out_from_the_due_date_from_three_weeks_on() -> None:
    due = date(2026, 11, 1)
    assert weeks_early(Child("c", "M.", born=due - timedelta(days=20), due=due)) == 0
    assert weeks_early(Child("c", "M.", born=due - timedelta(days=21), due=due)) == 3
    assert weeks_early(Child("c", "M.", born=due + timedelta(days=9), due=due)) == 0
    assert weeks_early(Child("c", "M.", born=due - timedelta(days=70), due=due, weeks_early=9)) == 9


@pytest.mark.parametrize(
    ("due", "words", "band"),
    [
        (TODAY + timedelta(days=35), "due in 5 weeks", "prenatal"),
        (TODAY + timedelta(days=14), "due in 2 weeks", "prenatal"),
        (TODAY + timedelta(days=13), "due in 13 days", "prenatal"),
        (TODAY + timedelta(days=1), "due tomorrow", "prenatal"),
        (TODAY, "due today", "prenatal"),
        (TODAY - timedelta(days=28), "due any day now", "prenatal"),
        (TODAY - timedelta(days=29), "", None),
    ],
)
def test_before_birth(due: date, words: str, band: str | None) -> None:
    child = Child("c", "Bump", due=due)
    assert age_words(child, TODAY) == words
    assert age_band(child, TODAY) == band
    assert corrected_months(child, TODAY) is None


@pytest.mark.parametrize(
    ("months", "days", "words"),
    [
        (0, 0, "born today"),
        (0, 1, "1 day"),
        (0, 13, "13 days"),
        (0, 14, "2 weeks"),
        (3, 0, "3 months"),
        (12, 3, "12 months"),
        (23, 0, "23 months"),
        (24, 0, "2 years"),
        (59, 20, "4 years"),
        (60, 0, "5 years"),
        (300, 0, "25 years"),
    ],
)
def test_the_age_as_people_say_it(months: int, days: int, words: str) -> None:
    assert age_words(born(months, days), TODAY) == words


def test_eight_weeks_are_said_in_weeks() -> None:
    assert age_words(Child("c", "M.", born=TODAY - timedelta(weeks=8)), TODAY) == "8 weeks"


def test_an_unknown_age_says_nothing_and_has_no_band() -> None:
    child = Child("c", "M.")
    assert age_words(child, TODAY) == ""
    assert age_band(child, TODAY) is None
    assert stage(child, TODAY) == Stage(None)
    assert stage(child, TODAY).known_months == 0


def test_a_birthday_in_the_future_is_a_due_date() -> None:
    child = Child("c", "M.", born=TODAY + timedelta(days=20))
    assert age_band(child, TODAY) is AgeBand.PRENATAL
    assert age_words(child, TODAY) == "due in 2 weeks"


def test_a_band_picked_by_hand_counts_as_its_youngest_month() -> None:
    assert Stage(AgeBand.YEARS_1_2).known_months == 12
    assert Stage(AgeBand.YEARS_1_2, 30).known_months == 30


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 6000), st.integers(0, 17))
@settings(max_examples=80)
def test_every_minor_has_a_band_and_words_and_never_a_higher_corrected_age(day: date, old: int, early: int) -> None:
    child = Child("c", "M.", born=day, weeks_early=early)
    today = day + timedelta(days=old)
    months, corrected = age_in_months(child, today), corrected_months(child, today)
    assert months is not None
    assert corrected is not None
    assert corrected <= months
    assert age_words(child, today)
    assert (age_band(child, today) is None) == (months >= 216)
