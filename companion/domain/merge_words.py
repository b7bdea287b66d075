"""What a new revision changes, in words for the preview: "time: Every Monday, 9:00 am → Every Tuesday, 6:00 pm"."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from companion.domain.describing import describe
from companion.domain.event import Childcare, Event, Need, Ride, Status
from companion.domain.kinds import kind
from companion.domain.language import _
from companion.domain.merge_event import GETTERS, SESSIONS
from companion.domain.wording import date_words, length_words, list_words, time_words

_SHORT = 60
_LONG_TEXT = frozenset({"notes"})


def label(name: str) -> str:
    """A field's name as the preview says it."""
    return {
        "when": _("time"),
        "title": _("title"),
        "duration": _("length"),
        "kind": _("kind"),
        "discreet_title": _("discreet title"),
        "need": _("how firmly it is asked for"),
        "status": _("whether it takes place"),
        "provider": _("provider"),
        "contact": _("contact"),
        "phone": _("phone"),
        "location": _("place"),
        "online": _("link"),
        "child": _("child"),
        "notes": _("notes"),
        "reminders": _("reminders"),
        "counts_toward": _("goal"),
        "sign_off": _("paper slip"),
        "activity": _("activity"),
        "childcare": _("childcare"),
        "ride": _("ride"),
        "bring": _("what to bring"),
        SESSIONS: _("single dates"),
    }[name]


def changes_in_words(
    before: Event, after: Event, names: tuple[str, ...], today: date, hours24: bool = False
) -> tuple[str, ...]:
    """One line for each changed field."""
    lines: list[str] = []
    for name in names:
        if name == SESSIONS:
            lines += _session_lines(before, after, today, hours24)
        elif name in _LONG_TEXT:
            lines.append(label(name))
        else:
            one, other = _value(name, before, today, hours24), _value(name, after, today, hours24)
            lines.append(_("{what}: {before} → {after}").format(what=label(name), before=one, after=other))
    return tuple(lines)


def _value(name: str, event: Event, today: date, hours24: bool) -> str:
    value = GETTERS[name](event)
    if name == "when":
        text = when_in_words(event, today, hours24)
    elif name == "duration":
        text = length_words(event.duration)
    elif name == "kind":
        text = kind(event.kind).label
    elif name == "reminders":
        text = _reminders(event.reminders)
    elif isinstance(value, bool):
        text = _("yes") if value else _("no")
    elif isinstance(value, Childcare):
        text = (value.who or _("needed")) if value.needed else _("not needed")
    elif isinstance(value, Ride):
        text = " ".join(part for part in (value.how, value.who) if part)
    elif isinstance(value, tuple):
        text = list_words([str(part) for part in value])
    elif isinstance(value, Status):
        text = {Status.CONFIRMED: _("yes"), Status.TENTATIVE: _("perhaps"), Status.CANCELLED: _("cancelled")}[value]
    elif isinstance(value, Need):
        text = {Need.REQUIRED: _("required"), Need.EXPECTED: _("expected"), Need.OPTIONAL: _("optional")}[value]
    else:
        text = str(value)
    if len(text) > _SHORT:
        text = text[: _SHORT - 1] + "…"
    return text or _("none")


def when_in_words(event: Event, today: date, hours24: bool = False) -> str:
    """When it takes place: "Every Tuesday until Feb 16, 6:00 pm", "Tue, Dec 1, 6:00 pm"."""
    often = describe(event.rule, event.start) if event.rule is not None else date_words(event.start.date(), today)
    return often if event.all_day else f"{often}, {time_words(event.start.time(), hours24)}"


def _reminders(minutes: tuple[int, ...] | None) -> str:
    if minutes is None:
        return _("your usual ones")
    return list_words([length_words(timedelta(minutes=each)) for each in minutes])


def _session_lines(before: Event, after: Event, today: date, hours24: bool) -> list[str]:
    lines: list[str] = []
    skipped = sorted(set(after.skips) - set(before.skips))
    back = sorted(set(before.skips) - set(after.skips))
    if skipped:
        lines.append(_("does not take place: {days}").format(days=_days(skipped, today)))
    if back:
        lines.append(_("takes place again: {days}").format(days=_days(back, today)))
    old = {override.recurrence_id: override for override in before.overrides}
    for override in after.overrides:
        earlier = old.pop(override.recurrence_id, None)
        if override == earlier:
            continue
        day = date_words(override.recurrence_id.date(), today)
        if override.status is Status.CANCELLED:
            lines.append(_("cancelled: {day}").format(day=day))
        elif override.start is not None and (earlier is None or earlier.start != override.start):
            lines.append(_("moved: {day} → {new}").format(day=day, new=_moment(override.start, after, today, hours24)))
        else:
            lines.append(_("changed: {day}").format(day=day))
    plain = [at for at in old if at not in after.skips]
    if plain:
        lines.append(_("as usual again: {days}").format(days=_days(plain, today)))
    return lines


def _moment(moment: datetime, event: Event, today: date, hours24: bool) -> str:
    day = date_words(moment.date(), today)
    return day if event.all_day else f"{day}, {time_words(moment.time(), hours24)}"


def _days(days: list[datetime], today: date) -> str:
    shown = [date_words(day.date(), today) for day in days[:5]]
    more = len(days) - len(shown)
    return "; ".join([*shown, *([_("{n} more").format(n=more)] if more else [])])
