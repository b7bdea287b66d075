from __future__ import annotations

import codecs
import errno
import os
import stat
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from companion.errors import DiskFull, FileRefused, NotWritable, UsageError
from companion.formats.bounded import decode, fresh_write, read_regular

posix = pytest.mark.skipif(os.name != "posix", reason="pipes, links and modes are POSIX")


def names(folder: Path) -> list[str]:
    """What is in the folder, but for the home that every test gets."""
    return sorted(entry.name for entry in folder.iterdir() if entry.name != "home")


def test_reads_a_file_and_a_link_to_it(tmp_path: Path) -> None:
    plan = tmp_path / "plan.ics"
    plan.write_bytes(b"hello")
    (tmp_path / "link.ics").symlink_to(plan)
    assert read_regular(plan, 5) == b"hello"
    assert read_regular(tmp_path / "link.ics", 5) == b"hello"


def test_one_byte_too_many_is_refused(tmp_path: Path) -> None:
    plan = tmp_path / "plan.ics"
    plan.write_bytes(b"123456")
    with pytest.raises(FileRefused, match="too big"):
        read_regular(plan, 5)


def test_a_huge_file_of_nothing_is_refused_without_reading_it(tmp_path: Path) -> None:
    sparse = tmp_path / "sparse"
    with sparse.open("wb") as file:
        file.truncate(10_000_000_000)
    with pytest.raises(FileRefused, match="too big"):
        read_regular(sparse, 5_000_000)


@posix
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    caught: list[BaseException] = []

    def read() -> None:
        try:
            read_regular(pipe, 100)
        except FileRefused as error:
            caught.append(error)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join(2)
    assert not thread.is_alive()
    assert len(caught) == 1


@posix
@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/"])
def test_devices_and_folders_are_refused(path: str) -> None:
    with pytest.raises(FileRefused):
        read_regular(Path(path), 100)


@posix
@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="Linux")
def test_a_file_that_says_it_is_empty_is_bounded_too() -> None:
    with pytest.raises(FileRefused, match="too big"):
        read_regular(Path("/proc/self/maps"), 50)


def test_what_is_not_there_or_has_an_impossible_name_is_refused(tmp_path: Path) -> None:
    for name in ("nothing.ics", "a\0b", "x" * 5000):
        with pytest.raises(FileRefused):
            read_regular(tmp_path / name, 100)


@pytest.mark.parametrize(
    ("data", "text", "said"),
    [
        ("naïve café".encode(), "naïve café", ""),
        (codecs.BOM_UTF8 + "é".encode(), "é", ""),
        ("naïve café, a long line".encode("utf-16"), "naïve café, a long line", "UTF-16"),
        ("a calendar without a mark".encode("utf-16-le"), "a calendar without a mark", "UTF-16"),
        ("a calendar without a mark".encode("utf-16-be"), "a calendar without a mark", "UTF-16"),
        ("naïve café".encode("cp1252"), "naïve café", "Windows"),
        (b"a\x81b\xff", "a\ufffdbÿ", "can't be read"),
        (b"", "", ""),
        (b"a\0b", "a\0b", ""),
    ],
)
def test_decodes_and_says_what_it_did(data: bytes, text: str, said: str) -> None:
    got, note = decode(data)
    assert got == text
    assert said in note
    assert bool(note) == bool(said)


def test_utf32_is_refused() -> None:
    with pytest.raises(FileRefused):
        decode("text".encode("utf-32"))


def test_writes_a_private_file_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "calendar.ics"
    fresh_write(out, b"BEGIN")
    assert out.read_bytes() == b"BEGIN"
    assert names(tmp_path) == ["calendar.ics"]
    if os.name == "posix":
        assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_an_old_file_stays_unless_asked(tmp_path: Path) -> None:
    out = tmp_path / "calendar.ics"
    out.write_bytes(b"old")
    with pytest.raises(UsageError, match="already"):
        fresh_write(out, b"new")
    assert out.read_bytes() == b"old"
    fresh_write(out, b"new", replace=True)
    assert out.read_bytes() == b"new"
    assert names(tmp_path) == ["calendar.ics"]


@posix
@pytest.mark.parametrize("dangling", [False, True])
def test_a_planted_link_is_never_written_through(tmp_path: Path, dangling: bool) -> None:
    target = tmp_path / "bashrc"
    if not dangling:
        target.write_bytes(b"hers")
    link = tmp_path / "calendar.ics"
    link.symlink_to(target)
    with pytest.raises(UsageError):
        fresh_write(link, b"new")
    fresh_write(link, b"new", replace=True)
    assert not link.is_symlink()
    assert link.read_bytes() == b"new"
    assert (target.read_bytes() if target.exists() else None) == (None if dangling else b"hers")


def test_a_name_taken_while_writing_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "calendar.ics"
    sync = os.fsync

    def someone_is_faster(descriptor: int) -> None:
        out.write_bytes(b"theirs")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", someone_is_faster)
    with pytest.raises(UsageError):
        fresh_write(out, b"ours")
    assert out.read_bytes() == b"theirs"
    assert names(tmp_path) == ["calendar.ics"]


@pytest.mark.parametrize("replace", [False, True])
def test_a_disk_that_fails_on_the_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace: bool
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        fresh_write(tmp_path / "calendar.ics", b"x", replace=replace)
    assert names(tmp_path) == []


@posix
def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    """The operating system itself refuses the byte after the 4,096th."""
    program = textwrap.dedent("""
        import resource, sys
        from pathlib import Path
        from companion.errors import DiskFull
        from companion.formats.bounded import fresh_write
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        try:
            fresh_write(Path(sys.argv[1]) / "calendar.ics", b"x" * 5000)
        except DiskFull:
            sys.exit(44)
    """)
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    assert done.returncode == 44
    assert names(tmp_path) == []


def test_a_folder_or_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="folder"):
        fresh_write(tmp_path / "no" / "calendar.ics", b"x")
    (tmp_path / "place").mkdir()
    for replace in (False, True):
        with pytest.raises(UsageError):
            fresh_write(tmp_path / "place", b"x", replace=replace)


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_said(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    with pytest.raises(NotWritable):
        fresh_write(locked / "calendar.ics", b"x")
