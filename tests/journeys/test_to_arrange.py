"""From Today to what is open and settled again: two weeks in one list, a key for each answer, counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from app_kit import HOUR, TUESDAYS, event, running, session, shown
from conftest import NASTY
from keyboard_kit import Keyboard
from textual.pilot import Pilot

from companion.domain.attendance import Mark
from companion.domain.child import Child
from companion.domain.clock import FixedClock
from companion.domain.event import Childcare, Logistics, Occurrence, Ride
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday
from companion.screens.calendar import CalendarScreen
from companion.screens.occurrence import OccurrenceDialog
from companion.screens.to_arrange import ToArrangeScreen
from companion.screens.today import TodayScreen
from companion.services.session import Session

TUESDAY = datetime(2026, 11, 24, 14)
KIM = Logistics(Childcare(True, "Aunt Kim"), Ride("bus 14"))
LATE = Logistics(ride=Ride(leave_by=timedelta(minutes=50)))


@pytest.fixture
def opened(clock: FixedClock) -> Session:
    """Counselling every Tuesday at 2 pm, for which Aunt Kim is not sure; a daughter of eight months."""
    found = session(clock)
    found.planner.add(event("Counselling", TUESDAY, rule=TUESDAYS, logistics=KIM))
    return found


def said(pilot: Pilot[None]) -> str:
    """The notice that stands on the screen."""
    return " ".join(notice.message for notice in pilot.app._notifications)


def on(opened: Session, day: date) -> list[Occurrence]:
    return opened.planner.on(day)


async def test_childcare_is_settled_with_four_keys_and_taken_back_with_one(opened: Session) -> None:
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        assert "2 things to arrange (o)" in shown(pilot)
        await keyboard.press("o")
        assert isinstance(pilot.app.screen, ToArrangeScreen)
        text = shown(pilot)
        assert "Who has the children?" in text and "Aunt Kim is not sure yet" in text
        assert "Once somebody has said yes, press c." in text
        await keyboard.press("c", "enter", "enter")  # Aunt Kim, only this one
        assert keyboard.count == 4
        assert "1 thing to arrange" in shown(pilot)
        assert said(pilot) == "Counselling: Aunt Kim has the children. Ctrl+Z takes it back."
        await keyboard.press("escape")
        assert "1 thing to arrange (o)" in shown(pilot)
        (talk,) = on(opened, TUESDAY.date())
        assert talk.logistics.childcare == Childcare(True, "Aunt Kim", True)
        await keyboard.press("ctrl+z")
        assert "2 things to arrange (o)" in shown(pilot)


async def test_every_time_and_somebody_whose_name_is_new(opened: Session) -> None:
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("o", "c", "s", "enter")
        await keyboard.type("Grandma")
        await keyboard.press("enter", "down", "enter")
        assert "Nothing is open." in shown(pilot)
        await keyboard.press("o")
        assert isinstance(pilot.app.screen, TodayScreen)
        assert "to arrange" not in shown(pilot)
    for week in range(3):
        (talk,) = on(opened, (TUESDAY + timedelta(weeks=week)).date())
        assert talk.logistics.childcare == Childcare(True, "Grandma", True)


async def test_a_ride_is_said_from_the_calendar(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Court", TUESDAY, kind="court", location="County court", logistics=LATE))
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("2", "g")
        await keyboard.type("tue")
        await keyboard.press("enter")
        assert "no ride yet" in shown(pilot)
        await keyboard.press("o")
        assert isinstance(pilot.app.screen, ToArrangeScreen)
        assert "no ride yet · leave at 1:10 pm · County court" in " ".join(shown(pilot).split())
        await keyboard.press("r", "s", "enter")
        await keyboard.type("Aunt Kim")
        await keyboard.press("enter")
        assert "Court: car, with Aunt Kim." in said(pilot)
        await keyboard.press("escape")
        assert isinstance(pilot.app.screen, CalendarScreen)
        assert "no ride yet" not in shown(pilot)
    (court,) = on(opened, TUESDAY.date())
    assert court.logistics.ride == Ride("car", "Aunt Kim", timedelta(minutes=50))


async def test_two_at_once_can_be_opened_or_left_as_they_are(opened: Session) -> None:
    opened.planner.add(event("Dentist", TUESDAY + HOUR / 2))
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("o", "end")
        assert "Counselling and Dentist" in shown(pilot) and "they overlap" in shown(pilot)
        await keyboard.press("enter")
        assert "Open which one?" in shown(pilot)
        await keyboard.press("enter")
        assert isinstance(pilot.app.screen, OccurrenceDialog)
        assert "Dentist" in shown(pilot)
        await keyboard.press("escape", "f")
        assert [m.occurrence.title for m in opened.arranger.matters()] == ["Counselling", "Counselling"]
        await keyboard.press("escape", "ctrl+z")
        assert "3 things to arrange (o)" in shown(pilot)
        assert keyboard.count == 8


async def test_the_line_on_today_can_be_clicked_and_the_palette_knows_it(opened: Session) -> None:
    async with running(opened) as pilot:
        rows = shown(pilot).splitlines()
        (y,) = (y for y, row in enumerate(rows) if "things to arrange" in row)
        await pilot.click(offset=(rows[y].index("things"), y))
        await pilot.pause()
        assert isinstance(pilot.app.screen, ToArrangeScreen)
        await pilot.press("escape", "5", "ctrl+p")
        await pilot.pause()
        await pilot.press(*"to arrange")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert isinstance(pilot.app.screen, ToArrangeScreen)


async def test_nobody_is_asked_about_who_has_children_that_live_elsewhere(opened: Session) -> None:
    opened.people.put_child(Child("mia", "M.", born=date(2026, 3, 2), lives_here=False))
    async with running(opened) as pilot:
        text = shown(pilot)
        assert "to arrange" not in text and "the children" not in text
        await pilot.press("o")
        await pilot.pause()
        assert "Nothing is open. Whatever is planned has what it needs." in shown(pilot)
        await pilot.press("escape", "2", "n")
        await pilot.pause()
        assert "needs childcare" not in shown(pilot)


async def test_at_school_the_child_needs_nobody_and_what_she_goes_to_there_does(opened: Session) -> None:
    opened.people.put_child(Child("mia", "M.", born=date(2019, 3, 2)))
    days = RecurrenceRule(Frequency.WEEKLY, by_day=tuple(Weekday(day) for day in range(5)))
    monday = datetime(2026, 11, 23, 8)
    opened.planner.add(event("School", monday, kind="child-school", child="M.", duration=7 * HOUR, rule=days))
    async with running(opened) as pilot:
        assert "to arrange" not in shown(pilot)
        opened.planner.add(event("Talk at school", TUESDAY + HOUR / 2, kind="school-visit", child="M."))
        await pilot.press("n")
        await pilot.pause()
        rows = {row.title: row for row in pilot.app.screen.query("DayList").first().rows}  # type: ignore[attr-defined]
        assert rows["Talk at school"].signs == ("overlaps 2:00 pm",)
        assert rows["School"].signs == ()


async def test_the_last_of_a_class_is_told_and_what_it_came_to(clock: FixedClock) -> None:
    opened = session(clock)
    rule = replace(TUESDAYS, by_day=(Weekday(5),), count=5)
    first = datetime(2026, 10, 24, 10)
    opened.planner.add(event("Nurturing class", first, kind="parenting-class", rule=rule))
    for week in range(3):
        opened.planner.mark(on(opened, (first + timedelta(weeks=week)).date())[0], Mark.ATTENDED)
    async with running(opened) as pilot:
        text = shown(pilot)
        assert "Nurturing class" in text and "session 5 of 5, the last one" in text
        assert "you can ask for it then" in text
        await pilot.press("n")
        await pilot.pause()
        assert "last one · certificate?" in shown(pilot)
        await pilot.press("escape")
        clock.advance(timedelta(hours=3))
        opened.planner.unmark(on(opened, first.date())[0])
        await pilot.press("2", "1", "w")
        await pilot.pause()
        assert said(pilot) == "You went to Nurturing class. That counts. You finished: 3 of 5 sessions."


async def test_no_title_or_name_does_harm(clock: FixedClock) -> None:
    opened = session(clock)
    for hour, nasty in enumerate(NASTY):
        care = Logistics(Childcare(True, nasty), Ride("", "", timedelta(minutes=5)), (nasty,))
        start = TUESDAY + hour * HOUR / 2
        opened.planner.add(event("x" + nasty, start, location="y" + nasty, logistics=care))
    async with running(opened, size=(60, 20)) as pilot:
        await pilot.press("o", "c", "escape", "end", "r", "escape", "enter", "escape", "f", "end", "f")
        await pilot.pause()
        assert "\x1b" not in shown(pilot) and "\u202e" not in shown(pilot)
        assert pilot.app.is_running
