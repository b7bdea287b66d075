"""The quiet line that says what is coming up: on any screen, never while she types, once, and put away by a key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from app_kit import SIZES, TUESDAYS, event, running, session, shown
from textual.pilot import Pilot
from textual.widgets import Input

from companion.app import CompanionApp
from companion.commands import PLACES
from companion.domain.clock import FixedClock
from companion.domain.event import Logistics, Ride
from companion.errors import DiskFull
from companion.messages import DataChanged
from companion.screens.lines import KeyLine, ReminderLine
from companion.services.session import Session

MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock() -> FixedClock:
    """Tuesday 24 November 2026, 3:30 pm in New York: group is at 6, an hour away."""
    return FixedClock(datetime(2026, 11, 24, 20, 30, tzinfo=UTC))


@pytest.fixture
def opened(clock: FixedClock) -> Session:
    found = session(clock)
    logistics = Logistics(ride=Ride("bus 14", "", timedelta(minutes=40)))
    found.planner.add(event("Group", datetime(2026, 10, 27, 18), rule=TUESDAYS, logistics=logistics))
    return found


class Passing:
    """Lets time pass: the clock goes on, and the app looks, as it does every few seconds."""

    def __init__(self, pilot: Pilot[None], clock: FixedClock) -> None:
        self.pilot, self.clock = pilot, clock
        assert isinstance(pilot.app, CompanionApp)
        self.app = pilot.app

    async def to(self, hour: int, minute: int) -> None:
        """To that time of the day, in New York."""
        self.clock.instant = datetime(2026, 11, 24, hour + 5, minute, tzinfo=UTC)
        await self.look()

    async def look(self) -> None:
        self.app._look_at_idle()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    @property
    def line(self) -> str:
        """What the line says; "" where there is none."""
        found = self.app.screen.query(ReminderLine)
        return found.first().words if found and found.first().display else ""


async def test_it_comes_when_it_is_due_stays_some_minutes_and_comes_once(opened: Session, clock: FixedClock) -> None:
    async with running(opened) as pilot:
        time = Passing(pilot, clock)
        await time.look()
        assert time.line == "" and "OK" not in shown(pilot)
        await time.to(16, 0)
        assert time.line == "Today, 6:00 pm: Group"
        assert "• Today, 6:00 pm: Group" in shown(pilot) and "y OK" in shown(pilot)
        # It goes along to other places and screens, and is the same there.
        await time.press("2")
        assert time.line
        await time.press("n")
        assert time.line
        await time.press("escape", "1")
        await time.to(16, 4)
        assert time.line
        await time.to(16, 5)
        assert time.line == ""
        await time.press("2")
        assert time.line == ""
        # Setting off is said by itself, and a key puts it away for good.
        await time.to(17, 20)
        assert time.line == "Time to leave. Today, 6:00 pm: Group"
        await time.press("y")
        assert time.line == ""
        await time.to(17, 21)
        assert time.line == ""


async def test_it_waits_while_she_types_or_answers_and_comes_after(opened: Session, clock: FixedClock) -> None:
    async with running(opened) as pilot:
        time = Passing(pilot, clock)
        await time.press("a", "y")  # a form, and the letter is typed
        form = pilot.app.screen
        await time.to(16, 0)
        assert pilot.app.screen is form and not form.query(ReminderLine)
        assert "6:00 pm: Group" not in shown(pilot)
        await time.press("escape")
        assert time.line == "Today, 6:00 pm: Group"
        await time.press("y")
        # A text field on a screen of its own.
        await time.press("2")
        await pilot.app.screen.mount(Input(id="typed"))
        pilot.app.screen.query_one("#typed", Input).focus()
        await pilot.pause()
        await time.to(17, 20)
        assert time.line == ""
        pilot.app.screen.set_focus(None)
        await time.look()
        assert time.line.startswith("Time to leave.")


async def test_what_is_cancelled_or_marked_discreet_meanwhile_is_said_so(opened: Session, clock: FixedClock) -> None:
    async with running(opened) as pilot:
        time = Passing(pilot, clock)
        await time.to(16, 0)
        opened.change_settings(discreet_reminders=True)
        await time.look()
        assert time.line == "Today, 6:00 pm: Class"
        (group,) = opened.planner.on(datetime(2026, 11, 24).date())
        opened.planner.cancel(group)
        pilot.app.post_message(DataChanged())
        await pilot.pause()
        await time.look()
        assert time.line == ""
        opened.planner.undo()
        opened.planner.add(event("Dentist", datetime(2026, 11, 24, 17), reminders=(50,)))
        pilot.app.post_message(DataChanged())
        await pilot.pause()
        await time.to(16, 10)
        assert time.line == "Today, 5:00 pm: Class"  # the soonest first


async def test_a_clock_that_jumps_loses_none_and_says_none_twice(opened: Session, clock: FixedClock) -> None:
    async with running(opened) as pilot:
        time = Passing(pilot, clock)
        await time.look()
        await time.to(17, 50)  # the computer slept
        assert time.line.startswith("Time to leave.")
        await time.press("y")
        await time.to(16, 0)  # somebody put the clock back
        assert time.line == "Today, 6:00 pm: Group"
        await time.press("y")
        await time.to(17, 55)
        assert time.line == ""


async def test_a_disk_that_fails_keeps_it_quiet(
    opened: Session, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(opened) as pilot:
        time = Passing(pilot, clock)

        def refuse(*_: object) -> None:
            raise DiskFull("The disk is full.")

        monkeypatch.setattr(opened.reminders, "between", refuse)
        place = pilot.app.screen
        for minute in (0, 1):
            await time.to(16, minute)
            assert pilot.app.screen is place and time.line == ""


async def test_a_far_reminder_of_its_own_is_found(opened: Session, clock: FixedClock) -> None:
    opened.planner.add(event("Court", datetime(2026, 12, 21, 16, 10), reminders=(27 * 24 * 60,), kind="court"))
    async with running(opened) as pilot:
        time = Passing(pilot, clock)
        await time.to(16, 0)
        await time.press("y")
        await time.to(16, 10)
        assert time.line == "Mon, Dec 21, 4:10 pm: Court"


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_it_takes_one_row_above_the_keys_at_every_size(
    opened: Session, clock: FixedClock, size: tuple[int, int]
) -> None:
    opened.planner.add(event("x" * 150, datetime(2026, 11, 24, 17, 31)))
    async with running(opened, size=size) as pilot:
        time = Passing(pilot, clock)
        await time.to(15, 31)
        for place in PLACES:
            await time.press(place.digit)
            line, keys = pilot.app.screen.query_one(ReminderLine), pilot.app.screen.query_one(KeyLine)
            assert line.display and line.region.bottom == keys.region.y and line.region.width == size[0]
            row = shown(pilot).splitlines()[line.region.y]
            assert row.startswith(" • Today, 5:31 pm: xxx") and row.rstrip().endswith("…  y OK")
            on_it = {pilot.app.screen.get_widget_at(column, line.region.y)[0] for column in range(size[0])}
            assert on_it == {line}, place.name
