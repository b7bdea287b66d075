from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from companion.errors import NotWritable
from companion.paths import data_folder, tighten

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and links as POSIX has them")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_asked_for_comes_before_the_variable_and_the_usual_place(tmp_path: Path) -> None:
    environ = {"COMPANION_DATA": str(tmp_path / "variable")}
    assert data_folder(str(tmp_path / "asked"), environ) == tmp_path / "asked"
    assert data_folder(None, environ) == tmp_path / "variable"
    assert data_folder("", environ) == tmp_path / "variable"
    assert (tmp_path / "asked").is_dir() and (tmp_path / "variable").is_dir()


def test_the_usual_place_is_in_her_home_and_says_nothing_about_recovery(tmp_path: Path) -> None:
    folder = data_folder(None, {})
    assert folder.is_dir() and folder.is_relative_to(tmp_path / "home")
    assert folder.name == "companion"


def test_a_home_sign_and_a_relative_folder_are_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert data_folder("here", {}) == tmp_path / "here"
    assert data_folder("~/mine", {}) == tmp_path / "home" / "mine"


@posix
def test_a_new_folder_is_closed_to_others_and_an_old_one_keeps_its_mode(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        (tmp_path / "stick").mkdir(mode=0o755)
        assert mode(data_folder(str(tmp_path / "new" / "deep"), {})) == 0o700
        assert mode(data_folder(str(tmp_path / "stick"), {})) == 0o755
    finally:
        os.umask(before)


@posix
@pytest.mark.parametrize("home", [None, "/proc/none"])
def test_without_a_home_folder_it_says_so(home: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.delenv("HOME")
    if home:
        monkeypatch.setenv("HOME", home)
    else:
        monkeypatch.setattr("pwd.getpwuid", lambda _: (_ for _ in ()).throw(KeyError("nobody")))
    for asked in (None, "~/mine"):
        with pytest.raises(NotWritable) as told:
            data_folder(asked, {})
        assert "--data" in told.value.mend


@posix
def test_a_place_that_can_not_be_used_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("a file")
    for asked in (str(tmp_path / "file"), str(tmp_path / "file" / "below"), "/proc/none", "with\0nul", "x" * 5_000):
        with pytest.raises(NotWritable):
            data_folder(asked, {})
    monkeypatch.setattr(os, "access", lambda *_: False)  # a locked stick; root may write anywhere else
    with pytest.raises(NotWritable, match="can't be written to"):
        data_folder(str(tmp_path), {})


@posix
def test_tightening_closes_what_is_ours_and_follows_no_link(tmp_path: Path) -> None:
    outside, profile = tmp_path / "photo", tmp_path / "profile"
    outside.write_text("hers")
    outside.chmod(0o644)
    (profile / "backups").mkdir(parents=True)
    for each in (profile / "head", profile / "backups" / "one"):
        each.write_text("")
        each.chmod(0o666)
    for each in (profile, profile / "backups"):
        each.chmod(0o777)
    (profile / "link").symlink_to(outside)
    (profile / "folder").symlink_to(tmp_path)
    before = mode(tmp_path)
    tighten(profile)
    assert mode(profile) == mode(profile / "backups") == 0o700
    assert mode(profile / "head") == mode(profile / "backups" / "one") == 0o600
    assert (mode(outside), mode(tmp_path)) == (0o644, before)


@posix
def test_a_stick_without_modes_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "head").write_text("")
    (tmp_path / "head").chmod(0o644)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "chmod", refuse)
    tighten(tmp_path)
