"""What can be done to an appointment, from wherever it is highlighted: one place, so that words and undo are the same.

Every act ends with one sentence and says that Ctrl+Z takes it back. Questions come as lists of words.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from companion.domain.attendance import EXPECTED, WENT, Attendance, Mark, Reason
from companion.domain.event import Occurrence
from companion.domain.language import _
from companion.domain.text import TITLE_LIMIT, clean
from companion.domain.wording import at_start
from companion.messages import DataChanged
from companion.screens.dialogs import Answer, Ask, Choice
from companion.screens.occurrence_words import mark_words, reason_words, short_words

if TYPE_CHECKING:
    from companion.app import CompanionApp

Then: TypeAlias = Callable[[], object]


class Reach(StrEnum):
    """How much of a series is meant."""

    ONE = "one"
    LATER = "later"
    ALL = "all"


_OFFERED = (
    Mark.ATTENDED,
    Mark.ATTENDED_ONLINE,
    Mark.MOVED,
    Mark.CANCELLED_BY_PROVIDER,
    Mark.CANCELLED_WITH_NOTICE,
    Mark.CANCELLED_LATE,
    Mark.EXCUSED,
    Mark.MISSED,
)
_TAKE_OFF = "take off"
_OWN_WORDS = "own words"
_MARKED_WITHIN = timedelta(days=92)  # a mark keeps the day it was made for; the appointment may have moved since


def mark_of(app: CompanionApp, occurrence: Occurrence) -> Attendance | None:
    """The mark it has, if any."""
    first, last = occurrence.day - _MARKED_WITHIN, occurrence.day + _MARKED_WITHIN
    return app.session.planner.marks(first, last).get(occurrence.key)


def went(app: CompanionApp, occurrence: Occurrence, then: Then | None = None) -> None:
    """Mark it as attended, where that can be said already."""
    if not _too_early(app, occurrence):
        _mark(app, occurrence, Mark.ATTENDED, then=then)


def ask_mark(app: CompanionApp, occurrence: Occurrence, then: Then | None = None) -> None:
    """Ask how it went. Each answer says what it counts for before it is chosen."""
    if _too_early(app, occurrence):
        return
    present = mark_of(app, occurrence)
    answers = [Answer(str(mark), at_start(mark_words(mark)), _counts(mark)) for mark in _OFFERED]
    if present is not None:
        answers.append(Answer(_TAKE_OFF, _("Take the mark off"), _("it is as if nothing had been said")))

    def taken(answer: str | None) -> None:
        if answer == _TAKE_OFF:
            app.session.planner.unmark(occurrence)
            _said(app, _("{title}: no mark any more.").format(title=occurrence.title), then)
        elif answer == Mark.EXCUSED:
            _ask_reason(app, occurrence, then)
        elif answer is not None:
            _mark(app, occurrence, Mark(answer), then=then)

    start = str(present.mark) if present else str(Mark.ATTENDED)
    app.push_screen(Choice(_("How did it go?"), answers, detail=_line(app, occurrence), start=start), taken)


def cancel(app: CompanionApp, occurrence: Occurrence, then: Then | None = None) -> None:
    """Cancel it. A series asks how much of it, "only this one" first; a single one asks nothing, undo is there."""
    if occurrence.cancelled:
        app.say(
            _("{title} is cancelled already.").format(title=occurrence.title),
            mend=_("To bring it back, open it and press b."),
        )
        return
    title, planner = occurrence.title, app.session.planner
    if occurrence.recurrence_id is None:
        planner.cancel(occurrence)
        _said(app, _("{title} is cancelled.").format(title=title), then)
        return

    def taken(reach: Reach | None) -> None:
        if reach is Reach.ONE:
            planner.cancel(occurrence)
            _said(app, _("{title} is cancelled this once.").format(title=title), then)
        elif reach is Reach.LATER:
            planner.remove_later(occurrence)
            _said(app, _("{title} has ended. What was before stays.").format(title=title), then)
        elif reach is Reach.ALL:
            planner.remove(occurrence.event)
            _said(app, _("{title} is off the calendar. What has happened stays.").format(title=title), then)

    answers = [
        Answer(Reach.ONE, _("Only this one"), _("it stays on the calendar as cancelled")),
        Answer(Reach.LATER, _("This one and all later ones"), _("the ones before stay")),
        Answer(Reach.ALL, _("All of them"), _("what has happened stays")),
    ]
    app.push_screen(Choice(_("Cancel which ones?"), answers, detail=_line(app, occurrence)), taken)


def restore(app: CompanionApp, occurrence: Occurrence, then: Then | None = None) -> None:
    """Bring a cancelled or moved one back to what it was."""
    app.session.planner.restore(occurrence)
    _said(app, _("{title} is back as it was.").format(title=occurrence.title), then)


def remove(app: CompanionApp, occurrence: Occurrence, then: Then | None = None) -> None:
    """Take it off the calendar: a single one for good, of a series this and later or all that is still to come."""
    title, planner = occurrence.title, app.session.planner
    if occurrence.recurrence_id is None:
        planner.remove(occurrence.event)
        _said(app, _("{title} is off the calendar.").format(title=title), then)
        return
    cancel(app, occurrence, then)


def ask_change(app: CompanionApp, occurrence: Occurrence, then: Then | None = None) -> None:
    """Open the form on it; a series asks first how much of it is meant."""
    from companion.screens.event_form import EventForm

    def opened(reach: Reach | None) -> None:
        if reach is not None:
            app.push_screen(EventForm(change=occurrence, reach=reach), saved)

    def saved(day: date | None) -> None:
        if day is not None and then is not None:
            then()

    if occurrence.recurrence_id is None:
        opened(Reach.ALL)
        return
    answers = [
        Answer(Reach.ONE, _("Only this one"), _("name, time, place, notes, who helps")),
        Answer(Reach.LATER, _("This one and all later ones"), _("the ones before stay as they are")),
        Answer(Reach.ALL, _("All of them"), _("what has happened stays as it was")),
    ]
    app.push_screen(Choice(_("Change which ones?"), answers, detail=_line(app, occurrence)), opened)


def move(app: CompanionApp, occurrence: Occurrence, then: Then | None = None) -> None:
    """Put only this one at another time."""
    from companion.screens.move_form import MoveForm

    def moved(words: str | None) -> None:
        if words is not None:
            _said(app, words, then)

    app.push_screen(MoveForm(occurrence), moved)


def _ask_reason(app: CompanionApp, occurrence: Occurrence, then: Then | None) -> None:
    answers = [Answer("", _("I'd rather not say"))]
    answers += [Answer(str(r), at_start(reason_words(r))) for r in Reason if r is not Reason.OTHER]
    answers.append(Answer(_OWN_WORDS, _("In my own words")))

    def taken(reason: str | None) -> None:
        if reason == _OWN_WORDS:
            app.push_screen(Ask(_("What was the reason?"), _own_reason), typed)
        else:
            typed(reason)

    def typed(reason: str | None) -> None:
        if reason is not None:
            _mark(app, occurrence, Mark.EXCUSED, reason, then)

    app.push_screen(Choice(_("What was the reason?"), answers, detail=_line(app, occurrence)), taken)


def _own_reason(text: str) -> str:
    return clean(text, TITLE_LIMIT)


def _too_early(app: CompanionApp, occurrence: Occurrence) -> bool:
    """Whether it hasn't begun; says so."""
    begun = occurrence.start <= app.session.planner.now()
    if not begun:
        app.say(_("{title} is still to come.").format(title=occurrence.title))
    return not begun


def _mark(app: CompanionApp, occurrence: Occurrence, mark: Mark, reason: str = "", then: Then | None = None) -> None:
    app.session.planner.mark(occurrence, mark, reason)
    words = _("{title}: you went. That counts.") if mark in WENT else _("{title}: {how}. Noted.")
    _said(app, words.format(title=occurrence.title, how=mark_words(mark)), then)


def _counts(mark: Mark) -> str:
    if mark in WENT:
        return _("counts as kept")
    return _("counts as planned, not as kept") if mark in EXPECTED else _("counts nowhere")


def _line(app: CompanionApp, occurrence: Occurrence) -> str:
    session = app.session
    return short_words(occurrence, session.planner.today(), hours24=session.settings.hours24)


def _said(app: CompanionApp, words: str, then: Then | None) -> None:
    """What was done is stored by now."""
    app.say(words, mend=_("Ctrl+Z takes it back."))
    app.post_message(DataChanged())
    if then is not None:
        then()
