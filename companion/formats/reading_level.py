"""How hard a text is to read: the Flesch-Kincaid grade, a US school year.

0.39 × words a sentence + 11.8 × syllables a word - 15.59 (Kincaid and others, 1975, US Navy research branch report
8-75). Syllables are counted by rule, not by dictionary: about nine words in ten come out right, which is enough for
the mean of a text of a hundred words and too little for a single line. English only.
"""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"[.!?][\"')]*(?:\s+|$)|\n+")
_WORD = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*|\d+")
_VOWELS = re.compile(r"[aeiouy]+")
_APART = re.compile(  # two vowels that are two syllables
    r"ia(?!l)|[^cgstx]io(?=n|u)|(?<=l)ion|io(?!n|u)|iu|deo|geo|uie|scie|crea(?!m|s)|[dr]ea$|(?<![gq])ua(?!r)|uou|[aeiou]ing|ying$"
)
_SILENT = re.compile(  # an e that is not heard
    r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeiou]ely$|[^dt]ed$"
    r"|(?:[aeiouy]l|[^aeiouylchsxzg]|[^cs]h)es$|(?<=[a-z]{2})eful"
)
_IRREGULAR = {"people": 2, "recipe": 3, "buprenorphine": 5, "something": 2, "someone": 2, "sometimes": 2, "every": 2}


def sentences(text: str) -> list[str]:
    """The sentences of `text`; a line break ends one too."""
    return [part for part in _SENTENCE_END.split(text) if part and _WORD.search(part)]


def words(text: str) -> list[str]:
    """Words and numbers; "heart-to-heart" is one word."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """Syllables in an English `word`, at least 1; a number counts as 1, a hyphened word as its parts."""
    if word.isdecimal():
        return 1
    return sum(_syllables(part) for part in re.split(r"['-]", word.casefold()) if len(part) > 1) or 1


def _syllables(word: str) -> int:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    count = len(_VOWELS.findall(word)) + len(_APART.findall(word))
    return max(1, count - bool(_SILENT.search(word)))


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of `text`; 0 for a text without words."""
    found = words(text)
    if not found:
        return 0.0
    spoken = sum(syllables(word) for word in found)
    return 0.39 * len(found) / max(1, len(sentences(text))) + 11.8 * spoken / len(found) - 15.59
