"""companion profile new | list | delete"""

from __future__ import annotations

import argparse
import sys
from typing import Any

from companion.cli.common import add_words, ask_words, data_folder
from companion.errors import UsageError


def register(commands: Any) -> None:
    parser = commands.add_parser("profile", help="make, list or delete profiles")
    actions = parser.add_subparsers(metavar="ACTION", required=True)

    new_parser = actions.add_parser("new", help="make a profile")
    new_parser.add_argument(
        "label", metavar="LABEL", help="what the list shows: a colour and an animal rather than a name"
    )
    new_parser.add_argument(
        "--no-words", action="store_true", help="without pass-words: anyone at the computer can read it"
    )
    new_parser.add_argument("--timezone", metavar="ZONE", help="for instance America/New_York (else the computer's)")
    add_words(new_parser)
    new_parser.set_defaults(run=new)

    list_parser = actions.add_parser("list", help="list the profiles by their labels")
    list_parser.set_defaults(run=list_all)

    delete_parser = actions.add_parser("delete", help="delete a profile and everything in it")
    delete_parser.add_argument("label", metavar="LABEL")
    delete_parser.add_argument("--yes", action="store_true", help="do not ask again")
    delete_parser.set_defaults(run=delete)


def new(args: argparse.Namespace) -> int:
    from companion.domain.clock import SystemClock
    from companion.services.session import computer_zone, create_profile, known_zone

    zone = known_zone(args.timezone) if args.timezone else computer_zone()
    words: str | None = None
    if not args.no_words:
        words = ask_words(args, "New pass-words (empty for none): ")
        if args.passphrase_stdin and not words.strip():  # an empty pipe is a mistake, not a wish
            raise UsageError(
                "There were no pass-words on standard input.", "For a profile without any, say --no-words."
            )
        if words and not args.passphrase_stdin and ask_words(args, "The same again: ") != words:
            raise UsageError("The two were not the same.", "Start again.")
    session, code = create_profile(data_folder(args), args.label, words or None, SystemClock(), zone=zone)
    session.close()
    if zone is None:
        print(
            "This computer does not say its time zone, so times are in UTC. Give --timezone to choose.", file=sys.stderr
        )
    if code is None:
        print("Made, without pass-words: anyone at this computer can read it.", file=sys.stderr)
    else:
        print(
            "Made. If the words are forgotten, this code opens it. Write it on paper; it is shown once:",
            file=sys.stderr,
        )
        print(code)
    return 0


def list_all(args: argparse.Namespace) -> int:
    from companion.profiles import list_profiles

    for profile in list_profiles(data_folder(args)):
        print(profile.label if profile.has_words else f"{profile.label}  (no pass-words)")
    return 0


def delete(args: argparse.Namespace) -> int:
    from companion.profiles import find_profile
    from companion.services.session import delete_profile

    data = data_folder(args)
    profile = find_profile(data, args.label)
    if not args.yes:
        if not sys.stdin.isatty():
            raise UsageError("Deleting can't be undone.", "Add --yes if that is what you want.")
        print(
            f"Everything in {profile.label} will be gone. Type its label to go on: ",
            end="",
            file=sys.stderr,
            flush=True,
        )
        if sys.stdin.readline().strip() != profile.label:
            raise UsageError("That was not the label. Nothing was deleted.")
    delete_profile(data, profile.id)
    print("Deleted. Copies on sticks and files you saved elsewhere are still there.", file=sys.stderr)
    return 0
