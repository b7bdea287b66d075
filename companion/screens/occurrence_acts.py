"""What can be done to an appointment, from wherever it is highlighted: one place, so that words and undo are the same.

Every act ends with one sentence and says that Ctrl+Z takes it back. Questions come as lists of words, because the
letters of "only this one" and "all of them" would lie side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from companion.domain.event import Occurrence, Status
from companion.domain.language import _
from companion.domain.series import Reach
from companion.screens.dialogs import Answer, Choice
from companion.screens.mark_acts import ask_mark, mark_of, went
from companion.screens.telling import Then, line_of, told

if TYPE_CHECKING:
    from companion.app import CompanionApp

__all__ = ["Reach", "Then", "ask_change", "ask_mark", "cancel", "mark_of", "move", "remove", "restore", "went"]

_ENDED = "ended"


def cancel(app: CompanionApp, occurrence: Occurrence, then: Then | None = None) -> None:
    """Cancel it. A series asks how much of it, "only this one" first; a single one asks nothing, undo is there.

    What is cancelled stays to be seen as cancelled, so that it can be brought back by itself; what has ended for good
    is taken off.
    """
    title, planner = occurrence.title, app.session.planner
    if occurrence.cancelled:
        app.say(
            _("{title} is cancelled already.").format(title=title), mend=_("To bring it back, open it and press b.")
        )
        return
    if occurrence.recurrence_id is None:
        planner.cancel(occurrence)
        told(app, _("{title} is cancelled.").format(title=title), then)
        return

    def taken(answer: str | None) -> None:
        if answer == _ENDED:
            planner.remove_later(occurrence)
            told(app, _("{title} has ended. What was before stays.").format(title=title), then)
        elif answer is not None:
            planner.cancel(occurrence, Reach(answer))
            told(app, said[Reach(answer)].format(title=title), then)

    said = {
        Reach.ONE: _("{title} is cancelled this once."),
        Reach.LATER: _("{title} is cancelled from here on."),
        Reach.ALL: _("All of {title} is cancelled. What has happened stays."),
    }
    answers = [
        Answer(str(Reach.ONE), _("Only this one"), _("it stays on the calendar as cancelled")),
        Answer(str(Reach.LATER), _("This one and all later ones"), _("they stay on the calendar as cancelled")),
        Answer(str(Reach.ALL), _("All of them"), _("the same; what has happened stays as it was")),
        Answer(_ENDED, _("It has ended: take this and later ones off"), _("the ones before stay")),
    ]
    app.push_screen(Choice(_("Cancel which ones?"), answers, detail=line_of(app, occurrence)), taken)


def restore(app: CompanionApp, occurrence: Occurrence, then: Then | None = None) -> None:
    """Bring a cancelled or moved one back to what it was; where all of the series is cancelled, ask how much of it."""
    title, planner = occurrence.title, app.session.planner

    def back(reach: Reach | None) -> None:
        if reach is not None:
            planner.restore(occurrence, reach)
            told(app, said[reach].format(title=title), then)

    said = {
        Reach.ONE: _("{title} is back as it was."),
        Reach.LATER: _("{title} is back from here on."),
        Reach.ALL: _("All of {title} that was cancelled is back."),
    }
    if occurrence.recurrence_id is None or occurrence.event.status is not Status.CANCELLED:
        back(Reach.ONE)
        return
    answers = [
        Answer(Reach.ONE, _("Only this one"), _("the others stay cancelled")),
        Answer(Reach.LATER, _("This one and all later ones"), _("the ones before stay cancelled")),
        Answer(Reach.ALL, _("All of them"), _("what is over stays as it was")),
    ]
    app.push_screen(Choice(_("Bring back which ones?"), answers, detail=line_of(app, occurrence)), back)


def remove(app: CompanionApp, occurrence: Occurrence, then: Then | None = None) -> None:
    """Take it off the calendar, so that it isn't seen any more: a single one at once, a series asks how much of it."""
    title, planner = occurrence.title, app.session.planner
    if occurrence.recurrence_id is None:
        planner.remove(occurrence.event)
        told(app, _("{title} is off the calendar.").format(title=title), then)
        return

    def taken(reach: Reach | None) -> None:
        if reach is Reach.ONE:
            planner.skip(occurrence)
            told(app, _("{title} is off the calendar this once.").format(title=title), then)
        elif reach is Reach.LATER:
            planner.remove_later(occurrence)
            told(app, _("{title} has ended. What was before stays.").format(title=title), then)
        elif reach is Reach.ALL:
            planner.remove(occurrence.event)
            words = _("{title} is off the calendar. What has happened stays.")
            over = _("{title} is off the calendar. Your marks stay.")
            told(app, (over if planner.get(occurrence.event.uid) is None else words).format(title=title), then)

    answers = [
        Answer(Reach.ONE, _("Only this one"), _("it is not shown any more")),
        Answer(Reach.LATER, _("This one and all later ones"), _("the ones before stay")),
        Answer(Reach.ALL, _("All of them"), _("of a series under way, what has happened stays")),
    ]
    app.push_screen(Choice(_("Take which ones off?"), answers, detail=line_of(app, occurrence)), taken)


def ask_change(app: CompanionApp, occurrence: Occurrence, then: Then | None = None) -> None:
    """Open the form on it; a series asks first how much of it is meant."""
    from companion.screens.event_form import EventForm

    def opened(reach: Reach | None) -> None:
        if reach is not None:
            app.push_screen(EventForm(change=occurrence, reach=reach), _if_done(then))

    if occurrence.recurrence_id is None:
        opened(Reach.ALL)
        return
    answers = [
        Answer(Reach.ONE, _("Only this one"), _("name, time, place, notes, who helps")),
        Answer(Reach.LATER, _("This one and all later ones"), _("the ones before stay as they are")),
        Answer(Reach.ALL, _("All of them"), _("what has happened stays as it was")),
    ]
    app.push_screen(Choice(_("Change which ones?"), answers, detail=line_of(app, occurrence)), opened)


def move(app: CompanionApp, occurrence: Occurrence, then: Then | None = None) -> None:
    """Put it at another time; the form says how much of a series goes with it."""
    from companion.screens.move_form import MoveForm

    app.push_screen(MoveForm(occurrence), _if_done(then))


def _if_done(then: Then | None) -> Callable[[date | None], None]:
    """For a form, which says itself what it did and gives the day; None where she went back."""

    def closed(day: date | None) -> None:
        if day is not None and then is not None:
            then()

    return closed
