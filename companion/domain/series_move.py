"""A whole series at another time, with what was done to single sessions of it carried along.

Nothing is stored here, and the past is not looked at: `series.keep_past` sees to that afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from companion.domain.event import Event
from companion.domain.expansion import gives, session_count, starts
from companion.domain.language import _
from companion.domain.months import first_of, last_of
from companion.domain.names import weekday_name
from companion.domain.patterns import pattern
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday, check, end_of
from companion.errors import RuleError

_WEEK = 7
_ONE_WEEK = timedelta(days=_WEEK)
_MOMENT = timedelta(microseconds=1)


def moved_series(event: Event, at: datetime, start: datetime, duration: timedelta | None = None) -> Event:
    """`event` so that its session at the recurrence id `at` begins at `start`, and every other one moves likewise.

    Another time of day holds for all of it. Another day moves the weekday that `at` is on ("all Tuesdays to
    Wednesdays") and leaves other weekdays of the rule; in a month it moves the date or "the 2nd Tuesday". It has as
    many sessions as before. Raises RuleError where the repeat is too unusual to say what was meant.
    """
    rule = event.rule
    if rule is None or not gives(event, at):
        raise RuleError(_("There is no such session in this series."), _("Look at the day again."))
    days = (start.date() - at.date()).days
    changed = _on_other_day(rule, at, start.date()) if days else rule
    anchor = _earliest(event, rule, at, days).toordinal()
    first = pattern(replace(changed, count=None, until=None), anchor).nth(0)
    if first is None:
        raise _unusual()
    begins = datetime.combine(date.fromordinal(first), start.time())
    changed = _as_many(event, changed, begins)
    check(changed, begins)
    moved = replace(event, start=begins, rule=changed, duration=event.duration if duration is None else duration)
    return carried(event, moved, _where(rule, at, days, moved))


def stays_until(event: Event, now: datetime, back: timedelta) -> datetime:
    """Until when `event` stays as it is where it moves to an earlier time, by `back`: `now` or later.

    `now` is naive, in the zone of `event`.
    All Tuesdays become Mondays, on a Tuesday morning: tonight's session can't have been yesterday, so it stays.
    """
    if event.rule is None or back <= timedelta(0):
        return now
    stay = [at for at in starts(event.rule, event.start, now, now + back + _MOMENT) if at > now]
    return stay[-1] + _MOMENT if stay else now


def carry_over(before: Event, after: Event) -> Event:
    """`after`, a changed `before` that still has its skips and overrides, with each where its session is now.

    A session that was cancelled or changed by itself stays so when the series gets another hour or weekday. One that
    the new rule has no session for is dropped.
    """
    if before.rule is None or after.rule is None or not (after.skips or after.overrides):
        return after
    by = after.start - before.start

    def there(at: datetime) -> datetime | None:
        same_day = datetime.combine(at.date(), after.start.time())
        shifted = at + by if abs(by) < _ONE_WEEK else at  # further away it begins elsewhere, and was not moved
        return next((found for found in (at, same_day, shifted) if gives(after, found)), None)

    return carried(before, after, there)


def carried(before: Event, after: Event, there: Callable[[datetime], datetime | None]) -> Event:
    """`after` with the skips and overrides of `before` hung on the recurrence ids that `there` gives for theirs."""
    overrides, taken = [], set()
    for override in before.overrides:
        at = there(override.recurrence_id)
        if at is not None and at not in taken:
            taken.add(at)
            overrides.append(replace(override, recurrence_id=at))
    skips = {at for skip in before.skips if (at := there(skip)) is not None}
    return replace(after, skips=tuple(sorted(skips)), overrides=tuple(sorted(overrides, key=lambda o: o.recurrence_id)))


def _on_other_day(rule: RecurrenceRule, at: datetime, day: date) -> RecurrenceRule:
    if rule.frequency is Frequency.DAILY and not rule.by_day:
        return rule
    if rule.frequency is Frequency.WEEKLY or rule.frequency is Frequency.DAILY:
        return _on_other_weekday(rule, at, day)
    plain = not rule.by_set_pos and len(rule.by_day) + len(rule.by_month_day) <= 1
    if not plain or (rule.by_month and rule.frequency is Frequency.MONTHLY):
        raise _unusual()
    if rule.frequency is Frequency.MONTHLY:
        if (day.year, day.month) != (at.year, at.month):
            raise RuleError(_("That is in another month."), _("Move it within its month, or change all of it."))
        if rule.by_day:
            return replace(rule, by_day=(_nth_weekday(day, last=rule.by_day[0].nth < 0),))
        return replace(rule, by_month_day=(_date_of_month(rule, day),))
    if rule.by_day or len(rule.by_month) > 1:
        raise _unusual()
    return replace(rule, by_month=(day.month,), by_month_day=(day.day,))


def _on_other_weekday(rule: RecurrenceRule, at: datetime, day: date) -> RecurrenceRule:
    if not rule.by_day:
        return rule  # it follows the start
    others = {weekday.day for weekday in rule.by_day} - {at.weekday()}
    if others and _week_begin(day, rule) != _week_begin(at.date(), rule):
        # Which of its weeks the others would go with can't be told.
        raise RuleError(
            _("It repeats on several days of the week."), _("Move it within its week, or change all of it.")
        )
    if day.weekday() in others:
        raise RuleError(
            _("It takes place on {weekday}s already.").format(weekday=weekday_name(day.weekday())),
            _("Choose another day, or change all of it."),
        )
    return replace(rule, by_day=tuple(Weekday(n) for n in sorted(others | {day.weekday()})))


def _nth_weekday(day: date, *, last: bool) -> Weekday:
    if last:
        return Weekday(day.weekday(), -((last_of(day) - day).days // _WEEK + 1))
    return Weekday(day.weekday(), (day.day - 1) // _WEEK + 1)


def _date_of_month(rule: RecurrenceRule, day: date) -> int:
    """The date; counted from the end of the month where the rule does so and the day is the last one."""
    from_the_end = bool(rule.by_month_day) and rule.by_month_day[0] < 0
    return -1 if from_the_end and day == last_of(day) else day.day


def _earliest(event: Event, rule: RecurrenceRule, at: datetime, days: int) -> date:
    """The day from which on the moved series may begin: not a session of it lies before."""
    # Its first session, which an imported series need not have on its start.
    origin = event.start.toordinal()
    first = date.fromordinal(pattern(rule, origin).nth(0) or origin)
    if rule.frequency is Frequency.MONTHLY:
        return first_of(first) if days else first
    if rule.frequency is Frequency.YEARLY:
        return first.replace(month=1, day=1) if days else first
    weekdays = {weekday.day for weekday in rule.by_day}
    if len(weekdays) < 2:
        return first + timedelta(days=days)
    run = pattern(rule, first.toordinal())
    each = [date.fromordinal(day) for n in range(len(weekdays)) if (day := run.nth(n)) is not None]
    return min(day + timedelta(days=days if day.weekday() == at.weekday() else 0) for day in [*each, first])


def _as_many(event: Event, rule: RecurrenceRule, begins: datetime) -> RecurrenceRule:
    """`rule` with an end that gives as many sessions as `event` has; COUNT does so by itself."""
    if rule.until is None:
        return rule
    number = session_count(replace(event, skips=()))
    last = pattern(replace(rule, until=None), begins.toordinal()).nth(number - 1) if number else None
    return replace(rule, until=rule.until if last is None else end_of(date.fromordinal(last)))


def _where(rule: RecurrenceRule, at: datetime, days: int, moved: Event) -> Callable[[datetime], datetime | None]:
    """Where a session of the old series is in the moved one, by its recurrence id."""
    time = moved.start.time()

    def by_days(session: datetime) -> datetime | None:
        along = rule.frequency is Frequency.DAILY or session.weekday() == at.weekday()
        there = datetime.combine(session.date() + timedelta(days=days if along else 0), time)
        return there if gives(moved, there) else None

    def by_period(session: datetime) -> datetime | None:
        assert moved.rule is not None
        monthly = rule.frequency is Frequency.MONTHLY
        low = first_of(session.date()) if monthly else session.date().replace(month=1, day=1)
        high = last_of(low) if monthly else low.replace(month=12, day=31)
        found = starts(moved.rule, moved.start, datetime.combine(low, time), datetime.combine(high, time) + _MOMENT)
        return found[0] if found else None

    return by_period if days and rule.frequency in {Frequency.MONTHLY, Frequency.YEARLY} else by_days


def _week_begin(day: date, rule: RecurrenceRule) -> date:
    return day - timedelta(days=(day.weekday() - rule.week_start) % _WEEK)


def _unusual() -> RuleError:
    return RuleError(
        _("This repeat is too unusual to move to another day."), _("Change all of it, and choose the repeat anew.")
    )
