"""The process a person starts. It holds no secret: it starts the app, cleans the terminal after it whatever happened,
shows the empty screen while hidden, and starts a fresh app where the last one locked itself.

A fresh process is the only lock that really empties memory (measured: after closing everything the raw key is still
found in the old one). Standard library only, and little of it: what is loaded here delays the first picture.
"""

from __future__ import annotations

import os
import sys

from companion.terminal import (
    CALM,
    ENTER_EMPTY_SCREEN,
    GIVE_TITLE_BACK,
    KEEP_TITLE,
    LEAVE_SCREEN,
    MARK,
    NO_TITLE,
    Ended,
    KeyWatch,
    Press,
)

TYPE_CHECKING = False
if TYPE_CHECKING:  # the typing module is not loaded for this
    from collections.abc import Mapping
    from typing import Any

# The app in a child. -E and -P: nothing in the environment or the current folder changes what is imported; utf8: the
# screen is drawn in UTF-8 in every locale. Not -m: runpy costs 5 ms and would load the module twice.
APP = ("-E", "-P", "-X", "utf8", "-c", "from companion.crash import guard; guard()")
_AFTER_ESC = 0.05  # seconds in which the rest of an escape sequence follows
_FROM_OUTSIDE = frozenset({1, 2, 3, 9, 15})  # hang-up, interrupt, quit, kill, terminate
_DROPPED = ("TEXTUAL", "PYTHON")  # could write the screen into a file, log it, or load other code
_DROPPED_NAMES = frozenset({"COLUMNS", "LINES"})  # the terminal itself knows its size


def launch(data: str | None, at: str = "") -> int:
    """Open the app on the profiles in `data` (None: the usual place) and stay until it ends; gives the exit status.

    `at` is where it opens: "" the profiles, "numbers" the numbers to call, "coach" the coach's desk.
    """
    os.umask(0o077)
    refusal = why_not(os.environ, os.isatty(0), os.isatty(1))
    if refusal:
        sys.stderr.write(f"{refusal}\n")
        return Ended.REFUSED
    if os.name == "nt":
        return _launch_on_windows(data, at)
    return _Launcher(data).run(at)


def why_not(environ: Mapping[str, str], input_is_terminal: bool, output_is_terminal: bool) -> str:
    """Why the app can't be drawn here, in plain words; "" where it can."""
    dumb = os.name != "nt" and environ.get("TERM", "dumb") in ("dumb", "unknown", "")
    if input_is_terminal and output_is_terminal and not dumb:
        return ""
    from companion.domain.language import _

    if dumb and input_is_terminal and output_is_terminal:
        return _("This terminal can't show the app. Open another terminal window, or try: companion agenda")
    return _("The app needs a terminal window of its own. For plain text try: companion agenda")


def child_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment without what could make the app show or write what it should not."""
    return {
        name: value for name, value in environ.items() if not name.startswith(_DROPPED) and name not in _DROPPED_NAMES
    }


def child_arguments(data: str | None, at: str) -> list[str]:
    """The child's command. Nothing personal is in it: every account of the computer can list it."""
    arguments = [sys.executable, *APP]
    if data is not None:
        arguments += ["--data", os.path.abspath(data)]  # noqa: PTH100  pathlib would cost 8 ms
    if at:
        arguments += ["--at", at]
    return arguments


