"""The rows of a list of appointments, in words, and the lines drawn from them. No screen needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from companion.domain.attendance import Mark
from companion.domain.event import Occurrence
from companion.domain.kinds import kind
from companion.domain.language import _
from companion.domain.wording import day_span_words
from companion.widgets.plain import cut, fit, wrap

Key = tuple[str, datetime | None]

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


def row_of(
    occurrence: Occurrence,
    mark: Mark | None = None,
    hours24: bool = False,
    signs: tuple[str, ...] = (),
    on: date | None = None,
) -> Row:
    """The row of an occurrence with its attendance mark, if it has one.

    `on` is the day it stands under, where that need not be the one it begins on: a night shift would else be read
    as two. `signs` come from who knows the rest of the day and of her home (`arranging_words.signs_of`).
    """
    event = occurrence.event
    when = _("all day")
    if not event.all_day:
        when = day_span_words(on or occurrence.day, occurrence.start, occurrence.end, hours24)
    return Row(
        key=occurrence.key,
        when=when,
        title=occurrence.title,
        place=occurrence.location or (_("online") if event.online else ""),
        status=_status(occurrence, mark),
        signs=signs,
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
