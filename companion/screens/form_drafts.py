"""What was begun in a form and not saved: more than one thing, where she began another before finishing the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

_MOST = 5  # of one form; the oldest gives way to a sixth
Values = dict[str, str]


class Drafts(Protocol):
    """Where they are kept, by name."""

    def keep(self, form: str, values: Values) -> None: ...
    def get(self, form: str) -> Values | None: ...
    def drop(self, form: str) -> None: ...


class FormDrafts:
    """The drafts of one form. `waiting` are those that stand in no field, the one that is offered next first."""

    def __init__(self, drafts: Drafts, form: str, opened_with: Mapping[str, str]) -> None:
        self._drafts = drafts
        self._form = form
        self._stored = list(self._read())
        self.waiting = [values for values in self._stored if values != opened_with]

    def bring_back(self, instead_of: Values | None) -> Values:
        """The next one. What stood in the fields (None where that was nothing) waits in its turn."""
        values = self.waiting.pop(0)
        if instead_of is not None:
            self.waiting.append(instead_of)
        return values

    def keep(self, values: Values | None) -> None:
        """Store what stands in the fields, or that nothing does, beside those that wait."""
        wanted = [*([] if values is None else [values]), *self.waiting][:_MOST]
        before = self._stored
        for place in reversed(range(len(wanted))):  # the last one first: what moves on is never in memory only
            if place >= len(before) or before[place] != wanted[place]:
                self._drafts.keep(self._name(place), wanted[place])
        for place in reversed(range(len(wanted), len(before))):
            self._drafts.drop(self._name(place))
        self._stored = wanted

    def _read(self) -> Iterator[Values]:
        for place in range(_MOST):
            values = self._drafts.get(self._name(place))
            if not values:
                return
            yield values

    def _name(self, place: int) -> str:
        return f"{self._form}, {place + 1}" if place else self._form
