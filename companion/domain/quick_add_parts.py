"""The rest of a typed sentence: where, with whom, for which child, who has the children, the ride, what to bring.

Each begins with a word of its own ("at", "with", "for", "childcare", "bus", "bring", "remind") and goes on until the
next thing that is understood.
"""

from __future__ import annotations

import re

from companion.domain.children_named import plain_name
from companion.domain.quick_add_atoms import END, plain
from companion.domain.quick_add_lengths import length_at
from companion.domain.quick_add_said import (
    CareBy,
    ForChild,
    Lasts,
    LeaveAt,
    LeaveBefore,
    Link,
    NeedsCare,
    Online,
    Opens,
    Remind,
    RideBy,
    Said,
    Scene,
    Word,
    Wrong,
)
from companion.domain.quick_add_times import clock_at
from companion.domain.spoken_time import parse_reminders
from companion.errors import InputError

_QUOTED = re.compile(r'"([^"]*)"')
_LINK = re.compile(
    r"(?:https?://\S+|(?:www\.)?(?:[a-z0-9-]+\.)+(?:com|org|net|us|gov|edu|io|me|app|health)(?:/\S*)?(?![\w@]))"
)
_ONLINE = re.compile(
    rf"(?:online|(?:by|on|via|over)\s+(?:zoom|phone|the\s+phone|video|teams|facetime|telehealth)){END}"
)
_UNIT = r"(?:days?|d|weeks?|w|hours?|hrs?|h|minutes?|mins?|m)"
_AHEAD = rf"(?:\d{{1,3}}(?:[.,]\d)?\s*{_UNIT}|(?:an?|half\s+an|one|two|three)\s+(?:days?|weeks?|hours?|minutes?)){END}"
_REMIND = re.compile(
    rf"(?:remind(?:ers?)?(?:\s+me)?|alarm|alert)\s*:?\s+(?:(the\s+day\s+before)|({_AHEAD}(?:\s*(?:,|&|\band\b)\s*{_AHEAD}){{0,3}})"
    rf"(?:\s+(?:before|ahead|early|earlier|prior){END})?)"
)
_NO_REMINDERS = re.compile(rf"(?:no|without(?:\s+an?)?)\s+(?:reminders?|alarms?){END}")
_NUMBER_WORDS = {"one": "1", "two": "2", "three": "3"}

_SITTER = r"(?:child\s?care|childcare|(?:baby\s?)?sitter)"
_NEEDS_CARE = re.compile(rf"(?:needs?|need\s+an?|needs\s+an?|with|and)\s+(?:an?\s+)?{_SITTER}{END}(?!\s*:)")
_NO_CARE = re.compile(rf"no\s+{_SITTER}(?:\s+needed)?{END}")
_CARE = re.compile(rf"{_SITTER}(?:\s*:|\s+(?:by|is|from|with))?(?:\s+|$)")
_HAS_THEM = re.compile(
    rf"([\w.'-]+)\s+(?:has|takes|watches|keeps|minds)\s+(?:the\s+|my\s+)?(?:kids?|children|baby|babies|boys?|girls?){END}"
)

_VEHICLE = r"(?:bus|train|tram|subway|metro|trolley|line|route)"
_BY_NUMBER = re.compile(
    rf"(?:(?:by|take|taking|on|ride|ride\s*:)\s+)?({_VEHICLE}\s+(?:#\s?|no\.?\s)?[a-z]?\d[\w-]{{0,5}}){END}"
)
_BY = re.compile(
    rf"(?:by|ride\s+by)\s+({_VEHICLE}|car|taxi|cab|bike|bicycle|foot|ferry|van|shuttle|uber|lyft){END}|(on\s+foot){END}"
)
_RIDE_WITH = re.compile(r"(?:ride|lift)(?:\s+(?:with|from)|\s*:)\s+")
_LEAVE = re.compile(r"leave\s+(?:(?:by|at)\s+)?(?=[\dnmahot])")
_BEFORE = re.compile(rf"\s+(?:before|ahead|early|earlier){END}")

_FOR_OR_WITH = re.compile(r"(?:for|with)\s+")
_AND = re.compile(r"\s*(?:,\s*and\b|,|&|\band\b)\s*")
_GOES_ON = re.compile(r"[\w-]|'(?!s\b)")

_AT = re.compile(r"(?:at\s+|@\s*)(?=\S)")
_IN_ROOM = re.compile(rf"in\s+(?=(?:room|rm|bldg|building|suite|floor){END})")
_WITH = re.compile(r"(?:with\s+|w/\s*)(?=\S)")
_WITH_THEM = re.compile(rf"with\s+(?:(?:the|my)\s+)?(?:kids?|children|baby|family|us|me|him|her|them){END}")
_BRING = re.compile(r"bring(?:ing)?(?:\s*:|\s+along)?\s+")


