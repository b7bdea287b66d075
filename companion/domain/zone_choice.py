"""Choosing a time zone by hand, where the computer doesn't know its own or says UTC."""

from __future__ import annotations

from zoneinfo import available_timezones

from companion.domain.language import _
from companion.domain.text import clean
from companion.errors import InputError

# What people call it, and the IANA zone. Arizona keeps no summer time, so it stands by itself.
CHOICES = (
    ("Eastern (New York)", "America/New_York"),
    ("Central (Chicago)", "America/Chicago"),
    ("Mountain (Denver)", "America/Denver"),
    ("Arizona (Phoenix)", "America/Phoenix"),
    ("Pacific (Los Angeles)", "America/Los_Angeles"),
    ("Alaska (Anchorage)", "America/Anchorage"),
    ("Hawaii (Honolulu)", "Pacific/Honolulu"),
    ("Puerto Rico", "America/Puerto_Rico"),
)


def zone_named(text: str) -> str:
    """The IANA zone that `text` means: its name, its city ("london"), or one of the choices above.

    Raises InputError where it means none, or several.
    """
    wanted = _folded(clean(text, 60))
    if not wanted:
        raise InputError(_("No place was typed."), _what_to_type())
    for words, zone in CHOICES:
        if wanted in (_folded(words), _folded(words.partition(" (")[0])):
            return zone
    zones = sorted(zone for zone in available_timezones() if not zone.startswith(("Etc/", "posix/", "right/")))
    exact = [zone for zone in zones if _folded(zone) == wanted]
    city = [zone for zone in zones if "/" in zone and _folded(zone.rpartition("/")[2]) == wanted]
    found = exact or city
    if len(found) != 1:
        raise InputError(_("That place is not in the list of time zones."), _what_to_type())
    return found[0]


def _what_to_type() -> str:
    return _("Type eastern, central, mountain or pacific, or a big city such as London.")


def _folded(name: str) -> str:
    return name.casefold().replace("_", " ")
