"""Which events have the words that she types: asked of the full-text index that search_schema.py lays down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from companion.domain.text import TITLE_LIMIT, clean
from companion.store.database import Database
from companion.store.search_schema import SEARCHED

_MOST_WORDS = 12  # beyond these nobody narrows anything down; each one costs

# All in one pass: the index finds thousands of rows in a millisecond, and looking each of them up takes five. An event
# that takes place once has its words once, or (brought in so) in the one override of it.
_MATCHES = """
    WITH found AS MATERIALIZED (
        SELECT t.uid, t.recurrence_id AS at, e.rule IS NOT NULL AS repeats, e.start, e.last_day >= :today AS ahead
        FROM search_index JOIN search_text t ON t.id = search_index.rowid JOIN event e ON e.uid = t.uid
        WHERE search_index MATCH :words
    ), single AS MATERIALIZED (
        SELECT uid, start, ahead FROM found
        WHERE NOT repeats AND (at = '' OR uid NOT IN (SELECT uid FROM found WHERE at = ''))
    )
    SELECT 'total', count(*), '' FROM single
    UNION ALL
    SELECT 'single', uid, '' FROM (SELECT uid FROM single WHERE ahead ORDER BY start, uid LIMIT :most)
    UNION ALL
    SELECT 'single', uid, '' FROM (
        SELECT uid FROM single WHERE NOT ahead ORDER BY start DESC, uid
        LIMIT max(0, :most - (SELECT count(*) FROM single WHERE ahead))
    )
    UNION ALL
    SELECT 'series', uid, at FROM (SELECT uid, at FROM found WHERE repeats ORDER BY at)
"""


@dataclass(frozen=True, slots=True)
class Matches:
    """What has the words. `singles` is how many events that take place once have them; `uids` names those of them
    that come first: today's and later ones by their start, then earlier ones, the latest first.

    `series` are the UIDs of repeating events that have them; `sessions` says of other series which of their
    occurrences, by recurrence id, have them all by themselves.
    """

    uids: Sequence[str] = ()
    singles: int = 0
    series: frozenset[str] = frozenset()
    sessions: dict[str, frozenset[datetime]] = field(default_factory=dict)


class SearchStore:
    """Reads only: the index is kept by the triggers of the schema."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def matches(self, typed: str, today: date, most: int) -> Matches:
        """What has every word of `typed`, of the last one its beginning. At most `most` single events.

        Raises StorageError.
        """
        if self._database.version < SEARCHED:  # there was no room for the index when this was opened
            self._database.bring_up()
        words = match_words(typed)
        if not words:
            return Matches()
        singles, uids = 0, []
        series: set[str] = set()
        sessions: dict[str, set[datetime]] = {}
        for what, found, at in self._database.query(_MATCHES, words=words, today=today.isoformat(), most=most):
            if what == "total":
                singles = int(found)
            elif what == "single":
                uids.append(str(found))
            elif not at:  # a series comes before its own sessions
                series.add(found)
            elif found not in series:
                sessions.setdefault(found, set()).add(datetime.fromisoformat(at))
        return Matches(uids, singles, frozenset(series), {uid: frozenset(found) for uid, found in sessions.items()})


def match_words(typed: str) -> str:
    """`typed` as an FTS5 expression that asks for each word; "" where there is none.

    Every word is quoted, so nothing she types is an operator, a column or an error (sqlite.org/fts5.html section 3).
    What the tokenizer takes for two words ("o'brien") stands side by side where it is found.
    """
    words = [word for word in clean(typed, TITLE_LIMIT).split() if any(map(str.isalnum, word))][:_MOST_WORDS]
    quoted = ['"' + word.replace('"', '""') + '"' for word in words]
    return f"{' '.join(quoted)} *" if quoted else ""
