"""What goes into the store comes out the same, and only what a window asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from conftest import NASTY, ZONE
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.clock import FixedClock
from companion.domain.event import Childcare, Event, Logistics, Need, Override, Ride, Status
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday
from companion.store.database import Database
from companion.store.events import EventStore
from companion.store.memory import memory_engine
from companion.store.rows import pack_event, read_packed_event

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
WEEKLY = RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1),))


@pytest.fixture
def database(clock: FixedClock) -> Database:
    return Database(memory_engine(), clock)


@pytest.fixture
def store(database: Database) -> EventStore:
    return EventStore(database)


def single(uid: str, start: datetime, **fields: object) -> Event:
    return replace(Event(uid, "Group", start, timedelta(hours=1), ZONE, created=NOW, updated=NOW), **fields)


text = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
walls = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda d: d.replace(microsecond=0))
logistics = st.builds(
    Logistics,
    st.builds(Childcare, st.booleans(), text, st.booleans()),
    st.builds(Ride, text, text, st.none() | st.integers(1, 300).map(lambda m: timedelta(minutes=m))),
    st.lists(text, max_size=3).map(tuple),
)
overrides = st.lists(
    st.builds(
        Override,
        walls,
        start=st.none() | walls,
        duration=st.none() | st.integers(1, 300).map(lambda m: timedelta(minutes=m)),
        title=st.none() | text,
        notes=st.none() | text,
        logistics=st.none() | logistics,
        status=st.sampled_from(Status),
    ),
    max_size=3,
    unique_by=lambda o: o.recurrence_id,
).map(lambda found: tuple(sorted(found, key=lambda o: o.recurrence_id)))


@st.composite
def events(draw: st.DrawFn) -> Event:
    start = draw(walls)
    rule = draw(
        st.none() | st.just(replace(WEEKLY, by_day=(Weekday(start.weekday()),), until=start + timedelta(days=90)))
    )
    return Event(
        uid=draw(st.uuids()).hex,
        title=draw(text.filter(bool)),
        start=start,
        duration=timedelta(minutes=draw(st.integers(0, 600))),
        zone=draw(st.sampled_from([ZONE, "Europe/London", "Asia/Kolkata"])),
        rule=rule,
        skips=tuple(sorted(draw(st.sets(walls, max_size=2)))) if rule else (),
        overrides=draw(overrides) if rule else (),
        need=draw(st.sampled_from(Need)),
        status=draw(st.sampled_from(Status)),
        notes=draw(text),
        location=draw(text),
        logistics=draw(logistics),
        reminders=draw(st.none() | st.lists(st.integers(0, 3000), max_size=2).map(tuple)),
        sign_off=draw(st.booleans()),
        since=draw(st.none() | walls) if rule else None,
        sequence=draw(st.integers(0, 9)),
        created=NOW,
        updated=NOW,
    )


@settings(max_examples=60)
@given(st.lists(events(), max_size=4, unique_by=lambda e: e.uid))
def test_every_event_comes_back_as_it_was(wanted: list[Event]) -> None:
    database = Database(memory_engine(), FixedClock(NOW))
    store = EventStore(database)
    with database.act("add") as work:
        store.add(work, wanted)
    assert {e.uid: e for e in store.all()} == {e.uid: e for e in wanted}
    for event in wanted:
        assert store.get(event.uid) == event
        assert read_packed_event(pack_event(event)) == event


def test_a_window_gives_only_what_touches_it(database: Database, store: EventStore) -> None:
    with database.act("add") as work:
        store.add(
            work,
            [
                single("before", datetime(2026, 10, 1, 9)),
                single("long", datetime(2026, 10, 1, 9), duration=timedelta(days=60)),
                single("inside", datetime(2026, 11, 10, 9)),
                single("after", datetime(2027, 1, 1, 9)),
                single("series", datetime(2016, 11, 1, 9), rule=WEEKLY),
                single("ended", datetime(2016, 11, 1, 9), rule=replace(WEEKLY, until=datetime(2020, 1, 1))),
            ],
        )
    found = {e.uid for e in store.between(date(2026, 11, 1), date(2026, 11, 30))}
    assert found == {"long", "inside", "series"}


def test_an_occurrence_moved_far_away_is_found_where_it_went(database: Database, store: EventStore) -> None:
    moved = Override(datetime(2026, 11, 3, 9), start=datetime(2027, 6, 1, 9))
    rule = replace(WEEKLY, until=datetime(2026, 11, 30))
    with database.act("add") as work:
        store.add(work, [single("series", datetime(2026, 11, 3, 9), rule=rule, overrides=(moved,))])
    assert [e.uid for e in store.between(date(2027, 6, 1), date(2027, 6, 1))] == ["series"]


def test_what_is_in_use_is_told_once(database: Database, store: EventStore) -> None:
    with database.act("test") as work:
        day = datetime(2026, 11, 24, 9)
        store.add(work, [single("a", day, kind="court"), single("b", day, kind="court", provider="Elm", child="M.")])
        store.add(work, [single(f"c{n}", day, kind="court", rule=WEEKLY) for n in range(3)])
    assert sorted(store.in_use()) == [("court", "", ""), ("court", "M.", "Elm")]


def test_what_was_kept_parsed_follows_every_change(database: Database, store: EventStore) -> None:
    series = single("series", datetime(2026, 11, 3, 9), rule=WEEKLY)
    with database.act("add") as work:
        store.add(work, [series])
    window = date(2026, 11, 1), date(2026, 11, 30)
    assert store.between(*window) == [series]
    changed = replace(series, overrides=(Override(datetime(2026, 11, 10, 9), title="Moved"),))
    with database.act("change") as work:
        store.put(work, changed)
    assert store.between(*window) == [changed]
    database.undo()
    assert store.between(*window) == [series]
    with database.act("remove") as work:
        store.remove(work, "series")
    assert store.between(*window) == []
    database.undo()
    assert store.between(*window) == [series]


def test_taking_an_event_out_and_back_brings_its_overrides_too(database: Database, store: EventStore) -> None:
    series = single(
        "series", datetime(2026, 11, 3, 9), rule=WEEKLY, overrides=(Override(datetime(2026, 11, 10, 9), title="Other"),)
    )
    with database.act("add") as work:
        store.add(work, [series])
    with database.act("remove") as work:
        store.remove(work, "series")
    assert store.all() == []
    database.undo()
    assert store.all() == [series]


@pytest.mark.parametrize("nasty", NASTY)
def test_any_text_is_kept_as_it_is(database: Database, store: EventStore, nasty: str) -> None:
    event = single("x", datetime(2026, 11, 3, 9), title=nasty, notes=nasty)
    with database.act("add") as work:
        store.add(work, [event])
    assert store.get("x") == event
