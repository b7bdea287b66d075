"""From when to when: start, end and length of a typed sentence put together, or whole days where no hour is said."""

from __future__ import annotations

from datetime import date, timedelta

from companion.domain.event import ONE_DAY
from companion.domain.kinds import kind as kind_by_id
from companion.domain.language import _
from companion.domain.months import add_days
from companion.domain.quick_add_gathered import Gathered, different
from companion.domain.quick_add_hours import Hours, hours
from companion.domain.quick_add_said import At, Between, Clock
from companion.domain.wording import list_words
from companion.errors import InputError

LONGEST_TIMED = timedelta(days=31)


def read_hours(found: Gathered, day: date, *, repeats: bool) -> None:
    """Start and length on `day`, where an hour is said."""
    at, start = found.when, _start(found)
    if found.all_day and start is not None:
        found.wrong("start", _("It says all day, and a time. Leave one of the two out."))
    if found.all_day or not found.timed:
        return
    at.all_day = False
    end = None
    if start is None:
        at.start = found.moments[0].at
    else:
        read = _hours(found, start, day, repeats=repeats)
        at.start, end = read.start, read.end
        found.remark("start", read.remark)
    length, usual = _length(found), kind_by_id(found.kind).length
    if end is not None and length is not None and end - at.start != length:
        found.wrong("length", _("The end and the length don't fit each other. Leave one of the two out."))
    if end is None and length is None:
        at.unsaid.add("length")
        length = usual
    at.duration = end - at.start if end is not None else length or timedelta(0)
    if at.duration > LONGEST_TIMED:
        found.wrong("length", _("That is longer than a month. Type a shorter length, or all day."))
        at.duration = usual
    elif at.duration <= timedelta(0):
        found.wrong("length", _("It ends when it begins. Type a length, like 90 minutes."))
        at.duration = usual


def read_whole_days(found: Gathered, first: date, last: date | None, *, repeats: bool) -> None:
    """How many days, where no hour is said. That it stands all day is told where it was not asked for."""
    at = found.when
    if found.lasts or found.ends_at:
        found.wrong("start", _("When does it begin? Type a time, like 3pm."))
    days = found.lasts_days[0].days if found.lasts_days and not found.days_are_times else 0
    if days:
        at.duration = days * ONE_DAY
    elif last is not None and not repeats:
        if last < first:
            found.wrong("last_day", _("The last day is before the first one."))
        at.duration = max(ONE_DAY, add_days(last, 1) - first)
    if at.duration > timedelta(days=366):
        found.wrong("last_day", _("That is longer than a year. Type a shorter length."))
        at.duration = ONE_DAY
    if found.all_day or at.wrong or (at.duration > ONE_DAY and not repeats):
        return
    at.unsaid |= {"all_day", "start", "length"}
    if found.part:
        words = _('"{part}" names no hour: it stands all day. Type one, like 6pm.')
        found.remark("start", words.format(part=found.part))
    else:
        found.remark("start", _("No time is said: it stands all day. Type one, like 3pm."))


def _hours(found: Gathered, start: At | Between, day: date, *, repeats: bool) -> Hours:
    last = _end(found, start)
    try:
        return hours(start.start, last, day, found.scene, part=found.part, kind=found.kind, passes=not repeats)
    except InputError as error:
        found.wrong("length", str(error))
    return hours(start.start, None, day, found.scene, part=found.part, kind=found.kind, passes=not repeats)


def _start(found: Gathered) -> At | Between | None:
    said = {(each.start.hour, each.start.minute, each.start.half): each.start.said for each in found.starts}
    times = [*said.values(), *(_("in a while") for _moment in found.moments)]
    if len(times) > 1:
        words = _("More than one time is said: {times}. Keep one of them.")
        found.wrong("start", words.format(times=list_words(times)))
    spans = [each for each in found.starts if isinstance(each, Between)]
    return next(iter([*spans, *found.starts]), None)


def _end(found: Gathered, start: At | Between) -> Clock | None:
    ends = different([each.end for each in found.ends_at] + ([start.end] if isinstance(start, Between) else []))
    if len(ends) > 1:
        found.wrong("length", _("More than one end is said. Keep one of them."))
    return start.end if isinstance(start, Between) else next(iter(ends), None)


def _length(found: Gathered) -> timedelta | None:
    if len(different(found.lasts)) > 1:
        found.wrong("length", _("More than one length is said. Keep one of them."))
    if found.lasts:
        return found.lasts[0].length
    if found.lasts_days and not found.days_are_times:
        return found.lasts_days[0].days * ONE_DAY
    return None
