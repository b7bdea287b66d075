"""Small questions, answered from a list of words: it is too easy to press the letter beside the one meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from companion.commands import Command
from companion.domain.language import _
from companion.screens.base import CompanionDialog

ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True)
class Answer(Generic[ResultT]):
    """One answer: what it gives, its words, and below them in small what it does, where that needs saying."""

    value: ResultT
    words: str
    note: str = ""

    def content(self) -> Content:
        if not self.note:
            return Content(self.words)
        return Content.assemble(self.words, "\n  ", (self.note, "$text-muted"))


class Choice(CompanionDialog[ResultT]):
    """Asks one question. Enter gives the highlighted answer, Esc gives None; a letter goes to the next such answer.

    `start` is the value highlighted at first; without it the first answer is. Words of a person or a file are safe
    in every part.
    """

    CSS_PATH = "dialogs.tcss"
    NAME = "A question"
    ABOUT = "Arrow keys go to an answer, Enter takes it, Esc goes back and changes nothing."
    AUTO_FOCUS: ClassVar[str] = "#answers"

    def __init__(
        self,
        question: str,
        answers: Iterable[Answer[ResultT]],
        *,
        detail: str = "",
        start: ResultT | None = None,
    ) -> None:
        super().__init__()
        self._question = question
        self._detail = detail
        self._answers = list(answers)
        self._start = start

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(self._question), classes="dialog-title")
            if self._detail:
                yield Static(Content(self._detail), classes="dialog-detail")
            yield OptionList(*(Option(a.content()) for a in self._answers), id="answers", markup=False, compact=True)
            yield Static(Content(_("Enter takes it · Esc goes back")), classes="dialog-hint")

    def on_mount(self) -> None:
        values = [a.value for a in self._answers]
        self.query_one(OptionList).highlighted = values.index(self._start) if self._start in values else 0

    def on_key(self, event: events.Key) -> None:
        letter = event.character
        if letter is None or not letter.isalpha():
            return
        answers = self.query_one(OptionList)
        at = answers.highlighted or 0
        following = [*range(at + 1, len(self._answers)), *range(at + 1)]
        for index in following:
            if self._answers[index].words.casefold().startswith(letter.casefold()):
                answers.highlighted = index
                event.stop()
                return

    @on(OptionList.OptionSelected, "#answers")
    def _taken(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._answers[event.option_index].value)


class Confirm(Choice[bool]):
    """Asks before something that undo can't take back. The highlighted answer is the one that changes nothing."""

    def __init__(self, question: str, do_it: str, leave_it: str, *, detail: str = "") -> None:
        super().__init__(question, [Answer(False, leave_it), Answer(True, do_it)], detail=detail)


class Tell(CompanionDialog[None]):
    """Says what went wrong and what can be done. It stays until it is closed: a passing notice is easily overlooked."""

    CSS_PATH = "dialogs.tcss"
    NAME = "A message"
    ABOUT = "Enter or Esc closes it."
    COMMANDS = (Command("tell.close", "Close", "Closes the message.", ("enter",), "close", show=True, palette=False),)

    def __init__(self, sentence: str, mend: str = "") -> None:
        super().__init__()
        self._sentence = sentence
        self._mend = mend

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(self._sentence), classes="dialog-title")
            if self._mend:
                yield Static(Content(self._mend), classes="dialog-detail")
            yield Static(Content(_("Enter closes this")), classes="dialog-hint")

    def action_close(self) -> None:
        self.dismiss(None)
