"""Terminals for a test, closed after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pty_terminal import COMPANION, PYTHON, Terminal

Run = Callable[..., Terminal]


@pytest.fixture
def run() -> Iterator[Run]:
    """`run(*command)`: that program in a terminal."""
    terminals: list[Terminal] = []

    def start(*command: str, **options: Any) -> Terminal:
        terminals.append(Terminal(command, **options))
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.close()


@pytest.fixture
def companion(run: Run, tmp_path: Path) -> Run:
    """`companion()`: the program itself on an empty data folder."""
    return lambda *more, **options: run(*COMPANION, "--data", str(tmp_path / "data"), *more, **options)


@pytest.fixture
def app(run: Run, tmp_path: Path) -> Run:
    """`app(body)`: an app of our kind without the launcher; `body` are lines of a class `Tried(CompanionApp)`."""

    def start(body: str, **options: Any) -> Terminal:
        lines = "\n".join(f"    {line}" for line in body.strip("\n").splitlines())
        script = tmp_path / "tried.py"
        script.write_text(_SCRIPT.format(body=lines, data=str(tmp_path / "data")))
        return run(PYTHON, str(script), **options)

    return start


_SCRIPT = """
import asyncio, sys, threading, time
from pathlib import Path
from textual import work
from textual.binding import Binding
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Label, TextArea
from companion.app import CompanionApp

SECRET = "canary-words-of-hers"

class Tried(CompanionApp):
    BINDINGS = [Binding("f10", "go", priority=True)]
    def start_screen(self):
        return Plain()
{body}

class Plain(Screen):
    def compose(self):
        yield Label("READY " + SECRET)

class Question(ModalScreen):
    def compose(self):
        yield Label("QUESTION")

class Typing(Screen):
    def compose(self):
        yield Label("READY " + SECRET)
        yield Input()
        yield TextArea()
    def on_descendant_focus(self, event):
        self.query_one(Label).update(f"READY {{SECRET}} IN {{type(event.widget).__name__}}")

app = Tried(Path({data!r}), opener=object(), launched=True)
app.run()
sys.exit(app.return_code or 0)
"""
