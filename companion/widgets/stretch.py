"""The part of an endless list that is held: read in windows of days at either end, and let go at the other.

Pure: no widget in here. What a window costs goes with what is in it, so the next one takes in more days where the
last one held little: 2 days hold 330 appointments of a coach's calendar of 10,000, and none of a quiet one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from companion.domain.months import add_days
from companion.widgets.day_rows import Key, Row

Load = Callable[[date, date], Sequence[Row]]
NOTHING: Key = ("", None)  # the row of a day that is named although nothing is on it; no event has an empty UID

LOOKED = 731  # days without anything, at either end, after which no more is looked for
_FIRST_LOOK, _MOST_DAYS, _GROWTH = 2, 183, 4  # days of a window, and how much longer the next one may be
_WANTED = 40  # rows of one window, about two screens
_EARLIEST, _LATEST = date(1900, 1, 1), date(2101, 1, 1)  # the first day of the month view, and after its last


class End(IntEnum):
    """An end of the list, as a step: before all that is held, or after it."""

    BEFORE = -1
    AFTER = 1


@dataclass(slots=True)
class _Reach:
    """How far an end has been read: `day` is the first day held, or the first after those held."""

    day: date
    look: int = _FIRST_LOOK  # days of the next window
    empty: int = 0  # days read since the last that held anything
    told: bool = False  # nothing more was found here when it was last read


class Stretch:
    """Rows of days that follow one another. `load` gives the rows of the days from one up to, not including, another.

    A row belongs to its `day`: what `load` gives for another day is left out, so that a night that ends in the next
    window is not there twice.
    """

    def __init__(self, load: Load) -> None:
        self._load = load
        self.rows: list[Row] = []
        self._asked = self._today = date.min
        self._ends: dict[End, _Reach] = {}

    @property
    def begun(self) -> bool:
        return bool(self._ends)

    def begin(self, day: date, today: date) -> None:
        """Hold `day` and a little after it. It and `today` are named even where nothing is on them."""
        day = min(max(day, _EARLIEST), add_days(_LATEST, -1))
        self._asked, self._today = day, today
        self._ends = {End.BEFORE: _Reach(day), End.AFTER: _Reach(day)}
        self.rows = []
        self.grow(End.AFTER)

    def grow(self, end: End) -> int:
        """Read one window more at that end; gives how many rows it brought."""
        reach = self._ends[end]
        until = add_days(reach.day, end * min(reach.look, LOOKED - reach.empty))
        until = min(max(until, _EARLIEST), _LATEST)
        days = abs((until - reach.day).days)
        first, last = sorted((reach.day, until))
        rows, found = self._read(first, last) if days else ([], 0)
        reach.day = until
        reach.empty = 0 if found else reach.empty + days
        if until in {_EARLIEST, _LATEST}:
            reach.empty = LOOKED
        reach.told = self.ended(end) or (reach.told and not found)
        if found > 2 * _WANTED:
            reach.look = max(1, days * _WANTED // found)
        elif 2 * found < _WANTED:
            reach.look = min(_MOST_DAYS, reach.look * _GROWTH)
        self.rows = rows + self.rows if end is End.BEFORE else self.rows + rows
        return len(rows)

    def ended(self, end: End) -> bool:
        """Whether so long a time at that end holds nothing that no more is looked for."""
        return self._ends[end].empty >= LOOKED

    def told(self, end: End) -> bool:
        """Whether to say that nothing more is there; it stands until something is found there."""
        return self._ends[end].told

    def drop(self, end: End, most: int) -> int:
        """Let go of whole days at that end, together at most so many rows; gives how many rows that were."""
        rows, reach = self.rows, self._ends[end]
        most = min(most, len(rows) - 1)
        if most <= 0:
            return 0
        if end is End.BEFORE:
            day = rows[most].day or reach.day
            count = bisect_left(rows, day, key=_day)
            self.rows = rows[count:]
        else:
            day = add_days(_day(rows[-most - 1]), 1)
            kept = bisect_left(rows, day, key=_day)
            count = len(rows) - kept
            self.rows = rows[:kept]
        if count:
            reach.day, reach.empty, reach.told = day, 0, False
        return count

    def read_again(self, day: date, today: date) -> None:
        """Read once more the days that are held, from the first that holds anything to the last.

        Where all of it is gone the list begins anew on `day`.
        """
        if not self.rows:
            self.begin(day, today)
            return
        self._today = today
        first, until = _day(self.rows[0]), add_days(_day(self.rows[-1]), 1)
        self.rows, _found = self._read(first, until)
        if not self.rows:
            self.begin(day, today)
            return
        for reach, edge in ((self._ends[End.BEFORE], first), (self._ends[End.AFTER], until)):
            reach.day, reach.empty = edge, 0

    def _read(self, first: date, until: date) -> tuple[list[Row], int]:
        """The rows of those days with the named ones among them, and how many are appointments."""
        rows = [row for row in self._load(first, until) if row.day is not None and first <= row.day < until]
        rows.sort(key=_day)
        found = len(rows)
        for day in {self._asked, self._today}:
            if first <= day < until:
                place = bisect_left(rows, day, key=_day)
                if place == len(rows) or rows[place].day != day:
                    rows.insert(place, Row(NOTHING, "", "", day=day))
        return rows, found


def _day(row: Row) -> date:
    assert row.day is not None  # others are left out when they are read
    return row.day
