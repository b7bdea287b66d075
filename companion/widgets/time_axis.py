"""The hours down the side of a time grid: those in use, as finely as there is room, empty ones folded into a line.

Minutes are counted from midnight. A row is not always an hour: where two appointments that follow each other would
share one, it is divided between them, so that they do not look like two at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_HOUR, _HOURS = 60, 24
_USUAL = (9, 17)  # shown where nothing is planned
_FILLING = ((9, 17), (8, 19), (7, 21), (6, 22))  # hours that are added around those in use while lines are left


class Row(NamedTuple):
    """A line of the grid, from `start` until `end`; `folded` where it stands for several empty hours."""

    start: int
    end: int
    folded: bool = False


class _Hours(NamedTuple):
    kept: frozenset[int]  # hours with a line of their own
    step: int  # minutes a line
    cuts: frozenset[int]  # minutes where an hour is divided besides


def axis(
    spans: Sequence[tuple[int, int, int]], room: int, *, scrolls: bool = False, now: int | None = None
) -> tuple[Row, ...]:
    """The rows for `spans`, each a day with a start and an end in minutes, in about `room` lines.

    With `scrolls` it takes more lines than that rather than let two that follow each other share one; without, only
    if so many hours are in use. Where `now` lies outside the hours in use it gets a folded line, if one is left.
    """
    busy, edges, votes = _use(spans)
    if not busy:
        busy = edges = set(range(*_USUAL)) if room >= _USUAL[1] - _USUAL[0] else {_USUAL[0]}
    hours = _chosen(frozenset(busy), frozenset(edges), votes, room, scrolls)
    apart = now is not None and not min(busy) * _HOUR <= now < (max(busy) + 1) * _HOUR
    rows = _rows(_filled(hours, room - (1 if apart else 0)))
    if apart and now is not None and len(rows) < room and not rows[0].start <= now < rows[-1].end:
        before = now < rows[0].start
        other = Row(now // _HOUR * _HOUR, rows[0].start, True) if before else Row(rows[-1].end, _end(now), True)
        rows = [other, *rows] if before else [*rows, other]
    return tuple(rows)


def fewest(spans: Sequence[tuple[int, int, int]]) -> int:
    """The lines that `spans` need for an hour each."""
    busy, _edges, _votes = _use(spans)
    return len(_rows(_Hours(frozenset(busy), 60, frozenset()))) if busy else 0


def _end(minute: int) -> int:
    return (minute // _HOUR + 1) * _HOUR


def _use(spans: Iterable[tuple[int, int, int]]) -> tuple[set[int], set[int], Counter[int]]:
    """Hours in which something is, hours in which something begins or ends, and minutes where a cut parts two."""
    busy: set[int] = set()
    edges: set[int] = set()
    earliest: dict[tuple[int, int], int] = {}
    late: list[tuple[int, int]] = []
    for day, start, end in spans:
        first, last = start // _HOUR, (end - 1) // _HOUR
        edges.add(first)
        edges.add(last)
        for hour in range(first, last + 1):
            busy.add(hour)
            if end < earliest.get((day, hour), end + 1):
                earliest[day, hour] = end
        if start % _HOUR:
            late.append((day, start))
    return busy, edges, Counter(start for day, start in late if earliest[day, start // _HOUR] <= start)


def _chosen(busy: frozenset[int], edges: frozenset[int], votes: Counter[int], room: int, scrolls: bool) -> _Hours:
    """The fullest picture that fits; where none does, the smallest one, with as many cuts as there is room for."""
    cuts, whole = frozenset(votes), frozenset(range(min(busy), max(busy) + 1))
    for step, kept in ((30, whole), (30, busy), (60, whole), (60, busy), (60, edges)):
        hours = _Hours(kept, step, cuts)
        if len(_rows(hours)) <= room:
            return hours
    if scrolls:
        return hours
    left = max(0, room - len(_rows(_Hours(edges, 60, frozenset()))))
    return _Hours(edges, 60, frozenset(minute for minute, _votes in votes.most_common(left)))


def _filled(hours: _Hours, room: int) -> _Hours:
    """Lines that are left show the short gaps, then the hours around those in use, then the mornings of long gaps."""
    kept, left = set(hours.kept), room - len(_rows(hours))
    per_hour = _HOUR // hours.step
    gaps = sorted((row for row in _rows(hours) if row.folded), key=lambda row: row.end - row.start)
    for gap in gaps:
        more = (gap.end - gap.start) // _HOUR * per_hour - 1
        if more <= left:
            kept |= set(range(gap.start // _HOUR, gap.end // _HOUR))
            left -= more
    first, last = min(kept), max(kept)
    for low, high in _FILLING:
        while first > low and per_hour <= left:
            first, left = first - 1, left - per_hour
            kept.add(first)
        while last < high - 1 and per_hour <= left:
            last, left = last + 1, left - per_hour
            kept.add(last)
    for gap in gaps:
        for hour in range(gap.start // _HOUR, gap.end // _HOUR - 2):
            if hour not in kept and per_hour <= left:
                left -= per_hour
                kept.add(hour)
    return hours._replace(kept=frozenset(kept))


def _rows(hours: _Hours) -> list[Row]:
    kept, step, cuts = hours
    by_hour: dict[int, set[int]] = {}
    for cut in cuts:
        by_hour.setdefault(cut // _HOUR, set()).add(cut)
    rows: list[Row] = []
    hour, until = min(kept), max(kept) + 1
    while hour < until:
        following = hour + 1
        if hour not in kept:
            while following not in kept:
                following += 1
            if (following - hour) * (_HOUR // step) > 1:
                rows.append(Row(hour * _HOUR, following * _HOUR, True))
                hour = following
                continue
        begin = hour * _HOUR
        marks = sorted({*range(begin, begin + _HOUR, step), *by_hour.get(hour, ())})
        rows += [Row(mark, end) for mark, end in zip(marks, [*marks[1:], begin + _HOUR], strict=True)]
        hour += 1
    return rows
