"""Pauses: docs/streaks.md, "Pauses"."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.goal import Pause
from companion.domain.pause import (
    begin_pause,
    covers,
    days_within,
    end_pause,
    hides,
    paused_on,
    spans,
    time_away,
)
from companion.errors import InputError

NOV = date(2026, 11, 1)


def on(day: int) -> date:
    return NOV + timedelta(days=day - 1)


def test_both_ends_are_paused() -> None:
    pause = Pause("p", on(3), on(5))
    assert [covers(pause, on(n)) for n in (2, 3, 5, 6)] == [False, True, True, False]


def test_an_open_pause_goes_on() -> None:
    assert covers(Pause("p", on(3), None), date(2050, 1, 1))


def test_a_pause_for_one_goal_leaves_the_rest_alone() -> None:
    pause = Pause("p", on(3), None, goals=("groups",))
    assert covers(pause, on(4), "groups")
    assert not covers(pause, on(4), "walks")
    assert not paused_on([pause], on(4))


def test_a_pause_may_begin_in_the_past_and_not_end_before_it_begins() -> None:
    assert begin_pause("p", on(1), on(1)).ends == on(1)
    with pytest.raises(InputError) as refused:
        begin_pause("p", on(5), on(4))
    assert refused.value.mend


def test_ending_a_pause_before_its_first_day_leaves_none() -> None:
    pause = Pause("p", on(5), None, "ill")
    assert end_pause(pause, on(7)) == Pause("p", on(5), on(7), "ill")
    assert end_pause(pause, on(4)) is None


@pytest.mark.parametrize("kind_id", ["medication-visit", "testing", "court"])
def test_medicine_testing_and_court_are_never_hidden(kind_id: str) -> None:
    assert not hides(kind_id)
    assert hides("group-therapy")


@settings(max_examples=80)
@given(
    st.lists(st.tuples(st.integers(1, 40), st.none() | st.integers(-2, 9), st.booleans()), max_size=6),
    st.integers(1, 40),
    st.integers(0, 20),
)
def test_spans_count_every_paused_day_once(drawn: list[tuple[int, int | None, bool]], first: int, length: int) -> None:
    pauses = [
        Pause(str(n), on(begins), None if more is None else on(begins + more), goals=("other",) if other else ())
        for n, (begins, more, other) in enumerate(drawn)
    ]
    found = spans(pauses, "g")
    expected = sum(paused_on(pauses, on(day), "g") for day in range(first, first + length + 1))
    assert days_within(found, on(first), on(first + length)) == expected
    closed = [p for p in pauses if p.ends is not None]
    by_closed = sum(paused_on(closed, on(day), "g") for day in range(first, first + length + 1))
    assert days_within([s for s in found if not s.open], on(first), on(first + length)) == by_closed


class TestTimeAway:
    def test_nothing_is_asked_before_two_weeks(self) -> None:
        assert time_away(on(1), on(14), []) is None

    def test_the_days_between_are_offered(self) -> None:
        assert time_away(on(1), on(15), []) == (on(2), on(14))

    def test_not_where_they_are_paused_already(self) -> None:
        assert time_away(on(1), on(21), [Pause("p", on(2), None)]) is None
        assert time_away(on(1), on(21), [Pause("p", on(2), on(10))]) == (on(2), on(20))
