"""Every other way to end: left, locked, broken, killed, window closed. The terminal is given back each time."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pty_terminal import COMPANION, Terminal

from companion.terminal import Ended

Run = Callable[..., Terminal]

CTRL_Q, F10 = "\x11", "\x1b[21~"


def test_leaving_gives_the_terminal_back(companion: Run) -> None:
    terminal = companion()
    terminal.until("Look around")
    assert terminal.modes()[1000]
    terminal.press(CTRL_Q)
    assert terminal.wait_end() == 0
    assert terminal.blank()
    terminal.assert_given_back()


def test_what_stood_on_the_screen_before_stands_there_again(run: Run, tmp_path: Path) -> None:
    command = f"echo before; {' '.join(COMPANION)} --data {tmp_path}/data; echo after"
    terminal = run("sh", "-c", command)
    terminal.until("Look around")
    terminal.press(CTRL_Q)
    terminal.wait_end()
    assert terminal.text == "before\nafter"


def test_the_title_says_nothing(companion: Run) -> None:
    terminal = companion()
    terminal.until("Look around")
    terminal.press(CTRL_Q)
    terminal.wait_end()
    titles = re.findall(rb"\x1b\][0-2];([^\x07\x1b]*)", bytes(terminal.output))
    assert set(titles) == {b"Terminal"}
    assert bytes(terminal.output).count(b"\x1b[22;2t") == bytes(terminal.output).count(b"\x1b[23;2t") == 1


def test_leaving_is_not_held_up_by_a_blocked_action(app: Run) -> None:
    terminal = app(
        """
def action_go(self):
    self.screen.query_one(Label).update("BLOCKED " + SECRET)
    self.set_timer(0.2, lambda: time.sleep(20))
"""
    )
    terminal.until("READY")
    terminal.press(F10)
    terminal.until("BLOCKED")
    time.sleep(0.4)
    terminal.press(CTRL_Q)
    assert terminal.until(terminal.blank) < 0.5
    assert terminal.wait_end(3) == Ended.LEFT
    assert terminal.settings() == terminal.before


def test_leaving_closes_the_profile(app: Run) -> None:
    terminal = app(
        """
def action_go(self):
    class Profile:
        drafts = None
        def close(self):
            Path(sys.argv[0] + ".closed").write_text("yes")
    self._session = Profile()
    self.screen.query_one(Label).update("OPENED")
"""
    )
    terminal.until("READY")
    terminal.press(F10)
    terminal.until("OPENED")
    terminal.press(CTRL_Q)
    assert terminal.wait_end() == Ended.LEFT


CRASHES = {
    "action": """
def action_go(self):
    her_words = SECRET
    raise ValueError(SECRET)
""",
    "worker": """
@work
async def action_go(self):
    her_words = SECRET
    raise ValueError(SECRET)
""",
    "thread worker": """
@work(thread=True)
def action_go(self):
    her_words = SECRET
    raise ValueError(SECRET)
""",
    "timer": """
def action_go(self):
    def late():
        raise ValueError(SECRET)
    self.set_timer(0.01, late)
""",
    "thread": """
def action_go(self):
    def late():
        raise ValueError(SECRET)
    threading.Thread(target=late).start()
""",
    "compose": """
def action_go(self):
    class Broken(Screen):
        def compose(self):
            her_words = SECRET
            raise ValueError(SECRET)
    self.push_screen(Broken())
""",
    "style sheet": """
def action_go(self):
    class Broken(Screen):
        CSS = "nonsense { " + SECRET
    self.push_screen(Broken())
""",
    "panic": """
def action_go(self):
    self.panic(SECRET)
""",
    "task": """
def action_go(self):
    async def late():
        raise ValueError(SECRET)
    self.task = asyncio.create_task(late())
    self.set_timer(0.2, self.then)
def then(self):
    self.task = None
    import gc
    gc.collect()
    raise KeyError(SECRET)
""",
}


@pytest.mark.parametrize("body", CRASHES.values(), ids=CRASHES)
def test_a_fault_shows_a_sentence_and_a_code_and_nothing_of_hers(app: Run, body: str) -> None:
    terminal = app(body)
    terminal.until("READY")
    terminal.press(F10)
    assert terminal.wait_end() == Ended.FAULT
    after = bytes(terminal.output).rpartition(b"\x1b[?1049l")[2].decode()
    for told in ("canary", "Error", "Traceback", "her_words", ".py"):
        assert told not in after
    assert re.search(
        r"code for whoever looks after it: ([0-9A-Z]{4}-[0-9A-Z]{3}|PANIC)", " ".join(terminal.text.split())
    )
    terminal.assert_given_back()


def test_a_fault_before_the_first_picture_is_told_the_same_way(app: Run) -> None:
    terminal = app(
        """
def on_load(self):
    her_words = SECRET
    raise ValueError(SECRET)
"""
    )
    assert terminal.wait_end() == Ended.FAULT
    assert "A code for whoever looks after it" in " ".join(terminal.text.split())
    assert "canary" not in terminal.text
    terminal.assert_given_back()


def test_the_launcher_leaves_the_sentence_on_the_screen(companion: Run) -> None:
    terminal = companion()
    terminal.until("Look around")
    os.kill(terminal.app_pid(), signal.SIGSEGV)
    assert terminal.wait_end() == Ended.FAULT
    assert "SIG11" in terminal.text
    terminal.assert_given_back()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=["kill -9", "terminate"])
def test_an_app_killed_from_outside_leaves_a_clean_terminal(companion: Run, number: int) -> None:
    terminal = companion()
    terminal.until("Look around")
    os.kill(terminal.app_pid(), number)
    assert terminal.wait_end() == 128 + number
    assert "stopped from outside" in terminal.text
    assert "Look around" not in terminal.text
    terminal.assert_given_back()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM], ids=["window closed", "terminate"])
def test_the_launcher_passes_on_that_it_is_ended(companion: Run, number: int) -> None:
    terminal = companion()
    terminal.until("Look around")
    pid = terminal.app_pid()
    terminal.send_signal(number)
    assert terminal.wait_end() == 128 + number
    assert _gone(pid)
    terminal.assert_given_back()


@pytest.mark.parametrize("key", ["", "x"], ids=["nothing pressed", "a key"])
def test_a_killed_launcher_takes_the_app_with_it(run: Run, tmp_path: Path, key: str) -> None:
    terminal = run("sh", "-c", f"{' '.join(COMPANION)} --data {tmp_path}/data; read line")
    terminal.until("Look around")
    launcher = terminal.app_pid()
    app = int(Path(f"/proc/{launcher}/task/{launcher}/children").read_text())
    os.kill(launcher, signal.SIGKILL)
    terminal.press(key)
    terminal.until(lambda: _gone(app, 0.02), 10)
    # The last of what the app wrote may still be on its way when the process is gone.
    terminal.until(lambda: not terminal.on_alternate and not terminal.modes()[1000])
    assert "Look around" not in terminal.text


def test_locking_starts_a_fresh_app(app: Run) -> None:
    terminal = app(
        """
def action_go(self):
    self.lock()
"""
    )
    terminal.until("READY")
    terminal.press(F10)
    assert terminal.wait_end() == Ended.LOCKED
    assert terminal.blank()
    assert terminal.settings() == terminal.before


def _gone(pid: int, limit: float = 2.0) -> bool:
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False
