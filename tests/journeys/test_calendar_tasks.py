"""What a person does with the calendar, from the open Today screen, and how many keys it takes at most.

Typing of free text is not counted. The numbers are the product's promise: a feature over its budget is not done.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from app_kit import TUESDAYS, event, running, session, shown
from conftest import NASTY
from keyboard_kit import Keyboard

from companion.app import CompanionApp
from companion.domain.attendance import Mark
from companion.domain.clock import FixedClock
from companion.screens.calendar import CalendarScreen
from companion.screens.next_days import NextDaysScreen
from companion.screens.today import TodayScreen
from companion.services.session import Session

NEXT = date(2026, 11, 24)

PLAN = """\
format = 1
id = "riverside-2026-017"
revision = 1
title = "Aftercare, autumn"
prepared_for = "J."
prepared_by = "R. Ortiz"
timezone = "America/New_York"
updated = 2026-09-01T12:00:00Z

[[item]]
id = "class"
title = "Parenting class"
kind = "parenting class"
starts = 2026-11-24T10:00:00
length = "90 minutes"
repeat = "every Tue for 12 weeks"
"""


@pytest.fixture
def opened(clock: FixedClock) -> Session:
    """Group every Tuesday at 6 pm since the end of October."""
    found = session(clock)
    found.planner.add(event("Group", datetime(2026, 10, 27, 18), rule=TUESDAYS))
    return found


async def test_the_next_seven_days_are_one_key_away(opened: Session) -> None:
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("n")
        assert isinstance(pilot.app.screen, NextDaysScreen)
        assert "Group" in shown(pilot) and "Tue, Nov 24" in shown(pilot)
        assert keyboard.count == 1
        await keyboard.press("escape")
        assert isinstance(pilot.app.screen, TodayScreen)


async def test_cancelling_only_next_tuesday_takes_four_keys_and_the_date(opened: Session) -> None:
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("g")
        await keyboard.type("tue")
        await keyboard.press("enter", "x", "enter")
        assert isinstance(pilot.app.screen, CalendarScreen)
        assert keyboard.count <= 4
    assert [o.cancelled for o in opened.planner.on(NEXT)] == [True]
    assert [o.cancelled for o in opened.planner.on(NEXT + timedelta(days=7))] == [False]


async def test_one_more_key_for_an_earlier_one_that_day(opened: Session) -> None:
    opened.planner.add(event("Counselling", datetime(2026, 11, 24, 14)))
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("g")
        await keyboard.type("tue")
        await keyboard.press("enter", "tab", "down", "x", "enter")
    assert {o.title: o.cancelled for o in opened.planner.on(NEXT)} == {"Counselling": False, "Group": True}


async def test_a_single_appointment_is_added_in_the_form_with_its_words_and_six_keys(opened: Session) -> None:
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("a", "tab")
        await keyboard.type("Dentist")
        await keyboard.press("enter")
        await keyboard.type("fri")
        await keyboard.press("down", "down")
        await keyboard.type("3pm")
        await keyboard.press("ctrl+s")
        assert keyboard.count <= 6
    assert [(o.title, o.start.hour) for o in opened.planner.on(date(2026, 11, 27))] == [("Dentist", 15)]


async def test_a_coachs_file_comes_in_with_three_keys(opened: Session, downloads: Path) -> None:
    (downloads / "plan.toml").write_text(PLAN)
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("i", "enter")
        assert "1 new" in shown(pilot)
        await keyboard.press("enter")
        assert keyboard.count <= 4
        assert isinstance(pilot.app.screen, TodayScreen)
    assert [o.title for o in opened.planner.on(NEXT)] == ["Parenting class", "Group"]
    assert [o.title for o in opened.planner.on(date(2027, 2, 9))] == ["Parenting class", "Group"]
    assert [o.title for o in opened.planner.on(date(2027, 2, 16))] == ["Group"]


async def test_the_schedule_is_in_a_file_after_two_keys(opened: Session, downloads: Path) -> None:
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("e", "enter")
        assert "calendar.ics" in shown(pilot)
        assert keyboard.count == 2
    assert "Group" not in (downloads / "calendar.ics").read_text("utf-8")


async def test_a_mark_from_the_next_days_and_from_the_month_is_the_same(opened: Session) -> None:
    opened.planner.add(event("Visit", datetime(2026, 11, 21, 8)))
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("n", "w")
        assert "you went" in shown(pilot)
        await keyboard.press("ctrl+z")
        assert opened.planner.marks(date(2026, 11, 21), date(2026, 11, 22)) == {}
        await keyboard.press("escape", "2", "w")
    (mark,) = opened.planner.marks(date(2026, 11, 21), date(2026, 11, 22)).values()
    assert mark.mark is Mark.ATTENDED


async def test_what_is_done_in_the_calendar_is_seen_on_today(opened: Session) -> None:
    opened.planner.add(event("Visit", datetime(2026, 11, 21, 11)))
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        assert "Visit" in shown(pilot)
        await keyboard.press("2", "tab", "enter", "c")
        await keyboard.type("Check-up: ")
        await keyboard.press("ctrl+s", "1")
        assert "Check-up: " in shown(pilot)


async def test_a_title_that_means_harm_goes_all_the_way_and_does_none(clock: FixedClock, downloads: Path) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        for hour, nasty in enumerate(NASTY):
            await keyboard.press("a", "tab")
            await keyboard.paste(f"x{nasty}")
            await keyboard.press("down", "down", "down")
            await keyboard.type(f"{hour + 1}pm")
            await keyboard.press("ctrl+s")
        assert len(opened.planner.on(date(2026, 11, 21))) == len(NASTY)
        await keyboard.press("n", "enter", "escape", "escape", "2", "tab", "enter", "escape", "e", "enter", "enter")
        assert isinstance(pilot.app, CompanionApp) and pilot.app.is_running
        assert "\x1b" not in shown(pilot)
