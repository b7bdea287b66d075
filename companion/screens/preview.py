"""What a file would change, before it does: every line opens its words, the first one brings it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from companion.commands import Command
from companion.domain.finding import Level
from companion.domain.language import _, plural
from companion.domain.merge import Outcome
from companion.domain.text import clean
from companion.messages import DataChanged
from companion.screens.base import CompanionScreen

if TYPE_CHECKING:
    from companion.services.intake import Preview


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the preview; `more` is said below it once it is opened. A heading can't be chosen."""

    words: str
    more: tuple[str, ...] = ()
    heading: bool = False


class PreviewScreen(CompanionScreen[bool]):
    """Gives True once it is brought in."""

    NAME = "What this file would change"
    ABOUT = (
        "Enter on the first line puts it on your calendar. Arrow keys go down the list, Enter on a line with an arrow "
        "shows what is behind it. Esc goes back and changes nothing."
    )
    CSS_PATH = "preview.tcss"
    AUTO_FOCUS: ClassVar[str] = "#lines"
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("preview.open_all", "Open all", "Opens or closes every line.", ("o",), "open_all", show=True),
    )

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self._preview = preview
        self._lines = list(preview_lines(preview))
        self._open: set[int] = set()

    def compose_body(self) -> ComposeResult:
        header = self._preview.plan.header
        by = " · ".join(part for part in (header.prepared_by, header.role, header.phone) if part)
        yield Static(Content(clean(self._preview.plan_title)), id="preview-title")
        if by:
            yield Static(Content(_("from {whom}").format(whom=clean(by))), id="preview-by")
        yield Static(Content(self._preview.summary or _("nothing in it")), id="preview-summary")
        yield OptionList(id="lines", markup=False)

    def on_mount(self) -> None:
        self._fill(0)

    @property
    def _first(self) -> str:
        preview = self._preview
        if preview.nothing:
            here = not preview.refused and (preview.changes.items or preview.elsewhere)
            if here and all(change.outcome is Outcome.SAME for change in preview.changes.items):
                return _("Go back: you have all of it already")
            return _("Go back: nothing of yours changes")
        return _("Put this on my calendar")

    def _fill(self, highlighted: int) -> None:
        listed = self.query_one("#lines", OptionList)
        options = [Option(Content.styled(self._first, "bold")), Option("", disabled=True)]
        options += [Option(self._content(n, line), disabled=line.heading) for n, line in enumerate(self._lines)]
        listed.set_options(options)
        listed.highlighted = highlighted

    def _content(self, number: int, line: Line) -> Content:
        words = clean(line.words)
        if line.heading:
            return Content.styled(words, "bold $text-accent")
        if number in self._open:
            return Content("\n".join([f"▾ {words}", *(f"    {clean(more)}" for more in line.more)]))
        return Content(f"{'▸' if line.more else ' '} {words}")

    @on(OptionList.OptionSelected, "#lines")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        number = event.option_index - 2
        if number < 0:
            self._apply()
        elif self._lines[number].more:
            self._open ^= {number}
            event.option_list.replace_option_prompt_at_index(
                event.option_index, self._content(number, self._lines[number])
            )

    def action_open_all(self) -> None:
        everything = {n for n, line in enumerate(self._lines) if line.more}
        self._open = set() if self._open == everything else everything
        self._fill(self.query_one("#lines", OptionList).highlighted or 0)

    def _apply(self) -> None:
        if self._preview.nothing:
            self.dismiss(True)
            return
        changes = self.app.session.intake.apply(self._preview)
        words = _("Brought in: {summary}.").format(summary=changes.summary())
        self.say(words, mend=_("Ctrl+Z takes it back."))
        self.app.post_message(DataChanged())
        self.dismiss(True)


def preview_lines(preview: Preview) -> Sequence[Line]:
    """What was not taken, for below 400 lines nobody finds it; every item under its heading; what else is to say."""
    found = _told(preview, Level.ERROR, _("Not taken, something is wrong with it"))
    for words in preview.lines():
        depth = (len(words) - len(words.lstrip(" "))) // 2
        if depth == 0:
            found.append(Line(words, heading=words.endswith(":")))
        elif depth == 1 or not found or found[-1].heading:
            found.append(Line(words.strip()))
        else:
            last = found.pop()
            found.append(Line(last.words, (*last.more, words.strip())))
    found += _told(preview, Level.WARNING, _("Taken, but have a look"))
    found += _told(preview, Level.NOTE, _("Good to know"))
    return found


def _told(preview: Preview, level: Level, heading: str) -> list[Line]:
    """What the reader of the file has to say of that level."""
    about = [finding for finding in preview.findings if finding.level is level]
    found = [Line(f"{heading}:", heading=True)] if about else []
    for finding in about:
        place = plural("line {n}", "line {n}", finding.line) if finding.line else ""
        item = " · ".join(part for part in (finding.item, finding.field, place) if part)
        found.append(Line(f"{item}: {finding.text}" if item else finding.text, (finding.mend,) if finding.mend else ()))
    return found
