"""A day as a person types it: "fri", "tomorrow", "dec 3", "in 2 weeks", "2026-12-03".

- A weekday is the next one after today: on a Tuesday "tue" is in a week ("today" is the word for today). "this tue"
  may be today. "next tue" is taken only where both ways to read it agree, that is where this week's has passed.
- A date without a year is the next one from today on, today included; with `past=True` the last one up to today,
  which is what logging something late needs.
- A month counted from the 31st becomes the last day of a shorter month.
- "12/3" is refused unless `month_first` says how she writes dates: a wrong appointment is worse than a question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from companion.domain.language import _
from companion.domain.months import add_days, add_months, days_in_month
from companion.domain.names import month_name, month_short, weekday_name, weekday_short
from companion.errors import InputError

FIRST_YEAR, LAST_YEAR = 1900, 2100  # a day outside is a slip of the fingers, never an appointment
_LONGEST = 60
_NUMBERS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_UNITS: dict[str, Callable[[date, int], date]] = {
    "d": add_days,
    "w": lambda day, n: add_days(day, 7 * n),
    "m": add_months,
    "y": lambda day, n: add_months(day, 12 * n),
}
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_SLASHED = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{4}|[0-9]{2}))?")
_COUNTED = re.compile(r"(in |\+ ?)?([0-9]{1,4}|[a-z]+) ?(d|days?|w|wks?|weeks?|months?|y|yrs?|years?)( ago)?")


def parse_day(text: str, today: date, *, month_first: bool | None = None, past: bool = False) -> date:
    """The day that `text` names, seen from `today`. InputError, with the mend, where it is not clear.

    `month_first` tells how 12/3 is meant: True for December 3, False for 12 March, None to ask.
    """
    words = unicodedata.normalize("NFKC", text[: _LONGEST + 1]).casefold()
    words = " ".join(words.replace(",", " ").split()).rstrip(".")
    if not words or len(words) > _LONGEST:
        raise _unclear()
    for read in (_plain, _counted, _iso, _weekday):
        found = read(words, today)
        if found is not None:
            return _bounded(found)
    return _bounded(_slashed(words, today, month_first, past) or _dated(words, today, past))


def _plain(words: str, today: date) -> date | None:
    fixed = {
        "today": 0,
        "now": 0,
        "tonight": 0,
        "tomorrow": 1,
        "tmrw": 1,
        "day after tomorrow": 2,
        "the day after tomorrow": 2,
        "yesterday": -1,
        "next week": 7,
        "last week": -7,
        _("today").casefold(): 0,
        _("tomorrow").casefold(): 1,
        _("yesterday").casefold(): -1,
    }
    if words in fixed:
        return add_days(today, fixed[words])
    months = {"next month": 1, "last month": -1, "next year": 12, "last year": -12}
    return add_months(today, months[words]) if words in months else None


def _counted(words: str, today: date) -> date | None:
    match = _COUNTED.fullmatch(words)
    if not match:
        return None
    number = _number(match[2])
    if number is None:
        return None
    return _UNITS[match[3][0]](today, -number if match[4] else number)


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    if word == "an":
        return 1
    return max(1, _NUMBERS.index(word)) if word in _NUMBERS else None


def _iso(words: str, _today: date) -> date | None:
    match = _ISO.fullmatch(words)
    return _date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _weekday(words: str, today: date) -> date | None:
    which, _space, name = words.rpartition(" ")
    weekday = _named(name, weekday_name, weekday_short, range(7), 2)
    if weekday is None or which not in {"", "on", "this", "coming", "next", "last"}:
        return None
    ahead = (weekday - today.weekday()) % 7
    if which == "last":
        return add_days(today, ahead - 7)
    if which == "this":
        return add_days(today, ahead)
    if which == "next" and weekday > today.weekday():
        this, following = add_days(today, ahead), add_days(today, ahead + 7)
        readings = f"{month_short(this.month)} {this.day}", f"{month_short(following.month)} {following.day}"
        raise _two_ways(*readings)
    return add_days(today, ahead or 7)


def _slashed(words: str, today: date, month_first: bool | None, past: bool) -> date | None:
    match = _SLASHED.fullmatch(words)
    if not match:
        return None
    one, two = int(match[1]), int(match[2])
    if month_first is None and one != two and max(one, two) <= 12 and min(one, two) >= 1:
        raise _two_ways(f"{month_short(one)} {two}", f"{month_short(two)} {one}")
    if one == two or two > 12 or (one <= 12 and month_first):
        month, day = one, two
    else:
        month, day = two, one
    if match[3]:
        return _date(int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3]), month, day)
    return _in_some_year(month, day, today, past)


def _dated(words: str, today: date, past: bool) -> date:
    """A month by name with a day and perhaps a weekday and a year, in any order, or a day of the month: "15th"."""
    month = day = year = weekday = None
    for token in words.replace(".", " ").split():
        if token in {"the", "of", "on"}:
            continue
        number = re.fullmatch(r"([0-9]{1,4})(st|nd|rd|th)?", token)
        if number and len(number[1]) == 4 and year is None and not number[2]:
            year = int(number[1])
        elif number and len(number[1]) <= 2 and day is None:
            day = int(number[1])
        elif month is None and (named := _named(token, month_name, month_short, range(1, 13), 3)) is not None:
            month = named
        elif weekday is None and (named := _named(token, weekday_name, weekday_short, range(7), 2)) is not None:
            weekday = named
        else:
            raise _unclear()
    if day is None or (month is None and (year is not None or words.isdigit())):
        raise _unclear()
    if month is None:
        found = _day_of_some_month(day, today, past)
    elif year is not None:
        found = _date(year, month, day)
    else:
        found = _in_some_year(month, day, today, past)
    if weekday is not None and found.weekday() != weekday:
        told = _("{month} {day}, {year} is a {weekday}.").format(
            month=month_name(found.month), day=found.day, year=found.year, weekday=weekday_name(found.weekday())
        )
        raise InputError(told, _("Type the date alone."))
    return found


def _in_some_year(month: int, day: int, today: date, past: bool) -> date:
    """The next day of that name from today on, or the last one up to today; 29 February waits for its year."""
    _date(2024, month, day)
    step = -1 if past else 1
    for year in range(today.year, today.year + 9 * step, step):
        if 1 <= year <= 9999 and day <= days_in_month(date(year, month, 1)):
            found = date(year, month, day)
            if (found <= today) if past else (found >= today):
                return found
    raise _outside()


def _day_of_some_month(day: int, today: date, past: bool) -> date:
    _date(2024, 1, day)
    for months in range(13):
        month = add_months(today.replace(day=1), -months if past else months)
        if day <= days_in_month(month):
            found = month.replace(day=day)
            if (found <= today) if past else (found >= today):
                return found
    raise _outside()


def _named(
    word: str, name: Callable[[int], str], short: Callable[[int], str], numbers: range, letters: int
) -> int | None:
    """Which name `word` is the beginning of, in the language shown or in English; None for none or several."""
    if len(word) < letters:
        return None
    english = _ENGLISH_WEEKDAYS if len(numbers) == 7 else _ENGLISH_MONTHS
    found = {
        number
        for number, plain in zip(numbers, english, strict=True)
        if plain.startswith(word) or name(number).casefold().startswith(word) or short(number).casefold() == word
    }
    return found.pop() if len(found) == 1 else None


_ENGLISH_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ENGLISH_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def _date(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _outside()
    if not 1 <= month <= 12:
        raise InputError(_("A year has 12 months."), _("Type the month as a word, like dec 3."))
    last = days_in_month(date(year, month, 1))
    if not 1 <= day <= last:
        told = _("{month} has {days} days.").format(month=month_name(month), days=last)
        raise InputError(told, _("Choose a day from 1 to {days}.").format(days=last))
    return date(year, month, day)


def _bounded(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _outside()
    return day


def _outside() -> InputError:
    return InputError(_("That day is too far away."), _("Choose a year from 1900 to 2100."))


def _two_ways(one: str, other: str) -> InputError:
    mend = _("Type {one} or {other}.").format(one=one, other=other)
    return InputError(_("That can mean two days."), mend)


def _unclear() -> InputError:
    return InputError(_("That day is not clear."), _("Try fri, tomorrow, dec 3, in 2 weeks or 2026-12-03."))
