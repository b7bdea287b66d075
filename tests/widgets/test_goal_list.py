"""Goals as lines: four figures together, in a wide window and in a narrow one."""

from __future__ import annotations

import pytest
from conftest import NASTY
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from companion.widgets.goal_list import GoalList, GoalRow, goal_lines

FIGURES = (
    ("current run", "9 weeks"),
    ("best run", "9 weeks"),
    ("total kept", "31 weeks, done 47 times"),
    ("last 30 days", "89%"),
)
ROW = GoalRow("g", "Groups", "group therapy", "2 of 3 this week", FIGURES)


def drawn(row: GoalRow, width: int, *, chosen: bool = False) -> list[str]:
    return ["".join(run.text for run in runs) for runs in goal_lines(row, width, chosen=chosen)]


def test_a_small_table_where_there_is_room() -> None:
    assert drawn(ROW, 77) == [
        "  Groups  group therapy                                      2 of 3 this week",
        "  current run     best run        total kept                   last 30 days",
        "  9 weeks         9 weeks         31 weeks, done 47 times      89%",
    ]


def test_a_line_that_wraps_between_figures_where_there_is_not() -> None:
    assert drawn(ROW, 56) == [
        "  Groups  group therapy                 2 of 3 this week",
        "  current run 9 weeks · best run 9 weeks",
        "  total kept 31 weeks, done 47 times · last 30 days 89%",
    ]


def test_the_chosen_one_is_marked_without_color() -> None:
    assert drawn(ROW, 77, chosen=True)[0].startswith("› Groups  ")


def test_a_long_name_gives_way_to_what_this_week_has() -> None:
    row = GoalRow("g", "Reading aloud at bedtime with both of them", "activities together", "0 of 1 today")
    assert drawn(row, 40) == ["  Reading aloud at bedtim…  0 of 1 today"]


def test_a_sentence_stands_below_the_figures() -> None:
    row = GoalRow("g", "Groups", figures=FIGURES, words="A new run starts whenever you like.")
    assert drawn(row, 77)[-1] == "  A new run starts whenever you like."


texts = st.text(max_size=60) | st.sampled_from(NASTY)
rows = st.builds(
    GoalRow,
    id=st.just("g"),
    name=texts,
    counts=texts,
    now=texts,
    figures=st.just(()) | st.just(FIGURES),
    words=texts,
)


@settings(max_examples=80)
@given(rows, st.integers(20, 130), st.booleans())
def test_no_line_is_wider_than_the_window_and_no_control_character_passes(
    row: GoalRow, width: int, chosen: bool
) -> None:
    for line in drawn(row, width, chosen=chosen):
        assert cell_len(line) <= width
        assert all(ord(letter) >= 32 and letter not in "\x9b\u202e\u2066" for letter in line)


class Holder(App[None]):
    def __init__(self, width: int = 80) -> None:
        super().__init__()
        self.opened: list[str] = []

    def compose(self) -> ComposeResult:
        yield GoalList(id="goals")

    def on_goal_list_opened(self, event: GoalList.Opened) -> None:
        self.opened.append(event.row.id)


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_it_is_as_high_as_its_goals(width: int) -> None:
    app = Holder()
    async with app.run_test(size=(width, 30)) as pilot:
        goals = app.query_one(GoalList)
        goals.show([ROW, GoalRow("h", "Reading", words="It begins with the first time.")])
        await pilot.pause()
        assert goals.size.height == 6  # three lines, a free one, two lines
        assert (goals.region_of(0).y, goals.region_of(0).height) == (0, 3)
        assert (goals.region_of(1).y, goals.region_of(1).height) == (4, 2)


async def test_the_chosen_goal_stays_chosen_when_others_come_before_it() -> None:
    app = Holder()
    async with app.run_test() as pilot:
        goals = app.query_one(GoalList)
        goals.show([ROW, GoalRow("h", "Reading")])
        goals.index = 1
        goals.show([GoalRow("new", "New"), ROW, GoalRow("h", "Reading")])
        assert goals.row is not None and goals.row.id == "h"
        goals.show([GoalRow("new", "New")])
        assert (goals.index, goals.row) == (0, GoalRow("new", "New"))
        goals.show([])
        await pilot.pause()
        assert (goals.row, goals.size.height) == (None, 0)


async def test_a_click_marks_and_a_second_one_opens() -> None:
    app = Holder()
    async with app.run_test() as pilot:
        app.query_one(GoalList).show([ROW, GoalRow("h", "Reading", words="It begins.")])
        await pilot.pause()
        await pilot.click("#goals", offset=(5, 5))
        assert (app.query_one(GoalList).index, app.opened) == (1, [])
        await pilot.click("#goals", offset=(5, 3))  # the free line between two goals
        await pilot.click("#goals", offset=(5, 4))
        await pilot.pause()
        assert app.opened == ["h"]
