from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy.exc
import sqlcipher3
from sqlalchemy import Engine

from companion.errors import Damaged, DiskFull, NotWritable, StorageError
from companion.store import connection, datafile, keys
from companion.store.connection import connect, database_error, make_engine

KEY = keys.new_key()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "data #1 50%? é"
    datafile.make(path, KEY, "me")
    return path


@pytest.fixture
def engine(path: Path) -> Any:
    engine = make_engine(lambda: connect(path, KEY))
    with engine.begin() as made:
        made.exec_driver_sql("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    yield engine
    engine.dispose()


def test_every_connection_is_set_up_to_keep_what_it_says(engine: Engine) -> None:
    expected: dict[str, object] = {
        "journal_mode": "wal",
        "synchronous": 3,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "temp_store": 2,
        "fullfsync": 1,
        "checkpoint_fullfsync": 1,
        "cell_size_check": 1,
    }
    with engine.connect() as one:
        assert {name: one.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected} == expected
        with pytest.raises(sqlalchemy.exc.DBAPIError, match="not authorized"):
            one.exec_driver_sql("SELECT load_extension('x')")


def test_another_key_is_damage_and_never_silence(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = path.read_bytes()
    with pytest.raises(Damaged):
        connect(path, keys.new_key())
    assert path.read_bytes() == before
    assert capfd.readouterr().err == ""  # SQLCipher would write over the screen


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        connect(tmp_path / "data.1", KEY)
    assert not list(tmp_path.glob("data*"))


def test_plain_sqlite_is_refused_instead_of_writing_in_the_clear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Deaf:
        """The standard library's SQLite, which takes a key and ignores it."""

        def __init__(self, *given: Any, **named: Any) -> None:
            self._plain = sqlite3.connect(*given, **named)

        def set_key(self, _key: str) -> None:
            pass

        def __getattr__(self, name: str) -> Any:
            return getattr(self._plain, name)

    monkeypatch.setattr(connection, "sqlcipher3", SimpleNamespace(connect=Deaf, Error=sqlite3.Error))
    with pytest.raises(StorageError, match="can't encrypt"):
        datafile.make(tmp_path / "data.1", KEY, "me")
    assert not list(tmp_path.glob("data*"))


def test_threads_share_the_engine_without_loss(engine: Engine) -> None:
    def work() -> None:
        for _ in range(60):
            with engine.begin() as made:
                number = made.exec_driver_sql("SELECT count(*) FROM note").scalar()
                made.exec_driver_sql("INSERT INTO note (text) VALUES (?)", (f"note {number}",))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.connect() as made:
        texts = [row[0] for row in made.exec_driver_sql("SELECT text FROM note ORDER BY id")]
    assert texts == [f"note {number}" for number in range(240)]


def test_errors_hold_no_values(engine: Engine) -> None:
    with engine.begin() as made:
        made.exec_driver_sql("INSERT INTO note VALUES (1, 'one')")
    with pytest.raises(sqlalchemy.exc.IntegrityError) as told, engine.begin() as made:
        made.exec_driver_sql("INSERT INTO note VALUES (?, ?)", (1, "SECRET NAME"))
    assert "SECRET" not in str(told.value)
    assert KEY.hex() not in f"{engine!r} {engine.url!r}"


def test_the_key_is_in_no_trace(path: Path) -> None:
    seen: list[str] = []
    with closing(connect(path, KEY)) as made:
        made.set_trace_callback(seen.append)
        made.execute("SELECT * FROM vault").fetchall()
    assert seen and not any(KEY.hex() in each for each in seen)


def test_a_full_disk_is_told_and_what_was_saved_stays(engine: Engine) -> None:
    with engine.begin() as made:
        made.exec_driver_sql("INSERT INTO note VALUES (1, 'kept')")
    with engine.connect() as made:
        pages = made.exec_driver_sql("PRAGMA page_count").scalar()
        made.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DiskFull, match="disk is full"):
            made.exec_driver_sql("INSERT INTO note VALUES (2, ?)", ("x" * 50_000,))
        made.rollback()
        assert made.exec_driver_sql("SELECT text FROM note").fetchall() == [("kept",)]


def test_a_writer_that_waits_too_long_is_told_plainly(
    path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.01)
    with closing(connect(path, KEY)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        engine.dispose()
        with pytest.raises(StorageError, match="still being saved"), engine.begin():
            pass


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (sqlcipher3.SQLITE_FULL, DiskFull),
        (sqlcipher3.SQLITE_CORRUPT, Damaged),
        (sqlcipher3.SQLITE_NOTADB, Damaged),
        (sqlcipher3.SQLITE_READONLY, NotWritable),
        (sqlcipher3.SQLITE_IOERR | 10 << 8, StorageError),
        (sqlcipher3.SQLITE_NOMEM, StorageError),
    ],
)
def test_each_fault_of_the_disk_has_its_own_sentence(code: int, told: type[StorageError]) -> None:
    cause = sqlcipher3.OperationalError("SECRET")
    cause.sqlite_errorcode = code
    error = database_error(cause)
    assert type(error) is told and "SECRET" not in str(error)


def test_a_slip_of_ours_is_not_blamed_on_the_disk(engine: Engine) -> None:
    with pytest.raises(sqlalchemy.exc.OperationalError, match="no such table"), engine.connect() as made:
        made.exec_driver_sql("SELECT * FROM nowhere")
