"""Who has which child when, as far as the calendar knows: the hours of day care and school."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, datetime

from companion.domain.age import STILL_EXPECTED
from companion.domain.child import Child, age_in_months
from companion.domain.children_named import children_named, plain_name
from companion.domain.event import Occurrence
from companion.domain.lanes import child_is_elsewhere

_GROWN_UP = 18 * 12  # months

Span = tuple[datetime, datetime]


def lives_with_her(child: Child, day: date) -> bool:
    """Whether somebody has to be with the child on `day` while she is out: born, not grown up, and at home with her."""
    if not child.lives_here:
        return False
    born = child.born
    if born is None:
        return child.due is None or (day - child.due).days > STILL_EXPECTED
    months = age_in_months(child, day)
    return months is not None and months < _GROWN_UP


class Cover:
    """The hours in which each child is elsewhere, from `occurrences`; whole days where no hour is said.

    One that names no child counts only where a single child lives with her: of several nobody knows who is meant.
    """

    def __init__(self, occurrences: Iterable[Occurrence], children: tuple[Child, ...] | None) -> None:
        self._children = children
        self._spans: dict[str, list[Span]] = {}
        for occurrence in occurrences:
            if child_is_elsewhere(occurrence.event) and not occurrence.cancelled:
                for name in children_named(occurrence.event.child) or [""]:
                    self._spans.setdefault(plain_name(name), []).append((occurrence.start, occurrence.end))
        self._joined: dict[tuple[str, ...], list[Span]] = {}

    def open_for(self, occurrence: Occurrence) -> tuple[str, ...] | None:
        """The names of those who need somebody during `occurrence`: none where it is all of them, None for nobody."""
        if self._children is None:
            return ()
        here = [child for child in self._children if lives_with_her(child, occurrence.day)]
        alone = len(here) == 1
        left = [child.name for child in here if not self._covered(child.name, occurrence, unnamed=alone)]
        if not left:
            return None
        return () if len(left) == len(here) else tuple(left)

    def _covered(self, name: str, occurrence: Occurrence, *, unnamed: bool) -> bool:
        spans = self._of(plain_name(name), *([""] if unnamed else []))
        place = bisect_right(spans, occurrence.start, key=_start) - 1
        return place >= 0 and spans[place][1] >= occurrence.end

    def _of(self, *names: str) -> list[Span]:
        """The spans of these names, those that touch as one."""
        joined = self._joined.get(names)
        if joined is None:
            joined = self._joined[names] = []
            for start, end in sorted(span for name in names for span in self._spans.get(name, ())):
                if joined and start <= joined[-1][1]:
                    joined[-1] = joined[-1][0], max(end, joined[-1][1])
                else:
                    joined.append((start, end))
        return joined


def _start(span: Span) -> datetime:
    return span[0]
