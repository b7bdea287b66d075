"""Single days in a typed sentence: "fri", "thu, dec 3", "in 2 weeks", "a week from tuesday", "dec 3 to dec 5".

The days themselves are read by `spoken_day`. What it refuses because it can mean two days is read here as the likelier
one, and a remark names the other: the sentence is shown as it was read before anything is stored.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from companion.domain.language import _
from companion.domain.months import add_days, add_months, days_in_month
from companion.domain.names import month_name, month_short, weekday_name
from companion.domain.quick_add_atoms import DAY_NUMBER, END, MONTH, NUMBER, WEEKDAY, YEAR, name_follows, number
from companion.domain.quick_add_said import OnDay, OnDays, Opens, Said, Scene, Word, Wrong
from companion.domain.spoken_day import parse_day
from companion.domain.wording import date_words
from companion.errors import InputError

_LONGEST_RUN = 335  # days, eleven months: a last day without a year that is further away lies before the first one
LATELY = 120  # days: a date without a year that passed so lately may be meant as the one that was

_UNIT = rf"(?:days?|weeks?|wks?|months?|years?){END}"
_NUMERIC = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}(?![\d/-])"
    r"|\d{1,2}/\d{1,2}(?:/(?:\d{4}|\d{2}))?(?![\w/:])(?!\s*(?:hours?|hrs?|h)\b)"
    r"|\d{1,2}(?:-\d{1,2}-|\.\d{1,2}\.)\d{4}(?!\w))"
)
# "room 3 feb 5" has the day after the month.
_NO_DAY_NUMBER = r"(?!\s*\d{1,2}(?:st|nd|rd|th)?(?![\w:'-])(?!\s?(?:am|pm|a\.m|p\.m)\b))"
_DATE = (
    rf"(?:{MONTH}\s*{DAY_NUMBER}(?:(?:\s*,\s*|\s+){YEAR})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}{_NO_DAY_NUMBER}(?:(?:\s*,\s*|\s+){YEAR})?)"
)
_NTH = r"\d{1,2}(?:st|nd|rd|th)" + END
_PLAIN = rf"(?:(?:the\s+)?day\s+after\s+tomorrow|today|tomorrow|tmrw|tmr|yesterday|tonight){END}"
_LOOSE = rf"(?:this|next|last)\s+(?:week|weekend|month|year){END}"
_COUNTED = rf"(?:in\s+{NUMBER}\s+{_UNIT}|{NUMBER}\s+{_UNIT}\s+ago{END})"
_NAMED = rf"(?:(?:this|coming|next|last)\s+)?{WEEKDAY}(?:\s*,?\s+(?:the\s+)?(?:{_DATE}|{_NUMERIC}|{_NTH}))?"
_ONE = "|".join((_PLAIN, _LOOSE, _COUNTED, _NAMED, rf"(?:the\s+)?{_DATE}", rf"the\s+{_NTH}", _NUMERIC))
_DAY = re.compile(rf"(?:(?:on|for|by)\s+)?({_ONE})(t(?=\d\d:\d\d))?")
_IN_MONTH = re.compile(rf"in\s+({MONTH}){_NO_DAY_NUMBER}(?:\s+({YEAR}))?")
_NAMED_NUMERIC = re.compile(rf"({WEEKDAY})\s*,?\s+({_NUMERIC})")
_LEAD = re.compile(r"(?:on|for|by)\s+")
_BARE_NTH = re.compile(rf"(?:on\s+)?({_NTH})")
_FROM = re.compile(rf"(?:in\s+)?({NUMBER})\s+(days?|weeks?|wks?|months?|years?)\s+(?:from|after)\s+(?:(now){END})?")
_TO = re.compile(r"\s*-\s*|\s+(?:to|through|thru|until|till|til)\s+")
_LAST_NUMBER = re.compile(DAY_NUMBER)
_WEEKDAY_ONLY = re.compile(rf"(?:(this|coming|next|last)\s+)?({WEEKDAY})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(/\d+)?")
_YEARLESS = re.compile(rf"(?:the\s+)?(?:{_DATE}|\d{{1,2}}/\d{{1,2}})")
_HAS_YEAR = re.compile(rf"{YEAR}$")
# Weekdays that are words too. What stands around them tells which is meant, and a remark tells how it was taken.
_WORDS_TOO = frozenset({"sat", "sun", "wed"})
_CLEARLY_A_DAY = re.compile(
    r"\s*(?:$|[,;:.@\d-]|(?:at|from|by)\s+\d|(?:noon|midday|morning|afternoon|evening|night|after|before|until|till)\b)"
)


def day_at(low: str, at: int, scene: Scene, before: Said | None = None) -> tuple[int, Said] | None:
    """The day, or the days from one to another, that `low` names at `at`, and where it ends."""
    if match := _IN_MONTH.match(low, at):
        return match.end(), _month(match, scene.today)
    found = one_day(low, at, scene.today, scene.month_first)
    if found is None:
        return None
    end, first = found
    if isinstance(first, Wrong):
        return end, first
    text = low[at:end]
    if text in _WORDS_TOO:
        return end, _word_or_day(low, end, text, first, before)
    return _days(low, end, text, first, scene) or (end, first)


def one_day(low: str, at: int, today: date, month_first: bool) -> tuple[int, OnDay | Wrong] | None:
    """The single day that `low` names at `at`, seen from `today`, and where it ends."""
    if (counted := _FROM.match(low, at)) and (found := _counted_from(low, counted, today, month_first)):
        return found
    match = _DAY.match(low, at) or _BARE_NTH.match(low, at)
    if match is None or (match.re is _BARE_NTH and name_follows(low, match.end())):
        return None
    try:
        return match.end(), read_day(match[1], today, month_first)
    except InputError as error:
        return match.end(), Wrong("day", str(error))


def read_day(text: str, today: date, month_first: bool) -> OnDay:
    """The day that `text` names, with what else it could mean. Raises InputError, also for days that don't exist."""
    text = {"tmr": "tomorrow"}.get(text, text).removeprefix("the ")
    if text == "tonight":
        return OnDay(today, part="evening")
    for read in (_weekday, _loose):
        if (found := read(text, today)) is not None:
            return found
    if named := _NAMED_NUMERIC.fullmatch(text):
        dated = read_day(named[2], today, month_first)
        parse_day(f"{named[1]} {typed(dated.day)} {dated.day.year}", today)  # the weekday is to be that date's
        return dated
    day = parse_day(text, today, month_first=month_first)
    told = (_other_order(text, day, month_first), _other_year(text, day, today))
    return OnDay(day, " ".join(words for words in told if words))


