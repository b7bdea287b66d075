"""A week on one page, from the stored events to the PDF with what is on it. Each time another week: Typst remembers."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

from companion.domain.child import Child
from companion.domain.week_paper import HER
from companion.services.session import Session
from tests.bench.data import NOW, calendar
from tests.bench.measure import Figure, milliseconds
from tests.bench.store import filled

BOUND = 1_000
RUNS = 9
FIRST = """
import time
begun = time.perf_counter()
from datetime import date
from companion.domain.months import week_of
from companion.formats.print.her_week import her_week
from companion.formats.print.typeset import Typesetter
Typesetter().week(her_week(week_of(date(2026, 11, 21)), []))
print((time.perf_counter() - begun) * 1000)
"""


def first_page() -> float:
    """Milliseconds for an empty page in a new process: the library and the fonts are looked for."""
    done = subprocess.run([sys.executable, "-c", FIRST], check=True, capture_output=True, text=True)
    return float(done.stdout)


def taken(session: Session, whose: str = HER) -> float:
    weeks = count()
    return milliseconds(
        lambda: session.prints.week((NOW + timedelta(weeks=next(weeks))).date(), whose, full=True), RUNS
    )


def run() -> Iterator[Figure]:
    events = [replace(event, location="12 Mill St, room 3") for event in calendar(2_000, 8)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        usual, crowded = filled(folder / "usual", events), filled(folder / "crowded", calendar(10_000, 500))
        child = usual.people.put_child(Child("", "M."))
        lines = len(usual.prints.week(NOW.date(), full=True).lines)
        left = crowded.prints.week(NOW.date(), full=True).notes[0]
        yield Figure("the first page in a process", statistics.median(first_page() for _ in range(5)), BOUND, "ms")
        yield Figure("a week as a PDF", taken(usual), BOUND, "ms", f"{lines} lines")
        yield Figure("… for a child", taken(usual, child.id), BOUND, "ms")
        yield Figure("… with more in it than a page holds", taken(crowded), BOUND, "ms", left)
        usual.close()
        crowded.close()
