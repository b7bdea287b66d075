"""A database in memory, for sample data: the same engine and schema, nothing on disk."""

from __future__ import annotations

import sqlcipher3
from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool

from companion.store.connection import make_engine


def memory_engine() -> Engine:
    """One connection for all: a second one would see another, empty memory."""

    def connect() -> sqlcipher3.Connection:
        made = sqlcipher3.connect(":memory:", isolation_level=None, check_same_thread=False)
        made.execute("PRAGMA foreign_keys = ON")
        made.execute("PRAGMA temp_store = MEMORY")
        return made

    return make_engine(connect, pool={"poolclass": StaticPool})
