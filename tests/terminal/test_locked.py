"""With a real profile: words open it, hiding and locking ask for them again, nothing of hers stays on the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from app_kit import event
from pty_terminal import COMPANION, Terminal

from companion.domain.clock import SystemClock
from companion.services.session import create_profile

Run = Callable[..., Terminal]

WORDS = "blue otter lamp seven"
CANARY = "Canary counselling"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with words and an appointment within the hour."""
    folder = tmp_path_factory.mktemp("data")
    opened, _code = create_profile(folder, "blue heron", WORDS, SystemClock(), zone="UTC")
    soon = datetime.now(UTC).replace(tzinfo=None, second=0, microsecond=0) + timedelta(hours=1)
    opened.planner.add(event(CANARY, soon, zone="UTC"))
    opened.close()
    return folder


@pytest.fixture
def unlocked(run: Run, data: Path) -> Terminal:
    """The app at Today."""
    terminal = run(*COMPANION, "--data", str(data))
    terminal.until("Your words")
    terminal.press(WORDS + "\r")
    terminal.until(CANARY)
    return terminal


def test_wrong_words_are_refused_in_a_sentence_and_the_right_ones_open_it(run: Run, data: Path) -> None:
    terminal = run(*COMPANION, "--data", str(data))
    terminal.until("blue heron")
    terminal.press("wrong words\r")
    terminal.until("don't open it")
    assert "wrong words" not in terminal.text
    terminal.press(WORDS + "\r")
    terminal.until(CANARY)


def test_hiding_leaves_nothing_and_asks_for_the_words_again(unlocked: Terminal) -> None:
    first = unlocked.app_pid()
    unlocked.hide("\x18")
    assert not Path(f"/proc/{first}").exists()
    unlocked.press(" ")
    unlocked.until("Your words")
    assert CANARY not in unlocked.text
    assert unlocked.app_pid() != first
    unlocked.press(WORDS + "\r")
    unlocked.until(CANARY)


def test_the_numbers_are_there_while_hidden_and_show_nothing_else(unlocked: Terminal) -> None:
    unlocked.hide("\x18")
    unlocked.press("\x1b[15~")
    unlocked.until("Call or text 988")
    assert CANARY not in unlocked.text
    unlocked.press("\x1b")
    unlocked.until("Your words")


def test_the_numbers_are_never_a_key_too_early(unlocked: Terminal) -> None:
    unlocked.press("\x18")
    unlocked.until(unlocked.blank)
    unlocked.press("\x1b[15~")
    unlocked.until("Call or text 988")
    assert CANARY not in unlocked.text


def test_leaving_leaves_nothing_on_the_screen(unlocked: Terminal) -> None:
    unlocked.press("\x11")
    assert unlocked.wait_end() == 0
    assert unlocked.blank()
    unlocked.assert_given_back()


def test_a_second_window_is_told_that_it_is_open(unlocked: Terminal, run: Run, data: Path) -> None:
    other = run(*COMPANION, "--data", str(data))
    other.until("Your words")
    other.press(WORDS + "\r")
    other.until("open in another window")
    assert not unlocked.ended()
