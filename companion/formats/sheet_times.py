"""Start and length of a row, from whichever columns the sheet has for them.

Google's and Outlook's own CSV have a column each for the day and the time of start and end. An all-day event's end
date is its last day there (docs/plan-file.md, "Sheets").
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from companion.domain.finding import Level
from companion.domain.language import _
from companion.domain.plan_draft import Moment
from companion.formats.plan_dates import DateOrder, as_moment, as_time, slashed_order
from companion.formats.plan_row import Raw, Row
from companion.formats.plan_values import NotThis, as_length

_DAY = timedelta(days=1)
_LONGEST_NIGHT = timedelta(hours=14)  # from one day into the next; more is a slip of am and pm


def order_of(cells: Iterable[object]) -> DateOrder | None:
    """How a sheet writes its dates, where one of them gives it away and none says otherwise."""
    found: set[DateOrder] = set()
    for cell in cells:
        if isinstance(cell, str):
            parts = (part for piece in cell.split("|") for part in piece.split(">"))
            found |= {order for part in parts if (order := slashed_order(part)) is not None}
    return found.pop() if len(found) == 1 else None


def compose_times(row: Row, raw: dict[str, Raw], times: dict[str, Raw]) -> None:
    """Put `starts` and `length` into `raw`, made from what is there and in `times`."""
    parts = Row(times, row.notes, row.line, row.item, row.zone, row.order, sheet=True)
    start = _start(row, parts)
    if start is not None and parts.yes_no("all_day") and isinstance(start, datetime):
        start = start.date()
    raw.pop("starts", None)
    if start is not None:
        raw["starts"] = Raw(start, row.line)
        length = _length(row, parts, start)
        if length is not None and "length" not in raw:
            raw["length"] = Raw(length, row.line)
        elif length is not None and _differs(raw["length"].value, length):
            row.remark(Level.WARNING, "length", _("Length and end do not agree. The length counts."))
    row.bad |= parts.bad


def _differs(value: object, length: timedelta) -> bool:
    try:
        return as_length(value) != length
    except NotThis:
        return False  # reported where the length itself is read


def _start(row: Row, parts: Row) -> Moment | None:
    if row.has("starts"):
        return row.moment("starts")
    day = parts.moment("start_date")
    clock = parts.take("start_time", as_time, None)
    if day is None and "start_date" in parts.bad:
        row.bad.add("starts")  # said already
    if day is None or isinstance(day, datetime) or clock is None:
        return day
    return datetime.combine(day, clock)


def _length(row: Row, parts: Row, start: Moment) -> timedelta | None:
    """From the end, where one is given."""
    ends = parts.take("ends", lambda value: _end(value, row), None)
    day = parts.day("end_date") if parts.has("end_date") else None
    clock = parts.take("end_time", as_time, None)
    if isinstance(ends, time):
        clock = clock or ends
    elif isinstance(ends, datetime):
        day, clock = day or ends.date(), clock or ends.time()
    elif ends is not None:
        day = day or ends
    if not isinstance(start, datetime):
        return _days(row, start, day)
    if clock is None:
        return None
    end = datetime.combine(day or start.date(), clock)
    if end <= start and day is None and end + _DAY - start <= _LONGEST_NIGHT:
        end += _DAY
    return _positive(row, end - start)


def _end(value: object, row: Row) -> Moment | time:
    try:
        return as_time(value) if not isinstance(value, datetime) else as_moment(value, row.zone, row.order)
    except NotThis:
        return as_moment(value, row.zone, row.order)


def _days(row: Row, start: date, last: date | None) -> timedelta | None:
    return None if last is None else _positive(row, last - start + _DAY)


def _positive(row: Row, length: timedelta) -> timedelta | None:
    if length > timedelta(0):
        return length
    row.error("ends", _("It ends before it begins."), _("Look at the end, and at am and pm."))
    return None
