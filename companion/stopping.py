"""What hiding and locking must stop: child processes, a one-shot server, a sound.

Whoever starts something that would go on after the screen is empty says so here, as a callable that returns at once.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator


class Stopping:
    """A list of things to stop; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stops: list[Callable[[], object]] = []

    @contextlib.contextmanager
    def stopped_by(self, stop: Callable[[], object]) -> Iterator[None]:
        """While the block runs, hiding calls `stop`."""
        self.add(stop)
        try:
            yield
        finally:
            self.remove(stop)

    def add(self, stop: Callable[[], object]) -> None:
        with self._lock:
            self._stops.append(stop)

    def remove(self, stop: Callable[[], object]) -> None:
        with self._lock, contextlib.suppress(ValueError):
            self._stops.remove(stop)

    def stop_all(self) -> None:
        """Stop everything. Never waits long for the lock and never raises: the process is about to end."""
        got = self._lock.acquire(timeout=0.05)
        stops = list(self._stops)
        if got:
            self._lock.release()
        for stop in stops:
            with contextlib.suppress(Exception):
                stop()


running = Stopping()
