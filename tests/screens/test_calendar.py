"""The calendar answers: when is what? By keys, by mouse, and without asking the store for every key."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from app_kit import SIZES, TUESDAYS, event, running, session, shown
from conftest import NASTY
from textual.pilot import Pilot

from companion.domain.attendance import Mark
from companion.domain.clock import FixedClock
from companion.screens.calendar import CalendarScreen
from companion.screens.calendar_month import MonthPane
from companion.services.session import Session
from companion.widgets.day_list import DayList

TODAY = date(2026, 11, 21)


@pytest.fixture
def clock() -> FixedClock:
    """Saturday 21 November 2026, 9:00 am in New York."""
    return FixedClock(datetime(2026, 11, 21, 14, 0, tzinfo=UTC))


def with_group(clock: FixedClock) -> Session:
    """Group every Tuesday at 6 pm since the end of October, and counselling on the Monday."""
    opened = session(clock)
    opened.planner.add(event("Group", datetime(2026, 10, 27, 18), rule=TUESDAYS))
    opened.planner.add(event("Counselling", datetime(2026, 11, 23, 14)))
    return opened


async def keys(pilot: Pilot[None], *names: str) -> None:
    for name in names:
        await pilot.press(*(name[1:] if name.startswith("'") else [name]))
    await pilot.pause()


def month(pilot: Pilot[None]) -> MonthPane:
    screen = pilot.app.screen
    assert isinstance(screen, CalendarScreen)
    pane = screen.pane
    assert isinstance(pane, MonthPane)
    return pane


def titles(pilot: Pilot[None]) -> list[str]:
    """What the list on the screen has."""
    return [row.title for row in next(each for each in pilot.app.screen.query(DayList) if each.region).rows]


async def test_arrow_keys_go_from_day_to_day_and_the_list_follows(clock: FixedClock) -> None:
    async with running(with_group(clock)) as pilot:
        await keys(pilot, "2")
        assert "November 2026" in shown(pilot) and month(pilot).grid.day == TODAY
        await keys(pilot, "down", "left", "left", "left", "left")
        assert month(pilot).grid.day == date(2026, 11, 24)
        assert titles(pilot) == ["Group"]
        assert "6:00–7:00 pm" in shown(pilot)
        await keys(pilot, "home")
        assert month(pilot).grid.day == date(2026, 11, 22)
        await keys(pilot, "pagedown", "pagedown")
        assert "January 2027" in shown(pilot)


async def test_a_month_is_read_once_and_a_day_key_reads_nothing(
    clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = with_group(clock)
    asked: list[tuple[date, date]] = []
    between = opened.planner.between

    def counted(first: date, until: date) -> object:
        asked.append((first, until))
        return between(first, until)

    async with running(opened) as pilot:
        await keys(pilot, "2")
        monkeypatch.setattr(opened.planner, "between", counted)
        await keys(pilot, "left", "right", "up", "down", "home", "end")
        assert asked == []
        await keys(pilot, "pagedown")
        assert asked == [(date(2026, 11, 29), date(2027, 1, 10))]


async def test_an_appointment_over_midnight_stands_on_both_days(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Night shift", datetime(2026, 11, 23, 22), duration=timedelta(hours=8), kind="work-shift"))
    opened.planner.add(event("Retreat", datetime(2026, 11, 24), duration=timedelta(days=3), all_day=True))
    async with running(opened) as pilot:
        await keys(pilot, "2", "right", "right")
        assert titles(pilot) == ["Night shift"]
        await keys(pilot, "right")
        assert titles(pilot) == ["Night shift", "Retreat"]
        assert "Monday" not in shown(pilot)
        await keys(pilot, "right", "right")
        assert titles(pilot) == ["Retreat"]
        await keys(pilot, "right")
        assert titles(pilot) == []


@pytest.mark.parametrize(
    ("typed", "day"),
    [("tue", date(2026, 11, 24)), ("dec 3", date(2026, 12, 3)), ("in 2 weeks", date(2026, 12, 5))],
)
async def test_a_date_is_typed_as_people_say_it(clock: FixedClock, typed: str, day: date) -> None:
    async with running(with_group(clock)) as pilot:
        await keys(pilot, "2", "g", "'" + typed, "enter")
        assert month(pilot).grid.day == day


async def test_a_date_that_is_not_clear_is_said_in_the_dialog_and_can_be_mended(clock: FixedClock) -> None:
    async with running(with_group(clock)) as pilot:
        await keys(pilot, "2", "g", "'soonish", "enter")
        assert "not clear" in shown(pilot)
        await keys(pilot, "escape")
        assert month(pilot).grid.day == TODAY


async def test_cancelling_next_tuesday_takes_four_keys_and_the_date(clock: FixedClock) -> None:
    opened = with_group(clock)
    async with running(opened) as pilot:
        await keys(pilot, "2")
        await keys(pilot, "g", "'tue", "enter", "x", "enter")
        assert "×" in shown(pilot) or "cancelled" in shown(pilot)
        assert [o.cancelled for o in opened.planner.on(date(2026, 11, 24))] == [True]
        assert [o.cancelled for o in opened.planner.on(date(2026, 12, 1))] == [False]
        await keys(pilot, "ctrl+z")
        assert [o.cancelled for o in opened.planner.on(date(2026, 11, 24))] == [False]


@pytest.mark.parametrize(("downs", "december"), [(1, [True]), (2, [True]), (3, [])])
async def test_a_series_can_be_cancelled_or_ended_and_the_past_stays(
    clock: FixedClock, downs: int, december: list[bool]
) -> None:
    opened = with_group(clock)
    async with running(opened) as pilot:
        await keys(pilot, "2", "g", "'tue", "enter", "x", *["down"] * downs, "enter")
    assert [o.cancelled for o in opened.planner.on(date(2026, 12, 1))] == december
    assert [o.cancelled for o in opened.planner.on(date(2026, 10, 27))] == [False]


async def test_a_single_appointment_is_cancelled_without_a_question(clock: FixedClock) -> None:
    opened = with_group(clock)
    async with running(opened) as pilot:
        await keys(pilot, "2", "g", "'mon", "enter", "x")
        assert isinstance(pilot.app.screen, CalendarScreen)
        assert [o.cancelled for o in opened.planner.on(date(2026, 11, 23))] == [True]
        await keys(pilot, "x")
        assert [o.cancelled for o in opened.planner.on(date(2026, 11, 23))] == [True]


async def test_w_marks_what_has_been_and_not_what_is_to_come(clock: FixedClock) -> None:
    opened = with_group(clock)
    async with running(opened) as pilot:
        await keys(pilot, "2", "g", "'tue", "enter", "w")
        assert opened.planner.marks(date(2026, 11, 1), date(2026, 12, 31)) == {}
        await keys(pilot, "up", "w")
        (mark,) = opened.planner.marks(date(2026, 11, 1), date(2026, 12, 31)).values()
        assert (mark.mark, mark.day) == (Mark.ATTENDED, date(2026, 11, 17))
        assert "you went" in shown(pilot)


async def test_n_shows_seven_days_and_a_day_key_the_day_again(clock: FixedClock) -> None:
    async with running(with_group(clock)) as pilot:
        await keys(pilot, "2", "n")
        assert titles(pilot) == ["Counselling", "Group"]
        assert "Monday, Nov 23" in shown(pilot) and "The next 7 days" in shown(pilot)
        await keys(pilot, "escape")
        assert titles(pilot) == [] and "Nothing planned" in shown(pilot)


async def test_tab_goes_to_the_list_enter_opens_and_esc_comes_back(clock: FixedClock) -> None:
    async with running(with_group(clock)) as pilot:
        await keys(pilot, "2", "g", "'tue", "enter", "tab", "enter")
        assert "Every Tuesday" in shown(pilot)
        await keys(pilot, "escape", "escape")
        assert pilot.app.focused is month(pilot).grid


async def test_the_mouse_chooses_a_day_and_opens_an_appointment(clock: FixedClock) -> None:
    async with running(with_group(clock)) as pilot:
        await keys(pilot, "2")
        plan = month(pilot).grid._plan()
        assert plan is not None
        column, line = plan.number_at(date(2026, 11, 24)) or (0, 0)
        await pilot.click("#month", offset=(column, line))
        await pilot.pause()
        assert month(pilot).grid.day == date(2026, 11, 24)
        await pilot.click("#day", offset=(5, 0))
        await pilot.pause()
        assert "Every Tuesday" in shown(pilot)


async def test_a_very_full_day_is_cut_and_can_be_opened(clock: FixedClock) -> None:
    opened = session(clock)
    for number in range(40):
        opened.planner.add(event(f"Thing {number}", datetime(2026, 11, 21, 9) + timedelta(minutes=10 * number)))
    async with running(opened) as pilot:
        await keys(pilot, "2")
        assert len(titles(pilot)) < 20 and "(40)" in shown(pilot)
        await keys(pilot, "tab", "end", "enter")
        assert len(titles(pilot)) == 40


async def test_what_is_added_is_shown_on_its_day(clock: FixedClock) -> None:
    async with running(with_group(clock)) as pilot:
        await keys(pilot, "2", "a", "'Dentist fri 3pm", "enter")
        assert month(pilot).grid.day == date(2026, 11, 27)
        assert titles(pilot) == ["Dentist"]


@pytest.mark.parametrize("size", SIZES)
async def test_the_bottom_line_and_the_month_fit(clock: FixedClock, size: tuple[int, int]) -> None:
    async with running(with_group(clock), size=size) as pilot:
        await keys(pilot, "2")
        text = shown(pilot)
        assert "a Add" in text and "November 2026" in text and "30" in text
        assert "Today · Saturday, Nov 21" in text
        assert max(len(line) for line in text.splitlines()) <= size[0]


async def test_a_wide_month_shows_titles(clock: FixedClock) -> None:
    async with running(with_group(clock), size=(160, 40)) as pilot:
        await keys(pilot, "2")
        assert shown(pilot).count("Group") >= 5
        assert "needs childcare" in shown(pilot)  # what the signs mean


@pytest.mark.parametrize("size", [(60, 20), (200, 50)])
async def test_no_title_harms_the_calendar(clock: FixedClock, size: tuple[int, int]) -> None:
    opened = session(clock)
    for hours, nasty in enumerate(NASTY):
        opened.planner.add(event("x" + nasty, datetime(2026, 11, 21, 11 + hours), location=nasty))
    async with running(opened, size=size) as pilot:
        await keys(pilot, "2")
        for _ in NASTY:
            await keys(pilot, "tab", "down", "enter")
            assert "\x1b" not in shown(pilot) and "\u202e" not in shown(pilot)
            await keys(pilot, "escape", "escape")
        await keys(pilot, "x", "n")
        assert pilot.app.is_running
