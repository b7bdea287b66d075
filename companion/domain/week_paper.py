"""What can be chosen of a week on paper: which, whose, and on which paper."""

from __future__ import annotations

from datetime import date

from companion.domain.language import _
from companion.domain.months import add_days
from companion.domain.names import month_short

HER = "her"  # whose page it is: this, the id of a child, or
ALL_CHILDREN = "children"
A4, LETTER = "a4", "letter"


def usual_paper(zone: str) -> str:
    """The paper that printers mostly hold where the clocks go by `zone`: letter in America, else A4."""
    return LETTER if zone.startswith(("America/", "US/", "Canada/")) or zone == "Pacific/Honolulu" else A4


def week_words(first: date) -> str:
    """The seven days from `first` on; a month or a year is said again only where it changes."""
    last = add_days(first, 6)
    if first.year != last.year:
        text = _("{month} {day}, {year} – {last_month} {last_day}, {last_year}")
    elif first.month != last.month:
        text = _("{month} {day} – {last_month} {last_day}, {last_year}")
    else:
        text = _("{month} {day} – {last_day}, {last_year}")
    return text.format(
        month=month_short(first.month),
        day=first.day,
        year=first.year,
        last_month=month_short(last.month),
        last_day=last.day,
        last_year=last.year,
    )
