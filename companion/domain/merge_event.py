"""One imported event meets its newer version: what she changed stays hers, what has happened stays as it was.

Three versions are woven together field by field: `current` as it is on her calendar, `came` as it last came from
its file, `new` as it comes now. Where current differs from came, the change is hers (docs/plan-file.md, "Merge").
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from companion.domain.event import ONE_DAY, Event, Occurrence, Override
from companion.domain.expansion import gives, occurrences, starts
from companion.domain.series import ended_before, keep_past

_BEGINNING = datetime(1970, 1, 1)
_END = datetime(2101, 1, 1)
_LOOK_AHEAD = (timedelta(days=60), timedelta(days=800))

# Start, days and zone only make sense together: half of hers and half of the plan's could be no series at all.
_WHEN = ("start", "all_day", "zone", "rule")
_PLAIN = (
    "title", "duration", "kind", "discreet_title", "need", "status", "provider", "contact", "phone", "location",
    "online", "child", "notes", "reminders", "counts_toward", "sign_off", "activity",
)  # fmt: skip
_PARTS = ("childcare", "ride", "bring")
SESSIONS = "sessions"
# What a record of the past shows of an appointment: a change of these leaves the past part as it was.
_ON_RECORD = frozenset(
    {"when", "title", "duration", "status", "kind", "provider", "location", "child", "counts_toward"}
)


def _plain(name: str) -> Callable[[Event], object]:
    return lambda event: getattr(event, name)


def _part(name: str) -> Callable[[Event], object]:
    return lambda event: getattr(event.logistics, name)


GETTERS: dict[str, Callable[[Event], Any]] = (
    {"when": lambda event: tuple(getattr(event, name) for name in _WHEN)}
    | {name: _plain(name) for name in _PLAIN}
    | {name: _part(name) for name in _PARTS}
)


@dataclass(frozen=True, slots=True)
class Woven:
    """`changed`: the fields in which `event` differs from what is on her calendar; `hers`: those she had changed."""

    event: Event
    changed: tuple[str, ...]
    hers: tuple[str, ...]


def weave(current: Event, came: Event, new: Event, here: datetime) -> Woven:
    """The next version of `current`. `here` is the present as naive wall-clock time in its zone."""
    hers: list[str] = []
    taken: dict[str, Any] = {}
    for name, value in GETTERS.items():
        mine = value(current)
        if mine != value(came):
            hers.append(name)
            taken[name] = mine
        else:
            taken[name] = value(new)
    fields = dict(zip(_WHEN, taken.pop("when"), strict=True))
    logistics = replace(current.logistics, **{name: taken.pop(name) for name in _PARTS})
    event = replace(current, **fields, **taken, logistics=logistics)
    if event.all_day and event.duration % ONE_DAY:
        event = replace(event, duration=new.duration)
    event, own_sessions = _weave_sessions(event, current, came, new, here)
    if own_sessions:
        hers.append(SESSIONS)
    changed = [name for name, value in GETTERS.items() if value(event) != value(current)]
    if (event.skips, event.overrides) != (current.skips, current.overrides):
        changed.append(SESSIONS)
    return Woven(event, tuple(changed), tuple(hers))


def _weave_sessions(event: Event, current: Event, came: Event, new: Event, here: datetime) -> tuple[Event, bool]:
    """Skips and single changes, session by session; and whether she changed any that is still ahead."""
    own = False
    skips: list[datetime] = []
    overrides: list[Override] = []
    states = [_states(version) for version in (current, came, new)]
    for at in sorted(set().union(*states)):
        mine, was, comes = (state.get(at) for state in states)
        state = comes
        if _begun(current, at, mine, here):
            state = mine
        elif mine != was and (current.since is None or at >= current.since):
            state = mine
            own = True
        if state is None or not gives(event, at):
            continue
        if isinstance(state, Override):
            overrides.append(state)
        else:
            skips.append(at)
    return replace(event, skips=tuple(skips), overrides=tuple(overrides)), own


def _states(event: Event) -> dict[datetime, Override | bool]:
    """What is said of single sessions: skipped (True) or changed."""
    return {override.recurrence_id: override for override in event.overrides} | dict.fromkeys(event.skips, True)


def _begun(event: Event, at: datetime, state: Override | bool | None, here: datetime) -> bool:
    start = state.start if isinstance(state, Override) and state.start is not None else at
    return start < here and at >= event.start


@dataclass(frozen=True, slots=True)
class Divided:
    """The changed event, the part of the old one that is history (None: none), under a UID of its own, and the
    recurrence ids of marks that belong to that part now."""

    event: Event
    past: Event | None
    marks: tuple[datetime | None, ...]


def divide(current: Event, woven: Woven, now: datetime, marked: Collection[datetime | None], past_uid: str) -> Divided:
    """`woven.event` with all that has happened, and every session that has a mark, kept as it was."""
    here = wall(now, current.zone)
    past, event = keep_past(current, woven.event, now, past_uid, singles=True)
    lost = _lost_marks(current, event, here, marked)
    begun = [o.recurrence_id for o in occurrences(current, _BEGINNING, here) if o.start < here]
    if past is None and not lost and not (begun and _ON_RECORD & set(woven.changed)):
        return Divided(event, None, ())
    if past is None or lost:
        ahead = occurrences(current, here, _END) if begun else []
        carried = {o.recurrence_id for o in ahead if o.recurrence_id is not None and o.recurrence_id < here}
        kept = kept_part(current, here, {*lost, *carried})
        past = replace(kept, uid=past_uid, origin=None) if kept is not None else None
        event = replace(woven.event, continues=past_uid)
        if begun:
            event = replace(event, since=wall(now, event.zone))
        event = _without(event, [*begun, *lost])
    return Divided(event, past, tuple(at for at in marked if past is not None and _occurrence(past, at) is not None))


def _lost_marks(
    current: Event, event: Event, here: datetime, marked: Iterable[datetime | None]
) -> list[datetime | None]:
    """Marks of sessions to come that the changed event does not show as they were."""
    lost: list[datetime | None] = []
    for at in marked:
        before = _occurrence(current, at)
        if before is not None and before.start >= here:
            after = _occurrence(event, at)
            if after is None or (after.start, after.end) != (before.start, before.end):
                lost.append(at)
    return lost


def _occurrence(event: Event, at: datetime | None) -> Occurrence | None:
    if (at is None) != (event.rule is None):
        return None
    if at is not None and (at in event.skips or not gives(event, at)):
        return None
    override = event.override_at(at if at is not None else event.start)
    start = override.start if override and override.start else (at if at is not None else event.start)
    near = occurrences(event, start, start + timedelta(microseconds=1))
    return next((o for o in near if o.recurrence_id == at), None)


def _without(event: Event, sessions: Iterable[datetime | None]) -> Event:
    """`event` without sessions that the past part shows."""
    gone = {at for at in sessions if at is not None and event.rule is not None and gives(event, at)}
    gone = {at for at in gone if event.since is None or at >= event.since}
    if not gone:
        return event
    overrides = tuple(o for o in event.overrides if o.recurrence_id not in gone)
    return replace(event, skips=tuple(sorted({*event.skips, *gone})), overrides=overrides)


def kept_part(event: Event, here: datetime, extra: Collection[datetime | None] = ()) -> Event | None:
    """The part of `event` that has begun before `here`, and the sessions `extra`; None where that is nothing."""
    if event.rule is None:
        start = next((o.start for o in occurrences(event, _BEGINNING, _END)), None)
        return event if start is not None and (start < here or None in extra) else None
    begun = {o.recurrence_id for o in occurrences(event, _BEGINNING, here) if o.start < here}
    keep = {at for at in begun | set(extra) if at is not None}
    if not keep:
        return None
    last = max(keep)
    rule = ended_before(event.rule, event.start, here)
    if last >= here:
        rule = replace(event.rule, count=None, until=last)
    from_then = {at for at in starts(event.rule, event.start, here, last + timedelta(seconds=1)) if at not in keep}
    moved_on = {o.recurrence_id for o in event.overrides if o.recurrence_id < here and o.recurrence_id not in keep}
    gone = {at for at in (*event.skips, *from_then, *moved_on) if at <= last}
    return replace(
        event,
        rule=rule,
        skips=tuple(sorted(gone)),
        overrides=tuple(o for o in event.overrides if o.recurrence_id in keep),
    )


def has_ahead(event: Event, here: datetime) -> bool:
    """Whether anything of `event` starts at or after `here`; what is cancelled counts."""
    ends = [here + ahead for ahead in _LOOK_AHEAD] + [_END]
    return any(o.start >= here for end in ends for o in occurrences(event, here, end))


def wall(now: datetime, zone: str) -> datetime:
    """The aware `now` as naive wall-clock time in `zone`."""
    return now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def same(one: Event, other: Event) -> bool:
    """Whether two versions say the same of the appointment, apart from identity, stamps and origin."""
    if (one.skips, one.overrides) != (other.skips, other.overrides):
        return False
    return all(value(one) == value(other) for value in GETTERS.values())
