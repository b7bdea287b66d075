"""One appointment as a time grid shows it: what it is, and the words of it that fit into so many columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rich.cells import cell_len, set_cell_size

from companion.domain.attendance import Mark
from companion.domain.event import ONE_DAY, Occurrence
from companion.domain.lanes import Lane, lane_of
from companion.domain.language import _
from companion.domain.text import clean
from companion.domain.wording import at_start, when_words
from companion.widgets.day_rows import Key, RowStatus, row_of, status_words
from companion.widgets.plain import cut, wrap

BARS = {Lane.HERS: "▌", Lane.CHILDREN: "║"}  # the lane by shape; both are in the font of a bare Linux console
POINTER = "►"  # stands for the bar where keys act
NEEDS = "!"
_SIGNS = {
    RowStatus.WENT: "✓",
    RowStatus.CANCELLED: "×",
    RowStatus.MOVED: "→",
    RowStatus.EXCUSED: "○",
    RowStatus.DID_NOT_HAPPEN: "○",
}
_OFF = frozenset({RowStatus.CANCELLED, RowStatus.EXCUSED, RowStatus.DID_NOT_HAPPEN})
_FEWEST = 3  # columns from which a piece of a title says more than nothing
_DETAILS_FROM = 20  # columns from which status, remarks and place are said in the block itself


@dataclass(frozen=True, slots=True)
class Block:
    """An appointment with its place in time; `start` and `end` (exclusive) are on the wall clock that is shown.

    `kind_mark` is one letter, `signs` are short remarks on what it still needs: "needs childcare".
    """

    key: Key
    start: datetime
    end: datetime
    title: str
    lane: Lane
    kind_mark: str = ""
    place: str = ""
    status: RowStatus = RowStatus.PLANNED
    signs: tuple[str, ...] = ()
    all_day: bool = False

    @property
    def by_days(self) -> bool:
        """Whether it stands above the hours: it is without an hour, or so long that it would fill whole days."""
        return self.all_day or self.end - self.start >= ONE_DAY

    @property
    def off(self) -> bool:
        """Whether its time is free again."""
        return self.status in _OFF


def block_of(
    occurrence: Occurrence, mark: Mark | None = None, hours24: bool = False, signs: tuple[str, ...] = ()
) -> Block:
    """The block of an occurrence with its attendance mark; `signs` come before those that it has of its own."""
    row = row_of(occurrence, mark, hours24)
    return Block(
        key=row.key,
        start=occurrence.start,
        end=occurrence.end,
        title=row.title,
        lane=lane_of(occurrence.event),
        kind_mark=row.kind_mark,
        place=row.place,
        status=row.status,
        signs=tuple(dict.fromkeys((*signs, *row.signs))),
        all_day=occurrence.event.all_day,
    )


def last_day(block: Block) -> date:
    """The last day it touches; an end at midnight is not on the next one."""
    return max(block.start, block.end - timedelta(microseconds=1)).date()


def letter(block: Block) -> str:
    """The letter of its kind, a dot where there is none that fits one column."""
    mark = block.kind_mark
    return mark if len(mark) == 1 and mark.isprintable() and cell_len(mark) == 1 else "•"


def sign(block: Block, most: int) -> str:
    """Signs of at most `most` columns, what is to be done before what was: "→!" or "!"."""
    status, needs = _SIGNS.get(block.status, ""), NEEDS if block.signs else ""
    both = status + needs
    return both if len(both) <= most else (status if block.off else needs)[:most]


def clock(moment: datetime, hours24: bool) -> str:
    """ "9:30" of 9:30 am and pm, for the hours stand beside it; "21:30" on a clock of 24 hours."""
    return f"{moment.hour if hours24 else moment.hour % 12 or 12}:{moment.minute:02}"


def block_lines(block: Block, width: int, height: int, hours24: bool, *, continued: bool = False) -> list[str]:
    """The text of a block behind its bar, `height` lines of `width` columns: letter, signs, time, title, the rest.

    `continued` is a block that began the day before: it says until when it lasts.
    """
    said = f"–{clock(block.end, hours24)}" if continued else clock(block.start, hours24)
    first = _head(block, width, said)
    room = width - cell_len(first) - 1
    title = clean(block.title)
    lines = [first]
    if room >= _FEWEST and (height == 1 or cell_len(title.partition(" ")[0]) <= room):
        head = cut(title, room) if height == 1 else wrap(title, room)[0] if title else ""
        lines = [f"{first} {head}"]
        title = title[len(head) :].strip()
    if height > 1 and width >= _FEWEST + 1:
        lines += wrap(title, width, height - 1)
    if width >= _DETAILS_FROM:
        for part in (status_words(block.status), *block.signs, block.place):
            if len(lines) < height:
                lines += wrap(part, width, height - len(lines))
    return [set_cell_size(line, width) for line in lines[:height]] + [" " * width] * (height - len(lines))


def _head(block: Block, width: int, said: str) -> str:
    """Letter, signs and time, in the fullest form that fits; each of their characters takes one column."""
    mark, both, one = letter(block), sign(block, 2), sign(block, 1)
    hour = said.partition(":")[0]
    for form in (
        f"{mark}{both or ' '}{said}",
        f"{mark}{one or ' '}{said}",
        f"{mark}{one}{said}",
        f"{mark}{one or ' '}{hour}",
        f"{mark}{one}{hour}",
        f"{mark}{one or hour}",
    ):
        if len(form) <= width:
            return form
    return mark if width else ""


def long_line(block: Block, width: int, hours24: bool, *, starts: bool, days: int) -> str:
    """The text of a block that stands above the hours, behind its bar; over several days it is drawn to its end."""
    time = f"{clock(block.start, hours24)} " if starts and not block.all_day else ""
    line = cut(f"{letter(block)}{sign(block, 2) or ' '}{time}{clean(block.title)}", width)
    rest = width - cell_len(line)
    return f"{line} {'─' * (rest - 1)}" if days > 1 and rest > 1 else set_cell_size(line, width)


def about(block: Block, today: date, hours24: bool, width: int, height: int) -> list[str]:
    """Everything that is known of a block in at most `height` lines: when and what, below it the rest."""
    first = f"{at_start(when_words(block.start, block.end, block.all_day, today, hours24))} · {clean(block.title)}"
    lane = f"{BARS[block.lane]} {_('children')}" if block.lane is Lane.CHILDREN else ""
    rest = " · ".join(part for part in (status_words(block.status), *block.signs, lane, clean(block.place)) if part)
    if height > 1 and rest and cell_len(clean(first)) <= width:
        return [first, *wrap(rest, width, height - 1)]
    return wrap(f"{first} · {rest}" if rest else first, width, max(0, height)) if height > 0 else []


def legend(width: int, *, short: bool = False) -> str:
    """The shapes and signs in words, as many as fit; only the shapes where it is to be short."""
    words = [f"{BARS[Lane.HERS]} {_('you')}", f"{BARS[Lane.CHILDREN]} {_('children')}"]
    if not short:
        words.insert(2, f"{NEEDS} {_('needs something')}")
        shown = (RowStatus.WENT, RowStatus.CANCELLED, RowStatus.MOVED, RowStatus.DID_NOT_HAPPEN)
        words += [f"{_SIGNS[status]} {status_words(status)}" for status in shown]
    while words and cell_len("  ".join(words)) > width:
        words.pop()
    return "  ".join(words)
