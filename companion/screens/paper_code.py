"""The paper code, shown once. Then two of its groups are asked for, so that it is on paper and not only read.

Going on without it is a choice too: a paper at home may be the greater danger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Static

from companion.commands import HELP, HIDE, NUMBERS, Command
from companion.domain.language import _
from companion.screens.base import CompanionScreen
from companion.screens.form import Field

if TYPE_CHECKING:
    from companion.app import Session

_TIME_TO_WRITE = 15 * 60.0  # seconds without a lock: the code is shown only now, and a pen has to be found
_ASKED = (2, 5)  # which groups are asked for, counted from 1


class PaperCodeScreen(CompanionScreen[None]):
    NAME = "Your paper code"
    ABOUT = "It opens your calendar if you forget your words. Write it on paper. F8 goes on without it."
    CSS_PATH: ClassVar[Any] = ["form.tcss", "paper_code.tcss"]
    STAYS = True
    ALWAYS_SHOWN: ClassVar[tuple[Command, ...]] = (NUMBERS, HIDE, HELP)
    COMMANDS = (
        Command("code.skip", "Without", "Goes on without the code.", ("f8",), "skip", show=True, priority=True),
        Command("code.show", "Show", "Shows the code again.", ("f9",), "show_code", show=True, priority=True),
    )

    def __init__(self, session: Session, code: str, *, inside: bool = False) -> None:
        """`inside`: the profile is open already, so that going on is going back."""
        super().__init__()
        self._inside = inside
        self._session = session
        self._code = code
        self._checking = False

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="page"):
            yield Static(Content(_("Your paper code")), classes="heading")
            yield Static("", id="note")
            yield Static(Content(self._code), id="code")
            yield Field("groups", _("Groups {first} and {second}").format(first=_ASKED[0], second=_ASKED[1]))
            with Horizontal(id="form-buttons"):
                yield Button(_("I have it on paper"), id="next", compact=True)
                yield Button(_("Go on without it"), id="skip", compact=True)

    def on_mount(self) -> None:
        self.app.hold_lock(_TIME_TO_WRITE)
        self._show(checking=False)

    def _show(self, *, checking: bool) -> None:
        self._checking = checking
        note = (
            _("Look at your paper: which are groups {first} and {second}? F9 shows the code again.").format(
                first=_ASKED[0], second=_ASKED[1]
            )
            if checking
            else _(
                "If you forget your words, this code opens your calendar. It is shown only now. Write it on paper and "
                "keep it where only you find it, or someone you trust: better not at home."
            )
        )
        self.query_one("#note", Static).update(Content(note))
        self.query_one("#code", Static).display = not checking
        field = self.query_one(Field)
        field.display = checking
        field.say("")
        if checking:
            field.fill("")
            field.control.focus()
        else:
            self.query_one("#next", Button).focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "show_code":
            return self._checking
        return super().check_action(action, parameters)

    def action_show_code(self) -> None:
        self._show(checking=False)

    @on(Button.Pressed, "#next")
    @on(Input.Submitted)
    def _next(self) -> None:
        if not self._checking:
            self._show(checking=True)
            return
        groups = self._code.split("-")
        wanted = "".join(groups[number - 1] for number in _ASKED)
        field = self.query_one(Field)
        typed = "".join(c for c in field.value.upper().translate(str.maketrans("OIL", "011")) if c.isalnum())
        if typed == wanted:
            self.action_skip()
        else:
            field.say(_("That is not what the code says. F9 shows it again."))

    @on(Button.Pressed, "#skip")
    def action_skip(self) -> None:
        if self._inside:
            self.app.release_lock()
            self.dismiss(None)
        else:
            self.app.opened(self._session)

    def can_go_back(self) -> bool:
        return self._checking

    def go_back(self) -> None:
        """There is no way back from here but on: the profile is made. Esc shows the code again."""
        self._show(checking=False)

    def action_back(self) -> None:
        self.go_back()

    def holds_text(self) -> bool:
        return True
