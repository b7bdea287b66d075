"""Reads a phone file back before anybody relies on it.

The file is read by the project's own reader and compared, appointment by appointment and date by date, with what
was to be in it: a bug in the writer then costs an error message, not a missed court date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from companion.domain.event import Event, Status
from companion.domain.expansion import occurrences, reach
from companion.domain.language import _
from companion.domain.recurrence import FIRST_YEAR, LAST_YEAR
from companion.errors import CompanionError
from companion.formats.ical_entries import ExportOptions, single_uid, window, written_length, written_uid
from companion.formats.ical_reader import read_calendar

_AT_LEAST = timedelta(days=2 * 366)
_FIRST, _LAST = datetime(FIRST_YEAR, 1, 1), datetime(LAST_YEAR + 1, 1, 1)

Date = tuple[datetime, datetime, bool]
"""Start and end, as UTC instants or as naive days, and whether it is cancelled."""


def read_back(data: bytes | Iterable[bytes], events: Iterable[Event], options: ExportOptions) -> None:
    """Raise CompanionError unless the file holds `events` as `options` want them, and nothing else.

    Compared are UIDs, and every date with start, end and whether it is cancelled: all dates of what ends, and of
    endless series at least two years after the last change. `data` may be several files of one export.
    """
    files = [data] if isinstance(data, bytes) else list(data)
    found: dict[str, Event] = {}
    for content in files:
        plan = read_calendar(content, zone="UTC")
        if plan.errors:
            raise _differs()
        for event in plan.events:
            if event.uid in found:
                raise _differs()
            found[event.uid] = event
    for event in events:
        _compare(event, options, found)
    if found:
        raise _differs()


def _compare(event: Event, options: ExportOptions, found: dict[str, Event]) -> None:
    """Compare one event with what is in `found`, and take that out."""
    written = found.pop(written_uid(event.uid), None)
    if written is not None:
        low, high = _span(event)
        if Counter(_dates(event, options, low, high).values()) != Counter(
            _date(o.start, o.end, written, o.cancelled) for o in occurrences(written, low, high)
        ):
            raise _differs()
        return
    if event.rule is None:
        low, high = _span(event)
    else:
        low, high = window(event, options)
    wanted = _dates(event, options, low, high)
    for original, date in wanted.items():
        single = found.pop(single_uid(event.uid, original), None)
        if single is None or _date(single.start, single.end, single, single.status is Status.CANCELLED) != date:
            raise _differs()


def _span(event: Event) -> tuple[datetime, datetime]:
    earliest, end = reach(event)
    changed = event.updated.replace(tzinfo=None) if event.updated else event.start
    last = end if end is not None else max(event.start, changed) + _AT_LEAST
    return max(_FIRST, earliest - timedelta(days=2)), min(_LAST, last + timedelta(days=2))


def _dates(event: Event, options: ExportOptions, low: datetime, high: datetime) -> dict[datetime, Date]:
    """What is to be in the file of an event, by the start that the rule gives."""
    gone = event.status is Status.CANCELLED
    found: dict[datetime, Date] = {}
    if gone and not options.update:
        return found
    for o in occurrences(event, low, high):
        apart = o.override is not None and o.override.status is Status.CANCELLED
        if apart and (event.rule is not None or not options.update):
            continue
        length = written_length(event, o.override.duration if o.override else None)
        found[o.recurrence_id or o.start] = _date(o.start, o.start + length, event, o.cancelled)
    return found


def _date(start: datetime, end: datetime, event: Event, cancelled: bool) -> Date:
    if event.all_day:
        return start, end, cancelled
    return _instant(start, event.zone), _instant(end, event.zone), cancelled


def _instant(at: datetime, zone: str) -> datetime:
    from zoneinfo import ZoneInfo

    return at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _differs() -> CompanionError:
    return CompanionError(
        _("The calendar file did not read back as it was meant, so it was not saved."),
        _("Try it again with fewer kinds, and tell whoever looks after the app."),
    )
