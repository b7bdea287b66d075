"""What a piece of a typed sentence can say: the values that reading it comes down to (docs/quick-add.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

Segment: TypeAlias = Literal["title", "location", "provider", "care_who", "ride_who", "bring"]
Half: TypeAlias = Literal["", "a", "p"]
PartOfDay: TypeAlias = Literal["", "morning", "afternoon", "evening", "night"]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a sentence is read against: the naive time now, the day it goes on where none is said, her clock.

    `month_first` tells how 3/4 is meant. `children` are the names a sentence may mean.
    """

    now: datetime
    day: date
    zone: str
    hours24: bool = False
    month_first: bool = True
    children: tuple[str, ...] = ()

    @property
    def today(self) -> date:
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Remark:
    """One plain line about what was read, and the field of the form that it is about."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word that says nothing of day or time. `remark` where it could have."""

    text: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class OnDay:
    """A day. `remark` says which of its readings was taken, where there is another.

    `any_week`: only its weekday was said, so a date of that weekday elsewhere in the sentence is the same day.
    """

    day: date
    remark: str = ""
    part: PartOfDay = ""
    any_week: bool = False


@dataclass(frozen=True, slots=True)
class OnDays:
    """From one day to another, both included; `weekly` where it was said by weekdays alone.

    `month`: a whole month was said, which is no day of its own without a repeat.
    """

    first: date
    last: date
    weekly: bool = False
    month: bool = False


@dataclass(frozen=True, slots=True)
class Repeats:
    """How often, as a sentence of the repeat grammar without its end; `first` where it names its first day."""

    phrase: str
    remark: str = ""
    part: PartOfDay = ""
    first: date | None = None


@dataclass(frozen=True, slots=True)
class Begins:
    day: date
    remark: str = ""


@dataclass(frozen=True, slots=True)
class EndsAfter:
    """ "for 12 weeks", "12 times"; as the grammar writes it."""

    phrase: str
    said: str


@dataclass(frozen=True, slots=True)
class EndsOn:
    """ "until feb 16". The day depends on the first one, so it is read from there."""

    day: Callable[[date], OnDay]
    said: str


@dataclass(frozen=True, slots=True)
class Endless:
    pass


@dataclass(frozen=True, slots=True)
class Except:
    """Days on which a repeat does not take place, read from its first day."""

    days: Callable[[date], tuple[OnDay, ...]]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as typed: `half` is "a", "p" or "", which leaves two readings where the clock has 12 hours.

    `exact`: there is one reading with any clock, as of "18:00", "06:00" and "noon".
    """

    said: str
    hour: int
    minute: int = 0
    half: Half = ""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class At:
    start: Clock


@dataclass(frozen=True, slots=True)
class Between:
    start: Clock
    end: Clock


@dataclass(frozen=True, slots=True)
class EndsAt:
    end: Clock


@dataclass(frozen=True, slots=True)
class Moment:
    """ "in 2 hours": a day and a time at once."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Lasts:
    length: timedelta


@dataclass(frozen=True, slots=True)
class LastsDays:
    days: int


@dataclass(frozen=True, slots=True)
class AllDay:
    pass


@dataclass(frozen=True, slots=True)
class Part:
    part: PartOfDay


@dataclass(frozen=True, slots=True)
class Link:
    address: str


@dataclass(frozen=True, slots=True)
class Online:
    said: str


@dataclass(frozen=True, slots=True)
class Opens:
    """What follows belongs to `segment`; `said` is the word that says so."""

    segment: Segment
    said: str


@dataclass(frozen=True, slots=True)
class ForChild:
    """Children by name. `kept` is what stays in the title: "Leo's"."""

    names: tuple[str, ...]
    kept: str = ""


@dataclass(frozen=True, slots=True)
class NeedsCare:
    needed: bool = True


@dataclass(frozen=True, slots=True)
class CareBy:
    """Somebody has the children: that is settled."""

    who: str


@dataclass(frozen=True, slots=True)
class RideBy:
    how: str


@dataclass(frozen=True, slots=True)
class LeaveBefore:
    length: timedelta


@dataclass(frozen=True, slots=True)
class LeaveAt:
    at: Clock


@dataclass(frozen=True, slots=True)
class Remind:
    minutes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that is meant as a day, a time or a repeat, and can't be one. It keeps the sentence from storing."""

    field: str
    words: str


Said: TypeAlias = (
    Word | OnDay | OnDays | Repeats | Begins | EndsAfter | EndsOn | Endless | Except | At | Between | EndsAt | Moment
    | Lasts | LastsDays | AllDay | Part | Link | Online | Opens | ForChild | NeedsCare | CareBy | RideBy | LeaveBefore
    | LeaveAt | Remind | Wrong
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two places of the text, and what it says."""

    start: int
    end: int
    said: Said
