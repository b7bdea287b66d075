"""What is still to arrange: two things at once, no time to get from one to the next, childcare, a ride.

It shows and never blocks, and asks for nothing that can't be answered with a key:

- Two things overlap where she has to be at both. What leaves her time (day care, a whole day without an hour) and
  what is cancelled never does.
- There is no time between two in different houses where the second one's own time to leave lies before the end of
  the first; where nobody has said when to leave, less than `LEAST_BETWEEN` counts. Online there is no way to go.
- Childcare is open where it is needed and nobody has said yes. It is asked about only if a child lives with her, and
  not for the hours in which each of them is at day care or school.
- A ride is open where nothing says how she gets there, and something says that she needs to know: a time to leave,
  or, where other appointments of hers have a ride, one that she can't well stay away from (`Kind.firm`: medicine,
  court, testing, a child's check-up). A mother who never writes down a ride is never asked for one.

What has begun needs nothing any more. What she has called fine as it is stays out until its day or time changes.
docs/arranging.md says the same to whoever uses it.
All times are naive, by the clock of the profile. One pass: the cost grows with the number of occurrences.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from operator import attrgetter

from companion.domain.child import Child
from companion.domain.cover import Cover
from companion.domain.event import ONE_DAY, Logistics, Occurrence, Status
from companion.domain.kinds import kind
from companion.domain.lanes import child_is_elsewhere, leaves_time
from companion.domain.places import NO_WAY, UNKNOWN, spot

LEAST_BETWEEN = timedelta(minutes=15)  # to go from one house to another, where nobody has said how long it takes
_LOOKED_AT = 40  # earlier ones that may overlap too, where she has called the first fine: more than a day holds


class What(StrEnum):
    """What there is to arrange, the most pressing first."""

    OVERLAP = "overlap"
    NO_TIME = "no-time"
    CHILDCARE = "childcare"
    RIDE = "ride"


EVERYTHING = frozenset(What)
_CHILDCARE_ALONE = {What.CHILDCARE}  # what a busy day still looks for once two at once are found
_by_time = attrgetter("start", "end", "event.uid")


@dataclass(frozen=True, slots=True)
class Home:
    """What is known besides the calendar.

    `children`: all of hers; None where it isn't known whether there are any, and then childcare is asked about as
    the plan says. `rides`: whether she writes down rides at all. `fine`: what she has called fine as it is, as
    `Matter.signature` says it.
    """

    children: tuple[Child, ...] | None = None
    rides: bool = False
    fine: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to arrange for `occurrence`. `other` is the one before it that it overlaps or comes too soon after.

    `children`: who needs somebody meanwhile, where it is not all of them.
    """

    what: What
    occurrence: Occurrence
    other: Occurrence | None = None
    children: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        return self.occurrence.day

    @property
    def signature(self) -> str:
        """The same for each week in which the same two come together in the same way; another once one is moved."""
        parts = [self.what, _weekly(self.occurrence), _weekly(self.other) if self.other else ""]
        return " ".join(parts)


def arrange(occurrences: Iterable[Occurrence], now: datetime, home: Home = Home()) -> list[Matter]:
    """Everything to arrange among `occurrences`, by time. Each overlapping one is told once, with the one before it
    that goes on longest; so many at once are as many matters, not as many as there are pairs."""
    return list(matters(occurrences, now, home))


def matters(
    occurrences: Iterable[Occurrence], now: datetime, home: Home = Home(), wanted: Collection[What] = EVERYTHING
) -> Iterator[Matter]:
    """As `arrange`, one by one, and only what is in `wanted`, which may shrink meanwhile."""
    ordered = sorted(occurrences, key=_by_time)
    cover: Cover | None = None
    held: Occurrence | None = None  # of those so far the one that goes on longest
    beside: list[Occurrence] = []  # and all of them: looked at only where some are fine with her
    for occurrence in ordered:
        event, plain = occurrence.event, occurrence.override is None
        # Asked of the event where nothing differs: with 7,500 in a month the two properties were a third of it all.
        if event.status is Status.CANCELLED or not (plain or occurrence.status is not Status.CANCELLED):
            continue
        ahead = occurrence.start > now or (event.all_day and occurrence.end > now)
        if ahead:
            logistics = event.logistics if plain else occurrence.logistics
            care = logistics.childcare
            if care.needed and not care.covered and What.CHILDCARE in wanted and not child_is_elsewhere(event):
                cover = cover or Cover(ordered, home.children)
                open_for = cover.open_for(occurrence)
                if open_for is not None:
                    yield Matter(What.CHILDCARE, occurrence, children=open_for)
        if wanted == _CHILDCARE_ALONE or leaves_time(event):
            continue
        if ahead:
            if What.RIDE in wanted and _ride_is_open(occurrence, logistics, held, home.rides):
                yield Matter(What.RIDE, occurrence)
            found = _with_the_one_before(occurrence, held, wanted) if held is not None else None
            if found is not None and home.fine:
                found = _not_fine(found, beside, home.fine)
            if found is not None:
                yield found
        if home.fine:
            beside.append(occurrence)
        if held is None or occurrence.end >= held.end:
            held = occurrence


def whats(occurrences: Iterable[Occurrence], now: datetime, home: Home, wanted: Collection[What]) -> set[What]:
    """Which of `wanted` there is among `occurrences`: what a cell of the month shows. Ends once all is found."""
    left = set(wanted)
    found: set[What] = set()
    for matter in matters(occurrences, now, home, left):
        found.add(matter.what)
        left.discard(matter.what)
        if not left:
            break
    return found


def _with_the_one_before(occurrence: Occurrence, before: Occurrence, wanted: Collection[What]) -> Matter | None:
    gap = occurrence.start - before.end
    if gap < timedelta(0):
        return Matter(What.OVERLAP, occurrence, before) if What.OVERLAP in wanted else None
    if gap < ONE_DAY and What.NO_TIME in wanted and _too_soon(occurrence, before, gap):
        return Matter(What.NO_TIME, occurrence, before)
    return None


def _too_soon(occurrence: Occurrence, before: Occurrence, gap: timedelta) -> bool:
    leave_by = occurrence.logistics.ride.leave_by
    if gap >= (LEAST_BETWEEN if leave_by is None else leave_by):
        return False
    there, here = spot(occurrence), spot(before)
    if there in {NO_WAY, UNKNOWN} or here in {UNKNOWN, there}:
        return False
    return leave_by is not None or here != NO_WAY


def _not_fine(found: Matter, beside: Sequence[Occurrence], fine: frozenset[str]) -> Matter | None:
    """`found`, or where that is fine with her, another that is under way when it begins."""
    if found.signature not in fine:
        return found
    if found.what is not What.OVERLAP:
        return None
    start = found.occurrence.start
    others = (Matter(What.OVERLAP, found.occurrence, each) for each in beside[:-_LOOKED_AT:-1] if each.end > start)
    return next((each for each in others if each.signature not in fine), None)


def _ride_is_open(occurrence: Occurrence, logistics: Logistics, before: Occurrence | None, rides: bool) -> bool:
    ride = logistics.ride
    if ride.how or ride.who or (ride.leave_by is None and not (rides and kind(occurrence.event.kind).firm)):
        return False
    there = spot(occurrence)
    if there in {NO_WAY, UNKNOWN}:
        return False
    # Where she is in that house already, she need not come.
    return before is None or before.day != occurrence.day or spot(before) != there


def _weekly(occurrence: Occurrence) -> str:
    start, end = occurrence.start, occurrence.end
    return f"{occurrence.event.uid} {start.weekday()} {start.hour}:{start.minute}-{end.hour}:{end.minute}"
