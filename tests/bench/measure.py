"""Timing and telling: medians of runs taken in turn, so that a slow moment of the machine falls on both sides."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

MILLISECOND = 1000.0


@dataclass(frozen=True)
class Figure:
    """One measured line: `value` against `bound`, both in `unit`; smaller is better."""

    name: str
    value: float
    bound: float
    unit: str
    detail: str = ""

    @property
    def kept(self) -> bool:
        return self.value <= self.bound

    def __str__(self) -> str:
        sign = "ok  " if self.kept else "OVER"
        return f"{sign} {self.name:<58} {self.value:8.2f} {self.unit:<3} (bound {self.bound:g})  {self.detail}"


@dataclass(frozen=True)
class Unmeasured:
    """A figure that could not be taken here, and why. It counts as neither kept nor over."""

    name: str
    why: str
    kept: bool = True

    def __str__(self) -> str:
        return f"---- {self.name:<58} not measured: {self.why}"


def milliseconds(run: Callable[[], object], runs: int = 15) -> float:
    """The median time of `run`, warm."""
    run()
    return statistics.median(_once(run) for _ in range(runs))


def pairs(one: Callable[[], float], other: Callable[[], float], count: int) -> tuple[float, float, float]:
    """Two measurements in turn: the median of each, and the median of their ratios."""
    taken = [(one(), other()) for _ in range(count)]
    return (
        statistics.median(a for a, _ in taken),
        statistics.median(b for _, b in taken),
        statistics.median(a / b for a, b in taken),
    )


def in_turn(one: Callable[[], object], other: Callable[[], object], count: int = 15) -> tuple[float, float, float]:
    """`pairs` of the times of two runs, warm."""
    one()
    other()
    return pairs(lambda: _once(one), lambda: _once(other), count)


def _once(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return (time.perf_counter() - begun) * MILLISECOND
