"""The months that the calendar keeps: read once, and again where something else is stored or to be shown."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest
from app_kit import event, session

from companion.domain.clock import FixedClock
from companion.domain.months import week_of
from companion.domain.showing import Showing
from companion.screens.kept_days import KeptDays
from companion.services.session import Session

NOVEMBER = date(2026, 11, 24)


class Reader:
    """A profile with one appointment, what is kept of it, and how often it was read."""

    def __init__(self) -> None:
        self.clock = FixedClock(datetime(2026, 11, 21, 14, 0, tzinfo=UTC))
        self.opened: Session = session(self.clock)
        self.opened.planner.add(event("Group", datetime(2026, 11, 24, 18)))
        self.kept = KeptDays(lambda: self.opened)
        self.kept.around(NOVEMBER)

    def reads(self, day: date = NOVEMBER) -> int:
        with patch.object(self.kept, "read", wraps=self.kept.read) as read:
            self.kept.around(day)
            return read.call_count


@pytest.fixture
def reader() -> Reader:
    return Reader()


def test_a_month_is_read_once(reader: Reader) -> None:
    assert reader.reads() == 0
    assert reader.reads(date(2026, 12, 24)) == 1
    assert reader.reads(date(2026, 12, 1)) == reader.reads() == 0


def test_the_whole_week_of_each_day_is_held(reader: Reader) -> None:
    for days in range(400):
        day = NOVEMBER + timedelta(days=days)
        held, week = reader.kept.around(day), week_of(day, reader.opened.settings.week_start)
        assert held.first <= week[0] and week[-1] < held.until


def test_it_is_read_again_for_what_is_stored_or_taken_back_or_set_otherwise(reader: Reader) -> None:
    opened = reader.opened
    (group,) = opened.planner.on(NOVEMBER)
    acts = (
        lambda: opened.planner.cancel(group),
        opened.planner.undo,
        lambda: opened.change_settings(week_start=0),
        lambda: setattr(reader.kept, "showing", Showing(kinds=frozenset({"court"}))),
        lambda: reader.clock.advance(timedelta(days=1)),
    )
    for act in acts:
        assert reader.reads() == 0
        act()
        assert reader.reads() == 1


def test_signs_of_what_has_begun_go_after_a_while_but_no_key_waits_for_it(reader: Reader) -> None:
    reader.kept.time_passes()
    assert reader.reads() == 1
    reader.clock.advance(timedelta(minutes=5))
    reader.kept.time_passes()
    assert reader.reads() == 0
    reader.clock.advance(timedelta(minutes=15))
    assert reader.reads() == 0
    reader.kept.time_passes()
    assert reader.reads() == 1


def test_half_a_year_is_kept_and_the_longest_unseen_goes(reader: Reader) -> None:
    later = [date(2026, 12, 1), *(date(2027, month, 1) for month in range(1, 6))]
    for month in later[:-1]:
        reader.kept.around(month)
    assert reader.reads() == 0
    reader.kept.around(later[-1])
    assert reader.reads() == 0
    assert reader.reads(later[0]) == 1
