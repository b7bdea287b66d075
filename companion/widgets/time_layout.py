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
from companion.domain.names import month_short, weekday_letters, weekday_name, weekday_short
from companion.domain.wording import at_start, day_words
from companion.widgets.day_rows import Key
from companion.widgets.plain import cut
from companion.widgets.time_axis import Row, axis
from companion.widgets.time_block import BARS, POINTER, Block, about, block_lines, last_day, legend, long_line
from companion.widgets.time_places import LANES_FROM, More, Piece, lane_widths, place

_GUTTER, _WIDE_GUTTER = 5, 8  # columns of "10 am" and "all day"
_WIDE_FROM = 100
_LEAST_DAY = 3  # columns a day below which the hours are not named
_DAY = 24 * 60


class Run(NamedTuple):
    """Some text with a role: what it is, for the theme. `keys` are the blocks it stands for, `day` whose ground it is.

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
    """A view in so many columns and lines. Lines are made when they are first asked for."""

    def __init__(self, view: View, width: int, height: int) -> None:
        self.view, self.width, self.height = view, width, height
        days = view.days
        gutter = _WIDE_GUTTER if width >= _WIDE_FROM else _GUTTER
        self.gutter = gutter if width >= gutter + _LEAST_DAY * len(days) else 0
        self.columns = self._columns()
        self.lanes = len(days) == 1 and self.columns[0][1] >= LANES_FROM if self.columns else False
        self.said = 0 if height < 6 else 1 if height < 10 else 2 if height < 30 else 3
        self.rule = 1 if height >= 16 else 0
        self.spots: dict[Key, list[tuple[int, Spot]]] = {}
        self._order: list[list[Block]] = [[] for _day in days]
        timed, above = self._parted()
        self._above = self._bars(above, max(1, min(4, (height - 4) // 6)))
        self.first_row = min(1 + len(self._above), height)
        self.seen = max(0, height - self.first_row - self.said - self.rule)
        spans = [(n, piece.start, piece.end) for n, pieces in enumerate(timed) for piece in pieces]
        self.rows = axis(spans, self.seen, finest=15 if len(days) == 1 else 30, now=self._minute())
        self._place(timed)
        self._lines: dict[int, tuple[Run, ...]] = {}

    # Where things are

    @property
    def most_top(self) -> int:
        """How far the hours can be scrolled."""
        return max(0, len(self.rows) - self.seen)

    def order(self, day: date) -> Sequence[Block]:
        """The blocks of a day, in the order keys go through them."""
        number = self.number(day)
        return () if number is None else self._order[number]

    def number(self, day: date) -> int | None:
        try:
            return self.view.days.index(day)
        except ValueError:
            return None

    def spot(self, key: Key, day: date) -> Spot | None:
        """Where the block is on that day."""
        number = self.number(day)
        return next((spot for n, spot in self.spots.get(key, ()) if n == number), None)

    def day_at(self, x: int) -> date | None:
        """The day in whose column it is."""
        return next(
            (day for day, (left, width) in zip(self.view.days, self.columns, strict=True) if left <= x < left + width),
            None,
        )

    def keys_at(self, x: int, y: int, top: int) -> tuple[Key, ...]:
        """The block drawn at a column and line; several where they are only counted there."""
        for run in self.line(y, top):
            x -= cell_len(run.text)
            if x < 0:
                return run.keys
        return ()

    # What is drawn

    def line(self, y: int, top: int) -> tuple[Run, ...]:
        """Line `y` above the words about the chosen block, with the hours scrolled `top` rows down."""
        if y == 0:
            return self._line_above()
        if y < self.first_row:
            return self._above[y - 1]
        row = y - self.first_row + top
        if y >= self.first_row + self.seen:
            ruled = self.rule and y == self.first_row + self.seen
            return (Run(self._legend(), "rule"),) if ruled else ()
        if row >= len(self.rows):
            return ()
        runs = self._lines.get(row)
        if runs is None:
            runs = self._lines[row] = self._line_of(row)
        hidden = self._hidden(y - self.first_row, top)
        return (Run(hidden, "more"), *runs[1:]) if hidden else runs

    def heading(self, chosen: date) -> tuple[Run, ...]:
        """The line of the days, the chosen one in brackets."""
        corner = month_short(self.view.days[0].month) if self.view.days else ""
        runs = [Run(set_cell_size(f" {cut(corner, self.gutter - 2)}", self.gutter), "hour")] if self.gutter else []
        if self.lanes:
            day = self.view.days[0]
            hers, theirs = lane_widths(self.columns[0][1])
            sign = "›" if day == self.view.today else " "
            named = f"{sign}{weekday_short(day.weekday())} {day.day}"
            runs.append(Run(set_cell_size(cut(f"{BARS[Lane.HERS]}{_('you')}  {named}", hers), hers), "chosen", (), day))
            runs.append(Run(set_cell_size(cut(f"{BARS[Lane.CHILDREN]}{_('children')}", theirs), theirs), "chosen"))
            return tuple(runs)
        for day, (_x, width) in zip(self.view.days, self.columns, strict=True):
            role = "chosen" if day == chosen else "today" if day == self.view.today else "head"
            runs.append(Run(_day_name(day, width, day == self.view.today, day == chosen), role, (), day))
        return tuple(runs)

    def words(self, block: Block | None, day: date) -> list[str]:
        """The lines below: everything about the block, or that there is none."""
        view = self.view
        if block is not None:
            found = about(block, view.today, view.hours24, self.width - 2, self.said)
        elif not view.blocks:
            found = [cut(view.empty or _("Nothing planned."), self.width - 2)]
        else:
            said = _("{day}: nothing planned.").format(day=at_start(day_words(day, view.today)))
            found = [cut(said, self.width - 2)]
        return (found + [""] * self.said)[: self.said]

    # How it is worked out

    def _columns(self) -> list[tuple[int, int]]:
        """The place and width of each day; those on the left are a column wider where it does not go up."""
        if not self.view.days:
            return []
        each, wider = divmod(max(0, self.width - self.gutter), len(self.view.days))
        return [
            (self.gutter + n * each + min(n, wider), each + (1 if n < wider else 0)) for n in range(len(self.view.days))
        ]

    def _minute(self) -> int | None:
        now = self.view.now
        return now.hour * 60 + now.minute if now is not None and now.date() in self.view.days else None

    def _parted(self) -> tuple[list[list[Piece]], list[tuple[Block, int, int]]]:
        """The pieces of each day, and the blocks above the hours with the first and last day they are shown on."""
        days = self.view.days
        timed: list[list[Piece]] = [[] for _day in days]
        above: list[tuple[Block, int, int]] = []
        places = {day: n for n, day in enumerate(days)}
        for block in sorted(self.view.blocks, key=_in_order):
            first, last = block.start.date(), last_day(block)
            if block.by_days:
                n, until = bisect_left(days, first), bisect_right(days, last)
                if n < until:
                    above.append((block, n, until - 1))
                    for day in range(n, until):
                        self._order[day].append(block)
                continue
            minute = block.start.hour * 60 + block.start.minute
            for day_of, start, end, continued in (
                (first, minute, _DAY if last > first else _minute_of(block.end, first), False),
                (last, 0, _minute_of(block.end, last), True),
            ):
                place_of = places.get(day_of)
                if place_of is None or (continued and last == first):
                    continue
                timed[place_of].append(Piece(block, start, max(end, start + 1), continued))
        for n, pieces in enumerate(timed):
            pieces.sort(key=lambda piece: (piece.start, piece.block.lane is Lane.CHILDREN))
            self._order[n] += [piece.block for piece in pieces]
        return timed, above

    def _bars(self, above: Sequence[tuple[Block, int, int]], most: int) -> list[tuple[Run, ...]]:
        """The lines above the hours: one below the other what is on the same day, the last line for what is left."""
        levels: list[list[tuple[Block, int, int]]] = []
        for bar in sorted(above, key=lambda bar: (bar[1], bar[1] - bar[2])):
            free = next((level for level in levels if level[-1][2] < bar[1]), None)
            if free is None:
                levels.append([bar])
            else:
                free.append(bar)
        hidden: list[list[Block]] = [[] for _day in self.view.days]
        if len(levels) > most:
            for level in levels[most - 1 :]:
                for block, first, last in level:
                    for n in range(first, last + 1):
                        hidden[n].append(block)
            levels = levels[: most - 1]
        lines = [self._bar_line(level, 1 + n, n == 0) for n, level in enumerate(levels)]
        if any(hidden):
            lines.append(self._more_line(hidden, 1 + len(levels), not levels))
        return lines

    def _bar_line(self, level: Sequence[tuple[Block, int, int]], y: int, named: bool) -> tuple[Run, ...]:
        runs = [self._all_day(named)] if self.gutter else []
        days, after = self.view.days, 0
        for block, first, last in level:
            runs += self._blank(after, first)
            x, width = self.columns[first][0], sum(width for _x, width in self.columns[first : last + 1])
            for n in range(first, last + 1):
                self._put(block, n, Spot(x, width, y, 1, scrolls=False))
            keys = (block.key,)
            text = long_line(
                block,
                max(0, width - 1),
                self.view.hours24,
                starts=block.start.date() == days[first],
                days=last - first + 1,
            )
            bar = BARS[block.lane] if width > 0 else ""
            runs += [Run(bar, f"{block.lane}-bar", keys, None, True), Run(text, _role(block), keys)]
            after = last + 1
        return (*runs, *self._blank(after, len(days)))

    def _more_line(self, hidden: Sequence[Sequence[Block]], y: int, named: bool) -> tuple[Run, ...]:
        runs = [self._all_day(named)] if self.gutter else []
        for n, blocks in enumerate(hidden):
            x, width = self.columns[n]
            if not blocks:
                runs += self._blank(n, n + 1)
                continue
            for block in blocks:
                self._put(block, n, Spot(x, width, y, 1, scrolls=False))
            text = set_cell_size(_count(len(blocks), width), width)
            runs.append(Run(text, "more", tuple(block.key for block in blocks)))
        return tuple(runs)

    def _all_day(self, named: bool) -> Run:
        word = _("all day") if self.gutter > cell_len(_("all day")) else _("day")
        return Run(f"{cut(word if named else '', self.gutter - 1):>{self.gutter - 1}} ", "hour")

    def _blank(self, first: int, until: int) -> list[Run]:
        days = self.view.days
        return [Run(" " * self.columns[n][1], "ground", (), days[n]) for n in range(first, until)]

    def _place(self, timed: Sequence[Sequence[Piece]]) -> None:
        begins = [row.start for row in self.rows]
        self._shown: dict[tuple[int, int], list[Piece | More]] = {}
        self._edges: list[tuple[int, int]] = []  # the first and last row of each block that is drawn
        for n, pieces in enumerate(timed):
            if not pieces:
                continue
            left, width = self.columns[n]
            shown, more = place(pieces, width, lambda minute: max(0, bisect_right(begins, minute) - 1))
            for piece in shown:
                high = piece.last - piece.first + 1
                self._put(piece.block, n, Spot(left + piece.x, piece.width, piece.first, high, scrolls=True))
                self._edges.append((piece.first, piece.last))
                for row in range(piece.first, piece.last + 1):
                    self._shown.setdefault((row, n), []).append(piece)
            for left_out in more:
                self._shown.setdefault((left_out.row, n), []).append(left_out)
                self._edges += [(left_out.row, left_out.row)] * len(left_out.pieces)
                for piece in left_out.pieces:
                    self._put(piece.block, n, Spot(left + left_out.x, left_out.width, left_out.row, 1, scrolls=True))
        self._texts: dict[int, list[str]] = {}

    def _put(self, block: Block, day: int, spot: Spot) -> None:
        self.spots.setdefault(block.key, []).append((day, spot))

    def _line_of(self, row: int) -> tuple[Run, ...]:
        """A row of hours."""
        runs = [self._hour(row)] if self.gutter else [Run("", "hour")]
        now = self._minute()
        is_now = now is not None and self.rows[row].start <= now < self.rows[row].end
        for n, (day, (_left, width)) in enumerate(zip(self.view.days, self.columns, strict=True)):
            fill = "╌" if is_now and self.view.now is not None and day == self.view.now.date() else " "
            role = "now" if fill != " " else "ground"
            at = 0
            for item in sorted(self._shown.get((row, n), ()), key=lambda item: item.x):
                if item.x > at:
                    runs.append(Run(fill * (item.x - at), role, (), day))
                runs += self._item(item, row)
                at = item.x + item.width
            if at < width:
                runs.append(Run(fill * (width - at), role, (), day))
        return tuple(runs)

    def _item(self, item: Piece | More, row: int) -> list[Run]:
        if isinstance(item, More):
            keys = tuple(piece.block.key for piece in item.pieces)
            return [Run(set_cell_size(_count(len(keys), item.width), item.width), "more", keys)]
        block, keys = item.block, (item.block.key,)
        texts = self._texts.get(id(item))
        bar = 1 if item.width > 1 else 0
        if texts is None:
            texts = self._texts[id(item)] = block_lines(
                block, item.width - bar, item.last - item.first + 1, self.view.hours24, continued=item.continued
            )
        leads = row == item.first
        if not bar:  # a single column: the letter, and the bar below it
            shape = texts[0] if leads else BARS[block.lane]
            return [Run(shape, f"{block.lane}-bar", keys)]
        return [
            Run(BARS[block.lane], f"{block.lane}-bar", keys, None, leads),
            Run(texts[row - item.first], _role(block), keys),
        ]

    def _hour(self, row: int) -> Run:
        """The name of a row's hour; where it is now a sign stands before it."""
        here, now = self.rows[row], self._minute()
        is_now = now is not None and here.start <= now < here.end
        text = _hour_words(here, self.view.hours24)
        room = self.gutter - (1 if self.gutter > _GUTTER else 0)
        text = f"{text:>{room}}"
        if is_now:
            text = f"›{text[1:]}" if text.startswith(" ") else f"›{text.replace(' ', '')}"
        return Run(set_cell_size(text, self.gutter), "now" if is_now else "hour")

    def _hidden(self, seen: int, top: int) -> str:
        """What stands in place of the first or last hour in sight: how many blocks lie above or below it."""
        if not self.gutter or self.most_top == 0:
            return ""
        above = sum(last < top for _first, last in self._edges) if seen == 0 and top else 0
        last_seen = top + self.seen - 1
        below = sum(first > last_seen for first, _last in self._edges) if seen == self.seen - 1 else 0
        sign = f"↑+{above}" if above else f"↓+{below}" if below else ""
        if above and below:
            sign = f"+{above + below}"
        return set_cell_size(f"{sign:>{self.gutter - 1}}", self.gutter) if sign else ""

    def _legend(self) -> str:
        words = legend(self.width - 4)
        return set_cell_size(f" {words}" if words else "", self.width)

    def _line_above(self) -> tuple[Run, ...]:
        return self.heading(date.min)


