"""Calendar: when is what? The month, and beside it the list of the chosen day or of the next seven days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from companion.commands import Command
from companion.domain.event import Occurrence
from companion.domain.language import _
from companion.domain.months import add_days, first_of, six_weeks
from companion.domain.wording import day_heading
from companion.screens.base import PlaceScreen
from companion.screens.days_held import MORE, HeldDays, coming_heading, first_row, rows_of, summary
from companion.screens.held_month import HeldMonth
from companion.screens.row_acts import ADD, BRING_IN, CANCEL, PHONE, WENT, RowActs
from companion.widgets.day_list import DayList
from companion.widgets.month_grid import MonthGrid, MonthView, legend

NEXT_DAYS = 7
_FEWEST_ROWS, _USUAL_LINES = 6, 24
_COMING_ROWS = 40  # more in one week is a coach's own calendar; a key shows them


class CalendarScreen(RowActs, PlaceScreen):
    """The days that the grid shows are read once for each flip; a day key asks nobody."""

    PLACE = "calendar"
    NAME = "Calendar"
    ABOUT = (
        "Arrow keys go from day to day, PgUp and PgDn from month to month. Tab goes to the day's list and back, "
        "Enter opens an appointment."
    )
    CSS_PATH = "calendar.tcss"
    AUTO_FOCUS: ClassVar[str] = "#month"
    # From 150 columns on the month has room for titles, and the list beside it for a line each.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-normal"), (110, "-wide"), (150, "-titles")]
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        ADD,
        Command("calendar.goto", "Go to", "Goes to a day: type it as you say it.", ("g",), "goto", show=True),
        Command("calendar.next", "7 days", "Shows the next 7 days, and the day again.", ("n",), "next_days", show=True),
        CANCEL,
        WENT,
        PHONE,
        BRING_IN,
        Command("calendar.today", "Today", "Goes to today.", ("t",), "today"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._held: HeldDays | None = None
        self._coming: list[Occurrence] | None = None  # the next days, while they are shown
        self._most: int | None = None

    def compose_body(self) -> ComposeResult:
        planner, settings = self.app.session.planner, self.app.session.settings
        today = planner.today()
        with Container(id="calendar"):
            with Vertical(id="month-side"):
                view = MonthView(first_of(today), today, today, settings.week_start)
                yield HeldMonth(view, self._hold, self._day_chosen, id="month")
                yield Static(Content(legend()), id="legend")
            with Vertical(id="day-side"):
                yield Static(id="day-heading", markup=False)
                yield DayList(id="day")

    # What is shown

    @property
    def grid(self) -> MonthGrid:
        return self.query_one("#month", MonthGrid)

    @property
    def listed(self) -> DayList:
        return self.query_one("#day", DayList)

    def reload(self) -> None:
        if self.is_mounted:
            self._read()
            self._show(keep=True)

    def _hold(self, month: date) -> HeldDays:
        """Read the days of the six weeks around `month`."""
        planner = self.app.session.planner
        weeks = six_weeks(month, self.app.session.settings.week_start)
        first, until = weeks[0][0], add_days(weeks[-1][-1], 1)
        self._held = HeldDays(first, until, planner.between(first, until), planner.marks(first, until), planner.today())
        return self._held

    def _read(self) -> None:
        """Read again what is shown."""
        session, grid = self.app.session, self.grid
        planner = session.planner
        held = self._hold(grid.view.month)
        week_start = session.settings.week_start
        grid.view = replace(grid.view, today=planner.today(), week_start=week_start, days=held)
        if self._coming is not None:
            self._coming = planner.between(planner.today(), planner.today() + timedelta(days=NEXT_DAYS))

    def _show(self, *, keep: bool = False, everything: bool = False) -> None:
        """Fill the list. With `keep` the row that was highlighted stays so."""
        if self._held is None:
            return
        settings, today, day = self.app.session.settings, self.grid.view.today, self.grid.day
        if self._coming is None:
            shown: Sequence[Occurrence] = self._held.on(day)
            # A row takes two lines or more: what is below the edge is a key away, and would cost with every key.
            most = None if everything else max(_FEWEST_ROWS, (self.listed.size.height or _USUAL_LINES) // 2)
            rows = self._held.rows(day, hours24=settings.hours24, most=most)
            heading = f"{day_heading(day, today)} {summary(shown)}".strip()
            empty = _("Nothing planned. Press a to add something.")
        else:
            shown = self._coming
            marks = self.app.session.planner.marks(today, today + timedelta(days=NEXT_DAYS))
            rows = rows_of(shown, marks, hours24=settings.hours24, most=None if everything else _COMING_ROWS)
            heading, empty = coming_heading(shown, today), _("Nothing planned in the next 7 days. A quiet week.")
        # Its height is fixed: without a new layout of the whole screen a day key costs half.
        self.query_one("#day-heading", Static).update(Content(heading), layout=False)
        listed = self.listed
        listed.show(rows, today, empty)
        if not keep and (key := first_row(shown)) is not None:
            listed.choose(key)

    def _day_chosen(self) -> None:
        self._coming = None
        self._show()

    @on(MonthGrid.DayOpened)
    def _day_opened(self, event: MonthGrid.DayOpened) -> None:
        event.stop()
        if self.listed.rows:
            self.listed.focus()
        else:
            self.action_add()

    @on(DayList.OccurrenceChosen)
    def _opened(self, event: DayList.OccurrenceChosen) -> None:
        event.stop()
        if event.key == MORE:
            self._show(keep=True, everything=True)
        else:
            self.action_open()

    # What can be done

    def chosen(self) -> Occurrence | None:
        row = self.listed.row
        if row is None or self._held is None:
            return None
        if self._coming is not None:
            return next((o for o in self._coming if o.key == row.key), None)
        return self._held.find(self.grid.day, row.key)

    def day_to_add(self) -> date:
        return self.grid.day

    def added(self, day: date | None) -> None:
        if day is not None:
            self.go_to(day)

    def go_to(self, day: date) -> None:
        """Show that day and its list."""
        self._coming = None
        if day == self.grid.day:
            self._show()
        self.grid.choose(day)
        self.grid.focus()

    def show_next_days(self) -> None:
        """The list of the next seven days beside the month."""
        self._coming = []
        self._read()
        self._show()
        self.listed.focus()

    def action_next_days(self) -> None:
        if self._coming is None:
            self.show_next_days()
        else:
            self.go_back()

    def action_today(self) -> None:
        self.go_to(self.app.session.planner.today())

    def action_goto(self) -> None:
        from companion.screens.goto import ask_for_day

        ask_for_day(self.app)

    def can_go_back(self) -> bool:
        return self._coming is not None or isinstance(self.focused, DayList)

    def go_back(self) -> None:
        """From the next days to the day, from the list to the month."""
        if self._coming is not None:
            self._coming = None
            self._show()
        self.grid.focus()
