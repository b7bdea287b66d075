"""Saying how an appointment went, from wherever it is highlighted. Each answer says what it counts for first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from companion.domain.attendance import EXPECTED, WENT, Attendance, ExcuseRules, Mark, Reason
from companion.domain.event import Occurrence
from companion.domain.language import _, plural
from companion.domain.text import TITLE_LIMIT, clean
from companion.domain.wording import at_start, length_words
from companion.screens.dialogs import Answer, Ask, Choice
from companion.screens.occurrence_words import mark_words, said_reason
from companion.screens.telling import Then, line_of, told

if TYPE_CHECKING:
    from companion.app import CompanionApp

# The letters that Today has for the same answers, and first letters for the rest.
_OFFERED = (
    ("w", Mark.ATTENDED),
    ("o", Mark.ATTENDED_ONLINE),
    ("m", Mark.MOVED),
    ("t", Mark.CANCELLED_BY_PROVIDER),
    ("i", Mark.CANCELLED_WITH_NOTICE),
    ("l", Mark.CANCELLED_LATE),
    ("c", Mark.CANCELLED),
    ("e", Mark.EXCUSED),
    ("s", Mark.MISSED),
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
    """Ask how it went, whenever that was. Each answer says what it counts for before it is chosen."""
    if _too_early(app, occurrence):
        return
    present = mark_of(app, occurrence)
    rules = app.session.planner.excuse_rules(occurrence.event)
    answers = [Answer(str(mark), _counted_words(mark, rules), key=key) for key, mark in _OFFERED]
    if present is not None:
        answers.append(Answer(_TAKE_OFF, _("Take the mark off: not recorded"), key="r"))

    def taken(answer: str | None) -> None:
        if answer == _TAKE_OFF:
            app.session.planner.unmark(occurrence)
            told(app, _("{title}: no mark any more.").format(title=occurrence.title), then)
        elif answer == Mark.EXCUSED:
            _ask_reason(app, occurrence, rules, then)
        elif answer == Mark.MOVED and not occurrence.moved:
            _ask_where(app, occurrence, then)
        elif answer is not None:
            _mark(app, occurrence, Mark(answer), then=then)

    start = str(present.mark) if present else str(Mark.ATTENDED)
    detail = line_of(app, occurrence) + "\n" + _("What has no word beside it counts nowhere.")
    app.push_screen(Choice(_("How did it go?"), answers, detail=detail, start=start), taken)


def _ask_where(app: CompanionApp, occurrence: Occurrence, then: Then | None) -> None:
    """A moved one takes its new place with its own mark; where that isn't known, the mark is all there is."""
    from companion.screens.occurrence_acts import move

    def taken(put: bool | None) -> None:
        if put:
            move(app, occurrence, then)
        elif put is not None:
            _mark(app, occurrence, Mark.MOVED, then=then)

    answers = [
        Answer(True, _("Put it at its new time"), _("it takes place there, and can be marked then")),
        Answer(False, _("Only note that it was moved"), _("for instance where the new time is on here already")),
    ]
    app.push_screen(Choice(_("Moved to when?"), answers, detail=line_of(app, occurrence)), taken)


def _ask_reason(app: CompanionApp, occurrence: Occurrence, rules: ExcuseRules, then: Then | None) -> None:
    reasons = rules.reasons or tuple(str(reason) for reason in Reason if reason is not Reason.OTHER)
    answers = [Answer("", _("I'd rather not say"))]
    answers += [Answer(reason, at_start(said_reason(reason))) for reason in reasons]
    answers.append(Answer(_OWN_WORDS, _("In my own words")))
    detail = line_of(app, occurrence)
    if rules.reasons:
        detail += "\n" + _("These are the reasons that your plan excuses.")

    def taken(reason: str | None) -> None:
        if reason == _OWN_WORDS:
            app.push_screen(Ask(_("What was the reason?"), _own_reason), typed)
        else:
            typed(reason)

    def typed(reason: str | None) -> None:
        if reason and not rules.accepts(reason):
            _ask_notice(app, occurrence, rules, reason, then)
        elif reason is not None:
            _mark(app, occurrence, Mark.EXCUSED, reason, then)

    app.push_screen(Choice(_("What was the reason?"), answers, detail=detail), taken)


def _ask_notice(app: CompanionApp, occurrence: Occurrence, rules: ExcuseRules, reason: str, then: Then | None) -> None:
    """A reason that the plan has no word of: then it counts when she said so."""

    def taken(mark: Mark | None) -> None:
        if mark is not None:
            _mark(app, occurrence, mark, reason, then)

    marks = (Mark.CANCELLED_WITH_NOTICE, Mark.CANCELLED_LATE, Mark.EXCUSED)
    words = [_words(mark, rules) for mark in marks[:2]] + [_("They excused it all the same")]
    answers = [Answer(mark, said, _counts(mark)) for mark, said in zip(marks, words, strict=True)]
    detail = _("Your plan names other reasons. What counts is when you told them.")
    app.push_screen(Choice(_("When did you tell them?"), answers, detail=detail), taken)


def _own_reason(text: str) -> str:
    return clean(text, TITLE_LIMIT)


def _too_early(app: CompanionApp, occurrence: Occurrence) -> bool:
    """Whether it hasn't begun; says so."""
    begun = occurrence.start <= app.session.planner.now()
    if not begun:
        app.say(
            _("{title} is still to come.").format(title=occurrence.title), mend=_("Say how it went once it has begun.")
        )
    return not begun


def _mark(app: CompanionApp, occurrence: Occurrence, mark: Mark, reason: str = "", then: Then | None = None) -> None:
    app.session.planner.mark(occurrence, mark, reason)
    words = _("{title}: you went. That counts.") if mark in WENT else _("{title}: {how}. Noted.")
    told(app, words.format(title=occurrence.title, how=mark_words(mark)), then)


def _words(mark: Mark, rules: ExcuseRules) -> str:
    """A mark as it is chosen; what is in time, the plan says."""
    hours, rest = divmod(rules.notice, timedelta(hours=1))
    notice = length_words(rules.notice) if rest else plural("{n} hour", "{n} hours", hours)
    own = {
        Mark.CANCELLED_WITH_NOTICE: _("In time, {notice} or more before: you cancelled"),
        Mark.CANCELLED_LATE: _("Later than that: you cancelled"),
        Mark.CANCELLED: _("Cancelled, and I'd rather not say by whom"),
    }
    return own[mark].format(notice=notice) if mark in own else at_start(mark_words(mark))


def _counted_words(mark: Mark, rules: ExcuseRules) -> str:
    """With what it counts for, short enough for one line of a narrow window."""
    words = _words(mark, rules)
    return f"{words} · {_counts(mark)}" if mark in EXPECTED else words


def _counts(mark: Mark) -> str:
    if mark in WENT:
        return _("counts as kept")
    return _("counts as planned") if mark in EXPECTED else _("counts nowhere")
