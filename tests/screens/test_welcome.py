"""The first picture: whose calendar, a new one, or a look around."""

from __future__ import annotations

from pathlib import Path

import pytest
from app_kit import SIZES, shown
from conftest import NASTY
from shell_kit import FakeOpener, begun, profile_folder, settled

from companion.domain.clock import FixedClock
from companion.errors import Damaged, DiskFull, InUse
from companion.screens.first_run import FirstRunScreen
from companion.screens.today import TodayScreen
from companion.screens.unlock import UnlockScreen
from companion.screens.welcome import WelcomeScreen


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_without_a_profile_it_offers_a_start_and_a_look_around(
    tmp_path: Path, clock: FixedClock, size: tuple[int, int]
) -> None:
    async with begun(tmp_path, clock, FakeOpener(), size=size) as (_app, pilot):
        text = shown(pilot)
        for words in ("Start", "Look around", "Numbers to call", "F5 Numbers", "Ctrl+X Hide"):
            assert words in text


async def test_enter_starts(tmp_path: Path, clock: FixedClock) -> None:
    async with begun(tmp_path, clock, FakeOpener()) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, FirstRunScreen)


async def test_looking_around_opens_sample_data(tmp_path: Path, clock: FixedClock) -> None:
    opener = FakeOpener()
    async with begun(tmp_path, clock, opener) as (app, pilot):
        await pilot.press("down", "enter")
        await settled(app, pilot)
        assert opener.asked == [("sample",)]
        assert isinstance(app.screen, TodayScreen)


async def test_lists_the_profiles_and_opens_one_without_words_at_once(tmp_path: Path, clock: FixedClock) -> None:
    profile_folder(tmp_path, "00000001", "blue heron")
    profile_folder(tmp_path, "00000002", "pink badger", words=False)
    opener = FakeOpener()
    async with begun(tmp_path, clock, opener) as (app, pilot):
        assert isinstance(app.screen, WelcomeScreen)
        text = shown(pilot)
        assert "blue heron" in text
        assert "pink badger" in text
        await pilot.press("down", "enter")
        await settled(app, pilot)
        assert opener.asked == [("open", "00000002", None)]
        assert isinstance(app.screen, TodayScreen)


async def test_asks_for_the_words_of_one_that_has_them(tmp_path: Path, clock: FixedClock) -> None:
    profile_folder(tmp_path, "00000001", "blue heron")
    profile_folder(tmp_path, "00000002", "pink badger")
    async with begun(tmp_path, clock, FakeOpener()) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, UnlockScreen)
        assert "blue heron" in shown(pilot)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert isinstance(app.screen, WelcomeScreen)


@pytest.mark.parametrize(
    "error",
    [
        InUse("It is open in another window.", "Close that one first."),
        Damaged("The file can't be read.", "Nothing was changed."),
        DiskFull("The disk is full.", "Make room."),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_what_is_wrong_is_told_on_the_screen(tmp_path: Path, clock: FixedClock, error: InUse) -> None:
    profile_folder(tmp_path, "00000002", "pink badger", words=False)
    async with begun(tmp_path, clock, FakeOpener(error)) as (app, pilot):
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, WelcomeScreen)
        assert error.sentence in shown(pilot)
        assert error.mend in shown(pilot)


async def test_without_a_folder_it_says_why_and_offers_what_still_works(clock: FixedClock) -> None:
    async with begun(None, clock, FakeOpener(), trouble="This account has no home folder.") as (app, pilot):
        assert "no home folder" in shown(pilot)
        await pilot.press("enter")  # "Start" can't be chosen: the look around is
        await settled(app, pilot)
        assert isinstance(app.screen, TodayScreen)


@pytest.mark.parametrize("label", NASTY)
async def test_a_hostile_label_harms_nothing(tmp_path: Path, clock: FixedClock, label: str) -> None:
    profile_folder(tmp_path, "00000001", label)
    profile_folder(tmp_path, "00000002", label)
    async with begun(tmp_path, clock, FakeOpener()) as (app, pilot):
        assert isinstance(app.screen, WelcomeScreen)
        assert "\x1b" not in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, UnlockScreen)


async def test_begins_with_the_numbers_where_that_was_asked_for(tmp_path: Path, clock: FixedClock) -> None:
    async with begun(tmp_path, clock, FakeOpener(), at="numbers") as (_app, pilot):
        await pilot.pause()
        assert "Call or text 988" in shown(pilot)
