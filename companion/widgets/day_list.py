"""The appointments of a day, or of several under headings: when, what, where, and what to know in words.

It draws its own lines, because it is filled anew with every arrow key in the month: as a list of options, each of
them formatted and wrapped by Textual, filling and painting it was the greater part of such a key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from companion.domain.language import _
from companion.domain.text import clean
from companion.domain.wording import day_heading
from companion.widgets.day_rows import Key, Row, RowStatus, row_lines, row_of, status_words
from companion.widgets.kept_styles import KeptStyles
from companion.widgets.plain import wrap

__all__ = ["DayList", "Key", "Row", "RowStatus", "row_lines", "row_of", "status_words"]

_WHEN_MOST = 18  # columns of "11:30 am–12:30 pm" and one more
_EDGE = 1  # a free column on either side of the text


class DayList(KeptStyles, ScrollView, can_focus=True):
    """Appointments to choose from. `show` gives it rows; the chosen one stays chosen when it is shown again.

    Its height is the screen's to give, never its content's: other rows are no reason to lay the screen out anew.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "day-list--heading",
        "day-list--empty",
        "day-list--highlight",
        "day-list--hover",
    }
    DEFAULT_CSS = """
    DayList {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        background: $surface;
        color: $text;
        & > .day-list--heading, & > .day-list--empty { text-style: bold; }
        & > .day-list--hover { background: $block-hover-background; }
        & > .day-list--highlight {
            color: $foreground;
            background: $block-cursor-blurred-background;
            text-style: $block-cursor-blurred-text-style;
        }
        &:focus {
            background-tint: $foreground 5%;
            & > .day-list--highlight {
                color: $block-cursor-foreground;
                background: $block-cursor-background;
                text-style: $block-cursor-text-style;
            }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Row before", show=False),
        Binding("down", "step(1)", "Row after", show=False),
        Binding("pageup", "page(-1)", "Page before", show=False),
        Binding("pagedown", "page(1)", "Page after", show=False),
        Binding("home", "edge(0)", "First row", show=False),
        Binding("end", "edge(-1)", "Last row", show=False),
        Binding("enter", "choose", "Choose", show=False),
    ]

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False, repaint=False)
    auto_links: Reactive[bool] = Reactive(False)  # nothing in a row is one

    class OccurrenceChosen(Message):
        """Enter or a click on a row."""

        def __init__(self, day_list: DayList, row: Row) -> None:
            super().__init__()
            self.day_list, self.row, self.key = day_list, row, row.key

        @property
        def control(self) -> DayList:
            return self.day_list

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._rows: tuple[Row, ...] = ()
        self._today: date | None = None
        self._empty = ""
        self._items: list[Row | str] = []  # rows, and between them headings, or the one sentence of an empty list
        self._place: int | None = None  # the item that keys act on
        self._under: int | None = None  # the item under the mouse
        self._lines: list[tuple[str, int]] = []  # text, and the item it belongs to
        self._tops: list[int] = []  # the first line of each item
        self._width = 0

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    @property
    def row(self) -> Row | None:
        """The row that keys act on."""
        item = self._items[self._place] if self._place is not None else None
        return item if isinstance(item, Row) else None

    def show(self, rows: Iterable[Row], today: date, empty: str | None = None) -> None:
        """Show `rows`, with a heading for each day where there are several; `empty` is said where there are none.

        Nothing is posted. The row that was highlighted stays so, or the one that took its place.
        """
        rows = tuple(rows)
        said = _("Nothing planned.") if empty is None else empty
        if (rows, today, said) == (self._rows, self._today, self._empty) and self._items:
            return
        before, place = self.row, self._place
        with self._drawing_what_changes():
            self._rows, self._today, self._empty = rows, today, said
            self._items = self._items_of(rows)
            self._under = None
            found = self._place_of(before.key) if before else None
            self._place = found if found is not None else self._near(place or 0)
            self._lay_out()
            if found is None:
                self.scroll_to(y=0, animate=False, force=True)
            self._bring_into_sight()

    def choose(self, key: Key) -> bool:
        """Highlight the row with that key; False where it is not in the list."""
        place = self._place_of(key)
        self._highlight(place)
        return place is not None

    # Keys and mouse

    def action_step(self, step: int) -> None:
        """To the next row, from the last one to the first."""
        places = self._places()
        if places:
            here = places.index(self._place) if self._place in places else -1 if step > 0 else 0
            self._highlight(places[(here + step) % len(places)])

    def action_page(self, step: int) -> None:
        if self._place is None:
            return
        line = self._tops[self._place] + step * self.scrollable_content_region.height
        there = self._lines[min(max(line, 0), len(self._lines) - 1)][1]
        if step > 0:
            self._highlight(self._near(there))
        else:
            places = self._places()
            self._highlight(next((place for place in reversed(places) if place <= there), places[0]))

    def action_edge(self, end: int) -> None:
        places = self._places()
        self._highlight(places[end] if places else None)

    def action_choose(self) -> None:
        row = self.row
        if row is not None:
            self.post_message(self.OccurrenceChosen(self, row))

    def on_click(self, event: events.Click) -> None:
        place = self._place_at(event)
        if place is not None and isinstance(self._items[place], Row):
            self._highlight(place)
            self.action_choose()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._hover(self._place_at(event))

    def on_leave(self) -> None:
        self._hover(None)

    def on_focus(self) -> None:
        self._place_cursor()

    def on_show(self) -> None:
        self._bring_into_sight()

    def on_resize(self) -> None:
        if self._items and self._text_width() != self._width:
            self._lay_out()
            self.refresh()
        self._bring_into_sight()
        self.call_after_refresh(self._place_cursor)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._place_cursor()

    # What is in it

    def _items_of(self, rows: Sequence[Row]) -> list[Row | str]:
        if not rows:
            return [self._empty]
        several = len({row.day for row in rows}) > 1
        items: list[Row | str] = []
        day: date | None = None
        for row in rows:
            if several and row.day is not None and row.day != day:
                day = row.day
                items.append(day_heading(day, self._today or day))
            items.append(row)
        return items

    def _lay_out(self) -> None:
        """The items as plain lines, without colors, which would be lost on the highlight. Every word is cleaned."""
        width = self._width = self._text_width()
        when_width = self._when_width()
        self._lines, self._tops = [], []
        for place, item in enumerate(self._items):
            self._tops.append(len(self._lines))
            self._lines += [(text, place) for text in self._texts_of(item, when_width, width)]
        if self.scrollable_content_region:
            self.virtual_size = Size(self.scrollable_content_region.width, len(self._lines))
            self._scroll_update(self.virtual_size)

    def _when_width(self) -> int:
        """Columns for the times."""
        return min(_WHEN_MOST, max((cell_len(row.when) for row in self._rows), default=0))

    def _texts_of(self, item: Row | str, when_width: int, width: int) -> list[str]:
        """The lines of an item."""
        return row_lines(item, when_width, width) if isinstance(item, Row) else _sentence(item, width)

    def _text_width(self) -> int:
        """Columns for text; 0 before the list is on a screen, and it is laid out again once it has a size."""
        return max(0, self.scrollable_content_region.width - 2 * _EDGE) if self.is_mounted else 0

    def _places(self) -> list[int]:
        return [place for place, item in enumerate(self._items) if isinstance(item, Row)]

    def _place_of(self, key: Key) -> int | None:
        return next((n for n, item in enumerate(self._items) if isinstance(item, Row) and item.key == key), None)

    def _near(self, place: int) -> int | None:
        """The row nearest to where the highlight was, the next one first."""
        places = self._places()
        return next((each for each in places if each >= place), places[-1] if places else None)

    def _place_at(self, event: events.MouseEvent) -> int | None:
        """The item under the mouse."""
        offset = event.get_content_offset(self)
        if offset is None or offset.x >= self.scrollable_content_region.width:
            return None
        line = offset.y + self.scroll_offset.y
        return self._lines[line][1] if line < len(self._lines) else None

    # What is drawn

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        text, look = self._drawn_at(y + self.scroll_offset.y)
        return Strip([Segment(set_cell_size(" " * _EDGE + text, width), self.kept_style(look))], width)

    def _drawn_at(self, line: int) -> tuple[str, str]:
        """The text of a line, and the component class it is drawn in: "" is a row like any other."""
        if line >= len(self._lines):
            return "", ""
        text, place = self._lines[line]
        item = self._items[place]
        if isinstance(item, str):
            return text, self._look_of(item)
        if place == self._place:
            return text, "day-list--highlight"
        return text, "day-list--hover" if place == self._under else ""

    def _look_of(self, item: str) -> str:
        """The component class of an item that is no row."""
        return "day-list--heading" if self._rows else "day-list--empty"

    def _in_sight(self) -> list[tuple[str, str]]:
        top = self.scroll_offset.y
        return [self._drawn_at(line) for line in range(top, top + self.scrollable_content_region.height)]

    @contextmanager
    def _drawing_what_changes(self) -> Iterator[None]:
        """Around a change: afterwards those lines are drawn again that look different now."""
        before = self._in_sight()
        yield
        pairs = zip(before, self._in_sight(), strict=False)  # another height is drawn anew as a whole
        changed = [Region(0, y, self.size.width, 1) for y, (old, new) in enumerate(pairs) if old != new]
        if changed:
            self.refresh(*changed)
        self._place_cursor()

    def _highlight(self, place: int | None) -> None:
        if place is not None and place != self._place:
            with self._drawing_what_changes():
                self._place = place
                self._bring_into_sight()

    def _hover(self, place: int | None) -> None:
        if place != self._under:
            with self._drawing_what_changes():
                self._under = place

    def _bring_into_sight(self) -> None:
        """Scroll no further than the highlighted row needs, and its heading where that is right above it."""
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.position = self.scroll_y  # it was not told while it was hidden
        height = self.scrollable_content_region.height
        if self._place is None or not height:
            return
        top, end = self._extent(self._place, height)
        y = self.scroll_offset.y
        y = min(max(y, end - height), top)
        if y != self.scroll_offset.y:
            self.scroll_to(y=y, animate=False, force=True)

    def _extent(self, place: int, height: int) -> tuple[int, int]:
        """The lines of an item, first and after the last, with those of the heading above it where both fit."""
        top = self._tops[place]
        end = self._tops[place + 1] if place + 1 < len(self._tops) else len(self._lines)
        if place and isinstance(self._items[place - 1], str):
            above = self._tops[place - 1]
            top = above if end - above <= height else top
        return top, end

    def _place_cursor(self) -> None:
        """Move the terminal's own cursor to the highlighted row: braille displays and magnifiers follow it."""
        if not self.has_focus or self._place is None:
            return
        y = self._tops[self._place] - self.scroll_offset.y
        if 0 <= y < self.scrollable_content_region.height:
            self.app.cursor_position = self.content_region.offset + Offset(_EDGE, y)


def _sentence(text: str, width: int) -> list[str]:
    return [line for part in clean(text, lines=True).split("\n") for line in wrap(part, width)]
