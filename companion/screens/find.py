"""Find anything that can be done, by name: the commands of the screen you are on, then what works everywhere.

Textual's own list is left out altogether: among others it offers a screenshot, which writes the screen to the disk.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from textual.actions import parse
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from companion.commands import EVERYWHERE, FIND, Command
from companion.domain.language import _
from companion.screens.base import Described
from companion.screens.help import commands_of, word_of

if TYPE_CHECKING:
    from companion.app import CompanionApp

_PALETTE_ID = "--command-palette"
_LIST_COMES = 0.02  # seconds until it is looked for again


def open_palette(app: CompanionApp) -> None:
    if not app.screen.has_class("--textual-command-palette"):
        app.push_screen(Palette(providers=[OurCommands], placeholder=_("What would you like to do?"), id=_PALETTE_ID))


class Palette(CommandPalette):
    """Textual's, but for what is typed before its list is there: on a slow computer that ended the app."""

    def _gather_commands(self, search_value: str) -> object:  # type: ignore[override]  # Textual's is a worker
        if self.query(CommandList):
            return super()._gather_commands(search_value)
        return self.set_timer(_LIST_COMES, partial(self._gather_commands, search_value))


class OurCommands(Provider):
    """What can be done here and now; a command that would do nothing is not offered."""

    def offered(self) -> list[Command]:
        screen = self.screen
        here = commands_of(type(screen)) if isinstance(screen, Described) else []
        return [c for c in (*here, *EVERYWHERE) if c.palette and c is not FIND and self._works(c)]

    def _works(self, command: Command) -> bool:
        _namespace, name, parameters = parse(command.action)
        node = self.app if command.action.startswith("app.") else self.screen
        return node.check_action(name, parameters) is not False

    async def discover(self) -> Hits:
        for command in self.offered():
            word = self._word(command)
            yield DiscoveryHit(self._title(command, word), partial(self._do, command), text=word, help=command.sentence)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command in self.offered():
            word = self._word(command)
            score = max(matcher.match(word), matcher.match(command.sentence) * 0.7)
            if score > 0:
                title = self._title(command, word)
                yield Hit(score, title, partial(self._do, command), text=word, help=command.sentence)

    def _word(self, command: Command) -> str:
        return word_of(command, cast("CompanionApp", self.app))

    @staticmethod
    def _title(command: Command, word: str) -> Content:
        keys = f"  {command.keys_shown}" if command.keys else ""
        return Content.assemble(word, (keys, "dim"))

    async def _do(self, command: Command) -> None:
        await self.screen.run_action(command.action)
