"""The line above the calendar: which days are shown, and the four views to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from companion.domain.language import _
from companion.screens.lines import clickable
from companion.widgets.plain import cut

VIEWS = ("month", "week", "day", "list")
_TODAY_TAKES = 3  # columns before the word


def view_words(view: str) -> str:
    return {"month": _("Month"), "week": _("Week"), "day": _("Day"), "list": _("List")}[view]


class CalendarHeading(Widget):
    """One row; a click on a word does what its key does. The view that is shown stands in brackets."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = "CalendarHeading { height: 1; width: 1fr; padding: 0 1; background: $surface; color: $foreground; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: tuple[tuple[str, ...], str, bool] = ((), VIEWS[0], True)

    def show(self, names: Sequence[str], view: str, *, has_today: bool) -> None:
        """`names` of what is shown, the longest first; with `has_today` false a word leads back to today."""
        shown = (tuple(names), view, has_today)
        if shown != self._shown:
            self._shown = shown
            self.refresh()

    def render(self) -> Content:
        names, view, has_today = self._shown
        return Content("").join(_parts(names, view, has_today, self.content_size.width))


def _parts(names: Sequence[str], view: str, has_today: bool, width: int) -> Iterator[Content]:
    views = [f"[{view_words(each)}]" if each == view else f" {view_words(each)} " for each in VIEWS]
    room = width - sum(map(cell_len, views)) - 1
    most = room - len("‹  ›")
    name = next((each for each in names if cell_len(each) <= most), cut(names[-1], most) if names else "")
    yield clickable("‹", "turn(-1)", "bold $footer-key-foreground")
    yield Content.styled(f" {name} ", "bold $text-accent")
    yield clickable("›", "turn(1)", "bold $footer-key-foreground")
    room -= cell_len(name) + len("‹  ›")
    today = _("Today")
    if not has_today and room > _TODAY_TAKES + cell_len(today):
        yield Content(" " * _TODAY_TAKES)
        yield clickable(today, "today", "underline")
        room -= _TODAY_TAKES + cell_len(today)
    yield Content(" " * (max(0, room) + 1))
    for words, each in zip(views, VIEWS, strict=True):
        yield clickable(words, f"view('{each}')", "bold reverse" if each == view else "")
