"""Repeats as people write them: "every Mon, Wed and Fri for 8 weeks".

The grammar is closed (docs/plan-file.md, "repeat"): what it does not know is refused with the mend, never guessed.
Weeks are Monday to Sunday here, whatever the screen shows.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from companion.domain.describing import describe
from companion.domain.language import _
from companion.domain.patterns import CEILING, FLOOR, last_day, pattern
from companion.domain.phrase_grammar import Sentence, read, refuse_late_dates
from companion.domain.phrase_words import DAYS, day_text, listed, ordinal_text
from companion.domain.recurrence import (
    FIRST_YEAR,
    LAST_YEAR,
    MAX_COUNT,
    Frequency,
    RecurrenceRule,
    Weekday,
    check,
    end_of,
    normal,
)
from companion.errors import RuleError

__all__ = ["describe", "parse_phrase", "phases", "phrase"]

_AROUND = 100  # days on either side of a start that hold a day of every monthly rule of the grammar


def parse_phrase(text: str, starts: datetime) -> RecurrenceRule:
    """The rule that the sentence `text` says, for a series whose first session is `starts` (naive).

    `until` of the rule is the last second of the last day. Raises RuleError with the mend.
    """
    return _rule(read(text), starts)


def phases(texts: Sequence[str], starts: datetime) -> list[tuple[datetime, RecurrenceRule]]:
    """A cadence that steps down: the first start and the rule of each phase.

    Each phase after the first begins on its own first matching day after the last day of the one before (with
    "for N times": after its last session) and counts its own steps from there. Where it has no "on", its weekday
    and date are those of `starts`. Raises RuleError also where a phase that is not the last never ends.
    """
    if not texts:
        raise RuleError(_("There is no phase."), _('Write at least one, for instance "every Tue for 12 weeks".'))
    found: list[tuple[datetime, RecurrenceRule]] = []
    begins = starts
    for number, text in enumerate(texts, 1):
        try:
            sentence = read(text)
            if number > 1:
                begins = _next_begin(sentence, starts, found[-1])
            if number < len(texts) and sentence.endless:
                raise RuleError(
                    _("Only the last phase can go on without an end."), _('Add an end, for instance "for 12 weeks".')
                )
            found.append((begins, _rule(sentence, begins)))
        except RuleError as error:
            if len(texts) == 1:
                raise
            raise RuleError(_("Phase {n}: {text}").format(n=number, text=error.sentence), error.mend) from None
    return found


def _next_begin(sentence: Sentence, anchor: datetime, before: tuple[datetime, RecurrenceRule]) -> datetime:
    """The first day of `sentence` after the last day of the phase `before`, at the time of day of `anchor`."""
    begun, rule = before
    ended = rule.until.toordinal() if rule.until is not None else last_day(rule, begun.toordinal())
    first = (ended or begun.toordinal()) + 1
    every = _every(sentence, anchor)
    if sentence.frequency is not Frequency.DAILY:
        found = pattern(every, first).nth(0)
        if found is None:
            raise RuleError(_("It would begin after the year 2100."))
        first = found
    if first >= CEILING:
        raise RuleError(_("It would begin after the year 2100."))
    return datetime.combine(date.fromordinal(first), anchor.time())


def _every(sentence: Sentence, anchor: datetime) -> RecurrenceRule:
    """Every day that `sentence` could fall on, its steps left out; what "on" leaves open is taken from `anchor`."""
    rule = RecurrenceRule(sentence.frequency, by_day=sentence.by_day, by_month_day=sentence.by_month_day)
    if sentence.by_day or sentence.by_month_day or sentence.frequency is Frequency.DAILY:
        return rule
    _refuse_late_anchor(sentence, anchor)
    return replace(normal(rule, anchor), week_start=0)


def _refuse_late_anchor(sentence: Sentence, anchor: datetime) -> None:
    if sentence.by_day or sentence.by_month_day:
        return
    if sentence.frequency is Frequency.MONTHLY:
        refuse_late_dates(anchor.day)
    if sentence.frequency is Frequency.YEARLY and (anchor.month, anchor.day) == (2, 29):
        raise RuleError(_("Not every year has a Feb 29."), _('Write "every 12 months on the last day".'))


def _rule(sentence: Sentence, starts: datetime) -> RecurrenceRule:
    if not FIRST_YEAR <= starts.year <= LAST_YEAR:
        raise RuleError(_("The start is outside the years 1970 to 2100."))
    _refuse_late_anchor(sentence, starts)
    rule = RecurrenceRule(
        sentence.frequency, sentence.interval, by_day=sentence.by_day, by_month_day=sentence.by_month_day
    )
    if pattern(rule, starts.toordinal()).nth(0) != starts.toordinal():
        raise _not_its_day(sentence, starts)
    if sentence.times is not None and sentence.times > MAX_COUNT:
        raise RuleError(_("A repeat can have 1 to 3660 sessions."))
    rule = replace(rule, count=sentence.times, until=_last(sentence, starts))
    check(rule, starts)
    return rule


def _last(sentence: Sentence, starts: datetime) -> datetime | None:
    """The last second of the last day that the sentence's end allows."""
    first = starts.toordinal()
    if sentence.until is not None:
        last = sentence.until.toordinal()
        if last < first:
            raise RuleError(
                _("It ends before it starts on {day}.").format(day=day_text(starts.date())),
                _("Give a later last day."),
            )
    elif sentence.weeks is not None:
        last = first - starts.weekday() + 7 * sentence.weeks - 1
    elif sentence.months is not None:
        last = _after_months(starts.date(), sentence.months) - 1
    else:
        return None
    if last >= CEILING:
        raise RuleError(_("It ends after the year 2100."), _("Give an earlier end."))
    return end_of(date.fromordinal(last))


