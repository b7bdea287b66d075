"""Calendar acts as a person does them, and what must never change: the past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from conftest import ZONE

from companion.domain.attendance import Mark
from companion.domain.clock import FixedClock
from companion.domain.event import Event, Occurrence
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday
from companion.domain.settings import Settings
from companion.errors import InputError
from companion.services.planner import Planner
from companion.store.database import Database
from companion.store.memory import memory_engine

TUESDAYS = RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1),))
HOUR = timedelta(hours=1)


@pytest.fixture
def planner(clock: FixedClock) -> Planner:
    return Planner(Database(memory_engine(), clock), clock, lambda: Settings(zone=ZONE))


def event(title: str, start: datetime, **fields: object) -> Event:
    return replace(Event("", title, start, HOUR, ZONE, kind="group-therapy"), **fields)


def group(planner: Planner) -> Event:
    """Every Tuesday at 6 pm since the end of October; the clock stands at Saturday, November 21."""
    return planner.add(event("Group", datetime(2026, 10, 27, 18), rule=TUESDAYS))


def on(planner: Planner, day: date) -> Occurrence:
    found = planner.on(day)
    assert len(found) == 1
    return found[0]


def snapshot(planner: Planner) -> list[tuple[object, ...]]:
    return [(o.key, o.start, o.end, o.title, o.status) for o in planner.between(date(2026, 9, 1), date(2027, 6, 1))]


def test_what_she_adds_is_there(planner: Planner) -> None:
    planner.add(event("Counselling", datetime(2026, 11, 24, 14)))
    assert [(o.title, o.start) for o in planner.on(date(2026, 11, 24))] == [("Counselling", datetime(2026, 11, 24, 14))]


def test_an_event_without_a_name_is_refused_in_words(planner: Planner) -> None:
    with pytest.raises(InputError) as caught:
        planner.add(event(" \x1b[2J ", datetime(2026, 11, 24, 14)))
    assert caught.value.mend


def test_an_appointment_in_another_zone_is_shown_by_her_clock(planner: Planner) -> None:
    planner.add(event("Call with the lawyer", datetime(2026, 11, 23, 22), zone="America/Los_Angeles"))
    found = planner.on(date(2026, 11, 24))
    assert [(o.start, o.start_instant.utcoffset()) for o in found] == [(datetime(2026, 11, 24, 1), timedelta(hours=-5))]
    assert planner.on(date(2026, 11, 23)) == []


def test_its_version_tells_what_was_read_from_what_is_stored_now(planner: Planner) -> None:
    seen = [planner.version]
    group(planner)
    seen.append(planner.version)
    planner.mark(on(planner, date(2026, 11, 17)), Mark.ATTENDED)
    seen.append(planner.version)
    planner.move(on(planner, date(2026, 11, 24)), datetime(2026, 11, 25, 9))
    seen.append(planner.version)
    planner.undo()
    seen.append(planner.version)
    assert len(set(seen)) == len(seen)
    planner.between(date(2026, 11, 1), date(2026, 12, 1))
    assert planner.version == seen[-1]


def test_next_up_passes_over_cancelled_and_all_day_ones(planner: Planner) -> None:
    planner.add(event("Birthday", datetime(2026, 11, 21), all_day=True, duration=timedelta(days=1)))
    planner.add(event("Visit", datetime(2026, 11, 21, 11)))
    planner.add(event("Meeting", datetime(2026, 11, 21, 19)))
    visit = next(o for o in planner.on(date(2026, 11, 21)) if o.title == "Visit")
    planner.cancel(visit)
    found = planner.next_up()
    assert found is not None and found.title == "Meeting"


def test_it_asks_for_three_days_and_then_no_more(planner: Planner, clock: FixedClock) -> None:
    planner.add(event("Group", datetime(2026, 11, 20, 9)))
    assert [o.title for o in planner.unmarked()] == ["Group"]
    clock.advance(timedelta(hours=48))
    assert [o.title for o in planner.unmarked()] == ["Group"]
    clock.advance(timedelta(hours=2))
    assert planner.unmarked() == []


def test_the_latest_ended_is_asked_for_first(planner: Planner) -> None:
    planner.add(event("Earlier", datetime(2026, 11, 20, 9)))
    planner.add(event("Later", datetime(2026, 11, 20, 15)))
    planner.add(event("Shift", datetime(2026, 11, 20, 16), kind="work-shift"))
    assert [o.title for o in planner.unmarked()] == ["Later", "Earlier"]


def test_a_mark_is_kept_and_can_be_taken_back(planner: Planner) -> None:
    group(planner)
    tuesday = on(planner, date(2026, 11, 17))
    planner.mark(tuesday, Mark.EXCUSED, reason="child ill\x1b[2J")
    marks = planner.marks(date(2026, 11, 17), date(2026, 11, 18))
    assert marks[tuesday.key].reason == "child ill"
    assert planner.undo() == "marked Group on Tue, Nov 17"
    assert planner.marks(date(2026, 11, 17), date(2026, 11, 18)) == {}


def test_cancelling_one_leaves_the_others(planner: Planner) -> None:
    group(planner)
    planner.cancel(on(planner, date(2026, 11, 24)))
    assert on(planner, date(2026, 11, 24)).cancelled
    assert not on(planner, date(2026, 12, 1)).cancelled
    planner.restore(on(planner, date(2026, 11, 24)))
    assert not on(planner, date(2026, 11, 24)).cancelled


def test_moving_one_leaves_the_others_and_undo_names_it(planner: Planner) -> None:
    group(planner)
    planner.move(on(planner, date(2026, 11, 24)), datetime(2026, 11, 26, 17))
    assert planner.on(date(2026, 11, 24)) == []
    moved = on(planner, date(2026, 11, 26))
    assert moved.moved and moved.start == datetime(2026, 11, 26, 17)
    assert on(planner, date(2026, 12, 1)).start == datetime(2026, 12, 1, 18)
    label = planner.undo()
    assert label is not None and label.startswith("moved Group to")
    assert on(planner, date(2026, 11, 24)).start == datetime(2026, 11, 24, 18)


def test_changing_all_never_rewrites_what_has_happened(planner: Planner) -> None:
    series = group(planner)
    planner.mark(on(planner, date(2026, 11, 10)), Mark.ATTENDED)
    before = [o for o in snapshot(planner) if o[1] < datetime(2026, 11, 21)]
    marked = {m.day: (m.title, m.start) for m in planner.marks(date(2026, 10, 1), date(2026, 12, 1)).values()}

    thursdays = replace(TUESDAYS, by_day=(Weekday(3),))
    planner.change_all(replace(series, title="Evening group", start=datetime(2026, 10, 29, 19), rule=thursdays))

    after = snapshot(planner)
    assert [o[1:] for o in after if o[1] < datetime(2026, 11, 21)] == [o[1:] for o in before]
    assert {o[3] for o in after if o[1] > datetime(2026, 11, 21)} == {"Evening group"}
    assert all(o[1].weekday() == 3 for o in after if o[1] > datetime(2026, 11, 21))
    past = on(planner, date(2026, 11, 10))
    marks = planner.marks(date(2026, 10, 1), date(2026, 12, 1))
    assert marks[past.key].mark is Mark.ATTENDED
    assert {m.day: (m.title, m.start) for m in marks.values()} == marked


def test_changing_this_and_later_starts_a_linked_series(planner: Planner) -> None:
    series = group(planner)
    december = on(planner, date(2026, 12, 1))
    later = planner.change_later(december, replace(series, title="New group", start=datetime(2026, 12, 1, 17)))
    assert later.uid != series.uid and later.continues == series.uid
    assert on(planner, date(2026, 11, 24)).title == "Group"
    assert [on(planner, date(2026, 12, d)).start.hour for d in (1, 8)] == [17, 17]


def test_a_new_series_begins_where_the_change_begins_even_if_the_old_start_is_given(planner: Planner) -> None:
    series = group(planner)
    planner.change_later(on(planner, date(2026, 12, 1)), replace(series, title="New group"))
    assert on(planner, date(2026, 10, 27)).title == "Group"
    assert on(planner, date(2026, 12, 1)).title == "New group"


def test_taking_a_series_off_keeps_what_has_happened(planner: Planner) -> None:
    series = group(planner)
    planner.remove(series)
    assert on(planner, date(2026, 11, 17)).title == "Group"
    assert planner.on(date(2026, 11, 24)) == []


def test_every_act_can_be_taken_back_one_by_one(planner: Planner) -> None:
    states = [snapshot(planner)]
    series = group(planner)
    states.append(snapshot(planner))
    planner.cancel(on(planner, date(2026, 11, 24)))
    states.append(snapshot(planner))
    planner.move(on(planner, date(2026, 12, 1)), datetime(2026, 12, 2, 9))
    states.append(snapshot(planner))
    planner.change_all(replace(planner.get(series.uid) or series, title="Circle"))
    states.append(snapshot(planner))
    planner.remove_later(on(planner, date(2026, 12, 8)))
    states.append(snapshot(planner))
    for expected in reversed(states[:-1]):
        assert planner.undo()
        assert snapshot(planner) == expected
    for expected in states[1:]:
        assert planner.redo()
        assert snapshot(planner) == expected


def test_a_change_counts_up_the_sequence_for_phones(planner: Planner, clock: FixedClock) -> None:
    series = group(planner)
    clock.advance(HOUR)
    planner.cancel(on(planner, date(2026, 11, 24)))
    changed = planner.get(series.uid)
    assert changed is not None
    assert (changed.sequence, changed.updated) == (series.sequence + 1, clock.now())
