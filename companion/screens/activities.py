"""Activities: what can we do together? How much she has today comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from companion.commands import Command
from companion.domain.activity_terms import EnergyToday, Setting
from companion.domain.child import age_words
from companion.domain.language import _
from companion.domain.wording import list_words
from companion.screens.base import PlaceScreen
from companion.screens.dialogs import Answer, Choice
from companion.screens.lines import clickable
from companion.widgets.activity_card import card

if TYPE_CHECKING:
    from companion.domain.activity import Activity
    from companion.domain.fitting import Offer

_ENERGY_KEYS = {
    "v": EnergyToday.VERY_SLEEPY,
    "l": EnergyToday.LITTLE,
    "s": EnergyToday.SOME,
    "o": EnergyToday.LOTS,
}
_MINUTES = (2, 5, 10, 20, 30)
_ALL = "all"


class Offers(OptionList):
    """The list of what fits; Enter stands on the bottom line, which the list's own binding would hide."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Start", show=True)]


class ActivitiesScreen(PlaceScreen):
    PLACE = "activities"
    NAME = "Activities"
    ABOUT = (
        "Say how much you have today with one letter. Then Enter starts what is marked. "
        "Very sleepy leaves out what needs you wide awake: holding a baby, the bath, the stove, driving."
    )
    CSS_PATH = "activities.tcss"
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("activities.very-sleepy", "Very sleepy", "You are very sleepy today.", ("v",), "energy('v')"),
        Command("activities.little", "A little", "You have a little energy today.", ("l",), "energy('l')"),
        Command("activities.some", "Some", "You have some energy today.", ("s",), "energy('s')"),
        Command("activities.lots", "Lots", "You have lots of energy today.", ("o",), "energy('o')"),
        Command("activities.start", "Start", "Opens the first step of the marked activity.", ("enter",), "start"),
        Command("activities.who", "Who", "For which child, or for several.", ("c",), "who", show=True),
        Command("activities.time", "Time", "How many minutes you have.", ("t",), "time", show=True),
        Command(
            "activities.place", "Place", "At home, outside, in a visit room, on a call.", ("p",), "place", show=True
        ),
        Command("activities.about", "About", "Everything about the marked activity.", ("k",), "about", show=True),
    )
    AUTO_FOCUS = "#offers"

    def __init__(self) -> None:
        super().__init__()
        self._energy = EnergyToday.LITTLE
        self._minutes: int | None = None
        self._setting: Setting | None = None
        self._children: tuple[str, ...] | None = None
        self._offers: list[Offer] = []

    def compose_body(self) -> ComposeResult:
        yield Static(id="energy")
        yield Static(id="filters")
        with Horizontal(id="finding"):
            with Vertical(id="offers-side"):
                yield Offers(id="offers", markup=False)
                yield Static(id="no-offers")
            with VerticalScroll(id="card-side", can_focus=False):
                yield Static(id="card")

    def reload(self) -> None:
        if not self.is_mounted:
            return
        self._offers = self.app.session.library.offers(
            self._energy, minutes=self._minutes, setting=self._setting, children=self._children
        )
        self._show_question()
        self._show_filters()
        self._show_offers()

    # What is shown

    def _show_question(self) -> None:
        parts = [Content.assemble((_("How much do you have today?"), "bold"), "  ")]
        for key, energy in _ENERGY_KEYS.items():
            chosen = energy is self._energy
            words = f"[{key} {energy.label}]" if chosen else f" {key} {energy.label} "
            parts.append(clickable(words, f"energy('{key}')", "reverse bold" if chosen else ""))
        self.query_one("#energy", Static).update(Content("").join(parts))

    def _show_filters(self) -> None:
        time = _("any time") if self._minutes is None else _("{n} minutes or less").format(n=self._minutes)
        place = _("anywhere") if self._setting is None else self._setting.label
        self.query_one("#filters", Static).update(
            Content.styled(f"{self._who_words()} · {time} · {place}", "$text-muted")
        )

    def _chosen(self) -> tuple[str, ...]:
        return self.app.session.library.usual_children() if self._children is None else self._children

    def _who_words(self) -> str:
        children = self.app.session.people.children()
        if not children:
            return _("Any age")
        chosen, today = self._chosen(), self.app.session.planner.today()
        names = [
            f"{child.name}, {age_words(child, today)}" if child.born or child.due else child.name
            for child in children
            if child.id in chosen
        ]
        return _("With {names}").format(names=list_words(names)) if names else _("For you alone, or any age")

    def _show_offers(self) -> None:
        offers = self.query_one("#offers", OptionList)
        offers.clear_options()
        offers.add_options(
            Option(Content.assemble((offer.activity.title, "bold"), "  ", (offer.activity.minutes.short, "dim")))
            for offer in self._offers
        )
        offers.display = bool(self._offers)
        nothing = self.query_one("#no-offers", Static)
        nothing.display = not self._offers
        nothing.update(
            Content(_("Nothing fits all of that. Try more time (t), another place (p) or another child (c)."))
        )
        if self._offers:
            offers.highlighted = 0
        self._show_card()

    def _marked_offer(self) -> Offer | None:
        index = self.query_one("#offers", OptionList).highlighted
        return None if index is None or index >= len(self._offers) else self._offers[index]

    def _marked(self) -> Activity | None:
        offer = self._marked_offer()
        return offer.activity if offer else None

    def _show_card(self) -> None:
        offer = self._marked_offer()
        words = Content.assemble(card(offer.activity), "\n\n", (offer.reason, "$text-muted")) if offer else Content("")
        self.query_one("#card", Static).update(words)
        self.query_one("#card-side", VerticalScroll).scroll_home(animate=False)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._show_card()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.action_start()

    # What can be done

    def action_energy(self, key: str) -> None:
        self._energy = _ENERGY_KEYS[key]
        self.reload()
        self.query_one("#offers").focus()

    def action_start(self) -> None:
        activity = self._marked()
        if activity is not None:
            from companion.screens.steps import StepsScreen

            self.app.push_screen(StepsScreen(activity, self._chosen()))

    def action_about(self) -> None:
        activity = self._marked()
        if activity is not None:
            from companion.screens.about_activity import AboutActivityScreen

            self.app.push_screen(AboutActivityScreen(activity, self._chosen()))

    def action_time(self) -> None:
        answers = [Answer(0, _("Any time"))] + [Answer(n, _("{n} minutes or less").format(n=n)) for n in _MINUTES]
        self.app.push_screen(
            Choice(_("How much time is there?"), answers, start=self._minutes or 0), callback=self._time_chosen
        )

    def _time_chosen(self, minutes: int | None) -> None:
        if minutes is not None:
            self._minutes = minutes or None
            self.reload()

    def action_place(self) -> None:
        answers: list[Answer[str]] = [Answer("", _("Anywhere"))]
        answers += [Answer(setting.value, setting.label[:1].upper() + setting.label[1:]) for setting in Setting]
        start = self._setting.value if self._setting else ""
        self.app.push_screen(Choice(_("Where are you?"), answers, start=start), callback=self._place_chosen)

    def _place_chosen(self, setting: str | None) -> None:
        if setting is not None:
            self._setting = Setting(setting) if setting else None
            self.reload()

    def action_who(self) -> None:
        children = self.app.session.people.children()
        if not children:
            self.say(_("There is no child here yet. Any age is shown."))
            return
        today = self.app.session.planner.today()
        answers = [
            Answer(child.id, child.name, age_words(child, today) if child.born or child.due else "")
            for child in children
        ]
        if len(children) > 1:
            answers.append(Answer(_ALL, _("All together")))
        answers.append(Answer("", _("For me alone, or any age")))
        chosen = self._chosen()
        start = _ALL if len(chosen) > 1 else "".join(chosen)
        self.app.push_screen(Choice(_("Who is it for?"), answers, start=start), callback=self._who_chosen)

    def _who_chosen(self, who: str | None) -> None:
        if who is None:
            return
        everyone = tuple(child.id for child in self.app.session.people.children())
        self._children = everyone if who == _ALL else (who,) if who else ()
        self.reload()
