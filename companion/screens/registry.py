"""Every screen there is, by name, as "module:class": the app loads one when it is first visited.

Tests walk this list: each screen can be imported, mounted and fits at every size. Only the standard library is
imported here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any


class Kind(StrEnum):
    PLACE = "place"  # one of the five; kept once visited
    BEFORE = "before"  # shown before a profile is open
    OVER = "over"  # laid over any other


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    kind: Kind
    target: str

    def load(self) -> type[Any]:
        """The screen's class; imports its module."""
        module, _, name = self.target.partition(":")
        return getattr(import_module(module), name)  # type: ignore[no-any-return]


SCREENS = (
    Entry("today", Kind.PLACE, "companion.screens.today:TodayScreen"),
    Entry("calendar", Kind.PLACE, "companion.screens.calendar:CalendarScreen"),
    Entry("activities", Kind.PLACE, "companion.screens.activities:ActivitiesScreen"),
    Entry("progress", Kind.PLACE, "companion.screens.progress:ProgressScreen"),
    Entry("support", Kind.PLACE, "companion.screens.support:SupportScreen"),
    Entry("welcome", Kind.BEFORE, "companion.screens.welcome:WelcomeScreen"),
    Entry("unlock", Kind.BEFORE, "companion.screens.unlock:UnlockScreen"),
    Entry("first_run", Kind.BEFORE, "companion.screens.first_run:FirstRunScreen"),
    Entry("numbers", Kind.OVER, "companion.screens.numbers:NumbersScreen"),
    Entry("to_arrange", Kind.OVER, "companion.screens.to_arrange:ToArrangeScreen"),
    Entry("yours", Kind.OVER, "companion.screens.yours:YoursScreen"),
    Entry("help", Kind.OVER, "companion.screens.help:HelpScreen"),
)

_BY_NAME = {entry.name: entry for entry in SCREENS}


def find(name: str) -> Entry:
    """The entry called `name`. Raises KeyError for an unknown one."""
    return _BY_NAME[name]
