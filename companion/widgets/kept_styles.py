"""Styles that are looked up once, for widgets that draw their own lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from rich.style import Style
from textual.geometry import Region

if TYPE_CHECKING:
    from textual.css.styles import RenderStyles
    from textual.widget import Widget as _Base
else:
    # A second widget among the bases would hide the style sheet of the first: Textual follows one line of them.
    _Base = object


class Looks(NamedTuple):
    """What was found for a widget in one state: the rules of its parts, and the styles made of them so far."""

    components: dict[str, RenderStyles]
    styles: dict[str, Style]


class KeptStyles(_Base):
    """Mixed into a widget, before it. Its component styles are kept while only parts of it are drawn again.

    Textual forgets them with every `refresh`, and finding six of them and the ground again cost 0.8 ms a key. They
    can only change with the theme, the focus, the mouse or a style above, and each of these draws the whole widget.
    Where the app's style sheet tells which of these it is (`looks`), they are kept from one time to the next.
    """

    _kept: dict[str, Style] | None = None
    _all_looks: dict[object, Looks] | None = None
    looks: Looks | None = None

    @property
    def all_looks(self) -> dict[object, Looks]:
        """What was found in each state it was in: for the app's style sheet."""
        if self._all_looks is None:
            self._all_looks = {}
        return self._all_looks

    def kept_style(self, name: str = "") -> Style:
        """The style of a component class; of the widget itself without a name."""
        kept = self._kept
        if kept is None:
            kept = self._kept = {} if self.looks is None else self.looks.styles
        style = kept.get(name)
        if style is None:
            style = kept[name] = self.get_component_rich_style(name) if name else self.rich_style
        return style

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        if not regions:
            self._kept = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
