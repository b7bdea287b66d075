"""Yours: what was asked in the first run, to be changed whenever she likes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from companion.commands import Command
from companion.domain.child import Child, age_words
from companion.domain.language import _
from companion.domain.spoken_time import parse_reminders
from companion.domain.text import TITLE_LIMIT, clean
from companion.domain.zone_choice import CHOICES, zone_named
from companion.messages import DataChanged, SettingsChanged
from companion.screens.base import CompanionScreen
from companion.screens.child_form import ChildForm
from companion.screens.dialogs import Answer, Ask, Choice
from companion.screens.event_values import reminder_words
from companion.screens.new_words import NewWordsScreen
from companion.screens.present_words import PresentWords

_CHILD = "child-"
_LABELS = 13  # columns of the left side; the longest label and a gap
_OTHER_ZONE = "*"  # no zone is called that


class YoursScreen(CompanionScreen[None]):
    """A list; Enter changes the line it is on. Reads everything anew whenever something was stored."""

    NAME = "Yours"
    ABOUT = (
        "What you are called, your children, your words, time zone, clock and reminders. "
        "Enter changes the line you are on."
    )
    CSS_PATH: ClassVar[Any] = "yours.tcss"
    AUTO_FOCUS: ClassVar[str] = "#yours"
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("yours.add", "Child", "Adds a child.", ("a",), "add_child", show=True),
        Command("yours.remove", "Take off", "Takes the child you are on off the list.", ("x",), "remove", show=True),
    )

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="page"):
            yield Static(Content(_("Yours")), classes="heading")
            yield OptionList(id="yours", markup=False)
            yield Static("", id="yours-note", markup=False)

    # What is shown

    def reload(self) -> None:
        if not self.is_mounted or not self.app.is_open:
            return
        listed = self.query_one(OptionList)
        at = listed.highlighted or 0
        was = listed.get_option_at_index(at).id if listed.option_count else None
        listed.clear_options()
        listed.add_options(self._rows())
        ids = [option.id for option in listed.options]
        listed.highlighted = ids.index(was) if was in ids else min(at, len(ids) - 1)
        self._at_row()

    def _rows(self) -> list[Option]:
        session = self.app.session
        settings, today = session.settings, session.planner.today()
        rows = [_row("name", _("Name"), settings.name or _("none"))]
        for number, child in enumerate(self._children()):
            rows.append(_row(_CHILD + child.id, "" if number else _("Children"), child_words(child, today)))
        rows.append(_row("add", "" if len(rows) > 1 else _("Children"), _("Add a child")))
        if session.sample:
            rows.append(_row("words", _("Words"), _("None: sample data, nothing is kept")))
        elif session.has_words:
            rows.append(_row("words", _("Words"), _("Change the words")))
            rows.append(_row("code", "", _("Get a new paper code")))
        else:
            rows.append(_row("words", _("Words"), _("Set words: there are none now")))
        rows.append(_row("zone", _("Time zone"), zone_words(settings.zone)))
        rows.append(_row("clock", _("Clock"), _clock_words(settings.hours24)))
        rows.append(_row("week", _("Week starts"), _("Monday") if settings.week_start == 0 else _("Sunday")))
        rows.append(_row("reminders", _("Reminders"), _reminders_words(settings.reminders)))
        rows.append(_row("discreet", "", _discreet_words(settings.discreet_reminders)))
        return rows

    def _children(self) -> list[Child]:
        return self.app.session.people.children()

    @property
    def _row_id(self) -> str:
        listed = self.query_one(OptionList)
        return "" if listed.highlighted is None else listed.get_option_at_index(listed.highlighted).id or ""

    @on(OptionList.OptionHighlighted)
    def _at_row(self) -> None:
        note = _("Enter changes this line, x takes it off the list.") if self._child() else _("Enter changes it.")
        session = self.app.session
        if not session.has_words and not session.sample:
            note += "\n" + _("Without words anyone at this computer can read what you write.")
        self.query_one("#yours-note", Static).update(Content(note))
        self.refresh_bindings()

    def _child(self) -> Child | None:
        """The child whose row is highlighted."""
        row = self._row_id
        return next((child for child in self._children() if _CHILD + child.id == row), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "remove":
            return self.is_mounted and self._row_id.startswith(_CHILD)
        return super().check_action(action, parameters)

    # What is changed

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        acts: dict[str, Callable[[], None]] = {
            "name": self._change_name,
            "add": self.action_add_child,
            "words": self._change_words,
            "code": self._new_code,
            "zone": self._change_zone,
            "clock": self._change_clock,
            "week": self._change_week,
            "reminders": self._change_reminders,
            "discreet": self._change_discreet,
        }
        row = event.option.id or ""
        child = self._child()
        if child is not None:
            self.app.push_screen(ChildForm(child))
        elif row in acts:
            acts[row]()

    def _store(self, **values: object) -> None:
        self.app.session.change_settings(**values)
        self.app.post_message(SettingsChanged())

    def _change_name(self) -> None:
        def stored(name: str | None) -> None:
            if name is not None:
                self._store(name=name)

        detail = _("A first name, a nickname, or nothing.")
        value = self.app.session.settings.name
        self.app.push_screen(
            Ask(_("What may we call you?"), lambda text: clean(text, TITLE_LIMIT), detail=detail, value=value), stored
        )

    def action_add_child(self) -> None:
        self.app.push_screen(ChildForm())

    def action_remove(self) -> None:
        child = self._child()
        if child is None:
            return
        self.app.session.people.remove_child(child.id)
        self.say(_("{name} is off the list.").format(name=child.name), mend=_("Ctrl+Z takes it back."))
        self.app.post_message(DataChanged())

    def _change_words(self) -> None:
        session = self.app.session
        if session.sample:
            self.say(_("Sample data is gone when you leave, so it needs no words."))
        elif session.has_words:
            self.app.push_screen(PresentWords(), self._words_fit)
        else:
            self.app.push_screen(NewWordsScreen(session, inside=True))

    def _words_fit(self, words: str | None) -> None:
        if words is not None:
            self.app.push_screen(NewWordsScreen(self.app.session, inside=True))

    def _new_code(self) -> None:
        def fit(words: str | None) -> None:
            if words is not None:
                self.app.push_screen(NewWordsScreen(self.app.session, inside=True, again=words))

        self.app.push_screen(PresentWords(), fit)

    def _change_zone(self) -> None:
        answers = [Answer(zone, _(words)) for words, zone in CHOICES]
        answers.append(Answer(_OTHER_ZONE, _("Another place: type it")))

        def chosen(zone: str | None) -> None:
            if zone == _OTHER_ZONE:
                question = _("Which time zone are you in?")
                self.app.push_screen(Ask(question, zone_named, detail=_("A big city such as London.")), stored)
            else:
                stored(zone)

        def stored(zone: str | None) -> None:
            if zone is not None:
                self._store(zone=zone)

        detail = _("What is on the calendar already keeps its own time zone.")
        start = self.app.session.settings.zone
        self.app.push_screen(Choice(_("Which time zone are you in?"), answers, detail=detail, start=start), chosen)

    def _change_clock(self) -> None:
        def stored(hours24: bool | None) -> None:
            if hours24 is not None:
                self._store(hours24=hours24)

        answers = [Answer(hours24, _clock_words(hours24)) for hours24 in (False, True)]
        start = self.app.session.settings.hours24
        self.app.push_screen(Choice(_("How do you read the clock?"), answers, start=start), stored)

    def _change_week(self) -> None:
        def stored(week_start: int | None) -> None:
            if week_start is not None:
                self._store(week_start=week_start)

        answers = [Answer(6, _("Sunday")), Answer(0, _("Monday"))]
        start = self.app.session.settings.week_start
        self.app.push_screen(Choice(_("Which day does your week start with?"), answers, start=start), stored)

    def _change_reminders(self) -> None:
        def stored(reminders: tuple[int, ...] | None) -> None:
            if reminders is not None:
                self._store(reminders=reminders)

        question = _("How long before an appointment?")
        detail = _("On a phone and here, unless an appointment has its own. One or two, or none.")
        value = reminder_words(self.app.session.settings.reminders)
        hint = _("1 day, 2 hours")
        self.app.push_screen(Ask(question, parse_reminders, detail=detail, hint=hint, value=value), stored)

    def _change_discreet(self) -> None:
        def stored(discreet: bool | None) -> None:
            if discreet is not None:
                self._store(discreet_reminders=discreet)

        answers = [Answer(discreet, _discreet_words(discreet)) for discreet in (False, True)]
        start = self.app.session.settings.discreet_reminders
        self.app.push_screen(Choice(_("What does a reminder on this screen say?"), answers, start=start), stored)


def _row(id: str, label: str, words: str) -> Option:
    """One line; no colors, they would be lost on the highlight."""
    return Option(Content(f"{label:<{_LABELS}}{words}"), id=id)


def child_words(child: Child, today: date) -> str:
    """A child as the list shows it: "M. · 8 months · lives with you"."""
    where = _("lives with you") if child.lives_here else _("lives elsewhere")
    return " · ".join(part for part in (child.name, age_words(child, today), where) if part)


def zone_words(zone: str) -> str:
    """What people call a zone; an IANA name that has no such words is shown as it is."""
    return next((_(words) for words, name in CHOICES if name == zone), zone.replace("_", " "))


def _clock_words(hours24: bool) -> str:
    return _("24 hours: 14:30") if hours24 else _("12 hours: 2:30 pm")


def _reminders_words(reminders: tuple[int, ...]) -> str:
    words = reminder_words(reminders)
    return _("{words} before").format(words=words) if reminders else words


def _discreet_words(discreet: bool) -> str:
    return _("On this screen: a plain word, as on a phone") if discreet else _("On this screen: the full name")