def part_at(low: str, text: str, at: int, scene: Scene, before: Said | None) -> tuple[int, Said] | None:
    """What begins with a word that no day and no time begins with. `text` is as typed, `low` its plain form."""
    if match := _QUOTED.match(low, at):
        return match.end(), Word(text[match.start(1) : match.end(1)])
    if (match := _LINK.match(low, at)) and "." in match[0]:
        end = at + len(match[0].rstrip(".,;)"))
        return end, Link(text[at:end])
    return _reminders(low, at) or _care(low, text, at, before) or _ride(low, text, at, before)


def place_at(low: str, text: str, at: int, scene: Scene, before: Said | None) -> tuple[int, Said] | None:
    """Place, provider, child and what to bring: asked after days and times, which may begin with the same words."""
    if match := _ONLINE.match(low, at):
        return match.end(), Online(text[at : match.end()])
    if found := _child(low, text, at, scene):
        return found
    if match := _WITH_THEM.match(low, at):
        return match.end(), Word(text[at : match.end()])
    if match := _AT.match(low, at):
        return match.end(), Opens("location", match[0].strip())
    if match := _IN_ROOM.match(low, at):
        return match.end(), Opens("location", "in")
    if match := _WITH.match(low, at):
        return match.end(), Opens("provider", "with")
    if before is not None and (match := _BRING.match(low, at)):
        return match.end(), Opens("bring", "bring")
    return None


def is_online(place: str) -> bool:
    """Whether a place is a way of calling: "Online", "By phone"."""
    return bool(_ONLINE.fullmatch(plain(place)))


def _reminders(low: str, at: int) -> tuple[int, Said] | None:
    if match := _NO_REMINDERS.match(low, at):
        return match.end(), Remind(())
    match = _REMIND.match(low, at)
    if match is None:
        return None
    text = "1 day" if match[1] else match[2].replace("&", " and ")
    text = " ".join(_NUMBER_WORDS.get(word, word) for word in text.split())
    try:
        return match.end(), Remind(parse_reminders(text))
    except InputError as error:
        return match.end(), Wrong("reminders", str(error))


def _care(low: str, text: str, at: int, before: Said | None) -> tuple[int, Said] | None:
    if match := _HAS_THEM.match(low, at):
        return match.end(), CareBy(text[match.start(1) : match.end(1)])
    if before is None:  # "childcare mon 9am" is an appointment itself
        return None
    if match := _NO_CARE.match(low, at):
        return match.end(), NeedsCare(needed=False)
    if match := _NEEDS_CARE.match(low, at):
        return match.end(), NeedsCare()
    if match := _CARE.match(low, at):
        return match.end(), Opens("care_who", "childcare")
    return None


def _ride(low: str, text: str, at: int, before: Said | None) -> tuple[int, Said] | None:
    if match := _BY_NUMBER.match(low, at):
        return match.end(), RideBy(text[match.start(1) : match.end(1)])
    if match := _BY.match(low, at):
        how = 1 if match[1] else 2
        return match.end(), RideBy(text[match.start(how) : match.end(how)])
    if before is None:
        return None
    if match := _RIDE_WITH.match(low, at):
        return match.end(), Opens("ride_who", "ride with")
    match = _LEAVE.match(low, at)
    if match is None:
        return None
    length = length_at(low, match.end())
    if length is not None and isinstance(length[1], Lasts):
        before_it = _BEFORE.match(low, length[0])
        return before_it.end() if before_it else length[0], LeaveBefore(length[1].length)
    clock = clock_at(low, match.end())
    if clock is None:
        return None
    return clock[0], clock[1] if isinstance(clock[1], Wrong) else LeaveAt(clock[1])


def _child(low: str, text: str, at: int, scene: Scene) -> tuple[int, Said] | None:
    """Children by name after "for" or "with", or one name alone, which then stays in the title."""
    led = _FOR_OR_WITH.match(low, at)
    start = led.end() if led else at
    found = _named(low, start, scene)
    if found is None:
        return None
    end, name = found
    if low[end : end + 2] == "'s":
        return end + 2, ForChild((name,), text[start : end + 2])
    if not led:
        # An initial alone is too little to go by, unless it is written as the child's is, with its full stop.
        known = len(plain_name(name)) > 2 or (text[at:end] == name and name.endswith("."))
        return (end, ForChild((name,), text[at:end])) if known else None
    names = [name]
    while (join := _AND.match(low, end)) and (other := _named(low, join.end(), scene)):
        end, name = other
        names.append(name)
    return end, ForChild(tuple(names))


def _named(low: str, at: int, scene: Scene) -> tuple[int, str] | None:
    """The child whose name stands there, and where it ends."""
    for name in sorted(scene.children, key=len, reverse=True):
        wanted = plain_name(name)
        if not wanted or low[at : at + len(wanted)] != wanted:
            continue
        end = at + len(wanted)
        end += low[end : end + 1] == "."
        if not _GOES_ON.match(low, end):
            return end, name
    return None
