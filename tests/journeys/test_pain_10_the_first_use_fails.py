"""Pain 10: it can't be used before it was set up, and setting it up fails.

Told of khal (#269, #384 its set-up asks for the settings it is to make, #935 and leaves no calendar, #219), gcalcli
(#572, #692, #759, #426 "how to set this up?") and vdirsyncer (#620, #424). Tried out: khal begins with "Cannot find a
config file", calcure with a traceback where ~/.config is missing, gcalcli with the key of an account. She has two
minutes at a computer that is not hers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ZONE
from person_kit import COMPANION, Person, home
from pty_terminal import Terminal

from companion.domain.clock import SystemClock
from companion.profiles import list_profiles
from companion.services.session import open_profile

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the usual places of Linux")


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    """The home folder of an account that was never used: it is not even there."""
    return tmp_path / "accounts" / "sam"


@pytest.fixture
def sam(nowhere: Path, tmp_path: Path) -> Iterator[Person]:
    """She types the name of the program, and no more."""
    environ = {**home(nowhere), "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": "", "LC_ALL": "C"}
    terminal = Terminal(COMPANION, env=environ, cwd=tmp_path)
    yield Person(terminal)
    terminal.close()


def test_from_nothing_to_a_stored_appointment_without_a_question_answered(sam: Person, nowhere: Path) -> None:
    # The naive program asks for a file of settings, a folder or an account first.
    sam.sees("Look around")
    sam.press("enter", "What may we call you?")
    sam.press("f8", "Your children")
    sam.press("f8", "A name for the list")
    sam.press("f8", "Words that lock it")
    sam.press("f8", "anyone at this computer can read")
    sam.press("f8", "Hello")
    sam.count()
    sam.press("a", "Add to the calendar")
    sam.types("dentist fri 3pm")
    sam.press("enter")
    sam.is_told("Ctrl+Z takes it back")
    assert sam.count() == ["a", "enter"]
    sam.press("ctrl+q")
    assert sam.terminal.wait_end() == 0
    data = nowhere / ".local" / "share" / "companion"
    (profile,) = list_profiles(data)
    opened = open_profile(data, profile.id, None, SystemClock())
    assert [(e.title, e.start.hour, e.zone) for e in opened.planner.all_events()] == [("Dentist", 15, ZONE)]
    opened.close()
    assert [each.name for each in nowhere.iterdir()] == [".local"]  # no settings, no cache, nothing else
