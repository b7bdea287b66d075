"""Recurrence rules as RFC 5545 writes them (section 3.3.10), read widely and written strictly."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from companion.domain.language import _
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday, check, end_of, week_start_matters
from companion.domain.text import clean
from companion.errors import RuleError

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TEXT_LIMIT = 2_000
_KNOWN = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"})
_NOT_KEPT = frozenset({"BYWEEKNO", "BYYEARDAY", "BYHOUR", "BYMINUTE", "BYSECOND", "BYEASTER", "RSCALE", "SKIP"})
_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_NUMBER = re.compile(r"[+-]?[0-9]{1,6}")
_WEEKDAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z)?)?")


def parse_rrule(text: str, start: datetime, zone: str, all_day: bool) -> RecurrenceRule:
    """The rule that `text` states, for an event that starts at the naive `start` in `zone` (an IANA name).

    UNTIL ends up as wall-clock time of the zone: a date takes in that whole day, a time with Z is converted, a time
    without is taken as local. For an all-day event a UTC time is converted too, unless it is midnight, which is
    how many programs write a date. Raises RuleError with a plain sentence.
    """
    parts = _split(text)
    frequency = _frequency(parts.get("FREQ", ""))
    if "COUNT" in parts and "UNTIL" in parts:
        raise RuleError(_("The repeat has both a number of times and a last day."), _("Take one of the two out."))
    rule = RecurrenceRule(
        frequency,
        interval=_one(parts, "INTERVAL", 1),
        by_day=_weekdays(parts.get("BYDAY")),
        by_month_day=_numbers(parts, "BYMONTHDAY"),
        by_month=_numbers(parts, "BYMONTH"),
        by_set_pos=_numbers(parts, "BYSETPOS"),
        count=_one(parts, "COUNT", 0) if "COUNT" in parts else None,
        until=_until(parts["UNTIL"], zone, all_day) if "UNTIL" in parts else None,
        week_start=_week_start(parts.get("WKST")),
    )
    check(rule, start)
    if rule.week_start and not week_start_matters(rule):
        return replace(rule, week_start=0)
    return rule


def format_rrule(rule: RecurrenceRule, zone: str, all_day: bool) -> str:
    """`rule` as RFC 5545 text, without "RRULE:".

    UNTIL is UTC for a timed event and a date for an all-day one (a local time is misread by some phones). WKST is
    written only where it changes what the rule gives. `parse_rrule` reads it back as the same rule.
    """
    parts = [f"FREQ={rule.frequency}"]
    if rule.interval != 1:
        parts.append(f"INTERVAL={rule.interval}")
    if rule.by_month:
        parts.append("BYMONTH=" + ",".join(map(str, rule.by_month)))
    if rule.by_month_day:
        parts.append("BYMONTHDAY=" + ",".join(map(str, rule.by_month_day)))
    if rule.by_day:
        parts.append("BYDAY=" + ",".join(f"{weekday.nth or ''}{_DAYS[weekday.day]}" for weekday in rule.by_day))
    if rule.by_set_pos:
        parts.append("BYSETPOS=" + ",".join(map(str, rule.by_set_pos)))
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.until is not None:
        parts.append("UNTIL=" + _until_text(rule.until, zone, all_day))
    # Phones differ in the week start they assume, so it is said wherever it could count, Monday too.
    if week_start_matters(rule) and (rule.week_start or len(rule.by_day) > 1):
        parts.append(f"WKST={_DAYS[rule.week_start]}")
    return ";".join(parts)


def _split(text: str) -> dict[str, str]:
    if len(text) > _TEXT_LIMIT:
        raise RuleError(_("The repeat rule is too long."))
    text = text.strip().upper().removeprefix("RRULE:")
    parts: dict[str, str] = {}
    for part in text.split(";"):
        if not part.strip():
            continue
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if name in _NOT_KEPT:
            raise RuleError(
                _("{part} in a repeat rule is more than Companion can keep to.").format(part=name),
                _("Ask for the dates as single appointments."),
            )
        if not equals or not value or name not in _KNOWN:
            raise RuleError(_('"{part}" is not part of a repeat rule.').format(part=clean(part, 40)))
        if name in parts:
            raise RuleError(_("{part} is in the repeat rule twice.").format(part=name))
        parts[name] = value
    return parts


def _frequency(word: str) -> Frequency:
    if word in _TOO_OFTEN:
        raise RuleError(
            _("It repeats more often than once a day."), _("Companion keeps daily repeats and slower ones.")
        )
    if not word:
        raise RuleError(_("The repeat rule does not say how often (FREQ)."), _("For instance FREQ=WEEKLY;BYDAY=TU."))
    try:
        return Frequency(word)
    except ValueError:
        raise RuleError(
            _('"{word}" is not a repeat.').format(word=clean(word, 40)), _("It is DAILY, WEEKLY, MONTHLY or YEARLY.")
        ) from None


def _number(name: str, text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise RuleError(_('{part} holds "{text}", which is not a number.').format(part=name, text=clean(text, 40)))
    return int(text)


def _one(parts: dict[str, str], name: str, default: int) -> int:
    return _number(name, parts[name]) if name in parts else default


def _numbers(parts: dict[str, str], name: str) -> tuple[int, ...]:
    if name not in parts:
        return ()
    found = {_number(name, item.strip()) for item in parts[name].split(",")}
    return tuple(sorted(found, key=lambda number: (number < 0, number)))


def _weekdays(text: str | None) -> tuple[Weekday, ...]:
    if text is None:
        return ()
    found = set()
    for item in text.split(","):
        match = _WEEKDAY.fullmatch(item.strip())
        if not match or (match[1] and int(match[1]) == 0):
            raise RuleError(
                _('"{text}" is not a day of the week.').format(text=clean(item, 40)), _("For instance TU or 2TU.")
            )
        found.add(Weekday(_DAYS.index(match[2]), int(match[1] or 0)))
    return tuple(sorted(found, key=lambda weekday: (weekday.nth < 0, weekday.nth, weekday.day)))


def _week_start(text: str | None) -> int:
    if text is None:
        return 0
    if text not in _DAYS:
        raise RuleError(
            _('"{text}" is not a day of the week.').format(text=clean(text, 40)), _("For instance MO or SU.")
        )
    return _DAYS.index(text)


def _until(text: str, zone: str, all_day: bool) -> datetime:
    match = _UNTIL.fullmatch(text)
    bad = RuleError(
        _("The last day of the repeat can't be read."), _("It is written like 20270901 or 20270901T235959Z.")
    )
    if not match:
        raise bad
    year, month, day, hour, minute, second = (int(piece or 0) for piece in match.groups()[:6])
    try:
        if match[4] is None:
            return end_of(date(year, month, day))
        moment = datetime(year, month, day, hour, minute, min(second, 59))
        if match[7] and not (all_day and moment.time() == datetime.min.time()):
            moment = moment.replace(tzinfo=UTC).astimezone(_zone(zone)).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise bad from None
    return end_of(moment) if all_day else moment


def _until_text(until: datetime, zone: str, all_day: bool) -> str:
    if all_day:
        return f"{until:%Y%m%d}"
    return f"{until.replace(microsecond=0, tzinfo=_zone(zone)).astimezone(UTC):%Y%m%dT%H%M%S}Z"


def _zone(zone: str) -> ZoneInfo:
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise RuleError(_("The time zone of this repeat is not known.")) from None
