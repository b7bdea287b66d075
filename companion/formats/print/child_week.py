"""A page for a child: large, few words, a drawing for each day and each thing.

What is hers is always told in a child's words ("Mama is at her class"), also where names are given in full: a page on
the fridge is read by everybody who comes in. In full, the child's own things have their names, and it says who is
with the child meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from companion.domain.child import Child
from companion.domain.children_named import children_named, plain_name
from companion.domain.event import Occurrence
from companion.domain.kinds import kind
from companion.domain.lanes import Lane, lane_of
from companion.domain.language import _
from companion.domain.names import month_short, weekday_name
from companion.domain.week_paper import week_words
from companion.domain.wording import time_words
from companion.formats.print.week_sheet import Day, Item, WeekSheet, by_day, more_words, short

_MOST_A_DAY = 12  # more than a child takes in, and half of what a page has room for
_WORDS = 48  # letters that a child's box holds in large print
_DAY_SHAPES = ("moon", "star", "cloud", "tree", "kite", "flower", "sun")  # Monday first
_TOGETHER = frozenset({"family-time", "activity"})
# What a child is told for each discreet name of kinds.toml, and the drawing beside it.
_HERS = {
    "Class": ("book", "{mama} is at her class"),
    "Appointment": ("clock", "{mama} has an appointment"),
    "Meeting": ("people", "{mama} is at her meeting"),
    "Errand": ("bag", "{mama} has an errand"),
    "Call": ("phone", "{mama} has a call"),
    "Visit": ("house", "A visitor comes to us"),
    "Work": ("bag", "{mama} is at work"),
    "Away": ("moon", "{mama} sleeps somewhere else"),
    "Personal": ("flower", "{mama} has time for herself"),
}
# The child's own things, and those the two do together, by kind.
_OWN = {
    "child-health": ("plus", "You have a check-up"),
    "child-care": ("blocks", "You are at day care"),
    "child-school": ("bag", "You are at school"),
    "school-visit": ("book", "Something at school"),
    "family-time": ("heart", "Family time"),
    "activity": ("star", "Together time"),
}


def told(kind_id: str) -> bool:
    """Whether a child has words for what she does at that kind; a test asks it of every kind."""
    return kind_id in _OWN or kind(kind_id).discreet in _HERS


@dataclass(frozen=True, slots=True)
class _Reader:
    """Whose page it is: one child's, or with `child` None every child's. `mama` is what they call her."""

    child: Child | None
    mama: str
    full: bool
    hours24: bool


def child_week(
    days: Sequence[date],
    occurrences: Iterable[Occurrence],
    child: Child | None = None,
    *,
    mama: str = "",
    full: bool = False,
    hours24: bool = False,
) -> WeekSheet:
    """The seven `days` for `child`, or for all the children together.

    A child who lives elsewhere finds what is the child's own there, and the time together; not where she is meanwhile.
    """
    reader = _Reader(child, short(mama, _WORDS) or _("Mama"), full, hours24)
    held = by_day(days, (o for o in occurrences if _is_for(o, child)))
    heading = week_words(days[0])
    if child is not None:
        heading = _("{name}: {week}").format(name=short(child.name, _WORDS), week=heading)
    return WeekSheet("child", heading, tuple(_day(day, held[day], reader) for day in days), more_words())


def _is_for(occurrence: Occurrence, child: Child | None) -> bool:
    event = occurrence.event
    if child is None:
        return True
    if _is_own(occurrence):
        names = {plain_name(name) for name in children_named(event.child)}
        return not names or plain_name(child.name) in names
    return child.lives_here


def _is_own(occurrence: Occurrence) -> bool:
    return lane_of(occurrence.event) is Lane.CHILDREN or occurrence.event.kind in _TOGETHER


def _day(day: date, occurrences: Sequence[Occurrence], reader: _Reader) -> Day:
    shown = occurrences[:_MOST_A_DAY]
    return Day(
        weekday_name(day.weekday()),
        _("{month} {day}").format(month=month_short(day.month), day=day.day),
        tuple(_item(occurrence, day, reader) for occurrence in shown),
        hidden=len(occurrences) - len(shown),
        shape=_DAY_SHAPES[day.weekday()],
        empty=_("A quiet day"),
    )


def _item(occurrence: Occurrence, day: date, reader: _Reader) -> Item:
    begins_here = day == occurrence.day and not occurrence.event.all_day
    own = _is_own(occurrence)
    shape, title = _own_words(occurrence, reader) if own else _her_words(occurrence, reader)
    care = occurrence.logistics.childcare
    details: tuple[str, ...] = ()
    if reader.full and not own and begins_here and care.needed and care.covered and care.who:
        details = (_("With you: {who}").format(who=short(care.who, _WORDS)),)
    return Item(
        time=time_words(occurrence.start, reader.hours24) if begins_here else "",
        title=title,
        details=details,
        shape=shape,
        part=_part_of_day(occurrence.start.hour) if begins_here else "",
    )


def _own_words(occurrence: Occurrence, reader: _Reader) -> tuple[str, str]:
    event = occurrence.event
    shape, words = _OWN.get(event.kind, ("star", kind(event.kind).discreet))
    usual = event.discreet_title.strip().casefold() in {"", kind(event.kind).discreet.casefold()}
    title = occurrence.title if reader.full else _(words) if usual else event.discreet_title
    title = short(title, _WORDS)
    if reader.child is None and event.child:
        title = _("{name}: {title}").format(name=short(event.child, _WORDS), title=title)
    return shape, title


def _her_words(occurrence: Occurrence, reader: _Reader) -> tuple[str, str]:
    """By the kind; where she gave another discreet name, that one."""
    event = occurrence.event
    usual = kind(event.kind).discreet
    chosen = event.discreet_title.strip() or usual
    known = next((name for name in _HERS if name.casefold() == chosen.casefold()), None)
    if known is not None:
        shape, words = _HERS[known]
        return shape, _(words).format(mama=reader.mama)
    shape = _HERS.get(usual, ("clock", ""))[0]
    return shape, _("{name}: {title}").format(name=reader.mama, title=short(chosen, _WORDS))


def _part_of_day(hour: int) -> str:
    """The small drawing beside the hour, for who can't read it yet."""
    if 5 <= hour < 12:
        return "sunrise"
    return "sun" if 12 <= hour < 18 else "moon"
