"""Goals with their figures: four together for each, as a small table where there is room, else as a line that wraps.

No figure stands alone, and none is colored: what is kept is not a grade.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.widget import Widget

from companion.widgets.month_view import Run
from companion.widgets.plain import cut, fit, wrap

_COLUMNS = (16, 16, 29)  # current run, best run, total kept; the last 30 days take what is left
_TABLE_FROM = sum(_COLUMNS) + 14
_INDENT = 2
_GAP = 2
_LEAST_NAME = 12
_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal in words: `counts` is what counts for it, `now` what this period has. `figures` are (name, value).

    `words` is a sentence below the figures, or in their place where there are none yet.
    """

    id: str
    name: str
    counts: str = ""
    now: str = ""
    figures: tuple[tuple[str, str], ...] = ()
    words: str = ""


def goal_lines(row: GoalRow, width: int, *, chosen: bool = False) -> list[list[Run]]:
    """The lines of one goal, each at most `width` columns. The chosen one is marked with `›`."""
    lines = [_head(row, width, chosen)]
    if row.figures and width >= _TABLE_FROM:
        widths = (*_COLUMNS, width - _INDENT - sum(_COLUMNS))
        for role, place in (("label", 0), ("figure", 1)):
            cells = [fit(figure[place], size) for figure, size in zip(row.figures, widths, strict=True)]
            lines.append([Run(" " * _INDENT + "".join(cells).rstrip(), role)])
    elif row.figures:
        parts = [f"{name} {value}" for name, value in row.figures]
        lines += [[Run(" " * _INDENT + text, "figure")] for text in _flow(parts, width - _INDENT)]
    lines += [[Run(" " * _INDENT + text, "words")] for text in wrap(row.words, width - _INDENT)]
    return lines


def _head(row: GoalRow, width: int, chosen: bool) -> list[Run]:
    """The name, what counts in small where there is room for it, and what this period has at the right end."""
    sign = "› " if chosen else "  "
    now = cut(row.now, max(0, width - _INDENT - _LEAST_NAME - _GAP))
    room = width - _INDENT - (cell_len(now) + _GAP if now else 0)
    name = cut(row.name, room)
    left = room - cell_len(name) - _GAP
    counts = cut(row.counts, left) if left >= _LEAST_NAME else ""
    used = _INDENT + cell_len(name) + (_GAP + cell_len(counts) if counts else 0)
    runs = [Run(sign + name, "chosen" if chosen else "name")]
    if counts:
        runs.append(Run(" " * _GAP + counts, "counts"))
    if now:
        runs.append(Run(" " * (width - used - cell_len(now)) + now, "now"))
    return runs


def _flow(parts: Sequence[str], width: int) -> list[str]:
    """`parts` with dots between them; a new line begins between two parts, and inside one only where it must."""
    lines: list[str] = []
    for part in parts:
        joined = f"{lines[-1]}{_BETWEEN}{part}" if lines else part
        if lines and cell_len(joined) <= width:
            lines[-1] = joined
        else:
            lines += wrap(part, width)
    return lines


_STYLES = {
    "chosen": "bold $block-cursor-blurred-foreground on $block-cursor-blurred-background",
    "name": "bold",
    "counts": "$text-muted",
    "now": "bold",
    "label": "$text-muted",
    "figure": "",
    "words": "",
}


class GoalList(Widget):
    """Shows goals; `index` says which one keys act on. The screen moves it, as it scrolls the whole page with it."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = """
    GoalList {
        width: 1fr;
        height: auto;
    }
    """

    class Opened(Message):
        """A click on the goal that was chosen already."""

        def __init__(self, goal_list: GoalList, row: GoalRow) -> None:
            super().__init__()
            self.goal_list, self.row = goal_list, row

        @property
        def control(self) -> GoalList:
            return self.goal_list

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: tuple[GoalRow, ...] = ()
        self._index = 0

    @property
    def rows(self) -> tuple[GoalRow, ...]:
        return self._rows

    @property
    def row(self) -> GoalRow | None:
        """The goal that keys act on."""
        return self._rows[self._index] if self._rows else None

    @property
    def index(self) -> int:
        return self._index

    @index.setter
    def index(self, place: int) -> None:
        self._index = max(0, min(len(self._rows) - 1, place))
        self.refresh()

    def show(self, rows: Iterable[GoalRow]) -> None:
        """Show `rows`; the goal that was chosen stays so, or the one that took its place."""
        before = self.row
        self._rows = tuple(rows)
        same = (n for n, row in enumerate(self._rows) if before is not None and row.id == before.id)
        self._index = next(same, max(0, min(self._index, len(self._rows) - 1)))
        self.refresh(layout=True)

    def region_of(self, place: int) -> Region:
        """The lines of one goal inside this widget."""
        heights = [len(lines) for lines in self._blocks(self.size.width)]
        top = sum(heights[:place]) + place  # a free line stands between two goals
        return Region(0, top, self.size.width, heights[place])

    def _blocks(self, width: int) -> list[list[list[Run]]]:
        return [goal_lines(row, width, chosen=n == self._index) for n, row in enumerate(self._rows)]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        blocks = self._blocks(width)
        return sum(len(block) for block in blocks) + max(0, len(blocks) - 1)

    def render(self) -> Content:
        blocks = self._blocks(self.size.width)
        return Content("\n\n").join(Content("\n").join(_line(runs) for runs in block) for block in blocks)

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset_capture(self)
        for number in range(len(self._rows)):
            region = self.region_of(number)
            if region.y <= place.y < region.bottom:
                if number == self._index:
                    self.post_message(self.Opened(self, self._rows[number]))
                self.index = number
                return


def _line(runs: Sequence[Run]) -> Content:
    return Content("").join(Content.styled(run.text, _STYLES[run.role]) for run in runs)
