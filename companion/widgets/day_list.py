"""The appointments of a day, or of several under headings: when, what, where, and what to know in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from companion.domain.attendance import Mark
from companion.domain.event import Occurrence
from companion.domain.kinds import kind
from companion.domain.language import _
from companion.domain.wording import day_heading, span_words
from companion.widgets.plain import cut, fit, plain, wrap

Key = tuple[str, datetime | None]

_WHEN_MOST = 18  # columns of "11:30 am–12:30 pm" and one more
_BESIDE_FROM = 40  # columns from which the title stands beside its time and not below it
_TITLE_LINES = 3


class RowStatus(StrEnum):
    """What became of it. The words are in `status_words`."""

    PLANNED = "planned"
    TENTATIVE = "tentative"
    MOVED = "moved"
    CANCELLED = "cancelled"
    WENT = "went"
    EXCUSED = "excused"
    DID_NOT_HAPPEN = "did-not-happen"


_SIGNS = {RowStatus.WENT: "✓", RowStatus.CANCELLED: "×", RowStatus.MOVED: "→"}  # beside the word, never instead of it


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list, all of it in words already. `signs` are short remarks: "needs childcare".

    `key` names the occurrence to the screen; `kind_mark` is one letter; `day` is needed only under headings.
    """

    key: Key
    when: str
    title: str
    place: str = ""
    status: RowStatus = RowStatus.PLANNED
    signs: tuple[str, ...] = ()
    kind_mark: str = ""
    day: date | None = None


def row_of(occurrence: Occurrence, mark: Mark | None = None, hours24: bool = False) -> Row:
    """The row of an occurrence with its attendance mark, if it has one."""
    event, childcare = occurrence.event, occurrence.logistics.childcare
    open_childcare = childcare.needed and not childcare.covered and not occurrence.cancelled and mark is None
    return Row(
        key=occurrence.key,
        when=_("all day") if event.all_day else span_words(occurrence.start, occurrence.end, hours24),
        title=occurrence.title,
        place=occurrence.location or (_("online") if event.online else ""),
        status=_status(occurrence, mark),
        signs=(_("needs childcare"),) if open_childcare else (),
        kind_mark=kind(event.kind).mark,
        day=occurrence.day,
    )


def status_words(status: RowStatus) -> str:
    """The status in words; nothing where there is nothing to say."""
    return {
        RowStatus.PLANNED: "",
        RowStatus.TENTATIVE: _("not sure yet"),
        RowStatus.MOVED: _("moved"),
        RowStatus.CANCELLED: _("cancelled"),
        RowStatus.WENT: _("you went"),
        RowStatus.EXCUSED: _("excused"),
        RowStatus.DID_NOT_HAPPEN: _("didn't happen"),
    }[status]


def row_lines(row: Row, when_width: int, width: int) -> list[str]:
    """A row as lines of at most `width` columns: time and title, below them whatever else is known.

    `when_width` is the column of the times. In a narrow list the title stands below its time.
    """
    sign = _SIGNS.get(row.status, " ")
    mark = f"{row.kind_mark} " if row.kind_mark else ""
    details = " · ".join(part for part in (status_words(row.status), *row.signs, row.place) if part)
    if width >= _BESIDE_FROM:
        indent = 2 + when_width + 2
        first = f"{sign} {fit(row.when, when_width)}  "
        texts = wrap(f"{mark}{row.title}", width - indent, _TITLE_LINES) or [""]
        lines = [first + texts[0], *(" " * indent + text for text in texts[1:])]
    else:
        indent = min(2, max(0, width - 1))
        lines = [f"{sign} {cut(row.when, width - 2)}"[: max(0, width)]]
        lines += [" " * indent + text for text in wrap(f"{mark}{row.title}", width - indent, _TITLE_LINES)]
    return [text.rstrip() for text in lines] + [" " * indent + text for text in wrap(details, width - indent)]


