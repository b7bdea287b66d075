"""make bench: every figure that is promised, one line each; exit status 1 where one is over its bound."""

from __future__ import annotations

import importlib
import sys

PARTS = (
    "bench_expansion",
    "store",
    "processes",
    "screens",
    "calendar_views",
    "progress",
    "bench_search",
    "bench_quick_add",
    "edits",
    "print_week",
    "khal",
    "properties",
)


def main() -> int:
    wanted = sys.argv[1:] or PARTS
    over = 0
    for part in wanted:
        for figure in importlib.import_module(f"tests.bench.{part}").run():
            print(figure, flush=True)
            over += not figure.kept
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
