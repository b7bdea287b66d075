"""A text field of one line."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from companion.domain.text import FIELD_LIMIT, clean


class LineInput(Input):
    """Takes what is pasted cleaned, and as much as there is room for; Textual's own takes none that is too long."""

    def _on_paste(self, event: events.Paste) -> None:
        start, end = sorted(self.selection)
        room = (self.max_length or FIELD_LIMIT) - (len(self.value) - (end - start))
        fits = clean(event.text)[: max(0, room)]
        event.prevent_default()
        event.stop()
        if fits:
            self.replace(fits, start, end)
