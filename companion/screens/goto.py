"""Go to a day: type it as people say it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from companion.domain.language import _
from companion.domain.spoken_day import parse_day
from companion.screens.dialogs import Ask

if TYPE_CHECKING:
    from companion.app import CompanionApp


class GotoDialog(Ask[date]):
    """Gives the day that was typed, seen from `today`."""

    NAME = "Go to a day"
    ABOUT = "Type a day as you would say it: fri, tomorrow, dec 3, in 2 weeks. Enter goes there, Esc goes back."

    def __init__(self, today: date, *, month_first: bool | None = None) -> None:
        super().__init__(
            _("Go to which day?"),
            lambda text: parse_day(text, today, month_first=month_first),
            hint=_("fri · tomorrow · dec 3 · in 2 weeks"),
        )


def ask_for_day(app: CompanionApp) -> None:
    """Ask for a day and show it in the calendar, from whichever place this is."""
    session = app.session

    def asked(day: date | None) -> None:
        if day is not None:
            app.run_worker(show_day(app, day), group="goto")

    app.push_screen(GotoDialog(session.planner.today(), month_first=session.settings.month_first), asked)


async def show_day(app: CompanionApp, day: date, key: tuple[str, datetime | None] | None = None) -> None:
    """Go to the calendar, to that day; letters then act on the appointment named by `key`."""
    from companion.screens.calendar import CalendarScreen

    await app.goto("calendar")
    screen = app.screen
    if isinstance(screen, CalendarScreen):
        screen.go_to(day, key)
