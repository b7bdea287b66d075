"""All VEVENTs of one UID as the events they mean: a series with its overrides, its extra dates, what split off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from companion.domain.event import ONE_DAY, Event, Origin, Override
from companion.domain.expansion import gives
from companion.domain.finding import Level
from companion.domain.kinds import kind
from companion.domain.language import _, plural
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday
from companion.domain.rrule_text import parse_rrule
from companion.domain.series import split_before
from companion.errors import InputError, RuleError
from companion.formats.ical_entries import single_uid
from companion.formats.ical_values import Stamp, midnight
from companion.formats.ical_vevent import MAX_DATES, Draft
from companion.formats.ical_zones import FileZones

_LONGEST = timedelta(days=366)
_LONGEST_REPEATED = timedelta(days=31)

Say = Callable[[Level, Draft, str, str], None]


@dataclass(slots=True)
class _Found:
    """What the VEVENTs of one UID have come to: the series in its parts, its extra dates, dates set apart."""

    parts: list[Event]
    extras: dict[datetime, Event] = field(default_factory=dict)
    apart: list[Event] = field(default_factory=list)
    overrides: dict[datetime, Override] = field(default_factory=dict)
    gone: set[datetime] = field(default_factory=set)

    def settle(self) -> None:
        """Put overrides and gone dates into the series. An override wins over an EXDATE: most programs show it."""
        series = self.parts[0]
        skips = {*series.skips, *self.gone} - self.overrides.keys()
        overrides = tuple(self.overrides[at] for at in sorted(self.overrides))
        self.parts[0] = replace(series, skips=tuple(sorted(skips)), overrides=overrides)

    def events(self) -> tuple[Event, ...]:
        return (*self.parts, *self.extras.values(), *self.apart)


class SeriesReader:
    """Turns drafts into events. `home` is her zone, `source` the id of the calendar they come from."""

    def __init__(self, zones: FileZones, home: str, source: str, say: Say) -> None:
        self.zones = zones
        self.home = home
        self.source = source
        self.say = say

    def events(self, drafts: list[Draft]) -> tuple[Event, ...]:
        """The events of all VEVENTs with one UID, the series first. Raises InputError where the series is refused."""
        masters = [draft for draft in drafts if draft.recurrence_id is None]
        changes = [draft for draft in drafts if draft.recurrence_id is not None]
        if len(changes) > MAX_DATES:
            raise InputError(_("It lists too many dates."))
        if not masters:
            text = _("Its series is not in the file. This one date was taken by itself.")
            return tuple(self._alone(draft, text) for draft in self._latest(changes))
        master = max(masters, key=lambda draft: draft.age)
        if len(masters) > 1:
            self.say(Level.NOTE, master, _("It is in the file more than once. The newest one was taken."), "")
        series = self._series(master)
        found = _Found([series], self._extras(master, series))
        newest = self._latest(changes, series.zone)
        later = [split for draft in newest if (split := self._change(found, draft))]
        found.settle()
        for at, draft in reversed(later):  # the last split first: what lies before it is still one series
            self._split(found, at, draft)
        return found.events()

    # One VEVENT

    def _series(self, draft: Draft) -> Event:
        zone = self._zone(draft, repeats=bool(draft.rules or draft.extras))
        event = self._event(draft, draft.uid, zone, repeats=bool(draft.rules))
        if draft.start.utc and draft.rules:
            text = _("It repeats by world time, so it moves by an hour when the clocks change.")
            self.say(Level.WARNING, draft, text, _("Check the hours."))
        if not draft.rules:
            return event
        rule = parse_rrule(draft.rules[0], event.start, zone, event.all_day)
        event = replace(event, rule=rule)
        if not gives(event, event.start):
            text = _("Its first date is not one of its repeat days. Only the repeat days were taken.")
            self.say(Level.WARNING, draft, text, _("Check the first date."))
        named = {self._original(stamp, event) for stamp in draft.skips}
        skips = tuple(sorted(at for at in named if gives(event, at)))
        lost = len(named) - len(skips)
        if lost:
            text = plural(
                "{n} date that it leaves out is no date of the repeat.",
                "{n} dates that it leaves out are no dates of the repeat.",
                lost,
            )
            self.say(Level.NOTE, draft, text, "")
        return replace(event, skips=skips)

    def _alone(self, draft: Draft, text: str) -> Event:
        """A change of a date that no series in the file has: an appointment by itself, and `text` says so."""
        self.say(Level.NOTE, draft, text, "")
        zone = self._zone(draft, repeats=False)
        original = self._wall(draft.recurrence_id or draft.start, zone, draft)
        return self._event(draft, single_uid(draft.uid, original), zone, part=original)

    def _event(
        self, draft: Draft, uid: str, zone: str, *, repeats: bool = False, part: datetime | None = None
    ) -> Event:
        start = self._wall(draft.start, zone, draft)
        key = draft.uid if part is None else _part_key(draft.uid, part)
        return Event(
            uid,
            draft.title or _("No title"),
            start,
            self._duration(draft, start, zone, repeats),
            zone,
            kind=draft.kind,
            all_day=draft.start.is_date,
            status=draft.status,
            contact=draft.contact,
            location=draft.location,
            online=draft.online,
            notes=draft.notes,
            reminders=draft.reminders,
            sequence=draft.sequence,
            created=draft.created,
            updated=draft.updated,
            origin=Origin(self.source, key, draft.sequence),
        )

    # Times

    def _zone(self, draft: Draft, *, repeats: bool) -> str:
        stamp = draft.start
        if not stamp.utc:
            return self.zones.default if stamp.is_date else self.zones.resolve(stamp.tzid, draft.line)
        if repeats:
            return "UTC"
        # One date: her own clock says the same moment better, but for the hour that it shows twice.
        back = _convert(_convert(stamp.at, "UTC", self.home), self.home, "UTC")
        return self.home if back == stamp.at else "UTC"

    def _wall(self, stamp: Stamp, zone: str, draft: Draft) -> datetime:
        """The naive time that a clock in `zone` shows."""
        if stamp.is_date:
            return stamp.at
        here = "UTC" if stamp.utc else self.zones.resolve(stamp.tzid, draft.line) if stamp.tzid else zone
        return _convert(stamp.at, here, zone)

    def _original(self, stamp: Stamp, event: Event) -> datetime:
        """Which start of the series a file means by an EXDATE or RECURRENCE-ID.

        A series has one start a day, so the date in its own zone names it: many programs write a date where a
        time is due, or a time of another zone.
        """
        if stamp.is_date or (event.all_day and (not stamp.utc or stamp.at == midnight(stamp.day))):
            return datetime.combine(stamp.day, event.start.time())
        if not stamp.utc and not stamp.tzid:
            return datetime.combine(stamp.day, event.start.time())
        here = "UTC" if stamp.utc else self.zones.resolve(stamp.tzid, 0)
        return datetime.combine(_convert(stamp.at, here, event.zone).date(), event.start.time())

    def _duration(self, draft: Draft, start: datetime, zone: str, repeats: bool) -> timedelta:
        usual = ONE_DAY if draft.start.is_date else kind(draft.kind).length
        found = self._length(draft, start, zone, repeats)
        if found is None:
            if not draft.start.is_date:
                self.say(Level.NOTE, draft, _("It has no end. The usual length was taken."), "")
            return usual
        if found < timedelta():
            self.say(Level.WARNING, draft, _("It ends before it starts. The usual length was taken."), "")
            return usual
        if found > (_LONGEST_REPEATED if repeats else _LONGEST):
            self.say(Level.WARNING, draft, _("It is longer than a calendar can show. The usual length was taken."), "")
            return usual
        return max(ONE_DAY, -(-found // ONE_DAY) * ONE_DAY) if draft.start.is_date else found

    def _length(self, draft: Draft, start: datetime, zone: str, repeats: bool) -> timedelta | None:
        if draft.end is not None:
            return self._wall(draft.end, zone, draft) - start
        if draft.length is None:
            return None
        if repeats or draft.start.is_date or not draft.length % ONE_DAY:
            return draft.length
        # RFC 5545 section 3.3.6: hours are counted as they pass, also over a change of the clocks.
        ends = _convert(_convert(start, zone, "UTC") + draft.length, "UTC", zone)
        return ends - start

    # What belongs to a series

    def _latest(self, changes: list[Draft], zone: str = "") -> list[Draft]:
        """Of several versions of one date's change only the newest, by date."""
        newest: dict[datetime, Draft] = {}
        for draft in sorted(changes, key=lambda draft: draft.age):
            stamp = draft.recurrence_id or draft.start
            newest[self._wall(stamp, zone or self._zone(draft, repeats=False), draft)] = draft
        return [newest[at] for at in sorted(newest)]

    def _extras(self, draft: Draft, series: Event) -> dict[datetime, Event]:
        """The extra dates of a series (RDATE), each an appointment of its own: phones read those, but no RDATE."""
        days = {stamp.day for stamp in draft.skips if stamp.is_date}
        absent = {self._wall(stamp, series.zone, draft) for stamp in draft.skips if not stamp.is_date}
        found: dict[datetime, Event] = {}
        for period in draft.extras:
            by_date = series.all_day or period.start.is_date
            at = self._original(period.start, series) if by_date else self._wall(period.start, series.zone, draft)
            if gives(series, at) or at in absent or at.date() in days or not 1970 <= at.year <= 2100:
                continue
            given = None
            if not series.all_day and (period.end is not None or period.length is not None):
                one = replace(draft, end=period.end, length=period.length)
                given = self._length(one, at, series.zone, repeats=False)
            found[at] = replace(
                series,
                uid=single_uid(series.uid, at),
                start=at,
                duration=given if given is not None and timedelta() < given <= _LONGEST else series.duration,
                rule=None,
                skips=(),
                origin=Origin(self.source, _part_key(series.uid, at), draft.sequence),
            )
        return found

    def _change(self, found: _Found, draft: Draft) -> tuple[datetime, Draft] | None:
        """Take in one VEVENT with a RECURRENCE-ID; given back, with its date, where the series is to split there."""
        series = found.parts[0]
        stamp = draft.recurrence_id or draft.start
        exact = self._wall(stamp, series.zone, draft)
        at = self._original(stamp, series)
        if exact in found.extras:
            old = found.extras[exact]
            changed = self._event(draft, old.uid, self._zone(draft, repeats=False))
            found.extras[exact] = replace(changed, origin=old.origin)
        elif not gives(series, at):
            text = _("It changes a date that its series does not have. It was taken by itself.")
            found.apart.append(self._alone(draft, text))
        elif series.rule is None:
            found.parts[0] = self._event(draft, series.uid, self._zone(draft, repeats=False))
        elif draft.start.is_date != series.all_day:
            # What became all-day, or the other way round, can't be a date of its series any more.
            found.gone.add(at)
            zone = self._zone(draft, repeats=False)
            found.apart.append(self._event(draft, single_uid(draft.uid, at), zone, part=at))
        elif draft.and_later:
            return at, draft
        else:
            found.overrides[at] = self._override(series, at, draft)
        return None

    def _override(self, series: Event, at: datetime, draft: Draft) -> Override:
        """What differs from the series; a text that the VEVENT leaves out is as in the series."""
        start = self._wall(draft.start, series.zone, draft)
        given = draft.end is not None or draft.length is not None
        duration = self._duration(draft, start, series.zone, repeats=False) if given else series.duration
        return Override(
            at,
            start=start if start != at else None,
            duration=duration if duration != series.duration else None,
            title=draft.title if draft.title not in ("", series.title) else None,
            location=draft.location if draft.location not in ("", series.location) else None,
            notes=draft.notes if draft.notes not in ("", series.notes) else None,
            status=draft.status,
        )

    def _split(self, found: _Found, at: datetime, draft: Draft) -> None:
        """RANGE=THISANDFUTURE: the series ends here, and a new one goes on with the change."""
        series = found.parts[0]
        override = self._override(series, at, draft)
        try:
            earlier, later = split_before(series, at, single_uid(draft.uid, at))
            later = _shifted(later, (override.start or at) - at)
        except RuleError:
            text = _("A change from here on could not be carried over. Only this date was changed.")
            self.say(Level.WARNING, draft, text, _("Check the dates after it."))
            others = tuple(old for old in series.overrides if old.recurrence_id != at)
            found.parts[0] = replace(series, overrides=(*others, override))
            return
        changed = self._event(draft, later.uid, series.zone, repeats=True, part=at)
        later = replace(
            changed,
            start=later.start,
            duration=series.duration if override.duration is None else override.duration,
            title=series.title if override.title is None else override.title,
            rule=later.rule,
            skips=later.skips,
            overrides=later.overrides,
            continues=series.uid,
        )
        found.parts[:1] = [earlier, later]


