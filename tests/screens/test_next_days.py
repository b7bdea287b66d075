"""The next seven days: today and six more, each day named, every letter where it works elsewhere."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from app_kit import SIZES, event, running, session, shown
from conftest import NASTY
from textual.pilot import Pilot

from companion.domain.clock import FixedClock
from companion.screens.event_form import EventForm
from companion.screens.next_days import NextDaysScreen
from companion.widgets.day_list import DayList


async def keys(pilot: Pilot[None], *names: str) -> None:
    for name in names:
        await pilot.press(name)
        await pilot.pause()


def titles(pilot: Pilot[None]) -> list[str]:
    return [row.title for row in pilot.app.screen.query_one(DayList).rows]


async def test_it_holds_today_and_six_days_and_names_each(clock: FixedClock) -> None:
    opened = session(clock)
    for day in (20, 21, 22, 27, 28):
        opened.planner.add(event(f"On the {day}th", datetime(2026, 11, day, 10)))
    async with running(opened) as pilot:
        await keys(pilot, "n")
        assert titles(pilot) == ["On the 21th", "On the 22th", "On the 27th"]
        for words in ("Today · Saturday, Nov 21", "Tomorrow · Sunday, Nov 22", "Friday, Nov 27"):
            assert words in shown(pilot)


async def test_a_week_with_nothing_is_a_quiet_week(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        await keys(pilot, "n")
        assert "A quiet week." in shown(pilot)
        await keys(pilot, "enter", "w", "x")
        assert isinstance(pilot.app.screen, NextDaysScreen)
        await keys(pilot, "n")
        assert not isinstance(pilot.app.screen, NextDaysScreen)


async def test_letters_act_on_the_highlighted_one_and_the_list_follows(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Visit", datetime(2026, 11, 22, 10)))
    opened.planner.add(event("Talk", datetime(2026, 11, 23, 10)))
    async with running(opened) as pilot:
        await keys(pilot, "n", "down", "x")
        assert [o.cancelled for o in opened.planner.on(date(2026, 11, 23))] == [True]
        assert "cancelled" in shown(pilot)
        await keys(pilot, "a", "tab")
        form = pilot.app.screen
        assert isinstance(form, EventForm)
        assert form.values()["day"] == "Mon, Nov 23, 2026"


async def test_a_very_full_week_is_cut_and_can_be_opened(clock: FixedClock) -> None:
    opened = session(clock)
    for number in range(80):
        opened.planner.add(event(f"Thing {number}", datetime(2026, 11, 21 + number // 16, 8 + number % 16)))
    async with running(opened) as pilot:
        await keys(pilot, "n")
        assert len(titles(pilot)) == 61
        await keys(pilot, "end", "enter")
        assert len(titles(pilot)) == 80


@pytest.mark.parametrize("size", SIZES)
async def test_no_title_harms_it(clock: FixedClock, size: tuple[int, int]) -> None:
    opened = session(clock)
    for hours, nasty in enumerate(NASTY):
        opened.planner.add(event("x" + nasty, datetime(2026, 11, 21, 11 + hours), location=nasty))
    async with running(opened, size=size) as pilot:
        await keys(pilot, "n", "down", "enter", "escape", "x")
        assert "\x1b" not in shown(pilot) and "\u202e" not in shown(pilot)
        assert pilot.app.is_running
