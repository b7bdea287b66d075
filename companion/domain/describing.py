"""A repeat in plain words, for the screen and in its language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from companion.domain.language import _, plural
from companion.domain.names import month_short
from companion.domain.patterns import latest, pattern
from companion.domain.recurrence import Frequency, RecurrenceRule, normal


def describe(rule: RecurrenceRule, starts: datetime) -> str:
    """How often, for a series that begins at the naive `starts`: "Every Tuesday until Feb 16".

    The day after "until" is the last session's; its year is said where it is a year or more away.
    """
    plain = normal(rule, starts)
    often = _often(plain)
    if plain.count is not None:
        return _("{often}, {times}").format(often=often, times=plural("{n} time", "{n} times", plain.count))
    if plain.until is not None:
        first = starts.toordinal()
        last = latest(pattern(plain, first), first, plain.until.toordinal() + 1)
        return _("{often} until {day}").format(
            often=often, day=_day(plain.until.date() if last is None else date.fromordinal(last), starts.date())
        )
    return often


def _often(rule: RecurrenceRule) -> str:
    if rule.frequency is Frequency.DAILY and not (rule.by_day or rule.by_month):
        return plural("Every day", "Every {n} days", rule.interval)
    if rule.frequency is Frequency.WEEKLY and not rule.by_month:
        return _weekly(rule)
    if rule.frequency is Frequency.MONTHLY and not rule.by_month:
        days = _days_of_month(rule)
        if days:
            return (
                _("{days} of every month").format(days=days[0].upper() + days[1:])
                if rule.interval == 1
                else _("Every {n} months on {days}").format(n=rule.interval, days=days)
            )
    if rule.frequency is Frequency.YEARLY and len(rule.by_month) == 1:
        days = _days_of_year(rule)
        if days:
            every = plural("Every year", "Every {n} years", rule.interval)
            return _("{every} on {days}").format(every=every, days=days)
    return {
        Frequency.DAILY: _("On some days"),
        Frequency.WEEKLY: _("In some weeks"),
        Frequency.MONTHLY: _("On some days of the month"),
        Frequency.YEARLY: _("On some days of the year"),
    }[rule.frequency]


def _weekly(rule: RecurrenceRule) -> str:
    numbers = [weekday.day for weekday in rule.by_day]
    if rule.interval > 1:
        return _("Every {n} weeks on {days}").format(n=rule.interval, days=_list([_weekday(n) for n in numbers]))
    if numbers == [0, 1, 2, 3, 4]:
        return _("Every weekday")
    if len(numbers) == 1:
        return _("Every {day}").format(day=_weekday(numbers[0]))
    return _list([_weekdays(n) for n in numbers])


def _days_of_month(rule: RecurrenceRule) -> str:
    """ "the 15th", "the 1st and 3rd Tuesday"; "" where it takes a longer sentence."""
    if rule.by_set_pos or (rule.by_day and rule.by_month_day):
        return ""
    if rule.by_month_day:
        numbers = [_nth(n) for n in rule.by_month_day if n > 0]
        if any(n < -1 for n in rule.by_month_day):
            return ""
        last = [_("the last day")] if -1 in rule.by_month_day else []
        return _list([*([_("the {nth}").format(nth=_list(numbers))] if numbers else []), *last])
    days = {weekday.day for weekday in rule.by_day}
    if len(days) != 1 or not all(weekday.nth for weekday in rule.by_day) or any(w.nth < -1 for w in rule.by_day):
        return ""
    numbers = [_("last") if weekday.nth == -1 else _nth(weekday.nth) for weekday in rule.by_day]
    return _("the {nth} {weekday}").format(nth=_list(numbers), weekday=_weekday(days.pop()))


def _days_of_year(rule: RecurrenceRule) -> str:
    month = month_short(rule.by_month[0])
    if len(rule.by_month_day) == 1 and rule.by_month_day[0] > 0 and not rule.by_day and not rule.by_set_pos:
        return _("{month} {day}").format(month=month, day=rule.by_month_day[0])
    days = _days_of_month(rule)
    return _("{days} of {month}").format(days=days, month=month) if days else ""


def _day(day: date, since: date) -> str:
    text = _("{month} {day}").format(month=month_short(day.month), day=day.day)
    near = (day.year - since.year) * 12 + day.month - since.month < 12
    return text if near else _("{day}, {year}").format(day=text, year=day.year)


def _list(items: Sequence[str]) -> str:
    if len(items) == 1:
        return items[0]
    return _("{first} and {last}").format(first=", ".join(items[:-1]), last=items[-1])


def _nth(number: int) -> str:
    if 11 <= number % 100 <= 13:
        return _("{n}th").format(n=number)
    forms = {1: _("{n}st"), 2: _("{n}nd"), 3: _("{n}rd")}
    return forms.get(number % 10, _("{n}th")).format(n=number)


def _weekday(number: int) -> str:
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )[number]


def _weekdays(number: int) -> str:
    return (
        _("Mondays"),
        _("Tuesdays"),
        _("Wednesdays"),
        _("Thursdays"),
        _("Fridays"),
        _("Saturdays"),
        _("Sundays"),
    )[number]
