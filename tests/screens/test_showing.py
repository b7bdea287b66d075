"""The filter's dialog: what a few keys give, that every line is reached, and that it stands in a small window."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from app_kit import running, session, shown
from conftest import NASTY
from textual.pilot import Pilot
from textual.widgets import OptionList

from companion.domain.clock import FixedClock
from companion.domain.showing import Choices, Showing
from companion.screens.showing import ShowingDialog

CLOCK = FixedClock(datetime(2026, 11, 21, 14, tzinfo=UTC))
CHOICES = Choices(("court", "group-therapy", "testing"), ("M.", "Leo"), ("Elm Clinic", "Riverside"))
NONE: frozenset[str] = frozenset()


def only(kinds: str = "", children: str = "", providers: str = "") -> Showing:
    return Showing(*(frozenset(filter(None, each.split("|"))) for each in (kinds, children, providers)))


async def given(pilot: Pilot[None], present: Showing, *keys: str) -> Showing | None:
    """What the dialog gives after those keys, the last of which closes it."""
    found: list[Showing | None] = []
    pilot.app.push_screen(ShowingDialog(present, CHOICES), found.append)
    await pilot.pause()
    await pilot.press(*keys)
    await pilot.pause()
    assert not isinstance(pilot.app.screen, ShowingDialog), shown(pilot)
    return found[0]


def at(pilot: Pilot[None]) -> str:
    listed = pilot.app.screen.query_one(OptionList)
    assert listed.highlighted is not None
    words = str(listed.get_option_at_index(listed.highlighted).prompt).split("] ")[-1]
    return words[2:] if words[1:2] == " " else words


async def test_a_few_keys_are_enough() -> None:
    async with running(session(CLOCK)) as pilot:
        assert await given(pilot, Showing(), "space", "enter") == only("court")
        assert await given(pilot, Showing(), "g", "enter") == only("group-therapy")
        assert await given(pilot, Showing(), "g", "space", "t", "space", "tab", "space", "enter") == only(
            "group-therapy|testing", "M."
        )
        assert await given(pilot, only("testing", "M.", "Riverside"), "a") == Showing()
        assert await given(pilot, only("testing"), "space", "g", "space", "enter") == only("group-therapy")
        assert await given(pilot, only("testing"), "space", "enter") == Showing()
        assert await given(pilot, only("testing"), "enter") == only("testing")
        assert await given(pilot, only("testing"), "g", "escape") is None


async def test_every_line_is_reached_and_headings_are_passed_over() -> None:
    async with running(session(CLOCK)) as pilot:
        await pilot.app.push_screen(ShowingDialog(Showing(), CHOICES))
        await pilot.pause()
        passed = [at(pilot)]
        for _ in range(7):
            await pilot.press("down")
            passed.append(at(pilot))
        lines = ["court and legal", "group therapy", "testing", "M.", "Leo", "Elm Clinic", "Riverside"]
        assert passed == [*lines, "court and legal"]
        groups = []
        for key in ("tab", "tab", "tab", "shift+tab", "shift+tab"):
            await pilot.press(key)
            groups.append(at(pilot))
        assert groups == ["M.", "Elm Clinic", "court and legal", "Elm Clinic", "M."]
        await pilot.press("r", "l")
        assert at(pilot) == "Leo"
        await pilot.press("x")
        assert at(pilot) == "Leo"
        assert [word in shown(pilot) for word in ("Kinds", "Children", "Services")] == [True] * 3


async def test_what_is_chosen_and_no_more_there_is_seen() -> None:
    async with running(session(CLOCK)) as pilot:
        await pilot.app.push_screen(ShowingDialog(only("benefits", "", "Oak"), CHOICES))
        await pilot.pause()
        assert "[x] N benefits" in shown(pilot)
        assert "[x] Oak" in shown(pilot)
        assert at(pilot) == "benefits"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_words_of_a_file_are_letters_in_every_size(size: tuple[int, int]) -> None:
    nasty = Choices(CHOICES.kinds, NASTY[:3], tuple(f"{each} {'long ' * 20}" for each in NASTY))
    async with running(session(CLOCK), size=size) as pilot:
        await pilot.app.push_screen(ShowingDialog(Showing(), nasty))
        await pilot.pause()
        assert "[@click=app.quit]" in shown(pilot)
        assert all(len(line) <= size[0] for line in shown(pilot).split("\n"))
        await pilot.press("tab", "tab", "end", "space")
        assert "[x] " in shown(pilot)
        assert "Space ticks" in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, ShowingDialog)


async def test_with_nothing_to_choose_it_can_be_left() -> None:
    async with running(session(CLOCK)) as pilot:
        found: list[Showing | None] = []
        pilot.app.push_screen(ShowingDialog(Showing(), Choices()), found.append)
        await pilot.pause()
        assert "Nothing is planned yet." in shown(pilot)
        await pilot.press("tab", "space", "x", "down", "escape")
        assert found == [None]
