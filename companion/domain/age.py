"""How an age is counted, and read as a person types it: "8 weeks", "4", "due Feb 3", "born 2024-05-06".

Ages are counted in completed months. A month is complete on the same day of the month, or on the month's last day
where it is too short: a child born on 29 February turns one on 28 February.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from companion.domain.language import _
from companion.domain.text import clean
from companion.errors import InputError

OLDEST_YEARS = 30
OLDEST_BARE_NUMBER = 17  # "18" alone may be months or years: asked, not guessed
PREGNANCY_WEEKS = 40
STILL_EXPECTED = 28  # days after the due date; later the app can't know and doesn't guess
LONGEST_WAIT = 44 * 7  # days to a due date, from before a test can tell

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER_WORDS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
_PART = re.compile(
    r"(?P<number>\d{1,3})(?P<half>\.5)? ?"
    r"(?P<unit>d|days?|w|wks?|weeks?|m|mos?|mths?|months?|y|yrs?|years?)\b(?:,| and)? ?"
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<month>[a-z]{3,9})(?:,? (?P<year>\d{4}))?")
_MONTH_FIRST = re.compile(r"(?P<month>[a-z]{3,9}) (?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<year>\d{4}))?")


@dataclass(frozen=True, slots=True)
class Age:
    """What an age says about a child: one of the two, reckoned back from today where only a length was given."""

    born: date | None = None
    due: date | None = None


def completed_months(born: date, on: date) -> int:
    """Whole months from `born` to `on`; negative before birth."""
    months = (on.year - born.year) * 12 + on.month - born.month
    month_end = monthrange(on.year, on.month)[1]
    return months - 1 if on.day < min(born.day, month_end) else months


def add_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier), or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def parse_age(text: str, today: date) -> Age:
    """The birthday or due date that `text` means; raises InputError where it is none or can't be right.

    A length counts back from `today` ("4 years": born four years ago today). A date without a year is the nearest
    that makes sense: the last one for a birthday, the coming one (or up to four weeks ago) for a due date.
    """
    words = _tidy(text)
    if words.startswith("due"):
        return _due(words.removeprefix("due").removeprefix(" date").strip(" :"), today)
    if words.startswith("born"):
        return _born(words.removeprefix("born").strip(" :").removeprefix("on "), today)
    if words in {"newborn", "today"}:
        return Age(born=today)
    if pregnant := re.fullmatch(r"(\d{1,2}) ?(?:w|wks?|weeks?) pregnant", words):
        return _expected(today + timedelta(weeks=PREGNANCY_WEEKS - int(pregnant[1])), today)
    if words.isdecimal():
        if len(words) > 2 or int(words) > OLDEST_BARE_NUMBER:
            raise InputError(_("That number alone can't be read as an age."), _("Add weeks, months or years."))
        return _born_ago(_days_ago(words + " years", today), today)
    if length := _days_ago(words, today):
        return _born_ago(length, today)
    day = _read_date(words, today, latest=today)
    if day is None:
        raise _unreadable()
    return _born_ago(day, today) if day <= today else _expected(day, today)


def _unreadable() -> InputError:
    return InputError(
        _("That age can't be read."), _('Write it like "8 weeks", "4 years", "due Feb 3" or "born 2024-05-06".')
    )


def _tidy(text: str) -> str:
    words = clean(text, 60).casefold().replace(" 1/2", ".5").replace(" and a half", ".5")
    words = re.sub(r"(?<=[a-z])\.", "", re.sub(r" ?½", ".5", words)).rstrip(" .")
    words = re.sub(r"\b(?:of age|old)$", "", words).strip()
    first, _space, rest = words.partition(" ")
    number = re.fullmatch(r"([a-z]+)(\.5)?", first)
    if number and number[1] in _NUMBER_WORDS:
        words = f"{_NUMBER_WORDS[number[1]]}{number[2] or ''} {rest}".strip()
    return f"{words} years" if re.fullmatch(r"\d{1,2}\.5", words) else words


def _days_ago(words: str, today: date) -> date | None:
    """The day that lies as long ago as `words` say ("2 years 3 months"); None where they are no length of time."""
    at = months = days = 0
    while at < len(words):
        part = _PART.match(words, at)
        if part is None:
            return None
        number, half, at = int(part["number"]), part["half"] is not None, part.end()
        match _UNITS[part["unit"][0]]:
            case "days":
                days += number
            case "weeks":
                days += number * 7 + (3 if half else 0)
            case "months":
                months += number
                days += 15 if half else 0
            case _:
                months += number * 12 + (6 if half else 0)
    if months > OLDEST_YEARS * 12 or days > OLDEST_YEARS * 366:
        raise InputError(_("That age is too high for a child."), _("Check the number."))
    return add_months(today, -months) - timedelta(days=days) if words else None


def _read_date(words: str, today: date, *, latest: date) -> date | None:
    """The date in `words`; without a year, the last such day up to `latest`."""
    try:
        if iso := _ISO.fullmatch(words):
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        found = _DAY_FIRST.fullmatch(words) or _MONTH_FIRST.fullmatch(words)
        if found is None or found["month"][:3] not in _MONTH_NAMES:
            return None
        month = _MONTH_NAMES.index(found["month"][:3]) + 1
        if found["year"]:
            return date(int(found["year"]), month, int(found["day"]))
        years = range(latest.year, latest.year - 5, -1)  # five, so that 29 February is among them
        days = [date(year, month, int(found["day"])) for year in years if _exists(year, month, int(found["day"]))]
    except ValueError:
        return None
    return next((day for day in days if day <= latest), None)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _due(words: str, today: date) -> Age:
    if words in {"today", "now", "any day", "any day now"}:
        return Age(due=today)
    if words.startswith("in "):
        ago = _days_ago(words.removeprefix("in "), today)
        if ago is None:
            raise _unreadable()
        return _expected(today + (today - ago), today)
    day = _read_date(words, today, latest=today + timedelta(days=365 - STILL_EXPECTED))
    if day is None:
        raise _unreadable()
    return _expected(day, today)


def _born(words: str, today: date) -> Age:
    if words == "today":
        return Age(born=today)
    day = _read_date(words, today, latest=today)
    if day is None:
        raise _unreadable()
    if day > today:
        raise InputError(_("That birthday is still to come."), _('For a due date write "due" first.'))
    return _born_ago(day, today)


def _born_ago(day: date | None, today: date) -> Age:
    if day is None:
        raise _unreadable()
    if day < add_months(today, -OLDEST_YEARS * 12):
        raise InputError(_("That age is too high for a child."), _("Check the number."))
    return Age(born=day)


def _expected(day: date, today: date) -> Age:
    if (today - day).days > STILL_EXPECTED:
        raise InputError(_("That due date is some time ago."), _('Has the baby come? Write "born" and the day.'))
    if (day - today).days > LONGEST_WAIT:
        raise InputError(_("That due date is too far ahead."), _("Check the year."))
    return Age(due=day)
