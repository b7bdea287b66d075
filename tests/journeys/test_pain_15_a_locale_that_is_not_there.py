"""Pain 15: a language set in the environment that the computer does not have, and the calendar falls at its start.

Told of khal (#995, #634, #439). Tried out: it falls with C.UTF-8, which is what a container, a rescue disk or a login
from afar often has. A shelter's computer speaks whatever the last one who set it up spoke.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from person_kit import COMPANION, Person, home
from pty_terminal import Terminal

import companion
from companion.domain.names import month_name

MONTHS = [month_name(number) for number in range(1, 13)]
# What strftime takes from the locale: names of days and months, am and pm, whole dates and times.
LOCAL = re.compile(r"%[-_0^#]?[aAbBhpPcxXr]")
ASKS = re.compile(rf"locale|strftime|{LOCAL.pattern}")


def test_it_starts_and_names_its_months_where_no_such_locale_is(tmp_path: Path) -> None:
    # The naive calendar calls setlocale first of all, and falls; or it goes on with names that nobody can read.
    speaks = {"LANG": "tlh_KX.UTF-8", "LC_ALL": "tlh_KX.UTF-8", "LC_TIME": "de_DE.ISO-8859-15", "LANGUAGE": "tlh"}
    terminal = Terminal([*COMPANION, "--data", str(tmp_path / "data")], env={**home(tmp_path / "sam"), **speaks})
    try:
        sam = Person(terminal)
        sam.sees("Look around")
        sam.press("down")
        sam.press("enter", "Hello")
        sam.press("2", "[2 Calendar]", "Sun", "Wed")
        terminal.until(lambda: any(f"‹ {month} " in sam.text for month in MONTHS))
    finally:
        terminal.close()


def test_no_name_and_no_hour_comes_from_the_computers_locale() -> None:
    # The naive calendar writes strftime("%A, %B"): it follows whatever some library set, in the middle of a sentence.
    found = []
    for path in Path(companion.__file__).parent.rglob("*.py"):
        text = path.read_text("utf-8")
        if ASKS.search(text):  # to parse all of it takes a second
            found += [f"{path.name}:{line} {what}" for line, what in local_words(ast.parse(text))]
    assert found == []


def local_words(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Where a module asks for the locale, or formats by it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [getattr(node, "module", None), *(alias.name for alias in node.names)]
            if {"locale", "setlocale"} & set(names):
                yield node.lineno, "locale"
        elif isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            spec = "".join(str(part.value) for part in node.format_spec.values if isinstance(part, ast.Constant))
            if LOCAL.search(spec):
                yield node.lineno, spec
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "strftime":
            yield node.lineno, "strftime"