def typed(day: date) -> str:
    """A day as it can be typed: "dec 3"."""
    return f"{month_short(day.month)} {day.day}".lower()


def _counted_from(low: str, match: re.Match[str], today: date, month_first: bool) -> tuple[int, OnDay | Wrong] | None:
    """ "a week from tuesday"."""
    base, end = OnDay(today), match.end()
    if not match[3]:
        found = one_day(low, end, today, month_first)
        if found is None or isinstance(found[1], Wrong):
            return found
        end, base = found[0], found[1]
    step = number(match[1])
    if match[2][0] in "dw":
        return end, OnDay(add_days(base.day, step * (7 if match[2][0] == "w" else 1)), base.remark)
    return end, OnDay(add_months(base.day, step * (12 if match[2][0] == "y" else 1)), base.remark)


def _month(match: re.Match[str], today: date) -> OnDays:
    """ "in january": the next one, or what is left of this one."""
    first = parse_day(f"{match[1]} 1 {match[2] or today.year}", today)
    last = first.replace(day=days_in_month(first))
    if last < today and not match[2]:
        first = first.replace(year=first.year + 1)
        last = first.replace(day=days_in_month(first))
    return OnDays(max(first, today) if first <= today <= last else first, last, month=True)


def _weekday(text: str, today: date) -> OnDay | None:
    match = _WEEKDAY_ONLY.fullmatch(text)
    if match is None:
        return None
    which, name = match[1] or "", match[2].rstrip(".")
    weekday = ("mo", "tu", "we", "th", "fr", "sa", "su").index(name[:2])
    ahead = (weekday - today.weekday()) % 7
    if which == "last":
        return OnDay(add_days(today, ahead - 7))
    if which == "this":
        day = add_days(today, ahead)
        if ahead:
            return OnDay(day)
        return OnDay(
            day,
            _("Today is {weekday}: this one is read as today. For the next type {date}.").format(
                weekday=weekday_name(weekday), date=typed(add_days(today, 7))
            ),
        )
    if which == "next":
        return _next(weekday, ahead, today)
    day = add_days(today, ahead or 7)
    if ahead:
        return OnDay(day, any_week=not which)
    return OnDay(
        day,
        _("Today is {weekday}: this is read as {date}. For today type today.").format(
            weekday=weekday_name(weekday), date=date_words(day, today)
        ),
        any_week=not which,
    )


