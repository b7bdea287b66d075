"""Reminders while the app is open: the right minute, also in the nights when the clocks change, and each one once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from companion.domain.event import Event, Logistics, Occurrence, Override, Ride, Status
from companion.domain.reminder_words import reminder_words
from companion.domain.reminding import GRACE, SHOWN_FOR, Reminder, ReminderWatch, due, reminders_of

ZONE = "America/New_York"
USUAL = (24 * 60, 120)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SIX = datetime(2026, 11, 24, 18)


def occurrence(start: datetime = SIX, **fields: object) -> Occurrence:
    event = replace(Event("u", "Group", start, HOUR, ZONE, kind="group-therapy"), **fields)  # type: ignore[arg-type]
    return Occurrence(event, start, start + event.duration)


def leaving(minutes: int) -> Logistics:
    return Logistics(ride=Ride("bus 14", "", timedelta(minutes=minutes)))


def instant(wall: datetime, zone: str = ZONE) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def walls(found: Occurrence, usual: tuple[int, ...] = USUAL, zone: str = ZONE) -> list[str]:
    there = ZoneInfo(zone)
    return [
        f"{reminder.at.astimezone(there):%b %d %H:%M}{' leave' if reminder.leave else ''}"
        for reminder in sorted(reminders_of(found, usual, zone), key=lambda r: r.at)
    ]


def test_the_usual_ones_hold_where_the_appointment_names_none() -> None:
    assert walls(occurrence()) == ["Nov 23 18:00", "Nov 24 16:00"]
    assert walls(occurrence(reminders=())) == []
    assert walls(occurrence(reminders=(15,))) == ["Nov 24 17:45"]


def test_setting_off_is_one_too() -> None:
    assert walls(occurrence(logistics=leaving(40))) == ["Nov 23 18:00", "Nov 24 16:00", "Nov 24 17:20 leave"]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        # The clocks go back in the night to Sunday, November 1: a day before is the same hour on the wall.
        (datetime(2026, 11, 1, 18), ["Oct 31 18:00", "Nov 01 16:00"]),
        (datetime(2026, 11, 1, 3), ["Oct 31 03:00", "Nov 01 01:00"]),  # two hours: the second 1 am
        # And forward in the night to Sunday, March 14: 2 to 3 am is left out.
        (datetime(2027, 3, 14, 18), ["Mar 13 18:00", "Mar 14 16:00"]),
        (datetime(2027, 3, 14, 4), ["Mar 13 04:00", "Mar 14 01:00"]),
    ],
)
def test_days_go_by_the_clock_and_hours_by_the_time_that_passes(start: datetime, expected: list[str]) -> None:
    found = occurrence(start)
    assert walls(found) == expected
    hours = list(reminders_of(found, (120,), ZONE))
    assert hours[0].starts - hours[0].at == timedelta(hours=2)


def test_an_appointment_elsewhere_is_told_in_time_here() -> None:
    there = occurrence(datetime(2026, 11, 24, 9), zone="America/Los_Angeles")
    assert walls(there, (60,)) == ["Nov 24 11:00"]
    assert walls(there.in_zone(ZONE), (60,)) == ["Nov 24 11:00"]


def test_a_day_without_an_hour_goes_by_her_clock() -> None:
    found = occurrence(datetime(2026, 11, 24), all_day=True, zone="Asia/Tokyo", logistics=leaving(30))
    assert walls(found) == ["Nov 23 00:00", "Nov 23 22:00"]


def test_what_is_cancelled_reminds_of_nothing() -> None:
    assert walls(occurrence(status=Status.CANCELLED)) == []
    group = occurrence()
    override = Override(SIX, status=Status.CANCELLED)
    assert walls(replace(group, override=override)) == []


def all_of(*found: Occurrence) -> list[Reminder]:
    return [reminder for each in found for reminder in reminders_of(each, USUAL, ZONE)]


def test_due_is_what_came_since_the_last_look_and_of_one_appointment_the_latest() -> None:
    group = occurrence(logistics=leaving(40))
    dentist = occurrence(SIX - 2 * HOUR, uid="d")
    since = instant(datetime(2026, 11, 24, 9))
    assert due(all_of(group, dentist), instant(datetime(2026, 11, 24, 13, 59)), since) == []
    four = due(all_of(group, dentist), instant(datetime(2026, 11, 24, 16)), since)
    assert [(r.occurrence.event.uid, r.leave) for r in four] == [("d", False), ("u", False)]
    later = due(all_of(group, dentist), instant(datetime(2026, 11, 24, 17, 30)), since)
    assert [(r.occurrence.event.uid, r.leave) for r in later] == [("u", True)]
    begun = instant(SIX) + GRACE
    assert due(all_of(group), begun, since) and not due(all_of(group), begun + MINUTE, since)


class TestTheWatch:
    def test_each_is_shown_once_for_some_minutes(self) -> None:
        four = instant(datetime(2026, 11, 24, 16))
        watch = ReminderWatch(four - HOUR)
        assert watch.needs_reading(four)
        watch.read(all_of(occurrence()), four - MINUTE)
        assert watch.current(four - MINUTE) is None
        shown = watch.current(four)
        assert shown is not None
        watch.note_shown(shown, four)
        assert watch.current(four + SHOWN_FOR - MINUTE) == shown
        assert watch.current(four + SHOWN_FOR) is None
        assert watch.current(four + SHOWN_FOR - MINUTE) is None  # also where the clock is put back

    def test_one_that_could_not_be_shown_waits(self) -> None:
        four = instant(datetime(2026, 11, 24, 16))
        watch = ReminderWatch(four - HOUR)
        watch.read(all_of(occurrence()), four)
        assert watch.current(four + HOUR) is not None
        assert watch.current(four + 3 * HOUR) is None  # it has begun long ago

    def test_put_away_it_makes_room_for_the_next(self) -> None:
        four = instant(datetime(2026, 11, 24, 16))
        watch = ReminderWatch(four - HOUR)
        watch.read(all_of(occurrence(), occurrence(SIX, uid="other")), four)
        first = watch.current(four)
        assert first is not None
        watch.put_away(first)
        second = watch.current(four)
        assert second is not None and second.occurrence != first.occurrence
        watch.put_away(second)
        assert watch.current(four) is None

    def test_it_is_read_anew_after_a_change_half_a_day_and_a_clock_put_back(self) -> None:
        now = instant(datetime(2026, 11, 24, 16))
        watch = ReminderWatch(now)
        watch.read([], now)
        assert not watch.needs_reading(now + HOUR)
        assert watch.needs_reading(now + 12 * HOUR) and watch.needs_reading(now - MINUTE)
        watch.forget()
        assert watch.needs_reading(now)

    def test_what_was_due_before_she_came_is_not_said(self) -> None:
        four = instant(datetime(2026, 11, 24, 16))
        watch = ReminderWatch(four + MINUTE)
        watch.read(all_of(occurrence()), four + MINUTE)
        assert watch.current(four + HOUR) is None


def test_a_reminder_in_words_has_the_time_first_and_can_be_discreet() -> None:
    group = occurrence(logistics=leaving(40))
    before, leave = sorted(reminders_of(group, (120,), ZONE), key=lambda r: r.at)
    today = SIX.date()
    assert reminder_words(before, today) == "Today, 6:00 pm: Group"
    assert reminder_words(before, today - timedelta(days=1), hours24=True) == "Tomorrow, 18:00: Group"
    assert reminder_words(leave, today) == "Time to leave. Today, 6:00 pm: Group"
    assert reminder_words(before, today, discreet=True) == "Today, 6:00 pm: Class"
