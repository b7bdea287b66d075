"""Passing notices: one at a time, and sentences that end once."""

from __future__ import annotations

from app_kit import running, session, shown

from companion.app import CompanionApp
from companion.domain.clock import FixedClock


async def test_a_notice_takes_the_place_of_the_one_before(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        app = pilot.app
        assert isinstance(app, CompanionApp)
        app.say("The first one.")
        app.say("You went to Family time with L..", mend="Ctrl+Z takes it back.")
        await pilot.pause()
        assert [n.message for n in app._notifications] == ["You went to Family time with L. Ctrl+Z takes it back."]
        assert "You went to Family" in shown(pilot) and "The first one" not in shown(pilot)
