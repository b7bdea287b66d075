"""Calendar acts: each method is one act of a person, one transaction, one undo step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from companion.domain import series
from companion.domain.attendance import Attendance, Mark
from companion.domain.clock import Clock, local_now
from companion.domain.event import ONE_DAY, Event, Logistics, Occurrence, Override, Status
from companion.domain.expansion import gives, last_start, occurrences
from companion.domain.kinds import kind
from companion.domain.language import _
from companion.domain.settings import Settings
from companion.domain.showing import InUse
from companion.domain.text import TITLE_LIMIT, clean
from companion.domain.wording import day_words
from companion.errors import InputError
from companion.store.database import Database, Work
from companion.store.events import EventStore
from companion.store.records import AttendanceStore
from companion.store.sources import SourceStore

ASKS_FOR = timedelta(hours=72)  # docs/streaks.md: after three days it stops asking, and counts nothing
_ZONE_MARGIN = timedelta(hours=26)  # the most that two zones can be apart
_READ_FROM = ("event", "override", "attendance")
_AHEAD = (ONE_DAY, timedelta(days=8), timedelta(days=60), timedelta(days=400))


def new_uid() -> str:
    """A UID that says nothing of the event, the person or the machine (docs/icalendar.md, rule 13)."""
    return f"{uuid4()}@schedule.example"


def cleaned(event: Event) -> Event:
    """`event` with every text as it may be kept. Raises InputError where it has no title or no length."""
    event = replace(
        event,
        title=clean(event.title, TITLE_LIMIT),
        discreet_title=clean(event.discreet_title, TITLE_LIMIT),
        provider=clean(event.provider, TITLE_LIMIT),
        contact=clean(event.contact, TITLE_LIMIT),
        phone=clean(event.phone, TITLE_LIMIT),
        location=clean(event.location, TITLE_LIMIT),
        online=clean(event.online),
        child=clean(event.child, TITLE_LIMIT),
        counts_toward=clean(event.counts_toward, TITLE_LIMIT),
        logistics=_cleaned_logistics(event.logistics),
        overrides=tuple(_cleaned_override(o) for o in event.overrides),
        notes=clean(event.notes, lines=True),
    )
    if not event.title:
        raise InputError(_("It has no name yet."), _("Type what it is, for instance: counselling."))
    if event.duration < timedelta(0):
        raise InputError(_("It ends before it begins."), _("Put the end after the start."))
    return event


def _cleaned_logistics(logistics: Logistics) -> Logistics:
    care, ride = logistics.childcare, logistics.ride
    return Logistics(
        replace(care, who=clean(care.who, TITLE_LIMIT)),
        replace(ride, how=clean(ride.how, TITLE_LIMIT), who=clean(ride.who, TITLE_LIMIT)),
        tuple(thing for thing in (clean(b, TITLE_LIMIT) for b in logistics.bring) if thing),
    )


def _cleaned_override(override: Override) -> Override:
    return replace(
        override,
        title=None if override.title is None else clean(override.title, TITLE_LIMIT),
        location=None if override.location is None else clean(override.location, TITLE_LIMIT),
        notes=None if override.notes is None else clean(override.notes, lines=True),
        logistics=None if override.logistics is None else _cleaned_logistics(override.logistics),
    )


class Planner:
    """What is when, and every change to it. Times given and taken are naive, in the profile's zone."""

    def __init__(self, database: Database, clock: Clock, settings: Callable[[], Settings]) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._events = EventStore(database)
        self._attendance = AttendanceStore(database)
        self._sources = SourceStore(database)

    # What is when

    @property
    def version(self) -> tuple[int, ...]:
        """Another one as soon as anything is stored that `between` or `marks` gives, by undo as well.

        What was read may be kept while it is the same.
        """
        return tuple(self._database.changes[table] for table in _READ_FROM)

    @property
    def zone(self) -> str:
        return self._settings().zone or "UTC"

    def now(self) -> datetime:
        """The wall-clock time in the profile's zone, naive."""
        return local_now(self._clock, self.zone)

    def today(self) -> date:
        return self.now().date()

    def between(self, first: date, until: date, only: Callable[[Event], bool] | None = None) -> list[Occurrence]:
        """What touches the days from `first` up to, not including, `until`; by time, all-day ones first.

        With `only` just the events it takes: the dates of the others are not even worked out.
        """
        start, end = datetime.combine(first, time()), datetime.combine(until, time())
        zone = self.zone
        found: list[Occurrence] = []
        for event in self._events.between(first, until):
            if only is not None and not only(event):
                continue
            if event.zone == zone or event.all_day:
                found += occurrences(event, start, end)
                continue
            for elsewhere in occurrences(event, start - _ZONE_MARGIN, end + _ZONE_MARGIN):
                here = elsewhere.in_zone(zone)
                if here.start < end and (here.end > start or here.start >= start):
                    found.append(here)
        found.sort(key=lambda o: (o.start, not o.event.all_day, o.end))
        return found

    def on(self, day: date) -> list[Occurrence]:
        return self.between(day, day + ONE_DAY)

    def next_up(self) -> Occurrence | None:
        """The appointment that is under way or comes next within a year; cancelled and all-day ones are passed over."""
        now = self.now()
        for ahead in _AHEAD:
            for occurrence in self.between(now.date(), now.date() + ahead):
                if occurrence.end > now and not occurrence.cancelled and not occurrence.event.all_day:
                    return occurrence
        return None

    def get(self, uid: str) -> Event | None:
        return self._events.get(uid)

    def all_events(self) -> list[Event]:
        return self._events.all()

    def in_use(self) -> list[InUse]:
        """The kinds, children and services that the events have."""
        return self._events.in_use()

    def marks(self, first: date, until: date) -> dict[tuple[str, datetime | None], Attendance]:
        """The attendance marks of the days from `first` up to, not including, `until`, by occurrence."""
        return {(m.uid, m.recurrence_id): m for m in self._attendance.between(first, until - ONE_DAY)}

    def unmarked(self) -> list[Occurrence]:
        """What ended within the last 72 hours and has no mark yet, the latest first."""
        now = self.now()
        first = (now - ASKS_FOR).date() - ONE_DAY
        marks = self.marks(first, now.date() + ONE_DAY)
        asked = [
            o
            for o in self.between(first, now.date() + ONE_DAY)
            if now - ASKS_FOR <= o.end <= now
            and o.key not in marks
            and not o.cancelled
            and not o.event.all_day
            and kind(o.event.kind).records
        ]
        return sorted(asked, key=lambda o: o.end, reverse=True)

    # Attendance

    def mark(self, occurrence: Occurrence, mark: Mark, reason: str = "", notice: timedelta | None = None) -> Attendance:
        """Record how it went. Late entry is free; `recorded_at` keeps when it was made."""
        record = Attendance(
            uid=occurrence.event.uid,
            recurrence_id=occurrence.recurrence_id,
            mark=mark,
            day=occurrence.start.date(),
            start=occurrence.start,
            end=occurrence.end,
            title=occurrence.title,
            kind=occurrence.event.kind,
            recorded_at=self._clock.now(),
            reason=clean(reason, TITLE_LIMIT),
            notice=notice,
            moved_to=occurrence.start if occurrence.moved else None,
            counts_toward=occurrence.event.counts_toward,
            child=occurrence.event.child,
        )
        with self._database.act(_("marked {title}").format(title=occurrence.title)) as work:
            self._attendance.put(work, record)
        return record

    def unmark(self, occurrence: Occurrence) -> None:
        with self._database.act(_("took the mark off {title}").format(title=occurrence.title)) as work:
            self._attendance.remove(work, *occurrence.key)

    # Changes

    def add(self, event: Event) -> Event:
        """Put a new event on the calendar; it gets its UID and its stamps here."""
        now = self._clock.now()
        event = replace(cleaned(event), uid=event.uid or new_uid(), created=now, updated=now)
        with self._database.act(_("added {title}").format(title=event.title)) as work:
            self._events.add(work, [event])
        return event

    def change_all(self, event: Event) -> Event:
        """Store `event` in place of the one with its UID. What has happened keeps its time, title and mark."""
        before = self._known(event.uid)
        marks = self._attendance.of_event(before.uid)
        with self._database.act(_("changed {title}").format(title=before.title)) as work:
            return self._rewrite(work, before, cleaned(event), marks)

    def change_later(self, occurrence: Occurrence, event: Event) -> Event:
        """Store `event` for `occurrence` and the later ones; the earlier stay. Gives the new series.

        An `event` that still begins where the old series did begins on the day of `occurrence` instead.
        """
        before = self._known(occurrence.event.uid)
        at = occurrence.recurrence_id
        if at is None or at <= before.start:
            return self.change_all(replace(event, uid=before.uid))
        earlier, later = series.split_before(before, at, new_uid())
        later = replace(
            cleaned(event),
            start=max(event.start, datetime.combine(at.date(), event.start.time())),
            uid=later.uid,
            continues=before.uid,
            overrides=later.overrides,
            skips=later.skips,
            origin=None,
            sequence=0,
            created=self._clock.now(),
            updated=self._clock.now(),
        )
        label = _("changed {title} from {day} on").format(title=before.title, day=self._day(occurrence.start))
        marks = self._attendance.of_event(before.uid)
        with self._database.act(label) as work:
            self._events.put(work, self._stamped(earlier))
            self._events.add(work, [later])
            for mark in marks:
                if mark.recurrence_id is not None and mark.recurrence_id >= at:
                    self._attendance.rename(work, mark, later.uid)
        return later

    def change_one(self, occurrence: Occurrence, **fields: Any) -> None:
        """Change only this occurrence: title, location, notes, logistics, duration or start (in the event's zone)."""
        event = self._known(occurrence.event.uid)
        label = _("changed {title} on {day}").format(title=occurrence.title, day=self._day(occurrence.start))
        if occurrence.recurrence_id is None:
            changed = replace(event, **fields)
        else:
            changed = series.change_occurrence(event, occurrence.recurrence_id, **fields)
        with self._database.act(label) as work:
            self._events.put(work, self._stamped(cleaned(changed)))

    def move(self, occurrence: Occurrence, start: datetime, duration: timedelta | None = None) -> None:
        """Put only this occurrence at another time (naive, in the profile's zone)."""
        event = self._known(occurrence.event.uid)
        there = self._in_zone_of(event, start)
        if occurrence.recurrence_id is None:
            changed = replace(event, start=there, duration=duration or event.duration)
        else:
            changed = series.move_occurrence(event, occurrence.recurrence_id, there, duration)
        label = _("moved {title} to {day}").format(title=occurrence.title, day=self._day(start))
        with self._database.act(label) as work:
            self._events.put(work, self._stamped(changed))

    def cancel(self, occurrence: Occurrence) -> None:
        """Cancel only this occurrence; it stays visible as cancelled."""
        event = self._known(occurrence.event.uid)
        if occurrence.recurrence_id is None:
            changed = replace(event, status=Status.CANCELLED)
        else:
            changed = series.cancel_occurrence(event, occurrence.recurrence_id)
        label = _("cancelled {title} on {day}").format(title=occurrence.title, day=self._day(occurrence.start))
        with self._database.act(label) as work:
            self._events.put(work, self._stamped(changed))

    def restore(self, occurrence: Occurrence) -> None:
        """Bring a cancelled or moved occurrence back to what it was."""
        event = self._known(occurrence.event.uid)
        if occurrence.recurrence_id is None:
            changed = replace(event, status=Status.CONFIRMED)
        else:
            changed = series.restore_occurrence(event, occurrence.recurrence_id)
        label = _("brought back {title} on {day}").format(title=occurrence.title, day=self._day(occurrence.start))
        with self._database.act(label) as work:
            self._events.put(work, self._stamped(changed))

    def remove_later(self, occurrence: Occurrence) -> None:
        """Take this occurrence and the later ones off; the earlier stay."""
        event = self._known(occurrence.event.uid)
        at = occurrence.recurrence_id
        if at is None or at <= event.start:
            self.remove(event)
            return
        earlier, _later = series.split_before(event, at, new_uid())
        label = _("ended {title} before {day}").format(title=event.title, day=self._day(occurrence.start))
        with self._database.act(label) as work:
            self._events.put(work, self._stamped(earlier))

    def remove(self, event: Event) -> None:
        """Take an event off the calendar; marks of how it went stay. A series under way keeps what has happened.

        An imported one is remembered as taken out, so that the next import does not bring it back.
        """
        event = self._known(event.uid)
        with self._database.act(_("took {title} off").format(title=event.title)) as work:
            now = self._in_zone_of(event, self.now())
            last = last_start(event)
            goes_on = event.rule is not None and event.start < now and (last is None or last >= now)
            if goes_on:
                earlier, _later = series.split_before(event, now, new_uid())
                self._events.put(work, self._stamped(earlier))
            else:
                self._events.remove(work, event.uid)
            if event.origin:
                self._sources.bury(work, event.origin.source, event.origin.key)

    def undo(self) -> str | None:
        """Take the latest act back, also after a restart; gives what it was, in words."""
        return self._database.undo()

    def redo(self) -> str | None:
        return self._database.redo()

    def next_undo(self) -> str | None:
        return self._database.next_undo()

    # Parts

    def _known(self, uid: str) -> Event:
        event = self._events.get(uid)
        if event is None:
            raise InputError(_("That appointment is not on the calendar any more."), _("Look at the day again."))
        return event

    def _stamped(self, event: Event) -> Event:
        """A changed event has the next sequence number and the time of the change (RFC 5546 section 2.1.5)."""
        return replace(event, sequence=event.sequence + 1, updated=self._clock.now())

    def _rewrite(self, work: Work, before: Event, event: Event, marks: list[Attendance]) -> Event:
        past_uid = new_uid()
        past, event = series.keep_past(before, event, self._in_zone_of(before, self.now()), past_uid)
        event = self._stamped(replace(event, sequence=before.sequence))
        self._events.put(work, event)
        if past is not None:
            self._events.add(work, [replace(past, origin=None)])
            for mark in marks:
                if mark.recurrence_id is not None and gives(past, mark.recurrence_id):
                    self._attendance.rename(work, mark, past_uid)
        return event

    def _in_zone_of(self, event: Event, moment: datetime) -> datetime:
        if event.all_day or event.zone == self.zone:
            return moment
        return moment.replace(tzinfo=ZoneInfo(self.zone)).astimezone(ZoneInfo(event.zone)).replace(tzinfo=None)

    def _day(self, moment: datetime) -> str:
        return day_words(moment.date(), self.today())
