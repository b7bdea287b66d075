"""Her own page: times, names, places, who has the kids, the ride, what to bring, and a box to tick."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from companion.domain.appointment_words import bring_words, childcare_words, ride_words
from companion.domain.event import Occurrence
from companion.domain.language import _
from companion.domain.names import month_short, weekday_name
from companion.domain.week_paper import week_words
from companion.domain.wording import time_words
from companion.formats.print.week_sheet import (
    MOST_A_DAY,
    Day,
    Item,
    WeekSheet,
    by_day,
    discreet_title,
    more_words,
    short,
    words_of_time,
)

_TITLE, _PLACE, _DETAIL = 90, 60, 120  # letters; two lines of the page each


def her_week(
    days: Sequence[date], occurrences: Iterable[Occurrence], *, full: bool = False, hours24: bool = False
) -> WeekSheet:
    """The seven `days`. Discreet unless `full`: neutral names, no place and no people, as on a phone."""
    held = by_day(days, occurrences)
    return WeekSheet("hers", week_words(days[0]), tuple(_day(d, held[d], full, hours24) for d in days), more_words())


def _day(day: date, occurrences: Sequence[Occurrence], full: bool, hours24: bool) -> Day:
    shown = occurrences[:MOST_A_DAY]
    return Day(
        weekday_name(day.weekday()),
        _("{month} {day}").format(month=month_short(day.month), day=day.day),
        tuple(_item(occurrence, day, full, hours24) for occurrence in shown),
        hidden=len(occurrences) - len(shown),
    )


def _item(occurrence: Occurrence, day: date, full: bool, hours24: bool) -> Item:
    details = _details(occurrence, hours24) if full else _discreet_details(occurrence, hours24)
    if day != occurrence.day:  # how she got there was said on the first day
        details = ()
    return Item(
        time=words_of_time(occurrence, day, hours24=hours24) or _("all day"),
        title=short(occurrence.title if full else discreet_title(occurrence), _TITLE),
        details=tuple(part for part in details if part),
    )


def _details(occurrence: Occurrence, hours24: bool) -> tuple[str, ...]:
    event = occurrence.event
    place = occurrence.location or (_("online") if event.online else "")
    ride = ride_words(occurrence, hours24=hours24)
    return (
        short(place, _PLACE),
        _("For {child}").format(child=short(event.child, _PLACE)) if event.child else "",
        short(childcare_words(occurrence.logistics.childcare), _DETAIL),
        _("Ride: {ride}").format(ride=short(ride, _DETAIL)) if ride else "",
        short(bring_words(occurrence), _DETAIL),
    )


def _discreet_details(occurrence: Occurrence, hours24: bool) -> tuple[str, ...]:
    """What helps her and names nobody."""
    care, leave_at = occurrence.logistics.childcare, occurrence.leave_at
    childcare = ""
    if care.needed:
        childcare = _("Childcare: covered") if care.covered else _("Childcare: to arrange")
    leave = _("Leave at {time}").format(time=time_words(leave_at, hours24)) if leave_at else ""
    return childcare, leave
