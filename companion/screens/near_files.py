"""Files and folders at hand: sticks, Downloads, Documents, the desktop, the home folder and where it was started.

Nothing is opened here, names are listed only. Every step is bounded: a stick may hold a hundred thousand photos.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from companion.domain.language import _
from companion.domain.text import clean

PLAN_ENDINGS = frozenset({".toml", ".csv", ".xlsx", ".ics"})
MOST_LISTED = 40  # nobody reads further; the path field takes the rest
_LOOKED_AT = 5_000  # entries of one folder
_STICK_FOLDERS = 60  # folders of a stick that are looked into, one level
_LABEL_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that files are looked for in or saved to; `label` is what a person calls it."""

    path: Path
    label: str
    stick: bool = False


@dataclass(frozen=True, slots=True)
class NearFile:
    """A file at hand. `changed` is its time stamp in seconds since 1970, `size` in bytes."""

    path: Path
    name: str
    label: str
    changed: float
    size: int
    stick: bool = False


def sticks(roots: Iterable[Path] | None = None) -> list[Folder]:
    """What is plugged in and can be read. `roots` are the folders that drives appear in, by default the system's."""
    found: list[Folder] = []
    for path in _drives() if roots is None else _below(roots):
        if _is_folder(path) and os.access(path, os.R_OK | os.X_OK):
            found.append(Folder(path, _("stick {name}").format(name=_shown(path)), stick=True))
    return found


def folders(sticks_found: Iterable[Folder] = (), environ: dict[str, str] | None = None) -> list[Folder]:
    """The sticks, then the usual folders of this account that exist, each once."""
    found = [*sticks_found]
    found += [Folder(path, label) for path, label in _usual(os.environ if environ is None else environ)]
    seen: set[str] = set()
    kept: list[Folder] = []
    for folder in found:
        real = os.path.realpath(folder.path)
        if real not in seen and _is_folder(folder.path):
            seen.add(real)
            kept.append(folder)
    return kept


def plan_files(places: Iterable[Folder], most: int = MOST_LISTED) -> list[NearFile]:
    """The files in `places` that may hold a plan: those of sticks first, then the newest first."""
    seen: set[str] = set()
    found: list[NearFile] = []
    for place in places:
        for file in _in_folder(place):
            real = os.path.realpath(file.path)
            if real not in seen:
                seen.add(real)
                found.append(file)
    found.sort(key=lambda f: (not f.stick, -f.changed, f.name))
    return found[:most]


def free_name(folder: Path, name: str) -> Path:
    """`folder/name`, or the next free "name-2": nothing that is there is written over."""
    path = folder / name
    number = 2
    while path.exists() or path.is_symlink():
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
        number += 1
    return path


def _in_folder(place: Folder) -> Iterator[NearFile]:
    below: list[Path] = []
    for entry in _entries(place.path):
        if entry.name.startswith("."):
            continue
        if place.stick and len(below) < _STICK_FOLDERS and _is_real_folder(entry):
            below.append(Path(entry.path))
        elif (file := _plan_file(entry, place)) is not None:
            yield file
    for folder in below:
        for entry in _entries(folder):
            if not entry.name.startswith(".") and (file := _plan_file(entry, place)) is not None:
                yield file


def _plan_file(entry: os.DirEntry[str], place: Folder) -> NearFile | None:
    if Path(entry.name).suffix.casefold() not in PLAN_ENDINGS or entry.name.startswith("~$"):
        return None
    try:
        about = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    if not stat.S_ISREG(about.st_mode):
        return None
    name = clean(entry.name, _LABEL_LIMIT)
    return NearFile(Path(entry.path), name, place.label, about.st_mtime, about.st_size, place.stick)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(islice(entries, _LOOKED_AT))
    except OSError:
        return []


def _drives() -> Iterator[Path]:
    if sys.platform == "win32":
        for letter in "DEFGHIJKLMNOPQRSTUVWXYZ":  # A and B wake a floppy drive, C is the computer's own
            yield Path(f"{letter}:\\")
    elif sys.platform == "darwin":
        for path in _below([Path("/Volumes")]):
            if not path.is_symlink():  # the computer's own disk is a link here
                yield path
    else:
        user = os.environ.get("USER") or os.environ.get("LOGNAME") or ""
        below_user = [Path("/media", user), Path("/run/media", user)] if user else []
        for path in _below([*below_user, Path("/media"), Path("/mnt")]):
            # An empty folder may stay behind where a stick was: what is saved there stays on this computer.
            if path.is_mount():
                yield path


def _below(roots: Iterable[Path]) -> Iterator[Path]:
    for root in roots:
        yield from sorted(Path(entry.path) for entry in _entries(root) if not entry.name.startswith("."))


def _usual(environ: os._Environ[str] | dict[str, str]) -> Iterator[tuple[Path, str]]:
    import platformdirs

    for path, label in (
        (platformdirs.user_downloads_path, _("Downloads")),
        (platformdirs.user_documents_path, _("Documents")),
        (platformdirs.user_desktop_path, _("Desktop")),
    ):
        try:
            yield path(), label
        except (RuntimeError, OSError):  # an account without a home
            continue
    home = environ.get("USERPROFILE") if sys.platform == "win32" else environ.get("HOME")
    if home:
        yield Path(home), _("home folder")
    try:
        yield Path.cwd(), _("this folder")
    except OSError:  # the folder it was started in is gone
        return


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _is_real_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _shown(path: Path) -> str:
    return clean(path.name or str(path).rstrip("\\"), _LABEL_LIMIT)
