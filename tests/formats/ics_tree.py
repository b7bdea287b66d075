"""Reads an .ics for the linter, with nothing of the project and nothing of icalendar: its own eyes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_NAME = re.compile(r"[A-Za-z0-9-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_MOMENT = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")
_DURATION = re.compile(r"([+-]?)P(?:(\d+)W|(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?)")


@dataclass(frozen=True, order=True)
class Problem:
    """One breach. Codes with E break a rule of RFC 5545 or a known program, with W advice, with C our own rules."""

    line: int
    code: str
    text: str


@dataclass(frozen=True)
class Property:
    name: str
    params: dict[str, str]
    value: str
    line: int


@dataclass
class Part:
    """A component; `line` is where it begins."""

    name: str
    line: int
    properties: list[Property] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        return [p for p in self.properties if p.name == name]

    def one(self, name: str) -> Property | None:
        return next(iter(self.all(name)), None)

    def value(self, name: str) -> str:
        found = self.one(name)
        return found.value if found else ""

    def named(self, *names: str) -> list[Part]:
        return [part for part in self.parts if part.name in names]


@dataclass(frozen=True)
class Moment:
    """`kind` is date, utc, float or the TZID; `at` is naive."""

    kind: str
    at: datetime

    @property
    def is_date(self) -> bool:
        return self.kind == "date"


def tree(data: bytes) -> tuple[Part, list[Problem]]:
    """The components under one root, and what is wrong with the lines themselves."""
    problems: list[Problem] = []
    root = Part("ROOT", 0)
    open_parts = [root]
    for number, text in _content_lines(data, problems):
        found = _property(number, text, problems)
        if found is None:
            continue
        if found.name == "BEGIN":
            part = Part(found.value.upper(), number)
            open_parts[-1].parts.append(part)
            open_parts.append(part)
        elif found.name == "END":
            if len(open_parts) < 2 or open_parts[-1].name != found.value.upper():
                problems.append(Problem(number, "E114", f"END:{found.value} does not close {open_parts[-1].name}"))
            if len(open_parts) > 1:
                open_parts.pop()
        else:
            open_parts[-1].properties.append(found)
    if len(open_parts) > 1:
        problems.append(Problem(open_parts[-1].line, "E115", f"{open_parts[-1].name} is never closed"))
    return root, problems


def _content_lines(data: bytes, problems: list[Problem]) -> Iterator[tuple[int, str]]:
    def say(line: int, code: str, text: str) -> None:
        problems.append(Problem(line, code, text))

    if data.startswith(b"\xef\xbb\xbf"):
        say(1, "W101", "a byte order mark; some programs then miss BEGIN")
        data = data[3:]
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        say(data[: error.start].count(b"\n") + 1, "E102", "not UTF-8")
    if not data.endswith(b"\r\n"):
        say(data.count(b"\n") + 1, "E103", "the last line does not end in CRLF")
    if re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        say(1, "E104", "a line ends in LF or CR alone")
    physical = re.split(rb"\r\n|\n|\r", data)
    lines: list[tuple[int, bytes]] = []
    for number, line in enumerate(physical, 1):
        if len(line) > 75:
            say(number, "E105", f"{len(line)} octets on one line, more than 75")
        if line[:1] in (b" ", b"\t"):
            if not lines:
                say(number, "E106", "the first line is a continuation")
                continue
            for half in (physical[number - 2], line[1:]):
                try:
                    half.decode("utf-8")
                except UnicodeDecodeError:
                    say(number, "E107", "a fold splits a character")
                    break
            lines[-1] = (lines[-1][0], lines[-1][1] + line[1:])
        elif line:
            lines.append((number, line))
        elif number != len(physical):
            say(number, "E108", "an empty line")
    for number, line in lines:
        text = line.decode("utf-8", "replace")
        if _CONTROL.search(text):
            say(number, "E109", "a control character")
        yield number, text


def _property(line: int, text: str, problems: list[Problem]) -> Property | None:
    colon = _outside_quotes(text, ":")
    if not colon:
        problems.append(Problem(line, "E110", "no colon"))
        return None
    head, value = text[: colon[0]], text[colon[0] + 1 :]
    cuts = _outside_quotes(head, ";")
    pieces = [head[a:b] for a, b in zip([0, *(c + 1 for c in cuts)], [*cuts, len(head)], strict=True)]
    if not _NAME.fullmatch(pieces[0]):
        problems.append(Problem(line, "E111", f"{pieces[0]!r} is not a property name"))
    params = {}
    for piece in pieces[1:]:
        name, equals, content = piece.partition("=")
        if not equals:
            problems.append(Problem(line, "E112", f"{piece!r} is not a parameter"))
            continue
        if not content.startswith('"') and re.search(r'[:;"]', content):
            problems.append(Problem(line, "E113", f"{piece!r} needs quotes"))
        params[name.upper()] = content.strip('"')
    return Property(pieces[0].upper(), params, value, line)


def _outside_quotes(text: str, wanted: str) -> list[int]:
    found, quoted = [], False
    for place, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif char == wanted and not quoted:
            found.append(place)
    return found


def moment(prop: Property, problems: list[Problem], value: str | None = None) -> Moment | None:
    """The date or time that a property (or one `value` of its list) holds."""

    def say(code: str, text: str) -> None:
        problems.append(Problem(prop.line, code, f"{prop.name}: {text}"))

    text = prop.value if value is None else value
    match = _MOMENT.fullmatch(text)
    try:
        at = datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S" if match and match[2] else "%Y%m%d")
    except ValueError:
        match = None
    if not match:
        say("E201", f"{text!r} is no date or time")
        return None
    declared = prop.params.get("VALUE", "DATE-TIME").upper()
    if not match[2]:
        if declared != "DATE":
            say("E202", "a date without VALUE=DATE")
        if "TZID" in prop.params:
            say("E203", "a date with a TZID")
        return Moment("date", at)
    if declared == "DATE":
        say("E202", "VALUE=DATE with a time")
    if match[3]:
        if "TZID" in prop.params:
            say("E204", "a TZID and a Z")
        return Moment("utc", at)
    return Moment(prop.params.get("TZID", "float"), at)


def duration(prop: Property, problems: list[Problem]) -> timedelta | None:
    match = _DURATION.fullmatch(prop.value)
    if not match or not any(match.groups()[1:]):
        problems.append(Problem(prop.line, "E205", f"{prop.name}: {prop.value!r} is no duration"))
        return None
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in match.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if match[1] == "-" else length
