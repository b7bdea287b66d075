"""Where everything is kept: one folder for a person's data, closed to other accounts of the computer.

Imported before the first screen is painted, so it loads nothing but the standard library; platformdirs only where
no folder was named.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from companion.domain.language import _
from companion.errors import NotWritable

FOLDER_NAME = "companion"  # says nothing about recovery to someone who lists the folder
VARIABLE = "COMPANION_DATA"


def data_folder(override: str | None, environ: Mapping[str, str]) -> Path:
    """The folder that holds all profiles: `override`, else `$COMPANION_DATA`, else the platform's own place.

    It is made with mode 0700 where it is not there yet. One that was there keeps its mode: it may be the top of
    a stick or hold other things, and every profile's folder inside is 0700 anyway.

    Raises NotWritable where there is no home folder, or the folder can't be made or written to.
    """
    chosen = override or environ.get(VARIABLE)
    try:
        folder = Path(chosen).expanduser().absolute() if chosen else _usual_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except RuntimeError:  # what pathlib raises for "~" without a home
        raise _no_home() from None
    except FileExistsError:
        raise NotWritable(_("The place for your calendar is a file, not a folder."), _another_folder()) from None
    except (OSError, ValueError) as cause:
        raise NotWritable(_("The folder for your calendar can't be made."), _another_folder()) from cause
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise NotWritable(_("The folder for your calendar can't be written to."), _another_folder())
    return folder


def tighten(folder: Path) -> None:
    """Close `folder` and all it holds to other accounts: folders 0700, files 0600. Links are left alone.

    Does nothing on Windows, where a user's folders are closed to other accounts by inheritance, nor where there are
    no modes to set, as on a FAT stick. Raises OSError.
    """
    if os.name != "posix":
        return
    _close(folder)
    for where, folders, files in os.walk(folder):
        for name in (*folders, *files):
            _close(Path(where, name))


def _close(path: Path) -> None:
    mode = path.lstat().st_mode
    if not stat.S_ISLNK(mode) and mode & 0o077:
        with contextlib.suppress(PermissionError):  # what a FAT stick answers
            path.chmod(0o700 if stat.S_ISDIR(mode) else 0o600)


def _usual_folder() -> Path:
    from platformdirs import user_data_path

    folder = user_data_path(FOLDER_NAME, appauthor=False)
    if not folder.is_absolute():  # an account without a home gives a literal "~/.local/…"
        raise _no_home()
    return folder


def _no_home() -> NotWritable:
    return NotWritable(_("This account has no home folder to keep your calendar in."), _another_folder())


def _another_folder() -> str:
    return _("Name another folder with --data.")
