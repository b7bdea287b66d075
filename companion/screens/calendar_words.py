"""What a stretch of the calendar is called in the line above it. Each name is given long and short."""

from __future__ import annotations

from datetime import date

from companion.domain.language import _
from companion.domain.names import month_short, month_title
from companion.domain.wording import date_words, day_heading


def month_names(day: date) -> tuple[str, ...]:
    """ "November 2026", "Nov 2026"."""
    short = _("{month} {year}").format(month=month_short(day.month), year=day.year)
    return month_title(day), short


def day_names(day: date, today: date) -> tuple[str, ...]:
    """ "Today · Saturday, Nov 21", "Sat, Nov 21"."""
    return day_heading(day, today), date_words(day, today)
