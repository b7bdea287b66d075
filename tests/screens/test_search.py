"""Search the calendar: the line has the keys at once, each letter shows what there is, Enter goes to the day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app_kit import TUESDAYS, event, running, session, shown, until
from conftest import NASTY
from textual.pilot import Pilot

from companion.domain.clock import FixedClock
from companion.messages import DataChanged
from companion.screens.calendar import CalendarScreen
from companion.screens.search import SearchScreen
from companion.services.session import Session

FIRST = datetime(2026, 10, 27, 18)
TUESDAY = date(2026, 11, 24)


def filled(clock: FixedClock) -> Session:
    opened = session(clock)
    opened.planner.add(event("Group", FIRST, rule=TUESDAYS, location="12 Mill St", notes="bring the blue form"))
    opened.planner.add(event("Dentist", datetime(2026, 11, 24, 9), provider="Dr. Grau"))
    opened.planner.add(event("Court", datetime(2026, 11, 10, 9)))
    return opened


def searching(pilot: Pilot[None]) -> SearchScreen:
    screen = pilot.app.screen
    assert isinstance(screen, SearchScreen)
    return screen


def titles(pilot: Pilot[None]) -> list[str]:
    return [row.title for row in searching(pilot).listed.rows]


async def test_every_letter_finds_and_enter_goes_to_the_first(clock: FixedClock) -> None:
    opened = filled(clock)
    async with running(opened) as pilot:
        await pilot.press("slash")
        await pilot.pause()
        assert "comes up here as you type" in shown(pilot)
        await pilot.press("g")
        await pilot.pause()
        assert titles(pilot) == ["Dentist", "Group"]
        assert "2 found, all still to come." in shown(pilot)
        assert "With: Dr. Grau" in shown(pilot)
        await pilot.press("r", "o")
        await pilot.pause()
        assert titles(pilot) == ["Group"]
        assert "Every Tuesday 6:00 pm · 12 Mill St" in shown(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CalendarScreen))
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, CalendarScreen)
        assert screen.day_to_add() == TUESDAY
        chosen = screen.chosen()
        assert chosen is not None and (chosen.title, chosen.day) == ("Group", TUESDAY)


async def test_arrows_letters_and_escape(clock: FixedClock) -> None:
    opened = filled(clock)
    async with running(opened) as pilot:
        await pilot.press("slash", "g")
        await pilot.pause()
        screen = searching(pilot)
        line, listed = screen.query_one("#search-line"), screen.listed
        await pilot.press("down", "down")
        assert screen.focused is listed
        assert listed.row is not None and listed.row.title == "Group"
        await pilot.press("up", "up")
        assert screen.focused is line, "up from the first row goes back to the line"
        await pilot.press("down", "r", "o")
        await pilot.pause()
        assert (screen.focused, screen.typed, titles(pilot)) == (line, "gro", ["Group"])
        await pilot.press("down", "backspace", "backspace", "backspace", "down")
        await pilot.pause()
        assert (screen.typed, titles(pilot), screen.focused) == ("", [], line), "there is no list to go into"
        await pilot.press("x", "y", "z", "enter")
        await pilot.pause()
        assert "Nothing on the calendar has these words." in shown(pilot)
        assert isinstance(pilot.app.screen, SearchScreen), "there is nowhere to go"
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, SearchScreen)
        await pilot.press("slash")
        await pilot.pause()
        assert searching(pilot).typed == "", "what was typed is kept nowhere"


async def test_a_session_with_words_of_its_own_is_gone_to_from_any_place(clock: FixedClock) -> None:
    opened = filled(clock)
    planner = opened.planner
    planner.change_one(planner.on(date(2026, 12, 8))[0], title="Graduation")
    async with running(opened) as pilot:
        await pilot.press("4", "ctrl+p", *"search the cal")
        await until(pilot, lambda: "Search the calendar" in shown(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, SearchScreen))
        await pilot.press(*"grad", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CalendarScreen))
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, CalendarScreen)
        chosen = screen.chosen()
        assert chosen is not None and (chosen.title, chosen.day) == ("Graduation", date(2026, 12, 8))
        # From what is laid over the calendar as well: the day is not to be shown behind it.
        await pilot.press("n", "slash", *"dent", "enter")
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.pause()
        assert screen.day_to_add() == TUESDAY


async def test_what_changes_meanwhile_and_hostile_words(clock: FixedClock) -> None:
    opened = filled(clock)
    for number, nasty in enumerate(NASTY):
        opened.planner.add(event(f"zq {nasty}", datetime(2026, 11, 22, 9) + timedelta(hours=number)))
    async with running(opened, size=(60, 20)) as pilot:
        await pilot.press("slash", *"zq")
        await pilot.pause()
        assert len(titles(pilot)) == len(NASTY)
        assert "[/x] [@click=app.quit]hi[/]" in shown(pilot)
        for letter in ("[", "/", '"', "*", "left_square_bracket", "slash"):
            await pilot.press(letter)
        opened.planner.undo()
        pilot.app.screen.query_one("#search-line").value = "zq"
        pilot.app.post_message(DataChanged())
        await pilot.pause()
        assert len(titles(pilot)) == len(NASTY) - 1
