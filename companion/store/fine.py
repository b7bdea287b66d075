"""What she has called fine as it is: two things that come together and are meant to."""

from __future__ import annotations

import json

from companion.store.database import Database, Work
from companion.store.rows import pack

_NAME = "fine"
_MOST = 200  # the oldest go first: what they were about is long over


class FineStore:
    """Kept among the settings, as the signatures of `companion.domain.arranging`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[str, ...]:
        rows = self._database.select("setting", name=_NAME)
        return tuple(json.loads(rows[0]["value"])) if rows else ()

    def add(self, work: Work, signature: str) -> None:
        rows = work.rows("setting", name=_NAME)
        kept = [each for each in json.loads(rows[0]["value"]) if each != signature] if rows else []
        work.put("setting", {"name": _NAME, "value": pack([*kept, signature][-_MOST:])})
