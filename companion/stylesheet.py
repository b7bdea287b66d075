"""A style sheet that keeps what it has parsed.

Textual parses every sheet anew, from nothing, whenever a screen brings one of its own and whenever a place is gone to:
30 ms before the second screen, 90 ms before the fortieth. Leans on the inner workings of the pinned Textual.
"""

from __future__ import annotations

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

_SHEETS = 256  # more than the app has; Textual's own 64 would be full after half of its screens


class KeptStylesheet(Stylesheet):
    """See the module. New colors (`set_variables`) forget what was parsed with the ones before."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(_SHEETS)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Textual sets them with every place that is gone to, most often to the same."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what is new. Textual does it in a fresh sheet, because a person may be writing the sheets meanwhile."""
        self.parse()
