"""Pain 2: a series is edited, and what has been is rewritten or lost.

khal's own issue on it (#750) is open since 2018; calcurse drops the exceptions of a series when its repeat is edited
(doc/edit.txt); Tutanota has the same (#8500).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from app_kit import running, shown
from journeys.series_journey_kit import DECEMBER, LAST, NEXT, keys, on, seen, with_group

from companion.domain.clock import FixedClock
from companion.screens.event_form import EventForm
from companion.screens.form import Field
from companion.screens.occurrence import OccurrenceDialog


async def test_what_has_been_keeps_its_time_its_name_and_its_mark(clock: FixedClock) -> None:
    """The naive calendar rewrites the first session: history moves, marks hang on nothing, exceptions are dropped."""
    opened = with_group(clock)
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
