"""The time grid on a screen: what keys and the mouse do, what is told, and what is drawn again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from conftest import NASTY
from rich.cells import cell_len
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.message import Message
from time_kit import CLASS, COURT, DAY_CARE, GROUP, NORMAL, NOW, PAPERS, TALK, TODAY, VISIT, WEEK, WENT, block

from companion.widgets.day_rows import Key
from companion.widgets.time_grid import Block, TimeGrid
from companion.widgets.time_layout import TimeLayout, View, draw

WEDNESDAY = WEEK[2]


class Stage(App[None]):
    def __init__(self, blocks: tuple[Block, ...] = NORMAL, day: date = TODAY, days: tuple[date, ...] = WEEK) -> None:
        super().__init__()
        self.grid = TimeGrid()
        self.given = View(days, blocks, TODAY, NOW)
        self.first_day = day
        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.grid

    def on_mount(self) -> None:
        self.show(self.first_day)

    def show(self, day: date, key: Key | None = None, **more: Any) -> None:
        self.given = replace(self.given, **more)
        given = self.given
        self.grid.show(
            given.days, given.blocks, today=given.today, now=given.now, hours24=given.hours24, day=day, key=key
        )

    def on_time_grid_day_chosen(self, message: TimeGrid.DayChosen) -> None:
        self.told.append(message)

    def on_time_grid_period_turned(self, message: TimeGrid.PeriodTurned) -> None:
        self.told.append(message)

    def on_time_grid_occurrence_chosen(self, message: TimeGrid.OccurrenceChosen) -> None:
        self.told.append(message)

    def drawn(self) -> list[str]:
        """What the grid should look like now."""
        return draw(self.given, *self.size, self.grid.day, key=self.grid.key, top=self.grid._top)

    def screen_lines(self) -> list[str]:
        return ["".join(s.text for s in strip).rstrip() for strip in self.screen._compositor.render_strips()]

    def under_cursor(self) -> str:
        x, y = self.cursor_position
        return self.screen_lines()[y][x : x + 8].rstrip()


async def test_keys_walk_through_days_and_blocks() -> None:
    app = Stage()
    async with app.run_test(size=(78, 19)) as pilot:
        assert app.grid.key == TALK.key  # the next of today, although day care goes on
        assert app.screen_lines() == app.drawn()
        await pilot.press("down")
        assert app.grid.key == CLASS.key
        await pilot.press("down", "down")
        assert app.grid.key == CLASS.key
        await pilot.press("up", "up", "up")
        assert app.grid.key == DAY_CARE[1].key
        await pilot.press("down", "right")
        assert (app.grid.day, app.grid.key) == (WEDNESDAY, GROUP.key)  # nearest in time to 2 pm: 9 am, not the papers
        await pilot.press("right")
        assert app.grid.key == VISIT.key
        await pilot.press("end", "left", "left", "left")
        assert app.grid.key == VISIT.key  # Sunday is empty, and the time is not forgotten
        await pilot.press("home")
        assert (app.grid.day, app.grid.key) == (WEEK[0], WENT.key)
        assert [message.day.day for message in app.told] == [25, 26, 29, 28, 27, 26, 23]  # type: ignore[attr-defined]
        assert app.screen_lines() == app.drawn()
        app.told.clear()
        await pilot.press("enter", "pagedown", "pageup")
        assert [type(message).__name__ for message in app.told] == ["OccurrenceChosen", "PeriodTurned", "PeriodTurned"]
        assert (app.told[0].key, app.told[1].step, app.told[2].step) == (WENT.key, 1, -1)  # type: ignore[attr-defined]
        assert {message.control for message in app.told} == {app.grid}  # type: ignore[attr-defined]


async def test_past_the_last_day_the_next_one_is_told_and_the_screen_shows_it() -> None:
    app = Stage(day=WEEK[6])
    async with app.run_test(size=(78, 19)) as pilot:
        await pilot.press("right", "right")
        assert [message.day for message in app.told] == [WEEK[6] + timedelta(days=n) for n in (1, 2)]  # type: ignore[attr-defined]
        await pilot.press("enter", "up", "down")
        assert len(app.told) == 2
        later = tuple(day + timedelta(days=7) for day in WEEK)
        app.show(app.grid.day, days=later, blocks=(block(8, 14, 15, "Next week"),))
        await pilot.pause()
        assert app.grid.key == app.given.blocks[0].key
        assert app.screen_lines() == app.drawn()


async def test_what_the_screen_asks_for_is_not_told_to_it() -> None:
    app = Stage()
    async with app.run_test(size=(78, 19)) as pilot:
        app.grid.choose_day(WEEK[3])
        assert app.grid.choose(GROUP.key)
        assert (app.grid.day, app.grid.key) == (WEDNESDAY, GROUP.key)
        assert not app.grid.choose(("nobody", None))
        app.show(WEEK[3], key=COURT.key)
        await pilot.pause()
        assert app.grid.key == COURT.key
        app.show(WEEK[3], blocks=tuple(each for each in NORMAL if each != VISIT))
        assert app.grid.key == COURT.key  # what was chosen stays so
        app.show(WEEK[3], blocks=tuple(each for each in NORMAL if each not in {VISIT, COURT}))
        assert app.grid.key == DAY_CARE[3].key
        app.show(WEEK[6])
        assert app.grid.key is None
        await pilot.pause()
        assert app.told == []
        assert app.screen_lines() == app.drawn()


async def test_the_mouse_opens_a_block_and_chooses_a_day() -> None:
    crowd = tuple(block(2, 18, 19, f"A{n}", "GTCPSLMNHABD"[n]) for n in range(12))
    app = Stage((*NORMAL, *crowd))
    async with app.run_test(size=(58, 15)) as pilot:
        lines = app.screen_lines()
        y = next(n for n, line in enumerate(lines) if "6 pm" in line)
        await pilot.click(TimeGrid, offset=Offset(30, 0))
        assert app.grid.day == WEEK[3]
        await pilot.click(TimeGrid, offset=Offset(50, y))
        assert (app.grid.day, app.grid.key) == (WEEK[5], block(5, 10, 11, "Support group").key)
        app.told.clear()
        court = next(n for n, line in enumerate(lines) if "L→" in line)
        await pilot.click(TimeGrid, offset=Offset(lines[court].index("L→"), court))
        assert [type(message).__name__ for message in app.told] == ["DayChosen", "OccurrenceChosen"]
        assert app.grid.key == COURT.key
        app.told.clear()
        x = lines[y].index("+")
        await pilot.click(TimeGrid, offset=Offset(x, y))
        first = app.grid.key
        await pilot.click(TimeGrid, offset=Offset(x, y))
        assert first != app.grid.key  # those that are only counted are pointed at in turn
        assert [type(message).__name__ for message in app.told] == ["DayChosen"]
        assert app.grid.key in {each.key for each in crowd}
        await pilot.click(TimeGrid, offset=Offset(20, 14))
        assert app.grid.day == WEDNESDAY


async def test_a_key_draws_only_what_looks_different() -> None:
    app = Stage()
    async with app.run_test(size=(78, 19)) as pilot:
        drawn: list[tuple[int, int, int]] = []
        refresh = app.grid.refresh

        def watched(*regions: Any, **how: Any) -> Any:
            drawn.extend((region.x, region.y, region.width) for region in regions or [app.grid.region])
            return refresh(*regions, **how)

        app.grid.refresh = watched  # type: ignore[method-assign]
        await pilot.press("down")
        lines = app.screen_lines()
        rows = {n for n, line in enumerate(lines) if "T 2:00" in line or "P!" in line or "Parenting" in line}
        assert {y for _x, y, _width in drawn} == rows | {18}
        assert all(width < 78 for _x, y, width in drawn if y not in {17, 18})
        assert lines == app.drawn()
        drawn.clear()
        app.show(app.grid.day)
        assert drawn == []
        app.show(app.grid.day, now=NOW + timedelta(hours=1))
        await pilot.pause()
        assert len(drawn) == 2  # the line that says now
        assert app.screen_lines() == app.drawn()


async def test_a_day_without_room_is_scrolled_and_the_cursor_follows() -> None:
    blocks = tuple(block(1, 7 + n / 4, 7.25 + n / 4, f"Item {n}") for n in range(40))
    app = Stage(blocks, days=(TODAY,))
    async with app.run_test(size=(58, 15)) as pilot:
        assert app.grid.key == blocks[24].key  # what is on at ten past one
        await pilot.pause()
        assert app.under_cursor() == "►G 1:00"
        assert app.screen_lines() == app.drawn()
        await pilot.press("down")
        assert app.under_cursor() == "►G 1:15"
        assert app.grid.choose(blocks[1].key)
        await pilot.press("up", "up")
        assert app.grid.key == blocks[0].key
        assert "↓+28" in app.screen_lines()[12]
        app.grid.post_message(wheel(app.grid))
        await pilot.pause()
        assert "↑+2" in app.screen_lines()[1]
        assert app.grid.key == blocks[0].key
        await pilot.click(TimeGrid, offset=Offset(1, 12))
        assert "↑+14" in app.screen_lines()[1]
        await pilot.press("down")
        assert app.under_cursor() == "►G 7:15"
        await pilot.press("right", "left")
        assert [message.day for message in app.told] == [WEDNESDAY, TODAY]  # type: ignore[attr-defined]


async def test_an_empty_day_scrolls_its_hours_with_the_arrows() -> None:
    app = Stage(tuple(block(1, n, n + 1, f"Hour {n}") for n in range(24)), day=WEDNESDAY)
    async with app.run_test(size=(58, 15)) as pilot:
        before = app.screen_lines()[1]
        await pilot.pause()
        assert app.under_cursor() == " [We 25]"
        await pilot.press("down")
        assert app.grid.key is None
        assert app.screen_lines()[1] != before
        await pilot.press("up", "up")
        assert app.screen_lines()[1] == before


def wheel(grid: TimeGrid) -> events.MouseScrollDown:
    return events.MouseScrollDown(grid, 9, 5, 0, 1, 0, shift=False, meta=False, ctrl=False)


async def test_days_that_come_back_are_not_laid_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Stage()
    async with app.run_test(size=(78, 19)) as pilot:
        laid_out: list[View] = []

        class Counted(TimeLayout):
            def __init__(self, view: View, *rest: Any, **more: Any) -> None:
                laid_out.append(view)
                super().__init__(view, *rest, **more)

        monkeypatch.setattr("companion.widgets.time_grid.TimeLayout", Counted)
        later = tuple(day + timedelta(days=7) for day in WEEK)
        for _visit in range(3):
            app.show(later[0], days=later)
            await pilot.pause()
            assert app.screen_lines() == app.drawn()
            app.show(TODAY, days=WEEK)
            await pilot.pause()
            assert app.screen_lines() == app.drawn()
        assert [view.days for view in laid_out] == [later]
        app.show(TODAY, blocks=NORMAL[1:])
        await pilot.pause()
        assert app.screen_lines() == app.drawn()
        assert len(laid_out) == 2


async def test_it_is_laid_out_anew_for_another_size_and_looks_otherwise_with_focus_or_theme() -> None:
    app = Stage()
    async with app.run_test(size=(118, 35)) as pilot:
        assert app.screen_lines() == app.drawn()
        await pilot.resize_terminal(58, 15)
        await pilot.pause()
        assert app.screen_lines() == app.drawn()
        assert app.under_cursor().startswith("►T2")

        def ground() -> object:
            return app.screen.get_style_at(*app.cursor_position).bgcolor

        focused = ground()
        app.screen.set_focus(None)
        await pilot.pause()
        blurred = ground()
        app.theme = "textual-light"
        await pilot.pause()
        assert len({focused, blurred, ground()}) == 3


async def test_hostile_words_are_letters_and_tiny_places_no_fall() -> None:
    blocks = tuple(
        replace(block(n % 7, 9, 12, nasty), place=nasty, signs=(nasty,), kind_mark=nasty[:1])
        for n, nasty in enumerate(NASTY)
    )
    app = Stage((*blocks, PAPERS))
    async with app.run_test(size=(120, 40)) as pilot:
        for size in ((58, 15), (118, 35), (0, 0), (1, 1), (13, 3), (20, 8)):
            app.grid.styles.width, app.grid.styles.height = size
            await pilot.press("down", "right", "up")
            assert all(each.replace("\u200d", "").isprintable() for each in app.screen_lines())
            assert all(cell_len(each) <= size[0] for each in app.screen_lines())
        assert app.is_running


async def test_without_color_what_keys_act_on_is_told_by_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Stage()
    async with app.run_test(size=(78, 19)):
        assert app.grid.get_component_rich_style("time--highlight").underline
        assert app.grid.get_component_rich_style("time--off").strike
        assert "►T 2:00" in "".join(app.screen_lines())
