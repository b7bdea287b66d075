"""Dates, times and lengths in words, as plain text."""

from __future__ import annotations

import gettext
import locale
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain import language
from companion.domain.names import month_name, month_short, month_title, weekday_letters, weekday_name, weekday_short
from companion.domain.wording import (
    at_start,
    date_words,
    dates_words,
    day_heading,
    day_span_words,
    day_words,
    length_words,
    list_words,
    span_words,
    time_words,
    when_words,
)

TODAY = date(2026, 11, 21)  # a Saturday


def on(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 11, 21, hour, minute) + timedelta(days=day)


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (2, "Monday"),
        (6, "Friday"),
        (7, "Sat, Nov 28"),
        (10, "Tue, Dec 1"),
        (-2, "Thu, Nov 19"),
        (41, "Fri, Jan 1, 2027"),
        (-365, "Fri, Nov 21, 2025"),
    ],
)
def test_a_day(ahead: int, words: str) -> None:
    assert day_words(TODAY + timedelta(days=ahead), TODAY) == words


def test_a_weekday_name_crosses_the_new_year() -> None:
    assert day_words(date(2027, 1, 2), date(2026, 12, 29)) == "Saturday"
    assert date_words(date(2027, 1, 2), date(2026, 12, 29)) == "Sat, Jan 2, 2027"


def test_headings() -> None:
    assert day_heading(TODAY, TODAY) == "Today · Saturday, Nov 21"
    assert day_heading(date(2026, 12, 1), TODAY) == "Tuesday, Dec 1"
    assert day_heading(date(2027, 1, 1), TODAY) == "Friday, Jan 1, 2027"
    assert month_title(TODAY) == "November 2026"


@pytest.mark.parametrize(
    ("moment", "twelve", "twenty_four"),
    [
        (time(18), "6:00 pm", "18:00"),
        (time(9, 5), "9:05 am", "09:05"),
        (time(12), "noon", "12:00"),
        (time(12, 1), "12:01 pm", "12:01"),
        (time(0), "midnight", "00:00"),
        (time(0, 30), "12:30 am", "00:30"),
        (time(23, 59), "11:59 pm", "23:59"),
    ],
)
def test_a_time(moment: time, twelve: str, twenty_four: str) -> None:
    assert (time_words(moment), time_words(moment, True)) == (twelve, twenty_four)
    assert time_words(datetime.combine(TODAY, moment)) == twelve


@pytest.mark.parametrize(
    ("start", "end", "twelve", "twenty_four"),
    [
        (on(0, 18), on(0, 19, 30), "6:00–7:30 pm", "18:00–19:30"),
        (on(0, 9), on(0, 11), "9:00–11:00 am", "09:00–11:00"),
        (on(0, 11, 30), on(0, 13), "11:30 am–1:00 pm", "11:30–13:00"),
        (on(0, 11), on(0, 12), "11:00 am–noon", "11:00–12:00"),
        (on(0, 12), on(0, 13), "noon–1:00 pm", "12:00–13:00"),
        (on(0, 12, 30), on(0, 13), "12:30–1:00 pm", "12:30–13:00"),
        (on(0, 0), on(0, 6), "midnight–6:00 am", "00:00–06:00"),
        (on(0, 22), on(1, 0), "10:00 pm–midnight", "22:00–00:00"),
        (on(0, 22), on(1, 1), "10:00 pm–1:00 am", "22:00–01:00"),
        (on(0, 18), on(0, 18), "6:00 pm", "18:00"),
    ],
)
def test_from_to(start: datetime, end: datetime, twelve: str, twenty_four: str) -> None:
    assert (span_words(start, end), span_words(start, end, True)) == (twelve, twenty_four)


