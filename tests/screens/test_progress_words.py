"""What Progress says, in every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from companion.domain.attendance import Counts
from companion.domain.goal import Goal, Pause, Period
from companion.domain.streak import Standing
from companion.screens import progress_words as words

TODAY = date(2026, 11, 21)
GOAL = Goal("g", "Groups", 3, Period.WEEK, date(2026, 9, 6), kinds=("group-therapy",))


def stand(
    current: int = 0, best: int = 9, total: int = 31, times: int = 47, *, done: int = 0, asked: int = 3
) -> Standing:
    return Standing(current, best, total, times, 70, (), done, asked)


@pytest.mark.parametrize(
    ("kinds", "activities", "child", "said"),
    [
        ((), False, "", "what your plan counts for it"),
        ((), True, "", "activities together"),
        (("group-therapy",), False, "", "group therapy"),
        (("group-therapy",), True, "M.", "group therapy and activities together, for M."),
        (("court", "testing", "benefits", "housing"), False, "", "4 kinds of appointment"),
        (tuple(words.recorded_kinds()), True, "", "every appointment and activities together"),
    ],
)
def test_what_counts(kinds: tuple[str, ...], activities: bool, child: str, said: str) -> None:
    assert words.counts_words(replace(GOAL, kinds=kinds, activities=activities), child) == said


def test_what_a_plan_counts_toward_a_goal_is_named_once_it_counted() -> None:
    assert words.counts_words(replace(GOAL, kinds=()), "", ("court",)) == "court and legal"
    assert words.counts_words(GOAL, "", ("group-therapy", "court")) == "group therapy and court and legal"


@pytest.mark.parametrize(
    ("times", "per", "said"),
    [(1, Period.DAY, "once a day"), (1, Period.WEEK, "once a week"), (4, Period.MONTH, "4 times a month")],
)
def test_how_often(times: int, per: Period, said: str) -> None:
    assert words.often_words(times, per) == said


@pytest.mark.parametrize(
    ("goal", "standing", "paused", "said"),
    [
        (GOAL, stand(done=2), False, "2 of 3 this week"),
        (GOAL, stand(done=3), False, "3 of 3 this week, kept"),
        (GOAL, stand(asked=0), True, "paused, nothing to do"),
        (GOAL, stand(asked=0, done=1), True, "1 done in your pause. It counts."),
        (GOAL, stand(asked=0), False, "asks from next week on"),
        (replace(GOAL, per=Period.MONTH), stand(asked=0), False, "asks from next month on"),
        (replace(GOAL, begins=date(2026, 12, 6)), stand(asked=0), False, "from Sun, Dec 6"),
        (replace(GOAL, begins=date(2026, 11, 22)), stand(asked=0), False, "from tomorrow"),
        (replace(GOAL, ends=date(2026, 11, 20)), stand(), False, "until yesterday"),
        (replace(GOAL, ends=TODAY), stand(done=1), False, "1 of 3 this week"),
    ],
)
def test_what_this_period_has(goal: Goal, standing: Standing, paused: bool, said: str) -> None:
    assert words.now_words(goal, standing, paused, TODAY) == said


def test_a_goal_on_a_run_has_its_figures_and_needs_no_more_words() -> None:
    row = words.goal_row(GOAL, stand(4), False, TODAY)
    assert [value for _name, value in row.figures] == ["4 weeks", "9 weeks", "31 weeks, done 47 times", "70%"]
    assert row.words == ""


def test_a_goal_from_a_plan_says_what_counted_for_it() -> None:
    row = words.goal_row(replace(GOAL, kinds=()), stand(), False, TODAY, child="M.", toward=("court",))
    assert row.counts == "court and legal, for M."


def test_a_run_at_rest_is_a_new_one_and_says_what_is_kept() -> None:
    row = words.goal_row(GOAL, stand(), False, TODAY)
    assert row.figures[0] == ("current run", "a new one")
    assert len(row.figures) == 4
    assert row.words == "A new run starts whenever you like. 47 done so far, best run 9 weeks. All kept."


def test_a_goal_that_is_over_asks_for_no_new_run() -> None:
    row = words.goal_row(replace(GOAL, ends=date(2026, 11, 1)), stand(), False, TODAY)
    assert row.figures[0] == ("current run", "over")
    assert row.words == "Over. All of it is kept."


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        (GOAL, "It begins with the first time, whenever you like."),
        (replace(GOAL, begins=date(2026, 12, 6)), ""),
        (replace(GOAL, ends=date(2026, 11, 1)), ""),
    ],
)
def test_before_the_first_time_there_are_no_figures(goal: Goal, said: str) -> None:
    row = words.goal_row(goal, stand(0, 0, 0, 0), False, TODAY)
    assert (row.figures, row.words) == ((), said)


def test_goals_that_run_come_first_then_those_to_come_then_those_over() -> None:
    goals = [
        replace(GOAL, ends=date(2026, 11, 20)),
        replace(GOAL, begins=date(2026, 12, 1)),
        GOAL,
        replace(GOAL, ends=TODAY),
    ]
    assert words.in_order(goals, TODAY) == [2, 3, 1, 0]


def test_the_first_line_is_what_stays() -> None:
    assert words.so_far_words(0, 0) == "Nothing here yet, and nothing is asked of you."
    assert words.so_far_words(1, 0) == "So far: 1 appointment kept. All of it stays."
    assert words.so_far_words(31, 1) == "So far: 31 appointments kept and 1 thing done together. All of it stays."


def test_attendance_in_columns_and_in_a_narrow_window() -> None:
    numbers = {
        "group-therapy": Counts(attended=16, missed=1, cancelled_late=1, cancelled_by_provider=3, moved=1, paused=2),
        "court": Counts(not_recorded=1),
    }
    assert words.attendance_lines(numbers, 76) == [
        "Group therapy    16 of 18, 89%. Beside it: 3 cancelled by the provider, 1",
        "                 moved, 2 in a pause.",
        "Court and legal  Nothing to count yet. Beside it: 1 not recorded.",
    ]
    assert words.attendance_lines(numbers, 40) == [
        "Group therapy",
        "  16 of 18, 89%. Beside it: 3 cancelled",
        "  by the provider, 1 moved, 2 in a",
        "  pause.",
        "Court and legal",
        "  Nothing to count yet. Beside it: 1 not",
        "  recorded.",
    ]
    assert words.attendance_lines({}, 76) == []


def test_a_kind_that_this_version_does_not_know_has_a_line_too() -> None:
    assert words.attendance_lines({"moon-walk": Counts(attended=1)}, 76) == ["Other  1 of 1, 100%."]


def test_milestones_of_both_sorts() -> None:
    assert words.milestone_lines(0, 0) == []
    assert words.milestone_lines(1, 31) == [
        "You showed up. That is your first one.",
        "30 activities together. Before that: 1, 10.",
    ]


@pytest.mark.parametrize(
    ("pause", "said"),
    [
        (Pause("p", date(2026, 11, 18), None, "ill"), ("From Wed, Nov 18, open", "everything · I am ill")),
        (Pause("p", TODAY, TODAY), ("Today", "everything")),
        (
            Pause("p", date(2026, 11, 3), date(2026, 11, 10), "Grandma's move", ("g", "h", "gone")),
            ("Tue, Nov 3 to Tue, Nov 10", "Groups and Reading · Grandma's move"),
        ),
        (Pause("p", TODAY, TODAY, "", ("gone",)), ("Today", "a goal that is off")),
        (Pause("p", TODAY, TODAY, "", ("g", "g2")), ("Today", "Groups")),  # a goal and its successor
    ],
)
def test_a_pause_in_words(pause: Pause, said: tuple[str, str]) -> None:
    assert words.pause_words(pause, {"g": "Groups", "g2": "Groups", "h": "Reading"}, TODAY) == said


def test_the_pause_that_is_on_is_one_of_everything_and_the_longest() -> None:
    short = Pause("short", date(2026, 11, 20), TODAY)
    long = Pause("long", TODAY, date(2026, 12, 1))
    open_ended = Pause("open", TODAY, None)
    one = Pause("one", date(2026, 11, 1), None, goals=("g",))
    over, ahead = Pause("over", date(2026, 11, 1), date(2026, 11, 20)), Pause("ahead", date(2026, 11, 22), None)
    assert words.running_pause((one, over, ahead), TODAY) is None
    assert words.running_pause((short, long, one), TODAY) == long
    assert words.running_pause((short, open_ended, long), TODAY) == open_ended
