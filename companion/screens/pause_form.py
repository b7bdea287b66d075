"""The form of a pause: from when, until when, and a reason that stays hers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult

from companion.domain.goal import Goal, Pause
from companion.domain.language import _, plural
from companion.domain.pause import PauseReason
from companion.domain.streak_words import reason_words
from companion.domain.text import TITLE_LIMIT
from companion.domain.wording import at_start
from companion.errors import InputError
from companion.messages import DataChanged
from companion.screens.controls import Pick
from companion.screens.event_fields import short_field
from companion.screens.form import Field
from companion.screens.live_form import LiveForm
from companion.screens.progress_words import pause_dates
from companion.screens.repeat_values import full_day
from companion.screens.several import Several
from companion.screens.typed_days import day_from, near_day
from companion.widgets.live_words import LiveWords

_OWN = "own words"


class PauseForm(LiveForm[Pause]):
    """Adds a pause, or changes the one with the id of `change`. Gives it once it is stored.

    Without an id in it, `change` is what the fields start from: the days away, say.
    """

    NAME = "A pause"
    ABOUT = (
        "Days that ask nothing of you. A pause may have begun long ago, and may stay open. "
        "What you do in it still counts. The reason is yours: it is in no file that leaves this computer."
    )
    CSS_PATH: ClassVar[list[str]] = ["form.tcss", "pause_form.tcss"]  # type: ignore[assignment]  # Textual takes both
    FORM_ID = "pause"
    TITLE_WORDS = "A pause"

    def __init__(self, change: Pause | None = None) -> None:
        super().__init__()
        self._change = change
        if change is not None and change.id:
            self.TITLE_WORDS = "Change the pause"  # type: ignore[misc]  # a form of the same kind, another heading
            self.FORM_ID = f"pause {change.id}"  # type: ignore[misc]  # a draft for each

    # What it starts from

    def compose_fields(self) -> ComposeResult:
        progress = self.app.session.progress
        self._today = progress.today()
        self._month_first = self.app.session.settings.month_first
        pause = self.before = self._change or Pause("", self._today, None)
        yield short_field("begins", _("From"), full_day(pause.begins), _("today · yesterday · nov 3"))
        ends = full_day(pause.ends) if pause.ends else ""
        yield short_field("ends", _("Last day"), ends, _("empty: it stays open until you end it"))
        reasons = [("", _("no reason given")), *((str(reason), reason_words(reason)) for reason in PauseReason)]
        reasons.append((_OWN, _("my own words")))
        own = pause.reason not in dict(reasons)
        yield Field(
            "reason",
            _("Reason"),
            control=Pick(reasons, _OWN if own else pause.reason, question=_("What is it for? It stays with you.")),
        )
        yield Field("own", _("In your words"), value=pause.reason if own else "", limit=TITLE_LIMIT)
        goals: list[Goal] = [
            g for g in progress.goals() if g.ends is None or g.ends >= self._today or g.id in pause.goals
        ]
        if goals:
            chooser = Several(
                [(goal.id, goal.name) for goal in goals],
                ",".join(pause.goals),
                question=_("What does it pause?"),
                none=_("everything"),
            )
            yield Field("goals", _("What"), control=chooser)
        yield LiveWords(id="understood")

    def show_reading(self) -> None:
        values = self.values()
        self.field("own").display = values["reason"] == _OWN
        self.query_one("#understood", LiveWords).put(self._understood(values))

    def _understood(self, values: Mapping[str, str]) -> str:
        pause, errors = self._pause_of(values)
        if pause is None or errors:
            return ""
        dates = at_start(pause_dates(pause, self._today))
        if pause.ends is not None:
            days = (pause.ends - pause.begins).days + 1
            dates = f"{dates}, {plural('{n} day', '{n} days', days)}"
        return _(
            "{dates}. Nothing is asked in these days, and what you do still counts. "
            "Medicine visits, testing and court stay on your calendar."
        ).format(dates=dates)

    # Reading

    def check(self, values: dict[str, str]) -> dict[str, str]:
        return self._pause_of(values)[1]

    def _pause_of(self, values: Mapping[str, str]) -> tuple[Pause | None, dict[str, str]]:
        """The pause that `values` make, or None and what is wrong with which field."""
        errors: dict[str, str] = {}
        begins: date | None = None
        ends: date | None = None
        try:
            begins = near_day(values["begins"], self._today, self._month_first)
        except InputError as error:
            errors["begins"] = str(error)
        try:
            if values["ends"]:
                ends = day_from(values["ends"], begins or self._today, self._today, self._month_first)
        except InputError as error:
            errors["ends"] = str(error)
        if begins is not None and ends is not None and ends < begins:
            errors["ends"] = _("It would end before it begins. Choose a later last day, or leave it empty.")
        if begins is None or errors:
            return None, errors
        reason = values["own"] if values["reason"] == _OWN else values["reason"]
        goals = tuple(each for each in values.get("goals", "").split(",") if each)
        return Pause(self.before.id, begins, ends, reason, goals), {}

    # Saving

    def save(self, values: dict[str, str]) -> None:
        pause, _errors = self._pause_of(values)
        if pause is None:  # `check` has said why
            return
        pause = self.app.session.progress.put_pause(pause)
        words = _("Paused: {dates}. Nothing is asked of you then.")
        self.say(words.format(dates=pause_dates(pause, self._today)), mend=_("Ctrl+Z takes it back."))
        self.app.post_message(DataChanged())
        self.done(pause)
