"""What is still to arrange in the next two weeks, and the acts that settle it: one act, one transaction, one undo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from companion.domain import series
from companion.domain.arranging import Home, Matter, What, arrange
from companion.domain.arranging_words import Key, notes_for, sign_words, signs_of
from companion.domain.attendance import WENT
from companion.domain.clock import Clock
from companion.domain.cover import lives_with_her
from companion.domain.event import Childcare, Event, Logistics, Occurrence, Ride
from companion.domain.expansion import last_start, starts
from companion.domain.language import _
from companion.domain.milestone import Milestone, series_finished
from companion.domain.months import add_days
from companion.domain.sessions import Series, Session, ending_words
from companion.domain.settings import Settings
from companion.domain.text import TITLE_LIMIT, clean
from companion.domain.wording import date_words
from companion.errors import InputError
from companion.services.people import People
from companion.services.planner import Planner
from companion.store.database import Database
from companion.store.events import EventStore
from companion.store.fine import FineStore
from companion.store.records import AttendanceStore

DAYS = 14  # how far ahead it looks: a ride is asked for and a sitter found in that time
_CLOSE = 35  # days of a new series that are looked at for what it comes together with: one of a monthly one is in it
_LATELY = 28  # days back for the names that are offered
_OFFERED = 5


@dataclass(frozen=True, slots=True)
class About:
    """`signs` of what is to arrange but childcare, which has a line of its own; `childcare`: whether that is told:
    somebody has said yes, or it is asked about. `session`: which one of its series.
    """

    signs: tuple[str, ...]
    childcare: bool
    session: Session | None


class Arranger:
    """Times are naive, in the profile's zone."""

    def __init__(
        self, database: Database, clock: Clock, planner: Planner, people: People, settings: Callable[[], Settings]
    ) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner
        self._people = people
        self._settings = settings
        self._events = EventStore(database)
        self._fine = FineStore(database)
        self._attendance = AttendanceStore(database)
        # What was read, each with what it was read from: asked for with every key in the calendar.
        self._ahead: tuple[object, Sequence[Occurrence]] = (None, ())
        self._home: tuple[object, Home] = (None, Home())
        self._series: tuple[object, Series] = (None, Series(()))
        self._lasts: dict[str, datetime] = {}

    # What there is

    def matters(self) -> list[Matter]:
        """Everything to arrange from now on, up to the end of the day in `DAYS` days."""
        return arrange(self._days_ahead(), self._planner.now(), self.home())

    def home(self) -> Home:
        """What is known besides the calendar; the same one until something is stored that it rests on."""
        ahead = self._days_ahead()
        as_of = (self._ahead[0], *self._changes("child", "setting"))
        if self._home[0] != as_of:
            rides = any(o.logistics.ride.how or o.logistics.ride.who for o in ahead)
            home = Home(tuple(self._people.children()), rides, frozenset(self._fine.all()))
            self._home = (as_of, home)
        return self._home[1]

    def signs(
        self, occurrences: Iterable[Occurrence], shown: Iterable[Occurrence] | None = None
    ) -> dict[Key, tuple[str, ...]]:
        """Short signs for rows: `occurrences` are all of the days that are looked at, `shown` those that have a row."""
        occurrences = list(occurrences)
        rows = occurrences if shown is None else list(shown)
        keys = None if shown is None else {each.key for each in rows}
        found = signs_of(occurrences, self._planner.now(), self.home(), hours24=self._settings().hours24, shown=keys)
        for each in rows:
            ending = self.ending(each)
            if ending:
                found[each.key] = (*found.get(each.key, ()), *ending)
        return found

    def about(self, occurrence: Occurrence) -> About:
        """What is to be told of one appointment besides what stands in it."""
        here, now, hours24 = self._planner.on(occurrence.day), self._planner.now(), self._settings().hours24
        found = signs_of(here, now, self.home(), hours24=hours24, shown={occurrence.key}).get(occurrence.key, ())
        needs_childcare = sign_words(What.CHILDCARE)
        at_home = any(lives_with_her(child, occurrence.day) for child in self.home().children or ())
        return About(
            tuple(sign for sign in found if sign != needs_childcare),
            needs_childcare in found or (at_home and occurrence.logistics.childcare.covered),
            self.session(occurrence),
        )

    def notes_for(self, event: Event, day: date | None = None) -> str:
        """What `event`, stored already or not, comes together with: a sentence beside "Saved."; "" for nothing.

        Of a series the next weeks are looked at, or only `day`, where one session was changed.
        """
        now = self._planner.now()
        first = last = day or event.start.date()
        if event.rule is not None and day is None:
            first = max(first, now.date())
            last = add_days(first, _CLOSE)
        else:
            last = add_days(first, event.duration.days)
        others = self._planner.between(add_days(first, -1), add_days(last, 2))
        zone, hours24 = self._planner.zone, self._settings().hours24
        return notes_for(others, event, now, zone=zone, home=self.home(), hours24=hours24, day=day)

    def note_on(self, title: str, start: datetime, *, series: bool = False) -> str:
        """The same for what is stored there now under that title; with `series` for its later sessions too."""
        stored = (o.event for o in self._planner.on(start.date()) if (o.title, o.start) == (title, start))
        event = next(stored, None)
        return "" if event is None else self.notes_for(event, None if series else start.date())

    def _days_ahead(self) -> Sequence[Occurrence]:
        planner = self._planner
        today = planner.today()
        as_of = (*self._changes("event", "override"), planner.zone, today)
        if self._ahead[0] != as_of:
            self._ahead = (as_of, planner.between(today, add_days(today, DAYS)))
        return self._ahead[1]

    def _changes(self, *tables: str) -> tuple[int, ...]:
        return tuple(self._database.changes[table] for table in tables)

    # What is offered for an answer

    def helpers(self, occurrence: Occurrence) -> list[str]:
        """Who may have the children: whom she named for this one first, then those who most often do."""
        counted = Counter(o.logistics.childcare.who for o in self._lately())
        named = occurrence.logistics.childcare.who
        return _first([named], counted)

    def ways(self, occurrence: Occurrence) -> list[Ride]:
        """How she may get there, as she most often does; first the way to the same place."""
        lately = self._lately()
        here = [o.logistics.ride for o in lately if o.location and o.location == occurrence.location]
        counted = Counter(_plain(o.logistics.ride) for o in lately)
        order = [*(_plain(ride) for ride in here), *(ride for ride, _n in counted.most_common())]
        return [ride for ride in dict.fromkeys(order) if ride.how or ride.who][:_OFFERED]

    def _lately(self) -> list[Occurrence]:
        today = self._planner.today()
        return self._planner.between(add_days(today, -_LATELY), add_days(today, DAYS))

    # Acts

    def cover(self, occurrence: Occurrence, who: str, *, every: bool = False) -> None:
        """`who` has the children meanwhile and has said yes; "" where it is settled without a name.

        With `every` in all of the series; those that somebody has already stay so.
        """

        def change(logistics: Logistics) -> Logistics:
            care = logistics.childcare
            return replace(logistics, childcare=Childcare(True, name, True)) if _open(care) else logistics

        name = clean(who, TITLE_LIMIT)
        words = _("said who has the children during {title} on {day}"), _("said who has the children during {title}")
        self._store(occurrence, words[every], change, every=every)

    def nobody_needed(self, occurrence: Occurrence, *, every: bool = False) -> None:
        """The children come along, or need nobody."""

        def change(logistics: Logistics) -> Logistics:
            return replace(logistics, childcare=Childcare()) if _open(logistics.childcare) else logistics

        words = _("said that {title} on {day} needs no childcare"), _("said that {title} needs no childcare")
        self._store(occurrence, words[every], change, every=every)

    def ride(self, occurrence: Occurrence, how: str, who: str = "", *, every: bool = False) -> None:
        """How she gets there, with whom; the time to leave stays. Raises InputError where nothing is said."""
        how, who = clean(how, TITLE_LIMIT), clean(who, TITLE_LIMIT)
        if not how and not who:
            raise InputError(_("Nothing is said yet."), _("Type how you get there, for instance: bus 14."))

        def change(logistics: Logistics) -> Logistics:
            ride = logistics.ride
            return logistics if ride.how or ride.who else replace(logistics, ride=replace(ride, how=how, who=who))

        words = _("said how you get to {title} on {day}"), _("said how you get to {title}")
        self._store(occurrence, words[every], change, every=every)

    def leave_as_it_is(self, matter: Matter) -> None:
        """These two come together and that is meant: it is not told again, until the day or time of one changes."""
        with self._database.act(_("left {title} as it is").format(title=matter.occurrence.title)) as work:
            self._fine.add(work, matter.signature)

    def _store(
        self, occurrence: Occurrence, label: str, change: Callable[[Logistics], Logistics], *, every: bool
    ) -> None:
        event = self._events.get(occurrence.event.uid)
        if event is None:
            raise InputError(_("That appointment is not on the calendar any more."), _("Look at the day again."))
        at = occurrence.recurrence_id
        if at is not None and not every:
            changed = series.change_occurrence(event, at, logistics=change(occurrence.logistics))
        else:
            from_here = at or event.start
            changed = replace(
                event,
                logistics=change(event.logistics),
                overrides=tuple(
                    replace(each, logistics=change(each.logistics))
                    if each.logistics is not None and each.recurrence_id >= from_here
                    else each
                    for each in event.overrides
                ),
            )
        changed = replace(changed, sequence=event.sequence + 1, updated=self._clock.now())
        day = date_words(occurrence.day, self._planner.today())  # it is read days later too, so no "tomorrow"
        with self._database.act(label.format(title=occurrence.title, day=day)) as work:
            self._events.put(work, changed)

    # Series that come to an end

    def session(self, occurrence: Occurrence) -> Session | None:
        """Which session of how many; None where it does not repeat, or has no end."""
        return self._known_series().session(occurrence)

    def ending(self, occurrence: Occurrence) -> tuple[str, ...]:
        """Signs of the last session of a series: "last one", "certificate?". Cheap for all the others."""
        event, at = occurrence.event, occurrence.recurrence_id
        rule = event.rule
        if rule is None or at is None or (rule.count is None and rule.until is None) or occurrence.cancelled:
            return ()
        known = self._known_series()
        last = self._lasts.get(event.uid)
        if last is None:
            last = self._lasts[event.uid] = last_start(event) or at
        following = starts(rule, event.start, at + datetime.resolution, last + datetime.resolution)
        if not set(event.skips).issuperset(following):
            return ()
        session = known.session(occurrence)
        return () if session is None else ending_words(event, session)

    def finished(self, occurrence: Occurrence) -> Milestone | None:
        """The milestone that a series reached with `occurrence`: it was the last one, and she was at some of it."""
        known = self._known_series()
        session = known.session(occurrence)
        if session is None or not session.last:
            return None
        parts = known.parts(occurrence.event)
        went = sum(mark.mark in WENT for part in parts for mark in self._attendance.of_event(part.uid))
        return series_finished(went, session.total, occurrence.end, self._planner.now())

    def _known_series(self) -> Series:
        as_of = self._changes("event", "override")
        if self._series[0] != as_of:
            self._series = (as_of, Series(self._events.repeating()))
            self._lasts.clear()
        return self._series[1]


def _first(named: Sequence[str], counted: Mapping[str, int]) -> list[str]:
    order = [*named, *sorted(counted, key=lambda name: (-counted[name], name))]
    return [name for name in dict.fromkeys(order) if name][:_OFFERED]


def _open(care: Childcare) -> bool:
    return care.needed and not care.covered


def _plain(ride: Ride) -> Ride:
    return replace(ride, leave_by=None)
