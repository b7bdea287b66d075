"""companion activity list | show | check | new"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from companion.errors import InputError, UsageError


def register(commands: Any) -> None:
    parser = commands.add_parser("activity", help="look at the activities, check one, begin a new one")
    actions = parser.add_subparsers(metavar="ACTION", required=True)

    list_parser = actions.add_parser("list", help="every activity: id, title, minutes, energy, ages")
    list_parser.set_defaults(run=list_all)

    show_parser = actions.add_parser("show", help="one activity with its steps")
    show_parser.add_argument("id", metavar="ID")
    show_parser.set_defaults(run=show)

    check_parser = actions.add_parser("check", help="say what is wrong with activity files; exit 1 on an error")
    check_parser.add_argument(
        "files", metavar="FILE", nargs="*", type=Path, help="files or a folder (else all of ours)"
    )
    check_parser.set_defaults(run=check)

    new_parser = actions.add_parser("new", help="write a blank activity file to fill in")
    new_parser.add_argument("file", metavar="FILE", type=Path, help="for instance activities/calm/slow-wave.md")
    new_parser.set_defaults(run=new)


def list_all(args: argparse.Namespace) -> int:
    from companion.domain.activity import Status
    from companion.formats.activity_file import activities_folder, load_library

    library = load_library(activities_folder())
    rows = [("id", "title", "minutes", "energy", "ages")]
    for activity in library.activities.values():
        title = activity.title if activity.status is Status.LIVE else f"{activity.title} (draft)"
        minutes = f"{activity.minutes.least} to {activity.minutes.most}"
        rows.append((activity.id, title, minutes, activity.energy, activity.ages_words))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        print("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]]))
    return _report([str(finding) for finding in library.findings])


def _report(problems: list[str]) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def show(args: argparse.Namespace) -> int:
    from difflib import get_close_matches

    from companion.formats.activity_file import activities_folder, load_library
    from companion.formats.activity_text import card

    library = load_library(activities_folder())
    activity = library.activities.get(args.id)
    if activity is None:
        near = get_close_matches(args.id, list(library.activities), 1, 0.5)
        mend = f"Did you mean {near[0]}?" if near else 'See "companion activity list".'
        raise InputError("There is no activity with that id.", mend)
    print(card(activity), end="")
    return 0


def check(args: argparse.Namespace) -> int:
    from companion.domain.finding import Finding, Level
    from companion.formats.activity_check import check_file, check_library
    from companion.formats.activity_file import activities_folder

    count = 0
    findings: list[Finding] = []
    for path in args.files or [activities_folder()]:
        if path.is_dir():
            files, found = check_library(path)
            count += files
        else:
            found = check_file(path)
            count += 1
        findings += found
    if not count:
        raise UsageError("There is no activity file there.", "Name a file, or the folder that holds them.")
    errors = sum(finding.level is Level.ERROR for finding in findings)
    for finding in findings:
        print(finding if finding.level is Level.ERROR else f"{finding} ({finding.level})")
    files_word = "file" if count == 1 else "files"
    print(f"{count} {files_word}: {errors} to mend, {len(findings) - errors} to look at.", file=sys.stderr)
    return 1 if errors else 0


def new(args: argparse.Namespace) -> int:
    from companion.domain.activity import Category
    from companion.formats.activity_fields import ID
    from companion.formats.activity_text import blank
    from companion.formats.bounded import fresh_write

    path: Path = args.file
    if path.suffix != ".md" or not ID.fullmatch(path.stem):
        raise UsageError(
            "The file's name has to be small letters, digits and hyphens, then .md.", "For instance slow-wave.md."
        )
    category = path.parent.name if path.parent.name in set(Category) else ""
    fresh_write(path, blank(path.stem, category).encode())
    print(f"Written. Fill it in, then run: companion activity check {path}", file=sys.stderr)
    return 0
