"""CSV as people and programs really write it (docs/plan-file.md, "Sheets").

Python's csv swallows the rest of a file after one open quote, without a word, and stops for good at one that is in
the wrong place. So records are cut here, by counting quotes, and each is parsed by itself.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from companion.domain.finding import Level
from companion.domain.language import _
from companion.formats.plan_row import Notes, Raw
from companion.formats.sheet_grid import MAX_COLUMNS, MAX_ROWS, Grid, Line, header_name

SEPARATORS = (",", ";", "\t")
MAX_LINE = 60_000
MAX_RECORD_LINES = 100
_NUMBER_COLUMN = re.compile(r"#\s*[,;\t]")  # "#,title,starts": some number their rows
MAX_RECORD = 100_000  # below csv's own limit for a field, 131,072


def read_csv(text: str, notes: Notes, known: frozenset[str]) -> Grid:
    """The cells in `text`; `known` are column names in their plain form, which tell the separator."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    grid = Grid()
    at, separator = _head(lines, grid)
    if not separator:
        names = next((line for line in lines[at:] if line.strip()), "")
        separator = max(SEPARATORS, key=lambda one: (_known_names(names, one, known), names.count(one)))
    for line in _records(lines, at, separator, notes):
        if line.blank:
            continue
        if grid.names is None:
            grid.names = line
        elif len(grid.rows) < MAX_ROWS:
            grid.rows.append(line)
        else:
            text_ = _("There are more than {n} rows.").format(n=f"{MAX_ROWS:,}")
            notes.add(Level.ERROR, text_, _("Split the sheet."), line=line.number)
            grid.rows.clear()
            break
    return grid


def _head(lines: Sequence[str], grid: Grid) -> tuple[int, str]:
    """The lines `#key: value` (and Excel's `sep=;`) above the column names: where they end, and the separator."""
    separator = ""
    for number, line in enumerate(lines, 1):
        plain = line.strip().strip(",;\t").strip()
        if plain.casefold().startswith("sep=") and number == 1:
            separator = line.strip()[4:5] or "\t"
            continue
        if plain.startswith('"#') and plain.endswith('"'):
            plain = plain[1:-1].replace('""', '"')
        if plain.startswith("#") and not _NUMBER_COLUMN.match(plain):
            key, colon, value = plain[1:].partition(":")
            if colon:
                grid.header[header_name(key)] = Raw(value.strip(' ,;\t"'), number)
        elif plain:
            return number - 1, separator
    return len(lines), separator


def _known_names(line: str, separator: str, known: frozenset[str]) -> int:
    return sum(plain_name(cell.strip('"')) in known for cell in line.split(separator))


def plain_name(text: str) -> str:
    """A column name without case, spaces and signs: "Start Date" is "startdate"."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _records(lines: Sequence[str], at: int, separator: str, notes: Notes) -> Iterator[Line]:
    while at < len(lines):
        first = at
        record, at, whole = _record(lines, at)
        if len(record) > MAX_RECORD or any(len(line) > MAX_LINE for line in lines[first:at]):
            notes.add(Level.ERROR, _("This row is too long."), _("Make its texts shorter."), line=first + 1)
            continue
        if not whole:
            notes.add(
                Level.ERROR,
                _("A quote is opened in this row and never closed."),
                _('Close it, or write "" for a quote inside a text.'),
                line=first + 1,
            )
            at = first + 1
            continue
        try:
            cells = next(csv.reader([record], delimiter=separator, strict=True), [])
        except csv.Error:
            notes.add(
                Level.ERROR,
                _("The quotes in this row are in the wrong places."),
                _("Put quotes around the whole text of a cell only."),
                line=first + 1,
            )
            continue
        yield Line(first + 1, tuple(cells[:MAX_COLUMNS]))


def _record(lines: Sequence[str], at: int) -> tuple[str, int, bool]:
    """The text of the record that begins at `at`, where the next begins, and whether all its quotes are closed.

    A record goes on while a quote is open, but not for ever: see MAX_RECORD_LINES.
    """
    parts = [lines[at]]
    odd = lines[at].count('"') % 2 == 1
    size = len(lines[at])
    at += 1
    while odd and at < len(lines) and len(parts) < MAX_RECORD_LINES and size <= MAX_RECORD:
        parts.append(lines[at])
        size += len(lines[at])
        odd ^= lines[at].count('"') % 2 == 1
        at += 1
    return "\n".join(parts), at, not odd
