"""Passing notices: one at a time, and sentences that end once."""

from __future__ import annotations

import pytest
from app_kit import running, session

from companion.app import CompanionApp
from companion.domain.clock import FixedClock


async def test_a_notice_takes_the_place_of_the_one_before(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        app = pilot.app
        assert isinstance(app, CompanionApp)
        app.say("The first one.")
        await pilot.pause()
        app.say("You went to Family time with L..", mend="Ctrl+Z takes it back.")
        await pilot.pause()
        assert [n.message for n in app._notifications] == ["You went to Family time with L. Ctrl+Z takes it back."]


@pytest.mark.parametrize("keys", [("a",), ("a", "tab"), ("3", "l", "enter")], ids=["add", "form", "activity"])
async def test_no_notice_lies_over_a_form_or_the_safety_line(clock: FixedClock, keys: tuple[str, ...]) -> None:
    async with running(session(clock)) as pilot:
        app = pilot.app
        assert isinstance(app, CompanionApp)
        app.say("It was stored.")
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        assert not list(app._notifications)
