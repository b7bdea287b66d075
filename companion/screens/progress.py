"""Progress: how far have I come? What is kept comes first, and no figure that can fall stands alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from companion.commands import Command
from companion.domain.language import _, plural
from companion.domain.streak_words import pause_offer, welcome_back
from companion.domain.wording import day_words
from companion.messages import DataChanged
from companion.screens.base import PlaceScreen
from companion.screens.progress_words import (
    attendance_lines,
    goal_row,
    in_order,
    milestone_lines,
    running_pause,
    so_far_words,
)
from companion.widgets.goal_list import GoalList
from companion.widgets.year_map import YearMap, YearView, year_lines

if TYPE_CHECKING:
    from companion.services.progress import GoalView, ProgressView

_SCROLLED = 4  # lines a key scrolls: one goal
_TALL = 30  # lines of a window from which the map of a year has room for twelve rows of days
_LOW_MAP, _HIGH_MAP = 13, 22  # lines for the map, its sentence included


class ProgressScreen(PlaceScreen):
    PLACE = "progress"
    NAME = "Progress"
    ABOUT = (
        "What you have done is kept for good. Each goal has four figures that belong together. Rest days come by "
        "themselves, and a pause takes nothing away. PgUp and PgDn show another year; the arrow keys go down the page."
    )
    CSS_PATH = "progress.tcss"
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("progress.add", "Add", "Adds a goal of your own.", ("a",), "add", show=True),
        Command("progress.change", "Change", "Changes the marked goal.", ("enter",), "change", show=True),
        Command(
            "progress.off", "Off", "Takes the marked goal off. What was done stays.", ("x",), "take_off", show=True
        ),
        Command(
            "progress.pause",
            "Pause",
            "Days that ask nothing of you: begin, end or change them.",
            ("p",),
            "pause",
            show=True,
        ),
        Command("progress.earlier", "Earlier", "Shows the year before.", ("pageup",), "year(-1)", show=True),
        Command("progress.later", "Later", "Shows the year after.", ("pagedown",), "year(1)", show=True),
    )
    BINDINGS = [
        Binding("down", "go(1)", show=False),
        Binding("up", "go(-1)", show=False),
        Binding("home", "go_to(0)", show=False),
        Binding("end", "go_to(1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._view: ProgressView | None = None
        self._year = 0
        self._shown: list[GoalView] = []

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="progress-page", can_focus=False), Vertical(id="progress-column"):
            yield Static(id="so-far")
            yield Static(id="back-again")
            yield GoalList(id="goals")
            yield Static(id="no-goals")
            yield Static(id="year-heading", classes="heading")
            yield YearMap(YearView(1, date(1, 1, 1)), id="year")
            yield Static(_("How appointments went, last 90 days"), classes="heading", id="attendance-heading")
            yield Static(id="attendance")
            yield Static(_("Reached"), classes="heading", id="milestones-heading")
            yield Static(id="milestones")

    # What is shown

    def reload(self) -> None:
        if not self.is_mounted:
            return
        before, self._view = self._view, self.app.session.progress.view()
        if before is None or before.today.year == self._year:
            self._year = self._view.today.year
        self._show_goals(self._view)
        self._show_year(self._view)
        self._show_attendance(self._view)
        self._show_milestones(self._view)
        self.refresh_bindings()

    def on_resize(self) -> None:
        if self._view is not None:
            self._fit_year()
            self._show_attendance(self._view)

    def _show_goals(self, view: ProgressView) -> None:
        started = bool(view.went or view.activities or not view.goals)
        words = so_far_words(view.went, view.activities) if started else ""
        self._put("#so-far", Content.styled(words, "bold") if words else Content(""))
        self._put("#back-again", Content(self._pause_words(view)))
        names = {child.id: child.name for child in self.app.session.people.children()}
        self._shown = [view.goals[place] for place in in_order([each.goal for each in view.goals], view.today)]
        self.query_one(GoalList).show(
            goal_row(
                each.goal,
                each.standing,
                each.paused,
                view.today,
                child=names.get(each.goal.child, ""),
                toward=each.toward,
            )
            for each in self._shown
        )
        self.query_one(GoalList).display = bool(self._shown)
        start = _("Press a for a goal of your own. Small is fine: once a week counts.")
        if view.begins is None:
            start += "\n" + _(
                "What you do shows up here by itself: an appointment you went to (1, then w), or something done "
                "together (3). A coach's plan may bring goals with it (1, then i)."
            )
        self._put("#no-goals", Content("" if self._shown else start))

    def _pause_words(self, view: ProgressView) -> str:
        """A pause that is on, or the time away of a person who comes back."""
        running = running_pause(view.pauses, view.today)
        if running is not None:
            since = _("You are in a pause since {day}. Nothing is asked of you. p ends it.")
            return since.format(day=day_words(running.begins, view.today))
        if view.away is not None:
            return f"{welcome_back(view.went + view.activities)} {pause_offer()} {_('p does it.')}"
        return ""

    def _show_year(self, view: ProgressView) -> None:
        first, last = date(self._year, 1, 1), date(self._year, 12, 31)
        begins = self._begins(view)
        something = view.begins is not None
        self.query_one("#year", YearMap).view = YearView(
            self._year,
            view.today,
            view.days,
            paused=view.paused_days(first, min(last, view.today)),
            rested=view.rested,
            begins=begins,
            week_start=self.app.session.settings.week_start,
        )
        self._put("#year-heading", Content(_("Days of {year}").format(year=self._year) if something else ""))
        self.query_one("#year").display = something
        self._fit_year()

    def _fit_year(self) -> None:
        """In a low window seven rows of weeks, so that a goal or two stand above them; else twelve of days."""
        year = self.query_one("#year", YearMap)
        most = _LOW_MAP if self.app.size.height < _TALL else _HIGH_MAP
        year.styles.height = len(year_lines(year.view, self._width, most))

    @property
    def _width(self) -> int:
        """Columns for what is on the page."""
        return self.query_one("#progress-column").content_size.width or self.size.width

    def _begins(self, view: ProgressView) -> date:
        """The first day that the map asks about: that of the first entry or of the first goal."""
        days = [each.goal.begins for each in view.goals] + ([view.begins] if view.begins else [])
        return min(days, default=view.today)

    def _show_attendance(self, view: ProgressView) -> None:
        lines = attendance_lines(view.attendance, self._width - 1)
        if lines:
            lines.append(_("This is your own record, as you marked it."))
        self._section("attendance", lines)

    def _show_milestones(self, view: ProgressView) -> None:
        self._section("milestones", milestone_lines(view.went, view.activities))

    def _section(self, name: str, lines: Iterable[str]) -> None:
        """Lines below a heading, or neither."""
        text = "\n".join(lines)
        self._put(f"#{name}", Content(text))
        self.query_one(f"#{name}-heading").display = bool(text)

    def _put(self, selector: str, content: Content) -> None:
        shown = self.query_one(selector, Static)
        shown.update(content)
        shown.display = bool(content.plain)

    # What can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"change", "take_off"}:
            return bool(self._shown)
        if action == "year":
            return self._has_year(parameters[0])
        return super().check_action(action, parameters)

    def _has_year(self, by: object) -> bool:
        if self._view is None or self._view.begins is None or not isinstance(by, int):
            return False
        return self._begins(self._view).year <= self._year + by <= self._view.today.year

    def action_year(self, by: int) -> None:
        if self._view is not None and self._has_year(by):
            self._year += by
            self._show_year(self._view)
            self.query_one("#year").scroll_visible(animate=False)
            self.refresh_bindings()

    def _marked(self) -> GoalView | None:
        """The goal that keys act on. Where it is out of sight it is shown first, and nothing is done yet."""
        if not self._shown:
            return None
        index = self.query_one(GoalList).index
        if not self._in_sight(index):
            self._bring_in_sight(index)
            return None
        return self._shown[index]

    def action_add(self) -> None:
        from companion.screens.goal_form import GoalForm

        self.app.push_screen(GoalForm())

    @on(GoalList.Opened)
    def action_change(self) -> None:
        marked = self._marked()
        if marked is None or self._view is None:
            return
        if marked.goal.ends is not None and marked.goal.ends < self._view.today:
            self.say(_("This goal is over, and all of it is kept."), mend=_("Press a for a new one."))
            return
        from companion.screens.goal_form import GoalForm

        self.app.push_screen(GoalForm(marked))

    def action_take_off(self) -> None:
        """At once and without a question: undo brings it back with every figure."""
        marked = self._marked()
        if marked is None:
            return
        self.app.session.progress.remove_goal(marked.goal)
        kept = plural(
            "{n} time done stays in your record.", "{n} times done stay in your record.", marked.standing.times_done
        )
        words = _("{name} is off.").format(name=marked.goal.name)
        self.say(f"{words} {kept}" if marked.standing.times_done else words, mend=_("Ctrl+Z brings it back."))
        self.post_message(DataChanged())

    def action_pause(self) -> None:
        from companion.screens.pauses import open_pauses

        if self._view is not None:
            open_pauses(self.app, self._view.away)

    # Going down the page

    def action_go(self, by: int) -> None:
        """To the next goal while there is one, then down the page; the other way back."""
        page, goals = self.query_one("#progress-page", VerticalScroll), self.query_one(GoalList)
        place = goals.index + by
        if not self._shown or not 0 <= place < len(self._shown) or not self._in_sight(goals.index):
            page.scroll_relative(y=by * _SCROLLED, animate=False)
            return
        goals.index = place
        self._bring_in_sight(place)

    def _region(self, place: int) -> Region:
        """The lines of a goal on the page."""
        goals = self.query_one(GoalList)
        return goals.region_of(place).translate(goals.virtual_region.offset)

    def _bring_in_sight(self, place: int) -> None:
        page = self.query_one("#progress-page", VerticalScroll)
        if place == 0:
            page.scroll_home(animate=False)
        else:
            page.scroll_to_region(self._region(place), animate=False)

    def _in_sight(self, place: int) -> bool:
        """Whether the first line of a goal can be seen: keys act on what can be seen only."""
        page = self.query_one("#progress-page", VerticalScroll)
        return 0 <= self._region(place).y - page.scroll_offset.y < page.size.height

    def action_go_to(self, end: int) -> None:
        page = self.query_one("#progress-page", VerticalScroll)
        if end:
            page.scroll_end(animate=False)
        else:
            self.query_one(GoalList).index = 0
            page.scroll_home(animate=False)
