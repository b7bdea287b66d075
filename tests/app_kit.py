"""An app with a profile open, for tests of screens: in memory, at a fixed time, at a given size."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from companion.app import CompanionApp
from companion.domain.child import Child
from companion.domain.clock import Clock
from companion.domain.event import Event
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday
from companion.messages import ProfileOpened
from companion.services.session import Session
from companion.store.memory import memory_engine

ZONE = "America/New_York"
HOUR = timedelta(hours=1)
TUESDAYS = RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1),))
SIZES = ((80, 24), (60, 20), (120, 40))


def event(title: str, start: datetime, **fields: object) -> Event:
    """An hour of group in New York, unless `fields` say otherwise."""
    return replace(Event("", title, start, HOUR, ZONE, kind="group-therapy"), **fields)


def session(clock: Clock, *, child: bool = True) -> Session:
    """An open profile with nothing in it but, if wanted, a daughter of eight months."""
    opened = Session(memory_engine(), clock)
    opened.change_settings(zone=ZONE)
    if child:
        opened.people.put_child(Child("mia", "M.", born=date(2026, 3, 2)))
    return opened


class _Opened(CompanionApp):
    """Begins with nothing: the welcome, which most tests never see, took a fifth of the time to Today."""

    def start_screen(self) -> Screen[Any]:
        return Screen()


@asynccontextmanager
async def running(opened: Session, *, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    """The app at Today with `opened`. Only to be used inside a test, never from a fixture (Textual issue 4998)."""
    app = _Opened(None, clock=opened.clock)
    async with app.run_test(size=size) as pilot:
        app.post_message(ProfileOpened(opened))
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        yield pilot


async def until(pilot: Pilot[None], holds: Callable[[], bool], limit: float = 5.0) -> None:
    """Wait until it holds: what a timer or a thread does is not done at a time that can be told."""
    began = monotonic()
    while not holds():
        assert monotonic() - began < limit, shown(pilot)
        await pilot.pause(0.005)


def shown(pilot: Pilot[None]) -> str:
    """The screen as plain text."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)
