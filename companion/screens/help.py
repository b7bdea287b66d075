"""Help for where you are: what the screen is for, its keys, and what works everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from companion.commands import ALWAYS, OPENED, REDO, UNDO, Command, is_printable
from companion.domain.language import _
from companion.screens.base import CompanionDialog, Described

if TYPE_CHECKING:
    from companion.app import CompanionApp


def rows(commands: Iterable[Command], key_color: str, app: CompanionApp | None = None) -> Table:
    """One row a command: its keys, its name, what it does; what is long goes on below itself."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for command in commands:
        if command.keys:
            what = Text.assemble((word_of(command, app), "bold"), "  ", command.sentence)
            table.add_row(Text(command.keys_shown, f"bold {key_color}", no_wrap=True), what)
    return table


def word_of(command: Command, app: CompanionApp | None) -> str:
    """The name of a command; undo and redo say what it is that they would take back or do again."""
    if app is None or not app.is_open or command.id not in {UNDO.id, REDO.id}:
        return command.word
    planner = app.session.planner
    what = planner.next_undo() if command.id == UNDO.id else planner.next_redo()
    return f"{command.word}: {what}" if what else command.word


class HelpScreen(CompanionDialog[None]):
    NAME = "Help"
    ABOUT = "Arrow keys scroll. Esc closes this."
    CSS_PATH = "help.tcss"
    AUTO_FOCUS = "#help"

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__()
        self._about = about

    def compose_body(self) -> ComposeResult:
        here = self._about
        color = self.app.theme_variables["footer-key-foreground"]
        described = here if isinstance(here, Described) else None
        with VerticalScroll(id="help"):
            if described is not None:
                yield Static(Content(_(described.NAME) if described.NAME else _("Help")), classes="heading")
                if described.ABOUT:
                    yield Static(Content(_(described.ABOUT)), classes="help-part")
                commands = _commands(type(described))
                if commands:
                    yield Static(Content(_("Keys here")), classes="help-head")
                    yield Static(rows(commands, color), classes="help-part")
            yield Static(Content(_("Everywhere")), classes="help-head")
            yield Static(rows(self._everywhere(), color, self.app), classes="help-part")
            yield Static(
                Content(
                    _(
                        "Tab goes to the next thing, Enter takes it, Esc goes back. In a text field, Esc first; "
                        "then the letters work again. The mouse works everywhere, and is never needed."
                    )
                ),
                classes="help-part",
            )

    def _everywhere(self) -> list[Command]:
        """What works whatever the screen is; on a dialog only the keys that get past it."""
        commands = (*ALWAYS, *OPENED) if self.app.is_open else ALWAYS
        if not isinstance(self._about, ModalScreen):
            return list(commands)
        here = self._about.active_bindings

        def works(command: Command, key: str) -> bool:
            own = here.get(key)
            past = command.priority and not is_printable(key)
            return past or (own is not None and own.binding.action == command.action)

        return [replace(each, keys=tuple(key for key in each.keys if works(each, key))) for each in commands]


def _commands(kind: type) -> list[Command]:
    """What the screen's class and the classes it is built on say can be done, without doubles."""
    found: dict[str, Command] = {}
    for each in kind.__mro__:
        for command in each.__dict__.get("COMMANDS", ()):
            if isinstance(command, Command):
                found.setdefault(command.id, command)
    return list(found.values())


commands_of = _commands
