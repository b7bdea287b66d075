"""Bring in a file: the ones at hand, newest first, or one whose place is typed. Reading it changes nothing yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import Worker, get_current_worker

from companion.commands import Command
from companion.domain.language import _
from companion.domain.text import clean
from companion.domain.wording import day_words, time_words
from companion.errors import CompanionError
from companion.screens.base import CompanionScreen
from companion.screens.dialogs import Answer, Choice
from companion.screens.near_files import Folder, NearFile, folders, plan_files, sticks
from companion.widgets.line_input import LineInput

if TYPE_CHECKING:
    from companion.services.intake import Preview

_SOON = 0.5  # seconds until it says that it is still reading
_PATH_LIMIT = 4_096


class BringInScreen(CompanionScreen[None]):
    """Finds a file, reads it in a thread and opens its preview."""

    NAME = "Bring in a file"
    ABOUT = (
        "Arrow keys go to a file, Enter opens it and shows what it would change. Nothing changes before you say so. "
        "Tab goes to the line below, where you can type the place of a file or a folder."
    )
    CSS_PATH = "bring_in.tcss"
    AUTO_FOCUS: ClassVar[str] = "#files"
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("bring.look", "Look", "Looks for files again, after a stick was put in.", ("r",), "look", show=True),
    )

    def __init__(self) -> None:
        super().__init__()
        self._files: list[NearFile] = []
        self._reading: Worker[None] | None = None
        self._slow: Timer | None = None

    def compose_body(self) -> ComposeResult:
        yield Static(Content(_("Bring in a plan or a calendar")), id="bring-heading")
        yield OptionList(id="files", markup=False)
        yield Static(Content(_("Or type where it is, a folder or a file:")), classes="bring-label")
        yield LineInput(id="path", max_length=_PATH_LIMIT, compact=True, placeholder="/media/stick/plan.toml")
        yield Static(id="bring-state", markup=False)

    def on_mount(self) -> None:
        self.action_look()

    # Finding

    def action_look(self) -> None:
        self._say_here(_("Looking for files …"))
        self._look()

    @work(thread=True, exclusive=True, group="look")
    def _look(self, folder: Path | None = None) -> None:
        places = [Folder(folder, clean(str(folder)))] if folder is not None else folders(sticks())
        found = plan_files(places)
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._found, found)

    def _found(self, files: Sequence[NearFile]) -> None:
        if not self.is_attached:
            return
        self._files = list(files)
        listed = self.query_one("#files", OptionList)
        listed.set_options(Option(self._file_words(file)) for file in files)
        listed.display = bool(files)
        if files:
            listed.highlighted = 0
            listed.focus()
            self._say_here("")
        else:
            self.query_one("#path", Input).focus()
            self._say_here(
                _("No plan found on a stick, in Downloads, Documents, the desktop, your home folder or this folder."),
                _("Plans end in .toml, .csv, .xlsx or .ics. Put in a stick and press Esc, then r."),
            )

    def _file_words(self, file: NearFile) -> Content:
        session = self.app.session
        changed = datetime.fromtimestamp(file.changed, UTC).astimezone(ZoneInfo(session.planner.zone))
        when = f"{day_words(changed.date(), session.planner.today())}, {time_words(changed, session.settings.hours24)}"
        return Content.assemble((file.name, "bold"), f"\n  {file.label} · {when} · {size_words(file.size)}")

    # Reading

    @on(OptionList.OptionSelected, "#files")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._open(self._files[event.option_index].path)

    @on(Input.Submitted, "#path")
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        path = typed_path(event.value)
        if path is None:
            self._say_here(_("There is nothing typed yet."))
        elif path.is_dir():
            self._look(path)
        else:
            self._open(path)

    def _open(self, path: Path) -> None:
        self._stop()
        self._say_here("")
        self._slow = self.set_timer(_SOON, lambda: self._say_slow(path))
        self._reading = self._read(path)

    def _say_slow(self, path: Path) -> None:
        self._say_here(_("Reading {name} …").format(name=clean(path.name)), _("Esc stops it."))

    @work(thread=True, exclusive=True, group="read")
    def _read(self, path: Path) -> None:
        worker = get_current_worker()
        try:
            previews = self.app.session.intake.preview(path, stop=lambda: worker.is_cancelled)
        except CompanionError as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._refused, error)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, previews)

    def _stop(self) -> bool:
        """End a reading that goes on; whether there was one."""
        if self._slow is not None:
            self._slow.stop()
            self._slow = None
        going_on = self._reading is not None and not self._reading.is_finished
        if self._reading is not None and going_on:
            self._reading.cancel()
        self._reading = None
        return going_on

    def _read_through(self) -> None:
        """The reading has come to its end: there is nothing to stop but the words that it takes long."""
        self._reading = None
        self._stop()

    def go_back(self) -> None:
        if self._stop():
            self._say_here(_("Stopped. Nothing was changed."))
        else:
            super().go_back()

    def action_back(self) -> None:
        if self._reading is not None and not self._reading.is_finished:
            self.go_back()
        else:
            super().action_back()

    def _refused(self, error: CompanionError) -> None:
        self._read_through()
        self._say_here(error.sentence, error.mend)

    def _show(self, previews: Sequence[Preview]) -> None:
        self._read_through()
        self._say_here("")
        if not previews:
            self._say_here(_("There is no plan in this file."))
        elif len(previews) == 1:
            self._preview(previews[0])
        else:
            answers = [Answer(p, p.plan_title, _whose(p)) for p in previews]
            self.app.push_screen(Choice(_("Which one?"), answers), self._preview)

    def _preview(self, preview: Preview | None) -> None:
        from companion.screens.preview import PreviewScreen

        if preview is not None:
            self.app.push_screen(PreviewScreen(preview), self._applied)

    def _applied(self, done: bool | None) -> None:
        if done:
            self.dismiss(None)

    def _say_here(self, words: str, mend: str = "") -> None:
        self.query_one("#bring-state", Static).update(Content(f"{words} {mend}".strip()))


def _whose(preview: Preview) -> str:
    return " · ".join(part for part in (preview.plan.header.prepared_for, preview.summary) if part)


def size_words(size: int) -> str:
    """ "4 KB", "1.2 MB"."""
    if size < 1_000_000:
        return _("{n} KB").format(n=max(1, round(size / 1_000)))
    return _("{n} MB").format(n=round(size / 1_000_000, 1))


def typed_path(text: str) -> Path | None:
    """The path that was typed or dragged into the window: with quotes, escaped spaces or as file:// too."""
    words = text.strip()
    if len(words) > 1 and words[0] == words[-1] and words[0] in "'\"":
        words = words[1:-1]
    if words.startswith("file://"):
        words = unquote(urlsplit(words).path)
    if not words or "\x00" in words:
        return None
    path = _expanded(words)
    if "\\ " in words and not path.exists():
        path = _expanded(words.replace("\\ ", " "))
    return path


def _expanded(words: str) -> Path:
    try:
        return Path(words).expanduser()
    except RuntimeError:  # "~" without a home
        return Path(words)
