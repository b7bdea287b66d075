"""The 42 days of a month from 10,000 stored events, against recurring-ical-events on the same events."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from companion.domain.clock import FixedClock
from companion.domain.event import Event
from companion.services.session import Session, create_profile
from companion.store.events import EventStore
from tests.bench.data import GRID, NOW, ZONE, calendar
from tests.bench.measure import Figure, in_turn, milliseconds


def filled(folder: Path, events: list[Event]) -> Session:
    """A profile without words holding `events`."""
    folder.mkdir(exist_ok=True)
    session, _code = create_profile(folder, "bench", None, FixedClock(NOW), zone=ZONE)
    with session.database.act(None) as work:
        EventStore(session.database).add(work, events)
    return session


def by_recurring_ical_events(events: list[Event]) -> float:
    """Its warm `between` over the same events and days, in milliseconds."""
    import icalendar
    import recurring_ical_events

    from companion.formats.ical_writer import ExportOptions, write_calendar

    data = write_calendar(events, ExportOptions(full=True), updated=NOW).data
    query = recurring_ical_events.of(icalendar.Calendar.from_ical(data))
    return milliseconds(lambda: query.between(*GRID), runs=3)


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        recent = calendar(10_000, 500)
        session = filled(Path(name) / "recent", recent)
        days = GRID[0].date(), GRID[1].date()
        found = len(session.planner.between(*days))
        ours = milliseconds(lambda: session.planner.between(*days))
        yield Figure("42 days from 10,000 events, 500 repeating, warm", ours, 60, "ms", f"{found} occurrences")

        theirs = by_recurring_ical_events(recent)
        yield Figure(
            "… as a part of recurring-ical-events' warm between", ours / theirs, 1 / 12, "×", f"{theirs:.0f} ms"
        )

        old = filled(Path(name) / "old", calendar(10_000, 500, series_begin=datetime(2016, 8, 1)))
        aged, ours, ratio = in_turn(lambda: old.planner.between(*days), lambda: session.planner.between(*days))
        old.close()
        session.close()
        yield Figure("… with every series begun ten years earlier", ratio, 1.2, "×", f"{aged:.1f} / {ours:.1f} ms")
