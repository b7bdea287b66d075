"""Pain 11: a view can't be found or left, a month can't be changed, and Enter jumps somewhere.

Told of taskwarrior-tui (#457, #526 "I'm probably crazy": no way to another month), calcurse (#168, #219: 21 is taken as
a date), calcure (#54). She looks for a word on the screen, presses an arrow, PgDn, Esc or Enter, or clicks.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from app_kit import TUESDAYS, event, running, session, shown
from textual.pilot import Pilot

from companion.domain.clock import FixedClock
from companion.screens.calendar import CalendarScreen
from companion.screens.occurrence import OccurrenceDialog
from companion.screens.quick_add import QuickAddForm
from companion.services.session import Session

TODAY, TUESDAY, EMPTY = date(2026, 11, 21), date(2026, 11, 24), date(2026, 11, 26)
NAMES = ("Month", "Week", "Day", "List")
SMALL = ((80, 24), (60, 20))


@pytest.fixture
def opened() -> Session:
    """Saturday 21 November 2026, 9:00 am in New York; group every Tuesday at 6 pm."""
    found = session(FixedClock(datetime(2026, 11, 21, 14, 0, tzinfo=UTC)))
    found.planner.add(event("Group", datetime(2026, 10, 27, 18), rule=TUESDAYS))
    return found


class Looking:
    """What she sees of the calendar, and what she does about it."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot

    @property
    def line(self) -> str:
        """The line that names what is shown."""
        return shown(self.pilot).splitlines()[1]

    @property
    def view(self) -> str:
        """The one of the four that is marked; all of them stand there, and nothing rests on color."""
        (marked,) = [name for name in NAMES if f"[{name}]" in self.line]
        assert all(name in self.line for name in NAMES)
        return marked

    @property
    def day(self) -> date:
        screen = self.pilot.app.screen
        assert isinstance(screen, CalendarScreen)
        return screen.pane.day

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    async def go(self, typed: str) -> None:
        await self.press("g", *typed, "enter")
        await self.pilot.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def click(self, words: str) -> None:
        await self.pilot.click(offset=(self.line.index(words), 1))
        await self.pilot.pause()


@pytest.mark.parametrize("size", SMALL)
async def test_each_view_is_named_reached_and_left(opened: Session, size: tuple[int, int]) -> None:
    async with running(opened, size=size) as pilot:
        her = Looking(pilot)
        await her.press("2")
        assert "v View" in shown(pilot)
        await her.go("tue")
        for away, name in enumerate(NAMES):
            await her.press(*["v"] * away)
            assert (her.view, her.day) == (name, TUESDAY)
            if name != "Month":
                await her.press("escape")  # one key, however she came here
            assert (her.view, her.day) == ("Month", TUESDAY)
        for name in (*NAMES, "Week", "Month"):
            await her.click(name)
            assert (her.view, her.day) == (name, TUESDAY)


@pytest.mark.parametrize("size", SMALL)
async def test_other_days_are_reached_by_arrows_by_page_keys_and_by_mouse(
    opened: Session, size: tuple[int, int]
) -> None:
    async with running(opened, size=size) as pilot:
        her = Looking(pilot)
        await her.press("2")
        for name in NAMES:
            await her.click(name)
            here = her.line
            # Ten days are the way out of this month, three the way to the next with anything on it in another one.
            for forth, back, times in (("pagedown", "pageup", 1), ("right", "left", 10 if name == "Month" else 3)):
                await her.press(*[forth] * times)
                assert her.day > TODAY and her.line != here, (name, forth)
                await her.press(*[back] * times)
                assert her.day <= TODAY, (name, back)
                await her.press("t")
                assert (her.day, her.line) == (TODAY, here)
            await her.click("›")
            assert her.day > TODAY and her.line != here
            await her.click("‹")
            await her.click("‹")
            assert her.day < TODAY
            await her.press("t")
            assert (her.day, her.line, her.view) == (TODAY, here, name)


async def test_enter_opens_what_is_chosen_and_never_jumps(opened: Session) -> None:
    async with running(opened) as pilot:
        her = Looking(pilot)
        await her.press("2")
        for name in NAMES:
            await her.click(name)
            await her.go("tue")
            here = her.line
            # In the month the first Enter goes to the day's list, which is what the arrow keys then walk in.
            await her.press(*["enter"] * (2 if name == "Month" else 1))
            assert isinstance(pilot.app.screen, OccurrenceDialog)
            assert "Group" in shown(pilot)
            await her.press("escape")
            assert (her.day, her.line) == (TUESDAY, here)
            await her.go("nov 26")
            here = her.line
            await her.press("enter")
            if isinstance(pilot.app.screen, QuickAddForm):  # the month offers to put something there
                await her.press("escape")
            assert (her.day, her.line, her.view) == (EMPTY, here, name)


async def test_figures_are_never_taken_for_a_date(opened: Session) -> None:
    async with running(opened) as pilot:
        her = Looking(pilot)
        await her.press("2")
        await her.go("21")
        assert "not clear" in shown(pilot)
        await her.press("escape")
        assert her.day == TODAY
        await her.press("right", "1", "2")  # two places, and back where she was
        assert her.day == date(2026, 11, 22)
