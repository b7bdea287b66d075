"""A form's row for several of many: it says what is chosen, and Enter opens the list to tick them in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from companion.commands import Command
from companion.domain.language import _
from companion.domain.wording import list_words
from companion.screens.controls import Control
from companion.screens.dialogs import Answering

_NAMED = 3  # chosen ones said one by one; more are counted


class TickList(Answering[tuple[str, ...]]):
    """Ticks in a list. Space changes one, Enter takes what is ticked, Esc gives None.

    Enter without any Space before it ticks the highlighted one too, so that one of many is chosen as anywhere else.
    """

    CSS_PATH: ClassVar[list[str]] = ["dialogs.tcss", "several.tcss"]  # type: ignore[assignment]  # Textual takes both
    NAME = "Choose several"
    ABOUT = "Arrow keys go to a line, Space puts a tick there or takes it away. Enter takes what is ticked."
    AUTO_FOCUS: ClassVar[str] = "#answers"
    COMMANDS = (
        Command("ticks.turn", "Tick", "Puts a tick, or takes it away.", ("space",), "turn", show=True, palette=False),
        Command("ticks.all", "All", "Ticks all of them, or none.", ("a",), "turn_all", show=True, palette=False),
    )

    def __init__(self, question: str, options: Sequence[tuple[str, str]], chosen: Collection[str]) -> None:
        super().__init__()
        self._question = question
        self._options = list(options)
        self._chosen = {value for value, _words in options if value in chosen}
        self._turned = False

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(self._question), classes="dialog-title")
            options = [self._option(place) for place in range(len(self._options))]
            yield OptionList(*options, id="answers", markup=False, compact=True)
            hint = _("Space ticks · Enter takes them · Esc goes back")
            yield Static(Content(hint), classes="dialog-hint")

    def on_mount(self) -> None:
        chosen = (place for place, (value, _words) in enumerate(self._options) if value in self._chosen)
        self.query_one(OptionList).highlighted = next(chosen, 0)

    def _option(self, place: int) -> Option:
        value, words = self._options[place]
        return Option(Content(f"[{'x' if value in self._chosen else ' '}] {words}"))

    def _turn(self, place: int) -> None:
        self._turned = True
        self._chosen ^= {self._options[place][0]}
        self.query_one(OptionList).replace_option_prompt_at_index(place, self._option(place).prompt)

    def action_turn(self) -> None:
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is not None:
            self._turn(highlighted)

    def action_turn_all(self) -> None:
        everything = {value for value, _words in self._options}
        wanted = set() if self._chosen == everything else everything
        for place, (value, _words) in enumerate(self._options):
            if (value in self._chosen) != (value in wanted):
                self._turn(place)

    @on(OptionList.OptionSelected, "#answers")
    def _taken(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if not self._turned:
            self._chosen.add(self._options[event.option_index][0])
        self.dismiss(tuple(value for value, _words in self._options if value in self._chosen))


class Several(Control):
    """Some of several. `value` holds what is chosen, with commas between; `none` says what no choice means."""

    BINDINGS = [Binding("enter,space", "show_all", show=False)]
    value: reactive[str] = reactive("", init=False)

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        value: str = "",
        *,
        question: str = "",
        none: str = "",
        every: str = "",
    ) -> None:
        """`options` are (value, words), values without commas; `every` says what all of them together are called."""
        super().__init__()
        self._options = list(options)
        self._question, self._none, self._every = question, none, every
        self.set_reactive(Several.value, self.validate_value(value))

    def validate_value(self, value: str) -> str:
        """Only what is offered, in its order: an old draft may hold something else."""
        wanted = set(value.split(","))
        return ",".join(each for each, _words in self._options if each in wanted)

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(self.value.split(",")) if self.value else ()

    @property
    def words(self) -> str:
        chosen = self.chosen
        if not chosen:
            return self._none
        if self._every and len(chosen) == len(self._options):
            return self._every
        names = [dict(self._options)[value] for value in chosen]
        if len(names) > _NAMED:
            return _("{names} and {n} more").format(names=", ".join(names[:_NAMED]), n=len(names) - _NAMED)
        return list_words(names)

    def render(self) -> Content:
        return Content.assemble(
            self.words, "  ", _("(Enter opens the list)") if self.has_focus else ("…", "$text-muted")
        )

    def action_show_all(self) -> None:
        self.app.push_screen(TickList(self._question, self._options, self.chosen), self._take)

    def _take(self, chosen: tuple[str, ...] | None) -> None:
        if chosen is None:
            return
        value = ",".join(chosen)
        if value != self.value:
            self.value = value
            self.post_message(self.Changed(self))
        self.action_go_on()

    def on_click(self) -> None:
        self.action_show_all()
