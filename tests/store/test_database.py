"""An act is stored whole or not at all, and can be taken back, also after a restart."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect
from sqlalchemy.engine import Engine

from companion.domain.clock import FixedClock
from companion.errors import DiskFull, NewerFile
from companion.store import database as database_module
from companion.store.database import UNDO_STEPS, Database
from companion.store.memory import memory_engine
from companion.store.migrations import VERSION

KEPT_BY_TRIGGERS = "search_"  # no code of ours writes there: see test_search.py


@pytest.fixture
def engine() -> Engine:
    return memory_engine()


@pytest.fixture
def database(engine: Engine, clock: FixedClock) -> Database:
    return Database(engine, clock)


def setting(name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": f'"{value}"'}


def test_the_tables_say_what_the_schema_says(engine: Engine, database: Database) -> None:
    with engine.connect() as connection:
        stored = {
            table: {
                (c["name"], not c["nullable"] or bool(c["primary_key"])) for c in inspect(connection).get_columns(table)
            }
            for table in inspect(connection).get_table_names()
            if not table.startswith(KEPT_BY_TRIGGERS)
        }
    described = {
        name: {(column.name, not column.nullable) for column in table.columns}
        for name, table in database_module._TABLES.items()
    }
    assert stored == described


def test_every_table_is_strict(engine: Engine, database: Database) -> None:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").all()
    loose = {name for name, strict in rows if not strict and not name.startswith(KEPT_BY_TRIGGERS)}
    assert loose <= {"sqlite_schema", "sqlite_sequence"}


def test_an_act_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.act("half an act") as work:
        work.put("setting", setting("a", "1"))
        raise ZeroDivisionError
    assert database.select("setting") == []
    assert database.next_undo() is None


def test_undo_and_redo_swing_between_two_states(database: Database) -> None:
    with database.act("first") as work:
        work.put("setting", setting("a", "1"))
    with database.act("second") as work:
        work.put("setting", setting("a", "2"))
        work.put("setting", setting("b", "3"))
    before = database.select("setting", order=("name",))

    assert database.undo() == "second"
    assert database.select("setting") == [setting("a", "1")]
    assert database.undo() == "first"
    assert database.select("setting") == []
    assert database.undo() is None

    assert database.redo() == "first"
    assert database.redo() == "second"
    assert database.redo() is None
    assert database.select("setting", order=("name",)) == before


def test_a_new_act_after_undo_ends_the_redo(database: Database) -> None:
    with database.act("first") as work:
        work.put("setting", setting("a", "1"))
    database.undo()
    with database.act("other") as work:
        work.put("setting", setting("b", "1"))
    assert database.redo() is None
    assert database.undo() == "other"


def test_undo_survives_a_restart(engine: Engine, database: Database, clock: FixedClock) -> None:
    with database.act("kept") as work:
        work.put("setting", setting("a", "1"))
    again = Database(engine, clock)
    assert again.next_undo() == "kept"
    assert again.undo() == "kept"
    assert again.select("setting") == []


def test_a_row_put_twice_in_one_act_goes_back_to_what_it_was_before_the_act(database: Database) -> None:
    with database.act("first") as work:
        work.put("setting", setting("a", "1"))
    with database.act("twice") as work:
        work.put("setting", setting("a", "2"))
        work.put("setting", setting("a", "3"))
    database.undo()
    assert database.select("setting") == [setting("a", "1")]


def test_an_act_that_changes_nothing_leaves_no_undo_step(database: Database) -> None:
    with database.act("first") as work:
        work.put("setting", setting("a", "1"))
    with database.act("nothing") as work:
        assert not work.put("setting", setting("a", "1"))
    assert database.next_undo() == "first"


def test_a_hundred_steps_are_kept(database: Database) -> None:
    for number in range(UNDO_STEPS + 20):
        with database.act(f"step {number}") as work:
            work.put("setting", setting("a", str(number)))
    taken_back = 0
    while database.undo():
        taken_back += 1
    assert taken_back == UNDO_STEPS
    assert database.select("setting") == [setting("a", "19")]


def test_a_newer_file_is_refused_and_left_alone(engine: Engine, database: Database, clock: FixedClock) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(NewerFile):
        Database(engine, clock)


def test_a_full_disk_is_said_and_nothing_is_half_stored(engine: Engine, database: Database) -> None:
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")
    with pytest.raises(DiskFull), database.act("too much") as work:
        work.put("setting", setting("small", "1"))
        work.put("setting", setting("large", "x" * 100_000))
    assert database.select("setting") == []
    with database.act("small still fits") as work:
        work.put("setting", setting("a", "1"))


def test_a_wrong_value_is_refused_by_the_schema_itself(database: Database) -> None:
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError), database.act("bad") as work:
        work.put("setting", {"name": "a", "value": "{not json"})


def test_frozen_vaults_of_every_version_are_here() -> None:
    folder = Path(__file__).parent / "vaults"
    assert {p.name for p in folder.iterdir() if p.is_dir()} == {f"v{n}" for n in range(1, VERSION + 1)}
