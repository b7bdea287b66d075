"""What goes out: the schedule as files for a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from companion.domain.clock import Clock
from companion.domain.event import Event
from companion.domain.expansion import occurrences
from companion.domain.finding import Finding
from companion.domain.language import _
from companion.domain.settings import Settings
from companion.errors import InputError

if TYPE_CHECKING:
    from companion.services.planner import Planner

_ALWAYS = datetime(1970, 1, 1), datetime(2101, 1, 1)
_ZONE_MARGIN = timedelta(hours=26)
YEAR = timedelta(days=366)  # how far ahead a series goes out date by date, for phones that can't read its rule


@dataclass(frozen=True, slots=True)
class Saved:
    """The files that were written, what a phone will read differently, and how many events they hold."""

    paths: tuple[Path, ...]
    notes: tuple[Finding, ...]
    count: int


class Outbox:
    def __init__(self, planner: Planner, clock: Clock, settings: Callable[[], Settings]) -> None:
        self._planner = planner
        self._clock = clock
        self._settings = settings

    def events(self, first: date | None = None, until: date | None = None, kinds: Iterable[str] = ()) -> list[Event]:
        """The events with an occurrence from `first` up to, not including, `until`; each whole."""
        low = datetime.combine(first, time()) - _ZONE_MARGIN if first else _ALWAYS[0]
        high = datetime.combine(until, time()) + _ZONE_MARGIN if until else _ALWAYS[1]
        wanted = set(kinds)
        return [
            event
            for event in self._planner.all_events()
            if (not wanted or event.kind in wanted) and _touches(event, low, high, first, until)
        ]

    def save(
        self,
        path: Path,
        *,
        first: date | None = None,
        until: date | None = None,
        full: bool = False,
        simple: bool = False,
        kinds: Iterable[str] = (),
        replace: bool = False,
    ) -> Saved:
        """Write the schedule for a phone to `path`, in numbered files where it is too large for one.

        What is written is read back and compared first. Raises InputError where nothing falls into the window,
        UsageError where a file is there already and `replace` is false, StorageError where it can't be written.
        """
        from companion.formats.bounded import fresh_write
        from companion.formats.ical_writer import ExportOptions, read_back, write_calendars

        events = self.events(first, until, kinds)
        if not events:
            raise InputError(
                _("There is nothing on the calendar to put in the file."), _("Choose other days or kinds.")
            )
        begins = first or self._planner.today()
        options = ExportOptions(
            full=full,
            simple=simple,
            begins=begins,
            horizon=max(until - begins, timedelta(days=1)) if until else YEAR,
            default_reminders=self._settings().reminders,
        )
        files = write_calendars(events, options, updated=self._clock.now())
        read_back([file.data for file in files], events, options)
        paths = _numbered(path, len(files))
        for target, file in zip(paths, files, strict=True):
            fresh_write(target, file.data, replace=replace)
        return Saved(
            paths=tuple(paths),
            notes=tuple(note for file in files for note in file.notes),
            count=sum(file.count for file in files),
        )


def _touches(event: Event, low: datetime, high: datetime, first: date | None, until: date | None) -> bool:
    if first is None and until is None:
        return True
    if event.rule is not None and event.rule.until is None and event.rule.count is None:
        return event.start < high  # without an end: asking for its occurrences up to 2100 would take long
    return bool(occurrences(event, low, high))


def _numbered(path: Path, count: int) -> list[Path]:
    if count == 1:
        return [path]
    return [path.with_name(f"{path.stem}-{number}{path.suffix}") for number in range(1, count + 1)]
