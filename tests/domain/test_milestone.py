"""Milestones: docs/streaks.md, "Milestones"."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from companion.domain.milestone import (
    MilestoneKind,
    newly_reached,
    next_step,
    reached,
    series_finished,
    since_chosen,
)

ATTENDED, ACTIVITIES = MilestoneKind.ATTENDED, MilestoneKind.ACTIVITIES


def test_appointments() -> None:
    assert [m.number for m in reached(ATTENDED, 250)] == [1, 5, 10, 25, 50, 100, 200]


def test_activities() -> None:
    assert [m.number for m in reached(ACTIVITIES, 100)] == [1, 10, 30, 100]


def test_only_a_step_is_told() -> None:
    assert newly_reached(ATTENDED, 4, 5) == reached(ATTENDED, 5)[-1]
    assert newly_reached(ATTENDED, 5, 9) is None
    assert newly_reached(ATTENDED, 5, 5) is None


def test_what_comes_next() -> None:
    assert [next_step(ATTENDED, n) for n in (0, 1, 24, 50, 100, 199, 200)] == [1, 5, 25, 100, 200, 200, 300]


@given(st.integers(0, 500), st.integers(0, 500))
def test_what_was_reached_stays_reached(before: int, more: int) -> None:
    assert reached(ATTENDED, before) == reached(ATTENDED, before + more)[: len(reached(ATTENDED, before))]
    assert next_step(ACTIVITIES, before) > before


def test_a_series_is_finished_after_its_last_session() -> None:
    end = datetime(2026, 12, 15, 19, 30)
    assert series_finished(15, 17, end, datetime(2026, 12, 15, 19, 0)) is None
    found = series_finished(15, 17, end, end)
    assert found is not None
    assert (found.number, found.of) == (15, 17)
    assert series_finished(0, 17, end, end) is None


class TestTime:
    """Only from a date that she chose."""

    def test_the_steps(self) -> None:
        found = since_chosen(date(2024, 1, 31), date(2027, 2, 1))
        assert [(m.kind.value, m.number) for m in found] == [
            ("days", 1),
            ("days", 30),
            ("days", 60),
            ("days", 90),
            ("months", 6),
            ("months", 9),
            ("months", 12),
            ("months", 18),
            ("months", 24),
            ("months", 36),
        ]

    def test_months_are_counted_from_the_date_itself(self) -> None:
        by_number = {(m.kind, m.number): m.day for m in since_chosen(date(2025, 8, 31), date(2026, 12, 1))}
        assert by_number[MilestoneKind.MONTHS, 6] == date(2026, 2, 28)
        assert by_number[MilestoneKind.MONTHS, 12] == date(2026, 8, 31)

    def test_a_leap_day(self) -> None:
        assert since_chosen(date(2024, 2, 29), date(2025, 2, 28))[-1].day == date(2025, 2, 28)

    def test_a_date_to_come_has_none(self) -> None:
        assert since_chosen(date(2027, 1, 1), date(2026, 1, 1)) == []
