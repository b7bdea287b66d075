"""A time, a length or a reminder as a person types it: "6pm", "18:00", "6:30 pm", "90 min", "1 day".

A bare "6" is asked about, not guessed: an appointment at the wrong end of the day is worse than a question. With a
24-hour clock it is 6 in the morning, and so is "06:00" with any clock, because nobody writes that for an evening.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, time, timedelta

from companion.domain.language import _
from companion.errors import InputError

LONGEST = timedelta(days=366)
MOST_REMINDERS = 2  # more are cut by phones: docs/icalendar.md
EARLIEST_REMINDER = timedelta(days=28)

_MOST_LETTERS = 40
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(a|p|am|pm|a\.m\.?|p\.m\.?)?")
_PART = re.compile(
    r"(?:and )?([0-9]{1,4}|[0-9]{0,2}[.,][0-9]{1,2}|an?|half an) ?"
    r"(d|days?|w|wks?|weeks?|hours?|hrs?|h|minutes?|mins?|m)\b\.?,? ?"
)
_HOURS_AND_MINUTES = re.compile(r"([0-9]{1,2})h ?([0-9]{1,2})m?")
_UNITS = {"w": timedelta(weeks=1), "d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1)}


def parse_time(text: str, *, hours24: bool = False) -> time:
    """The time that `text` names. InputError, with the mend, where it isn't one or can mean two."""
    readings = _readings(text, hours24)
    if len(readings) > 1:
        raise InputError(
            _("That can be morning or evening."),
            _("Type {one} or {other}.").format(one=_shown(readings[0]), other=_shown(readings[1])),
        )
    return readings[0]


def parse_end(text: str, start: datetime, *, hours24: bool = False) -> datetime:
    """The end that `text` gives to something starting at `start`: a time ("7:30") or a length ("90 min").

    A time is the next such one after `start`, so it may be on the following day. Raises InputError.
    """
    words = _plain(text)
    if words.isdigit() and int(words) <= 24 and not hours24:
        raise InputError(
            _("That can be a time or a length."), _("Type {n}pm, or {n} hours.").format(n=int(words) % 12 or 12)
        )
    try:
        readings = _readings(text, hours24)
    except InputError:
        return start + parse_length(text)
    ends = [start.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0) for at in readings]
    return min(end if end > start else end + timedelta(days=1) for end in ends)


def parse_length(text: str) -> timedelta:
    """ "50 minutes", "1 hour 30 minutes", "1h30", "2 days"; a bare number is minutes. Raises InputError."""
    words = _plain(text).removeprefix("+").removeprefix("for ").strip()
    if words.isdigit() and len(words) <= 4:
        return _bounded(timedelta(minutes=int(words)))
    if match := _HOURS_AND_MINUTES.fullmatch(words):
        return _bounded(timedelta(hours=int(match[1]), minutes=int(match[2])))
    length, at = timedelta(0), 0
    while at < len(words):
        match = _PART.match(words, at)
        if match is None:
            raise _no_length()
        length += _amount(match[1]) * _UNITS[match[2][0]]
        at = match.end()
    if not words:
        raise _no_length()
    return _bounded(length)


def parse_reminders(text: str) -> tuple[int, ...]:
    """How many minutes before the start to remind, the earliest first; "none" gives none. Raises InputError."""
    words = _plain(text, limit=4 * _MOST_LETTERS)
    if words in {"none", "no", "0", _("none").casefold()}:
        return ()
    parts = [part for part in re.split(r" *(?:,|;|\band\b) *", words.removesuffix(" before")) if part]
    minutes = sorted({_reminder(part) for part in parts}, reverse=True)
    if not minutes:
        raise _no_length()
    if len(minutes) > MOST_REMINDERS:
        raise InputError(_("A phone keeps two reminders at most."), _("Leave out the others."))
    return tuple(minutes)


def _reminder(part: str) -> int:
    length = parse_length(part.removesuffix(" before"))
    if length > EARLIEST_REMINDER:
        raise InputError(_("A reminder can come 4 weeks ahead at most."), _("Type 1 day or 2 hours, for instance."))
    return int(length.total_seconds()) // 60


def _readings(text: str, hours24: bool) -> list[time]:
    words = _plain(text).removeprefix("at ").strip()
    if words in {"noon", "midday", _("noon").casefold()}:
        return [time(12)]
    if words in {"midnight", _("midnight").casefold()}:
        return [time(0)]
    match = _CLOCK.fullmatch(words)
    if match is None:
        raise _no_time()
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "")[:1]
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise _no_time()
    if half:
        return [time(hour % 12 + (12 if half == "p" else 0), minute)]
    if hours24 or hour == 0 or hour > 12 or match[1].startswith("0"):
        return [time(hour, minute)]
    return [time(hour % 12, minute), time(hour % 12 + 12, minute)]


def _amount(word: str) -> float:
    if word == "half an":
        return 0.5
    return 1 if word in {"a", "an"} else float(word.replace(",", "."))


def _bounded(length: timedelta) -> timedelta:
    if length > LONGEST:
        raise InputError(_("That is longer than a year."), _("Type a shorter length."))
    return timedelta(minutes=round(length.total_seconds() / 60))


def _plain(text: str, limit: int = _MOST_LETTERS) -> str:
    words = " ".join(unicodedata.normalize("NFKC", text[: limit + 1]).casefold().split())
    return "" if len(words) > limit else words


def _shown(at: time) -> str:
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def _no_time() -> InputError:
    return InputError(_("That time is not clear."), _("Try 6pm, 6:30 pm or 18:30."))


def _no_length() -> InputError:
    return InputError(_("That length is not clear."), _("Try 50 min, 1 hour or 2 days."))
