"""Search over the calendar: what has the words that she types, what is next first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from companion.domain.clock import Clock, local_now
from companion.domain.event import Event, Occurrence
from companion.domain.nearest import is_ahead, nearest
from companion.domain.settings import Settings
from companion.store.database import Database
from companion.store.events import EventStore
from companion.store.search import Matches, SearchStore

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """One event that has the words: by its next occurrence, else by its last, with times in the profile's zone.

    `ahead`: it is under way or still to come. `alone`: only this occurrence has the words, its series has not.
    """

    occurrence: Occurrence
    ahead: bool
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Of `total` that there are the first: what is ahead, by date, then what is past, the latest first."""

    hits: tuple[Hit, ...] = ()
    total: int = 0


class Finder:
    """Reads only. Where a series stands is worked out once a minute, and anew when it has changed."""

    def __init__(self, database: Database, clock: Clock, settings: Callable[[], Settings]) -> None:
        self._clock = clock
        self._settings = settings
        self._events = EventStore(database)
        self._search = SearchStore(database)
        self._series: dict[str, tuple[Event, Hit | None]] = {}
        self._series_as_of: object = None

    def find(self, typed: str, most: int = SHOWN) -> Found:
        """At most `most` of what has every word of `typed`, of the last one its beginning. Every text is harmless.

        Where a series was split, its later part stands for the earlier one, if it has the words too.
        """
        zone = self._settings().zone or "UTC"
        matches = self._search.matches(typed, local_now(self._clock, zone).date(), most)
        found = [*self._singles(matches, zone), *self._repeating(matches, zone)]
        later = {hit.occurrence.event.continues for hit in found if _is_whole_series(hit)}
        hits = [hit for hit in found if not (_is_whole_series(hit) and hit.occurrence.event.uid in later)]
        hits.sort(key=_by_time)
        unread = matches.singles - len(matches.uids)
        return Found(tuple(hits[:most]), unread + len(hits))

    def _singles(self, matches: Matches, zone: str) -> Iterator[Hit]:
        for event in self._events.some(matches.uids):
            hit = self._hit(event, zone)
            if hit is not None:
                yield hit

    def _repeating(self, matches: Matches, zone: str) -> Iterator[Hit]:
        if not matches.series and not matches.sessions:
            return
        self._forget_old(zone)
        for event in self._events.repeating():
            hit: Hit | None = None
            if event.uid in matches.series:
                # The store gives the same object as long as nothing in it has changed.
                of, hit = self._series.get(event.uid, (None, None))
                if of is not event:
                    hit = self._hit(event, zone)
                    self._series[event.uid] = event, hit
            elif event.uid in matches.sessions:
                hit = self._hit(event, zone, matches.sessions[event.uid])
            if hit is not None:
                yield hit

    def _forget_old(self, zone: str) -> None:
        as_of = zone, self._clock.now().replace(second=0, microsecond=0)
        if self._series_as_of != as_of:
            self._series, self._series_as_of = {}, as_of

    def _hit(self, event: Event, zone: str, among: Collection[datetime] | None = None) -> Hit | None:
        there = local_now(self._clock, zone if event.all_day else event.zone)
        occurrence = nearest(event, there, among)
        if occurrence is None:
            return None
        return Hit(occurrence.in_zone(zone), is_ahead(occurrence, there), alone=among is not None)


def _is_whole_series(hit: Hit) -> bool:
    """Not one session of it, and not what was taken out of it to stand by itself."""
    return hit.occurrence.event.rule is not None and not hit.alone


def _by_time(hit: Hit) -> tuple[bool, float, str]:
    """What is ahead, the first one first; then what is past, the last one first."""
    seconds = (hit.occurrence.start - datetime.min).total_seconds()  # noqa: DTZ901  naive, as all its times are
    return not hit.ahead, seconds if hit.ahead else -seconds, hit.occurrence.event.uid
