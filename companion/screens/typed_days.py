"""Days typed for something that may lie behind or ahead: a pause, a goal. "dec 1" is then the nearer of the two."""

from __future__ import annotations

from datetime import date

from companion.domain.spoken_day import parse_day


def near_day(text: str, today: date, month_first: bool | None) -> date:
    """The day that `text` names; without a year the one nearest to `today`. Raises InputError."""
    back = parse_day(text, today, month_first=month_first, past=True)
    ahead = parse_day(text, today, month_first=month_first)
    return back if today - back <= ahead - today else ahead


def day_from(text: str, first: date, today: date, month_first: bool | None) -> date:
    """The day that `text` names; without a year the last one that is not before `first`, else the next one.

    So "nov 10" ends what began on November 3, and "dec 5" what began today. Raises InputError.
    """
    back = parse_day(text, today, month_first=month_first, past=True)
    return back if back >= first else parse_day(text, today, month_first=month_first)
