"""Pain 9: it was quick with ten appointments, and with years of them each key takes a second.

Told of khal (#305 6.8 seconds to start, #929 two seconds a week, #204) and taskwarrior-tui (#581 unusable with 700
tasks, #413, #534). How long each step takes is measured by `make bench`; here is counted what it takes, which no other
work on the computer changes: the Python functions called, the appointments read.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import FrameType

import pytest
from app_kit import TUESDAYS, event, running, session
from keyboard_kit import Keyboard

from companion.domain.clock import FixedClock
from companion.domain.recurrence import Frequency, RecurrenceRule
from companion.services.session import Session
from companion.store import events as reading
from companion.store.events import EventStore

MONDAY = date(2026, 11, 23)
WEEK = timedelta(weeks=1)
A_YEAR = 200  # appointments


def filled(clock: FixedClock, years: int) -> Session:
    """The same week of care each time, and so many other years around it, all two months away and more."""
    chance = random.Random(9)
    days = [day for day in range(-182 * years, 182 * years) if abs(day) > 60]
    found = [event("Group", datetime(2026, 10, 27, 18), rule=TUESDAYS), event("Court", datetime(2026, 11, 26, 9))]
    found += [
        event(f"Visit {n}", datetime(2026, 11, 23, 9) + timedelta(chance.choice(days))) for n in range(A_YEAR * years)
    ]
    opened = session(clock)
    with opened.database.act(None) as work:
        EventStore(opened.database).add(work, [replace(each, uid=f"{n}@test") for n, each in enumerate(found)])
    return opened


def calls(work: Callable[[], object]) -> int:
    """How many Python functions it calls."""
    count = 0

    def note(_frame: FrameType, what: str, _argument: object) -> None:
        nonlocal count
        count += what == "call"

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_a_week_costs_no_more_with_ten_years_around_it(clock: FixedClock) -> None:
    # The naive view reads everything and drops what is not in the week: ten times the calls.
    taken = []
    for years in (1, 10):
        opened = filled(clock, years)
        assert [o.title for o in opened.planner.between(MONDAY, MONDAY + WEEK)] == ["Group", "Court"]
        taken.append(calls(lambda opened=opened: opened.planner.between(MONDAY + WEEK, MONDAY + 2 * WEEK)))
    assert taken[1] <= 1.05 * taken[0], taken


def test_an_old_series_costs_no_more_than_a_new_one(clock: FixedClock) -> None:
    # The naive expansion walks from the first day on: eleven thousand mornings since 1996, with every key.
    taken = []
    for begins in (datetime(2026, 11, 1, 8), datetime(1996, 11, 1, 8)):
        opened = session(clock)
        opened.planner.add(event("Medicine", begins, rule=RecurrenceRule(Frequency.DAILY)))
        assert len(opened.planner.between(MONDAY, MONDAY + WEEK)) == 7
        taken.append(calls(lambda opened=opened: opened.planner.between(MONDAY + WEEK, MONDAY + 2 * WEEK)))
    assert taken[1] <= 1.05 * taken[0], taken


async def test_keys_ask_for_little_and_for_nothing_twice(clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    # The naive screen reads all of it with each key that moves something.
    opened = filled(clock, 5)
    read: list[object] = []

    def noted(*row: object) -> object:
        read.append(row)
        return read_event(*row)

    read_event = reading.read_event
    monkeypatch.setattr(reading, "read_event", noted)
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("2")
        read.clear()
        await keyboard.press("pagedown", "pagedown", "pagedown")
        assert 0 < len(read) < A_YEAR / 2, len(read)  # of five times as many there are
        read.clear()
        await pilot.press("pageup", "pageup", "pageup", *["right"] * 5, "down", "left")
        await keyboard.press("v", "v", "right", "V", "V")  # the week, the day, the month
        assert read == []
