"""A widget that reads what it shows, and tells what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from companion.errors import CompanionError

if TYPE_CHECKING:
    from textual.widget import Widget as _Base
else:
    # A second widget among the bases would hide the style sheet of the first: Textual follows one line of them.
    _Base = object


class HeldWidget(_Base):
    """Mixed into a widget, before it. Raised on, a service's sentence would end the widget; the screen is not asked."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except CompanionError as error:
            self.app.tell(error)  # type: ignore[attr-defined]  # the app is ours
