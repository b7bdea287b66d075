"""The list of what is to arrange: who has the children first, then by day; only keys that settle something."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from app_kit import HOUR, SIZES, event, running, session, shown
from textual.pilot import Pilot

from companion.domain.clock import FixedClock
from companion.domain.event import Childcare, Logistics, Ride
from companion.screens.lines import KeyLine
from companion.screens.to_arrange import ToArrangeScreen
from companion.services.session import Session
from companion.widgets.day_list import DayList

SUNDAY = datetime(2026, 11, 22, 9)
CARE = Logistics(Childcare(needed=True))


@pytest.fixture
def opened() -> Session:
    """Sunday: group, and a talk in the midst of it. Monday: court, without anybody for the children or a ride."""
    found = session(FixedClock(datetime(2026, 11, 21, 14, 0, tzinfo=UTC)))
    found.planner.add(event("Group", SUNDAY))
    found.planner.add(event("Talk", SUNDAY + HOUR / 2, kind="individual-therapy"))
    late = Ride(leave_by=timedelta(minutes=50))
    court = Logistics(Childcare(needed=True), late)
    found.planner.add(
        event("Court", SUNDAY + timedelta(days=1), kind="court", location="County court", logistics=court)
    )
    return found


def keys(pilot: Pilot[None]) -> set[str]:
    return {word for _key, word in pilot.app.screen.query_one(KeyLine).shown()} & {"Covered", "Ride", "Fine"}


async def pressed(pilot: Pilot[None], *names: str) -> None:
    for name in names:
        await pilot.press(name)
        await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_each_in_its_place_with_the_key_that_settles_it(opened: Session, size: tuple[int, int]) -> None:
    async with running(opened, size=size) as pilot:
        await pressed(pilot, "o")
        lines = [line.strip() for line in shown(pilot).splitlines() if line.strip()]
        assert lines[0] == "3 things to arrange in the next 14 days"
        assert lines[1] == "Who has the children?"
        assert lines[2].startswith("Mon, Nov 23") and lines[2].endswith("L Court")
        assert lines[4] == "Tomorrow · Sunday, Nov 22"
        assert lines[5].endswith("Group and Talk")
        assert keys(pilot) == {"Covered"}
        await pressed(pilot, "down")
        assert keys(pilot) == {"Fine"}
        await pressed(pilot, "down")
        assert keys(pilot) == {"Ride"} and "press r" in shown(pilot)


async def test_a_key_that_settles_nothing_here_does_nothing(opened: Session) -> None:
    async with running(opened) as pilot:
        await pressed(pilot, "o", "r", "f", "down", "c", "r", "down", "c", "f")
        assert isinstance(pilot.app.screen, ToArrangeScreen)
    assert len(opened.arranger.matters()) == 3


async def test_it_follows_what_is_stored_and_undone(opened: Session) -> None:
    async with running(opened) as pilot:
        await pressed(pilot, "o", "down", "f")
        assert [row.title for row in pilot.app.screen.query_one(DayList).rows] == ["Court", "Court"]
        await pressed(pilot, "ctrl+z")
        assert "3 things to arrange" in shown(pilot) and keys(pilot) != set()
        await pressed(pilot, "o")
        assert not isinstance(pilot.app.screen, ToArrangeScreen)


async def test_very_many_are_cut_and_can_be_shown(opened: Session) -> None:
    for number in range(70):
        start = SUNDAY + timedelta(days=number // 8, hours=12 * (number % 2), minutes=number)
        opened.planner.add(event(f"Errand {number}", start, duration=timedelta(0), logistics=CARE))
    async with running(opened) as pilot:
        await pressed(pilot, "o")
        rows = pilot.app.screen.query_one(DayList).rows
        assert len(rows) == 61 and rows[-1].title.endswith("more. Enter shows them.")
        await pressed(pilot, "end")
        assert keys(pilot) == set()
        await pressed(pilot, "enter")
        assert len(pilot.app.screen.query_one(DayList).rows) == len(opened.arranger.matters())


async def test_a_clock_of_24_hours(opened: Session) -> None:
    opened.change_settings(hours24=True)
    async with running(opened) as pilot:
        await pressed(pilot, "o")
        assert "09:30–10:30" in shown(pilot) and "the first ends at 10:00" in shown(pilot)
        await pressed(pilot, "escape")
        await pressed(pilot, "n")
        assert "overlaps 09:30" in shown(pilot)
