"""The month, and beside it the list of the chosen day."""

from __future__ import annotations

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from companion.domain.event import Occurrence
from companion.domain.months import add_months, first_of
from companion.domain.wording import day_heading
from companion.screens.calendar_pane import Pane, within
from companion.screens.calendar_rows import DayRows
from companion.screens.calendar_words import month_names
from companion.screens.days_held import HeldDays, summary
from companion.screens.held_month import HeldMonth
from companion.widgets.day_list import Key
from companion.widgets.month_grid import MonthGrid, MonthView, legend


class MonthPane(Pane):
    """A day key asks nobody: the days that the grid shows are read once for each flip."""

    VIEW = "month"

    def compose(self) -> ComposeResult:
        session = self.app.session
        today, week_start = session.planner.today(), session.settings.week_start
        with Vertical(id="month-side"):
            view = MonthView(first_of(self.first_day), self.first_day, today, week_start, titled=False)
            yield HeldMonth(view, self.kept.around, self._day_chosen, id="month", classes="main")
            yield Static(Content(legend()), id="legend")
        with Vertical(id="day-side"):
            yield Static(id="day-heading", markup=False)
            yield DayRows(id="day")

    @property
    def grid(self) -> MonthGrid:
        return self.query_one("#month", MonthGrid)

    @property
    def listed(self) -> DayRows:
        return self.query_one("#day", DayRows)

    @property
    def day(self) -> date:
        return self.grid.day

    def show_day(self, day: date, key: Key | None = None) -> None:
        self._set(within(day), keep=False)
        if key is not None:
            self.listed.point_at(key)

    def reload(self) -> None:
        self._set(self.day, keep=True)

    def _set(self, day: date, *, keep: bool) -> None:
        session, grid = self.app.session, self.grid
        held, week_start = self.kept.around(day), session.settings.week_start
        view = MonthView(first_of(day), day, session.planner.today(), week_start, held, titled=grid.view.titled)
        if grid.view.days is not held or view != grid.view:  # the very one has its lines still
            grid.view = view
        self._show(held, keep=keep)

    def _day_chosen(self) -> None:
        self._show(self.kept.around(self.grid.view.month), keep=False)
        self.told()

    def _show(self, held: HeldDays, *, keep: bool) -> None:
        """Fill the list. With `keep` the row that was highlighted stays so."""
        today, day = self.grid.view.today, self.day
        # Its height is fixed: without a new layout of the whole screen a day key costs half.
        heading = f"{day_heading(day, today)} {summary(held.on(day))}".strip()
        self.query_one("#day-heading", Static).update(Content(heading), layout=False)
        hours24 = self.app.session.settings.hours24
        self.listed.fill(held, day, today, self.kept.nothing(), hours24=hours24, keep=keep)

    @on(MonthGrid.DayOpened)
    def _day_opened(self, event: MonthGrid.DayOpened) -> None:
        """To the list; where it is empty the screen is told, which adds something."""
        if self.listed.rows:
            event.stop()
            self.listed.focus()

    def chosen(self) -> Occurrence | None:
        return self.listed.chosen()

    def turn(self, step: int) -> None:
        self.grid.choose(add_months(self.day, step))

    def names(self) -> tuple[str, ...]:
        return month_names(self.day)

    def shows(self, day: date) -> bool:
        return first_of(day) == first_of(self.day)
