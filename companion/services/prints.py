"""What goes on paper: a week on one page, her own or a child's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from companion.domain.child import Child
from companion.domain.language import _, plural
from companion.domain.months import add_days, week_of
from companion.domain.settings import Settings
from companion.domain.week_paper import ALL_CHILDREN, HER, LETTER
from companion.errors import InputError

if TYPE_CHECKING:
    from companion.formats.print.typeset import Typesetter
    from companion.formats.print.week_sheet import WeekSheet
    from companion.services.people import People
    from companion.services.planner import Planner

_LETTERS_NAMED = 20  # of those that can't be drawn


@dataclass(frozen=True, slots=True)
class WeekPage:
    """A page ready to be saved: the PDF, what is on it as `lines`, and what is good to know before as `notes`."""

    data: bytes
    lines: tuple[str, ...]
    notes: tuple[str, ...]


class Prints:
    def __init__(self, planner: Planner, people: People, settings: Callable[[], Settings]) -> None:
        self._planner = planner
        self._people = people
        self._settings = settings
        self._typesetter: Typesetter | None = None

    def week(self, day: date, whose: str = HER, *, mama: str = "", full: bool = False, paper: str = LETTER) -> WeekPage:
        """The week that holds `day`, by the first weekday of the settings, on one page.

        Discreet unless `full`. `mama` is what the children call her. Nothing is written anywhere. Raises InputError
        for a child who is not listed any more, and for paper that is not known.
        """
        from companion.formats.print.typeset import Typesetter
        from companion.formats.print.week_sheet import left_out, lines_of

        sheet = self._sheet(day, whose, mama, full)
        self._typesetter = self._typesetter or Typesetter()
        made = self._typesetter.week(sheet, paper)
        notes = []
        if left := left_out(sheet, made.fit.most):
            notes.append(plural("{n} has no room on the page.", "{n} have no room on the page.", left))
        if made.missing:
            shown = made.missing[:_LETTERS_NAMED] + ("…" if len(made.missing) > _LETTERS_NAMED else "")
            notes.append(
                _("No font on this computer has these letters, so they print as empty boxes: {letters}").format(
                    letters=" ".join(shown)
                )
            )
        return WeekPage(made.data, tuple(lines_of(sheet, made.fit.most)), tuple(notes))

    def save(self, page: WeekPage, path: Path) -> Path:
        """Write the PDF to a new file that only this account can read; nothing is ever written over.

        Raises UsageError where the name is taken, StorageError where it can't be written.
        """
        from companion.formats.bounded import fresh_write

        fresh_write(path, page.data)
        return path

    def _sheet(self, day: date, whose: str, mama: str, full: bool) -> WeekSheet:
        from companion.formats.print.child_week import child_week
        from companion.formats.print.her_week import her_week

        settings = self._settings()
        days = week_of(day, settings.week_start)
        occurrences = self._planner.between(days[0], add_days(days[-1], 1))
        if whose == HER:
            return her_week(days, occurrences, full=full, hours24=settings.hours24)
        child = None if whose == ALL_CHILDREN else self._child(whose)
        return child_week(days, occurrences, child, mama=mama, full=full, hours24=settings.hours24)

    def _child(self, child_id: str) -> Child:
        found = next((child for child in self._people.children() if child.id == child_id), None)
        if found is None:
            raise InputError(_("That child is not listed any more."), _("Choose again whose week it is."))
        return found
