"""Files and folders at hand: found quickly, never opened, whatever lies around there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from conftest import NASTY

from companion.screens.bring_in import size_words, typed_path
from companion.screens.near_files import Folder, folders, free_name, plan_files, sticks


def put(path: Path, changed: float = 1_000_000.0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    os.utime(path, (changed, changed))
    return path


def test_files_of_a_stick_come_first_and_then_the_newest(tmp_path: Path) -> None:
    stick, downloads = tmp_path / "media" / "KINGSTON", tmp_path / "Downloads"
    old = put(stick / "plan.toml", 1.0)
    older = put(downloads / "old.ics", 2.0)
    newest = put(downloads / "new.csv", 3.0)
    found = plan_files([*sticks([tmp_path / "media"]), Folder(downloads, "Downloads")])
    assert [file.path for file in found] == [old, newest, older]
    assert [file.label for file in found] == ["stick KINGSTON", "Downloads", "Downloads"]


def test_a_folder_where_nothing_is_plugged_in_is_no_stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plugged, left = tmp_path / "KINGSTON", tmp_path / "pulled out"
    plugged.mkdir()
    left.mkdir()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("companion.screens.near_files._below", lambda _roots: iter([left, plugged]))
    monkeypatch.setattr(Path, "is_mount", lambda path: path == plugged)
    assert [each.path for each in sticks()] == [plugged]


def test_only_what_can_be_a_plan_is_listed(tmp_path: Path) -> None:
    wanted = {put(tmp_path / name).name for name in ("a.toml", "b.CSV", "c.xlsx", "d.ics")}
    for name in ("photo.jpg", ".hidden.ics", "~$c.xlsx", "toml"):
        put(tmp_path / name)
    (tmp_path / "folder.ics").mkdir()
    (tmp_path / "link.ics").symlink_to(tmp_path / "a.toml")
    os.mkfifo(tmp_path / "pipe.ics")
    assert {file.name for file in plan_files([Folder(tmp_path, "x")])} == wanted


def test_a_stick_is_looked_into_one_folder_deep_and_others_are_not(tmp_path: Path) -> None:
    put(tmp_path / "Plans" / "plan.toml")
    put(tmp_path / "Plans" / "deep" / "no.toml")
    assert [f.name for f in plan_files([Folder(tmp_path, "stick", stick=True)])] == ["plan.toml"]
    assert plan_files([Folder(tmp_path, "home folder")]) == []


def test_the_same_folder_and_file_is_listed_once(tmp_path: Path) -> None:
    put(tmp_path / "plan.toml")
    alias = tmp_path.parent / "alias"
    alias.symlink_to(tmp_path)
    assert len(plan_files([Folder(tmp_path, "a"), Folder(alias, "b")])) == 1


def test_a_folder_that_is_gone_or_closed_is_passed_over(tmp_path: Path) -> None:
    assert plan_files([Folder(tmp_path / "gone", "gone")]) == []
    assert sticks([tmp_path / "gone"]) == []


def test_an_account_without_a_home_still_has_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [folder.path for folder in folders([], {})][-1] == tmp_path


def test_names_are_cleaned_before_they_are_shown(tmp_path: Path) -> None:
    for number, nasty in enumerate(NASTY):
        name = nasty.replace("/", "").replace("\x00", "")[:60]
        put(tmp_path / f"{number}{name}.ics")
    for file in plan_files([Folder(tmp_path, "x")]):
        assert file.name.isprintable() and file.path.exists()


def test_a_free_name_is_beside_what_is_there(tmp_path: Path) -> None:
    assert free_name(tmp_path, "calendar.ics").name == "calendar.ics"
    put(tmp_path / "calendar.ics")
    (tmp_path / "calendar-2.ics").symlink_to(tmp_path / "nowhere")
    assert free_name(tmp_path, "calendar.ics").name == "calendar-3.ics"


def test_a_path_is_taken_as_it_is_typed_or_dragged_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = put(tmp_path / "my  plan.toml")
    for text in (str(file), f"'{file}'", f'"{file}" ', f"file://{tmp_path}/my%20%20plan.toml"):
        assert typed_path(text) == file
    assert typed_path(str(file).replace(" ", "\\ ")) == file
    monkeypatch.setenv("HOME", str(tmp_path))
    assert typed_path("~/my  plan.toml") == file
    assert typed_path("  ") is None and typed_path("a\x00b") is None


def test_sizes_are_said_as_people_read_them() -> None:
    assert [size_words(n) for n in (0, 4_200, 1_250_000)] == ["1 KB", "4 KB", "1.2 MB"]
