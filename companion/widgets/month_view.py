"""What a month looks like: a value with the marks of its days, and the lines drawn from it. No screen needed.

The lines are the same on every screen, so tests read them as text. Nothing is told by color alone: the chosen day
stands in brackets, today behind `›`, and marks, signs and titles are letters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rich.cells import cell_len, set_cell_size

from companion.domain.language import _, plural
from companion.domain.months import first_of, six_weeks, weekday_order, weeks_of_month
from companion.domain.names import month_title, weekday_letters, weekday_name, weekday_short
from companion.widgets.plain import cut

TITLES_FROM = 15  # columns a day: at 105 columns for the week a title has room for two words
_ROOMY = 8  # columns a day from which today's sign and the bracket have a place each
_NARROWEST = 2
_DAYS = 7


class Flag(StrEnum):
    """Signs beside the number; the value is what is drawn."""

    WENT = "✓"
    CHILDCARE = "?"  # childcare is needed and nobody has said yes
    CLASH = "!"  # two at once
    PAUSED = "~"


@dataclass(frozen=True, slots=True)
class DayMarks:
    """What a day holds: one mark, of one column, for each appointment of hers and of the children; titles in order."""

    own: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month as it is shown: `month` is any day of it, `week_start` 0 for Monday, `days` may hold neighbours' days.

    `titled` is false where a screen names the month in a line of its own.
    """

    month: date
    selected: date
    today: date
    week_start: int = 0
    days: Mapping[date, DayMarks] = field(default_factory=dict)
    titled: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """Some text with a role: what it is, for the theme. `day` is whose cell it is in, None in the lines above."""

    text: str
    role: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """`cell` columns a day, `head` lines above, `rows` lines a week, and the weeks that have room."""

    cell: int
    head: int
    rows: int
    weeks: tuple[tuple[date, ...], ...]

    def day_at(self, x: int, y: int) -> date | None:
        """The day drawn at a column and line."""
        week, column = (y - self.head) // self.rows, x // self.cell
        if y < self.head or week >= len(self.weeks) or not 0 <= column < _DAYS:
            return None
        return self.weeks[week][column]

    def lines_of(self, day: date) -> range:
        """The lines of the week that holds `day`; empty where it is not shown."""
        for number, week in enumerate(self.weeks):
            if week[0] <= day <= week[-1]:
                return range(self.head + number * self.rows, self.head + (number + 1) * self.rows)
        return range(0)

    def number_at(self, day: date) -> tuple[int, int] | None:
        """Column and line of the day's number."""
        lines = self.lines_of(day)
        if not lines:
            return None
        week = self.weeks[(lines.start - self.head) // self.rows]
        return week.index(day) * self.cell + _before(self.cell), lines.start


def layout(view: MonthView, width: int, height: int) -> Layout | None:
    """How the month fits into so many columns and lines; None where there is no room for a week.

    Six weeks where they fit, so that the grid keeps still from month to month; else the month's own; else those
    around the chosen day.
    """
    cell = width // _DAYS
    if cell < _NARROWEST or height < 1:
        return None
    weeks = six_weeks(view.month, view.week_start)
    if height < len(weeks) + 1:
        weeks = weeks_of_month(view.month, view.week_start)
    head = min(2 if view.titled else 1, max(0, height - len(weeks)))
    if height < len(weeks):
        chosen = next((n for n, week in enumerate(weeks) if week[0] <= view.selected <= week[-1]), 0)
        first = min(max(0, chosen - height // 2), len(weeks) - height)
        weeks = weeks[first : first + height]
    return Layout(cell, head, (height - head) // len(weeks), weeks)


def line(view: MonthView, plan: Layout, y: int) -> list[Run]:
    """The runs of line `y`, which together are seven cells wide; empty below the last week."""
    if y < plan.head:
        return _heading(view, plan, y)
    number, inside = divmod(y - plan.head, plan.rows)
    if number >= len(plan.weeks):
        return []
    return [run for day in plan.weeks[number] for run in _cell(view, plan, day, inside)]


def draw(view: MonthView, width: int, height: int) -> list[str]:
    """The month as lines of text."""
    plan = layout(view, width, height)
    if plan is None:
        return [""] * max(0, height)
    return ["".join(run.text for run in line(view, plan, y)).rstrip() for y in range(height)]


def legend() -> str:
    """The signs in words."""
    words = {
        Flag.WENT: _("you went"),
        Flag.CHILDCARE: _("needs childcare"),
        Flag.CLASH: _("two at once"),
        Flag.PAUSED: _("pause"),
    }
    return "  ".join(f"{flag} {words[flag]}" for flag in Flag)


def _heading(view: MonthView, plan: Layout, y: int) -> list[Run]:
    if y == 0 and plan.head == 2:
        return [Run(cut(month_title(view.month), plan.cell * _DAYS).center(plan.cell * _DAYS), "title")]
    name = weekday_letters if plan.cell < 5 else weekday_short if plan.cell < 12 else weekday_name
    before = " " * _before(plan.cell)
    return [Run(set_cell_size(before + name(n), plan.cell), "weekday") for n in weekday_order(view.week_start)]


def _before(cell: int) -> int:
    """Columns before the day's number."""
    return 2 if cell >= _ROOMY else 1 if cell > _NARROWEST else 0


def _cell(view: MonthView, plan: Layout, day: date, inside: int) -> list[Run]:
    """Line `inside` of a day's cell: the number first, below it what the day holds."""
    marks = view.days.get(day, DayMarks())
    base = _base(view, day)
    if inside == 0:
        number = _number(view, day, plan.cell)
        room = plan.cell - len(number)
        runs = [Run(number, base, day)]
        flags = "".join(marks.flags)
        if plan.rows == 1:
            runs += _marks((*marks.own, *marks.children), marks.flags, room, len(marks.own), day)
        elif plan.cell >= TITLES_FROM and marks.titles:
            runs += _marks(marks.children, marks.flags, room, 0, day)
        elif flags:
            runs.append(Run(flags[: max(0, room - 1)], "flag", day))  # the first sign says more than an ellipsis
    elif plan.cell >= TITLES_FROM and marks.titles:
        runs = [Run(_title(marks.titles, inside - 1, plan.rows - 1, plan.cell - 2), "event", day)]
    elif plan.rows > 2 and inside <= 2:
        own = inside == 1
        runs = _marks(marks.own if own else marks.children, (), plan.cell - 1, len(marks.own) if own else 0, day)
    elif inside == 1:
        runs = _marks((*marks.own, *marks.children), (), plan.cell - 1, len(marks.own), day)
    else:
        runs = []
    if inside and runs and runs[0].text:
        runs = [Run(" ", "day", day), *runs]
    used = sum(cell_len(run.text) for run in runs)
    # The free room is never underlined, as the number of today is.
    return [*runs, Run(" " * (plan.cell - used), "day", day)] if used < plan.cell else runs


def _base(view: MonthView, day: date) -> str:
    if day == view.selected:
        return "selected"
    if day == view.today:
        return "today"
    return "day" if first_of(day) == first_of(view.month) else "outside"


def _number(view: MonthView, day: date, cell: int) -> str:
    today, chosen, number = day == view.today, day == view.selected, f"{day.day:>2}"
    if cell >= _ROOMY:
        return f"{'›' if today else ' '}{f'[{number}]' if chosen else f' {number} '}"
    if cell > 3:
        return f"{'›' if today else '[' if chosen else ' '}{number}{']' if chosen else ' '}"
    if cell == 3:
        return f"{'»' if today and chosen else '›' if today else '[' if chosen else ' '}{number}"
    return number


def _marks(marks: Sequence[str], flags: Sequence[str], room: int, own: int, day: date) -> list[Run]:
    """As many marks as fit, `+` for the rest, then the signs. In a single column more than one mark is a number."""
    room -= 1 if room > 2 else 0  # a free column keeps the days apart
    if room <= 0:
        return []
    shown = [mark if len(mark) == cell_len(mark) == 1 and mark.isprintable() else "•" for mark in marks]
    if len(shown) > room:
        if room == 1:
            return [Run(str(len(shown)) if len(shown) < 10 else "+", "mark", day)]
        return [*_by_owner(shown[: room - 1], own, day), Run("+", "mark", day)]
    runs = _by_owner(shown, own, day)
    signs = "".join(flags)[: room - len(shown)]
    return [*runs, Run(signs, "flag", day)] if signs else runs


def _by_owner(shown: Sequence[str], own: int, day: date) -> list[Run]:
    hers, theirs = "".join(shown[:own]), "".join(shown[own:])
    return [run for run in (Run(hers, "mark", day), Run(theirs, "child", day)) if run.text]


def _title(titles: Sequence[str], number: int, room: int, width: int) -> str:
    """The `number`th title where `room` lines are there for all of them."""
    left = len(titles) - room
    if number >= len(titles):
        return ""
    if left > 0 and number == room - 1:
        if room == 1:
            more = f" +{left}"
            return cut(titles[0], width - len(more)) + more
        return cut(plural("+{n} more", "+{n} more", left + 1), width)
    return cut(titles[number], width)
