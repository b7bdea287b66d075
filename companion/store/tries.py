"""A pause after wrong words, and never more than a pause.

Four tries are free, then the wait doubles from 2 to 60 seconds. There is no lock-out and no wipe: a child at the
keyboard, or someone who wants to hurt her, could use those to take her calendar from her. The pause only helps
against someone at this keyboard; who copies the files is held up by Argon2id alone (docs/privacy.md).
"""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime
from pathlib import Path

from companion.domain.clock import Clock
from companion.errors import StorageError, WaitFirst
from companion.store import files

TRIES_FILE = "tries"
FREE_TRIES = 4
LONGEST_WAIT = 60.0  # seconds

_COUNT_LIMIT = 1_000_000


class Tries:
    """The count of wrong tries of one profile, kept in a file so that closing the app does not reset it.

    A full or locked disk costs the count, not the way in. `wrong` is the number of wrong tries since the last
    right one, `last` the instant (aware, UTC) of the latest.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._path = folder / TRIES_FILE
        self._clock = clock
        self._count, self._at = self._load()
        self.wrong, self.last = self._count, self._at

    def begin(self) -> None:
        """Count a try before it is made, so that ending the app in the middle does not save it.

        Raises WaitFirst while the wait lasts. A clock set back (an old computer with an empty battery) starts the
        wait again from now; it never has her wait for the old time to come round.
        """
        now = self._clock.now()
        wait = _wait_after(self._count)
        if wait and self._at is not None:
            since = (now - self._at).total_seconds()
            if since < 0 and self._save(self._count, now):
                since = 0
            if 0 <= since < wait:
                raise WaitFirst(wait - since)
        self.wrong, self.last = self._count, self._at
        self._save(self._count + 1, now)

    def take_back(self) -> None:
        """The try was not one: the computer could not make it."""
        self._save(self.wrong, self.last)

    def right(self) -> None:
        """The try was right: start again from none."""
        self._save(0, None)

    def _load(self) -> tuple[int, datetime | None]:
        with contextlib.suppress(StorageError, ValueError, LookupError, TypeError, OverflowError, OSError):
            stored = json.loads(files.read_small(self._path, 200) or b"")
            return max(0, min(int(stored["n"]), _COUNT_LIMIT)), datetime.fromtimestamp(float(stored["t"]), UTC)
        return 0, None

    def _save(self, count: int, at: datetime | None) -> bool:
        """Whether it could be stored."""
        self._count, self._at = count, at
        try:
            if count == 0 or at is None:
                with files.told():
                    self._path.unlink(missing_ok=True)
            else:
                files.replace(self._path, json.dumps({"n": count, "t": at.timestamp()}).encode())
        except StorageError:
            return False
        return True


def _wait_after(count: int) -> float:
    """Seconds to wait after so many wrong tries: 0 for the first four, then 2, 4, 8 … 60."""
    if count < FREE_TRIES:
        return 0
    return min(LONGEST_WAIT, 2.0 ** min(10, count - FREE_TRIES + 1))
