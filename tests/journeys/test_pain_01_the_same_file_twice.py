"""Pain 1: the same file brought in twice, and everything is on the calendar twice.

Told of khal (#873, #1045, #1072), calcurse (#404, #272), gcalcli (#492), Nextcloud (#53, #589), ownCloud (#575, #487)
and Fossify Calendar (#1176). A clinic sends its calendar again each month, with what is new, what is the same, and now
and then an old mail is opened once more.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app_kit import session
from journeys.journey_kit import agenda, bring_in, calendar_file, vevent

from companion.domain.clock import FixedClock
from companion.services.session import Session

FIRST, UNTIL = date(2026, 11, 23), date(2026, 12, 31)
TABLES = ("event", "override", "source", "imported")

GROUP = vevent(
    "group@clinic",
    "DTSTART;TZID=America/New_York:20261124T180000",
    "RRULE:FREQ=WEEKLY;COUNT=4",
    "EXDATE;TZID=America/New_York:20261208T180000",
)
MOVED = vevent(
    "group@clinic",
    "DTSTART;TZID=America/New_York:20261216T090000",
    "RECURRENCE-ID;TZID=America/New_York:20261215T180000",
)
TALK = vevent("talk@clinic", "DTSTART;TZID=America/New_York:20261203T140000", title="Talk")
IN_DECEMBER = ["Tue Nov 24 18:00 Group", "Tue Dec 01 18:00 Group", "Thu Dec 03 14:00 Talk", "Wed Dec 16 09:00 Group"]


def rows(opened: Session) -> list[object]:
    return [opened.database.select(table) for table in TABLES]


def test_the_same_file_twice_stores_nothing_the_second_time(clock: FixedClock, tmp_path: Path) -> None:
    # The naive importer adds what it reads; a better one knows a file by its name, and doubles a renamed copy. Both
    # show a moved session twice, where it was and where it is now.
    opened = session(clock)
    assert bring_in(opened, calendar_file(tmp_path / "calendar.ics", GROUP, MOVED, TALK)) == "2 new"
    assert agenda(opened, FIRST, UNTIL) == IN_DECEMBER
    before = rows(opened)
    assert bring_in(opened, calendar_file(tmp_path / "calendar (1).ics", TALK, MOVED, GROUP)) == "2 same"
    assert rows(opened) == before
    assert len(list(tmp_path.glob("*.*"))) == 2  # and nothing is left lying beside them


def test_a_newer_version_takes_the_place_of_the_old_one_and_an_old_mail_does_not(
    clock: FixedClock, tmp_path: Path
) -> None:
    # The naive importer takes whatever is read last: yesterday's mail puts the talk back to its old hour. Or it adds
    # the new hour and the cancellation beside the old appointment.
    opened = session(clock)
    first = calendar_file(tmp_path / "first.ics", TALK)
    bring_in(opened, first)
    later = TALK.replace("T140000", "T150000").replace("DURATION", "SEQUENCE:2\r\nDURATION")
    assert bring_in(opened, calendar_file(tmp_path / "second.ics", later)) == "1 changed"
    assert agenda(opened, FIRST, UNTIL) == ["Thu Dec 03 15:00 Talk"]
    assert bring_in(opened, first) == "1 older"
    assert agenda(opened, FIRST, UNTIL) == ["Thu Dec 03 15:00 Talk"]
    off = later.replace("SEQUENCE:2", "SEQUENCE:3\r\nSTATUS:CANCELLED")
    assert bring_in(opened, calendar_file(tmp_path / "third.ics", off)) == "1 changed"
    assert agenda(opened, FIRST, UNTIL) == ["Thu Dec 03 15:00 Talk (cancelled)"]


def test_the_same_appointment_in_another_file_is_not_doubled_either(clock: FixedClock, tmp_path: Path) -> None:
    # The naive importer knows an appointment only within its file: an invitation by mail, and the whole calendar a
    # week later, are two to it.
    opened = session(clock)
    bring_in(opened, calendar_file(tmp_path / "invitation.ics", TALK, name="One talk"))
    assert bring_in(opened, calendar_file(tmp_path / "all.ics", GROUP, MOVED, TALK)) == "1 new · 1 here already"
    assert agenda(opened, FIRST, UNTIL) == IN_DECEMBER
