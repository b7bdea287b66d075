"""Calendar acts: each method is one act of a person, one transaction, one undo step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from companion.domain import series
from companion.domain.attendance import Attendance, ExcuseRules, Mark
from companion.domain.clock import Clock, local_now
from companion.domain.event import ONE_DAY, Event, Occurrence, Status
from companion.domain.expansion import occurrences
from companion.domain.kinds import kind
from companion.domain.language import _
from companion.domain.series import Reach
from companion.domain.series_move import carry_over, moved_series
from companion.domain.settings import Settings
from companion.domain.showing import InUse
from companion.domain.text import TITLE_LIMIT, clean
from companion.domain.wording import date_words, time_words
from companion.errors import InputError
from companion.services.cleaning import cleaned
from companion.services.series_edits import SeriesEdits, new_uid
from companion.store.database import Database
from companion.store.events import EventStore
from companion.store.records import AttendanceStore
from companion.store.sources import SourceStore

ASKS_FOR = timedelta(hours=72)  # docs/streaks.md: after three days it stops asking, and counts nothing
_ZONE_MARGIN = timedelta(hours=26)  # the most that two zones can be apart
_READ_FROM = ("event", "override", "attendance")
_AHEAD = (ONE_DAY, timedelta(days=8), timedelta(days=60), timedelta(days=400))


class Planner:
    """What is when, and every change to it. Times given and taken are naive, in the profile's zone."""

    def __init__(self, database: Database, clock: Clock, settings: Callable[[], Settings]) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._events = EventStore(database)
        self._attendance = AttendanceStore(database)
        self._sources = SourceStore(database)
        self._edits = SeriesEdits(database, clock, self._events, self._attendance, self._now_of)

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
        """Record how it went. Late entry is free; `recorded_at` keeps when it was made.

        Raises InputError for what has not begun: nobody knows yet how it went.
        """
        if occurrence.start > self.now():
            raise InputError(_("That is still to come."), _("Say how it went once it has begun."))
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
        with self._database.act(self._named(_("marked {title} on {day}"), occurrence)) as work:
            self._attendance.put(work, record)
        return record

    def unmark(self, occurrence: Occurrence) -> None:
        with self._database.act(self._named(_("took the mark off {title} on {day}"), occurrence)) as work:
            self._attendance.remove(work, *occurrence.key)

    def excuse_rules(self, event: Event) -> ExcuseRules:
        """What the plan that `event` came from excuses; no reasons where it names none or there is no plan."""
        source = self._sources.of_event(event.uid)
        if source is None:
            return ExcuseRules()
        usual = ExcuseRules()
        notice = source.header.get("excuse_notice_minutes")
        return ExcuseRules(
            tuple(source.header.get("excused_reasons") or ()),
            usual.notice if notice is None else timedelta(minutes=notice),
        )

    # Changes

    def next_on(self, event: Event) -> datetime | None:
        """The session of a series under way from which on a change of all of it holds (`series.next_on`)."""
        return series.next_on(event, self._now_of(event))

    def add(self, event: Event) -> Event:
        """Put a new event on the calendar; it gets its UID and its stamps here."""
        event = self._edits.new(replace(cleaned(event), uid=event.uid or new_uid()))
        with self._database.act(_("added {title}").format(title=event.title)) as work:
            self._events.add(work, [event])
        return event

    def change_all(self, event: Event, at: datetime | None = None) -> Event:
        """Store `event` in place of the one with its UID. What has happened keeps its time, title and mark.

        `at`: `event` was made from the series as it is from that session on (`series.next_on`), not from its first.
        """
        before, event = self._known(event.uid), cleaned(event)
        words = (_("changed {title}") if before.rule is None else _("changed all of {title}")).format(
            title=before.title
        )
        if at is not None:
            return self._change_from_within(before, event, at, words)
        # Going back by less than a week is another weekday; by more, the first day was put right.
        back = before.start - event.start
        under_way = before.start <= self._now_of(before) and back < timedelta(weeks=1)
        return self._edits.change_whole(before, carry_over(before, event), words, back if under_way else timedelta())

    def change_later(self, occurrence: Occurrence, event: Event) -> Event:
        """Store `event` for `occurrence` and the later ones; the earlier stay. Gives the new series.

        An `event` that still begins where the old series did begins on the day of `occurrence` instead. Raises
        InputError where it would begin before now, or before the last one that stays.
        """
        known, event, at = self._known(occurrence.event.uid), cleaned(event), occurrence.recurrence_id
        words = self._named(_("changed {title} from {day} on"), occurrence)
        if at is not None and at > known.start and event.start.date() == known.start.date():
            event = replace(event, start=datetime.combine(at.date(), event.start.time()))
        if at is None or series.previous(known, at) is None:
            return self.change_all(replace(event, uid=known.uid))
        if series.reach_of(known, at, self._now_of(known)) is Reach.ALL:  # it has begun: the past stays all the same
            return self._change_from_within(known, event, at, words)

        def changed(before: Event, at: datetime) -> Event:
            kept = ("uid", "continues", "since", "origin", "overrides", "skips", "sequence", "created")
            made = replace(event, **{name: getattr(before, name) for name in kept})
            self._not_passed(before, made)
            self._after_earlier(known, at, made.start)
            return carry_over(before, made)

        return self._edits.change_from(known, at, changed, words)

    def change_one(self, occurrence: Occurrence, **fields: Any) -> None:
        """Change only this occurrence: title, location, notes, logistics, duration or start (in the event's zone)."""
        event = self._known(occurrence.event.uid)
        if occurrence.recurrence_id is None:
            changed = replace(event, **fields)
        else:
            changed = series.change_occurrence(event, occurrence.recurrence_id, **fields)
        self._edits.change_single(cleaned(changed), self._named(_("changed {title} on {day}"), occurrence))

    def move(
        self, occurrence: Occurrence, start: datetime, duration: timedelta | None = None, reach: Reach = Reach.ONE
    ) -> None:
        """Put this occurrence at another time (naive, in the profile's zone), and as much else as `reach` says.

        A cancelled one that is moved takes place again. Raises RuleError where the repeat can't be moved so.
        """
        event = self._known(occurrence.event.uid)
        there = self._in_zone_of(event, start)
        at = occurrence.recurrence_id
        if reach is not Reach.ONE and start <= self.now() < occurrence.start:
            raise InputError(_("That time has passed."), _("Choose a day to come, or move only this one."))

        def moved(before: Event, at: datetime) -> Event:
            found = moved_series(before, at, there, duration)
            return replace(found, status=series.taking_place(before))

        if at is None:
            changed = replace(
                event, start=there, duration=duration or event.duration, status=series.taking_place(event)
            )
            self._edits.change_single(changed, self._moved_words(_("moved {title} to {day}"), occurrence, start))
        elif reach is Reach.LATER:
            self._after_earlier(event, at, there)
            words = self._moved_words(_("moved {title} to {day} and all later ones with it"), occurrence, start)
            self._edits.change_from(event, at, moved, words)
        elif reach is Reach.ALL:
            words = self._moved_words(_("moved all of {title}, this one to {day}"), occurrence, start)
            self._edits.change_whole(event, moved(event, at), words, back=at - there)
        else:
            words = self._moved_words(_("moved {title} to {day}"), occurrence, start)
            if event.status is Status.CANCELLED:
                self._edits.take_out(event, at, words, start=there, duration=duration)
            else:
                self._edits.change_single(series.move_occurrence(event, at, there, duration), words)

    def cancel(self, occurrence: Occurrence, reach: Reach = Reach.ONE) -> None:
        """Cancel this occurrence, and as much else as `reach` says; all of it stays visible as cancelled."""
        event, at = self._known(occurrence.event.uid), occurrence.recurrence_id
        if reach is Reach.ONE or at is None:
            words = self._named(_("cancelled {title} on {day}"), occurrence)
            self._edits.change_single(series.cancel_occurrence(event, at), words)
        elif reach is Reach.LATER:
            words = self._named(_("cancelled {title} from {day} on"), occurrence)
            self._edits.change_from(event, at, lambda e, _at: replace(e, status=Status.CANCELLED), words)
        else:
            words = self._named(_("cancelled all of {title}"), occurrence)
            self._edits.change_whole(event, replace(event, status=Status.CANCELLED), words)

    def restore(self, occurrence: Occurrence, reach: Reach = Reach.ONE) -> None:
        """Bring a cancelled or moved occurrence back to what it was; of a cancelled series as much as `reach` says."""
        event, at = self._known(occurrence.event.uid), occurrence.recurrence_id
        whole = at is not None and event.status is Status.CANCELLED
        if whole and reach is Reach.LATER:
            self._edits.bring_back(event, at, self._named(_("brought back {title} from {day} on"), occurrence))
        elif whole and reach is Reach.ALL:
            self._edits.bring_back(event, None, self._named(_("brought back all of {title}"), occurrence))
        else:
            words = self._named(_("brought back {title} on {day}"), occurrence)
            if at is not None and whole:
                self._edits.take_out(event, at, words)
            else:
                self._edits.change_single(series.restore_occurrence(event, at), words)

    def skip(self, occurrence: Occurrence) -> None:
        """Take only this occurrence of a series off, so that it isn't shown; a mark of how it went stays."""
        event, at = self._known(occurrence.event.uid), occurrence.recurrence_id
        if at is None:
            self.remove(event)
            return
        words = self._named(_("took {title} on {day} off"), occurrence)
        self._edits.change_single(series.skip_occurrence(event, at), words)

    def remove_later(self, occurrence: Occurrence) -> None:
        """Take this occurrence and the later ones off; the earlier stay, and a later one that has come already."""
        event = self._known(occurrence.event.uid)
        at = occurrence.recurrence_id
        now = self._now_of(event)
        if not series.goes_on(event, now):
            raise InputError(_("All of it has happened already."), _("To take it off, choose all of it."))
        if at is None or series.reach_of(event, at, now) is Reach.ALL:
            self.remove(event)
            return
        self._edits.end_before(event, at, self._named(_("took {title} off, from {day} on"), occurrence))

    def remove(self, event: Event) -> None:
        """Take an event off the calendar; marks of how it went stay. A series under way keeps what has happened.

        An imported one is remembered as taken out, so that the next import does not bring it back.
        """
        event = self._known(event.uid)
        now = self._now_of(event)
        kept = series.happened_only(event, now) if event.rule is not None and series.goes_on(event, now) else None
        with self._database.act(_("took {title} off").format(title=event.title)) as work:
            if kept is None:
                self._events.remove(work, event.uid)
            else:
                self._events.put(work, self._edits.stamped(kept))
            if event.origin:
                self._sources.bury(work, event.origin.source, event.origin.key)

    def undo(self) -> str | None:
        """Take the latest act back, also after a restart; gives what it was, in words."""
        return self._database.undo()

    def redo(self) -> str | None:
        return self._database.redo()

    def next_undo(self) -> str | None:
        """What `undo` would take back, in words; None for nothing."""
        return self._database.next_undo()

    def next_redo(self) -> str | None:
        """What `redo` would do again, in words; None for nothing."""
        return self._database.next_redo()

    # Parts

    def _known(self, uid: str) -> Event:
        event = self._events.get(uid)
        if event is None:
            raise InputError(_("That appointment is not on the calendar any more."), _("Look at the day again."))
        return event

    def _change_from_within(self, before: Event, event: Event, at: datetime, words: str) -> Event:
        """Store `event`, made from `before` as it is from the session `at` on, in place of what is left of it."""
        shown = series.split_before(before, at, before.uid)[1]
        self._not_passed(shown, event)
        kept = {name: getattr(before, name) for name in ("uid", "continues", "since", "origin", "sequence", "created")}
        event = replace(event, **kept, overrides=shown.overrides, skips=shown.skips)
        return self._edits.change_whole(before, carry_over(shown, event), words)

    def _not_passed(self, before: Event, event: Event) -> None:
        """Refuse a series that was to come and would begin in the past."""
        now = self._now_of(event)
        if event.start <= now < before.start:
            raise InputError(_("That time has passed."), _("Choose a day to come."))

    @staticmethod
    def _after_earlier(event: Event, at: datetime, start: datetime) -> None:
        """Refuse to let the session `at` and the later ones begin before the last one that stays as it is."""
        earlier = series.previous(event, at)
        if earlier is not None and start <= earlier:
            raise InputError(_("That is before the one that comes before it."), _("Choose a later day."))

    def _now_of(self, event: Event) -> datetime:
        return self._in_zone_of(event, self.now())

    def _in_zone_of(self, event: Event, moment: datetime) -> datetime:
        if event.all_day or event.zone == self.zone:
            return moment
        return moment.replace(tzinfo=ZoneInfo(self.zone)).astimezone(ZoneInfo(event.zone)).replace(tzinfo=None)

    # Words for undo: read days later too, so no "tomorrow" among them

    def _named(self, words: str, occurrence: Occurrence) -> str:
        return words.format(title=occurrence.title, day=date_words(occurrence.day, self.today()))

    def _moved_words(self, words: str, occurrence: Occurrence, start: datetime) -> str:
        day = date_words(start.date(), self.today())
        if start.date() == occurrence.day:
            day = f"{day}, {time_words(start, self._settings().hours24)}"
        return words.format(title=occurrence.title, day=day)
