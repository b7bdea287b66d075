"""One day: its hours in two lanes, and beside them its list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from textual.app import ComposeResult

from companion.domain.event import Occurrence
from companion.screens.calendar_hours import HoursPane
from companion.screens.calendar_rows import DayRows
from companion.screens.calendar_words import day_names
from companion.screens.kept_days import KeptDays
from companion.widgets.day_rows import Key
from companion.widgets.time_grid import TimeGrid


class Hours(TimeGrid):
    """Hours that call `pointed` at once where keys act on another block."""

    def __init__(self, pointed: Callable[[], None], *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(words=False, id=id, classes=classes)  # the list beside says everything
        self._pointed = pointed

    def _go_to(self, day: date, key: Key | None) -> None:
        super()._go_to(day, key)
        self._pointed()


class DayPane(HoursPane):
    """Whatever is pointed at in the hours is highlighted in the list, and the other way round."""

    VIEW = "day"

    def __init__(self, kept: KeptDays, told: Callable[[], None], day: date, **named: Any) -> None:
        super().__init__(kept, told, day, **named)
        self._following = False

    def compose(self) -> ComposeResult:
        yield Hours(self._block_pointed_at, id="hours", classes="main")
        yield DayRows(self._row_pointed_at, id="hours-list")

    @property
    def listed(self) -> DayRows:
        return self.query_one(DayRows)

    def days_of(self, day: date) -> tuple[date, ...]:
        return (day,)

    def show_day(self, day: date, key: Key | None = None) -> None:
        with self._one_follows():
            super().show_day(day, key)
            session, held, shown = self.app.session, self.kept.around(self.day), self.listed
            today, hours24 = session.planner.today(), session.settings.hours24
            shown.fill(held, self.day, today, self.kept.nothing(), hours24=hours24)
            if self.grid.key is not None:
                shown.point_at(self.grid.key)

    def _block_pointed_at(self) -> None:
        if not self._following and self.grid.day == self.day and self.grid.key is not None:
            with self._one_follows():
                self.listed.point_at(self.grid.key)

    def _row_pointed_at(self) -> None:
        occurrence = self.listed.chosen()
        if not self._following and occurrence is not None:
            with self._one_follows():
                self.grid.choose(occurrence.key)

    @contextmanager
    def _one_follows(self) -> Iterator[None]:
        """Around what one of the two does because of the other: that is not answered in its turn."""
        self._following = True
        try:
            yield
        finally:
            self._following = False

    def chosen(self) -> Occurrence | None:
        return self.listed.chosen()

    def names(self) -> tuple[str, ...]:
        return day_names(self.day, self.app.session.planner.today())
