"""What is still to arrange, in words: short signs for rows and cells, sentences for the list, a note after saving."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import TypeAlias

from companion.domain.arranging import EVERYTHING, Home, Matter, What, matters
from companion.domain.event import Event, Occurrence
from companion.domain.expansion import occurrences as expand
from companion.domain.language import _, plural
from companion.domain.wording import date_words, list_words, time_words

Key: TypeAlias = tuple[str, datetime | None]

_ZONES_APART = timedelta(hours=26)  # the most that two zones can be apart
_BETWEEN_TWO = frozenset({What.OVERLAP, What.NO_TIME})


def signs_of(
    occurrences: Iterable[Occurrence],
    now: datetime,
    home: Home = Home(),
    *,
    hours24: bool = False,
    shown: Collection[Key] | None = None,
) -> dict[Key, tuple[str, ...]]:
    """Short signs of each occurrence that has any: "overlaps 2:00 pm", "no time between", "needs childcare", "no ride
    yet". Of two that overlap both have one. `occurrences` are all of the days that are looked at; signs are put into
    words for those in `shown` only, if it is given.
    """
    found: dict[Key, dict[What, str]] = {}

    def note(occurrence: Occurrence, what: What, other: Occurrence | None) -> None:
        key = occurrence.key
        if shown is None or key in shown:
            signs = found.setdefault(key, {})
            if what not in signs:
                signs[what] = sign_words(what, other, hours24=hours24)

    for matter in matters(occurrences, now, home):
        note(matter.occurrence, matter.what, matter.other)
        if matter.what is What.OVERLAP and matter.other is not None:
            note(matter.other, matter.what, matter.occurrence)
    order = list(What)
    return {key: tuple(signs[what] for what in order if what in signs) for key, signs in found.items()}


def sign_words(what: What, other: Occurrence | None = None, *, hours24: bool = False) -> str:
    if what is What.OVERLAP and other is not None:
        return _("overlaps {time}").format(time=time_words(other.start, hours24))
    return {
        What.OVERLAP: _("two at once"),
        What.NO_TIME: _("no time between"),
        What.CHILDCARE: _("needs childcare"),
        What.RIDE: _("no ride yet"),
    }[what]


def matter_title(matter: Matter) -> str:
    """What it is about: the title, or those of the two that come together."""
    title = matter.occurrence.title
    if matter.other is None:
        return title
    return _("{first} and {last}").format(first=matter.other.title, last=title)


def matter_words(matter: Matter, today: date, *, hours24: bool = False) -> tuple[str, ...]:
    """What is known about it, in short parts."""
    here, before = matter.occurrence, matter.other
    leave = _leave(here, hours24)
    if matter.what is What.CHILDCARE:
        who = here.logistics.childcare.who
        told = _("{who} is not sure yet").format(who=who) if who else _("nobody yet")
        return (
            (_("{children}: {told}").format(children=list_words(matter.children), told=told),)
            if matter.children
            else (told,)
        )
    if matter.what is What.RIDE or before is None:
        return tuple(part for part in (sign_words(What.RIDE), leave, here.location) if part)
    until = time_words(before.end, hours24)
    if before.end.date() != here.day:
        until = _("{day}, {time}").format(day=date_words(before.end.date(), today), time=until)
    if matter.what is What.OVERLAP:
        return (_("they overlap"), _("the first ends at {time}").format(time=until))
    return tuple(
        part for part in (sign_words(matter.what), _("the first ends at {time}").format(time=until), leave) if part
    )


def _leave(occurrence: Occurrence, hours24: bool) -> str:
    leave_at = occurrence.leave_at
    return "" if leave_at is None else _("leave at {time}").format(time=time_words(leave_at, hours24))


def count_words(number: int) -> str:
    return plural("{n} thing to arrange", "{n} things to arrange", number)


# A note after something was saved


def notes_for(
    occurrences: Iterable[Occurrence],
    event: Event,
    now: datetime,
    *,
    zone: str = "",
    home: Home = Home(),
    hours24: bool = False,
    day: date | None = None,
) -> str:
    """What `event` comes together with among `occurrences`, as a sentence to say beside "Saved."; "" for nothing.

    `occurrences` are those of a stretch of days, by the clock of `zone`; those of `event` itself are worked out anew,
    so it may be among them, changed or not there yet; with `day` only what begins on that day. Childcare and ride are
    not spoken of: she has answered these a moment ago, or left them open.
    """
    others = [each for each in occurrences if each.event.uid != event.uid]
    if not others:
        return ""
    low, high = min(each.start for each in others) - _ZONES_APART, max(each.end for each in others) + _ZONES_APART
    own = [each.in_zone(zone or event.zone) for each in expand(event, low, high)]
    if day is not None:
        own = [each for each in own if each.day == day]
    mine = {each.key for each in own}
    found = [
        matter
        for matter in matters([*others, *own], now, home, EVERYTHING & _BETWEEN_TWO)
        if matter.other is not None and (matter.occurrence.key in mine) != (matter.other.key in mine)
    ]
    if not found:
        return ""
    return _note(
        found[0],
        found[0].occurrence.key in mine,
        now.date(),
        hours24,
        dated=event.rule is not None and day is None,
        more=len(found) - 1,
    )


def _note(matter: Matter, mine_is_later: bool, today: date, hours24: bool, *, dated: bool, more: int) -> str:
    before = matter.other
    assert before is not None
    other = before if mine_is_later else matter.occurrence
    when = time_words(other.start, hours24)
    if dated or before.day != matter.occurrence.day:
        when = _("{day}, {time}").format(day=date_words(other.day, today), time=when)
    if more:
        when = _("{when}, and {n} more").format(when=when, n=more)
    if matter.what is What.OVERLAP:
        words = _("It overlaps {title}, {when}.")
    elif mine_is_later:
        words = _("There is no time to get there after {title}, {when}.")
    else:
        words = _("There is no time to get from it to {title}, {when}.")
    return words.format(title=other.title, when=when)
