"""Forms: fields with the error beside each, and a draft that survives hiding, locking and a closed window.

Within a second of a change, and when the screen is hidden, the values go to the open profile's drafts (encrypted like
the rest). On return they are offered back. So Esc loses nothing and asks nothing; it asks only where there is no
profile yet to keep a draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Button, Input, Static, TextArea

from companion.commands import Command
from companion.domain.language import _
from companion.errors import CompanionError
from companion.screens.base import CompanionDialog
from companion.screens.field import Field
from companion.screens.form_drafts import FormDrafts
from companion.widgets.live_words import LiveWords

__all__ = ["BRING_BACK", "PAUSE", "SAVE", "Field", "Form"]

ResultT = TypeVar("ResultT")
PAUSE = 1.0  # seconds from a change until the draft is kept; further changes don't put it off

SAVE = Command("form.save", "Save", "Saves what you typed.", ("ctrl+s",), "screen.save", show=True, priority=True)
BRING_BACK = Command(
    "form.bring_back",
    "Bring back",
    "Brings back what you began here before.",
    ("f8",),
    "screen.bring_back",
    priority=True,
)


class Form(CompanionDialog[ResultT]):
    """Base of every form: say the fields, what is wrong with them, and what saving does.

    `FORM_ID` names the draft; "" keeps none (a form that holds a secret, or one before a profile is open).
    """

    FORM_ID: ClassVar[str] = ""
    TITLE_WORDS: ClassVar[str] = ""
    SAVE_WORD: ClassVar[str] = "Save"
    CSS_PATH: ClassVar[Any] = str(Path(__file__).with_suffix(".tcss"))  # whole: a subclass may lie elsewhere
    COMMANDS = (SAVE, BRING_BACK)

    def __init__(self) -> None:
        super().__init__()
        self._pause: Timer | None = None
        self._drafts: FormDrafts | None = None
        self._opened_with: dict[str, str] = {}
        self._fields: dict[str, Field] | None = None  # by name, once all are there
        self._asked = False

    # What a form says

    def compose_fields(self) -> ComposeResult:
        """The fields, in reading order; other widgets may stand between them."""
        yield from ()

    def check(self, values: dict[str, str]) -> dict[str, str]:
        """The error of each field that has one; a name without a field puts the error above the buttons."""
        return {}

    def save(self, values: dict[str, str]) -> None:
        """Store, then `self.done(result)`. A CompanionError raised here is shown above the buttons."""
        raise NotImplementedError

    # What it does with that

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="form", can_focus=False):
            yield Static(Content(_(self.TITLE_WORDS)), id="form-title")
            yield Static("", id="form-offer", markup=False)
            yield from self.compose_fields()
            yield LiveWords(id="form-error")
            with Horizontal(id="form-buttons"):
                yield Button(_(self.SAVE_WORD), id="form-save", compact=True)
                yield Button(_("Back"), id="form-back", compact=True)

    def starting_values(self) -> dict[str, str]:
        """What stood here before she typed anything; called once all fields are there."""
        return self.values()

    def on_mount(self) -> None:
        self._fields = {field.name_of_value: field for field in self.query(Field)}
        self._opened_with = self.starting_values()
        drafts = self.app.drafts
        if drafts is not None and self.FORM_ID:
            self._drafts = FormDrafts(drafts, self.FORM_ID, self._kept_part(self._opened_with))
        self._show_offer()

    @property
    def fields(self) -> list[Field]:
        """In reading order. A form has the same from beginning to end: looking for them cost 4 ms a key."""
        return list(self.query(Field) if self._fields is None else self._fields.values())

    def field(self, name: str) -> Field:
        """The field that holds the value `name`."""
        return self.query_one(f"#field-{name}", Field) if self._fields is None else self._fields[name]

    def show_error(self, words: str) -> None:
        """Show above the buttons what is wrong with no field in particular; "" takes it away."""
        self.query_one("#form-error", LiveWords).put(words)

    def values(self) -> dict[str, str]:
        return {field.name_of_value: field.value for field in self.fields}

    def _kept_part(self, values: dict[str, str]) -> dict[str, str]:
        secret = {field.name_of_value for field in self.fields if field.secret}
        return {name: value for name, value in values.items() if name not in secret}

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _changed(self) -> None:
        self._unask()
        if self._pause is None:
            self._pause = self.set_timer(PAUSE, self._paused)

    def _paused(self) -> None:
        self._stop_pause()
        if trouble := self._keep_if_it_can_be():
            self.show_error(trouble)

    def _keep_if_it_can_be(self) -> str:
        """Keep the draft; gives what is in the way, "" for nothing. A full disk is no reason to stop typing."""
        try:
            self.keep_draft()
        except CompanionError as error:
            return str(error)
        return ""

    def keep_draft(self) -> None:
        """Hand what is typed to the drafts now. Nothing is kept where it is as it was when the form opened."""
        if self._drafts is not None and self.app.drafts is not None:
            self._drafts.keep(self._typed_part())

    def _typed_part(self) -> dict[str, str] | None:
        """What a draft keeps of the values; None where all is as it was."""
        values = self._kept_part(self.values())
        return None if values == self._kept_part(self._opened_with) else values

    def _waiting(self) -> bool:
        return self._drafts is not None and bool(self._drafts.waiting)

    def _show_offer(self) -> None:
        words = _("You began this before. F8 brings it back.") if self._waiting() else ""
        self.query_one("#form-offer", Static).update(Content(words))
        self.set_class(self._waiting(), "-offer")

    @on(events.Click, "#form-offer")
    def action_bring_back(self) -> None:
        """The fields as they were left; what stands in them now waits in its turn, for F8 again."""
        if self._drafts is not None and self._drafts.waiting:
            values = self._drafts.bring_back(self._typed_part())
            for field in self.fields:
                if field.name_of_value in values:
                    field.fill(values[field.name_of_value])
        self._show_offer()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "bring_back":
            return self._waiting()
        return super().check_action(action, parameters)

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        """Enter goes to the next field, from the last one it saves."""
        event.stop()
        controls = [field.control for field in self.fields if field.display and not field.control.disabled]
        if event.input in controls and event.input is not controls[-1]:
            controls[controls.index(event.input) + 1].focus()
        else:
            self.action_save()

    @on(Button.Pressed, "#form-save")
    def action_save(self) -> None:
        """Save once the letters typed before the key are there: it overtakes what waits in the queue of the field."""
        (self.focused or self).call_later(self.call_later, self._save)

    def _save(self) -> None:
        values = self.values()
        long = {field.name_of_value: field.too_long for field in self.fields if field.too_long}
        errors = {**self.check(values), **long}
        self.tell(errors)
        if errors:
            return
        try:
            self.save(values)
        except CompanionError as error:
            self.tell({"": str(error)})

    def tell(self, errors: Mapping[str, str]) -> None:
        """Show each error beside its field and go to the first one."""
        by_name = {field.name_of_value: field for field in self.fields}
        for name, field in by_name.items():
            field.say(errors.get(name, ""))
        rest = " ".join(error for name, error in errors.items() if name not in by_name)
        self.show_error(rest)
        first = next((by_name[name] for name in by_name if errors.get(name)), None)
        if first is not None:
            first.control.focus()
        elif rest:
            self.call_after_refresh(self.query_one("#form-error").scroll_visible, animate=False)

    def done(self, result: ResultT | None) -> None:
        """Close after saving: its draft is no longer needed. What else was begun here waits on."""
        self._stop_pause()
        if self._drafts is not None:
            self._drafts.keep(None)
        self.dismiss(result)

    @on(Button.Pressed, "#form-back")
    def action_back(self) -> None:
        if self._would_lose() and not self._asked:
            self._asked = True
            self.show_error(_("What you typed is not kept. Esc again leaves it; anything else stays here."))
            return
        self._stop_pause()
        trouble = "" if self._asked else self._keep_if_it_can_be()
        if trouble:
            self._asked = True
            words = _("What you typed can't be kept. Esc again leaves it; anything else stays here.")
            self.show_error(f"{trouble} {words}")
            return
        if not self._asked and self._drafts is not None and self._typed_part() is not None:
            self.say(_("Not saved. What you typed is kept."), mend=_("Open it again and F8 brings it back."))
        self.go_back()

    def on_key(self, event: events.Key) -> None:
        if event.key != "escape":
            self._unask()

    def _unask(self) -> None:
        if self._asked:
            self._asked = False
            self.show_error("")

    def leave_quietly(self) -> None:
        self._stop_pause()
        if trouble := self._keep_if_it_can_be():
            self.say(trouble)

    def _would_lose(self) -> bool:
        return self._drafts is None and self.values() != self._opened_with

    def holds_text(self) -> bool:
        return self.values() != self._opened_with

    def _stop_pause(self) -> None:
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
