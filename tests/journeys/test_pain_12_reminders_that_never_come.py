"""Pain 12: the reminder was stored, and nothing ever rang.

Told of khal (#832, #148, #1106; #698 for one that is usual), which keeps reminders and has nobody to ring them. This
calendar is closed most of the time, too: what rings is the phone, and all that it needs is in the file.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import icalendar
import recurring_ical_events
from app_kit import TUESDAYS, event, session

from companion.domain.clock import FixedClock


def on_the_phone(path: Path) -> dict[str, tuple[list[float], set[str]]]:
    """By UID, how many hours before the start a phone rings, and what stands on its lock screen then."""
    found = {}
    for each in icalendar.Calendar.from_ical(path.read_bytes()).events:
        alarms = each.walk("VALARM")
        assert all(str(alarm["ACTION"]) == "DISPLAY" for alarm in alarms)  # the one that phones know
        hours = sorted(-alarm["TRIGGER"].dt.total_seconds() / 3600 for alarm in alarms)
        found[str(each["UID"])] = hours, {str(alarm["DESCRIPTION"]) for alarm in alarms}
    return found


def test_what_was_said_rings_on_the_phone_and_says_nothing_there(clock: FixedClock, tmp_path: Path) -> None:
    # The naive calendar keeps the reminder for itself; or it rings with the title on the lock screen.
    opened = session(clock)
    friday = datetime(2026, 11, 27, 15)
    said = {"Counselling": None, "Court": (180, 24 * 60), "Lunch": ()}
    uid = {title: opened.planner.add(event(title, friday, reminders=when)).uid for title, when in said.items()}
    opened.outbox.save(tmp_path / "calendar.ics")
    found = on_the_phone(tmp_path / "calendar.ics")
    assert found[uid["Counselling"]][0] == [2, 24]  # nothing was said: as the settings have it
    assert found[uid["Court"]][0] == [3, 24]
    assert found[uid["Lunch"]][0] == []
    shown = " ".join(words for _hours, lock_screen in found.values() for words in lock_screen)
    assert shown and not any(title in shown for title in said)


def test_a_session_that_moved_rings_at_its_new_time_and_a_cancelled_one_not(clock: FixedClock, tmp_path: Path) -> None:
    # The naive file has the reminders in the series only: what was moved is silent, and what was cancelled rings.
    opened = session(clock)
    opened.planner.add(event("Group", datetime(2026, 11, 24, 18), rule=TUESDAYS))
    first, second, *_later = opened.planner.between(date(2026, 11, 24), date(2026, 12, 12))
    opened.planner.cancel(first)
    opened.planner.move(second, datetime(2026, 12, 3, 9))
    opened.outbox.save(tmp_path / "calendar.ics")
    calendar = icalendar.Calendar.from_ical((tmp_path / "calendar.ics").read_bytes())
    shown = recurring_ical_events.of(calendar).between(date(2026, 11, 24), date(2026, 12, 12))
    assert [
        (f"{each.start:%b %d %H:%M}", len(each.walk("VALARM"))) for each in sorted(shown, key=lambda e: e.start)
    ] == [
        ("Dec 03 09:00", 2),
        ("Dec 08 18:00", 2),
    ]
