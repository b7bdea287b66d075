"""Which hour a typed time means. "at 6" has two readings: the likelier is taken by the kind, and the other is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from companion.domain.language import _
from companion.domain.quick_add_said import Clock, PartOfDay, Scene
from companion.domain.wording import time_words
from companion.errors import InputError

_DAY = 24 * 60  # minutes
_HALF = 12 * 60
# Where people come before work, and where they come after it; the rest is from 8 in the morning to 8 in the evening.
_EARLY = frozenset({"medication-visit", "work-shift", "child-care", "child-school"})
_LATE = frozenset({"support-group", "peer-talk"})
_BY_DAY = frozenset(
    {
        "testing",
        "court",
        "school-visit",
        "maternal-medical-care",
        "child-health",
        "employment",
        "job-training",
        "housing",
        "benefits",
        "nutrition",
        "treatment-programme",
    }
)


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when on `day`; `remark` names the other reading of the start, where it has one."""

    start: datetime
    end: datetime | None
    remark: str = ""


def hours(
    start: Clock, end: Clock | None, day: date, scene: Scene, *, part: PartOfDay, kind: str, passes: bool
) -> Hours:
    """The start, and the end if there is one, on `day`. InputError where it would end when it begins.

    `part` is the part of the day that was said. `passes`: what has passed today is not meant.
    """
    firsts = _readings(start, scene, part)
    lasts = _readings(end, scene, "") if end is not None else []
    remark = ""
    if len(firsts) == 1:
        first = firsts[0]
    elif len(lasts) == 1 and end is not None and (end.half or end.exact) and not scene.hours24:
        first = min(firsts, key=lambda minutes: (lasts[0] - minutes) % _DAY or _DAY)
    else:
        first = _likely(firsts, kind)
        other = firsts[0] if first == firsts[1] else firsts[1]
        now = scene.now.hour * 60 + scene.now.minute
        if passes and day == scene.today and first < now <= other:
            first, other = other, first
        remark = _other(start, first, other)
    begins = datetime.combine(day, _time(first))
    if end is None:
        return Hours(begins, None, remark)
    length = min((minutes - first) % _DAY or _DAY for minutes in lasts)
    if length == _DAY and len(lasts) == 1:
        raise InputError(_("It ends when it begins."), _("Type a later end, like 7:30pm or for 90 minutes."))
    return Hours(begins, begins + timedelta(minutes=length), remark)


def _readings(clock: Clock, scene: Scene, part: PartOfDay) -> list[int]:
    """Minutes after midnight: one, or morning and evening."""
    minutes = clock.hour * 60 + clock.minute
    if clock.half:
        return [minutes % _HALF + (_HALF if clock.half == "p" else 0)]
    if clock.exact or clock.hour > 12 or clock.hour == 0:
        return [minutes]
    early, late = minutes % _HALF, minutes % _HALF + _HALF
    if part == "morning":
        return [early]
    if part in {"afternoon", "evening"}:
        return [late]
    if part == "night":
        return [late] if 6 <= clock.hour < 12 else [early]
    return [minutes] if scene.hours24 else [early, late]


def _likely(readings: list[int], kind: str) -> int:
    early, late = readings
    hour = early // 60
    if kind in _EARLY:
        begins = 5
    elif kind in _LATE:
        begins = 9
    else:
        begins = 7 if kind in _BY_DAY else 8
    return early if hour >= begins else late


def _other(clock: Clock, taken: int, other: int) -> str:
    at = time_words(_time(taken))
    if other < taken:
        words = _("{said} is read as {time}. For the morning type {typed}.")
    elif other // 60 < 17:
        words = _("{said} is read as {time}. For the afternoon type {typed}.")
    else:
        words = _("{said} is read as {time}. For the evening type {typed}.")
    if other == 0:
        words, typed = _("{said} is read as {time}. For the night type {typed}."), "midnight"
    else:
        typed = f"{other // 60 % 12 or 12}{f':{other % 60:02}' if other % 60 else ''}{'am' if other < _HALF else 'pm'}"
    return words.format(said=clock.said, time=at, typed=typed)


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
