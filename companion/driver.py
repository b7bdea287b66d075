"""Textual's driver, with the hide and leave keys caught in the input thread.

A key binding waits while an action blocks (2.8 s measured with a sleeping action); the input thread does not. So the
bytes are looked at before they become events. Textual's parser is not asked: it may be within a paste or waiting for
the rest of an escape sequence. Leans on the inner workings of the pinned Textual: `run_input_thread` follows its
LinuxDriver's.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import select
import selectors
import signal
import sys
import termios
import threading
from typing import IO, Any, cast

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from companion.stopping import running
from companion.terminal import BLANK, LEAVE_SCREEN, Ended, KeyWatch, Press

_MOST_BYTES = 4096
_WAIT = 0.05  # seconds to wait for a write that is under way


class Gate:
    """The terminal as a file that can be shut: after that nothing is painted any more.

    Textual paints from a thread of its own. Without a gate it could finish a picture after the screen was emptied.
    """

    def __init__(self, file: IO[str]) -> None:
        self._fd = file.fileno()
        self._lock = threading.Lock()
        self._shut = False

    def fileno(self) -> int:
        return self._fd

    def isatty(self) -> bool:
        return os.isatty(self._fd)

    def write(self, text: str) -> int:
        with self._lock:
            data = memoryview(text.encode("utf-8", "replace"))
            while data and not self._shut:
                data = data[os.write(self._fd, data) :]
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""

    def shut(self, last: bytes) -> None:
        """Throw away what isn't shown yet, write `last`, and let nothing through from now on. Safe in any thread."""
        self._shut = True
        with contextlib.suppress(termios.error, OSError):
            termios.tcflush(self._fd, termios.TCOFLUSH)
        held = self._lock.acquire(timeout=_WAIT)
        # Not to wait for a terminal that takes nothing any more: the process has to end all the same.
        with contextlib.suppress(OSError, ValueError):
            if select.select([], [self._fd], [], _WAIT)[1]:
                os.write(self._fd, last)
        if held:
            self._lock.release()


class CompanionDriver(LinuxDriver):
    """Hides at once, whatever the app is doing."""

    def __init__(
        self, app: Any, *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.gate = Gate(cast("IO[str]", sys.__stderr__))
        self._file = cast("Any", self.gate)
        self._launcher = os.getppid()
        self._hides = False

    def vanish(self, status: int, words: str = "") -> None:
        """Empty the screen, give the terminal back as it was, and end the process. Nothing is asked, nothing saved.

        Every change was committed before the screen said so, and the data file stands a hard end (docs/privacy.md).
        `words`, if any, are printed on the normal screen.
        """
        alone = os.getppid() != self._launcher
        self.gate.shut(LEAVE_SCREEN + words.encode() if words or alone else BLANK)
        # A process in the background may not change the terminal, and would be stopped for trying.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        if self.attrs_before is not None:
            with contextlib.suppress(termios.error, OSError):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        running.stop_all()
        os._exit(status)

    def blank(self) -> None:
        """Empty the screen and paint nothing more, while the process still has something to finish."""
        self.gate.shut(BLANK)

    def run_input_thread(self) -> None:
        watch = KeyWatch()
        selector = selectors.SelectSelector()
        selector.register(self.fileno, selectors.EVENT_READ)
        parser = XTermParser(self._debug)
        # An old mouse report beyond column 95 isn't UTF-8; a strict decoder ends the app there.
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        try:
            while not self.exit_event.is_set():
                ready = selector.select(0.1)
                if ready:
                    data = os.read(self.fileno, _MOST_BYTES)
                    if not data:  # the terminal is gone
                        break
                    if self._ends(watch, data):  # what is typed from here on is meant for nobody
                        return
                    for event in parser.feed(decode(data)):
                        self.process_message(event)
                elif watch.pending():
                    watch.give_up()
                for event in parser.tick():
                    self.process_message(event)
        finally:
            selector.close()

    def _ends(self, watch: KeyWatch, data: bytes) -> bool:
        """Whether hide or leave was pressed; the end of the process is under way then."""
        presses = watch.feed(data)
        if Press.HIDE in presses:
            self._app.hiding()  # type: ignore[attr-defined]  # ShellApp; the driver is made for it
            return True
        if Press.LEAVE in presses:
            self._app.leaving()  # type: ignore[attr-defined]
            return True
        return False

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except OSError:
            # The terminal is gone: nobody is there to be told.
            self.vanish(Ended.LEFT)
        except Exception as error:  # noqa: BLE001  a thread's last net: Textual's own would print the exception
            self._app.call_later(self._app._handle_exception, error)
