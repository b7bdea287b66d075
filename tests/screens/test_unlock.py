"""Her words: nobody reads them while she types, and every refusal is a plain sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from app_kit import SIZES, shown
from shell_kit import CODE, FakeOpener, begun, profile_folder, settled
from textual.widgets import Input

from companion.domain.clock import FixedClock
from companion.errors import Damaged, InUse, NewerFile, WaitFirst, WrongSecret
from companion.screens.numbers import NumbersScreen
from companion.screens.today import TodayScreen
from companion.screens.unlock import UnlockScreen
from companion.screens.welcome import WelcomeScreen

WORDS = "blue otter lamp seven"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """One profile with words."""
    profile_folder(tmp_path, "00000001", "blue heron")
    return tmp_path


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_only_profile_asks_for_its_words_at_once(
    data: Path, clock: FixedClock, size: tuple[int, int]
) -> None:
    async with begun(data, clock, FakeOpener(), size=size) as (app, pilot):
        assert isinstance(app.screen, UnlockScreen)
        assert isinstance(app.screen.focused, Input)
        text = shown(pilot)
        for words in ("blue heron", "Your words", "F5 Numbers", "Ctrl+X Hide", "F1 Help"):
            assert words in text


async def test_the_words_are_never_on_the_screen_and_open_it(data: Path, clock: FixedClock) -> None:
    opener = FakeOpener()
    async with begun(data, clock, opener) as (app, pilot):
        field = app.screen.query_one(Input)
        await pilot.press(*WORDS)
        assert "otter" not in shown(pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        assert opener.asked == [("open", "00000001", WORDS)]
        assert isinstance(app.screen, TodayScreen)
        assert field.value == ""


@pytest.mark.parametrize(
    "error",
    [
        WrongSecret("These words don't open it.", "Try again."),
        WaitFirst(8),
        InUse("It is open in another window.", "Close that one first."),
        Damaged("The file can't be read.", "Nothing was changed."),
        NewerFile("A newer Companion wrote this profile.", "Update Companion."),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_each_refusal_has_its_own_sentence(data: Path, clock: FixedClock, error: WrongSecret) -> None:
    async with begun(data, clock, FakeOpener(error)) as (app, pilot):
        await pilot.press(*"wrong", "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, UnlockScreen)
        text = " ".join(shown(pilot).split())
        assert error.sentence in text
        assert error.mend in text
        assert app.screen.query_one(Input).value == ""
        assert app.screen.focused is app.screen.query_one(Input)


async def test_enter_without_words_asks_nothing_of_the_vault(data: Path, clock: FixedClock) -> None:
    opener = FakeOpener()
    async with begun(data, clock, opener) as (app, pilot):
        await pilot.press("space", "enter")
        await settled(app, pilot)
        assert opener.asked == []
        assert "Type your words" in shown(pilot)


async def test_the_paper_code_opens_it_too(data: Path, clock: FixedClock) -> None:
    opener = FakeOpener()
    async with begun(data, clock, opener) as (app, pilot):
        await pilot.press("f8")
        await pilot.press(*CODE)
        assert CODE in shown(pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        assert opener.asked == [("code", "00000001", CODE)]
        assert isinstance(app.screen, TodayScreen)


async def test_switching_to_the_code_forgets_the_words(data: Path, clock: FixedClock) -> None:
    async with begun(data, clock, FakeOpener()) as (app, pilot):
        await pilot.press(*WORDS, "f8")
        assert app.screen.query_one(Input).value == ""
        assert "otter" not in shown(pilot)


async def test_numbers_help_and_the_list_are_one_key_away(data: Path, clock: FixedClock) -> None:
    async with begun(data, clock, FakeOpener()) as (app, pilot):
        await pilot.press("f5")
        assert isinstance(app.screen, NumbersScreen)
        await pilot.press("escape", "f1")
        await pilot.pause()
        assert "Paper code" in shown(pilot)
        await pilot.press("escape", "f9")
        await pilot.pause()
        assert isinstance(app.screen, WelcomeScreen)
        assert "Start a new one" in shown(pilot)
