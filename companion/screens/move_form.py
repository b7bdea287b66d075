"""Put an appointment at another time: only this one, or its series too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import ClassVar

from textual.app import ComposeResult

from companion.domain.clock_change import series_hour_words
from companion.domain.describing import describe
from companion.domain.event import Event, Occurrence
from companion.domain.language import _
from companion.domain.series import Reach
from companion.domain.series_move import moved_series
from companion.domain.spoken_time import parse_end, parse_time
from companion.domain.wording import at_start, length_words, time_words, when_words
from companion.errors import InputError, RuleError
from companion.screens.controls import Pick
from companion.screens.event_fields import short_field
from companion.screens.event_values import Reading, read_day
from companion.screens.form import Field
from companion.screens.live_form import LiveForm
from companion.screens.repeat_values import full_day
from companion.screens.telling import told
from companion.widgets.live_words import LiveWords


class MoveForm(LiveForm[date]):
    """Moves `occurrence` to the day and time typed, and as much of its series as is chosen. Gives the day it is on."""

    NAME = "Move"
    ABOUT = (
        "Type the new day and time. Above them you choose whether others of its series move too; only this one does "
        "unless you say so. Ctrl+S or Enter on the last line saves it."
    )
    CSS_PATH: ClassVar[list[str]] = ["form.tcss", "move_form.tcss"]  # type: ignore[assignment]  # Textual takes both
    FORM_ID = "move"
    TITLE_WORDS = "Move to another time"
    SAVE_WORD = "Move it"
    AUTO_FOCUS = "#field-day Input"

    def __init__(self, occurrence: Occurrence) -> None:
        super().__init__()
        self._occurrence = occurrence
        self.FORM_ID = f"move {occurrence.event.uid} {occurrence.start.isoformat()}"  # type: ignore[misc]

    def compose_fields(self) -> ComposeResult:
        occurrence, settings = self._occurrence, self.app.session.settings
        planner = self.app.session.planner
        self._reading = Reading(planner.today(), settings.hours24, settings.month_first, planner.zone)
        if occurrence.recurrence_id is not None:
            which = [
                (str(Reach.ONE), _("only this one")),
                (str(Reach.LATER), _("this one and all later ones")),
                (str(Reach.ALL), _("all of them, from now on")),
            ]
            yield Field("reach", _("Which ones"), control=Pick(which, question=_("Move which ones?")))
        yield short_field("day", _("New day"), full_day(occurrence.day), _("fri · dec 3 · in 2 weeks"))
        if not occurrence.event.all_day:
            yield short_field("start", _("New start"), time_words(occurrence.start, settings.hours24), _("6pm · 18:30"))
            yield short_field("length", _("Length or end"), length_words(occurrence.end - occurrence.start))
        yield LiveWords(id="understood")

    # While she types

    def show_reading(self) -> None:
        """What the values mean, in words, and why a series can't move so."""
        values = self.values()
        errors: dict[str, str] = {}
        start, end = self._read(values, errors)
        words: list[str] = []
        if not errors:
            words = [at_start(self._when(start, end))]
            series, trouble = self._series(values, start, end)
            if trouble:
                words = [trouble]
            elif series is not None and series.rule is not None:
                words.append(describe(series.rule, series.start))
        self.query_one("#understood", LiveWords).put(" · ".join(words))
        if "start" in values:
            self.field("start").remark("" if errors else self._clock_words(values, start, end))

    def _clock_words(self, values: Mapping[str, str], start: datetime, end: datetime) -> str:
        """What happens where the new hour doesn't exist one night, or comes twice."""
        zone, reading = self.app.session.planner.zone, self._reading
        series, _trouble = self._series(values, start, end)
        rule = series.rule if series is not None and series.zone == zone else None
        return series_hour_words(rule, start, zone, today=reading.today, hours24=reading.hours24)

    def _series(self, values: Mapping[str, str], start: datetime, end: datetime) -> tuple[Event | None, str]:
        """The series as it would be, or why it can't be; neither where only this one moves."""
        occurrence, at = self._occurrence, self._occurrence.recurrence_id
        if at is None or values.get("reach", Reach.ONE) == Reach.ONE:
            return None, ""
        there = replace(occurrence, start=start, end=end).in_zone(occurrence.event.zone)
        try:
            return moved_series(occurrence.event, at, there.start, end - start), ""
        except RuleError as error:
            return None, str(error)

    # Saving

    def check(self, values: dict[str, str]) -> dict[str, str]:
        errors: dict[str, str] = {}
        start, end = self._read(values, errors)
        trouble = "" if errors else self._series(values, start, end)[1]
        return errors or ({"day": trouble} if trouble else {})

    def save(self, values: dict[str, str]) -> None:
        start, end = self._read(values, {})
        occurrence, planner = self._occurrence, self.app.session.planner
        length = end - start
        reach = Reach(values.get("reach", Reach.ONE))
        try:
            planner.move(occurrence, start, length if length != occurrence.end - occurrence.start else None, reach)
        except InputError as error:
            self.tell({"day": str(error)})
            return
        words = {
            Reach.ONE: _("{title} is now {when}."),
            Reach.LATER: _("{title} is now {when}, and the later ones have moved with it."),
            Reach.ALL: _("All of {title} has moved; this one is now {when}."),
        }
        said = words[reach].format(title=occurrence.title, when=self._when(start, end))
        note = self.app.session.arranger.note_on(occurrence.title, start, series=reach is not Reach.ONE)
        told(self.app, f"{said} {note}".strip())
        self.done(start.date())

    # Parts

    def _when(self, start: datetime, end: datetime) -> str:
        return when_words(start, end, self._occurrence.event.all_day, self._reading.today, self._reading.hours24)

    def _read(self, values: Mapping[str, str], errors: dict[str, str]) -> tuple[datetime, datetime]:
        """The new start and end; what can't be read goes to `errors`. What she did not touch stays as it is."""
        occurrence, reading = self._occurrence, self._reading
        day, at, end = occurrence.day, occurrence.start.time(), None
        try:
            if values["day"] != full_day(occurrence.day):
                day = read_day(values["day"], reading)
        except InputError as error:
            errors["day"] = str(error)
        if "start" in values and values["start"] != time_words(occurrence.start, reading.hours24):
            try:
                at = parse_time(values["start"], hours24=reading.hours24)
            except InputError as error:
                errors["start"] = str(error)
        start = datetime.combine(day, at)
        length = occurrence.end - occurrence.start
        if "length" in values and values["length"] != length_words(length):
            try:
                end = parse_end(values["length"], start, hours24=reading.hours24)
            except InputError as error:
                errors["length"] = str(error)
        return start, end or start + length
