"""The smallest parts of a typed sentence: weekdays, months, numbers in words, and where a word ends.

Everything is matched on `plain(text)`, which has a character for each of `text`, so that places in one are places in
the other. The words are English, as the repeat grammar is.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

END: Final = r"(?![\w'])"  # "fri" ends here, "fri's" and "friday" don't
WEEKDAY: Final = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
    rf"{END}\.?"
)
WEEKDAYS: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days" + END
ANY_WEEKDAY: Final = rf"(?:{WEEKDAYS}|{WEEKDAY})"
MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    rf"|nov(?:ember)?|dec(?:ember)?){END}\.?"
)
YEAR: Final = r"(?:19|20|21)\d\d(?![\w:])"
_NO_CLOCK: Final = r"(?![\w:'])(?!\s?(?:am|pm|a\.m|p\.m)\b)(?!\.\d)(?!/\d)"
DAY_NUMBER: Final = rf"\d{{1,2}}(?:st|nd|rd|th)?{_NO_CLOCK}"
NTH: Final = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|first|second|third|fourth|fifth|last){END}"
NTHS: Final = rf"(?:the\s+)?{NTH}(?:\s*(?:,\s*and|,|and|&)\s*(?:the\s+)?{NTH}){{0,4}}"
JOIN: Final = r"\s*(?:,\s*and\b|,|\band\b|&|/)\s*"
NUMBER: Final = r"(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SAME = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("‘’ʼ", "'"),
        **dict.fromkeys("“”„", '"'),
        "·": ";",
        "\u00a0": " ",
        "\u202f": " ",
        "\n": " ",
        "\t": " ",
    }
)

# Words that go on with the sentence: what stands before one of them is not the first part of a name.
_GOES_ON = re.compile(
    r"(?:at|@|on|in|after|before|around|about|from|to|until|till|til|through|thru|for|with|w/|by|every|each|starting|beginning|and|or|bring\w*"
    r"|remind\w*|childcare|needs?|bus|train|ride|leave|online|all\s+day|noon|midday|midnight|today|tomorrow|tonight"
    rf"|morning|afternoon|evening|night|this|next|last|weekly|monthly|daily|{ANY_WEEKDAY}|{MONTH}\s*\d)(?![\w'])"
)
_LETTER = re.compile(r"[^\W\d_]")


def plain(text: str) -> str:
    """`text` in small letters, with one kind of dash, quote and digit; every character stays where it is."""
    text = text.translate(_SAME)
    if text.isascii():
        return text.lower()
    return "".join(small if len(small := unicodedata.normalize("NFKC", c).casefold()) == 1 else c for c in text)


def number(word: str) -> int:
    """12 for "12" or "twelve", 1 for "a"."""
    if word.isdecimal():
        return int(word)
    return 1 if word in {"a", "an"} else _NUMBERS.index(word) + 1


def name_follows(low: str, at: int) -> bool:
    """Whether a word stands there that a name could go on with, rather than the sentence."""
    while at < len(low) and low[at] == " ":
        at += 1
    return bool(_LETTER.match(low, at)) and not _GOES_ON.match(low, at)


def starts_word(low: str, at: int) -> bool:
    return at == 0 or not (low[at - 1].isalnum() or low[at - 1] in "_'")
