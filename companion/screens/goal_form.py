"""The form of a goal: a name is enough, the rest has a value that makes sense and says what it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from companion.domain.child import Child
from companion.domain.goal import Goal, Period
from companion.domain.goal_change import asks_more, takes_effect
from companion.domain.kinds import kind
from companion.domain.language import _
from companion.domain.streak import periods
from companion.domain.text import TITLE_LIMIT
from companion.domain.wording import at_start, day_words
from companion.errors import InputError
from companion.messages import DataChanged
from companion.screens.controls import ON, Pick, Tick
from companion.screens.event_fields import short_field
from companion.screens.event_values import guess_kind
from companion.screens.form import Field
from companion.screens.live_form import LiveForm
from companion.screens.progress_words import counts_words, often_words, recorded_kinds
from companion.screens.repeat_values import full_day
from companion.screens.several import Several
from companion.screens.typed_days import day_from, near_day
from companion.widgets.live_words import LiveWords

if TYPE_CHECKING:
    from companion.services.progress import GoalView

_MOST_TIMES = 100


class GoalForm(LiveForm[Goal]):
    """Adds a goal, or changes the one of `change`. Gives it once it is stored."""

    NAME = "A goal"
    ABOUT = (
        "A name is enough: the line below says what will count. Tab or the arrow keys go to the next line, "
        "Ctrl+S saves from anywhere. Small is fine; once a week counts."
    )
    CSS_PATH: ClassVar[list[str]] = ["form.tcss", "goal_form.tcss"]  # type: ignore[assignment]  # Textual takes both
    FORM_ID = "goal"
    TITLE_WORDS = "A new goal"

    def __init__(self, change: GoalView | None = None) -> None:
        super().__init__()
        self._change = change
        self._counts_chosen = change is not None  # until then what counts follows the name
        if change is not None:
            self.TITLE_WORDS = "Change the goal"  # type: ignore[misc]  # a form of the same kind, another heading
            self.FORM_ID = f"goal {change.goal.id}"  # type: ignore[misc]  # a draft for each

    # What it starts from

    def compose_fields(self) -> ComposeResult:
        session = self.app.session
        self._today = session.progress.today()
        self._settings = session.settings
        self._children: Sequence[Child] = session.people.children()
        goal = self.before = self._change.goal if self._change else Goal("", "", 1, Period.WEEK, self._today)
        if goal.source:
            words = _("{name}, from your plan. The name stays, as your plan counts toward it.").format(name=goal.name)
            yield Static(Content(words), classes="form-note")
        else:
            yield Field("name", _("What"), value=goal.name, hint=_("groups · reading · meetings"), limit=TITLE_LIMIT)
        yield short_field("times", _("How many times"), str(goal.times))
        pers = [(str(Period.DAY), _("a day")), (str(Period.WEEK), _("a week")), (str(Period.MONTH), _("a month"))]
        yield Field("per", "", control=Pick(pers, str(goal.per), question=_("In how long?")))
        counts_activities = goal.activities or self._change is None
        yield Field("activities", _("What counts"), control=Tick(_("activities together"), counts_activities))
        kinds = [(kind_id, kind(kind_id).label) for kind_id in recorded_kinds()]
        chooser = Several(
            kinds,
            ",".join(goal.kinds),
            question=_("Which appointments count when you went?"),
            none=_("those your plan names") if goal.source else _("no appointments"),
            every=_("every appointment"),
        )
        yield Field("kinds", "", control=chooser)
        if self._children or goal.child:
            children = [("", _("no child in particular")), *((child.id, child.name) for child in self._children)]
            if goal.child and goal.child not in dict(children):
                children.append((goal.child, _("a child who is not listed")))
            yield Field("child", _("For which child"), control=Pick(children, goal.child, question=_("For which?")))
        yield short_field("begins", _("Counts from"), full_day(goal.begins) if self._change else "")
        ends = full_day(goal.ends) if goal.ends else ""
        yield short_field("ends", _("Last day"), ends, _("empty: it goes on"))
        yield LiveWords(id="understood")

    # While she types

    def field_typed(self, field: Field) -> None:
        if field.name_of_value == "name" and not self._counts_chosen:
            self._follow_name(field.value)

    def field_chosen(self, field: Field) -> None:
        self._counts_chosen |= field.name_of_value in {"activities", "kinds"}

    def action_bring_back(self) -> None:
        self._counts_chosen = True  # what is brought back is what she chose
        super().action_bring_back()

    def _follow_name(self, name: str) -> None:
        """A name that names a kind of appointment counts those, any other the activities."""
        guessed = _guess(name)
        self.field("kinds").fill(guessed)
        self.field("activities").fill("" if guessed else ON)

    def show_reading(self) -> None:
        values = self.values()
        begins = self.field("begins").control
        if isinstance(begins, Input):
            begins.placeholder = _("empty: {day}").format(
                day=day_words(self._period_start(Period(values["per"])), self._today)
            )
        self.query_one("#understood", LiveWords).put(self._understood(values))

    def _understood(self, values: Mapping[str, str]) -> str:
        """What the goal will count, in words; nothing while it can't be read."""
        goal, errors = self._goal({**values, "name": values.get("name") or "?"})
        if goal is None or errors:
            return ""
        child = next((each.name for each in self._children if each.id == goal.child), "")
        what = counts_words(goal, child, self._change.toward if self._change else ()).removesuffix(
            "."
        )  # a child may be called "M."
        words = f"{at_start(often_words(goal.times, goal.per))}: {what}."
        succeeds = self._succeeds_on(goal)
        if succeeds is None:
            counts = _("Counts from {day} on.").format(day=day_words(goal.begins, self._today))
        else:
            counts = _("This counts from {day} on. What you kept so far stays as it is.").format(
                day=day_words(succeeds, self._today)
            )
        return f"{words} {counts}"

    def _succeeds_on(self, goal: Goal) -> date | None:
        """The day from which a goal that asks for more takes the place of the one so far; None where it is the same."""
        if self._change is None or not self.before.runs_on(self._today) or not asks_more(self.before, goal):
            return None
        day = takes_effect(self.before, self._change.standing, self._today, self._settings.week_start)
        return day if day > self.before.begins else None

    # Reading

    def check(self, values: dict[str, str]) -> dict[str, str]:
        return self._goal(values)[1]

    def _goal(self, values: Mapping[str, str]) -> tuple[Goal | None, dict[str, str]]:
        """The goal that `values` make, or None and what is wrong with which field."""
        errors: dict[str, str] = {}
        name = values.get("name", self.before.name)
        if not name:
            errors["name"] = _("The goal has no name yet. Type what it is, for instance: groups.")
        times = int(values["times"]) if values["times"].isdecimal() and len(values["times"]) < 4 else 0
        if not 1 <= times <= _MOST_TIMES:
            errors["times"] = _("How often is a number from 1 to 100. Small is fine; once a week counts.")
        per = Period(values["per"])
        kinds = tuple(each for each in values["kinds"].split(",") if each)
        activities = bool(values["activities"])
        if not (kinds or activities or self.before.source):
            errors["activities"] = _("Nothing counts yet. Tick activities, or choose appointments below.")
        begins, ends = self._days(values, per, errors)
        if begins is not None and ends is not None and ends < begins and not errors:
            errors["ends"] = _("It would end before it begins. Choose a later last day, or leave it empty.")
        if errors or begins is None:
            return None, errors
        changed = replace(
            self.before,
            name=name,
            times=times,
            per=per,
            begins=begins,
            ends=ends,
            kinds=kinds,
            activities=activities,
            child=values.get("child", ""),
        )
        return changed, {}

    def _days(self, values: Mapping[str, str], per: Period, errors: dict[str, str]) -> tuple[date | None, date | None]:
        """The first and the last day; None for a last day that is open, or for what can't be read."""
        begins: date | None = self._period_start(per)
        ends: date | None = None
        try:
            if values["begins"]:
                begins = near_day(values["begins"], self._today, self._settings.month_first)
        except InputError as error:
            errors["begins"] = str(error)
            begins = None
        try:
            if values["ends"]:
                ends = day_from(values["ends"], begins or self._today, self._today, self._settings.month_first)
        except InputError as error:
            errors["ends"] = str(error)
        return begins, ends

    def _period_start(self, per: Period) -> date:
        """A new goal begins with its period, so that what is done in it already counts."""
        if self._change:
            return self.before.begins
        return next(periods(per, self._today, self._today, self._settings.week_start))[0]

    # Saving

    def save(self, values: dict[str, str]) -> None:
        goal, _errors = self._goal(values)
        if goal is None:  # `check` has said why
            return
        progress = self.app.session.progress
        if self._change is None:
            goal = progress.put_goal(goal)
            words = _("Your goal: {name}, {often}.")
        else:
            goal = progress.change_goal(goal)
            words = _("Changed: {name}, {often}.")
        self.say(words.format(name=goal.name, often=often_words(goal.times, goal.per)), mend=_("Ctrl+Z takes it back."))
        self.app.post_message(DataChanged())
        self.done(goal)


def _guess(name: str) -> str:
    """The id of the kind that a goal's name speaks of, in the singular or the plural; "" where there is none."""
    singular = " ".join(word.removesuffix("s") if len(word) > 3 else word for word in name.split())
    found = guess_kind(name) or guess_kind(singular)
    return found.id if found is not None and found.records else ""
