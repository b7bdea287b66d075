"""A row of a search says what it is, when it is next, and why it is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from app_kit import HOUR, TUESDAYS, event, session

from companion.domain.clock import FixedClock
from companion.domain.event import Childcare, Event, Logistics
from companion.screens.found_rows import count_words, found_row
from companion.services.finder import Found
from companion.widgets.day_rows import RowStatus, row_lines

TODAY = date(2026, 11, 21)
FIRST = datetime(2026, 10, 27, 18)


def lines(clock: FixedClock, typed: str, *events: Event, hours24: bool = False, width: int = 90) -> list[str]:
    opened = session(clock)
    for each in events:
        opened.planner.add(each)
    rows = [found_row(hit, typed, TODAY, hours24) for hit in opened.finder.find(typed).hits]
    return [" / ".join(" ".join(line.split()) for line in row_lines(row, len(row.when), width)) for row in rows]


GROUP = event("Group", FIRST, rule=TUESDAYS, location="12 Mill St")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (GROUP, "Tue, Nov 24 G Group / Every Tuesday 6:00 pm · 12 Mill St"),
        (
            replace(GROUP, rule=replace(TUESDAYS, count=3)),
            "Tue, Nov 10 G Group / past · Every Tuesday 6:00 pm · 12 Mill St",
        ),
        (event("Group", datetime(2026, 11, 22, 18)), "Tomorrow G Group / 6:00–7:00 pm"),
        (event("Group", datetime(2027, 1, 5, 18)), "Jan 5, 2027 G Group / 6:00–7:00 pm"),
        (event("Group", datetime(2026, 11, 20, 18)), "Yesterday G Group / past · 6:00–7:00 pm"),
        (event("Group", datetime(2025, 11, 20, 18)), "Nov 20, 2025 G Group / past · 6:00–7:00 pm"),
        (
            event("Group", datetime(2026, 12, 1), all_day=True, duration=timedelta(days=1)),
            "Tue, Dec 1 G Group / all day",
        ),
        (
            event("Group", datetime(2026, 12, 1), all_day=True, duration=timedelta(days=3)),
            "Tue, Dec 1 G Group / Tue, Dec 1 to Thu, Dec 3",
        ),
        (
            replace(GROUP, zone="Europe/London", location=""),
            "Tue, Nov 24 G Group / Every Tuesday · 1:00 pm",
        ),
    ],
)
def test_the_day_the_hour_and_the_place(clock: FixedClock, made: Event, said: str) -> None:
    assert lines(clock, "group", made) == [said]


def test_the_hours_are_those_of_her_clock(clock: FixedClock) -> None:
    assert lines(clock, "group", GROUP, hours24=True) == ["Tue, Nov 24 G Group / Every Tuesday 18:00 · 12 Mill St"]


def test_a_word_that_is_not_in_sight_is_shown_where_it_stands(clock: FixedClock) -> None:
    made = replace(GROUP, logistics=Logistics(Childcare(True, "Grandma", True)))
    assert lines(clock, "grandma", made) == [
        "Tue, Nov 24 G Group / Every Tuesday 6:00 pm · Childcare: Grandma · 12 Mill St"
    ]


def test_a_session_at_another_hour_or_by_another_name(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(GROUP)
    planner = opened.planner
    planner.change_one(planner.on(date(2026, 11, 24))[0], title="Graduation", start=FIRST + timedelta(weeks=4, hours=1))

    def said(typed: str) -> tuple[str, ...]:
        (hit,) = opened.finder.find(typed).hits
        row = found_row(hit, typed, TODAY)
        return (row.when, row.title, *row.signs)

    assert said("group") == ("Tue, Nov 24", "Group", "Every Tuesday 6:00 pm, this one 7:00 pm")
    assert said("graduation") == ("Tue, Nov 24", "Graduation", "7:00–8:00 pm")


def test_a_cancelled_one_says_so(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Court", datetime(2026, 11, 23, 9)))
    opened.planner.cancel(opened.planner.on(date(2026, 11, 23))[0])
    (hit,) = opened.finder.find("court").hits
    assert found_row(hit, "court", TODAY).status is RowStatus.CANCELLED


def test_how_many_is_said(clock: FixedClock) -> None:
    opened = session(clock)
    for number in range(3):
        opened.planner.add(event("Group", datetime(2026, 11, 20, 9) + number * 24 * HOUR))
    find = opened.finder.find
    assert count_words(find("group")) == "3 found: 2 to come, 1 past."
    assert count_words(find("group", 2)) == "3 found. Here are the nearest 2; another letter makes them fewer."
    assert count_words(Found()) == ""
    opened.planner.add(event("Court", datetime(2026, 11, 25, 9)))
    assert count_words(find("court")) == "1 found, still to come."
    opened.planner.add(event("Intake", datetime(2026, 1, 5, 9)))
    assert count_words(find("intake")) == "1 found, in the past."
