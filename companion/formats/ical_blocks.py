"""The shape of an .ics: calendars, their components and the lines in them, each with its place in the file.

Everything that can be wrong before a single value is looked at is dealt with here: encodings, line ends, text
around the calendar, missing END lines, and sizes that would make any reader slow. What comes out is small and
closed, so nothing after this needs a limit of its own for depth, length or number (docs/icalendar.md, "Reading").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from companion.domain.language import _, plural
from companion.errors import FileRefused
from companion.formats.bounded import MEGABYTE, decode

MAX_BYTES = 5 * MEGABYTE
MAX_COMPONENTS = 20_000  # events, tasks, zones
MAX_PARTS = 60_000  # all of it, with the alarms in them
MAX_DEPTH = 16
MAX_LINE = 65_536
MAX_HEAD = 2_000  # name and parameters of a line
MAX_LINES = 2_000  # kept lines of one component

_TEXTS = frozenset({"SUMMARY", "DESCRIPTION", "LOCATION", "CONTACT", "CATEGORIES"})
_TIMES = frozenset(
    {"DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "UID", "STATUS", "SEQUENCE"}
)
_KEPT = (
    _TEXTS
    | _TIMES
    | {"DTSTAMP", "CREATED", "LAST-MODIFIED", "ACTION", "TRIGGER", "CONFERENCE", "X-GOOGLE-CONFERENCE"}
    | {"METHOD", "PRODID", "NAME", "X-WR-CALNAME", "X-WR-RELCALID", "X-WR-TIMEZONE"}
    | {"TZID", "TZOFFSETFROM", "TZOFFSETTO", "X-LIC-LOCATION"}
)
_SECOND_LEVEL = frozenset({"VALARM", "STANDARD", "DAYLIGHT"})
_TOP_LEVEL = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VTIMEZONE", "VFREEBUSY", "VAVAILABILITY"})
_PLAIN = re.compile(r'([A-Za-z0-9-]+)((?:;[^:;"=]+=[^:;"]*)*):(.*)', re.DOTALL)
_NAME = re.compile(r"\s*([A-Za-z0-9-]+)\s*(?=[;:])")


@dataclass(frozen=True, slots=True)
class Line:
    """One content line, unfolded. `number` is that of its first physical line."""

    number: int
    name: str
    params: dict[str, str]
    value: str


@dataclass(slots=True)
class Block:
    """One component. `whole` is false where its END is missing, `spoilt` says why its times can't be trusted."""

    name: str
    number: int
    lines: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    whole: bool = True
    spoilt: str = ""

    def all(self, name: str) -> list[Line]:
        return [line for line in self.lines if line.name == name]

    def one(self, name: str) -> Line | None:
        return next((line for line in self.lines if line.name == name), None)

    def value(self, name: str) -> str:
        found = self.one(name)
        return found.value.strip() if found else ""

    def named(self, name: str) -> list[Block]:
        return [block for block in self.blocks if block.name == name]


def calendars(data: bytes) -> tuple[list[Block], list[tuple[int, str]]]:
    """The VCALENDARs of a file, and what was mended to read them, as (line number, sentence).

    Raises FileRefused where there is no calendar in it, or more than any calendar holds.
    """
    if len(data) > MAX_BYTES:
        raise FileRefused(_("That file is too big to be a calendar."), _("The limit is 5 MB."))
    notes: list[tuple[int, str]] = []
    reader = _Reader(notes)
    for number, text in _logical_lines(data, notes):
        reader.take(number, text)
    return reader.finish(), notes


