"""How far she has come, worked out from what is stored, and the acts on goals and pauses."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from conftest import NASTY, ZONE

from companion.domain.attendance import Attendance, Counts, Mark
from companion.domain.child import Child
from companion.domain.clock import FixedClock
from companion.domain.diary import Done
from companion.domain.event import Event, Status
from companion.domain.goal import Goal, Pause, Period
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday
from companion.domain.streak import Outcome
from companion.errors import InputError
from companion.profiles import list_profiles
from companion.services.progress import Progress, days_counted
from companion.services.session import Session, create_profile, open_profile
from companion.store.memory import memory_engine
from companion.store.records import AttendanceStore, DoneStore
from companion.store.tallies import WentTally

TODAY = date(2026, 11, 21)  # a Saturday; her weeks begin on Sunday, so this one is the 15th to the 21st
SEPTEMBER = date(2026, 9, 6)
GROUP = "group-therapy"


@pytest.fixture
def session(clock: FixedClock) -> Session:
    session = Session(memory_engine(), clock)
    session.change_settings(zone=ZONE)
    return session


@pytest.fixture
def progress(session: Session) -> Progress:
    return session.progress


def went(session: Session, *days: date, kind: str = GROUP, mark: Mark = Mark.ATTENDED, **fields: str) -> None:
    """Marks of sessions that are on no calendar, as an older profile may hold them."""
    with session.database.act("marked") as work:
        for day in days:
            start = datetime.combine(day, time(18))
            AttendanceStore(session.database).put(
                work,
                Attendance(
                    f"{kind} {mark}",
                    start,
                    mark,
                    day,
                    start,
                    start + timedelta(hours=1),
                    "Group",
                    kind,
                    datetime(2026, 11, 21, tzinfo=UTC),
                    **fields,  # type: ignore[arg-type]
                ),
            )


def did(session: Session, *days: date, children: tuple[str, ...] = ()) -> None:
    with session.database.act("did") as work:
        for day in days:
            at = datetime.combine(day, time(20), UTC)
            DoneStore(session.database).put(work, Done(f"{day} {children}", "peekaboo", day, at, ZONE, children))


def weekly(first: date, number: int) -> list[date]:
    return [first + timedelta(weeks=n) for n in range(number)]


def groups(**fields: object) -> Goal:
    return replace(Goal("groups", "Groups", 1, Period.WEEK, SEPTEMBER, kinds=(GROUP,)), **fields)  # type: ignore[arg-type]


def tuesdays(session: Session) -> Event:
    """Every Tuesday at 6 pm: November 3, 10 and 17 are over."""
    event = Event(
        "",
        "Group",
        datetime(2026, 11, 3, 18),
        timedelta(hours=1),
        ZONE,
        kind=GROUP,
        rule=RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1),)),
    )
    return session.planner.add(event)


# Goals


def test_the_four_figures_come_from_what_is_recorded(session: Session, progress: Progress) -> None:
    progress.put_goal(groups())
    went(session, *weekly(date(2026, 9, 8), 11))  # every Tuesday up to November 17
    (view,) = progress.overview()
    assert (view.standing.current, view.standing.best, view.standing.total) == (11, 11, 11)
    assert (view.standing.times_done, view.standing.rate30) == (11, 100)
    assert (view.standing.this_period_done, view.standing.this_period_required) == (1, 1)


def test_online_counts_and_a_session_that_did_not_happen_does_not(session: Session, progress: Progress) -> None:
    progress.put_goal(groups())
    went(session, date(2026, 11, 17), mark=Mark.ATTENDED_ONLINE)
    went(session, date(2026, 11, 10), mark=Mark.MISSED)
    assert progress.overview()[0].standing.times_done == 1


def test_an_appointment_counts_through_its_kind_or_by_naming_the_goal_once(
    session: Session, progress: Progress
) -> None:
    progress.put_goal(groups())
    went(session, date(2026, 11, 17), counts_toward="groups")
    went(session, date(2026, 11, 18), kind="support-group", counts_toward="GROUPS")
    went(session, date(2026, 11, 19), kind="support-group")
    (view,) = progress.overview()
    assert (view.standing.times_done, view.toward) == (2, (GROUP, "support-group"))


def test_a_goal_for_one_child_counts_what_names_that_child(session: Session, progress: Progress) -> None:
    session.people.put_child(Child("mia", "M.", born=date(2026, 3, 1)))
    progress.put_goal(groups(kinds=("child-health",), activities=True, child="mia", per=Period.MONTH))
    went(session, date(2026, 11, 3), kind="child-health", child="m.")
    went(session, date(2026, 11, 4), kind="child-health", child="L.")
    went(session, date(2026, 11, 5), kind="child-health")
    did(session, date(2026, 11, 6), children=("mia", "leo"))
    did(session, date(2026, 11, 7), children=("leo",))
    assert progress.overview()[0].standing.times_done == 2


def test_how_many_rest_days_is_her_setting(session: Session, progress: Progress) -> None:
    progress.put_goal(Goal("read", "Read", 1, Period.DAY, date(2026, 11, 11), activities=True))
    did(session, *(date(2026, 11, day) for day in (11, 12, 13, 15, 16, 18, 19, 20)))
    found = {}
    for rests in (0, 1, 2):
        session.change_settings(rest_days=rests)
        (view,) = progress.overview()
        found[rests] = (view.standing.current, [o for _, o in view.standing.outcomes].count(Outcome.REST))
    assert found == {0: (3, 0), 1: (3, 1), 2: (8, 2)}


@pytest.mark.parametrize(
    "wrong",
    [{"name": " \x1b[2J "}, {"times": 0}, {"times": 101}, {"ends": date(2026, 9, 1)}],
    ids=["no name", "never", "too often", "ends first"],
)
def test_what_can_be_no_goal_is_refused_with_a_mend(progress: Progress, wrong: dict[str, object]) -> None:
    with pytest.raises(InputError) as caught:
        progress.put_goal(groups(**wrong))
    assert caught.value.mend
    assert progress.goals() == []


@pytest.mark.parametrize("name", NASTY)
def test_a_name_is_cleaned_where_it_enters(progress: Progress, name: str) -> None:
    stored = progress.put_goal(groups(name=name)).name
    assert not any(ord(letter) < 32 or letter in "\x9b\u202e\u2066" for letter in stored)


def test_a_goal_taken_off_comes_back_and_what_was_done_was_never_gone(session: Session, progress: Progress) -> None:
    progress.put_goal(groups())
    went(session, *weekly(date(2026, 9, 8), 11))
    progress.remove_goal(groups())
    assert progress.goals() == []
    assert progress.view().went == 11
    session.planner.undo()
    assert progress.overview()[0].standing.total == 11


# Changing a goal


def test_asking_less_keeps_the_goal_and_its_run(session: Session, progress: Progress) -> None:
    progress.put_goal(groups(times=2))
    went(session, *weekly(date(2026, 9, 8), 11), *weekly(date(2026, 9, 10), 11))
    progress.change_goal(groups(times=1, name="Groups or meetings"))
    (view,) = progress.overview()
    assert (view.goal.name, view.standing.current, view.standing.total) == ("Groups or meetings", 11, 11)


@pytest.mark.parametrize(
    "more",
    [{"times": 3}, {"per": Period.DAY}, {"kinds": ("court",)}, {"child": "mia"}],
    ids=["oftener", "other period", "other kinds", "one child"],
)
def test_asking_more_takes_nothing_from_what_was_kept(
    session: Session, progress: Progress, more: dict[str, object]
) -> None:
    progress.put_goal(groups())
    went(session, *weekly(date(2026, 9, 8), 11))
    new = progress.change_goal(groups(**more))
    before, after = progress.overview()
    assert (before.standing.best, before.standing.total, before.standing.times_done) == (11, 11, 11)
    assert before.goal.ends == TODAY  # this week has something in it already
    assert (after.goal.id, after.goal.begins) == (new.id, date(2026, 11, 22))


def test_a_week_with_nothing_in_it_yet_takes_the_new_number(session: Session, progress: Progress) -> None:
    progress.put_goal(groups())
    went(session, *weekly(date(2026, 9, 8), 10))
    progress.change_goal(groups(times=3))
    before, after = progress.goals()
    assert (before.ends, after.begins) == (date(2026, 11, 14), date(2026, 11, 15))


def test_a_goal_begun_this_week_is_changed_in_place(progress: Progress) -> None:
    progress.put_goal(groups(begins=date(2026, 11, 15)))
    progress.change_goal(groups(begins=date(2026, 11, 15), times=4))
    assert [(goal.id, goal.times) for goal in progress.goals()] == [("groups", 4)]


def test_a_pause_of_a_goal_goes_on_for_its_successor(session: Session, progress: Progress) -> None:
    progress.put_goal(groups())
    progress.put_pause(Pause("p", date(2026, 11, 20), None, goals=("groups",)))
    new = progress.change_goal(groups(times=3))
    assert progress.pauses()[0].goals == ("groups", new.id)
    assert session.planner.undo() == "changed the goal Groups"
    assert progress.goals() == [groups()]
    assert progress.pauses()[0].goals == ("groups",)


def test_a_goal_that_is_gone_is_not_changed_back_to_life(progress: Progress) -> None:
    with pytest.raises(InputError):
        progress.change_goal(groups())


# Pauses


def test_a_week_ill_entered_afterwards_keeps_the_run(session: Session, progress: Progress) -> None:
    progress.put_goal(groups())
    progress.put_goal(groups(id="strict", name="Strict", kinds=("court",)))
    ill = weekly(date(2026, 9, 8), 11)
    del ill[7:9]  # two weeks in a row without: more than one rest can cover
    went(session, *ill)
    assert progress.overview()[0].standing.current == 2
    progress.put_pause(Pause("", date(2026, 10, 25), date(2026, 11, 7), "ill", ("groups",)))
    assert progress.overview()[0].standing.current == 9
    assert progress.overview()[0].standing.total == 9


def test_a_pause_ends_today_or_goes_where_no_day_is_left(progress: Progress) -> None:
    pause = progress.put_pause(Pause("", date(2026, 11, 18), None))
    assert progress.view().goals == ()
    ended = progress.end_pause(pause, date(2026, 11, 20))
    assert progress.pauses() == [ended]
    assert ended is not None and ended.ends == date(2026, 11, 20)
    assert progress.end_pause(ended, date(2026, 11, 17)) is None
    assert progress.pauses() == []


def test_a_pause_that_ends_before_it_begins_is_refused(progress: Progress) -> None:
    with pytest.raises(InputError) as caught:
        progress.put_pause(Pause("", date(2026, 11, 18), date(2026, 11, 17)))
    assert caught.value.mend


def test_a_goal_says_whether_a_pause_covers_today(progress: Progress) -> None:
    progress.put_goal(groups())
    progress.put_goal(groups(id="other", name="Other"))
    progress.put_pause(Pause("", TODAY, None, goals=("other",)))
    assert {view.goal.id: view.paused for view in progress.overview()} == {"groups": False, "other": True}


# Attendance


def test_attendance_has_what_nobody_marked_beside_it(session: Session, progress: Progress) -> None:
    tuesdays(session)
    first, second, third = session.planner.between(date(2026, 11, 1), date(2026, 11, 18))
    session.planner.mark(first, Mark.ATTENDED)
    session.planner.cancel(second)
    assert progress.attendance_by_kind(date(2026, 11, 1), TODAY) == {
        GROUP: Counts(attended=1, cancelled=1, not_recorded=1)
    }
    assert third.day == date(2026, 11, 17)


def test_what_is_still_to_come_or_records_nothing_is_not_planned_yet(session: Session, progress: Progress) -> None:
    session.planner.add(Event("", "Later today", datetime(2026, 11, 21, 15), timedelta(hours=1), ZONE, kind="court"))
    session.planner.add(Event("", "Day care", datetime(2026, 11, 20, 8), timedelta(hours=8), ZONE, kind="child-care"))
    session.planner.add(
        Event("", "Over", datetime(2026, 11, 20, 15), timedelta(hours=1), ZONE, kind="court", status=Status.TENTATIVE)
    )
    assert progress.attendance_by_kind(date(2026, 11, 1), TODAY) == {"court": Counts(not_recorded=1)}


def test_an_appointment_moved_after_it_was_marked_counts_once(session: Session, progress: Progress) -> None:
    tuesdays(session)
    first = session.planner.between(date(2026, 11, 1), date(2026, 11, 18))[0]
    session.planner.mark(first, Mark.ATTENDED)
    session.planner.move(first, datetime(2026, 11, 12, 18))
    found = progress.attendance_by_kind(date(2026, 11, 11), TODAY)
    assert found == {GROUP: Counts(not_recorded=1)}


def test_on_paused_days_going_counts_and_the_rest_stands_outside(session: Session, progress: Progress) -> None:
    tuesdays(session)
    first, second, _third = session.planner.between(date(2026, 11, 1), date(2026, 11, 18))
    session.planner.mark(first, Mark.ATTENDED)
    session.planner.mark(second, Mark.MISSED)
    progress.put_pause(Pause("", date(2026, 11, 2), date(2026, 11, 20), "ill"))
    assert progress.attendance_by_kind(date(2026, 11, 1), TODAY) == {GROUP: Counts(attended=1, paused=2)}


def test_a_pause_of_one_goal_leaves_attendance_as_it_is(session: Session, progress: Progress) -> None:
    tuesdays(session)
    progress.put_pause(Pause("", date(2026, 11, 2), None, goals=("groups",)))
    assert progress.attendance_by_kind(date(2026, 11, 1), TODAY) == {GROUP: Counts(not_recorded=3)}


# The whole place


def test_nothing_recorded_is_nothing_and_no_error(progress: Progress) -> None:
    view = progress.view()
    assert (view.goals, view.days, view.begins, view.went, view.activities) == ((), {}, None, 0, 0)
    assert (view.attendance, view.rested, view.away) == ({}, frozenset(), None)


def test_the_view_agrees_with_what_its_parts_say(session: Session, progress: Progress) -> None:
    progress.put_goal(groups(activities=True))
    went(session, date(2026, 11, 17), date(2026, 11, 18))
    did(session, date(2026, 11, 18), date(2025, 12, 31))
    view = progress.view()
    assert list(view.goals) == progress.overview()
    assert view.days == progress.days(date(2025, 1, 1), TODAY)
    assert view.days == {date(2025, 12, 31): 1, date(2026, 11, 17): 1, date(2026, 11, 18): 2}
    assert (view.begins, view.went, view.activities) == (date(2025, 12, 31), 2, 2)


def test_what_is_shown_follows_every_change_and_the_clock(
    session: Session, progress: Progress, clock: FixedClock
) -> None:
    tuesdays(session)
    progress.put_goal(groups())
    first = session.planner.between(date(2026, 11, 1), date(2026, 11, 18))[0]
    assert progress.view().went == 0
    session.planner.mark(first, Mark.ATTENDED)
    assert (progress.view().went, progress.view().goals[0].standing.times_done) == (1, 1)
    assert progress.view().attendance[GROUP] == Counts(attended=1, not_recorded=2)
    session.planner.undo()
    assert (progress.view().went, progress.view().goals[0].standing.times_done) == (0, 0)
    assert progress.view().goals[0].standing.this_period_required == 1
    session.change_settings(week_start=0)
    assert progress.view().goals[0].standing == progress.overview()[0].standing
    clock.advance(timedelta(days=4))
    assert progress.view().today == date(2026, 11, 25)
    assert progress.view().attendance[GROUP] == Counts(not_recorded=4)


def test_paused_days_of_a_year_are_those_of_everything(progress: Progress) -> None:
    progress.put_pause(Pause("", date(2025, 12, 30), date(2026, 1, 2)))
    progress.put_pause(Pause("", date(2026, 2, 1), date(2026, 2, 3), goals=("groups",)))
    found = progress.view().paused_days(date(2026, 1, 1), date(2026, 12, 31))
    assert found == {date(2026, 1, 1), date(2026, 1, 2)}


def test_an_open_pause_has_no_days_beyond_the_year_asked_for(progress: Progress) -> None:
    progress.put_pause(Pause("", date(2026, 12, 30), None))
    assert progress.view().paused_days(date(2026, 1, 1), date(2026, 12, 31)) == {
        date(2026, 12, 30),
        date(2026, 12, 31),
    }


def test_who_comes_back_after_two_weeks_is_offered_the_time_as_a_pause(session: Session, progress: Progress) -> None:
    went(session, date(2026, 11, 6))
    assert progress.view().away == (date(2026, 11, 7), date(2026, 11, 20))
    progress.put_pause(Pause("", date(2026, 11, 7), date(2026, 11, 20)))
    assert progress.view().away is None
    did(session, TODAY)
    assert progress.view().away is None


def test_after_midnight_it_is_still_the_evening_before(session: Session, clock: FixedClock) -> None:
    clock.instant = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)  # Sunday, 1 am in New York
    session.progress.put_goal(Goal("read", "Read", 1, Period.DAY, date(2026, 11, 20), activities=True))
    session.diary.finish("peekaboo", "Peekaboo")
    assert session.progress.overview()[0].standing.this_period_done == 1
    assert session.progress.view().days == {TODAY: 1}


def test_goals_figures_and_pauses_survive_a_restart(tmp_path: Path, clock: FixedClock) -> None:
    session, _code = create_profile(tmp_path, "a", None, clock, zone=ZONE)
    session.progress.put_goal(groups(name=NASTY[0]))
    session.progress.put_pause(Pause("p", date(2026, 10, 4), date(2026, 10, 10), "my own reason", ("groups",)))
    went(session, *weekly(date(2026, 9, 8), 11))
    before = session.progress.view()
    session.close()
    again = open_profile(tmp_path, list_profiles(tmp_path)[0].id, None, clock)
    try:
        assert again.progress.view() == before
    finally:
        again.close()


def test_an_appointment_for_two_children_counts_for_each_of_them() -> None:
    visits = [WentTally(TODAY, "child-health", "", "L. and m", 1), WentTally(TODAY, "child-health", "", "Bo", 1)]
    for name, times in (("M.", 1), ("L.", 1), ("Ann", 0)):
        goal = Goal("g", "Visits", 1, Period.WEEK, TODAY, kinds=("child-health",), child=name)
        assert days_counted(goal, visits, [], name)[TODAY] == times
