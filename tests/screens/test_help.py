"""Help at every size, from every screen before and after a profile is open."""

from __future__ import annotations

from pathlib import Path

import pytest
from app_kit import SIZES, running, session, shown
from rich.console import Console
from shell_kit import FakeOpener, begun

from companion.commands import ALWAYS, GO_TO
from companion.domain.clock import FixedClock
from companion.screens.help import HelpScreen, rows


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


async def test_help_is_not_laid_over_itself(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        await pilot.press("f1", "f1", "escape")
        assert not isinstance(pilot.app.screen, HelpScreen)


def test_every_row_has_key_name_and_sentence() -> None:
    console = Console(width=200)
    with console.capture() as captured:
        console.print(rows([*ALWAYS, *GO_TO], "#ffffff"))
    text = captured.get()
    for command in (*ALWAYS, *GO_TO):
        assert command.keys_shown in text
        assert command.word in text
        assert command.sentence in text
