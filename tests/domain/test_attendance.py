"""Appointments: docs/streaks.md, "Appointments"."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.attendance import (
    EXPECTED,
    WENT,
    Counts,
    ExcuseRules,
    Mark,
    called_off,
    counts,
    rate,
    run,
    still_asks,
    unmarked,
)
from companion.domain.event import Event, Occurrence, Status

ZONE = "America/New_York"
START = datetime(2026, 11, 17, 18, 0)
HOUR = timedelta(hours=1)


def occurrence(uid: str = "a", start: datetime = START, kind: str = "group-therapy", **more: object) -> Occurrence:
    event = Event(uid, "Group", start, HOUR, ZONE, kind, **more)  # type: ignore[arg-type]
    return Occurrence(event, start, start + HOUR)


def at(moment: datetime) -> datetime:
    return moment.replace(tzinfo=ZoneInfo(ZONE))


def test_the_fraction_of_twenty_four_planned() -> None:
    marks = (
        [Mark.ATTENDED] * 15
        + [Mark.ATTENDED_ONLINE, Mark.MOVED, Mark.EXCUSED, Mark.MISSED, Mark.CANCELLED_LATE, None]
        + [Mark.CANCELLED_BY_PROVIDER] * 3
    )
    found = counts(marks)
    assert (found.planned, found.attended, found.expected, rate(found)) == (24, 16, 18, 89)


@pytest.mark.parametrize("mark", [m for m in [*Mark, None] if m not in EXPECTED])
def test_everything_neutral_stays_outside(mark: Mark | None) -> None:
    alone = counts([mark])
    assert (alone.planned, alone.expected, rate(alone)) == (1, 0, None)
    assert rate(counts([Mark.ATTENDED, Mark.MISSED, mark])) == 50


def test_paused_days_stop_counting_but_going_counts() -> None:
    found = counts([Mark.ATTENDED], in_pause=[Mark.ATTENDED, Mark.MISSED, Mark.CANCELLED_LATE, None, Mark.MOVED])
    assert (found.attended, found.expected, found.paused, found.moved, found.planned) == (2, 2, 3, 1, 6)


def test_halves_are_rounded_up() -> None:
    assert rate(Counts(attended=1, missed=7)) == 13


@given(st.lists(st.sampled_from([*Mark, None])))
def test_every_mark_is_in_one_pile(marks: list[Mark | None]) -> None:
    found = counts(marks)
    assert found.planned == len(marks)
    assert rate(found) is None or 0 <= (rate(found) or 0) <= 100


def test_a_run_steps_over_what_is_neutral() -> None:
    went, off = Mark.ATTENDED, Mark.MISSED
    assert run([went, None, Mark.EXCUSED, went, Mark.CANCELLED_BY_PROVIDER, Mark.ATTENDED_ONLINE]) == (3, 3)
    assert run([went, went, off, went, Mark.MOVED]) == (1, 2)
    assert run([went, Mark.CANCELLED_LATE]) == (0, 1)


class TestCallingOff:
    def test_without_a_list_every_named_reason_is_accepted(self) -> None:
        assert called_off("child ill", timedelta(0), ExcuseRules()) is Mark.EXCUSED

    def test_the_plan_says_which_reasons_count(self) -> None:
        rules = ExcuseRules(("own illness", "court clash"))
        assert called_off("Own-Illness", timedelta(0), rules) is Mark.EXCUSED
        assert called_off("hearing clash", timedelta(0), rules) is Mark.EXCUSED
        assert called_off("no ride", timedelta(hours=24), rules) is Mark.CANCELLED_WITH_NOTICE
        assert called_off("no ride", timedelta(hours=23), rules) is Mark.CANCELLED_LATE

    def test_a_programme_with_two_days_notice(self) -> None:
        rules = ExcuseRules(("own illness",), timedelta(hours=48))
        assert called_off("", timedelta(hours=47), rules) is Mark.CANCELLED_LATE
        assert called_off("", timedelta(hours=48), rules) is Mark.CANCELLED_WITH_NOTICE

    def test_no_reason_excuses_nothing(self) -> None:
        assert called_off("", timedelta(0), ExcuseRules()) is Mark.CANCELLED_LATE


class TestAsking:
    def test_it_asks_from_its_end_for_seventy_two_hours(self) -> None:
        end = START + HOUR
        asks = [still_asks(end, end + timedelta(hours=h)) for h in (-1, 0, 71, 72)]
        assert asks == [False, True, True, False]

    def test_seventy_two_hours_are_real_hours_across_the_clock_change(self) -> None:
        end = at(datetime(2026, 10, 31, 18, 0))  # the night to Sunday has 25 hours
        assert unmarked([occurrence(start=datetime(2026, 10, 31, 17))], (), at(datetime(2026, 11, 3, 16, 59)))
        assert not unmarked([occurrence(start=datetime(2026, 10, 31, 17))], (), at(datetime(2026, 11, 3, 17, 0)))
        assert end.utcoffset() != at(datetime(2026, 11, 3)).utcoffset()

    def test_the_latest_that_ended_comes_first(self) -> None:
        earlier, later = occurrence("a"), occurrence("b", START + 2 * HOUR)
        found = unmarked([earlier, later], (), at(START + 5 * HOUR))
        assert [o.event.uid for o in found] == ["b", "a"]

    def test_marked_cancelled_and_unrecorded_kinds_do_not_ask(self) -> None:
        marked, cancelled = occurrence("m"), occurrence("c", status=Status.CANCELLED)
        shift, coming = occurrence("w", kind="work-shift"), occurrence("n", START + 5 * HOUR)
        assert unmarked([marked, cancelled, shift, coming], {marked.key}, at(START + 2 * HOUR)) == []

    def test_what_nobody_marked_never_counts(self) -> None:
        assert counts([None, None]).expected == 0
        assert WENT < EXPECTED
