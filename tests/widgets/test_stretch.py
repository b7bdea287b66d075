"""What an endless list holds: windows read at its ends, far days let go of, and how long it looks for more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from companion.widgets.day_rows import Row
from companion.widgets.stretch import LOOKED, NOTHING, End, Stretch

TODAY = date(2026, 11, 21)


class Calendar:
    """So many appointments on each day, and what was read of it."""

    def __init__(self, **days: int) -> None:
        self.on = {TODAY + timedelta(days=int(day.replace("minus", "-").strip("_"))): n for day, n in days.items()}
        self.asked: list[tuple[date, date]] = []

    def load(self, first: date, until: date) -> Sequence[Row]:
        self.asked.append((first, until))
        days = sorted(day for day in self.on if first <= day < until)
        return [
            Row((f"{day} {n}", None), "9:00 am", f"{day} {n}", day=day) for day in days for n in range(self.on[day])
        ]


def every(days: int, per_day: int = 1, span: int = 3000) -> Calendar:
    calendar = Calendar()
    calendar.on = {TODAY + timedelta(days=n): per_day for n in range(-span, span, days)}
    return calendar


def begun(calendar: Calendar, day: date = TODAY) -> Stretch:
    stretch = Stretch(calendar.load)
    stretch.begin(day, TODAY)
    return stretch


def titles(stretch: Stretch) -> list[str]:
    return [row.title or "nothing" for row in stretch.rows]


def grown(stretch: Stretch, end: End) -> None:
    for _ in range(100):
        if stretch.ended(end):
            return
        stretch.grow(end)
    raise AssertionError("it never ends")


def test_a_day_with_nothing_on_it_is_named_where_the_list_begins_and_today() -> None:
    stretch = begun(Calendar(_1=1, _12=1), TODAY + timedelta(days=10))
    assert [(row.key, row.day) for row in stretch.rows] == [(NOTHING, TODAY + timedelta(days=10))]
    grown(stretch, End.BEFORE)
    grown(stretch, End.AFTER)
    assert titles(stretch) == ["nothing", "2026-11-22 0", "nothing", "2026-12-03 0"]
    assert stretch.rows[0].day == TODAY


def test_after_two_years_of_nothing_no_more_is_looked_for() -> None:
    calendar = Calendar(_3=2)
    stretch = begun(calendar)
    grown(stretch, End.AFTER)
    assert stretch.told(End.AFTER)
    assert not stretch.told(End.BEFORE)
    assert calendar.asked[-1][1] - TODAY >= timedelta(days=LOOKED)
    assert len(calendar.asked) < 10
    before = len(calendar.asked)
    grown(stretch, End.AFTER)
    assert len(calendar.asked) == before


def test_something_after_a_year_of_nothing_is_found() -> None:
    stretch = begun(Calendar(_400=1, minus500=1))
    grown(stretch, End.AFTER)
    grown(stretch, End.BEFORE)
    assert [row.day for row in stretch.rows if row.key != NOTHING] == [
        TODAY - timedelta(days=500),
        TODAY + timedelta(days=400),
    ]


def test_the_windows_are_long_where_little_is_planned_and_short_where_much_is() -> None:
    few, many = every(7), every(1, per_day=160)
    for calendar in (few, many):
        stretch = begun(calendar)
        for _ in range(6):
            stretch.grow(End.AFTER)
    assert (few.asked[-1][1] - few.asked[-1][0]).days > 100
    assert (many.asked[-1][1] - many.asked[-1][0]).days == 1


def test_days_are_let_go_of_whole() -> None:
    stretch = begun(every(1, per_day=5))
    for _ in range(4):
        stretch.grow(End.AFTER)
        stretch.grow(End.BEFORE)
    first, count = stretch.rows[0].day, len(stretch.rows)
    assert first is not None
    assert stretch.drop(End.BEFORE, 12) == 10
    assert stretch.rows[0].day == first + timedelta(days=2)
    assert stretch.drop(End.AFTER, 9) == 5
    assert stretch.drop(End.AFTER, 4) == 0
    assert stretch.drop(End.AFTER, -3) == 0
    assert len(stretch.rows) == count - 15
    stretch.grow(End.BEFORE)
    stretch.grow(End.AFTER)
    days = [row.day for row in stretch.rows]
    assert days == sorted(days)  # type: ignore[type-var]  # each has one
    assert len(set(titles(stretch))) == len(stretch.rows)


def test_what_is_let_go_of_is_read_again_and_the_end_is_told_again() -> None:
    stretch = begun(Calendar(_0=3, _5=3, _9=3))
    grown(stretch, End.AFTER)
    assert stretch.drop(End.AFTER, 4) == 3
    assert not stretch.told(End.AFTER)
    grown(stretch, End.AFTER)
    assert len(stretch.rows) == 9
    assert stretch.told(End.AFTER)


def test_a_night_that_ends_in_the_next_window_is_there_once() -> None:
    night = Row(("night", None), "10:00 pm–1:00 am", "Night", day=TODAY)
    stretch = Stretch(lambda first, until: [night] if first <= TODAY + timedelta(days=1) and until > TODAY else [])
    stretch.begin(TODAY + timedelta(days=1), TODAY)
    grown(stretch, End.BEFORE)
    grown(stretch, End.AFTER)
    assert titles(stretch) == ["Night", "nothing"]


def test_reading_again_finds_what_is_new_among_what_is_held_and_beyond_it() -> None:
    calendar = Calendar(_1=1, _30=1)
    stretch = begun(calendar)
    grown(stretch, End.AFTER)
    calendar.on |= {TODAY: 1, TODAY + timedelta(days=8): 2, TODAY + timedelta(days=300): 1}
    calendar.asked.clear()
    stretch.read_again(TODAY, TODAY)
    assert calendar.asked == [(TODAY, TODAY + timedelta(days=31))]  # not the years in which nothing was
    assert titles(stretch) == ["2026-11-21 0", "2026-11-22 0", "2026-11-29 0", "2026-11-29 1", "2026-12-21 0"]
    stretch.grow(End.AFTER)
    assert not stretch.ended(End.AFTER)
    assert stretch.told(End.AFTER)  # until something is found: the line does not come and go
    grown(stretch, End.AFTER)
    assert titles(stretch)[-1] == "2027-09-17 0"


def test_where_all_that_was_held_is_gone_it_begins_anew() -> None:
    calendar = Calendar(_300=1, _301=1)
    stretch = begun(calendar, TODAY + timedelta(days=300))
    calendar.on = {TODAY + timedelta(days=310): 1}
    stretch.drop(End.BEFORE, 1)
    stretch.read_again(TODAY + timedelta(days=301), TODAY)
    grown(stretch, End.AFTER)
    assert titles(stretch) == ["nothing", "2027-09-27 0"]


def test_the_first_and_last_days_there_are() -> None:
    for day, end in ((date.min, End.BEFORE), (date.max, End.AFTER)):
        stretch = Stretch(lambda first, until: [])
        stretch.begin(day, TODAY)
        grown(stretch, end)
        assert len(stretch.rows) == 1


@settings(max_examples=40)
@given(
    st.dictionaries(st.integers(-900, 900), st.integers(1, 60), max_size=40),
    st.lists(st.sampled_from(["before", "after", "drop before", "drop after", "again"]), max_size=25),
)
def test_it_holds_what_a_plain_reading_of_the_same_days_gives(days: dict[int, int], acts: list[str]) -> None:
    calendar = Calendar()
    calendar.on = {TODAY + timedelta(days=day): count for day, count in days.items()}
    stretch = begun(calendar)
    for act in acts:
        if act == "again":
            stretch.read_again(TODAY, TODAY)
        elif act.startswith("drop"):
            stretch.drop(End.BEFORE if "before" in act else End.AFTER, 50)
        else:
            stretch.grow(End.BEFORE if act == "before" else End.AFTER)
    first, last = stretch.rows[0].day, stretch.rows[-1].day
    assert first is not None
    assert last is not None
    plain = calendar.load(first, last + timedelta(days=1))
    assert [row for row in stretch.rows if row.key != NOTHING] == plain
