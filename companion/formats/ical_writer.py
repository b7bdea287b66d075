"""Writes events as an .ics that phones read right the first time (docs/icalendar.md, "The rules we write by").

icalendar serialises: it escapes, folds and orders. What it is given is decided in `ical_entries`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from companion.domain.event import Event
from companion.domain.finding import Finding, Level
from companion.domain.language import _
from companion.domain.rrule_text import format_rrule
from companion.domain.text import TITLE_LIMIT, clean
from companion.formats import ical_readback
from companion.formats.ical_entries import Entry, ExportOptions, entries
from companion.formats.timezones import vtimezone
from companion.formats.zone_rules import ZoneRule, zone_rule

if TYPE_CHECKING:
    import icalendar

__all__ = ["CalendarFile", "ExportOptions", "read_back", "write_calendar", "write_calendars"]

MAX_BYTES = 1_000_000  # Google's limit for an import
MAX_VEVENTS = 1_000  # a little above, imports were reported to fail
_END = b"END:VCALENDAR\r\n"
read_back = ical_readback.read_back


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """One .ics: its bytes, what to tell the person about it, how many appointments are in it, and which."""

    data: bytes
    notes: tuple[Finding, ...]
    count: int
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class _Chunk:
    """VEVENTs that belong together, a series and its overrides, already serialised."""

    event: Event
    data: bytes
    vevents: int
    zones: dict[str, date]  # each zone it needs a VTIMEZONE for, and the first day it is used


def write_calendar(events: Iterable[Event], options: ExportOptions, *, updated: datetime) -> CalendarFile:
    """All events in one .ics.

    `updated` (aware) is the time of the last change for an event that does not know its own. The same events and
    options always give the same bytes. The notes name an appointment by the title it has on the phone.
    """
    writer = _Writer(options, updated)
    chunks, notes = writer.chunks(events)
    file = writer.file(chunks, notes)
    vevents = sum(chunk.vevents for chunk in chunks)
    if len(file.data) <= MAX_BYTES and vevents <= MAX_VEVENTS:
        return file
    too_big = Finding(
        Level.WARNING,
        _("The file is bigger than some phones and Google take in."),
        _("Export fewer months, or only some kinds."),
    )
    return replace(file, notes=(*file.notes, too_big))


def write_calendars(events: Iterable[Event], options: ExportOptions, *, updated: datetime) -> list[CalendarFile]:
    """As `write_calendar`, but in as many files as it takes for each to stay within what imports accept.

    A series and its overrides stay together. Without any event to write, one file that holds none.
    """
    writer = _Writer(options, updated)
    chunks, notes = writer.chunks(events)
    frame = len(writer.file(chunks, []).data) - sum(len(chunk.data) for chunk in chunks)
    packs: list[list[_Chunk]] = [[]]
    size, vevents = frame, 0
    for chunk in chunks:
        size, vevents = size + len(chunk.data), vevents + chunk.vevents
        if packs[-1] and (size > MAX_BYTES or vevents > MAX_VEVENTS):
            packs.append([])
            size, vevents = frame + len(chunk.data), chunk.vevents
        packs[-1].append(chunk)
    return [writer.file(pack, notes if number == 0 else []) for number, pack in enumerate(packs)]


class _Writer:
    def __init__(self, options: ExportOptions, updated: datetime) -> None:
        self.options = options
        self.updated = updated.astimezone(UTC)
        self.rules: dict[str, ZoneRule | None] = {}

    def covers(self, zone: str, first: datetime) -> bool:
        if zone not in self.rules:
            self.rules[zone] = zone_rule(zone)
        rule = self.rules[zone]
        return rule is not None and rule.covers(datetime.combine(first, time()))

    def chunks(self, events: Iterable[Event]) -> tuple[list[_Chunk], list[Finding]]:
        chunks: list[_Chunk] = []
        notes: dict[Finding, None] = {}  # in order, each once
        for event in sorted(events, key=lambda event: (event.start, event.uid)):
            written, found = entries(event, self.options, self.covers)
            notes.update(dict.fromkeys(found))
            together: dict[str, list[Entry]] = {}
            for entry in written:
                together.setdefault(entry.uid, []).append(entry)
            for group in together.values():
                data = b"".join(self.vevent(entry).to_ical(sorted=False) for entry in group)
                chunks.append(_Chunk(event, data, len(group), _zones(group)))
        return chunks, list(notes)

    def file(self, chunks: Sequence[_Chunk], notes: Sequence[Finding]) -> CalendarFile:
        first: dict[str, date] = {}
        for chunk in chunks:
            for zone, day in chunk.zones.items():
                first[zone] = min(day, first.get(zone, day))
        zones = [found for zone in sorted(first) if (found := vtimezone(zone, first[zone]))]
        head = self.head(list(first)).to_ical(sorted=False).removesuffix(_END)
        described = [zone.to_ical(sorted=False) for zone in zones]
        data = b"".join([head, *described, *(chunk.data for chunk in chunks), _END])
        inside = {chunk.event.uid: chunk.event for chunk in chunks}
        return CalendarFile(data, tuple(notes), len(inside), tuple(inside.values()))

    def head(self, zones: Sequence[str]) -> icalendar.Calendar:
        from icalendar import Calendar

        name = clean(self.options.name, TITLE_LIMIT)
        calendar = Calendar()
        calendar.add("VERSION", "2.0")
        calendar.add("PRODID", clean(self.options.prodid, TITLE_LIMIT))
        calendar.add("CALSCALE", "GREGORIAN")
        calendar.add("METHOD", "PUBLISH")
        calendar.add("X-WR-CALNAME", _text(name))
        calendar.add("NAME", _text(name))
        if len(zones) == 1:
            calendar.add("X-WR-TIMEZONE", zones[0])
        return calendar

    def vevent(self, entry: Entry) -> icalendar.Event:
        import icalendar

        event = entry.event
        changed = (event.updated or self.updated).astimezone(UTC)
        result = icalendar.Event()
        result.add("UID", _text(clean(entry.uid)))
        result.add("DTSTAMP", changed)
        if event.created:
            result.add("CREATED", event.created.astimezone(UTC))
        result.add("LAST-MODIFIED", changed)
        result.add("CLASS", "PRIVATE")
        result.add("TRANSP", "TRANSPARENT" if event.all_day else "OPAQUE")
        result.add("SEQUENCE", event.sequence)
        result.add("STATUS", entry.status.upper())
        result.add("SUMMARY", _text(entry.title))
        if entry.location:
            result.add("LOCATION", _text(entry.location))
        if entry.notes:
            result.add("DESCRIPTION", _text(entry.notes))
        self._add_times(result, entry)
        for minutes in entry.reminders:
            result.add_component(_alarm(minutes))
        return result

    def _add_times(self, result: icalendar.Event, entry: Entry) -> None:
        from icalendar import vRecur

        if entry.recurrence_id is not None:
            _add_time(result, "RECURRENCE-ID", entry, entry.recurrence_id)
        _add_time(result, "DTSTART", entry, entry.start)
        _add_time(result, "DTEND", entry, entry.end)
        if entry.rule is not None:
            result.add("RRULE", vRecur.from_ical(format_rrule(entry.rule, entry.zone, entry.event.all_day)))
        for skip in entry.skips:
            _add_time(result, "EXDATE", entry, skip)


def _zones(group: Sequence[Entry]) -> dict[str, date]:
    found: dict[str, date] = {}
    for entry in group:
        if not entry.event.all_day and not _in_utc(entry):
            earliest = min(entry.start, entry.recurrence_id or entry.start).date()
            found[entry.zone] = min(earliest, found.get(entry.zone, earliest))
    return found


def _in_utc(entry: Entry) -> bool:
    """Single dates may be in UTC, which needs no VTIMEZONE; a series never is."""
    return entry.zone == "UTC"


def _add_time(result: icalendar.Event, name: str, entry: Entry, at: datetime) -> None:
    if entry.event.all_day:
        result.add(name, at.date())
    elif _in_utc(entry):
        result.add(name, at.replace(tzinfo=UTC))
    else:
        # The zone is given by name: icalendar would turn some zone objects into "UTC-05:00".
        result.add(name, at, parameters={"TZID": entry.zone})


def _alarm(minutes: int) -> icalendar.Alarm:
    from icalendar import Alarm, vText

    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", _("Reminder"))
    if minutes:
        alarm.add("TRIGGER", -timedelta(minutes=minutes))
    else:
        alarm.add("TRIGGER", vText("PT0S"), encode=False)  # icalendar would write P0D, which few programs expect
    return alarm


def _text(text: str) -> icalendar.vText:
    r"""A text to be escaped (RFC 5545 section 3.3.11)."""
    from icalendar import vText

    if "\\N" not in text:
        return vText(text)

    class WithBackslash(vText):
        r"""icalendar 7.3 takes a backslash before an N for a line break: `C:\New` would lose its N."""

        def to_ical(self) -> bytes:
            escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
            return escaped.encode()

    return WithBackslash(text)
