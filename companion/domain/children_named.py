"""The children that an appointment names: "M. and L." are two, "M." and "m" are one."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"\s*(?:[,;&+/]|\band\b)\s*")


def children_named(text: str) -> list[str]:
    """The names somebody typed, as they are."""
    return [name for part in _BETWEEN.split(text) if (name := part.strip()) and plain_name(name)]


def plain_name(name: str) -> str:
    """A name as it is compared."""
    return name.strip().rstrip(".").casefold()
