"""One value of a plan, from what a file holds to what it means: a day, a time, a length, yes or no.

TOML brings typed values, a sheet brings text or the sheet's own types; both go through the same functions. What
can't be taken raises `NotThis` with a sentence and a mend, in the words of docs/plan-file.md.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from companion.domain.language import _
from companion.domain.text import FIELD_LIMIT, clean, is_clean

FIRST_YEAR = 1970
LAST_YEAR = 2100
LONGEST_TIMED = timedelta(days=7)
LONGEST_ALL_DAY = timedelta(days=366)
_MINUTE = timedelta(minutes=1)
_SHOWN = 60  # characters of a value that a finding repeats


class DateOrder(StrEnum):
    """How a sheet writes its dates: 03/04 is the third of April or the fourth of March."""

    DMY = "dmy"
    MDY = "mdy"


class NotThis(ValueError):
    """A value that can't be taken; `text` says what it is, `mend` what to write instead."""

    def __init__(self, text: str, mend: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.mend = mend


def shown(value: object) -> str:
    """`value` as a finding repeats it: cleaned and short."""
    text = value.isoformat() if isinstance(value, (date, time)) else _plain(value)
    return clean(text, _SHOWN)


def _plain(value: object) -> str:
    if isinstance(value, int) and abs(value) >= 10**18:  # a number of a thousand digits is slow to write out
        return _("a very long number")
    return str(value)


def did_you_mean(word: str, known: list[str], likeness: float = 0.6) -> str:
    """The one of `known` that is written most like `word`; "" where none is."""
    near = get_close_matches(word.casefold(), known, 1, likeness)
    return near[0] if near else ""


def as_text(value: object, *, lines: bool = False, limit: int = FIELD_LIMIT) -> tuple[str, bool]:
    """The text in `value`, cleaned, and whether hidden characters were taken out of it."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        value = int(value)  # a sheet keeps the phone number 5550142 as 5550142.0
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise NotThis(_("This is not text."), _("Write it between quotes."))
    raw = _plain(value)
    if len(raw) > limit:
        raise NotThis(
            _("This is {n} characters long; {limit} are possible.").format(n=len(raw), limit=limit),
            _("Make it shorter."),
        )
    text = clean(raw, limit, lines=lines)
    return text, not is_clean(_spaced(raw), limit, lines=lines)


def _spaced(raw: str) -> str:
    """`raw` with its white space and composed letters as `clean` leaves them, so that only what is hidden differs."""
    import unicodedata

    lines = unicodedata.normalize("NFC", raw).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip("\n")


def as_number(value: object, low: int, high: int) -> int:
    """A whole number from `low` to `high`."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,15}\s*", value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise NotThis(
            _("{value} is not a whole number from {low} to {high}.").format(
                value=_quoted(value), low=f"{low:,}", high=f"{high:,}"
            )
        )
    return value


_YES = frozenset({"yes", "y", "true", "1", "x", "✓"})
_NO = frozenset({"no", "n", "false", "0", "-"})


def as_yes_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold() if isinstance(value, (str, int, float)) else ""
    word = word.removesuffix(".0")
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise NotThis(_("{value} is neither true nor false.").format(value=_quoted(value)), _("Write true or false."))


def _quoted(value: object) -> str:
    return f'"{shown(value)}"'


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
                _("{value} has a time of day; a day is meant here.").format(value=_quoted(value)),
                _("Write {day}.").format(day=value.date().isoformat()),
            )
        return _in_bounds(value.date())
    if isinstance(value, date):
        return _in_bounds(value)
    if not isinstance(value, str):
        raise _no_day(value)
    return _in_bounds(_day_in(value.strip(), order))


def _no_day(value: object) -> NotThis:
    return NotThis(_("{value} is not a date.").format(value=_quoted(value)), _("Write it as 2026-09-07."))


def _day_in(text: str, order: DateOrder | None) -> date:
    if found := _ISO_DAY.fullmatch(text):
        return _made(text, int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED_DAY.fullmatch(text):  # with dots the day always comes first
        return _made(text, _full_year(found[3]), int(found[2]), int(found[1]))
    if found := _SLASHED_DAY.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), _full_year(found[4])
        told = order or slashed_order(text)
        if told is None and first != second:
            raise _either(text, year, first, second)
        return _made(text, year, *((second, first) if told is DateOrder.DMY else (first, second)))
    if (found := _NAMED_DAY.fullmatch(text.casefold())) and (name := found["m1"] or found["m2"])[:3] in _MONTHS:
        return _made(text, int(found["y"]), _MONTHS.index(name[:3]) + 1, int(found["d1"] or found["d2"]))
    raise _no_day(text)


