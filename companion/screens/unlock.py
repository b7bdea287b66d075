"""Her words, or the paper code. What can be wrong with them, or with the file, is said in the vault's own sentence."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from companion.commands import HELP, HIDE, NUMBERS, Command
from companion.domain.language import _
from companion.profiles import Profile
from companion.screens.opening import OpeningScreen


class UnlockScreen(OpeningScreen):
    NAME = "Your words"
    ABOUT = (
        "Type your words and press Enter. Nobody sees them while you type. F8 takes the code from your paper instead."
    )
    AUTO_FOCUS = "#words"
    ALWAYS_SHOWN: ClassVar[tuple[Command, ...]] = (NUMBERS, HIDE, HELP)
    COMMANDS = (
        Command("unlock.code", "Code", "Opens with the code on your paper.", ("f8",), "code", show=True, priority=True),
        Command("unlock.list", "List", "Goes back to the list.", ("f9",), "list", show=True, priority=True),
    )

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self._profile = profile
        self.by_code = False

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="page"):
            yield Static(Content(self._profile.label), classes="heading")
            yield Static(Content(_("Your words")), id="words-label")
            yield Input(password=True, id="words", max_length=1_000, select_on_focus=False)
            yield Static("", id="opening-trouble", classes="trouble")

    def action_code(self) -> None:
        """Between words and code. The code is shown as it is typed: it is copied from a paper."""
        self.by_code = not self.by_code
        field = self.query_one("#words", Input)
        field.value = ""
        field.password = not self.by_code
        label = _("The code on your paper, 6 groups of 4") if self.by_code else _("Your words")
        self.query_one("#words-label", Static).update(Content(label))
        self.show_trouble("")
        field.focus()

    def action_list(self) -> None:
        if not self.opening:
            self.app.show_list()

    def go_back(self) -> None:
        self.action_list()

    def can_go_back(self) -> bool:
        return True

    @on(Input.Submitted, "#words")
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        if self.opening:
            return
        field, words = event.input, event.value
        if not words.strip():
            self.show_trouble(_("Type the code, then Enter.") if self.by_code else _("Type your words, then Enter."))
            return
        field.value = ""
        if self.by_code:
            self.open_with_code(self._profile, words)
        else:
            self.open_profile(self._profile, words)

    def holds_text(self) -> bool:
        return bool(self.query_one("#words", Input).value)
