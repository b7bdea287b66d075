"""Today answers: what is next, and what is one good thing now?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from app_kit import SIZES, event, running, session, shown
from conftest import NASTY

from companion.domain.attendance import Mark
from companion.domain.clock import FixedClock
from companion.domain.event import Childcare, Logistics, Ride

YESTERDAY = datetime(2026, 11, 20, 15)


@pytest.fixture
def clock() -> FixedClock:
    """Saturday 21 November 2026, 9:00 am in New York."""
    return FixedClock(datetime(2026, 11, 21, 14, 0, tzinfo=UTC))


async def test_the_next_appointment_stands_there_with_all_its_arrangements(clock: FixedClock) -> None:
    opened = session(clock)
    care = Logistics(Childcare(True, "Grandma", True), Ride("bus 14", "", timedelta(minutes=40)), ("ID", "slip"))
    opened.planner.add(event("Counselling", datetime(2026, 11, 21, 11), location="12 Mill St", logistics=care))
    async with running(opened) as pilot:
        text = shown(pilot)
    for words in ("Counselling", "in 2 hours", "Today, 11:00 am", "12 Mill St", "Grandma has the children", "bus 14"):
        assert words in text
    assert "leave at 10:20 am" in text
    assert "Bring: ID and slip" in text


async def test_one_key_marks_the_latest_ended_one_as_attended(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Earlier group", YESTERDAY - timedelta(hours=3)))
    later = opened.planner.add(event("Later group", YESTERDAY))
    async with running(opened) as pilot:
        assert "How did it go?" in shown(pilot)
        await pilot.press("w")
        await pilot.pause()
        marks = opened.planner.marks(date(2026, 11, 20), date(2026, 11, 21))
        assert {key[0]: m.mark for key, m in marks.items()} == {later.uid: Mark.ATTENDED}
        asked = shown(pilot).split("How did it go?")[1].split("One good thing")[0]
        assert "Earlier group" in asked and "Later group" not in asked
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert opened.planner.marks(date(2026, 11, 20), date(2026, 11, 21)) == {}


@pytest.mark.parametrize(("key", "mark"), [("m", Mark.MOVED), ("c", Mark.CANCELLED), ("s", Mark.MISSED)])
async def test_each_answer_is_one_key(clock: FixedClock, key: str, mark: Mark) -> None:
    opened = session(clock)
    opened.planner.add(event("Group", YESTERDAY))
    async with running(opened) as pilot:
        await pilot.press(key)
        await pilot.pause()
    (record,) = opened.planner.marks(date(2026, 11, 20), date(2026, 11, 21)).values()
    assert record.mark is mark


async def test_the_arrow_keys_choose_which_one_is_marked(clock: FixedClock) -> None:
    opened = session(clock)
    earlier = opened.planner.add(event("Earlier group", YESTERDAY - timedelta(hours=3)))
    opened.planner.add(event("Later group", YESTERDAY))
    async with running(opened) as pilot:
        await pilot.press("down", "w")
        await pilot.pause()
    assert [key[0] for key in opened.planner.marks(date(2026, 11, 20), date(2026, 11, 21))] == [earlier.uid]


async def test_an_empty_calendar_says_what_can_be_done(clock: FixedClock) -> None:
    async with running(session(clock, child=False)) as pilot:
        text = shown(pilot)
    assert "Nothing is coming up" in text
    assert "baby" not in text  # no child is known
    assert "How did it go?" not in text


async def test_one_key_starts_the_activity_shown(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        await pilot.press("b")
        await pilot.pause()
        assert "step 1 of" in shown(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_no_title_harms_the_screen(clock: FixedClock, size: tuple[int, int]) -> None:
    opened = session(clock)
    for hours, nasty in enumerate(NASTY):
        opened.planner.add(event("x" + nasty, datetime(2026, 11, 21, 11 + hours), location=nasty, provider=nasty))
        opened.planner.add(event("y" + nasty, YESTERDAY - timedelta(hours=hours)))
    async with running(opened, size=size) as pilot:
        text = shown(pilot)
        assert "\x1b" not in text and "\u202e" not in text
        await pilot.press("w")
        await pilot.pause()
        assert pilot.app.is_running


@pytest.mark.parametrize(
    ("words", "mark"),
    [("w went", Mark.ATTENDED), ("m moved", Mark.MOVED), ("c cancelled", Mark.CANCELLED), ("s didn't go", Mark.MISSED)],
)
async def test_how_it_went_can_be_clicked(clock: FixedClock, words: str, mark: Mark) -> None:
    opened = session(clock)
    opened.planner.add(event("Group", YESTERDAY))
    async with running(opened) as pilot:
        rows = shown(pilot).splitlines()
        (y,) = (y for y, row in enumerate(rows) if words in row and "How did it go?" in row)
        await pilot.click(offset=(rows[y].index(words) + 2, y))
        await pilot.pause()
    assert [kept.mark for kept in opened.planner.marks(date(2026, 11, 20), date(2026, 11, 21)).values()] == [mark]


async def test_no_zero_stands_beside_what_was_done(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Group", YESTERDAY))
    async with running(opened) as pilot:
        await pilot.press("w")
        await pilot.pause()
        assert "This week so far: 1 appointment kept." in shown(pilot)
