"""A group on Tuesdays, half over, and what the calendar shows of it: for the journeys about editing a series."""

from __future__ import annotations

from datetime import date, datetime

from app_kit import TUESDAYS, event, session
from textual.pilot import Pilot

from companion.domain.attendance import Mark
from companion.domain.clock import FixedClock
from companion.domain.event import Occurrence
from companion.services.session import Session

LAST, NEXT = date(2026, 11, 17), date(2026, 11, 24)
DECEMBER = date(2026, 12, 1)


def with_group(clock: FixedClock) -> Session:
    """Group every Tuesday at 6 pm since the end of October; she went to the last one."""
    found = session(clock)
    found.planner.add(event("Group", datetime(2026, 10, 27, 18), rule=TUESDAYS))
    found.planner.mark(on(found, LAST), Mark.ATTENDED)
    return found


def on(opened: Session, day: date) -> Occurrence:
    (found,) = opened.planner.on(day)
    return found


def seen(opened: Session, first: date = date(2026, 10, 20), until: date = date(2026, 12, 24)) -> list[str]:
    """What the calendar shows, one word a session: "Tu 24 18" or "Tu 24 18 x" where it is cancelled."""
    return [f"{o.title} {o.start:%a %d %H}{' x' if o.cancelled else ''}" for o in opened.planner.between(first, until)]


async def keys(pilot: Pilot[None], *names: str) -> int:
    """Press keys; what begins with ' is typed. Gives how many were pressed, typing left out."""
    pressed = 0
    for name in names:
        pressed += not name.startswith("'")
        await pilot.press(*(name[1:] if name.startswith("'") else [name]))
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
    return pressed
