"""What stands above the hours of a time grid: whole days, and what lasts so long that it would fill them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from companion.widgets.time_block import Block


class Bar(NamedTuple):
    """A block over the days from number `first` to `last`, both shown."""

    block: Block
    first: int
    last: int


def levels(bars: Sequence[Bar], most: int, days: int) -> tuple[list[list[Bar]], list[list[Block]]]:
    """The bars in at most `most` lines, and for each day the blocks that have none: a further line counts them.

    That line is one of `most`, and its lists are empty where nothing is left.
    """
    found: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda bar: (bar.first, bar.first - bar.last)):
        free = next((level for level in found if level[-1].last < bar.first), None)
        if free is None:
            found.append([bar])
        else:
            free.append(bar)
    hidden: list[list[Block]] = [[] for _day in range(days)]
    if len(found) <= most:
        return found, hidden
    for level in found[most - 1 :]:
        for bar in level:
            for day in range(bar.first, bar.last + 1):
                hidden[day].append(bar.block)
    return found[: most - 1], hidden
