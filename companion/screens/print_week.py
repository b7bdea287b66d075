"""A week on one page, to print: which week, for whom, discreet or full. What will be on it is read here first."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static
from textual.worker import get_current_worker

from companion.commands import Command
from companion.domain.language import _
from companion.domain.months import add_days, week_of
from companion.domain.text import clean
from companion.domain.week_paper import A4, ALL_CHILDREN, HER, LETTER, usual_paper, week_words
from companion.errors import CompanionError
from companion.screens.base import CompanionScreen
from companion.screens.controls import Control, Pick
from companion.screens.near_files import Folder, folders, free_name, sticks

if TYPE_CHECKING:
    from companion.services.prints import WeekPage

FILE_NAME = "week.pdf"  # says nothing of recovery to whoever sees it
_DISCREET, _FULL = "discreet", "full"
_WEEKS_BACK, _WEEKS_ON = 1, 5
_MOST_FOLDERS = 12


class _Sheet(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Scrolls by the page only: with keys of its own, up and down would never reach the next choice."""

    BINDINGS = [
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
    ]


class PrintWeekScreen(CompanionScreen[None]):
    """Enter saves with what is chosen; the first choices are the safe ones. A file that is there is never replaced."""

    NAME = "Print a week"
    ABOUT = (
        "Enter saves a page to print. Arrow keys go to the choices above, left and right change them. "
        "Page Down shows the rest of what will be on the page."
    )
    CSS_PATH = "print_week.tcss"
    AUTO_FOCUS: ClassVar[str] = "#print-save"
    HORIZONTAL_BREAKPOINTS = [(0, "-normal"), (110, "-wide")]
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("print.save", "Save", "Saves the page as a file.", ("ctrl+s",), "save", show=True, priority=True),
        Command("print.up", "Up", "Goes to the choice above.", ("up",), "step(-1)", palette=False),
        Command("print.down", "Down", "Goes to the choice below.", ("down",), "step(1)", palette=False),
    )

    def __init__(self, day: date) -> None:
        super().__init__()
        self._day = day
        self._folders: list[Folder] = []

    def compose_body(self) -> ComposeResult:
        session = self.app.session
        children = session.people.children()
        self._folders = [f for f in folders(sticks()) if os.access(f.path, os.W_OK)][:_MOST_FOLDERS]
        whose = [(HER, _("for me")), *((c.id, _("for {name}").format(name=c.name)) for c in children)]
        if len(children) != 1:
            whose.append((ALL_CHILDREN, _("for the children")))
        papers = [(LETTER, _("letter")), (A4, _("A4"))]
        weeks, chosen = self._weeks()
        with _Sheet(id="print"):
            with Vertical(id="print-choices"):
                yield Static(Content(_("Print a week")), id="print-heading")
                yield Static(Content(_("Week")), classes="print-label")
                yield Pick(weeks, chosen, question=_("Which week?"), id="week")
                yield Static(Content(_("Whose page")), classes="print-label")
                yield Pick(whose, question=_("Whose page is it?"), id="whose")
                with Vertical(id="mama-part"):
                    yield Static(Content(_("What you are called there")), classes="print-label")
                    called = [(word, word) for word in (_("Mama"), _("Mom"), _("Mommy"), _("Mami"), _("Mum"))]
                    yield Pick(called, question=_("What do they call you?"), id="mama")
                yield Static(Content(_("Names")), classes="print-label")
                yield Pick(_names(HER), question=_("How are things called on the page?"), id="names")
                yield Static(Content(_("Paper")), classes="print-label")
                paper = usual_paper(session.settings.zone)
                yield Pick(papers, paper, question=_("Which paper is in the printer?"), id="paper")
                yield Static(Content(_("Save in")), classes="print-label")
                if self._folders:
                    places = [(str(n), folder.label) for n, folder in enumerate(self._folders)]
                    yield Pick(places, question=_("Where to save it?"), id="folder")
                else:
                    yield Static(Content(_("no folder found that can be written to")), id="no-folder")
                yield Static(Content(_("Anyone who has the file or the paper can read it.")), id="print-warning")
                yield Button(_("Save the page"), id="print-save", compact=True, disabled=not self._folders)
                yield Static(id="print-state", markup=False)
            with Vertical(id="print-page"):
                yield Static(Content(_("What will be on the page")), classes="print-label")
                yield Static(id="print-notes", markup=False)
                yield Static(id="print-lines", markup=False)

    def _weeks(self) -> tuple[list[tuple[str, str]], str]:
        """The weeks around the day it was opened for, and that day's own."""
        start, today = self.app.session.settings.week_start, self.app.session.planner.today()
        near = {
            week_of(today, start)[0]: _("{week} · this week"),
            week_of(add_days(today, 7), start)[0]: _("{week} · next week"),
        }
        firsts = [week_of(add_days(self._day, 7 * n), start)[0] for n in range(-_WEEKS_BACK, _WEEKS_ON + 1)]
        weeks = {
            first.isoformat(): near.get(first, "{week}").format(week=week_words(first))
            for first in dict.fromkeys(firsts)
        }
        return list(weeks.items()), week_of(self._day, start)[0].isoformat()

    # What is chosen, and what that gives

    def reload(self) -> None:
        if self.is_mounted:
            self._changed()

    def _value(self, name: str) -> str:
        return self.query_one(f"#{name}", Pick).value

    @on(Control.Changed)
    def _changed(self) -> None:
        whose = self._value("whose")
        self.query_one("#mama-part").display = whose != HER
        self.query_one("#names", Pick).offer(_names(whose))
        self._draw()

    def _page(self) -> WeekPage:
        return self.app.session.prints.week(
            date.fromisoformat(self._value("week")),
            self._value("whose"),
            mama=self._value("mama"),
            full=self._value("names") == _FULL,
            paper=self._value("paper"),
        )

    @work(thread=True, exclusive=True, group="page")
    def _draw(self) -> None:
        worker = get_current_worker()
        try:
            page = self._page()
        except CompanionError as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._say_here, str(error))
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, page)

    def _show(self, page: WeekPage) -> None:
        if self.is_attached:
            notes = self.query_one("#print-notes", Static)
            notes.update(Content("\n".join(page.notes)))
            notes.display = bool(page.notes)
            self.query_one("#print-lines", Static).update(Content("\n".join(page.lines)))

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

    @on(Button.Pressed, "#print-save")
    def action_save(self) -> None:
        if self._folders:
            self._say_here(_("Saving …"))
            self._save(self._folders[int(self._value("folder"))].path)

    @work(thread=True, exclusive=True, group="save")
    def _save(self, folder: Path) -> None:
        worker = get_current_worker()
        try:
            path = self.app.session.prints.save(self._page(), free_name(folder, FILE_NAME))
            words = _("Saved: {path}").format(path=clean(str(path)))
        except CompanionError as error:
            words = str(error)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._say_here, words)

    def _say_here(self, words: str) -> None:
        if self.is_attached:
            state = self.query_one("#print-state", Static)
            state.update(Content(words))
            state.display = bool(words)
            self.call_after_refresh(state.scroll_visible, animate=False)


def _names(whose: str) -> list[tuple[str, str]]:
    """What discreet and full mean on that page. To a child, what is hers is never named."""
    if whose == HER:
        return [(_DISCREET, _("discreet: Class, Appointment, Errand")), (_FULL, _("in full, with places and people"))]
    return [
        (_DISCREET, _("discreet: a check-up, day care, family time")),
        (_FULL, _("names of the child's things, and who is there")),
    ]
