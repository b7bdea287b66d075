"""What goes to the phone: an event as the VEVENTs it is written as, before any iCalendar text.

The phone's programs differ where the standard leaves room, so an event is first brought into the one shape that
all of them read alike (docs/icalendar.md, "The rules we write by"). What has no such shape, because of its rule
or its time zone, is written date by date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid5

from companion.domain.event import ONE_DAY, Event, Override, Status
from companion.domain.expansion import last_start, occurrences, starts
from companion.domain.finding import Finding, Level
from companion.domain.kinds import kind
from companion.domain.language import _
from companion.domain.plan_identity import NAMESPACE
from companion.domain.recurrence import LAST_YEAR, Frequency, RecurrenceRule, normal, with_end
from companion.domain.text import FIELD_LIMIT, TITLE_LIMIT, clean
from companion.domain.wording import date_words
from companion.formats.timezones import unclear_times

MAX_REMINDERS = 2
_SHORTEST = timedelta(minutes=15)
_YEAR = timedelta(days=366)
_NIGHT_ENDS = time(4)  # no zone changes its clocks later in the day than this
_END_OF_TIME = datetime(LAST_YEAR + 1, 1, 1)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:@schedule\.example)?", re.IGNORECASE)

Covers = Callable[[str, datetime], bool]
"""Whether one VTIMEZONE is right for a zone from a naive time on."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a phone file is written.

    Discreet unless `full`: neutral titles, no notes, no place; `places` adds the place. `simple` writes every date
    as an event of its own, from the day `begins` (None: from each series' own start) over `horizon`; the same
    window holds for series that a phone could not read as such. `update` writes what is cancelled as cancelled
    instead of leaving it out. `default_reminders` are whole minutes before the start.
    """

    full: bool = False
    places: bool = False
    simple: bool = False
    begins: date | None = None
    horizon: timedelta = _YEAR
    update: bool = False
    default_reminders: tuple[int, ...] = ()
    name: str = "Schedule"
    prodid: str = "-//Companion//Schedule 1.0//EN"


@dataclass(frozen=True, slots=True)
class Entry:
    """One VEVENT. `start` and `end` are naive, in `zone`; `skips` go with `rule`; an override has a `recurrence_id`."""

    event: Event
    uid: str
    start: datetime
    end: datetime
    zone: str
    title: str
    location: str = ""
    notes: str = ""
    status: Status = Status.CONFIRMED
    rule: RecurrenceRule | None = None
    skips: tuple[datetime, ...] = ()
    recurrence_id: datetime | None = None
    reminders: tuple[int, ...] = ()


def single_uid(uid: str, original: datetime) -> str:
    """The UID of one date of a series that is written date by date: the same at every export."""
    return str(uuid5(NAMESPACE, f"{uid}/{original:%Y%m%dT%H%M%S}"))


def written_uid(uid: str) -> str:
    """The UID that a phone file gives an event: one from somebody else's calendar may say whose it was or what for."""
    return uid if _UUID.fullmatch(uid) else str(uuid5(NAMESPACE, f"{uid}/uid"))


def written_length(event: Event, duration: timedelta | None = None) -> timedelta:
    """How long the event is on the phone: whole days if all-day, and never nothing."""
    length = event.duration if duration is None else duration
    if event.all_day:
        return max(ONE_DAY, -(-length // ONE_DAY) * ONE_DAY)
    return length if length > timedelta() else _SHORTEST


def window(event: Event, options: ExportOptions) -> tuple[datetime, datetime]:
    """The naive window that a series written date by date is written for.

    From `begins`, for the length of the horizon. Without `begins` all of a finite series, and an endless one from
    its start to a horizon after its last change.
    """
    if options.begins is not None:
        begins = max(event.start, datetime.combine(options.begins, time()))
        return begins, begins + options.horizon
    last = last_start(event)
    if last is not None:
        moved = [override.start for override in event.overrides if override.start]
        return min([event.start, *moved]), max([last, *moved]) + ONE_DAY
    changed = event.updated.replace(tzinfo=None) if event.updated else event.start
    return event.start, min(max(event.start, changed) + options.horizon, _END_OF_TIME)


def entries(event: Event, options: ExportOptions, covers: Covers) -> tuple[list[Entry], list[Finding]]:
    """The VEVENTs of one event, and what the person needs to know about them. Nothing for one that is cancelled."""
    if event.status is Status.CANCELLED and not options.update:
        return [], []
    shape = _Shape(event, options, covers)
    return list(shape.entries()), shape.notes


class _Shape:
    """Works out one event's entries and collects the notes on the way."""

    def __init__(self, event: Event, options: ExportOptions, covers: Covers) -> None:
        self.event = event
        self.options = options
        self.covers = covers
        self.notes: list[Finding] = []
        self.title = self._title(event.title)
        self.uid = written_uid(event.uid)

    def entries(self) -> Iterator[Entry]:
        event = self.event
        if not event.all_day and event.duration <= timedelta():
            self._say(Level.NOTE, _("It has no length. On the phone it lasts 15 minutes."))
        reminders = self.options.default_reminders if event.reminders is None else event.reminders
        if len(set(reminders)) > MAX_REMINDERS:
            self._say(Level.NOTE, _("Phones show two reminders. The first two were written."))
        if event.rule is None:
            written = list(self._dates(keep_uid=True))
        else:
            written = list(self._dates() if self.options.simple else self._series(event.rule))
        if not event.all_day:
            self._look_at_clock_changes(written)
        yield from written

    def _series(self, rule: RecurrenceRule) -> Iterator[Entry]:
        event = self.event
        rule = normal(with_end(rule, event.start), event.start)
        cancelled = {override.recurrence_id for override in event.overrides if override.status is Status.CANCELLED}
        absent = cancelled | set(event.skips)
        first = _first(event, rule, absent)
        if first is None:
            return
        readable = _for_phones(rule, first)
        if readable is None:
            self._say(Level.NOTE, _("Phones can't read this repeat. Every date was written by itself."))
            yield from self._dates()
            return
        changed = [o for o in event.overrides if o.recurrence_id not in absent and self._shows(o)]
        earliest = min([first, *(override.start for override in changed if override.start)])
        if not event.all_day and not self.covers(event.zone, earliest):
            self._say_irregular()
            yield from self._dates()
            return
        given = starts(rule, event.start, first, max(absent, default=first) + ONE_DAY)
        # icalendar writes a time with TZID=UTC as one in UTC, and those move when the clocks change.
        zone = "Etc/UTC" if event.zone == "UTC" else event.zone
        yield replace(
            self._entry(self.uid, first, first + written_length(event)),
            zone=zone,
            rule=readable,
            skips=tuple(at for at in given if at in absent and at > first),
        )
        for override in sorted(changed, key=lambda o: o.recurrence_id):
            at = override.recurrence_id
            if at >= first and starts(rule, event.start, at, at + datetime.resolution):
                begins = override.start or at
                ends = begins + written_length(event, override.duration)
                yield replace(self._entry(self.uid, begins, ends, override), zone=zone, recurrence_id=at)

    def _dates(self, *, keep_uid: bool = False) -> Iterator[Entry]:
        """Every date as an entry of its own; in UTC where no VTIMEZONE can say what the zone does."""
        event = self.event
        low, high = window(event, self.options)
        if keep_uid:
            low, high = datetime(1, 1, 1), datetime(9999, 12, 31)
        said = keep_uid
        last = last_start(event)
        if not keep_uid and (last is None or last >= high):
            day = date_words((high - ONE_DAY).date(), date.min)
            self._say(Level.NOTE, _("The dates up to {day} were written.").format(day=day))
        for found in occurrences(event, low, high):
            if found.override is not None and found.override.status is Status.CANCELLED and not keep_uid:
                continue
            if found.cancelled and not self.options.update:
                continue
            uid = self.uid if keep_uid else single_uid(event.uid, found.recurrence_id or found.start)
            override = found.override
            length = written_length(event, override.duration if override else None)
            entry = self._entry(uid, found.start, found.start + length, override)
            if not event.all_day and not self.covers(event.zone, found.start):
                if not said:
                    self._say_irregular()
                    said = True
                entry = replace(entry, start=_utc(entry.start, entry.zone), end=_utc(entry.end, entry.zone), zone="UTC")
            yield entry

    def _entry(self, uid: str, start: datetime, end: datetime, override: Override | None = None) -> Entry:
        event, options = self.event, self.options
        title, location, notes, status = self.title, event.location, event.notes, event.status
        if override is not None:
            title = title if override.title is None else self._title(override.title)
            location = location if override.location is None else override.location
            notes = notes if override.notes is None else override.notes
            status = override.status if status is Status.CONFIRMED else status
        online = event.online if options.full else ""
        if online and location:
            notes, online = f"{notes}\n{online}".strip(), ""
        return Entry(
            event,
            uid,
            start,
            end,
            event.zone,
            title,
            clean(location or online, FIELD_LIMIT) if options.full or options.places else "",
            clean(notes, FIELD_LIMIT, lines=True) if options.full else "",
            status,
            reminders=() if status is Status.CANCELLED else self._reminders(),
        )

    def _reminders(self) -> tuple[int, ...]:
        chosen = self.options.default_reminders if self.event.reminders is None else self.event.reminders
        return tuple(dict.fromkeys(minutes for minutes in chosen if minutes >= 0))[:MAX_REMINDERS]

    def _title(self, title: str) -> str:
        event = self.event
        discreet = clean(event.discreet_title, TITLE_LIMIT) or _(kind(event.kind).discreet)
        return (clean(title, TITLE_LIMIT) or discreet) if self.options.full else discreet

    def _shows(self, override: Override) -> bool:
        """Whether the phone would show any difference; an override it can't see is one more thing to go wrong."""
        event = self.event
        plain = self._entry(event.uid, override.recurrence_id, override.recurrence_id + written_length(event))
        begins = override.start or override.recurrence_id
        changed = self._entry(event.uid, begins, begins + written_length(event, override.duration), override)
        return plain != changed

    def _look_at_clock_changes(self, written: list[Entry]) -> None:
        event = self.event
        times = [entry.start for entry in written if entry.zone != "UTC"]
        if event.rule is not None and written and written[0].rule is not None:
            first = written[0].start
            times += starts(event.rule, event.start, first, first + 2 * _YEAR)
        never, twice = unclear_times(event.zone, sorted({at for at in times if at.time() < _NIGHT_ENDS}))
        for found, text in (
            (never, _("On {day} the clocks skip that hour. Phones may show another time.")),
            (twice, _("On {day} the clocks show that hour twice. Phones may take either.")),
        ):
            if found:
                self._say(Level.WARNING, text.format(day=date_words(found[0].date(), date.min)))

    def _say_irregular(self) -> None:
        self._say(
            Level.NOTE, _("Its time zone keeps no yearly rule for these dates. Every date was written by itself.")
        )

    def _say(self, level: Level, text: str) -> None:
        self.notes.append(Finding(level, text, item=self.title))


def _first(event: Event, rule: RecurrenceRule, absent: set[datetime]) -> datetime | None:
    """The first start that takes place: DTSTART, which programs want to be one of the rule's own days."""
    low = max(event.start, event.since) if event.since else event.start
    for span in (_YEAR, 200 * _YEAR):
        for at in starts(rule, event.start, low, min(low + span, _END_OF_TIME)):
            if at not in absent:
                return at
    return None


def _for_phones(rule: RecurrenceRule, first: datetime) -> RecurrenceRule | None:
    """The rule as every phone reads it, or None where there is no such way to say it.

    Daily; weekly on weekdays; monthly on days 1 to 28, the last day, or one of the first four or the last of a
    weekday; yearly on its own date. `rule` is normal: nothing in it is left to the start.
    """
    if rule.by_set_pos:
        return None
    days, nth = rule.by_month_day, [weekday.nth for weekday in rule.by_day]
    match rule.frequency:
        case Frequency.DAILY | Frequency.WEEKLY:
            plain = not rule.by_month and (rule.frequency is Frequency.WEEKLY or not rule.by_day)
        case Frequency.MONTHLY if rule.by_day:
            plain = not rule.by_month and not days and all(number in (1, 2, 3, 4, -1) for number in nth)
        case Frequency.MONTHLY:
            plain = not rule.by_month and all(1 <= day <= 28 or day == -1 for day in days)
        case Frequency.YEARLY:
            plain = (rule.by_month, days, rule.by_day) == ((first.month,), (first.day,), ()) and first.day <= 28
            rule = replace(rule, by_month=(), by_month_day=())
    return rule if plain else None


def _utc(at: datetime, zone: str) -> datetime:
    from zoneinfo import ZoneInfo

    return at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)
