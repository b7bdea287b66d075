from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from conftest import NASTY
from formats.ical_events import (
    DAILY,
    HOUR,
    MONTHLY,
    THURSDAY,
    TUESDAY,
    UPDATED,
    WEEKLY,
    YEARLY,
    event,
    events,
    handful,
)
from formats.ics_lint import lint
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.event import Event, Override, Status
from companion.domain.expansion import occurrences
from companion.domain.finding import Level
from companion.domain.recurrence import RecurrenceRule, Weekday
from companion.formats.ical_writer import ExportOptions, read_back, write_calendar, write_calendars

GOLDEN = Path(__file__).with_name("golden.ics")
DISCREET = ExportOptions(default_reminders=(1440, 120))
FULL = replace(DISCREET, full=True)


def written(*found: Event, options: ExportOptions = DISCREET) -> str:
    """The file of these events, unfolded; it is lint-free and reads back."""
    file = write_calendar(found, options, updated=UPDATED)
    assert lint(file.data) == []
    read_back(file.data, found, options)
    return file.data.replace(b"\r\n ", b"").decode()


def lines(text: str, name: str) -> list[str]:
    return re.findall(rf"^({name}[;:].*)\r$", text, re.MULTILINE)


# The file as a whole


def test_the_golden_file() -> None:
    """Byte for byte what golden.ics holds. A change here is a change on every phone: look at it, then write it anew."""
    file = write_calendar(handful(), replace(FULL, update=True), updated=UPDATED)
    assert file.data == GOLDEN.read_bytes()
    assert lint(file.data) == []
    assert file.count == 5
    read_back(file.data, handful(), replace(FULL, update=True))


def test_the_same_events_in_any_order_give_the_same_bytes() -> None:
    once = write_calendar(handful(), DISCREET, updated=UPDATED).data
    again = write_calendar(reversed(handful()), DISCREET, updated=UPDATED + HOUR).data
    assert once == again


def test_every_line_is_short_ends_in_crlf_and_splits_no_character() -> None:
    data = write_calendar([event("a", datetime(2026, 12, 1, 9), title="é—🌱" * 60)], FULL, updated=UPDATED).data
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


@settings(max_examples=50)
@given(st.lists(events(), max_size=3, unique_by=lambda found: found.uid), st.integers(0, 15))
def test_whatever_is_written_is_lint_free_and_reads_back(found: list[Event], flags: int) -> None:
    options = replace(
        DISCREET, full=bool(flags & 1), places=bool(flags & 2), simple=bool(flags & 4), update=bool(flags & 8)
    )
    files = write_calendars(found, options, updated=UPDATED)
    for file in files:
        assert [p for p in lint(file.data) if file.count or p.code != "E007"] == []  # an empty calendar is one too
    read_back([file.data for file in files], found, options)


# Against another reader


def other_reading(data: bytes, low: datetime, high: datetime) -> Counter[tuple[str, object, object]]:
    """UID, start and end of every date by icalendar and recurring-ical-events."""
    found: Counter[tuple[str, object, object]] = Counter()
    for each in recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(low, high):
        start, end = each["DTSTART"].dt, each["DTEND"].dt
        if isinstance(start, datetime):
            start, end = start.astimezone(UTC), end.astimezone(UTC)
        found[str(each["UID"]), start, end] += 1
    return found


def our_reading(found: list[Event], low: datetime, high: datetime) -> Counter[tuple[object, object]]:
    expected: Counter[tuple[object, object]] = Counter()
    for one in found:
        here = ZoneInfo(one.zone)
        for o in occurrences(one, low, high):
            if one.all_day:
                expected[o.start.date(), o.end.date()] += 1
            else:
                expected[o.start.replace(tzinfo=here).astimezone(UTC), o.end.replace(tzinfo=here).astimezone(UTC)] += 1
    return expected


