"""Appointments day by day, on without end in both directions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from companion.domain.language import _
from companion.domain.wording import day_heading
from companion.widgets.day_list import DayList, Key, Row
from companion.widgets.stretch import NOTHING, End, Load, Stretch

__all__ = ["NOTHING", "AgendaList"]

_MOST = 400  # rows; more are let go of at the far end
_USUAL_LINES = 24
_AT_ONCE = 3  # windows read before the first picture, six weeks where nothing is; the rest comes after it


class _Said(str):
    """A line at an end of the list, that nothing more is there."""

    __slots__ = ()


class AgendaList(DayList):
    """A list that reads what comes next while she goes on, and lets go of what lies far behind.

    It is filled by `start_at` and `reload`, not by `show`. What is highlighted and what is in sight stay in their
    places when rows are added above them. The day it starts at and the day that is today are named even where nothing
    is on them, with a row whose key is `NOTHING`.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"agenda-list--end"}
    DEFAULT_CSS = """
    AgendaList {
        & > .agenda-list--end { color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "day(-1)", "Day before", show=False),
        Binding("right", "day(1)", "Day after", show=False),
    ]

    class DayReached(Message):
        """The highlighted row is of another day now. Not posted by `start_at`."""

        def __init__(self, agenda: AgendaList, day: date) -> None:
            super().__init__()
            self.agenda, self.day = agenda, day

        @property
        def control(self) -> AgendaList:
            return self.agenda

    def __init__(
        self, load: Load, *, name: str | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        """`load` gives the rows of the days from one up to, not including, another, each with its day."""
        super().__init__(name=name, id=id, classes=classes)
        self._stretch = Stretch(load)
        self._day = date.min
        self._when = 0  # columns for the times; they only grow, so that titles stay in their column
        self._known: dict[Row, list[str]] = {}  # the lines of the rows, at the width they were made for
        self._known_for = (0, 0)
        self._filtered = False
        self._reading = False
        self._start: date | None = None  # where to begin, as long as the list has no size

    @property
    def day(self) -> date:
        """The day of the highlighted row."""
        row = self.row
        return row.day if row is not None and row.day is not None else self._day

    # Filling

    @property
    def filtered(self) -> bool:
        """Whether `load` leaves some out; it is said then where nothing is. To be set before the list is filled."""
        return self._filtered

    @filtered.setter
    def filtered(self, filtered: bool) -> None:
        if filtered != self._filtered:
            self._filtered = filtered
            self._known = {}

    def start_at(self, day: date, today: date) -> None:
        """Show `day` at the top, with its first row highlighted."""
        with self._drawing_what_changes():
            self._today, self._day, self._when = today, day, 0
            self._stretch.begin(day, today)
            lines = self.scrollable_content_region.height or _USUAL_LINES
            for end in (End.AFTER, End.BEFORE):
                for _look in range(_AT_ONCE):
                    if len(self._stretch.rows) < lines and not self._stretch.ended(end):
                        self._stretch.grow(end)
            self._place, self._under = None, None
            self._take_rows()
            self._lay_out()
            self._to_the_start(day)
        self._day = self.day
        self._read_soon()

    def _to_the_start(self, day: date) -> None:
        """Highlight the first row of `day`, at the top; once there is a size, where there is none yet.

        Where another row of `day` was chosen meanwhile, it stays so.
        """
        places = self._places()
        first = next((place for place in places if self._day_at(place) >= day), places[-1])
        if self._place is None or self._day_at(self._place) != day:
            self._place = first
        height = self.scrollable_content_region.height
        self._start = None if height else day
        self._scroll_to_line(self._extent(first, height)[0])
        self._bring_into_sight()

    def reload(self, today: date | None = None) -> None:
        """Read again what is held. The highlighted row stays so, on another day too, or the one that took its place."""
        if not self._stretch.begun:
            return
        today = today or self._today or self._day
        with self._drawing_what_changes(), self._in_place():
            self._today = today
            self._stretch.read_again(self.day, today)
        self._tell_day()
        self._read_soon()

    def choose(self, key: Key, day: date | None = None) -> bool:
        """Highlight the row with that key, on that day where one is given; False where it is not held."""
        place = next(
            (n for n in self._places() if self._row_at(n).key == key and day in {None, self._day_at(n)}),
            None,
        )
        self._highlight(place)
        return place is not None

    # Keys

    def action_step(self, step: int) -> None:
        end = End(step)
        while not self._beyond(step) and not self._stretch.ended(end):
            self._read_on(end)
        beyond = self._beyond(step)
        if beyond:
            self._highlight(beyond[0] if step > 0 else beyond[-1])
        else:
            self._bring_into_sight()

    def action_page(self, step: int) -> None:
        end = End(step)
        while self._lines_beyond(end) < 2 * self.scrollable_content_region.height and not self._stretch.ended(end):
            self._read_on(end)
        super().action_page(step)

    def action_day(self, step: int) -> None:
        """To the first row of the next day that has any, or of the one before."""
        end, here = End(step), self.day
        while not self._other_day(step, here) and not self._stretch.ended(end):
            self._read_on(end)
        there = self._other_day(step, here)
        if there is not None:
            self._highlight(next(n for n in self._places() if self._day_at(n) == there))

    def _beyond(self, step: int) -> list[int]:
        here = self._place if self._place is not None else -1
        return [n for n in self._places() if (n > here if step > 0 else n < here)]

    def _other_day(self, step: int, here: date) -> date | None:
        """The nearest day that is held, before or after."""
        days = [self._day_at(n) for n in self._places()]
        if step > 0:
            return min((day for day in days if day > here), default=None)
        return max((day for day in days if day < here), default=None)

    def on_mount(self) -> None:
        self.watch(self.vertical_scrollbar, "grabbed", self._read_soon, init=False)

    def on_resize(self) -> None:
        if self._text_width() != self._width and self._stretch.begun:
            with self._in_place():
                pass  # the width is what changed
            self.refresh()
        if self._start is not None:
            self._to_the_start(self._start)
        self._read_soon()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._read_soon()

    def _highlight(self, place: int | None) -> None:
        super()._highlight(place)
        self._tell_day()

    def _tell_day(self) -> None:
        day = self.day
        if day != self._day:
            self._day = day
            self.post_message(self.DayReached(self, day))

    # Reading on

    def _read_soon(self) -> None:
        """After the next picture, so that no key waits for it; and as a message, so that an error can be told."""
        if not self._reading and self._stretch.begun and self.is_mounted:
            self._reading = True
            self.call_after_refresh(self.call_later, self._read_where_short)

    def _read_where_short(self) -> None:
        """Read one window at an end of which less than a page is held beyond what is in sight.

        Not while she drags the scrollbar or it moves by itself: both know the line they want to get to.
        """
        self._reading = False
        height = self.scrollable_content_region.height
        moving = self.vertical_scrollbar.grabbed or self.app.animator.is_being_animated(self, "scroll_y")
        if not height or moving:
            return
        for end in (End.AFTER, End.BEFORE):
            if self._lines_beyond(end) < height and not self._stretch.ended(end):
                self._read_on(end)
                self._read_soon()
                return

    def _lines_beyond(self, end: End) -> int:
        """Lines that are held out of sight at that end."""
        above = self.scroll_offset.y
        return above if end is End.BEFORE else len(self._lines) - above - self.scrollable_content_region.height

    def _read_on(self, end: End) -> None:
        at_the_end = self._lines_beyond(end) <= 0
        with self._drawing_what_changes():
            with self._in_place():
                self._stretch.grow(end)
                self._let_go(End(-end))
            if at_the_end and self._stretch.told(end):
                self._scroll_to_line(0 if end is End.BEFORE else len(self._lines))  # to what is said there
        self._tell_day()

    def _let_go(self, end: End) -> None:
        """Drop what is too much, and nothing within two pages of what is in sight."""
        margin = 2 * self.scrollable_content_region.height
        top = self.scroll_offset.y - margin
        bottom = self.scroll_offset.y + self.scrollable_content_region.height + margin
        lines = zip(self._tops, [*self._tops[1:], len(self._lines)], self._items, strict=True)
        far = [
            last <= top if end is End.BEFORE else first >= bottom
            for first, last, item in lines
            if isinstance(item, Row)
        ]
        self._stretch.drop(end, min(sum(far), len(self._stretch.rows) - _MOST))

    # Layout

    def _take_rows(self) -> None:
        self._rows = tuple(self._stretch.rows)
        self._items = self._items_of(self._rows)

    def _items_of(self, rows: tuple[Row, ...]) -> list[Row | str]:  # type: ignore[override]  # it is given no other
        items: list[Row | str] = []
        if self._stretch.told(End.BEFORE):
            items.append(_Said(_("None of these before.") if self._filtered else _("Nothing before.")))
        day: date | None = None
        for row in rows:
            if row.day is not None and row.day != day:
                day = row.day
                items.append(day_heading(day, self._today or day))
            items.append(row)
        if self._stretch.told(End.AFTER):
            items.append(_Said(_("No more of these.") if self._filtered else _("Nothing more planned.")))
        return items

    def _when_width(self) -> int:
        self._when = max(self._when, super()._when_width())
        return self._when

    def _lay_out(self) -> None:
        super()._lay_out()
        held = set(self._rows)
        self._known = {row: lines for row, lines in self._known.items() if row in held}

    def _texts_of(self, item: Row | str, when_width: int, width: int) -> list[str]:
        """As they were before: only what is new is laid out, of what may be hundreds of rows."""
        if not isinstance(item, Row):
            return super()._texts_of(item, when_width, width)
        if self._known_for != (when_width, width):
            self._known, self._known_for = {}, (when_width, width)
        lines = self._known.get(item)
        if lines is None:
            if item.key == NOTHING:
                said = _("None of these.") if self._filtered else _("Nothing planned.")
                lines = [f"  {line}" for line in super()._texts_of(said, 0, width - 2)]
            else:
                lines = super()._texts_of(item, when_width, width)
            self._known[item] = lines
        return lines

    def _look_of(self, item: str) -> str:
        return "agenda-list--end" if isinstance(item, _Said) else super()._look_of(item)

    def _extent(self, place: int, height: int) -> tuple[int, int]:
        """With the line that says that nothing more is there, where the item is the last before it."""
        top, end = super()._extent(place, height)
        places = self._places()
        if place == places[-1] and len(self._lines) - top <= height:
            end = len(self._lines)
        if place == places[0] and end <= height:
            top = 0
        return top, end

    @contextmanager
    def _in_place(self) -> Iterator[None]:
        """Around a change of what is held or of the width: afterwards all of it is laid out anew.

        The row that is looked at is then on the same line of the screen: the highlighted one while it is in sight,
        else the first that is. The highlight stays on its row.
        """
        chosen, at = self.row, self._number_on_its_day(self._place)
        fixed = self._looked_at()
        row = self._row_at(fixed) if fixed is not None else None
        line = self._tops[fixed] - self.scroll_offset.y if fixed is not None else 0
        self._under = None
        yield
        self._take_rows()
        there = self._find(row)
        found = self._find(chosen)
        self._place = found if found is not None else self._instead_of(chosen, at)
        self._lay_out()
        if there is None:
            there = self._place
        if there is not None:
            self._scroll_to_line(self._tops[there] - line)

    def _number_on_its_day(self, place: int | None) -> int:
        if place is None:
            return 0
        return sum(n < place and self._day_at(n) == self._day_at(place) for n in self._places())

    def _instead_of(self, row: Row | None, number: int) -> int | None:
        """The row that took the place of one that is gone: of the same day, else the first after it."""
        day = row.day if row is not None and row.day is not None else self._day
        places = self._places()
        same = [n for n in places if self._day_at(n) == day]
        if same:
            return same[min(number, len(same) - 1)]
        return next((n for n in places if self._day_at(n) > day), places[-1] if places else None)

    def _looked_at(self) -> int | None:
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if self._place is not None and (not height or top <= self._tops[self._place] < top + height):
            return self._place
        return next((n for n in self._places() if self._tops[n] >= top), self._place)

    def _find(self, row: Row | None) -> int | None:
        """Where that row is now: on its day, or on another one, where it was moved to."""
        if row is None:
            return None
        if row.key == NOTHING:
            return next((n for n in self._places() if self._row_at(n) == row), None)
        same = [n for n in self._places() if self._row_at(n).key == row.key]
        return next((n for n in same if self._day_at(n) == row.day), same[0] if len(same) == 1 else None)

    def _scroll_to_line(self, line: int) -> None:
        self.scroll_to(y=line, animate=False, force=True)

    def _row_at(self, place: int) -> Row:
        item = self._items[place]
        assert isinstance(item, Row)
        return item

    def _day_at(self, place: int) -> date:
        return self._row_at(place).day or self._day
