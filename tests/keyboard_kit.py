"""The keys of a journey, counted: the number is part of what the product promises."""

from __future__ import annotations

from textual import events
from textual.pilot import Pilot

from companion.screens.today import TodayScreen


class Keyboard:
    """Presses keys and counts them; what is typed as text is not counted."""

    def __init__(self, pilot: Pilot[None], *, from_today: bool = True) -> None:
        self.pilot = pilot
        self.count = 0
        assert isinstance(pilot.app.screen, TodayScreen) is from_today

    async def press(self, *names: str) -> None:
        for name in names:
            self.count += 1
            await self._send(name)

    async def type(self, text: str) -> None:
        await self._send(*text)

    async def paste(self, text: str) -> None:
        """As a terminal hands over what was pasted: at once, whatever is in it."""
        self.pilot.app.screen.post_message(events.Paste(text))
        await self._send()

    async def _send(self, *names: str) -> None:
        await self.pilot.press(*names)
        await self.pilot.pause()
        await self.pilot.app.workers.wait_for_complete()
        await self.pilot.pause()
