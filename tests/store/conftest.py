"""Profiles for the tests of the store, on a derivation that costs 5 ms."""

from __future__ import annotations

from pathlib import Path

import pytest
from vault_kit import make, write

from companion.domain.clock import FixedClock


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder that holds the profiles."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def folder(data: Path, clock: FixedClock) -> Path:
    """The folder of a closed profile with words and one note, "clinic"."""
    made, _code = make(data, clock)
    with made:
        write(made, "clinic")
    return made.folder
