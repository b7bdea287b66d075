"""Times in a typed sentence: "6pm-7:30", "at 6", "from 9 to 12", "noon", "half past 6", "in the morning".

A number alone is a time only where the sentence says so: after "at" or "from", before "in the morning", or right after
a day. "at 12 Mill St" is an address.
"""

from __future__ import annotations

import re
from datetime import timedelta

from companion.domain.language import _
from companion.domain.quick_add_atoms import END, MONTH, NUMBER, name_follows, number
from companion.domain.quick_add_said import (
    AllDay,
    At,
    Begins,
    Between,
    Clock,
    EndsAt,
    Half,
    Moment,
    OnDay,
    OnDays,
    Part,
    PartOfDay,
    Repeats,
    Said,
    Scene,
    Wrong,
)

_HALF = r"(?:\s?([ap])\.?m(?:\.(?!\w)|(?![\w'.]))|([ap])(?![\w'.]))"
_CLOCK = re.compile(rf"(\d{{1,2}})(?:([:.])(\d{{2}}))?(?:{_HALF}|(?![\w:'/])(?!\.\d)(\s?o'?clock{END})?)")
_GLUED = re.compile(rf"(1[0-2]|[1-9])([0-5]\d){_HALF}")
_THREE = re.compile(r"([1-9]|1[0-2])([0-5]\d)(?![\w:./])(?!-\d{4})")  # "at 230"
_NOON = re.compile(rf"(noon|midday|midnight){END}")
_QUARTER = re.compile(rf"(half|quarter)\s+(past|to)\s+({NUMBER}){END}")
_MILITARY = re.compile(rf"([01]\d|2[0-3])([0-5]\d)(?:\s?(?:hours|hrs){END}|(?![\w:./-]))")
_IN_WORDS = re.compile(
    rf"(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:\s+(fifteen|thirty|forty-five))?{END}"
)
_MINUTES = {"fifteen": 15, "thirty": 30, "forty-five": 45}
_LED = re.compile(
    r"(at|@|around|about|by|from|between|btw|starting|starts|beginning|begins)(?:\s+(?:at|about|around))?\s*(?=[\dnmhqoteufs])"
)
_SURELY = frozenset(
    {"at", "@", "from", "between", "btw", "starting", "starts", "beginning", "begins"}
)  # "about 6" may be about six of something
_DASH = re.compile(r"\s*-\s*")
_ONE_MORE = re.compile(r"-\d")  # "1-2-3" is no span
_TO = re.compile(r"\s+(?:to|until|till|til|through)\s+(?:at\s+|about\s+)?")
_AND = re.compile(r"\s+and\s+")
_UNTIL = re.compile(r"(?:until|till|til|ends(?:\s+at)?|ending(?:\s+at)?|to)\s+")
# What makes a number before it an amount of something, not a time.
_COUNTED = re.compile(
    r"\s*(?:[%#/]|x\b|times?\b|sessions?\b|weeks?\b|wks?\b|days?\b|months?\b|years?\b|yrs?\b|min\b|mins\b|minutes?\b"
    rf"|hours?\b|hrs?\b|h\b|kids?\b|children\b|people\b|of\b|{MONTH})"
)
_STREET = re.compile(
    r"(?:\s+[\w.'-]+){0,3}?\s+(?:st|street|ave?|avenue|rd|road|blvd|boulevard|ln|lane|dr|drive|way|ct|pl|place|hwy"
    rf"|highway|pkwy|parkway|sq|square|terrace|ter|circle|cir|plaza){END}"
)
_CLEAR = re.compile(r"\d\s?[ap]\.?m\b|\d[ap]\b|\d:\d\d|\bnoon\b|\bmidday\b|\bmidnight\b|\bo'?clock\b")
_PARTS = r"(morning|afternoon|evening|night)"
_PART = re.compile(rf"(?:(?:in|during)\s+the|at|(this))\s+{_PARTS}{END}")
_BARE_PART = re.compile(rf"{_PARTS}{END}")
_PART_NEXT = re.compile(rf"\s+(?:in\s+the\s+{_PARTS}|at\s+night|tonight|tomorrow|today){END}")
_ALL_DAY = re.compile(rf"(?:all[\s-]day(?:\s+long)?|(?:the\s+)?whole\s+day){END}")
_SOON = re.compile(rf"in\s+(?:(half\s+an\s+hour)|({NUMBER})\s*(hours?|hrs?|h|minutes?|mins?)){END}")
_AFTER = (OnDay, OnDays, Repeats, Part, Begins)  # what a number alone may follow


def time_at(low: str, at: int, scene: Scene, before: Said | None) -> tuple[int, Said] | None:
    """The time, the span or the part of a day that `low` names at `at`, and where it ends."""
    if match := _ALL_DAY.match(low, at):
        return match.end(), AllDay()
    if match := _PART.match(low, at):
        part = part_of_day(match[2])
        return match.end(), OnDay(scene.today, part=part) if match[1] else Part(part)
    if isinstance(before, (*_AFTER, At)) and (match := _BARE_PART.match(low, at)):
        return match.end(), Part(part_of_day(match[1]))
    if match := _SOON.match(low, at):
        minutes = 30 if match[1] else number(match[2]) * (60 if match[3][0] == "h" else 1)
        return match.end(), Moment(scene.now.replace(second=0, microsecond=0) + timedelta(minutes=minutes))
    return _ends_at(low, at) or _start_at(low, at, before)


