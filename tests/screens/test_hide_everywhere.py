"""Hide, leave, the numbers and help reach their action from every screen and dialog, whatever has the focus there.

This is the second line: the bindings. The first, the driver's input thread, is tested in tests/terminal/test_hide.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from screen_kit import SESSIONS, Around, Case, closed_app, on_screen, one_of_each, opened_app
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from companion.app import CompanionApp
from companion.commands import HELP, HIDE, LEAVE, NUMBERS
from companion.domain.clock import FixedClock

CASES = one_of_each()
# The letter that opens help, too, is typed where she types.
MEANT = {"hide": HIDE.keys, "leave": LEAVE.keys, "numbers": NUMBERS.keys, "help": (HELP.keys[0],)}
KEYS = [key for keys in MEANT.values() for key in keys]
EXPECTED = [name for name, keys in MEANT.items() for _key in keys]


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What was asked for, instead of the end of the process or another screen."""
    asked: list[str] = []
    for name in MEANT:
        monkeypatch.setattr(CompanionApp, f"action_{name}", lambda _app, name=name: asked.append(name))
    monkeypatch.chdir(tmp_path / "home")
    return asked


def _kinds_of_focus(screen: Screen[Any]) -> list[Widget | None]:
    """Nothing, and one of each kind of widget that can have the focus here."""
    found: dict[type[Widget], Widget] = {}
    for widget in screen.focus_chain:
        found.setdefault(type(widget), widget)
    return [None, *found.values()]


async def _wrong(case: Case, around: Around, pilot: Pilot[None], done: list[str]) -> list[str]:
    wrong = []
    async with on_screen(case, around, pilot) as screen:
        for widget in _kinds_of_focus(screen):
            screen.set_focus(widget)
            done.clear()
            for key in KEYS:
                around.app.post_message(events.Key(key, None))
            await pilot.pause()
            if done != EXPECTED:
                wrong.append(f"{case.name}, {type(widget).__name__ if widget else 'nothing'} focused: {done}")
    return wrong


async def test_from_every_screen_of_an_open_profile(clock: FixedClock, done: list[str]) -> None:
    async with opened_app(clock, SESSIONS["filled"], (80, 24)) as (around, pilot):
        wrong = [line for case in CASES if not case.before for line in await _wrong(case, around, pilot, done)]
    assert not wrong, "\n".join(wrong)


async def test_from_every_screen_before_a_profile_is_open(clock: FixedClock, done: list[str], tmp_path: Path) -> None:
    async with closed_app(clock, tmp_path / "data", (80, 24)) as (around, pilot):
        wrong = [line for case in CASES if case.before for line in await _wrong(case, around, pilot, done)]
    assert not wrong, "\n".join(wrong)


async def test_from_the_palette_and_with_two_dialogs_over_each_other(clock: FixedClock, done: list[str]) -> None:
    async with opened_app(clock, SESSIONS["filled"], (80, 24)) as (_around, pilot):
        for before in (("ctrl+p",), ("1", "a", "f1"), ("1", "n", "f1", "ctrl+p", "h")):
            await pilot.press(*before)
            done.clear()
            await pilot.press(*KEYS)
            assert done == EXPECTED, before
            while len(pilot.app.screen_stack) > 1:
                await pilot.app.pop_screen()


async def test_letters_that_hide_nothing_are_typed(clock: FixedClock, done: list[str]) -> None:
    """The keys of the place don't act while she types."""
    async with opened_app(clock, SESSIONS["filled"], (80, 24)) as (_around, pilot):
        await pilot.press("1", "a", *"12345awnxq?")
        assert pilot.app.focused is not None
        assert getattr(pilot.app.focused, "value", "") == "12345awnxq?"
        assert done == []
