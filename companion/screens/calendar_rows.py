"""The list of one day, as the month and the day have it beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from rich.segment import Segments
from textual.scrollbar import ScrollBarRender

from companion.domain.event import Occurrence
from companion.screens.days_held import MORE, HeldDays, first_row
from companion.widgets.day_list import DayList, Key

_FEWEST_ROWS, _USUAL_LINES = 6, 24


class _WhereNeeded(ScrollBarRender):
    """A scrollbar that is there always and seen where there is more than fits.

    One that comes and goes lays the whole screen out anew: a third of what a month flip costs.
    """

    @classmethod
    def render_bar(
        cls, size: int = 25, virtual_size: float = 50, window_size: float = 20, *rest: Any, **more: Any
    ) -> Segments:
        return super().render_bar(size, virtual_size, window_size if virtual_size > window_size else 0, *rest, **more)


class DayRows(DayList):
    """What is on the chosen day. What there is no room for is one key away, and costs nothing before it is pressed.

    `stepped` is called where another row is highlighted, by whatever way.
    """

    def __init__(self, stepped: Callable[[], None] = lambda: None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._stepped = stepped
        self.vertical_scrollbar.renderer = _WhereNeeded  # type: ignore[misc]  # Textual means it to be set so
        self._of: tuple[HeldDays, date, bool] | None = None
        self._empty_words = ""
        self._all = False  # whether she asked for what there is no room for

    def fill(self, held: HeldDays, day: date, today: date, empty: str, *, hours24: bool, keep: bool = False) -> None:
        """Show that day, and `empty` where nothing is on it. With `keep` the row that was highlighted stays so."""
        if self._of is None or self._of[1] != day:
            self._all = False
        self._of, self._empty_words = (held, day, hours24), empty
        keep = keep and self.row is not None
        self._fill(today)
        key = None if keep else first_row(held.on(day))
        if key is not None:
            self.choose(key)

    def _fill(self, today: date | None) -> None:
        if self._of is not None and today is not None:
            held, day, hours24 = self._of
            # A row takes two lines or more: those below the edge would cost with every key.
            most = None if self._all else max(_FEWEST_ROWS, (self.size.height or _USUAL_LINES) // 2)
            rows = held.rows(day, hours24=hours24, most=most)
            self.show(rows, today, self._empty_words)

    def point_at(self, key: Key) -> None:
        """Highlight that appointment, if it is on the day."""
        if not self.choose(key) and self._of is not None and self._of[0].find(self._of[1], key):
            self._show_all()
            self.choose(key)

    def _show_all(self) -> None:
        self._all = True
        self._fill(self._today)

    def action_choose(self) -> None:
        if self.row is not None and self.row.key == MORE:
            self._show_all()
        else:
            super().action_choose()

    def chosen(self) -> Occurrence | None:
        """The appointment that keys act on."""
        if self._of is None or self.row is None:
            return None
        held, day, _hours24 = self._of
        return held.find(day, self.row.key)

    def _highlight(self, place: int | None) -> None:
        before = self._place
        super()._highlight(place)
        if self._place != before:
            self._stepped()
