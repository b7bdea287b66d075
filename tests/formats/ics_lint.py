"""The project's own strict linter: an .ics that a phone reads right the first time has no problem here.

What each code is for, and who breaks without it: docs/icalendar.md. `python tests/formats/ics_lint.py FILE…`
prints what it finds.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

if __package__:
    from formats.ics_tree import Moment, Part, Problem, Property, duration, moment, tree
else:
    from ics_tree import Moment, Part, Problem, Property, duration, moment, tree

# ruff: noqa: SIM905  names in a row read better than one a line

ONCE = frozenset(
    "CLASS COLOR CREATED DESCRIPTION DTEND DTSTAMP DTSTART DURATION GEO LAST-MODIFIED LOCATION ORGANIZER PRIORITY "
    "RECURRENCE-ID RRULE SEQUENCE STATUS SUMMARY TRANSP UID URL".split()
)
TEXT = frozenset("SUMMARY DESCRIPTION LOCATION COMMENT CONTACT NAME X-WR-CALNAME X-WR-CALDESC".split())
FREQUENCIES = frozenset("SECONDLY MINUTELY HOURLY DAILY WEEKLY MONTHLY YEARLY".split())
RULE_PARTS = frozenset(
    "FREQ UNTIL COUNT INTERVAL BYSECOND BYMINUTE BYHOUR BYDAY BYMONTHDAY BYYEARDAY BYWEEKNO BYMONTH BYSETPOS "
    "WKST".split()
)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SHOWING = ("ATTENDEE", "ORGANIZER", "CATEGORIES", "COLOR")
_UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*(?:[;,]|\\(?![\\;,nN]))")
_OFFSET = re.compile(r"[+-]\d{4}(\d\d)?")


def lint(data: bytes) -> list[Problem]:
    """Everything that is wrong with the file, by line."""
    root, problems = tree(data)
    calendars = root.named("VCALENDAR")
    if len(calendars) != 1 or len(root.parts) != 1:
        problems.append(Problem(1, "E001", f"{len(calendars)} calendars; Google and Outlook read the first only"))
    for calendar in calendars:
        problems += _calendar(calendar)
    if len(data) > 1_000_000:
        problems.append(Problem(1, "W010", f"{len(data)} bytes; Google refuses more than about 1 MB"))
    return sorted(problems)


def _calendar(calendar: Part) -> Iterator[Problem]:
    line = calendar.line
    if calendar.value("VERSION") != "2.0":
        yield Problem(line, "E002", "VERSION:2.0 is missing")
    if not calendar.one("PRODID"):
        yield Problem(line, "E003", "PRODID is missing")
    for name in ("VERSION", "PRODID", "CALSCALE", "METHOD"):
        if len(calendar.all(name)) > 1:
            yield Problem(line, "E004", f"{name} twice")
    if calendar.properties and calendar.properties[0].name not in ("VERSION", "PRODID"):
        yield Problem(line, "W005", "VERSION or PRODID is not first")
    if calendar.value("METHOD") != "PUBLISH":
        yield Problem(line, "W006", "METHOD is not PUBLISH; another makes an invitation of it")
    if not calendar.parts:
        yield Problem(line, "E007", "no component")
    if calendar.value("CALSCALE") != "GREGORIAN" or not calendar.one("X-WR-CALNAME") or not calendar.one("NAME"):
        yield Problem(line, "C001", "CALSCALE, X-WR-CALNAME or NAME is missing")
    order = [part.name for part in calendar.parts]
    if "VTIMEZONE" in order[order.index("VEVENT") :] if "VEVENT" in order else False:
        yield Problem(line, "W009", "a VTIMEZONE comes after events")
    events = calendar.named("VEVENT")
    if len(events) > 1000:
        yield Problem(line, "C002", f"{len(events)} events; imports of more than about 1,000 are known to fail")
    used: dict[str, list[datetime]] = {}
    for event in events:
        yield from _event(event, used)
    yield from _series(events)
    yield from _zones(calendar.named("VTIMEZONE"), used)


# Events


def _event(event: Part, used: dict[str, list[datetime]]) -> Iterator[Problem]:
    line = event.line
    for name, count in Counter(p.name for p in event.properties).items():
        if count > 1 and name in ONCE:
            yield Problem(line, "E601", f"{name} {count} times in one event")
        if name in SHOWING:
            yield Problem(line, "C640", f"{name}: shows more than the calendar needs, or makes an invitation")
    if event.value("CLASS") != "PRIVATE":
        yield Problem(line, "C641", "CLASS:PRIVATE is missing; Google shows it as public")
    if not event.value("UID").strip():
        yield Problem(line, "E602", "UID is missing")
    elif len(event.value("UID").encode()) > 255:
        yield Problem(line, "W603", "UID longer than 255 octets")
    yield from _stamps(event)
    yield from _texts(event)
    if event.value("STATUS") not in ("", "TENTATIVE", "CONFIRMED", "CANCELLED"):
        yield Problem(line, "E626", "no such STATUS for an event")
    if not re.fullmatch(r"\d+", event.value("SEQUENCE") or "x"):
        yield Problem(line, "E628", "SEQUENCE is missing or no number")
    if not event.value("SUMMARY"):
        yield Problem(line, "W629", "SUMMARY is missing")
    begins = event.one("DTSTART")
    if begins is None:
        yield Problem(line, "E607", "DTSTART is missing")
        return
    problems: list[Problem] = []
    start = moment(begins, problems)
    if start is not None:
        problems += _times(event, start)
        problems += _repeats(event, start, used)
    yield from problems
    yield from _alarms(event)


def _stamps(event: Part) -> Iterator[Problem]:
    problems: list[Problem] = []
    for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED"):
        found = event.one(name)
        if found is None:
            if name == "DTSTAMP":
                yield Problem(event.line, "E604", "DTSTAMP is missing; Google's Android app then refuses the event")
            continue
        stamp = moment(found, problems)
        if stamp and stamp.kind != "utc":
            yield Problem(found.line, "E605", f"{name} is not in UTC")
    yield from problems


def _texts(event: Part) -> Iterator[Problem]:
    for part in (event, *event.parts):
        for prop in part.properties:
            if prop.name in TEXT and _UNESCAPED.search(prop.value):
                yield Problem(prop.line, "E630", f"{prop.name}: an unescaped comma or semicolon, or a stray backslash")


def _times(event: Part, start: Moment) -> Iterator[Problem]:
    problems: list[Problem] = []
    if start.kind == "float":
        yield Problem(event.line, "W616", "DTSTART has no zone")
    if start.kind == "utc" and event.one("RRULE"):
        yield Problem(event.line, "W617", "a series in UTC moves by an hour when the clocks change")
    if start.is_date and event.value("TRANSP") != "TRANSPARENT":
        yield Problem(event.line, "C642", "an all-day event blocks the day")
    ends, lasts = event.one("DTEND"), event.one("DURATION")
    if ends is None:
        yield Problem(event.line, "W614", "no DTEND" + (", DURATION is read differently" if lasts else ""))
        return
    if lasts is not None:
        yield Problem(event.line, "E608", "DTEND and DURATION together")
    end = moment(ends, problems)
    yield from problems
    if end is None:
        return
    if end.is_date != start.is_date:
        yield Problem(ends.line, "E609", "DTSTART and DTEND are of different types")
    elif end.kind != start.kind:
        yield Problem(ends.line, "W611", "DTSTART and DTEND are in different zones")
    elif end.at <= start.at:
        yield Problem(ends.line, "E610", "DTEND is not after DTSTART")


def _repeats(event: Part, start: Moment, used: dict[str, list[datetime]]) -> Iterator[Problem]:
    problems: list[Problem] = []
    dates = [start.at]
    rules = event.all("RRULE")
    for rule in rules:
        problems += _rule(rule, start)
        until = re.search(r"UNTIL=(\d{8})", rule.value)
        dates.append(datetime.strptime(until[1], "%Y%m%d") if until else start.at + timedelta(days=730))
    if event.all("RDATE") or event.one("EXRULE"):
        yield Problem(event.line, "W618", "RDATE and EXRULE are ignored or misread by many programs")
    for exdate in event.all("EXDATE"):
        if not rules:
            yield Problem(exdate.line, "W622", "EXDATE on an event that does not repeat")
        for value in exdate.value.split(","):
            skipped = moment(exdate, problems, value)
            if skipped and skipped.kind != start.kind:
                yield Problem(exdate.line, "E620", "EXDATE is of another type or zone than DTSTART")
            elif skipped and skipped.at.time() != start.at.time():
                yield Problem(exdate.line, "E621", "EXDATE has another time of day than DTSTART: it matches nothing")
    override = event.one("RECURRENCE-ID")
    if override is not None:
        if rules:
            yield Problem(event.line, "E623", "an override with an RRULE")
        if "RANGE" in override.params:
            yield Problem(override.line, "W624", "RANGE is ignored by Google and Outlook")
        original = moment(override, problems)
        if original and not original.is_date and original.kind not in ("utc", "float"):
            used.setdefault(original.kind, []).append(original.at)
    if start.kind not in ("date", "utc", "float"):
        used.setdefault(start.kind, []).extend(dates)
    yield from problems


def _rule(prop: Property, start: Moment) -> Iterator[Problem]:
    def say(code: str, text: str) -> Problem:
        return Problem(prop.line, code, f"RRULE: {text}")

    pairs = [part.partition("=") for part in prop.value.split(";")]
    parts = {name: value for name, _, value in pairs}
    for name, equals, _ in pairs:
        if not equals:
            yield say("E301", f"{name!r} is no part")
        elif name not in RULE_PARTS:
            yield say("E303", f"{name} is unknown")
    if len(parts) < len(pairs):
        yield say("E302", "a part twice")
    frequency = parts.get("FREQ", "")
    if frequency not in FREQUENCIES:
        yield say("E304", "FREQ is missing or unknown")
    if pairs[0][0] != "FREQ":
        yield say("W305", "FREQ is not first")
    if frequency in ("SECONDLY", "MINUTELY", "HOURLY"):
        yield say("W306", f"{frequency} is not for calendars")
    if "COUNT" in parts:
        yield say("E307" if "UNTIL" in parts else "C343", "COUNT is hard to edit on a phone; UNTIL says the same")
    for name in ("COUNT", "INTERVAL"):
        if name in parts and not re.fullmatch(r"[1-9]\d*", parts[name]):
            yield say("E308", f"{name}={parts[name]}")
    for name in ("BYSETPOS", "BYWEEKNO", "BYYEARDAY", "BYHOUR", "BYMINUTE", "BYSECOND"):
        if name in parts:
            yield say("C344", f"{name} is misread by phones")
    if "BYMONTHDAY" in parts and frequency == "WEEKLY":
        yield say("E312", "BYMONTHDAY with WEEKLY")
    if re.search(r"\b(29|30|31)\b|-[2-9]|-1\d", parts.get("BYMONTHDAY", "")):
        yield say("C345", "days 29 to 31 and counting back are misread; -1 is fine")
    if frequency == "YEARLY" and "BYDAY" in parts:
        yield say("C346", "YEARLY with BYDAY is misread")
    for day in filter(None, parts.get("BYDAY", "").split(",")):
        if not re.fullmatch(r"-?\d{0,2}(MO|TU|WE|TH|FR|SA|SU)", day):
            yield say("E313", f"BYDAY={day}")
        elif day[:-2] and frequency not in ("MONTHLY", "YEARLY"):
            yield say("E314", f"BYDAY={day} with {frequency}")
    yield from (say(code, text) for code, text in _until(parts.get("UNTIL"), start))
    try:
        endless = ";".join(part for part in prop.value.split(";") if not part.startswith("UNTIL="))
        first = rrulestr(endless, dtstart=start.at)[0]
    except (ValueError, IndexError):
        yield say("E322", "can't be expanded")
        return
    if first != start.at:
        yield say("E320", "DTSTART is not one of its own days; programs disagree")


def _until(until: str | None, start: Moment) -> Iterator[tuple[str, str]]:
    if until is None:
        return
    if not re.fullmatch(r"\d{8}(T\d{6}Z?)?", until):
        yield "E315", "UNTIL is no date or time"
    elif start.is_date and "T" in until:
        yield "E316", "UNTIL is a time but DTSTART a date"
    elif not start.is_date and "T" not in until:
        yield "E317", "UNTIL is a date but DTSTART a time; programs disagree on the last day"
    elif not start.is_date and start.kind != "float" and not until.endswith("Z"):
        yield "E318", "UNTIL is not in UTC"
    elif start.kind == "float" and until.endswith("Z"):
        yield "E319", "UNTIL is in UTC but DTSTART has no zone"
    elif datetime.strptime(until[:8], "%Y%m%d") < start.at - timedelta(days=1):
        yield "E321", "UNTIL lies before DTSTART"


def _alarms(event: Part) -> Iterator[Problem]:
    problems: list[Problem] = []
    alarms = event.named("VALARM")
    if len(alarms) > 2:
        yield Problem(event.line, "W511", f"{len(alarms)} alarms; iPhone shows two, Outlook one")
    for alarm in alarms:
        if alarm.value("ACTION") != "DISPLAY":
            yield Problem(alarm.line, "W505", "an alarm that is not DISPLAY is dropped by phones")
        if not alarm.value("DESCRIPTION"):
            yield Problem(alarm.line, "E503", "DISPLAY without DESCRIPTION")
        if alarm.one("REPEAT") or alarm.one("DURATION"):
            yield Problem(alarm.line, "E506", "REPEAT is not kept by phones")
        trigger = alarm.one("TRIGGER")
        if trigger is None:
            yield Problem(alarm.line, "E502", "TRIGGER is missing; Apple then imports nothing")
        elif trigger.params:
            yield Problem(trigger.line, "W508", "TRIGGER is not relative to the start")
        elif (before := duration(trigger, problems)) and before > timedelta():
            yield Problem(trigger.line, "W510", "an alarm after the start")
    yield from problems


def _series(events: list[Part]) -> Iterator[Problem]:
    masters: dict[str, Part] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for event in events:
        key = event.value("UID"), event.value("RECURRENCE-ID")
        seen[key] += 1
        if seen[key] == 2:
            yield Problem(event.line, "E625", "the same UID and RECURRENCE-ID twice")
        if not key[1]:
            masters[key[0]] = event
    problems: list[Problem] = []
    for event in events:
        override, master = event.one("RECURRENCE-ID"), masters.get(event.value("UID"))
        if override is None:
            continue
        begins = master.one("DTSTART") if master else None
        if master is None or begins is None:
            yield Problem(event.line, "W631", "an override without its series")
            continue
        original, start = moment(override, problems), moment(begins, problems)
        if original and start and original.kind != start.kind:
            yield Problem(override.line, "E632", "RECURRENCE-ID is of another type or zone than its series")
        if not master.one("RRULE"):
            yield Problem(event.line, "E633", "an override of an event that does not repeat")
        if any(override.value in exdate.value.split(",") for exdate in master.all("EXDATE")):
            yield Problem(event.line, "E634", "both skipped and overridden; programs disagree")


# Zones


def _zones(zones: list[Part], used: dict[str, list[datetime]]) -> Iterator[Problem]:
    defined: dict[str, Part] = {}
    for zone in zones:
        name = zone.value("TZID")
        if not name:
            yield Problem(zone.line, "E401", "a VTIMEZONE without TZID")
        if name in defined:
            yield Problem(zone.line, "E008", f"VTIMEZONE {name} twice")
        defined[name] = zone
        if name not in used:
            yield Problem(zone.line, "W413", f"VTIMEZONE {name} is not used")
        yield from _observances(zone)
    for name, dates in used.items():
        if name not in defined:
            yield Problem(1, "E412", f"TZID {name} without a VTIMEZONE")
        else:
            yield from _agrees(defined[name], name, min(dates), max(dates))


def _observances(zone: Part) -> Iterator[Problem]:
    kinds = [part.name for part in zone.parts]
    if sorted(kinds) not in (["STANDARD"], ["DAYLIGHT", "STANDARD"]):
        yield Problem(zone.line, "W408", "not one STANDARD and at most one DAYLIGHT; Outlook understands no more")
    for part in zone.parts:
        begins, rule = part.one("DTSTART"), part.one("RRULE")
        offsets = [part.one("TZOFFSETFROM"), part.one("TZOFFSETTO")]
        if begins is None or None in offsets:
            yield Problem(part.line, "E403", f"{part.name} lacks DTSTART, TZOFFSETFROM or TZOFFSETTO")
            continue
        for offset in filter(None, offsets):
            match = _OFFSET.fullmatch(offset.value)
            if not match or match[1]:
                yield Problem(
                    offset.line, "E404", f"{offset.value} is no offset, or has seconds, which Outlook refuses"
                )
        if begins.params or begins.value.endswith("Z"):
            yield Problem(begins.line, "E406", "the DTSTART of an observance is local")
        if part.one("RDATE") or part.one("COMMENT") or rule is None:
            yield Problem(part.line, "W407", "an observance has one yearly RRULE, not RDATE; Outlook misreads dates")
        elif "BYDAY" not in rule.value:
            yield Problem(rule.line, "C409", "the rule of an observance has BYDAY; some programs fail without")


def _agrees(zone: Part, name: str, first: datetime, last: datetime) -> Iterator[Problem]:
    """Whether the VTIMEZONE says what the zone's own data says, on a noon a week over the dates used."""
    try:
        truth = ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        yield Problem(zone.line, "W410", f"{name} is not an IANA name")
        return
    if list(_observances(zone)):
        return  # said already, and nothing to compare with
    changes: list[tuple[datetime, timedelta]] = []
    earliest = last
    for part in zone.parts:
        begins, rule = part.value("DTSTART"), part.value("RRULE")
        before, after = _offset(part.value("TZOFFSETFROM")), _offset(part.value("TZOFFSETTO"))
        start = datetime.strptime(begins, "%Y%m%dT%H%M%S")
        earliest = min(earliest, start)
        changes += [(at, after) for at in rrulestr(rule, dtstart=start).between(start, last, inc=True)]
        if before != after:
            onset = (start - before).replace(tzinfo=UTC)
            just_before = (onset - timedelta(seconds=1)).astimezone(truth).utcoffset()
            if (just_before, onset.astimezone(truth).utcoffset()) != (before, after):
                yield Problem(part.line, "E414", "DTSTART is not that change, by the clock of the offset being left")
    if first < earliest:
        yield Problem(zone.line, "E409", f"VTIMEZONE {name} starts after its first use")
        return
    changes.sort()
    noon = first.replace(hour=12, minute=0, second=0)
    while noon <= last:
        offset = next((after for at, after in reversed(changes) if at <= noon), None)
        if offset is not None and truth.utcoffset(noon) != offset:
            yield Problem(zone.line, "E411", f"VTIMEZONE {name} disagrees with the zone's data on {noon:%Y-%m-%d}")
            return
        noon += timedelta(days=7)


def _offset(text: str) -> timedelta:
    sign = -1 if text.startswith("-") else 1
    return sign * timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))


if __name__ == "__main__":
    for file in sys.argv[1:]:
        for problem in lint(Path(file).read_bytes()):
            print(f"{file}:{problem.line}: {problem.code} {problem.text}")
