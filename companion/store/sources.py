"""Where imported events came from, what each was when it last came, and what she took out again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from companion.domain.event import Event
from companion.store.database import Database, Work
from companion.store.rows import Row, instant, pack, pack_event, read_packed_event

# An event, those it continues and those that continue it, however often it was divided.
_FAMILY = """
WITH RECURSIVE kin(uid) AS (
    SELECT :uid
    UNION
    SELECT CASE WHEN event.uid = kin.uid THEN event.continues ELSE event.uid END
    FROM kin JOIN event ON event.uid = kin.uid OR (event.continues = kin.uid AND kin.uid <> '')
)
SELECT source FROM event WHERE uid IN (SELECT uid FROM kin) AND source IS NOT NULL LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A plan or calendar that was brought in; `header` holds what its file said of itself."""

    id: str
    revision: int
    header: Row
    imported_at: datetime


@dataclass(frozen=True, slots=True)
class Imported:
    """One item as it last came. `removed`: she took it out, and it stays out."""

    key: str
    revision: int
    event: Event
    removed: bool


class SourceStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Source]:
        return [
            Source(row["id"], row["revision"], json.loads(row["header"]), datetime.fromisoformat(row["imported_at"]))
            for row in self._database.select("source", order=("imported_at",))
        ]

    def get(self, source_id: str) -> Source | None:
        return next((s for s in self.all() if s.id == source_id), None)

    def of_event(self, uid: str) -> Source | None:
        """Where an event came from, also one that was split off from it or from which it was; None for her own."""
        found = self._database.query(_FAMILY, uid=uid)
        return self.get(found[0][0]) if found else None

    def items(self, source_id: str) -> dict[str, Imported]:
        """What came from that source, by the item's key."""
        return {
            row["key"]: Imported(row["key"], row["revision"], read_packed_event(row["event"]), bool(row["removed"]))
            for row in self._database.select("imported", source=source_id)
        }

    def put(self, work: Work, source: Source) -> None:
        work.put(
            "source",
            {
                "id": source.id,
                "revision": source.revision,
                "header": pack(source.header),
                "imported_at": instant(source.imported_at),
            },
        )

    def put_item(self, work: Work, source_id: str, item: Imported) -> None:
        work.put("imported", _item_row(source_id, item))

    def add_items(self, work: Work, source_id: str, items: list[Imported]) -> None:
        work.add("imported", [_item_row(source_id, item) for item in items])

    def remove_item(self, work: Work, source_id: str, key: str) -> None:
        work.remove("imported", source_id, key)

    def bury(self, work: Work, source_id: str, key: str) -> None:
        """Mark an item as taken out by her."""
        for row in work.rows("imported", source=source_id, key=key):
            work.put("imported", row | {"removed": 1})


def _item_row(source_id: str, item: Imported) -> Row:
    return {
        "source": source_id,
        "key": item.key,
        "revision": item.revision,
        "event": pack_event(item.event),
        "removed": int(item.removed),
    }