def _shifted(event: Event, by: timedelta) -> Event:
    """The whole series `by` later or earlier. Raises RuleError where its rule can't be shifted by days."""
    rule = event.rule
    days = (event.start + by).toordinal() - event.start.toordinal()
    if rule is not None:
        if days:
            rule = _shifted_rule(rule, days)
        if rule.until is not None:
            rule = replace(rule, until=rule.until + timedelta(days=days))
    return replace(
        event,
        start=event.start + by,
        rule=rule,
        skips=tuple(skip + by for skip in event.skips),
        overrides=tuple(replace(o, recurrence_id=o.recurrence_id + by) for o in event.overrides),
    )


def _shifted_rule(rule: RecurrenceRule, days: int) -> RecurrenceRule:
    weekly = rule.frequency in (Frequency.DAILY, Frequency.WEEKLY)
    if not weekly or rule.by_month:
        raise RuleError(_("A monthly repeat can't be moved by days."))
    return replace(rule, by_day=tuple(Weekday((weekday.day + days) % 7) for weekday in rule.by_day))


def _part_key(uid: str, at: datetime) -> str:
    return f"{uid}/{at:%Y%m%dT%H%M%S}"


def _convert(at: datetime, here: str, there: str) -> datetime:
    if here == there:
        return at
    source = UTC if here == "UTC" else ZoneInfo(here)
    # Which of the two hours of a clock change it is (fold) would be lost when stored, so it is not kept here either.
    return at.replace(tzinfo=source).astimezone(ZoneInfo(there)).replace(tzinfo=None, fold=0)
