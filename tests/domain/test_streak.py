"""The rules of docs/streaks.md, "Goals and runs", on whole histories."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.clock import logging_day
from companion.domain.goal import Goal, Pause, Period
from companion.domain.streak import Outcome, Standing, best_run, current_run, periods, required, reserve, standing

MONDAY = date(2026, 8, 31)
MET, OPEN, PAUSED, REST, MISSED = Outcome.MET, Outcome.OPEN, Outcome.PAUSED, Outcome.REST, Outcome.MISSED


def goal(times: int = 1, per: Period = Period.DAY, begins: date = MONDAY, ends: date | None = None) -> Goal:
    return Goal("g", "Show up", times, per, begins, ends)


def days(marks: Sequence[int], begins: date = MONDAY) -> dict[date, int]:
    return {begins + timedelta(days=n): times for n, times in enumerate(marks) if times}


def weeks(counts: Sequence[int]) -> dict[date, int]:
    return {MONDAY + timedelta(days=7 * n + k): 1 for n, times in enumerate(counts) for k in range(times)}


def pause(first: int, last: int | None, *goals: str) -> Pause:
    return Pause(
        "p", MONDAY + timedelta(days=first), None if last is None else MONDAY + timedelta(days=last), "", goals
    )


def on(day: int) -> date:
    return MONDAY + timedelta(days=day)


def figures(found: Standing) -> tuple[int, int, int]:
    return found.current, found.best, found.total


def outcomes(found: Standing) -> list[Outcome]:
    return [outcome for _, outcome in found.outcomes]


@pytest.mark.parametrize(
    ("times", "by_active_days"),
    [
        (1, [0, 0, 0, 0, 1, 1, 1, 1]),
        (2, [0, 0, 1, 1, 1, 1, 2, 2]),
        (3, [0, 0, 1, 1, 2, 2, 3, 3]),
        (5, [0, 1, 1, 2, 3, 4, 4, 5]),
    ],
)
def test_a_week_with_paused_days_asks_for_less(times: int, by_active_days: list[int]) -> None:
    assert [required(times, 7, 7 - active) for active in range(8)] == by_active_days


def test_more_paused_days_than_there_are_ask_for_nothing() -> None:
    assert required(5, 7, 9) == 0


class TestVectors:
    """The table of cases the rules were settled with."""

    def test_ten_days_done(self) -> None:
        assert figures(standing(goal(), days([1] * 10), [], on(9))) == (10, 10, 10)

    def test_a_rest_covers_one_day_off(self) -> None:
        found = standing(goal(), days([1] * 5 + [0] + [1] * 4), [], on(9))
        assert outcomes(found)[5] is REST
        assert figures(found) == (9, 9, 9)

    def test_two_days_off_within_seven(self) -> None:
        found = standing(goal(), days([1] * 5 + [0, 1, 0] + [1] * 4), [], on(11))
        assert (outcomes(found)[5], outcomes(found)[7]) == (REST, MISSED)
        assert figures(found) == (4, 6, 10)

    def test_five_days_in_hospital(self) -> None:
        found = standing(goal(), days([1] * 5 + [0] * 5 + [1] * 3), [pause(5, 9)], on(12))
        assert outcomes(found) == [MET] * 5 + [PAUSED] * 5 + [MET] * 3
        assert figures(found) == (8, 8, 8)

    def test_today_is_still_open(self) -> None:
        found = standing(goal(), days([1] * 6), [], on(6))
        assert outcomes(found)[-1] is OPEN
        assert figures(found) == (6, 6, 6)

    def test_three_a_week(self) -> None:
        found = standing(goal(3, Period.WEEK), weeks([3, 3, 2, 1, 3]), [pause(17, 20)], on(35))
        assert outcomes(found) == [MET, MET, MET, REST, MET, OPEN]
        assert figures(found) == (4, 4, 4)

    def test_one_a_week_with_two_blank_weeks(self) -> None:
        found = standing(goal(1, Period.WEEK), weeks([1] * 6 + [0, 0] + [1]), [], on(62))
        assert outcomes(found) == [MET] * 6 + [REST, MISSED, MET]
        assert figures(found) == (1, 6, 7)


class TestPeriods:
    def test_weeks_begin_on_monday_or_sunday(self) -> None:
        wednesday = date(2026, 9, 2)
        assert list(periods(Period.WEEK, wednesday, wednesday)) == [(date(2026, 8, 31), date(2026, 9, 6))]
        assert list(periods(Period.WEEK, wednesday, wednesday, 6)) == [(date(2026, 8, 30), date(2026, 9, 5))]

    def test_months_have_their_own_length(self) -> None:
        found = list(periods(Period.MONTH, date(2028, 1, 31), date(2028, 3, 1)))
        assert [end.day for _, end in found] == [31, 29, 31]

    def test_the_same_days_may_make_another_week(self) -> None:
        saturday_and_sunday = {date(2026, 9, 5): 1, date(2026, 9, 6): 1}
        twice = goal(2, Period.WEEK)
        assert standing(twice, saturday_and_sunday, [], on(13)).total == 1
        assert standing(twice, saturday_and_sunday, [], on(13), week_start=6).total == 0

    def test_a_goal_begun_on_friday_asks_less_of_its_first_week(self) -> None:
        begun = goal(3, Period.WEEK, on(4))
        found = standing(begun, days([0, 0, 0, 0, 1]), [], on(4))
        assert (found.this_period_required, outcomes(found)) == (1, [MET])

    def test_a_goal_begun_on_sunday_asks_nothing_of_its_first_week(self) -> None:
        assert outcomes(standing(goal(3, Period.WEEK, on(6)), {}, [], on(7))) == [PAUSED, OPEN]

    def test_what_was_done_before_the_goal_began_is_not_its_own(self) -> None:
        assert standing(goal(3, Period.WEEK, on(3)), days([1] * 5), [], on(6)).times_done == 2

    def test_a_goal_that_ended_keeps_its_figures(self) -> None:
        ended = goal(1, Period.DAY, ends=on(4))
        found = standing(ended, days([1] * 9), [], on(30))
        assert figures(found) == (5, 5, 5)
        assert (found.this_period_done, found.this_period_required) == (0, 0)

    def test_a_goal_of_the_future_has_nothing_yet(self) -> None:
        assert standing(goal(begins=on(5)), days([1] * 9), [], on(4)).outcomes == ()

    @pytest.mark.parametrize("per", list(Period))
    @pytest.mark.parametrize("edge", [date.min, date.max])
    def test_the_ends_of_the_calendar_are_no_fall(self, per: Period, edge: date) -> None:
        assert standing(goal(1, per, edge), {edge: 1}, [], edge, week_start=6).times_done == 1


class TestOpenPeriod:
    def test_a_week_kept_early_counts_at_once(self) -> None:
        found = standing(goal(2, Period.WEEK), weeks([2, 2]), [], on(8))
        assert figures(found) == (2, 2, 2)
        assert (found.this_period_done, found.this_period_required) == (2, 2)

    def test_an_open_week_lowers_nothing(self) -> None:
        before = standing(goal(2, Period.WEEK), weeks([2, 2, 2]), [], on(20))
        after = standing(goal(2, Period.WEEK), weeks([2, 2, 2]), [], on(24))
        assert (figures(after), after.rate30) == (figures(before), before.rate30)

    def test_what_is_entered_for_a_day_to_come_waits_for_it(self) -> None:
        assert standing(goal(), days([1, 1, 1]), [], on(1)).times_done == 2


class TestRests:
    def test_the_setting_gives_none_one_or_two_days_in_seven(self) -> None:
        marks = days([1, 1, 0, 1, 0, 1, 1, 1, 1])
        assert [standing(goal(), marks, [], on(8), rest=rest).current for rest in (0, 1, 2)] == [4, 4, 7]

    def test_weeks_and_months_have_one_in_four_whatever_the_setting(self) -> None:
        assert reserve(Period.WEEK, 0) == reserve(Period.MONTH, 2) == (1, 4)

    def test_a_rest_comes_back_after_seven_days(self) -> None:
        found = standing(goal(), days([0] + [1] * 6 + [0] + [1] * 3), [], on(10))
        assert figures(found) == (9, 9, 9)

    def test_a_rest_neither_breaks_nor_adds(self) -> None:
        assert current_run([MET, REST, MET, OPEN]) == 2

    def test_nobody_is_given_a_rest_for_today(self) -> None:
        assert outcomes(standing(goal(), {}, [], on(0))) == [OPEN]

    def test_logging_late_can_move_a_rest_but_the_best_run_stays(self) -> None:
        # Days 0, 3 and 8 are off: the rests go to 0 and 8. Entering day 0 late moves the first rest to day 3.
        before = days([0, 1, 1, 0, 1, 1, 1, 1, 0] + [1] * 6)
        after = before | {on(0): 1}
        assert standing(goal(), before, [], on(14)).best == 10
        assert standing(goal(), after, [], on(14)).best == 10


class TestPauses:
    def test_a_pause_for_another_goal_does_nothing(self) -> None:
        found = standing(goal(), days([1]), [pause(1, 5, "other")], on(6))
        assert PAUSED not in outcomes(found)

    def test_a_pause_for_this_goal_only(self) -> None:
        assert outcomes(standing(goal(), {}, [pause(0, 2, "g")], on(3))) == [PAUSED] * 3 + [OPEN]

    def test_something_done_on_a_paused_day_counts(self) -> None:
        found = standing(goal(2), days([2, 1, 2]), [pause(1, 1)], on(2))
        assert (found.times_done, found.current) == (5, 2)

    def test_pausing_after_the_day_was_kept_takes_nothing_back(self) -> None:
        marks = days([1] * 7)
        before, after = standing(goal(), marks, [], on(6)), standing(goal(), marks, [pause(6, None)], on(6))
        assert figures(after) == figures(before)

    def test_an_open_pause_asks_nothing_more_and_fills_no_run(self) -> None:
        # Three a week, one done on Monday, paused from Wednesday on: nobody has said for how long.
        found = standing(goal(3, Period.WEEK), days([1]), [pause(2, None)], on(2))
        assert (found.this_period_required, outcomes(found)) == (1, [OPEN])

    def test_ending_a_pause_takes_nothing_back(self) -> None:
        three = goal(3, Period.WEEK)
        for day in range(2, 14):
            running = standing(three, days([1]), [pause(2, None)], on(day))
            for last in (on(day), on(day - 1)):
                ended = standing(three, days([1]), [Pause("p", on(2), last)], on(day))
                assert ended.total >= running.total, day

    def test_the_rest_is_not_used_up_by_a_pause(self) -> None:
        found = standing(goal(), days([1, 1, 1, 0, 0, 0, 1]), [pause(3, 4)], on(6))
        assert outcomes(found) == [MET, MET, MET, PAUSED, PAUSED, REST, MET]


class TestRate:
    def test_just_starting_under_seven_days(self) -> None:
        marks = days([1] * 20)
        assert [standing(goal(), marks, [], on(n)).rate30 for n in (0, 5, 6)] == [None, None, 100]

    def test_the_last_thirty_days(self) -> None:
        marks = days([1] * 30 + [0] * 3 + [1] * 27)
        assert standing(goal(), marks, [], on(59)).rate30 == 90

    def test_paused_days_are_stepped_over(self) -> None:
        marks = days([1] * 30 + [0] * 20 + [1] * 3)
        assert standing(goal(), marks, [pause(30, 49)], on(52)).rate30 == 100

    def test_more_in_one_week_does_not_mend_another(self) -> None:
        found = standing(goal(3, Period.WEEK), weeks([6, 0, 6, 0]), [], on(28))
        assert (found.rate30, found.times_done) == (50, 12)

    def test_a_first_week_kept_early_is_still_just_starting(self) -> None:
        assert standing(goal(1, Period.WEEK), days([1]), [], on(1)).rate30 is None


class TestTheDayStaysWhereItWas:
    """Day start and zone decide the date when something is logged, and never again."""

    def test_a_late_meeting_counts_for_the_evening_before(self) -> None:
        late = datetime(2026, 9, 1, 4, 30, tzinfo=UTC)  # half past midnight in New York
        assert logging_day(late, "America/New_York") == MONDAY
        assert logging_day(late, "America/New_York", wall(0)) == on(1)

    def test_another_zone_or_day_start_moves_no_day(self) -> None:
        kept = {logging_day(datetime(2026, 9, 1 + n, 4, 30, tzinfo=UTC), "America/New_York"): 1 for n in range(5)}
        before = standing(goal(), kept, [], on(4))
        new_today = logging_day(datetime(2026, 9, 5, 4, 30, tzinfo=UTC), "America/Los_Angeles", wall(6))
        assert new_today == on(4)
        assert standing(goal(), kept, [], new_today) == before

    def test_runs_cross_the_clock_changes(self) -> None:
        begins = date(2026, 10, 1)
        instants = [datetime(2026, 10, 1, 22, tzinfo=UTC) + timedelta(days=n) for n in range(60)]
        marks = {logging_day(instant, "America/New_York"): 1 for instant in instants}
        found = standing(goal(begins=begins), marks, [], begins + timedelta(days=59))
        assert found.current == 60


marks_of_days = st.lists(st.integers(0, 3), min_size=1, max_size=70)
some_pauses = st.lists(
    st.tuples(st.integers(-5, 70), st.none() | st.integers(0, 25)).map(
        lambda pair: pause(pair[0], None if pair[1] is None else pair[0] + pair[1])
    ),
    max_size=3,
)
goals = st.builds(
    lambda times, per, first, length: goal(times, per, on(first), None if length is None else on(first + length)),
    st.integers(1, 4),
    st.sampled_from(Period),
    st.integers(0, 9),
    st.none() | st.integers(0, 60),
)
moderate = settings(max_examples=80)


@moderate
@given(goals, marks_of_days, some_pauses, st.sampled_from((0, 6)), st.integers(0, 2))
def test_total_and_best_never_fall_as_days_go_by(
    some: Goal, marks: list[int], pauses: list[Pause], week_start: int, rest: int
) -> None:
    done, best, total, times = days(marks), 0, 0, 0
    for day in range(len(marks) + 5):
        found = standing(some, done, pauses, on(day), week_start=week_start, rest=rest)
        assert (found.best >= best, found.total >= total, found.times_done >= times) == (True, True, True)
        assert found.best >= found.current
        best, total, times = found.best, found.total, found.times_done


@moderate
@given(goals, marks_of_days, some_pauses, st.integers(0, 69), st.integers(1, 3), st.integers(0, 2))
def test_total_and_best_never_fall_when_something_is_entered_late(
    some: Goal, marks: list[int], pauses: list[Pause], day: int, times: int, rest: int
) -> None:
    done = days(marks)
    before = standing(some, done, pauses, on(70), rest=rest)
    after = standing(some, done | {on(day): done.get(on(day), 0) + times}, pauses, on(70), rest=rest)
    assert after.best >= before.best
    assert after.total >= before.total
    assert after.times_done >= before.times_done


@moderate
@given(marks_of_days, st.integers(0, 69), st.integers(1, 30))
def test_a_pause_over_empty_days_neither_breaks_a_run_nor_adds(marks: list[int], at: int, length: int) -> None:
    at = min(at, len(marks) - 1)  # before the last day, which is today and open
    without = standing(goal(), days(marks), [], on(len(marks) - 1), rest=0)
    stretched = marks[:at] + [0] * length + marks[at:]
    paused = standing(goal(), days(stretched), [pause(at, at + length - 1)], on(len(stretched) - 1), rest=0)
    assert figures(paused) == figures(without)


@moderate
@given(goals, marks_of_days, some_pauses)
def test_days_kept_are_kept_under_any_pause(some: Goal, marks: list[int], pauses: list[Pause]) -> None:
    before = standing(some, days(marks), [], on(70))
    after = standing(some, days(marks), pauses, on(70))
    assert after.total >= before.total
    assert MISSED not in [new for old, new in zip(outcomes(before), outcomes(after), strict=True) if old is MET]


@moderate
@given(st.lists(st.sampled_from([MET, MET, MISSED, PAUSED]), max_size=40), st.integers(0, 2))
def test_the_best_run_is_the_best_of_all_ways_to_rest(history: list[Outcome], rest: int) -> None:
    keep = reserve(Period.DAY, rest)

    def allowed(stretch: Sequence[Outcome]) -> bool:
        off = [n for n, outcome in enumerate(stretch) if outcome is MISSED]
        return all(sum(a <= n < a + keep.window for n in off) <= keep.uses for a in off)

    stretches = [history[a:b] for a in range(len(history)) for b in range(a + 1, len(history) + 1)]
    assert best_run(history, keep) == max((s.count(MET) for s in stretches if allowed(s)), default=0)


def test_ten_goals_over_five_years_are_quick() -> None:
    begins = date(2021, 11, 21)
    done = {begins + timedelta(days=n): 1 for n in range(0, 1826, 2)}
    pauses = [Pause(str(n), begins + timedelta(days=60 * n), begins + timedelta(days=60 * n + 5)) for n in range(30)]
    many = [Goal(str(n), "Goal", 1, list(Period)[n % 3], begins) for n in range(10)]
    began = time.process_time()
    for each in many:
        standing(each, done, pauses, date(2026, 11, 21))
    assert time.process_time() - began < 0.2  # 30 ms on the machine it was written on
