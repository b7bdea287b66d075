"""Attendance: how an appointment went, once for each occurrence (docs/streaks.md, "Appointments")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from companion.domain.kinds import kind

if TYPE_CHECKING:
    from companion.domain.event import Occurrence

ASKS_FOR = timedelta(hours=72)  # how long after its end an unmarked appointment still asks
NOTICE = timedelta(hours=24)  # calling off this long before the start is "with notice", unless the plan says otherwise


class Mark(StrEnum):
    """How it went. Without a mark an occurrence is "not recorded", which counts nowhere."""

    ATTENDED = "attended"
    ATTENDED_ONLINE = "attended-online"  # online, or late
    MOVED = "moved"
    CANCELLED_BY_PROVIDER = "cancelled-by-provider"
    CANCELLED_WITH_NOTICE = "cancelled-with-notice"
    CANCELLED_LATE = "cancelled-late"
    CANCELLED = "cancelled"  # nobody said by whom: outside every rate
    EXCUSED = "excused"
    MISSED = "missed"  # on screen: "didn't go"


@dataclass(frozen=True, slots=True)
class Attendance:
    """The mark of one occurrence, with what it was at that time, so that a later change of the series leaves it.

    `recurrence_id` is None for an event that does not repeat; `start` and `end` are naive local times, `day` the
    calendar date; `recorded_at` is an aware UTC instant; `notice` is how long before the start she called it off.
    """

    uid: str
    recurrence_id: datetime | None
    mark: Mark
    day: date
    start: datetime
    end: datetime
    title: str
    kind: str
    recorded_at: datetime
    reason: str = ""
    notice: timedelta | None = None
    evidence: str = ""
    moved_to: datetime | None = None
    counts_toward: str = ""
    child: str = ""


WENT = frozenset({Mark.ATTENDED, Mark.ATTENDED_ONLINE})
EXPECTED = WENT | {Mark.MISSED, Mark.CANCELLED_LATE}  # what the rate is about; everything else stands beside it


class Reason(StrEnum):
    """Why she could not be there. Any other text will do as well."""

    OWN_ILLNESS = "own illness"
    CHILD_ILL = "child ill"
    COURT_CLASH = "court clash"
    NO_CHILDCARE = "no childcare"
    NO_RIDE = "no ride"
    WEATHER = "weather"
    OTHER = "other"


_ALSO = {"hearing clash": Reason.COURT_CLASH, "illness": Reason.OWN_ILLNESS, "transport": Reason.NO_RIDE}


@dataclass(frozen=True, slots=True)
class ExcuseRules:
    """What the programme accepts, as the coach's plan says it; without `reasons` it has named none, and any will do."""

    reasons: tuple[str, ...] = ()
    notice: timedelta = NOTICE

    def accepts(self, reason: str) -> bool:
        """Whether `reason` is one that the programme excuses."""
        named = _reason_key(reason)
        return bool(named) and (not self.reasons or named in {_reason_key(r) for r in self.reasons})


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of which. Only `attended`, `missed` and `cancelled_late` are in the rate."""

    attended: int = 0
    missed: int = 0
    cancelled_late: int = 0
    cancelled_by_provider: int = 0
    cancelled_with_notice: int = 0
    cancelled: int = 0
    moved: int = 0
    excused: int = 0
    paused: int = 0
    not_recorded: int = 0

    @property
    def expected(self) -> int:
        return self.attended + self.missed + self.cancelled_late

    @property
    def planned(self) -> int:
        neutral = self.cancelled_by_provider + self.cancelled_with_notice + self.cancelled + self.moved + self.excused
        return self.expected + neutral + self.paused + self.not_recorded


def counts(marks: Iterable[Mark | None], in_pause: Iterable[Mark | None] = ()) -> Counts:
    """Add up marks, None for an occurrence that nobody marked.

    `in_pause` are those of paused days: going there counts, anything else stands outside the rate as "paused".
    """
    number: Counter[Mark | None] = Counter(marks)
    paused = 0
    for mark in in_pause:
        if mark in EXPECTED - WENT or mark is None:
            paused += 1
        else:
            number[mark] += 1
    return Counts(
        attended=number[Mark.ATTENDED] + number[Mark.ATTENDED_ONLINE],
        missed=number[Mark.MISSED],
        cancelled_late=number[Mark.CANCELLED_LATE],
        cancelled_by_provider=number[Mark.CANCELLED_BY_PROVIDER],
        cancelled_with_notice=number[Mark.CANCELLED_WITH_NOTICE],
        cancelled=number[Mark.CANCELLED],
        moved=number[Mark.MOVED],
        excused=number[Mark.EXCUSED],
        paused=paused,
        not_recorded=number[None],
    )


def rate(numbers: Counts) -> int | None:
    """Attended of expected as a whole percentage, halves up; None where nothing was expected."""
    if not numbers.expected:
        return None
    return (200 * numbers.attended + numbers.expected) // (2 * numbers.expected)


def run(marks: Iterable[Mark | None]) -> tuple[int, int]:
    """The current and the best run of expected appointments attended; `marks` oldest first, neutral ones left out."""
    current = best = 0
    for mark in marks:
        if mark in WENT:
            current += 1
            best = max(best, current)
        elif mark in EXPECTED:
            current = 0
    return current, best


def called_off(reason: str, notice: timedelta, rules: ExcuseRules) -> Mark:
    """The mark of an appointment that she could not keep, by the programme's own rules.

    An accepted reason excuses whatever the notice was: nobody knows a day ahead that a child will be ill. Otherwise
    `notice`, how long before the start she said so, decides.
    """
    if rules.accepts(reason):
        return Mark.EXCUSED
    return Mark.CANCELLED_WITH_NOTICE if notice >= rules.notice else Mark.CANCELLED_LATE


def still_asks(end: datetime, now: datetime) -> bool:
    """Whether an unmarked appointment that ended at `end` still asks how it went. Both aware, or both local."""
    if end.tzinfo is not None:
        end = end.astimezone(UTC)  # within one zone Python counts wall-clock hours: 73 real ones in the autumn night
    return end <= now < end + ASKS_FOR


def unmarked(
    occurrences: Iterable[Occurrence], marked: Container[tuple[str, datetime | None]], now: datetime
) -> list[Occurrence]:
    """The occurrences that still ask how they went at the aware instant `now`, the latest ended first.

    `marked` holds the keys that have a mark. Afterwards an occurrence is "not recorded" and counts nowhere.
    """
    asking = [
        (occurrence.end_instant.astimezone(UTC), occurrence)
        for occurrence in occurrences
        if not occurrence.cancelled
        and kind(occurrence.event.kind).records
        and occurrence.key not in marked
        and still_asks(occurrence.end_instant, now)
    ]
    asking.sort(key=lambda pair: pair[0], reverse=True)
    return [occurrence for _, occurrence in asking]


def _reason_key(reason: str) -> str:
    plain = " ".join(reason.casefold().replace("-", " ").split())
    return _ALSO.get(plain, plain)
