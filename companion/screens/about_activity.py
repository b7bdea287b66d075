"""Everything about one activity on one page: what to do, why, what to watch, where it comes from."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from companion.commands import Command
from companion.domain.activity import Activity
from companion.screens.base import CompanionScreen
from companion.widgets.activity_card import card


class AboutActivityScreen(CompanionScreen[None]):
    NAME = "About an activity"
    ABOUT = "Read it through; Enter starts it, step by step."
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("about.start", "Start", "Opens the first step.", ("enter",), "start", show=True),
        Command("about.back", "Back", "Goes back to the list.", ("b",), "screen.back", show=True, palette=False),
    )
    AUTO_FOCUS = "#about"

    def __init__(self, activity: Activity, children: tuple[str, ...]) -> None:
        super().__init__()
        self._activity = activity
        self._children = children

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="about"):
            yield Static(card(self._activity, whole=True), id="whole-card")

    def action_start(self) -> None:
        from companion.screens.steps import StepsScreen

        self.app.switch_screen(StepsScreen(self._activity, self._children))
