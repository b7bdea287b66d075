"""companion import | export | agenda"""

from __future__ import annotations

import argparse
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.cli.common import add_profile, add_window, check_window, open_profile
from companion.errors import UsageError

if TYPE_CHECKING:
    from companion.services.intake import Preview


def register(commands: Any) -> None:
    parser = commands.add_parser("import", help="bring a plan or calendar file in")
    parser.add_argument("file", metavar="FILE", type=Path)
    add_profile(parser)
    parser.add_argument("--client", metavar="NAME", help="whose plan, where a sheet holds several")
    parser.add_argument("--dry-run", action="store_true", help="say what would change, change nothing")
    parser.add_argument("--all-or-nothing", action="store_true", help="take nothing where any item is refused")
    parser.add_argument("--json", action="store_true")
    _add_table_options(parser)
    parser.set_defaults(run=bring_in)

    parser = commands.add_parser("export", help="write a calendar file for a phone")
    add_profile(parser)
    parser.add_argument("-o", dest="out", metavar="OUT.ics", type=Path, required=True)
    add_window(parser)
    parser.add_argument("--full", action="store_true", help="real titles, places and notes instead of discreet ones")
    parser.add_argument("--simple", action="store_true", help="every date as an event of its own, for simple phones")
    parser.add_argument("--kinds", metavar="A,B", help="only these kinds")
    parser.add_argument("--replace", action="store_true", help="write over a file that is there")
    parser.set_defaults(run=export)

    parser = commands.add_parser("agenda", help="list what is coming")
    add_profile(parser)
    add_window(parser)
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=agenda)


def _add_table_options(parser: argparse.ArgumentParser) -> None:
    from companion.cli.plan import add_table_options

    add_table_options(parser)


def agenda(args: argparse.Namespace) -> int:
    from companion.formats.listing import as_json, as_text

    with open_profile(args) as session:
        planner = session.planner
        settings = session.settings
        first = args.first or planner.today()
        until = args.until or first + timedelta(days=7)
        check_window(first, until)
        found = planner.between(first, until)
        if args.json:
            print(as_json(found, reminders=settings.reminders))
        elif found:
            print(as_text(found, planner.today(), hours24=settings.hours24))
    return 0


def bring_in(args: argparse.Namespace) -> int:
    import json

    from companion.cli.plan import table_options
    from companion.formats.listing import finding_data

    with open_profile(args) as session:
        previews = _of_client(session.intake.preview(args.file, table_options(args)), args.client)
        refused = any(preview.refused for preview in previews)
        if args.json:
            shown = [
                {"summary": p.summary, "changes": p.lines(), "findings": [finding_data(f) for f in p.findings]}
                for p in previews
            ]
            print(json.dumps({"plans": shown}, ensure_ascii=False, indent=1))
        else:
            for preview in previews:
                for words in (*preview.findings, *preview.changes.remarks):
                    print(words, file=sys.stderr)
                print(preview.summary)
        if args.all_or_nothing and refused:
            print("companion: Nothing was taken, because some items were refused.", file=sys.stderr)
            return 1
        if not args.dry_run:
            for preview in previews:
                session.intake.apply(preview)
        return 1 if refused else 0


def _of_client(previews: list[Preview], client: str | None) -> list[Preview]:
    """The one plan that is meant: one person's never comes into another's profile."""
    if client is not None:
        wanted = client.strip().casefold()
        previews = [p for p in previews if p.plan.header.prepared_for.casefold() == wanted]
        if not previews:
            raise UsageError("There is no plan for that client in the file.", "Write it as the sheet does.")
    if len(previews) > 1:
        raise UsageError(
            "The file holds plans for several clients. Nothing was taken.", "Say whose is meant: --client."
        )
    return previews


def export(args: argparse.Namespace) -> int:
    from companion.domain.kinds import find_kind

    kinds: list[str] = []
    for name in (args.kinds or "").split(","):
        if name.strip():
            found = find_kind(name)
            if found is None:
                raise UsageError(f"{name.strip()!r} is not a kind.", "Use names such as: support group, court.")
            kinds.append(found.id)
    check_window(args.first, args.until)
    with open_profile(args) as session:
        written = session.outbox.save(
            args.out,
            first=args.first,
            until=args.until,
            full=args.full,
            simple=args.simple,
            kinds=tuple(kinds),
            replace=args.replace,
        )
    for note in written.notes:
        print(note, file=sys.stderr)
    for path in written.paths:
        print(path)
    return 0
