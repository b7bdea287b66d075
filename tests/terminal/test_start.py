"""Starting: what is refused in plain words, what the environment can't do, and that it works where it should."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pty_terminal import COMPANION, PYTHON, Terminal

Run = Callable[..., Terminal]


def test_refuses_a_terminal_that_cannot_draw(companion: Run) -> None:
    terminal = companion(env={"TERM": "dumb"})
    assert terminal.wait_end() == 2
    assert "companion agenda" in terminal.text.replace("\n", "")
    assert "\x1b" not in bytes(terminal.output).decode()


def test_refuses_a_pipe(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMPANION, "--data", str(tmp_path)], input=b"", capture_output=True, check=False, timeout=20
    )
    assert done.returncode == 2
    assert b"terminal window" in done.stderr
    assert done.stdout == b""


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40), (20, 5)], ids=str)
def test_starts_at_every_size(companion: Run, size: tuple[int, int]) -> None:
    terminal = companion(columns=size[0], rows=size[1])
    terminal.until("A calendar")


@pytest.mark.parametrize("term", ["xterm", "screen", "linux", "vt100", "tmux-256color"])
def test_starts_in_every_kind_of_terminal(companion: Run, term: str) -> None:
    terminal = companion(env={"TERM": term, "COLORTERM": ""})
    terminal.until("Look around")
    terminal.press("\x11")
    assert terminal.wait_end() == 0
    if term in ("linux", "vt100"):
        assert b"\x1b]2;" not in terminal.output  # these print a title instead of setting it


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "en_US.ISO-8859-1"])
def test_starts_in_every_locale(companion: Run, locale: str) -> None:
    terminal = companion(env={"LC_ALL": locale, "LANG": locale})
    terminal.until("Look around")


def test_nothing_in_the_environment_makes_it_write_the_screen_to_disk(companion: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    terminal = companion(
        env={
            "TEXTUAL_SCREENSHOT": "0",
            "TEXTUAL_SCREENSHOT_LOCATION": str(home),
            "TEXTUAL_LOG": str(home / "log.txt"),
            "TEXTUAL_PRESS": "ctrl+q",
            "PYTHONSTARTUP": "/nowhere",
            "PYTHONPATH": str(tmp_path / "evil"),
        }
    )
    terminal.until("Look around")
    terminal.press("\x11")
    assert terminal.wait_end() == 0
    assert [path.name for path in home.rglob("*")] == []


def test_a_module_in_the_current_folder_is_not_taken_for_ours(run: Run, tmp_path: Path) -> None:
    (tmp_path / "textual.py").write_text("raise SystemExit('taken')")
    (tmp_path / "companion.py").write_text("raise SystemExit('taken')")
    script = Path(sys.executable).with_name("companion")
    terminal = run(str(script), "--data", str(tmp_path / "data"), cwd=tmp_path)
    terminal.until("Look around")


def test_a_folder_that_cannot_be_used_is_told_on_the_screen(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    terminal = run(*COMPANION, "--data", str(tmp_path / "file"))
    terminal.until("is a file, not a folder")


def test_the_version_is_told_without_a_terminal() -> None:
    done = subprocess.run([PYTHON, "-m", "companion", "--version"], capture_output=True, check=True, timeout=20)
    assert done.stdout.startswith(b"companion ")


def test_no_core_dump_and_no_look_into_its_memory(companion: Run) -> None:
    terminal = companion()
    terminal.until("Look around")
    pid = terminal.app_pid()
    limits = Path(f"/proc/{pid}/limits").read_text()
    assert re.search(r"Max core file size +0 +0 ", limits)
    # PR_SET_DUMPABLE 0 hands /proc/<pid> to root.
    terminal.until(lambda: Path(f"/proc/{pid}/environ").stat().st_uid == 0, 5)


def test_what_other_accounts_can_list_says_nothing(companion: Run, tmp_path: Path) -> None:
    terminal = companion()
    terminal.until("Look around")
    arguments = Path(f"/proc/{terminal.app_pid()}/cmdline").read_bytes().split(b"\0")
    assert arguments[-3:] == [b"--data", str(tmp_path / "data").encode(), b""]
