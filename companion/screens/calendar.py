"""Calendar: when is what? One chosen day, seen in four ways: month, week, day, list."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from companion.commands import Command
from companion.domain.event import Occurrence
from companion.domain.language import _
from companion.domain.showing import Showing
from companion.domain.text import clean
from companion.errors import StorageError
from companion.screens.base import PlaceScreen
from companion.screens.calendar_heading import VIEWS, CalendarHeading
from companion.screens.calendar_pane import Pane
from companion.screens.kept_days import KeptDays
from companion.screens.lines import clickable
from companion.screens.row_acts import ADD, BRING_IN, CANCEL, PHONE, TO_ARRANGE, WENT, RowActs
from companion.widgets.day_list import DayList, Key
from companion.widgets.month_grid import MonthGrid
from companion.widgets.time_grid import TimeGrid

if TYPE_CHECKING:
    from companion.screens.quick_add import Added

_PANES = {
    "month": "calendar_month:MonthPane",
    "week": "calendar_hours:WeekPane",
    "day": "calendar_day:DayPane",
    "list": "calendar_list:ListPane",
}
_MINUTE = 60.0
REMEMBER_AFTER = 2.0  # seconds: she goes through views faster than each is worth writing down


class CalendarScreen(RowActs, PlaceScreen):
    """Which view is shown, and what the letters do; each view shows itself."""

    PLACE = "calendar"
    NAME = "Calendar"
    ABOUT = (
        "Arrow keys go from day to day, PgUp and PgDn from month to month or week to week. v shows the same day "
        "another way: month, week, day, list. Tab goes to the list beside and back, Enter opens an appointment."
    )
    CSS_PATH = "calendar.tcss"
    AUTO_FOCUS: ClassVar[str] = ".main"
    # From 150 columns on the month has room for titles, and the list beside it for a line each.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-normal"), (110, "-wide"), (150, "-titles")]
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        ADD,
        Command("calendar.view", "View", "Shows the day the next way.", ("v",), "next_view(1)", show=True),
        Command("calendar.goto", "Go to", "Goes to a day: type it as you say it.", ("g",), "goto", show=True),
        WENT,
        CANCEL,
        Command("calendar.next", "7 days", "Shows the next 7 days.", ("n",), "next_days", show=True),
        Command("calendar.today", "Today", "Goes to today.", ("t",), "today"),
        Command("calendar.filter", "Filter", "Shows only some kinds, children or services.", ("f",), "filter"),
        Command("calendar.print", "Print", "Puts the week on a page to print.", ("p",), "print"),
        PHONE,
        BRING_IN,
        TO_ARRANGE,
        Command("calendar.view-before", "View before", "Shows the day the way before.", ("V",), "next_view(-1)"),
        Command("calendar.month", "Month", "Shows the whole month.", (), "view('month')"),
        Command("calendar.week", "Week", "Shows the hours of the week.", (), "view('week')"),
        Command("calendar.day", "Day", "Shows the hours of the day.", (), "view('day')"),
        Command("calendar.list", "List", "Shows everything, day below day.", (), "view('list')"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._kept = KeptDays(lambda: self.app.session)
        self._panes: dict[str, Pane] = {}
        self._view = VIEWS[0]
        self._remembering: Timer | None = None

    def compose_body(self) -> ComposeResult:
        session = self.app.session
        wanted = session.settings.calendar_view
        self._view = wanted if wanted in VIEWS else VIEWS[0]
        yield CalendarHeading(id="heading")
        yield Static(id="only")
        yield self._make(self._view, session.planner.today())

    def on_mount(self) -> None:
        self.set_interval(_MINUTE, self._minute_passed)

    # What is shown

    @property
    def pane(self) -> Pane:
        """The view that is shown."""
        return self._panes[self._view]

    def _make(self, view: str, day: date) -> Pane:
        module, _colon, name = _PANES[view].partition(":")
        kind: type[Pane] = getattr(import_module(f"companion.screens.{module}"), name)
        pane = self._panes[view] = kind(self._kept, self._tell, day)
        return pane

    def reload(self) -> None:
        if self.is_mounted:
            self._kept.time_passes()
            self.pane.reload()
            self._tell()

    def _tell(self) -> None:
        """Say above the view what it shows."""
        pane = self.pane
        has_today = pane.shows(self.app.session.planner.today())
        self.query_one(CalendarHeading).show(pane.names(), self._view, has_today=has_today)

    def _tell_filter(self) -> None:
        """A line that says what is shown, where that is not everything: she need not wonder where the rest is."""
        showing, line = self._kept.showing, self.query_one("#only", Static)
        words = _("Only: {what}").format(what=clean(showing.words()))
        changes = clickable(_("f changes it"), "filter", "underline")
        line.update(Content.assemble((words, "bold"), "  ·  ", changes) if not showing.everything else "")
        line.display = not showing.everything

    def _minute_passed(self) -> None:
        if self.app.screen is self:
            self.reload()

    async def show_view(self, view: str) -> None:
        """Show the chosen day that way."""
        before = self.pane
        if view == self._view:
            before.take_focus()
            return
        chosen, day = before.chosen(), before.day
        if view not in self._panes:
            pane = self._make(view, day)
            pane.display = False
            await self.mount(pane, after=before)
            self.call_after_refresh(self._settle)
        pane = self._panes[view]
        pane.show_day(day, chosen.key if chosen else None)
        self._view = view
        before.display, pane.display = False, True
        pane.take_focus()
        self._tell()
        if self._remembering is not None:
            self._remembering.stop()
        self._remembering = self.set_timer(REMEMBER_AFTER, self._remember)

    def _settle(self) -> None:
        # A test's app ends before its process does: what stays would never go.
        if self.app.launched:
            from companion.settled import settle

            settle()

    def _remember(self) -> None:
        """Begin with this view next time. Where the disk is full that is no reason to stop her."""
        with suppress(StorageError):
            self.app.session.change_settings(calendar_view=self._view)

    @on(MonthGrid.DayOpened)
    def _empty_day_opened(self, event: MonthGrid.DayOpened) -> None:
        event.stop()
        self.action_add()

    @on(DayList.OccurrenceChosen)
    def _opened(self, event: DayList.OccurrenceChosen) -> None:
        event.stop()
        self.action_open()

    @on(TimeGrid.OccurrenceChosen)
    def _block_opened(self, event: TimeGrid.OccurrenceChosen) -> None:
        event.stop()
        self.action_open()

    # What can be done

    def chosen(self) -> Occurrence | None:
        return self.pane.chosen()

    def day_to_add(self) -> date:
        return self.pane.day

    def added(self, added: Added | None) -> None:
        """Letters then act on what was added, not on what was there before."""
        if added is not None:
            self.go_to(added.day, added.key)

    def go_to(self, day: date, key: Key | None = None) -> None:
        """Show that day, whichever view is shown. What she goes to by name is shown, also where the filter is not
        for it."""
        if key is not None and self._kept.around(day).find(day, key) is None:
            self._show_only(Showing())
        self.pane.show_day(day, key)
        self.pane.take_focus()
        self._tell()

    async def action_view(self, view: str) -> None:
        await self.show_view(view)

    async def action_next_view(self, step: int) -> None:
        await self.show_view(VIEWS[(VIEWS.index(self._view) + step) % len(VIEWS)])

    def action_turn(self, step: int) -> None:
        self.pane.turn(step)
        self._tell()

    def action_today(self) -> None:
        self.go_to(self.app.session.planner.today())

    def action_goto(self) -> None:
        from companion.screens.goto import ask_for_day

        ask_for_day(self.app)

    def action_filter(self) -> None:
        from companion.domain.showing import choices_of
        from companion.screens.showing import ShowingDialog

        session = self.app.session
        choices = choices_of(session.planner.in_use(), session.people.children())
        if choices.nothing and self._kept.showing.everything:
            self.say(_("Nothing is on the calendar yet."), mend=_("Press a to add something."))
        else:
            self.app.push_screen(ShowingDialog(self._kept.showing, choices), self._show_only)

    def _show_only(self, showing: Showing | None) -> None:
        if showing is not None and showing != self._kept.showing:
            self._kept.showing = showing
            self._tell_filter()
            self.reload()

    def action_print(self) -> None:
        from companion.screens.print_week import PrintWeekScreen

        self.app.push_screen(PrintWeekScreen(self.pane.day))

    def action_next_days(self) -> None:
        from companion.screens.next_days import NextDaysScreen

        self.app.push_screen(NextDaysScreen())

    def can_go_back(self) -> bool:
        return self.pane.can_go_back() or self._view != VIEWS[0]

    def go_back(self) -> None:
        """From the list beside to the main part, from any other view to the month."""
        if self.pane.can_go_back():
            self.pane.take_focus()
        else:
            self.call_later(self.show_view, VIEWS[0])
