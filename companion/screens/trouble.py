"""Something went wrong: what it is and what can be done, until it is closed. A passing notice could be overlooked."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Static

from companion.domain.language import _
from companion.screens.base import CompanionDialog


class TroubleScreen(CompanionDialog[None]):
    NAME = "A message"
    ABOUT = "Enter or Esc closes it."
    CSS_PATH = "trouble.tcss"

    def __init__(self, sentence: str, mend: str = "") -> None:
        super().__init__()
        self._sentence = sentence
        self._mend = mend

    def compose_body(self) -> ComposeResult:
        with Vertical(id="trouble"):
            yield Static(Content(self._sentence), id="trouble-sentence")
            if self._mend:
                yield Static(Content(self._mend), id="trouble-mend")
            yield Button(_("OK"), compact=True)

    @on(Button.Pressed)
    def _read(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(None)
