"""An activity file taken apart: TOML between two `+++` lines, then Markdown under five fixed headings.

Only the shape is looked at here; what the fields and lines mean is activity_file.py's business. Everything keeps
its line number, so that a finding can point at it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from enum import StrEnum

from companion.domain.finding import Finding, Level
from companion.domain.language import _
from companion.domain.text import clean

FENCE = "+++"
LONGEST_LINE = 1_000  # characters; a dotted TOML key costs the square of its dots
_CURLY = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"', "\xa0": " "})
_CURLY_INSIDE = str.maketrans({"\u201c": "'", "\u201d": "'", "\u201e": "'", "\u2018": "'", "\u2019": "'", "\xa0": " "})
_NUMBERED = re.compile(r"(\d{1,3})[.)](?:\s+(.*))?")
_BULLET = re.compile(r"[-*\u2022](?:\s+(.*))?")
_TOML_LINE = re.compile(r"at line (\d+)")
_NOT_PLAIN = re.compile(r"\*\*|__\w|`|\]\(|</?[a-zA-Z]")


class Heading(StrEnum):
    """The five headings, in their order."""

    ONE_LINE = "In one line"
    STEPS = "What to do"
    HELPS = "Why it helps"
    SAFE = "Stay safe"
    CHANGE = "Change it"


@dataclass(slots=True)
class Item:
    """A paragraph, a bullet ("-") or a numbered line ("1", "2" …): `mark` tells which."""

    line: int
    mark: str
    text: str


@dataclass(slots=True)
class Document:
    """One file, taken apart as far as it goes. `front` holds the lines between the fences.

    `has_fields` is false where the fields could not be read at all: what they lack is then not worth a word.
    """

    file: str
    has_fields: bool = False
    fields: dict[str, object] = field(default_factory=dict)
    front: list[str] = field(default_factory=list)
    headings: dict[Heading, int] = field(default_factory=dict)
    items: dict[Heading, list[Item]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def error(self, text: str, mend: str = "", *, line: int = 0, field: str = "") -> None:
        self.findings.append(Finding(Level.ERROR, text, mend, file=self.file, line=line, field=field))

    def line_of(self, name: str) -> int:
        """The line that sets the field `name`; the first line of the file where none does."""
        pattern = re.compile(rf"\s*[\"']?{re.escape(name)}[\"']?\s*[=.]")
        return next((number for number, line in enumerate(self.front, 2) if pattern.match(line)), 1)


def take_apart(text: str, file: str) -> Document:
    """The parts of `text`; what is wrong with its shape is in the document's findings."""
    document = Document(file)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].strip() != FENCE:
        document.error(_("The first line is not +++."), _("Start the file with a line that holds only +++."), line=1)
        return document
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == FENCE), 0)
    if not end:
        document.error(
            _("The second +++ line is missing."), _("Put a line with only +++ after the last field."), line=1
        )
        return document
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            document.error(_("This line is too long."), _("Break it into several."), line=number)
            return document
    document.front = [_straight(line) for line in lines[1:end]]
    _read_fields(document)
    _read_body(document, lines[end + 1 :], end + 2)
    return document


def _straight(line: str) -> str:
    """Quotes that a word processor curled, straight again; inside a quoted text they become apostrophes."""
    if line.isascii():
        return line
    return line.translate(_CURLY_INSIDE if '"' in line else _CURLY)


def _read_fields(document: Document) -> None:
    try:
        document.fields = tomllib.loads("\n".join(document.front))
        document.has_fields = True
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found[1]) + 1 if found else len(document.front) + 1
        if "overwrite" in str(error):
            document.error(_("This field is there twice."), _("Keep one of them."), line=line)
            return
        document.error(
            _("This line can't be read."),
            _('A field looks like this: name = "text", or name = ["one", "two"].'),
            line=line,
        )
    except RecursionError:
        document.error(_("There are lists inside lists inside lists."), _("Keep one list a field."), line=1)


def _read_body(document: Document, lines: list[str], first: int) -> None:
    heading: Heading | None = None
    last: Item | None = None
    hidden = said = False
    for number, raw in enumerate(lines, first):
        text = raw.translate(_CURLY).strip()
        if hidden or text.startswith("<!--"):
            hidden = "-->" not in text
            last = None
        elif not text:
            last = None
        elif text.startswith("#"):
            heading = _open_heading(document, text, number)
            last, said = None, heading is None
        elif heading is None:
            if not said:
                document.error(_("This text is under no heading."), _("Put it under one of the five."), line=number)
            said = True
        else:
            if _NOT_PLAIN.search(text):
                document.error(
                    _("Only plain text is shown."),
                    _("Take out bold, links, code and tags."),
                    line=number,
                    field=heading,
                )
            last = _add(document.items[heading], last, clean(text), number)
    for missing in Heading:
        if missing not in document.headings:
            document.error(
                _('The heading "{heading}" is missing.').format(heading=missing.value),
                _('Write it as "## {heading}".').format(heading=missing.value),
                line=len(lines) + first - 1,
            )


def _open_heading(document: Document, text: str, number: int) -> Heading | None:
    name = text.lstrip("#").strip()
    heading = next((h for h in Heading if h.value.casefold() == name.casefold()), None)
    if heading is None or not text.startswith("## "):
        document.error(
            _("This is not one of the five headings."),
            _("They are: {headings}.").format(headings=", ".join(f"## {h.value}" for h in Heading)),
            line=number,
        )
    if heading is None:
        return None
    if heading in document.headings:
        document.error(_("This heading is there twice."), _("Put both parts under one."), line=number)
    elif any(list(Heading).index(h) > list(Heading).index(heading) for h in document.headings):
        document.error(
            _("This heading is out of order."),
            _("The order is: {headings}.").format(headings=", ".join(h.value for h in Heading)),
            line=number,
        )
    document.headings.setdefault(heading, number)
    document.items.setdefault(heading, [])
    return heading


def _add(items: list[Item], last: Item | None, text: str, number: int) -> Item:
    """Add a line to `items`: a new item, or more of the `last` one."""
    if numbered := _NUMBERED.fullmatch(text):
        item = Item(number, str(int(numbered[1])), numbered[2] or "")
    elif bullet := _BULLET.fullmatch(text):
        item = Item(number, "-", bullet[1] or "")
    elif last is not None:
        last.text = f"{last.text} {text}".strip()
        return last
    else:
        item = Item(number, "", text)
    items.append(item)
    return item
