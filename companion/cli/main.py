"""The command line. Each group of commands has a file; what costs to import is imported inside its command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from companion.domain.zones import use_packaged_zones
from companion.errors import CompanionError

FAULT = 70  # EX_SOFTWARE of sysexits.h: a fault of ours


def build_parser() -> argparse.ArgumentParser:
    from companion.cli import activity, calendar, plan, profile, shortcut

    parser = argparse.ArgumentParser(
        prog="companion",
        description="A private calendar, activity library and diary. Without a command it opens the app.",
        epilog="Exit status: 0 done, 1 the input has errors, 2 wrong usage, 3 wrong words or open elsewhere, "
        "4 storage is damaged or full, 70 a fault of ours.",
    )
    parser.add_argument(
        "--data", metavar="DIR", help="where profiles are kept (else $COMPANION_DATA, else the usual place)"
    )
    parser.add_argument("--version", action="store_true", help="say which version this is")
    commands = parser.add_subparsers(metavar="COMMAND", dest="command")
    for group in (profile, plan, calendar, activity, shortcut):
        group.register(commands)
    return parser


def run(argv: Sequence[str]) -> int:
    """Run one command; gives the exit status. Bad input never ends in a traceback."""
    parser = build_parser()
    try:
        args = parser.parse_args(argv)
    except SystemExit as stop:  # argparse has said what is wrong
        return int(stop.code or 0)
    if not hasattr(args, "run"):
        parser.print_help(sys.stderr)
        return 2
    os.umask(0o077)
    use_packaged_zones()
    try:
        return int(args.run(args))
    except CompanionError as error:
        print(f"companion: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001  the last net: a code for us, nothing of hers on the screen
        from companion.crash import crash_code

        print(
            f"companion: Something went wrong on our side. Nothing was lost. Code {crash_code(error)}", file=sys.stderr
        )
        return FAULT
