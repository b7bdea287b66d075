"""Lines that are kept as they are on the screen, for widgets that draw their own: only what differs is sent again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Self

from textual.geometry import Region, Size
from textual.strip import Strip

from companion.widgets.kept_styles import KeptStyles


class Line(NamedTuple):
    """A line as it is on the screen, and what it was made of: made of the same, it need not be made again."""

    made_of: tuple[object, ...]
    strip: Strip


class KeptLines(KeptStyles):
    """Mixed into a widget, before it. The widget makes its lines in `lines` and calls `draw_what_changed`."""

    _drawn: Sequence[Line] = ()  # none where all are to be made again
    _drawn_for = Size()

    def lines(self, before: Sequence[Line]) -> Sequence[Line]:
        """Every line of the widget. `before` are those on the screen, or none where none of them holds."""
        raise NotImplementedError

    def draw_what_changed(self) -> None:
        """Send again, of each line that looks different now, what lies between the first and last difference."""
        before = self._drawn
        if not before or self._drawn_for != self.size:
            self.refresh()
            return
        self._drawn = self.lines(before)
        changed = [
            _difference(old.strip, new.strip, y)
            for y, (old, new) in enumerate(zip(before, self._drawn, strict=True))
            if old is not new and old.strip != new.strip
        ]
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        if not self._drawn or self._drawn_for != self.size:
            self._drawn_for = self.size
            self._drawn = self.lines(())
        return self._drawn[y].strip if y < len(self._drawn) else Strip.blank(self.size.width, self.kept_style())

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        if not regions:
            self._drawn = ()  # the theme or the focus is another
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)


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
