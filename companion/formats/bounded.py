"""The two doors to the disk: reading a file that somebody brought, and writing one that did not exist before.

Reading is bounded: a pipe would hang the app for ever, a device or a huge file would fill the memory. Writing
never follows a link, never overwrites unasked and leaves nothing half-written behind (docs/privacy.md).
"""

from __future__ import annotations

import codecs
import errno
import os
import secrets
import stat
from pathlib import Path

from companion.domain.language import _
from companion.errors import DiskFull, FileRefused, NotWritable, UsageError

MEGABYTE = 1_000_000
_CHUNK = 1 << 20
_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def read_regular(path: Path, limit: int) -> bytes:
    """The bytes of the regular file at `path`, at most `limit` of them; a link to such a file is fine.

    Raises FileRefused for what is missing, unreadable, longer, or no regular file (a folder, pipe or device).
    Never waits: a pipe without a writer is opened without blocking and then refused.
    """
    try:
        descriptor = os.open(path, _READ)
    except FileNotFoundError:
        raise FileRefused(_("There is no file with that name."), _("Look at how it is spelled.")) from None
    except IsADirectoryError:
        raise _not_a_file() from None
    except (OSError, ValueError):  # ValueError: a NUL in the name
        raise FileRefused(_("That file can't be opened."), _("Copy it somewhere else and try again.")) from None
    try:
        return _read(descriptor, limit)
    except OSError:
        raise FileRefused(_("That file can't be read."), _("The stick or disk may be worn.")) from None
    finally:
        os.close(descriptor)


def _not_a_file() -> FileRefused:
    return FileRefused(_("That is not a file that can be read."), _("Choose one file, not a folder."))


def _read(descriptor: int, limit: int) -> bytes:
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        raise _not_a_file()
    too_big = FileRefused(
        _("That file is too big to be a plan or a calendar."),
        _("The limit is {n} MB.").format(n=f"{limit / MEGABYTE:g}"),
    )
    if found.st_size > limit:
        raise too_big
    data = bytearray()
    while len(data) <= limit and (chunk := os.read(descriptor, min(_CHUNK, limit + 1 - len(data)))):
        data += chunk
    if len(data) > limit:  # it grew meanwhile, or is one of those that say they are empty
        raise too_big
    return bytes(data)


def decode(data: bytes) -> tuple[str, str]:
    """The text in `data`, and a sentence where it was not plain UTF-8 ("" where it was).

    UTF-8 with or without a byte order mark, UTF-16 with one or recognisable by its zero bytes, else cp1252, the
    encoding of old Windows programs; a byte that is none of these becomes U+FFFD, and the sentence says so.
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise FileRefused(_("That file is not text that can be read."), _("Save it as UTF-8."))
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    elif encoding := _utf16(data):
        text = data.decode(encoding, "replace").removeprefix("\ufeff")
        return text, _("The file is written in UTF-16. It was read that way.")
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\ufffd" in text:
        return text, _("Some letters in the file can't be read. They are shown as \ufffd.")
    return text, _("The file is in an old Windows encoding. Look at letters with accents.")


def is_utf16(data: bytes) -> bool:
    """Whether `data` is text in UTF-16 or UTF-32, which is full of zero bytes."""
    return bool(_utf16(data)) or data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE))


def _utf16(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if data.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    head = data[:200]
    half = len(head) // 2
    # Without the mark, plain Latin text in UTF-16 has a zero in nearly every other byte.
    if half >= 4 and head[1::2].count(0) > half * 0.7 and head[::2].count(0) < half * 0.1:
        return "utf-16-le"
    if half >= 4 and head[::2].count(0) > half * 0.7 and head[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return ""


def fresh_write(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Write `data` to a new file at `path`, readable by its owner only (mode 0600).

    The bytes go to a file beside it first, reach the disk (fsync), and only then take the name: whoever opens
    `path` sees all of it or nothing. With `replace` an older file of that name gives way; a link of that name is
    replaced itself and what it points to is left alone. After any failure there is nothing new in the folder.

    Raises UsageError where the name is taken or the folder is not there, DiskFull, NotWritable.
    """
    if not replace and os.path.lexists(path):
        raise _taken()
    if path.is_dir() and not path.is_symlink():
        raise UsageError(_("That is a folder."), _("Give the name of a file in it."))
    beside = path.with_name(f".{secrets.token_hex(8)}.part")
    claimed = False
    try:
        _write_new(beside, data)
        if not replace:
            _claim(path)
            claimed = True
        beside.replace(path)
        claimed = False
        _sync_folder(path.parent)
    except OSError as error:
        raise _explained(error) from None
    finally:
        beside.unlink(missing_ok=True)
        if claimed:
            path.unlink(missing_ok=True)


def _taken() -> UsageError:
    return UsageError(_("There is already a file with that name."), _("Choose another name."))


def _claim(path: Path) -> None:
    """Take the name for ourselves, so that a file or link put there meanwhile is never overwritten."""
    try:
        os.close(os.open(path, _CREATE, 0o600))
    except FileExistsError:
        raise _taken() from None


def _write_new(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, _CREATE, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut, where the system allows it (Windows and some sticks do not)."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        return
    finally:
        os.close(descriptor)


def _explained(error: OSError) -> UsageError | DiskFull | NotWritable:
    if error.errno in _FULL:
        return DiskFull(_("There is no room left on that disk."), _("Nothing was written. Make room and try again."))
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return UsageError(_("The folder for that file is not there."), _("Make the folder first."))
    return NotWritable(_("That place can't be written to."), _("Choose another folder."))
