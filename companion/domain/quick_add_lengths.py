"""Lengths in a typed sentence: "for 90 minutes", "1h30", "an hour and a half", "for 3 days"."""

from __future__ import annotations

import re
from datetime import timedelta

from companion.domain.quick_add_atoms import END, NUMBER, number
from companion.domain.quick_add_said import Lasts, LastsDays, Said

_FOR = r"(?:(?:for|lasting|lasts)\s+(?:about\s+)?)?"
_WORD = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_DIGITS = r"\d{1,4}(?:[.,]\d{1,2})?"
# "a m" and "an h" are no lengths: the letters stand after digits only.
_HOURS = rf"(?:({_DIGITS})\s*(?:hours?|hrs?|h)|({_WORD})\s+(?:hours?|hrs?)){END}\.?"
_MINUTES = rf"(?:({_DIGITS})\s*(?:minutes?|mins?|m)|({_WORD})\s+(?:minutes?|mins?)){END}\.?"
_GLUED = re.compile(rf"{_FOR}(\d{{1,2}})h\s?(\d{{1,2}})m?{END}")
_HALF = re.compile(rf"{_FOR}(?:half\s+an?\s+hour|an?\s+half\s+hour|1/2\s*hour|½\s*hour){END}")
_AND_A_HALF = re.compile(rf"{_FOR}({NUMBER})\s+(?:and\s+a\s+half\s+hours?|hours?\s+and\s+a\s+half|1/2\s+hours?){END}")
_HOURS_MINUTES = re.compile(rf"{_FOR}{_HOURS}(?:\s*(?:,|and)?\s*{_MINUTES})?")
_ONLY_MINUTES = re.compile(rf"{_FOR}{_MINUTES}")
_DAYS = re.compile(
    rf"{_FOR}({NUMBER})\s+(?:full\s+|whole\s+)?days?{END}(?:\s+{_HOURS})?(?:\s+{_MINUTES})?(?!\s+(?:from|after|ago|before){END})"
)


def length_at(low: str, at: int) -> tuple[int, Said] | None:
    """The length that `low` names at `at`, and where it ends."""
    if match := _GLUED.match(low, at):
        return match.end(), _lasts(hours=float(match[1]), minutes=float(match[2]))
    if match := _HALF.match(low, at):
        return match.end(), _lasts(minutes=30)
    if match := _AND_A_HALF.match(low, at):
        return match.end(), _lasts(hours=number(match[1]) + 0.5)
    if match := _DAYS.match(low, at):
        if not any(match.groups()[1:]):
            return match.end(), LastsDays(number(match[1]))
        return match.end(), _lasts(number(match[1]), _amount(match[2], match[3]), _amount(match[4], match[5]))
    if match := _HOURS_MINUTES.match(low, at):
        return match.end(), _lasts(hours=_amount(match[1], match[2]), minutes=_amount(match[3], match[4]))
    if match := _ONLY_MINUTES.match(low, at):
        return match.end(), _lasts(minutes=_amount(match[1], match[2]))
    return None


def _lasts(days: float = 0, hours: float = 0, minutes: float = 0) -> Lasts:
    return Lasts(timedelta(minutes=round(minutes + 60 * (hours + 24 * days))))


def _amount(digits: str | None, word: str | None) -> float:
    if digits:
        return float(digits.replace(",", "."))
    return number(word) if word else 0
