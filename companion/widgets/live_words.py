"""Words on the screen that follow what is typed."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class LiveWords(Static):
    """Asked with every key to show what it most often shows already.

    A new layout of a form costs ten times as much as drawing a line of it again, so there is one only where the words
    take more or fewer rows.
    """

    def __init__(self, id: str) -> None:
        super().__init__("", id=id, markup=False)
        self._words = ""

    def put(self, words: str) -> None:
        """Show `words`, letter by letter; "" shows nothing."""
        if words == self._words:
            return
        before, self._words = self._words, words
        width, rows = self.content_size
        new = Content(words)
        same = bool(width and before and words) and new.get_height({}, width) == rows
        self.update(new, layout=not same)
