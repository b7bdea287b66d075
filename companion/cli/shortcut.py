"""companion shortcut: an icon to double-click, with a name that says nothing."""

from __future__ import annotations

import argparse
import os
import shlex
import stat
import sys
from pathlib import Path
from typing import Any

from companion.errors import UsageError

NAME = "Calendar"


def register(commands: Any) -> None:
    parser = commands.add_parser("shortcut", help="put a neutral icon to double-click on this computer")
    parser.add_argument("--folder", metavar="DIR", type=Path, help="where to put it (else the desktop)")
    parser.add_argument("--replace", action="store_true", help="write over one that is there")
    parser.set_defaults(run=shortcut)


def shortcut(args: argparse.Namespace) -> int:
    folder = args.folder or _desktop()
    if not folder.is_dir():
        raise UsageError("There is no desktop folder here.", "Say where to put it with --folder.")
    command = [sys.executable, "-P", "-m", "companion"] + (
        ["--data", str(Path(args.data).absolute())] if args.data else []
    )
    name, text = shortcut_file(sys.platform, command)
    path = folder / name
    if path.exists() and not args.replace:
        raise UsageError("There is one already.", "Add --replace to write it anew.")
    # Readable like any other icon, but for her alone: nothing in it is personal besides where the program is.
    path.write_text(text, encoding="utf-8", newline="")
    path.chmod(stat.S_IRWXU)
    print(path)
    return 0


def shortcut_file(platform: str, command: list[str]) -> tuple[str, str]:
    """The file's name and text for a platform (as sys.platform names it)."""
    if platform == "win32":
        line = " ".join(f'"{part}"' for part in command)
        return f"{NAME}.cmd", f"@echo off\r\ntitle {NAME}\r\n{line}\r\n"
    if platform == "darwin":
        return f"{NAME}.command", f"#!/bin/sh\nclear\nexec {shlex.join(command)}\n"
    # The desktop entry specification quotes with double quotes and escapes " ` $ \ inside, then % as %%.
    quoted = " ".join('"' + _escape(part) + '"' for part in command)
    return (
        f"{NAME.lower()}.desktop",
        f"[Desktop Entry]\nType=Application\nName={NAME}\nExec={quoted}\nTerminal=true\nIcon=x-office-calendar\n",
    )


def _escape(part: str) -> str:
    for char in ("\\", '"', "`", "$"):
        part = part.replace(char, "\\" + char)
    return part.replace("\\", "\\\\").replace("%", "%%")


def _desktop() -> Path:
    told = os.environ.get("XDG_DESKTOP_DIR")
    return Path(told) if told else Path.home() / "Desktop"
