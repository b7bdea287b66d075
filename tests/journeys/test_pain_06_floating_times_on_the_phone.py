"""Pain 6: what was exported at four stands on the phone at six, or the phone refuses the file.

Told of Yuvomi (#818, 16:00 shown as 18:00) and AntAlmanac (pull request #385): times without a zone are read by the
phone's own clock. And of calcurse (#351): without a UID some importers take nothing, and none can tell a second time.
Her phone is read here by another program than wrote the file.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from app_kit import TUESDAYS, event, session

from companion.domain.clock import FixedClock
from companion.services.session import Session

PHONE = ZoneInfo("America/Los_Angeles")  # it was bought there, and nobody has told it since
WINTER, SPRING = date(2026, 11, 24), date(2027, 3, 16)


@pytest.fixture
def opened(clock: FixedClock) -> Session:
    """Group on Tuesdays, a visit, and a day without an hour."""
    found = session(clock)
    found.planner.add(event("Group", datetime(2026, 11, 24, 18), rule=TUESDAYS))
    found.planner.add(event("Visit", datetime(2026, 11, 24, 9)))
    found.planner.add(event("Birthday", datetime(2026, 11, 24), all_day=True, duration=timedelta(days=1)))
    return found


def on_the_phone(path: Path, day: date) -> list[str]:
    """What a phone on the other coast shows for that day."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(path.read_bytes())).at(day)
    starts = ((str(e["SUMMARY"]), e.start) for e in found)
    return sorted(
        f"{at.astimezone(PHONE):%H:%M} {title}" if isinstance(at, datetime) and at.tzinfo else f"{at} {title}"
        for title, at in starts
    )


def test_six_in_new_york_is_three_in_los_angeles_in_winter_and_in_summer(opened: Session, tmp_path: Path) -> None:
    # The naive file says DTSTART:20261124T180000 and no more: six wherever the phone thinks it is. With one offset
    # written for all of it, the group is an hour off from March on.
    opened.outbox.save(tmp_path / "calendar.ics", full=True)
    assert on_the_phone(tmp_path / "calendar.ics", WINTER) == ["06:00 Visit", "15:00 Group", "2026-11-24 Birthday"]
    assert on_the_phone(tmp_path / "calendar.ics", SPRING) == ["15:00 Group"]


def test_every_appointment_has_what_importers_ask_for_and_is_the_same_one_next_time(
    opened: Session, tmp_path: Path
) -> None:
    # The naive writer leaves UID and DTSTAMP out, or makes a new UID with every file: refused, or doubled.
    def events(name: str) -> dict[str, icalendar.Event]:
        opened.outbox.save(tmp_path / name)
        calendar = icalendar.Calendar.from_ical((tmp_path / name).read_bytes())
        described = {str(each["TZID"]) for each in calendar.walk("VTIMEZONE")}
        for each in calendar.events:
            assert {"UID", "DTSTAMP", "DTSTART"} <= each.keys()
            start = each["DTSTART"]
            assert start.params.get("VALUE") == "DATE" or start.params["TZID"] in described
        return {str(each["UID"]): each for each in calendar.events}

    first = events("first.ics")
    (visit,) = [o for o in opened.planner.on(WINTER) if o.title == "Visit"]
    opened.planner.move(visit, datetime(2026, 11, 24, 11))
    second = events("second.ics")
    assert len(first) == 3 and first.keys() == second.keys()
    newer = [uid for uid, each in second.items() if each.get("SEQUENCE", 0) > first[uid].get("SEQUENCE", 0)]
    assert newer == [visit.event.uid]