def _either(text: str, year: int, first: int, second: int) -> NotThis:
    one, other = date(year, second, first), date(year, first, second)
    return NotThis(
        _("{value} can be {one} or {other}.").format(
            value=_quoted(text), one=f"{first} {one:%B}", other=f"{other:%B} {second}"
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
            _("There is no day {value}.").format(value=_quoted(text)), _("Look at the month and the day.")
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
    raise NotThis(_("{value} is not a time of day.").format(value=_quoted(value)), _("Write it as 14:30 or 2:30 pm."))


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
            _("{value} is not a date and time.").format(value=_quoted(value)), _("Write it as 2026-09-07T14:30:00.")
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


_UNITS = {
    "w": timedelta(weeks=1), "d": timedelta(days=1), "h": timedelta(hours=1), "m": _MINUTE,
}  # fmt: skip
_PART = re.compile(
    r"(\d{1,6}(?:[.,]\d{1,2})?)\s*(weeks?|wks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|min|m)(?![a-z])\.?\s*"
)
_CLOCK_LENGTH = re.compile(r"(\d{1,3}):([0-5]\d)(?::00)?")


def as_length(value: object) -> timedelta:
    """A length such as "3 hours", "50 minutes", "1 h 30 min", "2 days" or "1:30"; whole minutes."""
    if isinstance(value, datetime):
        value = None
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute)
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str):
        raise NotThis(_("{value} needs a unit.").format(value=_quoted(value)), _('Write "50 minutes" or "1 h 30 min".'))
    text = value.strip().casefold()
    if found := _CLOCK_LENGTH.fullmatch(text):
        return timedelta(hours=int(found[1]), minutes=int(found[2]))
    total, at = timedelta(0), 0
    while at < len(text) and (found := _PART.match(text, at)):
        total += float(found[1].replace(",", ".")) * _UNITS[found[2][0]]
        at = found.end()
        at += len(joint[0]) if (joint := re.match(r"(?:and|,|\+)\s*", text[at:])) else 0
    if at < len(text) or not text or total % _MINUTE:
        mend = _('Write "50 minutes", "1 h 30 min" or "2 days".')
        if text.isdigit():
            mend = _('Write "{n} minutes" or "{n} hours".').format(n=text[:6])
        raise NotThis(_("{value} is not a length of time.").format(value=_quoted(value)), mend)
    return total


def as_reminder(value: object) -> int:
    """Whole minutes before the start, at most four weeks."""
    if isinstance(value, str) and re.search(r",|\band\b", value):
        raise NotThis(
            _("Each reminder is a value of its own."), _('Write ["1 day", "2 hours"], in a sheet 1 day|2 hours.')
        )
    minutes = as_length(value) // _MINUTE
    if minutes > 4 * 7 * 24 * 60:
        raise NotThis(_("A reminder can be at most 4 weeks before."), _('Write "1 day" or "2 hours".'))
    return minutes


_OFTEN_MEANT = {
    "eastern": "America/New_York", "et": "America/New_York", "est": "America/New_York", "edt": "America/New_York",
    "central": "America/Chicago", "ct": "America/Chicago", "cst": "America/Chicago", "cdt": "America/Chicago",
    "mountain": "America/Denver", "mt": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver",
    "pacific": "America/Los_Angeles", "pt": "America/Los_Angeles", "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles", "alaska": "America/Anchorage", "hst": "Pacific/Honolulu",
    "hawaii": "Pacific/Honolulu", "arizona": "America/Phoenix", "atlantic": "America/Halifax",
}  # fmt: skip


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def as_zone(value: object) -> str:
    """An IANA zone name. EST, MST and HST exist but have no summer time; who writes them means a place."""
    name = value.strip() if isinstance(value, str) else ""
    first = name.casefold().split()[0] if name.split() else ""
    meant = _OFTEN_MEANT.get(first, "") if "/" not in name else ""
    if not meant and re.fullmatch(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,3}", name):
        if name in _zones():
            return name
        lowered = {zone.casefold(): zone for zone in _zones()}
        if exact := lowered.get(name.casefold()):
            return exact
    if not meant and name:
        places = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(_zones())}
        near = did_you_mean(name.replace(" ", "_").rpartition("/")[2], list(places), 0.75)
        meant = places.get(near, "")
    mend = _("Did you mean {zone}?").format(zone=meant) if meant else _("Write it as America/New_York.")
    raise NotThis(_("{value} is not the name of a time zone.").format(value=_quoted(value)), mend)
