"""Events and their occurrences, named as in RFC 5545.

Times are naive wall-clock times in the event's own zone: a group at 6 pm stays at 6 pm when the clocks change.
The zone is attached only where an instant is needed (`Occurrence.start_instant`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from companion.domain.recurrence import RecurrenceRule

ONE_DAY = timedelta(days=1)


class Status(StrEnum):
    """RFC 5545 section 3.8.1.11."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"


class Need(StrEnum):
    """How firmly the plan asks for it."""

    REQUIRED = "required"
    EXPECTED = "expected"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Childcare:
    """Who has the children meanwhile. `covered` is true once somebody has said yes."""

    needed: bool = False
    who: str = ""
    covered: bool = False


@dataclass(frozen=True, slots=True)
class Ride:
    """How she gets there; `leave_by` is the time to set off before the start."""

    how: str = ""
    who: str = ""
    leave_by: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Logistics:
    childcare: Childcare = Childcare()
    ride: Ride = Ride()
    bring: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Override:
    """One occurrence of a series that differs from it (RFC 5545 section 3.8.4.4).

    `recurrence_id` is the naive start the rule gives; a field that is None is as in the series. A cancelled
    occurrence stays visible with `status` CANCELLED; a skipped one is in `Event.skips` and never shown.
    """

    recurrence_id: datetime
    start: datetime | None = None
    duration: timedelta | None = None
    title: str | None = None
    location: str | None = None
    notes: str | None = None
    logistics: Logistics | None = None
    status: Status = Status.CONFIRMED


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an imported event came from: `source` is the source's id in the store, `key` the item's own key there."""

    source: str
    key: str
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """An appointment, single or repeating.

    `start` is naive wall-clock time in `zone` (an IANA name); an all-day event starts at midnight and lasts whole
    days, and has no zone of its own on the phone. `reminders` are whole minutes before the start, None meaning the
    profile's default. `created` and `updated` are aware UTC instants; `sequence` counts changes (RFC 5546 2.1.5).
    `continues` is the UID of the series this one was split from. Occurrences whose start by the rule lies before
    `since` are history, kept by the series that this one continues, and are not given again.
    """

    uid: str
    title: str
    start: datetime
    duration: timedelta
    zone: str
    kind: str = "other"
    all_day: bool = False
    rule: RecurrenceRule | None = None
    skips: tuple[datetime, ...] = ()
    overrides: tuple[Override, ...] = ()
    discreet_title: str = ""
    need: Need = Need.EXPECTED
    status: Status = Status.CONFIRMED
    provider: str = ""
    contact: str = ""
    phone: str = ""
    location: str = ""
    online: str = ""
    child: str = ""
    logistics: Logistics = Logistics()
    notes: str = ""
    reminders: tuple[int, ...] | None = None
    counts_toward: str = ""
    sign_off: bool = False
    activity: str = ""
    continues: str = ""
    since: datetime | None = None
    sequence: int = 0
    created: datetime | None = None
    updated: datetime | None = None
    origin: Origin | None = None

    @property
    def end(self) -> datetime:
        """The naive end of the first occurrence, exclusive."""
        return self.start + self.duration

    def override_at(self, recurrence_id: datetime) -> Override | None:
        return next((o for o in self.overrides if o.recurrence_id == recurrence_id), None)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time an event takes place. `recurrence_id` is None where the event does not repeat.

    `start` and `end` (exclusive) are naive wall-clock times in `zone`, or in the event's own zone where that is
    empty; `recurrence_id` is always in the event's own zone.
    """

    event: Event
    start: datetime
    end: datetime
    recurrence_id: datetime | None = None
    override: Override | None = field(default=None, repr=False)
    zone: str = ""

    @property
    def key(self) -> tuple[str, datetime | None]:
        """What attendance and edits name it by."""
        return self.event.uid, self.recurrence_id

    @property
    def day(self) -> date:
        return self.start.date()

    @property
    def title(self) -> str:
        if self.override and self.override.title is not None:
            return self.override.title
        return self.event.title

    @property
    def location(self) -> str:
        if self.override and self.override.location is not None:
            return self.override.location
        return self.event.location

    @property
    def notes(self) -> str:
        if self.override and self.override.notes is not None:
            return self.override.notes
        return self.event.notes

    @property
    def logistics(self) -> Logistics:
        if self.override and self.override.logistics is not None:
            return self.override.logistics
        return self.event.logistics

    @property
    def status(self) -> Status:
        if self.event.status is Status.CANCELLED:
            return Status.CANCELLED
        return self.override.status if self.override else self.event.status

    @property
    def cancelled(self) -> bool:
        return self.status is Status.CANCELLED

    @property
    def moved(self) -> bool:
        return self.override is not None and self.override.start not in {None, self.recurrence_id}

    @property
    def start_instant(self) -> datetime:
        """The start as an aware time in the event's zone; in a spring gap as RFC 5545 section 3.3.5 has it."""
        return self.start.replace(tzinfo=ZoneInfo(self.zone or self.event.zone))

    @property
    def end_instant(self) -> datetime:
        return self.end.replace(tzinfo=ZoneInfo(self.zone or self.event.zone))

    def in_zone(self, zone: str) -> Occurrence:
        """The same occurrence with its times as a clock in `zone` shows them; all-day ones keep their date."""
        if self.event.all_day or zone == (self.zone or self.event.zone):
            return self
        there = ZoneInfo(zone)
        return replace(
            self,
            start=self.start_instant.astimezone(there).replace(tzinfo=None),
            end=self.end_instant.astimezone(there).replace(tzinfo=None),
            zone=zone,
        )

    @property
    def leave_at(self) -> datetime | None:
        """When to set off, naive; None where nobody has said."""
        before = self.logistics.ride.leave_by
        return self.start - before if before else None
