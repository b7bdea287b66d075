"""What a stretch of the calendar is called in the line above it. Each name is given long and short."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from companion.domain.language import _
from companion.domain.names import month_short, month_title
from companion.domain.wording import date_words, day_heading


def month_names(day: date) -> tuple[str, ...]:
    """ "November 2026", "Nov 2026"."""
    short = _("{month} {year}").format(month=month_short(day.month), year=day.year)
    return month_title(day), short


def week_names(days: Sequence[date]) -> tuple[str, ...]:
    """ "Nov 23–29, 2026", "Nov 23–29"; a month or a year that changes is said again: "Nov 30 – Dec 6, 2026"."""
    first, last = days[0], days[-1]
    if first.year != last.year:
        text = short = _("{month} {day}, {year} – {last_month} {last_day}, {last_year}")
    elif first.month != last.month:
        text, short = _("{month} {day} – {last_month} {last_day}, {year}"), _("{month} {day} – {last_month} {last_day}")
    else:
        text, short = _("{month} {day}–{last_day}, {year}"), _("{month} {day}–{last_day}")
    said = {
        "month": month_short(first.month),
        "day": first.day,
        "year": first.year,
        "last_month": month_short(last.month),
        "last_day": last.day,
        "last_year": last.year,
    }
    return text.format(**said), short.format(**said)


def day_names(day: date, today: date) -> tuple[str, ...]:
    """ "Today · Saturday, Nov 21", "Sat, Nov 21"."""
    return day_heading(day, today), date_words(day, today)
