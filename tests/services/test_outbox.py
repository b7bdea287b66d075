"""What goes to the phone: discreet, once, whole, and never over another file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from conftest import ZONE

from companion.domain.clock import FixedClock
from companion.domain.event import Event
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday
from companion.errors import InputError, UsageError
from companion.formats.ical_reader import read_calendar
from companion.services.session import Session
from companion.store.memory import memory_engine

TUESDAYS = RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1),))


@pytest.fixture
def session(clock: FixedClock) -> Session:
    opened = Session(memory_engine(), clock)
    opened.change_settings(zone=ZONE)
    return opened


def add(session: Session, title: str, start: datetime, **fields: object) -> Event:
    event = Event("", title, start, timedelta(hours=1), ZONE, kind="group-therapy")
    return session.planner.add(replace(event, **fields))


def titles(path: Path) -> list[str]:
    return [event.title for event in read_calendar(path.read_bytes(), zone=ZONE).events]


def test_titles_are_discreet_unless_she_says_otherwise(session: Session, tmp_path: Path) -> None:
    add(session, "Recovery skills group", datetime(2026, 11, 24, 18), rule=TUESDAYS)
    saved = session.outbox.save(tmp_path / "a.ics")
    assert saved.count == 1
    assert titles(tmp_path / "a.ics") == ["Class"]
    session.outbox.save(tmp_path / "b.ics", full=True)
    assert titles(tmp_path / "b.ics") == ["Recovery skills group"]


def test_an_unchanged_calendar_gives_the_same_bytes(session: Session, tmp_path: Path, clock: FixedClock) -> None:
    add(session, "Group", datetime(2026, 11, 24, 18), rule=TUESDAYS)
    session.outbox.save(tmp_path / "a.ics")
    clock.advance(timedelta(hours=5))
    session.outbox.save(tmp_path / "b.ics")
    assert (tmp_path / "a.ics").read_bytes() == (tmp_path / "b.ics").read_bytes()


def test_what_is_over_or_of_another_kind_stays_out(session: Session, tmp_path: Path) -> None:
    add(session, "Over", datetime(2026, 10, 1, 9))
    add(session, "Coming", datetime(2026, 12, 1, 9))
    add(session, "Hearing", datetime(2026, 12, 2, 9), kind="court")
    session.outbox.save(tmp_path / "a.ics", first=date(2026, 11, 21), full=True)
    assert titles(tmp_path / "a.ics") == ["Coming", "Hearing"]
    session.outbox.save(tmp_path / "b.ics", first=date(2026, 11, 21), kinds=("court",), full=True)
    assert titles(tmp_path / "b.ics") == ["Hearing"]
    session.outbox.save(tmp_path / "c.ics", until=date(2026, 11, 1), full=True)
    assert titles(tmp_path / "c.ics") == ["Over"]


def test_simple_files_hold_every_date_by_itself(session: Session, tmp_path: Path) -> None:
    add(session, "Group", datetime(2026, 11, 3, 18), rule=TUESDAYS)
    session.outbox.save(tmp_path / "a.ics", first=date(2026, 11, 21), until=date(2026, 12, 21), simple=True, full=True)
    plan = read_calendar((tmp_path / "a.ics").read_bytes(), zone=ZONE)
    assert [e.start.date() for e in plan.events] == [date(2026, 11, 24) + timedelta(days=7 * n) for n in range(4)]


def test_more_than_a_phone_takes_at_once_goes_out_in_numbered_files(session: Session, tmp_path: Path) -> None:
    start = datetime(2026, 12, 1, 9)
    with session.database.act(None) as work:
        from companion.store.events import EventStore

        stamp = session.clock.now()
        EventStore(session.database).add(
            work,
            [
                Event(f"{n}@x.example", "Visit", start + timedelta(hours=n), timedelta(minutes=30), ZONE, updated=stamp)
                for n in range(1_100)
            ],
        )
    saved = session.outbox.save(tmp_path / "a.ics")
    assert [path.name for path in saved.paths] == ["a-1.ics", "a-2.ics"]
    assert sum(len(titles(path)) for path in saved.paths) == 1_100


def test_nothing_is_written_over_and_nothing_to_write_is_said(session: Session, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        session.outbox.save(tmp_path / "a.ics")
    assert list(tmp_path.glob("*.ics")) == []
    add(session, "Group", datetime(2026, 11, 24, 18))
    session.outbox.save(tmp_path / "a.ics")
    before = (tmp_path / "a.ics").read_bytes()
    with pytest.raises(UsageError):
        session.outbox.save(tmp_path / "a.ics", full=True)
    assert (tmp_path / "a.ics").read_bytes() == before
