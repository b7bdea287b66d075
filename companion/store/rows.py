"""Between domain values and rows: how each value is written as text, and read back.

Days and wall-clock times are ISO text without a zone; instants are ISO text in UTC; groups of small fields are JSON.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from companion.domain.event import (
    Childcare,
    Event,
    Logistics,
    Need,
    Origin,
    Override,
    Ride,
    Status,
)
from companion.domain.expansion import reach
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday

EVENT_COLUMNS = (
    "uid",
    "title",
    "kind",
    "start",
    "seconds",
    "zone",
    "all_day",
    "rule",
    "skips",
    "first_day",
    "last_day",
    "status",
    "need",
    "child",
    "details",
    "continues",
    "since",
    "sequence",
    "created",
    "updated",
    "source",
    "source_key",
    "source_revision",
)
OVERRIDE_COLUMNS = (
    "uid",
    "recurrence_id",
    "start",
    "seconds",
    "title",
    "location",
    "notes",
    "logistics",
    "status",
)
Row = dict[str, Any]


def pack(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def wall(moment: datetime) -> str:
    """A naive time as text, to the second."""
    return moment.isoformat(timespec="seconds")


def wall_or_none(moment: datetime | None) -> str | None:
    return None if moment is None else wall(moment)


def read_wall(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def instant(moment: datetime | None) -> str | None:
    """An aware time as text in UTC."""
    return None if moment is None else moment.astimezone(UTC).isoformat()


def read_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else round(length.total_seconds())


def _length(seconds: int | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def pack_rule(rule: RecurrenceRule | None) -> str | None:
    if rule is None:
        return None
    return pack(
        {
            "freq": rule.frequency.value,
            "interval": rule.interval,
            "day": [[w.day, w.nth] for w in rule.by_day],
            "monthday": rule.by_month_day,
            "month": rule.by_month,
            "setpos": rule.by_set_pos,
            "count": rule.count,
            "until": wall_or_none(rule.until),
            "week_start": rule.week_start,
        }
    )


def read_rule(text: str | None) -> RecurrenceRule | None:
    if text is None:
        return None
    data = json.loads(text)
    return RecurrenceRule(
        frequency=Frequency(data["freq"]),
        interval=data["interval"],
        by_day=tuple(Weekday(day, nth) for day, nth in data["day"]),
        by_month_day=tuple(data["monthday"]),
        by_month=tuple(data["month"]),
        by_set_pos=tuple(data["setpos"]),
        count=data["count"],
        until=read_wall(data["until"]),
        week_start=data["week_start"],
    )


def _logistics_data(logistics: Logistics) -> Row:
    care, ride = logistics.childcare, logistics.ride
    return {
        "care": [care.needed, care.who, care.covered],
        "ride": [ride.how, ride.who, _seconds(ride.leave_by)],
        "bring": logistics.bring,
    }


def _read_logistics(data: Row) -> Logistics:
    how, who, leave = data["ride"]
    return Logistics(Childcare(*data["care"]), Ride(how, who, _length(leave)), tuple(data["bring"]))


_PLAIN = Logistics()
_TEXTS = (
    "discreet_title",
    "provider",
    "contact",
    "phone",
    "location",
    "online",
    "notes",
    "counts_toward",
    "activity",
)


def _details(event: Event) -> str:
    """Only what is filled in: most events have a title, a time and little else."""
    data: Row = {name: getattr(event, name) for name in _TEXTS if getattr(event, name)}
    if event.logistics != _PLAIN:
        data["logistics"] = _logistics_data(event.logistics)
    if event.reminders is not None:
        data["reminders"] = event.reminders
    if event.sign_off:
        data["sign_off"] = True
    return pack(data)


def span(event: Event) -> tuple[date, date | None]:
    """The first and last calendar day the event touches, moved occurrences included; None where it never ends."""
    first, last = reach(event)
    return first.date(), None if last is None else max(first, last).date()  # a series may have ended before it began


def event_row(event: Event) -> Row:
    first, last = span(event)
    origin = event.origin
    return {
        "uid": event.uid,
        "title": event.title,
        "kind": event.kind,
        "start": wall(event.start),
        "seconds": _seconds(event.duration),
        "zone": event.zone,
        "all_day": int(event.all_day),
        "rule": pack_rule(event.rule),
        "skips": pack([wall(s) for s in event.skips]),
        "first_day": first.isoformat(),
        "last_day": None if last is None else last.isoformat(),
        "status": event.status.value,
        "need": event.need.value,
        "child": event.child,
        "details": _details(event),
        "continues": event.continues,
        "since": wall_or_none(event.since),
        "sequence": event.sequence,
        "created": instant(event.created),
        "updated": instant(event.updated),
        "source": origin.source if origin else None,
        "source_key": origin.key if origin else None,
        "source_revision": origin.revision if origin else 0,
    }


def override_row(uid: str, override: Override) -> Row:
    return {
        "uid": uid,
        "recurrence_id": wall(override.recurrence_id),
        "start": wall_or_none(override.start),
        "seconds": _seconds(override.duration),
        "title": override.title,
        "location": override.location,
        "notes": override.notes,
        "logistics": None if override.logistics is None else pack(_logistics_data(override.logistics)),
        "status": override.status.value,
    }


def read_override(row: Row) -> Override:
    return Override(
        recurrence_id=datetime.fromisoformat(row["recurrence_id"]),
        start=read_wall(row["start"]),
        duration=_length(row["seconds"]),
        title=row["title"],
        location=row["location"],
        notes=row["notes"],
        logistics=None if row["logistics"] is None else _read_logistics(json.loads(row["logistics"])),
        status=Status(row["status"]),
    )


def read_event(row: Row, overrides: tuple[Override, ...] = ()) -> Event:
    details: Row = json.loads(row["details"]) if row["details"] != "{}" else {}
    logistics = details.pop("logistics", None)
    reminders = details.pop("reminders", None)
    return Event(
        uid=row["uid"],
        title=row["title"],
        start=datetime.fromisoformat(row["start"]),
        duration=timedelta(seconds=row["seconds"]),
        zone=row["zone"],
        kind=row["kind"],
        all_day=bool(row["all_day"]),
        rule=read_rule(row["rule"]),
        skips=tuple(datetime.fromisoformat(s) for s in json.loads(row["skips"])) if row["skips"] != "[]" else (),
        overrides=overrides,
        need=Need(row["need"]),
        status=Status(row["status"]),
        child=row["child"],
        logistics=_PLAIN if logistics is None else _read_logistics(logistics),
        reminders=None if reminders is None else tuple(reminders),
        continues=row["continues"],
        since=read_wall(row["since"]),
        sequence=row["sequence"],
        created=read_wall(row["created"]),
        updated=read_wall(row["updated"]),
        origin=Origin(row["source"], row["source_key"], row["source_revision"]) if row["source"] is not None else None,
        **details,
    )


def pack_event(event: Event) -> str:
    """A whole event as one text, overrides included: what an item was when it last came."""
    return pack([event_row(event), [override_row(event.uid, o) for o in event.overrides]])


def read_packed_event(text: str) -> Event:
    row, overrides = json.loads(text)
    return read_event(row, tuple(read_override(o) for o in overrides))
