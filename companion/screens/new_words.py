"""New words: after the paper code opened it, or because she wants others, or had none.

The data is written anew under a new key (half a second) and the paper code changes with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Static

from companion.commands import HELP, HIDE, NUMBERS, Command
from companion.domain.language import _
from companion.errors import CompanionError
from companion.screens.base import CompanionScreen
from companion.screens.first_run_steps import WORDS_LIMIT
from companion.screens.form import Field
from companion.screens.paper_code import PaperCodeScreen

if TYPE_CHECKING:
    from companion.app import Session


class NewWordsScreen(CompanionScreen[None]):
    NAME = "New words"
    ABOUT = "Choose new words and type them twice. F8 leaves it as it is."
    CSS_PATH: ClassVar[Any] = ["form.tcss", "new_words.tcss"]
    STAYS = True
    ALWAYS_SHOWN: ClassVar[tuple[Command, ...]] = (NUMBERS, HIDE, HELP)
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("words.keep", "Keep old", "Leaves it as it is.", ("f8",), "keep", show=True, priority=True),
    )

    def __init__(self, session: Session, *, inside: bool = False, again: str = "") -> None:
        """`inside`: the profile is open already. `again`: keep these words, known to fit, and get a new paper code."""
        super().__init__()
        self._session = session
        self._inside = inside
        self._again = again
        self._changing = False

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="page"):
            yield Static(Content(self._heading()), classes="heading")
            yield Static(Content(self._note()), id="note")
            yield Field("words", _("New words"), secret=True, limit=WORDS_LIMIT)
            yield Field("again", _("The same words again"), secret=True, limit=WORDS_LIMIT)
            yield Static("", id="form-error", markup=False)
            with Horizontal(id="form-buttons"):
                yield Button(_("Get a new code") if self._again else _("Take the new words"), id="take", compact=True)
                keep = _("Keep the old ones") if self._session.has_words or not self._inside else _("Leave it without")
                yield Button(_("Keep the old one") if self._again else keep, id="keep", compact=True)

    def _heading(self) -> str:
        if self._again:
            return _("A new paper code")
        return _("Words that lock it") if self._inside else _("Your paper code opened it")

    def _note(self) -> str:
        if self._again:
            return _("Your words stay as they are. The paper code you have opens no more once there is a new one.")
        if not self._inside:
            return _("Now you can choose new words. You get a new paper code with them; the old one opens no more.")
        note = _("Four words that have nothing to do with each other work well. Nobody can reset them for you.")
        code = (
            _("You get a new paper code with them; the old one opens no more.")
            if self._session.has_words
            else _("You get a paper code with them, which opens it if you forget them.")
        )
        return f"{note} {code}"

    def on_mount(self) -> None:
        for field in self.query(Field):
            field.display = not self._again
        if self._again:
            self.query_one("#take", Button).focus()
        else:
            self._field("words").control.focus()

    def _field(self, name: str) -> Field:
        return self.query_one(f"#field-{name}", Field)

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        again = self._field("again")
        if event.input is again.control:
            self.action_take()
        else:
            again.control.focus()

    @on(Button.Pressed, "#take")
    def action_take(self) -> None:
        words, again = self._field("words"), self._field("again")
        if self._changing:
            return
        if self._again:
            words.fill(self._again)
            again.fill(self._again)
        words.say("" if words.value.strip() else _("Type your new words, then Enter."))
        if words.value.strip() and words.value != again.value:  # behind dots nobody finds the letter that is wrong
            words.fill("")
            again.fill("")
            words.say(_("The two were not the same. Type both once more."))
            words.control.focus()
            return
        if words.value.strip():
            self._changing = True
            self.query_one("#form-error", Static).update(Content(_("Changing the words…")))
            self._change(words.value)

    @on(Button.Pressed, "#keep")
    def action_keep(self) -> None:
        if not self._changing:
            self._go_on()

    def go_back(self) -> None:
        self.action_keep()

    def holds_text(self) -> bool:
        return True

    @work(thread=True, group="open")
    def _change(self, words: str) -> None:
        try:
            code = self._session.change_words(words)
        except CompanionError as error:
            self.app.call_from_thread(self._refused, error)
        else:
            self.app.call_from_thread(self._changed, code)

    def _refused(self, error: CompanionError) -> None:
        self._changing = False
        self.query_one("#form-error", Static).update(Content(str(error)))

    def _changed(self, code: str | None) -> None:
        if code is None:
            self._go_on()
        else:
            self.app.switch_screen(PaperCodeScreen(self._session, code, inside=self._inside))

    def _go_on(self) -> None:
        if self._inside:
            self.dismiss(None)
        else:
            self.app.opened(self._session)
