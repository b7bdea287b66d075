"""A week as it goes on paper: all its words, before any typesetting.

Two versions are made of it: her own (`her_week`) and one for a child (`child_week`). Both are cut down here to what
a page can hold at all, so that one endless title or one crowded day can't push the rest off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from companion.domain.event import ONE_DAY, Occurrence
from companion.domain.kinds import kind
from companion.domain.language import _
from companion.domain.text import clean
from companion.domain.wording import span_words, time_words

MOST_A_DAY = 30  # a page of A4 has room for about 80 lines at the smallest size
_NOON = time(12)
# Latin, Greek and Cyrillic. In Arabic a break between two letters would show; the page cuts such a word off instead.
_LONG_WORD = re.compile("[!-\u02ff\u0370-\u0482\u048a-\u058f]{24,}")
_BREAK = "\u200b"  # a place where a line may end; nothing is drawn there


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on one day. `shape` and `part` (of the day) name drawings of shapes.typ, "" draws nothing."""

    time: str
    title: str
    details: tuple[str, ...] = ()
    shape: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """`hidden` more take place that day than `items` holds."""

    name: str
    date: str
    items: tuple[Item, ...]
    hidden: int = 0
    shape: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class WeekSheet:
    """What is on the page. `version` names the template's way of drawing it: "hers" or "child"."""

    version: str
    heading: str
    days: tuple[Day, ...]
    more: str

    def data(self) -> dict[str, Any]:
        """As plain values for the template, with places to break in words that no line could hold."""
        breakable: dict[str, Any] = _each_text(asdict(self), _breakable)
        return breakable

    def texts(self) -> Iterator[str]:
        """Every text on the page."""
        yield self.heading
        for day in self.days:
            yield from (day.name, day.date, day.empty)
            for item in day.items:
                yield from (item.time, item.title, *item.details)


def more_words() -> str:
    """What stands for those that have no room; the template puts the number in."""
    return _("+{n} more")


def lines_of(sheet: WeekSheet, most: int) -> list[str]:
    """What is on the page, as lines to read beforehand; `most` things a day found room."""
    lines = [sheet.heading]
    for day in sheet.days:
        lines += ["", _("{day}, {date}").format(day=day.name, date=day.date)]
        shown = day.items[:most]
        for item in shown:
            lines.append(f"  {item.time}  {item.title}" if item.time else f"  {item.title}")
            if item.details:
                lines.append("      " + " · ".join(item.details))
        left = len(day.items) - len(shown) + day.hidden
        if left:
            lines.append("  " + sheet.more.replace("{n}", str(left)))
        if not day.items:
            lines.append("  " + (day.empty or _("nothing")))
    return lines


def left_out(sheet: WeekSheet, most: int) -> int:
    """How many things found no room."""
    return sum(max(0, len(day.items) - most) + day.hidden for day in sheet.days)


def by_day(days: Sequence[date], occurrences: Iterable[Occurrence]) -> dict[date, list[Occurrence]]:
    """What takes place on each of `days`, in order; what is cancelled is left out.

    Something that goes on into the night belongs to the evening it began on; days away are on each of their days.
    """
    found: dict[date, list[Occurrence]] = {day: [] for day in days}
    for occurrence in occurrences:
        if occurrence.cancelled:
            continue
        day, last = occurrence.day, _last_day(occurrence)
        while day <= last:
            if day in found:
                found[day].append(occurrence)
            day += ONE_DAY
            if day > days[-1]:
                break
    return {
        day: sorted(given, key=lambda o: (bool(words_of_time(o, day)), max(o.start, datetime.combine(day, time()))))
        for day, given in found.items()
    }


def words_of_time(occurrence: Occurrence, day: date, *, hours24: bool = False) -> str:
    """When it is on that day: "6:00–7:30 pm"; "" where it takes the whole day."""
    start, end = occurrence.start, occurrence.end
    last = _last_day(occurrence)
    if occurrence.event.all_day or start.date() < day < last:
        return ""
    if start.date() == last:
        return span_words(start, end, hours24)
    if day == start.date():
        return _("from {time}").format(time=time_words(start, hours24))
    return _("until {time}").format(time=time_words(end, hours24))


def discreet_title(occurrence: Occurrence) -> str:
    """What it is called where others may read it."""
    event = occurrence.event
    return event.discreet_title or _(kind(event.kind).discreet)


def short(text: str, limit: int) -> str:
    """`text` on one line, cut with an ellipsis."""
    return clean(text, limit)


def _last_day(occurrence: Occurrence) -> date:
    """The last day it is named on."""
    start, end = occurrence.start, occurrence.end
    if end <= start:
        return start.date()
    if occurrence.event.all_day:
        return (end - timedelta.resolution).date()
    overnight = end - start < ONE_DAY and end.time() <= _NOON and end.date() == start.date() + ONE_DAY
    return start.date() if overnight else (end - timedelta.resolution).date()


def _breakable(text: str) -> str:
    return _LONG_WORD.sub(lambda found: _BREAK.join(found[0]), text)


def _each_text(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each_text(each, change) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(each, change) for each in value]
    return value
