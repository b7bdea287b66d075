"""What makes a rule sound, and its plainest form."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from companion.domain.expansion import starts
from companion.domain.recurrence import (
    Frequency,
    RecurrenceRule,
    Weekday,
    check,
    end_of,
    normal,
    week_start_matters,
    with_end,
)
from companion.errors import RuleError

DAILY, WEEKLY, MONTHLY, YEARLY = Frequency
START = datetime(2026, 9, 8, 18)  # a Tuesday


@pytest.mark.parametrize(
    "rule",
    [
        RecurrenceRule(DAILY, interval=366, count=3660),
        RecurrenceRule(WEEKLY, by_day=tuple(map(Weekday, range(7)))),
        RecurrenceRule(MONTHLY, by_month_day=(31,)),
        RecurrenceRule(MONTHLY, by_day=(Weekday(4),), by_month_day=(13,)),
        RecurrenceRule(MONTHLY, by_day=(Weekday(0, 5),)),
        RecurrenceRule(YEARLY, by_month=(2,), by_month_day=(29,)),
        RecurrenceRule(YEARLY, by_month=(2,), by_day=(Weekday(3, 5),)),  # every 28 years: 2024, 2052
        RecurrenceRule(YEARLY, by_day=(Weekday(3, 53),)),
        RecurrenceRule(YEARLY, by_day=(Weekday(0),), by_set_pos=(-1,)),
        RecurrenceRule(YEARLY, by_month=(3, 9), by_set_pos=(1,)),
    ],
)
def test_sound_rules_pass(rule: RecurrenceRule) -> None:
    check(rule)
    check(rule, START)
    assert starts(rule, START, START, datetime(2101, 1, 1))


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (RecurrenceRule(DAILY, interval=0), "1 to 366"),
        (RecurrenceRule(DAILY, interval=367), "1 to 366"),
        (RecurrenceRule(DAILY, count=0), "1 to 3660"),
        (RecurrenceRule(DAILY, count=3661), "1 to 3660"),
        (RecurrenceRule(DAILY, count=2, until=START), "not both"),
        (RecurrenceRule(DAILY, until=datetime(2101, 1, 1)), "1970 to 2100"),
        (RecurrenceRule(DAILY, week_start=7), "seven days"),
        (RecurrenceRule(DAILY, by_month_day=(3,)), "monthly or yearly"),
        (RecurrenceRule(DAILY, by_month=(5,), by_month_day=(3,), by_set_pos=(3,)), "monthly or yearly"),
        (RecurrenceRule(WEEKLY, by_day=(Weekday(1),), by_set_pos=(1,)), "monthly or yearly"),
        (RecurrenceRule(WEEKLY, by_day=(Weekday(1, 2),)), "monthly or yearly"),
        (RecurrenceRule(WEEKLY, by_day=(Weekday(7),)), "seven days"),
        (RecurrenceRule(MONTHLY, by_day=(Weekday(1, 6),)), "at most five"),
        (RecurrenceRule(YEARLY, by_month=(3,), by_day=(Weekday(1, 6),)), "at most five"),
        (RecurrenceRule(YEARLY, by_day=(Weekday(1, 54),)), "at most five"),
        (RecurrenceRule(MONTHLY, by_day=(Weekday(1), Weekday(2, 1))), "mix"),
        (RecurrenceRule(MONTHLY, by_month_day=(0,)), "1 to 31"),
        (RecurrenceRule(MONTHLY, by_month_day=(-32,)), "1 to 31"),
        (RecurrenceRule(MONTHLY, by_month=(0,)), "1 to 12"),
        (RecurrenceRule(MONTHLY, by_set_pos=(1,)), "days to pick from"),
        (RecurrenceRule(MONTHLY, by_day=(Weekday(1),), by_set_pos=(0,)), "1 to 366"),
        (RecurrenceRule(MONTHLY, by_month=(2,), by_month_day=(30,)), "No day ever"),
        (RecurrenceRule(YEARLY, by_month=(4, 6), by_month_day=(31, -31)), "No day ever"),
        (RecurrenceRule(MONTHLY, by_day=(Weekday(1, 1),), by_month_day=(8,)), "No day ever"),
        (RecurrenceRule(MONTHLY, by_month_day=(1,), by_set_pos=(2,)), "No day ever"),
        (RecurrenceRule(YEARLY, by_day=(Weekday(1),), by_set_pos=(60,)), "No day ever"),
    ],
)
def test_rules_that_can_not_be_kept_are_refused(rule: RecurrenceRule, says: str) -> None:
    with pytest.raises(RuleError) as refused:
        check(rule)
    assert says in refused.value.sentence


@pytest.mark.parametrize(
    "rule",
    [
        RecurrenceRule(DAILY, interval=7, by_day=(Weekday(0),)),  # steps from Tuesday to Tuesday
        RecurrenceRule(MONTHLY, interval=12, by_month=(2,)),
        RecurrenceRule(YEARLY, interval=4, by_month=(2,), by_month_day=(29,)),  # 2026, 2030: no leap year
        RecurrenceRule(DAILY, until=datetime(2026, 9, 8, 17)),
    ],
)
def test_rules_that_give_nothing_from_their_start_on_are_refused(rule: RecurrenceRule) -> None:
    check(rule)
    with pytest.raises(RuleError):
        check(rule, START)


def test_a_start_outside_the_years_kept_is_refused() -> None:
    for year in (1969, 2101):
        with pytest.raises(RuleError):
            check(RecurrenceRule(DAILY), datetime(year, 6, 1))


def test_a_count_becomes_its_last_session() -> None:
    rule = RecurrenceRule(WEEKLY, by_day=(Weekday(1), Weekday(3)), count=17)

    assert with_end(rule, START) == replace(rule, count=None, until=datetime(2026, 11, 3, 18))
    assert with_end(with_end(rule, START), START) == with_end(rule, START)
    assert with_end(RecurrenceRule(YEARLY, count=3660), START).until == datetime(2100, 9, 8, 18)
    assert with_end(RecurrenceRule(MONTHLY, by_month=(2,), by_month_day=(30,), count=3), START).until == START


@pytest.mark.parametrize(
    ("rule", "plain"),
    [
        (RecurrenceRule(WEEKLY), RecurrenceRule(WEEKLY, by_day=(Weekday(1),))),
        (RecurrenceRule(WEEKLY, interval=2, week_start=6), RecurrenceRule(WEEKLY, interval=2, by_day=(Weekday(1),))),
        (
            RecurrenceRule(DAILY, by_day=(Weekday(3), Weekday(1))),
            RecurrenceRule(WEEKLY, by_day=(Weekday(1), Weekday(3))),
        ),
        (RecurrenceRule(WEEKLY, by_day=tuple(map(Weekday, range(7)))), RecurrenceRule(DAILY)),
        (RecurrenceRule(MONTHLY), RecurrenceRule(MONTHLY, by_month_day=(8,))),
        (RecurrenceRule(YEARLY), RecurrenceRule(YEARLY, by_month=(9,), by_month_day=(8,))),
        (
            RecurrenceRule(MONTHLY, by_day=(Weekday(1),), by_set_pos=(-1,)),
            RecurrenceRule(MONTHLY, by_day=(Weekday(1, -1),)),
        ),
        (
            RecurrenceRule(DAILY, until=datetime(2026, 9, 20, 12)),
            RecurrenceRule(DAILY, until=datetime(2026, 9, 19, 23, 59, 59)),
        ),
    ],
)
def test_the_plainest_form_gives_the_same_days(rule: RecurrenceRule, plain: RecurrenceRule) -> None:
    assert normal(rule, START) == plain
    assert normal(plain, START) == plain
    horizon = datetime(2029, 1, 1)
    assert starts(rule, START, START, horizon) == starts(plain, START, START, horizon)


def test_the_week_start_matters_only_where_it_changes_the_days() -> None:
    several = RecurrenceRule(WEEKLY, interval=2, by_day=(Weekday(1), Weekday(6)))

    assert week_start_matters(several, START)
    assert not week_start_matters(replace(several, interval=1), START)
    assert not week_start_matters(replace(several, by_day=(Weekday(1),)), START)
    assert starts(several, START, START, datetime(2026, 9, 28)) != starts(
        replace(several, week_start=6), START, START, datetime(2026, 9, 28)
    )


def test_until_a_day_takes_the_day_in() -> None:
    assert end_of(START) == datetime(2026, 9, 8, 23, 59, 59)
