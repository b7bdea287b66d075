"""Everything, day below day, on without end in both directions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from textual import on
from textual.app import ComposeResult

from companion.domain.event import Occurrence
from companion.domain.months import add_days, add_months, first_of
from companion.screens.calendar_pane import Pane, within
from companion.screens.calendar_words import month_names
from companion.screens.days_held import HeldDays
from companion.screens.held_widget import HeldWidget
from companion.screens.kept_days import KeptDays
from companion.widgets.agenda_list import NOTHING, AgendaList
from companion.widgets.day_rows import Key, Row, RowStatus
from companion.widgets.plain import wrap
from companion.widgets.stretch import Load

_DAY_ALONE = 4  # reading one day takes as long as four days of a longer stretch (10,000 events: 3 ms)


class Agenda(HeldWidget, AgendaList):
    """An endless list that tells what it could not read, and what to do where nothing is."""

    def __init__(self, load: Load, nothing: Callable[[], str], *, id: str | None = None, classes: str | None = None):
        super().__init__(load, id=id, classes=classes)
        self._nothing = nothing

    def _texts_of(self, item: Row | str, when_width: int, width: int) -> list[str]:
        """A day on which nothing is shown need not be one on which nothing is planned."""
        if isinstance(item, Row) and item.key == NOTHING:
            return [f"  {line}" for line in wrap(self._nothing(), width - 2)]
        return super()._texts_of(item, when_width, width)


class ListPane(Pane):
    """What lasts over midnight stands under each of its days, as in the other views."""

    VIEW = "list"

    def __init__(self, kept: KeptDays, told: Callable[[], None], day: date, **named: Any) -> None:
        super().__init__(kept, told, day, **named)
        self._found: dict[tuple[Key, date], Occurrence] = {}
        self._as_of: object = None

    def compose(self) -> ComposeResult:
        yield Agenda(self._load, self.kept.nothing, id="agenda", classes="main")

    @property
    def listed(self) -> Agenda:
        return self.query_one(Agenda)

    @property
    def day(self) -> date:
        return self.first_day if self._as_of is None else self.listed.day

    def on_mount(self) -> None:
        self.show_day(self.first_day)

    def show_day(self, day: date, key: Key | None = None) -> None:
        day, listed, as_of = within(day), self.listed, self.kept.as_of()
        if day != self.day or as_of != self._as_of:
            self._found.clear()
            listed.filtered = not self.kept.showing.everything
            listed.start_at(day, self.app.session.planner.today())
            self._as_of = as_of
        key = key or self._first_of(day)
        if key is not None:
            listed.choose(key, day)

    def _first_of(self, day: date) -> Key | None:
        """The first that takes place that day."""
        rows = (row for row in self.listed.rows if row.day == day and row.status is not RowStatus.CANCELLED)
        return next((row.key for row in rows), None)

    def reload(self) -> None:
        as_of = self.kept.as_of()
        if as_of != self._as_of:
            self._found.clear()
            self.listed.filtered = not self.kept.showing.everything
            self.listed.reload(self.app.session.planner.today())
            self._as_of = as_of

    def _load(self, first: date, until: date) -> list[Row]:
        hours24 = self.app.session.settings.hours24
        rows: list[Row] = []
        for held in self._held(first, until):
            for day in sorted(day for day in held if first <= day < until):
                self._found.update({(occurrence.key, day): occurrence for occurrence in held.on(day)})
                rows += held.rows(day, hours24=hours24, most=None, dated=True)
        return rows

    def _held(self, first: date, until: date) -> Iterator[HeldDays]:
        """Those days; where a filter shows little, only the ones it shows anything on.

        A year in which it shows ten appointments may hold thousands of others.
        """
        showing = self.kept.showing
        if not showing.everything:
            shown = self.app.session.planner.between(first, until, showing.takes)
            days = {day for occurrence in shown for day in _days(occurrence) if first <= day < until}
            if len(days) * _DAY_ALONE < (until - first).days:
                yield from (self.kept.read(day, add_days(day, 1)) for day in sorted(days))
                return
        yield self.kept.between(first, until)

    @on(AgendaList.DayReached)
    def _day_reached(self, event: AgendaList.DayReached) -> None:
        event.stop()
        self.told()

    def chosen(self) -> Occurrence | None:
        row = self.listed.row
        return None if row is None or row.day is None else self._found.get((row.key, row.day))

    def turn(self, step: int) -> None:
        self.show_day(add_months(first_of(self.day), step))

    def names(self) -> tuple[str, ...]:
        return month_names(self.day)

    def shows(self, day: date) -> bool:
        return day == self.day


def _days(occurrence: Occurrence) -> Iterator[date]:
    """The days it touches."""
    day, last = occurrence.start.date(), max(occurrence.start, occurrence.end - timedelta.resolution).date()
    while day <= last:
        yield day
        day = add_days(day, 1)
