"""The kinds of care event; the data is in kinds.toml beside this file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from companion.domain.language import _


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `firm`: never withdrawn only because a newer plan lacks it; `records`: attendance is recorded."""

    id: str
    name: str
    mark: str
    colour: str
    length: timedelta
    discreet: str
    records: bool
    pausable: bool
    firm: bool
    also: tuple[str, ...]

    @property
    def label(self) -> str:
        """The name in the language shown."""
        return _(self.name)


@cache
def all_kinds() -> dict[str, Kind]:
    """Every kind by its id, in the order of the file."""
    data = tomllib.loads(files("companion.domain").joinpath("kinds.toml").read_text("utf-8"))
    return {
        key: Kind(
            id=key,
            name=row["name"],
            mark=row["mark"],
            colour=row["colour"],
            length=timedelta(minutes=row["minutes"]),
            discreet=row["discreet"],
            records=row["records"],
            pausable=row["pausable"],
            firm=row["firm"],
            also=tuple(row["also"]),
        )
        for key, row in data.items()
    }


def kind(kind_id: str) -> Kind:
    """The kind with that id; "other" for an id this version does not know."""
    kinds = all_kinds()
    return kinds.get(kind_id, kinds["other"])


@cache
def _names() -> dict[str, str]:
    names = {other: k.id for k in all_kinds().values() for other in k.also}
    return names | {k.name.casefold(): k.id for k in all_kinds().values()} | {k: k for k in all_kinds()}


def find_kind(words: str) -> Kind | None:
    """The kind that a person means by `words`: its name, its id or another name for it."""
    found = _names().get(" ".join(words.casefold().split()))
    return all_kinds()[found] if found else None


def nearest_kind(words: str) -> Kind | None:
    """The kind whose name is written most like `words`, for a "did you mean"."""
    near = get_close_matches(words.casefold(), list(_names()), 1, 0.6)
    return all_kinds()[_names()[near[0]]] if near else None
