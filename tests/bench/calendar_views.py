"""Going about in the calendar: each step and each change of view, the 95th of 100, from the second visit on."""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from companion.domain.event import Event
from companion.settled import settle
from tests.bench.data import calendar
from tests.bench.measure import MILLISECOND, Figure
from tests.bench.store import filled

if TYPE_CHECKING:
    from textual.pilot import Pilot

SAMPLES = 100
# Each walk ends where it began: in a round after the first everything was visited before.
WALKS: dict[str, tuple[str, ...]] = {
    "month, a day": ("right", "down", "left", "up"),
    "month, a flip": ("pagedown", "pagedown", "pageup", "pageup"),
    "week, a day": ("right", "right", "left", "left"),
    "week, an appointment": ("down", "down", "up", "up"),
    "week, a week": ("pagedown", "pagedown", "pageup", "pageup"),
    "day, a day": ("right", "right", "left", "left"),
    "day, an appointment": ("down", "down", "up", "up"),
    "list, a row": (*["down"] * 10, *["up"] * 10),
    "list, a page": (*["pagedown"] * 5, *["pageup"] * 5),
    "list, a day": (*["right"] * 5, *["left"] * 5),
}
VIEW_KEYS = {"month": "", "week": "v", "day": "vv", "list": "V"}


async def _taken(pilot: Pilot[None], key: str) -> float:
    """The app's own processor time for a key, with all that follows from it, in milliseconds."""
    begun = time.process_time()
    await pilot.press(key)
    await pilot.pause()
    return (time.process_time() - begun) * MILLISECOND


async def _rounds(pilot: Pilot[None], keys: Sequence[str]) -> list[float]:
    for key in keys:
        await _taken(pilot, key)
    return [await _taken(pilot, key) for _round in range(SAMPLES // len(keys)) for key in keys]


async def _walk(folder: Path, events: list[Event]) -> dict[str, float]:
    from companion.app import CompanionApp
    from companion.messages import ProfileOpened

    session = filled(folder, events)
    app = CompanionApp(None, clock=session.clock)
    found: dict[str, list[float]] = {}
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(ProfileOpened(session))
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.press("2")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press(*"vvvv")
        await pilot.pause()
        settle()  # as the launched app does where a view is shown for the first time
        idle = sorted(await _rounds(pilot, ["f20"] * 4))
        found["another view"] = await _rounds(pilot, ["v"] * 4)
        for walk, keys in WALKS.items():
            there = VIEW_KEYS[walk.partition(",")[0]]
            await pilot.press(*there)
            await pilot.pause()
            found[walk] = await _rounds(pilot, keys)
            await pilot.press(*there.swapcase())
            await pilot.pause()
    session.close()
    gc.unfreeze()
    # What the pilot itself takes to press a key that does nothing is not the app's.
    nothing = idle[len(idle) // 2]
    return {walk: sorted(taken)[len(taken) * 95 // 100] - nothing for walk, taken in found.items()}


def walks(events: list[Event]) -> dict[str, float]:
    """The 95th percentile of each walk."""
    with tempfile.TemporaryDirectory() as name:
        return asyncio.run(_walk(Path(name), events))


def run() -> Iterator[Figure]:
    for events, bound, many in ((calendar(10_000, 500), 80, "10,000"), (calendar(300, 15), 16, "300")):
        for walk, taken in walks(events).items():
            yield Figure(f"{walk}, {many} events, p95", max(0.0, taken), bound, "ms")
