"""What she does with her children, logged when it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

from companion.domain.clock import Clock, logging_day
from companion.domain.diary import Done
from companion.domain.language import _
from companion.domain.settings import Settings
from companion.domain.text import clean
from companion.store.database import Database
from companion.store.records import DoneStore


class Diary:
    def __init__(self, database: Database, clock: Clock, settings: Callable[[], Settings]) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._done = DoneStore(database)

    def finish(self, activity: str, title: str, children: tuple[str, ...] = (), note: str = "") -> Done:
        """Log that the activity with that id was done with those children (ids). The local day is stored with it."""
        settings = self._settings()
        now = self._clock.now()
        zone = settings.zone or "UTC"
        done = Done(
            id=uuid4().hex,
            activity=activity,
            day=logging_day(now, zone, settings.day_start),
            at=now,
            zone=zone,
            children=children,
            note=clean(note, lines=True),
        )
        with self._database.act(_("did {title}").format(title=title)) as work:
            self._done.put(work, done)
        return done

    def between(self, first: date, last: date) -> list[Done]:
        """What was done from `first` to `last`, both included."""
        return self._done.between(first, last)

    def recent(self, days: int = 60) -> list[Done]:
        settings = self._settings()
        today = logging_day(self._clock.now(), settings.zone or "UTC", settings.day_start)
        return self._done.between(today - timedelta(days=days), today)
