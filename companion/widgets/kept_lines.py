"""Lines that are kept as they are on the screen, for widgets that draw their own: only what differs is sent again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Self

from textual.geometry import Region, Size
from textual.strip import Strip

from companion.widgets.kept_styles import KeptStyles, Looks


class Line(NamedTuple):
    """A line as it is on the screen, and what it was made of: made of the same, it need not be made again."""

    made_of: tuple[object, ...]
    strip: Strip


class _Made(NamedTuple):
    """All lines of the widget, and the size and the state that they were made for."""

    size: Size
    looks: Looks | None
    lines: Sequence[Line]


_NOTHING = _Made(Size(), None, ())
_STATES = 2  # with the keys and without


class KeptLines(KeptStyles):
    """Mixed into a widget, before it. The widget makes its lines in `lines` and calls `draw_what_changed`.

    What it looked like with the keys is kept while it is without them: most of it is the same when it is shown again.
    """

    _made: _Made = _NOTHING  # none where all lines are to be made again
    _before: tuple[_Made, ...] = ()

    def lines(self, before: Sequence[Line]) -> Sequence[Line]:
        """Every line of the widget. `before` are those of the same looks, or none where none of them holds."""
        raise NotImplementedError

    def draw_what_changed(self) -> None:
        """Send again, of each line that looks different now, what lies between the first and last difference."""
        before = self._made.lines
        if not before or not self._holds(self._made):
            self.refresh()
            return
        self._make(before)
        changed = [
            _difference(old.strip, new.strip, y)
            for y, (old, new) in enumerate(zip(before, self._made.lines, strict=True))
            if old is not new and old.strip != new.strip
        ]
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        if not self._made.lines or not self._holds(self._made):
            self._make(next((made.lines for made in self._before if self.looks and self._holds(made)), ()))
        lines = self._made.lines
        return lines[y].strip if y < len(lines) else Strip.blank(self.size.width, self.kept_style())

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        if not regions and self._made.lines:
            made, self._made = self._made, _NOTHING  # the theme or the focus is another
            others = (each for each in self._before if each.looks is not made.looks)
            self._before = (made, *others)[:_STATES]
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _make(self, before: Sequence[Line]) -> None:
        self._made = _Made(self.size, self.looks, self.lines(before))

    def _holds(self, made: _Made) -> bool:
        return made.size == self.size and made.looks is self.looks


def _difference(old: Strip, new: Strip, y: int) -> Region:
    """The part of line `y` in which two strips of one width differ."""
    before, after = list(old), list(new)
    x, width = 0, new.cell_length
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        x += one.cell_length
    for one, other in zip(reversed(before), reversed(after), strict=False):
        if one != other:
            break
        width -= one.cell_length
    return Region(x, y, max(1, width - x), 1)
