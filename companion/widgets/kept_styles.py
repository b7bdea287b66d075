"""Styles that are looked up once, for widgets that draw their own lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rich.style import Style
from textual.geometry import Region

if TYPE_CHECKING:
    from textual.css.styles import RenderStyles
    from textual.widget import Widget as _Base
else:
    # A second widget among the bases would hide the style sheet of the first: Textual follows one line of them.
    _Base = object


class KeptStyles(_Base):
    """Mixed into a widget, before it. Its component styles are kept while only parts of it are drawn again.

    Textual forgets them with every `refresh`, and finding six of them and the ground again cost 0.8 ms a key. They
    can only change with the theme, the focus, the mouse or a style above, and each of these draws the whole widget.
    """

    _kept: dict[str, Style] | None = None
    _kept_components: dict[object, dict[str, RenderStyles]] | None = None

    @property
    def kept_components(self) -> dict[object, dict[str, RenderStyles]]:
        """The styles of its parts in each state it was in: for the app's style sheet."""
        if self._kept_components is None:
            self._kept_components = {}
        return self._kept_components

    def kept_style(self, name: str = "") -> Style:
        """The style of a component class; of the widget itself without a name."""
        kept = self._kept
        if kept is None:
            kept = self._kept = {}
        style = kept.get(name)
        if style is None:
            style = kept[name] = self.get_component_rich_style(name) if name else self.rich_style
        return style

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        if not regions:
            self._kept = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
