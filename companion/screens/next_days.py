"""The next seven days as one list, over whichever place asked for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from companion.commands import Command
from companion.domain.event import Occurrence
from companion.domain.language import _
from companion.screens.base import CompanionScreen
from companion.screens.days_held import MORE, coming_heading, rows_of, shown_of
from companion.screens.row_acts import ADD, CANCEL, PHONE, TO_ARRANGE, WENT, RowActs
from companion.widgets.day_list import DayList

DAYS = 7
_ROWS = 60


class NextDaysScreen(RowActs, CompanionScreen[None]):
    """Today and the six days after it."""

    NAME = "The next 7 days"
    ABOUT = "Arrow keys go from one appointment to the next, Enter opens it, Esc or n goes back."
    CSS_PATH = "next_days.tcss"
    AUTO_FOCUS: ClassVar[str] = "#coming"
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        ADD,
        WENT,
        CANCEL,
        PHONE,
        TO_ARRANGE,
        Command("next_days.close", "Back", "Goes back to where you were.", ("n",), "back", palette=False),
    )

    def __init__(self) -> None:
        super().__init__()
        self._coming: list[Occurrence] = []
        self._most: int | None = _ROWS

    def compose_body(self) -> ComposeResult:
        yield Static(id="coming-heading", markup=False)
        yield DayList(id="coming")

    def reload(self) -> None:
        if not self.is_mounted:
            return
        session = self.app.session
        today, hours24 = session.planner.today(), session.settings.hours24
        until = today + timedelta(days=DAYS)
        self._coming = session.planner.between(today, until)
        marks = session.planner.marks(today, until)
        signs = session.arranger.signs(self._coming, shown_of(self._coming, self._most))
        rows = rows_of(self._coming, marks, signs, hours24=hours24, most=self._most)
        self.query_one("#coming-heading", Static).update(Content(coming_heading(self._coming, today)))
        empty = _("Nothing planned in the next 7 days. A quiet week.")
        self.query_one(DayList).show(rows, today, empty)

    @on(DayList.OccurrenceChosen)
    def _opened(self, event: DayList.OccurrenceChosen) -> None:
        event.stop()
        if event.key == MORE:
            self._most = None
            self.reload()
        else:
            self.action_open()

    def chosen(self) -> Occurrence | None:
        row = self.query_one(DayList).row
        return next((o for o in self._coming if row is not None and o.key == row.key), None)

    def day_to_add(self) -> date:
        row = self.query_one(DayList).row
        return row.day if row is not None and row.day is not None else self.app.session.planner.today()
