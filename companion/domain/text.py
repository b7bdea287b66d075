"""clean(): what every string from a person or a file goes through before it is kept or shown.

Terminals act on control characters inside a title (clipboard, window title, erasing the screen) and Textual
passes them on, so they are taken out at the entrance: docs/privacy.md, "Text that comes from outside".
"""

from __future__ import annotations

import re
import unicodedata

FIELD_LIMIT = 2_000
TITLE_LIMIT = 200
_COMBINING_LIMIT = 4  # four marks on one letter are enough for every living script; five hundred are an attack

_BIDI = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"))
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI … final byte
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC, DCS, SOS, PM, APC
    r"|\x1b[ -/]*[0-~]?"  # any other escape
)
_JOINERS = "\u200c\u200d"  # Persian and Indic spelling, emoji families
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def clean(text: str, limit: int = FIELD_LIMIT, *, lines: bool = False) -> str:
    """`text` without control characters, escape sequences and bidirectional overrides.

    Spaces are collapsed; line breaks stay only where `lines` is true. At most `limit` characters are kept, the
    last one an ellipsis where something was cut. Every living script, its joiners and emoji stay.
    """
    if text.isascii() and text.isprintable() and len(text) <= limit:
        return " ".join(text.split())
    text = _ESCAPES.sub("", text[: limit * 20])
    text = unicodedata.normalize("NFC", text).translate(_BIDI)
    kept: list[str] = []
    marks = 0
    for char in text.replace("\r\n", "\n").replace("\r", "\n"):
        if char in "\n\t":
            kept.append("\n" if lines and char == "\n" else " ")
            marks = 0
            continue
        category = unicodedata.category(char)
        if category in _DROPPED and char not in _JOINERS:
            continue
        marks = marks + 1 if category[0] == "M" else 0
        if marks <= _COMBINING_LIMIT:
            kept.append(" " if category == "Zs" else char)
    joined = "\n".join(" ".join(line.split()) for line in "".join(kept).split("\n"))
    joined = joined.strip("\n") if lines else " ".join(joined.split())
    return joined if len(joined) <= limit else joined[: limit - 1] + "…"


def is_clean(text: str, limit: int = FIELD_LIMIT, *, lines: bool = False) -> bool:
    """Whether `clean` would leave `text` as it is."""
    return clean(text, limit, lines=lines) == text
