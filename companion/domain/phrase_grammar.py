"""Reads a repeat sentence into what it says, before it is known when the series starts (docs/plan-file.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from companion.domain.language import _
from companion.domain.phrase_words import (
    ALONE,
    DAY_WORDS,
    DAYS,
    UNITS,
    listed,
    nearest,
    not_a_day,
    not_a_repeat,
    number,
    ordinal,
    ordinal_text,
    shown,
    words_of,
)
from companion.domain.recurrence import Frequency, Weekday
from companion.errors import RuleError

_TEXT_LIMIT = 200
_FREQUENCIES = {
    "day": Frequency.DAILY,
    "week": Frequency.WEEKLY,
    "month": Frequency.MONTHLY,
    "year": Frequency.YEARLY,
}
_ENDS = {"week": "weeks", "weeks": "weeks", "month": "months", "months": "months", "time": "times", "times": "times"}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTEAD = {
    "biweekly": "every 2 weeks",
    "fortnightly": "every 2 weeks",
    "fortnight": "every 2 weeks",
    "bimonthly": "every 2 months",
    "quarterly": "every 3 months",
    "annually": "every year",
    "weekdays": "every weekday",
    "weekend": "every Sat and Sun",
    "weekends": "every Sat and Sun",
}
_SPELLED = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "2nd": 2,
    "3rd": 3,
}
_WORKING_DAYS = tuple(Weekday(day) for day in range(5))


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a sentence says. At most one of the last four, its end, is given; without "on" no day is."""

    frequency: Frequency
    interval: int = 1
    by_day: tuple[Weekday, ...] = ()
    by_month_day: tuple[int, ...] = ()
    weeks: int | None = None
    months: int | None = None
    times: int | None = None
    until: date | None = None

    @property
    def endless(self) -> bool:
        return self.weeks is None and self.months is None and self.times is None and self.until is None


def read(text: str) -> Sentence:
    """What `text` says; raises RuleError where it is not in the grammar."""
    if len(text) > _TEXT_LIMIT:
        raise RuleError(_("The repeat is too long to read."), _("Keep it to one short sentence."))
    words = words_of(text)
    if not words:
        raise RuleError(_("There is no repeat here."), _('For instance "every Tue for 12 weeks".'))
    cut = next((place for place, word in enumerate(words) if word in ("for", "until")), len(words))
    frequency, interval, by_day, by_month_day = _how_often(words[:cut], words)
    ends = _end(words[cut:]) if cut < len(words) else {}
    return Sentence(
        frequency,
        interval,
        by_day,
        by_month_day,
        ends.get("weeks"),
        ends.get("months"),
        ends.get("times"),
        _until(words[cut:]),
    )


_How = tuple[Frequency, int, tuple[Weekday, ...], tuple[int, ...]]


def _how_often(words: list[str], whole: list[str]) -> _How:
    if not words:
        raise RuleError(_("The repeat does not say how often."), _('For instance "every Tue for 12 weeks".'))
    head, *rest = words
    if head in ALONE:
        return _unit(ALONE[head], 1, rest)
    if head != "every" or not rest:
        raise _not_begun(head, whole)
    steps = 2 if rest[0] == "other" else number(rest[0])
    if steps is not None:
        return _stepped(steps, rest[0], rest[1:])
    if rest[0] in UNITS:
        return _unit(UNITS[rest[0]], 1, rest[1:])
    if rest[0] in ("weekday", "weekdays"):
        _nothing_after(rest[1:], "every weekday")
        return Frequency.WEEKLY, 1, _WORKING_DAYS, ()
    instead = _INSTEAD.get(rest[0]) or (f"every {_SPELLED[rest[0]]} {shown(*rest[1:])}" if rest[0] in _SPELLED else "")
    if instead:
        raise _unknown(words, _('Write "{text}".').format(text=instead))
    return Frequency.WEEKLY, 1, _days(rest, "every"), ()


