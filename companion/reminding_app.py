"""The part of the app that reminds of what is coming up, in a quiet line, while a profile is open.

There is no timer of its own. The shell looks at the idle time every few seconds anyway, and a reminder is looked at
then: that costs a comparison, and a clock that jumped, or a computer that slept, needs no thought.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.errors import StorageError
from companion.screens.lines import ReminderLine, in_text_field
from companion.shell import ShellApp

if TYPE_CHECKING:
    from companion.domain.clock import Clock
    from companion.domain.reminding import Reminder, ReminderWatch
    from companion.services.session import Session


class RemindingApp(ShellApp):
    """Shows each reminder once, on whichever full screen she is, and never while she types or answers something."""

    if TYPE_CHECKING:

        @property
        def clock(self) -> Clock: ...
        @property
        def session(self) -> Session: ...

    _watch: ReminderWatch | None = None
    _reminder: Reminder | None = None  # the one that stands there

    def begin_reminding(self) -> None:
        """A profile was opened: what is due from now on is said."""
        from companion.domain.reminding import ReminderWatch

        self._watch = ReminderWatch(self.clock.now())

    def reminders_changed(self) -> None:
        """Something was stored that may move a reminder or take it away."""
        if self._watch is not None:
            self._watch.forget()

    def look_around(self) -> None:
        super().look_around()
        watch, now = self._watch, self.clock.now()
        if watch is None:
            return
        if watch.needs_reading(now):
            try:
                watch.read(self.session.reminders.between(watch.since, now), now)
            except StorageError:  # whoever needs what is stored says so; a reminder is no reason to
                watch.put_off(now)
        self.show_reminder()

    def show_reminder(self) -> None:
        """Show what is due, where she is. On a dialog, a form or in a text field it waits, and comes after."""
        if self._watch is None or not self.screen_stack:  # the last look may come while the app closes
            return
        for line in self.screen.query(ReminderLine):
            now = self.clock.now()
            reminder = self._watch.current(now)
            if reminder is None:
                line.say("")
            elif line.words or not in_text_field(self.screen):
                line.say(self._words(reminder))
                self._watch.note_shown(reminder, now)
            self._reminder = reminder if line.words else None

    def action_reminded(self) -> None:
        """She has seen it."""
        if self._watch is not None and self._reminder is not None:
            self._watch.put_away(self._reminder)
            self.show_reminder()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "reminded" and self._reminder is None:
            return False
        return super().check_action(action, parameters)

    # Parts

    def _words(self, reminder: Reminder) -> str:
        from companion.domain.reminder_words import reminder_words

        settings, today = self.session.settings, self.session.planner.today()
        discreet = settings.discreet_reminders
        return reminder_words(reminder, today, hours24=settings.hours24, discreet=discreet)
