"""Times, lengths and reminders as people type them; what could mean two things is asked about."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.spoken_time import parse_end, parse_length, parse_reminders, parse_time
from companion.domain.wording import length_words, time_words
from companion.errors import InputError

SIX = datetime(2026, 11, 24, 18)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6pm", time(18)),
        ("6 PM", time(18)),
        ("6p", time(18)),
        ("6:30 p.m.", time(18, 30)),
        ("at 6.30pm", time(18, 30)),
        ("18:00", time(18)),
        ("09:15", time(9, 15)),
        ("0:30", time(0, 30)),
        ("12 am", time(0)),
        ("12pm", time(12)),
        ("noon", time(12)),
        ("Midnight", time(0)),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, expected: time) -> None:
    assert parse_time(text) == expected


@pytest.mark.parametrize("text", ["6", "6:30", "12"])
def test_a_time_that_can_mean_two_is_asked_about_and_both_are_named(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_time(text)
    assert "am" in caught.value.mend and "pm" in caught.value.mend
    assert parse_time(text, hours24=True).hour == int(text.split(":", maxsplit=1)[0])


@pytest.mark.parametrize("text", ["", "soon", "25:00", "13pm", "6:75", "6" * 500, "0pm"])
def test_what_is_no_time_is_refused_with_a_mend(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_time(text)
    assert caught.value.mend


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7:30", SIX.replace(hour=19, minute=30)),
        ("8pm", SIX.replace(hour=20)),
        ("1 am", SIX.replace(day=25, hour=1)),
        ("90 min", SIX + timedelta(minutes=90)),
        ("90", SIX + timedelta(minutes=90)),
        ("1h30", SIX + timedelta(minutes=90)),
        ("2 hours", SIX + timedelta(hours=2)),
        ("+1h", SIX + timedelta(hours=1)),
    ],
)
def test_an_end_is_a_time_or_a_length(text: str, expected: datetime) -> None:
    assert parse_end(text, SIX) == expected


def test_a_bare_number_as_an_end_is_asked_about() -> None:
    with pytest.raises(InputError, match="time or a length"):
        parse_end("2", SIX)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("50 minutes", 50),
        ("1 hour 30 minutes", 90),
        ("1 hour, 5 min", 65),
        ("an hour and 15 min", 75),
        ("half an hour", 30),
        ("1.5 hours", 90),
        ("2 days", 2880),
        ("1 week", 10080),
        ("45m", 45),
    ],
)
def test_a_length_is_read_as_people_write_it(text: str, minutes: int) -> None:
    assert parse_length(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "long", "5 years", "9999 weeks", "1 hour or so"])
def test_what_is_no_length_is_refused_with_a_mend(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_length(text)
    assert caught.value.mend


def test_reminders_come_the_earliest_first_and_two_at_most() -> None:
    assert parse_reminders("2 hours, 1 day") == (1440, 120)
    assert parse_reminders("1 day and 30 min before") == (1440, 30)
    assert parse_reminders("none") == ()
    with pytest.raises(InputError, match="two"):
        parse_reminders("1 day, 2 hours, 5 min")
    with pytest.raises(InputError, match="4 weeks"):
        parse_reminders("60 days")


@given(st.times(), st.booleans())
def test_a_time_that_is_shown_is_read_back(moment: time, hours24: bool) -> None:
    moment = moment.replace(second=0, microsecond=0)
    assert parse_time(time_words(moment, hours24), hours24=hours24) == moment


@given(st.integers(1, 60 * 24 * 300))
def test_a_length_that_is_shown_is_read_back(minutes: int) -> None:
    length = timedelta(minutes=minutes)
    assert parse_length(length_words(length)) == length


@given(st.text(max_size=60))
def test_any_text_gives_a_value_or_a_sentence(text: str) -> None:
    for read in (parse_time, parse_length, parse_reminders, lambda t: parse_end(t, SIX)):
        try:
            read(text)
        except InputError as error:
            assert error.mend
