"""Which session of how many: "session 5 of 17", also where a series was split or has phases.

A series that was changed from some day on is two in the calendar, and each phase of a plan is one of its own. To her
it is one class. Counted are the sessions that take place or were cancelled; those taken out count nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from companion.domain.event import Event, Occurrence
from companion.domain.expansion import gives, session_count, session_number
from companion.domain.language import _
from companion.domain.patterns import pattern
from companion.domain.plan_identity import item_of

# What ends with a paper, as far as programs give one: ask, where it is not said.
_CERTIFIED = frozenset(
    {"parenting-class", "prenatal-education", "education", "job-training", "treatment-programme", "group-therapy"}
)


@dataclass(frozen=True, slots=True)
class Session:
    """`number` of `total`, counted from 1."""

    number: int
    total: int

    @property
    def last(self) -> bool:
        return self.number == self.total


class Series:
    """Every repeating event, and which of them go on where another ends."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._events = {event.uid: event for event in events if event.rule is not None}
        self._before: dict[str, str] = {}
        self._after: dict[str, str] = {}
        for event in self._events.values():
            self._link(event.continues, event.uid)
        phases = {_phase(event): event.uid for event in self._events.values() if _phase(event) is not None}
        for phase, uid in phases.items():
            earlier = phases.get((*phase[:2], phase[2] - 1)) if phase is not None else None
            if earlier is not None:
                self._link(self._end(earlier), self._beginning(uid))

    def session(self, occurrence: Occurrence) -> Session | None:
        """None where it takes place once, or the series goes on without an end."""
        event, at = occurrence.event, occurrence.recurrence_id
        if event.rule is None or at is None:
            return None
        number = session_number(event, at)
        if number is None:
            return None
        total = 0
        for part in self.parts(event):
            count = session_count(part)
            if count is None:
                return None
            gone = _before_since(part)
            if part.uid == event.uid:
                number += total - gone
            total += max(0, count - gone)
        return Session(number, total) if total > 1 and 1 <= number <= total else None

    def parts(self, event: Event) -> list[Event]:
        """The events that are one series with `event`, the earliest first."""
        uids = [self._beginning(event.uid)]
        while (following := self._after.get(uids[-1])) is not None:
            uids.append(following)
        return [event if uid == event.uid else self._events[uid] for uid in uids]

    def _link(self, earlier: str, later: str) -> None:
        """Each has one before and one after it, and none comes round to itself."""
        known = earlier in self._events and earlier not in self._after and later not in self._before
        if known and self._beginning(earlier) != later:
            self._after[earlier], self._before[later] = later, earlier

    def _beginning(self, uid: str) -> str:
        return _last(self._before, uid)

    def _end(self, uid: str) -> str:
        return _last(self._after, uid)


def session_words(session: Session) -> str:
    """ "session 5 of 17", "session 17 of 17, the last one"."""
    words = _("session {n} of {total}, the last one") if session.last else _("session {n} of {total}")
    return words.format(n=session.number, total=session.total)


def may_have_certificate(event: Event, session: Session) -> bool:
    """Whether it is worth asking for one: at the last session of a class, or where a paper is signed anyway."""
    return session.last and (event.sign_off or event.kind in _CERTIFIED)


def ending_words(event: Event, session: Session) -> tuple[str, ...]:
    """Short signs of the last one of several; none of any other."""
    if not session.last:
        return ()
    last = _("last one")
    return (last, _("certificate?")) if may_have_certificate(event, session) else (last,)


def _phase(event: Event) -> tuple[str, str, int] | None:
    """The plan, the item and the number of the phase it came from (`plan_identity.item_key`)."""
    if event.origin is None:
        return None
    part = event.origin.key.rpartition("/")[2]
    return (event.origin.source, item_of(event.origin.key), int(part)) if part.isdecimal() else None


def _before_since(event: Event) -> int:
    """The sessions that the rule gives before `since`: the series that this one continues has them."""
    since = event.since
    if since is None or event.rule is None:
        return 0
    high = since.toordinal() + (since.time() > event.start.time())
    given = pattern(event.rule, event.start.toordinal()).before(high)
    if event.rule.count is not None:
        given = min(given, event.rule.count)
    return given - sum(1 for skip in set(event.skips) if skip < since and gives(event, skip))


def _last(links: dict[str, str], uid: str) -> str:
    while (following := links.get(uid)) is not None:
        uid = following
    return uid
