"""What the list without end is filled with: the appointments of some days, each under every day that it is asked on.

Pure: no widget in here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from companion.domain.attendance import Attendance
from companion.domain.event import ONE_DAY, Occurrence
from companion.domain.language import _
from companion.widgets.day_rows import Key, Row, row_of


def agenda_rows(
    occurrences: Sequence[Occurrence],
    marks: Mapping[Key, Attendance],
    first: date,
    until: date,
    *,
    hours24: bool = False,
) -> list[Row]:
    """Rows of the days from `first` up to, not including, `until`, by day; `occurrences` come by time.

    What takes whole days stands under each of them, "day 2 of 3". What takes hours stands under the day it begins on,
    also where it goes on past midnight.
    """
    rows: list[Row] = []
    spread = False
    for occurrence in occurrences:
        mark = marks.get(occurrence.key)
        row = row_of(occurrence, mark.mark if mark else None, hours24)
        if occurrence.event.all_day and occurrence.end - occurrence.start > ONE_DAY:
            spread = True
            rows += _each_day(row, occurrence, first, until)
        elif first <= occurrence.day < until:
            rows.append(row)
    if spread:
        rows.sort(key=lambda row: row.day or first)  # stable: by time within a day, whole days before hours
    return rows


def _each_day(row: Row, occurrence: Occurrence, first: date, until: date) -> list[Row]:
    begin, end = occurrence.start.date(), _last(occurrence.end)
    count = (end - begin).days + 1
    shown = range(max(0, (first - begin).days), min(count, (until - begin).days))
    said = _("day {n} of {count}")
    return [
        replace(row, day=begin + timedelta(days=n), signs=(*row.signs, said.format(n=n + 1, count=count)))
        for n in shown
    ]


def _last(end: datetime) -> date:
    """The last day of what ends then, exclusive."""
    return end.date() - ONE_DAY if end.time() == time() else end.date()
