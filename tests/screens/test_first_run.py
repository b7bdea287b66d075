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


async def _type_on(pilot: Pilot[None], text: str) -> None:
    """Type, go to the next field, and press Enter there."""
    field = pilot.app.screen.focused
    assert isinstance(field, Input)
    field.value = text
    await pilot.press("tab", "enter")
    await pilot.pause()


async def test_all_questions_answered(tmp_path: Path, clock: FixedClock) -> None:
    opener = FakeOpener()
    async with begun(tmp_path, clock, opener) as (app, pilot):
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


async def test_the_code_can_be_done_without(tmp_path: Path, clock: FixedClock) -> None:
    async with begun(tmp_path, clock, FakeOpener()) as (app, pilot):
        await _start(app, pilot)
        await pilot.press("f8", "f8", "f8")
        await pilot.pause()
        await _type(pilot, WORDS)
        await _type(pilot, WORDS)
        await settled(app, pilot)
        await pilot.press("f8")
        await settled(app, pilot)
        assert isinstance(app.screen, TodayScreen)


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
        await pilot.pause()
        assert "Which time zone" in shown(pilot)
        await _type(pilot, "nowhere")
        assert "not in the list" in shown(pilot)
        await _type(pilot, "pacific")
        await pilot.press("f8", "f8", "f8", "f8")
        await settled(app, pilot)
        assert opener.asked[0][3] == "America/Los_Angeles"


async def test_going_on_without_a_zone_is_told_once(tmp_path: Path, clock: FixedClock) -> None:
    async with begun(tmp_path, clock, FakeOpener(zone=None)) as (app, pilot):
        await _start(app, pilot)
        await pilot.press("f8", "f8")
        await pilot.pause()
        assert "Which time zone" in shown(pilot)
        assert "can be wrong" in shown(pilot)
        await pilot.press("f8")
        await pilot.pause()
        assert "Your children" in shown(pilot)


async def test_enter_goes_on_from_whether_a_child_lives_here(tmp_path: Path, clock: FixedClock) -> None:
    async with begun(tmp_path, clock, FakeOpener()) as (app, pilot):
        await _start(app, pilot)
        await pilot.press("f8")
        await _type(pilot, "M")
        await _type_on(pilot, "4 years")
        assert "A name for the list" in shown(pilot)


async def test_enter_on_the_age_goes_to_whether_a_child_lives_here(tmp_path: Path, clock: FixedClock) -> None:
    opener = FakeOpener()
    async with begun(tmp_path, clock, opener) as (app, pilot):
        await _start(app, pilot)
        await pilot.press("f8")
        await _type(pilot, "M")
        await _type(pilot, "")  # no age: all the same
        await pilot.press("space", "enter", "f8", "f8", "f8")
        await settled(app, pilot)
        (child,) = opener.opened[0].people.children()
        assert (child.name, child.born, child.lives_here) == ("M", None, False)


async def test_enter_on_an_empty_name_goes_on_without_children(tmp_path: Path, clock: FixedClock) -> None:
    async with begun(tmp_path, clock, FakeOpener()) as (app, pilot):
        await _start(app, pilot)
        await pilot.press("f8")
        await _type(pilot, "")
        assert "A name for the list" in shown(pilot)


@pytest.mark.parametrize("key", ["#skip", "#next"])
async def test_a_child_that_is_typed_but_not_added_is_added_on_the_way_on(
    tmp_path: Path, clock: FixedClock, key: str
) -> None:
    opener = FakeOpener()
    async with begun(tmp_path, clock, opener) as (app, pilot):
        await _start(app, pilot)
        await pilot.press("f8")
        await pilot.pause()
        app.screen.query_one("#field-child Input", Input).value = "M"
        app.screen.query_one("#field-age Input", Input).value = "4 years"
        app.screen.query_one(key, Button).press()
        await pilot.pause()
        await pilot.press("f8", "f8", "f8")
        await settled(app, pilot)
        (child,) = opener.opened[0].people.children()
        assert (child.name, child.born) == ("M", date(2022, 11, 21))


async def test_skipping_over_an_age_that_cannot_be_read_is_told_once(tmp_path: Path, clock: FixedClock) -> None:
    opener = FakeOpener()
    async with begun(tmp_path, clock, opener) as (app, pilot):
        await _start(app, pilot)
        await pilot.press("f8")
        await pilot.pause()
        app.screen.query_one("#field-child Input", Input).value = "M"
        app.screen.query_one("#field-age Input", Input).value = "purple"
        await pilot.press("f8")
        await pilot.pause()
        assert "goes on without the age" in " ".join(shown(pilot).split())
        await pilot.press("f8", "f8", "f8", "f8")
        await settled(app, pilot)
        (child,) = opener.opened[0].people.children()
        assert (child.name, child.born) == ("M", None)


async def test_an_age_is_counted_back_from_her_day_not_from_that_of_utc(tmp_path: Path) -> None:
    opener = FakeOpener(zone="America/New_York")
    evening = FixedClock(datetime(2026, 11, 22, 1, 0, tzinfo=UTC))  # Saturday 21, 8:00 pm in New York
    async with begun(tmp_path, evening, opener) as (app, pilot):
        await _start(app, pilot)
        await _type(pilot, "Dana")
        await _type(pilot, "M")
        await _type(pilot, "8 months")
        await pilot.press("f8", "f8", "f8", "f8")
        await settled(app, pilot)
        (child,) = opener.opened[0].people.children()
        assert child.born == date(2026, 3, 21)


@pytest.mark.parametrize(
    ("name", "age", "told"), [("M", "purple", "can't be read"), ("", "4", "first letter is enough")]
)
async def test_what_cannot_be_read_is_said_beside_the_field(
    tmp_path: Path, clock: FixedClock, name: str, age: str, told: str
) -> None:
    async with begun(tmp_path, clock, FakeOpener()) as (app, pilot):
        await _start(app, pilot)
        await pilot.press("f8")
        await pilot.pause()
        app.screen.query_one("#field-child Input", Input).value = name
        app.screen.query_one("#field-age Input", Input).value = age
        app.screen.query_one("#field-age Input", Input).focus()
        await pilot.press("enter")
        await pilot.pause()
        assert told in " ".join(shown(pilot).split())
        assert "Your children" in shown(pilot)


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


async def test_words_that_differ_or_are_short_are_told(tmp_path: Path, clock: FixedClock) -> None:
    opener = FakeOpener()
    async with begun(tmp_path, clock, opener) as (app, pilot):
        await _start(app, pilot)
        await pilot.press("f8", "f8", "f8")
        await pilot.pause()
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


@pytest.mark.parametrize("typed", NASTY)
async def test_a_hostile_name_is_kept_clean(tmp_path: Path, clock: FixedClock, typed: str) -> None:
    opener = FakeOpener()
    async with begun(tmp_path, clock, opener) as (app, pilot):
        await _start(app, pilot)
        await _type(pilot, typed)
        app.screen.query_one("#field-child Input", Input).value = typed
        await pilot.press("f9")
        await pilot.pause()
        assert "\x1b" not in shown(pilot)
        await pilot.press("f8", "f8", "f8", "f8")
        await settled(app, pilot)
        (session,) = opener.opened
        assert is_clean(session.settings.name)
        assert all(is_clean(child.name) for child in session.people.children())


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
