"""The hours of a week or a day as one widget that draws its own lines: hers and the children's, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from companion.domain.months import add_days
from companion.widgets.day_rows import Key
from companion.widgets.kept_lines import KeptLines, Line
from companion.widgets.month_grid import FIRST_DAY, LAST_DAY
from companion.widgets.time_block import Block, block_of
from companion.widgets.time_layout import EDGE, Run, TimeLayout, View, seen

__all__ = ["Block", "TimeGrid", "block_of"]

_WHEEL = 2  # rows at a turn
_GOES_ON = timedelta(hours=4)  # what lasts so long is not what she looks for in the middle of it
_FAR = 24 * 60
_LAYOUTS = 8  # that are kept: of a coach's week of 800 appointments each takes 25 ms to work out


class _Planned(NamedTuple):
    view: View
    size: Size
    layout: TimeLayout


_GROUNDS = {"ground": "ground-here", "now": "now-here"}  # tinted in the chosen day
_ROLES = (
    *("head", "today", "chosen", "hour", "part", "ground", "ground-here", "now", "now-here", "more", "rule"),
    *("hers", "hers-bar", "children", "children-bar", "off", "words", "more-words", "highlight", "hover"),
)
_CLASSES = {role: f"time--{role}" for role in _ROLES}


class TimeGrid(KeptLines, Widget, can_focus=True):
    """Days to walk through, and their blocks to choose from. The screen gives them with `show`.

    Keys and the mouse post messages; what the screen itself asks for posts nothing. Without `words` nothing is said
    of the chosen block at the foot, for a screen that has its words elsewhere.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = set(_CLASSES.values())
    DEFAULT_CSS = """
    TimeGrid {
        width: 1fr;
        height: 1fr;
        background: $surface;
        color: $text;
        & > .time--head, & > .time--part, & > .time--rule { color: $text-muted; }
        & > .time--today { text-style: bold underline; }
        & > .time--chosen { text-style: bold; color: $text-accent; }
        & > .time--ground-here, & > .time--now-here { background: $boost; }
        & > .time--now, & > .time--now-here { color: $text-warning; text-style: bold; }
        & > .time--hers, & > .time--children { background: $panel; }
        & > .time--hers-bar { background: $panel; color: $primary; text-style: bold; }
        & > .time--children-bar { background: $panel; color: $accent; text-style: bold; }
        & > .time--off { background: $panel; color: $text-muted; text-style: strike; }
        & > .time--more { text-style: bold underline; }
        & > .time--words { text-style: bold; }
        & > .time--hover { background: $block-hover-background; }
        & > .time--highlight {
            color: $block-cursor-blurred-foreground;
            background: $block-cursor-blurred-background;
        }
        &:focus {
            & > .time--highlight {
                color: $block-cursor-foreground;
                background: $block-cursor-background;
                text-style: $block-cursor-text-style;
            }
        }
        &:nocolor > .time--highlight { text-style: bold underline; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "day(-1)", "Day before", show=False),
        Binding("right", "day(1)", "Day after", show=False),
        Binding("up", "step(-1)", "Appointment before", show=False),
        Binding("down", "step(1)", "Appointment after", show=False),
        Binding("pageup", "period(-1)", "Days before", show=False),
        Binding("pagedown", "period(1)", "Days after", show=False),
        Binding("home", "edge(0)", "First day", show=False),
        Binding("end", "edge(-1)", "Last day", show=False),
        Binding("enter", "open", "Open", show=False),
    ]

    class _Told(Message):
        def __init__(self, time_grid: TimeGrid) -> None:
            super().__init__()
            self.time_grid = time_grid

        @property
        def control(self) -> TimeGrid:
            return self.time_grid

    class DayChosen(_Told):
        """Another day is chosen. It may lie beyond those shown: the screen then shows the days around it."""

        def __init__(self, time_grid: TimeGrid, day: date) -> None:
            super().__init__(time_grid)
            self.day = day

    class PeriodTurned(_Told):
        """The days after those shown are asked for (`step` 1), or the days before (-1)."""

        def __init__(self, time_grid: TimeGrid, step: int) -> None:
            super().__init__(time_grid)
            self.step = step

    class OccurrenceChosen(_Told):
        """Enter or a click on a block."""

        def __init__(self, time_grid: TimeGrid, key: Key) -> None:
            super().__init__(time_grid)
            self.key = key

    def __init__(
        self, *, words: bool = True, name: str | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._words = words
        self._view: View | None = None
        self._day = FIRST_DAY
        self._key: Key | None = None
        self._at: int | None = None  # the minute of the day she is at, kept while empty days are passed
        self._top = 0  # the first row of hours in sight
        self._under: tuple[Key, ...] = ()  # what is under the mouse
        self._planned: list[_Planned] = []  # the one used last at the end

    @property
    def day(self) -> date:
        """The chosen day."""
        return self._day

    @property
    def key(self) -> Key | None:
        """The block that keys act on."""
        return self._key

    def show(
        self,
        days: Sequence[date],
        blocks: Iterable[Block],
        *,
        today: date,
        now: datetime | None,
        hours24: bool,
        day: date,
        key: Key | None = None,
        empty: str = "",
    ) -> None:
        """Show `blocks` on `days`, which follow each other; `empty` is said where nothing is planned.

        Nothing is posted. The block named by `key` is chosen if it is on `day`, else the one that was; else, where it
        is shown for the first time or turns to today, what comes next; else the one nearest in time to where she was.
        """
        view = View(tuple(days), tuple(blocks), today, now, hours24, empty)
        stays = self._view is not None and (day != today or (day == self._day and self._key is not None))
        if view != self._view:
            # The very one that was laid out already, where these days come back.
            self._view = next((planned.view for planned in self._planned if planned.view == view), view)
            self._under = ()
        self._day = day
        keys = {block.key for block in self._order()}
        if key not in keys:
            key = self._key if self._key in keys else self._nearest(day) if stays else self._likely()
        self._key = key
        self._remember()
        self._bring_into_sight()
        self.draw_what_changed()

    def choose_day(self, day: date) -> None:
        """Choose one of the days shown, and in it the block nearest in time to the one that was chosen."""
        if day != self._day:
            self._go_to(day, self._nearest(day))

    def choose(self, key: Key) -> bool:
        """Choose a block, on the chosen day if it is there; False where it is not shown."""
        plan = self._plan()
        days = (self._day, *(self._view.days if self._view else ()))
        day = next((day for day in days if plan and plan.spot(key, day)), None)
        if day is not None:
            self._go_to(day, key)
            self._remember()
        return day is not None

    # Keys and mouse

    def action_day(self, step: int) -> None:
        self._turn_to(add_days(self._day, step))

    def action_step(self, step: int) -> None:
        """To the block before or after; where there is none the hours are scrolled."""
        keys = [block.key for block in self._order()]
        here = keys.index(self._key) + step if self._key in keys else 0 if keys else -1
        if 0 <= here < len(keys):
            self._go_to(self._day, keys[here])
            self._remember()
        else:
            self._scroll(step)

    def action_period(self, step: int) -> None:
        self.post_message(self.PeriodTurned(self, step))

    def action_edge(self, end: int) -> None:
        if self._view and self._view.days:
            self._turn_to(self._view.days[end])

    def action_open(self) -> None:
        if self._key is not None:
            self.post_message(self.OccurrenceChosen(self, self._key))

    def on_click(self, event: events.Click) -> None:
        """A click on a block opens it; on a count, it points at the next of those counted; on a day, it chooses it."""
        plan, offset = self._plan(), event.get_content_offset(self)
        if plan is None or offset is None or not 0 <= offset.y < plan.first_row + plan.seen:
            return
        day = plan.day_at(offset.x)
        if day is None:
            last = offset.y == plan.first_row + plan.seen - 1
            self._scroll(plan.seen if last else -plan.seen if offset.y == plan.first_row else 0)
            return
        keys = plan.keys_at(offset.x, offset.y, self._top)
        self._turn_to(day)
        if keys:
            here = keys.index(self._key) + 1 if self._key in keys else 0
            self._go_to(day, keys[here % len(keys)])
            self._remember()
            if len(keys) == 1:
                self.action_open()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        plan, offset = self._plan(), event.get_content_offset(self)
        here = plan is not None and offset is not None and offset.y < plan.first_row + plan.seen
        self._hover(plan.keys_at(offset.x, offset.y, self._top) if here and plan and offset else ())

    def on_leave(self) -> None:
        self._hover(())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(-_WHEEL)

    def on_focus(self) -> None:
        self._place_cursor()

    def on_resize(self) -> None:
        self._bring_into_sight()
        self.draw_what_changed()
        self.call_after_refresh(self._place_cursor)

    # What is chosen

    def _order(self) -> Sequence[Block]:
        plan = self._plan()
        return plan.order(self._day) if plan else ()

    def _block(self) -> Block | None:
        return next((block for block in self._order() if block.key == self._key), None)

    def _likely(self) -> Key | None:
        """What she most likely looks for in the chosen day: today what comes next, else the first."""
        blocks, now = self._order(), self._view.now if self._view else None
        if now is not None and self._day == now.date():
            ahead = [block for block in blocks if not block.by_days and not block.off and block.end > now]
            ahead.sort(key=lambda block: block.start < now and block.end - block.start >= _GOES_ON)
            if ahead:
                return ahead[0].key
        return blocks[0].key if blocks else None

    def _nearest(self, day: date) -> Key | None:
        """The block of that day nearest in time to where she is."""
        plan, at = self._plan(), self._at
        blocks = plan.order(day) if plan else ()
        if not blocks:
            return None
        if at is None:
            return blocks[0].key
        return min(blocks, key=lambda block: _FAR if block.by_days else abs(_minute(block, day) - at)).key

    def _turn_to(self, day: date) -> None:
        """Choose a day, and tell the screen."""
        day = min(max(day, FIRST_DAY), LAST_DAY)
        if day != self._day:
            self.choose_day(day)
            self.post_message(self.DayChosen(self, day))

    def _go_to(self, day: date, key: Key | None) -> None:
        """Let keys act on that block of that day. Every choice but `show` comes through here."""
        self._day, self._key = day, key
        self._bring_into_sight()
        plan = self._plan()
        if plan is None or plan.number(day) is not None:  # else the screen is about to show other days
            self.draw_what_changed()

    def _remember(self) -> None:
        block = self._block()
        if block is not None:
            self._at = None if block.by_days else _minute(block, self._day)

    # What is drawn

    def _plan(self) -> TimeLayout | None:
        """How the view is laid out; worked out once for all the lines of it, and kept while she goes to and fro."""
        view, size, kept = self._view, self.size, self._planned
        if view is None:
            return None
        place = next((n for n in reversed(range(len(kept))) if kept[n].view is view and kept[n].size == size), None)
        if place is None:
            kept.append(_Planned(view, size, TimeLayout(view, *size, words=self._words)))
            del kept[:-_LAYOUTS]
        elif place != len(kept) - 1:
            kept.append(kept.pop(place))
        return kept[-1].layout

    def lines(self, before: Sequence[Line]) -> list[Line]:
        plan, (width, height) = self._plan(), self.size
        if plan is None or not width:
            return [Line((), Strip.blank(width, self.kept_style()))] * height
        lines = [self._line(plan, y, before[y] if before else None) for y in range(height - plan.said)]
        for n, words in enumerate(plan.words(self._block(), self._day) if plan.said else ()):
            style = self.kept_style("time--more-words" if n else "time--words")
            strip = Strip([Segment(" " * EDGE + words, style)])
            lines.append(Line((), strip.adjust_cell_length(width, self.kept_style())))
        return lines

    def _line(self, plan: TimeLayout, y: int, before: Line | None) -> Line:
        runs, key, under = plan.line(y, self._top, self._day), self._key, self._under
        pointed = any(key in run.keys for run in runs)
        hovered = bool(under) and any(under == run.keys for run in runs)
        made_of = (runs, self._day, key if pointed else None, under if hovered else None)
        if before is not None and before.made_of == made_of:
            return before
        known = plan.width if runs and y < plan.first_row + plan.seen else None  # they fill it
        strip = Strip([self._segment(run) for run in runs], known)
        return Line(made_of, strip.adjust_cell_length(plan.width, self.kept_style()))

    def _segment(self, run: Run) -> Segment:
        text, role, keys, day, _leads = run
        if keys:
            if self._key in keys:
                return Segment(seen(run, self._key), self.kept_style("time--highlight"))
            if keys == self._under:
                return Segment(text, self.kept_style("time--hover"))
        elif day == self._day and role in _GROUNDS:
            role = _GROUNDS[role]
        return Segment(text, self.kept_style(_CLASSES[role]))

    def _hover(self, keys: tuple[Key, ...]) -> None:
        if keys != self._under:
            self._under = keys
            self.draw_what_changed()

    def _scroll(self, rows: int) -> None:
        plan = self._plan()
        top = min(max(self._top + rows, 0), plan.most_top) if plan else 0
        if top != self._top:
            self._top = top
            self.draw_what_changed()

    def _bring_into_sight(self) -> None:
        """Scroll no further than the chosen block needs."""
        plan = self._plan()
        if plan is None or not plan.seen:
            return
        self._top = min(self._top, plan.most_top)
        spot = plan.spot(self._key, self._day) if self._key else None
        if spot is not None and spot.scrolls:
            self._top = min(max(self._top, spot.top + min(spot.height, plan.seen) - plan.seen), spot.top)

    def draw_what_changed(self) -> None:
        super().draw_what_changed()
        self._place_cursor()

    def _place_cursor(self) -> None:
        """Move the terminal's own cursor to the chosen block: braille displays and magnifiers follow it."""
        plan = self._plan()
        if not self.has_focus or plan is None:
            return
        spot = plan.spot(self._key, self._day) if self._key else None
        number = plan.number(self._day)
        x, y = (plan.columns[number][0] if number is not None else 0), 0
        if spot is not None:
            row = spot.top - self._top if spot.scrolls else 0
            if not 0 <= row < max(1, plan.seen):
                return
            x, y = spot.x, plan.first_row + row if spot.scrolls else spot.top
        self.app.cursor_position = self.content_region.offset + Offset(x, y)


def _minute(block: Block, day: date) -> int:
    """When it begins on that day, in minutes from midnight."""
    return block.start.hour * 60 + block.start.minute if block.start.date() == day else 0