class DayList(OptionList):
    """Appointments to choose from. `show` gives it rows; the chosen one stays chosen when it is shown again."""

    DEFAULT_CSS = """
    DayList {
        height: 1fr;
        border: none;
        padding: 0;
        scrollbar-gutter: stable;
        background: $surface;
        color: $text;
        &:focus { border: none; }
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-disabled { color: $text; text-style: bold; }
        &:nocolor > .option-list--option-highlighted { text-style: reverse; }
    }
    """

    class OccurrenceChosen(Message):
        """Enter or a click on a row."""

        def __init__(self, day_list: DayList, row: Row) -> None:
            super().__init__()
            self.day_list, self.row, self.key = day_list, row, row.key

        @property
        def control(self) -> DayList:
            return self.day_list

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes, markup=False)
        self._rows: tuple[Row, ...] = ()
        self._at: list[Row | None] = []
        self._today: date | None = None
        self._empty = ""
        self._width = 0

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    @property
    def row(self) -> Row | None:
        """The row that keys act on."""
        place = self.highlighted
        return self._at[place] if place is not None and place < len(self._at) else None

    def show(self, rows: Iterable[Row], today: date, empty: str | None = None) -> None:
        """Show `rows`, with a heading for each day where there are several; `empty` is said where there are none.

        Nothing is posted. The row that was highlighted stays so, or the one that took its place.
        """
        rows = tuple(rows)
        said = _("Nothing planned.") if empty is None else empty
        if (rows, today, said) == (self._rows, self._today, self._empty) and self._at:
            return
        before, place = self.row, self.highlighted
        self._rows, self._today, self._empty = rows, today, said
        self._fill(before.key if before else None, place)

    def choose(self, key: Key) -> bool:
        """Highlight the row with that key; False where it is not in the list."""
        place = self._place_of(key)
        if place is None:
            return False
        self.highlighted = place
        return True

    def on_resize(self, _event: events.Resize) -> None:
        if self._at and self._text_width() != self._width:
            row = self.row
            self._fill(row.key if row else None, self.highlighted)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        row = self.row
        if row is not None:
            self.post_message(self.OccurrenceChosen(self, row))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()

    def _fill(self, key: Key | None, place: int | None) -> None:
        self._width = self._text_width()
        options, self._at = self._options_of(self._rows)
        with self.prevent(OptionList.OptionHighlighted):
            self.set_options(options)
            found = self._place_of(key) if key else None
            self.highlighted = found if found is not None else self._near(place or 0)

    def _options_of(self, rows: Sequence[Row]) -> tuple[list[Option], list[Row | None]]:
        if not rows:
            return [Option(plain(self._empty), disabled=True)], [None]
        when_width = min(_WHEN_MOST, max(cell_len(row.when) for row in rows))
        several = len({row.day for row in rows}) > 1
        options: list[Option] = []
        at: list[Row | None] = []
        day: date | None = None
        for row in rows:
            if several and row.day is not None and row.day != day:
                day = row.day
                options.append(Option(Content(day_heading(day, self._today or day)), disabled=True))
                at.append(None)
            # Plain lines without colors, which would be lost on the highlight; `row_lines` has cleaned every word.
            options.append(Option(Content("\n".join(row_lines(row, when_width, self._width)))))
            at.append(row)
        return options, at

    def _place_of(self, key: Key | None) -> int | None:
        return next((n for n, row in enumerate(self._at) if row is not None and row.key == key), None)

    def _near(self, place: int) -> int | None:
        """The row nearest to where the highlight was, the next one first."""
        rows = [n for n, row in enumerate(self._at) if row is not None]
        return next((n for n in rows if n >= place), rows[-1] if rows else None)

    def _text_width(self) -> int:
        """Columns for text; 0 before the list is on a screen, and it is filled again once it has a size."""
        if not self.is_mounted:
            return 0
        padding = self.get_component_styles("option-list--option").padding
        return max(0, self.scrollable_content_region.width - padding.width)


def _status(occurrence: Occurrence, mark: Mark | None) -> RowStatus:
    by_mark = {
        Mark.ATTENDED: RowStatus.WENT,
        Mark.ATTENDED_ONLINE: RowStatus.WENT,
        Mark.MOVED: RowStatus.MOVED,
        Mark.EXCUSED: RowStatus.EXCUSED,
        Mark.MISSED: RowStatus.DID_NOT_HAPPEN,
    }
    if mark is not None:
        return by_mark.get(mark, RowStatus.CANCELLED)
    if occurrence.cancelled:
        return RowStatus.CANCELLED
    if occurrence.moved:
        return RowStatus.MOVED
    return RowStatus.TENTATIVE if occurrence.status.value == "tentative" else RowStatus.PLANNED
