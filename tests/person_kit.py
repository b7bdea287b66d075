"""A person at the keyboard of a real terminal: she reads the screen, presses keys that are counted, and types.

Nothing here waits for a time; every step waits for what she would wait to see.
"""

from __future__ import annotations

import os
import select
import time
from collections.abc import Sequence
from pathlib import Path

from pty_terminal import COMPANION, Terminal

WORDS = "blue kettle garden seven"
KEYS = {
    "enter": "\r", "esc": "\x1b", "tab": "\t", "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
    "pgdn": "\x1b[6~", "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS",
    "f5": "\x1b[15~", "f6": "\x1b[17~", "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f12": "\x1b[24~",
    "ctrl+x": "\x18", "ctrl+q": "\x11", "ctrl+z": "\x1a", "ctrl+s": "\x13", "ctrl+p": "\x10",
}  # fmt: skip


class Person:
    """Reads and types in `terminal`; `keys` are those pressed since `count`."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.keys: list[str] = []

    @property
    def text(self) -> str:
        return self.terminal.text

    def sees(self, *words: str) -> None:
        """Wait until all of them are on the screen; breaks of lines count as spaces."""
        for each in words:
            self.terminal.until(lambda each=each: each in " ".join(self.terminal.text.split()))

    def is_told(self, *words: str) -> None:
        """Wait until all of them are in the passing notice, which stands to the right of its thick edge."""
        for each in words:
            self.terminal.until(lambda each=each: each in self._notice())

    def _notice(self) -> str:
        rows = [line.partition("▌")[2] for line in self.terminal.text.splitlines()]
        return " ".join(" ".join(rows).split())

    def no_more(self, words: str) -> None:
        self.terminal.until(lambda: words not in self.terminal.text)

    def count(self) -> list[str]:
        """The keys pressed since the last call; counting begins anew."""
        pressed, self.keys = self.keys, []
        return pressed

    def press(self, key: str, *sees: str) -> None:
        """One key, and what she sees after it."""
        assert key in KEYS or len(key) == 1, key
        self.keys.append(key)
        self.terminal.press(KEYS.get(key, key))
        self.sees(*sees)

    def at(self, label: str) -> None:
        """Wait until the text cursor stands below `label`, or beside it.

        The cursor, which blinks, is the one bright block on the dark page.
        """

        def there() -> bool:
            screen = self.terminal.screen
            rows = [n for n, line in enumerate(screen.display) if label in line]
            return any(_bright(cell.bg) for n in rows for y in range(n, n + 3) for cell in screen.buffer[y].values())

        self.terminal.until(there)

    def on(self, words: str) -> None:
        """Wait until the line of a tick or a choice with these words is the one that keys go to: it is bold then."""

        def there() -> bool:
            screen = self.terminal.screen
            rows = [(n, line.find(words)) for n, line in enumerate(screen.display) if words in line]
            return any(screen.buffer[y][x].bold for y, x in rows)

        self.terminal.until(there)

    def types(self, text: str, label: str = "") -> None:
        """Free text, into the field called `label`; it isn't counted as keys."""
        if label:
            self.at(label)
        self.terminal.press(text)
        self.sees(" ".join(text.split()))

    def types_unseen(self, text: str, label: str) -> None:
        """Words that show as dots."""
        self.at(label)
        self.terminal.press(text)
        self.sees("•" * len(text))

    # What she does more than once

    def begins(self, *, name: str = "Sam", child: str = "M.", age: str = "8 months", words: str | None = WORDS) -> None:
        """From the first picture through the first run to Today."""
        self.sees("Look around")
        self.press("enter", "What may we call you?")
        self.types(name, "Name")
        self.press("enter", "Your children")
        self.types(child, "First name or initial")
        self.press("enter")
        self.types(age, "How old?")
        self.press("enter")
        self.on("Lives with me now")
        self.press("enter")
        self.terminal.until(lambda: "time zone" in self.text or "A name for the list" in self.text)
        if "time zone" in self.text:  # where the computer doesn't say
            self.types("eastern", "Time zone")
            self.press("enter", "A name for the list")
        self.press("enter", "Words that lock it")
        if words is None:
            self.press("f8", "anyone at this computer can read")
            self.press("f8", "Hello, ")
            return
        self.types_unseen(words, "Your words")
        self.press("enter")
        self.at("The same words again")
        self.terminal.press(words)
        self.terminal.until(lambda: self.text.count("•") == 2 * len(words))
        self.press("enter", "Your paper code")
        self.press("f8", "Hello, ")

    def hides(self, key: str = "ctrl+x") -> None:
        """Hide, and wait until the launcher listens."""
        self.keys.append(key)
        self.terminal.hide(KEYS[key])

    def unlocks(self, words: str = WORDS) -> None:
        """From the words to Today."""
        self.types_unseen(words, "Your words")
        self.press("enter", "Hello")


def _bright(color: str) -> bool:
    """Whether a color of pyte, as six hex digits, is nearly white."""
    return len(color) == 6 and all(digit in "cdef" for digit in color[::2])


def home(folder: Path) -> dict[str, str]:
    """The environment of a person whose home is `folder`."""
    return {
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "TERM": "xterm-256color",
        "TZ": "America/New_York",
    }


def sits_down(folder: Path, data: Path, *, size: tuple[int, int] = (80, 24), command: Sequence[str] = ()) -> Person:
    """She starts the app in `folder`, her home, with the profiles in `data`. Close the terminal after it."""
    folder.mkdir(exist_ok=True)
    terminal = Terminal(
        [*(command or COMPANION), "--data", str(data)], columns=size[0], rows=size[1], env=home(folder), cwd=folder
    )
    return Person(terminal)


def descendants(pid: int) -> list[int]:
    """Every process below `pid`."""
    try:
        children = [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [*children, *(each for child in children for each in descendants(child))]


def wait_gone(terminal: Terminal, pids: Sequence[int], limit: float = 15.0) -> None:
    """Wait until none of them runs any more."""
    began = time.perf_counter()
    while any(_runs(pid) for pid in pids if pid != terminal.pid) or not terminal.ended():
        assert time.perf_counter() - began < limit, "it is still running"
        select.select([], [], [], 0.01)


def _runs(pid: int) -> bool:
    """Whether any thread of it does: the first one can be over while others still hold files open."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state != "Z" or len(list(Path(f"/proc/{pid}/task").iterdir())) > 1
    except OSError:
        return False


def kill(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
