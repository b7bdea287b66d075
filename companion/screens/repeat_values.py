"""A repeat as it is chosen in the form, to and from the rule. Pure: no widget in here.

What the choices can't say (an imported rule, say) stays as it is and is offered as "as it is now".
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from companion.domain.describing import describe
from companion.domain.language import _
from companion.domain.months import days_in_month
from companion.domain.names import weekday_name, weekday_short
from companion.domain.patterns import pattern
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday, check, end_of, normal
from companion.domain.spoken_day import parse_day
from companion.domain.wording import date_words
from companion.errors import InputError, RuleError

_WORKING_DAYS = tuple(Weekday(day) for day in range(5))
_LAST_COMMON_DAY = 28  # the last date that every month has
_WEEK = 7


class How(StrEnum):
    """How often. KEPT is a rule that the others can't say."""

    NEVER = "never"
    DAY = "day"
    WORKING_DAYS = "weekdays"
    WEEK = "week"
    TWO_WEEKS = "2 weeks"
    MONTH_DATE = "month date"
    MONTH_WEEKDAY = "month weekday"
    MONTH_LAST_WEEKDAY = "month last weekday"
    MONTH_END = "month end"
    KEPT = "kept"


class Ends(StrEnum):
    NEVER = "never"
    ON = "date"
    AFTER = "times"


class FieldError(InputError):
    """What is wrong with one field of a form."""

    def __init__(self, field: str, sentence: str, mend: str = "") -> None:
        super().__init__(sentence, mend)
        self.field = field


def choices(start: date, kept: RecurrenceRule | None = None) -> list[tuple[str, str]]:
    """What can be chosen for something that begins on `start`: (value, words)."""
    weekday = weekday_name(start.weekday())
    nth = (start.day - 1) // _WEEK + 1
    last = days_in_month(start)
    found = [
        (How.NEVER, _("does not repeat")),
        (How.DAY, _("every day")),
        (How.WORKING_DAYS, _("every weekday, Monday to Friday")),
        (How.WEEK, _("every week, on days you choose")),
        (How.TWO_WEEKS, _("every 2 weeks, on days you choose")),
    ]
    if start.day <= _LAST_COMMON_DAY:
        found.append((How.MONTH_DATE, _("every month on the {nth}").format(nth=_nth(start.day))))
        found.append(
            (How.MONTH_WEEKDAY, _("every month on the {nth} {weekday}").format(nth=_nth(nth), weekday=weekday))
        )
    if start.day > last - _WEEK:
        found.append((How.MONTH_LAST_WEEKDAY, _("every month on the last {weekday}").format(weekday=weekday)))
    if start.day == last:
        found.append((How.MONTH_END, _("every month on its last day")))
    if kept is not None:
        words = describe(kept, datetime.combine(start, datetime.min.time()))
        found.append((How.KEPT, _("as it is now: {words}").format(words=words)))
    return [(str(how), words) for how, words in found]


def repeat_values(rule: RecurrenceRule | None, start: datetime) -> dict[str, str]:
    """The values of the fields repeat, weekdays, ends, until and times for `rule`."""
    values = {"repeat": str(How.NEVER), "weekdays": "", "ends": str(Ends.NEVER), "until": "", "times": ""}
    if rule is None:
        return values
    plain = normal(rule, start)
    endless = replace(plain, count=None, until=None)
    how = next((h for h in How if h not in {How.NEVER, How.KEPT} and _same(h, endless, start)), How.KEPT)
    values["repeat"] = str(how)
    if how in {How.WEEK, How.TWO_WEEKS}:
        values["weekdays"] = "".join(str(weekday.day) for weekday in endless.by_day)
    if how is not How.KEPT and plain.count is not None:
        values |= {"ends": str(Ends.AFTER), "times": str(plain.count)}
    elif how is not How.KEPT and plain.until is not None:
        values |= {"ends": str(Ends.ON), "until": full_day(plain.until.date())}
    return values


