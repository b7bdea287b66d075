"""One window per profile: a lock of the operating system on the file `lock`.

It ends with the process, whatever ends the process, so it is never stale. (A file whose being there is the lock
would keep her out after a power cut.) A child made by a bare fork would inherit it; `subprocess` does not pass it on.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from companion.domain.language import _
from companion.errors import InUse
from companion.store import files

LOCK_FILE = "lock"

_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}  # the second and last are Windows'


class ProfileLock:
    """The lock of the profile in one folder, taken when it is made."""

    def __init__(self, folder: Path) -> None:
        """Raises InUse at once where another window, or another place in this process, has it; StorageError."""
        with files.told():
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
            descriptor = os.open(folder / LOCK_FILE, flags, 0o600)
            try:
                _take(descriptor)
            except OSError as cause:
                os.close(descriptor)
                if cause.errno not in _TAKEN:
                    raise
                raise InUse(_("This profile is open in another window."), _("Close it there first.")) from None
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Give it back. Does nothing the second time."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _take(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
