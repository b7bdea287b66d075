"""Small questions, answered from a list of words: it is too easy to press the letter beside the one meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from companion.commands import Command
from companion.domain.language import _
from companion.errors import InputError
from companion.screens.base import CompanionDialog
from companion.screens.lines import KeyLine
from companion.widgets.line_input import LineInput

ResultT = TypeVar("ResultT")
_LEAST_ROWS, _MOST_ROWS = 3, 14  # of a list of answers


@dataclass(frozen=True, slots=True)
class Answer(Generic[ResultT]):
    """One answer: what it gives, its words, and below them what it does, where that needs saying.

    `key` is the letter that goes to it, shown before it; without one the first letter of the words does.
    """

    value: ResultT
    words: str
    note: str = ""
    key: str = ""

    def content(self) -> Content:
        """No colors: they would be lost on the highlight."""
        words = Content.assemble((self.key, "bold"), "  ", self.words) if self.key else Content(self.words)
        return Content.assemble(words, f"\n    {self.note}") if self.note else words

    @property
    def letter(self) -> str:
        return (self.key or self.words[:1]).casefold()


class Answering(CompanionDialog[ResultT]):
    """Base of dialogs with a list `#answers`.

    The list gives way where question and answers are too much for the window: it can be scrolled, the window can't.
    """

    CSS_PATH = "dialogs.tcss"
    COMMANDS: ClassVar[tuple[Command, ...]] = ()

    def on_resize(self) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        listed, dialog = self.query_one("#answers", OptionList), self.query_one(".dialog")
        others = [each for each in dialog.children if each is not listed]
        taken = sum(each.outer_size.height + each.styles.margin.height for each in others)
        room = self.size.height - self.query_one(KeyLine).size.height - dialog.gutter.height - taken
        listed.styles.max_height = max(_LEAST_ROWS, min(_MOST_ROWS, room))


class Choice(Answering[ResultT]):
    """Asks one question. Enter gives the highlighted answer, Esc gives None; a letter goes to the next such answer.

    `start` is the value highlighted at first; without it the first answer is. Words of a person or a file are safe
    in every part.
    """

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
            if self._answers[index].letter == letter.casefold():
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


class Ask(CompanionDialog[ResultT]):
    """Asks for one line of text and gives what `read` makes of it. What `read` refuses is said below the line."""

    CSS_PATH = "dialogs.tcss"
    NAME = "A question"
    ABOUT = "Type the answer, Enter takes it, Esc goes back and changes nothing."
    AUTO_FOCUS: ClassVar[str] = "#ask-line"

    def __init__(
        self, question: str, read: Callable[[str], ResultT], *, detail: str = "", hint: str = "", value: str = ""
    ) -> None:
        super().__init__()
        self._question, self._read, self._detail, self._hint, self._value = question, read, detail, hint, value

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(self._question), classes="dialog-title")
            if self._detail:
                yield Static(Content(self._detail), classes="dialog-detail")
            yield LineInput(self._value, placeholder=self._hint, id="ask-line", compact=True, select_on_focus=False)
            yield Static(id="ask-error", classes="dialog-error", markup=False)
            yield Static(Content(_("Enter takes it · Esc goes back")), classes="dialog-hint")

    def holds_text(self) -> bool:
        return bool(self.query_one(Input).value)

    @on(Input.Changed)
    def _typed(self) -> None:
        self.query_one("#ask-error", Static).update("")

    @on(LineInput.Full)
    def _left_out(self, event: LineInput.Full) -> None:
        words = _("Only {n} letters fit here. The rest was left out.").format(n=event.limit)
        self.query_one("#ask-error", Static).update(Content(words))

    @on(Input.Submitted)
    def _taken(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            result = self._read(event.value)
        except InputError as error:
            self.query_one("#ask-error", Static).update(Content(str(error)))
            return
        self.dismiss(result)
