"""The day's list: its rows as text, and what stays chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from conftest import NASTY
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
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
        assert (row.status, row.signs, row.day) == (RowStatus.PLANNED, ("needs childcare",), date(2026, 11, 24))
        assert row_of(self.occurrence(), hours24=True).when == "18:00–19:30"

    def test_covered_childcare_needs_no_sign(self) -> None:
        covered = replace(self.EVENT, logistics=Logistics(Childcare(True, "Grandma", True)))
        assert row_of(self.occurrence(covered)).signs == ()
        assert row_of(self.occurrence(), Mark.ATTENDED).signs == ()

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
