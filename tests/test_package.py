"""What is installed brings what it promises: the activities, the style sheets, the data files."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The wheel and the source archive, built without a network."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return {"wheel": next(folder.glob("*.whl")), "sdist": next(folder.glob("*.tar.gz"))}


def sources(pattern: str) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in ROOT.glob(pattern)}


def test_the_wheel_holds_every_data_file(built: dict[str, Path]) -> None:
    names = set(zipfile.ZipFile(built["wheel"]).namelist())
    wanted = {name for ending in ("py", "tcss", "toml", "typ") for name in sources(f"companion/**/*.{ending}")}
    assert wanted <= names
    activities = {f"companion/_{name}" for name in sources("activities/**/*.md")}
    assert activities <= names


def test_the_wheel_works_from_another_folder(built: dict[str, Path], tmp_path: Path) -> None:
    installed, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    elsewhere.mkdir()
    zipfile.ZipFile(built["wheel"]).extractall(installed)
    done = subprocess.run(
        [sys.executable, "-m", "companion", "activity", "list"],
        cwd=elsewhere,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(installed), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    live = len(sources("activities/*/*.md"))
    assert len(done.stdout.splitlines()) >= live - 5
    assert "companion/_activities" not in done.stderr


def test_the_source_archive_can_be_built_and_tested(built: dict[str, Path]) -> None:
    with tarfile.open(built["sdist"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "Makefile", "constraints.txt", "activities/README.md"} <= names
    assert "tests/conftest.py" in names
    assert not any("/.venv/" in name or "__pycache__" in name for name in names)
