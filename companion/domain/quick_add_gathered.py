"""What the pieces of a typed sentence say of day and time, sorted, and what there is to tell about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from companion.domain.event import ONE_DAY
from companion.domain.language import _
from companion.domain.phrase_words import DAYS, listed
from companion.domain.quick_add_said import (
    AllDay,
    At,
    Begins,
    Between,
    Endless,
    EndsAfter,
    EndsAt,
    EndsOn,
    Except,
    Lasts,
    LastsDays,
    Moment,
    OnDay,
    OnDays,
    Part,
    PartOfDay,
    Remark,
    Repeats,
    Said,
    Scene,
    Wrong,
)
from companion.domain.recurrence import RecurrenceRule
from companion.domain.wording import date_words, list_words

T = TypeVar("T")


@dataclass(slots=True)
class When:
    """Start and length are always given; where something is wrong they are the nearest to what was said."""

    start: datetime
    duration: timedelta
    all_day: bool = True
    rule: RecurrenceRule | None = None
    skips: tuple[datetime, ...] = ()
    remarks: list[Remark] = field(default_factory=list)
    wrong: list[Remark] = field(default_factory=list)
    unsaid: set[str] = field(default_factory=set)


class Gathered:
    """The pieces by what they say. `remark` and `wrong` keep what is to be told, once each."""

    def __init__(self, said: Sequence[Said], kind: str, scene: Scene) -> None:
        self.scene = scene
        self.kind = kind
        self.when = When(datetime.combine(scene.day, time()), ONE_DAY)
        self.days = _of(said, OnDay)
        self.spans = _of(said, OnDays)
        self.repeats = _of(said, Repeats)
        self.begins = _of(said, Begins)
        self.after = _of(said, EndsAfter)
        self.until = _of(said, EndsOn)
        self.excepted = _of(said, Except)
        self.endless = bool(_of(said, Endless))
        self.starts: list[At | Between] = [*_of(said, At), *_of(said, Between)]
        self.moments = _of(said, Moment)
        self.ends_at = _of(said, EndsAt)
        self.lasts = _of(said, Lasts)
        self.lasts_days = _of(said, LastsDays)
        self.all_day = bool(_of(said, AllDay))
        self.part = _part(said)
        self.timed = bool(self.starts or self.moments)
        if self.after or self.until or self.begins or self.endless:
            self.repeats += [_each_week(each) for each in self.spans if each.weekly]
            self.spans = [each for each in self.spans if not each.weekly]
        # "every day for 10 days" is ten times; beside another end the days are a length.
        daily = any(each.phrase == "every day" for each in self.repeats)
        other_end = self.endless or self.after or self.until or self.spans
        self.days_are_times = bool(self.lasts_days) and daily and not other_end
        dated = {each.day.weekday() for each in self.days if not each.any_week}
        self.days = [each for each in self.days if not (each.any_week and each.day.weekday() in dated)]
        for each in _of(said, Wrong):
            self.wrong(each.field, each.words)

    def wrong(self, name: str, words: str) -> None:
        self.when.wrong.append(Remark(name, words))

    def remark(self, name: str, words: str) -> None:
        if words and words not in (each.words for each in self.when.remarks):
            self.when.remarks.append(Remark(name, words))

    def one_day(self, days: list[date]) -> list[date]:
        """The different days among `days`; more than one can't be read."""
        named = different(days)
        if len(named) > 1:
            words = _("More than one day is said: {days}. Keep one, or for a repeat type every {typed}.")
            shown = [date_words(day, self.scene.today) for day in named]
            again = different([DAYS[day.weekday()].lower() for day in named])
            self.wrong("day", words.format(days=list_words(shown), typed=listed(again)))
        return named


def _each_week(span: OnDays) -> Repeats:
    """ "mon-thu until may 28" is every week, and not only from Monday to Thursday."""
    days = listed([DAYS[(span.first.weekday() + n) % 7] for n in range(min(7, (span.last - span.first).days + 1))])
    return Repeats(f"every {days}", _("It is read as every {days}.").format(days=days))


def _of(said: Sequence[Said], kind: type[T]) -> list[T]:
    return [each for each in said if isinstance(each, kind)]


def _part(said: Iterable[Said]) -> PartOfDay:
    for each in said:
        if isinstance(each, Part | OnDay | Repeats) and each.part:
            return each.part
    return ""


def different(values: Iterable[T]) -> list[T]:
    """The values without those that are there already."""
    return list(dict.fromkeys(values))
