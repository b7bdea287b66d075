"""Go to a date: type it as people say it."""

from __future__ import annotations

from datetime import date

from companion.domain.language import _
from companion.domain.spoken_day import parse_day
from companion.screens.dialogs import Ask


class GotoDialog(Ask[date]):
    """Gives the day that was typed, seen from `today`."""

    NAME = "Go to a date"
    ABOUT = "Type a day as you would say it: fri, tomorrow, dec 3, in 2 weeks. Enter goes there, Esc goes back."

    def __init__(self, today: date, *, month_first: bool | None = None) -> None:
        super().__init__(
            _("Go to which day?"),
            lambda text: parse_day(text, today, month_first=month_first),
            hint=_("fri · tomorrow · dec 3 · in 2 weeks"),
        )
