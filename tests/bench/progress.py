"""How far she has come, worked out from five years of daily logs: 10 goals, 5,000 marks, 20 repeating appointments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from companion.domain.attendance import Attendance, Mark
from companion.domain.clock import FixedClock
from companion.domain.diary import Done
from companion.domain.event import Event
from companion.domain.goal import Goal, Pause, Period
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday
from companion.services.progress import Progress
from companion.services.session import Session
from companion.store.events import EventStore
from companion.store.memory import memory_engine
from companion.store.people import GoalStore, PauseStore
from companion.store.records import AttendanceStore, DoneStore
from tests.bench.data import NOW, ZONE
from tests.bench.measure import Figure, milliseconds

_DAYS = 5 * 365
_MARKS = 5_000
_KINDS = ("group-therapy", "individual-therapy", "medication-visit", "parenting-class", "support-group")
_HOUR = timedelta(hours=1)


def filled() -> Session:
    session = Session(memory_engine(), FixedClock(NOW))
    session.change_settings(zone=ZONE)
    database, first = session.database, NOW.date() - timedelta(days=_DAYS)
    marks, done = AttendanceStore(database), DoneStore(database)
    with database.act(None) as work:
        for number in range(_MARKS):
            marks.put(work, _mark(number, first))
        for number in range(_DAYS):
            day = first + timedelta(days=number)
            done.put(work, Done(f"d{number}", "peekaboo", day, NOW, ZONE, ("mia",)))
        for number in range(10):
            kinds, activities = (_KINDS[number % 5],), number % 2 == 0
            goal = Goal(f"g{number}", f"Goal {number}", 1 + number % 3, list(Period)[number % 3], first, None, kinds)
            GoalStore(database).put(work, goal if not activities else _with_activities(goal))
        for number in range(5):
            begins = first + timedelta(days=200 + 300 * number)
            PauseStore(database).put(work, Pause(f"p{number}", begins, begins + timedelta(days=10)))
        EventStore(database).add(work, [_weekly(number, first) for number in range(20)])
    return session


def _mark(number: int, first: date) -> Attendance:
    day = first + timedelta(days=number * _DAYS // _MARKS)
    start = datetime.combine(day, time(8 + number % 9))
    mark = Mark.MISSED if number % 17 == 0 else Mark.ATTENDED
    return Attendance(f"u{number % 40}", start, mark, day, start, start + _HOUR, "Group", _KINDS[number % 5], NOW)


def _with_activities(goal: Goal) -> Goal:
    return Goal(goal.id, goal.name, goal.times, goal.per, goal.begins, None, goal.kinds, activities=True)


def _weekly(number: int, first: date) -> Event:
    rule = RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(number % 7),))
    start = datetime.combine(first, time(8 + number % 9))
    return Event(f"e{number}", "Group", start, _HOUR, ZONE, kind=_KINDS[number % 5], rule=rule)


def run() -> Iterator[Figure]:
    session = filled()

    def from_scratch() -> object:
        return Progress(session.database, session.clock, lambda: session.settings, session.planner).view()

    view = session.progress.view()
    detail = f"{len(view.goals)} goals, {view.went} attended, {view.activities} done"
    yield Figure("all of Progress from five years, from scratch", milliseconds(from_scratch), 100, "ms", detail)
    yield Figure("… shown again with nothing changed", milliseconds(session.progress.view), 30, "ms")
