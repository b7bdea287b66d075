"""Repeats in a typed sentence: how people say them, turned into the one grammar there is (docs/plan-file.md).

"tuesdays", "every other tue", "the 2nd tue of every month", "mon/wed/fri each week" become "every Tue", "every 2 weeks
on Tue", "every month on the 2nd Tue" … `phrases` reads those; nothing else here knows what a rule is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from companion.domain.language import _
from companion.domain.phrase_grammar import read
from companion.domain.phrase_words import DAY_WORDS, DAYS, listed, ordinal, ordinal_text
from companion.domain.quick_add_atoms import (
    ANY_WEEKDAY,
    END,
    JOIN,
    MONTH,
    NTH,
    NTHS,
    NUMBER,
    WEEKDAYS,
    name_follows,
    number,
)
from companion.domain.quick_add_days import day_at, one_day
from companion.domain.quick_add_said import (
    Begins,
    Endless,
    EndsAfter,
    EndsOn,
    Except,
    OnDay,
    Repeats,
    Said,
    Scene,
    Word,
    Wrong,
)
from companion.domain.quick_add_times import clock_at, part_of_day
from companion.errors import InputError, RuleError

_LIST = rf"{ANY_WEEKDAY}(?:(?:{JOIN}|\s+){ANY_WEEKDAY}){{0,6}}"
_EVERY = re.compile(rf"(?:on\s+)?(?:every|each){END}\s*")
_STEP = re.compile(rf"(other|second|2nd|{NUMBER})\s+(?=days?|weeks?|wks?|months?|years?|{ANY_WEEKDAY})")
_UNIT = re.compile(rf"(day|week|wk|month|year)s?{END}")
_DAYS = re.compile(_LIST)
_DASHED = re.compile(rf"{ANY_WEEKDAY}(?:\s*-\s*{ANY_WEEKDAY}){{2,6}}")
_RUN = re.compile(rf"({ANY_WEEKDAY})(?:\s*-\s*|\s+(?:to|through|thru|till|until)\s+)({ANY_WEEKDAY})")
_ON_DAYS = re.compile(rf"\s+(?:on\s+)?(?:the\s+)?({_LIST})")
_ON_NTHS = re.compile(rf"\s+(?:on\s+)?({NTHS})(?:\s+({ANY_WEEKDAY}|days?{END}))?")
_ON_DATE = re.compile(rf"\s+on\s+(?=(?:the\s+)?(?:{MONTH}|\d{{1,2}}(?:st|nd|rd|th)?\s))")
_NTHS = re.compile(rf"(?:on\s+)?({NTHS})(?:\s+({ANY_WEEKDAY}|days?{END}))?")
_OF_MONTH = re.compile(rf"\s+(?:(?:(?:of|in)\s+)?(every|each)|(?:of|in)\s+(?:the|a))\s+month{END}")
# Days by their first letters, as programmes write them.
_LETTERS = re.compile(rf"(mwf|m/w/f|m-w-f|tth|t/th|t-th|tuth|tu/th|m-f|m/f|mtwthf|m-th|mtwth){END}")
_LETTERS_MEAN = {
    **dict.fromkeys(("mwf", "m/w/f", "m-w-f"), "Mon, Wed and Fri"),
    **dict.fromkeys(("tth", "t/th", "t-th", "tuth", "tu/th"), "Tue and Thu"),
    **dict.fromkeys(("m-th", "mtwth"), "Mon, Tue, Wed and Thu"),
    **dict.fromkeys(("m-f", "mtwthf"), "Mon, Tue, Wed, Thu and Fri"),
    "m/f": "Mon and Fri",
}
_GROUPED = {
    "weekday": "every weekday",
    "workday": "every weekday",
    "work day": "every weekday",
    "week day": "every weekday",
    "weekend": "every Sat and Sun",
}
_GROUP = re.compile(rf"(weekday|workday|work\s+day|week\s+day|weekend)s?{END}")
_PLURALS = re.compile(rf"(?:on\s+)?(?:({WEEKDAYS}(?:{JOIN}{WEEKDAYS}){{0,6}})|(weekdays|workdays|weekends){END})")
_PART = re.compile(rf"\s*(morning|afternoon|evening|night)s?{END}")
_ALONE = re.compile(
    rf"(daily|nightly|weekly|monthly|yearly|annually|biweekly|bi-weekly|fortnightly|bimonthly|quarterly){END}"
)
_ALONE_MEANS = {
    "daily": ("every day", "day"),
    "nightly": ("every day", "day"),
    "weekly": ("every week", "week"),
    "monthly": ("every month", "month"),
    "yearly": ("every year", "year"),
    "annually": ("every year", "year"),
    "fortnightly": ("every 2 weeks", "week"),
    "biweekly": ("every 2 weeks", "week"),
    "bi-weekly": ("every 2 weeks", "week"),
    "bimonthly": ("every 2 months", "month"),
    "quarterly": ("every 3 months", "month"),
}
_OFTEN = re.compile(
    rf"(?:(once)|twice|{NUMBER}\s+times|\d{{1,2}}\s?x)\s+(?:an?|per|each|every)\s+(day|week|month|year){END}"
)

_UNTIL = re.compile(r"(?:(?:and\s+)?(?:until|till|til|through|thru|ending|ends)(?:\s+on)?)\s+")
_MONTH_ALONE = re.compile(MONTH)
_AND = re.compile(JOIN)
_EXCEPT = re.compile(r"(?:except|excluding|but\s+not|not|skip(?:ping)?)(?:\s+(?:on|for))?\s+")
_FROM = re.compile(r"(?:starting|beginning|begins|starts|start|from|as\s+of|since)(?:\s+(?:on|from))?\s+")
_SESSIONS = r"(?:times|time|sessions?|visits|meetings|classes)"
_FOR = re.compile(rf"for\s+(?:the\s+next\s+)?({NUMBER})\s+(weeks?|wks?|months?|years?|{_SESSIONS}){END}")
_TIMES = re.compile(rf"(?:(?:x\s?(\d{{1,4}})|(\d{{1,4}})\s?x|({NUMBER})\s+{_SESSIONS}){END}(?!\s+(?:a|per|each)\s))")
_WEEKS = re.compile(rf"(?!an?\s)({NUMBER})\s+(weeks?|wks?|months?){END}(?!\s+(?:ago|from|after|before|later)\b)")
_ENDLESS = re.compile(rf"(?:with(?:out|\s+no)\s+(?:an?\s+)?end|no\s+end|endless(?:ly)?|for\s+ever|forever){END}")
_LONGEST_PHRASE = 40


def repeat_at(low: str, at: int, scene: Scene) -> tuple[int, Said] | None:
    """The repeat that `low` names at `at`, and where it ends."""
    every = _EVERY.match(low, at)
    if every:
        return _every(low, every.end(), scene)
    if match := _OFTEN.match(low, at):
        if match[1]:
            return _unit(low, match.end(), match[2], 1, scene)
        days = _("Type the days, like every tue and thu.")
        return match.end(), Wrong("repeat", _('On which days is "{said}"?').format(said=match[0]) + f" {days}")
    if match := _ALONE.match(low, at):
        return _alone(low, match, scene)
    if match := _PLURALS.match(low, at):
        text = _GROUPED[match[2].removesuffix("s")] if match[2] else f"every {_names(match[1])}"
        return _with_part(low, match.end(), text)
    if match := _LETTERS.match(low, at) or _DASHED.match(low, at):
        days = _LETTERS_MEAN.get(match[0]) or _names(match[0])
        remark = _('"{said}" is read as every {days}.').format(said=match[0], days=days)
        return match.end(), Repeats(f"every {days}", remark)
    return _of_month(low, at)


def end_at(low: str, at: int, scene: Scene) -> tuple[int, Said] | None:
    """ "for 12 weeks", "12 times", "until feb 16", "starting dec 1", "no end"."""
    if match := _FOR.match(low, at):
        return match.end(), _after(number(match[1]), match[2], match[0])
    if match := _TIMES.match(low, at):
        return match.end(), _after(number(match[1] or match[2] or match[3]), "times", match[0])
    if (match := _WEEKS.match(low, at)) and not name_follows(low, match.end()):
        return match.end(), _after(number(match[1]), match[2], match[0])
    if match := _ENDLESS.match(low, at):
        return match.end(), Endless()
    if match := _EXCEPT.match(low, at):
        return _except(low, match.end(), scene)
    if match := _UNTIL.match(low, at):
        found = one_day(low, match.end(), scene.today, scene.month_first)
        if found is None:
            return _until_what(low, match, scene)
        return found[0], EndsOn(_from_first(low, match.end(), scene), low[at : found[0]])
    if match := _FROM.match(low, at):
        span = day_at(low, match.end(), scene)
        if span is None or isinstance(span[1], Word):
            return None
        end, said = span
        return end, Begins(said.day, said.remark) if isinstance(said, OnDay) else said
    return None


def _until_what(low: str, match: re.Match[str], scene: Scene) -> tuple[int, Said] | None:
    """ "until june" names no day, and "until further notice" none at all; "until 8" is a time."""
    if not match[0].startswith("until") or clock_at(low, match.end()) is not None:
        return None
    if month := _MONTH_ALONE.match(low, match.end()):
        words = _("Until which day? Type it with its number, like until {month} 1.")
        return month.end(), Wrong("until", words.format(month=month[0][:3]))
    return match.end(), Wrong(
        "until", _('The last day is not clear. Type until feb 16. In quotes "until" stays a word.')
    )


def _except(low: str, at: int, scene: Scene) -> tuple[int, Said] | None:
    """ "except dec 22 and dec 29": read from the first day, as the end is."""
    ends: list[int] = [at]
    while True:
        found = one_day(low, ends[-1], scene.today, scene.month_first)
        if found is None:
            break
        join = _AND.match(low, found[0])
        ends[-1:] = [ends[-1], found[0]]
        if join is None or one_day(low, join.end(), scene.today, scene.month_first) is None:
            break
        ends[-1] = join.end()
    starts, end = ends[:-1], ends[-1]
    if not starts:
        return None
    readers = [_from_first(low, start, scene) for start in starts]
    return end, Except(lambda first: tuple(read_from(first) for read_from in readers))


def _from_first(low: str, at: int, scene: Scene) -> Callable[[date], OnDay]:
    def read_from(first: date) -> OnDay:
        found = one_day(low, at, first, scene.month_first)
        said = found[1] if found else Wrong("until", _("That day is not clear."))
        if isinstance(said, Wrong):
            raise InputError(said.words)
        return said

    return read_from


def _after(amount: int, unit: str, said: str) -> EndsAfter:
    if unit.startswith("y"):
        return EndsAfter(f"for {amount * 12} months", said)
    kind = {"w": "week", "m": "month"}.get(unit[0], "time")
    if unit.startswith("meet"):
        kind = "time"
    return EndsAfter(f"for {amount} {kind}{'' if amount == 1 else 's'}", said)


def _every(low: str, at: int, scene: Scene) -> tuple[int, Said]:
    step = _STEP.match(low, at)
    steps, place = 1, at
    if step:
        steps = 2 if step[1] in {"other", "second", "2nd"} else number(step[1])
        place = step.end()
        if step[1] in {"second", "2nd"} and not _UNIT.match(low, place):
            return _two_ways(low, at)
    if match := _UNIT.match(low, place):
        return _unit(low, match.end(), match[1].replace("wk", "week"), steps, scene)
    if step is None and (match := _DASHED.match(low, place)):
        return _with_part(low, match.end(), f"every {_names(match[0])}")
    if step is None and (match := _RUN.match(low, place)):
        first, last = _weekday(match[1]), _weekday(match[2])
        run = listed([DAYS[(first + n) % 7] for n in range((last - first) % 7 + 1)])
        return _with_part(low, match.end(), f"every {run}")
    if match := _DAYS.match(low, place):
        names = _names(match[0])
        return _with_part(low, match.end(), f"every {steps} weeks on {names}" if step else f"every {names}")
    if step is None:
        if match := _GROUP.match(low, at):
            return _with_part(low, match.end(), _GROUPED[" ".join(match[1].split())])
        if match := _PART.match(low, at):
            return match.end(), Repeats("every day", part=part_of_day(match[1]))
        if match := _NTHS.match(low, at):
            return _every_nth(low, at, match)
    return _not_known(low, at)


def _every_nth(low: str, at: int, match: re.Match[str]) -> tuple[int, Said]:
    """ "every first monday", "every 1st and 3rd tue", "every 15th"; "every 3rd friday" can mean two repeats."""
    numbers = _numbers(match[1])
    of_month = _OF_MONTH.match(low, match.end())
    one = numbers[0] if len(numbers) == 1 else 0
    if match[2] and one in (2, 3, 4) and not of_month:
        return _two_ways(low, at)
    end = of_month.end() if of_month else match.end()
    return end, Repeats(f"every month on the {_on(numbers, match[2])}")


def _two_ways(low: str, at: int) -> tuple[int, Said]:
    match = _NTHS.match(low, at)
    if match is None or not match[2]:
        return _not_known(low, at)
    nth, day = _numbers(match[1])[0], DAYS[_weekday(match[2])] if not match[2].startswith("day") else "day"
    words = _("That can mean two repeats. Type every {n} weeks on {day}, or every month on the {nth} {day}.")
    return match.end(), Wrong("repeat", words.format(n=nth, day=day.lower(), nth=ordinal_text(nth)))


def _not_known(low: str, at: int) -> tuple[int, Said]:
    """ "every" with something after it that is no repeat: the grammar says what is wrong with it."""
    rest = re.match(r"[\w'-]*", low[at:])
    word = rest[0] if rest else ""
    if not word.isalpha():
        return at, Wrong("repeat", _("How often? Type every tue, every 2 weeks or every month on the 15th."))
    try:
        read(f"every {word[:_LONGEST_PHRASE]}")
    except RuleError as error:
        return at + len(word), Wrong("repeat", f"{error} " + _('In quotes "every" stays a word.'))
    return at + len(word), Repeats(f"every {word}")


def _unit(low: str, at: int, unit: str, steps: int, scene: Scene) -> tuple[int, Said]:
    """What may follow "every 2 weeks", "monthly", "every year"."""
    every = f"every {unit}" if steps == 1 else f"every {steps} {unit}s"
    if unit == "week" and (match := _ON_DAYS.match(low, at)) and not _is_dated(low, match.end()):
        return _with_part(low, match.end(), f"{every} on {_names(match[1])}")
    if unit == "month" and (match := _ON_NTHS.match(low, at)):
        of_month = _OF_MONTH.match(low, match.end())
        end = of_month.end() if of_month else match.end()
        return end, Repeats(f"{every} on the {_on(_numbers(match[1]), match[2])}")
    if unit == "year" and (match := _ON_DATE.match(low, at)):
        found = one_day(low, match.end(), scene.today, scene.month_first)
        if found is not None:
            end, day = found
            return end, day if isinstance(day, Wrong) else Repeats(every, first=day.day)
    if unit == "day":
        return _with_part(low, at, every)
    return at, Repeats(every)


def _alone(low: str, match: re.Match[str], scene: Scene) -> tuple[int, Said]:
    every, unit = _ALONE_MEANS[match[1]]
    steps = int(every.split()[1]) if every[6].isdigit() else 1
    end, said = _unit(low, match.end(), unit, steps, scene)
    if isinstance(said, Repeats) and match[1].startswith("bi"):
        often = _("twice a week: every tue and thu") if unit == "week" else _("twice a month: on the 1st and 15th")
        remark = _("{said} is read as {every}. For {often}.").format(said=match[1], every=every, often=often)
        said = Repeats(said.phrase, remark, said.part, said.first)
    if match[1] == "nightly" and isinstance(said, Repeats):
        said = Repeats(said.phrase, part="night")
    return end, said


def _of_month(low: str, at: int) -> tuple[int, Said] | None:
    """ "the 2nd tuesday of every month", "the 15th and the last day of every month"."""
    match = _NTHS.match(low, at)
    if match is None:
        return None
    of_month = _OF_MONTH.match(low, match.end())
    if of_month is None:
        return _month_unsaid(match)
    remark = ""
    if not of_month[1]:
        remark = _('"{said}" is read as every month. For one time only type its date.').format(said=of_month[0].strip())
    return of_month.end(), Repeats(f"every month on the {_on(_numbers(match[1]), match[2])}", remark)


def _month_unsaid(match: re.Match[str]) -> tuple[int, Said] | None:
    """ "2nd and 4th friday", which is each month's; "1st friday", which may be one day only."""
    numbers = _numbers(match[1])
    if numbers == [-1] or (len(numbers) == 1 and not match[2]) or (match[2] or "").startswith("day"):
        return None
    on = _on(numbers, match[2])
    if len(numbers) > 1:
        return match.end(), Repeats(f"every month on the {on}", _('It is read as "every month".'))
    words = _("Is that every month? Type every month on the {day}, or the date alone.")
    return match.end(), Wrong("repeat", words.format(day=on.lower()))


