"""Connections to an encrypted data file, and the engine that hands them out.

The settings and the measurements behind them are in docs/privacy.md, "How the data file is written".
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3

from companion.domain.language import _
from companion.errors import Damaged, StorageError
from companion.store import files
from companion.store.keys import KEY_SIZE

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.engine.interfaces import ExceptionContext

BUSY_SECONDS = 5.0

SETTINGS = (
    "foreign_keys=ON",
    "journal_mode=WAL",
    # EXTRA is FULL as long as the journal is WAL. Where a disk can't do WAL it syncs the folder too: without that,
    # 232 of 1,500 simulated power cuts lost something that was saved.
    "synchronous=EXTRA",
    "fullfsync=ON",  # macOS: up to the disk itself, not only the drive's cache
    "checkpoint_fullfsync=ON",
    "temp_store=MEMORY",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
)


class Connection(sqlcipher3.Connection):  # type: ignore[misc]  # it has no types: sqlite3.Connection plus set_key
    """A connection that knows its file, so that one to a former data file can be told."""

    path: Path


def connect(path: Path, key: bytes) -> Connection:
    """A connection to the data file at `path`, which must be there: none is ever made by opening it.

    It commits each statement by itself unless BEGIN is said, and may be handed from thread to thread.
    Raises Damaged where `key` does not open the file, or another StorageError.
    """
    if len(key) != KEY_SIZE:
        raise ValueError("a data key has 32 bytes")
    with database_errors():
        made: Connection = sqlcipher3.connect(
            path.absolute().as_uri() + "?mode=rw",
            uri=True,
            factory=Connection,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_SECONDS,
        )
        try:
            made.path = path
            made.execute("PRAGMA cipher_log_level=NONE")  # else SQLCipher writes on standard error, over the screen
            # x'…' makes it the key itself; bare bytes would be taken for a passphrase. Not by PRAGMA key: that is SQL
            # text, which a trace would show.
            made.set_key(f"x'{key.hex()}'")
            if not made.execute("PRAGMA cipher_version").fetchone():
                # Plain SQLite ignores the key without a word. It happened: signalapp/Signal-Desktop issue 5097.
                raise cannot_encrypt()
            for setting in SETTINGS:
                made.execute(f"PRAGMA {setting}")
            made.enable_load_extension(False)
            made.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            made.close()
            raise
    return made


READING = {"reading": True}  # execution options of a connection that only reads


def make_engine(creator: Callable[[], Connection], *, pool: dict[str, Any] | None = None) -> Engine:
    """An engine whose connections come from `creator`.

    Threads may share it: each gets a connection of its own (one connection for all lost 2 of 600 rows; making one
    takes 0.2 ms), unless `pool` says otherwise. A transaction begins by taking the write lock, so none has to be
    given up half-way; one with the options READING takes none. What is raised holds no bound values, which are names
    and notes, and is a StorageError where the disk is at fault.
    """
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import QueuePool

    # The dialect for SQLCipher sends `PRAGMA key=""` of its own after `creator`; the plain one does not.
    engine = create_engine(
        "sqlite://",
        module=sqlcipher3,
        creator=creator,
        hide_parameters=True,
        **(pool or {"poolclass": QueuePool, "pool_size": 3, "max_overflow": 2}),
    )

    @event.listens_for(engine, "begin")
    def take_write_lock(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get("reading") else "BEGIN IMMEDIATE")

    @event.listens_for(engine, "handle_error")
    def tell(context: ExceptionContext) -> None:
        cause = context.original_exception
        told = database_error(cause) if isinstance(cause, sqlcipher3.Error) else None
        if told is not None:
            raise told from cause

    return engine


@contextlib.contextmanager
def database_errors() -> Iterator[None]:
    """Inside it, what a raw connection raises becomes a StorageError, where the disk is at fault."""
    try:
        yield
    except sqlcipher3.Error as cause:
        told = database_error(cause)
        if told is None:
            raise
        raise told from cause


def database_error(cause: Exception) -> StorageError | None:
    """What to tell a person about `cause`; None where it is a slip of the program, such as wrong SQL."""
    code = getattr(cause, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    match code & 0xFF:  # the primary code of sqlite.org/rescode.html
        case sqlcipher3.SQLITE_FULL:
            return files.disk_full()
        case sqlcipher3.SQLITE_CORRUPT | sqlcipher3.SQLITE_NOTADB:
            return damaged()
        case sqlcipher3.SQLITE_PERM | sqlcipher3.SQLITE_READONLY:
            return files.not_writable()
        case sqlcipher3.SQLITE_BUSY | sqlcipher3.SQLITE_LOCKED:
            return StorageError(_("Something else is still being saved."), _("Wait a moment and try again."))
        case sqlcipher3.SQLITE_NOMEM:
            return StorageError(_("This computer does not have enough free memory."), _("Close other programs first."))
        case sqlcipher3.SQLITE_IOERR | sqlcipher3.SQLITE_CANTOPEN:
            return StorageError(_("The file with your calendar can't be reached."), _("Check that the disk is there."))
    return None


def cannot_encrypt() -> StorageError:
    return StorageError(
        _("This installation can't encrypt, so nothing was opened or written."), _("Install Companion again.")
    )


def damaged() -> Damaged:
    return Damaged(
        _("The file with your calendar is damaged or not there."),
        _("Nothing was changed. Keep the folder as it is and ask someone who knows computers to look at it."),
    )
