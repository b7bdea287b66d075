"""One value of a plan, from what a file holds to what it means: a text, a length, yes or no, a zone.

TOML brings typed values, a sheet brings text or the sheet's own types; both go through the same functions. What
can't be taken raises `NotThis` with a sentence and a mend, in the words of docs/plan-file.md.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from companion.domain.language import _
from companion.domain.text import FIELD_LIMIT, clean, is_clean

_MINUTE = timedelta(minutes=1)
_SHOWN = 60  # characters of a value that a finding repeats


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
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))  # a workbook keeps 45 as 45.0
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
                value=quoted(value), low=f"{low:,}", high=f"{high:,}"
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
    raise NotThis(_("{value} is neither true nor false.").format(value=quoted(value)), _("Write true or false."))


def quoted(value: object) -> str:
    """`value` between quotes, as a finding repeats it."""
    return f'"{shown(value)}"'


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
        raise NotThis(_("{value} needs a unit.").format(value=quoted(value)), _('Write "50 minutes" or "1 h 30 min".'))
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
        raise NotThis(_("{value} is not a length of time.").format(value=quoted(value)), mend)
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
    raise NotThis(_("{value} is not the name of a time zone.").format(value=quoted(value)), mend)
