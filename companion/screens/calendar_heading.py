"""The line above the calendar: which days are shown, and the four views to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from companion.domain.language import _
from companion.screens.lines import clickable
from companion.widgets.plain import cut

VIEWS = ("month", "week", "day", "list")
_TODAY_TAKES = 3  # columns before the word
_ARROW = "bold $footer-key-foreground"


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
        parts = heading(names, view, has_today, self.content_size.width)
        return Content("").join(
            clickable(part.text, part.action, part.style) if part.action else Content.styled(part.text, part.style)
            for part in parts
        )


class Part(NamedTuple):
    """Some words of the line, and what a click on them does."""

    text: str
    action: str = ""
    style: str = ""


def heading(names: Sequence[str], view: str, has_today: bool, width: int) -> Iterator[Part]:
    """The line in so many columns: what is shown in the longest words that fit, and the views."""
    views = [f"[{view_words(each)}]" if each == view else f" {view_words(each)} " for each in VIEWS]
    room = width - sum(map(cell_len, views)) - 1
    most = room - len("‹  ›")
    name = next((each for each in names if cell_len(each) <= most), cut(names[-1], most) if names else "")
    yield Part("‹", "turn(-1)", _ARROW)
    yield Part(f" {name} ", "", "bold $text-accent")
    yield Part("›", "turn(1)", _ARROW)
    room -= cell_len(name) + len("‹  ›")
    today = _("Today")
    if not has_today and room > _TODAY_TAKES + cell_len(today):
        yield Part(" " * _TODAY_TAKES)
        yield Part(today, "today", "underline")
        room -= _TODAY_TAKES + cell_len(today)
    yield Part(" " * (max(0, room) + 1))
    for words, each in zip(views, VIEWS, strict=True):
        yield Part(words, f"view('{each}')", "bold reverse" if each == view else "")
