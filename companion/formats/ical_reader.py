"""Reads an .ics as a plan: wide in what it takes, silent about nothing (docs/icalendar.md, "Reading").

icalendar reads names, lengths and zones for us, but not whole files: in 7.3 one bad TRIGGER costs the file, no line
number survives, and the first definition of a zone's name holds for every later file.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from companion.domain.finding import Finding, Level
from companion.domain.language import _, plural
from companion.domain.plan import Plan, PlanHeader, PlanItem
from companion.domain.text import TITLE_LIMIT, clean
from companion.errors import FileRefused, InputError
from companion.formats.ical_blocks import Block, calendars
from companion.formats.ical_series import SeriesReader
from companion.formats.ical_values import Stamp, stamps, text
from companion.formats.ical_vevent import Draft, read_vevent, title_of
from companion.formats.ical_zones import FileZones
from companion.formats.timezones import find_zone

MAX_DATES = 20_000  # EXDATE and RDATE values in the whole file
MAX_FINDINGS = 1_000
_INVITATIONS = frozenset({"REQUEST", "CANCEL", "ADD", "COUNTER", "DECLINECOUNTER", "REPLY"})
_VERSIONS = re.compile(r"[\d.]+")


def read_calendar(data: bytes, *, zone: str, file: str = "") -> Plan:
    """The plan in an .ics. `zone` (an IANA name) is hers: for times in UTC, and for those without a zone.

    One item for each UID; each event's origin holds its SEQUENCE as revision, so the header's is 0. What can't be
    read is left out with an ERROR, what was understood another way than it stands has a WARNING or a NOTE; lines
    are those of the VEVENT. The kind of an event is never guessed: a category or title that names one outright.

    Raises FileRefused for what is no calendar, or too big for one.
    """
    return _FileReader(data, zone, file).plan()


class _FileReader:
    def __init__(self, data: bytes, zone: str, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.pending: list[Finding] = []
        self.calendars, mended = calendars(data)
        for line, sentence in mended:
            self.say(Level.NOTE, line, sentence)
        named = find_zone(_first(self.calendars, "X-WR-TIMEZONE"))
        self.header = PlanHeader(
            _source(self.calendars),
            0,
            named or zone,
            clean(text(_first(self.calendars, "X-WR-CALNAME") or _first(self.calendars, "NAME")), TITLE_LIMIT),
        )
        years = (at.at.year for calendar in self.calendars for at in _starts(calendar))
        zones = FileZones(self.calendars, named or zone, years, self.say)
        self.series = SeriesReader(zones, zone, self.header.id, self.say_of)

    def say(self, level: Level, line: int, sentence: str, mend: str = "", item: str = "") -> None:
        self.findings.append(Finding(level, sentence, mend, self.file, line, item))

    def say_of(self, level: Level, draft: Draft, sentence: str, mend: str) -> None:
        """What is said of an item that is refused in the end is forgotten; the refusal says enough."""
        self.pending.append(Finding(level, sentence, mend, self.file, draft.line, draft.name))

    def plan(self) -> Plan:
        by_uid: dict[str, list[Draft]] = {}
        for draft in self._drafts():
            by_uid.setdefault(draft.uid, []).append(draft)
        items = [item for uid, drafts in by_uid.items() if (item := self._item(uid, drafts))]
        self._say_what_is_left_out(by_uid.values())
        if not items and not any(finding.level is Level.ERROR for finding in self.findings):
            self.say(Level.WARNING, 0, _("There is no appointment in this file."))
        findings = sorted(dict.fromkeys(self.findings), key=lambda finding: finding.line)
        if len(findings) > MAX_FINDINGS:
            text = plural(
                "There is {n} more like these.", "There are {n} more like these.", len(findings) - MAX_FINDINGS
            )
            findings[MAX_FINDINGS:] = [Finding(max(f.level for f in findings[MAX_FINDINGS:]), text, "", self.file)]
        return Plan(self.header, tuple(items), (), tuple(findings))

    def _drafts(self) -> Iterable[Draft]:
        dates = 0
        for calendar in self.calendars:
            cancelled = calendar.value("METHOD").upper() == "CANCEL"
            for block in calendar.named("VEVENT"):
                try:
                    draft = read_vevent(block, self.header.id, cancelled=cancelled)
                except InputError as error:
                    self.say(Level.ERROR, block.number, error.sentence, error.mend, title_of(block))
                    continue
                dates += len(draft.skips) + len(draft.extras)
                if dates > MAX_DATES:
                    raise FileRefused(_("That file lists too many dates to be one person's calendar."))
                yield draft

    def _item(self, uid: str, drafts: list[Draft]) -> PlanItem | None:
        self.pending = []
        try:
            events = self.series.events(drafts)
        except InputError as error:
            self.say(Level.ERROR, drafts[0].line, error.sentence, error.mend, drafts[0].name)
            return None
        for draft in drafts:
            if not draft.whole:
                sentence = _("It has no proper end in the file.")
                self.say_of(Level.WARNING, draft, sentence, _("Look whether it is complete."))
        self.findings += self.pending
        return PlanItem(uid, events, drafts[0].line)

    def _say_what_is_left_out(self, groups: Iterable[list[Draft]]) -> None:
        lost = sum(draft.lost_reminders for drafts in groups for draft in drafts)
        if lost:
            self.say(
                Level.NOTE,
                0,
                plural(
                    "{n} reminder by mail, at a fixed time or that can't be read was left out.",
                    "{n} reminders by mail, at a fixed time or that can't be read were left out.",
                    lost,
                ),
            )
        other = Counter(block.name for calendar in self.calendars for block in calendar.blocks)
        tasks = other["VTODO"] + other["VJOURNAL"]
        if tasks:
            left_out = plural(
                "{n} task or note was left out.", "{n} tasks or notes were left out. They are no appointments.", tasks
            )
            self.say(Level.NOTE, 0, left_out)


def _first(found: Iterable[Block], name: str) -> str:
    return next((value for block in found if (value := block.value(name))), "")


def _starts(calendar: Block) -> Iterator[Stamp]:
    for block in calendar.named("VEVENT"):
        line = block.one("DTSTART")
        if line is not None:
            try:
                yield from stamps(line)
            except ValueError:
                continue


def _source(found: list[Block]) -> str:
    """What names the calendar over all its exports.

    Its own id where it has one. Else its name and the program that wrote it, without the version, which changes
    with every update. An invitation has neither: it is named by its first appointment.
    """
    own = _first(found, "X-WR-RELCALID") or _first(found, "UID")
    if own:
        return _hashed("id", own)
    name = _first(found, "X-WR-CALNAME") or _first(found, "NAME")
    program = _VERSIONS.sub("", _first(found, "PRODID"))
    if not name and _first(found, "METHOD").upper() in _INVITATIONS:
        return _hashed("invitation", next((e.value("UID") for c in found for e in c.named("VEVENT")), ""))
    return _hashed("calendar", program, name)


def _hashed(*parts: str) -> str:
    return "ical:" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
