"""Pain 5: after a file is brought in, or after the clocks change, the appointment is an hour off.

Told of calcurse (#329, #430, #419), khal (#46, reported again years later, #123) and Fossify Calendar (#535, #71).
Outlook names its zones in its own way, other programs make names up and describe them in the file, and a group at six
is at six on both sides of a Sunday in March or November. An hour late is not there.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from app_kit import TUESDAYS, event, session
from journeys.journey_kit import agenda, bring_in, calendar_file, vevent

from companion.domain.attendance import Mark
from companion.domain.clock import FixedClock


def zone(name: str, winter: str, summer: str) -> str:
    """A zone as Outlook describes it: the American rule, since 1601."""
    return (
        f"BEGIN:VTIMEZONE\r\nTZID:{name}\r\n"
        f"BEGIN:STANDARD\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:{summer}\r\nTZOFFSETTO:{winter}\r\n"
        "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\r\nEND:STANDARD\r\n"
        f"BEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:{winter}\r\nTZOFFSETTO:{summer}\r\n"
        "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
    )


def test_each_clinics_own_clock_is_understood_on_both_sides_of_the_change(clock: FixedClock, tmp_path: Path) -> None:
    # The naive importer takes a zone it doesn't know for world time or for hers, and reads the second file's zone by
    # the first one's description, as both are called the same.
    opened = session(clock)
    eastern = [
        zone("Eastern Standard Time", "-0500", "-0400"),
        vevent("e@outlook", "DTSTART;TZID=Eastern Standard Time:20261020T180000", "RRULE:FREQ=WEEKLY", title="Group"),
    ]
    bring_in(opened, calendar_file(tmp_path / "outlook.ics", *eastern, name="Group"))
    for name, winter, summer in (("Chicago", "-0600", "-0500"), ("Denver", "-0700", "-0600")):
        call = vevent(name, "DTSTART;TZID=Clinic time:20261021T180000", "RRULE:FREQ=WEEKLY", title=f"{name} calls")
        bring_in(opened, calendar_file(tmp_path / f"{name}.ics", zone("Clinic time", winter, summer), call, name=name))
    for tuesday in (date(2026, 10, 27), date(2026, 11, 3), date(2027, 3, 9), date(2027, 3, 16)):
        shown = agenda(opened, tuesday, tuesday.replace(day=tuesday.day + 2))
        assert [line[11:] for line in shown] == ["18:00 Group", "19:00 Chicago calls", "20:00 Denver calls"], tuesday


def test_a_group_at_six_is_at_six_all_year_and_its_marks_stay(clock: FixedClock) -> None:
    # The naive calendar stores an instant and adds weeks of 168 hours to it: from the first Sunday in November on the
    # group is at five, and what was marked hangs on an hour that is no more.
    opened = session(clock)
    opened.planner.add(event("Group", datetime(2026, 10, 27, 18), rule=TUESDAYS))
    (before,), (after,) = opened.planner.on(date(2026, 10, 27)), opened.planner.on(date(2026, 11, 3))
    assert (before.start.hour, after.start.hour) == (18, 18)
    assert [o.start_instant.astimezone(UTC).hour for o in (before, after)] == [22, 23]
    opened.planner.mark(before, Mark.ATTENDED)
    # She moves to her sister's in Denver for the winter; the group goes on where it is.
    opened.change_settings(zone="America/Denver")
    assert agenda(opened, date(2026, 10, 27), date(2026, 11, 4)) == ["Tue Oct 27 16:00 Group", "Tue Nov 03 16:00 Group"]
    ((key, mark),) = opened.planner.marks(date(2026, 10, 27), date(2026, 10, 28)).items()
    assert key == opened.planner.on(date(2026, 10, 27))[0].key and mark.mark is Mark.ATTENDED
