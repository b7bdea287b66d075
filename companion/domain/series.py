"""Changes to a series: to one occurrence, to this and the later ones, to all.

Each takes an event and gives new ones; nothing is stored, and `sequence` and the stamps are left to whoever stores.
A `recurrence_id` is the naive start that the rule gives. For an event that does not repeat it is None, and the
change is made to the event itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from companion.domain.event import Event, Logistics, Occurrence, Override, Status
from companion.domain.expansion import gives, occurrences, starts
from companion.domain.language import _
from companion.domain.patterns import latest, pattern
from companion.domain.recurrence import FIRST_YEAR, LAST_YEAR, RecurrenceRule, end_of
from companion.errors import RuleError

_SECOND = timedelta(seconds=1)
_SOON = timedelta(days=62)
_BEGINNING = datetime(FIRST_YEAR, 1, 1)
_END = datetime(LAST_YEAR + 1, 1, 1)


def cancel_occurrence(event: Event, recurrence_id: datetime | None) -> Event:
    """It stays visible as cancelled, where and when it was to be."""
    return change_occurrence(event, recurrence_id, status=Status.CANCELLED)


def move_occurrence(
    event: Event, recurrence_id: datetime | None, new_start: datetime, new_duration: timedelta | None = None
) -> Event:
    """It takes place at `new_start` (naive, in the event's zone), as long as before unless `new_duration` is given.

    A cancelled occurrence that is moved takes place again.
    """
    return change_occurrence(
        event, recurrence_id, start=new_start, duration=new_duration, status=_revived(event, recurrence_id)
    )


def change_occurrence(
    event: Event,
    recurrence_id: datetime | None,
    *,
    start: datetime | None = None,
    duration: timedelta | None = None,
    title: str | None = None,
    location: str | None = None,
    notes: str | None = None,
    logistics: Logistics | None = None,
    status: Status | None = None,
) -> Event:
    """Only this occurrence gets the fields given; None leaves a field as it is.

    A field that ends up as in the series is not kept apart, so that a later change of the series reaches it.
    A skipped occurrence that is changed takes place again. Raises RuleError where the series has none then.
    """
    given: dict[str, Any] = {
        "start": start,
        "duration": duration,
        "title": title,
        "location": location,
        "notes": notes,
        "logistics": logistics,
        "status": status,
    }
    fields = {name: value for name, value in given.items() if value is not None}
    if event.rule is None:
        _known(event, event.start if recurrence_id is None else recurrence_id)
        return replace(event, **fields)
    at = _known(event, recurrence_id)
    plain = Override(at, status=taking_place(event))
    override = _apart(event, replace(event.override_at(at) or plain, **fields))
    rest = _without(event, at)
    if override == plain:
        return rest
    return replace(rest, overrides=tuple(sorted([*rest.overrides, override], key=lambda o: o.recurrence_id)))


def restore_occurrence(event: Event, recurrence_id: datetime | None) -> Event:
    """It is again as the series has it: not cancelled, moved, changed or skipped."""
    if event.rule is None:
        return replace(event, status=taking_place(event))
    return _without(event, _known(event, recurrence_id))


def skip_occurrence(event: Event, recurrence_id: datetime) -> Event:
    """It is taken out of the series and not shown, as holidays are.

    Raises RuleError for an event that does not repeat: that one is removed or cancelled.
    """
    if event.rule is None:
        raise RuleError(_("It takes place only once."), _("Cancel it or take it off the calendar."))
    at = _known(event, recurrence_id)
    event = _without(event, at)
    return replace(event, skips=tuple(sorted({*event.skips, at})))


def split_before(event: Event, at: datetime, new_uid: str) -> tuple[Event, Event]:
    """This and later: the series up to `at` (naive), and a new one from its first session at or after `at` on.

    The old one ends with UNTIL before `at`. The new one has `new_uid` and says what it `continues`; a COUNT becomes
    what was left of it. Overrides and skips go with the side their recurrence id is on, and the origin (the plan
    item a series came from) stays with the old one. Raises RuleError where one side would have no session by the
    rule: then it is the whole series that is meant, or nothing.
    """
    rule = event.rule
    if rule is None:
        raise RuleError(_("It takes place only once."), _("Change it as a whole."))
    # Near it first: an endless series has 27,000 days to come.
    later = (starts(rule, event.start, at, at + _SOON) or starts(rule, event.start, at, _END))[:1]
    if not later:
        raise RuleError(_("The series has no session from that day on."), _("Choose an earlier day."))
    first = event.start.toordinal()
    if later[0].toordinal() <= (pattern(rule, first).nth(0) or first):
        raise RuleError(_("The series has no session before that day."), _("Change all of it."))
    begins = later[0]
    left = None if rule.count is None else rule.count - pattern(rule, first).before(begins.toordinal())
    earlier_side = _side(event, None, begins)
    later_side = _side(event, begins, None)
    return (
        replace(earlier_side, rule=ended_before(rule, event.start, at)),
        replace(
            later_side,
            uid=new_uid,
            start=begins,
            rule=replace(rule, count=left),
            continues=event.uid,
            since=event.since if event.since is not None and event.since > begins else None,
            origin=None,
        ),
    )


def ended_before(rule: RecurrenceRule, first: datetime, at: datetime) -> RecurrenceRule:
    """`rule` with an UNTIL before `at`: the end of the last day it gives by then, for a series that begins at `first`.

    Where it gives nothing before `at`, UNTIL lies before the first session, so that it gives nothing at all.
    """
    origin = first.toordinal()
    high = at.toordinal() + (at.time() > first.time())
    if rule.until is not None:
        high = min(high, rule.until.toordinal() + (rule.until.time() >= first.time()))
    days = pattern(rule, origin)
    if rule.count is not None:
        last_counted = days.nth(rule.count - 1)
        high = high if last_counted is None else min(high, last_counted + 1)
    last = latest(days, origin, high)
    if last is None:
        until = min(at, first) - _SECOND
    else:
        session = datetime.combine(date.fromordinal(last), first.time())
        # The whole day where it lies before `at`, as a person would say it, else the session itself.
        until = end_of(session) if end_of(session) < at else session
    return replace(rule, count=None, until=until)


def keep_past(
    event: Event, changed: Event, now: datetime, past_uid: str, *, singles: bool = False
) -> tuple[Event | None, Event]:
    """What a change of all of `event` to `changed` leaves of the past: (the past part or None, the changed event).

    Where `changed` would show the same occurrences before `now` as `event` does (by recurrence id, start, end,
    title and status), or where none has begun, there is no past part. Else the past part is the old series under
    `past_uid`, ended before `now` and without origin, and the changed event gives nothing before `now` (`since`)
    and says that it `continues` it. A session moved from the past into the future stays in the past part, and one
    moved from the future into the past, having taken place, goes there and is not given again.

    `now` is naive wall-clock time in the zone of `event`, or aware. Attendance hangs on UID and recurrence id: where
    there is a past part, whoever stores it hangs the marks of occurrences it gives on `past_uid`.

    A single appointment is simply changed, also afterwards: a person who corrects yesterday's time means that.
    With `singles` (a plan's new revision) it is kept like a series.
    """
    here = _wall(now, event.zone)
    there = here if event.zone == changed.zone else _wall(_instant(now, event.zone), changed.zone)
    if event.rule is None and not singles:
        return None, changed
    happened = _begun(event, here)
    if not happened:
        return None, changed
    if event.zone == changed.zone and [_seen(o) for o in happened] == [_seen(o) for o in _begun(changed, there)]:
        return None, changed
    changed = replace(changed, since=there, continues=past_uid)
    past = replace(event, uid=past_uid, origin=None)
    if event.rule is None:
        return past, changed
    ahead = sorted(o.recurrence_id for o in happened if o.recurrence_id is not None and o.recurrence_id >= here)
    # Those have taken place; in the changed series the same sessions may have other ids, where it was moved.
    again = [o.recurrence_id for o in _begun(changed, there)] if changed.rule is not None else []
    for recurrence_id in {*ahead, *again}:
        if recurrence_id is not None and changed.rule is not None and gives(changed, recurrence_id):
            changed = skip_occurrence(changed, recurrence_id)
    return _past_part(past, here, ahead), changed


def taking_place(event: Event) -> Status:
    """The status of what nobody cancelled of `event`."""
    return Status.CONFIRMED if event.status is Status.CANCELLED else event.status


class Reach(StrEnum):
    """How much of a series is meant."""

    ONE = "one"
    LATER = "later"
    ALL = "all"


def reach_of(event: Event, recurrence_id: datetime | None, now: datetime) -> Reach:
    """What "this one and all later ones" comes to for that session: LATER, or ALL where there is nothing to split.

    `now` is naive, in the zone of `event`. Nothing lies before its first session; and where it has begun, what has
    happened stays as it was, which is what a change of all does.
    """
    if event.rule is None or recurrence_id is None or recurrence_id <= now:
        return Reach.ALL
    earlier = set(starts(event.rule, event.start, event.since or event.start, recurrence_id))
    return Reach.LATER if earlier - set(event.skips) else Reach.ALL


def next_on(event: Event, now: datetime) -> datetime | None:
    """The next session (naive, by the rule) of a series under way, from which on a change of all of it holds.

    None where nothing has begun or nothing is left: then the event is changed as it stands, and with it a session
    that was put off.
    """
    if event.rule is None or not _begun(event, now):
        return None
    for until in (now + _SOON, _END):
        ahead = [at for at in starts(event.rule, event.start, now, until) if at > now and at not in event.skips]
        if ahead:
            return ahead[0] if reach_of(event, ahead[0], now) is Reach.LATER else None
    return None


def previous(event: Event, recurrence_id: datetime) -> datetime | None:
    """The session before that one by the rule, None for the first; where single ones were moved to is not asked."""
    assert event.rule is not None
    origin = event.start.toordinal()
    found = latest(pattern(event.rule, origin), origin, recurrence_id.toordinal())
    return None if found is None else datetime.combine(date.fromordinal(found), event.start.time())


def on_first(event: Event) -> Event:
    """`event` with its start on its first session, where a series from elsewhere need not have it."""
    if event.rule is None:
        return event
    origin = event.start.toordinal()
    first = pattern(event.rule, origin).nth(0) or origin
    return replace(event, start=datetime.combine(date.fromordinal(first), event.start.time()))


def goes_on(event: Event, now: datetime) -> bool:
    """Whether anything of it begins at `now` (naive, in its zone) or later, cancelled ones included."""
    ahead = occurrences(event, now, now + _SOON) or occurrences(event, now, _END)
    return any(occurrence.start >= now for occurrence in ahead)


def happened_only(event: Event, now: datetime) -> Event | None:
    """`event` with only what has begun before `now` (naive, in its zone); None where nothing has.

    It keeps its UID and its origin, so that the marks of how it went stay where they are.
    """
    begun = {o.recurrence_id for o in _begun(event, now)}
    if event.rule is None or not begun:
        return event if begun else None
    ahead = sorted(at for at in begun if at is not None and at >= now)
    past = _past_part(event, now, ahead)
    gone = [o.recurrence_id for o in past.overrides if o.recurrence_id not in begun]
    return replace(
        past,
        overrides=tuple(o for o in past.overrides if o.recurrence_id in begun),
        skips=tuple(sorted({*past.skips, *gone})),
    )


def cancelled_ahead(event: Event, now: datetime) -> Event:
    """The past part of a series, `event`, with what was moved from there to after `now` cancelled."""
    for override in event.overrides:
        if override.start is not None and override.start >= now and gives(event, override.recurrence_id):
            event = cancel_occurrence(event, override.recurrence_id)
    return event


def _past_part(past: Event, now: datetime, ahead: list[datetime]) -> Event:
    """`past` up to `now`, and of what follows only the sessions `ahead`, which were moved to before `now`."""
    assert past.rule is not None
    if not ahead:
        return replace(_side(past, None, now), rule=ended_before(past.rule, past.start, now))
    between = starts(past.rule, past.start, now, ahead[-1])
    kept = _side(past, None, ahead[-1] + _SECOND)
    return replace(
        kept,
        rule=replace(past.rule, count=None, until=ahead[-1]),
        skips=tuple(sorted({*kept.skips, *(at for at in between if at not in ahead)})),
        overrides=tuple(o for o in kept.overrides if o.recurrence_id < now or o.recurrence_id in ahead),
    )


def _begun(event: Event, now: datetime) -> list[Occurrence]:
    return [occurrence for occurrence in occurrences(event, _BEGINNING, now) if occurrence.start < now]


def _seen(occurrence: Occurrence) -> tuple[datetime | None, datetime, datetime, str, Status]:
    return occurrence.recurrence_id, occurrence.start, occurrence.end, occurrence.title, occurrence.status


def _wall(moment: datetime, zone: str) -> datetime:
    return moment if moment.tzinfo is None else moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _instant(moment: datetime, zone: str) -> datetime:
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if moment.tzinfo is None else moment


def _known(event: Event, recurrence_id: datetime | None) -> datetime:
    if recurrence_id is None or not gives(event, recurrence_id):
        raise RuleError(_("There is no such session in this series."), _("Look at the day again."))
    return recurrence_id


def _revived(event: Event, recurrence_id: datetime | None) -> Status | None:
    """The status of a cancelled occurrence that takes place after all; None where nothing changes."""
    if event.rule is None:
        return taking_place(event)
    override = None if recurrence_id is None else event.override_at(recurrence_id)
    return taking_place(event) if override is not None and override.status is Status.CANCELLED else None


def _apart(event: Event, override: Override) -> Override:
    """`override` without what is as in the series."""
    return replace(
        override,
        start=None if override.start == override.recurrence_id else override.start,
        duration=None if override.duration == event.duration else override.duration,
        title=None if override.title == event.title else override.title,
        location=None if override.location == event.location else override.location,
        notes=None if override.notes == event.notes else override.notes,
        logistics=None if override.logistics == event.logistics else override.logistics,
    )


def _without(event: Event, recurrence_id: datetime) -> Event:
    return replace(
        event,
        overrides=tuple(o for o in event.overrides if o.recurrence_id != recurrence_id),
        skips=tuple(skip for skip in event.skips if skip != recurrence_id),
    )


def _side(event: Event, low: datetime | None, high: datetime | None) -> Event:
    """`event` with only the overrides and skips whose recurrence id is in [low, high)."""

    def inside(at: datetime) -> bool:
        return (low is None or at >= low) and (high is None or at < high)

    return replace(
        event,
        overrides=tuple(o for o in event.overrides if inside(o.recurrence_id)),
        skips=tuple(skip for skip in event.skips if inside(skip)),
    )
