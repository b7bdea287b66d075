"""A sheet as it was read, from CSV or XLSX alike: cells with their rows, before anything is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from companion.formats.plan_row import Raw

MAX_ROWS = 20_000
MAX_COLUMNS = 200
HEADER_SHEET, GOALS_SHEET = "plan", "goals"


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number as the sheet shows it, counted from 1, and its cells."""

    number: int
    cells: tuple[object, ...]

    @property
    def blank(self) -> bool:
        return all(is_blank(cell) for cell in self.cells)


@dataclass(slots=True)
class Grid:
    """`names` is the row of column names, None where there is none; `goals` is None where the file has no place
    for them (CSV). Cells are text in CSV and the sheet's own types in XLSX."""

    header: dict[str, Raw] = field(default_factory=dict)
    names: Line | None = None
    rows: list[Line] = field(default_factory=list)
    goals: list[Line] | None = None


def is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def header_name(text: str) -> str:
    """ "Prepared for:" as the field prepared_for."""
    return "_".join(text.replace("-", " ").replace("_", " ").casefold().strip(" :#").split())
