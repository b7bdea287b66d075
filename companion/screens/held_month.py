"""The month as the calendar uses it: read and drawn once for each key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from companion.domain.months import first_of
from companion.screens.held_widget import HeldWidget
from companion.widgets.month_grid import MonthGrid, MonthView

if TYPE_CHECKING:
    from companion.screens.days_held import HeldDays


class HeldMonth(HeldWidget, MonthGrid):
    """A month that asks `read` for its days before it is drawn, and calls `chosen` at once, not by a message later.

    So a flip draws the month once and not twice, and a day key draws month and list in one go.
    """

    def __init__(
        self,
        view: MonthView,
        read: Callable[[date], HeldDays],
        chosen: Callable[[], None],
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(view, id=id, classes=classes)
        self._read, self._chosen = read, chosen

    def choose(self, day: date) -> None:
        before = self.day
        with self.prevent(self.MonthChanged, self.DayChosen):
            super().choose(day)
        if self.day != before:
            self._chosen()

    @property
    def view(self) -> MonthView:
        return self._view

    @view.setter
    def view(self, view: MonthView) -> None:
        if view.days is self._view.days and first_of(view.month) != first_of(self._view.month):
            view = replace(view, days=self._read(view.month))
        MonthGrid.view.fset(self, view)  # type: ignore[attr-defined]  # a property of the class, not of an object
