"""Numbers to call, from the data file companion/support_lines.toml. Read without a profile, also while locked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

FIRST = 3  # so many stand on top; a dozen numbers at once confuse more than they help


@dataclass(frozen=True, slots=True)
class HelpLine:
    """`kind` says what it is, because a mother may fear that a call makes a report. A `caution` is never left out.

    `verified_on` is the day a person last called it and found it right; None: nobody did since it was written down.
    """

    id: str
    name: str
    numbers: tuple[str, ...]
    kind: str
    say: str
    caution: str = ""
    country: str = ""
    verified_on: date | None = None


@cache
def help_lines() -> tuple[HelpLine, ...]:
    """All of them, in the file's order."""
    import tomllib
    from importlib.resources import files

    text = files("companion").joinpath("support_lines.toml").read_text("utf-8")
    return tuple(
        HelpLine(
            id=line["id"],
            name=line["name"],
            numbers=tuple(line["numbers"]),
            kind=line["kind"],
            say=line["say"],
            caution=line["caution"],
            country=line["country"],
            verified_on=date.fromisoformat(line["verified_on"]) if line["verified_on"] else None,
        )
        for line in tomllib.loads(text)["line"]
    )