def _logical_lines(data: bytes, notes: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    if b"\0" in data[:200]:  # UTF-16 has to become text before lines can be joined
        text, note = decode(data)
        data = text.encode("utf-8", "replace")
        if note:
            notes.append((0, note))
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    start, pieces = 0, [b""]
    said = False
    for number, physical in enumerate(data.split(b"\n"), 1):
        # Folds are joined as bytes: some programs fold in the middle of a character.
        if physical[:1] in (b" ", b"\t") and start:
            pieces.append(physical[1:])
            continue
        if not physical.strip():
            continue
        if start:
            text, note = _text(b"".join(pieces))
            if note and not said:
                notes.append((start, note))
                said = True
            yield start, text
        start, pieces = number, [physical]
    if start:
        yield start, _text(b"".join(pieces))[0]


def _text(line: bytes) -> tuple[str, str]:
    try:
        return line.decode("utf-8"), ""
    except UnicodeDecodeError:
        return decode(line)


class _Reader:
    """Builds the blocks line by line and closes what the file forgets to close."""

    def __init__(self, notes: list[tuple[int, str]]) -> None:
        self.notes = notes
        self.found: list[Block] = []
        self.open: list[Block] = []
        self.components = 0
        self.parts = 0
        self.before = 0
        self.strange = 0

    def take(self, number: int, text: str) -> None:
        head = text[:40].strip().upper()
        if head.startswith("BEGIN:"):
            self._begin(head[6:].strip(), number)
        elif head.startswith("END:"):
            self._end(head[4:].strip())
        elif self.open:
            self._property(number, text)
        elif text.strip():
            self.before = self.before or number

    def finish(self) -> list[Block]:
        if self.open:
            for block in self.open[1:]:
                block.whole = False
            self.notes.append((0, _("The file has no proper end. Look whether the last appointment is complete.")))
        if not self.found:
            raise FileRefused(_("That is not a calendar file."), _("A calendar file (.ics) has BEGIN:VCALENDAR in it."))
        if self.before:
            self.notes.append((self.before, _("There is other text outside the calendar. It was left out.")))
        if self.strange:
            text = plural("{n} line can't be read.", "{n} lines can't be read.", self.strange)
            self.notes.append((0, text))
        return self.found

    def _begin(self, name: str, number: int) -> None:
        if name == "VCALENDAR":
            self._close_to(0)
        elif name in _TOP_LEVEL:
            self._close_to(1)
            if not self.open:
                if name != "VEVENT":
                    return
                self._open(Block("VCALENDAR", number))  # a bare event, as in a QR code
        elif not self.open:
            return
        elif name in _SECOND_LEVEL:
            self._close_to(2)
        self._open(Block(name, number))

    def _open(self, block: Block) -> None:
        self.parts += 1
        self.components += len(self.open) == 1
        if self.components > MAX_COMPONENTS or self.parts > MAX_PARTS:
            raise FileRefused(_("That file holds too much to be one person's calendar."), _("The limit is 20,000."))
        if len(self.open) >= MAX_DEPTH:
            raise FileRefused(_("That calendar file can't be read: its parts are nested too deeply."))
        (self.open[-1].blocks if self.open else self.found).append(block)
        self.open.append(block)

    def _close_to(self, depth: int) -> None:
        for block in self.open[max(depth, 1) :]:
            block.whole = False
        del self.open[depth:]

    def _end(self, name: str) -> None:
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth].name == name:
                self._close_to(depth + 1)
                del self.open[depth:]
                return

    def _property(self, number: int, text: str) -> None:
        block = self.open[-1]
        named = _NAME.match(text[:MAX_HEAD])
        if named is None:
            self.strange += 1
            return
        name = named[1].upper()
        if name not in _KEPT:
            return
        if len(text) > MAX_LINE:
            if name in _TIMES:
                block.spoilt = _("One of its lines is too long.")
            if name not in _TEXTS:
                return
            text = text[:MAX_LINE]
        if len(block.lines) >= MAX_LINES:
            block.spoilt = _("It has too many lines.")
            return
        line = _split(number, name, text)
        if line is not None:
            block.lines.append(line)
        elif name in _TIMES:
            block.spoilt = _("One of its lines can't be read.")


def _split(number: int, name: str, text: str) -> Line | None:
    match = _PLAIN.fullmatch(text)
    if match:
        if not match[2]:
            return Line(number, name, {}, match[3])
        pairs = (part.split("=", 1) for part in match[2][1:].split(";"))
        return Line(number, name, {key.strip().upper(): value for key, value in pairs}, match[3])
    return _split_quoted(number, name, text)


def _split_quoted(number: int, name: str, text: str) -> Line | None:
    """A line with quotes or blanks in its parameters, which a plain pattern can't take apart."""
    quoted, start, parts = False, 0, []
    for place, char in enumerate(text[:MAX_HEAD]):
        if char == '"':
            quoted = not quoted
        elif char in ";:" and not quoted:
            parts.append(text[start:place])
            start = place + 1
            if char == ":":
                break
    else:
        return None
    params = {}
    for part in parts[1:]:
        key, _equals, value = part.partition("=")
        params[key.strip().upper()] = value.strip().strip('"')
    return Line(number, name, params, text[start:])
