"""What is still to arrange in the next two weeks, as one list: who has the children first, then day by day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from companion.commands import Command
from companion.domain.arranging import Matter, What
from companion.domain.arranging_words import matter_title, matter_words
from companion.domain.event import Occurrence
from companion.domain.kinds import kind
from companion.domain.language import _, plural
from companion.domain.wording import date_words, day_heading, span_words
from companion.screens import arranging_acts as acts
from companion.screens.base import CompanionScreen
from companion.screens.dialogs import Answer, Choice
from companion.screens.occurrence_words import short_words
from companion.widgets.day_list import DayList, Key, Row

MORE: Key = ("", None)  # the row that shows the others; no event has an empty UID
_MOST = 60


class MatterList(DayList):
    """Rows under the headings that come with them. `pointed` is called where another one is highlighted."""

    def __init__(self, pointed: Callable[[], None], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pointed = pointed
        self._headings: Mapping[Key, str] = {}

    def fill(self, rows: Iterable[Row], headings: Mapping[Key, str], today: date, empty: str) -> None:
        self._headings = headings
        self.show(rows, today, empty)

    def _items_of(self, rows: Sequence[Row]) -> list[Row | str]:
        if not rows:
            return super()._items_of(rows)
        items: list[Row | str] = []
        heading = ""
        for row in rows:
            above = self._headings.get(row.key, heading)
            if above != heading:
                items.append(above)
                heading = above
            items.append(row)
        return items

    def _highlight(self, place: int | None) -> None:
        super()._highlight(place)
        self._pointed()


class ToArrangeScreen(CompanionScreen[None]):
    """Each matter in plain words, and the key that settles it."""

    NAME = "To arrange"
    ABOUT = (
        "What is still open in the next 14 days: childcare, rides, and things that come too close together. Arrow keys "
        "go from one to the next, Enter opens the appointment. Nothing here is in the way of anything."
    )
    CSS_PATH = "to_arrange.tcss"
    AUTO_FOCUS: ClassVar[str] = "#matters"
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("arrange.cover", "Covered", "Says who has the children meanwhile.", ("c",), "cover", show=True),
        Command("arrange.ride", "Ride", "Says how you get there.", ("r",), "ride", show=True),
        Command("arrange.fine", "Fine", "These two are fine as they are.", ("f",), "fine", show=True),
        Command("arrange.close", "Back", "Goes back to where you were.", ("o",), "back", palette=False),
    )

    def __init__(self) -> None:
        super().__init__()
        self._matters: dict[Key, Matter] = {}
        self._most: int | None = _MOST

    def compose_body(self) -> ComposeResult:
        yield Static(id="matters-heading", markup=False)
        yield MatterList(self._point, id="matters")
        yield Static(id="matters-hint", markup=False)

    # What is shown

    def reload(self) -> None:
        if not self.is_mounted:
            return
        session = self.app.session
        today, hours24 = session.planner.today(), session.settings.hours24
        found = session.arranger.matters()
        found.sort(key=lambda matter: matter.what is not What.CHILDCARE)  # stable: by time within
        self._matters = {_key(matter): matter for matter in found}
        shown = found if self._most is None or len(found) <= self._most + 1 else found[: self._most]
        rows = [matter_row(matter, today, hours24=hours24) for matter in shown]
        headings = {_key(matter): _heading(matter, today) for matter in shown}
        if len(shown) < len(found):
            left = len(found) - len(shown)
            rows.append(Row(MORE, "", plural("{n} more. Enter shows it.", "{n} more. Enter shows them.", left)))
        words = plural(
            "{n} thing to arrange in the next 14 days", "{n} things to arrange in the next 14 days", len(found)
        )
        self.query_one("#matters-heading", Static).update(
            Content(words if found else _("To arrange in the next 14 days"))
        )
        empty = _("Nothing is open. Whatever is planned has what it needs.")
        self.query_one(MatterList).fill(rows, headings, today, empty)
        self._point()

    def _point(self) -> None:
        """The keys, and the line that explains them, go with what is highlighted."""
        matter = self.chosen
        self.query_one("#matters-hint", Static).update(Content(_hint(matter.what) if matter else ""))
        self.refresh_bindings()

    @property
    def chosen(self) -> Matter | None:
        """The matter that keys act on."""
        row = self.query_one(MatterList).row if self.is_mounted else None
        return self._matters.get(row.key) if row is not None else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        settles = {
            "cover": {What.CHILDCARE},
            "ride": {What.RIDE},
            "fine": {What.OVERLAP, What.NO_TIME},
        }.get(action)
        if settles is not None:
            matter = self.chosen
            return matter is not None and matter.what in settles
        return super().check_action(action, parameters)

    # What can be done

    @on(DayList.OccurrenceChosen)
    def _opened(self, event: DayList.OccurrenceChosen) -> None:
        event.stop()
        matter = self.chosen
        if event.key == MORE:
            self._most = None
            self.reload()
        elif matter is not None and matter.other is not None:
            self._ask_which(matter.other, matter.occurrence)
        elif matter is not None:
            self._open(matter.occurrence)

    def _ask_which(self, *both: Occurrence) -> None:
        """Of two that come together either can be moved or cancelled."""
        session = self.app.session
        today, hours24 = session.planner.today(), session.settings.hours24
        answers = [Answer(each, short_words(each, today, hours24=hours24)) for each in both]
        self.app.push_screen(Choice(_("Open which one?"), answers, start=both[-1]), self._open)

    def _open(self, occurrence: Occurrence | None) -> None:
        from companion.screens.occurrence import OccurrenceDialog

        if occurrence is not None:
            self.app.push_screen(OccurrenceDialog(occurrence))

    def action_cover(self) -> None:
        if self.chosen is not None:
            acts.cover(self.app, self.chosen.occurrence)

    def action_ride(self) -> None:
        if self.chosen is not None:
            acts.ride(self.app, self.chosen.occurrence)

    def action_fine(self) -> None:
        if self.chosen is not None:
            acts.leave_as_it_is(self.app, self.chosen)


def matter_row(matter: Matter, today: date, *, hours24: bool = False) -> Row:
    """The row of a matter. Childcare stands together, so there the row names the day, elsewhere the heading does."""
    here = matter.occurrence
    when = _("all day") if here.event.all_day else span_words(here.start, here.end, hours24)
    words = matter_words(matter, today, hours24=hours24)
    childcare = matter.what is What.CHILDCARE
    return Row(
        key=_key(matter),
        when=date_words(here.day, today) if childcare else when,
        title=matter_title(matter),
        signs=(when, *words) if childcare else words,
        kind_mark="" if matter.other else kind(here.event.kind).mark,
        day=here.day,
    )


def _hint(what: What) -> str:
    return {
        What.CHILDCARE: _("Once somebody has said yes, press c."),
        What.RIDE: _("Once you know how you get there, press r."),
        What.OVERLAP: _("Enter opens either of them, to move or cancel it. If it is fine as it is, press f."),
        What.NO_TIME: _("Enter opens either of them, to move or cancel it. If it is fine as it is, press f."),
    }[what]


def _heading(matter: Matter, today: date) -> str:
    return _("Who has the children?") if matter.what is What.CHILDCARE else day_heading(matter.day, today)


def _key(matter: Matter) -> Key:
    """An appointment may have several matters."""
    uid, recurrence_id = matter.occurrence.key
    return f"{matter.what} {uid}", recurrence_id
