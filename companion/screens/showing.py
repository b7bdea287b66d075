"""The filter of the calendar: ticks for the kinds, the children and the services that are in use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from companion.commands import Command
from companion.domain.kinds import kind
from companion.domain.language import _
from companion.domain.showing import Choices, Showing
from companion.domain.text import clean
from companion.screens.dialogs import Answering


@dataclass(frozen=True, slots=True)
class _Line:
    """A line to tick; without a value it is the heading of its group."""

    group: str
    words: str
    value: str = ""
    mark: str = ""  # the letter that stands for a kind everywhere


class ShowingDialog(Answering[Showing]):
    """Gives what is to be shown, or None where she went back.

    Enter takes what is ticked; without any Space before it, the highlighted line is ticked as well, as in every list
    of ticks: one kind is chosen by going to it and Enter.
    """

    CSS_PATH: ClassVar[list[str]] = ["dialogs.tcss", "showing.tcss"]  # type: ignore[assignment]  # Textual takes both
    NAME = "What is shown"
    ABOUT = (
        "Space puts a tick or takes it away, Enter shows what is ticked, and a shows everything again. Arrow keys go "
        "from line to line, Tab to the next group, a letter to a line that begins with it. Nothing is changed on the "
        "calendar."
    )
    AUTO_FOCUS: ClassVar[str] = "#answers"
    COMMANDS = (
        Command("showing.turn", "Tick", "Puts a tick, or takes it away.", ("space",), "turn", show=True, palette=False),
        Command(
            "showing.all", "All", "Shows everything again.", ("a", "delete"), "everything", show=True, palette=False
        ),
        Command("showing.group", "Group", "Goes to the next group.", ("tab",), "group(1)", show=True, palette=False),
        Command(
            "showing.group-before", "Group before", "Goes a group back.", ("shift+tab",), "group(-1)", palette=False
        ),
    )

    def __init__(self, present: Showing, choices: Choices) -> None:
        super().__init__()
        self._present = present
        self._lines = list(_lines(choices.with_those_of(present)))
        chosen = {"kinds": present.kinds, "children": present.children, "providers": present.providers}
        self._ticked = {line for line in self._lines if line.value and line.value in chosen[line.group]}
        self._turned = False

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(_("Show only…")), classes="dialog-title")
            if not self._lines:
                yield Static(Content(_("Nothing is planned yet.")), classes="dialog-detail")
            options = [self._option(place) for place in range(len(self._lines))]
            yield OptionList(*options, id="answers", markup=False, compact=True)
            hint = _("Space ticks · Enter shows it · Esc goes back")
            yield Static(Content(hint), classes="dialog-hint")

    def on_mount(self) -> None:
        ticked = (place for place, line in enumerate(self._lines) if line in self._ticked)
        self._listed.highlighted = next(ticked, 1 if self._lines else None)

    @property
    def _listed(self) -> OptionList:
        return self.query_one("#answers", OptionList)

    def _option(self, place: int) -> Option:
        line = self._lines[place]
        if not line.value:
            return Option(Content(line.words), disabled=True)
        mark = f"{line.mark} " if line.mark else ""
        return Option(Content(f"  [{'x' if line in self._ticked else ' '}] {mark}{line.words}"))

    def action_turn(self) -> None:
        place = self._listed.highlighted
        if place is not None:
            self._turned = True
            self._ticked ^= {self._lines[place]}
            self._listed.replace_option_prompt_at_index(place, self._option(place).prompt)

    def action_everything(self) -> None:
        self.dismiss(Showing())

    def action_group(self, step: int) -> None:
        """To the first line of the next group, from the last group to the first."""
        starts = [place + 1 for place, line in enumerate(self._lines) if not line.value]
        at = self._listed.highlighted
        if at is not None:
            here = sum(start <= at for start in starts) - 1
            self._listed.highlighted = starts[(here + step) % len(starts)]

    def on_key(self, event: events.Key) -> None:
        letter = event.character
        if letter is None or not letter.isalpha() or letter == "a":
            return
        at = self._listed.highlighted
        if at is None:
            return
        for place in (*range(at + 1, len(self._lines)), *range(at + 1)):
            line = self._lines[place]
            if line.value and line.words.casefold().startswith(letter.casefold()):
                self._listed.highlighted = place
                event.stop()
                return

    @on(OptionList.OptionSelected, "#answers")
    def _taken(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if not self._turned:
            self._ticked.add(self._lines[event.option_index])
        self.dismiss(Showing(*(self._values(group) for group in ("kinds", "children", "providers"))))

    def _values(self, group: str) -> frozenset[str]:
        return frozenset(line.value for line in self._ticked if line.group == group)


def _lines(choices: Choices) -> Iterator[_Line]:
    groups = (
        ("kinds", _("Kinds"), [(each, kind(each).label) for each in choices.kinds]),
        ("children", _("Children"), [(each, clean(each)) for each in choices.children]),
        ("providers", _("Services"), [(each, clean(each)) for each in choices.providers]),
    )
    for group, heading, values in groups:
        if values:
            yield _Line(group, heading)
            for value, words in values:
                yield _Line(group, words, value, kind(value).mark if group == "kinds" else "")
