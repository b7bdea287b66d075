"""What people lament about series in other terminal calendars, as journeys through this one.

Each test says what the naive behavior is; it fails on that.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from string import ascii_lowercase

import pytest
from app_kit import TUESDAYS, event, running, session, shown
from textual.pilot import Pilot

from companion.domain.attendance import Mark
from companion.domain.clock import FixedClock
from companion.domain.event import Occurrence
from companion.screens.dialogs import Choice
from companion.screens.event_form import EventForm
from companion.screens.form import Field
from companion.screens.occurrence import OccurrenceDialog
from companion.services.session import Session

LAST, NEXT = date(2026, 11, 17), date(2026, 11, 24)
DECEMBER = date(2026, 12, 1)
WEEK = timedelta(weeks=1)


@pytest.fixture
def opened(clock: FixedClock) -> Session:
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


async def test_pain_3_no_this_and_future_and_no_way_back_for_a_cancelled_one(opened: Session) -> None:
    """The naive calendar knows "this" and "all" only, and a cancelled session is gone: nothing to bring back."""
    before = seen(opened)
    async with running(opened) as pilot:
        # "This and later" are words in a list; what was before stays.
        await keys(pilot, "g", "'dec 8", "enter", "x")
        assert "This one and all later ones" in shown(pilot)
        await keys(pilot, "down", "enter")
        assert [s for s in seen(opened) if not s.endswith("x")] == before[:6]
        assert len(seen(opened)) == len(before)  # cancelled ones are still to be seen
        # One of them comes back by itself, then the rest.
        await keys(pilot, "tab", "enter", "b", "enter")
        assert seen(opened)[6:] == ["Group Tue 08 18", "Group Tue 15 18 x", "Group Tue 22 18 x"]
        await keys(pilot, "g", "'dec 15", "enter", "tab", "enter", "b", "down", "enter")
        assert seen(opened) == before
        # This and later move to Wednesdays, in few keys and never out of sight of what that means.
        await keys(pilot, "g", "'dec 1", "enter", "tab", "enter")
        pressed = await keys(pilot, "m", "'wed dec 2", "up", "right")
        assert "Every Wednesday" in shown(pilot)
        assert pressed + await keys(pilot, "ctrl+s") <= 4
    assert seen(opened)[:5] == before[:5]
    assert seen(opened)[5:] == [f"Group Wed {day} 18" for day in ("02", "09", "16", "23")]
    assert on(opened, date(2026, 12, 9)).event.continues == on(opened, NEXT).event.uid


async def test_pain_4_one_slip_deletes_all(opened: Session) -> None:
    """The naive calendar asks "s(ingle) or a(ll)?": the neighbor key deletes years, at once and for good."""
    before = seen(opened)
    async with running(opened) as pilot:
        await keys(pilot, "g", "'dec 1", "enter", "x")
        for letter in ascii_lowercase:
            await keys(pilot, letter)
            assert seen(opened) == before and isinstance(pilot.app.screen, Choice)
        await keys(pilot, "escape")
        assert seen(opened) == before
        # Enter alone takes the answer that does least.
        await keys(pilot, "x", "enter")
        assert [s for s in seen(opened) if s.endswith("x")] == ["Group Tue 01 18 x"]
        await keys(pilot, "ctrl+z")
        # And the slip itself is one step back, the past untouched meanwhile, also after the app was closed.
        await keys(pilot, "x", "end", "up", "enter")
        assert [s for s in seen(opened) if not s.endswith("x")] == before[:4]
        assert opened.planner.marks(LAST, NEXT)
    async with running(opened) as pilot:
        await keys(pilot, "2", "ctrl+z")
        assert "Undo: cancelled all of Group." in next(n.message for n in pilot.app._notifications)
    assert seen(opened) == before


async def test_pain_2_editing_a_series_destroys_it(opened: Session) -> None:
    """The naive calendar rewrites the first session: history moves, marks hang on nothing, exceptions are dropped."""
    opened.planner.cancel(on(opened, DECEMBER))
    opened.planner.move(on(opened, date(2026, 12, 8)), datetime(2026, 12, 10, 9))
    async with running(opened) as pilot:
        await keys(pilot, "g", "'nov 24", "enter", "tab", "enter", "c", "end", "enter")
        form = pilot.app.screen
        assert isinstance(form, EventForm)
        form.query_one("#field-title", Field).fill("Circle")
        form.query_one("#field-day", Field).fill("wed")
        form.query_one("#field-start", Field).fill("7pm")
        await pilot.pause()
        await keys(pilot, "ctrl+s")
        assert not isinstance(pilot.app.screen, EventForm), shown(pilot)
    assert seen(opened) == [
        "Group Tue 27 18",
        "Group Tue 03 18",
        "Group Tue 10 18",
        "Group Tue 17 18",
        "Circle Wed 25 19",
        "Circle Wed 02 19 x",  # still cancelled
        "Circle Thu 10 09",  # still where it was put by itself
        "Circle Wed 16 19",
        "Circle Wed 23 19",
    ]
    past = on(opened, LAST)
    (mark,) = opened.planner.marks(LAST, NEXT).values()
    assert (mark.uid, mark.recurrence_id, mark.title, mark.start) == (*past.key, "Group", past.start)
    async with running(opened) as pilot:
        pilot.app.push_screen(OccurrenceDialog(past))
        await pilot.pause()
        assert "You went" in shown(pilot)
    opened.planner.undo()
    opened.planner.remove(replace(on(opened, DECEMBER).event))
    assert seen(opened) == ["Group Tue 27 18", "Group Tue 03 18", "Group Tue 10 18", "Group Tue 17 18"]
