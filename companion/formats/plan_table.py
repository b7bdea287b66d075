"""A plan as a sheet, CSV or XLSX: one row an item (docs/plan-file.md, "Sheets")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from companion.domain.finding import Level
from companion.domain.language import _, plural
from companion.domain.plan import Plan
from companion.domain.plan_build import build_plan
from companion.domain.plan_draft import ItemDraft
from companion.domain.text import clean
from companion.formats.bounded import decode
from companion.formats.plan_columns import CLIENT, COLUMNS, IGNORED, TIMES
from companion.formats.plan_dates import DateOrder
from companion.formats.plan_fields import read_goals, read_header, read_item, slug
from companion.formats.plan_row import Notes, Raw, Row
from companion.formats.plan_values import did_you_mean, shown
from companion.formats.sheet_csv import plain_name, read_csv
from companion.formats.sheet_grid import Grid, Line, is_blank
from companion.formats.sheet_times import compose_times, order_of
from companion.formats.sheet_xlsx import read_xlsx

_MOST_CLIENTS = 200
_MOST_ABOVE = 10  # rows above the column names
_ENOUGH = 2  # names of columns that make a row the one of the names
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class TableOptions:
    """What a person said beside the sheet; it counts more than what the sheet says.

    `fallback_timezone` holds only where neither says a zone: on the mother's own computer it is her profile's.
    """

    plan_id: str = ""
    revision: int | None = None
    timezone: str = ""
    dates: DateOrder | None = None
    fallback_timezone: str = ""


def is_workbook(data: bytes) -> bool:
    return data.startswith((_ZIP, _OLE))


def read_table(data: bytes, file: str, options: TableOptions | None = None) -> list[Plan]:
    """The plans in a CSV or XLSX: one, or one for each name in a column `client`.

    What is wrong is in the findings. Raises FileRefused where it is no sheet, or too big.
    """
    notes = Notes(file)
    if is_workbook(data):
        grid = read_xlsx(data, notes)
    else:
        text, remark = decode(data)
        grid = read_csv(text, notes, frozenset(COLUMNS))
        if remark:
            notes.add(Level.NOTE, remark)
    return _Table(grid, notes, options or TableOptions()).plans()


def _cells(grid: Grid) -> Iterable[object]:
    yield from (raw.value for raw in grid.header.values())
    for line in grid.rows:
        yield from line.cells


class _Table:
    """One sheet on its way to plans. `unclear`: two columns claim to be the same field, so no row can be trusted."""

    def __init__(self, grid: Grid, notes: Notes, options: TableOptions) -> None:
        self.grid = grid
        self.notes = notes
        self.options = options
        self.order = options.dates or order_of(_cells(grid))
        self.unclear = False
        self.columns: dict[int, str] = {}
        names = self._row_of_names()
        if names is None:
            mend = _("Name the columns in the first row: title, starts, length, repeat.")
            notes.add(Level.ERROR, _("There are no column names."), mend)
            grid.rows = []
        else:
            self._name_columns(names)

    def plans(self) -> list[Plan]:
        clients = self._clients()
        findings = self.notes.findings  # those of the sheet as a whole are told once, with the first plan
        return [
            self._plan(client, lines, Notes(self.notes.file, [] if number else list(findings)))
            for number, (client, lines) in enumerate(clients.items())
        ]

    def _row_of_names(self) -> Line | None:
        """The row of the column names: the first, or the one below a title that somebody put above the table."""
        grid = self.grid
        if grid.names is None:
            return None
        first = [grid.names, *grid.rows[:_MOST_ABOVE]]
        known = [sum(plain_name(str(cell)) in COLUMNS for cell in line.cells) for line in first]
        place = 0 if known[0] >= _ENOUGH else next((n for n, count in enumerate(known) if count >= _ENOUGH), 0)
        if not known[place]:
            return None
        if place:
            text = _("What stands above the column names was not read.")
            self.notes.add(Level.NOTE, text, line=grid.names.number)
            grid.names, grid.rows = first[place], grid.rows[place:]
        return grid.names

    def _name_columns(self, names: Line) -> None:
        for place, cell in enumerate(names.cells):
            plain = plain_name(str(cell))
            field = COLUMNS.get(plain, "")
            if not plain or is_blank(cell) or (plain in IGNORED and not field):
                continue
            title = clean(str(cell), 60)
            if not field and not did_you_mean(plain, list(COLUMNS), 0.75):
                text = _('The column "{name}" is not one of a plan. It was not read.').format(name=title)
                self.notes.add(Level.WARNING, text, line=names.number, name=title)
                continue
            if field in self.columns.values():
                text = _('Two columns mean "{name}".').format(name=field)
                self.notes.add(Level.ERROR, text, _("Keep one of them."), line=names.number, name=title)
                self.unclear = True
            self.columns[place] = field or title

    def _clients(self) -> dict[str, list[Line]]:
        """The rows of each client; all of them under "" where the sheet has no such column."""
        place = next((place for place, field in self.columns.items() if field == CLIENT), None)
        if place is None:
            return {"": self.grid.rows}
        found: dict[str, list[Line]] = {}
        for line in self.grid.rows:
            cell = line.cells[place] if place < len(line.cells) else None
            client = "" if is_blank(cell) else clean(str(cell), 60)
            if client:
                found.setdefault(client, []).append(line)
            else:
                text = _("This row does not say whose it is.")
                self.notes.add(Level.ERROR, text, _("Fill in the client."), line=line.number, name=CLIENT)
        if len(found) > _MOST_CLIENTS:
            text = _("There are more than {n} clients.").format(n=_MOST_CLIENTS)
            self.notes.add(Level.ERROR, text, _("Split the sheet."))
            found = {}
        return found or {"": []}

    def _plan(self, client: str, lines: Iterable[Line], notes: Notes) -> Plan:
        head = read_header(self._header(client, notes), plan_id=self._default_id(client, notes))
        goals = read_goals(self._goals(notes))
        good_goals = [goal for goal in goals if goal is not None]
        names = tuple(goal.name for goal in good_goals)
        goals_known = self.grid.goals is not None and None not in goals
        drafts: list[ItemDraft] = []
        nameless: list[int] = []
        for line in lines:
            row = self._row(line, head.header.timezone, notes)
            if not row.has("id"):
                row.item = _made_id(row)
                nameless += [line.number] if row.item else []
            if (draft := read_item(row, names, goals_known=goals_known)) is not None:
                drafts.append(draft)
        if nameless:
            notes.add(
                Level.NOTE,
                plural(
                    "{n} row has no id. One was made from its title and start.",
                    "{n} rows have no id. One was made from title and start for each.",
                    len(nameless),
                ),
                _("Where a title or start changes later, the row comes as a new one. A column id prevents that."),
                line=nameless[0],
                name="id",
            )
        withhold = head.withhold or self.unclear
        return build_plan(head.header, drafts, good_goals, notes.findings, notes.file, withhold=withhold)

    def _default_id(self, client: str, notes: Notes) -> str:
        """The plan's id where nobody says one: the file's name, which next week's file often shares."""
        if self.options.plan_id or "id" in self.grid.header or "plan_id" in self.grid.header:
            return ""
        name = clean(re.sub(r"\s*\(\d+\)$", "", PurePath(notes.file).stem), 100) or "sheet"
        notes.add(
            Level.WARNING,
            _("The plan has no id. The name of the file is taken for it."),
            _("Give it one, so that a file of another name can change it: #id: … above the columns, or --plan-id."),
            name="id",
        )
        return f"{name} {client}".strip()

    def _header(self, client: str, notes: Notes) -> Row:
        raw = dict(self.grid.header)
        if "plan_id" in raw:
            raw.setdefault("id", raw.pop("plan_id"))
        told = self.options
        for name, value in (("id", told.plan_id), ("revision", told.revision), ("timezone", told.timezone)):
            if value not in ("", None):
                raw[name] = Raw(value, 0)
        if told.fallback_timezone:
            raw.setdefault("timezone", Raw(told.fallback_timezone, 0))
        if client:
            raw["prepared_for"] = Raw(client, 0)
            if "id" in raw:
                raw["id"] = Raw(f"{raw['id'].value} {client}", raw["id"].line)
        return Row(raw, notes, 0, order=self.order, sheet=True, head=True)

    def _goals(self, notes: Notes) -> Iterable[Row]:
        lines = self.grid.goals or []
        if not lines:
            return
        names = [plain_name(str(cell)) for cell in lines[0].cells]
        for line in lines[1:]:
            cells = zip(names, line.cells, strict=False)
            raw = {name: Raw(cell, line.number) for name, cell in cells if name and not is_blank(cell)}
            yield Row(raw, notes, line.number, sheet=True)

    def _row(self, line: Line, zone: str, notes: Notes) -> Row:
        """The cells of one row by field, its start and length put together from the columns it has for them."""
        raw: dict[str, Raw] = {}
        times: dict[str, Raw] = {}
        for place, cell in enumerate(line.cells):
            field = self.columns.get(place, "")
            if field and field != CLIENT and not is_blank(cell):
                (times if field in TIMES else raw)[field] = Raw(cell, line.number)
        row = Row(raw, notes, line.number, zone=zone, order=self.order, sheet=True)
        if "id" in raw:
            row.item = row.text("id")
        names = self.grid.names
        if names and any(not is_blank(cell) for cell in line.cells[len(names.cells) :]):
            row.error(
                "",
                _("This row has more cells than there are column names."),
                _("Put quotes around a text that has a comma in it."),
            )
        _split_phases(raw)
        compose_times(row, raw, times)
        return row


_THEN = re.compile(r"\s+then\s+", re.IGNORECASE)


def _split_phases(raw: dict[str, Raw]) -> None:
    """Phases stand in one cell with " then " between them, in a column of their own or in repeat."""
    for name in ("repeat", "phases"):
        cell = raw.get(name)
        if cell is not None and isinstance(cell.value, str) and (name == "phases" or _THEN.search(cell.value)):
            del raw[name]
            raw["phases"] = Raw([part for part in _THEN.split(cell.value) if part.strip()], cell.line)


def _made_id(row: Row) -> str:
    """An id from title and start: the same row gives the same one at the next reading."""
    start = row.raw["starts"].value if row.has("starts") else ""
    when = start.isoformat(timespec="minutes") if isinstance(start, datetime) else str(start)
    title = row.raw["title"].value if row.has("title") else ""
    return "-".join(part for part in (slug(shown(title)), when) if part)
