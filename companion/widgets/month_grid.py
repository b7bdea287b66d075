"""The month as one widget that draws its own lines.

Forty-two small widgets looked the same and cost 9 ms and 17 KB of terminal output a key; drawing lines costs 2 ms
and 1 KB, because only the two weeks that change are drawn again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from companion.domain.months import add_days, add_months, first_of, week_of
from companion.widgets.kept_styles import KeptStyles, Looks
from companion.widgets.month_view import DayMarks, Flag, Layout, MonthView, draw, layout, legend, line

__all__ = ["DayMarks", "Flag", "MonthGrid", "MonthView", "draw", "legend"]

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


class MonthGrid(KeptStyles, Widget, can_focus=True):
    """A month to walk through. The screen gives it a `MonthView`; it tells the screen which day was chosen."""

    COMPONENT_CLASSES = {
        "month--title",
        "month--weekday",
        "month--day",
        "month--outside",
        "month--today",
        "month--selected",
        "month--mark",
        "month--child",
        "month--flag",
        "month--event",
    }
    DEFAULT_CSS = """
    MonthGrid {
        width: 1fr;
        height: 1fr;
        background: $surface;
        color: $text;
        & > .month--title { text-style: bold; }
        & > .month--weekday { color: $text-muted; }
        & > .month--outside { color: $text-muted; }
        & > .month--today { text-style: bold underline; }
        & > .month--selected {
            color: $block-cursor-blurred-foreground;
            background: $block-cursor-blurred-background;
        }
        & > .month--mark { color: $primary; }
        & > .month--child { color: $accent; }
        & > .month--flag { text-style: bold; }
        &:focus > .month--selected {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: bold;
        }
        &:nocolor > .month--selected { text-style: bold reverse; }
        &:nocolor > .month--outside { text-style: italic; }
    }
    """
    BINDINGS = [
        Binding("left", "day(-1)", "Day before", show=False),
        Binding("right", "day(1)", "Day after", show=False),
        Binding("up", "day(-7)", "Week before", show=False),
        Binding("down", "day(7)", "Week after", show=False),
        Binding("pageup", "month(-1)", "Month before", show=False),
        Binding("pagedown", "month(1)", "Month after", show=False),
        Binding("home", "week_edge(0)", "First day of the week", show=False),
        Binding("end", "week_edge(6)", "Last day of the week", show=False),
        Binding("enter", "open", "Open the day", show=False),
    ]

    @dataclass
    class DayChosen(Message):
        """Another day is chosen."""

        day: date
        month_grid: MonthGrid

        @property
        def control(self) -> MonthGrid:
            return self.month_grid

    @dataclass
    class MonthChanged(Message):
        """Another month is shown, `first` its first day. It has no new marks until `view` is set. Comes first."""

        first: date
        month_grid: MonthGrid

        @property
        def control(self) -> MonthGrid:
            return self.month_grid

    @dataclass
    class DayOpened(Message):
        """Enter or a double click on the chosen day."""

        day: date
        month_grid: MonthGrid

        @property
        def control(self) -> MonthGrid:
            return self.month_grid

    def __init__(
        self, view: MonthView, *, name: str | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._view = view
        self._planned: tuple[MonthView, Size, Layout | None] | None = None
        self._made: dict[int, Strip] = {}  # the lines, and what they were made for: view, size and looks
        self._made_for: tuple[MonthView, Size, Looks | None] = (view, Size(), None)

    @property
    def view(self) -> MonthView:
        """What is shown. Setting it draws only what differs and posts nothing."""
        return self._view

    @view.setter
    def view(self, view: MonthView) -> None:
        before, old = self._plan(), self._view
        self._view = view
        after = self._plan()
        if before is None or before != after or replace(old, selected=view.selected) != view:
            self.refresh()
        elif old.selected != view.selected:
            changed = [lines for lines in (before.lines_of(old.selected), before.lines_of(view.selected)) if lines]
            self.refresh(*(Region(0, lines.start, self.size.width, len(lines)) for lines in changed))
        self._place_cursor()

    @property
    def day(self) -> date:
        """The chosen day."""
        return self._view.selected

    def choose(self, day: date) -> None:
        """Choose a day, as a key does: the month follows, and the screen is told."""
        day = min(max(day, FIRST_DAY), LAST_DAY)
        if day == self._view.selected:
            return
        first = first_of(day)
        if first == first_of(self._view.month):
            self.view = replace(self._view, selected=day)
        else:
            self.view = replace(self._view, selected=day, month=first)
            self.post_message(self.MonthChanged(first, self))
        self.post_message(self.DayChosen(day, self))

    def action_day(self, days: int) -> None:
        self.choose(add_days(self.day, days))

    def action_month(self, months: int) -> None:
        self.choose(add_months(self.day, months))

    def action_week_edge(self, column: int) -> None:
        self.choose(week_of(self.day, self._view.week_start)[column])

    def action_open(self) -> None:
        self.post_message(self.DayOpened(self.day, self))

    def on_click(self, event: events.Click) -> None:
        plan, offset = self._plan(), event.get_content_offset(self)
        day = plan.day_at(offset.x, offset.y) if plan and offset else None
        if day is None:
            return
        if event.chain > 1 and day == self.day:
            self.action_open()
        self.choose(day)

    def on_focus(self) -> None:
        self._place_cursor()

    def on_resize(self) -> None:
        self.call_after_refresh(self._place_cursor)

    def render_line(self, y: int) -> Strip:
        view, size, looks = self._made_for
        if looks is None or looks is not self.looks or view is not self._view or size != self.size:
            # Where it comes back as it was, after another way to look at the day, its lines are there still.
            self._made_for, self._made = (self._view, self.size, self.looks), {}
        strip = self._made.get(y)
        if strip is None:
            strip = self._made[y] = self._strip(y)
        return strip

    def _strip(self, y: int) -> Strip:
        width = self.size.width
        plan = self._plan()
        if plan is None:
            return Strip.blank(width, self.kept_style())
        segments = [Segment(run.text, self._style(run.role, run.day)) for run in line(self._view, plan, y)]
        return Strip(segments).adjust_cell_length(width, self.kept_style())

    def _plan(self) -> Layout | None:
        """How the view is laid out; worked out once for all the lines of it."""
        size = self.size
        if self._planned is None or self._planned[0] is not self._view or self._planned[1] != size:
            self._planned = (self._view, size, layout(self._view, *size))
        return self._planned[2]

    def _style(self, role: str, day: date | None) -> Style:
        """The chosen cell looks one way throughout, so that no mark is lost on its ground."""
        chosen = day is not None and day == self._view.selected
        return self.kept_style("month--selected" if chosen else f"month--{role}")

    def _place_cursor(self) -> None:
        """Move the terminal's own cursor to the chosen day: braille displays and magnifiers follow it."""
        if not self.has_focus:
            return
        plan = self._plan()
        place = plan.number_at(self.day) if plan else None
        if place is not None:
            self.app.cursor_position = self.content_region.offset + Offset(*place)
