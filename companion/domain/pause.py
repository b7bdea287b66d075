"""Pauses: days that ask nothing of her (docs/streaks.md, "Pauses")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from companion.domain.goal import Pause
from companion.domain.kinds import kind
from companion.domain.language import _
from companion.errors import InputError

AWAY_DAYS = 14


class PauseReason(StrEnum):
    """Reasons to pick from. Any other text will do as well; it is hers and leaves in no export."""

    ILL = "ill"
    CHILD_ILL = "child-ill"
    NEWBORN = "newborn"
    HOSPITAL = "hospital"
    RESIDENTIAL = "residential-stay"
    TRAVEL = "travel"
    BEREAVEMENT = "bereavement"
    NEED_TO = "need-to"


class Span(NamedTuple):
    """Paused days, both ends included; `open` while nobody has said when it ends (`last` is then date.max)."""

    first: date
    last: date
    open: bool


def covers(pause: Pause, day: date, goal_id: str = "") -> bool:
    """Whether `pause` holds on `day`, for one goal or, without `goal_id`, for everything."""
    return _applies(pause, goal_id) and pause.begins <= day and (pause.ends is None or day <= pause.ends)


def paused_on(pauses: Iterable[Pause], day: date, goal_id: str = "") -> bool:
    """Whether any pause holds on `day`."""
    return any(covers(pause, day, goal_id) for pause in pauses)


def spans(pauses: Iterable[Pause], goal_id: str = "") -> list[Span]:
    """The paused days of a goal as spans in order, none of which overlap.

    A span is open only where no pause with an end covers the same day, so that its days can be told apart.
    """
    wanted = [p for p in pauses if _applies(p, goal_id) and (p.ends is None or p.ends >= p.begins)]
    merged: list[Span] = []
    for first, last in sorted((p.begins, p.ends) for p in wanted if p.ends is not None):
        if merged and (first - merged[-1].last).days <= 1:
            merged[-1] = Span(merged[-1].first, max(last, merged[-1].last), False)
        else:
            merged.append(Span(first, last, False))
    begins = min((p.begins for p in wanted if p.ends is None), default=None)
    return merged if begins is None else _with_open(merged, begins)


def days_within(pieces: Sequence[Span], first: date, last: date) -> int:
    """How many days from `first` to `last` (included) lie in `pieces`, which do not overlap."""
    number = 0
    for piece in pieces:
        if piece.first <= last and piece.last >= first:
            number += (min(piece.last, last) - max(piece.first, first)).days + 1
    return number


def begin_pause(pause_id: str, begins: date, ends: date | None, reason: str = "", goals: tuple[str, ...] = ()) -> Pause:
    """A new pause; `begins` may lie in the past, `ends` may be left open. InputError where it would end first."""
    if ends is not None and ends < begins:
        raise InputError(_("The pause would end before it begins."), _("Choose a later last day, or leave it open."))
    return Pause(pause_id, begins, ends, reason, goals)


def end_pause(pause: Pause, last: date) -> Pause | None:
    """`pause` with `last` as its last paused day; None where no day of it is left."""
    return replace(pause, ends=last) if last >= pause.begins else None


def hides(kind_id: str) -> bool:
    """Whether a pause takes an appointment of this kind off the day. Medicine, testing and court always stay."""
    return kind(kind_id).pausable


def time_away(last_entry: date, today: date, pauses: Sequence[Pause]) -> tuple[date, date] | None:
    """The days to offer as a pause, once, to a person who comes back after 14 days or more; None if nothing to offer.

    `last_entry` is the last day with anything in it. Days that a pause covers already are not asked about again.
    """
    if (today - last_entry).days < AWAY_DAYS:
        return None
    first, last = last_entry + timedelta(days=1), today - timedelta(days=1)
    if days_within(spans(pauses), first, last) == (last - first).days + 1:
        return None
    return first, last


def _applies(pause: Pause, goal_id: str) -> bool:
    return not pause.goals or goal_id in pause.goals


def _with_open(closed: list[Span], begins: date) -> list[Span]:
    """`closed` and, from `begins` on, open spans for every day that they leave free."""
    free, pieces = begins, []
    for span in closed:
        if span.last < free:
            continue
        if span.first > free:
            pieces.append(Span(free, span.first - timedelta(days=1), True))
        if span.last == date.max:
            return sorted(closed + pieces)
        free = span.last + timedelta(days=1)
    return sorted([*closed, *pieces, Span(free, date.max, True)])
