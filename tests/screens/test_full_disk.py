"""A disk that is full while she types, answers a question or goes elsewhere: a sentence, and no way out is shut."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from app_kit import TUESDAYS, event, running, session, shown, until

from companion.app import CompanionApp
from companion.domain.clock import FixedClock
from companion.errors import DiskFull
from companion.screens.next_days import NextDaysScreen
from companion.screens.quick_add import QuickAddForm
from companion.screens.support import SupportScreen
from companion.screens.today import TodayScreen
from companion.screens.trouble import TroubleScreen
from companion.services.session import Session

SENTENCE = "The disk is full."


def refuse(*_args: object, **_values: object) -> None:
    raise DiskFull(SENTENCE, "Make some room, then try again.")


@pytest.fixture
def full(clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A profile with a group every Tuesday, on a disk that takes nothing more."""
    opened = session(clock)
    opened.planner.add(event("Group", datetime(2026, 11, 24, 18), rule=TUESDAYS))
    monkeypatch.setattr("companion.screens.form.PAUSE", 0.01)
    monkeypatch.setattr(opened.database, "act", refuse)
    monkeypatch.setattr(opened.drafts, "keep", refuse)
    return opened


async def test_typing_goes_on_and_esc_asks_before_it_leaves(full: Session) -> None:
    async with running(full) as pilot:
        await pilot.press("a", *"Dent")
        form = pilot.app.screen
        assert isinstance(form, QuickAddForm)
        await until(pilot, lambda: SENTENCE in str(form.query_one("#form-error").visual))
        await pilot.press(*"ist")
        assert form.values()["sentence"] == "Dentist"
        await pilot.press("escape")
        assert pilot.app.screen is form
        assert "Esc again" in str(form.query_one("#form-error").visual)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, TodayScreen)


async def test_a_place_is_one_key_away_all_the_same(full: Session) -> None:
    async with running(full) as pilot:
        await pilot.press("a", *"Dent", "f7")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(pilot.app.screen, SupportScreen)


async def test_the_answer_to_a_question_that_can_not_be_stored_is_told(full: Session) -> None:
    async with running(full) as pilot:
        await pilot.press("2", "n", "x")
        assert "Cancel which ones?" in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, TroubleScreen)
        assert SENTENCE in shown(pilot)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, NextDaysScreen)


async def test_a_worker_that_meets_it_is_told_as_well(full: Session) -> None:
    async with running(full) as pilot:
        app = pilot.app
        assert isinstance(app, CompanionApp)
        for begin in (lambda: app.run_worker(refuse, thread=True), lambda: app.set_timer(0.01, refuse)):
            begin()
            await until(pilot, lambda: isinstance(app.screen, TroubleScreen))
            await app.pop_screen()