def _with_part(low: str, at: int, phrase: str) -> tuple[int, Said]:
    match = _PART.match(low, at)
    return (match.end(), Repeats(phrase, part=part_of_day(match[1]))) if match else (at, Repeats(phrase))


def _is_dated(low: str, at: int) -> bool:
    """Whether the weekday before `at` is a part of a date: "weekly starting tue dec 1"."""
    return bool(re.match(rf"\s*,?\s*(?:the\s+)?(?:{MONTH}|{NTH})", low[at:]))


def _numbers(text: str) -> list[int]:
    return [value for word in re.findall(NTH, text) if (value := ordinal(word)) is not None]


def _on(numbers: list[int], day: str | None) -> str:
    """ "2nd Tue", "15th", "15th and last day", as the grammar has it."""
    nths = listed([ordinal_text(value) for value in numbers])
    if day and not day.startswith("day"):
        return f"{nths} {DAYS[_weekday(day)]}"
    return f"{nths} day" if day or -1 in numbers else nths


def _weekday(word: str) -> int:
    word = word.rstrip(".")
    return DAY_WORDS.get(word, DAY_WORDS.get(word.removesuffix("s"), 0))


def _names(text: str) -> str:
    """ "Tue and Thu" for "tuesdays & thursdays"."""
    found = sorted({_weekday(word) for word in re.findall(ANY_WEEKDAY, text)})
    return listed([DAYS[day] for day in found])
