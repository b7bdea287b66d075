"""A changed goal takes nothing away from what was kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.goal import Goal, Pause, Period
from companion.domain.goal_change import asks_more, carried_over, succeed, takes_effect
from companion.domain.streak import standing

TODAY = date(2026, 11, 21)
GOAL = Goal("g", "Groups", 2, Period.WEEK, date(2026, 9, 1), kinds=("court", "group-therapy"), activities=True)

goals = st.builds(
    Goal,
    id=st.just("g"),
    name=st.just("Groups"),
    times=st.integers(1, 5),
    per=st.sampled_from(Period),
    begins=st.dates(date(2026, 8, 1), TODAY),
    ends=st.none() | st.dates(TODAY, date(2027, 1, 1)),
)
histories = st.dictionaries(st.dates(date(2026, 7, 1), TODAY), st.integers(1, 3), max_size=60)


@pytest.mark.parametrize(
    ("change", "more"),
    [
        ({}, False),
        ({"times": 1}, False),
        ({"times": 3}, True),
        ({"per": Period.MONTH}, True),
        ({"kinds": ("court",)}, True),
        ({"kinds": ("court", "group-therapy", "testing")}, False),
        ({"activities": False}, True),
        ({"child": "mia"}, True),
        ({"name": "Mine", "ends": TODAY}, False),
    ],
)
def test_what_asks_for_more(change: dict[str, object], more: bool) -> None:
    assert asks_more(GOAL, replace(GOAL, **change)) is more  # type: ignore[arg-type]


def test_a_goal_for_one_child_asks_less_once_it_is_for_any() -> None:
    assert not asks_more(replace(GOAL, child="mia"), GOAL)
    assert asks_more(replace(GOAL, child="mia"), replace(GOAL, child="leo"))


@settings(max_examples=80)
@given(goals, histories, st.integers(1, 9), st.sampled_from(Period), st.integers(0, 6))
def test_every_figure_of_before_stays(
    before: Goal, done: dict[date, int], times: int, per: Period, week_start: int
) -> None:
    now = standing(before, done, (), TODAY, week_start=week_start)
    day = takes_effect(before, now, TODAY, week_start)
    written = succeed(before, replace(before, times=times, per=per), "new", day)
    kept = [standing(goal, done, (), TODAY, week_start=week_start) for goal in written]
    assert sum(each.times_done for each in kept) == now.times_done
    if now.times_done:
        assert kept[0].best >= now.best
        assert kept[0].total >= now.total
    for earlier, later in pairwise(written):
        assert earlier.ends is not None
        assert later.begins == earlier.ends + timedelta(days=1)


def test_a_goal_that_ends_before_the_change_would_count_only_ends() -> None:
    after = replace(GOAL, times=5, ends=TODAY)
    assert succeed(GOAL, after, "new", date(2026, 11, 22)) == (replace(GOAL, ends=TODAY),)


def test_only_pauses_that_name_the_goal_go_over_to_its_successor() -> None:
    named, other, everything = (
        Pause("1", TODAY, None, goals=("g", "h")),
        Pause("2", TODAY, None, goals=("h",)),
        Pause("3", TODAY, None),
    )
    assert carried_over((named, other, everything), "g", "new") == (replace(named, goals=("g", "h", "new")),)
