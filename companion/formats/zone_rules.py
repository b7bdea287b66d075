"""What yearly rule a time zone keeps now, and since when, read from the tzdata wheel.

A compiled zone file (RFC 9636) ends in one line that says what holds after the last change it lists, such as
`EST5EDT,M3.2.0,M11.1.0`. From that line and the changes before it we learn two things: how the clocks change
every year, and the first year in which they did so without exception. No table of ours can grow stale.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files

_EPOCH = datetime(1970, 1, 1)
_FIRST_YEAR = 1970
_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")  # POSIX counts from Sunday
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAY = 86_400

_NAME = r"<[A-Za-z0-9+-]+>|[A-Za-z]+"
_CLOCK = r"[+-]?\d{1,3}(?::\d\d){0,2}"
_TURN = rf"M\d+\.\d\.\d(?:/{_CLOCK})?"
_FOOTER = re.compile(rf"({_NAME})({_CLOCK})(?:({_NAME})({_CLOCK})?,({_TURN}),({_TURN}))?")


@dataclass(frozen=True, slots=True)
class Onset:
    """When an offset begins each year: one observance of RFC 5545 section 3.6.5.

    `begins` is the first time, naive, as a clock still keeping `before` shows it; `rule` is the RRULE text.
    """

    begins: datetime
    before: timedelta
    after: timedelta
    name: str
    rule: str


@dataclass(frozen=True, slots=True)
class ZoneRule:
    """The rule a zone keeps from `since` (a naive local time, exclusive) on: one onset, or two with summer time."""

    zone: str
    since: datetime
    onsets: tuple[Onset, ...]

    def covers(self, first: datetime) -> bool:
        """Whether the rule holds for every local time from `first` on."""
        return first > self.since


@dataclass(frozen=True, slots=True)
class _Change:
    at: datetime  # naive UTC
    before: timedelta
    after: timedelta


@dataclass(frozen=True, slots=True)
class _Turn:
    """`Mm.w.d/time` of POSIX: the w-th weekday d of month m (w = 5: the last), `seconds` after its midnight.

    The seconds may be below 0 or beyond a day: Greenland turns its clocks an hour before the last Sunday begins.
    """

    month: int
    week: int
    weekday: int
    seconds: int

    def in_year(self, year: int) -> datetime:
        first = date(year, self.month, 1)
        day = 1 + (self.weekday - first.isoweekday()) % 7 + 7 * (self.week - 1)
        if self.week == 5:
            following = date(year + self.month // 12, self.month % 12 + 1, 1)
            while day > (following - first).days:
                day -= 7
        return datetime(year, self.month, day) + timedelta(seconds=self.seconds)

    def rrule(self) -> str:
        """The same as RRULE text; "" where RFC 5545 has no plain way to say it (Cairo: the day after the last
        Thursday of October, which may be the first of November)."""
        shift = self.seconds // _DAY
        weekday = _DAYS[(self.weekday + shift) % 7]
        if not shift:
            nth = -1 if self.week == 5 else self.week
            return f"FREQ=YEARLY;BYMONTH={self.month};BYDAY={nth}{weekday}"
        length = _MONTH_LENGTHS[self.month - 1]
        first = (length - 6 if self.week == 5 else 7 * self.week - 6) + shift
        if first < 1 or first + 6 > length or (self.week == 5 and self.month == 2):
            return ""
        days = ",".join(str(day) for day in range(first, first + 7))
        return f"FREQ=YEARLY;BYMONTH={self.month};BYMONTHDAY={days};BYDAY={weekday}"


@cache
def known_zones() -> frozenset[str]:
    """Every name of the IANA database, old names included."""
    return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())


def zone_rule(zone: str) -> ZoneRule | None:
    """The yearly rule of `zone` (an IANA name), or None where it is unknown or its rule can't be said in an RRULE."""
    if zone not in known_zones():
        return None
    changes, settled, footer = _read(files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes())
    match = _FOOTER.fullmatch(footer)
    if not match:
        return None
    standard, west, summer, summer_west, into, back = match.groups()
    base = -_seconds(west)
    if summer is None:
        return _constant(zone, changes, base, standard)
    ahead = -_seconds(summer_west) if summer_west else base + 3600
    turns = (
        (_turn(into), timedelta(seconds=base), timedelta(seconds=ahead), summer.strip("<>")),
        (_turn(back), timedelta(seconds=ahead), timedelta(seconds=base), standard.strip("<>")),
    )
    return _alternating(zone, changes, settled, turns)


