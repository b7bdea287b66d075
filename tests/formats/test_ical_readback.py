"""Splitting what is too big, and reading back what was written."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from formats.ical_events import THURSDAY, TUESDAY, UPDATED, WEEKLY, event, handful
from formats.ics_lint import lint

from companion.domain.event import Override
from companion.domain.recurrence import RecurrenceRule
from companion.errors import CompanionError
from companion.formats import ical_writer
from companion.formats.ical_writer import ExportOptions, read_back, write_calendar, write_calendars

DISCREET = ExportOptions(default_reminders=(1440, 120))


def test_big_exports_are_split_and_a_series_stays_with_its_overrides(monkeypatch: pytest.MonkeyPatch) -> None:
    moved = Override(datetime(2026, 12, 24, 18), start=datetime(2026, 12, 23, 16))
    short = RecurrenceRule(WEEKLY, by_day=(TUESDAY, THURSDAY), until=datetime(2027, 1, 1))
    many = [replace(handful()[0], uid=f"u{n}", rule=short, overrides=(moved,)) for n in range(510)]
    by_number = write_calendars(many, DISCREET, updated=UPDATED)
    assert [file.data.count(b"BEGIN:VEVENT") for file in by_number] == [1000, 20]
    monkeypatch.setattr(ical_writer, "MAX_BYTES", 150_000)
    by_size = write_calendars(many, DISCREET, updated=UPDATED)
    assert len(by_size) >= 3
    assert all(len(file.data) <= 150_000 for file in by_size)
    for files in (by_number, by_size):
        assert all(lint(file.data) == [] for file in files)
        assert sum(file.count for file in files) == 510
    read_back([file.data for file in by_size], many, DISCREET)
    assert any("bigger" in note.text for note in write_calendar(many, DISCREET, updated=UPDATED).notes)


def test_an_export_of_nothing_is_one_empty_calendar() -> None:
    files = write_calendars([], DISCREET, updated=UPDATED)
    assert [file.count for file in files] == [0]
    read_back(files[0].data, [], DISCREET)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"20261105T093000", b"20261105T103000"),
        (b"DTEND;TZID=America/New_York:20261020T193000", b"DTEND;TZID=America/New_York:20261020T203000"),
        (b"EXDATE;TZID=America/New_York:20261126T180000\r\n", b""),
        (b"UNTIL=20270402T035959Z", b"UNTIL=20270330T035959Z"),
        (b"UID:2f0a0000-0000-4000-8000-000000000002", b"UID:other"),
        (b"BYDAY=2TH", b"BYDAY=3TH"),
        (b"RECURRENCE-ID;TZID=America/New_York:20261224", b"RECURRENCE-ID;TZID=America/New_York:20261222"),
        (b"TZID=America/New_York:20261112", b"TZID=America/Chicago:20261112"),
        (b"VALUE=DATE:20270119", b"VALUE=DATE:20270118"),
        (b"DTSTART;", b"DTBEGIN;"),
    ],
)
def test_reading_back_finds_every_difference(old: bytes, new: bytes) -> None:
    data = write_calendar(handful(), DISCREET, updated=UPDATED).data
    assert old in data
    with pytest.raises(CompanionError, match="did not read back"):
        read_back(data.replace(old, new, 1) if old != b"DTSTART;" else data.replace(old, new), handful(), DISCREET)


def test_reading_back_finds_what_is_missing_and_what_is_too_much() -> None:
    data = write_calendar(handful(), DISCREET, updated=UPDATED).data
    for others in (handful()[:-1], [*handful(), event("more", datetime(2026, 12, 1, 9))]):
        with pytest.raises(CompanionError):
            read_back(data, others, DISCREET)
