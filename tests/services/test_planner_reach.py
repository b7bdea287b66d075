"""This one, this and later, all: cancelled, moved, brought back; the past stays, and undo gives back every row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from conftest import ZONE
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.attendance import ExcuseRules, Mark
from companion.domain.clock import FixedClock
from companion.domain.event import Event, Occurrence, Origin
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday
from companion.domain.series import Reach
from companion.domain.settings import Settings
from companion.errors import InputError, RuleError
from companion.services.planner import Planner
from companion.store.database import Database
from companion.store.memory import memory_engine
from companion.store.sources import Source, SourceStore

TUESDAYS = RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1),))
TUE_THU = replace(TUESDAYS, by_day=(Weekday(1), Weekday(3)))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = datetime(2026, 11, 21, 9)  # in New York, a Saturday
FIRST, NEXT = date(2026, 11, 24), date(2026, 12, 1)


def planned(rule: RecurrenceRule = TUESDAYS, **more: object) -> tuple[Planner, Database]:
    clock = FixedClock(datetime(2026, 11, 21, 14, tzinfo=UTC))
    database = Database(memory_engine(), clock)
    header = {"excused_reasons": ["child ill"], "excuse_notice_minutes": 48 * 60}
    with database.act(None) as work:
        SourceStore(database).put(work, Source("plan", 1, header, datetime(2026, 9, 1, tzinfo=UTC)))
    planner = Planner(database, clock, lambda: Settings(zone=ZONE))
    event = Event("", "Group", datetime(2026, 10, 27, 18), HOUR, ZONE, kind="group-therapy", rule=rule)
    planner.add(replace(event, **more))  # type: ignore[arg-type]
    return planner, database


@pytest.fixture
def planner() -> Planner:
    return planned()[0]


def on(planner: Planner, day: date) -> Occurrence:
    (found,) = planner.on(day)
    return found


def states(planner: Planner, until: date = date(2027, 1, 1)) -> Iterator[str]:
    """Each session with its day, in words short enough to read: "24 x" is cancelled."""
    for o in planner.between(date(2026, 11, 1), until):
        yield f"{o.start:%b %d %H}{' x' if o.cancelled else ''}"


def test_cancelling_this_and_later_keeps_them_to_be_seen_and_leaves_what_was_before(planner: Planner) -> None:
    planner.cancel(on(planner, NEXT), Reach.LATER)
    assert list(states(planner, date(2026, 12, 16)))[2:] == [
        "Nov 17 18", "Nov 24 18", "Dec 01 18 x", "Dec 08 18 x", "Dec 15 18 x",
    ]  # fmt: skip
    assert on(planner, date(2027, 6, 1)).cancelled
    assert planner.next_undo() == "cancelled Group from Tue, Dec 1 on"


def test_cancelling_all_never_rewrites_what_has_happened(planner: Planner) -> None:
    planner.mark(on(planner, date(2026, 11, 17)), Mark.ATTENDED)
    planner.cancel(on(planner, NEXT), Reach.ALL)
    assert list(states(planner, date(2026, 12, 2))) == [
        "Nov 03 18", "Nov 10 18", "Nov 17 18", "Nov 24 18 x", "Dec 01 18 x",
    ]  # fmt: skip
    past = on(planner, date(2026, 11, 17))
    assert planner.marks(past.day, NEXT)[past.key].mark is Mark.ATTENDED


def test_what_was_put_off_to_next_week_is_cancelled_with_all_of_it(planner: Planner) -> None:
    planner.move(on(planner, date(2026, 11, 17)), datetime(2026, 11, 26, 18))
    planner.cancel(on(planner, NEXT), Reach.ALL)
    assert on(planner, date(2026, 11, 26)).cancelled


@pytest.mark.parametrize("reach", [Reach.LATER, Reach.ALL])
def test_a_cancelled_series_comes_back_one_by_one_or_as_a_whole(planner: Planner, reach: Reach) -> None:
    planner.cancel(on(planner, FIRST), Reach.ALL)
    planner.restore(on(planner, NEXT))
    assert [on(planner, FIRST + n * 7 * DAY).cancelled for n in range(3)] == [True, False, True]
    planner.restore(on(planner, date(2026, 12, 8)), reach)
    assert [on(planner, FIRST + n * 7 * DAY).cancelled for n in range(4)] == [reach is Reach.LATER, False, False, False]


@pytest.mark.parametrize("rule", [TUESDAYS, replace(TUESDAYS, count=12), replace(TUE_THU, interval=2)])
def test_what_was_cancelled_and_brought_back_is_one_series_again(rule: RecurrenceRule) -> None:
    planner, _database = planned(rule)
    (before,) = planner.all_events()
    planner.cancel(on(planner, date(2026, 12, 8)), Reach.LATER)
    planner.restore(on(planner, date(2026, 12, 8)))  # by itself first
    ahead = next(o for o in planner.between(date(2026, 12, 10), date(2027, 1, 30)) if o.cancelled)
    planner.restore(ahead, Reach.LATER)
    (after,) = planner.all_events()
    assert replace(after, sequence=0, updated=None) == replace(before, sequence=0, updated=None)
    assert planner.undo() and planner.undo() and planner.undo()
    assert planner.all_events() == [before]


def test_one_of_a_cancelled_series_is_moved_and_takes_place(planner: Planner) -> None:
    planner.cancel(on(planner, FIRST), Reach.ALL)
    planner.move(on(planner, NEXT), datetime(2026, 12, 2, 9))
    assert planner.on(NEXT) == []
    moved = on(planner, date(2026, 12, 2))
    assert (moved.start.hour, moved.cancelled) == (9, False)


def test_all_tuesdays_become_wednesdays_and_the_past_stays(planner: Planner) -> None:
    planner.cancel(on(planner, date(2026, 12, 8)))
    planner.mark(on(planner, date(2026, 11, 17)), Mark.ATTENDED_ONLINE)
    planner.move(on(planner, NEXT), datetime(2026, 12, 2, 17), reach=Reach.ALL)
    assert list(states(planner, date(2026, 12, 17))) == [
        "Nov 03 18", "Nov 10 18", "Nov 17 18", "Nov 25 17", "Dec 02 17", "Dec 09 17 x", "Dec 16 17",
    ]  # fmt: skip
    assert len(planner.marks(date(2026, 11, 1), NEXT)) == 1
    assert planner.next_undo() == "moved all of Group, this one to Wed, Dec 2"


@pytest.mark.parametrize("act", ["move", "form"])
def test_tonights_session_stays_where_all_of_it_moves_to_the_day_before(act: str) -> None:
    planner, _database = planned(replace(TUESDAYS, by_day=(Weekday(5),)), start=datetime(2026, 10, 31, 18))
    friday = datetime(2026, 11, 27, 18)
    if act == "move":
        planner.move(on(planner, date(2026, 11, 28)), friday, reach=Reach.ALL)
    else:
        before = on(planner, date(2026, 11, 28)).event
        rule = replace(TUESDAYS, by_day=(Weekday(4),))
        planner.change_all(replace(before, start=before.start - DAY, rule=rule))
    assert list(states(planner, date(2026, 12, 5))) == ["Nov 07 18", "Nov 14 18", "Nov 21 18", "Nov 27 18", "Dec 04 18"]


def test_moving_this_and_later_begins_a_linked_series(planner: Planner) -> None:
    old = on(planner, NEXT).event
    planner.move(on(planner, NEXT), datetime(2026, 12, 2, 17), 2 * HOUR, Reach.LATER)
    assert list(states(planner, date(2026, 12, 10)))[3:] == ["Nov 24 18", "Dec 02 17", "Dec 09 17"]
    new = on(planner, date(2026, 12, 9))
    assert (new.event.continues, new.end.hour) == (old.uid, 19)
    assert new.event.uid != old.uid


def test_a_move_that_would_leap_over_the_one_before_is_refused(planner: Planner) -> None:
    with pytest.raises(InputError) as caught:
        planner.move(on(planner, NEXT), datetime(2026, 11, 24, 18), reach=Reach.LATER)
    assert caught.value.mend


def test_this_and_later_from_a_past_one_leaves_what_has_happened(planner: Planner) -> None:
    past = on(planner, date(2026, 11, 10))
    planner.change_later(past, replace(past.event, title="Circle", start=past.start + HOUR))
    found = [(o.title, o.start.hour) for o in planner.between(date(2026, 11, 1), date(2026, 12, 1))]
    assert found == [("Group", 18)] * 3 + [("Circle", 19)]


def test_another_hour_for_all_leaves_a_cancelled_one_cancelled(planner: Planner) -> None:
    planner.cancel(on(planner, NEXT))
    series = on(planner, FIRST).event
    planner.change_all(replace(series, start=series.start + HOUR))
    assert list(states(planner, date(2026, 12, 2)))[3:] == ["Nov 24 19", "Dec 01 19 x"]


def test_a_series_that_would_begin_too_soon_is_refused(planner: Planner) -> None:
    december = on(planner, NEXT)
    for start in (datetime(2026, 11, 24, 18), datetime(2026, 11, 20, 18)):
        with pytest.raises(InputError) as caught:
            planner.change_later(december, replace(december.event, start=start))
        assert caught.value.mend
    planner.change_later(
        december,
        replace(december.event, start=datetime(2026, 11, 30, 17), rule=replace(TUESDAYS, by_day=(Weekday(0),))),
    )
    assert list(states(planner, date(2026, 12, 8)))[3:] == ["Nov 24 18", "Nov 30 17", "Dec 07 17"]


def test_a_change_of_all_made_from_the_next_one_on_keeps_single_changes(planner: Planner) -> None:
    planner.cancel(on(planner, NEXT))
    event = on(planner, FIRST).event
    at = planner.next_on(event)
    assert at == datetime(2026, 11, 24, 18)
    wednesdays = replace(event, start=at + DAY + HOUR, rule=replace(TUESDAYS, by_day=(Weekday(2),)))
    planner.change_all(wednesdays, at)
    assert list(states(planner, date(2026, 12, 10)))[2:] == ["Nov 17 18", "Nov 25 19", "Dec 02 19 x", "Dec 09 19"]
    (found,) = {e.uid for e in planner.all_events()} & {event.uid}
    assert on(planner, date(2026, 12, 9)).event.uid == found


def test_taking_it_off_keeps_what_took_place_and_nothing_else(planner: Planner) -> None:
    planner.move(on(planner, date(2026, 11, 10)), datetime(2026, 11, 27, 9))  # put off, still to come
    planner.move(on(planner, NEXT), datetime(2026, 11, 20, 9))  # came early, has taken place
    planner.remove(on(planner, FIRST).event)
    assert list(states(planner)) == ["Nov 03 18", "Nov 17 18", "Nov 20 09"]


def test_what_is_still_to_come_is_not_marked(planner: Planner) -> None:
    with pytest.raises(InputError) as caught:
        planner.mark(on(planner, FIRST), Mark.ATTENDED)
    assert "still to come" in caught.value.sentence
    assert planner.next_undo() == "added Group"


def test_what_the_plan_excuses_is_known_also_after_the_series_was_divided() -> None:
    planner, _database = planned(origin=Origin("plan", "group"))
    rules = ExcuseRules(("child ill",), timedelta(hours=48))
    planner.move(on(planner, NEXT), datetime(2026, 12, 2, 17), reach=Reach.LATER)
    planner.cancel(on(planner, FIRST), Reach.ALL)
    for day in (date(2026, 11, 17), FIRST, date(2026, 12, 2)):
        assert planner.excuse_rules(on(planner, day).event) == rules
    planner.add(Event("", "Own", datetime(2026, 11, 25, 9), HOUR, ZONE))
    assert planner.excuse_rules(on(planner, date(2026, 11, 25)).event) == ExcuseRules()


# Whatever is done

_RULES = st.sampled_from(
    [
        TUESDAYS,
        TUE_THU,
        replace(TUE_THU, interval=2),
        replace(TUESDAYS, count=12),
        RecurrenceRule(Frequency.DAILY, interval=2, until=datetime(2026, 12, 20, 23, 59, 59)),
        RecurrenceRule(Frequency.MONTHLY, by_day=(Weekday(1, -1),)),
    ]
)
_ACTS = st.tuples(
    st.sampled_from(["cancel", "move", "restore", "change", "off"]),
    st.sampled_from(list(Reach)),
    st.integers(0, 30),
    st.integers(-5, 5),
    st.integers(-3, 3),
)


def do(planner: Planner, act: str, reach: Reach, which: int, days: int, hours: int) -> None:
    """One edit; of a single one only where it stays in the future: correcting yesterday by itself is allowed."""
    shown = planner.between(date(2026, 11, 1), date(2027, 1, 10))
    if not shown:
        return
    chosen = shown[which % len(shown)]
    start = chosen.start + days * DAY + hours * HOUR
    if (reach is Reach.ONE or chosen.recurrence_id is None) and min(chosen.start, start) <= NOW:
        return
    if act == "cancel":
        planner.cancel(chosen, reach)
    elif act == "move":
        planner.move(chosen, start, reach=reach)
    elif act == "restore":
        planner.restore(chosen, reach)
    elif act == "change" and reach is Reach.ONE:
        planner.change_one(chosen, title=f"Once {days}")
    elif act == "change" and reach is Reach.LATER and chosen.recurrence_id is not None:
        planner.change_later(chosen, replace(chosen.event, title=f"Later {days}"))
    elif act == "change":
        planner.change_all(replace(chosen.event, title=f"All {days}"))
    elif reach is Reach.LATER:
        planner.remove_later(chosen)
    elif chosen.start > NOW:
        planner.remove(chosen.event)


def past(planner: Planner) -> list[tuple[object, ...]]:
    marks = planner.marks(date(2026, 9, 1), date(2027, 3, 1))
    return sorted(
        (o.start, o.end, o.title, o.status, marks[o.key].mark if o.key in marks else None)
        for o in planner.between(date(2026, 10, 1), date(2027, 3, 1))
        if o.start <= NOW
    )


def rows(database: Database) -> list[object]:
    return [
        sorted(map(repr, database.select(table))) for table in ("event", "override", "attendance", "source", "imported")
    ]


@settings(max_examples=40)
@given(_RULES, st.lists(_ACTS, min_size=1, max_size=6))
def test_the_past_never_changes_and_undo_gives_back_every_row(
    rule: RecurrenceRule, edits: list[tuple[str, Reach, int, int, int]]
) -> None:
    planner, database = planned(rule)
    for number, occurrence in enumerate(planner.between(date(2026, 10, 1), date(2026, 11, 21))):
        if number % 2:
            planner.mark(occurrence, Mark.ATTENDED)
    before = past(planner)
    kept = [rows(database)]
    for edit in edits:
        with suppress(InputError, RuleError):
            do(planner, *edit)
        assert past(planner) == before, edit
        if rows(database) != kept[-1]:
            kept.append(rows(database))
    for state in reversed(kept[:-1]):
        assert planner.undo()
        assert rows(database) == state
