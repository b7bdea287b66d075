"""Schema 2: the words of every appointment, ready to be searched, inside the encrypted file.

`search_text` holds them as they are typed, one row an event and one for each single occurrence that has words of its
own; `search_index` is the full-text index over it. Triggers keep both with every change of `event` and `override`,
so that undo, redo, imports and whatever comes later can't forget to. docs/privacy.md, "The search index".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

SEARCHED = 2  # the version from which there is an index
_TEXTS = "title, place, people, notes, bring"
_COLUMNS = f"uid, recurrence_id, {_TEXTS}"


def _logistics(json: str, path: str) -> str:
    """Who and what is needed around an appointment, as store/rows.py packs it."""
    return f"{json} ->> '{path}.care[1]', {json} ->> '{path}.ride[0]', {json} ->> '{path}.ride[1]'"


def _bring(json: str, path: str) -> str:
    return f"coalesce((SELECT group_concat(value, ' ') FROM json_each({json}, '{path}.bring')), '')"  # noqa: S608


_PLACE = "e.details ->> '$.online'"
_PEOPLE = "e.details ->> '$.provider', e.details ->> '$.contact', e.child"

# An occurrence is found by what it says itself and, where it says nothing, by what its series says; by both titles.
_SOURCE = f"""CREATE VIEW search_source ({_COLUMNS}) AS
    SELECT e.uid, '',
        concat_ws(' ', e.title, e.details ->> '$.discreet_title'),
        concat_ws(' ', e.details ->> '$.location', {_PLACE}),
        concat_ws(' ', {_PEOPLE}, {_logistics("e.details", "$.logistics")}),
        coalesce(e.details ->> '$.notes', ''),
        {_bring("e.details", "$.logistics")}
    FROM event e
    UNION ALL
    SELECT o.uid, o.recurrence_id,
        concat_ws(' ', o.title, e.title, e.details ->> '$.discreet_title'),
        concat_ws(' ', coalesce(o.location, e.details ->> '$.location'), {_PLACE}),
        concat_ws(' ', {_PEOPLE},
            {_logistics("coalesce(o.logistics, e.details -> '$.logistics')", "$")}),
        coalesce(o.notes, e.details ->> '$.notes', ''),
        {_bring("coalesce(o.logistics, e.details -> '$.logistics')", "$")}
    FROM override o LEFT JOIN event e USING (uid)
    WHERE o.title IS NOT NULL OR o.location IS NOT NULL OR o.notes IS NOT NULL OR o.logistics IS NOT NULL"""  # noqa: S608  constants


def _take(condition: str) -> str:
    return f"INSERT INTO search_text ({_COLUMNS}) SELECT {_COLUMNS} FROM search_source WHERE {condition};"  # noqa: S608


def _drop(condition: str) -> str:
    return f"DELETE FROM search_text WHERE {condition};"  # noqa: S608


_EVENT = "uid = {row}.uid"
_OVERRIDE = "uid = {row}.uid AND recurrence_id = {row}.recurrence_id"

SEARCH = (
    # An id of its own: the index names rows by number, and a row number that nobody declared may change.
    """CREATE TABLE search_text (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL,
        recurrence_id TEXT NOT NULL,
        title TEXT NOT NULL,
        place TEXT NOT NULL,
        people TEXT NOT NULL,
        notes TEXT NOT NULL,
        bring TEXT NOT NULL,
        UNIQUE (uid, recurrence_id)
    ) STRICT""",
    f"""CREATE VIRTUAL TABLE search_index USING fts5 (
        {_TEXTS}, content = 'search_text', content_rowid = 'id', columnsize = 0,
        tokenize = "unicode61 remove_diacritics 2"
    )""",
    # Without it a word that is taken off stays in the index until its part is merged, which may be never.
    "INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1)",
    # Whether something was taken off since the index was last made anew: see `leave_no_trace`.
    "CREATE TABLE search_trace (may_be INTEGER NOT NULL CHECK (may_be IN (0, 1))) STRICT",
    "INSERT INTO search_trace VALUES (0)",
    _SOURCE,
    f"""CREATE TRIGGER search_text_added AFTER INSERT ON search_text BEGIN
        INSERT INTO search_index (rowid, {_TEXTS})
        VALUES (new.id, new.title, new.place, new.people, new.notes, new.bring);
    END""",  # noqa: S608
    f"""CREATE TRIGGER search_text_removed AFTER DELETE ON search_text BEGIN
        INSERT INTO search_index (search_index, rowid, {_TEXTS})
        VALUES ('delete', old.id, old.title, old.place, old.people, old.notes, old.bring);
        UPDATE search_trace SET may_be = 1 WHERE may_be = 0;
    END""",  # noqa: S608
    # Undo may bring an override back before its event: then the event brings its words.
    f"""CREATE TRIGGER search_event_added AFTER INSERT ON event BEGIN
        {_drop(_EVENT.format(row="new"))}
        {_take(_EVENT.format(row="new"))}
    END""",
    f"""CREATE TRIGGER search_event_changed AFTER UPDATE OF title, child, details ON event
    WHEN (old.title, old.child, old.details) IS NOT (new.title, new.child, new.details) BEGIN
        {_drop(_EVENT.format(row="old"))}
        {_take(_EVENT.format(row="new"))}
    END""",
    f"""CREATE TRIGGER search_event_removed AFTER DELETE ON event BEGIN
        {_drop(_EVENT.format(row="old"))}
    END""",
    f"""CREATE TRIGGER search_override_added AFTER INSERT ON override BEGIN
        {_take(_OVERRIDE.format(row="new"))}
    END""",
    f"""CREATE TRIGGER search_override_changed AFTER UPDATE OF title, location, notes, logistics ON override
    WHEN (old.title, old.location, old.notes, old.logistics)
        IS NOT (new.title, new.location, new.notes, new.logistics) BEGIN
        {_drop(_OVERRIDE.format(row="old"))}
        {_take(_OVERRIDE.format(row="new"))}
    END""",
    f"""CREATE TRIGGER search_override_removed AFTER DELETE ON override BEGIN
        {_drop(_OVERRIDE.format(row="old"))}
    END""",
    f"INSERT INTO search_text ({_COLUMNS}) SELECT {_COLUMNS} FROM search_source",  # noqa: S608
)

# From what `search_text` holds.
MAKE_ANEW = "INSERT INTO search_index (search_index) VALUES ('rebuild')"


def leave_no_trace(connection: Connection) -> None:
    """Make the index anew where something was taken off since that was last done.

    `secure-delete` takes a word out of the index proper; but where it was the first on its page, its first letters,
    or all of it, may stay as the mark that tells this page from the one before (15 of 3,000 words taken off, of
    which one whole). 26 ms for 10,000 events, below 1 ms for 300.
    """
    if connection.exec_driver_sql("SELECT may_be FROM search_trace").scalar_one():
        connection.exec_driver_sql(MAKE_ANEW)
        connection.exec_driver_sql("UPDATE search_trace SET may_be = 0")
