"""How little is loaded when, and that the registry of screens is true. Import directions: `make check`."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from app_kit import SIZES, running, session
from shell_kit import FakeOpener, begun, profile_folder

from companion.domain.clock import FixedClock
from companion.screens.registry import SCREENS, Entry, Kind

PACKAGE = Path(__file__).parents[1] / "companion"
DATABASE = {"sqlmodel", "sqlalchemy", "sqlcipher3", "nacl", "pydantic"}
LATER = {"icalendar", "markdown_it", "openpyxl", "python_calamine", "segno", "typst", "dateutil", "tzlocal"}


def _loaded(code: str) -> set[str]:
    """The top-level modules that are loaded after `code` in a fresh process."""
    code += "\nimport sys; print('LOADED', *{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.rpartition("LOADED ")[2].split())


def test_the_version_loads_neither_the_screen_nor_the_database() -> None:
    code = "import sys; sys.argv = ['companion', '--version']\nfrom companion.__main__ import main\nmain()"
    loaded = _loaded(code)
    assert not loaded & (DATABASE | LATER | {"textual", "rich", "argparse", "pathlib", "typing"})


_FIRST_PICTURE = """
import asyncio
from pathlib import Path
from companion.app import CompanionApp

async def begin():
    app = CompanionApp(Path({data!r}))
    app._warm = lambda: None  # what is imported after the first picture
    async with app.run_test() as pilot:
        await pilot.pause()
        assert type(app.screen).__name__ == {screen!r}, app.screen

asyncio.run(begin())
"""


@pytest.mark.parametrize("screen", ["WelcomeScreen", "UnlockScreen"])
def test_the_first_picture_loads_no_database(tmp_path: Path, screen: str) -> None:
    if screen == "UnlockScreen":
        profile_folder(tmp_path, "00000001", "blue heron")
    loaded = _loaded(_FIRST_PICTURE.format(data=str(tmp_path), screen=screen))
    assert "textual" in loaded
    assert not loaded & (DATABASE | LATER)


def test_every_package_is_empty_so_that_importing_it_costs_nothing() -> None:
    for init in PACKAGE.rglob("__init__.py"):
        if init.parent != PACKAGE:
            assert init.read_text("utf-8").strip() == "", init


def test_every_style_sheet_has_its_screen() -> None:
    for sheet in (PACKAGE / "screens").glob("*.tcss"):
        assert sheet.with_suffix(".py").exists(), sheet.name


@pytest.mark.parametrize("entry", SCREENS, ids=lambda entry: entry.name)
def test_every_screen_in_the_registry_is_there(entry: Entry) -> None:
    assert find_spec(entry.target.partition(":")[0]) is not None
    assert isinstance(entry.load(), type)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("entry", [e for e in SCREENS if e.kind is Kind.PLACE], ids=lambda entry: entry.name)
async def test_every_place_can_be_visited_at_every_size(clock: FixedClock, entry: Entry, size: tuple[int, int]) -> None:
    async with running(session(clock), size=size) as pilot:
        await pilot.app.goto(entry.name)
        await pilot.pause()
        assert type(pilot.app.screen) is entry.load()
        await pilot.resize_terminal(20, 6)
        await pilot.pause()


@pytest.mark.parametrize("name", ["welcome", "first_run", "numbers"])
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_screen_before_a_profile_can_be_visited_at_every_size(
    tmp_path: Path, clock: FixedClock, name: str, size: tuple[int, int]
) -> None:
    (entry,) = [entry for entry in SCREENS if entry.name == name]
    async with begun(tmp_path, clock, FakeOpener(), size=size) as (app, pilot):
        await app.push_screen(entry.load()())
        await pilot.pause()
        assert type(app.screen) is entry.load()
        await pilot.resize_terminal(20, 6)
        await pilot.pause()
