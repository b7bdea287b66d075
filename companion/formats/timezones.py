"""Time zones as calendar files name and describe them: a VTIMEZONE to write, a name to read.

icalendar can make a VTIMEZONE too, but lists single dates (RDATE) and three observances, which Outlook and ical.js
misread. Ours has one yearly rule for each offset and nothing else (docs/icalendar.md, "Time zones").
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from companion.formats.zone_rules import ZoneRule, known_zones, zone_rule

if TYPE_CHECKING:
    from datetime import date

    from icalendar import Timezone

_LONGEST_NAME = 200
_FIXED = re.compile(r"(?:utc|gmt|etc/gmt)?\s*([+-])(\d{1,2})(?::?(00))?")
_IN_BRACKETS = re.compile(r"\((?:utc|gmt)[^)]*\)\s*", re.IGNORECASE)


def vtimezone(zone: str, first: date) -> Timezone | None:
    """The VTIMEZONE of `zone` (an IANA name), right for every time from the start of the day `first` on.

    One STANDARD and one DAYLIGHT with a yearly RRULE each, or one STANDARD for a zone that never changes. None
    where the zone has kept no such rule since `first`: then times are better written in UTC, one by one.
    """
    rule = zone_rule(zone)
    if rule is None or not rule.covers(datetime.combine(first, time())):
        return None
    return _component(rule)


def _component(rule: ZoneRule) -> Timezone:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

    result = Timezone()
    result.add("TZID", rule.zone)
    highest = max(onset.after for onset in rule.onsets)
    for onset in rule.onsets:
        # By the clock, not by the law: Ireland calls its summer time standard, and programs expect it to be later.
        summer = len(rule.onsets) > 1 and onset.after == highest
        observance = TimezoneDaylight() if summer else TimezoneStandard()
        observance.add("DTSTART", onset.begins)
        observance.add("RRULE", vRecur.from_ical(onset.rule))
        observance.add("TZOFFSETFROM", onset.before)
        observance.add("TZOFFSETTO", onset.after)
        observance.add("TZNAME", onset.name)
        result.add_component(observance)
    result.subcomponents.sort(key=lambda observance: observance.name)
    return result


def windows_zone(name: str) -> str | None:
    """The IANA name of a Windows zone ("Eastern Standard Time"), by the Unicode table that icalendar carries."""
    return _windows_names().get(name.casefold())


def find_zone(tzid: str) -> str | None:
    """The IANA name for what a file calls `tzid`; None where it is nobody's name.

    Knows IANA names in any case and with a path in front (`/mozilla.org/20050126_1/America/New_York`), Windows
    names, Windows labels (`(UTC-05:00) Eastern Time (US & Canada)`) and whole-hour offsets (`UTC-05:00`). Never
    touches the disk with a name from a file.
    """
    name = " ".join(tzid.strip().strip('"').split()).casefold()
    if not name or len(name) > _LONGEST_NAME:
        return None
    if found := _iana_names().get(name) or windows_zone(name):
        return found
    if found := _windows_label(name):
        return found
    parts = name.split("/")
    for start in range(1, len(parts)):
        if found := _iana_names().get("/".join(parts[start:])):
            return found
    return _fixed(name)


def _windows_label(name: str) -> str | None:
    """`(UTC-05:00) Eastern Time (US & Canada)`: the words in the middle, with "Standard" put back."""
    words = _IN_BRACKETS.sub("", name).partition("(")[0].strip()
    return windows_zone(words) or windows_zone(words.replace(" time", " standard time"))


def _fixed(name: str) -> str | None:
    """`UTC-05:00` is `Etc/GMT+5`: POSIX counts westward. Kathmandu and other part-hours have no such name."""
    match = _FIXED.fullmatch(name)
    if not match or name.startswith("etc"):
        return None
    hours = int(match[2])
    if not hours:
        return "UTC"
    fixed = f"Etc/GMT{'-' if match[1] == '+' else '+'}{hours}"
    return fixed if fixed in known_zones() else None


@cache
def _iana_names() -> dict[str, str]:
    return {"z": "UTC"} | {name.casefold(): name for name in known_zones()}


@cache
def _windows_names() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items() if zone in known_zones()}


def unclear_times(zone: str, times: list[datetime]) -> tuple[list[datetime], list[datetime]]:
    """Which of `times` (naive, in `zone`) a clock there never shows, and which it shows twice.

    Nine answers of fourteen programs differ about those hours; the export says so.
    """
    from zoneinfo import ZoneInfo

    there = ZoneInfo(zone)
    never, twice = [], []
    for moment in times:
        first = moment.replace(tzinfo=there).utcoffset() or timedelta()
        second = moment.replace(tzinfo=there, fold=1).utcoffset() or timedelta()
        if first < second:
            never.append(moment)
        elif first > second:
            twice.append(moment)
    return never, twice
