"""The few file operations the vault is made of: read without following links, replace in one step, erase.

Each either does its work whole or raises a StorageError that a person can read; none leaves half a file behind.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from companion.domain.language import _
from companion.errors import Damaged, DiskFull, NotWritable, StorageError

NEW_SUFFIX = ".new"

_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)
# O_NONBLOCK: opening a pipe that somebody put in a file's place would otherwise wait for ever.
_PLAIN = _NO_LINKS | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | _PLAIN
_ERASE = os.O_WRONLY | _PLAIN
_MAKE = os.O_RDWR | os.O_CREAT | os.O_EXCL | _PLAIN
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}


def disk_full() -> DiskFull:
    return DiskFull(_("The disk is full."), _("What was saved before is still there. Make some room, then try again."))


def not_writable() -> NotWritable:
    return NotWritable(_("The folder with your calendar can't be used."), _("Check that the disk is not locked."))


def not_ours() -> Damaged:
    return Damaged(
        _("Something that Companion did not make is in this profile's folder."),
        _("Nothing was opened or changed. Ask someone who knows computers to look at the folder."),
    )


def storage_error(cause: OSError) -> StorageError:
    """What to tell a person about `cause`."""
    if cause.errno in _FULL:
        return disk_full()
    if cause.errno in _DENIED:
        return not_writable()
    if cause.errno == errno.ELOOP:  # what O_NOFOLLOW answers for a link
        return not_ours()
    return StorageError(_("The disk did not do what was asked of it."), _("Check that the disk or stick is there."))


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Inside it, what the system raises becomes a StorageError."""
    try:
        yield
    except OSError as cause:
        raise storage_error(cause) from cause


def read_small(path: Path, limit: int) -> bytes | None:
    """What a regular file holds; None where there is none, or the disk can't give it back, or it is longer.

    Raises Damaged for a link, a pipe or a folder, which we never make, and NotWritable where access is denied.
    """
    with told():
        if not _is_plain(path):
            return None
        with os.fdopen(os.open(path, _READ), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise not_ours()
            try:
                content = file.read(limit + 1)
            except OSError:  # a bad sector: the copy beside it may be whole
                return None
    return content if len(content) <= limit else None


def size_of(path: Path) -> int | None:
    """The size of a regular file in bytes; None where there is none. Raises Damaged for a link or a folder."""
    with told():
        return path.lstat().st_size if _is_plain(path) else None


def make_empty(path: Path) -> None:
    """A new empty file, 0600 whatever the umask says. Raises StorageError, also where something is there already."""
    with told():
        os.close(os.open(path, _MAKE, 0o600))


def replace(path: Path, content: bytes, *, erase: bool = False) -> None:
    """Give `path` new content in one step: after a power cut it holds all of the old or all of the new.

    With `erase` the old content is written over afterwards, so that a plain disk does not keep it among its free
    blocks. (An SSD, a file system that copies on write or a backup may keep it: docs/privacy.md.)
    Raises StorageError; the old content is in place then, unless only making the change durable did not work.
    """
    new = path.with_name(path.name + NEW_SUFFIX)
    with told():
        # Windows can't replace a file that is open.
        old = _open_to_erase(path) if erase and os.name == "posix" else None
        try:
            new.unlink(missing_ok=True)  # left by a kill
            try:
                with os.fdopen(os.open(new, _MAKE, 0o600), "wb") as file:
                    file.write(content)
                    file.flush()
                    _sync(file.fileno())
                os.replace(new, path)  # noqa: PTH105  os: the tests count and stop these calls by name
            except BaseException:
                with contextlib.suppress(OSError):
                    new.unlink(missing_ok=True)
                raise
            sync_folder(path.parent)
            if old is not None:
                _overwrite(old)
        finally:
            if old is not None:
                os.close(old)


def erase(path: Path) -> None:
    """Write random bytes over a file, then remove it. A link is removed, what it points to is left alone."""
    with told():
        descriptor = _open_to_erase(path)
        if descriptor is not None:
            try:
                _overwrite(descriptor)
            finally:
                os.close(descriptor)
        path.unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    """Wait until what was written to `path` is on the disk."""
    with told():
        descriptor = os.open(path, os.O_RDWR | _NO_LINKS)
        try:
            _sync(descriptor)
        finally:
            os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until new, renamed and removed names in `folder` are on the disk. Windows has no such call."""
    if os.name != "posix":
        return
    with told():
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _is_plain(path: Path) -> bool:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(mode):
        raise not_ours()
    return True


def _sync(descriptor: int) -> None:
    if sys.platform == "darwin":
        import fcntl

        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # fsync alone stops at the drive's own cache there
        except OSError:
            pass  # not every file system knows it
        else:
            return
    os.fsync(descriptor)


def _open_to_erase(path: Path) -> int | None:
    try:
        return os.open(path, _ERASE)
    except OSError:
        return None


def _overwrite(descriptor: int) -> None:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        return
    rest = status.st_size
    while rest > 0:
        rest -= os.write(descriptor, os.urandom(min(rest, 65_536)))
    _sync(descriptor)
