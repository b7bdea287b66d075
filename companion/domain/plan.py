"""A plan: one mother's schedule as a coach prepares it, from whichever file it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from companion.domain.event import Event
from companion.domain.finding import Finding, Level
from companion.domain.goal import Period


class HolidayPolicy(StrEnum):
    SKIP = "skip"
    KEEP = "keep"
    NEXT_WORKING_DAY = "next-working-day"


@dataclass(frozen=True, slots=True)
class PlanHeader:
    """Who prepared what for whom. `updated` is aware UTC; `reminders` are whole minutes before the start.

    `id` names the plan over all its revisions; a file without one (a calendar) is named by its own content.
    `revision` 0: the file does not say, so it counts up by itself. `per_item`: each item has a revision of its own
    and the file as a whole has none, as in a calendar (SEQUENCE).
    """

    id: str
    revision: int
    timezone: str
    title: str = ""
    prepared_for: str = ""
    prepared_by: str = ""
    role: str = ""
    phone: str = ""
    review: date | None = None
    reminders: tuple[int, ...] = ()
    holidays: tuple[date, ...] = ()
    holiday_policy: HolidayPolicy = HolidayPolicy.SKIP
    excused_reasons: tuple[str, ...] = ()
    excuse_notice: timedelta = timedelta(hours=24)
    updated: datetime | None = None
    per_item: bool = False


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One item with the events it makes: one for each phase, one for each extra date."""

    id: str
    events: tuple[Event, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class PlanGoal:
    name: str
    times: int
    per: Period
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file holds. Items with an error in them are absent; `findings` says why."""

    header: PlanHeader
    items: tuple[PlanItem, ...]
    goals: tuple[PlanGoal, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.level is Level.ERROR)

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(event for item in self.items for event in item.events)
