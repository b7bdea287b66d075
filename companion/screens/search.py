"""Search the calendar: results with every letter, what is next first. Enter goes to that day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from companion.domain.language import _
from companion.domain.text import TITLE_LIMIT
from companion.screens.base import CompanionDialog, Described
from companion.screens.found_rows import count_words, found_row
from companion.widgets.day_list import DayList, Key
from companion.widgets.line_input import LineInput

if TYPE_CHECKING:
    from companion.app import CompanionApp
    from companion.services.finder import Found


class Place(NamedTuple):
    """Where on the calendar something is: the day, and the occurrence on it."""

    day: date
    key: Key


class SearchScreen(CompanionDialog[Place]):
    """Gives the place of what was chosen. What was typed is kept nowhere."""

    NAME = "Search the calendar"
    ABOUT = (
        "Type a word, or its first letters: a title, a place, a person, something from your notes. "
        "Enter goes to the first one found, the down arrow into the list."
    )
    CSS_PATH = "search.tcss"
    AUTO_FOCUS: ClassVar[str] = "#search-line"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "into_list", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self._places: dict[Key, Place] = {}

    def compose_body(self) -> ComposeResult:
        with Vertical(id="search-page"):
            yield Static(Content(_("Search the calendar")), id="search-heading")
            yield LineInput(
                id="search-line",
                max_length=TITLE_LIMIT,
                compact=True,
                select_on_focus=False,
                placeholder=_("a title, a place, a person, a word from your notes"),
            )
            yield Static(id="search-count", markup=False)
            yield Results(id="found")

    @property
    def typed(self) -> str:
        return self.query_one("#search-line", Input).value

    @property
    def listed(self) -> DayList:
        return self.query_one("#found", DayList)

    def holds_text(self) -> bool:
        return bool(self.typed)

    # What is found

    def reload(self) -> None:
        if self.is_mounted:
            self._search()

    def on_mount(self) -> None:
        self._search()

    @on(Input.Changed, "#search-line")
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._search()

    def _search(self) -> None:
        session, typed = self.app.session, self.typed
        found = session.finder.find(typed)
        today, hours24 = session.planner.today(), session.settings.hours24
        rows = [found_row(hit, typed, today, hours24) for hit in found.hits]
        self._places = {hit.occurrence.key: Place(hit.occurrence.day, hit.occurrence.key) for hit in found.hits}
        # Its height is fixed: no need to lay the screen out anew with every letter.
        self.query_one("#search-count", Static).update(Content(count_words(found)), layout=False)
        listed = self.listed
        listed.show(rows, today, _nothing(typed, found))
        listed.action_edge(0)

    # Where it leads

    @on(Input.Submitted, "#search-line")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.listed.action_choose()

    @on(DayList.OccurrenceChosen)
    def _chosen(self, event: DayList.OccurrenceChosen) -> None:
        event.stop()
        self.dismiss(self._places[event.key])

    def action_into_list(self) -> None:
        if self.listed.rows:
            self.listed.focus()

    def on_key(self, event: events.Key) -> None:
        """Typing goes on from within the list, too."""
        line = self.query_one("#search-line", Input)
        if self.focused is self.listed and (event.is_printable or event.key == "backspace"):
            event.stop()
            event.prevent_default()
            line.focus()
            if event.key == "backspace":
                line.action_delete_left()
            elif event.character:
                line.insert_text_at_cursor(event.character)


class Results(DayList):
    """The list; up from its first row goes back to the line."""

    def action_step(self, step: int) -> None:
        if step < 0 and self.row is not None and self.row is self.rows[0]:
            self.screen.query_one("#search-line").focus()
        else:
            super().action_step(step)


def _nothing(typed: str, found: Found) -> str:
    """What stands in place of the list."""
    if found.total:
        return ""
    if not typed.strip():
        return _("What you look for comes up here as you type.")
    return _("Nothing on the calendar has these words.\nTry only the first letters, or fewer words.")


def open_search(app: CompanionApp) -> None:
    """Search from wherever this is, and go to what was chosen."""

    def chosen(place: Place | None) -> None:
        if place is not None:
            app.run_worker(_show(app, place), group="goto")

    if not isinstance(app.screen, SearchScreen):
        app.push_screen(SearchScreen(), chosen)


async def _show(app: CompanionApp, place: Place) -> None:
    """Go to that day in the calendar; letters act on what was chosen."""
    from companion.screens.calendar import CalendarScreen

    await app.goto("calendar")
    while not isinstance(app.screen, CalendarScreen) and len(app.screen_stack) > 1:  # the next days, a form
        over = app.screen
        if isinstance(over, Described):
            over.leave_quietly()
        await app.pop_screen()
    screen = app.screen
    if isinstance(screen, CalendarScreen):
        screen.go_to(place.day, place.key)
