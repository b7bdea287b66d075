"""Days typed without a year, for what may lie behind or ahead."""

from __future__ import annotations

from datetime import date

import pytest

from companion.errors import InputError
from companion.screens.typed_days import day_from, near_day

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("nov 3", date(2026, 11, 3)),
        ("dec 1", date(2026, 12, 1)),
        ("jan 5", date(2027, 1, 5)),
        ("jun 1", date(2026, 6, 1)),  # 173 days back, 192 ahead
        ("today", TODAY),
        ("yesterday", date(2026, 11, 20)),
        ("3 weeks ago", date(2026, 10, 31)),
        ("2025-03-04", date(2025, 3, 4)),
        ("10/25", date(2026, 10, 25)),
    ],
)
def test_the_nearest_one_is_meant(text: str, day: date) -> None:
    assert near_day(text, TODAY, month_first=True) == day


@pytest.mark.parametrize(
    ("first", "text", "day"),
    [
        (date(2026, 11, 3), "nov 10", date(2026, 11, 10)),
        (date(2026, 11, 3), "dec 5", date(2026, 12, 5)),
        (TODAY, "nov 10", date(2027, 11, 10)),
        (date(2025, 9, 1), "nov 10", date(2026, 11, 10)),
        (TODAY, "in 2 weeks", date(2026, 12, 5)),
        (TODAY, "2026-11-01", date(2026, 11, 1)),  # before the first day: the form says so
    ],
)
def test_a_last_day_comes_after_the_first(first: date, text: str, day: date) -> None:
    assert day_from(text, first, TODAY, month_first=True) == day


def test_what_is_not_a_day_is_refused() -> None:
    with pytest.raises(InputError):
        near_day("whenever", TODAY, month_first=True)
    with pytest.raises(InputError):
        day_from("11/10", TODAY, TODAY, month_first=None)
