"""The properties of series, with 10,000 examples each: the same tests as in the suite, which takes 500."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Figure

EXAMPLES = int(os.environ.get("SERIES_EXAMPLES", "10000"))
TESTS = ("tests/domain/test_series_properties.py", "tests/services/test_planner_properties.py")


def run() -> Iterator[Figure]:
    begun = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "-q", "-n", str(os.cpu_count() or 1), "--dist", "worksteal", *TESTS]
    done = subprocess.run(
        command,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"SERIES_EXAMPLES": str(EXAMPLES)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout[-6_000:], done.stderr[-2_000:], f"exit status {done.returncode}", file=sys.stderr)
    kept, broken = (sum(map(int, re.findall(rf"(\d+) {word}", done.stdout))) for word in ("passed", "failed|error"))
    taken = time.perf_counter() - begun
    broken = max(broken, int(done.returncode != 0))
    detail = f"{kept} properties hold over {EXAMPLES:,} examples each, {taken / 60:.0f} min"
    yield Figure("properties of series that do not hold", broken, 0, "", detail)
