"""The strength of a habit against figures worked out from Loop's published formula."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from companion.domain.goal import Goal, Pause, Period
from companion.domain.strength import Trend, goal_strengths, strength, trend

THREE_A_WEEK = [1, 0, 1, 0, 1, 0, 0]
ONE_A_WEEK = [1, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([1] * 30, 0.798),
        ([1] * 30 + [0], 0.757),
        ([1] * 30 + [0] * 3, 0.680),
        ([1] * 30 + [0] * 7, 0.549),
        ([1] * 30 + [None] * 5, 0.798),
        ([], 0.0),
    ],
)
def test_a_daily_habit(marks: list[int | None], expected: float) -> None:
    assert strength(marks, 1, 1) == pytest.approx(expected, abs=0.0006)


@pytest.mark.parametrize(
    ("week", "times", "weeks", "expected"),
    [
        (THREE_A_WEEK, 3, 4, 0.540),
        (THREE_A_WEEK, 3, 8, 0.827),
        (THREE_A_WEEK, 3, 13, 0.949),
        (ONE_A_WEEK, 1, 4, 0.388),
        (ONE_A_WEEK, 1, 13, 0.828),
        (ONE_A_WEEK, 1, 26, 0.973),
    ],
)
def test_a_habit_of_some_times_a_week(week: list[int], times: int, weeks: int, expected: float) -> None:
    assert strength(week * weeks, times, 7) == pytest.approx(expected, abs=0.0006)


def test_half_of_it_is_there_after_one_half_life() -> None:
    assert strength([1] * 13, 1, 1) == pytest.approx(0.5)


def test_twice_a_day_needs_both() -> None:
    assert strength([1] * 30, 2, 1) == pytest.approx(strength([2] * 30, 2, 1) / 2)


def test_a_paused_day_changes_nothing_and_a_done_one_counts() -> None:
    begins = date(2026, 9, 1)
    goal = Goal("g", "Walk", 1, Period.DAY, begins)
    done = {begins + timedelta(days=n): 1 for n in (0, 1, 2, 4)}
    pause = Pause("p", begins + timedelta(days=3), begins + timedelta(days=5))
    found = goal_strengths(goal, done, [pause], begins + timedelta(days=5))
    assert found[2] == found[3] < found[4] == found[5]


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ([1] * 20, Trend.GROWING),
        ([1] * 100, Trend.STEADY),
        ([1] * 30 + [0] * 3, Trend.STEADY),
        ([1] * 30 + [0] * 10, Trend.RESTING),
        ([], Trend.STEADY),
    ],
)
def test_the_trend_is_a_word_and_three_days_off_do_not_change_it(marks: list[int], words: Trend) -> None:
    goal = Goal("g", "Walk", 1, Period.DAY, date(2026, 1, 1))
    done = {date(2026, 1, 1) + timedelta(days=n): times for n, times in enumerate(marks)}
    today = date(2025, 12, 31) + timedelta(days=len(marks))
    assert trend(goal_strengths(goal, done, [], today)) is words
