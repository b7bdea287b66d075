"""One item of a plan while it is being built into events: what is known of it so far, and what was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from companion.domain.event import ONE_DAY, Event
from companion.domain.expansion import starts
from companion.domain.finding import Finding, Level
from companion.domain.names import weekday_short
from companion.domain.plan import PlanHeader
from companion.domain.plan_draft import ItemDraft, Moment

LAST_YEAR = 2100
CEILING = datetime(LAST_YEAR + 1, 1, 1)
NEAR = timedelta(days=400)  # a yearly session's neighbours lie within


@dataclass(slots=True)
class Building:
    """`parts` are the events of the phases without exceptions, `lasts` the last session of each (None: endless)."""

    draft: ItemDraft
    header: PlanHeader
    file: str
    findings: list[Finding] = field(default_factory=list)
    failed: bool = False
    parts: list[Event] = field(default_factory=list)
    lasts: list[datetime | None] = field(default_factory=list)
    count: int = 0

    def error(self, name: str, text: str, mend: str = "") -> None:
        self.failed = True
        self._add(Level.ERROR, name, text, mend)

    def warn(self, name: str, text: str, mend: str = "", level: Level = Level.WARNING) -> None:
        self._add(level, name, text, mend)

    def _add(self, level: Level, name: str, text: str, mend: str) -> None:
        line = self.draft.lines.get(name) or self.draft.line
        self.findings.append(Finding(level, text, mend, self.file, line, self.draft.id, name))

    @property
    def repeats(self) -> bool:
        return self.parts[0].rule is not None

    def sessions_on(self, day: date) -> list[datetime]:
        """The start of each session on `day`, skipped or not."""
        found: list[datetime] = []
        for part, last in zip(self.parts, self.lasts, strict=True):
            at = datetime.combine(day, part.start.time())
            if part.rule is not None and part.start <= at and (last is None or at <= last):
                found += starts(part.rule, part.start, at, at + ONE_DAY)
        return found


def day_of(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def day_text(day: date) -> str:
    """A day as findings say it: "Mon 2026-09-21"."""
    return f"{weekday_short(day.weekday())} {day_of(day).isoformat()}"


def moment_text(moment: Moment) -> str:
    """A day, with its time where it has one."""
    return f"{day_text(moment)} {moment:%H:%M}" if isinstance(moment, datetime) else day_text(moment)
