"""The schema, as numbered steps. Each runs in one transaction together with its own number (PRAGMA user_version).

A step is never changed once a version with it has been used: tests/store/vaults holds a vault of every version,
and every later version opens them all. A file written by a newer Companion is refused and left as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.domain.language import _
from companion.errors import NewerFile
from companion.store.search_schema import SEARCH

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_DAY = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
_WALL = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]'"

# Wall-clock times and days are ISO text without a zone, instants ISO text ending in +00:00: both sort as text.
_FIRST = (
    f"""CREATE TABLE event (
        uid TEXT PRIMARY KEY CHECK (length(uid) BETWEEN 1 AND 255),
        title TEXT NOT NULL CHECK (length(title) > 0),
        kind TEXT NOT NULL,
        start TEXT NOT NULL CHECK (start {_WALL}),
        seconds INTEGER NOT NULL CHECK (seconds >= 0),
        zone TEXT NOT NULL CHECK (length(zone) > 0),
        all_day INTEGER NOT NULL CHECK (all_day IN (0, 1)),
        rule TEXT CHECK (rule IS NULL OR json_valid(rule)),
        skips TEXT NOT NULL CHECK (json_valid(skips)),
        first_day TEXT NOT NULL CHECK (first_day {_DAY}),
        last_day TEXT CHECK (last_day IS NULL OR last_day >= first_day),
        status TEXT NOT NULL CHECK (status IN ('confirmed', 'tentative', 'cancelled')),
        need TEXT NOT NULL CHECK (need IN ('required', 'expected', 'optional')),
        child TEXT NOT NULL,
        details TEXT NOT NULL CHECK (json_valid(details)),
        continues TEXT NOT NULL,
        since TEXT CHECK (since IS NULL OR since {_WALL}),
        sequence INTEGER NOT NULL CHECK (sequence >= 0),
        created TEXT,
        updated TEXT,
        source TEXT REFERENCES source (id),
        source_key TEXT,
        source_revision INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX event_single ON event (first_day, last_day) WHERE rule IS NULL",
    "CREATE INDEX event_series ON event (uid) WHERE rule IS NOT NULL",
    "CREATE INDEX event_source ON event (source, source_key) WHERE source IS NOT NULL",
    f"""CREATE TABLE override (
        uid TEXT NOT NULL REFERENCES event (uid) ON DELETE CASCADE,
        recurrence_id TEXT NOT NULL CHECK (recurrence_id {_WALL}),
        start TEXT CHECK (start IS NULL OR start {_WALL}),
        seconds INTEGER CHECK (seconds IS NULL OR seconds >= 0),
        title TEXT,
        location TEXT,
        notes TEXT,
        logistics TEXT CHECK (logistics IS NULL OR json_valid(logistics)),
        status TEXT NOT NULL CHECK (status IN ('confirmed', 'tentative', 'cancelled')),
        PRIMARY KEY (uid, recurrence_id)
    ) STRICT""",
    # No reference to event: what has happened is kept when its series is gone.
    f"""CREATE TABLE attendance (
        uid TEXT NOT NULL,
        recurrence_id TEXT NOT NULL,
        mark TEXT NOT NULL CHECK (mark IN ('attended', 'attended-online', 'moved', 'cancelled-by-provider',
            'cancelled-with-notice', 'cancelled-late', 'cancelled', 'excused', 'missed')),
        day TEXT NOT NULL CHECK (day {_DAY}),
        start TEXT NOT NULL CHECK (start {_WALL}),
        "end" TEXT NOT NULL CHECK ("end" {_WALL}),
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        reason TEXT NOT NULL,
        notice INTEGER CHECK (notice IS NULL OR notice >= 0),
        evidence TEXT NOT NULL,
        moved_to TEXT CHECK (moved_to IS NULL OR moved_to {_WALL}),
        counts_toward TEXT NOT NULL,
        child TEXT NOT NULL,
        PRIMARY KEY (uid, recurrence_id)
    ) STRICT""",
    "CREATE INDEX attendance_day ON attendance (day)",
    f"""CREATE TABLE done (
        id TEXT PRIMARY KEY,
        activity TEXT NOT NULL,
        day TEXT NOT NULL CHECK (day {_DAY}),
        at TEXT NOT NULL,
        zone TEXT NOT NULL,
        children TEXT NOT NULL CHECK (json_valid(children)),
        note TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX done_day ON done (day)",
    f"""CREATE TABLE child (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        born TEXT CHECK (born IS NULL OR born {_DAY}),
        due TEXT CHECK (due IS NULL OR due {_DAY}),
        weeks_early INTEGER NOT NULL CHECK (weeks_early BETWEEN 0 AND 20),
        lives_here INTEGER NOT NULL CHECK (lives_here IN (0, 1)),
        needs TEXT NOT NULL
    ) STRICT""",
    f"""CREATE TABLE goal (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL CHECK (length(name) > 0),
        times INTEGER NOT NULL CHECK (times BETWEEN 1 AND 100),
        per TEXT NOT NULL CHECK (per IN ('day', 'week', 'month')),
        begins TEXT NOT NULL CHECK (begins {_DAY}),
        ends TEXT CHECK (ends IS NULL OR ends >= begins),
        kinds TEXT NOT NULL CHECK (json_valid(kinds)),
        activities INTEGER NOT NULL CHECK (activities IN (0, 1)),
        child TEXT NOT NULL,
        source TEXT NOT NULL
    ) STRICT""",
    f"""CREATE TABLE pause (
        id TEXT PRIMARY KEY,
        begins TEXT NOT NULL CHECK (begins {_DAY}),
        ends TEXT CHECK (ends IS NULL OR ends >= begins),
        reason TEXT NOT NULL,
        goals TEXT NOT NULL CHECK (json_valid(goals))
    ) STRICT""",
    """CREATE TABLE source (
        id TEXT PRIMARY KEY,
        revision INTEGER NOT NULL,
        header TEXT NOT NULL CHECK (json_valid(header)),
        imported_at TEXT NOT NULL
    ) STRICT""",
    # What each item was when it last came; `removed` is a tombstone: she took it out, and it stays out.
    """CREATE TABLE imported (
        source TEXT NOT NULL REFERENCES source (id) ON DELETE CASCADE,
        key TEXT NOT NULL,
        revision INTEGER NOT NULL,
        event TEXT NOT NULL CHECK (json_valid(event)),
        removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
        PRIMARY KEY (source, key)
    ) STRICT""",
    """CREATE TABLE setting (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL CHECK (json_valid(value))
    ) STRICT""",
    """CREATE TABLE draft (
        form TEXT PRIMARY KEY,
        "values" TEXT NOT NULL CHECK (json_valid("values")),
        at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE undo_step (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        label TEXT NOT NULL,
        images TEXT NOT NULL CHECK (json_valid(images)),
        undone INTEGER NOT NULL CHECK (undone IN (0, 1))
    ) STRICT""",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, SEARCH)
VERSION = len(MIGRATIONS)
# The oldest version that everything but the search works with: on a full disk it is opened as it is.
WORKABLE = 1


def version_of(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(connection: Connection, target: int = VERSION) -> int:
    """Bring the open database up to `target` within the caller's transaction; gives the number of steps taken.

    Raises NewerFile where a newer Companion has written it.
    """
    present = version_of(connection)
    if present > VERSION:
        raise NewerFile(
            _("This profile was used with a newer Companion."),
            _("Start the newer one; nothing here was changed."),
        )
    for number in range(present, target):
        for statement in MIGRATIONS[number]:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA user_version = {number + 1}")
    return max(0, target - present)
