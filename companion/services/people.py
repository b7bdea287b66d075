"""Her children, and what to call her."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from companion.domain.child import Child
from companion.domain.language import _
from companion.domain.text import TITLE_LIMIT, clean
from companion.errors import InputError
from companion.store.database import Database
from companion.store.people import ChildStore


class People:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._children = ChildStore(database)

    def children(self) -> list[Child]:
        """The youngest first."""
        return self._children.all()

    def put_child(self, child: Child) -> Child:
        """Store a child, new where it has no id. Raises InputError where there is no name or initial."""
        child = replace(
            child,
            id=child.id or uuid4().hex[:8],
            name=clean(child.name, TITLE_LIMIT),
            needs=clean(child.needs, lines=True),
        )
        if not child.name:
            raise InputError(_("There is no name yet."), _("A first letter is enough."))
        new = all(known.id != child.id for known in self._children.all())
        words = _("added the child {name}") if new else _("changed the child {name}")
        with self._database.act(words.format(name=child.name)) as work:
            self._children.put(work, child)
        return child

    def remove_child(self, child_id: str) -> None:
        name = next((known.name for known in self._children.all() if known.id == child_id), "")
        with self._database.act(_("took the child {name} off").format(name=name)) as work:
            self._children.remove(work, child_id)
