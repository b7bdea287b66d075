"""Words that are not said to her: docs/streaks.md ("Words") and activities/README.md.

Words for a person ("addict"), words that blame ("failed", "missed"), words that press ("should", "just").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

DO_NOT_SAY = {
    "labels a person": r"addict\w*|users?|abus\w*|alcoholic\w*|junkies?|offender\w*|convict\w*|resistant|denial|"
    r"good mothers?|bad mothers?|real mothers?|drug baby|(?-i:NAS)",
    "names use or a test as dirt": r"clean\w*|dirty|sober\w*|strung out|high|habits?|vices?|pop",
    "calls a return a fall": r"relaps\w*|lapse\w*|slip\w*|fell off",
    "calls medicine a substitute": r"replacement|substitut\w*|(?-i:MAT)",
    "blames": r"fail\w*|miss|missed|broken|broke|lost|lose|late|overdue|violat\w*|\w*complian\w*|drop-?outs?",
    "takes family time for a reward": r"visitation",
    "speaks of a crime": r"commit(?:s|ted)? suicide",
    "presses": r"should\w*|must|just|simply|eas(?:y|ily|ier|iest)",
}
_BANNED = re.compile(
    r"\b(?:" + "|".join(f"(?P<w{n}>{words})" for n, words in enumerate(DO_NOT_SAY.values())) + r")\b", re.I
)


def not_to_be_said(text: str) -> Iterator[tuple[str, int, int]]:
    """Each such word in `text`: what is wrong with it, and where it stands."""
    for match in _BANNED.finditer(text):
        why = list(DO_NOT_SAY)[int((match.lastgroup or "w0")[1:])]
        yield f"“{match[0]}” {why}", *match.span()
