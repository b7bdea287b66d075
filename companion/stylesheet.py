"""A style sheet that keeps what it has parsed, and what it has found for the parts of a widget.

Textual parses every sheet anew, from nothing, whenever a screen brings one of its own and whenever a place is gone to:
30 ms before the second screen, 90 ms before the fortieth. And whenever a widget gets or loses the keys, it looks up
the styles of each of its parts with a new node: 2 ms for the twenty parts of the time grid, and 1,200 objects that
only the garbage collector finds, which then stops the app for 60 ms. Leans on the inner workings of the pinned Textual.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

from companion.widgets.kept_styles import KeptStyles

if TYPE_CHECKING:
    from textual.dom import DOMNode

_SHEETS = 256  # more than the app has; Textual's own 64 would be full after half of its screens
_STATES = 8  # of a widget: with and without the keys, under the mouse, on a narrow and a wide screen


class KeptStylesheet(Stylesheet):
    """See the module. New colors (`set_variables`) forget what was parsed and found with the ones before."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(_SHEETS)
        self._parsed = 0

    def parse(self) -> None:
        super().parse()
        self._parsed += 1

    def _process_component_classes(self, node: DOMNode) -> None:
        """Keep what was found for the parts of a widget of ours while nothing is another that a rule can ask for."""
        if not isinstance(node, KeptStyles):
            super()._process_component_classes(node)
            return
        state = (
            self._parsed,
            *((each._css_type_name, each.id, each.classes, each.pseudo_classes) for each in node.css_path_nodes),
        )
        kept = node.kept_components
        found = kept.pop(state, None)
        if found is None:
            super()._process_component_classes(node)
            found = node._component_styles.copy()
        elif found != node._component_styles:
            node._component_styles.clear()
            node._component_styles.update(found)
            node.refresh()
        kept[state] = found
        while len(kept) > _STATES:
            del kept[next(iter(kept))]

    def set_variables(self, variables: dict[str, str]) -> None:
        """Textual sets them with every place that is gone to, most often to the same."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what is new. Textual does it in a fresh sheet, because a person may be writing the sheets meanwhile."""
        self.parse()
