"""The shell of the app: how it hides, leaves, locks by itself and breaks, without a word of hers reaching the terminal.

The first line of hiding is the driver's input thread (driver.py); the actions here are the second.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App

from companion.crash import crash_code, sentence
from companion.domain.text import clean
from companion.idle import IdleWatch
from companion.screens.base import Described
from companion.terminal import Ended

if TYPE_CHECKING:
    from textual.driver import Driver

LOCK_AFTER = 5 * 60.0
_LOOK = 5.0  # seconds between two looks at the idle time
_MOST_PASTED = 20_000  # characters
_MOST_FOR_CLOSING = 0.7  # seconds until a leave no longer waits for a blocked action
_MOST_FOR_DRAFTS = 0.3  # and until hiding doesn't; the screen is empty from the first moment on


class ShellApp(App[None]):
    """Ends in the four ways that the launcher knows (terminal.Ended).

    `launched`: this is the launcher's child, so a fault ends the process with a code and no word more. Subclasses say
    whether there is anything to lock (`holds_anything`) and what is closed on the way out (`close_all`).
    """

    ALLOW_SELECT = False  # selected text would go to the terminal's clipboard
    ENABLE_COMMAND_PALETTE = False  # Textual's own offers a screenshot, which writes the screen to disk

    def __init__(
        self,
        *,
        launched: bool = False,
        lock_after: float = LOCK_AFTER,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(driver_class=_driver_class())
        self.launched = launched
        self.idle = IdleWatch(lock_after, monotonic, wall)
        self._launcher = os.getppid()

    def on_mount(self) -> None:
        self.set_interval(_LOOK, self._look_at_idle)
        if self.launched:
            _silence(self)

    def holds_anything(self) -> bool:
        """Whether locking would keep anything from somebody's eyes."""
        return any(isinstance(screen, Described) and screen.holds_text() for screen in self.screen_stack)

    def close_all(self) -> None:
        """Close what is open, ask nothing."""
        self.keep_drafts()

    def keep_drafts(self) -> None:
        """Keep what is half typed."""
        for screen in self.screen_stack:
            if isinstance(screen, Described):
                screen.leave_quietly()

    def action_hide(self) -> None:
        self.hiding()

    def action_leave(self) -> None:
        self.leaving()

    def hiding(self) -> None:
        """Empty the screen at once, keep what is half typed, end. Safe in any thread."""
        self._end(Ended.HIDDEN, self.keep_drafts, _MOST_FOR_DRAFTS)

    def leaving(self, status: int = Ended.LEFT) -> None:
        """Empty the screen at once, close the profile, end. Safe in any thread.

        Closing folds the last changes into the data file, so that no deleted text stays beside it.
        """
        self._end(status, self.close_all, _MOST_FOR_CLOSING)

    def _end(self, status: int, finish: Callable[[], None], most: float) -> None:
        """Empty the screen, `finish` in the app's own thread, end; after `most` seconds it ends all the same."""
        driver = self._our_driver()
        if driver is None:
            self._finish_and_end(status, finish)
            return
        driver.blank()
        watchdog = threading.Timer(most, driver.vanish, (status,))
        watchdog.daemon = True
        watchdog.start()
        driver._loop.call_soon_threadsafe(self._finish_and_end, status, finish)

    def lock(self) -> None:
        """Lock: the process ends, the launcher starts a fresh one that asks for the words."""
        self.leaving(Ended.LOCKED)

    def _finish_and_end(self, status: int, finish: Callable[[], None]) -> None:
        try:
            finish()
        finally:  # a full disk keeps nobody from hiding
            self._vanish(status)

    def _vanish(self, status: int, words: str = "") -> None:
        driver = self._our_driver()
        if driver is not None:
            driver.vanish(status, words)
        else:
            self.exit(return_code=status)

    def _our_driver(self) -> Any:
        return self._driver if hasattr(self._driver, "vanish") else None

    def hold_lock(self, seconds: float) -> None:
        """Don't lock by itself for so long: an activity is running."""
        self.idle.hold(seconds)

    def release_lock(self) -> None:
        self.idle.release()

    def _look_at_idle(self) -> None:
        if self.launched and os.getppid() != self._launcher:  # the launcher is gone: nobody else cleans up
            self.leaving()
        elif self.idle.due() and self.holds_anything():
            self.lock()
        else:
            self.look_around()

    def look_around(self) -> None:
        """Called every few seconds, as long as it stays open: what is to be done at a time is looked at here."""

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.InputEvent | events.Paste):
            self.idle.touch()
        if isinstance(event, events.Paste) and not event.is_forwarded and not _holds_secret(self.focused):
            # Every field, Textual's own too, draws an escape sequence that is pasted as it is.
            event = events.Paste(clean(event.text, _MOST_PASTED, lines=True))
        await super().on_event(event)

    # Faults

    def _handle_exception(self, error: Exception) -> None:
        """Textual's own prints the local variables of every frame, words and titles among them."""
        if not self.launched:
            super()._handle_exception(error)
            return
        self._fault(crash_code(error))

    def panic(self, *renderables: Any) -> None:
        if not self.launched:
            super().panic(*renderables)
            return
        self._fault("PANIC")

    def _fault(self, code: str) -> None:
        driver = self._our_driver()
        words = sentence(code)
        if driver is not None:
            driver.vanish(Ended.FAULT, words)
        sys.__stderr__.write(words)  # type: ignore[union-attr]  # the launcher refuses to start without a terminal
        sys.__stderr__.flush()  # type: ignore[union-attr]
        os._exit(Ended.FAULT)


def _holds_secret(field: object) -> bool:
    """Whether it shows dots: words are taken as they are, and not drawn."""
    return bool(getattr(field, "password", False))


def _driver_class() -> type[Driver] | None:
    """Ours where there is a POSIX terminal; elsewhere Textual's, with the bindings as the only line."""
    if os.name == "nt":
        return None
    from companion.driver import CompanionDriver

    return CompanionDriver


def _silence(app: ShellApp) -> None:
    """Nothing but the app itself writes to the terminal: no warning, no log line, no traceback of a thread."""
    import logging
    import warnings

    warnings.simplefilter("ignore")
    logging.lastResort = None

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if isinstance(args.exc_value, Exception):
            app._handle_exception(args.exc_value)

    threading.excepthook = in_thread
    sys.unraisablehook = lambda _args: None
    asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)


def close_memory() -> None:
    """Other programs of the same account can't read this process' memory from here on (Linux)."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE
