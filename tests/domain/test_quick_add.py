"""A sentence becomes an appointment: what is read, what is remarked, what is refused, and what is never guessed."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import thread_time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from companion.domain.event import ONE_DAY, Event
from companion.domain.patterns import pattern
from companion.domain.phrases import describe, parse_phrase
from companion.domain.quick_add import SENTENCE_LIMIT, Read, Scene, read_sentence
from companion.domain.quick_add_words import reading, when_line
from companion.domain.recurrence import with_end
from companion.errors import RuleError

ZONE = "America/New_York"
TODAY = date(2026, 11, 21)  # a Saturday
NOW = datetime(2026, 11, 21, 9)
SCENE = Scene(NOW, TODAY, ZONE, children=("M.", "Leo"))
CORPUS = tomllib.loads(Path(__file__).with_name("when_corpus.toml").read_text("utf-8"))


def read(text: str, **scene: object) -> Read:
    return read_sentence(text, replace(SCENE, **scene))


def good(text: str, **scene: object) -> Event:
    found = read(text, **scene)
    assert found.ready, found.missing
    return found.event


def shown(text: str, **scene: object) -> list[str]:
    return reading(read(text, **scene), TODAY)


def remarks(text: str, **scene: object) -> str:
    return " ".join(remark.words for remark in read(text, **scene).remarks)


def missing(text: str) -> str:
    return " ".join(each.words for each in read(text).missing)


# How people say when: the corpus


def answers(text: str) -> list[tuple[date, time | None, time | None]]:
    found = []
    for one in text.removeprefix("?").split("|"):
        day, _space, hours = one.partition(" ")
        start, _slash, end = hours.partition("/")
        found.append(
            (
                date.fromisoformat(day),
                time.fromisoformat(start) if start else None,
                time.fromisoformat(end) if end else None,
            )
        )
    return found


def fits(event: Event, answer: tuple[date, time | None, time | None]) -> bool:
    day, start, end = answer
    return (
        event.start.date() == day
        and (event.all_day if start is None else event.start.time() == start and not event.all_day)
        and (end is None or event.end.time() == end)
    )


@pytest.mark.parametrize(
    ("phrase", "answer"), [(phrase, answer) for part in CORPUS.values() for phrase, answer in part.items()]
)
def test_the_corpus_of_how_people_say_when(phrase: str, answer: str) -> None:
    found = read(f"Thing {phrase}")
    if answer == "-":
        assert not found.ready
    elif answer == "":
        assert found.event.start.date() == TODAY or found.remarks
        assert any("No day is said" in remark.words for remark in found.remarks), found.remarks
    elif answer.startswith("?"):
        told = [remark for remark in found.remarks if "No time is said" not in remark.words]
        assert found.missing or told, "one of two readings was taken without a word"
        assert found.missing or any(fits(found.event, each) for each in answers(answer)), found.event
    else:
        assert found.ready, found.missing
        assert fits(found.event, answers(answer)[0]), found.event
        unasked = [r for r in found.remarks if not r.words.startswith(("No time is said", "That is in the past"))]
        assert not unasked, unasked


# What is shown can be typed again

DAY_SETS = st.sets(st.integers(0, 6), min_size=1, max_size=5).map(sorted)
NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NTHS = ("1st", "2nd", "1st and 3rd", "last", "2nd and last")
ENDS = st.one_of(
    st.just(""),
    st.builds("for {} times".format, st.integers(1, 60)),
    st.builds("for {} weeks".format, st.integers(1, 40)),
    st.builds("for {} months".format, st.integers(1, 30)),
)
WEEKLY = st.builds(
    lambda step, days: f"every {step} weeks on {' and '.join(NAMES[day] for day in days)}",
    st.integers(1, 6),
    DAY_SETS,
)
MONTHLY = st.builds(
    lambda step, on: f"every {step} months on the {on}",
    st.integers(1, 6),
    st.one_of(
        st.sampled_from(["15th", "1st and 15th", "last day", "15th and last day", "2nd, 9th and 28th"]),
        st.builds(
            "{} {}".format,
            st.sampled_from(["1st", "2nd", "1st and 3rd", "last", "2nd and last"]),
            st.sampled_from(NAMES),
        ),
    ),
)
OFTEN = st.one_of(
    st.sampled_from(["every day", "every 3 days", "every weekday", "every year", "every 2 years"]), WEEKLY, MONTHLY
)


def days_of(event: Event) -> list[int]:
    """The first days that the event takes place on, or all of them."""
    number = event.start.toordinal()
    if event.rule is None:
        return [number]
    ended = with_end(event.rule, event.start)
    days = pattern(ended, number).between(number, number + 4_000)
    last = ended.until
    return [day for day in days if last is None or day <= last.toordinal()][:200]


@st.composite
def events(draw: st.DrawFn, *, repeating: bool | None = None) -> Event:
    """An appointment on a day from today on, single or repeating, with hours or all day."""
    phrase = draw(OFTEN) if (draw(st.booleans()) if repeating is None else repeating) else ""
    day = draw(st.dates(TODAY + ONE_DAY, date(2030, 12, 31)))
    all_day = draw(st.booleans())
    start = datetime.combine(
        day, time() if all_day else time(draw(st.integers(0, 23)), draw(st.sampled_from([0, 5, 30, 45])))
    )
    rule = None
    if phrase:
        for ahead in range(400):
            try:
                begins = start + ahead * ONE_DAY
                rule = parse_phrase(f"{phrase} {draw(ENDS) if ahead == 0 else ''}".strip(), begins)
            except RuleError:
                continue
            start = begins
            break
        assume(rule is not None)
    minutes = draw(st.integers(1, 300)) * 5
    length = draw(st.integers(1, 3)) * ONE_DAY if all_day else timedelta(minutes=minutes)
    place = draw(st.sampled_from(["", "12 Mill St", "Mill St, room 3", "the clinic", "Online"]))
    made = Event("", "Group", start, length, ZONE, kind="group-therapy", all_day=all_day, rule=rule, location=place)
    skipped = days_of(made)[1:30][: draw(st.integers(0, 3))]
    return replace(made, skips=tuple(start + (day - start.toordinal()) * ONE_DAY for day in skipped))


@settings(max_examples=300)
@given(events(), st.booleans())
def test_what_is_shown_typed_again_is_the_same_appointment(event: Event, hours24: bool) -> None:
    line = f"Group {when_line(event, TODAY, hours24=hours24)}"
    again = read(line, hours24=hours24)
    assert again.ready, (line, again.missing)
    found = again.event
    assert (found.title, found.start, found.duration, found.all_day, found.location) == (
        event.title,
        event.start,
        event.duration,
        event.all_day,
        event.location,
    ), line
    assert (days_of(found), found.skips) == (days_of(event), event.skips), line
    assert (found.rule is None) == (event.rule is None)
    assert when_line(found, TODAY, hours24=hours24) == when_line(event, TODAY, hours24=hours24)


@settings(max_examples=300)
@given(events(repeating=True))
def test_a_described_repeat_typed_again_is_the_same_rule(event: Event) -> None:
    assert event.rule is not None
    said = describe(event.rule, event.start)
    line = f"Group {said} starting {event.start:%b} {event.start.day}, {event.start.year}"
    found = read(line)
    assert found.ready, (line, found.missing)
    assert days_of(found.event) == days_of(event), line


SOUP = """
group court every each other tue tuesday fri sat sun may march dec 3 15th 1st 2nd last day month week weeks for 12 until
till from to at @ with in on the of and , - – 6 6pm 6:30 18:00 25:00 noon midnight 9-12 7:30pm 12/3 13/13 2026-12-03 feb
30 tomorrow next this today weekdays tuesdays daily monthly starting times x 2 90 min hours an hour half a all bring ID
remind 2h before childcare Grandma needs bus 14 ride leave M. Leo's online https://x.org "sat" ' " ( ) / . ½ ０３ ß İ
"""
WORDS = st.sampled_from(SOUP.split())
SENTENCES = st.one_of(st.lists(WORDS, max_size=30).map(" ".join), st.text(max_size=2 * SENTENCE_LIMIT))


def taken(run: Callable[[], object]) -> float:
    """The least processor time of a few runs, in seconds: a collection of garbage is not the reader's."""
    least = 1.0
    for _n in range(5):
        before = thread_time()
        run()
        least = min(least, thread_time() - before)
        if least < 0.02:
            break
    return least


@settings(max_examples=300)
@given(SENTENCES, st.booleans(), st.booleans())
def test_anything_typed_is_read_at_once_and_never_raises(text: str, hours24: bool, month_first: bool) -> None:
    scene = replace(SCENE, hours24=hours24, month_first=month_first)
    found = read_sentence(text, scene)
    lines = reading(found, TODAY, hours24=hours24)
    assert taken(lambda: reading(read_sentence(text, scene), TODAY)) < 0.02
    assert all("\n" not in line for line in lines)
    assert found.event.duration > timedelta(0)
    if found.ready:
        assert found.event.title
        assert found.event.rule is None or pattern(found.event.rule, found.event.start.toordinal()).nth(0) == (
            found.event.start.toordinal()
        )


@pytest.mark.parametrize(
    "text",
    [
        "every " * 60,
        "tue and " * 40,
        "1st, " * 60,
        "6-" * 150,
        "a a " * 75,
        "the 1st and " * 25,
        "dec 3 to " * 33,
        '"' * 300,
    ],
)
def test_a_line_made_to_be_slow_is_not(text: str) -> None:
    assert taken(lambda: read(text)) < 0.02
