"""Recurrence rules as other programs write them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday, normal
from companion.domain.rrule_text import format_rrule, parse_rrule
from companion.errors import RuleError

NEW_YORK = "America/New_York"
START = datetime(2026, 9, 8, 18)  # a Tuesday


def parse(text: str, start: datetime = START, all_day: bool = False) -> RecurrenceRule:
    return parse_rrule(text, start, NEW_YORK, all_day)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("FREQ=DAILY", RecurrenceRule(Frequency.DAILY)),
        ("RRULE:FREQ=WEEKLY;BYDAY=TU;", RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1),))),
        (" freq=weekly; byday=th,tu ", RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1), Weekday(3)))),
        ("FREQ=MONTHLY;BYDAY=+2TU,-1FR", RecurrenceRule(Frequency.MONTHLY, by_day=(Weekday(1, 2), Weekday(4, -1)))),
        ("FREQ=MONTHLY;BYMONTHDAY=-1,15", RecurrenceRule(Frequency.MONTHLY, by_month_day=(15, -1))),
        ("COUNT=12;INTERVAL=2;FREQ=WEEKLY", RecurrenceRule(Frequency.WEEKLY, interval=2, count=12)),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            RecurrenceRule(Frequency.MONTHLY, by_day=tuple(map(Weekday, range(5))), by_set_pos=(-1,)),
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,TU",
            RecurrenceRule(Frequency.WEEKLY, interval=2, by_day=(Weekday(1), Weekday(6)), week_start=6),
        ),
        ("FREQ=WEEKLY;WKST=SU;BYDAY=TU", RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1),))),
    ],
)
def test_rules_are_read_as_they_are_found(text: str, rule: RecurrenceRule) -> None:
    assert parse(text) == rule


@pytest.mark.parametrize(
    ("until", "all_day", "expected"),
    [
        ("20261215", False, datetime(2026, 12, 15, 23, 59, 59)),  # as Google writes it
        ("20261215T230000Z", False, datetime(2026, 12, 15, 18)),
        ("20260915T220000Z", False, datetime(2026, 9, 15, 18)),  # summer time
        ("20261215T180000", False, datetime(2026, 12, 15, 18)),
        ("20261215", True, datetime(2026, 12, 15, 23, 59, 59)),
        ("20261215T000000Z", True, datetime(2026, 12, 15, 23, 59, 59)),
        ("20261216T045959Z", True, datetime(2026, 12, 15, 23, 59, 59)),
    ],
)
def test_the_last_day_in_the_zone_of_the_event(until: str, all_day: bool, expected: datetime) -> None:
    assert parse(f"FREQ=WEEKLY;UNTIL={until}", all_day=all_day).until == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "how often"),
        ("BYDAY=TU", "how often"),
        ("FREQ=HOURLY", "more often than once a day"),
        ("FREQ=SECONDLY;COUNT=1000000000", "more often than once a day"),
        ("FREQ=FORTNIGHTLY", "not a repeat"),
        ("FREQ=DAILY;INTERVAL=0", "1 to 366"),
        ("FREQ=DAILY;INTERVAL=-1", "1 to 366"),
        ("FREQ=DAILY;INTERVAL=367", "1 to 366"),
        ("FREQ=DAILY;INTERVAL=²", "not a number"),
        ("FREQ=DAILY;COUNT=0", "1 to 3660"),
        ("FREQ=DAILY;COUNT=3661", "1 to 3660"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101", "both"),
        ("FREQ=DAILY;FREQ=WEEKLY", "twice"),
        ("FREQ=DAILY;UNTIL=20271301", "can't be read"),
        ("FREQ=DAILY;UNTIL=soon", "can't be read"),
        ("FREQ=DAILY;UNTIL=20260101", "ends before it starts"),
        ("FREQ=DAILY;UNTIL=99990101", "1970 to 2100"),
        ("FREQ=DAILY;BYMONTH=5;BYSETPOS=3;BYMONTHDAY=3", "monthly or yearly"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "monthly or yearly"),
        ("FREQ=WEEKLY;BYDAY=2TU", "monthly or yearly"),
        ("FREQ=WEEKLY;BYDAY=TU;BYSETPOS=1", "monthly or yearly"),
        ("FREQ=MONTHLY;BYDAY=0TU", "not a day of the week"),
        ("FREQ=MONTHLY;BYDAY=6TU", "five of each weekday"),
        ("FREQ=MONTHLY;BYDAY=TU,2WE", "can't mix"),
        ("FREQ=MONTHLY;BYSETPOS=1", "days to pick from"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "1 to 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2", "No day ever"),
        ("FREQ=MONTHLY;BYMONTHDAY=20;BYDAY=1MO", "No day ever"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", "No day ever"),
        ("FREQ=YEARLY;BYMONTH=13", "1 to 12"),
        ("FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO"),
        ("FREQ=YEARLY;BYYEARDAY=1", "BYYEARDAY"),
        ("FREQ=DAILY;BYHOUR=9", "BYHOUR"),
        ("FREQ=DAILY;WKST=XX", "not a day of the week"),
        ("FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 100_000), "too long"),
        ("every Tuesday", "not part of a repeat rule"),
        ("FREQ=DAILY;COUNT", "not part of a repeat rule"),
    ],
)
def test_what_can_not_be_kept_is_refused_in_plain_words(text: str, says: str) -> None:
    with pytest.raises(RuleError) as refused:
        parse(text)
    assert says in refused.value.sentence


def test_an_unknown_zone_and_a_start_out_of_bounds_are_refused() -> None:
    with pytest.raises(RuleError):
        parse_rrule("FREQ=DAILY;UNTIL=20270101T000000Z", START, "../../etc/passwd", False)
    with pytest.raises(RuleError):
        parse("FREQ=DAILY", datetime(1969, 12, 31))


def test_what_is_read_back_never_echoes_control_characters() -> None:
    with pytest.raises(RuleError) as refused:
        parse("FREQ=DAILY;\x1b]0;X\x07=1")
    assert "\x1b" not in str(refused.value)


@pytest.mark.parametrize(
    ("rule", "all_day", "text"),
    [
        (
            RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1), Weekday(3)), until=datetime(2027, 4, 1, 23, 59, 59)),
            False,
            "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270402T035959Z",
        ),
        (RecurrenceRule(Frequency.DAILY, until=datetime(2027, 1, 1, 23, 59, 59)), True, "FREQ=DAILY;UNTIL=20270101"),
        (
            RecurrenceRule(Frequency.MONTHLY, by_day=(Weekday(3, 2), Weekday(4, -1)), count=17),
            False,
            "FREQ=MONTHLY;BYDAY=2TH,-1FR;COUNT=17",
        ),
        (RecurrenceRule(Frequency.WEEKLY, interval=2, by_day=(Weekday(1),)), False, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        (
            RecurrenceRule(Frequency.WEEKLY, interval=2, by_day=(Weekday(1), Weekday(6))),
            False,
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO",
        ),
        (
            RecurrenceRule(Frequency.YEARLY, by_month=(11,), by_day=(Weekday(3, 4),)),
            False,
            "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
        ),
    ],
)
def test_rules_are_written_as_phones_read_them(rule: RecurrenceRule, all_day: bool, text: str) -> None:
    assert format_rrule(rule, NEW_YORK, all_day) == text
    assert parse(text, all_day=all_day) == rule


numbered = st.builds(Weekday, st.integers(0, 6), st.sampled_from([1, 2, 3, 4, 5, -1, -2]))


@st.composite
def any_rule(draw: st.DrawFn) -> RecurrenceRule:
    frequency = draw(st.sampled_from(Frequency))
    monthly = frequency in (Frequency.MONTHLY, Frequency.YEARLY)
    weekday = draw(
        st.sampled_from(
            [st.builds(Weekday, st.integers(0, 6)), numbered] if monthly else [st.builds(Weekday, st.integers(0, 6))]
        )
    )
    until = draw(st.none() | st.datetimes(datetime(2027, 1, 1), datetime(2040, 1, 1)))
    return RecurrenceRule(
        frequency,
        interval=draw(st.integers(1, 30)),
        by_day=tuple(draw(st.lists(weekday, max_size=3, unique=True))),
        by_month_day=tuple(draw(st.lists(st.integers(-28, 31).filter(bool), max_size=2, unique=True)))
        if monthly
        else (),
        by_month=tuple(draw(st.lists(st.integers(1, 12), max_size=2, unique=True))),
        count=draw(st.none() | st.integers(1, 3660)) if until is None else None,
        until=until and until.replace(microsecond=0),
        week_start=draw(st.integers(0, 6)),
    )


@settings(max_examples=80)
@given(any_rule(), st.sampled_from([NEW_YORK, "Europe/Berlin", "Asia/Kolkata", "UTC"]), st.booleans())
def test_what_is_written_is_read_back_as_the_same_rule(rule: RecurrenceRule, zone: str, all_day: bool) -> None:
    start = datetime(2026, 9, 8) if all_day else START
    # 1 to 4 at night may fall into the hour that a clock change takes away; no wall clock shows it.
    assume(rule.until is None or not 1 <= rule.until.hour <= 4)
    try:
        read = parse_rrule(format_rrule(rule, zone, all_day), start, zone, all_day)
    except RuleError as refused:
        assert "No day ever" in refused.sentence or "ends before" in refused.sentence
        return

    assert normal(read, start) == normal(rule, start)
    assert parse_rrule(format_rrule(read, zone, all_day), start, zone, all_day) == read


@settings(max_examples=80)
@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            [
                "FREQ=",
                ";",
                "INTERVAL=2",
                "DAILY",
                "MONTHLY",
                "YEARLY",
                "WEEKLY",
                "BYDAY=2TU",
                ",-1FR",
                "BYMONTHDAY=31",
                "BYMONTH=2",
                "UNTIL=",
            ]
        ),
        max_size=8,
    ).map("".join)
)
def test_any_text_is_a_rule_or_is_refused(text: str) -> None:
    try:
        rule = parse(text)
    except RuleError as refused:
        assert refused.sentence.endswith(".")
    else:
        assert isinstance(rule, RecurrenceRule)


def test_a_hostile_rule_is_refused_quickly() -> None:
    from time import perf_counter

    began = perf_counter()
    for text in (
        "FREQ=YEARLY;BYDAY=1MO;BYMONTHDAY=31",
        "FREQ=YEARLY;BYDAY=MO;BYSETPOS=366",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
    ):
        with pytest.raises(RuleError):
            parse(text)
    assert timedelta(seconds=perf_counter() - began) < timedelta(seconds=3)
