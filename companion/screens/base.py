"""What every screen is built on.

`PlaceScreen`: one of the five places. `CompanionScreen`: a full screen that isn't a place. `CompanionDialog`: laid
over another screen, gives a typed result. Each says what can be done on it with `COMMANDS`; keys, bottom line,
palette and help come from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import ModalScreen, Screen

from companion.commands import BACK, HELP, HIDE, NUMBERS, Command, bindings
from companion.errors import CompanionError
from companion.screens.lines import KeyLine, PlaceLine, ReminderLine, clicked_action, in_text_field

if TYPE_CHECKING:
    from companion.app import CompanionApp

ResultT = TypeVar("ResultT")


class Described:
    """Says what can be done here, in words.

    `NAME` heads the help; `ABOUT` is one or two plain sentences. English in the source, translated where shown.
    """

    NAME: ClassVar[str] = ""
    ABOUT: ClassVar[str] = ""
    # Whether nothing else can be gone to from here but hiding, help and numbers: what it shows is shown only once.
    STAYS: ClassVar[bool] = False
    COMMANDS: ClassVar[Any] = ()  # a tuple of Command; Textual has a set of palette providers under this name

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "COMMANDS" in cls.__dict__:
            cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *bindings(cls.COMMANDS)]  # type: ignore[attr-defined]
        super().__init_subclass__(**kwargs)

    def reload(self) -> None:
        """Read again what is shown. Called when the screen comes to the front and when something was stored."""

    def holds_text(self) -> bool:
        """Whether something was typed here. Before a profile is open, only then is there anything to lock."""
        return False

    def leave_quietly(self) -> None:
        """Called when the screen is about to be closed from outside: keep what must be kept, ask nothing."""

    async def _dispatch_message(self, message: Message) -> None:
        """A service's sentence (a full disk, a wrong name) is shown; it is no reason to stop the app."""
        try:
            await super()._dispatch_message(message)  # type: ignore[misc]  # every class below is a Screen
        except CompanionError as error:
            self.app.tell(error)  # type: ignore[attr-defined]


class CompanionScreen(Described, Screen[ResultT]):
    """A full screen that isn't a place. Esc goes back, out of a text field first."""

    COMMANDS: ClassVar[tuple[Command, ...]] = ()  # type: ignore[assignment]
    BINDINGS: ClassVar[list[Any]] = bindings([BACK])
    ALWAYS_SHOWN: ClassVar[tuple[Command, ...]] = (NUMBERS, HIDE, HELP)

    if TYPE_CHECKING:
        app: CompanionApp

    def compose(self) -> ComposeResult:
        yield from self.compose_body()
        if self.app.is_open:
            yield ReminderLine()
        yield KeyLine(self.ALWAYS_SHOWN, self.back_works)

    def compose_body(self) -> ComposeResult:
        """What the screen shows between the lines."""
        yield from ()

    def on_screen_resume(self) -> None:
        self.reload()
        self.app.show_reminder()

    def action_back(self) -> None:
        if in_text_field(self):
            self.set_focus(None)
        else:
            self.go_back()

    def go_back(self) -> None:
        """What Esc does outside a text field."""
        if self.can_go_back():
            self.dismiss(None)

    def can_go_back(self) -> bool:
        """Whether Esc does anything outside a text field."""
        return len(self.app.screen_stack) > 1

    def back_works(self) -> bool:
        """Whether Esc does anything now; only then it stands on the bottom line."""
        return in_text_field(self) or self.can_go_back()

    def say(self, words: str, *, mend: str = "") -> None:
        """A passing notice. What must not be overlooked stands on the screen instead."""
        self.app.say(words, mend=mend)


class PlaceScreen(CompanionScreen[None]):
    """One of the five places: `PLACE` is its name in `companion.commands.PLACES`."""

    PLACE: ClassVar[str] = ""
    COMMANDS: ClassVar[tuple[Command, ...]] = ()
    ALWAYS_SHOWN: ClassVar[tuple[Command, ...]] = ()

    def compose(self) -> ComposeResult:
        yield PlaceLine(self.PLACE)
        yield from self.compose_body()
        if self.app.is_open:
            yield ReminderLine()
        yield KeyLine(self.ALWAYS_SHOWN, self.back_works)

    def can_go_back(self) -> bool:
        """A place is where back ends."""
        return False

    async def on_click(self, event: events.Click) -> None:
        """Words that name a key (`lines.clickable`) do what it does."""
        action = clicked_action(event)
        if action:
            await self.run_action(action)


class CompanionDialog(Described, ModalScreen[ResultT]):
    """Laid over another screen. Esc closes it with the result None."""

    COMMANDS: ClassVar[tuple[Command, ...]] = ()  # type: ignore[assignment]
    BINDINGS: ClassVar[list[Any]] = bindings([BACK])
    ALWAYS_SHOWN: ClassVar[tuple[Command, ...]] = (HIDE, HELP)

    if TYPE_CHECKING:
        app: CompanionApp

    def compose(self) -> ComposeResult:
        yield from self.compose_body()
        yield KeyLine(self.ALWAYS_SHOWN, self.back_works)

    def compose_body(self) -> ComposeResult:
        yield from ()

    def on_mount(self) -> None:
        # What was said before would lie over what is asked now; nothing in a style sheet can keep Textual from it.
        self.app.clear_notifications()

    def back_works(self) -> bool:
        """As on a full screen: a dialog can always be closed."""
        return True

    def action_back(self) -> None:
        self.go_back()

    def go_back(self) -> None:
        self.dismiss(None)

    def say(self, words: str, *, mend: str = "") -> None:
        self.app.say(words, mend=mend)
