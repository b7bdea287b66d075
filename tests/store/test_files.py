from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from companion.errors import CompanionError, Damaged, DiskFull, NotWritable, StorageError
from companion.store import files

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and modes as POSIX has them")


def test_new_content_is_all_there_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "head"
    files.replace(path, b"first")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        files.replace(path, b"second")
    assert path.read_bytes() == b"first"
    assert not (tmp_path / "head.new").exists()


def test_what_a_kill_left_does_not_stand_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "head.new").write_bytes(b"half")
    files.replace(tmp_path / "head", b"whole")
    assert (tmp_path / "head").read_bytes() == b"whole"


def test_files_are_closed_to_others_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o000)
    try:
        files.replace(tmp_path / "one", b"")
        files.make_empty(tmp_path / "two")
    finally:
        os.umask(before)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("one", "two")] == [0o600, 0o600]


def test_replacing_erases_the_old_content_where_it_lay(tmp_path: Path) -> None:
    path, second_name = tmp_path / "head", tmp_path / "seen"
    path.write_bytes(b"KEY" * 100)
    os.link(path, second_name)
    files.replace(path, b"new", erase=True)
    assert path.read_bytes() == b"new"
    assert b"KEY" not in second_name.read_bytes() and second_name.stat().st_size == 300


def test_erasing_writes_over_before_it_removes(tmp_path: Path) -> None:
    path, second_name = tmp_path / "head", tmp_path / "seen"
    path.write_bytes(b"KEY" * 100)
    os.link(path, second_name)
    files.erase(path)
    files.erase(path)
    assert not path.exists() and b"KEY" not in second_name.read_bytes()


def test_links_are_neither_read_nor_written_through(tmp_path: Path) -> None:
    target, link = tmp_path / "diary", tmp_path / "head"
    target.write_bytes(b"hers")
    link.symlink_to(target)
    with pytest.raises(Damaged):
        files.read_small(link, 100)
    with pytest.raises(StorageError):
        files.make_empty(link)
    files.erase(link)
    assert not link.is_symlink()
    link.symlink_to(target)
    files.replace(link, b"ours", erase=True)
    assert (target.read_bytes(), link.read_bytes(), link.is_symlink()) == (b"hers", b"ours", False)


def test_a_pipe_or_a_folder_in_its_place_is_refused_and_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(Damaged):
            files.read_small(tmp_path / name, 100)
        with pytest.raises(Damaged):
            files.size_of(tmp_path / name)


def test_no_file_and_too_long_a_file_give_nothing(tmp_path: Path) -> None:
    (tmp_path / "long").write_bytes(b"x" * 101)
    (tmp_path / "fits").write_bytes(b"x" * 100)
    assert files.read_small(tmp_path / "none", 100) is None
    assert files.read_small(tmp_path / "long", 100) is None
    assert files.read_small(tmp_path / "fits", 100) == b"x" * 100


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, NotWritable),
        (errno.EACCES, NotWritable),
        (errno.ELOOP, Damaged),
        (errno.EIO, StorageError),
    ],
)
def test_each_fault_has_its_own_sentence_without_a_path(number: int, told: type[CompanionError]) -> None:
    error = files.storage_error(OSError(number, "SECRET", "/home/SECRET"))
    assert type(error) is told and "SECRET" not in str(error) and error.mend
