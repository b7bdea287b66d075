"""The schedule as a file for a phone. What each phone does with it is said first, because they differ."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static
from textual.worker import get_current_worker

from companion.commands import Command
from companion.domain.language import _, plural
from companion.domain.text import clean
from companion.errors import CompanionError
from companion.screens.base import CompanionScreen
from companion.screens.controls import Control, Pick
from companion.screens.dialogs import Answer, Choice
from companion.screens.near_files import Folder, folders, free_name, sticks

if TYPE_CHECKING:
    from companion.services.outbox import Saved

FILE_NAME = "calendar.ics"  # says nothing of recovery to whoever sees it
_DISCREET, _FULL = "discreet", "full"
_FROM_TODAY, _EVERYTHING = "today", "everything"
_MOST_FOLDERS = 12


def phone_words() -> str:
    """What is known of phones, and that none was tried."""
    return "\n".join(
        (
            _("iPhone and Outlook take the file, with its reminders."),
            _("Google takes it on a computer only, and drops the reminders."),
            _("Samsung: not known. None of this was tried on a real phone yet."),
        )
    )


class ToPhoneScreen(CompanionScreen[None]):
    """Enter saves with what is chosen; the first choices are the safe ones."""

    NAME = "To the phone"
    ABOUT = (
        "Enter saves the file. Arrow keys go to the choices above, left and right change them. "
        "Discreet names say Class or Appointment and leave out places, notes and people."
    )
    CSS_PATH = "to_phone.tcss"
    AUTO_FOCUS: ClassVar[str] = "#save"
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("phone.save", "Save", "Saves the file.", ("ctrl+s",), "save", show=True, priority=True),
        Command("phone.up", "Up", "Goes to the choice above.", ("up",), "step(-1)", palette=False),
        Command("phone.down", "Down", "Goes to the choice below.", ("down",), "step(1)", palette=False),
    )

    def __init__(self) -> None:
        super().__init__()
        self._folders: list[Folder] = []

    def compose_body(self) -> ComposeResult:
        self._folders = [f for f in folders(sticks()) if os.access(f.path, os.W_OK)][:_MOST_FOLDERS]
        names = [(_DISCREET, _("discreet: Class, Appointment, Errand")), (_FULL, _("in full, with places and notes"))]
        spans = [(_FROM_TODAY, _("from today on")), (_EVERYTHING, _("everything, also what was"))]
        places = [(str(n), folder.label) for n, folder in enumerate(self._folders)]
        with VerticalScroll(id="phone", can_focus=False):
            yield Static(Content(_("Put the schedule on a phone")), id="phone-heading")
            yield Static(Content(phone_words()), id="phone-about")
            yield Static(Content(_("Names")), classes="phone-label")
            yield Pick(names, question=_("How are things called on the phone?"), id="names")
            words = _("Whoever sees the phone, its lock screen too, can read it.")
            yield Static(Content(words), id="phone-names")
            yield Static(Content(_("Days")), classes="phone-label")
            yield Pick(spans, question=_("Which days?"), id="days")
            yield Static(Content(_("Save in")), classes="phone-label")
            if places:
                yield Pick(places, question=_("Where to save it?"), id="folder")
            else:
                yield Static(Content(_("no folder found that can be written to")), id="no-folder")
            with Vertical(id="phone-save"):
                yield Button(_("Save the file"), id="save", compact=True, disabled=not places)
            yield Static(id="phone-state", markup=False)

    def on_mount(self) -> None:
        self._show_names()

    @on(Control.Changed, "#names")
    def _show_names(self) -> None:
        full = self.query_one("#names", Pick).value == _FULL
        self.query_one("#phone-names").display = full

    @on(Control.GoOn)
    def _go_on(self, event: Control.GoOn) -> None:
        event.stop()
        self.focus_next()

    def action_step(self, by: int) -> None:
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    # Saving

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        if not self._folders:
            return
        folder = self._folders[int(self.query_one("#folder", Pick).value)].path
        path = folder / FILE_NAME
        if not path.exists():
            self._write(path, replace=False)
            return
        other = free_name(folder, FILE_NAME)
        answers = [
            Answer(False, _("Save it as {name}").format(name=other.name)),
            Answer(True, _("Put it in place of the old one")),
        ]

        def taken(replace: bool | None) -> None:
            if replace is not None:
                self._write(path if replace else other, replace=replace)

        question = _("There is a {name} already.").format(name=FILE_NAME)
        self.app.push_screen(Choice(question, answers, detail=clean(str(folder))), taken)

    def _write(self, path: Path, *, replace: bool) -> None:
        self._say_here(_("Saving …"))
        self._save(
            path,
            full=self.query_one("#names", Pick).value == _FULL,
            everything=self.query_one("#days", Pick).value == _EVERYTHING,
            replace=replace,
        )

    @work(thread=True, exclusive=True, group="save")
    def _save(self, path: Path, *, full: bool, everything: bool, replace: bool) -> None:
        worker, session = get_current_worker(), self.app.session
        first = None if everything else session.planner.today()
        try:
            saved = session.outbox.save(path, first=first, full=full, replace=replace)
        except CompanionError as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._say_here, str(error))
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._saved, saved)

    def _saved(self, saved: Saved) -> None:
        self._say_here("")
        self.app.push_screen(SavedScreen(saved), lambda _result: self.dismiss(None))

    def _say_here(self, words: str) -> None:
        if self.is_attached:
            self.query_one("#phone-state", Static).update(Content(words))


class SavedScreen(CompanionScreen[None]):
    """Where the file is and what to do with it. It stays until it is closed."""

    NAME = "Saved"
    ABOUT = "Where the file is, and how it gets onto the phone. Enter or Esc closes this."
    CSS_PATH = "to_phone.tcss"
    AUTO_FOCUS: ClassVar[str] = "#saved"
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("saved.close", "Close", "Closes this.", ("enter",), "close", show=True, palette=False),
    )

    def __init__(self, saved: Saved) -> None:
        super().__init__()
        self._saved = saved

    def compose_body(self) -> ComposeResult:
        saved = self._saved
        count = plural("{n} entry is saved in:", "{n} entries are saved in:", saved.count)
        with VerticalScroll(id="saved"):
            yield Static(Content(count), id="saved-heading")
            yield Static(Content("\n".join(clean(str(path)) for path in saved.paths)), id="saved-paths")
            yield Static(Content("\n".join(next_steps())), id="saved-next")
            if saved.notes:
                yield Static(Content(_("Good to know")), classes="phone-label")
                yield Static(Content("\n".join(f"· {note.text} {note.mend}".strip() for note in saved.notes)))

    def action_close(self) -> None:
        self.dismiss(None)


def next_steps() -> list[str]:
    """How the file gets onto a phone, as far as that is known."""
    return [
        _("iPhone: send it to yourself by e-mail, tap it, Add All."),
        _("Google: on a computer, calendar.google.com, Settings, Import."),
        _("Outlook: open the file on the computer."),
        "",
        _("Before you delete the file here, see that the first entry is at the right hour."),
        _("Whoever finds the file can read it. A new file later holds everything again."),
    ]
