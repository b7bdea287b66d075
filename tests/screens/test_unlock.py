"""Her words: nobody reads them while she types, and every refusal is a plain sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from app_kit import SIZES, shown
from shell_kit import CODE, FakeOpener, begun, profile_folder, settled
from textual.pilot import Pilot
from textual.widgets import Input

from companion.app import CompanionApp
from companion.domain.clock import FixedClock
from companion.errors import Damaged, DiskFull, InUse, NewerFile, WaitFirst, WrongSecret
from companion.screens.new_words import NewWordsScreen
from companion.screens.numbers import NumbersScreen
from companion.screens.paper_code import PaperCodeScreen
from companion.screens.today import TodayScreen
from companion.screens.unlock import UnlockScreen
from companion.screens.welcome import WelcomeScreen
from companion.services.session import Session

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
        if size[0] >= 80:
            assert "Esc Back" in text
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
        assert "choose new words" in shown(pilot)
        await pilot.press("f8")
        await settled(app, pilot)
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
        assert "the code on your paper" in " ".join(shown(pilot).split())
        await pilot.press("escape", "f9")
        await pilot.pause()
        assert isinstance(app.screen, WelcomeScreen)
        assert "Start a new one" in shown(pilot)


async def _by_code(app: CompanionApp, pilot: Pilot[None]) -> None:
    await pilot.press("f8")
    app.screen.query_one(Input).value = CODE
    await pilot.press("enter")
    await settled(app, pilot)
    assert isinstance(app.screen, NewWordsScreen)


async def test_after_the_code_new_words_are_taken_and_the_new_code_is_shown(
    data: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed: list[str | None] = []

    def change(_session: Session, words: str | None) -> str:
        changed.append(words)
        return "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF"

    monkeypatch.setattr(Session, "change_words", change)
    async with begun(data, clock, FakeOpener()) as (app, pilot):
        await _by_code(app, pilot)
        app.screen.query_one("#field-words Input", Input).value = WORDS
        await pilot.press("enter", *"other", "enter")
        await pilot.pause()
        assert "not the same" in shown(pilot)
        assert changed == []
        app.screen.query_one("#field-words Input", Input).value = WORDS
        app.screen.query_one("#field-again Input", Input).value = WORDS
        await pilot.press("enter")
        await settled(app, pilot)  # Enter goes to the second field by a message of its own
        await pilot.press("enter")
        await settled(app, pilot)
        assert changed == [WORDS]
        assert isinstance(app.screen, PaperCodeScreen)
        assert "AAAA-BBBB-CCCC" in shown(pilot)


async def test_words_that_cannot_be_changed_are_told(
    data: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(_session: Session, _words: str | None) -> str:
        raise DiskFull("The disk is full.", "Make room.")

    monkeypatch.setattr(Session, "change_words", change)
    async with begun(data, clock, FakeOpener()) as (app, pilot):
        await _by_code(app, pilot)
        for name in ("words", "again"):
            app.screen.query_one(f"#field-{name} Input", Input).value = WORDS
        app.screen.query_one("#field-again Input", Input).focus()
        await pilot.press("enter")
        await settled(app, pilot)
        assert "The disk is full. Make room." in shown(pilot)


async def test_tries_of_somebody_else_are_told_after_opening(
    data: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "wrong_tries", property(lambda _session: 3))
    async with begun(data, clock, FakeOpener()) as (app, pilot):
        app.wrong_here = 1
        await pilot.press(*WORDS, "enter")
        await settled(app, pilot)
        assert [n.message for n in app._notifications] == ["Wrong words were typed 2 times since you were last here."]
