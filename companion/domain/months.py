"""Weeks and months as a wall calendar has them. `week_start` is 0 for Monday, 6 for Sunday."""

from __future__ import annotations

from datetime import date, timedelta

WEEK = 7


def first_of(day: date) -> date:
    """The first day of the month of `day`."""
    return day.replace(day=1)


def days_in_month(day: date) -> int:
    """How many days the month of `day` has."""
    return (_next_first(day) - first_of(day)).days if (day.year, day.month) != (9999, 12) else 31


def last_of(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=days_in_month(day))


def add_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier); a day the month lacks becomes its last: 31 January + 1 is 28 February.

    Years stay within those a date can hold.
    """
    number = day.year * 12 + day.month - 1 + months
    number = min(max(number, 12), 9999 * 12 + 11)
    first = date(number // 12, number % 12 + 1, 1)
    return first.replace(day=min(day.day, days_in_month(first)))


def add_days(day: date, days: int) -> date:
    """`days` later (or earlier), staying within what a date can hold."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def week_of(day: date, week_start: int = 0) -> tuple[date, ...]:
    """The seven days of the week that holds `day`; whole also at the ends of the calendar, one week further in."""
    begin = day.toordinal() - (day.weekday() - week_start) % WEEK
    if begin < 1:
        begin += WEEK
    elif begin + WEEK - 1 > date.max.toordinal():
        begin -= WEEK
    return tuple(date.fromordinal(begin + n) for n in range(WEEK))


def weeks_of_month(month: date, week_start: int = 0) -> tuple[tuple[date, ...], ...]:
    """The four to six weeks that hold the month of `month`, with the days of its neighbours."""
    return _weeks(first_of(month), last_of(month), week_start)


def six_weeks(month: date, week_start: int = 0) -> tuple[tuple[date, ...], ...]:
    """Six weeks, the first with the first day of the month: a grid that keeps its height from month to month."""
    begin = week_of(first_of(month), week_start)[0]
    begin = min(begin, date.max - timedelta(days=6 * WEEK - 1))
    return tuple(tuple(begin + timedelta(days=WEEK * n + d) for d in range(WEEK)) for n in range(6))


def weekday_order(week_start: int = 0) -> tuple[int, ...]:
    """The weekdays of a week in order, 0 = Monday."""
    return tuple((week_start + n) % WEEK for n in range(WEEK))


def days_of_year(year: int) -> tuple[date, ...]:
    """Every day of a year."""
    return tuple(date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1))


def weeks_of_year(year: int, week_start: int = 0) -> tuple[tuple[date, ...], ...]:
    """The 53 or 54 weeks that hold a year, with the days of its neighbours."""
    return _weeks(date(year, 1, 1), date(year, 12, 31), week_start)


def _weeks(first: date, last: date, week_start: int) -> tuple[tuple[date, ...], ...]:
    begin, end = week_of(first, week_start)[0].toordinal(), week_of(last, week_start)[-1].toordinal()
    return tuple(tuple(date.fromordinal(n + d) for d in range(WEEK)) for n in range(begin, end, WEEK))


def _next_first(day: date) -> date:
    return (
        day.replace(year=day.year + 1, month=1, day=1) if day.month == 12 else day.replace(month=day.month + 1, day=1)
    )
