"""What a cell, a row and a block say of one day comes from one rule, whoever asks and however few rows are shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.arranging import Home
from companion.domain.attendance import Attendance, Mark
from companion.domain.child import Child
from companion.domain.event import Childcare, Event, Logistics, Occurrence, Status
from companion.domain.showing import Showing
from companion.screens.days_held import HeldDays
from companion.widgets.month_view import Flag

DAY = date(2026, 11, 24)
MORNING = datetime(2026, 11, 24, 8)
HOME = Home((Child("mia", "M.", born=date(2026, 3, 2)),))
CARE = Logistics(Childcare(needed=True))
HOUR = timedelta(hours=1)


def at(hours: float, length: float = 1, **fields: object) -> Occurrence:
    start = MORNING + timedelta(hours=hours)
    event = Event(f"{hours}-{length}", f"At {hours:g}", start, length * HOUR, "America/New_York", "group-therapy")
    return Occurrence(replace(event, **fields), start, start + length * HOUR)  # type: ignore[arg-type]


def held(*occurrences: Occurrence, now: datetime = MORNING, home: Home = HOME, **more: object) -> HeldDays:
    ordered = sorted(occurrences, key=lambda o: (o.start, o.end))
    first, until = DAY - timedelta(days=2), DAY + timedelta(days=3)
    return HeldDays(first, until, ordered, {}, now.date(), now=now, home=home, **more)  # type: ignore[arg-type]


def test_two_at_once_and_childcare_have_a_sign_in_the_cell() -> None:
    day = held(at(1), at(1.5, logistics=CARE), at(5))
    assert day[DAY].flags == (Flag.CHILDCARE, Flag.CLASH)
    assert held(at(1), at(2), at(5)).__getitem__(DAY).flags == ()
    assert held(at(1), at(1.5, status=Status.CANCELLED))[DAY].flags == ()
    assert held(at(1, logistics=CARE), home=Home(()))[DAY].flags == ()


def test_what_has_begun_has_none_any_more() -> None:
    both = at(1), at(1.5, logistics=CARE)
    assert held(*both, now=MORNING + 1.5 * HOUR)[DAY].flags == ()
    assert held(*both, now=MORNING + timedelta(days=1))[DAY].flags == ()
    assert [row.signs for row in held(*both, now=MORNING + 4 * HOUR).rows(DAY)] == [(), ()]


def test_the_last_of_a_series_keeps_its_sign_when_it_is_over() -> None:
    last = at(1, rule=None)
    series = replace(last, event=replace(last.event, rule=object()), recurrence_id=last.start)
    told = held(series, now=MORNING + timedelta(days=1), ending=lambda _occurrence: ("last one",))
    assert [row.signs for row in told.rows(DAY)] == [("last one",)]
    assert [block.signs for block in told.blocks([DAY])] == [("last one",)]


def test_a_mark_of_having_been_there_stands_before_the_others() -> None:
    over = Attendance("x", None, Mark.ATTENDED, DAY, MORNING, MORNING + HOUR, "Early", "group-therapy", None)  # type: ignore[arg-type]
    ordered = [at(1), at(1.5)]
    days = HeldDays(DAY, DAY + timedelta(days=1), ordered, {("x", None): over}, DAY, now=MORNING, home=HOME)
    assert days[DAY].flags == (Flag.WENT, Flag.CLASH)


def test_what_goes_on_past_midnight_is_not_read_as_another_one() -> None:
    night, camp = at(14, 8), at(33, 46)  # 10 pm to 6 am; the day after from 5 pm to 3 pm two days on
    days = held(night, camp)
    said = [[row.when for row in days.rows(DAY + timedelta(days=n))] for n in range(3)]
    assert said == [["10:00 pm–6:00 am"], ["until 6:00 am", "from 5:00 pm"], ["all day"]]


_MANY = st.lists(
    st.builds(
        lambda slot, length, needs: at(slot / 4, length / 4, logistics=CARE if needs else Logistics()),
        st.integers(0, 50),
        st.integers(0, 12),
        st.booleans(),
    ),
    max_size=16,
    unique_by=lambda occurrence: occurrence.key,
)


@settings(max_examples=60)
@given(_MANY, st.integers(1, 16))
def test_cells_rows_and_blocks_say_the_same(occurrences: list[Occurrence], most: int) -> None:
    days = held(*occurrences)
    rows = {row.key: row.signs for row in days.rows(DAY, most=None)}
    cut = [row for row in days.rows(DAY, most=most) if row.key[0]]
    assert {row.key: row.signs for row in cut}.items() <= rows.items()
    assert {block.key: block.signs for block in days.blocks([DAY])} == rows
    signs = " ".join(sign for each in rows.values() for sign in each)
    flags = days[DAY].flags if DAY in days._by_day else ()
    assert (Flag.CLASH in flags) is ("overlaps" in signs)
    assert (Flag.CHILDCARE in flags) is ("needs childcare" in signs)


def test_what_a_filter_leaves_out_is_not_there_and_is_in_the_way_all_the_same() -> None:
    hidden = at(1.5, kind="court", logistics=CARE)
    told = held(at(1), hidden, at(4), showing=Showing(kinds=frozenset({"group-therapy"})))
    assert [row.title for row in told.rows(DAY)] == ["At 1", "At 4"]
    assert [row.signs for row in told.rows(DAY)] == [("overlaps 9:30 am",), ()]
    assert told[DAY].flags == (Flag.CLASH,)  # its own childcare is not told
    assert told.find(DAY, hidden.key) is None
    assert [block.title for block in told.blocks([DAY])] == ["At 1", "At 4"]
    none = held(hidden, showing=Showing(kinds=frozenset({"group-therapy"})))
    assert list(none) == [] and none.rows(DAY) == []


def test_a_night_is_under_both_its_days_and_one_block() -> None:
    told = held(at(14, 10))
    days = [DAY, DAY + timedelta(days=1)]
    assert [[row.day for row in told.rows(day, dated=True)] for day in days] == [[days[0]], [days[1]]]
    assert len(told.blocks(days)) == 1
    assert told.blocks(days)[0] is told.blocks(days[1:])[0]