def _next(weekday: int, ahead: int, today: date) -> OnDay:
    """Where this week's is still to come, people mean this one or the one after it. The later is taken, and said."""
    if weekday <= today.weekday():
        return OnDay(add_days(today, ahead or 7))
    near, day = add_days(today, ahead), add_days(today, ahead + 7)
    return OnDay(
        day,
        _("Next {weekday} is read as {date}. For {near} type {typed}.").format(
            weekday=weekday_name(weekday), date=date_words(day, today), near=date_words(near, today), typed=typed(near)
        ),
    )


def _loose(text: str, today: date) -> OnDay | None:
    """ "next week", which names no day."""
    which, _space, unit = text.partition(" ")
    way = {"this": 0, "next": 1, "last": -1}.get(which)
    if way is None or unit not in {"week", "weekend", "month", "year"}:
        return None
    if unit == "weekend":
        saturday = add_days(today, (5 - today.weekday()) if today.weekday() < 6 else -1)
        day = add_days(saturday, 7 * way)
    elif unit == "week":
        day = add_days(today, 7 * way)
    else:
        day = add_months(today, way * (12 if unit == "year" else 1))
    words = _('"{said}" names no day: it is read as {date}. For another day type it, like {typed}.')
    other = add_days(day, 1)
    return OnDay(day, words.format(said=text, date=date_words(day, today), typed=typed(other)))


def _other_order(text: str, day: date, month_first: bool) -> str:
    match = _SLASHED.search(text)
    if match is None:
        return ""
    one, two = int(match[1]), int(match[2])
    if one == two or max(one, two) > 12:
        return ""
    month, number_ = (two, one) if month_first else (one, two)
    return _("{said} is read as {month} {day}. For {other} type {typed}.").format(
        said=match[0],
        month=month_name(day.month),
        day=day.day,
        other=f"{month_name(month)} {number_}",
        typed=f"{month_short(month)} {number_}".lower(),
    )


def _other_year(text: str, day: date, today: date) -> str:
    """A date without a year is the next one; where it has passed lately, the one that was may be meant."""
    if not _YEARLESS.fullmatch(text) or _HAS_YEAR.search(text) or day.year == today.year:
        return ""
    before = day.year - 1
    if day.day > days_in_month(date(before, day.month, 1)):
        return ""
    ago = (today - date(before, day.month, day.day)).days
    if not 0 < ago <= LATELY:
        return ""
    return _("That day has passed this year, so it is read as {date}. For the one that was type {typed}.").format(
        date=date_words(day, today), typed=f"{typed(day)} {before}"
    )


def _word_or_day(low: str, end: int, text: str, day: OnDay, before: Said | None) -> Said:
    full = weekday_name(day.day.weekday())
    clearly = _CLEARLY_A_DAY.match(low, end)
    in_words = isinstance(before, Word | Opens)
    if clearly or not (in_words or name_follows(low, end)):
        return day
    if in_words and name_follows(low, end):
        return Word(text, _('"{said}" stays a word. For the day type {day}.').format(said=text, day=full.lower()))
    words = _('"{said}" is read as {day}. In quotes it stays a word.').format(said=text, day=full)
    return replace(day, remark=f"{words} {day.remark}".strip())


def _days(low: str, end: int, text: str, first: OnDay, scene: Scene) -> tuple[int, Said] | None:
    """ "dec 3-5", "dec 3 to dec 5", "fri to sun": from one day to another."""
    to = _TO.match(low, end)
    if to is None:
        return None
    last = one_day(low, to.end(), first.day, scene.month_first)
    weekly = False
    if last is not None:
        if isinstance(last[1], Wrong):
            return last
        far = (last[1].day - first.day).days > _LONGEST_RUN and last[1].day.year > first.day.year
        if far and not _HAS_YEAR.search(low[to.end() : last[0]]):
            return last[0], Wrong("day", _("The last day is before the first one."))
        weekly = all(_WEEKDAY_ONLY.fullmatch(part) for part in (_LEAD.sub("", text), low[to.end() : last[0]]))
        end, day = last[0], last[1].day
    else:
        match = _LAST_NUMBER.match(low, to.end())
        if match is None or not re.search(rf"{MONTH}\s*\d", text):
            return None
        end = match.end()
        try:
            day = first.day.replace(day=int(match[0].rstrip("stndrh")))
        except ValueError:
            return end, Wrong(
                "day",
                _("{month} has {days} days.").format(month=month_name(first.day.month), days=days_in_month(first.day)),
            )
    if day < first.day:
        return end, Wrong("day", _("The last day is before the first one."))
    return end, OnDays(first.day, day, weekly)
