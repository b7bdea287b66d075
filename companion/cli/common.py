"""What several commands need: the data folder, an open profile, dates, words that nobody sees."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import UsageError

if TYPE_CHECKING:
    from companion.services.session import Session


def data_folder(args: argparse.Namespace) -> Path:
    import os

    from companion import paths

    return paths.data_folder(args.data, os.environ)


def add_profile(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--profile", metavar="LABEL", required=True, help="which profile")
    add_words(parser)


def add_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-stdin", action="store_true", help="read the pass-words from the first line of standard input"
    )


def add_window(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", metavar="D", type=day, help="first day (2026-12-01), included")
    parser.add_argument("--until", dest="until", metavar="D", type=day, help="last day, not included")


def check_window(first: date | None, until: date | None) -> None:
    """Raise UsageError where the last day is before the first: an empty list would look like an empty week."""
    if first is not None and until is not None and until < first:
        raise UsageError("--until is before --from.", "Look at the two dates.")


def day(text: str) -> date:
    """A day as YYYY-MM-DD, for argparse."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2026-12-01") from None


def ask_words(args: argparse.Namespace, prompt: str = "Pass-words: ") -> str:
    """The words, from the terminal without showing them, or from standard input; never from an argument."""
    if args.passphrase_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise UsageError("There is no terminal to ask for the pass-words on.", "Use --passphrase-stdin.")
    from getpass import getpass

    return getpass(prompt)


@contextmanager
def open_profile(args: argparse.Namespace) -> Iterator[Session]:
    """The profile named by --profile, open; closed again in every case."""
    from companion.domain.clock import SystemClock
    from companion.profiles import find_profile
    from companion.services.session import open_profile as open_session

    data = data_folder(args)
    profile = find_profile(data, args.profile)
    words = ask_words(args) if profile.has_words else None
    session = open_session(data, profile.id, words, SystemClock())
    try:
        yield session
    finally:
        session.close()
