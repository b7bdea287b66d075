"""Days and times of day as coaches, Google and Excel write them (docs/plan-file.md, "Sheets")."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from companion.domain.language import _
from companion.domain.names import month_name
from companion.formats.plan_values import NotThis, quoted

FIRST_YEAR = 1970
LAST_YEAR = 2100


class DateOrder(StrEnum):
    """How a sheet writes its dates: 03/04 is the third of April or the fourth of March."""

    DMY = "dmy"
    MDY = "mdy"


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_DOTTED_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})")
_SLASHED_DAY = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})")
_NAMED_DAY = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(?:(?P<d1>\d{1,2})\.?\s+(?P<m1>[a-z]{3,9})\.?|(?P<m2>[a-z]{3,9})\.?\s+(?P<d2>\d{1,2}))"
    r",?\s+(?P<y>\d{4})"
)
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?::(\d{2}))?)?\s*(?:([ap])\.?\s?m\.?)?")

_DAY_AND_TIME = re.compile(
    r"(?P<day>.+?)(?:[T,]\s*|\s+)(?P<time>\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)",
    re.IGNORECASE,
)


def slashed_order(text: str) -> DateOrder | None:
    """The order that a date such as 13/04/2026 gives away; None where it could be either, or is no such date."""
    found = _SLASHED_DAY.match(text.strip())
    if not found:
        return None
    first, second = int(found[1]), int(found[3])
    if first > 12 >= second:
        return DateOrder.DMY
    if second > 12 >= first:
        return DateOrder.MDY
    return None


def as_day(value: object, order: DateOrder | None = None) -> date:
    """A calendar day from 1970 to 2100. `order` is how a sheet writes its dates."""
    if isinstance(value, datetime):
        if value.timetz() != time():
            raise NotThis(
                _("{value} has a time of day; a day is meant here.").format(value=quoted(value)),
                _("Write {day}.").format(day=value.date().isoformat()),
            )
        return _in_bounds(value.date())
    if isinstance(value, date):
        return _in_bounds(value)
    if not isinstance(value, str):
        raise _no_day(value)
    return _in_bounds(_day_in(value.strip(), order))


def _no_day(value: object) -> NotThis:
    return NotThis(_("{value} is not a date.").format(value=quoted(value)), _("Write it as 2026-09-07."))


def _day_in(text: str, order: DateOrder | None) -> date:
    if found := _ISO_DAY.fullmatch(text):
        return _made(text, int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED_DAY.fullmatch(text):  # with dots the day always comes first
        return _made(text, _full_year(found[3]), int(found[2]), int(found[1]))
    if found := _SLASHED_DAY.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), _full_year(found[4])
        told = order or slashed_order(text)
        if told is None and first != second and 1 <= first <= 12 and 1 <= second <= 12:
            raise _either(text, year, first, second)
        return _made(text, year, *((second, first) if told is DateOrder.DMY else (first, second)))
    if (found := _NAMED_DAY.fullmatch(text.casefold())) and (name := found["m1"] or found["m2"])[:3] in _MONTHS:
        return _made(text, int(found["y"]), _MONTHS.index(name[:3]) + 1, int(found["d1"] or found["d2"]))
    raise _no_day(text)


def _either(text: str, year: int, first: int, second: int) -> NotThis:
    one, other = date(year, second, first), date(year, first, second)
    return NotThis(
        _("{value} can be {one} or {other}.").format(
            value=quoted(text), one=f"{first} {month_name(one.month)}", other=f"{month_name(other.month)} {second}"
        ),
        _("Say which with --dates dmy (day first) or --dates mdy (month first), or write dates like 2026-12-31."),
    )


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _made(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NotThis(
            _("There is no day {value}.").format(value=quoted(text)), _("Look at the month and the day.")
        ) from None


def _in_bounds(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotThis(
            _("The year {year} is outside {first} to {last}.").format(year=day.year, first=FIRST_YEAR, last=LAST_YEAR),
            _("Look at the year."),
        )
    return day


def as_time(value: object) -> time:
    """A time of day, with whole minutes."""
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, timedelta) and timedelta(0) <= value < timedelta(days=1):
        value = (datetime(FIRST_YEAR, 1, 1) + value).time()
    if isinstance(value, time):
        return _minutes_only(value)
    if isinstance(value, str) and (found := _TIME.fullmatch(value.strip().casefold())):
        hour, minute, half = int(found[1]), int(found[2] or 0), found[4]
        if (found[2] or half) and (not half or 1 <= hour <= 12):
            hour = hour if not half else hour % 12 + (12 if half == "p" else 0)
            if hour < 24 and minute < 60:
                return time(hour, minute)
    raise NotThis(_("{value} is not a time of day.").format(value=quoted(value)), _("Write it as 14:30 or 2:30 pm."))


def _minutes_only(value: time) -> time:
    return value.replace(second=0, microsecond=0, tzinfo=None)


def as_moment(value: object, zone: str, order: DateOrder | None = None) -> date | datetime:
    """A day, or a day with a time: naive wall-clock time in the plan's zone."""
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            raise _with_offset(value, zone)
        _in_bounds(value.date())
        return value.replace(second=0, microsecond=0)
    if isinstance(value, date):
        return _in_bounds(value)
    if not isinstance(value, str):
        raise NotThis(
            _("{value} is not a date and time.").format(value=quoted(value)), _("Write it as 2026-09-07T14:30:00.")
        )
    text = value.strip()
    if re.match(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:", text, re.IGNORECASE):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is not None:
            return as_moment(moment, zone)
    if found := _DAY_AND_TIME.fullmatch(text):
        return datetime.combine(as_day(found["day"], order), as_time(found["time"]))
    return as_day(text, order)


def _with_offset(moment: datetime, zone: str) -> NotThis:
    try:
        local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    except (OverflowError, ValueError, OSError):
        return NotThis(_("Times here are local times of the plan's zone."), _("Leave out the Z or the offset."))
    return NotThis(
        _("Times here are local times of the plan's zone, without Z or an offset."),
        _("Write {moment}.").format(moment=local.isoformat(timespec="seconds")),
    )


def as_instant(value: object) -> datetime:
    """An instant with its offset, in UTC."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip().replace("Z", "+00:00").replace("z", "+00:00"))
        except ValueError:
            value = None
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise NotThis(_("This is not a moment in world time."), _("Write it as 2026-09-01T12:00:00Z."))
    _in_bounds(value.date())
    return value.astimezone(UTC).replace(microsecond=0)
