"""The two nights of a year when the clocks change: an hour that is left out, and one that comes twice.

Which instant such a time means is settled by RFC 5545 section 3.3.5, and `zoneinfo` does the same: an hour that is left
out counts by the clock as it was before, so 2:30 is shown as 3:30; of two the first is meant.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from companion.domain.event import ONE_DAY
from companion.domain.language import _
from companion.domain.patterns import pattern
from companion.domain.recurrence import RecurrenceRule
from companion.domain.wording import at_start, date_words, time_words

_LOOKED_AT = 2  # years of a series: the clocks change on like days of every year


def hour_words(start: datetime, zone: str, *, today: date, hours24: bool = False) -> str:
    """One sentence where the naive `start` in `zone` does not exist or comes twice; else ""."""
    happens = shown_as(start, zone)
    day, at = date_words(start.date(), today), time_words(start, hours24)
    if happens != start:
        return _("There is no {time} on {day}: the clocks go forward. It will be at {other}.").format(
            time=at, day=day, other=time_words(happens, hours24)
        )
    if comes_twice(start, zone):
        return _("{time} comes twice on {day}: the clocks go back. The first one counts.").format(
            time=at_start(at), day=day
        )
    return ""


def series_hour_words(
    rule: RecurrenceRule | None, start: datetime, zone: str, *, today: date, hours24: bool = False
) -> str:
    """The same of the first day of a series that falls on such a night, looking two years ahead."""
    if rule is None:
        return hour_words(start, zone, today=today, hours24=hours24)
    days = pattern(rule, start.toordinal())
    for change in _changes(zone, start.year):
        number = change.toordinal()
        if number < start.toordinal() or (rule.until is not None and number > rule.until.toordinal()):
            continue
        given = days.between(number, number + 1) and (rule.count is None or days.before(number) < rule.count)
        if given and (words := hour_words(datetime.combine(change, start.time()), zone, today=today, hours24=hours24)):
            return words
    return ""


def shown_as(start: datetime, zone: str) -> datetime:
    """What the clock shows when the naive `start` comes: `start` itself, later only where that hour is left out."""
    there = ZoneInfo(zone)
    return start.replace(tzinfo=there).astimezone(UTC).astimezone(there).replace(tzinfo=None)


def comes_twice(start: datetime, zone: str) -> bool:
    there = ZoneInfo(zone)
    first, second = start.replace(tzinfo=there), start.replace(tzinfo=there, fold=1)
    return first.utcoffset() != second.utcoffset() and shown_as(start, zone) == start


@lru_cache(maxsize=64)
def _changes(zone: str, year: int) -> tuple[date, ...]:
    """The days from January 1 of `year` on when the clocks change; a night between two days gives both."""
    there = ZoneInfo(zone)
    found: list[date] = []
    day = date(year, 1, 1)
    before = datetime.combine(day, time(), there).utcoffset()
    for _n in range(366 * _LOOKED_AT):
        following = day + ONE_DAY
        after = datetime.combine(following, time(), there).utcoffset()
        if after != before:
            found += [day, following]
        day, before = following, after
    return tuple(found)
