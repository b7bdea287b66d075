"""Yours: what the first run asked can be changed, and words can be set, changed and given a new paper code."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import cast

import pytest
from app_kit import ZONE, event, running, session, shown
from shell_kit import FakeOpener, begun, settled
from textual.pilot import Pilot
from textual.widgets import Input, OptionList
from vault_kit import CHEAP, WORDS

from companion.app import CompanionApp
from companion.domain.child import Child
from companion.domain.clock import FixedClock
from companion.screens.child_form import ChildForm
from companion.screens.first_run import FirstRunScreen
from companion.screens.new_words import NewWordsScreen
from companion.screens.paper_code import PaperCodeScreen
from companion.screens.present_words import PresentWords
from companion.screens.today import TodayScreen
from companion.screens.yours import YoursScreen
from companion.services.session import Session
from companion.store.vault import Vault

NEW = "seven lamps under snow"


@asynccontextmanager
async def _at_yours(opened: Session, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    async with running(opened, size=size) as pilot:
        await pilot.press("f9")
        await _settled(pilot)
        assert isinstance(pilot.app.screen, YoursScreen)
        yield pilot


async def _settled(pilot: Pilot[None]) -> None:
    await settled(cast(CompanionApp, pilot.app), pilot)


async def _take(pilot: Pilot[None], row: str) -> None:
    """Go to the row with that id and press Enter."""
    listed = pilot.app.screen.query_one("#yours", OptionList)
    listed.highlighted = [option.id for option in listed.options].index(row)
    await pilot.pause()
    await pilot.press("enter")
    await _settled(pilot)


async def _type(pilot: Pilot[None], text: str) -> None:
    field = pilot.app.screen.focused
    assert isinstance(field, Input)
    field.value = text
    await pilot.press("enter")
    await _settled(pilot)


def _words(pilot: Pilot[None]) -> str:
    return " ".join(shown(pilot).split())


def _told(pilot: Pilot[None]) -> str:
    """The passing notice."""
    return " ".join(str(notice.message) for notice in pilot.app._notifications)


@contextmanager
def _profile(data: Path, clock: FixedClock, words: str | None) -> Iterator[tuple[Session, Vault]]:
    """A profile on the disk, opened."""
    data.mkdir(exist_ok=True)
    vault, _code = Vault.create(data, "blue heron", words, clock, kdf=CHEAP)
    try:
        opened = Session(vault.engine, clock, vault)
        opened.change_settings(zone=ZONE)
        yield opened, vault
    finally:
        vault.close()


# Finding it


async def test_it_is_not_there_before_a_profile_is_open(tmp_path: Path, clock: FixedClock) -> None:
    async with begun(tmp_path, clock, FakeOpener()) as (app, pilot):
        await pilot.press("enter")
        await settled(app, pilot)
        await pilot.press("f9")
        await settled(app, pilot)
        assert isinstance(app.screen, FirstRunScreen)


async def test_support_names_it_and_the_palette_finds_it_by_what_is_in_it(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        await pilot.press("5")
        await _settled(pilot)
        assert "F9: your name, children, words" in _words(pilot)
        await pilot.press("ctrl+p", *"children")
        await _settled(pilot)
        assert "Yours" in _words(pilot)


async def test_it_shows_what_there_is_and_esc_goes_back(clock: FixedClock) -> None:
    opened = session(clock)
    opened.change_settings(name="Sam")
    opened.people.put_child(Child("leo", "L.", born=date(2022, 6, 1), lives_here=False))
    async with _at_yours(opened) as pilot:
        text = _words(pilot)
        for words in ("Sam", "M. · 8 months · lives with you", "L. · 4 years · lives elsewhere", "Eastern", "12 hours"):
            assert words in text
        await pilot.press("f9", "escape")
        await _settled(pilot)
        assert isinstance(pilot.app.screen, TodayScreen)


# Children


async def test_a_child_is_added_by_name_age_and_home(clock: FixedClock) -> None:
    opened = session(clock, child=False)
    async with _at_yours(opened) as pilot:
        await pilot.press("a")
        await _settled(pilot)
        await _type(pilot, "J")
        await _type(pilot, "4 years")
        await pilot.press("space", "enter", "enter")
        await _settled(pilot)
        (child,) = opened.people.children()
        assert (child.name, child.born, child.lives_here) == ("J", date(2022, 11, 21), False)
        assert "J · 4 years · lives elsewhere" in _words(pilot)


async def test_what_cannot_be_read_is_said_and_a_name_is_needed(clock: FixedClock) -> None:
    opened = session(clock, child=False)
    async with _at_yours(opened) as pilot:
        await _take(pilot, "add")
        pilot.app.screen.query_one("#field-age Input", Input).value = "purple"
        await pilot.press("ctrl+s")
        await _settled(pilot)
        assert "can't be read" in _words(pilot) and "There is no name yet." in _words(pilot)
        assert opened.people.children() == []


async def test_a_change_of_the_name_keeps_the_birthday_to_the_day(clock: FixedClock) -> None:
    opened = session(clock)
    async with _at_yours(opened) as pilot:
        await _take(pilot, "child-mia")
        assert pilot.app.screen.query_one("#field-age Input", Input).value == "8 months"
        pilot.app.screen.query_one("#field-child Input", Input).value = "Mia"
        await pilot.press("ctrl+s")
        await _settled(pilot)
        assert opened.people.children() == [Child("mia", "Mia", born=date(2026, 3, 2))]
        assert "Mia · 8 months" in _words(pilot)


@pytest.mark.parametrize(
    ("typed", "born", "due"),
    [("2 weeks", date(2026, 11, 7), date(2026, 12, 12)), ("4 years", date(2022, 11, 21), None), ("", None, None)],
)
async def test_a_baby_that_came_early_keeps_its_due_date(
    clock: FixedClock, typed: str, born: date | None, due: date | None
) -> None:
    opened = session(clock, child=False)
    opened.people.put_child(Child("b", "B.", due=date(2026, 12, 12)))
    async with _at_yours(opened) as pilot:
        await _take(pilot, "child-b")
        pilot.app.screen.query_one("#field-age Input", Input).value = typed
        await pilot.press("ctrl+s")
        await _settled(pilot)
        assert opened.people.children() == [replace(Child("b", "B."), born=born, due=due)]


async def test_a_half_typed_child_is_offered_again(clock: FixedClock) -> None:
    opened = session(clock, child=False)
    async with _at_yours(opened) as pilot:
        await pilot.press("a", *"Jo", "escape")
        await _settled(pilot)
        assert isinstance(pilot.app.screen, YoursScreen)
        await pilot.press("a", "f8")
        await _settled(pilot)
        assert isinstance(pilot.app.screen, ChildForm)
        assert pilot.app.screen.query_one("#field-child Input", Input).value == "Jo"


async def test_a_child_is_taken_off_and_comes_back_with_undo(clock: FixedClock) -> None:
    opened = session(clock)
    async with _at_yours(opened) as pilot:
        await pilot.press("x")  # on the name: nothing
        assert len(opened.people.children()) == 1
        await pilot.press("down", "x")
        await _settled(pilot)
        assert opened.people.children() == []
        assert "Ctrl+Z takes it back" in _told(pilot)
        await pilot.press("ctrl+z")
        await _settled(pilot)
        assert [child.name for child in opened.people.children()] == ["M."]
        assert "M. · 8 months" in _words(pilot)


# Name, time zone, clock, week


async def test_the_name_is_changed_or_taken_away(clock: FixedClock) -> None:
    opened = session(clock)
    async with _at_yours(opened) as pilot:
        await _take(pilot, "name")
        await _type(pilot, "Dana")
        assert opened.settings.name == "Dana" and "Dana" in _words(pilot)
        await _take(pilot, "name")
        await pilot.press("escape")
        await _settled(pilot)
        assert opened.settings.name == "Dana"
        await _take(pilot, "name")
        await _type(pilot, "")
        assert opened.settings.name == ""


async def test_the_time_zone_is_chosen_or_typed_and_events_keep_theirs(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Group", datetime(2026, 11, 24, 18)))
    async with _at_yours(opened) as pilot:
        await _take(pilot, "zone")
        await pilot.press("p", "enter")
        await _settled(pilot)
        assert opened.settings.zone == "America/Los_Angeles" and "Pacific" in _words(pilot)
        await _take(pilot, "zone")
        await pilot.press("end", "enter")
        await _settled(pilot)
        await _type(pilot, "nowhere")
        assert "not in the list" in _words(pilot)
        await _type(pilot, "london")
        assert opened.settings.zone == "Europe/London"
        (group,) = opened.planner.on(date(2026, 11, 24))
        assert group.event.zone == ZONE


async def test_clock_and_first_weekday(clock: FixedClock) -> None:
    opened = session(clock)
    async with _at_yours(opened) as pilot:
        await _take(pilot, "clock")
        await pilot.press("down", "enter")
        await _settled(pilot)
        await _take(pilot, "week")
        await pilot.press("m", "enter")
        await _settled(pilot)
        assert (opened.settings.hours24, opened.settings.week_start) == (True, 0)
        assert "14:30" in _words(pilot) and "Monday" in _words(pilot)


# Words


async def test_sample_data_says_that_it_keeps_nothing(clock: FixedClock) -> None:
    async with _at_yours(session(clock)) as pilot:
        await _take(pilot, "words")
        assert "gone when you leave" in _told(pilot)


async def test_words_are_set_where_there_were_none(tmp_path: Path, clock: FixedClock) -> None:
    with _profile(tmp_path / "data", clock, None) as (opened, vault):
        async with _at_yours(opened) as pilot:
            assert "anyone at this computer can read" in _words(pilot)
            await _take(pilot, "words")
            assert isinstance(pilot.app.screen, NewWordsScreen)
            await _type(pilot, NEW)
            await _type(pilot, NEW)
            assert isinstance(pilot.app.screen, PaperCodeScreen)
            await pilot.press("f8")
            await _settled(pilot)
            assert isinstance(pilot.app.screen, YoursScreen)
            assert "Change the words" in _words(pilot)
        assert vault.has_words and vault.check_words(NEW)


async def test_changing_the_words_asks_for_those_of_now(tmp_path: Path, clock: FixedClock) -> None:
    with _profile(tmp_path / "data", clock, WORDS) as (opened, vault):
        async with _at_yours(opened) as pilot:
            await _take(pilot, "words")
            assert isinstance(pilot.app.screen, PresentWords)
            await _type(pilot, "something else")
            assert "don't open it" in _words(pilot)
            assert isinstance(pilot.app.screen, PresentWords)
            await _type(pilot, WORDS)
            await _type(pilot, NEW)
            await _type(pilot, NEW)
            assert isinstance(pilot.app.screen, PaperCodeScreen)
        assert vault.check_words(NEW) and not vault.check_words(WORDS)


async def test_a_new_paper_code_is_had_with_the_same_words(tmp_path: Path, clock: FixedClock) -> None:
    """Hiding while the code was shown loses it: this is the way to another one."""
    with _profile(tmp_path / "data", clock, WORDS) as (opened, vault):
        async with _at_yours(opened) as pilot:
            await _take(pilot, "code")
            await _type(pilot, WORDS)
            assert "Your words stay as they are" in _words(pilot)
            await pilot.press("enter")
            await _settled(pilot)
            assert isinstance(pilot.app.screen, PaperCodeScreen)
            code = pilot.app.screen._code
            assert code in shown(pilot)
        assert vault.check_words(WORDS)
        folder = vault.folder
        vault.close()
        Vault.open_with_code(folder, code, clock, kdf=CHEAP).close()


async def test_nothing_leads_away_while_the_code_is_shown(tmp_path: Path, clock: FixedClock) -> None:
    with _profile(tmp_path / "data", clock, WORDS) as (opened, _vault):
        async with _at_yours(opened) as pilot:
            await _take(pilot, "code")
            await _type(pilot, WORDS)
            await pilot.press("enter")
            await _settled(pilot)
            await pilot.press("2", "f3", "f9", "escape")
            await _settled(pilot)
            assert isinstance(pilot.app.screen, PaperCodeScreen)


async def test_esc_leaves_the_words_as_they_are(tmp_path: Path, clock: FixedClock) -> None:
    with _profile(tmp_path / "data", clock, WORDS) as (opened, vault):
        async with _at_yours(opened) as pilot:
            await _take(pilot, "words")
            await pilot.press("escape")
            await _settled(pilot)
            assert isinstance(pilot.app.screen, YoursScreen)
            await _take(pilot, "words")
            await _type(pilot, WORDS)
            await pilot.press("f8")
            await _settled(pilot)
            assert isinstance(pilot.app.screen, YoursScreen)
        assert vault.check_words(WORDS)


# Reminders


async def test_reminders_are_typed_as_they_are_said_and_can_be_discreet_here(clock: FixedClock) -> None:
    opened = session(clock)
    async with _at_yours(opened) as pilot:
        assert "1 day, 2 hours before" in _words(pilot) and "the full name" in _words(pilot)
        await _take(pilot, "reminders")
        await _type(pilot, "a day, an hour, 5 min")
        assert "two reminders at most" in _words(pilot)
        await _type(pilot, "1 hour and 10 min")
        assert opened.settings.reminders == (60, 10) and "1 hour, 10 minutes before" in _words(pilot)
        await _take(pilot, "reminders")
        await _type(pilot, "none")
        assert opened.settings.reminders == ()
        await _take(pilot, "discreet")
        await pilot.press("down", "enter")
        await _settled(pilot)
        assert opened.settings.discreet_reminders and "a plain word, as on a phone" in _words(pilot)
