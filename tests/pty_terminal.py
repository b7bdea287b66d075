"""A real pseudo-terminal with a screen that can be read: what a person sees when she runs the program.

pyte draws; the alternate screen, which pyte does not have, is a second pyte screen. Which modes are on (mouse, paste,
cursor …) is read off the bytes themselves.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyte

from companion.terminal import ENTER_EMPTY_SCREEN

PYTHON = sys.executable
COMPANION = (PYTHON, "-m", "companion")

_SWITCH = re.compile(rb"\x1b\[\?(1049|1047|47)([hl])")
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$?[a-gi-km-zA-Z]|\x1b\[[0-9;]*t")
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
# A synchronized update: what stands between the two is one picture, and shown at once when it is whole.
_PICTURE_BEGINS, _PICTURE_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"
_ASKS_FOR_PICTURES, _HAS_PICTURES = b"\x1b[?2026$p", b"\x1b[?2026;2$y"


class Terminal:
    """Runs `command` in a terminal of `columns` × `rows`."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.before = termios.tcgetattr(self.slave)
        self._main, self._alternate = pyte.Screen(columns, rows), pyte.Screen(columns, rows)
        self.screen = self._main
        self.output = bytearray()
        self._tail = b""  # the beginning of a sequence or of a picture, whose rest is still to come
        self._asked = b""
        self._text, self._read = "", 0
        self.status: int | None = None
        self.began = time.perf_counter()
        self.pid = os.fork()
        if self.pid == 0:  # pragma: no cover
            os.setsid()
            fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)
            for fd in (0, 1, 2):
                os.dup2(self.slave, fd)
            os.closerange(3, 100)
            if cwd is not None:
                os.chdir(cwd)
            os.execvpe(command[0], list(command), {**os.environ, **(env or {})})

    # Reading

    def pump(self, seconds: float) -> None:
        """Take in output for at most so long; at once where there is some."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return
        self.output += data
        for _ in range((self._asked + data).count(_ASKS_FOR_PICTURES)):
            os.write(self.master, _HAS_PICTURES)
        self._asked = data[-len(_ASKS_FOR_PICTURES) + 1 :]
        self._draw(data)

    def _draw(self, data: bytes) -> None:
        data = self._tail + data
        self._tail = b""
        begins = data.rfind(_PICTURE_BEGINS)
        if data.rfind(_PICTURE_ENDS) < begins:
            data, self._tail = data[:begins], data[begins:]
        cut = data.rfind(b"\x1b")
        if not self._tail and cut >= 0 and not re.match(rb"\x1b(\[[^@-~]*[@-~]|[^\[])", data[cut:]):
            data, self._tail = data[:cut], data[cut:]
        at = 0
        for switch in _SWITCH.finditer(data):
            self._feed(data[at : switch.start()])
            at = switch.end()
            on = switch[2] == b"h"
            if on and switch[1] == b"1049" and self.screen is self._main:
                self._alternate.reset()
            self.screen = self._alternate if on else self._main
        self._feed(data[at:])

    def _feed(self, data: bytes) -> None:
        if data:
            text = _UNKNOWN_TO_PYTE.sub(b"", data).decode("utf-8", "replace")
            pyte.Stream(self.screen).feed(text)

    @property
    def text(self) -> str:
        if self._read != len(self.output):  # it takes milliseconds, and is asked for again and again
            rows, columns = range(self.screen.lines), range(self.screen.columns)
            cells = ([self.screen.buffer[y][x].data for x in columns] for y in rows)
            self._text = "\n".join("".join(line).rstrip() for line in cells).rstrip()
            self._read = len(self.output)
        return self._text

    @property
    def on_alternate(self) -> bool:
        return self.screen is self._alternate

    def blank(self) -> bool:
        return not self.text.strip()

    def modes(self) -> dict[int, bool]:
        """Each private mode that was ever touched, and whether it is on now."""
        found: dict[int, bool] = {}
        for match in _MODE.finditer(bytes(self.output)):
            for mode in match[1].split(b";"):
                found[int(mode)] = match[2] == b"h"
        return found

    # Waiting

    def until(self, done: object, limit: float = 15.0) -> float:
        """Wait until `done` (a text on the screen, or a callable) holds; gives the seconds it took."""
        check = done if callable(done) else (lambda: str(done) in self.text)
        began = time.perf_counter()
        while not check():
            if time.perf_counter() - began > limit:
                raise AssertionError(f"not within {limit} s: {done!r}; the screen was\n{self.text}")
            if not self.ended():
                self.pump(0.02)
            else:
                self._take_rest()
                if not check():
                    raise AssertionError(f"ended with {self.status}: {done!r}; the screen was\n{self.text}")
        return time.perf_counter() - began

    def settle(self, quiet: float = 0.15, limit: float = 5.0) -> None:
        """Take in output until none came for so many seconds: the picture is whole, not half of the one before."""
        began = time.perf_counter()
        size = -1
        while len(self.output) != size and time.perf_counter() - began < limit:
            size = len(self.output)
            self.pump(quiet)

    def ended(self) -> bool:
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def wait_end(self, limit: float = 15.0) -> int:
        began = time.perf_counter()
        while not self.ended():
            if time.perf_counter() - began > limit:
                raise AssertionError(f"still running after {limit} s; the screen was\n{self.text}")
            self.pump(0.02)
        self._take_rest()
        assert self.status is not None
        return self.status

    def _take_rest(self) -> None:
        """What the program wrote before its end reaches the reader a moment after it."""
        for _ in range(5):
            self.pump(0.02)

    # Acting

    def press(self, keys: str | bytes) -> None:
        os.write(self.master, keys.encode() if isinstance(keys, str) else keys)

    def hide(self, key: str | bytes) -> None:
        """Press a key that hides, and wait until the launcher listens: keys before that are thrown away."""
        size = len(self.output)
        self.press(key)
        self.until(lambda: ENTER_EMPTY_SCREEN in self.output[size:])
        self.until(self.blank)

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the window: the terminal is gone for everyone who has it open."""
        os.close(self.slave)
        os.close(self.master)
        self.master = self.slave = os.open(os.devnull, os.O_RDWR)

    def app_pid(self) -> int:
        """The app, the launcher's child."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        assert len(children) == 1, children
        return int(children[0])

    # What it must be like in the end

    def settings(self) -> list[object]:
        return termios.tcgetattr(self.slave)

    def assert_given_back(self) -> None:
        """Nothing of the app is left in the terminal."""
        modes = self.modes()
        for mode in (1000, 1002, 1003, 1004, 1006, 1015, 2004, 1049):
            assert not modes.get(mode, False), f"mode {mode} is still on"
        assert modes.get(25, True), "the cursor is hidden"
        assert modes.get(7, True), "long lines are cut"
        assert not self.on_alternate
        assert self.settings() == self.before

    def close(self) -> None:
        if not self.ended():
            for pid in self._family():
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            if self.status is None:
                os.waitpid(self.pid, 0)
        for fd in {self.master, self.slave}:
            os.close(fd)

    def _family(self) -> list[int]:
        try:
            children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        except OSError:
            children = []
        return [self.pid, *map(int, children)]
