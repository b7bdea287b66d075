"""Support: who and what helps. Numbers to call, with what to know before calling."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from companion.domain.language import _
from companion.screens.base import PlaceScreen
from companion.screens.lines import clickable
from companion.screens.numbers import MORE
from companion.widgets.help_line_list import HelpLineList


class SupportScreen(PlaceScreen):
    PLACE = "support"
    NAME = "Support"
    ABOUT = "Numbers to call or text. The app never dials and opens no website: use a phone that is safe for you."
    CSS_PATH = "support.tcss"
    AUTO_FOCUS = "#help-lines"
    COMMANDS = (MORE,)

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="page", id="help-lines-page"):
            yield Static(Content(_("Numbers to call")), classes="heading")
            yield HelpLineList()
            yield Static(clickable(_("F9: your name, children, words and time zone"), "app.yours"), classes="quiet")

    def action_more(self) -> None:
        self.query_one(HelpLineList).show_more()
