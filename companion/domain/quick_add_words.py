"""How a typed sentence is shown as it was read: "Tuesdays 6:00–7:30 pm, 12 times, Dec 1 – Feb 16, at Mill St".

Everything shown can be typed again and means the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from companion.domain.describing import describe
from companion.domain.event import ONE_DAY, Event
from companion.domain.kinds import kind
from companion.domain.language import _, plural
from companion.domain.months import add_days, add_months
from companion.domain.names import month_short, weekday_name, weekday_short
from companion.domain.patterns import last_day, latest, pattern
from companion.domain.quick_add import Read
from companion.domain.quick_add_parts import is_online
from companion.domain.recurrence import Frequency, RecurrenceRule, normal
from companion.domain.wording import at_start, length_words, list_words, span_words, time_words

_SOON = 10  # months: a day without a year is the next one of its name, so a later one needs its year
_ABOUT_A_YEAR = 11


_TELLS_WHEN = frozenset({"day", "start", "length", "last_day", "repeat", "until", "times"})


def reading(read: Read, today: date, *, hours24: bool = False) -> list[str]:
    """The lines that show `read`: what it is, when and where, what else. What can't be read is not shown as read."""
    lines = [heading_words(read.event)]
    if not any(missing.field in _TELLS_WHEN for missing in read.missing):
        lines.append(when_line(read.event, today, hours24=hours24))
    lines.append(" · ".join(other_lines(read.event, hours24=hours24)))
    return [line for line in lines if line]


def heading_words(event: Event) -> str:
    """Title and kind: "Group · group therapy"."""
    label = kind(event.kind).label
    plain = event.kind == "other" or label.casefold() == event.title.casefold()
    return event.title if plain else f"{event.title} · {label}" if event.title else label


def when_line(event: Event, today: date, *, hours24: bool = False) -> str:
    """The day or the repeat, the hours, from when to when, and where."""
    words = _repeating(event, event.rule, today, hours24) if event.rule else _single(event, today, hours24)
    if event.skips:
        days = list_words([_dated(skip.date(), event.start.date()) for skip in event.skips])
        words = _("{when}, not on {days}").format(when=words, days=days)
    if not event.location:
        return words
    if is_online(event.location):
        return f"{words}, {event.location[0].lower()}{event.location[1:]}"
    return _("{when}, at {place}").format(when=words, place=event.location)


def other_lines(event: Event, *, hours24: bool = False) -> list[str]:
    """With whom, for whom, what is arranged; each a few words."""
    return [words for words in _others(event, hours24) if words]


def _others(event: Event, hours24: bool) -> Iterator[str]:
    care, ride = event.logistics.childcare, event.logistics.ride
    yield _("with {who}").format(who=event.provider) if event.provider else ""
    yield _("for {who}").format(who=event.child) if event.child else ""
    yield event.online
    if care.covered:
        yield _("{who} has the children").format(who=care.who)
    elif care.needed:
        yield _("childcare: {who}").format(who=care.who) if care.who else _("needs childcare")
    yield ride.how
    yield _("ride with {who}").format(who=ride.who) if ride.who else ""
    if ride.leave_by and not event.all_day:
        yield _("leave at {time}").format(time=time_words(event.start - ride.leave_by, hours24))
    yield _("bring {things}").format(things=list_words(event.logistics.bring)) if event.logistics.bring else ""
    if event.reminders is not None:
        lengths = list_words([length_words(timedelta(minutes=minutes)) for minutes in event.reminders])
        yield _("remind {lengths} before").format(lengths=lengths) if lengths else _("no reminders")


def _single(event: Event, today: date, hours24: bool) -> str:
    first, last = event.start.date(), add_days(event.end.date(), -1)
    if event.all_day and last > first:
        run = _("{first} – {last}").format(first=_short(first, today), last=_short(last, first))
        return _("{days}, all day").format(days=run)
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get((first - today).days, "")
    day = _("{weekday}, {date}").format(weekday=weekday_name(first.weekday()), date=_in_year(first, today))
    words = f"{at_start(near)}, {day}" if near else day
    return f"{words}, {_hours(event, hours24)}"


def _repeating(event: Event, rule: RecurrenceRule, today: date, hours24: bool) -> str:
    words = f"{_often(rule, event)} {_hours(event, hours24)}"
    first = event.start.date()
    if event.all_day:
        words = f"{_often(rule, event)}, {_hours(event, hours24)}"
    if rule.count is None and rule.until is None:
        return _("{often}, from {first}, no end").format(often=words, first=_dated(first, today))
    times, last = _extent(rule, first)
    days = _dated(first, today)
    if last > first:
        days = _("{first} – {last}").format(first=days, last=_dated(last, first))
    return f"{words}, {plural('{n} time', '{n} times', times)}, {days}"


def _often(rule: RecurrenceRule, event: Event) -> str:
    endless = normal(replace(rule, count=None, until=None), event.start)
    if endless.frequency is Frequency.WEEKLY and endless.interval == 1 and len(endless.by_day) == 1:
        return _weekdays(endless.by_day[0].day)
    return describe(endless, event.start)


def _extent(rule: RecurrenceRule, first: date) -> tuple[int, date]:
    """How many sessions, and the day of the last."""
    number = first.toordinal()
    days = pattern(rule, number)
    if rule.count is not None:
        return rule.count, date.fromordinal(last_day(rule, number) or number)
    after = rule.until.date().toordinal() + 1 if rule.until is not None else number + 1
    return days.before(after), date.fromordinal(latest(days, number, after) or number)


def _hours(event: Event, hours24: bool) -> str:
    if event.all_day:
        days = event.duration // ONE_DAY
        return _("all day") if days <= 1 else _("all day for {days}").format(days=plural("{n} day", "{n} days", days))
    if event.duration < ONE_DAY:
        return span_words(event.start, event.end, hours24)
    return _("{time} for {length}").format(time=time_words(event.start, hours24), length=length_words(event.duration))


def _short(day: date, today: date) -> str:
    return _("{weekday}, {date}").format(weekday=weekday_short(day.weekday()), date=_dated(day, today))


def _dated(day: date, since: date) -> str:
    """ "Dec 1", with its year where typing it again would give another."""
    text = _("{month} {day}").format(month=month_short(day.month), day=day.day)
    soon = since <= day < add_months(since, _ABOUT_A_YEAR if day.year > since.year else _SOON + 2)
    return text if soon else _("{day}, {year}").format(day=text, year=day.year)


def _in_year(day: date, today: date) -> str:
    """ "Dec 1", with its year where it is not this one."""
    text = _("{month} {day}").format(month=month_short(day.month), day=day.day)
    return text if day.year == today.year else _("{day}, {year}").format(day=text, year=day.year)


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
