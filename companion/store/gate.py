"""Lets work through, any number at a time, or a change of words, alone."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator


class Gate:
    """Threads `enter` and `leave`; `shut` waits until all have left and holds newcomers up meanwhile."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._inside = 0
        self._is_shut = False

    def enter(self) -> None:
        with self._condition:
            self._condition.wait_for(lambda: not self._is_shut)
            self._inside += 1

    def leave(self) -> None:
        with self._condition:
            self._inside -= 1
            self._condition.notify_all()

    @contextlib.contextmanager
    def passing(self) -> Iterator[None]:
        self.enter()
        try:
            yield
        finally:
            self.leave()

    @contextlib.contextmanager
    def shut(self, patience: float) -> Iterator[None]:
        """Alone in there. Raises TimeoutError where others are still inside after `patience` seconds."""
        with self._condition:
            self._condition.wait_for(lambda: not self._is_shut)
            self._is_shut = True
            empty = self._condition.wait_for(lambda: not self._inside, patience)
        try:
            if not empty:
                raise TimeoutError
            yield
        finally:
            with self._condition:
                self._is_shut = False
                self._condition.notify_all()
