"""The nights when the clocks change: what is said of an hour that is left out, or comes twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.clock_change import comes_twice, hour_words, series_hour_words, shown_as
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday, end_of

ZONE = "America/New_York"
TODAY = date(2026, 11, 21)
NIGHTS = (datetime(2027, 3, 14), datetime(2027, 11, 7), datetime(2027, 3, 28), datetime(2027, 10, 31))
SUNDAYS = RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(6),))


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (
            datetime(2027, 3, 14, 2, 30),
            "There is no 2:30 am on Sun, Mar 14, 2027: the clocks go forward. It will be at 3:30 am.",
        ),
        (
            datetime(2027, 11, 7, 1, 30),
            "1:30 am comes twice on Sun, Nov 7, 2027: the clocks go back. The first one counts.",
        ),
        (datetime(2027, 3, 14, 1, 59), ""),
        (datetime(2027, 3, 14, 3, 0), ""),
        (datetime(2027, 11, 7, 0, 59), ""),
        (datetime(2027, 11, 7, 2, 0), ""),
        (datetime(2026, 11, 24, 18), ""),
    ],
)
def test_what_is_said_of_an_hour(start: datetime, words: str) -> None:
    assert hour_words(start, ZONE, today=TODAY) == words


def test_with_a_24_hour_clock_and_where_midnight_comes_twice() -> None:
    assert "02:30" in hour_words(datetime(2027, 3, 14, 2, 30), ZONE, today=TODAY, hours24=True)
    assert hour_words(datetime(2026, 10, 25, 0, 0), "Atlantic/Azores", today=TODAY).startswith("Midnight comes twice")


def test_a_zone_without_summer_time_has_every_hour_once() -> None:
    assert hour_words(datetime(2027, 3, 14, 2, 30), "America/Phoenix", today=TODAY) == ""


def test_a_series_tells_the_first_night_it_meets() -> None:
    start = datetime(2026, 11, 22, 2, 30)
    assert "Mar 14" in series_hour_words(SUNDAYS, start, ZONE, today=TODAY)
    twice = series_hour_words(SUNDAYS, start.replace(hour=1), ZONE, today=TODAY)
    assert "Nov 7, 2027" in twice
    assert series_hour_words(SUNDAYS, start.replace(hour=4), ZONE, today=TODAY) == ""


def test_a_series_that_ends_before_that_night_has_nothing_to_tell() -> None:
    start = datetime(2026, 11, 22, 2, 30)
    for ended in (
        RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(6),), count=16),
        RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(6),), until=end_of(date(2027, 3, 13))),
        RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1),)),
    ):
        first = start if ended.by_day == SUNDAYS.by_day else start + timedelta(days=2)
        assert series_hour_words(ended, first, ZONE, today=TODAY) == ""
    one_more = RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(6),), count=17)
    assert "Mar 14" in series_hour_words(one_more, start, ZONE, today=TODAY)


@settings(max_examples=100)
@given(
    st.one_of(
        st.datetimes(datetime(2000, 1, 1), datetime(2035, 1, 1)),
        st.sampled_from(
            [datetime(2027, 3, 14), datetime(2027, 11, 7), datetime(2027, 3, 28), datetime(2027, 10, 31)]
        ).flatmap(lambda night: st.integers(0, 240).map(lambda minutes: night + timedelta(minutes=minutes))),
    ),
    st.sampled_from([ZONE, "Europe/London", "UTC"]),
)
def test_dateutil_finds_the_same_hours(start: datetime, zone: str) -> None:
    start = start.replace(second=0, microsecond=0)
    there = ZoneInfo(zone)
    exists = tz.datetime_exists(start, there)
    assert (shown_as(start, zone) == start) == exists
    assert comes_twice(start, zone) == (exists and tz.datetime_ambiguous(start, there))  # its "ambiguous" knows no gap
