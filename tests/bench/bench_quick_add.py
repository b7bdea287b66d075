"""The typed line: reading it with every key, and what a key costs in the app: python -m tests.bench bench_quick_add."""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from companion.domain.quick_add import Scene, read_sentence
from companion.domain.quick_add_words import reading
from tests.bench.data import calendar
from tests.bench.measure import MILLISECOND, Figure, milliseconds
from tests.bench.store import filled

TODAY = date(2026, 11, 21)
SCENE = Scene(datetime(2026, 11, 21, 9), TODAY, "America/New_York", children=("M.", "Leo"))
SENTENCES = (
    "group every tue 6pm-7:30 at Mill St for 12 weeks",
    "IOP every mon, wed and fri 9-12 at 12 Mill St, room 3 for 8 weeks childcare grandma bus 14 bring ID",
    "counselling every other thursday 2-2:50pm with Dana online remind 1 day and 2 hours before",
    "check-up for Leo next fri at 10 needs childcare leave 40 minutes before",
    "home visit monthly on the first monday at 11 until feb 16",
    "court december 3rd at 9 at 100 Main St bring ID, pay slip and card with Ms. Ortiz",
)
LONGEST = ("every tue and " * 30)[:300]


def run() -> Iterator[Figure]:
    lines = [sentence[:length] for sentence in SENTENCES for length in range(1, len(sentence) + 1)]
    taken = sorted(_read(line) for line in lines for _again in range(3))
    yield Figure("reading a line that is being typed, median", statistics.median(taken), 2, "ms", f"{len(lines)} lines")
    yield Figure("… the slowest in a hundred", taken[-len(taken) // 100], 10, "ms")
    yield Figure("the longest line, full of days", milliseconds(lambda: _read(LONGEST)), 10, "ms")
    yield Figure("importing the reader", _imported(), 150, "ms", "once, with the first a")
    keys = sorted(asyncio.run(_keys()))
    yield Figure("a key in the line, app-side, median", statistics.median(keys), 10, "ms", f"{len(keys)} keys")


def _read(line: str) -> float:
    """Processor time in milliseconds: what else runs meanwhile is not the reader's."""
    begun = time.thread_time()
    reading(read_sentence(line, SCENE), TODAY)
    return (time.thread_time() - begun) * MILLISECOND


def _imported() -> float:
    """What the reader adds to what the calendar has imported already."""
    code = (
        "import time, companion.services.planner\nbegun = time.process_time()\n"
        "import companion.domain.quick_add_words\nprint((time.process_time() - begun) * 1000)"
    )
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _n in range(5)]
    return statistics.median(float(each.stdout) for each in runs)


async def _keys() -> list[float]:
    """The app's own processor time for each key of a sentence, less what the pilot takes for one that does nothing."""
    from companion.app import CompanionApp
    from companion.messages import ProfileOpened

    with tempfile.TemporaryDirectory() as name:
        session = filled(Path(name), calendar(300, 15))
        app = CompanionApp(None, clock=session.clock)
        async with app.run_test(size=(80, 24)) as pilot:

            async def press(key: str) -> float:
                begun = time.process_time()
                await pilot.press(key)
                await pilot.pause()
                return (time.process_time() - begun) * MILLISECOND

            app.post_message(ProfileOpened(session))
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.press("a")
            await pilot.pause()
            idle = statistics.median([await press("f20") for _n in range(15)])
            taken = [await press(key) for sentence in SENTENCES[:2] for key in sentence]
        session.close()
    return [max(0.0, each - idle) for each in taken]
