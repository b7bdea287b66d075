"""A reminder in one line."""

from __future__ import annotations

from datetime import date

from companion.domain.kinds import kind
from companion.domain.language import _
from companion.domain.reminding import Reminder
from companion.domain.wording import at_start, day_words, time_words


def reminder_words(reminder: Reminder, today: date, *, hours24: bool = False, discreet: bool = False) -> str:
    """ "Today, 6:00 pm: Group", "Time to leave. Today, 6:00 pm: Group". The time comes first: a long title is cut.

    `discreet`: it is called what it is called on a phone.
    """
    occurrence = reminder.occurrence
    event = occurrence.event
    title = (event.discreet_title or kind(event.kind).discreet) if discreet else occurrence.title
    when = at_start(day_words(occurrence.day, today))
    if not event.all_day:
        when = f"{when}, {time_words(occurrence.start, hours24)}"
    return f"{_('Time to leave.')} {when}: {title}" if reminder.leave else f"{when}: {title}"
