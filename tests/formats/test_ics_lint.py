"""The linter finds what it is for: each breach of a good file gives its own code."""

from __future__ import annotations

from pathlib import Path

import pytest
from formats.ics_lint import lint

GOLDEN = Path(__file__).with_name("golden.ics").read_bytes()
GROUP = b"RRULE:FREQ=WEEKLY;UNTIL=20270402T035959Z;BYDAY=TU,TH"


def test_the_golden_file_is_clean() -> None:
    assert lint(GOLDEN) == []


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("W101", b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR"),
        ("E102", "naïve".encode(), b"na\xefve"),
        ("E103", b"END:VCALENDAR\r\n", b"END:VCALENDAR"),
        ("E104", b"VERSION:2.0\r\n", b"VERSION:2.0\n"),
        ("E105", b"SUMMARY:Clinic", b"SUMMARY:" + b"C" * 80),
        ("E107", "café".encode(), b"caf\xc3\r\n \xa9"),
        ("E108", b"CALSCALE", b"\r\nCALSCALE"),
        ("E109", b"SUMMARY:Clinic", b"SUMMARY:Cl\x1binic"),
        ("E110", b"SUMMARY:Clinic", b"SUMMARY"),
        ("E114", b"END:VALARM", b"END:VTODO"),
        ("E115", b"END:VCALENDAR\r\n", b""),
        ("E001", b"END:VCALENDAR\r\n", b"END:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
        ("E002", b"VERSION:2.0", b"VERSION:1.0"),
        ("E003", b"PRODID:", b"X-PRODID:"),
        ("W006", b"METHOD:PUBLISH", b"METHOD:REQUEST"),
        ("C001", b"X-WR-CALNAME:Schedule\r\n", b""),
        ("E201", b"20261105T093000", b"20261305T093000"),
        ("E202", b"DTSTART;VALUE=DATE:20270119", b"DTSTART:20270119"),
        ("E204", b"New_York:20261105T093000", b"New_York:20261105T093000Z"),
        ("E205", b"TRIGGER:-PT1H", b"TRIGGER:-P1H"),
        ("E302", GROUP, GROUP + b";BYDAY=TU,TH"),
        ("E303", GROUP, GROUP + b";BYMOON=1"),
        ("E304", GROUP, b"RRULE:FREQ=FORTNIGHTLY"),
        ("W305", GROUP, b"RRULE:BYDAY=TU,TH;FREQ=WEEKLY"),
        ("W306", GROUP, b"RRULE:FREQ=HOURLY"),
        ("E307", GROUP, GROUP + b";COUNT=3"),
        ("E308", GROUP, GROUP + b";INTERVAL=0"),
        ("E313", GROUP, b"RRULE:FREQ=WEEKLY;BYDAY=TU,XX"),
        ("E314", GROUP, b"RRULE:FREQ=WEEKLY;BYDAY=2TU"),
        ("E317", b"UNTIL=20270402T035959Z", b"UNTIL=20270402"),
        ("E318", b"UNTIL=20270402T035959Z", b"UNTIL=20270402T035959"),
        ("E320", b"BYDAY=TU,TH", b"BYDAY=MO,TH"),
        ("E321", b"UNTIL=20270402T035959Z", b"UNTIL=20250402T035959Z"),
        ("C343", GROUP, b"RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=5"),
        ("C344", b"BYDAY=2TH", b"BYDAY=TH;BYSETPOS=2"),
        ("E401", b"TZID:America/New_York\r\n", b""),
        ("E403", b"TZOFFSETTO:-0400\r\n", b""),
        ("E404", b"TZOFFSETTO:-0400", b"TZOFFSETTO:-4"),
        ("W407", b"RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", b"RDATE:20270314T020000"),
        ("W408", b"BEGIN:DAYLIGHT", b"BEGIN:DAYLIGHT\r\nEND:DAYLIGHT\r\nBEGIN:DAYLIGHT"),
        ("C409", b"RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", b"RRULE:FREQ=YEARLY;BYMONTH=3"),
        ("E411", b"BYDAY=1SU;BYMONTH=11", b"BYDAY=-1SU;BYMONTH=10"),
        ("E412", b"DTSTART;TZID=America/New_York:20261105", b"DTSTART;TZID=America/Chicago:20261105"),
        ("E414", b"DTSTART:20070311T020000", b"DTSTART:20070311T030000"),
        ("E502", b"TRIGGER:-PT1H\r\n", b""),
        ("E503", b"DESCRIPTION:Reminder\r\n", b""),
        ("W505", b"ACTION:DISPLAY", b"ACTION:EMAIL"),
        ("E506", b"TRIGGER:-PT1H", b"TRIGGER:-PT1H\r\nREPEAT:3"),
        ("W508", b"TRIGGER:-PT1H", b"TRIGGER;VALUE=DATE-TIME:20261120T120000Z"),
        ("W510", b"TRIGGER:-PT1H", b"TRIGGER:PT1H"),
        ("E601", b"SUMMARY:Clinic", b"SUMMARY:Clinic\r\nSUMMARY:Clinic"),
        ("E602", b"UID:2f0a0000-0000-4000-8000-000000000004@schedule.example\r\n", b""),
        (
            "W603",
            b"UID:2f0a0000-0000-4000-8000-000000000004@schedule.example",
            b"UID:" + b"\r\n ".join([b"u" * 60] * 5),
        ),
        ("E604", b"DTSTAMP:20261121T210000Z\r\n", b""),
        ("E605", b"DTSTAMP:20261121T210000Z", b"DTSTAMP:20261121T210000"),
        ("E607", b"DTSTART;TZID=America/New_York:20261105T093000\r\n", b""),
        ("E608", b"SUMMARY:Clinic", b"SUMMARY:Clinic\r\nDURATION:PT1H"),
        ("E609", b"DTEND;VALUE=DATE:20270120", b"DTEND:20270120T000000Z"),
        ("E610", b"DTEND;VALUE=DATE:20270120", b"DTEND;VALUE=DATE:20270119"),
        ("W611", b"DTEND;TZID=America/New_York:20261105T103000", b"DTEND:20261105T153000Z"),
        ("W614", b"DTEND;VALUE=DATE:20270120\r\n", b""),
        ("W616", b"DTSTART;TZID=America/New_York:20261105T093000", b"DTSTART:20261105T093000"),
        ("W617", b"DTSTART;TZID=America/New_York:20261020T180000", b"DTSTART:20261020T180000Z"),
        ("W618", b"SUMMARY:Clinic", b"SUMMARY:Clinic\r\nRDATE;TZID=America/New_York:20261113T140000"),
        ("E620", b"EXDATE;TZID=America/New_York:20261126T180000", b"EXDATE;VALUE=DATE:20261126"),
        ("E621", b"EXDATE;TZID=America/New_York:20261126T180000", b"EXDATE;TZID=America/New_York:20261126T190000"),
        ("W622", b"SUMMARY:Visit", b"SUMMARY:Visit\r\nEXDATE;TZID=America/New_York:20261105T093000"),
        ("W624", b"RECURRENCE-ID;TZID", b"RECURRENCE-ID;RANGE=THISANDFUTURE;TZID"),
        (
            "E625",
            b"UID:2f0a0000-0000-4000-8000-000000000004@schedule.example",
            b"UID:2f0a0000-0000-4000-8000-000000000005@schedule.example",
        ),
        ("E626", b"STATUS:CONFIRMED", b"STATUS:MAYBE"),
        ("E628", b"SEQUENCE:2", b"SEQUENCE:two"),
        ("W629", b"SUMMARY:Clinic\r\n", b""),
        ("E630", b"12 Mill St\\, room", b"12 Mill St, room"),
        ("E632", b"RECURRENCE-ID;TZID=America/New_York:20261224T180000", b"RECURRENCE-ID:20261224T230000Z"),
        ("E634", b"RECURRENCE-ID;TZID=America/New_York:20261224", b"RECURRENCE-ID;TZID=America/New_York:20261126"),
        ("C640", b"SUMMARY:Clinic", b"SUMMARY:Clinic\r\nORGANIZER:mailto:a@example.org"),
        ("C641", b"CLASS:PRIVATE\r\n", b""),
        ("C642", b"TRANSP:TRANSPARENT", b"TRANSP:OPAQUE"),
        ("W009", b"END:VCALENDAR", b"BEGIN:VTIMEZONE\r\nTZID:X\r\nEND:VTIMEZONE\r\nEND:VCALENDAR"),
        ("W413", b"BEGIN:VEVENT", b"BEGIN:VTIMEZONE\r\nTZID:X\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT"),
    ],
)
def test_each_breach_has_its_code(code: str, old: bytes, new: bytes) -> None:
    assert old in GOLDEN
    assert code in {problem.code for problem in lint(GOLDEN.replace(old, new, 1))}


def test_a_zone_begins_before_its_first_use() -> None:
    late = GOLDEN.replace(b"DTSTART:20070311", b"DTSTART:20280312").replace(b"DTSTART:20071104", b"DTSTART:20281105")
    assert "E409" in {problem.code for problem in lint(late)}


def test_an_override_needs_its_series() -> None:
    head, _, rest = GOLDEN.partition(b"UID:2f0a0000-0000-4000-8000-000000000001@schedule.example")
    codes = {problem.code for problem in lint(head + b"UID:another@schedule" + rest)}
    assert "W631" in codes
