"""A week and a day by the hour, as lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from conftest import NASTY
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from time_kit import CHILDREN, CLASS, GROUP, HERS, MONDAY, NORMAL, NOW, TODAY, WEEK, block, whole

from companion.domain.attendance import Mark
from companion.domain.event import Childcare, Event, Logistics, Occurrence
from companion.widgets.day_rows import Key, RowStatus
from companion.widgets.time_block import Block, block_lines, block_of, legend
from companion.widgets.time_layout import Run, TimeLayout, View, draw

WEDNESDAY = WEEK[2]
NORMAL_WEEK = View(WEEK, NORMAL, TODAY, NOW)


def text(found: Iterable[str]) -> str:
    return "\n".join(found) + "\n"


class TestWeek:
    def test_at_60_columns_a_block_is_its_letter_sign_and_hour(self) -> None:
        assert text(draw(NORMAL_WEEK, 58, 15, WEDNESDAY, key=GROUP.key)) == (
            " Nov   Mo 23 › Tu 24  [We 25]  Th 26  Fr 27  Sa 28  Su 29\n"
            " day                 ▌N WIC…         ║E No school ─\n"
            " 8 am      ║K      ║K      ║K    ║K       ║K\n"
            " 9 am▌G✓9  ║       ║ ►G!9  ║     ║   ▌G×9 ║\n"
            "10 am▌IOP… ║       ║  IOP… ║     ║   ▌IOP…║ ▌S10:00\n"
            "11 am      ║       ║       ║ ▌L→ ║        ║\n"
            " noon      ║       ║       ║ ▌   ║        ║\n"
            "›1 pm      ║ ╌╌╌╌╌╌║       ║     ║        ║\n"
            " 2 pm      ║ ▌T2:00║       ║     ║        ║\n"
            " 3 pm      ║       ║       ║     ║ ║H     ║\n"
            "   ··\n"
            " 6 pm        ▌P!6:00\n"
            " 7 pm        ▌Parent…\n"
            " Tomorrow, 9:00–10:30 am · IOP group\n"
            " needs childcare · 12 Mill St           ▌ you  ║ children\n"
        )

    def test_at_80_columns_the_times_are_whole_and_the_signs_are_explained(self) -> None:
        assert text(draw(NORMAL_WEEK, 78, 19, WEDNESDAY, key=GROUP.key)) == (
            " Nov   Mon 23   › Tue 24    [Wed 25]    Thu 26    Fri 27    Sat 28    Sun 29\n"
            " day                       ▌N WIC pap…          ║E No school ───────\n"
            " 7 am\n"
            " 8 am        ║K8        ║K8        ║K8     ║K          ║K8\n"
            " 9 am▌G✓9:00 ║          ║  ►G!9:00 ║       ║    ▌G×9:00║\n"
            "10 am▌IOP gr…║          ║   IOP gr…║       ║    ▌IOP g…║  ▌S 10:00\n"
            "11 am        ║          ║          ║  ▌L→11║           ║\n"
            " noon        ║          ║          ║  ▌Cou…║           ║\n"
            "›1 pm        ║  ╌╌╌╌╌╌╌╌║          ║       ║           ║\n"
            " 2 pm        ║  ▌T 2:00 ║          ║       ║           ║\n"
            " 3 pm        ║          ║          ║       ║ ║H3       ║\n"
            " 4 pm\n"
            " 5 pm\n"
            " 6 pm           ▌P!6:00\n"
            " 7 pm           ▌Parenting…\n"
            " 8 pm\n"
            " ▌ you  ║ children  ! needs something  ✓ you went  × cancelled  → moved\n"
            " Tomorrow, 9:00–10:30 am · IOP group\n"
            " needs childcare · 12 Mill St\n"
        )

    def test_at_120_columns_half_hours_and_titles_have_room(self) -> None:
        found = draw(NORMAL_WEEK, 118, 35, WEDNESDAY, key=CLASS.key)
        assert found[0].startswith(" Nov      Monday 23     › Tuesday 24     [Wednesday 25]")
        assert found[1].startswith("all day")
        evening = [each[24:40].rstrip() for each in found if "6 pm" in each or "Parenting" in each]
        assert evening == ["►P!6:00", " Parenting class"]

    def test_what_is_at_once_stands_side_by_side_and_what_follows_below(self) -> None:
        blocks = (
            block(0, 9, 10.5, "Group"),
            block(0, 10, 11, "Talk", "T"),
            block(0, 10, 10.5, "Dentist", "H", lane=CHILDREN),
            block(1, 9, 9.5, "Dosing", "M"),
            block(1, 9.5, 10, "Testing", "L"),
            block(1, 10, 11.5, "Group"),
            block(1, 11.5, 12, "WIC", "N"),
        )
        found = draw(View(WEEK, blocks, MONDAY), 78, 19, TODAY)
        assert text(each[:27].rstrip() for each in found[1:7]) == (
            " 9 am▌G 9       ▌M 9:00 Do…\n"
            "  :30▌          ▌L 9:30 Te…\n"
            "10 am▌   ▌T 10║H▌G 10:00\n"
            "  :30    ▌Talk  ▌Group\n"
            "11 am           ▌\n"
            "  :30           ▌N 11:30\n"
        )

    def test_without_room_for_the_cut_two_that_follow_each_other_share_an_hour(self) -> None:
        spread = tuple(block(n % 7, hour, hour + 1, "Group") for n, hour in enumerate(range(7, 19)))
        found = draw(
            View(WEEK, (*spread, block(0, 9.25, 9.5, "A"), block(0, 9.5, 10, "B", "T")), TODAY), 58, 15, MONDAY
        )
        assert found[3].startswith(" 9 am▌G 9▌T 9")

    def test_over_midnight_it_is_on_both_days(self) -> None:
        blocks = [block(n, 22, 30, "Night shift", "W") for n in (-1, 6)]
        found = draw(View(WEEK, (*blocks, block(2, 22, 24, "Class")), TODAY), 58, 15, MONDAY)
        assert [each[:13] for each in found[1:4]] == ["12 am▌W –6:00", " 1 am▌Night", " 2 am▌shift"]
        assert found[11:13] == [
            "10 pm                ▌G 10:00                      ▌W10:00",
            "11 pm                ▌Class                        ▌Night…",
        ]
        assert all("Class" not in each[29:37] for each in found)

    def test_three_in_the_morning_and_a_clock_of_24_hours(self) -> None:
        blocks = (block(1, 3, 3.5, "Feeding", lane=CHILDREN), block(1, 18, 19, "Group"))
        found = draw(View(WEEK, blocks, MONDAY, hours24=True), 58, 9, TODAY, key=blocks[1].key)
        assert text(found) == (
            " Nov › Mo 23  [Tu 24]  We 25   Th 26  Fr 27  Sa 28  Su 29\n"
            "03:00        ║G 3:00\n"
            "  :30\n"
            "   ··\n"
            "18:00        ►G 18:00\n"
            "  :30         Group\n"
            "19:00\n"
            "  :30\n"
            " Tomorrow, 18:00–19:00 · Group\n"
        )

    def test_whole_days_and_longer_stand_above_the_hours_and_reach_over_their_days(self) -> None:
        blocks = (whole(1, 3, "Stay at Grace House", "R"), whole(2, 1, "Papers"), block(4, 15, 59, "Trip", "o"))
        assert draw(View(WEEK, blocks, TODAY), 58, 12, TODAY)[1:3] == [
            " day         ▌R Stay at Grace House ─▌o 3:00 Trip ────────",
            "                     ▌N Pape…",
        ]

    def test_more_whole_days_than_lines_are_counted_in_each_day(self) -> None:
        blocks = (whole(1, 2, "Long"), *(whole(2, 1, f"Other {n}") for n in range(9)), *NORMAL)
        found = draw(View(WEEK, blocks, TODAY), 58, 15, TODAY)
        assert found[1].startswith(" day         ▌N Long ─")
        assert found[2] == "                     +10"

    def test_an_empty_week_says_so_and_keeps_its_hours(self) -> None:
        found = draw(View(WEEK, (), TODAY, NOW, empty="A quiet week."), 58, 15, TODAY)
        assert found[1:3] == [" 7 am", " 8 am"]
        assert found[7] == "›1 pm        ╌╌╌╌╌╌╌╌"
        assert found[13] == " A quiet week."
        assert draw(View(WEEK, (), TODAY), 58, 15, TODAY)[13] == " Nothing planned."

    def test_an_empty_day_of_a_week_says_so(self) -> None:
        assert draw(NORMAL_WEEK, 58, 15, WEEK[6])[13] == " Sunday: nothing planned."

    def test_more_at_once_than_columns_are_counted(self) -> None:
        blocks = tuple(block(2, 13, 14, f"A{n}", "GTCPSLMNH"[n]) for n in range(9))
        found = draw(View(WEEK, blocks, MONDAY), 58, 15, WEDNESDAY)
        assert any("GTCPSL+3" in each for each in found)


class TestDay:
    def test_two_lanes_side_by_side(self) -> None:
        assert text(draw(View((TODAY,), NORMAL, TODAY, NOW), 58, 15, TODAY, key=CLASS.key)) == (
            " Nov ▌you ›Tue 24                    ║children\n"
            " 8 am                                ║K 8:00 Day care\n"
            " 9 am                                ║\n"
            "10 am                                ║\n"
            "11 am                                ║\n"
            " noon                                ║\n"
            "›1 pm╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌║\n"
            " 2 pm▌T 2:00 Counselling with Dana   ║\n"
            " 3 pm                                ║\n"
            " 4 pm\n"
            " 5 pm\n"
            " 6 pm►P!6:00 Parenting class\n"
            " 7 pm two at once\n"
            " Today, 6:00–7:30 pm · Parenting class\n"
            " two at once · no ride yet\n"
        )

    def test_forty_in_a_day_are_scrolled_and_those_out_of_sight_counted(self) -> None:
        blocks = tuple(block(2, 7 + n / 4, 7.25 + n / 4, f"Item {n}") for n in range(40))
        view = View((WEDNESDAY,), blocks, TODAY)
        assert draw(view, 58, 15, WEDNESDAY)[12] == "↓+28 ▌G 9:45 Item 11"
        assert draw(view, 58, 15, WEDNESDAY, top=20)[1] == "↑+20 ▌G 12:00 Item 20"
        assert draw(view, 58, 15, WEDNESDAY, top=20)[12] == " ↓+8 ▌G 2:45 Item 31"

    def test_without_words_all_lines_are_for_the_hours(self) -> None:
        plan = TimeLayout(View((TODAY,), NORMAL, TODAY), 46, 12, words=False)
        assert (plan.said, plan.seen) == (0, 11)


class TestBlocks:
    @pytest.mark.parametrize(
        ("width", "said"),
        [
            (1, "L"), (2, "L→"), (3, "L→"), (4, "L→11"), (7, "L→11:30"), (8, "L→!11:30"), (14, "L→!11:30 Court"),
        ],
    )  # fmt: skip
    def test_what_fits(self, width: int, said: str) -> None:
        court = block(0, 11.5, 12.5, "Court", "L", status=RowStatus.MOVED, signs=("no ride yet",))
        found = block_lines(replace(court, signs=() if width < 8 else court.signs), width, 1, hours24=False)
        assert [each.rstrip() for each in found] == [said]

    def test_what_is_to_be_done_comes_before_what_was_moved(self) -> None:
        court = block(0, 11, 12.5, "Court", "L", status=RowStatus.MOVED, signs=("no ride yet",))
        assert block_lines(court, 3, 1, hours24=False)[0].rstrip() == "L!"
        off = replace(court, status=RowStatus.CANCELLED)
        assert block_lines(off, 3, 1, hours24=False)[0].rstrip() == "L×"

    def test_wide_letters_and_marks_are_cut_between_columns(self) -> None:
        found = block_lines(block(0, 9, 11, "日本語の会議", "日"), 11, 2, hours24=False)
        assert found == ["• 9:00     ", "日本語の会…"]
        assert all(cell_len(each) == 11 for each in found)

    def test_signs_are_explained(self) -> None:
        assert legend(98) == ("▌ you  ║ children  ! needs something  ✓ you went  × cancelled  → moved  ○ didn't happen")
        assert legend(40) == "▌ you  ║ children  ! needs something"
        assert legend(78, short=True) == "▌ you  ║ children"

    def test_of_an_occurrence(self) -> None:
        start = datetime(2026, 11, 24, 18, 0)
        event = Event(
            "u", "Check-up", start, timedelta(hours=1), "America/New_York", "child-health", location="Room 3",
            logistics=Logistics(Childcare(needed=True)),
        )  # fmt: skip
        made = block_of(Occurrence(event, start, start + event.duration), signs=("two at once", "needs childcare"))
        assert (made.lane, made.kind_mark, made.place, made.all_day) == (CHILDREN, "H", "Room 3", False)
        assert made.signs == ("two at once", "needs childcare")
        went = block_of(Occurrence(event, start, start + event.duration), Mark.ATTENDED)
        assert (went.status, went.signs, went.end) == (RowStatus.WENT, (), datetime(2026, 11, 24, 19, 0))


blocks_of_a_week = st.lists(
    st.builds(
        lambda day, start, length, n, lane, status, title, mark, whole_day: replace(
            block(day, start / 4, (start + length) / 4, title, mark, lane=lane, status=status, all_day=whole_day),
            key=(str(n), None),
        ),
        st.integers(-2, 7),
        st.integers(0, 95),
        st.one_of(st.integers(0, 12), st.integers(0, 400)),
        st.integers(0, 10**9),
        st.sampled_from((HERS, CHILDREN)),
        st.sampled_from(RowStatus),
        st.sampled_from([*NASTY, "Group", "日本語の会議室"]),
        st.sampled_from(("G", "", "日", "\x1b", "ab")),
        st.sampled_from((False, False, False, True)),
    ),
    max_size=60,
    unique_by=lambda made: made.key,
)


def on(made: Block, day: date) -> bool:
    last = max(made.start, made.end - timedelta(microseconds=1)).date()
    return made.start.date() <= day <= last


def runs_of(plan: TimeLayout, line: Iterable[Run]) -> Iterable[tuple[Run, set[int]]]:
    """The runs of a line with the numbers of the days they stand in."""
    x = 0
    for run in line:
        columns = range(x, x + cell_len(run.text))
        yield (
            run,
            {
                n
                for n, (left, width) in enumerate(plan.columns)
                if range(left, left + width) and columns.start < left + width and left < columns.stop
            },
        )
        x = columns.stop


@settings(max_examples=120)
@given(
    blocks_of_a_week,
    st.sampled_from(((58, 15), (78, 19), (118, 35), (46, 9), (58, 7))),
    st.sampled_from((1, 7)),
    st.integers(0, 60),
)
def test_nothing_is_hidden_without_being_counted(
    blocks: list[Block], size: tuple[int, int], days: int, top: int
) -> None:
    view = View(WEEK[:days], tuple(blocks), TODAY, NOW)
    plan = TimeLayout(view, *size)
    top = min(top, plan.most_top)
    found: set[tuple[Key, int]] = set()
    away = 0
    for y in range(1, plan.first_row + plan.seen):
        line = plan.line(y, top)
        beyond = re.search(r"\+(\d+)", line[0].text) if line else None
        away += int(beyond[1]) if beyond else 0
        for run, numbers in runs_of(plan, line):
            found |= {(key, n) for key in run.keys for n in numbers}
            if run.role == "more" and run.keys:
                assert run.text.strip() in {f"+{len(run.keys)}", str(len(run.keys))}
    expected = {(made.key, n) for made in blocks for n, day in enumerate(view.days) if on(made, day)}
    assert found <= expected
    assert len(expected - found) == away
    for day in view.days:
        assert {made.key for made in plan.order(day)} == {made.key for made in blocks if on(made, day)}


@settings(max_examples=80)
@given(blocks_of_a_week, st.integers(0, 130), st.integers(0, 42), st.sampled_from((1, 2, 7)), st.booleans())
def test_every_line_fits_whatever_the_size(
    blocks: list[Block], width: int, height: int, days: int, hours24: bool
) -> None:
    view = View(WEEK[:days], tuple(blocks), TODAY, NOW, hours24)
    key = blocks[0].key if blocks else None
    found = draw(view, width, height, TODAY, key=key)
    assert len(found) == height
    assert all(cell_len(each) <= max(width, 1) for each in found)
    assert all(each.replace("\u200d", "").isprintable() for each in found)
    plan = TimeLayout(view, width, height)
    for y in range(plan.first_row, plan.first_row + min(plan.seen, len(plan.rows))):
        assert sum(cell_len(run.text) for run in plan.line(y, 0)) == (width if view.days else 0)
