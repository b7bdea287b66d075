"""A list of occurrences, as text for a person and as JSON for a program (docs/commands.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from companion.domain.event import Occurrence
from companion.domain.finding import Finding
from companion.domain.kinds import kind
from companion.domain.language import _
from companion.domain.wording import day_heading, span_words


def occurrence_data(occurrence: Occurrence, reminders: tuple[int, ...] = ()) -> dict[str, Any]:
    """One occurrence with plain values; `reminders` are the minutes that hold where the event names none."""
    event = occurrence.event
    all_day = event.all_day
    own = event.reminders if event.reminders is not None else reminders
    return {
        "uid": event.uid,
        "recurrence_id": _wall(occurrence.recurrence_id),
        "start": occurrence.day.isoformat() if all_day else occurrence.start_instant.isoformat(),
        "end": occurrence.end.date().isoformat() if all_day else occurrence.end_instant.isoformat(),
        "all_day": all_day,
        "title": occurrence.title,
        "kind": kind(event.kind).name,
        "status": occurrence.status.value,
        "reminders": sorted(own),
    }


def _wall(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")


def finding_data(finding: Finding) -> dict[str, Any]:
    return {
        "line": finding.line,
        "item": finding.item,
        "field": finding.field,
        "level": finding.level.value,
        "text": finding.text,
        "mend": finding.mend,
    }


def as_json(
    occurrences: Iterable[Occurrence], findings: Iterable[Finding] = (), reminders: tuple[int, ...] = ()
) -> str:
    """One object: the occurrences in the order given, end exclusive, and the findings."""
    data = {
        "occurrences": [occurrence_data(o, reminders) for o in occurrences],
        "findings": [finding_data(f) for f in findings],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def as_text(occurrences: Sequence[Occurrence], today: date, *, hours24: bool = False) -> str:
    """The occurrences under a heading for each day."""
    lines: list[str] = []
    for day, of_day in groupby(occurrences, key=lambda o: o.day):
        if lines:
            lines.append("")
        lines.append(day_heading(day, today))
        for occurrence in of_day:
            when = _("all day") if occurrence.event.all_day else span_words(occurrence.start, occurrence.end, hours24)
            signs = [occurrence.location]
            if occurrence.cancelled:
                signs.append(_("cancelled"))
            elif occurrence.moved:
                signs.append(_("moved"))
            lines.append("  " + " · ".join([f"{when}  {occurrence.title}", *(s for s in signs if s)]))
    return "\n".join(lines)
