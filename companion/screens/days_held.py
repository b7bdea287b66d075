"""The days that a month shows, read once for each flip: what is on each, as marks for the grid and as rows.

Pure: no widget in here. A day key asks this and never the store. It stays cheap with seven thousand occurrences in
the 42 days: what no cell can draw is not worked out, and rows are made only for the day that is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from companion.domain.arranging import Home, What, matters, whats
from companion.domain.arranging_words import signs_of
from companion.domain.attendance import WENT, Attendance
from companion.domain.event import ONE_DAY, Occurrence
from companion.domain.kinds import all_kinds
from companion.domain.lanes import Lane, lane_of
from companion.domain.language import _, plural
from companion.domain.showing import Showing
from companion.domain.wording import date_words
from companion.widgets.day_list import Key, Row, row_of
from companion.widgets.month_view import DayMarks, Flag

if TYPE_CHECKING:
    from companion.widgets.time_block import Block

MOST_ROWS = 12  # what a list of 20 lines shows; more are a key away
MORE: Key = ("", None)  # the row that shows the others; no event has an empty UID
_MOST_MARKS = 12  # a cell shows at most so many letters before its "+"
_MOST_TITLES = 8
_FLAGS = {What.OVERLAP: Flag.CLASH, What.CHILDCARE: Flag.CHILDCARE}  # what is worth a sign in a cell


class HeldDays(Mapping[date, DayMarks]):
    """What is on each day from `first` up to, not including, `until`. As a mapping it gives the marks of a day."""

    def __init__(
        self,
        first: date,
        until: date,
        occurrences: Sequence[Occurrence],
        marks: Mapping[Key, Attendance],
        today: date,
        *,
        now: datetime | None = None,
        home: Home = Home(),
        showing: Showing = Showing(),
        ending: Callable[[Occurrence], tuple[str, ...]] = lambda _occurrence: (),
    ) -> None:
        """`now`: what has begun by then has nothing to arrange. `home`: what is known besides (`domain.arranging`).
        `ending`: the signs of the last session of a series.

        What `showing` leaves out is not here, but for the signs: what overlaps it has one all the same.
        """
        self.first, self.until = first, until
        self.marks = marks
        self._now, self._home = now or datetime.combine(today, datetime.min.time()), home
        self._ending = ending
        self._all = self._by_day = _by_day(occurrences, first, until)
        self._went = {mark.day for mark in marks.values() if mark.mark in WENT}
        self._filtered = not showing.everything
        if self._filtered:
            shown = showing.of(occurrences)
            self._by_day = _by_day(shown, first, until)
            self._went = {mark.day for each in shown if (mark := marks.get(each.key)) and mark.mark in WENT}
        self._drawn: dict[date, DayMarks] = {}
        self._blocks: dict[Key, Block] = {}
        self._blocks_for = False

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day < self.until

    def __iter__(self) -> Iterator[date]:
        return iter(self._by_day)

    def __len__(self) -> int:
        return len(self._by_day)

    def __getitem__(self, day: date) -> DayMarks:
        drawn = self._drawn.get(day)
        if drawn is None:
            occurrences = self._by_day[day]
            ahead = day >= self._now.date()
            found = self._to_arrange(day) if ahead else ()
            drawn = self._drawn[day] = _marks_of(occurrences, day in self._went, found)
        return drawn

    def _to_arrange(self, day: date) -> Collection[What]:
        """What there is to arrange for what is shown of that day, as far as a cell has a sign for it."""
        everything = self._all.get(day, ())
        if not self._filtered:
            return whats(everything, self._now, self._home, _FLAGS)
        shown = {each.key for each in self.on(day)}
        return {
            matter.what
            for matter in matters(everything, self._now, self._home, _FLAGS)
            if matter.occurrence.key in shown or (matter.other is not None and matter.other.key in shown)
        }

    def on(self, day: date) -> Sequence[Occurrence]:
        """What touches that day, by time, all-day ones first."""
        return self._by_day.get(day, ())

    def find(self, day: date, key: Key) -> Occurrence | None:
        return next((o for o in self.on(day) if o.key == key), None)

    def blocks(self, days: Iterable[date], *, hours24: bool = False) -> list[Block]:
        """What touches those days, each once, as blocks of a time grid. Each is made once."""
        from companion.widgets.time_block import block_of

        if hours24 != self._blocks_for:
            self._blocks, self._blocks_for = {}, hours24
        made = self._blocks
        found: dict[Key, Block] = {}
        for day in days:
            new = [occurrence for occurrence in self.on(day) if occurrence.key not in made]
            signs = self._signs(day, hours24, new) if new else {}
            for occurrence in new:
                key = occurrence.key
                mark = self.marks.get(key)
                made[key] = block_of(occurrence, mark.mark if mark else None, hours24, signs.get(key, ()))
            found.update((occurrence.key, made[occurrence.key]) for occurrence in self.on(day))
        return list(found.values())

    def rows(self, day: date, *, hours24: bool = False, most: int | None = MOST_ROWS, dated: bool = False) -> list[Row]:
        """The rows of a day; beyond `most` one that offers the rest. With `dated` they stand under its heading."""
        of, here = day if dated else None, self.on(day)
        signs = self._signs(day, hours24, shown_of(here, most))
        rows = rows_of(here, self.marks, signs, hours24=hours24, most=most, on=day)
        return [replace(row, day=of) for row in rows]

    def _signs(self, day: date, hours24: bool, shown: Sequence[Occurrence]) -> Mapping[Key, tuple[str, ...]]:
        found: dict[Key, tuple[str, ...]] = {}
        if day >= self._now.date():
            # What begins after all that is shown has no part in it: of 400 in a day, that is nearly all.
            until = max((each.end for each in shown if not each.event.all_day), default=self._now)
            near = [each for each in self._all.get(day, ()) if each.start <= until or each.event.all_day]
            keys = {each.key for each in shown}
            found = signs_of(near, self._now, self._home, hours24=hours24, shown=keys)
        for each in shown:
            if each.event.rule is not None and (ending := self._ending(each)):
                found[each.key] = (*found.get(each.key, ()), *ending)
        return found


def shown_of(occurrences: Sequence[Occurrence], most: int | None) -> Sequence[Occurrence]:
    """Those that have a row of their own; a row that would offer a single other one is that one."""
    return occurrences if most is None or len(occurrences) <= most + 1 else occurrences[:most]


def rows_of(
    occurrences: Sequence[Occurrence],
    marks: Mapping[Key, Attendance],
    signs: Mapping[Key, tuple[str, ...]] | None = None,
    *,
    hours24: bool = False,
    most: int | None = MOST_ROWS,
    on: date | None = None,
) -> list[Row]:
    """`occurrences` as rows with their `signs`, at most `most` of them and one that offers the rest.

    `on` is the day that all of them stand under; without it each stands under the day it begins on.
    """
    shown = shown_of(occurrences, most)
    told = signs or {}
    rows = [
        row_of(o, mark.mark if (mark := marks.get(o.key)) else None, hours24, told.get(o.key, ()), on) for o in shown
    ]
    left = len(occurrences) - len(shown)
    if left:
        words = plural("{n} more. Enter shows it.", "{n} more. Enter shows them.", left)
        rows.append(Row(MORE, "", words, day=rows[-1].day))
    return rows


def coming_heading(occurrences: Sequence[Occurrence], today: date) -> str:
    """The line over the next days. Where all is on one day the list has no headings, so it is named here."""
    days = {occurrence.day for occurrence in occurrences}
    if len(days) != 1:
        return _("The next 7 days")
    return _("The next 7 days: {day}").format(day=date_words(days.pop(), today))


def first_row(occurrences: Sequence[Occurrence]) -> Key | None:
    """The row that keys act on at first: the first that takes place, else the first."""
    takes_place = next((o.key for o in occurrences if not o.cancelled), None)
    return takes_place or (occurrences[0].key if occurrences else None)


def summary(occurrences: Sequence[Occurrence]) -> str:
    """How many, for the line over a long list: "(14)"; "" where the list says it by itself."""
    return f"({len(occurrences)})" if len(occurrences) > MOST_ROWS else ""


def _by_day(occurrences: Iterable[Occurrence], first: date, until: date) -> dict[date, list[Occurrence]]:
    """Each occurrence under every day that it touches."""
    found: dict[date, list[Occurrence]] = {}
    low, high = datetime.combine(first, datetime.min.time()), datetime.combine(until, datetime.min.time())
    for occurrence in occurrences:
        start, end = occurrence.start, occurrence.end
        if start >= low:
            day = start.date()
            if start < high:
                found.setdefault(day, []).append(occurrence)
            if end.date() == day:
                continue
            day += ONE_DAY
        else:
            day = first
        last = min(end, high) - timedelta.resolution
        while day <= last.date():
            found.setdefault(day, []).append(occurrence)
            day += ONE_DAY
    return found


def _marks_of(occurrences: Sequence[Occurrence], went: bool, found: Collection[What]) -> DayMarks:
    """What a cell shows; `found` is what is to be arranged on that day."""
    kinds = all_kinds()
    other = kinds["other"]
    own: list[str] = []
    children: list[str] = []
    titles: list[str] = []
    for occurrence in occurrences:
        event = occurrence.event
        cancelled = occurrence.cancelled
        if len(titles) < _MOST_TITLES:
            titles.append(_("cancelled: {title}").format(title=occurrence.title) if cancelled else occurrence.title)
        if cancelled:
            continue
        lane = children if lane_of(event) is Lane.CHILDREN else own
        if len(lane) < _MOST_MARKS:
            lane.append(kinds.get(event.kind, other).mark)
    flags = [Flag.WENT] * went + [flag for what, flag in _FLAGS.items() if what in found]
    return DayMarks(tuple(own), tuple(children), tuple(titles), tuple(sorted(flags, key=list(Flag).index)))
