"""A style sheet that keeps what it has parsed, and what it has found for a widget and for the parts of one.

Textual parses every sheet anew, from nothing, whenever a screen brings one of its own and whenever a place is gone to:
30 ms before the second screen, 90 ms before the fortieth. And whenever a widget gets or loses the keys, it looks up
the styles of each of its parts with a new node: 2 ms for the twenty parts of the time grid, and 1,200 objects that
only the garbage collector finds, which then stops the app for 60 ms. And for every widget it goes through all of the
rules, 1,600 in the end, weighs those that hold, and sets each style again to what it is: with a form, where each widget
is looked up three times, a seventh of the time until it is open. Leans on the inner workings of the pinned Textual.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.cache import LRUCache
from textual.css.match import _check_selectors
from textual.css.stylesheet import Stylesheet

from companion.widgets.kept_styles import KeptStyles, Looks

if TYPE_CHECKING:
    from textual.css.model import Selector
    from textual.css.styles import RulesMap
    from textual.dom import DOMNode

_SHEETS = 256  # more than the app has; Textual's own 64 would be full after half of its screens
_STATES = 8  # of a widget: with and without the keys, under the mouse, on a narrow and a wide screen
_ORDER = frozenset({"first-of-type", "last-of-type", "first-child", "last-child", "empty"})


class _Asked(NamedTuple):
    """What the rules ask that can hold for a widget with one set of names: its types, its id, its classes."""

    selectors: tuple[list[Selector], ...]
    hover: bool
    focus_within: bool
    order: bool
    odd_or_even: bool


class KeptStylesheet(Stylesheet):
    """See the module. New colors (`set_variables`) forget what was parsed and found with the ones before."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(_SHEETS)
        self._parsed = 0
        self._asked: dict[frozenset[str], _Asked] = {}
        # What is left of the rules after the stronger ones have won, by the selectors that hold.
        self._won: dict[tuple[int, ...], RulesMap] = {}
        self._weighed: tuple[DOMNode, tuple[int, ...]] | None = None

    def parse(self) -> None:
        super().parse()
        self._parsed += 1
        self._asked.clear()
        self._won.clear()

    def apply(self, node: DOMNode, *, animate: bool = False, cache: object = None) -> None:
        """Weigh the rules only where these were never weighed together. `cache` is Textual's own, for one update."""
        rules_map = self.rules_map  # first: it parses what is new, and forgets what was found before
        names = frozenset(rules_map.keys() & node._selector_names)
        asked = self._asked.get(names)
        if asked is None:
            asked = self._asked[names] = self._ask(names)
        path = node.css_path_nodes
        hold = tuple(id(selectors) for selectors in asked.selectors if _check_selectors(selectors, path))
        won = self._won.get(hold)
        if won is None:
            self._weighed = node, hold
            super().apply(node, animate=animate)
            self._won.setdefault(hold, {})  # nothing was set
            return
        node._has_hover_style = asked.hover
        node._has_focus_within = asked.focus_within
        node._has_order_style = asked.order
        node._has_odd_or_even = asked.odd_or_even
        if won:
            self.replace_rules(node, won, animate=animate)
        self._process_component_classes(node)

    def _ask(self, names: frozenset[str]) -> _Asked:
        rules = {id(rule): rule for name in names for rule in self.rules_map[name]}.values()
        asks = frozenset().union(*(rule.pseudo_classes for rule in rules))
        return _Asked(
            tuple(selector_set.selectors for rule in rules for selector_set in rule.selector_set),
            "hover" in asks,
            "focus-within" in asks,
            not asks.isdisjoint(_ORDER),
            not asks.isdisjoint({"odd", "even"}),
        )

    def replace_rules(self, node: DOMNode, rules: RulesMap, animate: bool = False) -> None:  # type: ignore[override]
        """Set what is new. Textual means to ask whether anything is, but compares how often each was set, too."""
        if self._weighed is not None and self._weighed[0] is node:
            self._won[self._weighed[1]] = rules
            self._weighed = None
        if node.styles.base._rules == rules and "transitions" not in rules:
            node.notify_style_update()
        else:
            super().replace_rules(node, rules, animate=animate)

    def _process_component_classes(self, node: DOMNode) -> None:
        """Keep what was found for the parts of a widget of ours while nothing is another that a rule can ask for."""
        if not isinstance(node, KeptStyles):
            super()._process_component_classes(node)
            return
        state = (
            self._parsed,
            *((each._css_type_name, each.id, each.classes, each.pseudo_classes) for each in node.css_path_nodes),
        )
        known = node.all_looks
        found = known.pop(state, None)
        if found is None:
            super()._process_component_classes(node)
            found = Looks(node._component_styles.copy(), {})
        elif found is not node.looks:
            node._component_styles.clear()
            node._component_styles.update(found.components)
            node.refresh()
        known[state] = node.looks = found
        while len(known) > _STATES:
            del known[next(iter(known))]

    def set_variables(self, variables: dict[str, str]) -> None:
        """Textual sets them with every place that is gone to, most often to the same."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what is new. Textual does it in a fresh sheet, because a person may be writing the sheets meanwhile."""
        self.parse()
