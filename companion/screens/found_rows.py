"""What a search has found, as rows: what it is, when it is next, and why it is in the list. Pure: no widget in here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from companion.domain.describing import describe
from companion.domain.event import ONE_DAY, Occurrence
from companion.domain.found_words import reason
from companion.domain.language import _, plural
from companion.domain.names import month_short
from companion.domain.wording import at_start, date_words, day_words, span_words, time_words, when_words
from companion.widgets.day_rows import Row, row_of

if TYPE_CHECKING:
    from companion.services.finder import Found, Hit


def found_row(hit: Hit, typed: str, today: date, hours24: bool = False) -> Row:
    """The day it is next, else when it was last, and its title; below it the hour, why it is here, and where."""
    occurrence = hit.occurrence
    own = occurrence if hit.alone else replace(occurrence, override=None)  # else a series goes by its own name
    signs = ("" if hit.ahead else _("past"), _times(hit, today, hours24), reason(own, typed))
    return replace(
        row_of(occurrence, hours24=hours24),
        when=_day(occurrence.day, today),
        title=own.title,
        signs=tuple(sign for sign in signs if sign),
        day=None,
    )


def count_words(found: Found) -> str:
    """ "3 found: 2 to come, 1 past." """
    if not found.total:
        return ""
    shown = len(found.hits)
    if shown < found.total:
        return _("{total} found. Here are the nearest {n}; another letter makes them fewer.").format(
            total=f"{found.total:,}", n=shown
        )
    ahead = sum(hit.ahead for hit in found.hits)
    if ahead == shown:
        return plural("1 found, still to come.", "{n} found, all still to come.", shown)
    if not ahead:
        return plural("1 found, in the past.", "{n} found, all in the past.", shown)
    return _("{n} found: {ahead} to come, {past} past.").format(n=shown, ahead=ahead, past=shown - ahead)


def _day(day: date, today: date) -> str:
    """Short, for a column: "tomorrow", "Tue, Nov 24", "Jan 21, 2027"."""
    if -1 <= (day - today).days <= 1:
        return at_start(day_words(day, today))
    if day.year == today.year:
        return date_words(day, today)
    return _("{month} {day}, {year}").format(month=month_short(day.month), day=day.day, year=day.year)


def _times(hit: Hit, today: date, hours24: bool) -> str:
    """ "Every Tuesday 6:00 pm", "3:00–4:00 pm"; of a session at another hour than its series both are said."""
    occurrence = hit.occurrence
    event = occurrence.event
    if event.rule is None or hit.alone:
        return _span(occurrence, today, hours24)
    often = describe(replace(event.rule, count=None, until=None), event.start)
    if event.all_day:
        return often
    if occurrence.zone not in {"", event.zone}:  # its own clock says another hour than hers
        return f"{often} · {time_words(occurrence.start, hours24)}"
    often = f"{often} {time_words(event.start, hours24)}"
    if occurrence.start.time() == event.start.time():
        return often
    return _("{often}, this one {time}").format(often=often, time=time_words(occurrence.start, hours24))


def _span(occurrence: Occurrence, today: date, hours24: bool) -> str:
    start, end = occurrence.start, occurrence.end
    if end - start > ONE_DAY:
        return when_words(start, end, occurrence.event.all_day, today, hours24)
    return _("all day") if occurrence.event.all_day else span_words(start, end, hours24)
