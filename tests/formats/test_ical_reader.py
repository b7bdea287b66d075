"""What files from elsewhere look like, and what is made of them (docs/icalendar.md, "Reading")."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from conftest import NASTY
from formats.ical_events import UPDATED, handful
from formats.ical_files import GOLDEN, HEAD, HOUR, NEW_YORK, TAIL, dates, one, read, said, vevent, visit
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.event import Status
from companion.domain.expansion import occurrences
from companion.domain.finding import Finding, Level
from companion.domain.text import is_clean
from companion.errors import FileRefused
from companion.formats.ical_writer import ExportOptions, write_calendar

# A good file


def test_a_phone_file_comes_back_whole() -> None:
    plan = read(GOLDEN)
    assert plan.findings == ()
    assert [item.id for item in plan.items] == [e.uid for e in sorted(handful(), key=lambda e: e.start)]
    group = next(event for event in plan.events if event.title == "IOP group")
    wanted = handful()[0]
    assert (group.start, group.duration, group.zone, group.rule) == (
        wanted.start,
        wanted.duration,
        NEW_YORK,
        wanted.rule,
    )
    assert group.skips == (datetime(2026, 11, 26, 18), datetime(2026, 12, 31, 18))
    assert [(o.recurrence_id, o.start, o.title) for o in group.overrides] == [
        (datetime(2026, 12, 24, 18), datetime(2026, 12, 23, 16), None)
    ]
    assert (group.location, group.notes, group.reminders) == (wanted.location, wanted.notes, (60,))
    assert (group.sequence, group.updated) == (2, UPDATED)
    assert group.origin is not None
    assert (group.origin.source, group.origin.key, group.origin.revision) == (plan.header.id, wanted.uid, 2)
    assert plan.header.revision == 0
    assert plan.header.title == "Schedule"
    assert [event.status for event in plan.events].count(Status.CANCELLED) == 1


def test_findings_have_the_line_of_their_vevent() -> None:
    plan = read(visit() + visit("RRULE:FREQ=HOURLY", uid="UID:u2"))
    assert [finding.line for finding in plan.findings] == [10]
    assert str(plan.findings[0]).startswith('clinic.ics:10 item "Visit": It repeats more often than once a day.')
    assert [item.id for item in plan.items] == ["u1"]


# The file around the events


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"\r\n", b"\n"),
        lambda data: data.replace(b"\r\n", b"\r"),
        lambda data: data.replace(b"\r\n", b"\r\r\n"),
        lambda data: data.replace(b"\r\n", b"\r\n\r\n"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.decode().encode("utf-16"),
        lambda data: data.decode().encode("utf-16-be"),
        lambda data: b"<!-- from the portal -->\r\n" + data,
        lambda data: data + b"\r\n\x1a",
        lambda data: data.replace(b"END:VCALENDAR\r\n", b""),
        lambda data: data.replace(b"END:VEVENT\r\n", b"", 1),
        lambda data: data.replace(b"END:VALARM\r\n", b""),
        lambda data: data.replace(b"BEGIN:VEVENT", b"begin:vevent"),
        lambda data: data.replace(b"SUMMARY", b"summary"),
    ],
)
def test_a_file_with_a_bent_frame_gives_the_same_appointments(change: object) -> None:
    plain, bent = read(GOLDEN), read(change(GOLDEN))  # type: ignore[operator]
    assert [e.title for e in bent.events] == [e.title for e in plain.events]
    assert [dates(e) for e in bent.events] == [dates(e) for e in plain.events]
    assert bent.errors == ()


def test_old_encodings_are_read_and_said() -> None:
    plan = read((HEAD + visit().replace("Visit", "Müller") + TAIL).encode("cp1252"))
    assert plan.events[0].title == "Müller"
    assert "Windows" in said(plan)


def test_a_character_split_by_a_fold_is_whole_again() -> None:
    assert one((HEAD + visit() + TAIL).encode().replace(b"Visit", b"caf\xc3\r\n \xa9")).title == "café"


def test_several_calendars_in_one_file() -> None:
    both = (HEAD + visit() + TAIL + HEAD + visit(uid="UID:u2") + TAIL).encode()
    assert [item.id for item in read(both).items] == ["u1", "u2"]


def test_a_bare_event_is_a_calendar_too() -> None:
    assert one(visit().encode()).start == datetime(2026, 12, 1, 9)


@pytest.mark.parametrize("data", [b"", b"\0" * 300, b"<html>Login</html>", b"END:VEVENT\r\n" * 9, b"x" * 5_000_001])
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused):
        read(data)


def test_a_calendar_without_appointments_says_so() -> None:
    plan = read("BEGIN:VTODO\r\nSUMMARY:x\r\nEND:VTODO\r\n")
    assert plan.items == ()
    assert "no appointment" in said(plan)
    assert "1 task or note" in said(plan)


def test_one_broken_event_does_not_lose_the_others() -> None:
    broken = visit("BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P1H\r\nEND:VALARM", uid="UID:u2") + vevent(
        "SUMMARY:x", uid="UID:u3"
    )
    plan = read(visit() + broken + visit(uid="UID:u4", start="DTSTART:20261301T090000"))
    assert [item.id for item in plan.items] == ["u1", "u2"]
    assert [finding.line for finding in plan.errors] == [20, 24]
    assert "1 reminder" in said(plan)


# Zones


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("America/Chicago", "America/Chicago"),
        ("Central Standard Time", "America/Chicago"),
        ('"Central Standard Time"', "America/Chicago"),
        ("/mozilla.org/20050126_1/America/Chicago", "America/Chicago"),
        ('"(UTC-06:00) Central Time (US & Canada)"', "America/Chicago"),
        ("UTC", "UTC"),
    ],
)
def test_zones_by_name(tzid: str, zone: str) -> None:
    plan = read(visit(start=f"DTSTART;TZID={tzid}:20261201T090000"))
    assert (plan.events[0].zone, plan.events[0].start) == (zone, datetime(2026, 12, 1, 9))
    assert all(finding.level is Level.NOTE for finding in plan.findings)


def vtimezone(tzid: str, summer: str, winter: str, start: int = 1601) -> str:
    onsets = (("DAYLIGHT", winter, summer, "3", "2SU"), ("STANDARD", summer, winter, "11", "1SU"))
    parts = "".join(
        f"BEGIN:{name}\r\nDTSTART:{start}0101T020000\r\nTZOFFSETFROM:{before}\r\nTZOFFSETTO:{after}\r\n"
        f"RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY={day}\r\nEND:{name}\r\n"
        for name, before, after, month, day in onsets
    )
    return f"BEGIN:VTIMEZONE\r\nTZID:{tzid}\r\n{parts}END:VTIMEZONE\r\n"


CUSTOM = "DTSTART;TZID=Customized Time Zone:20261201T090000"


def test_a_zone_that_only_the_file_describes_is_recognised() -> None:
    plan = read(vtimezone("Customized Time Zone", "-0600", "-0700") + visit(start=CUSTOM))
    assert plan.events[0].zone == "America/Denver"
    assert "keeps the same clock as America/Denver" in said(plan)


def test_the_description_may_come_after_the_events() -> None:
    plan = read(visit(start=CUSTOM) + vtimezone("Customized Time Zone", "-0400", "-0500"))
    assert plan.events[0].zone == NEW_YORK


def test_one_file_does_not_teach_the_next_one_its_zones() -> None:
    assert one(vtimezone("Customized Time Zone", "-0400", "-0500") + visit(start=CUSTOM)).zone == NEW_YORK
    assert one(vtimezone("Customized Time Zone", "-0700", "-0800") + visit(start=CUSTOM)).zone == "America/Los_Angeles"
    plan = read(visit(start=CUSTOM))
    assert plan.events[0].zone == NEW_YORK
    assert "is not known" in said(plan)
    assert plan.findings[0].level is Level.WARNING


def test_a_fixed_offset_and_a_strange_one() -> None:
    observance = "DTSTART:19700101T000000\r\nTZOFFSETFROM:{0}\r\nTZOFFSETTO:{0}\r\n"
    fixed = f"BEGIN:VTIMEZONE\r\nTZID:Odd\r\nBEGIN:STANDARD\r\n{observance}END:STANDARD\r\nEND:VTIMEZONE\r\n"
    at = visit(start="DTSTART;TZID=Odd:20261201T090000")
    assert one(fixed.format("+0300") + at).zone == "Etc/GMT-3"
    assert one(fixed.format("-0500") + at, zone="America/Bogota").zone == "America/Bogota"
    for nonsense in ("+5328", "+053000", "-5", ""):
        plan = read(fixed.format(nonsense) + at)
        assert len(plan.events) == 1


def test_times_without_zone_are_hers_or_the_calendars() -> None:
    floating = visit(start="DTSTART:20261201T090000")
    assert one(floating).zone == NEW_YORK
    assert one("X-WR-TIMEZONE:America/Chicago\r\n" + floating).zone == "America/Chicago"


def test_a_single_time_in_utc_is_shown_on_her_clock() -> None:
    single = one(visit(start="DTSTART:20261201T140000Z"))
    assert (single.start, single.zone) == (datetime(2026, 12, 1, 9), NEW_YORK)


def test_the_hour_that_comes_twice_keeps_its_instant() -> None:
    first, second = (one(visit(start=f"DTSTART:20261101T0{hour}3000Z")) for hour in (5, 6))
    assert (first.start, first.zone) == (datetime(2026, 11, 1, 1, 30), NEW_YORK)
    assert (second.start, second.zone) == (datetime(2026, 11, 1, 6, 30), "UTC")


def test_a_series_in_utc_stays_there_and_that_is_said() -> None:
    plan = read(visit("RRULE:FREQ=WEEKLY", start="DTSTART:20261020T220000Z"))
    assert (plan.events[0].zone, plan.events[0].start) == ("UTC", datetime(2026, 10, 20, 22))
    assert "world time" in said(plan)


def test_a_z_beside_a_tzid_is_utc() -> None:
    assert one(visit(start="DTSTART;TZID=America/New_York:20261201T140000Z")).start == datetime(2026, 12, 1, 9)


# Start, end, length


@pytest.mark.parametrize(
    ("lines", "start", "duration"),
    [
        (("DTSTART;VALUE=DATE:20261201",), datetime(2026, 12, 1), timedelta(days=1)),
        (("DTSTART:20261201",), datetime(2026, 12, 1), timedelta(days=1)),
        (("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261204"), datetime(2026, 12, 1), timedelta(days=3)),
        (("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261201"), datetime(2026, 12, 1), timedelta(days=1)),
        (("DTSTART;VALUE=DATE:20261201", "DURATION:P2D"), datetime(2026, 12, 1), timedelta(days=2)),
        (("DTSTART;VALUE=DATE:20261201", "DURATION:PT36H"), datetime(2026, 12, 1), timedelta(days=2)),
        (("DTSTART:20261201T0900", "DTEND:20261201T1030"), datetime(2026, 12, 1, 9), timedelta(minutes=90)),
        (("DTSTART:20261201T090000", "DTEND;TZID=America/Chicago:20261201T090000"), datetime(2026, 12, 1, 9), HOUR),
        (("DTSTART:20261201T140000Z", "DTEND:20261201T150000Z"), datetime(2026, 12, 1, 9), HOUR),
        (("DTSTART:20261201T090000", "DURATION:P1D"), datetime(2026, 12, 1, 9), timedelta(days=1)),
        (("DTSTART:20260308T000000", "DURATION:PT3H"), datetime(2026, 3, 8), timedelta(hours=4)),
        (("DTSTART:20260308T000000", "DTEND:20260308T030000"), datetime(2026, 3, 8), timedelta(hours=3)),
        (("DTSTART:20261201T090000", "DTEND:20261201T090000"), datetime(2026, 12, 1, 9), timedelta()),
    ],
)
def test_starts_and_lengths(lines: tuple[str, ...], start: datetime, duration: timedelta) -> None:
    found = one(vevent(*lines, "SUMMARY:x"))
    assert (found.start, found.duration) == (start, duration)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("DTSTART:20261201T090000",), "no end"),
        (("DTSTART:20261201T090000", "DTEND:20261130T090000"), "before it starts"),
        (("DTSTART:20261201T090000", "DURATION:-PT1H"), "before it starts"),
        (("DTSTART:20261201T090000", "DURATION:P500D"), "longer"),
        (("DTSTART:20261201T090000", "DURATION:P40D", "RRULE:FREQ=DAILY"), "longer"),
    ],
)
def test_a_length_that_makes_no_sense_becomes_the_usual_one_and_that_is_said(
    lines: tuple[str, ...], words: str
) -> None:
    plan = read(vevent(*lines, "SUMMARY:group"))
    assert plan.events[0].duration == timedelta(minutes=90)
    assert words in said(plan)


@pytest.mark.parametrize(
    "lines",
    [
        ("SUMMARY:x",),
        ("DTSTART:",),
        ("DTSTART:tomorrow",),
        ("DTSTART:20261301T090000",),
        ("DTSTART:00000101T090000",),
        ("DTSTART:99991231T235959Z",),
        ("DTSTART:19691231T235959",),
        ("DTSTART:21010101T000000",),
        ("DTSTART:20261201T090000", "DTSTART:20261202T090000"),
        ("DTSTART:20261201T090000", "DTEND:whenever"),
        ("DTSTART:20261201T090000", "DURATION:P999999999999D"),
        ("DTSTART:20261201T090000", "RRULE:FREQ=WEEKLY", "RRULE:FREQ=DAILY"),
        ("DTSTART:20261201T090000", "RRULE:FREQ=MINUTELY"),
        ("DTSTART:20261201T090000", "RRULE:FREQ=DAILY;INTERVAL=0"),
        ("DTSTART:20261201T090000", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        ("DTSTART:20261201T090000", "RRULE:FREQ=YEARLY;BYWEEKNO=20"),
        ("DTSTART:20261201T090000", "RRULE:FREQ=WEEKLY", "EXRULE:FREQ=WEEKLY"),
        ("DTSTART:20261201T090000", "RRULE:FREQ=WEEKLY", "EXDATE:never"),
        ("DTSTART:20261201T090000", "RDATE:sometimes"),
        ("DTSTART:20261201T090000", "RECURRENCE-ID:x"),
    ],
)
def test_what_can_not_be_read_is_refused_with_a_sentence(lines: tuple[str, ...]) -> None:
    plan = read(vevent(*lines) + visit(uid="UID:good"))
    assert [item.id for item in plan.items] == ["good"]
    assert len(plan.errors) == 1
    assert plan.errors[0].text.endswith(".")
    assert "Error" not in plan.errors[0].text


# Status, method, texts


@pytest.mark.parametrize(
    ("head", "lines", "title"),
    [
        ("", ("STATUS:CANCELLED",), "Visit"),
        ("METHOD:CANCEL\r\n", (), "Visit"),
        ("", ("STATUS:CONFIRMED",), "Canceled: Visit"),
        ("", (), "CANCELLED: Visit"),
    ],
)
def test_cancelled_appointments(head: str, lines: tuple[str, ...], title: str) -> None:
    found = one(head + visit(*lines).replace("SUMMARY:Visit", f"SUMMARY:{title}"))
    assert (found.status, found.title) == (Status.CANCELLED, "Visit")


def test_tentative_and_unknown_status() -> None:
    assert one(visit("STATUS:TENTATIVE")).status is Status.TENTATIVE
    assert one(visit("STATUS:NEEDS-ACTION")).status is Status.CONFIRMED


@pytest.mark.parametrize(
    ("alarm", "minutes"),
    [
        ("ACTION:DISPLAY\r\nTRIGGER:-PT15M", (15,)),
        ("ACTION:AUDIO\r\nTRIGGER:-P1D", (1440,)),
        ("ACTION:DISPLAY\r\nTRIGGER;RELATED=START:PT0S", (0,)),
        ("ACTION:DISPLAY\r\nTRIGGER:PT15M", None),
        ("ACTION:DISPLAY\r\nTRIGGER;RELATED=END:-PT15M", None),
        ("ACTION:DISPLAY\r\nTRIGGER;VALUE=DATE-TIME:20261201T080000Z", None),
        ("ACTION:NONE\r\nTRIGGER;VALUE=DATE-TIME:19760401T005545Z", None),
        ("ACTION:EMAIL\r\nTRIGGER:-PT15M", None),
        ("ACTION:DISPLAY\r\nTRIGGER:-P1H", None),
        ("ACTION:DISPLAY", None),
    ],
)
def test_reminders(alarm: str, minutes: tuple[int, ...] | None) -> None:
    plan = read(visit(f"BEGIN:VALARM\r\n{alarm}\r\nEND:VALARM"))
    assert plan.events[0].reminders == minutes
    assert ("reminder" in said(plan)) == (minutes is None and "NONE" not in alarm)


def test_a_kind_is_taken_from_a_name_and_never_guessed() -> None:
    assert one(visit("CATEGORIES:Health,Support group")).kind == "support-group"
    assert one(visit().replace("Visit", "IOP")).kind == "group-therapy"
    assert one(visit().replace("Visit", "Lunch near the court")).kind == "other"


def test_links_and_texts() -> None:
    found = one(visit("LOCATION:https://meet.example/x", "DESCRIPTION:a\\nb\\, c\\\\n", "CONTACT:Front desk"))
    assert (found.online, found.location, found.notes, found.contact) == (
        "https://meet.example/x",
        "",
        "a\nb, c\\n",
        "Front desk",
    )


@pytest.mark.parametrize("nasty", NASTY)
def test_nasty_text_is_clean_afterwards(nasty: str) -> None:
    plan = read(
        f"X-WR-CALNAME:{nasty}\r\n"
        + visit(f"LOCATION:{nasty}", f"DESCRIPTION:{nasty}", f"CATEGORIES:{nasty}").replace("Visit", nasty)
    )
    found = plan.events[0]
    for text in (plan.header.title, found.title, found.location, found.notes, found.uid, said(plan)):
        assert is_clean(text, lines=True)


def test_a_uid_is_text_too() -> None:
    assert one(visit(uid="UID:a\\;b\\,c")).uid == one(visit(uid="UID:a;b,c")).uid == "a;b,c"


def test_an_event_without_uid_keeps_the_one_it_is_given() -> None:
    text = visit(uid="")
    assert one(text).uid == one(text).uid != one(text.replace("Visit", "Other")).uid
    assert len(one(visit(uid="UID:" + "u" * 300)).uid) == 36


# Which calendar it is


def test_a_newer_export_is_the_same_source() -> None:
    def source(*lines: str) -> str:
        return read("".join(f"{line}\r\n" for line in lines) + visit()).header.id

    assert source("X-WR-CALNAME:Clinic") == source("X-WR-CALNAME:Clinic", "METHOD:PUBLISH")
    assert source("X-WR-CALNAME:Clinic") != source("X-WR-CALNAME:Court")
    assert source("X-WR-RELCALID:1", "X-WR-CALNAME:Clinic") == source("X-WR-RELCALID:1", "X-WR-CALNAME:Renamed")
    newer = (HEAD + visit() + TAIL).replace("Planner 3.1", "Planner 4.0").encode()
    assert read(newer).header.id == source()
    assert source("METHOD:REQUEST") != read("METHOD:REQUEST\r\n" + visit(uid="UID:u2")).header.id
    assert source().startswith("ical:")


# What may not happen


@settings(max_examples=120)
@given(st.data())
def test_no_damage_to_a_file_causes_anything_but_findings(data: st.DataObject) -> None:
    """Bytes changed, dropped, doubled anywhere in a good file."""
    text = bytearray(GOLDEN)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(text) - 1))
        length = data.draw(st.integers(0, 40))
        new = data.draw(
            st.sampled_from([b"", b"\r\n", b"\xff", b"=", b":", b";", b"9" * 20, b'"', bytes(text[place : place + 60])])
        )
        text[place : place + length] = new
    try:
        plan = read(bytes(text))
    except FileRefused:
        return
    for event in plan.events:
        occurrences(event, datetime(2026, 11, 1), datetime(2026, 12, 31))
        assert 1970 <= event.start.year <= 2100
    assert all(isinstance(finding, Finding) and finding.text for finding in plan.findings)


def test_what_is_written_and_read_and_written_again_is_the_same() -> None:
    options = ExportOptions(full=True, update=True)
    once = write_calendar(handful(), options, updated=UPDATED).data
    again = write_calendar(read(once).events, options, updated=datetime(2030, 1, 1, tzinfo=UTC)).data
    assert again.replace(b"\r\n", b"\n").decode().splitlines() == once.replace(b"\r\n", b"\n").decode().splitlines()
