"""Numbers to call, over whatever was there: F5, also before a profile is open, and from the hidden screen.

The heading is neutral: who glances at the screen reads "Numbers".
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from companion.commands import HELP, HIDE, LEAVE, Command
from companion.domain.language import _
from companion.screens.base import CompanionDialog
from companion.widgets.help_line_list import HelpLineList

MORE = Command("numbers.more", "More", "Shows all numbers, or the first three again.", ("m",), "more", show=True)


class NumbersScreen(CompanionDialog[None]):
    NAME = "Numbers"
    ABOUT = "Numbers to call or text. The app never dials and opens no website: use a phone that is safe for you."
    CSS_PATH = "numbers.tcss"
    AUTO_FOCUS = "#help-lines"
    COMMANDS = (MORE,)
    ALWAYS_SHOWN: ClassVar[tuple[Command, ...]] = (HELP, HIDE, LEAVE)

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="page", id="help-lines-page"):
            yield Static(Content(_("Numbers")), classes="heading")
            yield HelpLineList()

    def action_more(self) -> None:
        self.query_one(HelpLineList).show_more()
