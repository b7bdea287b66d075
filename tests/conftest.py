"""Keeps every test away from the machine it runs on: no home folder, no network, a clock that stands still."""

from __future__ import annotations

import gc
import os
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from companion.domain.clock import FixedClock
from companion.domain.zones import use_packaged_zones

settings.register_profile(
    "companion", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("companion")
use_packaged_zones()

ZONE = "America/New_York"

# What a file or a keyboard may bring into any text: markup, an action, escape sequences, bidirectional overrides.
NASTY = (
    "[/x] [@click=app.quit]hi[/]",
    "Call mum [/",
    "[red]loud[/red] [link=https://evil.example]Clinic[/link]",
    "A\x1b]52;c;RVZJTA==\x1b\\B\x1b]0;TITLE\x07\x1b[2J",
    "A\x9b2J\x00B\u202eexe.txt\u2066",
    "trail\\",
    "Z" + "\u0301" * 500,
)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it again and again was a sixth of the suite's processor time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 10)


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [n for n in os.environ if n.startswith(("COMPANION_", "TEXTUAL", "XDG_"))] + ["NO_COLOR"]:
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a test tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


@pytest.fixture
def clock() -> FixedClock:
    """Saturday 21 November 2026, 9:00 am in New York."""
    return FixedClock(datetime(2026, 11, 21, 14, 0, tzinfo=UTC))


@pytest.fixture
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Her Downloads folder, empty, in a home of its own; no stick is plugged in."""
    folder = tmp_path / "home" / "Downloads"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for room in ("bring_in", "to_phone", "print_week"):
        monkeypatch.setattr(f"companion.screens.{room}.sticks", list)
    return folder
