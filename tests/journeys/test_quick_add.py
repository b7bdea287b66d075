"""Adding in one line, from the open Today screen, keys counted; typing of free text is not counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from app_kit import running, session, shown
from textual.pilot import Pilot

from companion.domain.clock import FixedClock
from companion.screens.calendar import CalendarScreen
from companion.screens.today import TodayScreen
from companion.services.session import Session

FIRST = date(2026, 11, 24)


@pytest.fixture
def opened() -> Session:
    """Saturday 21 November 2026, 9:00 am in New York; an empty calendar."""
    return session(FixedClock(datetime(2026, 11, 21, 14, 0, tzinfo=UTC)))


class Keyboard:
    """Presses keys and counts them."""

    def __init__(self, pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app.screen, TodayScreen)
        self.pilot = pilot
        self.count = 0

    async def press(self, *names: str) -> None:
        self.count += len(names)
        for name in names:
            await self.type(name, is_key=True)

    async def type(self, text: str, *, is_key: bool = False) -> None:
        await self.pilot.press(*([text] if is_key else text))
        await self.pilot.pause()
        await self.pilot.app.workers.wait_for_complete()
        await self.pilot.pause()


async def test_group_every_tuesday_for_12_weeks_takes_two_keys_and_the_sentence(opened: Session) -> None:
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("a")
        await keyboard.type("group every Tue 6 pm for 12 weeks")
        assert "Tuesdays 6:00–7:30 pm, 12 times, Nov 24 – Feb 9" in shown(pilot)
        await keyboard.press("enter")
        assert keyboard.count <= 2
        assert isinstance(pilot.app.screen, CalendarScreen)
        assert "Tuesday, Nov 24" in shown(pilot) and "Group" in shown(pilot)
    found = [opened.planner.on(FIRST + timedelta(weeks=week)) for week in range(13)]
    assert [[(o.title, o.start.hour, o.event.kind) for o in day] for day in found] == [
        *([[("Group", 18, "group-therapy")]] * 12),
        [],
    ]


async def test_a_single_appointment_with_all_its_arrangements_takes_two_keys(opened: Session) -> None:
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("a")
        await keyboard.type(
            "check-up for M. tue 10am at 5 Oak Ave bus 14 leave 40 min before bring card remind 2h before"
        )
        await keyboard.press("enter")
        assert keyboard.count == 2
    (visit,) = opened.planner.on(FIRST)
    assert (visit.title, visit.event.kind, visit.event.child) == ("Check-up", "child-health", "M.")
    assert (visit.start, visit.end - visit.start) == (datetime(2026, 11, 24, 10), timedelta(minutes=30))
    assert (visit.location, visit.logistics.ride.how, visit.logistics.bring) == ("5 Oak Ave", "bus 14", ("card",))
    assert (visit.leave_at, visit.event.reminders) == (datetime(2026, 11, 24, 9, 20), (120,))


async def test_a_wrong_night_is_told_before_it_is_stored_and_taken_back_with_one_key(opened: Session) -> None:
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("a")
        await keyboard.type("call mar 14 2027 2:30am")
        assert "There is no 2:30 am" in " ".join(shown(pilot).replace("│", " ").split())
        await keyboard.press("enter", "ctrl+z")
        assert opened.planner.all_events() == []