def rule_from(
    values: dict[str, str],
    start: datetime,
    kept: RecurrenceRule | None = None,
    *,
    today: date,
    month_first: bool | None = None,
) -> RecurrenceRule | None:
    """The rule that was chosen, None where it does not repeat. FieldError names the field that is at fault."""
    how = How(values["repeat"])
    if how is How.KEPT:
        return kept
    days = tuple(Weekday(int(digit)) for digit in values["weekdays"])
    rule = _rule(how, start, days)
    if rule is None:
        return None
    first = start.toordinal()
    if pattern(rule, first).nth(0) != first:
        raise FieldError("day", *_not_its_day(rule, start, today))
    rule = _ended(rule, values, start, today, month_first)
    try:
        check(rule, start)
    except RuleError as error:
        raise FieldError("repeat", error.sentence, error.mend) from None
    return rule


def full_day(day: date) -> str:
    """A day as the form shows it, never without its year: "Tue, Dec 1, 2026". `parse_day` reads it back."""
    return date_words(day, date(1, 1, 1))


def _rule(how: How, start: datetime, days: tuple[Weekday, ...]) -> RecurrenceRule | None:
    weekday = Weekday(start.weekday())
    if how is How.NEVER:
        return None
    if how is How.DAY:
        return RecurrenceRule(Frequency.DAILY)
    if how is How.WORKING_DAYS:
        return RecurrenceRule(Frequency.WEEKLY, by_day=_WORKING_DAYS)
    if how in {How.WEEK, How.TWO_WEEKS}:
        return RecurrenceRule(Frequency.WEEKLY, 1 if how is How.WEEK else 2, by_day=days or (weekday,))
    if how is How.MONTH_DATE:
        return RecurrenceRule(Frequency.MONTHLY, by_month_day=(start.day,))
    if how is How.MONTH_END:
        return RecurrenceRule(Frequency.MONTHLY, by_month_day=(-1,))
    nth = -1 if how is How.MONTH_LAST_WEEKDAY else (start.day - 1) // _WEEK + 1
    return RecurrenceRule(Frequency.MONTHLY, by_day=(Weekday(weekday.day, nth),))


def _same(how: How, rule: RecurrenceRule, start: datetime) -> bool:
    if how is How.MONTH_DATE and start.day > _LAST_COMMON_DAY:
        return False
    made = _rule(how, start, rule.by_day if rule.frequency is Frequency.WEEKLY else ())
    return made is not None and normal(made, start) == rule


def _ended(
    rule: RecurrenceRule, values: dict[str, str], start: datetime, today: date, month_first: bool | None
) -> RecurrenceRule:
    ends = Ends(values["ends"])
    if ends is Ends.AFTER:
        number = values["times"].removesuffix(_("times")).strip()
        if not number.isdigit() or not number.isascii() or len(number) > 4 or not int(number):
            raise FieldError("times", _("How many times is not clear."), _("Type a number, like 12."))
        return replace(rule, count=int(number))
    if ends is Ends.ON:
        try:
            last = parse_day(values["until"], max(today, start.date()), month_first=month_first)
        except InputError as error:
            raise FieldError("until", error.sentence, error.mend) from None
        if last < start.date():
            raise FieldError("until", _("That is before the first day."), _("Type a later day."))
        return replace(rule, until=end_of(last))
    return rule


def _not_its_day(rule: RecurrenceRule, start: datetime, today: date) -> tuple[str, str]:
    first = start.toordinal()
    around = pattern(replace(rule, interval=1), first - _WEEK)
    near = around.between(first - _WEEK, first)[-1:] + around.between(first + 1, first + _WEEK + 1)[:1]
    said = _("{day} is not one of the days it repeats on.").format(day=date_words(start.date(), today))
    named = [date_words(date.fromordinal(day), today) for day in near]
    return said, _("Take {days}, or choose {weekday} too.").format(
        days=_(" or ").join(named), weekday=weekday_short(start.weekday())
    )


def _nth(number: int) -> str:
    if 11 <= number % 100 <= 13:
        return _("{n}th").format(n=number)
    forms = {1: _("{n}st"), 2: _("{n}nd"), 3: _("{n}rd")}
    return forms.get(number % 10, _("{n}th")).format(n=number)
