"""Where each block of one day stands: in which rows, and side by side with those of the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from companion.domain.lanes import Lane
from companion.widgets.time_block import Block

LANES_FROM = 28  # columns a day from which each lane has a place of its own, whether or not something is in it


@dataclass(slots=True)
class Piece:
    """The part of a block that lies on one day: minutes from midnight, then rows (`last` included) and columns."""

    block: Block
    start: int
    end: int
    continued: bool = False
    first: int = 0
    last: int = 0
    x: int = 0
    width: int = 0
    texts: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """The rows it is in, as bits."""
        return ((1 << (self.last - self.first + 1)) - 1) << self.first


class More(NamedTuple):
    """Where pieces have no column left: they begin in the row `first` and are counted there."""

    first: int
    last: int
    x: int
    width: int
    pieces: tuple[Piece, ...]


def lane_widths(width: int) -> tuple[int, int]:
    """The columns of her lane and of the children's, where each has its own."""
    theirs = width * 2 // 5
    return width - theirs, theirs


def place(pieces: Sequence[Piece], width: int, row_of: Callable[[int], int]) -> tuple[list[Piece], list[More]]:
    """Give the pieces of a day their rows and columns; those that are left over are counted.

    `row_of` tells the row of a minute.
    """
    _set_rows(pieces, row_of)
    hers, theirs = ([p for p in pieces if p.block.lane is lane] for lane in (Lane.HERS, Lane.CHILDREN))
    groups = [(lane, _groups(own)) for lane, own in ((Lane.HERS, hers), (Lane.CHILDREN, theirs))]
    taken = {Lane.HERS: _all_rows(theirs), Lane.CHILDREN: _all_rows(hers)}
    shared = [(lane, group) for lane, found in groups for group in found if _all_rows(group) & taken[lane]]
    split = lane_widths(width)[0] if width >= LANES_FROM else _split(shared, width)
    shown: list[Piece] = []
    more: list[More] = []
    for lane, found in groups:
        for group in found:
            apart = width >= LANES_FROM or (lane, group) in shared
            x, until = 0, width
            if apart:
                x, until = (0, split) if lane is Lane.HERS else (split, width)
            _share_out(group, x, until - x, shown, more)
    return shown, more


def _set_rows(pieces: Sequence[Piece], row_of: Callable[[int], int]) -> None:
    """Rows from the minutes. Where another begins in its last row, after it has ended, it leaves that row free."""
    begins: dict[int, int] = {}
    for piece in pieces:
        piece.first, piece.last = row_of(piece.start), row_of(piece.end - 1)
        begins[piece.first] = max(begins.get(piece.first, 0), piece.start)
    for piece in pieces:
        if piece.last > piece.first and begins.get(piece.last, -1) >= piece.end:
            piece.last -= 1


def _all_rows(pieces: Iterable[Piece]) -> int:
    rows = 0
    for piece in pieces:
        rows |= piece.rows
    return rows


def _groups(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces that share rows, directly or through others."""
    found: list[list[Piece]] = []
    until = -1
    for piece in sorted(pieces, key=lambda piece: (piece.first, -piece.last, piece.start)):
        if piece.first > until:
            found.append([])
        found[-1].append(piece)
        until = max(until, piece.last)
    return found


def _split(shared: Sequence[tuple[Lane, Sequence[Piece]]], width: int) -> int:
    """The columns of hers beside the children's, in a day too narrow for two lanes: two thirds as a rule."""
    most = {Lane.HERS: 1, Lane.CHILDREN: 1}
    for lane, group in shared:
        most[lane] = max(most[lane], len(_columns(group)))
    theirs = width * most[Lane.CHILDREN] // (2 * most[Lane.HERS] + most[Lane.CHILDREN])
    return width - min(max(theirs, 2), width // 2)


def _columns(group: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces in as few columns as they need; in the order they begin."""
    columns: list[list[Piece]] = []
    for piece in group:
        free = next((column for column in columns if column[-1].last < piece.first), None)
        if free is None:
            columns.append([piece])
        else:
            free.append(piece)
    return columns


def _share_out(group: Sequence[Piece], x: int, width: int, shown: list[Piece], more: list[More]) -> None:
    columns = _columns(group)
    hidden: list[Piece] = []
    room = width
    if len(columns) > width:
        room = max(0, width - (2 if len(group) < 10 else 3))
        hidden = [piece for column in columns[room:] for piece in column]
        columns = columns[:room]
    rows = [_all_rows(column) for column in columns]
    if columns and room < 2 * len(columns):
        room = len(columns)  # letters alone, all of them alike
    edges = [x + room * n // len(columns) for n in range(len(columns) + 1)] if columns else []
    for n, column in enumerate(columns):
        for piece in column:
            beside = n + 1
            while beside < len(columns) and not rows[beside] & piece.rows:
                beside += 1
            piece.x, piece.width = edges[n], edges[beside] - edges[n]
            shown.append(piece)
    by_row: dict[int, list[Piece]] = {}
    for piece in hidden:
        by_row.setdefault(piece.first, []).append(piece)
    more += [More(row, row, x + room, width - room, tuple(pieces)) for row, pieces in by_row.items()]
