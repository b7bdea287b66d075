"""Children: age, corrected age, age band. Names may be initials; nothing about a child leaves the machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Child:
    """`born` or `due` may be unknown. `weeks_early` is how long before the due date a baby came.

    `lives_here`: with her now. Where a child lives elsewhere, childcare is not asked about.
    """

    id: str
    name: str
    born: date | None = None
    due: date | None = None
    weeks_early: int = 0
    lives_here: bool = True
    needs: str = ""
