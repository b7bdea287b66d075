"""The four views of the calendar show one chosen day: by keys and by mouse, and every letter works in each of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from app_kit import TUESDAYS, event, running, session, shown, until
from conftest import NASTY
from textual.pilot import Pilot

from companion.domain.attendance import Mark
from companion.domain.clock import FixedClock
from companion.errors import StorageError
from companion.screens.calendar import CalendarScreen
from companion.screens.calendar_heading import VIEWS
from companion.screens.calendar_pane import Pane
from companion.screens.event_form import EventForm
from companion.screens.next_days import NextDaysScreen
from companion.screens.occurrence import OccurrenceDialog
from companion.screens.print_week import PrintWeekScreen
from companion.services.session import Session

TODAY, TUESDAY = date(2026, 11, 21), date(2026, 11, 24)
SMALL = ((80, 24), (60, 20))


@pytest.fixture
def clock() -> FixedClock:
    """Saturday 21 November 2026, 9:00 am in New York."""
    return FixedClock(datetime(2026, 11, 21, 14, 0, tzinfo=UTC))


@pytest.fixture
def opened(clock: FixedClock) -> Session:
    """Group every Tuesday at 6 pm, a check-up before the next one, something this morning, and weeks with nothing."""
    found = session(clock)
    found.planner.add(event("Group", datetime(2026, 10, 27, 18), rule=TUESDAYS, location="12 Mill St"))
    found.planner.add(event("Check-up", datetime(2026, 11, 24, 9, 30), kind="child-health", child="M."))
    found.planner.add(event("Visit", datetime(2026, 11, 21, 8), kind="medication-visit"))
    return found


def pane(pilot: Pilot[None]) -> Pane:
    screen = pilot.app.screen
    assert isinstance(screen, CalendarScreen)
    return screen.pane


def chosen(pilot: Pilot[None]) -> str:
    occurrence = pane(pilot).chosen()
    return occurrence.title if occurrence else ""


def view(pilot: Pilot[None]) -> str:
    """The view that is shown, as the heading says it."""
    line = shown(pilot).splitlines()[1]
    found = pane(pilot).VIEW
    assert f"[{found.capitalize()}]" in line, line
    return found


async def keys(pilot: Pilot[None], *names: str) -> None:
    for name in names:
        await pilot.press(*(name[1:] if name.startswith("'") else [name]))
        await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def click(pilot: Pilot[None], words: str, line: int = 1) -> None:
    """A click on words of a line of the screen."""
    column = shown(pilot).splitlines()[line].index(words)
    await pilot.click(offset=(column + 1, line))
    await pilot.pause()


async def test_esc_goes_from_the_list_beside_to_the_hours_and_then_to_the_month(opened: Session) -> None:
    async with running(opened) as pilot:
        await keys(pilot, "2", "v", "v", "g", "'tue", "enter", "tab", "down")
        assert chosen(pilot) == "Group"
        assert "Esc Back" in shown(pilot)
        await keys(pilot, "escape")
        assert (view(pilot), chosen(pilot)) == ("day", "Group")
        assert pilot.app.focused is pane(pilot).main
        await keys(pilot, "escape")
        assert (view(pilot), pane(pilot).day, chosen(pilot)) == ("month", TUESDAY, "Group")
        assert "Esc Back" not in shown(pilot)
        await keys(pilot, "escape")
        assert view(pilot) == "month"


async def test_a_block_and_its_row_are_pointed_at_together(opened: Session) -> None:
    async with running(opened) as pilot:
        await keys(pilot, "2", "v", "v", "g", "'tue", "enter")
        day = pane(pilot)
        for key, title in (("down", "Group"), ("up", "Check-up"), ("tab", "Check-up"), ("down", "Group")):
            await keys(pilot, key)
            row, block = day.listed.row, day.grid.key  # type: ignore[attr-defined]  # it is the day
            assert (row.title, row.key) == (title, block)


async def test_a_click_on_a_block_opens_it_and_on_a_day_chooses_it(opened: Session) -> None:
    async with running(opened) as pilot:
        await keys(pilot, "2", "v", "pagedown")
        lines = shown(pilot).splitlines()
        line = next(n for n, text in enumerate(lines) if "9:30" in text)
        await pilot.click(offset=(lines[line].index("9:30"), line))
        await pilot.pause()
        assert isinstance(pilot.app.screen, OccurrenceDialog)
        await keys(pilot, "escape")
        assert (pane(pilot).day, chosen(pilot)) == (TUESDAY, "Check-up")
        await click(pilot, "Thu 26", 2)
        assert (pane(pilot).day, chosen(pilot)) == (date(2026, 11, 26), "")
        await keys(pilot, "w")
        assert [each.message.split(".")[0] for each in pilot.app._notifications] == ["Nothing is planned there"]


async def test_week_and_day_ask_nobody_within_what_is_held(opened: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.screens.calendar.REMEMBER_AFTER", 600)
    monkeypatch.setattr("companion.shell._LOOK", 600)  # no look for reminders comes between
    asked: list[tuple[date, date]] = []
    between = opened.planner.between

    def counted(first: date, until: date) -> object:
        asked.append((first, until))
        return between(first, until)

    async with running(opened) as pilot:
        await keys(pilot, "2")
        monkeypatch.setattr(opened.planner, "between", counted)
        await keys(pilot, "v", "left", "down", "pageup", "v", "right", "pagedown", "down", "V", "V")
        assert asked == []
        await keys(pilot, "v", *["pagedown"] * 3)
        assert asked == [(date(2026, 11, 29), date(2027, 1, 10))]
        await keys(pilot, *["pageup"] * 3, *["pagedown"] * 3)
        assert len(asked) == 1
        opened.planner.add(event("New", datetime(2026, 12, 8, 10)))
        await keys(pilot, "pageup", "pagedown")
        assert len(asked) > 1


async def test_what_changes_in_one_view_is_changed_in_the_others(opened: Session) -> None:
    async with running(opened) as pilot:
        await keys(pilot, "2", "v", "v", "v", "v", "g", "'tue", "enter", "v", "x", "v")
        assert "cancelled" in shown(pilot)
        await keys(pilot, "v")
        assert "cancelled" in shown(pilot)
        await keys(pilot, "ctrl+z", "V")
        assert "cancelled" not in shown(pilot)


async def test_the_week_begins_and_the_clock_runs_as_her_settings_say(opened: Session) -> None:
    opened.change_settings(week_start=0, hours24=True)
    async with running(opened) as pilot:
        await keys(pilot, "2", "v", "pagedown")
        assert "Nov 23–29, 2026" in shown(pilot) and "18:00" in shown(pilot)
        await keys(pilot, "v", "v", "g", "'tue", "enter")
        assert "18:00–19:00" in shown(pilot)


async def test_the_view_is_the_same_when_she_comes_back_and_next_time(
    opened: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.screens.calendar.REMEMBER_AFTER", 0.01)
    async with running(opened) as pilot:
        await keys(pilot, "2", "v", "right", "1", "2")
        assert (view(pilot), pane(pilot).day) == ("week", date(2026, 11, 22))
        await until(pilot, lambda: opened.settings.calendar_view == "week")
    async with running(opened) as pilot:
        await keys(pilot, "2")
        assert view(pilot) == "week"
        await keys(pilot, "v", "v", "v")
        assert view(pilot) == "month"


async def test_a_full_disk_keeps_nobody_from_another_view(opened: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def refuse(**values: object) -> None:
        asked.append(values)
        raise StorageError("The disk is full.", "Make some room.")

    monkeypatch.setattr("companion.screens.calendar.REMEMBER_AFTER", 0.01)
    monkeypatch.setattr(opened, "change_settings", refuse)
    async with running(opened) as pilot:
        await keys(pilot, "2", "v")
        await until(pilot, lambda: bool(asked))
        assert view(pilot) == "week" and "full" not in shown(pilot)


async def test_the_list_goes_on_and_something_over_midnight_is_under_both_days(opened: Session) -> None:
    opened.planner.add(event("Night", datetime(2026, 11, 22, 22), duration=timedelta(hours=8), kind="work-shift"))
    async with running(opened, size=(120, 40)) as pilot:
        await keys(pilot, "2", "V")
        lines = [line.strip() for line in shown(pilot).splitlines()]
        lines = [line for line in lines if "Night" in line or line.startswith(("Tomorrow", "Monday, Nov 23"))]
        assert [line.split()[0] for line in lines] == ["Tomorrow", "10:00", "Monday,", "until"]
        await keys(pilot, "right", "right", "right")
        assert (pane(pilot).day, chosen(pilot)) == (TUESDAY, "Check-up")
        await keys(pilot, *["pagedown"] * 12)
        assert pane(pilot).day > date(2027, 6, 1)
        assert chosen(pilot) == "Group"


@pytest.mark.parametrize("size", SMALL)
async def test_v_goes_through_all_views_and_day_and_appointment_stay_chosen(
    opened: Session, size: tuple[int, int]
) -> None:
    async with running(opened, size=size) as pilot:
        await keys(pilot, "2", "g", "'tue", "enter")
        for title, time in (("Check-up", "9:30"), ("Group", "6:00")):
            for each in VIEWS:
                assert (view(pilot), pane(pilot).day, chosen(pilot)) == (each, TUESDAY, title)
                text = shown(pilot)
                assert title in text and time in text
                assert max(map(len, text.splitlines())) <= size[0]
                await keys(pilot, "v")
            await keys(pilot, "v", "down", "V")
        assert view(pilot) == "month"
        await keys(pilot, "V")
        assert view(pilot) == "list"


async def test_letters_act_on_the_chosen_appointment_in_every_view(opened: Session) -> None:
    async with running(opened) as pilot:
        await keys(pilot, "2")
        for each in VIEWS:
            assert (view(pilot), chosen(pilot)) == (each, "Visit")
            await keys(pilot, "w")
            (mark,) = opened.planner.marks(TODAY, TODAY + timedelta(days=1)).values()
            assert mark.mark is Mark.ATTENDED and "✓" in shown(pilot)
            await keys(pilot, "g", "'tue", "enter", "x")
            assert view(pilot) == each
            assert [o.cancelled for o in opened.planner.on(TUESDAY)] == [True, False]
            assert "cancelled" in shown(pilot)
            await keys(pilot, "ctrl+z", "ctrl+z", "t", "v")
        await keys(pilot, "v", "g", "'tue", "enter", "n")
        assert isinstance(pilot.app.screen, NextDaysScreen)
        await keys(pilot, "n", "a", "tab")
        form = pilot.app.screen
        assert isinstance(form, EventForm) and form.values()["day"] == "Tue, Nov 24, 2026"
        await keys(pilot, "escape", "escape", "p")
        assert isinstance(pilot.app.screen, PrintWeekScreen)
        assert "Nov 22 – 28, 2026" in shown(pilot)


async def test_days_that_cannot_be_read_are_told_and_the_old_ones_stay(
    opened: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_days: date) -> None:
        raise StorageError("The stick is gone.", "Put it back.")

    async with running(opened) as pilot:
        await keys(pilot, "2", "v", "g", "'dec 31", "enter")
        name = shown(pilot).splitlines()[1]
        with monkeypatch.context() as patched:
            patched.setattr(opened.planner, "between", fails)
            await keys(pilot, "pagedown")
            assert "The stick is gone." in shown(pilot)
            await keys(pilot, "enter")
            assert pane(pilot).day == date(2026, 12, 31)
            assert shown(pilot).splitlines()[1] == name
        await keys(pilot, "pagedown")
        assert pane(pilot).day > date(2026, 12, 31)


async def test_a_filter_says_what_is_shown_and_hides_the_rest_in_every_view(opened: Session) -> None:
    opened.planner.add(event("Detox", datetime(2026, 11, 24, 18, 30), kind="court"))
    async with running(opened, size=(60, 20)) as pilot:
        await keys(pilot, "2", "g", "'tue", "enter", "f", "'g", "enter")
        for each in VIEWS:
            text = shown(pilot)
            assert view(pilot) == each
            assert "Only: group therapy" in text and "f changes it" in text
            assert "Group" in text and "Check-up" not in text and "Detox" not in text
            assert "overlaps 6:30 pm" in text  # what is hidden is still in the way
            await keys(pilot, "g", "'fri", "enter")
            assert "Nothing of what is shown now" in shown(pilot) or each == "week"
            await keys(pilot, "g", "'tue", "enter", "v")
        await keys(pilot, "slash", "'detox", "enter")  # who goes to it by name sees it
        assert chosen(pilot) == "Detox" and "Only:" not in shown(pilot)
        await keys(pilot, "f", "'g", "enter")
        await click(pilot, "f changes it", 2)
        await keys(pilot, "a")
        assert "Only:" not in shown(pilot) and "Check-up" in shown(pilot)


async def test_no_title_and_no_far_day_harms_any_view(opened: Session) -> None:
    for hours, nasty in enumerate(NASTY):
        opened.planner.add(event("x" + nasty, datetime(2026, 11, 21, 11 + hours), location=nasty, provider=nasty))
    async with running(opened, size=(60, 20)) as pilot:
        await keys(pilot, "2", "f", "escape")
        for each in VIEWS:
            assert view(pilot) == each
            await keys(pilot, *["down"] * 3)
            assert "\x1b" not in shown(pilot) and "\u202e" not in shown(pilot)
            await keys(pilot, "g", "'2100-12-31", "enter", "pagedown", "right", "end")
            assert view(pilot) == each and pilot.app.is_running
            await keys(pilot, "t", "v")
