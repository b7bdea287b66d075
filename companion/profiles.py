"""Which profiles there are, told without any key, so that the list is on screen before database code is loaded.

A profile is a folder with a random name. What can be read in it without her words is listed here and nowhere
else: a label, kept in the clear because the list shows it before anything is unlocked, and the kinds of key slots.
So a label is offered, a colour and an animal, and a real name is her choice (docs/privacy.md, "What can be seen").
"""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from companion.domain.language import _
from companion.domain.text import clean
from companion.errors import InputError, NoSuchProfile

LABEL_FILE = "label"
HEAD_FILE = "head"
HEAD_COPY = "head.bak"
HEAD_LIMIT = 16_384  # bytes; a head of two slots has under 900
LABEL_LIMIT = 40  # characters; the list has room for them at 80 columns
OPEN = "open"  # the kind of slot that holds the key in the clear

_ID = re.compile(r"[0-9a-f]{8}")

_COLOURS = (
    "amber", "blue", "copper", "coral", "golden", "green", "indigo", "ivory", "jade", "lilac",
    "olive", "orange", "pearl", "pink", "plum", "purple", "ruby", "silver", "teal", "violet",
)  # fmt: skip
_ANIMALS = (
    "badger", "bluebird", "butterfly", "crane", "deer", "dolphin", "dove", "falcon", "finch", "fox",
    "gecko", "goose", "hare", "heron", "horse", "koala", "lark", "lynx", "otter", "owl",
    "panda", "penguin", "puffin", "rabbit", "robin", "seal", "sparrow", "swan", "turtle", "wren",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile as seen from outside. `id` is the folder's name, 8 hex digits; `has_words` whether it asks."""

    id: str
    label: str
    folder: Path
    has_words: bool


def is_id(name: str) -> bool:
    """Whether `name` can be a profile's folder."""
    return _ID.fullmatch(name) is not None


def list_profiles(data: Path) -> list[Profile]:
    """All profiles in `data`, by label.

    A folder without head, its copy and label was never finished, or is being deleted: it is left out. One that
    is damaged is listed, so that opening it can say so; it counts as having words.
    """
    try:
        folders = [each for each in data.iterdir() if is_id(each.name) and stat.S_ISDIR(each.lstat().st_mode)]
    except OSError:
        return []
    found = [_profile(each) for each in folders if _is_begun(each)]
    return sorted(found, key=lambda profile: (_folded(profile.label), profile.id))


def find_profile(data: Path, label: str) -> Profile:
    """The profile with that label (big or small letters) or that id. Raises NoSuchProfile."""
    wanted = _folded(clean(label))
    for profile in list_profiles(data):
        if wanted in {_folded(profile.label), profile.id}:
            return profile
    raise NoSuchProfile(_("There is no profile with that name here."), _("The list shows the names there are."))


def check_label(data: Path, label: str, *, own: str = "") -> str:
    """`label` cleaned, if it can be taken in `data`; `own` is the id of the profile that may have it already.

    Raises InputError where nothing is left of it or another profile has it.
    """
    label = clean(label, LABEL_LIMIT)
    if not label:
        raise InputError(_("A profile needs a name."), _("A colour and an animal will do, such as “blue heron”."))
    if any(_folded(label) in {_folded(each.label), each.id} for each in list_profiles(data) if each.id != own):
        raise InputError(_("There is already a profile with that name."), _("Choose another one."))
    return label


def new_label(taken: Iterable[str] = (), choose: Callable[[Sequence[str]], str] | None = None) -> str:
    """A label to offer, such as "blue heron": it tells two profiles apart and says nothing about anyone.

    Not one of `taken`, as long as one of the 600 is left.
    """
    if choose is None:
        from random import SystemRandom

        choose = SystemRandom().choice
    pairs = [_("{colour} {animal}").format(colour=_(one), animal=_(other)) for one in _COLOURS for other in _ANIMALS]
    used = {_folded(label) for label in taken}
    return choose([pair for pair in pairs if _folded(pair) not in used] or pairs)


def _profile(folder: Path) -> Profile:
    label = clean(_read(folder / LABEL_FILE, 1_000).decode("utf-8", "ignore"), LABEL_LIMIT)
    return Profile(folder.name, label or _("Profile {id}").format(id=folder.name), folder, _has_words(folder))


def _has_words(folder: Path) -> bool:
    import json

    for name in (HEAD_FILE, HEAD_COPY):
        try:
            slots = json.loads(_read(folder / name, HEAD_LIMIT))["slots"]
            return all(slot["type"] != OPEN for slot in slots)
        except (ValueError, LookupError, TypeError, RecursionError):
            continue
    return True


def _is_begun(folder: Path) -> bool:
    return any((folder / name).exists() for name in (HEAD_FILE, HEAD_COPY, LABEL_FILE))


def _read(path: Path, limit: int) -> bytes:
    """The start of a regular file; nothing for a link, a pipe (which would wait for ever) or no file."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return b""
        with path.open("rb") as file:
            return file.read(limit)
    except OSError:
        return b""


def _folded(label: str) -> str:
    return unicodedata.normalize("NFKC", label).casefold()
