"""The fields of an activity file, one by one: from what TOML gives to the domain's own values.

A field that can't be taken is reported and a stand-in returned; a file with any error gives no activity, so a
stand-in is never seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from companion.domain.activity import Breath, Guide, GuideKind, Minutes, Source, Tier
from companion.domain.language import _
from companion.domain.text import TITLE_LIMIT, clean
from companion.formats.activity_document import Document

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

NEEDED = (
    "id",
    "title",
    "category",
    "ages",
    "minutes",
    "energy",
    "position",
    "cost",
    "needs",
    "where",
    "place",
    "season",
    "children",
    "mess",
    "noise",
    "builds_child",
    "builds_parent",
    "guide",
    "safety",
    "sources",
    "language",
    "status",
)
OPTIONAL = (
    "also",
    "from_months",
    "made_for_apart",
    "breath",
    "timer",
    "art",
    "art_says",
    "print",
    "reviewed_by",
    "reviewed_on",
)
LONGEST_MINUTES = 240
ART_WIDTH, ART_HEIGHT = 30, 8

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LANGUAGE = re.compile(r"[a-z]{2,3}")
_TIMER = re.compile(r"(?:(\d{1,3}) ?min(?:utes?)?)?(?: ?(?:and )?(\d{1,3}) ?sec(?:onds?)?)?")
_BREATH = re.compile(
    r"in (?P<inhale>\d{1,2})(?:,? hold (?P<hold>\d{1,2}))?,? out (?P<exhale>\d{1,2})"
    r"(?:,? hold (?P<hold_out>\d{1,2}))?,? (?P<rounds>\d{1,2}) times?"
)
_SOURCE = re.compile(r"(?P<tier>\S+) \| (?P<organisation>.+?): (?P<title>.+) \| (?P<url>https?://[^\s|]+)")


class Fields:
    """Reads fields of one document; every problem goes to its findings."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._fields = document.fields
        for name in self._fields:
            if name not in NEEDED and name not in OPTIONAL:
                near = get_close_matches(name, NEEDED + OPTIONAL, 1, 0.6)
                mend = _('Did you mean "{name}"?').format(name=near[0]) if near else _("Take it out.")
                self.error(name, _("There is no such field."), mend)
        for name in NEEDED:
            if name not in self._fields:
                document.error(_("This field is missing."), _("activities/README.md explains it."), line=1, field=name)

    def error(self, name: str, text: str, mend: str = "") -> None:
        self._document.error(text, mend, line=self._document.line_of(name), field=clean(name, 40))

    def text(self, name: str, limit: int = TITLE_LIMIT) -> str:
        value = self._fields.get(name, "")
        if not isinstance(value, str):
            self.error(name, _("This has to be a text."), _("Put it in quotes."))
            return ""
        if not value.strip() and name in NEEDED and name in self._fields:
            self.error(name, _("This is empty."), _("activities/README.md explains it."))
        return clean(value, limit)

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._fields.get(name, [])
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            self.error(name, _("This has to be a list of texts."), _('Write it as ["one", "two"], or [] for none.'))
            return ()
        cleaned = tuple(clean(part) for part in value)
        if not all(cleaned):
            self.error(name, _("A text in this list is empty."), _("Take it out."))
        return cleaned

    def word(self, name: str, kind: type[E], default: E | None = None) -> E:
        value = self._fields.get(name)
        if value is None:
            return default or next(iter(kind))
        return self._one_of(name, value, kind)

    def words(self, name: str, kind: type[E]) -> tuple[E, ...]:
        texts = self.texts(name)
        found = tuple(self._one_of(name, text, kind) for text in texts)
        if len(set(texts)) < len(texts):
            self.error(name, _("A value is there twice."), _("Keep one of them."))
        if not texts and name in {"ages", "where"} and name in self._fields:
            self.error(name, _("This list is empty."), _("Name at least one."))
        return found

    def _one_of(self, name: str, value: object, kind: type[E]) -> E:
        try:
            return kind(value if isinstance(value, str) else "")
        except ValueError:
            shown = f'"{clean(value, 40)}"' if isinstance(value, str) else _("That")
            self.error(
                name,
                _("{value} is not one of the words for this field.").format(value=shown),
                _("The words are: {words}.").format(words=", ".join(kind)),
            )
            return next(iter(kind))

    def flag(self, name: str) -> bool:
        value = self._fields.get(name, False)
        if not isinstance(value, bool):
            self.error(name, _("This is true or false."), _("Write it without quotes."))
            return False
        return value

    def number(self, name: str) -> int | None:
        value = self._fields.get(name)
        if value is None:
            return None
        if type(value) is not int or not 0 <= value < 216:
            self.error(name, _("This has to be a number of months."), _("Write it without quotes, like 18."))
            return None
        return value

    def day(self, name: str) -> date | None:
        value = self._fields.get(name)
        try:
            if value is None or type(value) is date:
                return value
            return date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            self.error(name, _("This is not a day."), _("Write it like 2026-12-01."))
            return None

    def minutes(self) -> Minutes:
        value = self._fields.get("minutes", [1, 1])
        if not (isinstance(value, list) and len(value) == 2 and all(type(part) is int for part in value)):
            self.error("minutes", _("This has to be two numbers."), _("Write the shortest and longest, like [3, 5]."))
            return Minutes(1, 1)
        least, most = value
        if not 1 <= least <= most <= LONGEST_MINUTES:
            self.error("minutes", _("The numbers don't fit."), _("The shorter comes first, 1 to 240 minutes."))
        return Minutes(least, most)

    def guide(self) -> Guide:
        kind = self.word("guide", GuideKind, GuideKind.PAGES)
        timed = kind in (GuideKind.TIMER, GuideKind.PAGES_TIMER)
        seconds = self._extra("timer", timed, _seconds, 0, _('Write it like "3 minutes" or "90 seconds".'))
        breath = self._extra(
            "breath", kind is GuideKind.BREATH, _breath, None, _('Write it like "in 3, out 5, 5 times".')
        )
        return Guide(kind, seconds, breath)

    def _extra(self, name: str, wanted: bool, read: Callable[[str], T], default: T, mend: str) -> T:
        """A field that belongs to one kind of guide: there exactly where that is chosen."""
        if (name in self._fields) != wanted:
            if wanted:
                self._document.error(
                    _("This field is missing."), mend, line=self._document.line_of("guide"), field=name
                )
            else:
                self.error(name, _("This doesn't belong to the guide that is chosen."), _("Take one of them out."))
            return default
        if not wanted:
            return default
        value = read(self.text(name).casefold())
        if not value:
            self.error(name, _("This can't be read."), mend)
        return value

    def sources(self) -> tuple[Source, ...]:
        found = []
        for text in self.texts("sources"):
            parts = _SOURCE.fullmatch(text)
            if parts is None or parts["tier"] not in list(Tier):
                self.error(
                    "sources",
                    _("A source can't be read."),
                    _('Write it as "A | organisation: title | https://address", with A, B or C first.'),
                )
                continue
            found.append(Source(Tier(parts["tier"]), parts["organisation"], parts["title"], parts["url"]))
        return tuple(found)

    def art(self) -> str:
        value = self._fields.get("art", "")
        lines = value.strip("\n").split("\n") if isinstance(value, str) else []
        fits = len(lines) <= ART_HEIGHT and all(len(line) <= ART_WIDTH for line in lines)
        if not lines or not fits or not all(line.isascii() and (line.isprintable() or not line) for line in lines):
            self.error("art", _("The picture doesn't fit."), _("At most 30 plain characters wide and 8 lines high."))
            return ""
        return "\n".join(line.rstrip() for line in lines)


def _seconds(text: str) -> int:
    """ "3 minutes" or "90 seconds" in seconds; 0 where it is neither."""
    found = _TIMER.fullmatch(text)
    return int(found[1] or 0) * 60 + int(found[2] or 0) if found else 0


def _breath(text: str) -> Breath | None:
    """ "in 4, hold 4, out 4, hold 4, 4 times"; the holds may be left out."""
    found = _BREATH.fullmatch(text)
    if found is None:
        return None
    values = {name: int(value or 0) for name, value in found.groupdict().items()}
    return Breath(**values) if values["inhale"] and values["exhale"] and values["rounds"] else None
