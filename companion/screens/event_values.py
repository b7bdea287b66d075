"""An event as it stands in the form, to and from the `Event`. Pure: no widget in here.

Every value is a string, as drafts keep strings. What she did not touch is kept exactly as it was, also where the
form shows it shortened.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TypeVar

from companion.domain.event import ONE_DAY, Childcare, Event, Logistics, Ride
from companion.domain.kinds import Kind, find_kind, kind
from companion.domain.language import _
from companion.domain.recurrence import RecurrenceRule
from companion.domain.spoken_day import parse_day
from companion.domain.spoken_time import parse_end, parse_length, parse_reminders, parse_time
from companion.domain.wording import length_words, time_words
from companion.errors import InputError
from companion.screens.repeat_values import FieldError, full_day, repeat_values, rule_from

ON = "yes"
LONGEST_TIMED = timedelta(days=31)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """How what is typed is to be read: today, her clock, the order of her dates, and the zone of a new event."""

    today: date
    hours24: bool = False
    month_first: bool | None = None
    zone: str = "UTC"


def new_event(day: date, reading: Reading) -> Event:
    """What an empty form starts from."""
    return Event("", "", datetime.combine(day, time()), timedelta(0), reading.zone)


def event_values(event: Event, reading: Reading) -> dict[str, str]:
    """What the form shows for `event`."""
    care, ride = event.logistics.childcare, event.logistics.ride
    timed = not event.all_day and bool(event.uid)
    days = max(1, event.duration // ONE_DAY)
    return {
        "title": event.title,
        "day": full_day(event.start.date()),
        "all_day": ON if event.all_day else "",
        "start": time_words(event.start, reading.hours24) if timed else "",
        "length": length_words(event.duration) if timed else "",
        "last_day": full_day(event.start.date() + (days - 1) * ONE_DAY) if event.all_day and days > 1 else "",
        **repeat_values(event.rule, event.start),
        "location": event.location,
        "online": event.online,
        "kind": kind(event.kind).id,
        "care_needed": ON if care.needed else "",
        "care_who": care.who,
        "care_covered": ON if care.covered else "",
        "ride_how": ride.how,
        "ride_who": ride.who,
        "leave_by": length_words(ride.leave_by) if ride.leave_by else "",
        "bring": ", ".join(event.logistics.bring),
        "provider": event.provider,
        "contact": event.contact,
        "phone": event.phone,
        "child": event.child,
        "notes": event.notes,
        "discreet_title": event.discreet_title,
        "reminders": reminder_words(event.reminders),
    }


def event_from(values: dict[str, str], before: Event, reading: Reading) -> tuple[Event | None, dict[str, str]]:
    """The event that `values` make of `before`, or None and what is wrong with which field."""
    typed = _Typed(values, before, reading)
    event = typed.event()
    return (None, typed.errors) if typed.errors else (event, {})


def reminder_words(reminders: tuple[int, ...] | None) -> str:
    """ "1 day, 2 hours"; "none"; "" where the profile's own hold."""
    if reminders is None:
        return ""
    if not reminders:
        return _("none")
    return ", ".join(length_words(timedelta(minutes=minutes)) for minutes in sorted(reminders, reverse=True))


def guess_kind(title: str) -> Kind | None:
    """The kind that a title names: "Counselling with Ann" is individual therapy. The longest name in it counts."""
    words = title.casefold().replace(",", " ").split()
    spans = [" ".join(words), *(" ".join(pair) for pair in pairwise(words)), *words]
    return next((found for span in spans if (found := find_kind(span)) is not None), None)


def read_day(text: str, reading: Reading) -> date:
    """A day as it is typed in a form. Raises InputError."""
    return parse_day(text, reading.today, month_first=reading.month_first)


