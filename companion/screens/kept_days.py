"""The days around a month, read once and kept: all views of the calendar are drawn from them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from companion.domain.language import _
from companion.domain.months import add_days, first_of, six_weeks
from companion.domain.showing import Showing
from companion.screens.days_held import HeldDays

if TYPE_CHECKING:
    from companion.app import Session

# Half a year to go back and forth in; with 10,000 events a month is 5,000 occurrences, 1.5 MB.
_MONTHS = 6
_HOLDS = timedelta(minutes=15)
_FEW = 14  # days for which a month is worth reading: the next ones asked for are in it too


class KeptDays:
    """Reads the six weeks around a month when they are first asked for.

    `showing` leaves some of it out. They are read again once anything is stored that they show, and after a while:
    what needs childcare is only told of what is still ahead.
    """

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session
        self._months: dict[date, HeldDays] = {}
        self._as_of: object = None
        self._since: datetime | None = None
        self.showing = Showing()

    def as_of(self) -> object:
        """Another one as soon as what was read is not what is stored, or not how it is to be shown."""
        session = self._session()
        planner, settings, home = session.planner, session.settings, session.arranger.home()
        shown = (settings.week_start, settings.hours24, self.showing)
        return (planner.version, planner.zone, planner.today(), home, *shown, self._since)

    def around(self, day: date) -> HeldDays:
        """The six weeks that begin with the week of the first of the month: the whole week of `day` is in them."""
        as_of = self.as_of()
        if as_of != self._as_of:
            self._months.clear()
        month = first_of(day)
        held = self._months.pop(month, None)
        if held is None:
            weeks = six_weeks(month, self._session().settings.week_start)
            held = self.read(weeks[0][0], add_days(weeks[-1][-1], 1))
            self._as_of = as_of
        self._months[month] = held  # at the end: the one that was asked for longest ago goes first
        while len(self._months) > _MONTHS:
            del self._months[next(iter(self._months))]
        return held

    def between(self, first: date, until: date) -> HeldDays:
        """The days from `first` up to, not including, `until`; a few more may be in it."""
        if (until - first).days <= _FEW:
            held = self.around(first)
            if held.first <= first and until <= held.until:
                return held
        return self.read(first, until)

    def nothing(self) -> str:
        """What is said of a day without anything."""
        if self.showing.everything:
            return _("Nothing planned. Press a to add something.")
        return _("Nothing of what is shown now. Press f to change that.")

    def time_passes(self) -> None:
        """Read anew, where so long has gone by that what had signs may have begun. No key waits for this."""
        now = self._session().planner.now()
        if self._since is None or not self._since <= now < self._since + _HOLDS:
            self._since = now

    def read(self, first: date, until: date) -> HeldDays:
        """Those days and no more, not kept."""
        session = self._session()
        planner, arranger = session.planner, session.arranger
        now = planner.now()
        return HeldDays(
            first,
            until,
            planner.between(first, until),
            planner.marks(first, until),
            now.date(),
            now=now,
            home=arranger.home(),
            showing=self.showing,
            ending=arranger.ending,
        )