@settings(max_examples=60)
@given(events(first_hour=5, last_hour=21))
def test_another_reader_sees_the_same_dates_over_two_years(one: Event) -> None:
    """Over both clock changes of two years, after the first start; at hours that exist once on every day."""
    if one.status is Status.CANCELLED:
        return
    one = replace(one, overrides=tuple(o for o in one.overrides if o.status is not Status.CANCELLED))
    options = replace(FULL, begins=one.start.date() - timedelta(days=1), horizon=timedelta(days=900))
    data = write_calendar([one], options, updated=UPDATED).data
    if b"BEGIN:VEVENT" not in data:
        return
    low, high = one.start - timedelta(days=5), one.start + timedelta(days=731)
    theirs: Counter[tuple[object, object]] = Counter()
    for (_, start, end), count in other_reading(data, low - timedelta(days=9), high + timedelta(days=9)).items():
        theirs[start, end] += count
    ours = our_reading([one], low - timedelta(days=9), high + timedelta(days=9))

    def inside(found: Counter[tuple[object, object]]) -> Counter[tuple[object, object]]:
        days = (low.date(), high.date())
        return Counter({key: n for key, n in found.items() if days[0] <= _day(key[0]) < days[1]})

    assert inside(theirs) == inside(ours)


def _day(start: object) -> date:
    assert isinstance(start, date)
    return start.date() if isinstance(start, datetime) else start


@pytest.mark.parametrize(
    ("zone", "day"),
    [("America/New_York", 18), ("Europe/London", 18), ("Australia/Sydney", 18), ("America/Phoenix", 18)],
)
def test_six_in_the_evening_stays_six_over_both_clock_changes(zone: str, day: int) -> None:
    weekly = event("w", datetime(2026, 2, 3, day), zone=zone, rule=RecurrenceRule(WEEKLY, until=datetime(2027, 12, 31)))
    data = write_calendar([weekly], DISCREET, updated=UPDATED).data
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between((2026, 1, 1), (2028, 1, 1))
    hours = {each["DTSTART"].dt.astimezone(ZoneInfo(zone)).hour for each in found}
    assert hours == {18}
    assert len(found) == 100


# What it shows


def test_discreet_hides_titles_places_notes_and_names_nothing_in_the_reminder() -> None:
    secret = event(
        "s",
        datetime(2026, 12, 1, 9),
        title="Methadone clinic",
        kind="medication-visit",
        location="Recovery House",
        notes="Ask about dose",
        online="https://rehab.example",
        provider="Recovery House",
        contact="R. Ortiz",
        phone="555-0100",
        child="Mia",
        rule=RecurrenceRule(WEEKLY, count=3),
        overrides=(
            Override(datetime(2026, 12, 8, 9), title="Recovery group", location="Church", start=datetime(2026, 12, 9)),
        ),
    )
    text = written(secret)
    for word in ("Methadone", "Recovery", "dose", "rehab", "Ortiz", "555", "Mia", "Church"):
        assert word not in text
    assert set(lines(text, "SUMMARY")) == {"SUMMARY:Appointment"}
    assert lines(text, "DESCRIPTION") == ["DESCRIPTION:Reminder"] * 4
    assert "LOCATION" not in text
    assert "LOCATION:Recovery House" in written(secret, options=replace(DISCREET, places=True))
    assert "SUMMARY:Laundry" in written(replace(secret, discreet_title="Laundry"))


def test_full_shows_title_place_and_notes() -> None:
    text = written(
        event("s", datetime(2026, 12, 1, 9), title="A, b; c", location="X", notes="1\n2", online="https://x.y"),
        options=FULL,
    )
    assert lines(text, "SUMMARY") == ["SUMMARY:A\\, b\\; c"]
    assert lines(text, "DESCRIPTION")[0] == "DESCRIPTION:1\\n2\\nhttps://x.y"


