"""The launcher: what it refuses, what it passes on, how little it loads. Its terminal part is in tests/terminal."""

from __future__ import annotations

import subprocess
import sys

import pytest

from companion.launcher import _Launcher, child_arguments, child_environment, why_not
from companion.terminal import Ended, Press


def test_starts_in_a_terminal() -> None:
    assert why_not({"TERM": "xterm-256color"}, True, True) == ""


@pytest.mark.parametrize(
    ("term", "input_is_terminal", "output_is_terminal"),
    [("xterm", False, True), ("xterm", True, False), ("dumb", True, True), ("", True, True)],
)
def test_says_in_plain_words_why_it_does_not_start(
    term: str, input_is_terminal: bool, output_is_terminal: bool
) -> None:
    sentence = why_not({"TERM": term}, input_is_terminal, output_is_terminal)
    assert "terminal" in sentence
    assert "companion agenda" in sentence


def test_a_missing_TERM_is_a_terminal_that_cannot_draw() -> None:
    assert "can't show" in why_not({}, True, True)


def test_drops_what_could_make_the_app_write_or_load_something_else() -> None:
    kept = child_environment(
        {
            "TEXTUAL": "debug",
            "TEXTUAL_LOG": "x",
            "PYTHONPATH": "x",
            "PYTHONINSPECT": "1",
            "COLUMNS": "10",
            "LINES": "3",
            "HOME": "/home/x",
            "TERM": "xterm",
            "NO_COLOR": "1",
            "COMPANION_DATA": "/x",
        }
    )
    assert kept == {"HOME": "/home/x", "TERM": "xterm", "NO_COLOR": "1", "COMPANION_DATA": "/x"}


def test_the_child_ignores_the_environment_and_the_current_folder() -> None:
    arguments = child_arguments(None, "")
    assert arguments[0] == sys.executable
    assert {"-E", "-P"} <= set(arguments)
    assert "--data" not in arguments


def test_the_folder_is_passed_on_as_a_whole_path() -> None:
    arguments = child_arguments("try", "numbers")
    where = arguments[arguments.index("--data") + 1]
    assert where.startswith("/")
    assert where.endswith("/try")
    assert arguments[-2:] == ["--at", "numbers"]


def test_loads_next_to_nothing() -> None:
    code = "import sys; before = set(sys.modules); import companion.launcher; print(*set(sys.modules) - before)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert set(loaded) == {"companion", "companion.launcher", "companion.terminal", "__future__"}


class Scripted(_Launcher):
    """The launcher's round without a terminal: what the app's end was each time, and which key came while hidden."""

    def __init__(self, ends: list[int], presses: list[int] | None = None) -> None:
        self._ends, self._presses = ends, presses or []
        self._titled, self._stop_with = False, 0
        self.opened_at: list[str] = []
        self.cleaned: list[int] = []

    def _run_child(self, at: str) -> int:
        self.opened_at.append(at)
        return self._ends.pop(0)

    def _wait_while_hidden(self) -> int:
        return self._presses.pop(0)

    def _clean(self, status: int) -> None:
        self.cleaned.append(status)

    @staticmethod
    def _write(data: bytes) -> None:
        """There is no terminal."""


def test_a_locked_app_is_started_afresh() -> None:
    launcher = Scripted([Ended.LOCKED, Ended.LOCKED, Ended.LEFT])
    assert launcher.run("numbers") == 0
    assert launcher.opened_at == ["numbers", "", ""]
    assert launcher.cleaned == [Ended.LEFT]


@pytest.mark.parametrize("press", [Press.HIDE, Press.LEAVE])
def test_hide_or_leave_while_hidden_ends_it(press: int) -> None:
    launcher = Scripted([Ended.HIDDEN], [press])
    assert launcher.run("") == 0
    assert launcher.opened_at == [""]


def test_another_key_while_hidden_starts_it_afresh_and_f5_at_the_numbers() -> None:
    launcher = Scripted([Ended.HIDDEN, Ended.HIDDEN, Ended.LEFT], [Press.OTHER, Press.NUMBERS])
    assert launcher.run("") == 0
    assert launcher.opened_at == ["", "", "numbers"]


@pytest.mark.parametrize(("end", "status"), [(70, 70), (2, 2), (-11, 70), (1, 70), (-9, 137), (-15, 143)])
def test_the_exit_status_says_how_it_ended(end: int, status: int) -> None:
    assert Scripted([end]).run("") == status
