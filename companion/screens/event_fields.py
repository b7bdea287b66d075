"""The fields of the appointment form, in reading order: what most need first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from companion.domain.children_named import children_named, plain_name
from companion.domain.event import Event
from companion.domain.kinds import all_kinds
from companion.domain.language import _
from companion.domain.text import TITLE_LIMIT
from companion.domain.wording import length_words, list_words
from companion.screens.controls import Control, DayPicker, Pick, Tick
from companion.screens.form import Field
from companion.screens.repeat_values import Ends, How, choices
from companion.screens.several import Several
from companion.widgets.line_input import LineInput
from companion.widgets.live_words import LiveWords

SOMEBODY_ELSE = "*"  # the choice that opens a line for a name; no child is called that


@dataclass(frozen=True, slots=True)
class About:
    """What the fields depend on besides their values. `zone` is said where it isn't the profile's own."""

    event: Event
    only_one: bool
    childcare: bool
    children: Sequence[str]
    reminders: tuple[int, ...]
    week_start: int
    zone: str = ""


def compose(values: dict[str, str], about: About) -> Iterator[Widget]:
    """Every field, hidden ones too; a single session of a series has only those that it can differ in."""
    if about.zone:
        words = _("Times here go by the clock in {zone}.").format(zone=about.zone.replace("_", " "))
        yield Static(Content(words), classes="form-note")
    yield _line("title", _("What"), values, _("for instance: counselling"))
    yield from _when(values, about)
    yield LiveWords(id="understood")
    yield _line("location", _("Where"), values, _("for instance: 12 Mill St, room 3"))
    if not about.only_one:
        yield _line("online", _("Link"), values, _("the address of a call"))
        kinds = [(k.id, k.label) for k in all_kinds().values()]
        yield Field("kind", _("Kind"), control=Pick(kinds, values["kind"], question=_("What kind is it?")))
    yield from _arrangements(values, about)
    if not about.only_one:
        yield from _people(values, about)
    yield Field("notes", _("Notes"), value=values["notes"], lines=True)
    if not about.only_one:
        yield from _on_phone(values, about)


def _when(values: dict[str, str], about: About) -> Iterator[Widget]:
    yield _short("day", _("Day"), values, _("fri · tomorrow · dec 3 · in 2 weeks"))
    if not about.only_one:
        yield Field("all_day", "", control=Tick(_("all day"), bool(values["all_day"])))
    yield _short("start", _("Start"), values, _("6pm · 18:30 · noon"))
    yield _short("length", _("Length or end"), values, "")
    if about.only_one:
        return
    yield _short("last_day", _("Last day"), values, _("empty: that day only"))
    kept = about.event.rule if values["repeat"] == How.KEPT else None
    offered = choices(about.event.start.date(), kept)
    ends = [
        (str(Ends.NEVER), _("goes on")),
        (str(Ends.ON), _("on a day")),
        (str(Ends.AFTER), _("after a number of times")),
    ]
    yield Field("repeat", _("Repeats"), control=Pick(offered, values["repeat"], question=_("How often?")))
    yield Field("weekdays", _("On"), control=DayPicker(values["weekdays"], week_start=about.week_start))
    yield Field("ends", _("Ends"), control=Pick(ends, values["ends"], question=_("Until when?")))
    yield _short("until", _("Last day"), values, _("dec 18 · in 12 weeks"))
    yield _short("times", _("How many times"), values, _("for instance: 12"))


def _arrangements(values: dict[str, str], about: About) -> Iterator[Widget]:
    if about.childcare:
        yield _heading(_("Children meanwhile"))
        yield Field("care_needed", "", control=Tick(_("they need somebody"), bool(values["care_needed"])))
        yield _line("care_who", _("Who has them"), values, _("for instance: Grandma"))
        yield Field("care_covered", "", control=Tick(_("they have said yes"), bool(values["care_covered"])))
    yield _heading(_("Getting there"))
    yield _line("ride_how", _("How"), values, _("for instance: bus 14"))
    yield _line("ride_who", _("With whom"), values)
    yield _short("leave_by", _("Leave"), values, _("40 minutes before · 5:20pm"))
    yield _line("bring", _("Bring"), values, _("for instance: ID, sign-in sheet"))


def _people(values: dict[str, str], about: About) -> Iterator[Widget]:
    yield _heading(_("Who"))
    yield _line("provider", _("Service"), values, _("who gives it"))
    yield _line("contact", _("Person"), values)
    yield _line("phone", _("Phone"), values)
    if about.children:
        pick, _other = picked(values["child"], about.children)
        others = (SOMEBODY_ELSE, _("another name"))
        offered = [*((str(n), name) for n, name in enumerate(about.children)), others]
        none, question = _("no child in particular"), _("For which child?")
        control: Control
        if len(about.children) == 1:  # then one key chooses her
            control = Pick([("", none), *offered], pick, question=question)
        else:
            control = Several(offered, pick, question=_("For which children?"), none=none)
        yield Field("child_pick", _("For which child"), control=control)
    shown = picked(values["child"], about.children)[1]
    yield Field("child", _("Name") if about.children else _("For which child"), value=shown, limit=TITLE_LIMIT)


def picked(text: str, children: Sequence[str]) -> tuple[str, str]:
    """What the choice and the line for a name hold where an appointment names `text`: ("0,*", "Bo").

    Where there is one child only, one thing is chosen: her, or a name that is typed.
    """
    plain = [plain_name(name) for name in children]
    named = children_named(text)
    known = [plain.index(plain_name(name)) for name in named if plain_name(name) in plain]
    other = [name for name in named if plain_name(name) not in plain]
    if len(children) < 2 and other:
        return SOMEBODY_ELSE, text
    chosen = [str(n) for n in sorted(set(known))] + [SOMEBODY_ELSE] * bool(other)
    return ",".join(chosen), ", ".join(other)


def names_of(pick: str, other: str, children: Sequence[str]) -> str:
    """What an appointment names where these are chosen: "M., Bo"."""
    chosen = pick.split(",")
    names = [name for n, name in enumerate(children) if str(n) in chosen]
    return ", ".join([*names, *([other] if other and SOMEBODY_ELSE in chosen else [])])


def _on_phone(values: dict[str, str], about: About) -> Iterator[Widget]:
    usual = list_words([length_words(timedelta(minutes=minutes)) for minutes in about.reminders]) or _("none")
    yield _heading(_("On your phone"))
    yield _line("discreet_title", _("Shown as"), values)
    yield _short("reminders", _("Reminders"), values, _("empty: {usual} before").format(usual=usual))


def short_field(name: str, label: str, value: str, hint: str = "") -> Field:
    """A line that is typed anew, not added to: what stands in it is selected, so that typing replaces it."""
    line = LineInput(value, placeholder=hint, max_length=TITLE_LIMIT, select_on_focus=True, compact=True)
    return Field(name, label, control=line, limit=TITLE_LIMIT)


def _short(name: str, label: str, values: dict[str, str], hint: str = "") -> Field:
    return short_field(name, label, values[name], hint)


def _line(name: str, label: str, values: dict[str, str], hint: str = "") -> Field:
    return Field(name, label, value=values[name], hint=hint, limit=TITLE_LIMIT)


def _heading(words: str) -> Static:
    return Static(Content(words), classes="form-heading")
