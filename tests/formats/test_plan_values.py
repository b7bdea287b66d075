"""Days, times, lengths and zones as coaches write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from companion.formats.plan_dates import DateOrder, as_instant, as_moment, as_time, slashed_order
from companion.formats.plan_values import NotThis, as_length, as_number, as_reminder, as_text, as_yes_no, as_zone, shown

ZONE = "America/New_York"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("3 hours", 180),
        ("50 minutes", 50),
        ("1 h 30 min", 90),
        ("1 hour and 30 minutes", 90),
        ("2h30m", 150),
        ("1.5 hours", 90),
        ("1:30", 90),
        ("2 days", 2880),
        ("1 week", 10080),
        ("0 minutes", 0),
    ],
)
def test_lengths(text: str, minutes: int) -> None:
    assert as_length(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "text", ["", "50", "fifty minutes", "-3 hours", "3 hour s", "1.333 h", "9" * 400, "3 hours ago"]
)
def test_what_is_no_length(text: str) -> None:
    with pytest.raises(NotThis):
        as_length(text)


def test_a_number_from_a_workbook_is_repeated_as_it_was_typed() -> None:
    with pytest.raises(NotThis, match='"45" needs a unit'):
        as_length(45.0)


def test_a_bare_number_asks_for_the_unit() -> None:
    with pytest.raises(NotThis) as caught:
        as_length("50")
    assert caught.value.mend == 'Write "50 minutes" or "50 hours".'
    with pytest.raises(NotThis):
        as_length(50)


def test_a_reminder_is_one_value() -> None:
    assert as_reminder("2 hours") == 120
    with pytest.raises(NotThis):
        as_reminder("1 day, 2 hours")  # would be one reminder 26 hours before
    with pytest.raises(NotThis):
        as_reminder("5 weeks")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-09-07", date(2026, 9, 7)),
        ("2026-09-07T09:00:00", datetime(2026, 9, 7, 9)),
        ("2026-09-07 09:00", datetime(2026, 9, 7, 9)),
        ("2026-9-7 9:00 pm", datetime(2026, 9, 7, 21)),
        ("9/17/2026 9am", datetime(2026, 9, 17, 9)),
        ("17/9/2026", date(2026, 9, 17)),
        ("07.09.2026 14:30", datetime(2026, 9, 7, 14, 30)),
        ("7.9.26", date(2026, 9, 7)),
        ("Sep 7, 2026", date(2026, 9, 7)),
        ("Monday, September 7, 2026 2:30 PM", datetime(2026, 9, 7, 14, 30)),
        ("3/3/2026", date(2026, 3, 3)),
        ("2026-09-07 12:00 am", datetime(2026, 9, 7, 0)),
    ],
)
def test_days_and_times(text: str, moment: date) -> None:
    assert as_moment(text, ZONE) == moment


def test_the_order_of_a_sheet_decides_what_is_ambiguous() -> None:
    assert as_moment("03/04/2026", ZONE, DateOrder.DMY) == date(2026, 4, 3)
    assert as_moment("03/04/2026", ZONE, DateOrder.MDY) == date(2026, 3, 4)
    with pytest.raises(NotThis) as caught:
        as_moment("03/04/2026", ZONE)
    assert "3 April or March 4" in caught.value.text
    assert "--dates dmy" in caught.value.mend
    with pytest.raises(NotThis):
        as_moment("13/04/2026", ZONE, DateOrder.MDY)


def test_what_gives_the_order_away() -> None:
    assert slashed_order("13/04/2026") is DateOrder.DMY
    assert slashed_order("04/13/2026 9:00") is DateOrder.MDY
    assert slashed_order("04/05/2026") is None
    assert slashed_order("2026-04-13") is None


@pytest.mark.parametrize(
    "text",
    [
        *("2026-02-30", "1969-12-31", "2101-01-01", "5", "tomorrow", "1" * 3000, "2026-09-07 25:00"),
        *("13/14/2026", "00/05/2026", "5/0/2026", "31/31/26 9:00 am"),  # neither order makes a day of these
    ],
)
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(NotThis):
        as_moment(text, ZONE)


def test_a_time_with_an_offset_is_told_its_local_time() -> None:
    with pytest.raises(NotThis) as caught:
        as_moment(datetime(2026, 9, 7, 13, tzinfo=UTC), ZONE)
    assert caught.value.mend == "Write 2026-09-07T09:00:00."


def test_an_instant_needs_its_offset() -> None:
    assert as_instant("2026-09-01T12:00:00Z") == datetime(2026, 9, 1, 12, tzinfo=UTC)
    with pytest.raises(NotThis):
        as_instant(datetime(2026, 9, 1, 12))


@pytest.mark.parametrize(
    ("text", "at"), [("14:30", time(14, 30)), ("2:30 pm", time(14, 30)), ("9 a.m.", time(9)), ("12am", time(0))]
)
def test_times(text: str, at: time) -> None:
    assert as_time(text) == at


@pytest.mark.parametrize("text", ["9", "25:00", "13:00 pm", "0am", "9:75"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(NotThis):
        as_time(text)


def test_yes_and_no() -> None:
    assert [as_yes_no(value) for value in (True, "Yes", "x", 1.0)] == [True] * 4
    assert [as_yes_no(value) for value in (False, "no", "FALSE", 0)] == [False] * 4
    with pytest.raises(NotThis):
        as_yes_no("perhaps")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("EST", ZONE),
        ("Eastern Time", ZONE),
        ("New York", ZONE),
        ("America/NewYork", ZONE),
        ("Chicago", "America/Chicago"),
    ],
)
def test_a_zone_is_suggested(text: str, meant: str) -> None:
    with pytest.raises(NotThis) as caught:
        as_zone(text)
    assert caught.value.mend == f"Did you mean {meant}?"


@pytest.mark.parametrize("text", ["", "../../etc/passwd", "/etc/passwd", "America", "America/" + "x" * 100_000, 5])
def test_what_is_no_zone(text: object) -> None:
    with pytest.raises(NotThis):
        as_zone(text)


def test_a_zone_in_any_case() -> None:
    assert as_zone("america/new_york") == ZONE
    assert as_zone("UTC") == "UTC"


def test_numbers() -> None:
    assert as_number("12", 0, 20) == as_number(12.0, 0, 20) == 12
    for wrong in (True, "x", 1.5, -1, 21, float("nan"), float("inf"), 10**4000):
        with pytest.raises(NotThis):
            as_number(wrong, 0, 20)


def test_hidden_characters_are_taken_out_and_said() -> None:
    assert as_text("A\x1b]52;c;RVZJTA==\x07B\u202e") == ("AB", True)
    assert as_text("  two   words ") == ("two words", False)
    assert as_text("e\u0301") == ("é", False)
    assert as_text(5550142.0) == ("5550142", False)
    with pytest.raises(NotThis):
        as_text("x" * 2_001)
    with pytest.raises(NotThis):
        as_text(["x"])


def test_what_a_finding_repeats_is_short_and_clean() -> None:
    assert len(shown("x" * 5_000)) <= 60
    assert "\x1b" not in shown("\x1b[2J")
    assert shown(10**4000)
