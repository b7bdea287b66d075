"""Numbers to call: three first, the rest on request. The caution always stands with its number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from companion.domain.help_lines import FIRST, HelpLine, help_lines
from companion.domain.language import _
from companion.domain.wording import date_words

_WITH_YEAR = date.min  # seen from there every day is written with its year


def line_words(line: HelpLine) -> Content:
    """One number as it stands on the screen."""
    checked = (
        _("Last called and found right on {day}.").format(day=date_words(line.verified_on, _WITH_YEAR))
        if line.verified_on
        else _("Number not yet re-checked.")
    )
    parts: list[Content | str | tuple[str, str]] = [
        (_(line.name), "bold"),
        " · ",
        (_(line.kind), "$text-secondary"),
        "\n",
        (" · ".join(_(number) for number in line.numbers), "bold $text-accent"),
        "\n",
        _(line.say),
    ]
    if line.caution:
        parts += ["\n", (_("Know first: {caution}").format(caution=_(line.caution)), "$text-warning")]
    parts += ["\n", (checked, "$text-muted")]
    return Content.assemble(*parts)


class HelpLineList(VerticalScroll):
    """Scrolls with the arrow keys. `show_more` adds the rest below the first three."""

    DEFAULT_CSS = """
    HelpLineList { height: 1fr; scrollbar-size-vertical: 1; }
    HelpLineList Static { height: auto; margin-bottom: 1; }
    HelpLineList .more { display: none; }
    HelpLineList.-more .more { display: block; }
    HelpLineList.-more .fewer { display: none; }
    """

    def __init__(self, lines: Iterable[HelpLine] | None = None, *, id: str = "help-lines") -> None:
        super().__init__(id=id)
        self._lines = tuple(lines) if lines is not None else help_lines()

    def compose(self) -> ComposeResult:
        for line in self._lines[:FIRST]:
            yield Static(line_words(line))
        yield Static(Content(_("m shows {n} more.").format(n=len(self._lines) - FIRST)), classes="fewer")
        for line in self._lines[FIRST:]:
            yield Static(line_words(line), classes="more")

    def show_more(self) -> None:
        self.toggle_class("-more")
        if not self.has_class("-more"):
            self.scroll_home(animate=False)
