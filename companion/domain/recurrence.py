"""How often an event takes place: the rule, what makes one sound, and its plainest form.

Everything is naive wall-clock time; the zone is attached afterwards (RFC 5545 section 3.3.10). The days a rule
gives are worked out in `patterns`, the occurrences of an event in `expansion`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from companion.domain.language import _
from companion.errors import RuleError

FIRST_YEAR, LAST_YEAR = 1970, 2100
MAX_INTERVAL = 366
MAX_COUNT = 3_660  # ten years of every day
DAY_END = time(23, 59, 59)


class Frequency(StrEnum):
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True, order=True)
class Weekday:
    """A day of the week, 0 = Monday; `nth` is 0 for every one, 2 for the second, -1 for the last of the month."""

    day: int
    nth: int = 0


@dataclass(frozen=True, slots=True)
class RecurrenceRule:
    """RFC 5545 section 3.3.10, no frequency below daily.

    `until` is naive wall-clock time in the event's zone and includes an occurrence that starts on it. At most one
    of `count` and `until` is given. `count` counts what the rule gives before skips. `week_start`: 0 = Monday.
    """

    frequency: Frequency
    interval: int = 1
    by_day: tuple[Weekday, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    count: int | None = None
    until: datetime | None = None
    week_start: int = 0


def end_of(day: date) -> datetime:
    """The last second of `day`: what "until that day" means, the day included."""
    return datetime.combine(day, DAY_END)


def check(rule: RecurrenceRule, start: datetime | None = None) -> None:
    """Refuse a rule that Companion can't keep to, or that never gives a day.

    With `start` (the naive first start) also one that gives nothing from there on: some intervals step over
    every day that would match. The bounds keep any expansion short, whatever a file asks for.

    Raises RuleError.
    """
    _check_numbers(rule)
    _check_parts(rule)
    if start is not None and not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise RuleError(_("The start is outside the years 1970 to 2100."))
    from companion.domain.patterns import pattern  # it needs the types above

    never = RuleError(_("No day ever fits this repeat."))
    if rule.by_day or rule.by_month_day:
        anywhere = replace(rule, interval=1, count=None, until=None)
        if pattern(anywhere, _CYCLE_START).nth(0) is None:
            raise never
    if start is None:
        return
    first = pattern(rule, start.toordinal()).nth(0)
    if first is None:
        raise never
    if rule.until is not None and rule.until < datetime.combine(date.fromordinal(first), start.time()):
        raise RuleError(_("The repeat ends before it starts."))


_CYCLE_START = date(1996, 1, 1).toordinal()  # any day: the 28 years after it hold every kind of year


def _check_numbers(rule: RecurrenceRule) -> None:
    if not 1 <= rule.interval <= MAX_INTERVAL:
        raise RuleError(_("A repeat can step by 1 to 366, no more and no less."))
    if rule.count is not None and rule.until is not None:
        raise RuleError(_("A repeat ends after so many times or on a day, not both."), _("Take one of the two out."))
    if rule.count is not None and not 1 <= rule.count <= MAX_COUNT:
        raise RuleError(_("A repeat can have 1 to 3660 sessions."))
    if rule.until is not None and not FIRST_YEAR <= rule.until.year <= LAST_YEAR:
        raise RuleError(_("The last day is outside the years 1970 to 2100."))
    if not 0 <= rule.week_start <= 6:
        raise RuleError(_("A week starts on one of seven days."))


def _check_parts(rule: RecurrenceRule) -> None:
    monthly = rule.frequency in (Frequency.MONTHLY, Frequency.YEARLY)
    _check_weekdays(rule, monthly)
    if rule.by_month_day and not monthly:
        raise RuleError(_("Days of the month go with monthly or yearly repeats only."))
    if any(not 1 <= abs(day) <= 31 for day in rule.by_month_day) or len(rule.by_month_day) > 62:
        raise RuleError(_("A day of the month is 1 to 31."))
    if any(not 1 <= month <= 12 for month in rule.by_month) or len(rule.by_month) > 12:
        raise RuleError(_("A month is 1 to 12."))
    if rule.by_set_pos:
        if not monthly:
            raise RuleError(_("Picking by position goes with monthly or yearly repeats only."))
        if not (rule.by_day or rule.by_month_day or rule.by_month):
            raise RuleError(_("Picking by position needs days to pick from."))
        if any(not 1 <= abs(position) <= 366 for position in rule.by_set_pos) or len(rule.by_set_pos) > 62:
            raise RuleError(_("A position is 1 to 366."))


def _check_weekdays(rule: RecurrenceRule, monthly: bool) -> None:
    if any(not 0 <= weekday.day <= 6 for weekday in rule.by_day) or len(rule.by_day) > 77:
        raise RuleError(_("A week has seven days."))
    numbered = [weekday.nth for weekday in rule.by_day if weekday.nth]
    if not numbered:
        return
    if not monthly:
        raise RuleError(_('"The 2nd Tuesday" goes with monthly or yearly repeats only.'))
    if len(numbered) < len(rule.by_day):
        # dateutil and RFC 5545 read such a mix differently, and nobody has been seen to write it.
        raise RuleError(_("A repeat can't mix every such weekday with a numbered one."))
    in_year = rule.frequency is Frequency.YEARLY and not rule.by_month
    if any(abs(nth) > (53 if in_year else 5) for nth in numbered):
        raise RuleError(_("A month has at most five of each weekday."))


def with_end(rule: RecurrenceRule, start: datetime) -> RecurrenceRule:
    """The same rule with COUNT worked out once into UNTIL: the naive start of its last session.

    A count that would go beyond the year 2100 ends there. Rules without a count are given back as they are.
    """
    if rule.count is None:
        return rule
    from companion.domain.patterns import last_day

    last = last_day(rule, start.toordinal())
    until = datetime.combine(date.fromordinal(last), start.time()) if last is not None else start
    return replace(rule, count=None, until=until)


def normal(rule: RecurrenceRule, start: datetime) -> RecurrenceRule:
    """The plainest rule that gives the same days from `start` on, so that two rules can be compared.

    What the rule leaves to the start is written out, parts are sorted, `until` is the end of its day, "Tuesdays,
    the second of them" becomes "the 2nd Tuesday", and a week start that changes nothing is Monday.
    """
    rule = replace(
        rule,
        by_day=tuple(sorted(set(rule.by_day), key=_weekday_order)),
        by_month_day=tuple(sorted(set(rule.by_month_day), key=_from_the_front)),
        by_month=tuple(sorted(set(rule.by_month))),
        by_set_pos=tuple(sorted(set(rule.by_set_pos), key=_from_the_front)),
        until=_whole_day(rule.until, start),
    )
    return _plain_week(_plain_month(rule, start), start)


def _plain_week(rule: RecurrenceRule, start: datetime) -> RecurrenceRule:
    if rule.frequency is Frequency.DAILY and rule.by_day and rule.interval == 1:
        rule = replace(rule, frequency=Frequency.WEEKLY)
    if rule.frequency is Frequency.WEEKLY:
        rule = replace(rule, by_day=rule.by_day or (Weekday(start.weekday()),))
        if len(rule.by_day) == 7 and rule.interval == 1:
            rule = replace(rule, frequency=Frequency.DAILY, by_day=())
    return rule if week_start_matters(rule, start) else replace(rule, week_start=0)


def _plain_month(rule: RecurrenceRule, start: datetime) -> RecurrenceRule:
    if rule.frequency not in (Frequency.MONTHLY, Frequency.YEARLY):
        return rule
    if not rule.by_day and not rule.by_month_day:
        month = rule.by_month or ((start.month,) if rule.frequency is Frequency.YEARLY else ())
        rule = replace(rule, by_month=month, by_month_day=(start.day,))
    one_weekday = len(rule.by_day) == 1 and not rule.by_day[0].nth
    if rule.frequency is Frequency.MONTHLY and one_weekday and not rule.by_month_day:
        day = rule.by_day[0].day
        if rule.by_set_pos and all(abs(position) <= 5 for position in rule.by_set_pos):
            rule = replace(rule, by_day=tuple(Weekday(day, nth) for nth in rule.by_set_pos), by_set_pos=())
    return rule


def week_start_matters(rule: RecurrenceRule, start: datetime | None = None) -> bool:
    """Whether the day that weeks start on changes what the rule gives (RFC 5545, WKST)."""
    if rule.frequency is not Frequency.WEEKLY or rule.interval == 1 or not rule.by_day:
        return False
    return start is None or {weekday.day for weekday in rule.by_day} != {start.weekday()}


def _whole_day(until: datetime | None, start: datetime) -> datetime | None:
    if until is None:
        return None
    day = until.toordinal() - (until.time() < start.time())  # that day's session would start after it
    return end_of(date.fromordinal(max(day, 1)))


def _from_the_front(number: int) -> tuple[bool, int]:
    return number < 0, number


def _weekday_order(weekday: Weekday) -> tuple[bool, int, int]:
    return weekday.nth < 0, weekday.nth, weekday.day
