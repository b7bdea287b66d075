"""The app: five places, what works everywhere, hiding, locking, and no word to the terminal when it breaks.

It paints first and imports the database after that, in a thread (SQLModel takes twice as long to import as Textual).
Screens reach the services only through `self.app.session`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import work
from textual.app import App, InvalidThemeError, SystemCommand
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.worker import WorkerFailed

from companion.commands import EVERYWHERE, OPENED, PLACES, bindings
from companion.domain.language import _, plural
from companion.domain.zones import use_packaged_zones
from companion.errors import CompanionError
from companion.messages import DataChanged, ProfileOpened, SettingsChanged
from companion.profiles import Profile, list_profiles
from companion.reminding_app import RemindingApp
from companion.screens.base import Described
from companion.screens.lines import in_text_field
from companion.screens.registry import find
from companion.shell import close_memory
from companion.stylesheet import KeptStylesheet
from companion.themes import DARK, NAMES, themes

if TYPE_CHECKING:
    from typing import Protocol

    from companion.domain.clock import Clock
    from companion.services.session import Session

    class Opener(Protocol):
        """How a profile comes to be open. Tests pass their own."""

        def open_profile(self, data: Path, profile_id: str, words: str | None, clock: Clock) -> Session: ...

        def open_with_code(self, data: Path, profile_id: str, code: str, clock: Clock) -> Session: ...

        def create_profile(
            self, data: Path, label: str, words: str | None, clock: Clock, *, zone: str | None = None
        ) -> tuple[Session, str | None]: ...

        def computer_zone(self) -> str | None: ...

        def sample_session(self, clock: Clock) -> Session: ...

        def warm(self) -> None: ...


__all__ = ["CompanionApp", "Session", "main"]

# What the first place asks of the session, imported while she types (20 ms less between Enter and Today).
_UNDO_KEEPS = 10  # seconds a notice stays


def _place_screen(name: str) -> Callable[[], Screen[Any]]:
    def load() -> Screen[Any]:
        screen: Screen[Any] = find(name).load()()
        return screen

    return load


class CompanionApp(RemindingApp):
    """See the module."""

    # Textual loads no style sheet for the first screen by itself: the two that it can be are named here. Whole paths,
    # because a subclass elsewhere would look for them beside itself.
    CSS_PATH: ClassVar[Any] = [
        str(Path(__file__).parent / name) for name in ("app.tcss", "screens/welcome.tcss", "screens/unlock.tcss")
    ]
    TITLE = ""
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        place.name: _place_screen(place.name) for place in PLACES
    }
    BINDINGS: ClassVar[list[Any]] = [*bindings(EVERYWHERE), ("ctrl+c", "app.ctrl_c")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-normal"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]

    def __init__(
        self,
        data: Path | None,
        *,
        at: str = "",
        clock: Clock | None = None,
        opener: Opener | None = None,
        trouble: str = "",
        **shell: Any,
    ) -> None:
        """`data` is the folder of the profiles; None where it can't be used, and `trouble` says why.

        `shell` is what ShellApp takes.
        """
        super().__init__(**shell)
        self.data = data
        self.at = at
        self._clock = clock
        self._session: Session | None = None
        self.trouble = trouble
        self.wrong_here = 0  # wrong words typed since this app began
        self._opener = opener
        for theme in themes():
            self.register_theme(theme)
        # Set before anything is parsed: assigning `theme` would parse every style sheet twice (10 ms).
        self.set_reactive(App.theme, DARK)
        self.stylesheet = KeptStylesheet(variables=self.get_css_variables())

    @property
    def clock(self) -> Clock:
        if self._clock is None:
            from companion.domain.clock import SystemClock  # zoneinfo costs 2 ms of the first picture

            self._clock = SystemClock()
        return self._clock

    # The first picture

    def get_default_screen(self) -> Screen[Any]:
        return self.start_screen()

    def start_screen(self) -> Screen[Any]:
        """The only profile's words, else the list, which without any profile is the welcome."""
        profiles = self.profiles()
        if len(profiles) == 1 and profiles[0].has_words:
            from companion.screens.unlock import UnlockScreen

            return UnlockScreen(profiles[0])
        from companion.screens.welcome import WelcomeScreen

        return WelcomeScreen()

    def show_list(self) -> None:
        """From the words back to the list of profiles, whichever of the two the app began with."""
        from companion.screens.welcome import WelcomeScreen

        if len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            self.push_screen(WelcomeScreen())

    def profiles(self) -> list[Profile]:
        """The profiles there are, read from the disk without any key."""
        return list_profiles(self.data) if self.data is not None else []

    def on_mount(self) -> None:
        self.call_after_refresh(self._after_first_picture)

    def _after_first_picture(self) -> None:
        if self.at == "numbers":
            self.action_numbers()
        if self._opener is None:
            self._warm()

    @work(thread=True, group="warm")
    def _warm(self) -> None:
        """Import what opening a profile needs, while she reads and types."""
        if self.launched:
            close_memory()
        self.opener().warm()
        find(PLACES[0].name).load()

    def opener(self) -> Opener:
        """The services; the first call imports them, so call it in a thread."""
        if self._opener is None:
            from companion.services import session

            self._opener = cast("Opener", session)
        return self._opener

    # An open profile

    @property
    def session(self) -> Session:
        """The open profile. Asked for only by screens that are shown after one was opened."""
        if self._session is None:
            raise RuntimeError("no profile is open")
        return self._session

    @property
    def is_open(self) -> bool:
        """Whether a profile is open."""
        return self._session is not None

    @property
    def drafts(self) -> Any:
        """Where forms keep what is half typed; None before a profile is open."""
        return None if self._session is None else self._session.drafts

    def opened(self, session: Session) -> None:
        """A profile is open: go to Today. What stood before is emptied of what was typed."""
        self.post_message(ProfileOpened(session))

    def on_profile_opened(self, message: ProfileOpened) -> None:
        self._session = message.session
        settings = message.session.settings
        self.idle.limit = settings.lock_minutes * 60.0
        self.idle.touch()
        self.begin_reminding()
        self.action_colors(settings.theme, keep=False)
        elsewhere = message.session.wrong_tries - self.wrong_here
        if elsewhere > 0:
            self.say(
                plural(
                    "Wrong words were typed once since you were last here.",
                    "Wrong words were typed {n} times since you were last here.",
                    elsewhere,
                )
            )
        self.run_worker(self._enter(), group="goto")

    async def _enter(self) -> None:
        """To the first place; the screens before it go, with what was typed on them."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        await self.goto(PLACES[0].name)

    def on_data_changed(self, _message: DataChanged) -> None:
        self._reload()

    def on_settings_changed(self, _message: SettingsChanged) -> None:
        if self._session is not None:
            self.idle.limit = self.session.settings.lock_minutes * 60.0
            self.action_colors(self.session.settings.theme, keep=False)
        self._reload()

    def _reload(self) -> None:
        self.reminders_changed()
        self._reload_screens()

    def _reload_screens(self) -> None:
        """The place below and what is laid over it show what is stored now; other places read it when visited."""
        for screen in self.screen_stack:
            if isinstance(screen, Described) and screen.is_mounted:
                screen.reload()

    # Going about

    async def goto(self, place: str) -> None:
        """Go to one of the five places. What is laid over the present one is closed first, drafts kept.

        Switching below an open dialog would leave whoever awaits it waiting for ever.
        """
        while isinstance(self.screen, ModalScreen):
            over = self.screen
            if isinstance(over, Described):
                over.leave_quietly()
            await over.dismiss(None)
        await self.switch_mode(place)

    def action_place(self, place: str) -> None:
        self.run_worker(self.goto(place), group="goto")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in _NEEDS_PROFILE and (self._session is None or self._must_stay()):
            return False
        return super().check_action(action, parameters)

    def _must_stay(self) -> bool:
        """Whether a screen is open that shows what is shown only once."""
        return any(isinstance(screen, Described) and screen.STAYS for screen in self.screen_stack)

    def action_yours(self) -> None:
        kind = find("yours").load()
        if isinstance(self.screen, ModalScreen):
            self.say(_("Close this first, with Esc."))
        elif not any(isinstance(screen, kind) for screen in self.screen_stack):
            self.push_screen(kind())

    def action_search(self) -> None:
        from companion.screens.search import open_search

        open_search(self)

    def action_arrange(self) -> None:
        if isinstance(self.screen, ModalScreen):
            self.say(_("Close this first, with Esc."))
        else:
            self._lay_over("to_arrange")

    def action_numbers(self) -> None:
        self._lay_over("numbers")

    def action_help(self) -> None:
        from companion.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_find(self) -> None:
        from companion.screens.find import open_palette

        open_palette(self)

    def _lay_over(self, name: str) -> None:
        kind = find(name).load()
        if not isinstance(self.screen, kind):
            self.push_screen(kind())

    def action_undo(self) -> None:
        if self._session is None or in_text_field(self.screen):
            return
        what = self.session.planner.undo()
        if what is None:
            self.say(_("There is nothing to take back."))
            return
        self.say(_("Undo: {what}.").format(what=what), mend=_("Ctrl+Y does it again."))
        self.post_message(DataChanged())

    def action_redo(self) -> None:
        if self._session is None or in_text_field(self.screen):
            return
        what = self.session.planner.redo()
        if what is None:
            self.say(_("There is nothing to do again."))
            return
        self.say(_("Redo: {what}.").format(what=what), mend=_("Ctrl+Z takes it back."))
        self.post_message(DataChanged())

    def action_colors(self, name: str, keep: bool = True) -> None:
        try:
            self.theme = name if name in NAMES else DARK
        except InvalidThemeError:
            self.theme = DARK
        self.call_after_refresh(self._reload_screens)  # words that name a color keep the one they were drawn with
        if keep and self._session is not None:
            self.session.change_settings(theme=self.theme)

    def action_ctrl_c(self) -> None:
        self.say(_("Ctrl+Q leaves. Ctrl+X empties the screen at once."))

    def say(self, words: str, *, mend: str = "") -> None:
        """A passing notice, never read as markup. It takes the place of the one before: three would hide the page.

        A name that is an initial ("M.") brings a full stop of its own to the end of a sentence.
        """
        self.clear_notifications()
        self.notify(f"{words} {mend}".strip().replace("..", "."), markup=False, timeout=_UNDO_KEEPS)

    def tell(self, error: CompanionError) -> None:
        """What went wrong and what can be done, on a screen that stays until it is closed."""
        from companion.screens.trouble import TroubleScreen

        self.push_screen(TroubleScreen(error.sentence, error.mend))

    def _handle_exception(self, error: Exception) -> None:
        """A service's sentence is told where it comes up in the answer to a question, a timer or a worker, too."""
        told = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(told, CompanionError):
            self.call_later(self.tell, told)
        else:
            super()._handle_exception(error)

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except CompanionError as error:
            self.tell(error)

    def holds_anything(self) -> bool:
        return self._session is not None or super().holds_anything()

    def close_all(self) -> None:
        super().close_all()
        if self._session is not None:
            self._session.close()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        return ()


_NEEDS_PROFILE = frozenset(command.action.partition("(")[0].removeprefix("app.") for command in OPENED)


def main(argv: Sequence[str]) -> int:
    """The launcher's child. `argv`: [--data DIR] [--at PLACE]."""
    from companion.errors import NotWritable
    from companion.paths import data_folder

    use_packaged_zones()
    options = dict(zip(argv[::2], argv[1::2], strict=True))
    trouble = ""
    data: Path | None = None
    try:
        data = data_folder(options.get("--data"), os.environ)
    except NotWritable as error:
        trouble = str(error)
    app = CompanionApp(data, at=options.get("--at", ""), trouble=trouble, launched=True)
    app.run()
    return app.return_code or 0