def _not_begun(head: str, whole: list[str]) -> RuleError:
    """The refusal of a sentence that does not begin as one does."""
    single = head.removesuffix("s")
    instead = _INSTEAD.get(head) or (f"every {DAYS[DAY_WORDS[single]]}" if single in DAY_WORDS else "")
    if instead:
        return _unknown(whole, _('Write "{text}".').format(text=instead))
    meant = nearest(head, ["every", *ALONE])
    if meant and meant != head:
        return _unknown(whole, _('Did you mean "{text}"?').format(text=shown(meant, *whole[1:])))
    return not_a_repeat(whole)


def _unknown(words: list[str], mend: str) -> RuleError:
    return RuleError(_('"{text}" is not a repeat that Companion knows.').format(text=shown(*words)), mend)


def _stepped(steps: int, said: str, rest: list[str]) -> _How:
    if not 1 <= steps <= 366:
        raise RuleError(_("A repeat can step by 1 to 366, no more and no less."))
    if rest and rest[0] in UNITS:
        return _unit(UNITS[rest[0]], steps, rest[1:])
    if rest and rest[0] in DAY_WORDS:
        mend = _('Write "every {n} weeks on {day}".').format(n=steps, day=DAYS[DAY_WORDS[rest[0]]])
    else:
        mend = _('Write "every {n} days", weeks, months or years.').format(n=steps)
    raise _unknown(["every", said, *rest], mend)


def _unit(unit: str, interval: int, rest: list[str]) -> _How:
    frequency = _FREQUENCIES[unit]
    if not rest:
        return frequency, interval, (), ()
    if unit in ("day", "year"):
        _nothing_after(rest, f"every {unit}")
    if rest[0] != "on":
        if rest[0] not in DAY_WORDS and rest[0] not in ("the", "last") and ordinal(rest[0]) is None:
            _nothing_after(rest, f"every {unit}")
        raise _unknown(
            ["every", unit, *rest], _('Write "every {unit} on {days}".').format(unit=unit, days=shown(*rest))
        )
    if len(rest) == 1:
        example = "Tue" if unit == "week" else "the 2nd Tue"
        raise RuleError(_('"on" has no day after it.'), _('For instance "on {day}".').format(day=example))
    if unit == "week":
        return frequency, interval, _days(rest[1:], "on"), ()
    return frequency, interval, *_on_the(rest[1:])


def _nothing_after(rest: list[str], form: str) -> None:
    if rest:
        raise RuleError(
            _('"{text}" has no place after "{form}".').format(text=shown(*rest), form=form),
            _('It can end with "for 12 weeks", "for 6 months", "for 10 times" or "until 2027-09-01".'),
        )


def _days(words: list[str], lead: str) -> tuple[Weekday, ...]:
    found: set[int] = set()
    before = lead
    for word in words:
        if word == "and":
            continue
        if word not in DAY_WORDS:
            raise not_a_day(word, before)
        found.add(DAY_WORDS[word])
        before = ""
    if not found:
        raise not_a_day(words[-1], lead)
    return tuple(Weekday(day) for day in sorted(found))


def _on_the(words: list[str]) -> tuple[tuple[Weekday, ...], tuple[int, ...]]:
    """Days of the month or numbered weekdays: "the 15th", "the last day", "the 1st and 3rd Tue"."""
    numbers: list[int] = []
    rest = [word for word in words if word not in ("the", "and")]
    while rest and (value := ordinal(rest[0])) is not None:
        numbers.append(value)
        rest.pop(0)
    if not numbers:
        raise _no_ordinal(rest or words)
    if len(rest) > 1:
        raise RuleError(
            _('"{text}" has no place in a month.').format(text=shown(*rest[1:])),
            _('For instance "on the 1st and 3rd Tue".'),
        )
    name = rest[0] if rest else ""
    if name and name not in ("day", "days") and name not in DAY_WORDS:
        raise not_a_day(name, ordinal_text(numbers[-1]))
    if name in DAY_WORDS:
        return _numbered(numbers, DAY_WORDS[name]), ()
    if -1 in numbers and not name:
        raise RuleError(_("The last what?"), _('Write "on the last day" or "on the last Fri".'))
    return (), _dates(numbers)


