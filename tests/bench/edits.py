"""One edit, stored with its undo step, in a calendar of 10,000 events of which 500 repeat; and taking it back."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from companion.domain.attendance import Mark
from companion.domain.event import Occurrence
from companion.domain.series import Reach, split_before
from companion.services.planner import Planner
from tests.bench.data import NOW, calendar
from tests.bench.measure import MILLISECOND, Figure
from tests.bench.store import filled

SAMPLES = 30  # of each edit
BOUND = 10
_HOUR = timedelta(hours=1)


def _later(planner: Planner, chosen: Occurrence) -> None:
    assert chosen.recurrence_id is not None
    _earlier, later = split_before(chosen.event, chosen.recurrence_id, "later")
    planner.change_later(chosen, replace(later, location="Room 5"))


EDITS: dict[str, Callable[[Planner, Occurrence], object]] = {
    "mark one": lambda planner, o: planner.mark(o, Mark.ATTENDED),
    "cancel one": lambda planner, o: planner.cancel(o),
    "move one": lambda planner, o: planner.move(o, o.start + _HOUR),
    "change this and later": _later,
    "change all": lambda planner, o: planner.change_all(replace(o.event, location="Room 5")),
    "move all": lambda planner, o: planner.move(o, o.start + _HOUR, reach=Reach.ALL),
}


def taken(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * MILLISECOND


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        session = filled(Path(name), calendar(10_000, 500))
        planner, day = session.planner, NOW.date()
        ahead = [o for o in planner.between(day + timedelta(days=3), day + timedelta(days=10)) if o.recurrence_id]
        been = [o for o in planner.between(day - timedelta(days=9), day - timedelta(days=2)) if o.recurrence_id]
        edits: list[float] = []
        backs: list[float] = []
        for words, edit in EDITS.items():
            of_one = []
            for number in range(SAMPLES):
                chosen = (been if words == "mark one" else ahead)[number * 7]
                of_one.append(taken(lambda: edit(planner, chosen)))  # noqa: B023  called at once
                backs.append(taken(planner.undo))
            edits += of_one[1:]  # the first of a kind also prepares its statements
            yield Figure(f"edit, stored with undo: {words}", statistics.median(of_one), BOUND, "ms", "median")
        yield Figure("… any of them", p95(edits), BOUND, "ms", f"p95 of {len(edits)}")
        yield Figure("… taken back", p95(backs), BOUND, "ms", f"p95, median {statistics.median(backs):.1f}")
        session.close()
