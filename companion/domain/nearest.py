"""The one occurrence that stands for an event in a list: the next one, else the last."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from companion.domain.event import Event, Occurrence, Status
from companion.domain.expansion import occurrences, reach

_INSTANT = datetime.resolution
_EARLIEST, _LATEST = datetime(1, 1, 1), datetime(9999, 12, 31)  # Python knows no year beyond
# How far is looked at a time. Most things that repeat do so within days; a rule can also be silent for years.
_STEPS = tuple(timedelta(days=days) for days in (8, 60, 400, 4_000, 4_000_000))


def nearest(event: Event, now: datetime, among: Collection[datetime] | None = None) -> Occurrence | None:
    """The occurrence that is under way or comes next, else the last; None where the event has none at all.

    `now` is naive, in the event's own zone. A cancelled one is given only where no other is left. With `among` only
    occurrences with one of these recurrence ids count.
    """
    if event.rule is None:
        return next(iter(occurrences(event, *_whole(event))), None)
    if among is not None:
        changed = sorted(_changed(event, among), key=lambda o: o.start)
        ahead, past = [o for o in changed if is_ahead(o, now)], [o for o in changed if not is_ahead(o, now)]
        return _first_kept(event, iter([*ahead, *reversed(past)]))
    return _first_kept(event, _from(event, now))


def is_ahead(occurrence: Occurrence, now: datetime) -> bool:
    """Whether it is under way or still to come at `now`, naive and in the same zone as the occurrence's times."""
    return occurrence.end > now or occurrence.start >= now


def _first_kept(event: Event, found: Iterator[Occurrence]) -> Occurrence | None:
    """The first that takes place, else the first."""
    first: Occurrence | None = None
    for occurrence in found:
        if not occurrence.cancelled or event.status is Status.CANCELLED:
            return occurrence
        first = first or occurrence
    return first


def _from(event: Event, now: datetime) -> Iterator[Occurrence]:
    """What is ahead, by start, then what is past, the latest first."""
    begins, ends = reach(event)
    low = max(now, begins)
    for step in _STEPS:
        if ends is not None and low > ends:
            break
        high = _later(low, step)
        for occurrence in occurrences(event, low, high):
            # What began before the stretch was given with the one before it, and before the first it is under way.
            if is_ahead(occurrence, now) and (occurrence.start >= low or low == now):
                yield occurrence
        low = high
    high = now if ends is None or ends >= now else ends + _INSTANT
    for step in _STEPS:
        if high <= begins:
            break
        low = _earlier(high, step)
        for occurrence in reversed(occurrences(event, low, high)):
            if occurrence.start >= low and not is_ahead(occurrence, now):
                yield occurrence
        high = low


def _changed(event: Event, among: Collection[datetime]) -> Iterator[Occurrence]:
    for override in event.overrides:
        at = override.recurrence_id
        if at in among:
            begins = at if override.start is None else override.start
            yield from (o for o in occurrences(event, begins, begins + _INSTANT) if o.recurrence_id == at)


def _whole(event: Event) -> tuple[datetime, datetime]:
    begins, ends = reach(event)
    return begins, _INSTANT + (begins if ends is None else max(begins, ends))


def _later(moment: datetime, step: timedelta) -> datetime:
    return moment + step if _LATEST - moment > step else _LATEST


def _earlier(moment: datetime, step: timedelta) -> datetime:
    return moment - step if moment - _EARLIEST > step else _EARLIEST
