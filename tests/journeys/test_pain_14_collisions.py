"""Wanted of other terminal calendars (calcurse #251): to be told of two things at once before it is too late.

The naive behavior is to store and to show both without a word, or to warn of things that are none: a day without an
hour, day care, what was cancelled. calcurse and khal say nothing; a month with a sign on every day says nothing too.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from app_kit import HOUR, TUESDAYS, event, running, session, shown
from keyboard_kit import Keyboard

from companion.domain.clock import FixedClock
from companion.screens.calendar import CalendarScreen
from companion.screens.event_form import EventForm
from companion.screens.occurrence import OccurrenceDialog
from companion.services.session import Session
from companion.widgets.day_list import DayList

TUESDAY = datetime(2026, 11, 24, 14)


@pytest.fixture
def opened() -> Session:
    """Counselling every Tuesday at 2 pm, and much beside it that clashes with nothing."""
    found = session(FixedClock(datetime(2026, 11, 21, 14, 0, tzinfo=UTC)))
    add = found.planner.add
    add(event("Counselling", TUESDAY, rule=TUESDAYS))
    add(event("Day care", TUESDAY - 6 * HOUR, kind="child-care", duration=8 * HOUR, rule=TUESDAYS))
    add(event("Rent is due", datetime(2026, 11, 24), kind="other", all_day=True, duration=timedelta(days=1)))
    add(event("Class", TUESDAY + HOUR, kind="parenting-class"))
    cancelled = add(event("Visit", TUESDAY + HOUR / 2))
    found.planner.cancel(next(o for o in found.planner.on(TUESDAY.date()) if o.event.uid == cancelled.uid))
    return found


def signs(screen: object) -> dict[str, tuple[str, ...]]:
    assert isinstance(screen, CalendarScreen)
    return {row.title: row.signs for row in screen.query_one(DayList).rows if row.signs}


async def test_nothing_is_said_of_what_does_not_clash(opened: Session) -> None:
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        assert "to arrange" not in shown(pilot)
        await keyboard.press("2", "g")
        await keyboard.type("tue")
        await keyboard.press("enter")
        assert signs(pilot.app.screen) == {}
        assert "!" not in shown(pilot).split("! two at once")[0]


async def test_a_clash_is_told_when_it_is_made_in_the_day_the_month_and_the_list(opened: Session) -> None:
    """Stored without a question: it shows and never blocks."""
    added = opened.planner.add(event("Dentist", TUESDAY + HOUR / 2, rule=TUESDAYS))
    assert opened.arranger.notes_for(added) == "It overlaps Counselling, Tue, Nov 24, 2:00 pm, and 6 more."
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("2", "g")
        await keyboard.type("tue")
        await keyboard.press("enter")
        assert "[24]!" in shown(pilot)
        assert signs(pilot.app.screen) == {
            "Counselling": ("overlaps 2:30 pm",),
            "Dentist": ("overlaps 2:00 pm",),
            "Class": ("overlaps 2:30 pm",),
        }
        await keyboard.press("o")
        listed = shown(pilot)
        assert "Counselling and Dentist" in listed and "Dentist and Class" in listed
        # One of the two is moved from there: nothing is left of it anywhere.
        await keyboard.press("enter", "enter")
        assert isinstance(pilot.app.screen, OccurrenceDialog)
        await keyboard.press("x", "enter")
        assert {o.title for o in opened.planner.on(date(2026, 11, 24)) if o.cancelled} == {"Dentist", "Visit"}
        assert "Tuesday, Nov 24" not in shown(pilot)
        await keyboard.press("escape")
        assert signs(pilot.app.screen) == {}


async def test_a_move_into_another_says_so_and_is_done(opened: Session) -> None:
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("2", "g")
        await keyboard.type("tue")
        await keyboard.press("enter", "tab", "end", "enter", "m", "down")
        await keyboard.type("2:15pm")
        await keyboard.press("ctrl+s")
        said = " ".join(notice.message for notice in pilot.app._notifications)
        assert "Class is now" in said and "It overlaps Counselling, 2:00 pm. Ctrl+Z takes it back." in said
    (moved,) = (o for o in opened.planner.on(TUESDAY.date()) if o.title == "Class")
    assert moved.start == TUESDAY + HOUR / 4


async def test_the_form_says_so_beside_what_it_stored(opened: Session) -> None:
    async with running(opened) as pilot:
        await pilot.app.push_screen(EventForm(TUESDAY.date()))
        keyboard = Keyboard(pilot, from_today=False)
        await keyboard.type("Dentist")
        await keyboard.press("down", "down", "down")
        await keyboard.type("2:30pm")
        await keyboard.press("ctrl+s")
        said = " ".join(notice.message for notice in pilot.app._notifications)
        assert "Dentist is on the calendar" in said and "It overlaps Counselling, 2:00 pm." in said
    assert "Dentist" in {o.title for o in opened.planner.on(TUESDAY.date())}


async def test_one_typed_line_says_so_too(opened: Session) -> None:
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("a")
        await keyboard.type("dentist tue 2:30pm")
        await keyboard.press("enter")
        said = " ".join(notice.message for notice in pilot.app._notifications)
        assert "It overlaps Counselling, 2:00 pm." in said
        assert keyboard.count == 2
