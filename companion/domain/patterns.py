"""The days a rule gives, as day numbers (`date.toordinal`): by arithmetic where the rule is plain.

A pattern goes straight to the window asked for, so that a series begun ten years ago costs what one begun
yesterday does, and counts its days without walking them where each period has equally many. What is left
(yearly weekdays without a month, days and weeks limited to some months) goes to dateutil, from the last period
that is in step with the first.

Nothing here looks further than the year 2100, so nothing runs for ever, whatever the rule.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Protocol

from companion.domain.language import _
from companion.domain.recurrence import FIRST_YEAR, LAST_YEAR, Frequency, RecurrenceRule, Weekday
from companion.errors import RuleError

FLOOR = date(FIRST_YEAR, 1, 1).toordinal()
CEILING = date(LAST_YEAR + 1, 1, 1).toordinal()  # the first day that is never given
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_STRETCH = 1_461  # days looked through at a time where they have to be counted one by one: four years
_LATER = 19 * 146_097  # days: 400 years are 146,097, and exactly 20,871 weeks


class Pattern(Protocol):
    """The endless run of days of a rule from its first day on; COUNT and UNTIL are left to the caller."""

    def between(self, low: int, high: int) -> list[int]:
        """The days n with low ≤ n < high, ascending, none before the first; `high` is at most CEILING."""
        ...

    def nth(self, index: int) -> int | None:
        """The day with that index, counted from 0; None where it would lie beyond 2100."""
        ...

    def before(self, day: int) -> int:
        """How many days lie before `day`."""
        ...


def pattern(rule: RecurrenceRule, first: int) -> Pattern:
    """The pattern of `rule` for a series whose first day is `first`; raises RuleError for a step below 1."""
    interval = rule.interval
    if interval < 1:
        raise RuleError(_("A repeat can step by 1 to 366, no more and no less."))
    frequency = rule.frequency
    by_day = rule.by_day
    if frequency is Frequency.WEEKLY or (frequency is Frequency.DAILY and by_day and interval == 1):
        if rule.by_month:
            return _Rare(rule, first)
        start = rule.week_start
        monday_based = (first - 1) % 7  # day number 1 was a Monday
        here = (monday_based - start) % 7
        if not by_day:
            return _Even(first, 7 * interval)
        if len(by_day) == 1:
            ahead = (by_day[0].day - start) % 7 - here
            return _Even(first + ahead if ahead >= 0 else first + ahead + 7 * interval, 7 * interval)
        return _Weeks(first, here, 7 * interval, sorted({(weekday.day - start) % 7 for weekday in by_day}))
    if frequency is Frequency.DAILY:
        return _Rare(rule, first) if by_day or rule.by_month else _Even(first, interval)
    if frequency is Frequency.YEARLY and by_day and not rule.by_month:
        return _Rare(rule, first)
    return _Months(rule, first)


def last_day(rule: RecurrenceRule, first: int) -> int | None:
    """The last day of a rule with a COUNT, or up to 2100 the last there is; None where it gives no day at all.

    Only for rules that have a count.
    """
    days = pattern(rule, first)
    last = days.nth((rule.count or 1) - 1)
    return last if last is not None else latest(days, first, CEILING)


def latest(days: Pattern, first: int, high: int) -> int | None:
    """The last day below `high`, looked for backwards in growing stretches."""
    high = min(high, CEILING)
    width = 64
    while high > first:
        low = max(first, high - width)
        found = days.between(low, high)
        if found:
            return found[-1]
        high, width = low, width * 2
    return None


class _Even:
    """Every so many days: daily rules, and weekly ones with a single weekday."""

    __slots__ = ("first", "step")

    def __init__(self, first: int, step: int) -> None:
        self.first = first
        self.step = step

    def between(self, low: int, high: int) -> list[int]:
        first, step = self.first, self.step
        if low > first:
            first += (low - first + step - 1) // step * step
        return list(range(first, high, step))

    def nth(self, index: int) -> int | None:
        day = self.first + index * self.step
        return day if day < CEILING else None

    def before(self, day: int) -> int:
        return max(0, (day - self.first + self.step - 1) // self.step)


class _Weeks:
    """Several weekdays, every so many weeks. `offsets` are days after the start of the week, ascending."""

    __slots__ = ("first", "offsets", "skipped", "step", "week")

    def __init__(self, first: int, here: int, step: int, offsets: list[int]) -> None:
        self.first = first
        self.week = first - here
        self.step = step
        self.offsets = offsets
        self.skipped = bisect_left(offsets, here)  # weekdays of the first week that lie before the first day

    def between(self, low: int, high: int) -> list[int]:
        low = max(low, self.first)
        start = self.week + (low - self.week) // self.step * self.step
        return [
            day
            for week in range(start, high, self.step)
            for offset in self.offsets
            if low <= (day := week + offset) < high
        ]

    def nth(self, index: int) -> int | None:
        weeks, place = divmod(index + self.skipped, len(self.offsets))
        day = self.week + weeks * self.step + self.offsets[place]
        return day if day < CEILING else None

    def before(self, day: int) -> int:
        weeks, rest = divmod(day - self.week, self.step)
        return max(0, weeks * len(self.offsets) + bisect_left(self.offsets, rest) - self.skipped)


class _Months:
    """Days of the month or numbered weekdays, every so many months or, in given months, every so many years.

    A period is a month or a year, counted from year 0.
    """

    __slots__ = ("first", "interval", "month_days", "months", "origin", "positions", "rule", "weekdays", "yearly")

    def __init__(self, rule: RecurrenceRule, first: int) -> None:
        day = date.fromordinal(first)
        self.rule = rule
        self.first = first
        self.interval = rule.interval
        self.yearly = rule.frequency is Frequency.YEARLY
        self.origin = day.year if self.yearly else day.year * 12 + day.month - 1
        self.weekdays = rule.by_day
        self.month_days = rule.by_month_day or (() if rule.by_day else (day.day,))
        self.positions = rule.by_set_pos
        if rule.by_month:
            self.months: tuple[int, ...] = tuple(sorted(set(rule.by_month)))
        else:
            self.months = (day.month,) if self.yearly and not rule.by_month_day else tuple(range(1, 13))

    def between(self, low: int, high: int) -> list[int]:
        low = max(low, self.first)
        if low >= high:
            return []
        found: list[int] = []
        start = self.origin + (self._period(low) - self.origin) // self.interval * self.interval
        for period in range(start, self._period(high - 1) + 1, self.interval):
            found += self._days(period)
        return [day for day in found if low <= day < high]

    def nth(self, index: int) -> int | None:
        each = self._days_each()
        if each:
            opening = self._opening()
            if index < len(opening):
                return opening[index]
            periods, place = divmod(index - len(opening), each)
            period = self.origin + (periods + 1) * self.interval
            year = period if self.yearly else period // 12
            return self._days(period)[place] if year <= LAST_YEAR else None
        return _walk_to(self, self.first, index)

    def before(self, day: int) -> int:
        if day <= self.first:
            return 0
        each = self._days_each()
        if not each:
            return len(self.between(self.first, day))
        opening = self._opening()
        whole = (self._period(day) - self.origin) // self.interval
        if not whole:
            return bisect_left(opening, day)
        return len(opening) + (whole - 1) * each + bisect_left(self._days(self.origin + whole * self.interval), day)

    def _opening(self) -> list[int]:
        return [day for day in self._days(self.origin) if day >= self.first]

    def _period(self, day: int) -> int:
        at = date.fromordinal(day)
        return at.year if self.yearly else at.year * 12 + at.month - 1

    def _days(self, period: int) -> list[int]:
        if self.yearly:
            found = [day for month in self.months for day in self._month(period, month)]
        else:
            year, month = divmod(period, 12)
            found = self._month(year, month + 1) if month + 1 in self.months else []
        if not self.positions:
            return found
        count = len(found)
        places = {position - 1 if position > 0 else count + position for position in self.positions}
        return [found[place] for place in sorted(places) if 0 <= place < count]

    def _month(self, year: int, month: int) -> list[int]:
        length = _LENGTHS[month - 1]
        if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
            length = 29
        before = date(year, month, 1).toordinal() - 1
        days: list[int] = []
        if self.month_days:
            days = [day if day > 0 else length + 1 + day for day in self.month_days]
        if self.weekdays:
            named = [day for weekday in self.weekdays for day in _weekdays_of_month(weekday, before, length)]
            days = [day for day in days if day in named] if self.month_days else named
        if len(days) == 1:
            return [before + days[0]] if 1 <= days[0] <= length else []
        return [before + day for day in sorted(set(days)) if 1 <= day <= length]

    def _days_each(self) -> int:
        """How many days every period has; 0 where that differs from period to period."""
        if self.positions or (self.month_days and self.weekdays) or (self.rule.by_month and not self.yearly):
            return 0
        numbers = {weekday.nth for weekday in self.weekdays} or set(self.month_days)
        shortest = 4 if self.weekdays else min(_LENGTHS[month - 1] for month in self.months)
        front = all(1 <= number <= shortest for number in numbers)
        back = all(-shortest <= number <= -1 for number in numbers)
        if not (front or back):
            return 0
        return len(set(self.weekdays or self.month_days)) * (len(self.months) if self.yearly else 1)


def _weekdays_of_month(weekday: Weekday, before: int, length: int) -> list[int]:
    """The days of the month that `weekday` names; `before` is the number of the day before the 1st."""
    if weekday.nth >= 0:
        first = 1 + (weekday.day - before) % 7  # day number 1 was a Monday, so before % 7 is the weekday of the 1st
        if weekday.nth == 0:
            return list(range(first, length + 1, 7))
        day = first + 7 * (weekday.nth - 1)
    else:
        last = length - (before + length - 1 - weekday.day) % 7
        day = last + 7 * (weekday.nth + 1)
    return [day] if 1 <= day <= length else []


class _Rare:
    """Everything else, by dateutil, which is started in the last period that is in step with the first one.

    dateutil looks at UNTIL only when it has found a day, so a rule that never matches has it walk to the year 9999:
    three million days, 17 seconds. The calendar repeats itself every 400 years to the weekday, so the walk is
    done 7,600 years later, where little is left to walk.
    """

    __slots__ = ("first", "rule")

    def __init__(self, rule: RecurrenceRule, first: int) -> None:
        self.rule = rule
        self.first = first

    def between(self, low: int, high: int) -> list[int]:
        return list(self._from(max(low, self.first), min(high, CEILING)))

    def nth(self, index: int) -> int | None:
        return next(islice(self._from(self.first, CEILING), index, None), None)

    def before(self, day: int) -> int:
        return sum(1 for _ in self._from(self.first, day))

    def _from(self, low: int, high: int) -> Iterator[int]:
        if low >= high:
            return
        from dateutil import rrule as dateutil_rules  # its import costs more than a month's occurrences

        rule = self.rule
        first = date.fromordinal(self.first)
        frequency = getattr(dateutil_rules, rule.frequency.name)
        weekdays = [dateutil_rules.weekday(day.day, day.nth or None) for day in rule.by_day]
        if rule.frequency is Frequency.WEEKLY and not weekdays:
            weekdays = [dateutil_rules.weekday(first.weekday())]
        walk = dateutil_rules.rrule(
            frequency,
            dtstart=datetime.fromordinal(self._in_step(low) + _LATER),
            interval=rule.interval,
            wkst=rule.week_start,
            until=datetime.fromordinal(high - 1 + _LATER),
            byweekday=weekdays or None,
            bymonth=rule.by_month or None,
            bymonthday=rule.by_month_day or None,
            bysetpos=rule.by_set_pos or None,
        )
        for moment in walk:
            day = moment.toordinal() - _LATER
            if day >= low:
                yield day

    def _in_step(self, low: int) -> int:
        rule = self.rule
        if rule.frequency is Frequency.YEARLY:
            year = date.fromordinal(self.first).year
            wanted = date.fromordinal(low).year
            return date(year + (wanted - year) // rule.interval * rule.interval, 1, 1).toordinal()
        step = rule.interval * (7 if rule.frequency is Frequency.WEEKLY else 1)
        return self.first + (low - self.first) // step * step


def _walk_to(days: Pattern, first: int, index: int) -> int | None:
    low = first
    while low < CEILING:
        high = min(low + _STRETCH, CEILING)
        found = days.between(low, high)
        if index < len(found):
            return found[index]
        index -= len(found)
        low = high
    return None
