"""The short words around a time grid: the name of a day, of an hour, of what is only counted. They fit their column."""

from __future__ import annotations

from datetime import date

from rich.cells import cell_len, set_cell_size

from companion.domain.language import _
from companion.domain.names import weekday_letters, weekday_name, weekday_short
from companion.widgets.time_axis import Row

_ROOMY = 8  # columns from which today's sign and the bracket have a place each
_NAMED_FROM = 7


def day_name(day: date, width: int, *, is_today: bool, chosen: bool) -> str:
    """A day over its column, as in the month: the chosen one in brackets, today behind `›`, both at once `»`."""
    number, weekday = f"{day.day:>2}", day.weekday()
    room = width - (3 if width >= _ROOMY else 2)
    names = (weekday_name(weekday), weekday_short(weekday), weekday_letters(weekday)) if width >= _NAMED_FROM else ()
    name = next((f"{name} {number}" for name in names if cell_len(name) + 3 <= room), number)
    if width >= _ROOMY:
        text = f"{'›' if is_today else ' '}{f'[{name}]' if chosen else f' {name} '}"
    else:
        sign = "»" if is_today and chosen else "›" if is_today else "[" if chosen else " "
        text = f"{sign}{name}{']' if chosen and width > 3 else ' '}"
    return set_cell_size(text, width)


def hour_name(row: Row, hours24: bool, width: int, *, is_now: bool) -> str:
    """A row's hour in exactly `width` columns; `›` before it where it is now."""
    room = width - 1 if width > 5 else width
    text = f"{_hour(row, hours24):>{room}}"
    if is_now:
        text = f"›{text[1:]}" if text[:1] == " " else f"›{text.replace(' ', '')}"
    return set_cell_size(text, width)


def _hour(row: Row, hours24: bool) -> str:
    if row.folded:
        return "··"
    hour, minute = divmod(row.start, 60)
    if minute:
        return f":{minute:02}"
    if hours24:
        return f"{hour:02}:00"
    if hour == 12:
        return _("noon")
    return _("{hour} am").format(hour=hour or 12) if hour < 12 else _("{hour} pm").format(hour=hour - 12)


def count(number: int, width: int) -> str:
    """ "+3" in exactly `width` columns; where that is too long the figure alone."""
    text = f"+{number}"
    short = text if len(text) <= width else str(number)
    return f"{short if len(short) <= width else '+':<{width}}"[: max(0, width)]


def beyond(above: int, below: int, width: int) -> str:
    """How many blocks are scrolled out of sight: "↑+2", "↓+3", and their sum where one line says both."""
    sign = f"+{above + below}" if above and below else f"↑+{above}" if above else f"↓+{below}"
    return f"{sign:>{width - 1}} " if above or below else ""
