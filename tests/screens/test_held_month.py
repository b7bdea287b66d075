"""The month in the calendar: read and drawn once for each key, and nothing falls where the disk can't be read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from app_kit import TUESDAYS, event, running, session, shown

from companion.domain.clock import FixedClock
from companion.errors import StorageError
from companion.screens.calendar import CalendarScreen
from companion.screens.calendar_month import MonthPane


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 21, 14, 0, tzinfo=UTC))


@pytest.mark.parametrize("key", ["right", "pagedown"])
async def test_month_and_list_are_painted_together(
    clock: FixedClock, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    opened = session(clock)
    opened.planner.add(event("Group", datetime(2026, 10, 27, 18), rule=TUESDAYS))
    async with running(opened) as pilot:
        await pilot.press("2", "home", "right")  # Monday: Tuesday is next, and another Monday a month later
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, CalendarScreen)
        painted: list[int] = []
        paint = screen._compositor.render_update

        def counted(*args: Any, **named: Any) -> Any:
            painted.append(1)
            return paint(*args, **named)

        monkeypatch.setattr(screen._compositor, "render_update", counted)
        await pilot.press(key)
        await pilot.pause()
        assert len(painted) == 1


@pytest.mark.parametrize("how", ["key", "click"])
async def test_a_month_that_cannot_be_read_is_said_and_the_old_one_stays(
    clock: FixedClock, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        await pilot.press("2")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, CalendarScreen)
        month = screen.pane
        assert isinstance(month, MonthPane)

        def fails(*_days: date) -> None:
            raise StorageError("The stick is gone.", "Put it back.")

        monkeypatch.setattr(opened.planner, "between", fails)
        if how == "key":
            await pilot.press("pagedown")
        else:
            plan = month.grid._plan()
            place = plan.number_at(date(2026, 12, 2)) if plan else None
            assert place is not None
            await pilot.click("#month", offset=place)
        await pilot.pause()
        assert "The stick is gone." in shown(pilot)
        assert month.grid.view.month == date(2026, 11, 1)
        assert month.grid.day == date(2026, 11, 21)