def clock_at(low: str, at: int) -> tuple[int, Clock | Wrong] | None:
    """A time at a place where nothing but a time is expected, and where it ends."""
    return _clock(low, at, plain_number=True)


def part_of_day(word: str) -> PartOfDay:
    """ "morning" for "morning" or "mornings"."""
    return _PART_WORDS[word[0]]


_PART_WORDS: dict[str, PartOfDay] = {"m": "morning", "a": "afternoon", "e": "evening", "n": "night"}


def _start_at(low: str, at: int, before: Said | None) -> tuple[int, Said] | None:
    led = _LED.match(low, at)
    word = led[1] if led else ""
    surely = word in _SURELY or isinstance(before, _AFTER)
    found = _clock(low, led.end() if led else at, plain_number=surely)
    if found is None:
        return None
    end, first = found
    if isinstance(first, Wrong):
        return end, first
    for to in (_DASH, _TO, _AND) if word in {"between", "btw"} else (_DASH, _TO):
        match = to.match(low, end)
        last = _clock(low, match.end(), plain_number=True) if match else None
        if last is None or _ONE_MORE.match(low, last[0]):
            continue
        until, clock = last
        if isinstance(clock, Wrong):
            return until, clock
        if surely or _is_clear(first) or _is_clear(clock) or not name_follows(low, until):
            return until, Between(first, clock)
    if _is_clear(first) or "clock" in first.said or _PART_NEXT.match(low, end):
        return end, At(first)
    if word in _SURELY:
        return None if _address(low, end) else (end, At(first))
    return (end, At(first)) if surely and not name_follows(low, end) else None


def _ends_at(low: str, at: int) -> tuple[int, Said] | None:
    match = _UNTIL.match(low, at)
    found = _clock(low, match.end(), plain_number=not match[0].startswith("to")) if match else None
    if found is None:
        return None
    end, clock = found
    return end, clock if isinstance(clock, Wrong) else EndsAt(clock)


def _address(low: str, end: int) -> bool:
    """Whether the number after "at" is a house's: a street follows, or a name where another time is said."""
    if not name_follows(low, end):
        return False
    return bool(_STREET.match(low, end) or _CLEAR.search(low, 0, end) or _CLEAR.search(low, end))


def _clock(low: str, at: int, *, plain_number: bool) -> tuple[int, Clock | Wrong] | None:
    """A time at `at`. `plain_number`: whether "6" is one there."""
    if match := _NOON.match(low, at):
        return match.end(), Clock(match[0], 0 if match[1] == "midnight" else 12, exact=True)
    if match := _QUARTER.match(low, at):
        return _quarter(match)
    if plain_number and (match := _IN_WORDS.match(low, at)) and not _COUNTED.match(low, match.end()):
        return match.end(), Clock(match[0], number(match[1]), _MINUTES.get(match[2] or "", 0))
    if plain_number and (match := _THREE.match(low, at)) and not name_follows(low, match.end()):
        return match.end(), Clock(match[0], int(match[1]), int(match[2]))
    if (match := _MILITARY.match(low, at)) and (plain_number or match[0][-1].isalpha()):
        return match.end(), Clock(match[0], int(match[1]), int(match[2]), exact=True)
    if match := _GLUED.match(low, at):
        return match.end(), Clock(match[0].strip(), int(match[1]), int(match[2]), _half(match[3] or match[4]))
    match = _CLOCK.match(low, at)
    if match is None:
        return None
    dot, minutes, half = match[2], match[3], _half(match[4] or match[5])
    if not half and not (plain_number or dot == ":") and not _goes_on_as_time(low, match):
        return None
    if not half and not minutes and _COUNTED.match(low, match.end()):
        return None
    hour, minute = int(match[1]), int(minutes or 0)
    if minute > 59 or hour > (12 if half else 23) or (half and not hour):
        if half or dot == ":":
            words = _("{said} is not a time. Try 6pm, 6:30 pm or 18:30.")
            return match.end(), Wrong("start", words.format(said=match[0].strip()))
        return None
    return match.end(), Clock(match[0].strip(), hour, minute, half, exact=match[1][0] == "0" or hour > 12)


def _half(letter: str | None) -> Half:
    return "a" if letter == "a" else "p" if letter == "p" else ""


def _goes_on_as_time(low: str, match: re.Match[str]) -> bool:
    """Whether a plain number is marked as a time by what follows it."""
    end = match.end()
    if match[2] == ".":
        return False
    return bool(match[6] or _PART_NEXT.match(low, end) or _DASH.match(low, end) or _TO.match(low, end))


def _quarter(match: re.Match[str]) -> tuple[int, Clock] | None:
    """ "half past 6", "quarter to 7"."""
    hour = number(match[3])
    minute = {("half", "past"): 30, ("quarter", "past"): 15, ("quarter", "to"): -15}.get((match[1], match[2]))
    if minute is None or not 1 <= hour <= 12:
        return None
    return match.end(), Clock(match[0], (hour - (minute < 0)) or 12, minute % 60)


def _is_clear(clock: Clock) -> bool:
    """Whether it is written as a time, whatever stands around it."""
    return bool(clock.half) or clock.exact or ":" in clock.said or clock.minute != 0
