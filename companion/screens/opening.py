"""Opening a profile from a screen: in a thread, with "Opening…" on the screen, and the sentence if it can't be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.content import Content
from textual.widgets import Static

from companion.commands import Command
from companion.domain.language import _
from companion.errors import CompanionError, WrongSecret
from companion.profiles import Profile
from companion.screens.base import CompanionScreen

if TYPE_CHECKING:
    from companion.app import Session


class OpeningScreen(CompanionScreen[None]):
    """For screens that hold a Static `#opening-trouble`. `opening` is true meanwhile: nothing else is taken then."""

    COMMANDS: ClassVar[tuple[Command, ...]] = ()
    opening = False

    def open_profile(self, profile: Profile, words: str | None) -> None:
        data, clock = self.app.data, self.app.clock
        if data is not None:
            self._begin(lambda: self.app.opener().open_profile(data, profile.id, words, clock))

    def open_with_code(self, profile: Profile, code: str) -> None:
        data, clock = self.app.data, self.app.clock
        if data is not None:
            self._begin(lambda: self.app.opener().open_with_code(data, profile.id, code, clock), new_words=True)

    def open_sample(self) -> None:
        clock = self.app.clock
        self._begin(lambda: self.app.opener().sample_session(clock))

    def _begin(self, act: Callable[[], Session], *, new_words: bool = False) -> None:
        self.opening = True
        self.show_trouble(_("Opening…"))
        self._open(act, new_words)

    @work(thread=True, group="open")
    def _open(self, act: Callable[[], Session], new_words: bool) -> None:
        try:
            session = act()
        except CompanionError as error:
            self.app.call_from_thread(self._refused, error)
        else:
            self.app.call_from_thread(self._opened, session, new_words)

    def _opened(self, session: Session, new_words: bool) -> None:
        self.opening = False
        self.show_trouble("")
        if new_words:
            from companion.screens.new_words import NewWordsScreen

            self.app.push_screen(NewWordsScreen(session))
        else:
            self.app.opened(session)

    def _refused(self, error: CompanionError) -> None:
        self.opening = False
        self.app.wrong_here += isinstance(error, WrongSecret)
        self.show_trouble(str(error))

    def show_trouble(self, words: str) -> None:
        self.query_one("#opening-trouble", Static).update(Content(words))
