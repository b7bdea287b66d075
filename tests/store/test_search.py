"""The search index says what the appointments say, after every change, and nothing of what is gone."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3
from conftest import NASTY, ZONE
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from companion.domain.clock import FixedClock
from companion.domain.event import Childcare, Event, Logistics, Override, Ride
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday
from companion.errors import Damaged, DiskFull
from companion.services.session import Session
from companion.store.connection import SETTINGS, make_engine
from companion.store.database import Database
from companion.store.events import EventStore
from companion.store.memory import memory_engine
from companion.store.migrations import migrate, version_of
from companion.store.search import Matches, SearchStore, match_words
from companion.store.vault import Vault

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
TUESDAY = datetime(2026, 10, 27, 18)
WEEKLY = RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1),))
WORDS = "river lamp north seven"
FROZEN = Path(__file__).parent / "vaults"


@pytest.fixture
def database(clock: FixedClock) -> Database:
    return Database(memory_engine(), clock)


def event(uid: str, title: str = "Group", start: datetime = TUESDAY, **fields: object) -> Event:
    return replace(Event(uid, title, start, timedelta(hours=1), ZONE), **fields)


def add(database: Database, *events: Event) -> None:
    with database.act("add") as work:
        EventStore(database).add(work, events)


def find(database: Database, typed: str, most: int = 50) -> Matches:
    return SearchStore(database).matches(typed, TODAY, most)


def uids(database: Database, typed: str) -> list[str]:
    found = find(database, typed)
    return sorted([*found.uids, *found.series, *found.sessions])


# What is found

FULL = event(
    "full",
    "Counselling — café",
    discreet_title="Errand",
    provider="Dr. O'Brien",
    contact="Ms. Ortiz",
    location="12 Mill St",
    online="https://meet.example/room",
    child="Anaïs",
    notes="First line\nask about the zebra book",
    logistics=Logistics(Childcare(True, "Grandma Jo", True), Ride("bus 14", "Uncle Łukasz"), ("insurance card", "ID")),
    phone="555-0100",
)


FINDS_IT = (
    *("counselling", "COUNS", "cafe", "café", "errand", "o'brien", "O’Brien", "ortiz", "12 mill", "mill", "meet"),
    *("anais", "ANAÏS", "zebra", "book zeb", "grandma", "jo", "bus 14", "uncle", "łukasz", "insurance", "id"),
    *("mill counselling grandma", "  mill  ", "—mill—", '"mill"', "mill?", "(mill)", "mill*", "-mill", "mill: st,"),
)


@pytest.mark.parametrize("typed", FINDS_IT)
def test_every_word_of_an_appointment_finds_it(database: Database, typed: str) -> None:
    add(database, FULL, event("other", "Dentist"))
    assert uids(database, typed) == ["full"]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "...",
        "—",
        "🌱",
        "ill",
        "coun mill x",
        "coun mi st",
        "title:counselling",
        "NOT dentist",
        "mill OR xx",
        "zzz",
    ],
)
def test_nothing_but_its_words_does(database: Database, typed: str) -> None:
    add(database, FULL, event("other", "Dentist"))
    assert uids(database, typed) == []


@pytest.mark.parametrize("typed", ["and", "or", "not", "near", "AND", "NEAR(a b)", "title: x", "^x", "x + y", '"', "{"])
def test_what_is_an_operator_elsewhere_is_a_word_here(database: Database, typed: str) -> None:
    add(database, event("all", 'And or not near AND NEAR(a b) title: x ^x x + y " {'))
    assert uids(database, typed) == (["all"] if match_words(typed) else [])


@settings(max_examples=200)
@given(st.text(max_size=60) | st.sampled_from(NASTY) | st.text("\"'*^(){}:+-.,AB \\%_", max_size=30))
def test_anything_can_be_typed(typed: str) -> None:
    database = _FULL_ONE
    find(database, typed)


_FULL_ONE = Database(memory_engine(), FixedClock(NOW))
add(_FULL_ONE, FULL)


def test_only_the_last_word_may_be_a_beginning(database: Database) -> None:
    add(database, FULL)
    assert uids(database, "counselling mi") == ["full"]
    assert uids(database, "couns mill") == []


def test_single_ones_come_nearest_first_on_either_side_of_today(database: Database) -> None:
    days = [date(2026, 11, day) for day in (2, 20, 21, 25, 30)]
    add(database, *(event(f"{day.day}", start=datetime(day.year, day.month, day.day, 9)) for day in reversed(days)))
    assert list(find(database, "group").uids) == ["21", "25", "30", "20", "2"]
    assert [list(find(database, "group", most).uids) for most in (1, 4)] == [["21"], ["21", "25", "30", "20"]]
    assert find(database, "group", 1).singles == 5


def test_a_single_occurrence_is_named_only_where_its_series_says_nothing_of_it(database: Database) -> None:
    at = [TUESDAY + timedelta(weeks=n) for n in range(4)]
    overrides = (
        Override(at[0], title="Picnic", location="Oak Park"),
        Override(at[1], notes="bring cake"),
        Override(at[2], logistics=Logistics(Childcare(True, "Aunt Bea"), bring=("blanket",))),
        Override(at[3], start=at[3] + timedelta(hours=1)),
    )
    add(database, event("s", rule=WEEKLY, overrides=overrides, location="12 Mill St", provider="Rivera"))
    assert find(database, "group").series == {"s"}
    assert find(database, "group").sessions == {}
    for typed, found in [("picnic", at[0]), ("cake", at[1]), ("bea", at[2]), ("blanket", at[2])]:
        assert find(database, typed).sessions == {"s": {found}}
    assert find(database, "picnic rivera oak").sessions == {"s": {at[0]}}
    assert find(database, "picnic group").sessions == {"s": {at[0]}}, "it goes by the name of its series too"
    assert find(database, "cake mill").sessions == {"s": {at[1]}}, "where it says nothing itself, the series does"
    assert find(database, "picnic mill").sessions == {}, "that one is at the park"


# It follows every change

TEXTS = st.sampled_from(["group", "Café", "mill st", "zebra", "Ana", "bring", "", "two words", "o'brien", "ÅÄÖ"])


@st.composite
def changed(draw: st.DrawFn, uid: str) -> Event:
    """An event with that UID, of any words; perhaps a series with occurrences of their own words."""
    logistics = st.builds(
        Logistics,
        st.builds(Childcare, st.booleans(), TEXTS),
        st.builds(Ride, TEXTS, TEXTS),
        st.lists(TEXTS, max_size=2).map(tuple),
    )
    rule = draw(st.sampled_from([None, WEEKLY]))
    at = draw(st.sets(st.sampled_from([TUESDAY + timedelta(weeks=n) for n in range(4)]), max_size=3)) if rule else set()
    given_to_one = st.builds(
        Override,
        st.just(TUESDAY),
        title=st.none() | TEXTS,
        location=st.none() | TEXTS,
        notes=st.none() | TEXTS,
        logistics=st.none() | logistics,
    )
    return event(
        uid,
        draw(TEXTS.filter(bool)),
        rule=rule,
        overrides=tuple(replace(draw(given_to_one), recurrence_id=each) for each in sorted(at)),
        notes=draw(TEXTS),
        location=draw(TEXTS),
        child=draw(TEXTS),
        provider=draw(TEXTS),
        discreet_title=draw(TEXTS),
        logistics=draw(logistics),
        sequence=draw(st.integers(0, 2)),
    )


UIDS = st.sampled_from("abc")
ACTS = st.one_of(
    st.tuples(st.just("put"), UIDS.flatmap(changed)),
    st.tuples(st.just("many"), st.tuples(changed("a"), changed("b"), changed("d"))),
    st.tuples(st.just("remove"), UIDS),
    st.tuples(st.sampled_from(["undo", "redo", "reopen"]), st.none()),
)


def docs(events: Sequence[Event]) -> dict[tuple[str, str], list[str]]:
    """What is to be searched, worked out from the events themselves."""
    found = {}
    for e in events:
        for o in (None, *e.overrides):
            if o is not None and (o.title, o.location, o.notes, o.logistics) == (None,) * 4:
                continue
            own = o or Override(e.start)
            logistics = own.logistics or e.logistics
            care, ride = logistics.childcare, logistics.ride
            texts = (
                own.title or "", e.title, e.discreet_title,
                e.location if own.location is None else own.location, e.online,
                e.provider, e.contact, e.child, care.who, ride.how, ride.who,
                e.notes if own.notes is None else own.notes, *logistics.bring,
            )  # fmt: skip
            key = e.uid, o.recurrence_id.isoformat() if o else ""
            found[key] = " ".join(texts).split()
    return found


def index(engine: Engine) -> list[tuple[object, ...]]:
    """Every word in the index, with where it stands."""
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'search_index', 'instance')"
        )
        found = connection.exec_driver_sql("SELECT term, doc, col, offset FROM temp.words ORDER BY 1, 2, 3, 4").all()
        connection.exec_driver_sql("DROP TABLE temp.words")
    return [tuple(row) for row in found]


def check(engine: Engine, database: Database) -> None:
    """What is stored for the search is what the events say, and the index what a fresh one would be."""
    columns = "uid, recurrence_id, title, place, people, notes, bring"
    stored = {
        (row[0], row[1]): " ".join(row[2:]).split() for row in database.query(f"SELECT {columns} FROM search_text")
    }
    assert stored == docs(EventStore(database).all())
    with engine.begin() as connection:  # against the texts, from within: it raises where they differ
        connection.exec_driver_sql("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
    before = index(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('rebuild')")
    assert before == index(engine)


@settings(max_examples=50)
@given(st.lists(ACTS, max_size=10))
def test_any_changes_leave_the_index_a_fresh_one_would_be(acts: list[tuple[str, object]]) -> None:
    engine = memory_engine()
    database = Database(engine, FixedClock(NOW))
    for name, what in acts:
        store = EventStore(database)
        if name == "undo":
            database.undo()
        elif name == "redo":
            database.redo()
        elif name == "reopen":
            database = Database(engine, FixedClock(NOW))
        else:
            present = {e.uid for e in store.all()}
            with database.act(name) as work:
                if isinstance(what, Event):
                    store.put(work, what)
                elif isinstance(what, str):
                    store.remove(work, what)
                elif isinstance(what, tuple):  # as an import does: new ones at once, known ones one by one
                    store.add(work, [e for e in what if e.uid not in present])
                    for each in what:
                        store.put(work, each)
    check(engine, database)


def test_an_act_that_fails_leaves_the_index_as_it_was(database: Database) -> None:
    add(database, event("a", "Group"))
    with pytest.raises(ZeroDivisionError), database.act("half") as work:
        EventStore(database).put(work, event("a", "Choir"))
        raise ZeroDivisionError
    assert (uids(database, "group"), uids(database, "choir")) == (["a"], [])


# Older files


def test_a_vault_from_before_the_index_is_searched_as_soon_as_it_is_open(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "0badcafe"
    shutil.copytree(FROZEN / "v1", folder)
    clock = FixedClock(NOW)
    vault = Vault.open(folder, WORDS, clock)
    session = Session(vault.engine, clock, vault)
    try:
        series = {e.uid for e in session.planner.all_events()}
        assert len(series) == 2
        for typed in ("group", "cafe", "grandma", "bus 14", "id"):
            assert find(session.database, typed).series == series
        assert uids(session.database, "taken") == []
        session.planner.redo()
        assert len(uids(session.database, "taken")) == 1
        check(vault.engine, session.database)
    finally:
        session.close()


def test_a_full_disk_while_the_index_is_laid_down_leaves_the_old_schema(clock: FixedClock) -> None:
    engine = memory_engine()
    with engine.begin() as connection:
        migrate(connection, target=1)
        connection.exec_driver_sql(
            "INSERT INTO event (uid, title, kind, start, seconds, zone, all_day, skips, first_day, last_day, status,"
            " need, child, details, continues, sequence, source_revision)"
            " WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT 500)"
            " SELECT n, 'Group ' || n, 'other', '2026-11-03T18:00:00', 3600, 'UTC', 0, '[]', '2026-11-03',"
            " '2026-11-03', 'confirmed', 'expected', '', '{}', '', 0, 0 FROM n"
        )
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    with engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 12}")
    database = Database(engine, clock)
    assert len(EventStore(database).all()) == 500, "a full disk keeps nobody from reading"
    with pytest.raises(DiskFull):
        find(database, "group")
    with engine.connect() as connection:
        assert version_of(connection) == 1
        assert not connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name LIKE 'search%'").all()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {10 * pages}")
    with database.act("still old") as work:
        EventStore(database).put(work, event("1", "Dentist"))
    assert (find(database, "group").singles, uids(database, "dentist")) == (499, ["1"])
    check(engine, database)


def test_a_new_profile_on_a_full_disk_is_refused(clock: FixedClock) -> None:
    engine = memory_engine()
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 20")
    with pytest.raises(DiskFull):
        Database(engine, clock)


def test_a_broken_index_is_mended_when_the_vault_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "0badcafe"
    shutil.copytree(FROZEN / "v2", folder)
    clock = FixedClock(NOW)
    with Vault.open(folder, WORDS, clock) as vault, closing(vault.connect()) as raw:
        raw.execute("UPDATE search_index_data SET block = zeroblob(length(block)) WHERE id > 1000")
    with Vault.open(folder, WORDS, clock) as vault:
        assert len(uids(Database(vault.engine, clock), "grandma")) == 2
    with Vault.open(folder, WORDS, clock) as vault, closing(vault.connect()) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("UPDATE sqlite_master SET rootpage = 9999 WHERE name = 'goal'")
    with pytest.raises(Damaged):
        Vault.open(folder, WORDS, clock)


# What is gone is gone


def _plain_engine(path: Path) -> Engine:
    """As connection.connect makes them, but without a key: what is on its pages can be read."""

    def connect() -> sqlcipher3.Connection:
        made = sqlcipher3.connect(path, isolation_level=None, check_same_thread=False)
        for setting in SETTINGS:
            made.execute(f"PRAGMA {setting}")
        return made

    return make_engine(connect)


def _words(count: int) -> list[str]:
    """Words that share no more than a few letters with any other, so that each is somewhere as it is."""
    chance = random.Random(20261121)
    return ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=14)) for _ in range(count)]


def _leftovers(path: Path, clock: FixedClock, *, careful: bool) -> tuple[int, int]:
    """How many words of 150 kept, and of 150 changed or removed appointments are on the pages or in the log."""
    engine = _plain_engine(path)
    database = Database(engine, clock)
    if not careful:
        with engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 0)")
    store = EventStore(database)
    words = iter(_words(300 * 4))
    made = [event(f"e{n}", next(words), notes=next(words), location=next(words), child=next(words)) for n in range(300)]
    add(database, *made)
    gone, kept = made[::2], made[1::2]
    with database.act("remove") as work:
        for number, each in enumerate(gone):
            if number % 3:
                store.remove(work, each.uid)
            else:
                store.put(work, event(each.uid, "Changed"))
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM undo_step")
    if careful:
        database = Database(engine, clock)  # opened again
    engine.dispose()
    with closing(sqlcipher3.connect(path)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    pages = b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))

    def count(events: Sequence[Event]) -> int:
        # The index leaves out what a word has in common with the one before it: four letters at the very most.
        return sum(word[4:].encode() in pages for e in events for word in (e.title, e.notes, e.location, e.child))

    return count(kept), count(gone)


def test_of_what_was_taken_off_no_word_is_left_on_any_page(tmp_path: Path, clock: FixedClock) -> None:
    kept, gone = _leftovers(tmp_path / "careful", clock, careful=True)
    assert (kept, gone) == (600, 0)
    kept, gone = _leftovers(tmp_path / "careless", clock, careful=False)
    assert kept == 600
    assert gone > 100, "without the settings this test would see them"


def test_the_first_letters_that_divide_two_pages_of_the_index_go_too(tmp_path: Path, clock: FixedClock) -> None:
    """`secure-delete` leaves them: the index keeps the beginning of each page's first word apart."""
    engine = _plain_engine(tmp_path / "data")
    database = Database(engine, clock)
    made = [event(f"e{n}", f"family{n:04}", notes=f"canary{n:04}zebra") for n in range(800)]
    add(database, *made)
    with database.act("remove") as work:
        for each in made[1:]:
            EventStore(database).remove(work, each.uid)
    marks = "SELECT CAST(term AS TEXT) FROM search_index_idx"
    assert any("canary" in str(mark) for (mark,) in database.query(marks)), "nothing to take away: add more words"
    again = Database(engine, clock)
    assert not [mark for (mark,) in again.query(marks) if len(str(mark)) > 1]
    check(engine, again)
    engine.dispose()


def test_opening_works_where_the_disk_is_full(clock: FixedClock) -> None:
    engine = memory_engine()
    database = Database(engine, clock)
    add(database, *(event(f"e{n}", f"Visit {n}") for n in range(300)))
    with database.act("remove") as work:
        EventStore(database).remove(work, "e7")
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    again = Database(engine, clock)
    assert uids(again, "8") == ["e8", *sorted(f"e{n}" for n in range(80, 90))]
