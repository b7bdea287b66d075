"""Why something was found: where its words stand, where that can't be seen from its title and place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from companion.domain.event import Occurrence
from companion.domain.language import _
from companion.domain.text import clean

_WORD = re.compile(r"[^\W_]+")
_BEFORE, _AFTER = 14, 34  # letters of a note around the word in it


def folded_words(text: str) -> tuple[str, ...]:
    """The words of `text` without capitals and accents, about as the search index has them."""
    return tuple(_fold(word) for word in _WORD.findall(text))


def reason(occurrence: Occurrence, typed: str) -> str:
    """Where the words of `typed` stand that neither title nor place have: "Notes: … ask about the slip"; "" otherwise.

    Only what is shown hangs on it, never what is found.
    """
    seen = folded_words(f"{occurrence.title} {occurrence.location}")
    hidden = [word for word in folded_words(typed) if not any(other.startswith(word) for other in seen)]
    if not hidden:
        return ""
    for label, text in _elsewhere(occurrence):
        place = _first(text, hidden)
        if place is not None:
            return f"{label}: {_around(text, place)}"
    return ""


def _elsewhere(occurrence: Occurrence) -> Iterator[tuple[str, str]]:
    event, logistics = occurrence.event, occurrence.logistics
    yield _("Child"), event.child
    yield _("Childcare"), logistics.childcare.who
    yield _("With"), event.provider
    yield _("With"), event.contact
    yield _("Ride"), logistics.ride.who
    yield _("Ride"), logistics.ride.how
    for thing in logistics.bring:
        yield _("Bring"), thing
    yield _("Notes"), " ".join(occurrence.notes.split())
    yield _("Link"), event.online
    yield _("Part of"), event.title
    yield _("On a phone"), event.discreet_title


def _first(text: str, words: list[str]) -> int | None:
    """Where the first word of `text` stands that begins with one of `words`."""
    if not text:
        return None
    return next((m.start() for m in _WORD.finditer(text) if _fold(m[0]).startswith(tuple(words))), None)


def _around(text: str, place: int) -> str:
    """The part of `text` around `place`, from word to word."""
    if len(text) <= _BEFORE + _AFTER:
        return text
    begin = text.find(" ", max(0, place - _BEFORE)) + 1 if place > _BEFORE else 0
    begin = min(begin, place)
    end = text.rfind(" ", place, begin + _BEFORE + _AFTER) if len(text) > begin + _BEFORE + _AFTER else len(text)
    end = end if end > place else begin + _BEFORE + _AFTER
    part = clean(text[begin:end])
    return ("… " if begin else "") + part + (" …" if end < len(text) else "")


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))
