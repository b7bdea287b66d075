"""Days by the hour: what the week and the day of the calendar share, and the week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from textual import on
from textual.app import ComposeResult

from companion.domain.event import Occurrence
from companion.domain.months import add_days, week_of
from companion.errors import CompanionError
from companion.screens.calendar_pane import Pane, within
from companion.screens.calendar_words import week_names
from companion.screens.days_held import first_row
from companion.screens.kept_days import KeptDays
from companion.widgets.day_rows import Key
from companion.widgets.time_grid import TimeGrid


class HoursPane(Pane):
    """A grid of hours that asks for its days when others are chosen; within those it shows, nobody is asked."""

    def __init__(self, kept: KeptDays, told: Callable[[], None], day: date, **named: Any) -> None:
        super().__init__(kept, told, day, **named)
        self._day = day

    @property
    def grid(self) -> TimeGrid:
        return self.query_one(TimeGrid)

    @property
    def day(self) -> date:
        return self._day

    def days_of(self, day: date) -> tuple[date, ...]:
        """The days that are shown with `day`."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self.show_day(self._day)

    def show_day(self, day: date, key: Key | None = None) -> None:
        day = within(day)
        session = self.app.session
        now, hours24 = session.planner.now().replace(second=0, microsecond=0), session.settings.hours24
        days, held = self.days_of(day), self.kept.around(day)
        self.grid.show(
            days,
            held.blocks(days, hours24=hours24),
            today=now.date(),
            now=now,
            hours24=hours24,
            day=day,
            key=key or first_row(held.on(day)),
            empty=self.kept.nothing(),
        )
        self._day = day

    def reload(self) -> None:
        self.show_day(self._day, self.grid.key)

    @on(TimeGrid.DayChosen)
    def _day_chosen(self, event: TimeGrid.DayChosen) -> None:
        event.stop()
        if event.day in self.days_of(self._day):
            self._day = event.day
        else:
            self._go(event.day)
        self.told()

    @on(TimeGrid.PeriodTurned)
    def _period_turned(self, event: TimeGrid.PeriodTurned) -> None:
        event.stop()
        self.turn(event.step)
        self.told()

    def _go(self, day: date) -> None:
        try:
            self.show_day(day)
        except CompanionError:
            self.grid.choose_day(self._day)  # it was ahead of what could be read
            raise

    def chosen(self) -> Occurrence | None:
        key = self.grid.key
        return None if key is None else self.kept.around(self._day).find(self._day, key)

    def turn(self, step: int) -> None:
        self._go(add_days(self._day, step * len(self.days_of(self._day))))

    def shows(self, day: date) -> bool:
        return day in self.days_of(self._day)


class WeekPane(HoursPane):
    """Seven days in two lanes, and below them what is known of the chosen appointment."""

    VIEW = "week"

    def compose(self) -> ComposeResult:
        yield TimeGrid(id="week", classes="main")

    def days_of(self, day: date) -> tuple[date, ...]:
        return week_of(day, self.app.session.settings.week_start)

    def names(self) -> tuple[str, ...]:
        return week_names(self.days_of(self._day))
