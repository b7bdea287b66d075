"""What is pasted is cleaned before any field draws it; words that show as dots are taken as they are."""

from __future__ import annotations

from pathlib import Path

from app_kit import running, session, until
from conftest import NASTY
from shell_kit import FakeOpener, begun, profile_folder
from textual import events
from textual.command import CommandList
from textual.widgets import Input, TextArea

from companion.domain.clock import FixedClock
from companion.domain.text import is_clean
from companion.screens.find import Palette

PASTED = "\n".join(NASTY)


async def test_into_a_line_the_notes_and_the_palette(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        app = pilot.app
        await pilot.press("a", "tab")
        app.post_message(events.Paste(PASTED))
        await pilot.pause()
        line = app.screen.query_one("#field-title Input", Input)
        notes = app.screen.query_one(TextArea)
        notes.focus()
        app.post_message(events.Paste(PASTED))
        await pilot.pause()
        await pilot.press("ctrl+p")
        app.post_message(events.Paste(PASTED))
        await pilot.pause()
        palette = app.screen.query_one(Input)
        for text in (line.value, notes.text, palette.value):
            assert text.startswith("[/x] [@click=app.quit]hi[/]")
            assert is_clean(text, lines=True)
        assert notes.text.count("\n") >= 3


async def test_words_are_taken_as_they_are(clock: FixedClock, tmp_path: Path) -> None:
    profile_folder(tmp_path, "0a0a0a0a", "blue heron")
    async with begun(tmp_path, clock, FakeOpener()) as (app, pilot):
        app.post_message(events.Paste("two  spaces "))
        await pilot.pause()
        assert app.screen.query_one(Input).value == "two  spaces "


async def test_what_is_typed_before_the_palette_has_its_list_ends_nothing(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        await pilot.press("ctrl+p")
        palette = pilot.app.screen
        assert isinstance(palette, Palette)
        await palette.query_one(CommandList).remove()
        await pilot.press("w")
        await palette.query_one("#--results").mount(CommandList())
        await until(pilot, lambda: palette.query_one(CommandList).option_count > 0)
        await pilot.press("escape")
        assert pilot.app.screen is not palette
