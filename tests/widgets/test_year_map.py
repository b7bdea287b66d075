"""The year: its lines and its sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll

from companion.widgets.year_map import YearMap, YearView, draw_year, year_sentence

TODAY = date(2026, 3, 5)
VIEW = YearView(
    2026,
    TODAY,
    {date(2026, 1, 1): 1, date(2026, 1, 2): 3, date(2026, 2, 10): 1, TODAY: 1, date(2026, 3, 6): 4},
    paused=(date(2026, 1, 2), date(2026, 1, 3), date(2026, 1, 4)),
    rested={date(2026, 1, 6)},
)
SENTENCE = "4 days with something done in 2026, most in January (2). 2 days paused. 1 rest day."


def test_each_day_has_two_columns_where_there_is_room() -> None:
    found = draw_year(VIEW, 80, 24)
    assert found[:4] == [
        "     1       5        10        15        20        25        30",
        "Jan  ○ ● p p · r · · · · · · · · · · · · · · · · · · · · · · · · ·",
        "Feb  · · · · · · · · · ○ · · · · · · · · · · · · · · · · · ·",
        "Mar  · · · ·›○",
    ]
    assert found[12:] == [
        "Dec",
        "· none, ○ once, ● more, p pause, r rest",
        "4 days with something done in 2026, most in January (2). 2 days paused. 1 rest",
        "day.",
    ]


def test_sixty_columns_hold_the_whole_year() -> None:
    found = draw_year(VIEW, 60, 20)
    assert found[0] == "    1   5   10   15   20   25   30"
    assert found[1] == "Jan ○●pp·r·························"
    assert len(found) == 16


def test_a_low_place_has_a_row_for_each_weekday() -> None:
    found = draw_year(replace(VIEW, year=2026), 60, 12)
    assert found[0].startswith("    Jan Feb")
    assert [line[:2] for line in found[1:8]] == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    assert found[4][4:14] == "○········○"
    assert [line[:2] for line in draw_year(replace(VIEW, week_start=6), 60, 12)[1:3]] == ["Su", "Mo"]


def test_without_room_the_sentence_is_left() -> None:
    assert " ".join(draw_year(VIEW, 30, 10)) == SENTENCE
    assert draw_year(VIEW, 30, 1) == ["4 days with something done in"]
    assert draw_year(VIEW, 0, 5) == []


def test_the_sentence_says_what_the_map_shows() -> None:
    assert year_sentence(VIEW) == SENTENCE
    assert year_sentence(YearView(2027, TODAY)) == "Nothing done in 2027 yet."
    one = YearView(2026, TODAY, {TODAY: 2})
    assert year_sentence(one) == "1 day with something done in 2026, most in March (1)."


def test_days_before_the_beginning_and_to_come_ask_nothing() -> None:
    view = YearView(2026, TODAY, {date(2026, 1, 1): 1}, begins=date(2026, 3, 4))
    assert draw_year(view, 60, 20)[1:5] == ["Jan", "Feb", "Mar    ··", "Apr"]
    assert year_sentence(view) == "Nothing done in 2026 yet."


@settings(max_examples=60)
@given(
    st.integers(0, 130),
    st.integers(0, 40),
    st.integers(1900, 2100),
    st.dictionaries(st.dates(date(2020, 1, 1), date(2029, 12, 31)), st.integers(0, 3), max_size=30),
    st.sampled_from((0, 6)),
)
def test_it_fits_whatever_the_size(width: int, height: int, year: int, done: dict[date, int], week_start: int) -> None:
    found = draw_year(YearView(year, date(2026, 7, 7), done, week_start=week_start), width, height)
    assert len(found) <= height
    assert all(cell_len(each) <= width for each in found)


class Stage(App[None]):
    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield YearMap(VIEW)

    def screen_lines(self) -> list[str]:
        return ["".join(s.text for s in strip).rstrip() for strip in self.screen._compositor.render_strips()]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (36, 30), (20, 6)])
async def test_on_a_screen(size: tuple[int, int]) -> None:
    app = Stage()
    async with app.run_test(size=size) as pilot:
        shown = app.screen_lines()
        expected = draw_year(VIEW, app.query_one(YearMap).size.width, size[1])
        assert shown[: len(expected)] == expected
        app.query_one(YearMap).view = replace(VIEW, today=TODAY + timedelta(days=1))
        await pilot.pause()
        assert app.screen_lines() != shown
        assert all(cell_len(each) <= size[0] for each in app.screen_lines())


async def test_it_takes_no_focus() -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)):
        assert not app.query_one(YearMap).can_focus
