"""Events with their overrides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from companion.domain.event import Event, Override
from companion.domain.showing import InUse
from companion.store.database import Database, Work
from companion.store.rows import (
    EVENT_COLUMNS,
    OVERRIDE_COLUMNS,
    Row,
    event_row,
    override_row,
    pack,
    read_event,
    read_override,
)

_EVENT = f"SELECT {', '.join(EVENT_COLUMNS)} FROM event"  # noqa: S608  constant names
_OVERRIDE = f"SELECT {', '.join(OVERRIDE_COLUMNS)} FROM override"  # noqa: S608
_SERIES = "repeating events"
_MARGIN = timedelta(days=2)  # a day here may be the day before or after in the event's own zone


class _Read(NamedTuple):
    """A repeating event, with the rows it was read from."""

    rows: list[tuple[Any, ...]]
    first_day: str
    last_day: str | None
    event: Event


@dataclass(slots=True)
class _Kept:
    """The repeating events by UID, as they were when the tables had changed that often."""

    as_of: tuple[int, int]
    read: dict[str, _Read] = field(default_factory=dict)


class EventStore:
    """Reads by window of days. The repeating events are kept parsed until one of them changes, for all who read here.

    Measured with 10,000 events, 500 of them repeating: reading those 500 takes 12 ms, 3 ms when one of them has
    changed; a window of single ones 1 ms.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def between(self, first: date, last: date) -> list[Event]:
        """The events that may take place from the day `first` to the day `last`, both included; a few more may come."""
        low, high = (first - _MARGIN).isoformat(), (last + _MARGIN).isoformat()
        rows = self._database.query(
            f"{_EVENT} WHERE rule IS NULL AND first_day <= :high AND last_day >= :low", high=high, low=low
        )
        single = [read_event(dict(zip(EVENT_COLUMNS, row, strict=True))) for row in rows]
        return single + [
            event for begins, ends, event in self._repeating() if begins <= high and (ends is None or ends >= low)
        ]

    def repeating(self) -> list[Event]:
        """Every event that repeats."""
        return [event for _first, _last, event in self._repeating()]

    def _repeating(self) -> list[tuple[str, str | None, Event]]:
        as_of = (self._database.changes["event"], self._database.changes["override"])
        kept: _Kept = self._database.kept.get(_SERIES) or _Kept((-1, -1))
        if kept.as_of != as_of:
            kept = self._database.kept[_SERIES] = self._read_repeating(kept, as_of)
        return [(read.first_day, read.last_day, read.event) for read in kept.read.values()]

    def _read_repeating(self, before: _Kept, as_of: tuple[int, int]) -> _Kept:
        """Read them again; what is as it was is not parsed anew, and stays the same object."""
        kept = _Kept(as_of)
        overrides: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
        ours = "WHERE uid IN (SELECT uid FROM event WHERE rule IS NOT NULL)"
        for row in self._database.query(f"{_OVERRIDE} {ours} ORDER BY recurrence_id"):
            overrides[row[0]].append(row)
        for row in self._database.query(f"{_EVENT} WHERE rule IS NOT NULL"):
            uid, own = row[0], overrides[row[0]]
            read = before.read.get(uid)
            if read is None or read.rows != [row, *own]:
                named = dict(zip(EVENT_COLUMNS, row, strict=True))
                changed = (read_override(dict(zip(OVERRIDE_COLUMNS, each, strict=True))) for each in own)
                read = _Read([row, *own], named["first_day"], named["last_day"], read_event(named, tuple(changed)))
            kept.read[uid] = read
        return kept

    def _rows(self, condition: str, **values: object) -> list[Row]:
        return [
            dict(zip(EVENT_COLUMNS, row, strict=True))
            for row in self._database.query(f"{_EVENT} {condition}", **values)
        ]

    def _overrides(self, condition: str, **values: object) -> defaultdict[str, list[Override]]:
        found: defaultdict[str, list[Override]] = defaultdict(list)
        for row in self._database.query(f"{_OVERRIDE} {condition} ORDER BY recurrence_id", **values):
            found[row[0]].append(read_override(dict(zip(OVERRIDE_COLUMNS, row, strict=True))))
        return found

    def get(self, uid: str) -> Event | None:
        rows = self._rows("WHERE uid = :uid", uid=uid)
        overrides = self._overrides("WHERE uid = :uid", uid=uid)
        return read_event(rows[0], tuple(overrides[uid])) if rows else None

    def some(self, uids: Sequence[str]) -> list[Event]:
        """Those events that are still there, in no order; in two queries however many they are."""
        named = "IN (SELECT value FROM json_each(:uids))"
        overrides = self._overrides(f"WHERE uid {named}", uids=pack(uids))
        return [
            read_event(row, tuple(overrides[row["uid"]])) for row in self._rows(f"WHERE uid {named}", uids=pack(uids))
        ]

    def all(self) -> list[Event]:
        """Every event, in the order of their starts."""
        overrides = self._overrides("")
        return [read_event(row, tuple(overrides[row["uid"]])) for row in self._rows("ORDER BY start, uid")]

    def in_use(self) -> list[InUse]:
        """Each kind, child and service together as some event has them. Of 10,000 events that takes 2 ms."""
        return [
            InUse(kind, child, provider or "")
            for kind, child, provider in self._database.query(
                "SELECT DISTINCT kind, child, details ->> '$.provider' FROM event"
            )
        ]

    def singles_of(self, uid: str) -> list[Event]:
        """What was taken out of the series `uid` to stand by itself."""
        overrides = self._overrides("WHERE uid IN (SELECT uid FROM event WHERE continues = :uid)", uid=uid)
        rows = self._rows("WHERE continues = :uid AND rule IS NULL", uid=uid)
        return [read_event(row, tuple(overrides[row["uid"]])) for row in rows]

    def of_source(self, source: str) -> list[Event]:
        """The events that came from that source and are still here."""
        overrides = self._overrides("WHERE uid IN (SELECT uid FROM event WHERE source = :source)", source=source)
        return [
            read_event(row, tuple(overrides[row["uid"]])) for row in self._rows("WHERE source = :source", source=source)
        ]

    def sources(self) -> dict[str, str | None]:
        """The source of every event by UID; None for those she made herself."""
        return dict(self._database.query("SELECT uid, source FROM event"))

    def put(self, work: Work, event: Event) -> None:
        """Store `event` as it is now, with exactly its own overrides."""
        work.put("event", event_row(event))
        wanted = {row["recurrence_id"]: row for row in (override_row(event.uid, o) for o in event.overrides)}
        for present in work.rows("override", uid=event.uid):
            if present["recurrence_id"] not in wanted:
                work.remove("override", event.uid, present["recurrence_id"])
        for row in wanted.values():
            work.put("override", row)

    def add(self, work: Work, events: Iterable[Event]) -> None:
        """Store events that are known to be new."""
        events = list(events)
        work.add("event", [event_row(event) for event in events])
        work.add("override", [override_row(event.uid, o) for event in events for o in event.overrides])

    def remove(self, work: Work, uid: str) -> None:
        """Take an event out; its attendance marks stay."""
        for row in work.rows("override", uid=uid):
            work.remove("override", uid, row["recurrence_id"])
        work.remove("event", uid)
