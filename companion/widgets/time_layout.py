"""What the hours of some days look like: the lines drawn from their blocks, as text with roles. No screen needed.

From above: the days; what has no hour; the hours in use; and what is known of the block that keys act on. Nothing is
told by color alone, nothing is left out without a "+2".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from companion.domain.lanes import Lane
from companion.domain.language import _
from companion.domain.names import month_short, weekday_short
from companion.domain.wording import at_start, day_words
from companion.widgets.day_rows import Key
from companion.widgets.plain import cut
from companion.widgets.time_above import Bar, levels
from companion.widgets.time_axis import axis, fewest
from companion.widgets.time_block import BARS, POINTER, Block, about, block_lines, last_day, legend, long_line
from companion.widgets.time_labels import beyond, count, day_name, hour_name
from companion.widgets.time_places import LANES_FROM, More, Piece, lane_widths, place

_GUTTER, _WIDE_GUTTER = 5, 8  # columns of "10 am" and "all day"
_WIDE_FROM = 100
_LEAST_DAY = 3  # columns a day below which the hours are not named
_RULE_FROM = 16  # lines from which the signs have a line that explains them
_LOW = 8  # lines below which there is one for what has no hour, and else at least two
_DAY = 24 * 60
_BARS = frozenset(BARS.values())
_TEXT_ROLES = {Lane.HERS: "hers", Lane.CHILDREN: "children"}
_BAR_ROLES = {Lane.HERS: "hers-bar", Lane.CHILDREN: "children-bar"}
EDGE = 1  # a free column on either side of the words below


class Run(NamedTuple):
    """Some text with a role: what it is, for the theme. `keys` are the blocks it stands for, `day` whose ground it is
    where several days stand side by side.

    `leads` is the bar at the head of a block: the pointer stands there where keys act on it.
    """

    text: str
    role: str
    keys: tuple[Key, ...] = ()
    day: date | None = None
    leads: bool = False


class Spot(NamedTuple):
    """Where a block is drawn; `top` is counted from the first row of hours where it scrolls, else from above."""

    x: int
    width: int
    top: int
    height: int
    scrolls: bool


@dataclass(frozen=True, slots=True)
class View:
    """What is to be drawn. `now` is on the wall clock that is shown; `empty` is said where nothing is planned."""

    days: tuple[date, ...]
    blocks: tuple[Block, ...]
    today: date
    now: datetime | None = None
    hours24: bool = False
    empty: str = ""


class TimeLayout:
    """A view in so many columns and lines. Lines are made when they are first asked for.

    `first_row` is the line of the first row of hours, `seen` how many of them are in sight, `said` the lines of words
    at the foot.
    """

    def __init__(self, view: View, width: int, height: int, *, words: bool = True) -> None:
        self.view, self.width, self.height = view, width, height
        gutter = _WIDE_GUTTER if width >= _WIDE_FROM else _GUTTER
        self.gutter = gutter if width >= gutter + _LEAST_DAY * len(view.days) else 0
        self.columns = self._columns()
        self._lanes = len(view.days) == 1 and self.columns[0][1] >= LANES_FROM  # named at the head
        self.said = 0 if height < 6 or not words else 1 if height < 10 else 2 if height < 30 else 3
        self._rule = 1 if height >= _RULE_FROM else 0
        self._spots: dict[Key, list[tuple[int, Spot]]] = {}
        self._order: list[list[Block]] = [[] for _day in view.days]
        timed, bars = self._parted()
        spans = [(n, piece.start, piece.end) for n, pieces in enumerate(timed) for piece in pieces]
        room = height - 1 - self.said - self._rule
        self._above = self._lines_above(bars, max(1 if height < _LOW else 2, min(room // 2, room - fewest(spans))))
        self.first_row = min(1 + len(self._above), height)
        self.seen = max(0, height - self.first_row - self.said - self._rule)
        self._now = self._minute()
        self.rows = axis(spans, self.seen, scrolls=len(view.days) == 1, now=self._now)
        self._shown: dict[tuple[int, int], list[tuple[int, Piece | More]]] = {}  # by row and day, from the left
        self._extents: list[tuple[int, int]] = []  # the first and last row of everything shown or counted
        self._place(timed)
        self._lines: dict[int, tuple[Run, ...]] = {}

    # Where things are

    @property
    def most_top(self) -> int:
        """How far the hours can be scrolled."""
        return max(0, len(self.rows) - self.seen) if self.seen else 0

    def order(self, day: date) -> Sequence[Block]:
        """The blocks of a day, in the order keys go through them."""
        number = self.number(day)
        return () if number is None else self._order[number]

    def number(self, day: date) -> int | None:
        days = self.view.days
        return days.index(day) if day in days else None

    def spot(self, key: Key, day: date) -> Spot | None:
        """Where the block is on that day."""
        number = self.number(day)
        return next((spot for n, spot in self._spots.get(key, ()) if n == number), None)

    def day_at(self, x: int) -> date | None:
        """The day in whose column it is."""
        columns = zip(self.view.days, self.columns, strict=True)
        return next((day for day, (left, width) in columns if left <= x < left + width), None)

    def keys_at(self, x: int, y: int, top: int) -> tuple[Key, ...]:
        """The block drawn at a column and line; several where they are only counted there."""
        for run in self.line(y, top):
            x -= cell_len(run.text)
            if x < 0:
                return run.keys
        return ()

    # What is drawn

    def line(self, y: int, top: int, chosen: date | None = None) -> tuple[Run, ...]:
        """Line `y` above the words at the foot, with the hours scrolled `top` rows down."""
        if y == 0:
            return self._heading(chosen)
        if y < self.first_row:
            return self._above[y - 1]
        seen = y - self.first_row
        if seen >= self.seen:
            return (Run(f" {legend(self.width - 2 * EDGE)}", "rule"),) if self._rule and seen == self.seen else ()
        row = seen + top
        if row >= len(self.rows):
            return ()
        runs = self._lines.get(row)
        if runs is None:
            runs = self._lines[row] = self._row(row)
        hidden = self._hidden(seen, top)
        return (Run(hidden, "more"), *runs[1:]) if hidden else runs

    def words(self, block: Block | None, day: date) -> list[str]:
        """The lines at the foot: everything about the block, or that there is none."""
        view, width = self.view, self.width - 2 * EDGE
        if block is not None:
            found = about(block, view.today, view.hours24, width, self.said)
        elif self.order(day):
            found = []
        elif not view.blocks:
            found = [cut(view.empty or _("Nothing planned."), width)]
        else:
            found = [cut(_("{day}: nothing planned.").format(day=at_start(day_words(day, view.today))), width)]
        lines = (found + [""] * self.said)[: self.said]
        signs = "" if self._rule or self._lanes else legend(width, short=True)
        if self.said > 1 and signs and cell_len(lines[-1]) + 2 + len(signs) <= width:
            lines[-1] = f"{set_cell_size(lines[-1], width - cell_len(signs))}{signs}"
        return lines

    def _heading(self, chosen: date | None) -> tuple[Run, ...]:
        """The line of the days; over the lanes of a single day their names."""
        view, runs = self.view, []
        if self.gutter and view.days:
            corner = cut(month_short(view.days[0].month), self.gutter - 2)
            runs.append(Run(set_cell_size(f" {corner}", self.gutter), "hour"))
        if self._lanes:
            day, (hers, theirs) = view.days[0], lane_widths(self.columns[0][1])
            sign = "›" if day == view.today else " "
            name = f"{BARS[Lane.HERS]}{_('you')}  {sign}{weekday_short(day.weekday())} {day.day}"
            runs.append(Run(set_cell_size(cut(name, hers), hers), "chosen", (), day))
            name = f"{BARS[Lane.CHILDREN]}{_('children')}"
            runs.append(Run(set_cell_size(cut(name, theirs), theirs), "chosen", (), day))
            return tuple(runs)
        for day, (_x, width) in zip(view.days, self.columns, strict=True):
            today = day == view.today
            role = "chosen" if day == chosen else "today" if today else "head"
            runs.append(Run(day_name(day, width, is_today=today, chosen=day == chosen), role, (), day))
        return tuple(runs)

    # How it is worked out

    def _columns(self) -> list[tuple[int, int]]:
        """The place and width of each day; those on the left are a column wider where it does not go up."""
        days = len(self.view.days)
        each, wider = divmod(max(0, self.width - self.gutter), max(1, days))
        return [(self.gutter + n * each + min(n, wider), each + (1 if n < wider else 0)) for n in range(days)]

    def _minute(self) -> int | None:
        now = self.view.now
        return now.hour * 60 + now.minute if now is not None and now.date() in self.view.days else None

    def _parted(self) -> tuple[list[list[Piece]], list[Bar]]:
        """The pieces of each day, and what stands above the hours."""
        days = self.view.days
        timed: list[list[Piece]] = [[] for _day in days]
        bars: list[Bar] = []
        places = {day: n for n, day in enumerate(days)}
        for block in sorted(self.view.blocks, key=_by_start):
            first, last = block.start.date(), last_day(block)
            if block.by_days:
                begin, end = bisect_left(days, first), bisect_right(days, last) - 1
                if begin <= end:
                    bars.append(Bar(block, begin, end))
                    for n in range(begin, end + 1):
                        self._order[n].append(block)
                continue
            if (day := places.get(first)) is not None:
                start = _minute_of(block.start)
                end = _DAY if block.end.date() > first else _minute_of(block.end)
                timed[day].append(Piece(block, start, max(end, start + 1)))
            if last > first and (day := places.get(last)) is not None:
                timed[day].append(Piece(block, 0, max(_minute_of(block.end), 1), continued=True))
        for n, pieces in enumerate(timed):
            pieces.sort(key=lambda piece: (piece.start, piece.block.lane is Lane.CHILDREN))
            self._order[n] += [piece.block for piece in pieces]
        return timed, bars

    def _lines_above(self, bars: Sequence[Bar], most: int) -> list[tuple[Run, ...]]:
        shown, hidden = levels(bars, most, len(self.view.days))
        lines = [self._bar_line(level, 1 + n) for n, level in enumerate(shown)]
        if any(hidden):
            lines.append(self._count_line(hidden, 1 + len(shown)))
        return lines

    def _bar_line(self, level: Sequence[Bar], y: int) -> tuple[Run, ...]:
        runs, after = self._all_day(y), 0
        for block, first, last in level:
            runs += self._blank(after, first)
            after = last + 1
            x, width = self.columns[first][0], sum(width for _x, width in self.columns[first:after])
            for n in range(first, after):
                self._put(block, n, Spot(x, width, y, 1, scrolls=False))
            bar = BARS[block.lane] if width else ""
            starts = block.start.date() == self.view.days[first]
            text = long_line(block, width - len(bar), self.view.hours24, starts=starts, days=after - first)
            keys = (block.key,)
            runs += [Run(bar, _BAR_ROLES[block.lane], keys, None, bool(bar)), Run(text, _role(block), keys)]
        return (*runs, *self._blank(after, len(self.columns)))

    def _count_line(self, hidden: Sequence[Sequence[Block]], y: int) -> tuple[Run, ...]:
        runs = self._all_day(y)
        for n, blocks in enumerate(hidden):
            if not blocks:
                runs += self._blank(n, n + 1)
                continue
            x, width = self.columns[n]
            for block in blocks:
                self._put(block, n, Spot(x, width, y, 1, scrolls=False))
            runs.append(Run(count(len(blocks), width), "more", tuple(block.key for block in blocks)))
        return tuple(runs)

    def _all_day(self, y: int) -> list[Run]:
        if not self.gutter:
            return []
        word = _("all day") if self.gutter > cell_len(_("all day")) else _("day")
        return [Run(f"{cut(word, self.gutter - 1) if y == 1 else '':>{self.gutter - 1}} ", "hour")]

    def _blank(self, first: int, until: int) -> list[Run]:
        days = self.view.days if len(self.view.days) > 1 else (None,)
        return [Run(" " * self.columns[n][1], "ground", (), days[n]) for n in range(first, until)]

    def _place(self, timed: Sequence[Sequence[Piece]]) -> None:
        begins = [row.start for row in self.rows]
        for n, pieces in enumerate(timed):
            if not pieces:
                continue
            left, width = self.columns[n]
            shown, more = place(pieces, width, lambda minute: max(0, bisect_right(begins, minute) - 1))
            items: list[Piece | More] = [*shown, *more]
            for item in sorted(items, key=lambda item: item.x):
                spot = Spot(left + item.x, item.width, item.first, item.last - item.first + 1, scrolls=True)
                for row in range(item.first, item.last + 1):
                    self._shown.setdefault((row, n), []).append((spot.x, item))
                parts = (item,) if isinstance(item, Piece) else item.pieces
                self._extents += [(item.first, item.last)] * len(parts)
                for piece in parts:
                    self._put(piece.block, n, spot)

    def _put(self, block: Block, day: int, spot: Spot) -> None:
        self._spots.setdefault(block.key, []).append((day, spot))

    def _row(self, row: int) -> tuple[Run, ...]:
        """A row of hours."""
        view, here = self.view, self.rows[row]
        is_now = self._now is not None and here.start <= self._now < here.end
        hour = hour_name(here, view.hours24, self.gutter, is_now=is_now) if self.gutter else ""
        runs = [Run(hour, "now" if is_now else "part" if here.start % 60 else "hour")]
        for n, (day, (left, width)) in enumerate(zip(view.days, self.columns, strict=True)):
            fill, role = ("╌", "now") if is_now and view.now and day == view.now.date() else (" ", "ground")
            ground = day if len(view.days) > 1 else None
            at, end = left, left + width
            for x, item in self._shown.get((row, n), ()):
                if x > at:
                    runs.append(Run(fill * (x - at), role, (), ground))
                if isinstance(item, More):
                    keys = tuple(piece.block.key for piece in item.pieces)
                    runs.append(Run(count(len(keys), item.width), "more", keys))
                else:
                    self._draw_piece(item, row, runs)
                at = x + item.width
            if at < end:
                runs.append(Run(fill * (end - at), role, (), ground))
        return tuple(runs)

    def _draw_piece(self, piece: Piece, row: int, runs: list[Run]) -> None:
        block, line = piece.block, row - piece.first
        keys, bar = (block.key,), _BAR_ROLES[block.lane]
        texts = piece.texts
        if not texts:
            high, room = piece.last - piece.first + 1, max(1, piece.width - 1)
            texts = piece.texts = block_lines(block, room, high, self.view.hours24, continued=piece.continued)
        if piece.width == 1:  # the letter alone, and the bar below it
            runs.append(Run(BARS[block.lane] if line else texts[0], bar, keys))
        else:
            runs.append(Run(BARS[block.lane], bar, keys, None, not line))
            runs.append(Run(texts[line], _role(block), keys))

    def _hidden(self, seen: int, top: int) -> str:
        """What stands in place of the first or last hour in sight: how many blocks lie above or below it."""
        if not self.gutter or not self.most_top or 0 < seen < self.seen - 1:
            return ""
        end = top + self.seen
        above = sum(last < top for _first, last in self._extents) if seen == 0 else 0
        below = sum(first >= end for first, _last in self._extents) if seen == self.seen - 1 else 0
        return beyond(above, below, self.gutter)


def draw(view: View, width: int, height: int, day: date, *, key: Key | None = None, top: int = 0) -> list[str]:
    """The whole grid as lines of text, with the block named by `key` pointed at."""
    plan = TimeLayout(view, width, height)
    block = next((block for block in plan.order(day) if block.key == key), None)
    lines = ["".join(seen(run, key) for run in plan.line(y, top, day)) for y in range(height - plan.said)]
    return [text.rstrip() for text in (*lines, *(f" {words}" for words in plan.words(block, day)))]


def seen(run: Run, key: Key | None) -> str:
    """The text of a run while keys act on the block named by `key`: a pointer in place of its bars.

    Beside the pointer's ground half a column of another color would look torn.
    """
    if key not in run.keys:
        return run.text
    return POINTER if run.leads else " " if run.text in _BARS else run.text


def _by_start(block: Block) -> tuple[datetime, bool, datetime]:
    return block.start, block.lane is Lane.CHILDREN, block.end


def _minute_of(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def _role(block: Block) -> str:
    return "off" if block.off else _TEXT_ROLES[block.lane]
