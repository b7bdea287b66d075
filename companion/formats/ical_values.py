"""The values in an .ics line: dates and times, lengths, text.

Read widely: a date without VALUE=DATE, a time without seconds, a Z beside a TZID. What can't be read is a
ValueError, never another exception.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from companion.formats.ical_blocks import Line

_STAMP = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[Tt](\d\d):?(\d\d)(?::?(\d\d))?([Zz]?))?")
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LONGEST = timedelta(days=366 * 5)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date or time as the file has it: `at` is naive; `utc` marks a Z, `tzid` may be empty (a floating time)."""

    at: datetime
    is_date: bool = False
    utc: bool = False
    tzid: str = ""

    @property
    def day(self) -> date:
        return self.at.date()


@dataclass(frozen=True, slots=True)
class Period:
    """An extra date (RDATE), with an end or a length where the file gives one."""

    start: Stamp
    end: Stamp | None = None
    length: timedelta | None = None


def stamp(line: Line, value: str | None = None) -> Stamp:
    """The date or time in `line`, or in one `value` of its list."""
    match = _STAMP.fullmatch((line.value if value is None else value).strip())
    if not match:
        raise ValueError("no date or time")
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    if not 1 < year < 9999:
        raise ValueError("a year that no zone can be applied to")
    if match[4] is None:
        return Stamp(datetime(year, month, day), is_date=True)
    at = datetime(year, month, day, hour, minute, min(second, 59))
    # A Z beside a TZID is UTC: whoever wrote it converted the time and forgot the name.
    return Stamp(at, utc=True) if match[7] else Stamp(at, tzid=line.params.get("TZID", "").strip())


def stamps(line: Line) -> list[Stamp]:
    """A list of dates or times; empty places, such as a whole empty EXDATE, are nothing."""
    return [stamp(line, value) for value in line.value.split(",") if value.strip()]


def periods(line: Line) -> list[Period]:
    """What an RDATE gives: times, dates, or periods with an end or a length."""
    found = []
    for value in filter(None, (part.strip() for part in line.value.split(","))):
        start, slash, rest = value.partition("/")
        if not slash:
            found.append(Period(stamp(line, start)))
        elif rest.lstrip("+-").upper().startswith("P"):
            found.append(Period(stamp(line, start), length=length(rest)))
        else:
            found.append(Period(stamp(line, start), end=stamp(line, rest)))
    return found


def length(text: str) -> timedelta:
    """A DURATION or TRIGGER; ValueError beyond five years."""
    from icalendar import vDuration

    found: object = vDuration.from_ical(text.strip().upper())  # type: ignore[no-untyped-call]
    if not isinstance(found, timedelta) or abs(found) > _LONGEST:
        raise ValueError("no length that makes sense")
    return found


def offset(text: str) -> timedelta:
    """A UTC offset, seconds allowed."""
    match = _OFFSET.fullmatch(text.strip())
    if not match or int(match[2]) > 15 or int(match[3]) > 59:
        raise ValueError("no offset")
    found = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
    return -found if match[1] == "-" else found


def text(value: str) -> str:
    r"""TEXT without its escapes: `\n` is a line break, any other `\x` is x (RFC 5545 section 3.3.11)."""
    if "\\" not in value:
        return value
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def items(value: str) -> list[str]:
    """A list of TEXT, split at the commas that are not escaped."""
    return [text(part) for part in re.split(r"(?<!\\),", value) if part.strip()]


def whole_number(value: str) -> int:
    """SEQUENCE and the like; 0 for what is no number of up to nine digits."""
    value = value.strip()
    return int(value) if re.fullmatch(r"\d{1,9}", value) else 0


def utc_instant(line: Line | None) -> datetime | None:
    """DTSTAMP and the like, aware in UTC; None where it can't be read or lies far outside any calendar."""
    if line is None:
        return None
    try:
        found = stamp(line)
    except ValueError:
        return None
    return found.at.replace(tzinfo=UTC) if 1970 <= found.at.year <= 2100 else None


def midnight(day: date) -> datetime:
    return datetime.combine(day, time())