def _no_ordinal(words: list[str]) -> RuleError:
    if words[0] in DAY_WORDS:
        day = DAYS[DAY_WORDS[words[0]]]
        return RuleError(
            _("Which {day} of the month?").format(day=day),
            _('Write "on the 1st {day}" or "on the last {day}".').format(day=day),
        )
    return RuleError(
        _('"{text}" is not a day of a month.').format(text=shown(*words)),
        _('Write "on the 15th", "on the last day" or "on the 2nd Tue".'),
    )


def _numbered(numbers: list[int], day: int) -> tuple[Weekday, ...]:
    name = DAYS[day]
    if 5 in numbers:
        raise RuleError(
            _("Not every month has a 5th {day}.").format(day=name), _('Write "on the last {day}".').format(day=name)
        )
    wrong = [value for value in numbers if not (1 <= value <= 4 or value == -1)]
    if wrong:
        raise RuleError(
            _("A month has no {nth} {day}.").format(nth=ordinal_text(wrong[0]), day=name),
            _('Write "on the {all} {day}" with one of them.').format(all="1st, 2nd, 3rd, 4th or last", day=name),
        )
    return tuple(Weekday(day, nth) for nth in sorted(set(numbers), key=lambda value: (value < 0, value)))


def _dates(numbers: list[int]) -> tuple[int, ...]:
    wrong = [value for value in numbers if not (1 <= value <= 31 or value == -1)]
    if wrong:
        raise RuleError(
            _("A month has no {nth} day.").format(nth=ordinal_text(wrong[0])), _('Write 1st to 28th, or "last day".')
        )
    refuse_late_dates(*numbers)
    return tuple(sorted(set(numbers), key=lambda value: (value < 0, value)))


def refuse_late_dates(*numbers: int) -> None:
    """Raise RuleError for a day that not every month has."""
    late = [ordinal_text(value) for value in sorted(set(numbers)) if value > 28]
    if late:
        raise RuleError(
            _("Not every month has a {days}.").format(days=listed(late)), _('Write "every month on the last day".')
        )


def _end(words: list[str]) -> dict[str, int]:
    if words[0] == "until":
        return {}
    if len(words) < 3:
        raise RuleError(
            _('"{text}" does not say how long.').format(text=shown(*words)), _('For instance "for 12 weeks".')
        )
    amount, name = number(words[1]), _ENDS.get(words[2])
    if name is None:
        meant = nearest(words[2], _ENDS)
        raise RuleError(
            _('"{text}" is not an end that Companion knows.').format(text=shown(*words[:3])),
            _('Did you mean "for {n} {unit}"?').format(n=shown(words[1]), unit=_ENDS[meant])
            if meant
            else _('Write "for 12 weeks", "for 6 months", "for 10 times" or "until 2027-09-01".'),
        )
    if amount is None:
        raise RuleError(_('"{text}" is not a number.').format(text=shown(words[1])), _('For instance "for 12 weeks".'))
    if amount == 0:
        raise RuleError(
            _("It would not take place at all."), _('The smallest number is 1: "for 1 {unit}".').format(unit=name[:-1])
        )
    _nothing_after(words[3:], " ".join(words[:3]))
    return {name: amount}


def _until(words: list[str]) -> date | None:
    if not words or words[0] != "until":
        return None
    if len(words) > 1 and _DATE.fullmatch(words[1]):
        try:
            day = date.fromisoformat(words[1])
        except ValueError:
            raise RuleError(
                _("There is no {day} in the calendar.").format(day=words[1]), _("Look at the month and the day.")
            ) from None
        _nothing_after(words[2:], " ".join(words[:2]))
        return day
    raise RuleError(
        _('"{text}" is not a date.').format(text=shown(*words)), _("Write year, month and day like 2027-09-01.")
    )
