"""When to say that something is coming up, while the app is open; the phone's own reminders are in formats/.

A reminder is due at an instant. Whole days of it go by the clock on the wall, the rest by the time that passes, as a
phone does it (RFC 5545 section 3.3.6): "1 day before" a group at 6 pm is 6 pm the day before, also across the night
when the clocks change. When to set off counts as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from companion.domain.event import ONE_DAY, Occurrence

GRACE = timedelta(minutes=10)  # how long after its start something is still worth a word
SHOWN_FOR = timedelta(minutes=5)  # how long a reminder stands there if nobody puts it away
HORIZON = ONE_DAY  # how far ahead reminders are read at a time


@dataclass(frozen=True, slots=True)
class Reminder:
    """`at`, an aware instant in UTC, is when to say it; `leave`: that it is time to set off."""

    occurrence: Occurrence
    at: datetime
    starts: datetime
    leave: bool = False

    @property
    def id(self) -> tuple[object, ...]:
        """What makes it the same one, also when it is read again. An appointment that moved has new ones."""
        return (*self.occurrence.key, self.at, self.leave)

    def over(self, now: datetime) -> bool:
        """Whether it is too late to say it at the aware instant `now`."""
        return now > self.starts + GRACE


def reminders_of(occurrence: Occurrence, default: Iterable[int], zone: str) -> Iterator[Reminder]:
    """All of one occurrence; `default` (whole minutes) holds where its event names none.

    `zone` is the profile's, which days without an hour go by. What is cancelled has none.
    """
    if occurrence.cancelled:
        return
    event = occurrence.event
    there = ZoneInfo(zone if event.all_day else occurrence.zone or event.zone)
    starts = occurrence.start.replace(tzinfo=there).astimezone(UTC)
    leave = occurrence.logistics.ride.leave_by
    if leave and not event.all_day:
        yield Reminder(occurrence, starts - leave, starts, leave=True)
    for minutes in dict.fromkeys(default if event.reminders is None else event.reminders):
        days, rest = divmod(timedelta(minutes=minutes), ONE_DAY)
        at = (occurrence.start - days * ONE_DAY).replace(tzinfo=there).astimezone(UTC) - rest
        yield Reminder(occurrence, at, starts)


def due(reminders: Iterable[Reminder], now: datetime, since: datetime) -> list[Reminder]:
    """Those that came after `since` up to `now`, aware instants, and are not too late: the soonest start first.

    Of one appointment only the latest: who was typing for an hour needs one word, not three.
    """
    latest: dict[tuple[str, datetime | None], Reminder] = {}
    for reminder in reminders:
        if since < reminder.at <= now and not reminder.over(now):
            before = latest.get(reminder.occurrence.key)
            if before is None or (reminder.at, reminder.leave) > (before.at, before.leave):
                latest[reminder.occurrence.key] = reminder
    return sorted(latest.values(), key=lambda reminder: (reminder.starts, reminder.at))


class ReminderWatch:
    """Which reminder to show now, each once. Nothing of it is stored: what was due while the app was shut is past.

    All times are aware instants. Whoever shows reminders asks every few seconds, which costs a comparison; what may
    be due within a day is read anew only where `needs_reading` says so.
    """

    def __init__(self, since: datetime) -> None:
        self.since = since
        self._reminders: list[Reminder] = []
        self._read_at: datetime | None = None
        self._done: set[tuple[object, ...]] = set()
        self._shown: dict[tuple[object, ...], datetime] = {}

    def forget(self) -> None:
        """Something was stored that may have changed what is due."""
        self._read_at = None

    def needs_reading(self, now: datetime) -> bool:
        """After a change, after a day, and where the clock was put back."""
        return self._read_at is None or not self._read_at <= now < self._read_at + HORIZON / 2

    def read(self, reminders: Iterable[Reminder], now: datetime) -> None:
        """Take all that come between `since` and a day after `now`."""
        self._reminders = list(reminders)
        self._read_at = now

    def put_off(self, now: datetime) -> None:
        """They could not be read now: another try when something was stored, or in half a day."""
        self._read_at = now

    def current(self, now: datetime) -> Reminder | None:
        """The one to show, the soonest start first; None where there is none, or all were put away or shown enough."""
        for reminder in due(self._reminders, now, self.since):
            shown = self._shown.get(reminder.id)
            if shown is not None and now >= shown + SHOWN_FOR:
                self._done.add(reminder.id)
            if reminder.id not in self._done:
                return reminder
        return None

    def note_shown(self, reminder: Reminder, now: datetime) -> None:
        """It stands on the screen now: from here on its minutes are counted."""
        self._shown.setdefault(reminder.id, now)

    def put_away(self, reminder: Reminder) -> None:
        self._done.add(reminder.id)
