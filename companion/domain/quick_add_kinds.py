"""The kind that a title names, so that "group" is group therapy and "check-up for M." child health."""

from __future__ import annotations

import re
from itertools import pairwise

from companion.domain.kinds import find_kind

# Other words for a kind that a person types; a plan's words are in kinds.toml.
_ALSO = {
    "check-up": "maternal-medical-care",
    "checkup": "maternal-medical-care",
    "check up": "maternal-medical-care",
    "dr": "maternal-medical-care",
    "well check": "child-health",
    "narcotics anonymous": "support-group",
    "alcoholics anonymous": "support-group",
    "midwife": "maternal-medical-care",
    "ultrasound": "maternal-medical-care",
    "vaccines": "child-health",
    "shots": "child-health",
    "class": "education",
    "course": "education",
    "counsellor": "individual-therapy",
    "counselor": "individual-therapy",
    "therapist": "individual-therapy",
    "attorney": "court",
    "psychiatrist": "medication-visit",
    "suboxone": "medication-visit",
    "methadone": "medication-visit",
}
# What is hers without a child's name, and the child's with one.
_MEDICAL = frozenset({"maternal-medical-care", "child-health"})
_EITHERS = frozenset({"dentist", "check-up", "checkup", "check up", "doctor", "dr", "clinic"})
_WORDS = re.compile(r"[^\s,;:()/]+")


def kind_of(title: str, *, child: bool) -> str:
    """The id of the kind that the longest name in `title` means; "other" where it names none.

    `child`: whether a child is named. A check-up or a dentist is then the child's.
    """
    words = [word.strip(".!?'\"") for word in _WORDS.findall(title.casefold())]
    spans = [" ".join(words), *(" ".join(three) for three in zip(words, words[1:], words[2:], strict=False))]
    spans += [" ".join(two) for two in pairwise(words)] + words
    for span in spans:
        found = _kind(span)
        if not found:
            continue
        if span in _EITHERS and (child or found in _MEDICAL):
            return "child-health" if child else "maternal-medical-care"
        return "child-school" if child and span == "school" else found
    return "other"


def _kind(span: str) -> str:
    for form in (span, span.removesuffix("s")):
        if form in _ALSO:
            return _ALSO[form]
        if (found := find_kind(form)) is not None:
            return found.id
    return ""
