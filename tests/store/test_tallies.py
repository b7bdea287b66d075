"""Adding up in the database gives what adding up the records gives."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from companion.domain.attendance import WENT, Attendance, Mark
from companion.domain.clock import FixedClock
from companion.domain.diary import Done
from companion.store.database import Database
from companion.store.memory import memory_engine
from companion.store.records import AttendanceStore, DoneStore
from companion.store.tallies import DoneTally, TallyStore, WentTally

NOW = datetime(2026, 11, 21, 14, tzinfo=UTC)


@pytest.fixture
def database(clock: FixedClock) -> Database:
    return Database(memory_engine(), clock)


def mark(number: int, mark: Mark, kind: str, **fields: str) -> Attendance:
    start = datetime(2026, 11, 1, 9) + timedelta(hours=5 * number)
    return Attendance(
        f"u{number}",
        None,
        mark,
        start.date(),
        start,
        start,
        "Group",
        kind,
        NOW,
        **fields,  # type: ignore[arg-type]
    )


def test_nothing_recorded_gives_nothing(database: Database) -> None:
    store = TallyStore(database)
    assert (store.went(), store.done(), store.last_entry()) == ([], [], None)


def test_it_agrees_with_the_records_themselves(database: Database) -> None:
    kinds = ("court", "group-therapy")
    marks = [
        mark(
            n, list(Mark)[n % len(Mark)], kinds[n % 2], counts_toward="Groups" * (n % 3 == 0), child="M." * (n % 5 == 0)
        )
        for n in range(60)
    ]
    done = [
        Done(f"d{n}", "a", date(2026, 11, 1) + timedelta(days=n // 3), NOW, "UTC", ("mia", "leo")[: n % 3])
        for n in range(30)
    ]
    with database.act(None) as work:
        for record in marks:
            AttendanceStore(database).put(work, record)
        for entry in done:
            DoneStore(database).put(work, entry)
    store = TallyStore(database)
    assert Counter({(t.day, t.kind, t.counts_toward, t.child): t.times for t in store.went()}) == Counter(
        (m.day, m.kind, m.counts_toward, m.child) for m in marks if m.mark in WENT
    )
    assert Counter({(t.day, t.children): t.times for t in store.done()}) == Counter((d.day, d.children) for d in done)
    assert [t.day for t in store.went()] == sorted(t.day for t in store.went())


def test_the_last_entry_is_of_either_sort_and_may_be_any_mark(database: Database) -> None:
    store = TallyStore(database)
    with database.act(None) as work:
        DoneStore(database).put(work, Done("d", "a", date(2026, 11, 3), NOW, "UTC"))
    assert store.last_entry() == date(2026, 11, 3)
    assert store.done() == [DoneTally(date(2026, 11, 3), (), 1)]
    with database.act(None) as work:
        AttendanceStore(database).put(work, mark(30, Mark.MISSED, "court"))
    assert store.last_entry() == date(2026, 11, 7)
    assert store.went() == []
    with database.act(None) as work:
        AttendanceStore(database).put(work, mark(30, Mark.ATTENDED_ONLINE, "court"))
    assert store.went() == [WentTally(date(2026, 11, 7), "court", "", "", 1)]
