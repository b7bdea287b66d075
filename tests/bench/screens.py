"""The app in a real terminal: the first picture, opening, a key in the month, memory."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from companion.domain.event import Event
from tests.bench.data import GRID, calendar
from tests.bench.measure import MILLISECOND, Figure, pairs
from tests.bench.store import filled
from tests.pty_terminal import Terminal

ONE_LABEL = "from textual.app import App\nfrom textual.widgets import Label\n" + (
    "class Bare(App):\n    def compose(self): yield Label('READY-NOW')\nBare().run()\n"
)
ENVIRONMENT = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}


class Unread(Terminal):
    """A terminal that only keeps the bytes: drawing them would cost the same processor the app runs on."""

    def _draw(self, data: bytes) -> None:
        pass

    def waits_for(self, mark: bytes, limit: float = 20.0) -> float:
        """Milliseconds since the start until `mark` was written."""
        self.until(lambda: mark in self.output, limit)
        return (time.perf_counter() - self.began) * MILLISECOND


def first_picture(command: Sequence[str], mark: bytes) -> float:
    terminal = Unread(command, env=ENVIRONMENT)
    try:
        return terminal.waits_for(mark)
    finally:
        terminal.close()


def resident(command: Sequence[str], ready: Callable[[Unread], None], child: bool) -> float:
    """Resident megabytes once `ready` has come back."""
    terminal = Unread(command, env=ENVIRONMENT)
    try:
        ready(terminal)
        pid = terminal.app_pid() if child else terminal.pid
        status = Path(f"/proc/{pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024
    finally:
        terminal.close()


def opening(data: Path) -> float:
    """Milliseconds from Enter on a profile without words until Today is painted."""
    terminal = Unread((_companion(), "--data", str(data)), env=ENVIRONMENT)
    try:
        terminal.waits_for(b"bench")
        # The database is imported behind the list, while she reads; a person takes longer than this to press a key.
        _let_pass(terminal, 1.5)
        begun = time.perf_counter()
        terminal.press("\r")
        terminal.until(lambda: b"Next" in terminal.output)
        return (time.perf_counter() - begun) * MILLISECOND
    finally:
        terminal.close()


def _let_pass(terminal: Terminal, seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        terminal.pump(0.02)


def _companion() -> str:
    return str(Path(sys.executable).with_name("companion"))


def month_keys(events: list[Event], key: str, runs: int = 15) -> float:
    """The app's own processor time for one key in the month, in milliseconds: the median of `runs`."""
    import asyncio
    import statistics

    from companion.app import CompanionApp
    from companion.messages import ProfileOpened
    from companion.widgets.month_grid import MonthGrid

    async def measure(folder: Path) -> float:
        session = filled(folder, events)
        app = CompanionApp(None, clock=session.clock)
        async with app.run_test(size=(80, 24)) as pilot:
            app.post_message(ProfileOpened(session))
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.press("2")
            await app.workers.wait_for_complete()
            await pilot.pause()
            app.screen.query_one(MonthGrid).focus()
            await pilot.press(key, key)
            taken = []
            for _ in range(runs):
                begun = time.process_time()
                await pilot.press(key)
                await pilot.pause()
                taken.append((time.process_time() - begun) * MILLISECOND)
            idle = []
            for _ in range(runs):
                begun = time.process_time()
                await pilot.press("f20")
                await pilot.pause()
                idle.append((time.process_time() - begun) * MILLISECOND)
        session.close()
        # What the pilot itself takes to press a key that does nothing is not the app's.
        return max(0.0, statistics.median(taken) - statistics.median(idle))

    with tempfile.TemporaryDirectory() as name:
        return asyncio.run(measure(Path(name)))


def run() -> Iterator[Figure]:
    bare = (sys.executable, "-c", ONE_LABEL)
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        session = filled(data, calendar(2_000, 100))
        session.close()
        ours = (_companion(), "--data", name)
        app, label, ratio = pairs(lambda: first_picture(ours, b"bench"), lambda: first_picture(bare, b"READY-NOW"), 21)
        yield Figure("first picture against a one-label app", ratio, 1.4, "×", f"{app:.0f} / {label:.0f} ms")

        opened = sorted(opening(data) for _ in range(7))[3]
        yield Figure("from Enter to Today painted, no words", opened, 350, "ms")

        def at_today(terminal: Unread) -> None:
            terminal.waits_for(b"bench")
            _let_pass(terminal, 1.5)
            terminal.press("\r")
            terminal.until(lambda: b"Next" in terminal.output)
            _let_pass(terminal, 0.5)

        nothing = resident(bare, lambda t: _ready(t), child=False)
        whole = resident(ours, at_today, child=True)
        yield Figure("resident memory, open app", whole, 1.6 * nothing + 45, "MB", f"bare Textual {nothing:.0f} MB")

    many, few = calendar(10_000, 500), calendar(300, 15)
    yield Figure("a day key in the month, 10,000 events", month_keys(many, "right"), 8, "ms", f"{GRID[0]:%b %Y}")
    yield Figure("a month flip, 10,000 events", month_keys(many, "pagedown"), 80, "ms")
    yield Figure("a month flip, 300 events", month_keys(few, "pagedown"), 15, "ms")


def _ready(terminal: Unread) -> None:
    terminal.waits_for(b"READY-NOW")
    _let_pass(terminal, 0.5)