class _Typed:
    """Values as typed, read one by one; what is wrong is gathered in `errors`, so that all of it is said at once."""

    def __init__(self, values: dict[str, str], before: Event, reading: Reading) -> None:
        self.shown = event_values(before, reading)
        self.values = self.shown | values
        self.before = before
        self.reading = reading
        self.errors: dict[str, str] = {}

    def event(self) -> Event | None:
        if not self["title"]:
            self.errors["title"] = _("It has no name yet. Type what it is, for instance: counselling.")
        day, at = self.take("day", self.day), self.take("start", self.time)
        reminders = self.take("reminders", self.reminders)
        start = datetime.combine(day or self.before.start.date(), at or time())
        leave_by = self.take("leave_by", lambda: self.leave_by(start))
        if day is None or at is None:
            return None
        duration = self.take("length", lambda: self.duration(start))
        rule = self.take("repeat", lambda: self.rule(start))
        if duration is None:
            return None
        return replace(
            self.before,
            title=self["title"],
            kind=self["kind"],
            start=start,
            duration=duration,
            all_day=bool(self["all_day"]),
            rule=rule,
            location=self["location"],
            online=self["online"],
            provider=self["provider"],
            contact=self["contact"],
            phone=self["phone"],
            child=self["child"],
            notes=self["notes"],
            discreet_title=self["discreet_title"],
            logistics=self.logistics(leave_by),
            reminders=reminders,
        )

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def same(self, *names: str) -> bool:
        return all(self.values[name] == self.shown[name] for name in names)

    def take(self, name: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except FieldError as error:
            self.errors.setdefault(error.field, str(error))
        except InputError as error:
            self.errors.setdefault(name, str(error))
        return None

    def day(self) -> date:
        return self.before.start.date() if self.same("day") else read_day(self["day"], self.reading)

    def time(self) -> time:
        if self["all_day"]:
            return time()
        if not self["start"]:
            raise InputError(_("It has no time yet."), _("Try 6pm or 18:30, or mark it as all day."))
        if self.same("start"):
            return self.before.start.time()
        return parse_time(self["start"], hours24=self.reading.hours24)

    def duration(self, start: datetime) -> timedelta:
        if self["all_day"]:
            return self.last_day(start.date()) - start.date() + ONE_DAY
        if not self["length"]:
            return kind(self["kind"]).length
        if self.same("length", "all_day"):
            return self.before.duration
        words = self["length"].strip()
        for until in (_("until "), "until ", "till ", "to "):
            words = words.removeprefix(until)
        length = parse_end(words, start, hours24=self.reading.hours24) - start
        if length > LONGEST_TIMED:
            raise InputError(_("That is longer than a month."), _("Type a shorter length, or mark it as all day."))
        return length

    def last_day(self, first: date) -> date:
        if not self["last_day"]:
            return first
        try:
            last = parse_day(self["last_day"], first, month_first=self.reading.month_first)
        except InputError as error:
            raise FieldError("last_day", error.sentence, error.mend) from None
        if last < first:
            raise FieldError("last_day", _("That is before the first day."), _("Type a later day, or nothing."))
        return last

    def rule(self, start: datetime) -> RecurrenceRule | None:
        if start == self.before.start and self.same("repeat", "weekdays", "ends", "until", "times"):
            return self.before.rule
        reading = self.reading
        return rule_from(self.values, start, self.before.rule, today=reading.today, month_first=reading.month_first)

    def leave_by(self, start: datetime) -> timedelta | None:
        """A length before the start, or the time of day to leave at: the last such one before it."""
        if self.same("leave_by"):
            return self.before.logistics.ride.leave_by
        words = self["leave_by"].removesuffix(_("before")).strip()
        if not words:
            return None
        try:
            length = parse_length(words)
        except InputError as error:
            since = self.since(words, start)
            if since is None:
                raise error from None
            length = since
        if length > ONE_DAY:
            raise InputError(_("That is more than a day before."), _("Type a shorter time, like 40 minutes."))
        return length or None

    def since(self, words: str, start: datetime) -> timedelta | None:
        """How long before `start` it was last the time that `words` name; None where they name none."""
        found: list[timedelta] = []
        for half in ("", "am", "pm"):
            try:
                at = parse_time(words + half, hours24=self.reading.hours24)
            except InputError:
                continue
            found.append((start - datetime.combine(start.date(), at)) % ONE_DAY)
        return min((length for length in found if length), default=None)

    def reminders(self) -> tuple[int, ...] | None:
        if self.same("reminders"):
            return self.before.reminders
        return parse_reminders(self["reminders"]) if self["reminders"] else None

    def logistics(self, leave_by: timedelta | None) -> Logistics:
        bring = self.before.logistics.bring
        if not self.same("bring"):
            bring = tuple(thing for part in self["bring"].split(",") if (thing := part.strip()))
        return Logistics(
            Childcare(bool(self["care_needed"]), self["care_who"], bool(self["care_covered"])),
            Ride(self["ride_how"], self["ride_who"], leave_by),
            bring,
        )
