"""What the journeys named after a pain share: a clinic's calendar as text, and the agenda as words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from companion.formats.plan_reader import read_data
from companion.formats.plan_table import TableOptions
from companion.services.intake import Preview
from companion.services.session import Session


def vevent(uid: str, start: str, *lines: str, title: str = "Group") -> str:
    """An appointment of an hour as RFC 5545 writes it; `start` is the whole DTSTART line."""
    head = ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T120000Z", start, "DURATION:PT1H", f"SUMMARY:{title}"]
    return "\r\n".join([*head, *lines, "END:VEVENT", ""])


def calendar_file(path: Path, *parts: str, name: str = "") -> Path:
    """An .ics with these components, from one and the same program each time."""
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Clinic//Planner//EN",
        *([f"X-WR-CALNAME:{name}"] if name else []),
    ]
    path.write_text("\r\n".join([*head, ""]) + "".join(parts) + "END:VCALENDAR\r\n", "utf-8", newline="")
    return path


def look_at(opened: Session, path: Path) -> Preview:
    """What the file would do. It is read in this process: the child that the app reads it in takes a fifth of a second
    to start, and has tests of its own."""
    (plan,) = read_data(path.read_bytes(), path.name, TableOptions(), opened.settings.zone)
    return opened.intake.preview_plan(plan)


def bring_in(opened: Session, path: Path) -> str:
    """Take what the file brings; gives what the preview said."""
    preview = look_at(opened, path)
    opened.intake.apply(preview)
    return preview.summary


def agenda(opened: Session, first: date, until: date) -> list[str]:
    """What the calendar shows: "Tue Nov 24 18:00 Group", with "(cancelled)" behind it where it is."""
    found = opened.planner.between(first, until)
    return [f"{o.start:%a %b %d %H:%M} {o.title}{' (cancelled)' if o.cancelled else ''}" for o in found]
