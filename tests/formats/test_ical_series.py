"""Series as other programs write them: what is left out, moved, added, split."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from formats.ical_files import HOUR, dates, december, one, read, said, visit

from companion.domain.event import Status


@pytest.mark.parametrize(
    "lines",
    [
        ("RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;TZID=America/New_York:20261208T090000"),
        ("RRULE:FREQ=WEEKLY;COUNT=4;", "EXDATE:20261208T140000Z"),
        ("RRULE:FREQ=WEEKLY;UNTIL=20261222", "EXDATE;VALUE=DATE:20261208"),
        ("RRULE:FREQ=WEEKLY;UNTIL=20261222T090000", "EXDATE:20261208T090000", "EXDATE:"),
        ("RRULE:FREQ=WEEKLY;UNTIL=20261222T140000Z", "EXDATE;TZID=America/Chicago:20261208T080000"),
        ("RRULE:FREQ=WEEKLY;COUNT=4", "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20261208T090000,20261208T090000"),
        ("RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;TZID=America/New_York:20261208T000000"),
    ],
)
def test_every_way_to_end_a_series_and_to_leave_a_date_out(lines: tuple[str, ...]) -> None:
    assert dates(one(visit(*lines))) == december(1, 15, 22)


@pytest.mark.parametrize("value", ["EXDATE;VALUE=DATE:20261208", "EXDATE:20261208T000000Z", "EXDATE:20261208T050000Z"])
def test_a_date_left_out_of_an_all_day_series(value: str) -> None:
    found = one(visit("RRULE:FREQ=WEEKLY;COUNT=3", value, start="DTSTART;VALUE=DATE:20261201"))
    assert dates(found) == december(1, 15, hour=0)


def test_a_date_left_out_that_is_none_is_said() -> None:
    plan = read(visit("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20261209T090000"))
    assert plan.events[0].skips == ()
    assert "1 date that it leaves out" in said(plan)


def test_a_start_beside_its_own_rule_is_said() -> None:
    plan = read(visit("RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=2"))
    assert dates(plan.events[0]) == december(2, 9)
    assert "first date" in said(plan)


SERIES = visit("RRULE:FREQ=WEEKLY;COUNT=4")


def change(recurrence_id: str, *lines: str, start: str = "DTSTART;TZID=America/New_York:20261209T110000") -> str:
    return visit(recurrence_id, *lines, start=start)


@pytest.mark.parametrize(
    "recurrence_id",
    [
        "RECURRENCE-ID;TZID=America/New_York:20261208T090000",
        "RECURRENCE-ID:20261208T140000Z",
        "RECURRENCE-ID:20261208T090000",
        "RECURRENCE-ID;TZID=America/Chicago:20261208T080000",
        "RECURRENCE-ID;VALUE=DATE:20261208",
    ],
)
@pytest.mark.parametrize("before", [False, True])
def test_a_moved_session_however_it_is_named(recurrence_id: str, before: bool) -> None:
    moved = change(recurrence_id, "LOCATION:Room 2")
    found = one(moved + SERIES if before else SERIES + moved)
    assert dates(found) == [datetime(2026, 12, 1, 9), datetime(2026, 12, 9, 11), *december(15, 22)]
    assert found.overrides[0].recurrence_id == datetime(2026, 12, 8, 9)
    assert (found.overrides[0].location, found.overrides[0].title) == ("Room 2", None)


def test_a_session_both_left_out_and_moved_takes_place() -> None:
    found = one(visit("RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE:20261208T090000") + change("RECURRENCE-ID:20261208T090000"))
    assert dates(found) == [datetime(2026, 12, 1, 9), datetime(2026, 12, 9, 11)]


def test_a_cancelled_session_stays_visible_as_cancelled() -> None:
    found = one(SERIES + change("RECURRENCE-ID:20261208T090000", "STATUS:CANCELLED"))
    assert dates(found) == december(1, 15, 22)
    assert found.overrides[0].status is Status.CANCELLED


def test_of_several_versions_the_newest_counts() -> None:
    new, old = visit("SEQUENCE:2", "LOCATION:New"), visit("SEQUENCE:1", "LOCATION:Old")
    for text in (new + old, old + new):
        plan = read(text)
        assert [event.location for event in plan.events] == ["New"]
        assert "more than once" in said(plan)
    moves = [
        change("RECURRENCE-ID:20261208T090000", f"SEQUENCE:{n}", start=f"DTSTART:2026120{n}T110000") for n in (9, 7)
    ]
    assert one(SERIES + moves[0] + moves[1]).overrides[0].start == datetime(2026, 12, 9, 11)
    stamped = [visit(f"DTSTAMP:2026110{n}T000000Z", f"LOCATION:{n}") for n in (2, 1)]
    assert read(stamped[0] + stamped[1]).events[0].location == "2"


def test_a_change_without_its_series_is_an_appointment_by_itself() -> None:
    plan = read(change("RECURRENCE-ID:20261208T090000"))
    assert dates(plan.events[0]) == [datetime(2026, 12, 9, 11)]
    assert plan.events[0].uid != "u1"
    assert plan.events[0].uid == read(change("RECURRENCE-ID:20261208T140000Z")).events[0].uid
    assert plan.items[0].id == "u1"
    assert "series is not in the file" in said(plan)


def test_a_change_of_a_day_the_series_does_not_have_stands_alone_beside_it() -> None:
    plan = read(SERIES + change("RECURRENCE-ID:20261209T090000"))
    assert [dates(event) for event in plan.events] == [december(1, 8, 15, 22), [datetime(2026, 12, 9, 11)]]
    assert len({event.uid for event in plan.events}) == 2
    assert len({event.origin.key for event in plan.events if event.origin}) == 2


def test_a_session_that_became_all_day_is_set_apart() -> None:
    plan = read(SERIES + change("RECURRENCE-ID:20261208T090000", start="DTSTART;VALUE=DATE:20261210"))
    assert [dates(event) for event in plan.events] == [december(1, 15, 22), december(10, hour=0)]


def test_extra_dates_are_appointments_of_their_own() -> None:
    lines = (
        "RRULE:FREQ=WEEKLY;COUNT=2",
        "RDATE;TZID=America/New_York:20261203T100000,20261208T090000",
        "RDATE;VALUE=PERIOD:20261204T150000Z/PT2H,20261205T150000Z/20261205T160000Z",
        "EXDATE:20261205T150000Z",
    )
    plan = read(visit(*lines) + change("RECURRENCE-ID:20261203T150000Z", start="DTSTART:20261203T120000"))
    assert [dates(event) for event in plan.events] == [
        december(1, 8),
        december(3, hour=12),
        december(4, hour=10),
    ]
    assert plan.events[2].duration == 2 * HOUR
    assert all(event.rule is None for event in plan.events[1:])
    assert len(plan.items) == 1


@pytest.mark.parametrize("extra", ["RDATE:20261203T090000,20261205T090000", "RDATE;VALUE=DATE:20261203,20261205"])
def test_extra_dates_without_a_repeat(extra: str) -> None:
    plan = read(visit(extra))
    assert [dates(event) for event in plan.events] == [december(1), december(3), december(5)]


def test_extra_days_of_an_all_day_series() -> None:
    plan = read(visit("RDATE:20261203T090000Z,20261204T000000Z/PT1H", start="DTSTART;VALUE=DATE:20261201"))
    assert [(event.start, event.duration) for event in plan.events] == [
        (datetime(2026, 12, day), timedelta(days=1)) for day in (1, 3, 4)
    ]


def test_this_and_later_becomes_a_series_of_its_own() -> None:
    later = change("RECURRENCE-ID;RANGE=THISANDFUTURE:20261215T090000", start="DTSTART:20261216T140000")
    plan = read(SERIES + change("RECURRENCE-ID:20261222T090000", start="DTSTART:20261224T080000") + later)
    assert [dates(event) for event in plan.events] == [
        december(1, 8),
        [datetime(2026, 12, 16, 14), datetime(2026, 12, 24, 8)],
    ]
    assert plan.events[1].continues == "u1"


def test_this_and_later_of_the_last_days_of_months_changes_one_date_and_says_so() -> None:
    monthly = visit("RRULE:FREQ=MONTHLY;BYMONTHDAY=1;COUNT=4")
    plan = read(monthly + change("RECURRENCE-ID;RANGE=THISANDFUTURE:20270101T090000", start="DTSTART:20270102T090000"))
    assert len(plan.events) == 1
    assert "could not be carried over" in said(plan)
