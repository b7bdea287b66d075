"""XLSX within bounds: the zip is measured before anything of it is parsed (docs/plan-file.md, "Sheets").

One cell in the last corner of a sheet would make the parser ask for 17 billion cells, and half a megabyte of zip
can hold a gigabyte. Formulas give the value they were saved with; links, pictures and macros are not looked at.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence

from companion.domain.finding import Level
from companion.domain.language import _
from companion.errors import FileRefused
from companion.formats.plan_row import Notes, Raw
from companion.formats.plan_values import shown
from companion.formats.sheet_grid import (
    GOALS_SHEET,
    HEADER_SHEET,
    MAX_COLUMNS,
    MAX_ROWS,
    Grid,
    Line,
    header_name,
    is_blank,
)

MAX_PARTS = 500
MAX_UNPACKED = 100_000_000
_CHUNK = 1 << 20
_OWN_SHEETS = frozenset({HEADER_SHEET, GOALS_SHEET, "help", "kinds"})
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"

_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]{0,300}?\br=["\']([A-Za-z]{1,4})([0-9]{1,8})["\'][^>]{0,300}?(/?)>')
_BARE_ROW = re.compile(
    rb'<(?:\w+:)?row\b[^>]{0,300}?\br=["\']([0-9]{1,8})["\'][^>]{0,300}?>\s*<(?:\w+:)?c(?![^>]{0,300}\br=)'
)


def read_xlsx(data: bytes, notes: Notes) -> Grid:
    """The cells of a workbook: its own sheets `plan` and `goals`, and the first other one for the items.

    Raises FileRefused for what is no workbook, locked, or beyond the bounds.
    """
    if data.startswith(_OLD_EXCEL):
        raise FileRefused(
            _("This is an old or a locked spreadsheet."), _("Save it as .xlsx without a password, or as CSV.")
        )
    _measure(data)
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except (CalamineError, ValueError, OSError):
        raise _unreadable() from None
    return _grid(sheets, notes)


def _unreadable() -> FileRefused:
    return FileRefused(
        _("That spreadsheet can't be read."), _("Open it, save it as .xlsx or as CSV, and take that file.")
    )


def _measure(data: bytes) -> None:
    """Refuse a workbook that would unpack beyond the bounds. The sizes a zip states are not believed."""
    too_big = FileRefused(_("That spreadsheet is too big to be a plan."), _("Split it into smaller ones."))
    room = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names:
                raise _unreadable()
            if len(parts) > MAX_PARTS:
                raise too_big
            for part in parts:
                sheet = part.filename.startswith("xl/worksheets/")
                content = bytearray()
                with archive.open(part) as stream:
                    while chunk := stream.read(_CHUNK):
                        room -= len(chunk)
                        if room < 0:
                            raise too_big
                        if sheet:
                            content += chunk
                if sheet and _reaches_too_far(bytes(content)):
                    raise too_big
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise _unreadable() from None


def _reaches_too_far(sheet: bytes) -> bool:
    """Whether a cell that holds something lies outside the rows and columns that are read."""
    for found in _CELL.finditer(sheet):
        letters, row, empty = found.groups()
        if not empty and (int(row) > MAX_ROWS + 1_000 or _column(letters) > MAX_COLUMNS):
            return True
    return any(int(found[1]) > MAX_ROWS + 1_000 for found in _BARE_ROW.finditer(sheet))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _grid(sheets: Mapping[str, Sequence[Sequence[object]]], notes: Notes) -> Grid:
    grid = Grid(goals=[])
    plain = {name.strip().casefold(): name for name in sheets}
    if HEADER_SHEET in plain:
        grid.header = _header(sheets[plain[HEADER_SHEET]])
    if GOALS_SHEET in plain:
        grid.goals = _lines(sheets[plain[GOALS_SHEET]])
    others = [name for name in sheets if name.strip().casefold() not in _OWN_SHEETS]
    filled = [name for name in others if any(not is_blank(cell) for row in sheets[name] for cell in row)]
    if filled:
        lines = _lines(sheets[filled[0]])
        grid.names, grid.rows = lines[0], lines[1:]
        if len(grid.rows) > MAX_ROWS:
            text = _("There are more than {n} rows.").format(n=f"{MAX_ROWS:,}")
            notes.add(Level.ERROR, text, _("Split the sheet."), line=MAX_ROWS)
            grid.rows = []
    for name in filled[1:]:
        notes.add(
            Level.WARNING,
            _('The sheet "{name}" was not read.').format(name=shown(name)),
            _("One sheet holds the items: the first that is not plan, goals or help."),
        )
    return grid


def _lines(rows: Iterable[Sequence[object]]) -> list[Line]:
    lines = (Line(number, tuple(row)) for number, row in enumerate(rows, 1))
    return [line for line in lines if not line.blank]


def _header(rows: Iterable[Sequence[object]]) -> dict[str, Raw]:
    """Two columns, name and value; further columns are for notes."""
    found: dict[str, Raw] = {}
    for number, row in enumerate(rows, 1):
        if len(row) > 1 and isinstance(row[0], str) and header_name(row[0]) and not is_blank(row[1]):
            found.setdefault(header_name(row[0]), Raw(row[1], number))
    return found
