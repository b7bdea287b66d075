"""The occurrences of an event in a window.

Times are naive wall-clock times in the event's own zone, and so is the window: a group at 6 pm stays at 6 pm when
the clocks change. Where a rule's start is not one of its own days (only imported rules can have that), the rule
decides: nothing is given on the start itself, and COUNT counts what the rule gives. RFC 5545 calls that case
undefined; dateutil reads it the same way.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from companion.domain.event import Event, Occurrence, Override
from companion.domain.patterns import CEILING, FLOOR, latest, pattern
from companion.domain.recurrence import RecurrenceRule

_INSTANT = datetime.resolution
_NOTHING = timedelta(0)
_EARLIEST = datetime(1, 1, 1)  # Python knows no day before it


def occurrences(event: Event, start: datetime, end: datetime) -> list[Occurrence]:
    """Every occurrence that overlaps the naive window [start, end), by start.

    One without length is given where it starts inside. Skipped ones are absent, cancelled ones present with status
    CANCELLED, moved ones where they were moved to. An override that names a start the rule does not give is left
    out, and so is what lies before `event.since`. `recurrence_id` is None for an event that does not repeat.
    """
    if start >= end:
        return []
    if event.rule is None:
        return _single(event, start, end)
    duration = event.duration
    low = start - duration + _INSTANT if duration > _NOTHING and start > _EARLIEST + duration else start
    if event.since is not None and event.since > low:
        low = event.since
    given = starts(event.rule, event.start, low, end)
    if not event.overrides and not event.skips:
        return [Occurrence(event, at, at + duration, at) for at in given]
    return _with_exceptions(event, given, start, end)


def _single(event: Event, start: datetime, end: datetime) -> list[Occurrence]:
    if event.start in event.skips or (event.since is not None and event.start < event.since):
        return []
    override = event.override_at(event.start) if event.overrides else None
    found = _changed(event, event.start, override)
    return [Occurrence(event, *found, None, override)] if _overlaps(*found, start, end) else []


def _with_exceptions(event: Event, given: list[datetime], start: datetime, end: datetime) -> list[Occurrence]:
    duration = event.duration
    absent = set(event.skips)
    changed = {override.recurrence_id: override for override in reversed(event.overrides)}
    found = [Occurrence(event, at, at + duration, at) for at in given if at not in absent and at not in changed]
    regular = len(found)
    seen = set(given)
    for at, override in changed.items():
        if at in absent or (event.since is not None and at < event.since):
            continue
        begins, ends = _changed(event, at, override)
        if _overlaps(begins, ends, start, end) and (at in seen or gives(event, at)):
            found.append(Occurrence(event, begins, ends, at, override))
    if len(found) > regular:
        found.sort(key=_by_start)
    return found


def _by_start(occurrence: Occurrence) -> tuple[datetime, datetime]:
    return occurrence.start, occurrence.recurrence_id or occurrence.start


def _changed(event: Event, at: datetime, override: Override | None) -> tuple[datetime, datetime]:
    if override is None:
        return at, at + event.duration
    begins = at if override.start is None else override.start
    return begins, begins + (event.duration if override.duration is None else override.duration)


def _overlaps(begins: datetime, ends: datetime, start: datetime, end: datetime) -> bool:
    return begins < end and (ends > start or begins >= start)


def starts(rule: RecurrenceRule, first: datetime, window_start: datetime, window_end: datetime) -> list[datetime]:
    """What the rule gives in [window_start, window_end), ascending, for a series whose first start is `first`.

    Goes straight to the window, wherever the series began. Nothing outside the years 1970 to 2100.
    """
    at = first.time()
    origin = first.toordinal()
    # A session of day n starts at n + at, so the window is whole days: those whose session lies inside.
    low = max(window_start.toordinal() + (window_start.time() > at), origin, FLOOR)
    high = min(window_end.toordinal() + (window_end.time() > at), CEILING)
    if rule.until is not None:
        high = min(high, rule.until.toordinal() + (rule.until.time() >= at))
    if low >= high:
        return []
    days = pattern(rule, origin)
    found = days.between(low, high)
    if rule.count is not None and found:
        # Counted up to the window, not to the end: where it has to be walked, the end may be 130 years away.
        del found[max(0, rule.count - days.before(found[0])) :]
    combine, day = datetime.combine, date.fromordinal
    return [combine(day(number), at) for number in found]


def gives(event: Event, recurrence_id: datetime) -> bool:
    """Whether `recurrence_id` is one of the event's own starts, skipped or not; for a single event its start."""
    if event.rule is None:
        return recurrence_id == event.start
    if recurrence_id.time() != event.start.time():
        return False
    return bool(starts(event.rule, event.start, recurrence_id, recurrence_id + _INSTANT))


def last_start(event: Event) -> datetime | None:
    """The last start by the rule, skipped or not; None for an endless series.

    COUNT is worked out by arithmetic. A moved session may start later: see `reach`. A rule that gives nothing
    has its own start as its last.
    """
    rule = event.rule
    if rule is None:
        return event.start
    if rule.count is None and rule.until is None:
        return None
    at = event.start.time()
    origin = event.start.toordinal()
    days = pattern(rule, origin)
    last = days.nth(rule.count - 1) if rule.count is not None else None
    if last is None:
        high = CEILING if rule.until is None else rule.until.toordinal() + (rule.until.time() >= at)
        last = latest(days, origin, high)
    return event.start if last is None else datetime.combine(date.fromordinal(last), at)


def reach(event: Event) -> tuple[datetime, datetime | None]:
    """The naive earliest start and latest end of all that the event gives, moved sessions included.

    The end is None for an endless series. A store keeps the two to look events up by window; sessions that are
    skipped or lie before `since` may make it wider than need be, never narrower.
    """
    moved = [_changed(event, override.recurrence_id, override) for override in event.overrides]
    earliest = min([event.start, *(begins for begins, _ in moved)])
    last = last_start(event)
    return earliest, None if last is None else max([last + event.duration, *(ends for _, ends in moved)])


def session_number(event: Event, recurrence_id: datetime) -> int | None:
    """Which session of its series it is, counted from 1: what the rule gives, less the skipped.

    None where the event does not repeat, or has no session then.
    """
    if event.rule is None or recurrence_id in event.skips or not gives(event, recurrence_id):
        return None
    before = pattern(event.rule, event.start.toordinal()).before(recurrence_id.toordinal())
    return before + 1 - sum(1 for skip in set(event.skips) if skip < recurrence_id and gives(event, skip))


def session_count(event: Event) -> int | None:
    """How many sessions the series has, less the skipped; None where it is endless or does not repeat."""
    last = last_start(event)
    if event.rule is None or last is None or not gives(event, last):
        return None if event.rule is None or last is None else 0
    through = pattern(event.rule, event.start.toordinal()).before(last.toordinal()) + 1
    return through - sum(1 for skip in set(event.skips) if gives(event, skip))