@pytest.mark.parametrize("text", [*NASTY, "C:\\New\\new", "BEGIN:VEVENT\r\nUID:evil", "a\\", "\\n", 'say "hi"', "^n"])
def test_nasty_text_stays_one_line_and_comes_back_as_it_was_cleaned(text: str) -> None:
    from companion.domain.text import clean
    from companion.formats.ical_reader import read_calendar

    one = event("n", datetime(2026, 12, 1, 9), title=text, location=text, notes=text)
    data = write_calendar([one], FULL, updated=UPDATED).data
    assert lint(data) == []
    assert data.count(b"\r\nBEGIN:VEVENT") == 1
    back = read_calendar(data, zone="America/New_York").events[0]
    assert (back.title, back.location, back.notes) == (clean(text, 200), clean(text), clean(text, lines=True))


def test_everything_is_private_and_nobody_is_invited() -> None:
    text = written(*handful(), options=FULL)
    assert text.count("CLASS:PRIVATE") == text.count("BEGIN:VEVENT")
    assert not re.search("ORGANIZER|ATTENDEE|CATEGORIES|COLOR", text)
    assert "METHOD:PUBLISH" in text


# Times and repeats


def test_count_becomes_until_at_the_end_of_the_last_day() -> None:
    text = written(
        event("c", datetime(2026, 10, 20, 18), rule=RecurrenceRule(WEEKLY, by_day=(TUESDAY, THURSDAY), count=4))
    )
    assert lines(text, "RRULE")[-1] == "RRULE:FREQ=WEEKLY;UNTIL=20261030T035959Z;BYDAY=TU,TH"


def test_an_all_day_series_ends_on_a_date() -> None:
    one = event(
        "d", datetime(2026, 12, 1), all_day=True, duration=timedelta(days=1), rule=RecurrenceRule(WEEKLY, count=3)
    )
    text = written(replace(one, skips=(datetime(2026, 12, 8),)))
    assert lines(text, "RRULE")[-1] == "RRULE:FREQ=WEEKLY;UNTIL=20261215;BYDAY=TU"
    assert lines(text, "EXDATE") == ["EXDATE;VALUE=DATE:20261208"]
    assert lines(text, "DTEND")[-1] == "DTEND;VALUE=DATE:20261202"


def test_a_skipped_and_a_cancelled_session_are_exdates_and_a_moved_one_an_override() -> None:
    text = written(handful()[0])
    assert [line[-15:] for line in lines(text, "EXDATE")] == ["20261126T180000", "20261231T180000"]
    assert lines(text, "RECURRENCE-ID") == ["RECURRENCE-ID;TZID=America/New_York:20261224T180000"]


def test_an_override_that_the_phone_would_not_see_is_not_written() -> None:
    only_title = replace(handful()[0], overrides=(Override(datetime(2026, 12, 24, 18), title="With guests"),))
    assert "RECURRENCE-ID" not in written(only_title)
    assert "RECURRENCE-ID" in written(only_title, options=FULL)


def test_a_cancelled_first_session_moves_the_start() -> None:
    rule = RecurrenceRule(WEEKLY, count=3)
    one = event(
        "f",
        datetime(2026, 12, 1, 9),
        rule=rule,
        overrides=(Override(datetime(2026, 12, 1, 9), status=Status.CANCELLED),),
    )
    text = written(one)
    assert lines(text, "DTSTART")[-1].endswith(":20261208T090000")
    assert "EXDATE" not in text


def test_a_continued_series_starts_where_it_goes_on() -> None:
    one = event(
        "s", datetime(2026, 12, 1, 9), rule=RecurrenceRule(WEEKLY, interval=2, count=4), since=datetime(2026, 12, 10)
    )
    text = written(one)
    assert lines(text, "DTSTART")[-1].endswith(":20261215T090000")
    assert lines(text, "RRULE")[-1] == "RRULE:FREQ=WEEKLY;UNTIL=20270113T045959Z;INTERVAL=2;BYDAY=TU"


