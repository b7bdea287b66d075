"""The pauses there are: a new one, or end, change or take off one of them. Every act can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from companion.domain.goal import Pause
from companion.domain.language import _
from companion.messages import DataChanged
from companion.screens.dialogs import Answer, Choice
from companion.screens.pause_form import PauseForm
from companion.screens.progress_words import pause_words

if TYPE_CHECKING:
    from companion.app import CompanionApp

_NEW = "*"  # no pause has this id
_YESTERDAY, _TODAY, _CHANGE, _OFF = "yesterday", "today", "change", "off"


def open_pauses(app: CompanionApp, away: tuple[date, date] | None) -> None:
    """The form at once where there is no pause yet, else the list. `away` are days to offer in a new one."""
    start = Pause("", *away) if away else None
    progress = app.session.progress
    pauses = progress.pauses()
    if not pauses:
        app.push_screen(PauseForm(start))
        return
    names = {goal.id: goal.name for goal in progress.goals()}
    today = progress.today()
    answers = [Answer(_NEW, _("A new pause"))]
    answers += [Answer(p.id, " · ".join(pause_words(p, names, today))) for p in reversed(pauses)]  # the latest first

    def chosen(pause_id: str | None) -> None:
        if pause_id == _NEW:
            app.push_screen(PauseForm(start))
        elif pause_id is not None:
            _about(app, next(pause for pause in pauses if pause.id == pause_id), names)

    running = next((p.id for p in reversed(pauses) if _runs(p, today)), None)
    app.push_screen(Choice(_("Your pauses"), answers, start=running), chosen)


def _runs(pause: Pause, today: date) -> bool:
    return pause.begins <= today and (pause.ends is None or pause.ends >= today)


def _about(app: CompanionApp, pause: Pause, names: Mapping[str, str]) -> None:
    """What can be done with one pause; what she most likely wants stands first."""
    progress = app.session.progress
    today = progress.today()
    answers = []
    if _runs(pause, today):
        answers.append(Answer(_YESTERDAY, _("End it: today counts again")))
        if pause.ends != today:
            answers.append(Answer(_TODAY, _("Today is its last day")))
    answers += [Answer(_CHANGE, _("Change it")), Answer(_OFF, _("Take it off, as if it had not been"))]

    def chosen(act: str | None) -> None:
        if act == _CHANGE:
            app.push_screen(PauseForm(pause))
        elif act == _OFF:
            progress.remove_pause(pause.id)
            _stored(app, _("The pause is off."))
        elif act is not None:
            progress.end_pause(pause, today if act == _TODAY else today - timedelta(days=1))
            _stored(app, _("The pause ends today.") if act == _TODAY else _("The pause is over. Today counts again."))

    detail = " · ".join(pause_words(pause, names, today))
    app.push_screen(Choice(_("This pause"), answers, detail=detail), chosen)


def _stored(app: CompanionApp, words: str) -> None:
    app.say(words, mend=_("Ctrl+Z takes it back."))
    app.post_message(DataChanged())
