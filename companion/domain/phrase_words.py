"""The words of the repeat grammar (docs/plan-file.md): days, units, ordinals, and what was probably meant.

The grammar is English in every language of the screen, because it is written into files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from companion.domain.language import _
from companion.domain.text import clean
from companion.errors import RuleError

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_WORDS: dict[str, int] = (
    {day.lower(): number for number, day in enumerate(DAYS)}
    | {day: number for number, day in enumerate(_FULL)}
    | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
)
UNITS = {word: unit for unit in ("day", "week", "month", "year") for word in (unit, f"{unit}s")}
ALONE = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}
LAST = "last"
_ORDINAL_WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, LAST: -1}
_ORDINAL = re.compile(r"([0-9]{1,3})(?:st|nd|rd|th)?")
_NUMBER = re.compile(r"[0-9]{1,6}")
_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}
_SHOWN = 40  # how much of what was typed an error repeats
EXAMPLES = 'For instance "every Tue for 12 weeks" or "every month on the 2nd Tue".'


class Word(str):
    """One word in small letters, which remembers how it was `said`."""

    __slots__ = ("said",)
    said: str

    def __new__(cls, said: str) -> Word:
        word = super().__new__(cls, said.casefold())
        word.said = said
        return word


def words_of(text: str) -> list[str]:
    """The words of `text`; commas, and full stops after a word, part words and are gone; `&` is "and"."""
    return [Word(said) for said in re.sub(r"[.](?=\s|$)|[,;]", " ", text.replace("&", " and ")).split()]


def shown(*words: str) -> str:
    """What was typed, as it was typed, safe to show and short enough for one line."""
    return clean(" ".join(word.said if isinstance(word, Word) else word for word in words), _SHOWN)


def number(word: str) -> int | None:
    return int(word) if _NUMBER.fullmatch(word) else None


def ordinal(word: str) -> int | None:
    """2 for "2nd", "2" or "second", -1 for "last"; None for anything else."""
    if word in _ORDINAL_WORDS:
        return _ORDINAL_WORDS[word]
    match = _ORDINAL.fullmatch(word)
    return int(match[1]) if match else None


def ordinal_text(value: int) -> str:
    """ "2nd" for 2, "last" for -1."""
    if value == -1:
        return LAST
    suffix = "th" if 11 <= value % 100 <= 13 else _SUFFIXES.get(value % 10, "th")
    return f"{value}{suffix}"


def listed(words: Iterable[str]) -> str:
    """ "Mon, Wed and Fri"."""
    *front, last = words
    return f"{', '.join(front)} and {last}" if front else last


def day_text(day: date) -> str:
    """ "Tue 2026-09-08", as the messages about a plan write a day."""
    return f"{DAYS[day.weekday()]} {day.isoformat()}"


def not_a_day(word: str, lead: str = "") -> RuleError:
    """The refusal of a word that stands where a day of the week belongs; `lead` is the word before it."""
    near = nearest(word, [*DAY_WORDS, *(UNITS if lead == "every" else ())])
    if near in UNITS:
        return RuleError(
            _('"{text}" is not a repeat that Companion knows.').format(text=shown(lead, word)),
            _("Did you mean {word}?").format(word=near),
        )
    return RuleError(
        _('"{text}" is not a day.').format(text=shown(lead, word)),
        _("Did you mean {day}?").format(day=DAYS[DAY_WORDS[near]])
        if near
        else _("Write Mon, Tue, Wed, Thu, Fri, Sat or Sun."),
    )


def not_a_repeat(words: list[str]) -> RuleError:
    """The refusal of a whole sentence."""
    return RuleError(_('"{text}" is not a repeat that Companion knows.').format(text=shown(*words)), _(EXAMPLES))


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that is written most like `word`."""
    near = get_close_matches(word, list(choices), 1, 0.6)
    return near[0] if near else None
