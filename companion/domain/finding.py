"""What is wrong with one place of a file, and the mend."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """ERROR: this item is refused. WARNING: taken, but look. NOTE: taken, and this was done to it."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on a file that somebody brought. `line` counts from 1 (a row in a sheet), 0 for the whole file."""

    level: Level
    text: str
    mend: str = ""
    file: str = ""
    line: int = 0
    item: str = ""
    field: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        item = f'item "{self.item}"' if self.item else ""
        where = " · ".join(part for part in (f"{place} {item}".strip(), self.field) if part)
        what = f"{self.text} {self.mend}".strip()
        return f"{where}: {what}" if where else what
