"""Under which day the list without end has an appointment."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

from app_kit import HOUR, event, session

from companion.domain.attendance import Mark
from companion.domain.clock import Clock
from companion.domain.event import Event, Occurrence
from companion.screens.agenda_rows import agenda_rows
from companion.widgets.day_rows import RowStatus

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)


def occurrence(given: Event) -> Occurrence:
    return Occurrence(given, given.start, given.end)


VISIT = occurrence(
    event("Grandma is here", datetime(2026, 11, 20), all_day=True, duration=timedelta(days=3), kind="personal")
)
NIGHT = occurrence(event("Night shift", datetime(2026, 11, 21, 22), duration=8 * HOUR))
GROUP = occurrence(event("Group", datetime(2026, 11, 21, 9)))


def test_whole_days_stand_under_each_of_them_and_hours_under_the_day_they_begin_on() -> None:
    rows = agenda_rows([VISIT, GROUP, NIGHT], {}, FRIDAY, MONDAY)
    assert [(row.day, row.title, row.signs) for row in rows] == [
        (FRIDAY, "Grandma is here", ("day 1 of 3",)),
        (SATURDAY, "Grandma is here", ("day 2 of 3",)),
        (SATURDAY, "Group", ()),
        (SATURDAY, "Night shift", ()),
        (date(2026, 11, 22), "Grandma is here", ("day 3 of 3",)),
    ]
    assert rows[3].when == "10:00 pm–6:00 am"


def test_only_the_days_asked_for() -> None:
    rows = agenda_rows([VISIT, NIGHT], {}, date(2026, 11, 22), MONDAY)
    assert [(row.day, row.signs) for row in rows] == [(date(2026, 11, 22), ("day 3 of 3",))]
    assert agenda_rows([VISIT, GROUP], {}, MONDAY, MONDAY) == []


def test_windows_side_by_side_hold_each_row_once() -> None:
    days = [FRIDAY + timedelta(days=n) for n in range(-3, 8)]
    whole = agenda_rows([VISIT, GROUP, NIGHT], {}, days[0], days[-1])
    pieces = [row for first, until in pairwise(days) for row in agenda_rows([VISIT, GROUP, NIGHT], {}, first, until)]
    assert pieces == whole


def test_marks_and_the_clock(clock: Clock) -> None:

    opened = session(clock)
    opened.planner.add(event("Group", datetime(2026, 11, 20, 9)))
    [found] = opened.planner.on(FRIDAY)
    opened.planner.mark(found, Mark.ATTENDED)
    rows = agenda_rows([found], opened.planner.marks(FRIDAY, MONDAY), FRIDAY, MONDAY, hours24=True)
    assert [(row.when, row.status) for row in rows] == [("09:00–10:00", RowStatus.WENT)]
