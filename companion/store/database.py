"""One profile's database: reading, and acts that are stored whole or not at all, each with its undo step.

Every change goes through `Work.put`, `Work.add` and `Work.remove`, which keep an image of each row as it was. The
images are stored in the same transaction as the change, so that an act can be taken back after a restart too.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import SQLModel

from companion.domain.clock import Clock
from companion.errors import DiskFull, StorageError
from companion.store import tables
from companion.store.connection import READING
from companion.store.migrations import VERSION, WORKABLE, migrate, version_of
from companion.store.rows import Row, pack
from companion.store.search_schema import SEARCHED, leave_no_trace

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine
    from sqlalchemy.sql.elements import ColumnElement

UNDO_STEPS = 100

_TABLES = {
    str(cls.__tablename__): cls.metadata.tables[str(cls.__tablename__)]
    for cls in vars(tables).values()
    if isinstance(cls, type) and issubclass(cls, SQLModel) and cls is not SQLModel
}


class Work:
    """One act under way. Nothing is kept unless the whole act ends well."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._images: dict[tuple[str, tuple[Any, ...]], Row | None] = {}
        self.touched: Counter[str] = Counter()

    def _find(self, table: str, key: tuple[Any, ...]) -> Row | None:
        row = self._connection.execute(select(_TABLES[table]).where(*_at(table, key))).mappings().first()
        return None if row is None else dict(row)

    def _remember(self, table: str, key: tuple[Any, ...], before: Row | None) -> None:
        self._images.setdefault((table, key), before)
        self.touched[table] += 1

    def put(self, table: str, row: Row) -> bool:
        """Store `row`, new or in place of the one with its key; tells whether that changed anything."""
        key = _key(table, row)
        before = self._find(table, key)
        if before == row:
            return False
        self._remember(table, key, before)
        if before is None:
            self._connection.execute(insert(_TABLES[table]).values(row))
        else:
            self._connection.execute(update(_TABLES[table]).where(*_at(table, key)).values(row))
        return True

    def add(self, table: str, rows: Iterable[Row]) -> None:
        """Store rows that are known to be new: a whole plan in one statement."""
        rows = list(rows)
        for row in rows:
            self._remember(table, _key(table, row), None)
        if rows:
            self._connection.execute(insert(_TABLES[table]), rows)

    def remove(self, table: str, *key: Any) -> bool:
        before = self._find(table, key)
        if before is None:
            return False
        self._remember(table, key, before)
        self._connection.execute(delete(_TABLES[table]).where(*_at(table, key)))
        return True

    def rows(self, table: str, **where: Any) -> list[Row]:
        """The rows as this act has left them so far."""
        conditions = [_TABLES[table].c[name] == value for name, value in where.items()]
        return [dict(r) for r in self._connection.execute(select(_TABLES[table]).where(*conditions)).mappings()]

    @property
    def images(self) -> list[tuple[str, tuple[Any, ...], Row | None]]:
        return [(table, key, image) for (table, key), image in self._images.items()]

    def restore(self, images: Iterable[tuple[str, tuple[Any, ...], Row | None]]) -> None:
        """Put rows back as the images have them; what they replace is remembered in its turn."""
        self._connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for table, key, image in images:
            if image is None:
                self.remove(table, *key)
            else:
                self.put(table, image)


class Database:
    """An open profile. `clock` stamps the undo steps. Raises NewerFile or another StorageError."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        # Counts the changes to each table, so that what was read can be kept until it changes.
        self.changes: Counter[str] = Counter()
        # What was kept so, by name, for all the stores that read here.
        self.kept: dict[str, Any] = {}
        self.version = 0
        try:
            self.bring_up()
        except DiskFull:
            if self.version < WORKABLE:
                raise
        self._forget_words()

    def bring_up(self) -> None:
        """Bring the schema up to the present version, all of it or nothing. Raises NewerFile, StorageError."""
        with self._engine.connect() as connection:
            self.version = version_of(connection)
            if self.version != VERSION:
                migrate(connection)
                connection.commit()
                self.version = VERSION

    def _forget_words(self) -> None:
        """What was taken off leaves the search index to the last letter. Where the disk is full, another time."""
        if self.version >= SEARCHED:
            with suppress(StorageError), self._engine.begin() as connection:
                leave_no_trace(connection)

    def _reading(self) -> Connection:
        return self._engine.connect().execution_options(**READING)

    def select(self, table: str, *where: ColumnElement[bool], order: tuple[str, ...] = (), **equal: Any) -> list[Row]:
        """Rows of one table as plain dictionaries."""
        described = _TABLES[table]
        conditions = [described.c[name] == value for name, value in equal.items()]
        query = select(described).where(*where, *conditions).order_by(*(described.c[name] for name in order))
        with self._reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def query(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """Rows of a query written by hand, for the paths where building one costs more than running it."""
        with self._reading() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql, values)]

    @contextmanager
    def act(self, label: str | None) -> Iterator[Work]:
        """One act of a person: all of it is stored, with its undo step named `label`, or none of it.

        A `label` of None keeps no undo step (a draft, a setting). Raises StorageError where it can't be stored.
        """
        with self._engine.begin() as connection:
            work = Work(connection)
            yield work
            if label is not None and work.images:
                self._record(connection, label, work)
        self.changes.update(work.touched)

    def _record(self, connection: Connection, label: str, work: Work) -> None:
        steps = _TABLES["undo_step"]
        connection.execute(delete(steps).where(steps.c.undone == 1))
        number = connection.execute(
            insert(steps).values(at=self._clock.now().isoformat(), label=label, images=pack(work.images), undone=0)
        ).inserted_primary_key
        if number:
            connection.execute(delete(steps).where(steps.c.id <= number[0] - UNDO_STEPS))

    def undo(self) -> str | None:
        """Take the latest act back; gives its label, None where there is nothing to take back."""
        return self._swing(undone=0, newest=True)

    def redo(self) -> str | None:
        """Do the act again that was taken back last."""
        return self._swing(undone=1, newest=False)

    def _swing(self, *, undone: int, newest: bool) -> str | None:
        steps = _TABLES["undo_step"]
        order = steps.c.id.desc() if newest else steps.c.id.asc()
        with self._engine.begin() as connection:
            step = connection.execute(select(steps).where(steps.c.undone == undone).order_by(order).limit(1)).first()
            if step is None:
                return None
            work = Work(connection)
            work.restore((table, tuple(key), image) for table, key, image in reversed(json.loads(step.images)))
            connection.execute(
                update(steps).where(steps.c.id == step.id).values(images=pack(work.images), undone=1 - undone)
            )
        self.changes.update(work.touched)
        return str(step.label)

    def next_undo(self) -> str | None:
        """The label of the act that `undo` would take back."""
        found = self.query("SELECT label FROM undo_step WHERE undone = 0 ORDER BY id DESC LIMIT 1")
        return str(found[0][0]) if found else None

    def next_redo(self) -> str | None:
        """The label of the act that `redo` would do again."""
        found = self.query("SELECT label FROM undo_step WHERE undone = 1 ORDER BY id LIMIT 1")
        return str(found[0][0]) if found else None


def _key(table: str, row: Row) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in _TABLES[table].primary_key)


def _at(table: str, key: tuple[Any, ...]) -> list[ColumnElement[bool]]:
    return [column == bindparam(None, value) for column, value in zip(_TABLES[table].primary_key, key, strict=True)]
