"""What Progress shows: four figures a goal, attendance by kind, a year of days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import uuid4

from companion.domain.attendance import Attendance, Counts, Mark, counts
from companion.domain.clock import Clock, logging_day
from companion.domain.diary import Done
from companion.domain.goal import Goal, Pause
from companion.domain.language import _
from companion.domain.settings import Settings
from companion.domain.streak import Standing, standing
from companion.domain.text import TITLE_LIMIT, clean
from companion.errors import InputError
from companion.store.database import Database
from companion.store.people import GoalStore, PauseStore
from companion.store.records import AttendanceStore, DoneStore

SHOWED_UP = frozenset({Mark.ATTENDED, Mark.ATTENDED_ONLINE})
_BEGINNING = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class GoalView:
    goal: Goal
    standing: Standing


@dataclass(frozen=True, slots=True)
class WeekLine:
    """This week so far: appointments she went to, activities done."""

    went: int
    activities: int


class Progress:
    def __init__(self, database: Database, clock: Clock, settings: Callable[[], Settings]) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._goals = GoalStore(database)
        self._pauses = PauseStore(database)
        self._attendance = AttendanceStore(database)
        self._done = DoneStore(database)

    def today(self) -> date:
        """The day that what is logged now counts for."""
        settings = self._settings()
        return logging_day(self._clock.now(), settings.zone or "UTC", settings.day_start)

    # Goals

    def goals(self) -> list[Goal]:
        return self._goals.all()

    def put_goal(self, goal: Goal) -> Goal:
        """Store a goal, new where it has no id. Raises InputError where it has no name or no number."""
        goal = replace(goal, id=goal.id or uuid4().hex[:8], name=clean(goal.name, TITLE_LIMIT))
        if not goal.name:
            raise InputError(_("The goal has no name yet."), _("Type what it is, for instance: groups."))
        if not 1 <= goal.times <= 100:
            raise InputError(_("How often is a number from 1 to 100."), _("Start small; once a week counts."))
        with self._database.act(_("changed the goal {name}").format(name=goal.name)) as work:
            self._goals.put(work, goal)
        return goal

    def remove_goal(self, goal: Goal) -> None:
        with self._database.act(_("took the goal {name} off").format(name=goal.name)) as work:
            self._goals.remove(work, goal.id)

    def pauses(self) -> list[Pause]:
        return self._pauses.all()

    def put_pause(self, pause: Pause) -> Pause:
        """Store a pause; it may lie in the past. Raises InputError where it ends before it begins."""
        if pause.ends is not None and pause.ends < pause.begins:
            raise InputError(_("It ends before it begins."), _("Put the last day after the first."))
        pause = replace(pause, id=pause.id or uuid4().hex[:8], reason=clean(pause.reason, TITLE_LIMIT))
        with self._database.act(_("changed a pause")) as work:
            self._pauses.put(work, pause)
        return pause

    def remove_pause(self, pause_id: str) -> None:
        with self._database.act(_("took a pause off")) as work:
            self._pauses.remove(work, pause_id)

    def overview(self) -> list[GoalView]:
        """Each goal with its figures, worked out from everything recorded."""
        today = self.today()
        marks = self._attendance.all()
        done = self._done.between(_BEGINNING, today)
        pauses = self._pauses.all()
        week_start = self._settings().week_start
        return [
            GoalView(
                goal,
                standing(
                    goal,
                    days_counted(goal, marks, done),
                    [p for p in pauses if not p.goals or goal.id in p.goals],
                    today,
                    week_start=week_start,
                ),
            )
            for goal in self._goals.all()
        ]

    # Attendance and days

    def attendance_by_kind(self, first: date, last: date) -> dict[str, Counts]:
        """How the appointments of those days went, by the id of their kind."""
        by_kind: defaultdict[str, list[Mark]] = defaultdict(list)
        for record in self._attendance.between(first, last):
            by_kind[record.kind].append(record.mark)
        return {kind_id: counts(marks) for kind_id, marks in by_kind.items()}

    def days(self, first: date, last: date) -> Counter[date]:
        """How many things she showed up for or did, on each day."""
        found: Counter[date] = Counter()
        for record in self._attendance.between(first, last):
            found[record.day] += record.mark in SHOWED_UP
        for entry in self._done.between(first, last):
            found[entry.day] += 1
        return +found

    def week(self) -> WeekLine:
        today = self.today()
        first = today - timedelta(days=(today.weekday() - self._settings().week_start) % 7)
        went = sum(record.mark in SHOWED_UP for record in self._attendance.between(first, today))
        return WeekLine(went, len(self._done.between(first, today)))


def days_counted(goal: Goal, marks: Iterable[Attendance], done: Iterable[Done]) -> Counter[date]:
    """How often each day counts for `goal`: appointments attended and, where it says so, activities done."""
    found: Counter[date] = Counter()
    for record in marks:
        names_it = record.counts_toward == goal.name or record.kind in goal.kinds
        if record.mark in SHOWED_UP and names_it and goal.child in {"", record.child}:
            found[record.day] += 1
    if goal.activities:
        for entry in done:
            if not goal.child or goal.child in entry.children:
                found[entry.day] += 1
    return found
