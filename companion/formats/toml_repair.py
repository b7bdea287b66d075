"""TOML that is wrong in places: take the wrong statements out, one by one, and say what is the matter with each.

tomllib stops at the first fault. A coach who mends one line only to hear of the next gives up, so the faulty
statement is blanked and the rest parsed again; the lines keep their numbers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from companion.domain.language import _
from companion.formats.plan_values import shown
from companion.formats.toml_scan import Path, Scan, scan

_MOST_REPAIRS = 20
_FEW_REPAIRS = 3
_REPAIR_CHARACTERS = 500_000  # parsed in all: a small file twenty times, one of 1 MB three times


@dataclass(frozen=True, slots=True)
class Fault:
    """A statement that is not TOML, and the list entry it stood in (() for the head of the plan)."""

    line: int
    text: str
    mend: str
    place: Path
    name: str = ""


@dataclass(slots=True)
class Parsed:
    """What could be parsed. `whole` is false where the rest of the file could not be read at all."""

    data: Mapping[str, object]
    where: Scan
    faults: list[Fault] = field(default_factory=list)
    whole: bool = True


def parse(text: str) -> Parsed:
    """The data in `text`, as much as can be had; nothing is parsed of a file beyond the bounds."""
    found = Parsed({}, scan(text))
    if found.where.limits:
        mend = _("No plan needs that. Nothing of this file was read.")
        found.faults = [Fault(line, what, mend, ()) for line, what in found.where.limits]
        found.whole = False
        return found
    spent = 0
    for attempt in range(_MOST_REPAIRS + 1):
        try:
            found.data = tomllib.loads(text)
        except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a plain ValueError
            spent += len(text)
            line = _line_of(error, text)
            if not line or (spent > _REPAIR_CHARACTERS and attempt >= _FEW_REPAIRS):
                break
            text = _without(text, line, str(error), found)
        else:
            return found
    found.whole = False
    return found


_PLACE = re.compile(r"\(at line (\d+), column \d+\)")


def _line_of(error: Exception, text: str) -> int:
    if isinstance(error, RecursionError):
        return 0
    found = _PLACE.search(str(error))
    if found:
        return int(found[1])
    return len(text.rstrip().split("\n")) if "end of document" in str(error) else 0


def _without(text: str, line: int, error: str, found: Parsed) -> str:
    """`text` without the statement at fault, which is reported."""
    lines = text.split("\n")
    opened = next((s for s in found.where.statements if s.open and s.line <= line), None)
    statement = opened or found.where.statement_at(line)
    first, last = (statement.line, statement.last) if statement else (line, line)
    source = lines[first - 1]
    if opened and ('"""' in source or "'''" in source):
        last = first  # it swallowed the rest of the file
    what, mend = _left_open(source) if opened else _explain(source, error)
    header = _HEADER.match(source)
    lines[first - 1 : last] = [""] * (last - first + 1)
    if header:  # what follows belongs to an entry of its own, not to the one before
        lines[first - 1] = f"[[{header[1]}]]"
    repaired = "\n".join(lines)
    found.where = scan(repaired)
    name = str(statement.path[-1]) if statement and statement.path and not statement.header else ""
    found.faults.append(Fault(first, what, mend, found.where.place_of(first), name))
    return repaired


_HEADER = re.compile(r"\s*\[+\s*(item|goal)\b")


def _left_open(source: str) -> tuple[str, str]:
    if '"""' in source or "'''" in source:
        return _("Three quotes are opened here and never closed."), _("Close them with three quotes.")
    return _("A bracket is opened here and never closed."), _("Close it with ] or }.")


def _explain(source: str, error: str) -> tuple[str, str]:
    """What is wrong with the line, in plain words, and what to write."""
    key, equals, value = (part.strip() for part in source.partition("="))
    if _HEADER.match(source):
        name = "goal" if "goal" in source else "item"
        return _("This heading has the wrong brackets."), _("Write [[{name}]].").format(name=name)
    if any(quote in source for quote in "“”„‟″"):
        return _("There are curly quotes in this line."), _('Use straight quotes: "text".')
    if "Cannot overwrite" in error or "twice" in error:
        return _("This is given twice."), _("Keep one of the two.")
    key = shown(key.strip("\"'")) or "name"
    if not equals:
        return _('This line has no "=".'), _('Write name = "value".')
    if not value:
        return _("Nothing stands after the =."), _("Give a value, or take the line out.")
    if "Invalid date" in error:
        return _("There is no such date or time."), _("Look at the month, the day and the hour.")
    if re.match(r"(?i)(true|yes|false|no)\b", value):
        word = "true" if value[0] in "tTyY" else "false"
        return _("This is not yes or no as TOML has it."), _("Write {key} = {word}.").format(key=key, word=word)
    if re.match(r"\d{4}-\d{1,2}-\d{1,2}", value):
        return _("This date can't be read."), _("Write 2026-09-07 or 2026-09-07T09:00:00.")
    if value[0] in "\"'":
        if "Illegal character" in error or "Unterminated" in error:
            return _("A quote is opened here and never closed."), _("Put a quote at the end of the text.")
        if "\\" in value:
            return _("A \\ has a meaning of its own in TOML."), _("Write \\\\, or use single quotes.")
        return _("There is more after the closing quote."), _('Inside the text, use single quotes or write \\".')
    if value[0] not in "[{":
        return _("This text has no quotes around it."), _('Write {key} = "…".').format(key=key)
    return _("This line can't be read."), _("Look at its commas, quotes and brackets.")
