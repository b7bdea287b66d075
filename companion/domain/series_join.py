"""Putting together again what a change of "this one and later" took apart, where nothing tells the parts apart.

A series that was cancelled from some day on and brought back would else stay in two for ever: "all of them" would
mean half of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from companion.domain.event import Event
from companion.domain.expansion import gives
from companion.domain.patterns import Pattern, latest, pattern
from companion.domain.recurrence import RecurrenceRule

_OWN = (
    "uid", "start", "duration", "rule", "skips", "overrides", "continues", "since",
    "sequence", "created", "updated", "origin",
)  # fmt: skip
_COMPARED = 8  # sessions after the seam: two rules that agree on so many have the same step and weekdays


def joined(earlier: Event, later: Event) -> Event | None:
    """`earlier` going on as `later`, which continues it; None where the two differ in anything but when."""
    if earlier.rule is None or later.rule is None or later.continues != earlier.uid:
        return None
    if later.since is not None or earlier.rule.until is None or later != _as(later, earlier):
        return None
    endless = _endless(earlier.rule)
    if _endless(later.rule) != endless:
        return None
    before, after = pattern(endless, earlier.start.toordinal()), pattern(_endless(later.rule), later.start.toordinal())
    number = _sessions(before, earlier)
    if later.start.time() != earlier.start.time():
        return None
    if any(before.nth(number + n) != after.nth(n) for n in range(_COMPARED)):
        return None
    count = None if later.rule.count is None else number + later.rule.count
    return replace(
        earlier,
        rule=replace(endless, count=count, until=later.rule.until),
        skips=(*earlier.skips, *later.skips),
        overrides=(*earlier.overrides, *later.overrides),
    )


def taken_in(event: Event, single: Event) -> tuple[Event, datetime] | None:
    """`event` with the session back that had become the event `single`, and which that was; None where it is another.

    Only one that is as the series has it: one that was moved or changed meanwhile stays by itself.
    """
    at = single.start
    plain = (event.rule is not None and at in event.skips and gives(event, at)) and single.continues == event.uid
    if not plain or single.duration != event.duration or single != _as(single, event):
        return None
    return replace(event, skips=tuple(skip for skip in event.skips if skip != at)), at


def _as(part: Event, other: Event) -> Event:
    """`other` as it would be if it were when and which `part` is: equal to `part` where nothing else differs."""
    return replace(other, **{name: getattr(part, name) for name in _OWN})


def _endless(rule: RecurrenceRule) -> RecurrenceRule:
    return replace(rule, count=None, until=None)


def _sessions(days: Pattern, event: Event) -> int:
    """How many sessions the rule of `event` gives by its UNTIL."""
    assert event.rule is not None and event.rule.until is not None
    until = event.rule.until
    high = until.toordinal() + (until.time() >= event.start.time())
    last = latest(days, event.start.toordinal(), high)
    return 0 if last is None else days.before(date.fromordinal(last).toordinal()) + 1