def draw(view: View, width: int, height: int, day: date, key: Key | None = None) -> list[str]:
    """The whole grid as lines of text, with the block named by `key` pointed at."""
    plan = TimeLayout(view, width, height)
    block = next((block for block in plan.order(day) if block.key == key), None)
    lines = [plan.heading(day), *(plan.line(y, 0) for y in range(1, height))]
    texts = ["".join(POINTER if run.leads and key in run.keys else run.text for run in line) for line in lines]
    words = [f" {words}" for words in plan.words(block, day)]
    return [text.rstrip() for text in (*texts[: height - plan.said], *words)]


def _in_order(block: Block) -> tuple[datetime, bool, datetime, str]:
    return block.start, block.lane is Lane.CHILDREN, block.end, block.title


def _minute_of(moment: datetime, day: date) -> int:
    return moment.hour * 60 + moment.minute if moment.date() == day else _DAY


def _role(block: Block) -> str:
    return "off" if block.off else str(block.lane)


def _count(number: int, width: int) -> str:
    """ "+3"; in a single column the figure alone."""
    text = f"+{number}"
    return text if len(text) <= width else str(number) if len(text) - 1 <= width else "+"[:width]


def _hour_words(row: Row, hours24: bool) -> str:
    if row.folded:
        return "··"
    hour, minute = divmod(row.start, 60)
    if minute:
        return f":{minute:02}"
    if hours24:
        return f"{hour:02}:00"
    if hour == 12:
        return _("noon")
    return _("{hour} am").format(hour=hour or 12) if hour < 12 else _("{hour} pm").format(hour=hour - 12)


def _day_name(day: date, width: int, is_today: bool, chosen: bool) -> str:
    number, weekday = f"{day.day:>2}", day.weekday()
    room = width - (3 if width > 7 else 2)
    names = (weekday_name(weekday), weekday_short(weekday), weekday_letters(weekday))
    name = next((f"{name} {number}" for name in names if width >= 7 and cell_len(name) + 3 <= room), number)
    if width > 7:
        text = f"{'›' if is_today else ' '}{f'[{name}]' if chosen else f' {name} '}"
    else:
        sign = "»" if is_today and chosen else "›" if is_today else "[" if chosen else " "
        text = f"{sign}{name}{']' if chosen and width > 3 else ' '}"
    return set_cell_size(text, width)
