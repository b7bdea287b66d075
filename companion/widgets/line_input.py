"""A text field of one line."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input

from companion.domain.text import FIELD_LIMIT, clean


class LineInput(Input):
    """Takes what is pasted cleaned, and as much as there is room for; Textual's own takes none that is too long.

    Posts `Full` where something was left out, pasted or typed, so that nothing is lost without a word.
    """

    # How far it can be scrolled is all that grows with each key, not its place among the others. Textual lays out the
    # whole screen for that, which in a form was a third of what a key cost.
    virtual_size = Reactive(Size(0, 0))

    class Full(Message):
        """More came than there is room for: `limit` characters."""

        def __init__(self, sender: LineInput, limit: int) -> None:
            super().__init__()
            self.sender = sender
            self.limit = limit

        @property
        def control(self) -> LineInput:
            return self.sender

    def restricted(self) -> None:
        """Instead of Textual's bell, which others in the room hear."""
        self.post_message(self.Full(self, self.max_length or FIELD_LIMIT))

    def _on_paste(self, event: events.Paste) -> None:
        limit = self.max_length or FIELD_LIMIT
        start, end = sorted(self.selection)
        room = limit - (len(self.value) - (end - start))
        text = clean(event.text, len(event.text) + 1)
        fits = text[: max(0, room)]
        event.prevent_default()
        event.stop()
        if fits:
            self.replace(fits, start, end)
        if len(fits) < len(text):
            self.post_message(self.Full(self, limit))
