"""The day's list: its rows as text, and what stays chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from conftest import NASTY
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events
from textual.app import App, ComposeResult

from companion.domain.attendance import Mark
from companion.domain.event import Childcare, Event, Logistics, Occurrence, Override, Status
from companion.widgets.day_list import DayList, Row, RowStatus, row_lines, row_of, status_words

TODAY = date(2026, 11, 21)
GROUP = Row(
    ("g", None), "9:00 am–noon", "IOP group", "12 Mill St", signs=("needs childcare",), kind_mark="G", day=TODAY
)
VISIT = Row(("v", None), "2:00–2:50 pm", "Counselling", status=RowStatus.CANCELLED, kind_mark="T", day=TODAY)
COURT = Row(("c", None), "all day", "Court", status=RowStatus.WENT, day=TODAY + timedelta(days=3))


class TestRows:
    def test_beside_its_time(self) -> None:
        assert row_lines(GROUP, 12, 60) == [
            "  9:00 am–noon  G IOP group",
            "                needs childcare · 12 Mill St",
        ]

    def test_below_its_time_in_a_narrow_list(self) -> None:
        assert row_lines(GROUP, 12, 30) == ["  9:00 am–noon", "  G IOP group", "  needs childcare · 12 Mill St"]

    def test_the_state_is_a_word_with_a_sign_beside_it(self) -> None:
        assert row_lines(VISIT, 12, 60)[0].startswith("× ")
        assert row_lines(VISIT, 12, 60)[1].strip() == "cancelled"
        assert row_lines(COURT, 12, 60) == ["✓ all day       Court", "                you went"]

    def test_every_state_but_planned_has_a_word(self) -> None:
        assert [status for status in RowStatus if not status_words(status)] == [RowStatus.PLANNED]

    def test_a_long_title_is_wrapped_and_then_cut(self) -> None:
        found = row_lines(replace(VISIT, title="talk " * 40, status=RowStatus.PLANNED), 12, 60)
        assert len(found) == 3
        assert found[-1].endswith("…")
        assert found[1].startswith(" " * 16 + "talk")


@settings(max_examples=100)
@given(
    st.sampled_from([*NASTY, "日本語の会議室" * 9, "x" * 200, "", "👩‍👧 time"]),
    st.sampled_from([*NASTY, "Room 3"]),
    st.integers(0, 120),
    st.integers(0, 18),
)
def test_rows_fit_whatever_is_in_them(title: str, place: str, width: int, when_width: int) -> None:
    found = row_lines(
        Row(("k", None), "9:00 am–noon", title, place, RowStatus.MOVED, ("needs childcare",)), when_width, width
    )
    assert all(cell_len(each) <= max(width, 4) for each in found)
    assert all(each.replace("\u200d", "").isprintable() for each in found)


class TestRowOf:
    START = datetime(2026, 11, 24, 18, 0)
    EVENT = Event(
        "u",
        "Group",
        START,
        timedelta(minutes=90),
        "America/New_York",
        "group-therapy",
        location="Room 3",
        logistics=Logistics(Childcare(needed=True)),
    )

    def occurrence(self, event: Event = EVENT, **more: object) -> Occurrence:
        return Occurrence(event, self.START, self.START + event.duration, **more)  # type: ignore[arg-type]

    def test_planned(self) -> None:
        row = row_of(self.occurrence())
        assert (row.when, row.title, row.place, row.kind_mark) == ("6:00–7:30 pm", "Group", "Room 3", "G")
        assert (row.status, row.signs, row.day) == (RowStatus.PLANNED, (), date(2026, 11, 24))
        assert row_of(self.occurrence(), hours24=True).when == "18:00–19:30"

    def test_signs_are_given_by_who_knows_the_day(self) -> None:
        signs = ("overlaps 7:00 pm", "needs childcare")
        assert row_of(self.occurrence(), signs=signs).signs == signs
        assert row_of(self.occurrence(), Mark.ATTENDED, signs=("last one",)).signs == ("last one",)

    @pytest.mark.parametrize(
        ("mark", "status"),
        [
            (Mark.ATTENDED, RowStatus.WENT),
            (Mark.ATTENDED_ONLINE, RowStatus.WENT),
            (Mark.MOVED, RowStatus.MOVED),
            (Mark.CANCELLED_BY_PROVIDER, RowStatus.CANCELLED),
            (Mark.CANCELLED_LATE, RowStatus.CANCELLED),
            (Mark.EXCUSED, RowStatus.EXCUSED),
            (Mark.MISSED, RowStatus.DID_NOT_HAPPEN),
        ],
    )
    def test_marks(self, mark: Mark, status: RowStatus) -> None:
        assert row_of(self.occurrence(), mark).status is status

    def test_cancelled_moved_and_unsure(self) -> None:
        override = Override(self.START, status=Status.CANCELLED)
        assert row_of(self.occurrence(recurrence_id=self.START, override=override)).status is RowStatus.CANCELLED
        moved = Override(self.START - timedelta(days=1), start=self.START)
        found = row_of(self.occurrence(recurrence_id=moved.recurrence_id, override=moved))
        assert found.status is RowStatus.MOVED
        assert row_of(self.occurrence(replace(self.EVENT, status=Status.TENTATIVE))).status is RowStatus.TENTATIVE

    def test_all_day_and_online(self) -> None:
        row = row_of(self.occurrence(replace(self.EVENT, all_day=True, location="", online="https://x.example")))
        assert (row.when, row.place) == ("all day", "online")


class Stage(App[None]):
    def __init__(self, rows: tuple[Row, ...] = (GROUP, VISIT, COURT)) -> None:
        super().__init__()
        self.list = DayList()
        self.given = rows
        self.told: list[DayList.OccurrenceChosen] = []

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.show(self.given, TODAY)

    def on_day_list_occurrence_chosen(self, message: DayList.OccurrenceChosen) -> None:
        self.told.append(message)

    def screen_lines(self) -> list[str]:
        return ["".join(s.text for s in strip).rstrip() for strip in self.screen._compositor.render_strips()]


async def test_several_days_have_headings_and_the_keys_skip_them() -> None:
    app = Stage()
    async with app.run_test(size=(60, 20)) as pilot:
        assert [line.strip() for line in app.screen_lines()[:8]] == [
            "Today · Saturday, Nov 21",
            "9:00 am–noon  G IOP group",
            "needs childcare · 12 Mill St",
            "× 2:00–2:50 pm  T Counselling",
            "cancelled",
            "Tuesday, Nov 24",
            "✓ all day       Court",
            "you went",
        ]
        assert app.list.row == GROUP
        await pilot.press("down", "down")
        assert app.list.row == COURT
        await pilot.press("enter")
        assert [(message.key, message.row) for message in app.told] == [(COURT.key, COURT)]


async def test_one_day_needs_no_heading_and_an_empty_one_says_so() -> None:
    app = Stage((GROUP, VISIT))
    async with app.run_test(size=(60, 20)) as pilot:
        assert "Nov 21" not in "".join(app.screen_lines())
        app.list.show((), TODAY)
        await pilot.pause()
        assert app.screen_lines()[0].strip() == "Nothing planned."
        assert app.list.row is None
        await pilot.press("enter", "down")
        assert app.told == []


async def test_the_chosen_row_stays_chosen() -> None:
    app = Stage((GROUP, VISIT))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("down")
        app.list.show((COURT, GROUP, replace(VISIT, title="Counselling, new room")), TODAY)
        assert app.list.row is not None
        assert app.list.row.key == VISIT.key
        app.list.show((COURT, GROUP), TODAY)
        assert app.list.row == GROUP
        await pilot.resize_terminal(34, 20)
        await pilot.pause()
        assert app.list.row == GROUP
        assert app.screen_lines()[5].strip() == "9:00 am–noon"
        assert app.list.choose(COURT.key)
        assert app.list.row == COURT
        assert not app.list.choose(("nobody", None))


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (24, 6)])
async def test_hostile_words_are_letters(size: tuple[int, int]) -> None:
    rows = tuple(
        Row((str(n), None), nasty, nasty, nasty, signs=(nasty,), kind_mark="G", day=TODAY + timedelta(days=n))
        for n, nasty in enumerate(NASTY)
    )
    app = Stage(rows)
    async with app.run_test(size=size) as pilot:
        lines = app.screen_lines()
        assert all(each.isprintable() and cell_len(each) <= size[0] for each in lines)
        assert any("[@click=app.quit]" in each or size[0] < 40 for each in lines)
        await pilot.click(DayList, offset=(size[0] // 2, 2))
        await pilot.press("end", "enter")
        assert app.is_running
        assert app.told


async def test_two_rows_with_the_same_key_are_shown() -> None:
    app = Stage((GROUP, GROUP))
    async with app.run_test(size=(60, 20)):
        assert "".join(app.screen_lines()).count("IOP group") == 2


def many(count: int, *, per_day: int = 1000) -> tuple[Row, ...]:
    return tuple(
        Row((f"{n}", None), "9:00 am", f"Thing {n}", "Clinic", day=TODAY + timedelta(days=n // per_day))
        for n in range(count)
    )


def shown_titles(app: Stage) -> list[int]:
    words = [line.split() for line in app.screen_lines()]
    return [int(each[each.index("Thing") + 1]) for each in words if "Thing" in each]


def drawn_lines(app: Stage) -> list[int]:
    """The lines that are drawn from now on."""
    found: list[int] = []
    render = app.list.render_line
    app.list.render_line = lambda y: (found.append(y), render(y))[1]  # type: ignore[method-assign]
    return found


def ground(app: Stage, y: int) -> str:
    """The ground of a line of the screen at its first letter."""
    style = app.screen.get_style_at(1, y)
    assert style.bgcolor is not None
    return style.bgcolor.name


async def test_keys_go_round_and_by_pages() -> None:
    app = Stage(many(30))
    async with app.run_test(size=(60, 10)) as pilot:
        places = []
        for key in ("up", "down", "pagedown", "pagedown", "pageup", "end", "pagedown", "home", "pageup"):
            await pilot.press(key)
            assert app.list.row is not None
            places.append(int(app.list.row.key[0]))
            assert places[-1] in shown_titles(app)
        assert places == [29, 0, 5, 10, 5, 29, 29, 0, 0]


async def test_a_page_that_ends_on_a_heading_takes_the_row_beside_it() -> None:
    app = Stage(many(6, per_day=2))
    async with app.run_test(size=(60, 5)) as pilot:
        await pilot.press("down", "pageup")
        assert app.list.row == app.given[0]
        await pilot.press("pagedown")
        assert app.list.row == app.given[2]


async def test_the_heading_right_above_the_row_comes_into_sight_too() -> None:
    app = Stage(many(12, per_day=3))
    async with app.run_test(size=(60, 8)) as pilot:
        await pilot.press("end", "home")
        assert app.screen_lines()[0].strip() == "Today · Saturday, Nov 21"
        await pilot.press("end", "up", "up")
        assert "Tuesday, Nov 24" in "".join(app.screen_lines())


async def test_only_what_looks_different_is_drawn_again() -> None:
    app = Stage(many(6))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        drawn = drawn_lines(app)
        await pilot.press("down")
        assert sorted(set(drawn)) == [0, 1, 2, 3]
        drawn.clear()
        app.list.show((*app.given[:4], replace(app.given[4], title="Another"), app.given[5]), TODAY)
        await pilot.pause()
        assert sorted(set(drawn)) == [8]
        drawn.clear()
        app.list.show(app.given[:3], TODAY)
        await pilot.pause()
        assert sorted(set(drawn)) == [6, 7, 8, 9, 10, 11]
        assert shown_titles(app) == [0, 1, 2]


async def test_a_long_list_is_drawn_only_where_it_is_seen() -> None:
    app = Stage(many(500))
    async with app.run_test(size=(60, 10)) as pilot:
        drawn = drawn_lines(app)
        await pilot.press("end")
        assert shown_titles(app) == [495, 496, 497, 498, 499]
        assert set(drawn) <= set(range(10))


async def test_the_terminal_cursor_follows_the_highlighted_row() -> None:
    app = Stage(many(30))
    async with app.run_test(size=(60, 10)) as pilot:
        for key in ("down", "end", "up", "home"):
            await pilot.press(key)
            assert app.list.row is not None
            x, y = app.cursor_position
            assert app.screen_lines()[y][x:].startswith(f"  9:00 am  {app.list.row.title}")
        await pilot.press("end")
        await pilot.resize_terminal(50, 5)
        await pilot.pause()
        assert "Thing 29" in app.screen_lines()[app.cursor_position[1]]


async def test_the_mouse_chooses_a_row_and_no_heading() -> None:
    app = Stage()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.click(DayList, offset=(4, 0))
        await pilot.click(DayList, offset=(4, 15))
        assert (app.told, app.list.row) == ([], GROUP)
        await pilot.click(DayList, offset=(4, 4))
        assert app.list.row == VISIT
        assert [message.key for message in app.told] == [VISIT.key]


async def test_the_row_under_the_mouse_has_a_ground_of_its_own() -> None:
    app = Stage()
    async with app.run_test(size=(60, 20)) as pilot:
        highlight, plain_ground = ground(app, 1), ground(app, 3)
        await pilot.hover(DayList, offset=(4, 3))
        assert ground(app, 3) == ground(app, 4) not in {highlight, plain_ground}
        await pilot.hover(DayList, offset=(4, 1))
        assert (ground(app, 1), ground(app, 3)) == (highlight, plain_ground)
        await pilot.hover(DayList, offset=(4, 5))
        assert ground(app, 5) == plain_ground


async def test_the_wheel_scrolls_and_leaves_the_row() -> None:
    app = Stage(many(30))
    async with app.run_test(size=(60, 10)) as pilot:
        for _ in range(3):
            await pilot._post_mouse_events([events.MouseScrollDown], DayList, (4, 4))
        assert app.list.row == app.given[0]
        assert shown_titles(app)[0] > 0
        await pilot.press("down")
        assert 1 in shown_titles(app)


async def test_the_focus_and_the_theme_are_seen() -> None:
    app = Stage()
    async with app.run_test(size=(60, 20)) as pilot:
        focused = ground(app, 1)
        app.screen.set_focus(None)
        await pilot.pause()
        blurred = ground(app, 1)
        app.theme = "textual-light"
        await pilot.pause()
        light = ground(app, 1), ground(app, 3)
        app.list.focus()
        await pilot.pause()
        assert len({focused, blurred, light[0], light[1], ground(app, 1)}) == 5


async def test_what_is_kept_stays_where_it_was_and_what_is_new_begins_at_the_top() -> None:
    app = Stage(many(30))
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("end", "up", "up")
        before = app.screen_lines()
        app.list.show((*app.given[:-1], replace(app.given[-1], title="Thing 1000")), TODAY)
        await pilot.pause()
        assert app.screen_lines()[:-2] == before[:-2]
        assert shown_titles(app)[-1] == 1000
        app.list.show([replace(row, key=(f"other {row.key[0]}", None)) for row in app.given], TODAY)
        assert app.list.choose(("other 0", None))
        await pilot.pause()
        assert shown_titles(app)[0] == 0
        assert app.list.vertical_scrollbar.position == 0


async def test_the_scrollbar_comes_back_where_the_list_is() -> None:
    app = Stage(many(30))
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("end")
        app.list.show(app.given[-2:], TODAY)
        await pilot.pause()
        assert not app.list.show_vertical_scrollbar
        app.list.show([replace(row, key=("other", None)) for row in app.given], TODAY)
        await pilot.pause()
        assert app.list.show_vertical_scrollbar
        assert app.list.vertical_scrollbar.position == app.list.scroll_y == 0


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (2, 3), (3, 1), (5, 2), (60, 1), (1, 30)])
async def test_tiny_places_do_not_crash(size: tuple[int, int]) -> None:
    app = Stage((*many(9, per_day=2), replace(COURT, title="日本語の会議室", day=TODAY + timedelta(days=9))))
    async with app.run_test(size=(80, 24)) as pilot:
        app.list.styles.width, app.list.styles.height = size
        await pilot.press("down", "pagedown", "pageup", "up", "end", "enter")
        assert app.list.row == app.given[-1]
        assert app.told[-1].key == COURT.key
        app.list.show((), TODAY)
        await pilot.press("end", "pageup", "pagedown", "enter")
        assert app.list.row is None


async def test_an_empty_list_says_what_it_is_told_to_say() -> None:
    app = Stage(())
    async with app.run_test(size=(21, 6)) as pilot:
        app.list.show((), TODAY, "Nothing [b]here[/b].\x1b[2J Press a.")
        await pilot.pause()
        assert [line.strip() for line in app.screen_lines()[:2]] == ["Nothing", "[b]here[/b]. Press"]
