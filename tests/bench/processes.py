"""Whole processes: the command line, and the app until something is on the screen."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.data import calendar
from tests.bench.measure import MILLISECOND, Figure, pairs
from tests.bench.store import filled

OPEN_ONLY = """
import sys
from pathlib import Path
import sqlcipher3
from sqlmodel import Session, create_engine
engine = create_engine("sqlite://", module=sqlcipher3, creator=lambda: sqlcipher3.connect(sys.argv[1]))
with Session(engine) as session:
    session.connection().exec_driver_sql("PRAGMA cipher_version").all()
"""


def process(*command: str) -> float:
    """Milliseconds from start to end of a process."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=_environment())
    return (time.perf_counter() - begun) * MILLISECOND


def _environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LANG": "C.UTF-8"}


def run() -> Iterator[Figure]:
    python, companion = sys.executable, str(Path(sys.executable).with_name("companion"))
    version, bare, ratio = pairs(
        lambda: process(companion, "--version"), lambda: process(python, "-c", "pass"), count=21
    )
    yield Figure("companion --version against python -c pass", ratio, 3, "×", f"{version:.0f} / {bare:.0f} ms")

    with tempfile.TemporaryDirectory() as name:
        session = filled(Path(name), calendar(2_000, 100))
        session.close()
        other = str(Path(name) / "other.db")
        agenda, script, ratio = pairs(
            lambda: process(companion, "--data", name, "agenda", "--profile", "bench"),
            lambda: process(python, "-c", OPEN_ONLY, other),
            count=11,
        )
        yield Figure(
            "agenda on 2,000 events against opening with SQLModel only",
            ratio,
            1.5,
            "×",
            f"{agenda:.0f} / {script:.0f} ms",
        )