def test_a_series_with_nothing_left_is_left_out() -> None:
    one = event("n", datetime(2026, 12, 1, 9), rule=RecurrenceRule(WEEKLY, count=1), skips=(datetime(2026, 12, 1, 9),))
    file = write_calendar([one, handful()[1]], DISCREET, updated=UPDATED)
    assert file.count == 1
    read_back(file.data, [one, handful()[1]], DISCREET)


@pytest.mark.parametrize(
    "rule",
    [
        RecurrenceRule(MONTHLY, by_day=(TUESDAY, THURSDAY), by_set_pos=(-1,)),
        RecurrenceRule(MONTHLY, by_month_day=(31,)),
        RecurrenceRule(MONTHLY, by_month_day=(-3,)),
        RecurrenceRule(MONTHLY, by_day=(Weekday(1, 5),)),
        RecurrenceRule(MONTHLY, by_day=(TUESDAY,)),
        RecurrenceRule(YEARLY, by_day=(Weekday(1, 20),)),
        RecurrenceRule(YEARLY, by_month=(3, 9), by_month_day=(1,)),
        RecurrenceRule(DAILY, by_month=(12,)),
        RecurrenceRule(WEEKLY, by_month=(12,)),
    ],
)
def test_a_repeat_that_phones_misread_is_written_date_by_date_and_said(rule: RecurrenceRule) -> None:
    one = event("u", datetime(2026, 12, 1, 9), rule=rule)
    file = write_calendar([one], DISCREET, updated=UPDATED)
    assert lint(file.data) == []
    assert b"RRULE:FREQ=MONTHLY" not in file.data
    assert "can't read this repeat" in " ".join(note.text for note in file.notes)
    assert "up to" in " ".join(note.text for note in file.notes)
    read_back(file.data, [one], DISCREET)
    again = write_calendar([replace(one, sequence=1)], DISCREET, updated=UPDATED)
    assert lines(again.data.decode(), "UID") == lines(file.data.decode(), "UID")


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (RecurrenceRule(DAILY), "FREQ=DAILY"),
        (RecurrenceRule(DAILY, by_day=(TUESDAY, THURSDAY)), "FREQ=WEEKLY;BYDAY=TU,TH"),
        (RecurrenceRule(WEEKLY), "FREQ=WEEKLY;BYDAY=TU"),
        (RecurrenceRule(MONTHLY), "FREQ=MONTHLY;BYMONTHDAY=1"),
        (RecurrenceRule(MONTHLY, by_month_day=(1, -1)), "FREQ=MONTHLY;BYMONTHDAY=1,-1"),
        (RecurrenceRule(MONTHLY, by_day=(TUESDAY,), by_set_pos=(1,)), "FREQ=MONTHLY;BYDAY=1TU"),
        (RecurrenceRule(YEARLY), "FREQ=YEARLY"),
        (RecurrenceRule(YEARLY, by_month=(12,), by_month_day=(1,)), "FREQ=YEARLY"),
    ],
)
def test_a_repeat_is_written_in_its_plainest_form(rule: RecurrenceRule, text: str) -> None:
    assert lines(written(event("p", datetime(2026, 12, 1, 9), rule=rule)), "RRULE")[-1] == f"RRULE:{text}"


@pytest.mark.parametrize("zone", ["Africa/Cairo", "America/Vancouver"])
def test_a_zone_without_a_yearly_rule_is_written_in_utc_one_by_one(zone: str) -> None:
    """Cairo's rule has no RRULE; Vancouver stopped changing its clocks in 2026, in the middle of this series."""
    one = event("z", datetime(2026, 1, 5, 18), zone=zone, rule=RecurrenceRule(WEEKLY, count=30))
    file = write_calendar([one], DISCREET, updated=UPDATED)
    assert lint(file.data) == []
    first = "DTSTART:20260105T160000Z" if zone == "Africa/Cairo" else "DTSTART:20260106T020000Z"
    assert first in lines(file.data.decode(), "DTSTART")
    assert b"RRULE:FREQ=WEEKLY" not in file.data
    assert [note.level for note in file.notes] == [Level.NOTE]
    read_back(file.data, [one], DISCREET)


