"""Pain 4: one slip of the finger deletes a whole series.

"s" for a single one and "a" for all lie side by side in calcurse (#495); elementary has it (#551); ikhal ends when one
of a series is deleted (#1288, #1290, #1207, #793).
"""

from __future__ import annotations

from string import ascii_lowercase

from app_kit import running
from journeys.series_journey_kit import LAST, NEXT, keys, seen, with_group

from companion.domain.clock import FixedClock
from companion.screens.dialogs import Choice


async def test_no_neighbor_key_does_it_and_one_key_takes_it_back(clock: FixedClock) -> None:
    """The naive calendar asks "s(ingle) or a(ll)?": the neighbor key deletes years, at once and for good."""
    opened = with_group(clock)
    before = seen(opened)
    async with running(opened) as pilot:
        await keys(pilot, "g", "'dec 1", "enter", "x")
        for letter in ascii_lowercase:
            await keys(pilot, letter)
            assert seen(opened) == before and isinstance(pilot.app.screen, Choice)
        await keys(pilot, "escape")
        assert seen(opened) == before
        # Enter alone takes the answer that does least.
        await keys(pilot, "x", "enter")
        assert [s for s in seen(opened) if s.endswith("x")] == ["Group Tue 01 18 x"]
        await keys(pilot, "ctrl+z")
        # And the slip itself is one step back, the past untouched meanwhile, also after the app was closed.
        await keys(pilot, "x", "end", "up", "enter")
        assert [s for s in seen(opened) if not s.endswith("x")] == before[:4]
        assert opened.planner.marks(LAST, NEXT)
    async with running(opened) as pilot:
        await keys(pilot, "2", "ctrl+z")
        assert "Undo: cancelled all of Group." in next(n.message for n in pilot.app._notifications)
    assert seen(opened) == before