def _after_months(day: date, months: int) -> int:
    """The number of the same day `months` later, or of that month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > LAST_YEAR + 1:
        return CEILING + 1
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])).toordinal()


def _not_its_day(sentence: Sentence, starts: datetime) -> RuleError:
    origin = starts.toordinal()
    days = pattern(_every(sentence, starts), max(origin - _AROUND, FLOOR))
    near = days.between(origin - _AROUND, origin)[-1:] + days.between(origin + 1, min(origin + _AROUND, CEILING))[:1]
    named = [day_text(date.fromordinal(day)) for day in near]
    return RuleError(
        _("The start, {day}, is not one of its own days.").format(day=day_text(starts.date())),
        _("The nearest are {days}.").format(days=listed(named)) if len(named) > 1 else "",
    )


def phrase(rule: RecurrenceRule, starts: datetime) -> str:
    """The sentence of the grammar that gives `rule` back for a series that begins at `starts`; "" if there is none."""
    plain = normal(rule, starts)
    said = _said(plain)
    if not said:
        return ""
    if plain.count is not None:
        said += f" for {plain.count} time{'s' if plain.count > 1 else ''}"
    elif plain.until is not None:
        said += f" until {plain.until.date().isoformat()}"
    try:
        again = parse_phrase(said, starts)
    except RuleError:
        return ""
    return said if normal(again, starts) == plain else ""


def _said(rule: RecurrenceRule) -> str:
    if rule.by_set_pos:
        return ""
    if rule.frequency is Frequency.WEEKLY:
        return _said_weekly(rule)
    unit = {Frequency.DAILY: "day", Frequency.MONTHLY: "month", Frequency.YEARLY: "year"}[rule.frequency]
    every = f"every {unit}" if rule.interval == 1 else f"every {rule.interval} {unit}s"
    if rule.frequency is not Frequency.MONTHLY:
        return every
    if rule.by_month_day and not rule.by_day:
        day = " day" if -1 in rule.by_month_day else ""
        return f"{every} on the {listed(map(ordinal_text, rule.by_month_day))}{day}"
    weekdays = {weekday.day for weekday in rule.by_day}
    if len(weekdays) != 1 or not all(weekday.nth for weekday in rule.by_day):
        return ""
    return f"{every} on the {listed(ordinal_text(weekday.nth) for weekday in rule.by_day)} {DAYS[weekdays.pop()]}"


def _said_weekly(rule: RecurrenceRule) -> str:
    days = listed(DAYS[weekday.day] for weekday in rule.by_day)
    if rule.interval > 1:
        return f"every {rule.interval} weeks on {days}"
    return "every weekday" if rule.by_day == tuple(map(Weekday, range(5))) else f"every {days}"
