"""The form of an appointment: a new one, or this one, this and later, or all of a series.

Below the time a line says at once how day, time and repeat were understood.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from companion.domain import series
from companion.domain.clock_change import series_hour_words
from companion.domain.describing import describe
from companion.domain.event import Event, Occurrence
from companion.domain.kinds import kind
from companion.domain.language import _
from companion.domain.series import Reach
from companion.domain.wording import at_start, length_words, when_words
from companion.errors import InputError
from companion.messages import DataChanged
from companion.screens.controls import DayPicker, Pick
from companion.screens.event_fields import SOMEBODY_ELSE, About, compose, names_of, picked
from companion.screens.event_values import Reading, event_from, event_values, guess_kind, new_event, read_day
from companion.screens.form import Field
from companion.screens.live_form import LiveForm
from companion.screens.repeat_values import Ends, How, choices
from companion.widgets.live_words import LiveWords

_PLANNED = "planned"  # stands for the UID of what is not stored yet
_ANY_KIND = "other"


class EventForm(LiveForm[date]):
    """Adds on `day`, or changes `change` as far as `reach` says. Gives the day it is on once it is stored.

    `draft_event` fills a new one with what was read elsewhere, a sentence say; the fields named in `unsaid` stay
    empty, because nothing was said of them. `remarks`, by field, are shown beside the field until it is changed;
    what is remarked under "" stands below the heading.
    """

    NAME = "An appointment"
    ABOUT = (
        "The first lines are enough. Tab or the arrow keys go to the next line, Ctrl+S saves from anywhere. "
        "Type days and times as you say them: fri, dec 3, 6pm, 90 min."
    )
    CSS_PATH: ClassVar[list[str]] = ["form.tcss", "event_form.tcss"]  # type: ignore[assignment]  # Textual takes both
    FORM_ID = "event"
    TITLE_WORDS = "Add to the calendar"

    def __init__(
        self,
        day: date | None = None,
        *,
        draft_event: Event | None = None,
        unsaid: Collection[str] = (),
        remarks: Mapping[str, str] | None = None,
        change: Occurrence | None = None,
        reach: Reach = Reach.ALL,
    ) -> None:
        super().__init__()
        self._day = day
        self._draft_event = draft_event
        self._unsaid = frozenset(unsaid)
        self._remarks = dict(remarks or {})
        self._remarked_on: dict[str, str] | None = None  # the values that the remarks are about
        self._change = change
        self._reach = reach if change is not None and change.recurrence_id is not None else Reach.ALL
        # Until they are chosen, the kind follows the title, and the weekday the day.
        self._from: datetime | None = None  # where a change of all begins
        self._kind_chosen = change is not None or (draft_event is not None and draft_event.kind != _ANY_KIND)
        self._weekday_chosen = False
        if change is not None:
            self.TITLE_WORDS = _TITLES[self._reach]  # type: ignore[misc]  # a form of the same kind, another heading
            at = change.recurrence_id.isoformat() if change.recurrence_id and reach is not Reach.ALL else ""
            self.FORM_ID = f"event {change.event.uid} {self._reach} {at}"  # type: ignore[misc]  # a draft for each

    # What it starts from

    def compose_fields(self) -> ComposeResult:
        session = self.app.session
        settings = session.settings
        self.reading = Reading(session.planner.today(), settings.hours24, settings.month_first, session.planner.zone)
        self.before = self._starting_from()
        children = session.people.children()
        self._children = list(dict.fromkeys(child.name for child in children))
        care = self.before.logistics.childcare
        about = About(
            event=self.before,
            only_one=self.only_one,
            childcare=any(child.lives_here for child in children) or care.needed or bool(care.who),
            children=self._children,
            reminders=settings.reminders,
            week_start=settings.week_start,
            zone=self.before.zone if self.before.zone != self.reading.zone else "",
        )
        self._started_with = event_values(self.before, self.reading)
        shown = self._started_with | dict.fromkeys(self._unsaid, "")
        if self._from is not None:
            words = _("This is from the next one on. What has happened stays as it was.")
            yield Static(Content(words), classes="form-note")
        if self._children and "child" in self._remarks:
            self._remarks["child_pick"] = self._remarks.pop("child")
        if self._remarks.get(""):
            yield Static(Content(self._remarks[""]), classes="form-note")
        yield from compose(shown, about)

    @property
    def only_one(self) -> bool:
        return self._reach is Reach.ONE

    def _starting_from(self) -> Event:
        """The event that the fields show, in its own zone."""
        change = self._change
        if self._draft_event is not None:
            return replace(self._draft_event, uid=_PLANNED)
        if change is None:
            return new_event(self._day or self.reading.today, self.reading)
        event, at = series.on_first(change.event), change.recurrence_id
        if self._reach is Reach.ALL or at is None:
            self._from = self.app.session.planner.next_on(event)
            return event if self._from is None else series.split_before(event, self._from, event.uid)[1]
        if self._reach is Reach.LATER:
            return series.split_before(event, at, _PLANNED)[1] if at > event.start else event
        there = change.in_zone(event.zone)
        return replace(
            event,
            title=change.title,
            start=there.start,
            duration=there.end - there.start,
            rule=None,
            location=change.location,
            notes=change.notes,
            logistics=change.logistics,
        )

    def starting_values(self) -> dict[str, str]:
        """What was read from a sentence is hers as if she had typed it here."""
        values = self.values()
        if self._draft_event is None:
            return values
        return values | event_values(new_event(self.reading.today, self.reading), self.reading)

    def _said(self, values: Mapping[str, str]) -> dict[str, str]:
        """The values as an event is made of them: the children who are chosen and typed are one text."""
        said = dict(values)
        if "child_pick" not in said:
            return said
        pick, other = said.pop("child_pick"), said["child"]
        same = (pick, other) == picked(self.before.child, self._children)
        return said | {"child": self.before.child if same else names_of(pick, other, self._children)}

    # While she types

    def field_typed(self, field: Field) -> None:
        if field.name_of_value == "title":
            self._follow_title(field.value)

    def field_chosen(self, field: Field) -> None:
        name = field.name_of_value
        self._kind_chosen |= name == "kind"
        self._weekday_chosen |= name == "weekdays"
        if name == "child_pick" and SOMEBODY_ELSE not in field.value.split(","):
            self.field("child").fill("")

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Leaving a line that can't be understood says so at once, not only when she saves."""
        field = self.field_of(event.widget)
        if field is not None and field.is_attached and field.raw:
            _event, errors = event_from(self._said(self.values()), self.before, self.reading)
            field.say(errors.get(field.name_of_value, ""))

    def _follow_title(self, title: str) -> None:
        if not self._kind_chosen:
            guessed = guess_kind(title)
            self.field("kind").fill(guessed.id if guessed else self.before.kind)

    def show_reading(self) -> None:
        """Show the lines that matter with what is chosen, what stays empty means, and how it is understood."""
        if not self.only_one:
            self._follow_day()
        now = self.values()
        if not self.only_one:
            self._show_matching(now)
        values = self._said(now)
        event = self._read(values)
        if self._remarked_on is None:
            self._remarked_on = {name: now[name] for name in self._remarks if name in now}
        remarks = {name: self._remarks[name] for name, value in self._remarked_on.items() if now[name] == value}
        if words := self._hour_words(event):
            remarks["start"] = words
        for name in {*self._remarked_on, "start"}:
            self.field(name).remark(remarks.get(name, ""))
        chosen = kind(values.get("kind", self.before.kind))
        usual = _("empty: {length}").format(length=length_words(chosen.length))
        self._hint("length", usual + _(" · or type 90 min, 7:30pm"))
        if not self.only_one:
            self._hint("discreet_title", _("empty: {title}").format(title=chosen.discreet))
        self.query_one("#understood", LiveWords).put(self._understood(event))

    def _follow_day(self) -> None:
        """What can be chosen as a repeat names the day; a weekday she did not choose herself goes with it."""
        try:
            day = read_day(self.field("day").value, self.reading)
        except InputError:
            return
        repeat, weekdays = self.field("repeat").control, self.field("weekdays").control
        assert isinstance(repeat, Pick) and isinstance(weekdays, DayPicker)
        kept = self.before.rule if self._started_with["repeat"] == How.KEPT else None
        repeat.offer(choices(day, kept))
        if not self._weekday_chosen and len(weekdays.value) <= 1:
            weekdays.value = str(day.weekday())

    def _show_matching(self, values: Mapping[str, str]) -> None:
        all_day, how, ends = bool(values["all_day"]), How(values["repeat"]), Ends(values["ends"])
        repeats = how not in {How.NEVER, How.KEPT}
        shown = {
            "start": not all_day,
            "length": not all_day,
            "last_day": all_day,
            "weekdays": how in {How.WEEK, How.TWO_WEEKS},
            "ends": repeats,
            "until": repeats and ends is Ends.ON,
            "times": repeats and ends is Ends.AFTER,
            "child": SOMEBODY_ELSE in values.get("child_pick", SOMEBODY_ELSE).split(","),
        }
        for name, display in shown.items():
            field = self.field(name)
            if field.display is not display:
                field.display = display

    def _read(self, values: dict[str, str]) -> Event | None:
        """The event as far as day, time and repeat can be read, whatever else is wrong."""
        shown = self._started_with
        other = {"title": values["title"] or "-", "leave_by": shown["leave_by"], "reminders": shown["reminders"]}
        return event_from(values | other, self.before, self.reading)[0]

    def _understood(self, event: Event | None) -> str:
        """Day, time and repeat in words; nothing while they can't be read."""
        if event is None:
            return ""
        today, hours24 = self.reading.today, self.reading.hours24
        words = [at_start(when_words(event.start, event.end, event.all_day, today, hours24))]
        if event.rule is not None:
            words.append(describe(event.rule, event.start))
        return " · ".join(words)

    def _hour_words(self, event: Event | None) -> str:
        """What happens where the hour is left out one night, or comes twice."""
        if event is None or event.all_day:
            return ""
        today, hours24 = self.reading.today, self.reading.hours24
        return series_hour_words(event.rule, event.start, event.zone, today=today, hours24=hours24)

    # Saving

    def check(self, values: dict[str, str]) -> dict[str, str]:
        return event_from(self._said(values), self.before, self.reading)[1]

    def save(self, values: dict[str, str]) -> None:
        event, _errors = event_from(self._said(values), self.before, self.reading)
        if event is None:  # `check` has said why
            return
        try:
            event, words = self._stored(event)
        except InputError as error:
            self.tell({"day": str(error)})  # what is left to go wrong is when a series begins
            return
        when = when_words(event.start, event.end, event.all_day, self.reading.today, self.reading.hours24)
        said = words.format(title=event.title, when=when)
        note = self.app.session.arranger.notes_for(event)
        self.say(f"{said} {note}".strip(), mend=_("Ctrl+Z takes it back."))
        self.app.post_message(DataChanged())
        self.done(event.start.date())

    def _stored(self, event: Event) -> tuple[Event, str]:
        """Store it as far as it reaches; gives it as it is stored, and what to say. Raises InputError."""
        planner, change = self.app.session.planner, self._change
        if change is None:
            event = planner.add(replace(event, uid=""))
            words = _("{title} is on the calendar: {when}.")
        elif self._reach is Reach.ONE:
            fields = {
                name: getattr(event, name) for name in _OF_ONE if getattr(event, name) != getattr(self.before, name)
            }
            if fields:
                planner.change_one(change, **fields)
            words = _("{title} is changed this once: {when}.")
        elif self._reach is Reach.LATER:
            event = planner.change_later(change, event)
            words = _("{title} is changed from here on: {when}.")
        else:
            event = planner.change_all(event, self._from)
            words = _("{title} is changed: {when}.")
        return event, words

    # Parts

    def _hint(self, name: str, words: str) -> None:
        control = self.field(name).control
        if isinstance(control, Input):
            control.placeholder = words


_OF_ONE = ("title", "start", "duration", "location", "notes", "logistics")
_TITLES = {Reach.ONE: "Change only this one", Reach.LATER: "Change this one and later ones", Reach.ALL: "Change it"}
