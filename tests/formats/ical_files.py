"""Small calendar files as text, and what is read from them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from companion.domain.event import Event
from companion.domain.expansion import occurrences
from companion.domain.plan import Plan
from companion.formats.ical_reader import read_calendar

NEW_YORK = "America/New_York"
GOLDEN = Path(__file__).with_name("golden.ics").read_bytes()
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Clinic//Planner 3.1//EN\r\n"
TAIL = "END:VCALENDAR\r\n"
HOUR = timedelta(hours=1)


def vevent(*lines: str, uid: str = "UID:u1") -> str:
    return "\r\n".join(["BEGIN:VEVENT", *([uid] if uid else []), *lines, "END:VEVENT", ""])


def visit(*lines: str, start: str = "DTSTART;TZID=America/New_York:20261201T090000", uid: str = "UID:u1") -> str:
    """A visit of an hour on Tuesday 1 December 2026, with more lines."""
    return vevent(start, "DURATION:PT1H", "SUMMARY:Visit", *lines, uid=uid)


def read(text: str | bytes, zone: str = NEW_YORK) -> Plan:
    data = text if isinstance(text, bytes) else (HEAD + text + TAIL).encode()
    return read_calendar(data, zone=zone, file="clinic.ics")


def one(text: str | bytes, zone: str = NEW_YORK) -> Event:
    plan = read(text, zone)
    assert plan.errors == ()
    assert len(plan.events) == 1
    return plan.events[0]


def said(plan: Plan) -> str:
    return "\n".join(str(finding) for finding in plan.findings)


def dates(event: Event) -> list[datetime]:
    return [o.start for o in occurrences(event, datetime(2026, 1, 1), datetime(2027, 12, 31)) if not o.cancelled]


def december(*days: int, hour: int = 9) -> list[datetime]:
    return [datetime(2026, 12, day, hour) for day in days]