def test_an_old_event_does_not_spoil_its_zone_for_the_others() -> None:
    old = event("o", datetime(2005, 7, 1, 9))
    text = written(old, handful()[1])
    assert "DTSTART:20050701T130000Z" in text
    assert "DTSTART;TZID=America/New_York:20261105T093000" in text


def test_a_series_in_utc_is_not_written_in_utc() -> None:
    text = written(event("w", datetime(2026, 12, 1, 9), zone="UTC", rule=RecurrenceRule(WEEKLY)))
    assert "DTSTART;TZID=Etc/UTC:20261201T090000" in text


def test_hours_that_a_clock_skips_or_shows_twice_are_said() -> None:
    notes = write_calendar([event("g", datetime(2026, 3, 8, 2, 30))], DISCREET, updated=UPDATED).notes
    assert [note.level for note in notes] == [Level.WARNING]
    assert "Mar 8, 2026" in notes[0].text
    weekly = event("f", datetime(2026, 9, 6, 1, 30), rule=RecurrenceRule(WEEKLY))
    assert "Nov 1, 2026" in write_calendar([weekly], DISCREET, updated=UPDATED).notes[0].text
    assert write_calendar([replace(weekly, zone="America/Phoenix")], DISCREET, updated=UPDATED).notes == ()


# Reminders, status, options


def test_reminders() -> None:
    def triggers(*minutes: int) -> list[str]:
        return [line[8:] for line in lines(written(event("r", datetime(2026, 12, 1, 9), reminders=minutes)), "TRIGGER")]

    assert triggers(60, 1440) == ["-PT1H", "-P1D"]
    assert triggers(0, 95, 5) == ["PT0S", "-PT1H35M"]
    assert triggers() == []
    assert len(lines(written(event("r", datetime(2026, 12, 1, 9))), "TRIGGER")) == 2


def test_cancelled_events_are_left_out_or_in_an_update_written_as_cancelled() -> None:
    gone = replace(handful()[0], status=Status.CANCELLED)
    assert write_calendar([gone], DISCREET, updated=UPDATED).count == 0
    text = written(gone, options=replace(DISCREET, update=True))
    assert set(lines(text, "STATUS")) == {"STATUS:CANCELLED"}
    assert "VALARM" not in text


def test_an_event_without_length_gets_a_quarter_of_an_hour_and_that_is_said() -> None:
    one = event("l", datetime(2026, 12, 1, 9), duration=timedelta())
    file = write_calendar([one], DISCREET, updated=UPDATED)
    assert b"DTEND;TZID=America/New_York:20261201T091500" in file.data
    assert "15 minutes" in file.notes[0].text
    read_back(file.data, [one], DISCREET)


def test_the_simple_file_has_every_date_by_itself() -> None:
    options = replace(DISCREET, simple=True, begins=date(2026, 11, 21), horizon=timedelta(days=28))
    text = written(handful()[0], options=options)
    assert "RRULE:FREQ=WEEKLY" not in text
    assert [line[-15:] for line in lines(text, "DTSTART")[2:]] == [
        "20261124T180000",
        "20261201T180000",
        "20261203T180000",
        "20261208T180000",
        "20261210T180000",
        "20261215T180000",
        "20261217T180000",
    ]
    assert len(set(lines(text, "UID"))) == 7


def test_an_old_series_is_simple_too_and_written_from_the_day_asked_for() -> None:
    daily = event("d", datetime(2016, 1, 1, 9), rule=RecurrenceRule(DAILY))
    options = replace(DISCREET, simple=True, begins=date(2026, 11, 21), horizon=timedelta(days=7))
    assert written(daily, options=options).count("BEGIN:VEVENT") == 7
