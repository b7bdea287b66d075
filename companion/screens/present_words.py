"""Asks once more for the words that open the profile, before something grave."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from companion.domain.language import _
from companion.errors import CompanionError
from companion.screens.base import CompanionDialog
from companion.screens.first_run_steps import WORDS_LIMIT


class PresentWords(CompanionDialog[str]):
    """Gives the words once they fit. Checking takes as long as opening, so it is done in a thread."""

    CSS_PATH = "dialogs.tcss"
    NAME = "Your words"
    ABOUT = "Type the words that open your calendar now, then Enter. Esc goes back and changes nothing."
    AUTO_FOCUS: ClassVar[str] = "#ask-line"

    def __init__(self) -> None:
        super().__init__()
        self._checking = False

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(_("First, your words as they are now")), classes="dialog-title")
            yield Input(password=True, id="ask-line", max_length=WORDS_LIMIT, compact=True, select_on_focus=False)
            yield Static(id="ask-error", classes="dialog-error", markup=False)
            yield Static(Content(_("Enter goes on · Esc goes back")), classes="dialog-hint")

    def holds_text(self) -> bool:
        return bool(self.query_one(Input).value)

    def go_back(self) -> None:
        if not self._checking:
            super().go_back()

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        if self._checking:
            return
        if not event.value.strip():
            self._tell(_("Type your words, then Enter."))
            return
        event.input.value = ""
        self._checking = True
        self._tell(_("Looking…"))
        self._check(event.value)

    @work(thread=True, group="open")
    def _check(self, words: str) -> None:
        try:
            fits = self.app.session.check_words(words)
        except CompanionError as error:
            self.app.call_from_thread(self._refused, str(error))
        else:
            if fits:
                self.app.call_from_thread(self._fits, words)
            else:
                self.app.call_from_thread(self._refused, _("These words don't open it. Check the spelling."))

    def _fits(self, words: str) -> None:
        self._checking = False
        self.dismiss(words)

    def _refused(self, sentence: str) -> None:
        self._checking = False
        self._tell(sentence)

    def _tell(self, sentence: str) -> None:
        self.query_one("#ask-error", Static).update(Content(sentence))
