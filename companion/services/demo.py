"""Sample data: a mother in month two, around whatever today is, so that every place has something to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from companion.domain.age import add_months
from companion.domain.attendance import Mark
from companion.domain.child import Child
from companion.domain.clock import FixedClock
from companion.domain.goal import Goal, Period
from companion.domain.kinds import kind
from companion.services.diary import Diary
from companion.services.planner import ASKS_FOR, Planner

if TYPE_CHECKING:
    from companion.services.session import Session

TEMPLATE = "sample-month-two"
_WEEKS_IN = 5  # the plan began five weeks ago
_EXCUSED_EVERY, _MISSED_EVERY = 11, 17  # what a believable record looks like: most kept, some not
_TOGETHER_EVERY = 2  # days between two activities done


def fill(session: Session) -> None:
    """Put the sample plan, two children, marks and activities done into an empty profile."""
    today = session.planner.today()
    begun = today - timedelta(days=today.weekday() + 7 * _WEEKS_IN)
    children = (
        session.people.put_child(Child("mia", "M.", born=add_months(today, -8))),
        session.people.put_child(Child("leo", "L.", born=add_months(today, -52), lives_here=False)),
    )
    session.change_settings(name="Sam")
    session.intake.apply(session.intake.from_template(TEMPLATE, begun))
    for goal in session.progress.goals():  # a goal of a plan counts from the day it came; this one came weeks ago
        session.progress.put_goal(replace(goal, begins=begun))
    session.progress.put_goal(
        Goal("together", "Together time", 3, Period.WEEK, begun, activities=True, source="sample")
    )
    _mark_what_has_been(session, begun, today)
    _note_activities(session, begun, today, children)


def _mark_what_has_been(session: Session, begun: date, today: date) -> None:
    """Marks up to yesterday; what ended in the last day or so stays open, to be asked about."""
    planner = session.planner
    open_from = planner.now() - ASKS_FOR / 2
    past = [
        o
        for o in planner.between(begun, today + timedelta(days=1))
        if o.end < open_from and not o.cancelled and not o.event.all_day and kind(o.event.kind).records
    ]
    for number, occurrence in enumerate(past, 1):
        at = occurrence.end.replace(tzinfo=ZoneInfo(planner.zone)) + timedelta(minutes=20)
        then = Planner(session.database, FixedClock(at), lambda: session.settings)
        if number % _MISSED_EVERY == 0:
            then.mark(occurrence, Mark.MISSED)
        elif number % _EXCUSED_EVERY == 0:
            then.mark(occurrence, Mark.EXCUSED, "child ill", timedelta(hours=25))
        else:
            then.mark(occurrence, Mark.ATTENDED)


def _note_activities(session: Session, begun: date, today: date, children: tuple[Child, ...]) -> None:
    activities = [a for a in session.library.content.activities.values() if a.status.value == "live"]
    activities.sort(key=lambda a: a.id)
    zone = ZoneInfo(session.planner.zone)
    for number in range((today - begun).days // _TOGETHER_EVERY):
        day = begun + timedelta(days=number * _TOGETHER_EVERY)
        clock = FixedClock(datetime(day.year, day.month, day.day, 17, 30, tzinfo=zone))
        activity = activities[number * 7 % len(activities)]
        child = children[number % len(children)]
        Diary(session.database, clock, lambda: session.settings).finish(activity.id, activity.title, (child.id,))
