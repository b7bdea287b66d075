"""What crosses screens, named for what happened.

A message posted by a dialog goes to the app, which passes it on to the place below as a call of `reload`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from companion.app import Session


@dataclass
class ProfileOpened(Message):
    """A profile was opened: its words fitted, or it has none."""

    session: Session


@dataclass
class DataChanged(Message):
    """Something is stored that a place may show: an event, a mark, an activity done, a child."""

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, DataChanged)


@dataclass
class DayChosen(Message):
    """A day was chosen, in the month or by typing its name."""

    day: date


@dataclass
class SettingsChanged(Message):
    """Settings are stored that change how things look: 24 hours, first day of the week, colors."""