@pytest.mark.parametrize(
    ("start", "end", "of_each_day"),
    [
        (on(0, 18), on(0, 19), ["6:00–7:00 pm"]),
        (on(0, 22), on(1, 0), ["10:00 pm–midnight"]),
        (on(0, 22), on(1, 6), ["10:00 pm–6:00 am", "until 6:00 am"]),
        (on(0, 8), on(1, 20), ["from 8:00 am", "until 8:00 pm"]),
        (on(0, 17), on(2, 12), ["from 5:00 pm", "all day", "until noon"]),
        (on(0, 17), on(2, 0), ["from 5:00 pm", "until midnight"]),
    ],
)
def test_what_there_is_of_it_on_each_day(start: datetime, end: datetime, of_each_day: list[str]) -> None:
    days = [TODAY + timedelta(days=n) for n in range(len(of_each_day))]
    assert [day_span_words(day, start, end) for day in days] == of_each_day


@pytest.mark.parametrize(
    ("start", "end", "all_day", "words"),
    [
        (on(1, 18), on(1, 19, 30), False, "tomorrow, 6:00–7:30 pm"),
        (on(10, 9), on(10, 9, 50), False, "Tue, Dec 1, 9:00–9:50 am"),
        (on(0), on(1), True, "today, all day"),
        (on(0), on(0), True, "today, all day"),
        (on(10), on(13), True, "Tue, Dec 1 to Thu, Dec 3"),
        (on(0, 22), on(1, 7), False, "today, 10:00 pm–7:00 am"),
        (on(0, 22), on(1), False, "today, 10:00 pm–midnight"),
        (on(0, 18), on(1, 17), False, "today, 6:00 pm to tomorrow, 5:00 pm"),
        (on(0, 18), on(2, 8), False, "today, 6:00 pm to Monday, 8:00 am"),
    ],
)
def test_when(start: datetime, end: datetime, all_day: bool, words: str) -> None:
    assert when_words(start, end, all_day, TODAY) == words


def test_a_range_of_days() -> None:
    assert dates_words(TODAY, TODAY, TODAY) == "today"
    assert dates_words(TODAY, date(2026, 11, 23), TODAY) == "today to Monday"


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(minutes=50), "50 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=1, minutes=30), "1 hour 30 minutes"),
        (timedelta(hours=3), "3 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=2, hours=1), "2 days 1 hour"),
        (timedelta(seconds=30), "30 seconds"),
        (timedelta(0), "0 minutes"),
        (timedelta(minutes=-5), "0 minutes"),
    ],
)
def test_a_length(length: timedelta, words: str) -> None:
    assert length_words(length) == words


def test_a_list() -> None:
    assert [list_words(["ID", "card", "slip"][:n]) for n in range(4)] == ["", "ID", "ID and card", "ID, card, and slip"]
    assert list_words(["{last}", "{first}"]) == "{last} and {first}"


def test_at_the_start_of_a_sentence() -> None:
    assert (at_start("tomorrow, 6:00 pm"), at_start("")) == ("Tomorrow, 6:00 pm", "")


class _French(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return {"Monday": "lundi", "Mon": "lun.", "{weekday}, {month} {day}": "{weekday} {day} {month}"}.get(
            message, message
        )


@pytest.fixture
def french(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(language, "_catalogue", _French())
    yield
    language.use("none", Path("/nowhere"))


@pytest.mark.usefixtures("french")
def test_another_language_has_its_own_names_and_order() -> None:
    assert day_words(date(2026, 11, 23), TODAY) == "lundi"
    assert date_words(date(2026, 11, 30), TODAY) == "lun. 30 Nov"


def test_names_do_not_touch_the_locale() -> None:
    before = locale.setlocale(locale.LC_ALL)
    assert (weekday_name(0), weekday_short(6), weekday_letters(1)) == ("Monday", "Sun", "Tu")
    assert (month_name(1), month_short(12)) == ("January", "Dec")
    assert locale.setlocale(locale.LC_ALL) == before


@given(st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)), st.timedeltas(timedelta(0), timedelta(days=9)))
def test_no_moment_is_beyond_words(start: datetime, length: timedelta) -> None:
    for hours24 in (False, True):
        assert when_words(start, start + length, False, TODAY, hours24)
    assert "{" not in when_words(start, start + length, True, TODAY) + length_words(length)
