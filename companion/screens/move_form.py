"""Put one appointment at another time."""

from __future__ import annotations

from datetime import datetime

from textual.app import ComposeResult

from companion.domain.event import Occurrence
from companion.domain.language import _
from companion.domain.spoken_time import parse_end, parse_time
from companion.domain.wording import length_words, time_words, when_words
from companion.errors import InputError
from companion.screens.event_fields import short_field
from companion.screens.event_values import Reading, read_day
from companion.screens.form import Form
from companion.screens.repeat_values import full_day


class MoveForm(Form[str]):
    """Moves one appointment to the day and time typed; others of its series stay. Gives what was done, in words."""

    NAME = "Move"
    ABOUT = "Type the new day and time. Only this one moves. Ctrl+S or Enter on the last line saves it."
    TITLE_WORDS = "Move to another time"
    SAVE_WORD = "Move it"

    def __init__(self, occurrence: Occurrence) -> None:
        super().__init__()
        self._occurrence = occurrence

    def compose_fields(self) -> ComposeResult:
        occurrence, hours24 = self._occurrence, self.app.session.settings.hours24
        yield short_field("day", _("New day"), full_day(occurrence.day), _("fri · dec 3 · in 2 weeks"))
        if not occurrence.event.all_day:
            yield short_field("start", _("New start"), time_words(occurrence.start, hours24), _("6pm · 18:30"))
            yield short_field("length", _("Length or end"), length_words(occurrence.end - occurrence.start))

    def check(self, values: dict[str, str]) -> dict[str, str]:
        errors: dict[str, str] = {}
        self._read(values, errors)
        return errors

    def save(self, values: dict[str, str]) -> None:
        start, end = self._read(values, {})
        occurrence, session = self._occurrence, self.app.session
        length = end - start
        session.planner.move(occurrence, start, length if length != occurrence.end - occurrence.start else None)
        when = when_words(start, end, occurrence.event.all_day, session.planner.today(), session.settings.hours24)
        self.done(_("{title} is now {when}.").format(title=occurrence.title, when=when))

    def _read(self, values: dict[str, str], errors: dict[str, str]) -> tuple[datetime, datetime]:
        occurrence, settings = self._occurrence, self.app.session.settings
        reading = Reading(self.app.session.planner.today(), settings.hours24, settings.month_first)
        day, at, end = occurrence.day, occurrence.start.time(), None
        try:
            if values["day"] != full_day(occurrence.day):
                day = read_day(values["day"], reading)
        except InputError as error:
            errors["day"] = str(error)
        if "start" in values and values["start"] != time_words(occurrence.start, settings.hours24):
            try:
                at = parse_time(values["start"], hours24=settings.hours24)
            except InputError as error:
                errors["start"] = str(error)
        start = datetime.combine(day, at)
        length = occurrence.end - occurrence.start
        if "length" in values and values["length"] != length_words(length):
            try:
                end = parse_end(values["length"], start, hours24=settings.hours24)
            except InputError as error:
                errors["length"] = str(error)
        return start, end or start + length
