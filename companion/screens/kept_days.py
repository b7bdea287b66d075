"""The days around a month, read once and kept: all views of the calendar are drawn from them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from companion.domain.months import add_days, first_of, six_weeks
from companion.screens.days_held import HeldDays

if TYPE_CHECKING:
    from companion.app import Session

# Half a year to go back and forth in; with 10,000 events a month is 5,000 occurrences, 1.5 MB.
_MONTHS = 6


class KeptDays:
    """Reads the six weeks around a month when they are first asked for.

    They are read again once anything is stored that they show, and on another day: what needs childcare is only
    told of what is still ahead.
    """

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session
        self._months: dict[date, HeldDays] = {}
        self._as_of: object = None

    def around(self, day: date) -> HeldDays:
        """The six weeks that begin with the week of the first of the month: the whole week of `day` is in them."""
        session = self._session()
        planner, week_start = session.planner, session.settings.week_start
        today = planner.today()
        as_of = (planner.version, planner.zone, week_start, today)
        if as_of != self._as_of:
            self.forget()
        month = first_of(day)
        held = self._months.pop(month, None)
        if held is None:
            weeks = six_weeks(month, week_start)
            first, until = weeks[0][0], add_days(weeks[-1][-1], 1)
            held = HeldDays(first, until, planner.between(first, until), planner.marks(first, until), today)
            self._as_of = as_of
        self._months[month] = held  # at the end: the one that was asked for longest ago goes first
        while len(self._months) > _MONTHS:
            del self._months[next(iter(self._months))]
        return held

    def forget(self) -> None:
        """Read anew what is asked for next."""
        self._months.clear()
