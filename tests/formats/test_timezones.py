from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr

from companion.formats.timezones import find_zone, unclear_times, vtimezone, windows_zone
from companion.formats.zone_rules import ZoneRule, known_zones, zone_rule

LAST = datetime(2037, 12, 31)
NO_RRULE = {"Africa/Cairo", "Egypt"}  # the day after the last Thursday of October, which may be in November


def wheel_zone(name: str) -> ZoneInfo:
    """The zone as the tzdata wheel has it, whatever this machine's own data says."""
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, name)


def onsets(rule: ZoneRule) -> list[tuple[datetime, timedelta, timedelta]]:
    """Every change until the end of 2037: when (UTC), from which offset, to which."""
    return sorted(
        (moment - onset.before, onset.before, onset.after)
        for onset in rule.onsets
        for moment in rrulestr(onset.rule, dtstart=onset.begins).between(onset.begins, LAST, inc=True)
    )


@pytest.mark.parametrize("part", range(4))
def test_every_zone_agrees_with_its_data_from_its_own_start(part: int) -> None:
    """One second before and after every change, and between the changes, up to 2037."""
    for name in sorted(known_zones())[part::4]:
        rule = zone_rule(name)
        if name in NO_RRULE:
            assert rule is None
            continue
        assert rule is not None, name
        truth = wheel_zone(name)
        changes = onsets(rule)
        assert changes or rule.since.year > 2037, name  # Gaza's dates follow Ramadan until 2086
        for moment, before, after in changes:
            for probe, offset in ((moment, after), (moment + timedelta(days=40), after)):
                assert probe.replace(tzinfo=UTC).astimezone(truth).utcoffset() == offset, (name, probe)
            if before != after:
                earlier = (moment - timedelta(seconds=1)).replace(tzinfo=UTC)
                assert earlier.astimezone(truth).utcoffset() == before, (name, moment)
        if len(rule.onsets) == 2:
            # No change that the rule does not have: the offset a month before each is still the one that is left.
            for moment, before, _ in changes[1:]:
                probe = (moment - timedelta(days=30)).replace(tzinfo=UTC)
                assert probe.astimezone(truth).utcoffset() == before, (name, moment)


@pytest.mark.parametrize("name", sorted(known_zones())[::7])
def test_a_rule_starts_as_early_as_it_can(name: str) -> None:
    """The year before, the clocks did something else (or nobody asks: before 1970)."""
    rule = zone_rule(name)
    if rule is None or not 1970 < rule.since.year < 2037 or len(rule.onsets) == 1:
        return
    truth = wheel_zone(name)
    year_before = [moment - timedelta(days=365.25) for moment, *_ in onsets(rule)[:2]]
    earlier = []
    for onset, near in zip(sorted(rule.onsets, key=lambda o: o.begins), year_before, strict=True):
        moment = rrulestr(onset.rule, dtstart=onset.begins - timedelta(days=800)).before(near + timedelta(days=20))
        assert moment is not None
        instant = (moment - onset.before).replace(tzinfo=UTC)
        gone = (instant - timedelta(seconds=1)).astimezone(truth).utcoffset() == onset.before
        earlier.append(gone and instant.astimezone(truth).utcoffset() == onset.after)
    assert not all(earlier)


def test_new_york_is_as_every_program_knows_it() -> None:
    written = vtimezone("America/New_York", date(2026, 10, 1))
    assert written is not None
    assert written.to_ical(sorted=False).decode().splitlines() == [
        "BEGIN:VTIMEZONE",
        "TZID:America/New_York",
        "BEGIN:DAYLIGHT",
        "DTSTART:20070311T020000",
        "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3",
        "TZOFFSETFROM:-0500",
        "TZOFFSETTO:-0400",
        "TZNAME:EDT",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20071104T020000",
        "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
        "TZOFFSETFROM:-0400",
        "TZOFFSETTO:-0500",
        "TZNAME:EST",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


@pytest.mark.parametrize("name", ["America/Phoenix", "Pacific/Honolulu", "Asia/Kolkata", "UTC"])
def test_a_zone_without_summer_time_has_one_yearly_standard(name: str) -> None:
    written = vtimezone(name, date(2026, 10, 1))
    assert written is not None
    assert [part.name for part in written.subcomponents] == ["STANDARD"]
    assert b"RRULE:FREQ=YEARLY;BYDAY=1TH;BYMONTH=1" in written.to_ical()


def test_irish_summer_is_the_daylight_one() -> None:
    written = vtimezone("Europe/Dublin", date(2026, 10, 1))
    assert written is not None
    names = {part.name: str(part["TZNAME"]) for part in written.subcomponents}
    assert names == {"STANDARD": "GMT", "DAYLIGHT": "IST"}


def test_none_where_no_yearly_rule_holds() -> None:
    assert vtimezone("America/New_York", date(2007, 3, 11)) is None
    assert vtimezone("America/New_York", date(2007, 3, 12)) is not None
    assert vtimezone("Africa/Cairo", date(2026, 1, 1)) is None
    assert vtimezone("Mars/Olympus", date(2026, 1, 1)) is None
    assert vtimezone("../../etc/passwd", date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("America/New_York", "America/New_York"),
        ("america/new_york", "America/New_York"),
        ('"Europe/London"', "Europe/London"),
        ("US/Eastern", "US/Eastern"),
        ("/America/New_York", "America/New_York"),
        ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("/freeassociation.sourceforge.net/Europe/Vienna", "Europe/Vienna"),
        ("Eastern Standard Time", "America/New_York"),
        ("eastern  standard time", "America/New_York"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
        ("(UTC-07:00) Arizona", None),
        ("(GMT-06.00) Central Standard Time", "America/Chicago"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("UTC", "UTC"),
        ("GMT", "GMT"),
        ("UTC-05:00", "Etc/GMT+5"),
        ("GMT+0100", "Etc/GMT-1"),
        ("+00:00", "UTC"),
        ("UTC+05:30", None),
        ("UTC+99:00", None),
        ("Customized Time Zone", None),
        ("tzone://Microsoft/Custom", None),
        ("Clinic Time", None),
        ("America", None),
        ("/etc/passwd", None),
        ("../../../../etc/passwd", None),
        ("A" * 1_000_000, None),
        ("", None),
    ],
)
def test_finds_a_zone_by_the_names_that_files_use(tzid: str, zone: str | None) -> None:
    assert find_zone(tzid) == zone


def test_windows_names() -> None:
    assert windows_zone("Pacific Standard Time") == "America/Los_Angeles"
    assert windows_zone("No Such Time") is None


def test_hours_that_a_clock_never_or_twice_shows() -> None:
    gap, fold, plain = datetime(2026, 3, 8, 2, 30), datetime(2026, 11, 1, 1, 30), datetime(2026, 3, 8, 18)
    assert unclear_times("America/New_York", [gap, fold, plain]) == ([gap], [fold])
    assert unclear_times("America/Phoenix", [gap, fold, plain]) == ([], [])
