"""Which events have the words that she types: asked of the full-text index that search_schema.py lays down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from companion.domain.text import TITLE_LIMIT, clean
from companion.store.database import Database

_MOST_WORDS = 12  # beyond these nobody narrows anything down; each one costs

_MATCHED = (
    "FROM search_index JOIN search_text t ON t.id = search_index.rowid JOIN event e ON e.uid = t.uid"
    " WHERE search_index MATCH :words"
)
_REPEATING = f"SELECT t.uid, t.recurrence_id {_MATCHED} AND e.rule IS NOT NULL ORDER BY t.recurrence_id"
_SINGLE = f"{_MATCHED} AND e.rule IS NULL"
_COUNT = f"SELECT count(DISTINCT t.uid) {_SINGLE}"
_UIDS = f"SELECT DISTINCT t.uid {_SINGLE}"
_AHEAD = f"{_UIDS} AND e.last_day >= :today ORDER BY e.start, e.title, e.uid LIMIT :most"
_PAST = f"{_UIDS} AND e.last_day < :today ORDER BY e.start DESC, e.title, e.uid LIMIT :most"


@dataclass(frozen=True, slots=True)
class Matches:
    """What has the words. `singles` is how many events that take place once have them; `uids` names those of them
    that are nearest to today, on either side.

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
        """What has every word of `typed`, of the last one its beginning. At most `most` single events each way."""
        words = match_words(typed)
        if not words:
            return Matches()
        query = self._database.query
        singles = int(query(_COUNT, words=words)[0][0])
        uids: list[str] = []
        if singles:
            for sql in (_AHEAD, _PAST):
                uids += [uid for (uid,) in query(sql, words=words, today=today.isoformat(), most=most)]
        series: set[str] = set()
        sessions: dict[str, set[datetime]] = {}
        for uid, at in query(_REPEATING, words=words):  # a series comes before its own sessions
            if not at:
                series.add(uid)
            elif uid not in series:
                sessions.setdefault(uid, set()).add(datetime.fromisoformat(at))
        return Matches(uids, singles, frozenset(series), {uid: frozenset(found) for uid, found in sessions.items()})


def match_words(typed: str) -> str:
    """`typed` as an FTS5 expression that asks for each word; "" where there is none.

    Every word is quoted, so nothing she types is an operator, a column or an error (sqlite.org/fts5.html section 3).
    What the tokenizer takes for two words ("o'brien") stands side by side where it is found.
    """
    words = [word for word in clean(typed, TITLE_LIMIT).split() if any(map(str.isalnum, word))][:_MOST_WORDS]
    quoted = ['"' + word.replace('"', '""') + '"' for word in words]
    return f"{' '.join(quoted)} *" if quoted else ""