def _constant(zone: str, changes: list[_Change], offset: int, name: str) -> ZoneRule:
    """A zone that stays put. Some programs want a rule even then: the weekday of the first day, every year."""
    since = _EPOCH - timedelta(days=1)
    if changes:
        since = max(since, changes[-1].at + max(changes[-1].before, changes[-1].after))
    begins = datetime(since.year, since.month, since.day) + timedelta(days=1)
    nth = (begins.day - 1) // 7 + 1
    rule = f"FREQ=YEARLY;BYMONTH={begins.month};BYDAY={-1 if nth == 5 else nth}{_DAYS[begins.isoweekday() % 7]}"
    stays = timedelta(seconds=offset)
    return ZoneRule(zone, begins - timedelta(seconds=1), (Onset(begins, stays, stays, name.strip("<>"), rule),))


def _alternating(
    zone: str, changes: list[_Change], settled: datetime, turns: tuple[tuple[_Turn, timedelta, timedelta, str], ...]
) -> ZoneRule | None:
    if not all(turn.rrule() for turn, *_ in turns):
        return None
    regular = sorted(
        (
            _Change(turn.in_year(year) - before, before, after)
            for year in range(_FIRST_YEAR, settled.year + 3)
            for turn, before, after, _ in turns
        ),
        key=lambda change: change.at,
    )
    start = _first_regular(changes, settled, regular)
    onsets = []
    for turn, before, after, name in turns:
        first = next(c for c in regular[start:] if c.after == after)
        onsets.append(Onset(first.at + before, before, after, name, turn.rrule()))
    onsets.sort(key=lambda onset: onset.begins)
    return ZoneRule(zone, onsets[0].begins, tuple(onsets))


def _first_regular(changes: list[_Change], settled: datetime, regular: list[_Change]) -> int:
    """Where in `regular` the changes that really happened begin to follow it without exception."""
    now = changes[-1].after if changes else regular[0].before
    start = next(i for i, change in enumerate(regular) if change.at > settled and change.before == now)
    for real in reversed(changes):
        if start == 0 or regular[start - 1] != real:
            break
        start -= 1
    return start


def _turn(text: str) -> _Turn:
    rule, _, clock = text.partition("/")
    month, week, weekday = (int(part) for part in rule[1:].split("."))
    return _Turn(month, week, weekday, _seconds(clock or "2"))


def _seconds(clock: str) -> int:
    sign = -1 if clock.startswith("-") else 1
    parts = [int(part) for part in clock.lstrip("+-").split(":")]
    return sign * sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=False))


def _read(data: bytes) -> tuple[list[_Change], datetime, str]:
    """From a version 2+ TZif file (RFC 9636 section 3): the changes of offset since 1970, the time from which the
    footer holds (the last entry listed, be it only a change of name), and the footer."""
    offset = 44 + _block_length(struct.unpack_from(">6l", data, 20), 4)
    counts = struct.unpack_from(">6l", data, offset + 20)
    times, types = counts[3], counts[4]
    offset += 44
    footer = data[offset + _block_length(counts, 8) :].strip(b"\n").decode("ascii")
    instants = struct.unpack_from(f">{times}q", data, offset)
    kinds = data[offset + 8 * times : offset + 9 * times]
    offsets = [struct.unpack_from(">l", data, offset + 9 * times + 6 * i)[0] for i in range(types)]
    changes = []
    before = offsets[0]
    for instant, kind in zip(instants, kinds, strict=True):
        after = offsets[kind]
        if after != before and instant >= 0:  # a change of name alone moves no clock
            changes.append(
                _Change(_EPOCH + timedelta(seconds=instant), timedelta(seconds=before), timedelta(seconds=after))
            )
        before = after
    settled = _EPOCH + timedelta(seconds=max(0, instants[-1])) if instants else _EPOCH
    return changes, settled, footer


def _block_length(counts: tuple[int, ...], time_size: int) -> int:
    utc_flags, wall_flags, leaps, times, types, letters = counts
    return times * (time_size + 1) + types * 6 + letters + leaps * (time_size + 4) + utc_flags + wall_flags
