"""What names a plan's events: their keys, UIDs and stamps (docs/plan-file.md, "Identity").

All of it comes from the plan itself, so that the coach's calendar file and the mother's export hold the same events,
byte for byte, and a phone takes them for one.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote
from uuid import UUID, uuid5

from companion.domain.plan import PlanHeader

NAMESPACE = UUID("6c7a3c1e-52f0-4f0e-9f6b-0d3c8c1b7a55")
_FIRST_STAMP = datetime(2020, 1, 1, tzinfo=UTC)


def item_key(item_id: str, part: str) -> str:
    """How an event is named within its plan. The id is quoted, so that "a/b" + "c" is not "a" + "b/c"."""
    return f"{quote(item_id, safe=' ')}/{part}"


def item_of(key: str) -> str:
    """The item's id in a key that `item_key` made."""
    return unquote(key.rpartition("/")[0])


def item_uid(plan_id: str, key: str) -> str:
    """The UID of an event of a plan: the same in the coach's calendar file and in the mother's export."""
    return str(uuid5(NAMESPACE, f"{quote(plan_id, safe=' ')}/{key}"))


def stamp(header: PlanHeader) -> datetime:
    """When the plan was last changed, in UTC: as it says itself, else a moment made from its revision.

    Stamps from the clock would give other bytes at each reading, and phones take a later stamp for a change.
    """
    return header.updated or _FIRST_STAMP + timedelta(seconds=header.revision)
