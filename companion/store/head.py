"""The head: the small file that says which data file is in force and holds its key, sealed.

Replacing it is the only moment at which a change of words takes effect, so there is never a state in between. A copy
lies beside it, for the day a sector of the disk goes bad. Every version of the format keeps `v` and `check`, so that
an older Companion can tell a newer head from a damaged one.
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

from companion.domain.language import _
from companion.errors import Damaged, NewerFile, StorageError
from companion.profiles import HEAD_COPY, HEAD_FILE, HEAD_LIMIT
from companion.store import files
from companion.store.keys import Binding, Kind, OpenSlot, SealedSlot, Slot, slot_from_json, slot_to_json

VERSION = 1
GENERATION_LIMIT = 1_000_000_000

_PROFILE_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Head:
    """`profile_id` stands in the data file too; `generation` counts the changes of words, from 1."""

    profile_id: str
    generation: int
    slots: tuple[Slot, ...]

    @property
    def database(self) -> str:
        """The data file's name."""
        return database_name(self.generation)

    @property
    def open_slot(self) -> OpenSlot | None:
        """The slot of a profile without words."""
        return next((slot for slot in self.slots if isinstance(slot, OpenSlot)), None)

    def sealed_slot(self, kind: Kind) -> SealedSlot | None:
        return next((slot for slot in self.slots if isinstance(slot, SealedSlot) and slot.kind == kind), None)

    def binding(self) -> Binding:
        return binding(self.profile_id, self.generation)


def database_name(generation: int) -> str:
    return f"data.{generation}"


def binding(profile_id: str, generation: int) -> Binding:
    """What the seals of that generation belong to."""
    return Binding(VERSION, profile_id, generation, database_name(generation))


def to_bytes(head: Head) -> bytes:
    """`head` as it is stored: one JSON object whose `check` is the CRC-32 of the rest."""
    body: dict[str, object] = {
        "v": VERSION,
        "id": head.profile_id,
        "gen": head.generation,
        "db": head.database,
        "slots": [slot_to_json(slot) for slot in head.slots],
    }
    return json.dumps({**body, "check": _check(body)}, indent=1).encode()


def from_bytes(content: bytes) -> Head:
    """The head in `content`. Raises NewerFile, or Damaged for everything that is not a head of ours.

    The check is against accidents; against a person there is the seal.
    """
    try:
        body = json.loads(content)
        if body.pop("check") != _check(body):
            raise _unreadable()
        version = body["v"]
        if type(version) is int and version > VERSION:
            raise NewerFile(
                _("A newer Companion wrote this profile."), _("Update Companion on this computer, then open it.")
            )
        profile_id, generation = body["id"], body["gen"]
        slots = tuple(slot_from_json(slot) for slot in body["slots"])
        sound = (
            version == VERSION
            and _PROFILE_ID.fullmatch(profile_id)
            and type(generation) is int
            and 0 < generation < GENERATION_LIMIT
            and body["db"] == database_name(generation)
            and _fit_together(slots)
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as cause:
        raise _unreadable() from cause
    if not sound:
        raise _unreadable()
    return Head(profile_id, generation, slots)


def read(folder: Path) -> Head:
    """The head of the profile in `folder`, from its copy where it can't be read.

    Raises NewerFile, Damaged where neither can be read or something else is in their place, StorageError.
    """
    for name in (HEAD_FILE, HEAD_COPY):
        content = files.read_small(folder / name, HEAD_LIMIT)
        if content is None:
            continue
        try:
            return from_bytes(content)
        except Damaged:
            continue
    raise _unreadable()


def put_in_force(folder: Path, head: Head) -> None:
    """Make `head` the one that counts. Raises StorageError; ask `in_force` then, it may have taken effect."""
    files.replace(folder / HEAD_FILE, to_bytes(head), erase=True)


def in_force(folder: Path, head: Head) -> bool:
    """Whether `head` is the one that counts."""
    return files.read_small(folder / HEAD_FILE, HEAD_LIMIT) == to_bytes(head)


def mend(folder: Path, head: Head) -> None:
    """Make the head and its copy both say `head`, where they do not. Raises StorageError."""
    content = to_bytes(head)
    if files.read_small(folder / HEAD_FILE, HEAD_LIMIT) != content:
        files.replace(folder / HEAD_FILE, content, erase=True)
    if files.read_small(folder / HEAD_COPY, HEAD_LIMIT) != content:
        try:
            files.replace(folder / HEAD_COPY, content, erase=True)
        except StorageError:  # a full disk: better no copy than one that the old words open
            files.erase(folder / HEAD_COPY)
            raise


def erase(folder: Path) -> None:
    """Write over the keys and remove them. Nothing in the folder can be read from then on. Raises StorageError."""
    for name in (HEAD_FILE, HEAD_COPY):
        files.erase(folder / (name + files.NEW_SUFFIX))
        files.erase(folder / name)
    files.sync_folder(folder)


def _fit_together(slots: tuple[Slot, ...]) -> bool:
    """Either the key lies open, or words open it and perhaps a code: nothing twice, nothing mixed."""
    kinds = sorted("open" if isinstance(slot, OpenSlot) else slot.kind for slot in slots)
    return kinds in (["open"], ["words"], ["code", "words"])


def _check(body: dict[str, object]) -> str:
    return f"{zlib.crc32(json.dumps(body, sort_keys=True, separators=(',', ':')).encode()):08x}"


def _unreadable() -> Damaged:
    return Damaged(
        _("The file with the keys of this profile can't be read."),
        _("Nothing was changed. Keep the folder as it is and ask someone who knows computers to look at it."),
    )
