"""Help at every size, from every screen before and after a profile is open."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from app_kit import SIZES, running, session, shown
from rich.console import Console
from screen_kit import screen_classes
from shell_kit import FakeOpener, begun
from textual.screen import Screen

from companion.commands import ALWAYS, GO_TO, Command
from companion.domain.clock import FixedClock
from companion.screens.base import Described
from companion.screens.help import HelpScreen, commands_of, rows


def _printed(commands: Iterable[Command]) -> str:
    console = Console(width=300)
    with console.capture() as captured:
        console.print(rows(commands, "#ffffff"))
    return captured.get()


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_fits_and_scrolls(clock: FixedClock, size: tuple[int, int]) -> None:
    async with running(session(clock), size=size) as pilot:
        await pilot.press("f1")
        await pilot.pause()
        assert "Today" in shown(pilot)
        await pilot.press("end")
        await pilot.pause(0.5)
        assert "needed." in shown(pilot)


async def test_before_a_profile_is_open_it_tells_no_places(tmp_path: Path, clock: FixedClock) -> None:
    async with begun(tmp_path, clock, FakeOpener(), size=(100, 50)) as (app, pilot):
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        text = shown(pilot)
        assert "Ctrl+X or F12" in text
        assert "Calendar  Goes to" not in text


async def test_it_tells_what_it_was_opened_on_and_esc_goes_back_there(clock: FixedClock) -> None:
    """A place, and a dialog over it. That F1 is heard on every screen: test_hide_everywhere."""
    async with running(session(clock)) as pilot:
        for key in ("4", "a"):
            await pilot.press(key)
            below = pilot.app.screen
            assert isinstance(below, Described)
            await pilot.press("f1")
            assert isinstance(pilot.app.screen, HelpScreen)
            assert below.NAME in shown(pilot)
            assert "Keys here" in shown(pilot)
            await pilot.press("escape")
            assert pilot.app.screen is below


@pytest.mark.parametrize("kind", screen_classes(), ids=lambda k: k.__name__)
def test_every_key_of_a_screen_has_its_row(kind: type[Screen[Any]]) -> None:
    text = _printed(commands_of(kind))
    for command in commands_of(kind):
        assert not command.keys or (command.keys_shown in text and command.sentence in text), command.id


async def test_help_is_not_laid_over_itself(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        await pilot.press("f1", "f1", "escape")
        assert not isinstance(pilot.app.screen, HelpScreen)


def test_every_row_has_key_name_and_sentence() -> None:
    text = _printed([*ALWAYS, *GO_TO])
    for command in (*ALWAYS, *GO_TO):
        assert command.keys_shown in text
        assert command.word in text
        assert command.sentence in text
