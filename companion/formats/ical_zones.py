"""Which IANA zone a file means: by the names it uses, else by the clock changes it describes.

The file's own VTIMEZONE is used only to recognise a zone. Many programs ignore it too, and a rule out of a file is
nothing to keep for years. Nothing is kept from one file to the next: icalendar remembers the first definition of a
name for the life of the process, and so reads the second clinic's file by the first one's clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from companion.domain.expansion import starts
from companion.domain.finding import Level
from companion.domain.language import _
from companion.domain.recurrence import Frequency
from companion.domain.rrule_text import parse_rrule
from companion.domain.text import clean
from companion.errors import RuleError
from companion.formats.ical_blocks import Block
from companion.formats.ical_values import offset, stamp, stamps
from companion.formats.timezones import find_zone
from companion.formats.zone_rules import known_zones

_EARLIEST = datetime(1970, 1, 1)  # Outlook's observances begin in 1601
_MAX_OBSERVANCES = 60
_MAX_YEARS = 4
_MAX_STRANGE = 5  # comparing a description with every zone takes 40 ms
_NAME_LIMIT = 60
_AMERICAN = (
    "New_York",
    "Chicago",
    "Denver",
    "Phoenix",
    "Los_Angeles",
    "Anchorage",
)  # before cities that keep the same clock

Say = Callable[[Level, int, str, str], None]
"""Told (level, line, sentence, mend) once for each strange zone name."""


@dataclass(frozen=True, slots=True)
class _Onset:
    at: datetime
    before: timedelta
    after: timedelta


class FileZones:
    """The zones of one file. `default` (an IANA name) is taken for times without one and for names nobody knows."""

    def __init__(self, calendars: Iterable[Block], default: str, years: Iterable[int], say: Say) -> None:
        self.default = default
        self.years = _chosen(years)
        self.say = say
        self.described: dict[str, Block] = {}
        for calendar in calendars:
            for block in calendar.named("VTIMEZONE"):
                self.described.setdefault(block.value("TZID"), block)
        self.known: dict[str, str] = {}
        self.compared = 0

    def resolve(self, tzid: str, line: int) -> str:
        """The IANA name for `tzid`, which line `line` uses."""
        if not tzid:
            return self.default
        if tzid not in self.known:
            self.known[tzid] = self._find(tzid, line)
        return self.known[tzid]

    def _find(self, tzid: str, line: int) -> str:
        name = clean(tzid, _NAME_LIMIT)
        found = find_zone(tzid)
        block = self.described.get(tzid)
        if found is None and block is not None:
            found = find_zone(block.value("X-LIC-LOCATION"))
        if found is not None:
            if found.casefold() != tzid.casefold():
                self.say(Level.NOTE, line, _('The time zone "{name}" is {zone}.').format(name=name, zone=found), "")
            return found
        found = None
        if block is not None and self.compared < _MAX_STRANGE:
            self.compared += 1
            found = self._recognise(block)
        if found is not None:
            text = _('The time zone "{name}" keeps the same clock as {zone}.').format(name=name, zone=found)
            self.say(Level.NOTE, line, text, "")
            return found
        text = _('The time zone "{name}" is not known. Its times were taken as {zone}.')
        self.say(Level.WARNING, line, text.format(name=name, zone=self.default), _("Check the hours."))
        return self.default

    def _recognise(self, block: Block) -> str | None:
        """The zone whose clock goes as the file describes it, noon by noon, in the years the file is about."""
        onsets = _onsets(block, self.years)
        if not onsets:
            return None
        noons = [
            datetime(year, 1, 1, 12) + timedelta(days=day) for year in self.years for day in range(3, 363, 7)
        ]  # a week apart: enough to tell the American from the European rule
        wanted = _offsets(onsets, noons)
        constant = len(set(wanted)) == 1
        for zone in _candidates(self.default, wanted[0] if constant else None):
            there = ZoneInfo(zone)
            if all(there.utcoffset(noon) == at for noon, at in zip(noons, wanted, strict=True)):
                return zone
        return None


def _chosen(years: Iterable[int]) -> list[int]:
    """A few of the years that the file is about, the latest ones: what is past matters less."""
    inside = sorted({year for year in years if 1970 <= year <= 2100})
    return inside[-_MAX_YEARS:] or [_EARLIEST.year]


def _onsets(block: Block, years: list[int]) -> list[_Onset]:
    found: list[_Onset] = []
    for observance in block.blocks[:_MAX_OBSERVANCES]:
        try:
            before, after = offset(observance.value("TZOFFSETFROM")), offset(observance.value("TZOFFSETTO"))
            found += (_Onset(at, before, after) for at in _times(observance, years))
        except ValueError:
            continue
    return sorted(found, key=lambda onset: onset.at)


def _times(observance: Block, years: list[int]) -> Iterator[datetime]:
    """When an observance begins, around `years`. Only yearly rules: nobody changes the clocks more often by rule."""
    begins = observance.one("DTSTART")
    if begins is None or observance.spoilt:
        raise ValueError("no start")
    start = max(stamp(begins).at, _EARLIEST)
    yield start
    for line in observance.all("RDATE")[:_MAX_OBSERVANCES]:
        yield from (extra.at for extra in stamps(line)[:500])
    rule = observance.value("RRULE")
    if not rule:
        return
    try:
        parsed = parse_rrule(rule, start, "UTC", all_day=False)
    except RuleError:
        return
    if parsed.frequency is Frequency.YEARLY:
        yield from starts(parsed, start, datetime(years[0] - 1, 1, 1), datetime(years[-1] + 1, 1, 1))


def _offsets(onsets: list[_Onset], times: list[datetime]) -> list[timedelta]:
    """The offset at each of `times`, which ascend; before the first onset the one that it leaves."""
    found, place, now = [], 0, onsets[0].before
    for at in times:
        while place < len(onsets) and onsets[place].at <= at:
            now = onsets[place].after
            place += 1
        found.append(now)
    return found


def _candidates(default: str, constant: timedelta | None) -> Iterator[str]:
    """The zones to try: the file's or hers, a plain offset where the clock never changes, the well-known ones, all."""
    yield default
    if constant is not None and not constant % timedelta(hours=1):
        hours = constant // timedelta(hours=1)
        fixed = f"Etc/GMT{-hours:+d}" if hours else "UTC"
        if fixed in known_zones():
            yield fixed
    yield from (f"America/{city}" for city in _AMERICAN)
    yield from _well_known()
    yield from sorted(known_zones())


@cache
def _well_known() -> tuple[str, ...]:
    """The zones that Windows knows by name: one city for each clock."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return tuple(sorted({zone for zone in WINDOWS_TO_OLSON.values() if zone in known_zones()}))