class _Launcher:
    """One terminal, one app after the other."""

    def __init__(self, data: str | None) -> None:
        import resource
        import termios

        self._data = data
        self._child = 0
        self._termios = termios
        self._before: list[Any] = termios.tcgetattr(0)
        self._titled = os.environ.get("TERM", "") not in NO_TITLE
        self._environment = child_environment(os.environ)
        self._stop_with = 0
        self._listening = False
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def run(self, at: str) -> int:
        self._write(KEEP_TITLE + MARK if self._titled else MARK)
        status: int = Ended.LEFT
        try:
            while True:
                status = self._run_child(at)
                if self._stop_with:
                    break
                if status == Ended.HIDDEN:
                    press = self._wait_while_hidden()
                    if press in (Press.HIDE, Press.LEAVE):
                        status = Ended.LEFT
                        break
                    at = "numbers" if press == Press.NUMBERS else ""
                elif status == Ended.LOCKED:
                    at = ""
                else:
                    break
        finally:
            self._clean(status)
        return self._told(status)

    def _take_signals(self) -> None:
        import signal

        # Ctrl+C belongs to the app, which gets it as a key.
        self._listening = True
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._pass_on)

    def _pass_on(self, number: int, _frame: object) -> None:
        self._stop_with = number
        if self._child:
            try:  # noqa: SIM105  contextlib would cost a millisecond of the first picture
                os.kill(self._child, number)
            except ProcessLookupError:
                pass
        else:
            raise SystemExit(128 + number)

    def _run_child(self, at: str) -> int:
        """Start the app and wait for its end; gives its exit status, negative for a signal."""
        # Textual paints on standard error; where that goes into a file, the screen goes to the terminal all the same.
        actions = [] if os.isatty(2) else [(os.POSIX_SPAWN_DUP2, 1, 2)]
        command = child_arguments(self._data, at)
        self._child = os.posix_spawn(command[0], command, self._environment, file_actions=actions)
        if not self._listening:  # only now: the signal module is loaded while the child starts
            self._take_signals()
        try:
            while True:
                _pid, status = os.waitpid(self._child, os.WUNTRACED)
                if os.WIFSTOPPED(status):  # stopped from outside: stop with it, go on with it
                    import signal

                    os.kill(os.getpid(), signal.SIGSTOP)
                    os.kill(self._child, signal.SIGCONT)
                    continue
                return os.waitstatus_to_exitcode(status)
        finally:
            self._child = 0

    def _wait_while_hidden(self) -> int:
        """The empty screen, until a key says what next. There is nothing behind it: the app has ended."""
        import select
        import tty

        watch = KeyWatch()
        try:
            # What was typed while the app ended is thrown away, for a key held down would leave or come back. Only
            # the numbers to call are never a key too early.
            tty.setraw(0, self._termios.TCSANOW)
            while select.select([0], [], [], 0)[0] and (early := os.read(0, 1024)):
                if Press.NUMBERS in watch.feed(early):
                    return Press.NUMBERS
            self._write(ENTER_EMPTY_SCREEN)
            while True:
                ready, _, _ = select.select([0], [], [], _AFTER_ESC if watch.pending() else None)
                if not ready:  # Esc alone
                    return Press.OTHER
                data = os.read(0, 1024)
                if not data:
                    return Press.LEAVE
                pressed = [press for press in watch.feed(data) if press != Press.NOTHING]
                if pressed:
                    return max(pressed)
        except OSError:  # the window was closed
            return Press.LEAVE
        finally:
            self._restore()

    def _clean(self, status: int) -> None:
        # After a fault the app has left the screen itself, and its sentence stands there.
        self._write(CALM if status == Ended.FAULT else LEAVE_SCREEN)
        if self._titled:
            self._write(GIVE_TITLE_BACK)
        self._restore()

    def _told(self, status: int) -> int:
        """The exit status for the shell, with a sentence where the app ended in a way it should not."""
        if self._stop_with:
            return 128 + self._stop_with
        if status in (Ended.LEFT, Ended.REFUSED, Ended.FAULT):
            return status
        from companion.crash import sentence, stopped

        if -status in _FROM_OUTSIDE:
            sys.stderr.write(stopped())
            return 128 - status
        sys.stderr.write(sentence(f"SIG{-status}" if status < 0 else f"EXIT{status}"))
        return Ended.FAULT

    def _restore(self) -> None:
        try:
            self._termios.tcflush(0, self._termios.TCIFLUSH)  # a key held down is not typed into the shell
            self._termios.tcsetattr(0, self._termios.TCSANOW, self._before)
        except (self._termios.error, OSError):
            pass  # the window was closed

    @staticmethod
    def _write(data: bytes) -> None:
        try:  # noqa: SIM105  as above
            os.write(1, data)
        except OSError:
            pass  # the window was closed


def _launch_on_windows(data: str | None, at: str) -> int:
    """The same round with what Windows has. Not tried on a real one yet: README, "What was tried"."""
    import subprocess

    while True:
        status = subprocess.run(child_arguments(data, at), env=child_environment(os.environ), check=False).returncode
        if status == Ended.HIDDEN:
            press = _windows_key()
            if press in (Press.HIDE, Press.LEAVE):
                status = Ended.LEFT
            else:
                at = "numbers" if press == Press.NUMBERS else ""
                continue
        if status == Ended.LOCKED:
            at = ""
            continue
        sys.stdout.write((CALM if status == Ended.FAULT else LEAVE_SCREEN).decode())
        sys.stdout.flush()
        if status in (Ended.LEFT, Ended.REFUSED, Ended.FAULT):
            return status
        from companion.crash import sentence

        sys.stderr.write(sentence(f"EXIT{status & 0xFFFFFFFF:X}"))
        return Ended.FAULT


def _windows_key() -> int:
    import msvcrt

    sys.stdout.write(ENTER_EMPTY_SCREEN.decode())
    sys.stdout.flush()
    key: str = msvcrt.getwch()  # type: ignore[attr-defined]  # there on Windows only
    if key in ("\x00", "\xe0"):  # a function key: a second code follows; 134 is F12, 63 is F5
        code = ord(msvcrt.getwch())  # type: ignore[attr-defined]
        return {134: Press.HIDE, 63: Press.NUMBERS}.get(code, Press.OTHER)
    return {"\x18": Press.HIDE, "\x11": Press.LEAVE}.get(key, Press.OTHER)
