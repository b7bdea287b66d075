"""Attendance: how an appointment went, once for each occurrence (docs/streaks.md, "Appointments")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


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
