"""How changed events are stored: one of a series, this and later, or all, with the past and its marks left alone.

Each act here is one transaction and one undo step, named by the `label` it is given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from companion.domain import series
from companion.domain.attendance import Attendance
from companion.domain.clock import Clock
from companion.domain.event import Event, Status
from companion.domain.expansion import gives
from companion.domain.language import _
from companion.domain.series import Reach
from companion.domain.series_join import joined, taken_in
from companion.domain.series_move import stays_until
from companion.errors import InputError
from companion.store.database import Database, Work
from companion.store.events import EventStore
from companion.store.records import AttendanceStore


def new_uid() -> str:
    """A UID that says nothing of the event, the person or the machine (docs/icalendar.md, rule 13)."""
    return f"{uuid4()}@schedule.example"


class SeriesEdits:
    def __init__(
        self,
        database: Database,
        clock: Clock,
        events: EventStore,
        attendance: AttendanceStore,
        now_of: Callable[[Event], datetime],
    ) -> None:
        """`now_of` gives the naive wall-clock time in the zone of an event."""
        self._database = database
        self._clock = clock
        self._events = events
        self._attendance = attendance
        self._now_of = now_of

    # Stamps

    def new(self, event: Event) -> Event:
        """An event that was not there before."""
        now = self._clock.now()
        return replace(event, sequence=0, created=now, updated=now)

    def stamped(self, event: Event) -> Event:
        """A changed event has the next sequence number and the time of the change (RFC 5546 section 2.1.5)."""
        return replace(event, sequence=event.sequence + 1, updated=self._clock.now())

    # Changes

    def change_single(self, changed: Event, label: str) -> None:
        """Store an event that is not a series, or of which only one session changed."""
        with self._database.act(label) as work:
            self._events.put(work, self.stamped(changed))

    def change_whole(self, before: Event, event: Event, label: str, back: timedelta = timedelta()) -> Event:
        """Store `event` in place of `before`; what has happened becomes a series of its own, marks and all.

        `back`: by how much its sessions come earlier now. Raises InputError where nothing is left to change.
        """
        marks = self._attendance.of_event(before.uid)
        with self._database.act(label) as work:
            event, past = self._split_off_past(work, before, event, marks, back)
            event = self.stamped(replace(event, sequence=before.sequence))
            self._events.put(work, event)
            self._events.add(work, past)
        return event

    def change_from(
        self, before: Event, at: datetime | None, change: Callable[[Event, datetime], Event], label: str
    ) -> Event:
        """Change the session `at` of `before` and the later ones: the old series ends, the rest is a new one.

        `change` makes the new one of the rest, given the recurrence id of its first session.
        """
        if at is None or series.reach_of(before, at, self._now_of(before)) is Reach.ALL:
            return self.change_whole(before, change(before, at or before.start), label)
        earlier, later = series.split_before(before, at, new_uid())
        marks = [m for m in self._attendance.of_event(before.uid) if m.recurrence_id and m.recurrence_id >= at]
        changed = change(later, later.start)
        with self._database.act(label) as work:
            changed, past = self._split_off_past(work, later, changed, marks)
            self._events.put(work, self.stamped(earlier))
            self._events.add(work, [self.new(changed), *past])
        return changed

    def end_before(self, before: Event, at: datetime, label: str) -> None:
        """Take the session `at` of `before` and the later ones off; one of them that came early has happened and stays.

        Raises RuleError where there is none before it.
        """
        earlier, later = series.split_before(before, at, new_uid())
        kept = series.happened_only(later, self._now_of(before))
        marks = self._attendance.of_event(before.uid)
        with self._database.act(label) as work:
            self._events.put(work, self.stamped(earlier))
            if kept is not None:
                self._events.add(work, [self.new(kept)])
                for mark in marks:
                    if mark.recurrence_id is not None and gives(kept, mark.recurrence_id):
                        self._attendance.rename(work, mark, kept.uid)

    def bring_back(self, before: Event, at: datetime | None, label: str) -> None:
        """Let the cancelled series `before` take place again, all of it or from the session `at` on.

        It becomes one with the series it had been split from, and with sessions that were brought back before.
        """
        earlier = None
        later = before
        if at is not None and series.reach_of(before, at, self._now_of(before)) is Reach.LATER:
            earlier, later = series.split_before(before, at, new_uid())
        changed = replace(later, status=series.taking_place(later))
        singles: list[tuple[str, datetime, list[Attendance]]] = []
        for single in self._events.singles_of(before.uid):
            taken = taken_in(changed, replace(single, continues=changed.uid))
            if taken is not None:
                changed = taken[0]
                singles.append((single.uid, taken[1], self._attendance.of_event(single.uid)))
        root = self._events.get(before.continues) if earlier is None and before.continues else None
        marks = [m for m in self._attendance.of_event(before.uid) if at is None or (m.recurrence_id or at) >= at]
        with self._database.act(label) as work:
            changed, past = self._split_off_past(work, later, changed, marks)
            whole = joined(root, changed) if root is not None and not past else None
            if earlier is not None:
                self._events.put(work, self.stamped(earlier))
                self._events.add(work, [self.new(changed)])
            elif whole is not None:
                self._events.remove(work, before.uid)
                self._events.put(work, self.stamped(whole))
            else:
                self._events.put(work, self.stamped(changed))
            self._events.add(work, past)
            home = (whole or changed).uid
            for mark in marks if whole is not None else []:
                self._attendance.rename(work, mark, home)
            for uid, session, own in singles:
                self._events.remove(work, uid)
                for mark in own:
                    self._attendance.remove(work, uid, mark.recurrence_id)
                    self._attendance.put(work, replace(mark, uid=home, recurrence_id=session))

    def _split_off_past(
        self, work: Work, before: Event, event: Event, marks: list[Attendance], back: timedelta = timedelta()
    ) -> tuple[Event, list[Event]]:
        """`event`, the changed `before`, and beside it the series that keeps what has happened, where there is one."""
        now = stays_until(before, self._now_of(before), back)
        past, event = series.keep_past(before, event, now, new_uid())
        if past is not None and not series.goes_on(before, now) and not series.goes_on(event, now):
            raise InputError(
                _("All of it has happened already."), _("It stays as it was; one by one it can be changed.")
            )
        if past is not None and event.status is Status.CANCELLED is not before.status:
            past = series.cancelled_ahead(past, now)
        for mark in marks:
            on_past = past is not None and mark.recurrence_id is not None and gives(past, mark.recurrence_id)
            uid = past.uid if past is not None and on_past else event.uid  # it hangs on what shows it
            if uid != mark.uid:
                self._attendance.rename(work, mark, uid)
        return event, [] if past is None else [past]

    def take_out(self, event: Event, at: datetime, label: str, **fields: Any) -> None:
        """Let the session `at` of a cancelled series take place, as an event of its own.

        Its status is the one thing that an override can't say against its series: a cancelled series isn't exported.
        """
        override = event.override_at(at)
        texts = ("title", "location", "notes", "logistics", "start", "duration")
        own = {name: getattr(override, name, None) for name in texts}
        own |= {name: value for name, value in fields.items() if value is not None}
        alone = replace(
            event,
            uid=new_uid(),
            rule=None,
            skips=(),
            overrides=(),
            since=None,
            origin=None,
            continues=event.uid,
            status=Status.CONFIRMED,
            **({"start": at} | {name: value for name, value in own.items() if value is not None}),
        )
        marks = [mark for mark in self._attendance.of_event(event.uid) if mark.recurrence_id == at]
        with self._database.act(label) as work:
            self._events.put(work, self.stamped(series.skip_occurrence(event, at)))
            self._events.add(work, [self.new(alone)])
            for mark in marks:
                self._attendance.remove(work, mark.uid, mark.recurrence_id)
                self._attendance.put(work, replace(mark, uid=alone.uid, recurrence_id=None))
