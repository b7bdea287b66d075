"""What is to be said of the appointments to come while the app is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from companion.domain.event import ONE_DAY
from companion.domain.reminding import HORIZON, Reminder, reminders_of
from companion.domain.settings import Settings
from companion.services.planner import Planner
from companion.store.database import Database

# The longest lead that an event has of its own; most have none, so few rows are read as JSON.
_LONGEST = """
SELECT MAX(lead.value) FROM event, json_each(event.details, '$.reminders') AS lead
WHERE event.details LIKE '%"reminders":%'
"""


class Reminders:
    def __init__(self, database: Database, planner: Planner, settings: Callable[[], Settings]) -> None:
        self._database = database
        self._planner = planner
        self._settings = settings
        self._longest: tuple[int, int] | None = None

    def between(self, since: datetime, now: datetime) -> list[Reminder]:
        """All that come from `since` to a day after `now`, aware instants."""
        settings, zone = self._settings(), self._planner.zone
        today = self._planner.today()
        lead = timedelta(minutes=max(self._own_longest(), *settings.reminders, 0))
        days = max(lead, ONE_DAY) + HORIZON + ONE_DAY  # to set off is at most a day before
        found = self._planner.between(today - ONE_DAY, today + timedelta(days=days.days + 1))
        every = (reminder for each in found for reminder in reminders_of(each, settings.reminders, zone))
        return [reminder for reminder in every if since < reminder.at <= now + HORIZON]

    def _own_longest(self) -> int:
        """In minutes; 0 where no event has reminders of its own. Read anew only where an event has changed."""
        changes = self._database.changes["event"]
        if self._longest is None or self._longest[0] != changes:
            found = self._database.query(_LONGEST)
            self._longest = changes, int(found[0][0] or 0) if found else 0
        return self._longest[1]
