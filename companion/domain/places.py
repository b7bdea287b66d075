"""Whether two appointments are in the same place, from what somebody typed as the place. No map is asked."""

from __future__ import annotations

import re

from companion.domain.event import Occurrence

UNKNOWN = ""  # nothing is said
NO_WAY = "."  # at home, on the phone, online: there is no way to go; no place is written like that

_AT_HOME = frozenset(
    {"home", "at home", "my home", "my place", "here", "phone", "by phone", "on the phone", "call", "phone call",
     "online", "video", "video call", "zoom", "telehealth"}
)  # fmt: skip
_COMES_TO_HER = frozenset({"home-visit", "peer-talk"})  # where no place is said
_INSIDE = re.compile(
    r"\b(?:rooms?|rm|floors?|fl|suite|ste|unit|apt|windows?|halls?|desk|door|building|bldg|corner|level|office)\b"
)


def spot(occurrence: Occurrence) -> str:
    """The house it is in, in one way of writing; NO_WAY where she need not go out, UNKNOWN where nothing is said.

    "12 Mill St, room 3" and "12 mill st, room 7" are one house. With a link it can be done from home.
    """
    event = occurrence.event
    if event.online:
        return NO_WAY
    location = occurrence.location
    if not location:
        return NO_WAY if event.kind in _COMES_TO_HER else UNKNOWN
    return house(location)


def house(location: str) -> str:
    """The part of a place that two rooms of one house share: the first that names no room or floor."""
    words = " ".join(location.casefold().split())
    if words in _AT_HOME:
        return NO_WAY
    parts = [part.strip() for part in words.split(",")]
    return next((part for part in parts if part and not _INSIDE.search(part)), words)
