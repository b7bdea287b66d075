"""What a profile has chosen, with what holds until it chooses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from companion.domain.clock import DAY_START


@dataclass(frozen=True, slots=True)
class Settings:
    """`zone` is an IANA name, confirmed at first run; `reminders` are whole minutes before the start.

    `week_start`: 0 for Monday, 6 for Sunday. `lock_minutes`: idle minutes until it locks by itself, 1 to 15.
    `rest_days`: rests in seven days that a daily goal gets unasked, 0 to 2 (docs/streaks.md). `calendar_view`: the
    way she looked at the calendar last: month, week, day, list. `discreet_reminders`: reminders on the screen call
    things by the words that go to a phone.
    """

    name: str = ""
    zone: str = ""
    hours24: bool = False
    week_start: int = 6
    day_start: time = DAY_START
    reminders: tuple[int, ...] = (24 * 60, 120)
    lock_minutes: int = 5
    theme: str = "companion-dark"
    month_first: bool = True
    language: str = "en"
    sample: bool = False
    rest_days: int = 1
    calendar_view: str = "month"
    discreet_reminders: bool = False
