"""The month: its lines as text, and what keys and the mouse do to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from conftest import NASTY
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.message import Message

from companion.widgets.month_grid import DayMarks, Flag, MonthGrid, MonthView, draw, legend
from companion.widgets.month_view import layout, line

TODAY = date(2026, 11, 21)
TUESDAY = date(2026, 11, 24)
DAYS = {
    TUESDAY: DayMarks(("G", "T"), ("H",), ("IOP group", "Counselling, room 3", "Well child visit"), (Flag.CHILDCARE,)),
    TODAY: DayMarks(("●",) * 6, (), ("Walk",), (Flag.WENT,)),
    date(2026, 12, 1): DayMarks(("●",), ("○",), ("Court",)),
}
VIEW = MonthView(TODAY, TUESDAY, TODAY, 6, DAYS)


def text(found: Iterable[str]) -> str:
    return "\n".join(found) + "\n"


class TestLines:
    def test_narrow_has_numbers_and_what_fits(self) -> None:
        assert text(draw(VIEW, 42, 8)) == (
            "              November 2026\n"
            " Sun   Mon   Tue   Wed   Thu   Fri   Sat\n"
            "  1     2     3     4     5     6     7\n"
            "  8     9    10    11    12    13    14\n"
            " 15    16    17    18    19    20   ›21 ●+\n"
            " 22    23   [24]G+ 25    26    27    28\n"
            " 29    30     1 ●○  2     3     4     5\n"
            "  6     7     8     9    10    11    12\n"
        )

    def test_without_a_title_the_days_begin_a_line_earlier(self) -> None:
        untitled = replace(VIEW, titled=False)
        assert draw(untitled, 42, 7) == draw(VIEW, 42, 8)[1:]
        plan = layout(untitled, 42, 7)
        assert plan is not None and plan.day_at(2 * 6, 1 + 3) == TUESDAY

    def test_one_column_for_marks_says_how_many(self) -> None:
        assert draw(VIEW, 35, 8)[4:6] == [" 15   16   17   18   19   20  ›21 6", " 22   23  [24]3 25   26   27   28"]

    def test_normal_has_marks_below_the_number(self) -> None:
        found = draw(VIEW, 70, 20)
        assert found[11:14] == [
            "  22        23       [24]?      25        26        27        28",
            "                     GT",
            "                     H",
        ]

    def test_wide_has_titles_and_counts_the_rest(self) -> None:
        found = draw(VIEW, 112, 20)
        week = [each[32:48].rstrip() for each in found[11:14]]
        assert week == [" [24]H?", " IOP group", " +2 more"]
        tall = [each[32:48].rstrip() for each in draw(VIEW, 112, 26)[14:18]]
        assert tall == [" [24]H?", " IOP group", " Counselling,…", " Well child vi…"]

    def test_one_line_for_titles_keeps_the_first(self) -> None:
        assert draw(VIEW, 112, 14)[9][32:48] == " IOP group +2"

    def test_weeks_from_monday(self) -> None:
        found = draw(replace(VIEW, week_start=0), 28, 8)
        assert found[1:4] == [
            " Mo  Tu  We  Th  Fr  Sa  Su",
            " 26  27  28  29  30  31   1",
            "  2   3   4   5   6   7   8",
        ]

    def test_today_and_the_chosen_day_are_told_by_shape(self) -> None:
        both = replace(VIEW, selected=TODAY)
        assert "›[21]" in text(draw(both, 56, 14))
        assert "›21]" in text(draw(both, 28, 8))
        assert "»21" in text(draw(both, 21, 8))
        assert "[24" in text(draw(VIEW, 21, 8))
        assert "›21" in text(draw(VIEW, 21, 8))

    def test_a_low_place_shows_the_weeks_around_the_chosen_day(self) -> None:
        assert draw(VIEW, 28, 3) == [
            " 15  16  17  18  19  20 ›21",
            " 22  23 [24] 25  26  27  28",
            " 29  30   1   2   3   4   5",
        ]
        assert draw(replace(VIEW, selected=date(2026, 11, 30)), 28, 1) == [" 29 [30]  1   2   3   4   5"]

    def test_the_grid_keeps_its_height_from_month_to_month(self) -> None:
        plans = [layout(replace(VIEW, month=date(2027, m, 1)), 50, 20) for m in range(1, 13)]
        assert {(plan.head, plan.rows, len(plan.weeks)) for plan in plans if plan} == {(2, 3, 6)}

    def test_the_legend_names_each_sign(self) -> None:
        assert legend() == "✓ you went  ? needs childcare  ! two at once  ~ pause"


@settings(max_examples=60)
@given(
    st.integers(0, 130),
    st.integers(0, 42),
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.integers(-40, 40),
    st.sampled_from((0, 6)),
    st.builds(
        DayMarks,
        st.lists(st.sampled_from(["●", "G", "日", "", "ab", "\x1b"]), max_size=9).map(tuple),
        st.lists(st.sampled_from(["○", "\n"]), max_size=3).map(tuple),
        st.lists(st.sampled_from([*NASTY, "日本語の会", "Group"]), max_size=5).map(tuple),
        st.lists(st.sampled_from(Flag), max_size=4).map(tuple),
    ),
)
def test_every_line_fits_whatever_the_size(
    width: int, height: int, month: date, away: int, week_start: int, marks: DayMarks
) -> None:
    selected = min(max(month + timedelta(days=away), date(1900, 1, 1)), date(2100, 12, 31))
    view = MonthView(month, selected, month, week_start, {month: marks, selected: marks})
    plan = layout(view, width, height)
    assert len(draw(view, width, height)) == height
    for y in range(height if plan else 0):
        found = "".join(run.text for run in line(view, plan, y))  # type: ignore[arg-type]
        assert cell_len(found) in {0, 7 * (width // 7)}
        assert found.isprintable()


class Stage(App[None]):
    def __init__(self, view: MonthView = VIEW) -> None:
        super().__init__()
        self.grid = MonthGrid(view)
        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.grid

    def on_month_grid_day_chosen(self, message: MonthGrid.DayChosen) -> None:
        self.told.append(message)

    def on_month_grid_month_changed(self, message: MonthGrid.MonthChanged) -> None:
        self.told.append(message)

    def on_month_grid_day_opened(self, message: MonthGrid.DayOpened) -> None:
        self.told.append(message)

    def screen_lines(self) -> list[str]:
        return ["".join(s.text for s in strip).rstrip() for strip in self.screen._compositor.render_strips()]


@pytest.mark.parametrize(
    ("key", "day"),
    [
        ("left", "2026-11-23"),
        ("right", "2026-11-25"),
        ("up", "2026-11-17"),
        ("down", "2026-12-01"),
        ("pageup", "2026-10-24"),
        ("pagedown", "2026-12-24"),
        ("home", "2026-11-22"),
        ("end", "2026-11-28"),
    ],
)
async def test_keys_walk(key: str, day: str) -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        assert app.grid.day.isoformat() == day
        assert isinstance(app.told[-1], MonthGrid.DayChosen)
        moved_on = day[:7] != "2026-11"
        assert [type(message) for message in app.told[:-1]] == [MonthGrid.MonthChanged] * moved_on


async def test_the_screen_shows_what_is_drawn_and_a_key_draws_two_weeks() -> None:
    app = Stage()
    async with app.run_test(size=(60, 20)) as pilot:
        assert app.screen_lines() == draw(VIEW, 60, 20)
        drawn: list[int] = []
        render = app.grid.render_line
        app.grid.render_line = lambda y: (drawn.append(y), render(y))[1]  # type: ignore[method-assign]
        await pilot.press("right")
        assert sorted(set(drawn)) == [11, 12, 13]
        drawn.clear()
        await pilot.press("up")
        assert sorted(set(drawn)) == [8, 9, 10, 11, 12, 13]
        assert app.screen_lines() == draw(app.grid.view, 60, 20)


async def test_the_terminal_cursor_follows_the_chosen_day() -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right")
        x, y = app.cursor_position
        assert app.screen_lines()[y][x : x + 2] == "25"
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        x, y = app.cursor_position
        assert app.screen_lines()[y][x : x + 2] == "25"


async def test_the_mouse_picks_a_day_and_a_double_click_opens_it() -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        places = {day: app.grid._plan().number_at(day) for day in (date(2026, 11, 9), date(2026, 12, 2))}  # type: ignore[union-attr]
        for day, place in places.items():
            assert place is not None
            await pilot.click(MonthGrid, offset=Offset(*place))
            assert app.grid.day == day
        assert app.grid.view.month == date(2026, 12, 1)
        app.told.clear()
        place = app.grid._plan().number_at(date(2026, 12, 9))  # type: ignore[union-attr]
        assert place is not None
        await pilot.double_click(MonthGrid, offset=Offset(*place))
        assert [type(message).__name__ for message in app.told] == ["DayChosen", "DayOpened"]
        await pilot.click(MonthGrid, offset=Offset(79, 23))
        assert app.grid.day == date(2026, 12, 9)


async def test_a_view_from_the_screen_posts_nothing() -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        app.grid.view = replace(VIEW, selected=date(2026, 11, 2), days={date(2026, 11, 2): DayMarks(("●",))})
        await pilot.pause()
        assert app.screen_lines() == draw(app.grid.view, 80, 24)
        assert app.told == []
        await pilot.press("enter")
        assert [type(message) for message in app.told] == [MonthGrid.DayOpened]


async def test_the_calendar_ends_without_a_fall() -> None:
    app = Stage(MonthView(date(2100, 12, 1), date(2100, 12, 30), TODAY))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("pagedown", "down", "right")
        assert app.grid.day == date(2100, 12, 31)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_hostile_titles_are_letters(size: tuple[int, int]) -> None:
    days = {TODAY + timedelta(days=n): DayMarks((nasty,), (), (nasty,) * 3) for n, nasty in enumerate(NASTY)}
    app = Stage(replace(VIEW, days=days))
    async with app.run_test(size=size) as pilot:
        await pilot.press("down", "up")
        lines = app.screen_lines()
        assert len(lines) == size[1]
        assert all(each.isprintable() and cell_len(each) <= size[0] for each in lines)
        assert app.is_running
        assert ("[/x]" in text(lines)) == (size[0] == 120)


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (6, 6), (13, 2), (14, 1), (7, 30)])
async def test_tiny_places_do_not_crash(size: tuple[int, int]) -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        app.grid.styles.width, app.grid.styles.height = size
        await pilot.press("right", "pagedown")
        assert app.grid.day == date(2026, 12, 25)


async def test_the_focus_and_the_theme_are_seen_after_keys() -> None:
    app = Stage()

    def ground() -> object:
        plan = app.grid._plan()
        x, y = (plan.number_at(app.grid.day) if plan else None) or (0, 0)
        return app.screen.get_style_at(x, y).bgcolor

    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "up")
        focused = ground()
        app.screen.set_focus(None)
        await pilot.pause()
        blurred = ground()
        app.theme = "textual-light"
        await pilot.pause()
        light = ground()
        app.grid.focus()
        await pilot.press("down")
        assert len({focused, blurred, light, ground()}) == 4


async def test_without_color_the_chosen_day_is_reversed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Stage()
    async with app.run_test(size=(80, 24)):
        assert app.grid.get_component_rich_style("month--selected").reverse
