"""Where the files of a journey lie."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Her Downloads folder, empty; no stick is plugged in."""
    folder = tmp_path / "home" / "Downloads"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for room in ("bring_in", "to_phone"):
        monkeypatch.setattr(f"companion.screens.{room}.sticks", list)
    return folder
