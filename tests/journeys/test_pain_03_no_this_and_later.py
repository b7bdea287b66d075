"""Pain 3: nothing between "this one" and "all of them", and a cancelled one can't be brought back.

khal #524 and #1122 ask for it, calcurse #180 too; khal #1100 asks for the way back.
"""

from __future__ import annotations

from datetime import date

from app_kit import running, shown
from journeys.series_journey_kit import NEXT, keys, on, seen, with_group

from companion.domain.clock import FixedClock


async def test_this_and_later_are_words_and_what_is_cancelled_comes_back(clock: FixedClock) -> None:
    """The naive calendar knows "this" and "all" only, and a cancelled session is gone: nothing to bring back."""
    opened = with_group(clock)
    before = seen(opened)
    async with running(opened) as pilot:
        # "This and later" are words in a list; what was before stays.
        await keys(pilot, "g", "'dec 8", "enter", "x")
        assert "This one and all later ones" in shown(pilot)
        await keys(pilot, "down", "enter")
        assert [s for s in seen(opened) if not s.endswith("x")] == before[:6]
        assert len(seen(opened)) == len(before)  # cancelled ones are still to be seen
        # One of them comes back by itself, then the rest.
        await keys(pilot, "tab", "enter", "b", "enter")
        assert seen(opened)[6:] == ["Group Tue 08 18", "Group Tue 15 18 x", "Group Tue 22 18 x"]
        await keys(pilot, "g", "'dec 15", "enter", "tab", "enter", "b", "down", "enter")
        assert seen(opened) == before
        # This and later move to Wednesdays, in few keys and never out of sight of what that means.
        await keys(pilot, "g", "'dec 1", "enter", "tab", "enter")
        pressed = await keys(pilot, "m", "'wed dec 2", "up", "right")
        assert "Every Wednesday" in shown(pilot)
        assert pressed + await keys(pilot, "ctrl+s") <= 4
    assert seen(opened)[:5] == before[:5]
    assert seen(opened)[5:] == [f"Group Wed {day} 18" for day in ("02", "09", "16", "23")]
    assert on(opened, date(2026, 12, 9)).event.continues == on(opened, NEXT).event.uid
