"""First run: every question can be skipped, what skipping the words means is said, the code is shown once."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from app_kit import SIZES, shown
from conftest import NASTY
from shell_kit import CODE, FakeOpener, begun, profile_folder, settled
from textual.pilot import Pilot
from textual.widgets import Button, Input

from companion.app import CompanionApp
from companion.domain.clock import FixedClock
from companion.domain.text import is_clean
from companion.errors import DiskFull
from companion.screens.first_run import FirstRunScreen
from companion.screens.paper_code import PaperCodeScreen
from companion.screens.today import TodayScreen
from companion.screens.welcome import WelcomeScreen

WORDS = "blue otter lamp seven"


async def _start(app: CompanionApp, pilot: Pilot[None]) -> None:
    await pilot.press("enter")
    await settled(app, pilot)
    assert isinstance(app.screen, FirstRunScreen)


async def _type(pilot: Pilot[None], text: str) -> None:
    field = pilot.app.screen.focused
    assert isinstance(field, Input)
    field.value = text
    await pilot.press("enter")
    await pilot.pause()


async def test_all_questions_answered(tmp_path: Path) -> None:
    """Late in an American evening, when it is a day later in UTC already: ages are counted back from her day."""
    opener = FakeOpener(zone="America/New_York")
    evening = FixedClock(datetime(2026, 11, 22, 1, 0, tzinfo=UTC))  # Saturday 21, 8:00 pm in New York
    async with begun(tmp_path, evening, opener) as (app, pilot):
        await _start(app, pilot)
        await _type(pilot, "Dana")
        await _type(pilot, "M")
        await _type(pilot, "8 weeks")
        assert "Your children" in shown(pilot)  # whether the child lives with her is not passed over
        await pilot.press("enter")
        await pilot.pause()
        assert "A name for the list" in shown(pilot)
        await _type(pilot, "green fox")
        assert "Words that lock it" in shown(pilot)
        await _type(pilot, WORDS)
        await _type(pilot, WORDS)
        await settled(app, pilot)
        assert opener.asked == [("create", "green fox", WORDS, None)]
        (session,) = opener.opened
        (child,) = session.people.children()
        assert (session.settings.name, child.name, child.born) == ("Dana", "M", date(2026, 9, 26))
        assert child.lives_here
        assert isinstance(app.screen, PaperCodeScreen)
        assert CODE in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert CODE not in shown(pilot)
        await _type(pilot, "nonsense")
        assert "not what the code says" in shown(pilot)
        await _type(pilot, "q4xa f5g6")
        await settled(app, pilot)
        assert isinstance(app.screen, TodayScreen)


async def test_everything_skipped(tmp_path: Path, clock: FixedClock) -> None:
    opener = FakeOpener()
    async with begun(tmp_path, clock, opener) as (app, pilot):
        await _start(app, pilot)
        await pilot.press("f8", "f8", "f8")
        await pilot.pause()
        assert opener.asked == []
        await pilot.press("f8")
        await pilot.pause()
        assert "anyone at this computer can read" in " ".join(shown(pilot).split())
        assert opener.asked == []
        await pilot.press("f8")
        await settled(app, pilot)
        ((_create, label, words, zone),) = opener.asked
        assert label
        assert (words, zone) == (None, None)
        assert isinstance(app.screen, TodayScreen)
        assert opener.opened[0].people.children() == []


async def test_the_zone_is_asked_for_where_the_computer_takes_long_to_say_none(
    tmp_path: Path, clock: FixedClock
) -> None:
    said = threading.Event()

    class Slow(FakeOpener):
        def computer_zone(self) -> str | None:
            said.wait(10)
            return None

    async with begun(tmp_path, clock, Slow()) as (app, pilot):
        await pilot.press("enter")
        app.screen.query_one(Input).value = "Sam"
        app.screen.post_message(Button.Pressed(app.screen.query_one("#next", Button)))
        said.set()
        await settled(app, pilot)
        assert "Which time zone" in shown(pilot)


async def test_the_zone_is_asked_for_where_the_computer_says_none(tmp_path: Path, clock: FixedClock) -> None:
    opener = FakeOpener(zone=None)
    async with begun(tmp_path, clock, opener) as (app, pilot):
        await _start(app, pilot)
        await pilot.press("f8")
        assert "Which time zone" in shown(pilot)
        await _type(pilot, "nowhere")
        assert "not in the list" in shown(pilot)
        await pilot.press("f8")  # going on without one is told first
        assert "Which time zone" in shown(pilot)
        assert "can be wrong" in shown(pilot)
        await _type(pilot, "pacific")
        await pilot.press("f8", "f8", "f8", "f8")
        await settled(app, pilot)
        assert opener.asked[0][3] == "America/Los_Angeles"


async def test_enter_goes_through_a_child_and_with_an_empty_name_on(tmp_path: Path, clock: FixedClock) -> None:
    opener = FakeOpener()
    async with begun(tmp_path, clock, opener) as (app, pilot):
        await _start(app, pilot)
        await pilot.press("f8")
        await _type(pilot, "M")
        await _type(pilot, "")  # no age: to whether M lives here, all the same
        await pilot.press("space", "enter")
        assert "A name for the list" in shown(pilot)
        await pilot.press("escape")
        assert "So far: M" in shown(pilot)
        await _type(pilot, "")
        assert "A name for the list" in shown(pilot)
        await pilot.press("f8", "f8", "f8")
        await settled(app, pilot)
        (child,) = opener.opened[0].people.children()
        assert (child.name, child.born, child.lives_here) == ("M", None, False)


async def test_what_is_typed_of_a_child_is_read_and_added_on_the_way_on(tmp_path: Path, clock: FixedClock) -> None:
    opener = FakeOpener()
    async with begun(tmp_path, clock, opener) as (app, pilot):
        await _start(app, pilot)
        await pilot.press("f8")
        name, age = (app.screen.query_one(f"#field-{each} Input", Input) for each in ("child", "age"))
        name.value, age.value = "M", "purple"
        age.focus()
        await pilot.press("enter")
        assert "can't be read" in " ".join(shown(pilot).split())
        assert "Your children" in shown(pilot)
        await pilot.press("f8")
        assert "goes on without the age" in " ".join(shown(pilot).split())
        age.value = "4 years"
        app.screen.query_one("#skip", Button).press()
        await pilot.pause()
        await pilot.press("f8", "f8", "f8")
        await settled(app, pilot)
        (child,) = opener.opened[0].people.children()
        assert (child.name, child.born) == ("M", date(2022, 11, 21))


async def test_several_children_and_one_who_lives_elsewhere(tmp_path: Path, clock: FixedClock) -> None:
    opener = FakeOpener()
    async with begun(tmp_path, clock, opener) as (app, pilot):
        await _start(app, pilot)
        await pilot.press("f8")
        await pilot.pause()
        for name, age in (("M", "8 weeks"), ("J", "4 years")):
            app.screen.query_one("#field-child Input", Input).value = name
            app.screen.query_one("#field-age Input", Input).value = age
            if name == "J":
                assert "[x] Lives with me now" in shown(pilot)
                app.screen.query_one("#field-here .field-control").focus()
                await pilot.press("space")
                assert "[ ] Lives with me now" in shown(pilot)
            await pilot.press("f9")
            await pilot.pause()
        assert "M, 8 weeks old" in shown(pilot) or "M, 8 weeks" in shown(pilot)
        await pilot.press("f8", "f8", "f8", "f8")
        await settled(app, pilot)
        children = {child.name: child.lives_here for child in opener.opened[0].people.children()}
        assert children == {"M": True, "J": False}


async def test_words_that_differ_or_are_short_are_told_and_the_code_can_be_done_without(
    tmp_path: Path, clock: FixedClock
) -> None:
    opener = FakeOpener()
    async with begun(tmp_path, clock, opener) as (app, pilot):
        await _start(app, pilot)
        await pilot.press("f8", "f8", "f8")
        await _type(pilot, WORDS)
        await _type(pilot, "something else")
        assert "not the same" in shown(pilot)
        assert "•" not in shown(pilot)  # both begin anew, from the first
        await _type(pilot, "abc")
        await _type(pilot, "abc")
        assert "quick to guess" in shown(pilot)
        assert opener.asked == []
        app.screen.query_one("#field-again Input", Input).focus()
        await pilot.press("enter")
        await settled(app, pilot)
        assert opener.asked[0][2] == "abc"
        assert isinstance(app.screen, PaperCodeScreen)
        await pilot.press("f8")
        await settled(app, pilot)
        assert isinstance(app.screen, TodayScreen)


async def test_esc_goes_one_back_and_asks_only_where_something_would_be_lost(tmp_path: Path, clock: FixedClock) -> None:
    async with begun(tmp_path, clock, FakeOpener()) as (app, pilot):
        await _start(app, pilot)
        await _type(pilot, "Dana")
        await pilot.press("escape")
        await settled(app, pilot)
        assert app.screen.query_one("#field-name Input", Input).value == "Dana"
        await pilot.press("escape")
        await settled(app, pilot)
        assert "is not kept" in shown(pilot)
        await pilot.press("escape")
        await settled(app, pilot)
        assert isinstance(app.screen, WelcomeScreen)
        await pilot.press("enter")
        await settled(app, pilot)
        await pilot.press("escape")
        await settled(app, pilot)
        assert isinstance(app.screen, WelcomeScreen)


async def test_a_full_disk_is_told_and_nothing_typed_is_lost(tmp_path: Path, clock: FixedClock) -> None:
    opener = FakeOpener(DiskFull("The disk is full.", "Make room."))
    async with begun(tmp_path, clock, opener) as (app, pilot):
        await _start(app, pilot)
        await _type(pilot, "Dana")
        await pilot.press("f8", "f8", "f8", "f8")
        await settled(app, pilot)
        assert "The disk is full." in shown(pilot)
        opener.error = None
        await pilot.press("f8")
        await settled(app, pilot)
        assert opener.opened[0].settings.name == "Dana"


async def test_a_label_that_is_taken_is_told(tmp_path: Path, clock: FixedClock) -> None:
    profile_folder(tmp_path, "00000001", "green fox", words=False)
    async with begun(tmp_path, clock, FakeOpener()) as (app, pilot):
        await pilot.press("down")
        await _start(app, pilot)
        await pilot.press("f8", "f8")
        await pilot.pause()
        await _type(pilot, "Green Fox")
        assert "already" in shown(pilot)


async def test_hostile_names_are_kept_clean(tmp_path: Path, clock: FixedClock) -> None:
    opener = FakeOpener()
    async with begun(tmp_path, clock, opener) as (app, pilot):
        await _start(app, pilot)
        await _type(pilot, "".join(NASTY))
        for typed in NASTY:
            app.screen.query_one("#field-child Input", Input).value = typed
            await pilot.press("f9")
            assert not set(shown(pilot)) & {"\x1b", "\x9b", "\x00", "\u202e"}
        await pilot.press("f8", "f8", "f8", "f8")
        await settled(app, pilot)
        (session,) = opener.opened
        children = session.people.children()
        assert len(children) == len(NASTY)
        assert all(is_clean(name) for name in (session.settings.name, *(child.name for child in children)))


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_step_fits(tmp_path: Path, clock: FixedClock, size: tuple[int, int]) -> None:
    async with begun(tmp_path, clock, FakeOpener(zone=None), size=size) as (app, pilot):
        await _start(app, pilot)
        for question in ("What may we call you?", "Which time zone", "Your children", "A name for", "Words that lock"):
            text = shown(pilot)
            assert question in text
            assert "Next" in text
            assert "Ctrl+X Hide" in text
            await pilot.press("f8")
            if question == "Which time zone":
                await pilot.press("f8")
            await pilot.pause()
