"""Today: what is next, and what is one good thing now?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from companion.commands import ARRANGE, Command
from companion.domain.activity_terms import EnergyToday
from companion.domain.appointment_words import arrangements
from companion.domain.arranging_words import count_words
from companion.domain.attendance import WENT, Mark
from companion.domain.child import age_in_months
from companion.domain.event import Occurrence
from companion.domain.language import _, plural
from companion.domain.sessions import may_have_certificate, session_words
from companion.domain.streak_words import milestone_words
from companion.domain.wording import at_start, day_heading, day_words, time_words, when_words
from companion.messages import DataChanged
from companion.screens.base import PlaceScreen
from companion.screens.lines import clickable

if TYPE_CHECKING:
    from companion.domain.fitting import Offer

_BABY_MONTHS = 12


class TodayScreen(PlaceScreen):
    PLACE = "today"
    NAME = "Today"
    ABOUT = (
        "What is next, and one good thing to do together. If something ended in the last three days and has no mark, "
        "you can say how it went. There is no need to."
    )
    CSS_PATH = "today.tcss"
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command(
            "today.went",
            "Went",
            "Marks the one that is asked about as: you went.",
            ("w",),
            "mark('attended')",
            show=True,
        ),
        Command("today.moved", "Moved", "Marks it as moved to another time.", ("m",), "mark('moved')"),
        Command("today.cancelled", "Off", "Marks it as cancelled.", ("c",), "mark('cancelled')"),
        Command("today.missed", "Not", "Marks it as: you didn't go.", ("s",), "mark('missed')"),
        Command("today.week", "7 days", "Shows the next 7 days.", ("n",), "next_days", show=True),
        Command("today.add", "Add", "Puts something on the calendar.", ("a",), "add", show=True),
        Command("today.activity", "Begin", "Starts the activity shown here.", ("b",), "activity", show=True),
        Command("today.phone", "Phone", "Puts the schedule in a file for your phone.", ("e",), "phone", show=True),
        Command("today.arrange", "To arrange", ARRANGE.help, ("o",), ARRANGE.action, palette=False),
        Command("today.goto", "Go to", "Goes to a day in the calendar: type it as you say it.", ("g",), "goto"),
        Command("today.bring", "Bring in", "Brings in a file from your coach.", ("i",), "bring_in", show=True),
    )
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self._unmarked: list[Occurrence] = []
        self._offer: Offer | None = None

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="today-body", can_focus=False):
            yield Static(id="day")
            yield Static(_("Next"), classes="heading")
            yield Static(id="next")
            yield Static(_("Later today"), id="later-heading", classes="heading")
            yield Static(id="later")
            yield Static(id="to-arrange")
            yield Static(id="asked-heading", classes="heading")
            yield OptionList(id="asked", markup=False)
            yield Static(_("One good thing"), id="good-heading", classes="heading")
            yield Static(id="good")
            yield Static(id="week")
            yield Static(id="signs")

    def on_mount(self) -> None:
        # Without scrolling to it: what is next stands at the top, and that is what she came for.
        self.query_one("#asked").focus(scroll_visible=False)

    # What is shown

    def reload(self) -> None:
        if self.is_mounted:
            self._show_appointments()
            self._show_to_arrange()
            self._show_unmarked()
            self._show_activity()
            self._show_week()

    def _show_appointments(self) -> None:
        session = self.app.session
        planner, hours24 = session.planner, session.settings.hours24
        now = planner.now()
        name = session.settings.name
        greeting = _("Hello, {name}.").format(name=name) if name else _("Hello.")
        self._put("#day", Content.assemble((day_heading(now.date(), now.date()), "bold"), f"  ·  {greeting}"))

        here, upcoming = planner.on(now.date()), planner.next_up()
        signs = session.arranger.signs(here)
        if upcoming is None:
            self._put("#next", Content(_("Nothing is coming up. Press a to add something, or i to bring in a plan.")))
        else:
            self._put("#next", self._large(upcoming, hours24))
        rest = [o for o in here if (o.end > now or o.event.all_day) and (upcoming is None or o.key != upcoming.key)]
        lines = [self._small(o, signs.get(o.key, ()), hours24) for o in rest]
        self._put("#later", Content("\n").join(lines))
        for part in ("#later", "#later-heading"):
            self.query_one(part).display = bool(lines)

    def _show_to_arrange(self) -> None:
        open_matters = len(self.app.session.arranger.matters())
        words = _("{matters} (o)").format(matters=count_words(open_matters))
        self._put("#to-arrange", clickable(words, ARRANGE.action) if open_matters else Content(""))
        self.query_one("#to-arrange").display = bool(open_matters)

    def _large(self, occurrence: Occurrence, hours24: bool) -> Content:
        session = self.app.session
        about = session.arranger.about(occurrence)
        when = at_start(when_words(occurrence.start, occurrence.end, False, session.planner.today(), hours24))
        lines = [
            Content.assemble((occurrence.title, "bold"), f"  {self._how_soon(occurrence)}"),
            Content(f"{when} · {session_words(about.session)}" if about.session is not None else when),
        ]
        if occurrence.location or occurrence.event.online:
            lines.append(Content(occurrence.location or occurrence.event.online))
        told = arrangements(occurrence, hours24=hours24, childcare=about.childcare)
        lines += [Content(line) for line in (*told, at_start(" · ".join(about.signs))) if line]
        if about.session is not None and may_have_certificate(occurrence.event, about.session):
            lines.append(Content(_("If there is a certificate, you can ask for it then.")))
        return Content("\n").join(lines)

    def _how_soon(self, occurrence: Occurrence) -> str:
        now = self.app.session.planner.now()
        if occurrence.start <= now:
            return _("now")
        minutes = round((occurrence.start - now).total_seconds() / 60)
        if minutes < 60:
            return plural("in {n} minute", "in {n} minutes", minutes)
        if minutes < 12 * 60:
            return plural("in {n} hour", "in {n} hours", round(minutes / 60))
        return ""

    def _small(self, occurrence: Occurrence, signs: tuple[str, ...], hours24: bool) -> Content:
        when = _("all day") if occurrence.event.all_day else time_words(occurrence.start.time(), hours24)
        parts = [occurrence.title, occurrence.location, _("cancelled") if occurrence.cancelled else "", *signs]
        return Content(f"{when:>8}  " + " · ".join(part for part in parts if part))

    def _show_unmarked(self) -> None:
        planner = self.app.session.planner
        hours24 = self.app.session.settings.hours24
        self._unmarked = planner.unmarked()
        asked = self.query_one("#asked", OptionList)
        asked.clear_options()
        for occurrence in self._unmarked:
            day = day_words(occurrence.day, planner.today())
            asked.add_option(
                Option(Content(f"{occurrence.title}  ·  {day}, {time_words(occurrence.start.time(), hours24)}"))
            )
        if self._unmarked:
            asked.highlighted = 0
        answers = (
            ("w", Mark.ATTENDED, _("went")),
            ("m", Mark.MOVED, _("moved")),
            ("c", Mark.CANCELLED, _("cancelled")),
            ("s", Mark.MISSED, _("didn't go")),
        )
        words = [
            clickable(f"{key} {answer}", f"mark('{mark}')", "not bold $text-muted") for key, mark, answer in answers
        ]
        between = Content.styled(" · ", "not bold $text-muted")
        self._put("#asked-heading", Content.assemble(_("How did it go?"), "   ", between.join(words)))
        for part in ("#asked", "#asked-heading"):
            self.query_one(part).display = bool(self._unmarked)
        self.refresh_bindings()

    def _show_activity(self) -> None:
        offers = self.app.session.library.offers(EnergyToday.LITTLE, minutes=10)
        self._offer = offers[0] if offers else None
        if self._offer is None:
            self._put("#good", Content(_("Press 3 to find something to do together.")))
            return
        activity = self._offer.activity
        self._put(
            "#good",
            Content.assemble((activity.title, "bold"), f"  {activity.minutes.words}\n", activity.one_line),
        )

    def _show_week(self) -> None:
        session = self.app.session
        week = session.progress.week()
        went = plural("{n} appointment", "{n} appointments", week.went)
        together = plural("{n} thing done together", "{n} things done together", week.activities)
        # A zero beside what she did would read as a reproach.
        done = [_("{went} kept").format(went=went)] * bool(week.went) + [together] * bool(week.activities)
        words = _("This week so far: {done}.").format(done=", ".join(done))
        self._put("#week", Content(words if done else _("A new week. Small things count.")))
        months = [age_in_months(child, session.planner.today()) for child in session.people.children()]
        baby = any(m is not None and m < _BABY_MONTHS for m in months)
        self._put(
            "#signs",
            Content(_("Low, scared or not yourself? F5 has a line for mothers, day and night.") if baby else ""),
        )
        self.query_one("#signs").display = baby

    def _put(self, selector: str, content: Content) -> None:
        self.query_one(selector, Static).update(content)

    # What can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "mark":
            return bool(self._unmarked)
        if action == "activity":
            return self._offer is not None
        return super().check_action(action, parameters)

    def action_mark(self, mark: str) -> None:
        """Mark the highlighted one; the latest that ended is highlighted first, so one key is enough."""
        chosen = self.query_one("#asked", OptionList).highlighted or 0
        occurrence = self._unmarked[chosen]
        self.app.session.planner.mark(occurrence, Mark(mark))
        words = {
            Mark.ATTENDED: _("You went to {title}. That counts."),
            Mark.MOVED: _("{title}: moved. That takes nothing away."),
            Mark.CANCELLED: _("{title}: cancelled. That takes nothing away."),
            Mark.MISSED: _("{title}: noted. Thank you for saying so."),
        }
        said = words[Mark(mark)].format(title=occurrence.title)
        finished = self.app.session.arranger.finished(occurrence) if Mark(mark) in WENT else None
        self.say(f"{said} {milestone_words(finished)}" if finished is not None else said)
        self.post_message(DataChanged())
        self.reload()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        from companion.screens.occurrence import OccurrenceDialog

        self.app.push_screen(OccurrenceDialog(self._unmarked[event.option_index]))

    def action_next_days(self) -> None:
        from companion.screens.next_days import NextDaysScreen

        self.app.push_screen(NextDaysScreen())

    def action_goto(self) -> None:
        from companion.screens.goto import ask_for_day

        ask_for_day(self.app)

    def action_add(self) -> None:
        from companion.screens.quick_add import add_from_today

        add_from_today(self.app)

    def action_phone(self) -> None:
        from companion.screens.to_phone import ToPhoneScreen

        self.app.push_screen(ToPhoneScreen())

    def action_bring_in(self) -> None:
        from companion.screens.bring_in import BringInScreen

        self.app.push_screen(BringInScreen())

    def action_activity(self) -> None:
        if self._offer is not None:
            from companion.screens.steps import StepsScreen

            self.app.push_screen(StepsScreen(self._offer.activity, self.app.session.library.usual_children()))
