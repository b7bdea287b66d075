"""Everything about one appointment in plain words, and what can be said about how it went. Pure: no widget in here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from companion.domain.appointment_words import childcare_words, ride_words
from companion.domain.attendance import Attendance, Mark, Reason
from companion.domain.describing import describe
from companion.domain.event import Event, Occurrence, Status
from companion.domain.kinds import kind
from companion.domain.language import _
from companion.domain.sessions import Session, session_words
from companion.domain.wording import at_start, date_words, day_words, length_words, list_words, time_words, when_words
from companion.screens.event_values import reminder_words


def mark_words(mark: Mark) -> str:
    """How it went, as it is said to her."""
    return {
        Mark.ATTENDED: _("you went"),
        Mark.ATTENDED_ONLINE: _("you went, online or late"),
        Mark.MOVED: _("moved to another time"),
        Mark.CANCELLED_BY_PROVIDER: _("they cancelled"),
        Mark.CANCELLED_WITH_NOTICE: _("you cancelled in time"),
        Mark.CANCELLED_LATE: _("you cancelled late"),
        Mark.CANCELLED: _("cancelled"),
        Mark.EXCUSED: _("excused"),
        Mark.MISSED: _("you didn't go"),
    }[mark]


def reason_words(reason: Reason) -> str:
    return {
        Reason.OWN_ILLNESS: _("you were ill"),
        Reason.CHILD_ILL: _("a child was ill"),
        Reason.COURT_CLASH: _("court was at the same time"),
        Reason.NO_CHILDCARE: _("nobody had the children"),
        Reason.NO_RIDE: _("no ride"),
        Reason.WEATHER: _("the weather"),
        Reason.OTHER: _("something else"),
    }[reason]


def said_reason(reason: str) -> str:
    """A stored reason in words: one of ours, or as she or the coach wrote it."""
    return reason_words(Reason(reason)) if reason in set(Reason) else reason


def details(
    occurrence: Occurrence,
    mark: Attendance | None,
    today: date,
    *,
    hours24: bool = False,
    session: Session | None = None,
    signs: Sequence[str] = (),
    childcare: bool = True,
    reminders: tuple[int, ...] = (),
) -> list[tuple[str, str]]:
    """What is known, as (label, text), the most needed first; nothing that has nothing to say.

    `session`: which one of its series. `signs`: what is to arrange for it. `childcare`: whether that is spoken of.
    `reminders`: those for whatever says nothing of its own.
    """
    event = occurrence.event
    rows = [
        ("", at_start(when_words(occurrence.start, occurrence.end, event.all_day, today, hours24))),
        ("", _state(occurrence, mark, today, hours24)),
        ("", at_start(" · ".join(signs))),
        (_("Where"), occurrence.location),
        (_("Link"), event.online),
        ("", childcare_words(occurrence.logistics.childcare) if childcare else ""),
        (_("Ride"), ride_words(occurrence, hours24=hours24)),
        (_("Bring"), list_words(occurrence.logistics.bring)),
        (_("With"), ", ".join(part for part in (event.provider, event.contact) if part)),
        (_("Phone"), event.phone),
        (_("Child"), event.child),
        (_("Kind"), kind(event.kind).label),
        (_("Repeats"), _repeats(event, session)),
        (_("Notes"), occurrence.notes),
        (_("Length"), length_words(occurrence.end - occurrence.start) if not event.all_day else ""),
        (_("Reminders"), _reminders(event.reminders if event.reminders is not None else reminders)),
        (_("On a phone"), _('"{title}", unless you choose full names').format(title=_discreet(event))),
    ]
    return [(label, text) for label, text in rows if text]


def _state(occurrence: Occurrence, mark: Attendance | None, today: date, hours24: bool) -> str:
    """Whether it still takes place as planned, and how it went."""
    parts: list[str] = []
    if occurrence.cancelled:
        parts.append(_("Cancelled"))
    elif occurrence.status is Status.TENTATIVE:
        parts.append(_("Not sure yet"))
    at = occurrence.recurrence_id
    if occurrence.moved and at is not None and not occurrence.cancelled:
        was = f"{day_words(at.date(), today)}, {time_words(at, hours24)}"
        parts.append(_("Moved, it was {when}").format(when=was))
    if mark is not None:
        reason = f" ({said_reason(mark.reason)})" if mark.reason else ""
        parts.append(at_start(mark_words(mark.mark)) + reason)
    return " · ".join(parts)


def _repeats(event: Event, session: Session | None) -> str:
    if event.rule is None:
        return ""
    return describe(event.rule, event.start) + (f" · {session_words(session)}" if session is not None else "")


def _reminders(reminders: tuple[int, ...]) -> str:
    words = reminder_words(reminders)
    return _("{words} before").format(words=words) if reminders else words


def _discreet(event: Event) -> str:
    return event.discreet_title or kind(event.kind).discreet


def short_words(occurrence: Occurrence, today: date, *, hours24: bool = False) -> str:
    """One line that names it: "Group, tomorrow, 6:00 pm"."""
    when = date_words(occurrence.day, today)
    if not occurrence.event.all_day:
        when = f"{when}, {time_words(occurrence.start, hours24)}"
    return f"{occurrence.title} · {when}"
