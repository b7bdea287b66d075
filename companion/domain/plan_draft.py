"""An item of a plan as its coach wrote it, every value typed, before it becomes events (see plan_build)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from companion.domain.event import Logistics, Need

_NOTHING = Logistics()

# A day names the session of that day; a datetime names the session that starts then.
Moment = date | datetime


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One item. `starts` is naive wall-clock time in the plan's zone, midnight for an all-day item.

    At most one of `repeat` (a sentence of the grammar), `rrule` (RFC 5545 text) and `phases` (sentences, one after
    another) is given; none of them means once. `length` None is the kind's usual length, `reminders` None the
    plan's default. `line` is where the item begins in its file, `lines` where each field stands.
    `refused`: some of it could not be read, so it is looked at for more findings and then left out.
    """

    id: str
    title: str
    starts: datetime
    all_day: bool = False
    kind: str = "other"
    length: timedelta | None = None
    repeat: str = ""
    rrule: str = ""
    phases: tuple[str, ...] = ()
    skip: tuple[Moment, ...] = ()
    moved: tuple[tuple[Moment, Moment], ...] = ()
    extra: tuple[Moment, ...] = ()
    discreet_title: str = ""
    need: Need = Need.EXPECTED
    provider: str = ""
    contact: str = ""
    phone: str = ""
    location: str = ""
    online: str = ""
    logistics: Logistics = _NOTHING
    notes: str = ""
    child: str = ""
    counts_toward: str = ""
    sign_off: bool = False
    reminders: tuple[int, ...] | None = None
    line: int = 0
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    refused: bool = False
