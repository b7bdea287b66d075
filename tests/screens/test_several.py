"""Several of many: what is chosen in words, and the list to tick them in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from app_kit import running, session, shown
from conftest import NASTY
from textual.pilot import Pilot

from companion.domain.clock import FixedClock
from companion.screens.several import Several, TickList

OPTIONS = [("a", "apples"), ("b", "bread"), ("c", "cheese"), ("d", "dates")]


def several(value: str = "") -> Several:
    return Several(OPTIONS, value, question="What?", none="nothing", every="everything")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("", "nothing"),
        ("b", "bread"),
        ("c,a", "apples and cheese"),
        ("a,b,c", "apples, bread, and cheese"),
        ("a,b,c,d", "everything"),
        ("z,b,", "bread"),
    ],
)
def test_what_is_chosen_in_words(value: str, words: str) -> None:
    assert several(value).words == words


def test_more_than_three_are_counted() -> None:
    chosen = Several([*OPTIONS, ("e", "eggs")], "a,b,c,d", none="nothing")
    assert chosen.words == "apples, bread, cheese and 1 more"


def test_an_old_draft_may_hold_anything() -> None:
    control = several()
    control.value = "d,nonsense,,a"
    assert (control.value, control.chosen) == ("a,d", ("a", "d"))


async def ticked(chosen: tuple[str, ...], *keys: str) -> object:
    """What the list gives after those keys."""
    found: list[object] = []
    clock = FixedClock(datetime(2026, 11, 21, 14, tzinfo=UTC))
    async with running(session(clock)) as pilot:
        pilot.app.push_screen(TickList("What?", OPTIONS, chosen), found.append)
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        assert not isinstance(pilot.app.screen, TickList)
    return found[0]


@pytest.mark.parametrize(
    ("chosen", "keys", "given"),
    [
        ((), ("down", "enter"), ("b",)),  # one of many, as in any list
        (("b",), ("enter",), ("b",)),
        (("b",), ("space", "enter"), ()),
        ((), ("space", "down", "down", "space", "enter"), ("a", "c")),
        (("b",), ("down", "enter"), ("b", "c")),
        ((), ("a", "enter"), ("a", "b", "c", "d")),
        (("a", "b", "c", "d"), ("a", "enter"), ()),
        (("b",), ("space", "escape"), None),
    ],
)
async def test_the_list(chosen: tuple[str, ...], keys: tuple[str, ...], given: object) -> None:
    assert await ticked(chosen, *keys) == given


async def test_ticks_are_characters_and_nasty_words_harm_nothing() -> None:
    clock = FixedClock(datetime(2026, 11, 21, 14, tzinfo=UTC))
    async with running(session(clock)) as pilot:
        await _show(pilot, TickList(NASTY[0], list(enumerate_nasty()), ("1",)))
        text = shown(pilot)
        assert "[ ] [/x] [@click=app.quit]hi[/]" in text
        assert "[x] Call mum [/" in text


def enumerate_nasty() -> list[tuple[str, str]]:
    return [(str(number), text) for number, text in enumerate(NASTY[:3])]


async def _show(pilot: Pilot[None], dialog: TickList) -> None:
    pilot.app.push_screen(dialog)
    await pilot.pause()
