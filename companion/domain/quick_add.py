"""A whole appointment in one typed line: "group every tue 6pm-7:30 at Mill St for 12 weeks".

`read_sentence` gives the event that the line means, what was taken one way though it can be meant another (`remarks`),
and what keeps it from being stored (`missing`). It never raises, whatever is typed. What can be typed and how doubt is
treated is told in docs/quick-add.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from companion.domain.event import ONE_DAY, Childcare, Event, Logistics, Ride
from companion.domain.kinds import kind as kind_by_id
from companion.domain.language import _
from companion.domain.quick_add_gathered import When
from companion.domain.quick_add_hours import hours
from companion.domain.quick_add_kinds import kind_of
from companion.domain.quick_add_said import (
    CareBy,
    ForChild,
    LeaveAt,
    LeaveBefore,
    Link,
    NeedsCare,
    Online,
    Opens,
    Piece,
    Remark,
    Remind,
    RideBy,
    Said,
    Scene,
    Segment,
    Word,
)
from companion.domain.quick_add_scan import pieces
from companion.domain.quick_add_when import when
from companion.domain.text import TITLE_LIMIT, clean
from companion.domain.wording import at_start

__all__ = ["SENTENCE_LIMIT", "Read", "Remark", "Scene", "read_sentence"]

SENTENCE_LIMIT = 300  # characters: longer than a line that is typed, short enough to be read with every key

_LEFT_OVER_BEFORE = re.compile(r"(?:(?:on|at|and|for|to|from|by|is|add)\s+|[-,;:.)\]]+\s*)+", re.I)
_LEFT_OVER_AFTER = re.compile(
    r"(?:\s+(?:on|at|from|for|to|and|with|by|the|an?|of|is|are|starting|until|every)|[\s,;:(\[-]+)+$", re.I
)
_ONLY_LEFT_OVER = re.compile(r"(?:on|at|from|for|to|and|with|by|in|the|an?|of|is|are|add)", re.I)
_JOINS = frozenset({"and", "or", "&", "-"})
_ARTICLES = ("the ", "my ", "a ", "an ", "our ")
_THINGS = re.compile(r"\s*(?:,|;|&|\band\b)\s*", re.I)


@dataclass(frozen=True, slots=True)
class Read:
    """`event` is as far as it was understood, also where something is `missing`; its UID is empty.

    `unsaid` names the fields of the form that nothing was said of, though the event has a value for them.
    """

    event: Event
    remarks: tuple[Remark, ...] = ()
    missing: tuple[Remark, ...] = ()
    unsaid: frozenset[str] = frozenset()

    @property
    def ready(self) -> bool:
        """Whether it can be stored."""
        return not self.missing

    def by_field(self) -> dict[str, str]:
        """All that is worth saying, joined for each field of the form."""
        found: dict[str, str] = {}
        for remark in (*self.missing, *self.remarks):
            found[remark.field] = f"{found.get(remark.field, '')} {remark.words}".strip()
        return found


def read_sentence(text: str, scene: Scene) -> Read:
    """What the typed line means, seen from `scene`."""
    text = clean(text, SENTENCE_LIMIT)
    found = list(pieces(text, scene))
    parts = _Parts(text, found)
    title = parts.title
    child = ", ".join(dict.fromkeys(name for said in parts.said if isinstance(said, ForChild) for name in said.names))
    kind = kind_of(title, child=bool(child))
    at = when(parts.said, kind, scene)
    remarks, missing = at.remarks, at.wrong
    if not title:
        missing.insert(0, Remark("title", _("What is it? A word is enough, like group or dentist.")))
    remarks += [Remark("title", said.remark) for said in parts.said if isinstance(said, Word) and said.remark]
    leave_by = _leave_by(parts.said, at, kind, scene, missing)
    if any(each.field == "start" for each in missing):
        at.all_day, at.duration = False, kind_by_id(kind).length
        at.unsaid |= {"start", "length"}
    event = Event(
        uid="",
        title=title,
        start=at.start,
        duration=at.duration if not at.all_day else max(at.duration, ONE_DAY),
        zone=scene.zone,
        kind=kind,
        all_day=at.all_day,
        rule=at.rule,
        skips=tuple(sorted(set(at.skips))),
        location=parts.location,
        online=next((said.address for said in parts.said if isinstance(said, Link)), ""),
        provider=_name(parts.words("provider")),
        child=child,
        logistics=Logistics(parts.childcare(), parts.ride(leave_by), parts.bring),
        reminders=next((said.minutes for said in parts.said if isinstance(said, Remind)), None),
    )
    return Read(event, tuple(remarks), tuple(missing), frozenset(at.unsaid))


class _Parts:
    """The words of each segment, and all that was said besides."""

    def __init__(self, text: str, found: Sequence[Piece]) -> None:
        self.said: list[Said] = []
        self._segments: dict[Segment, str] = {}
        self._opened: set[Segment] = set()
        current: Segment = "title"
        ended, in_words = 0, False
        for before, piece, after in _with_neighbours(found):
            said = piece.said
            if isinstance(said, Word) and said.text.casefold() in _JOINS and not any(map(_is_words, (before, after))):
                continue
            self.said.append(said)
            if isinstance(said, Opens):
                current = said.segment
                if self._segments.get(current):  # "at Mill St in room 3"
                    self._segments[current] += ","
                self._opened.add(current)
            elif isinstance(said, Word):
                comma = "," if in_words and "," in text[ended : piece.start] else ""
                self._add(current, said.text, comma)
            elif isinstance(said, ForChild) and said.kept:
                self._add(current, said.kept)
            else:
                current = "title"
            ended, in_words = piece.end, isinstance(said, Word)

    def _add(self, segment: Segment, text: str, comma: str = "") -> None:
        before = self._segments.get(segment, "")
        self._segments[segment] = f"{before}{comma} {text}".strip()

    def words(self, segment: Segment) -> str:
        return _trimmed(self._segments.get(segment, ""))

    @property
    def title(self) -> str:
        return at_start(clean(self.words("title"), TITLE_LIMIT))

    @property
    def location(self) -> str:
        where = self.words("location")
        online = next((said.said for said in self.said if isinstance(said, Online)), "")
        return where or at_start(online)

    @property
    def bring(self) -> tuple[str, ...]:
        return tuple(thing for part in _THINGS.split(self.words("bring")) if (thing := part.strip()))

    def childcare(self) -> Childcare:
        settled = next((said.who for said in self.said if isinstance(said, CareBy)), "")
        who = at_start(settled or self.words("care_who"))
        asked = [said.needed for said in self.said if isinstance(said, NeedsCare)]
        needed = bool(who) or "care_who" in self._opened or any(asked)
        return Childcare(needed, who, bool(settled))

    def ride(self, leave_by: timedelta | None) -> Ride:
        how = next((said.how for said in self.said if isinstance(said, RideBy)), "")
        return Ride(how, _name(self.words("ride_who")), leave_by)


def _leave_by(said: list[Said], at: When, kind: str, scene: Scene, missing: list[Remark]) -> timedelta | None:
    """How long before the start she sets off."""
    for each in said:
        if isinstance(each, LeaveBefore):
            length = each.length
        elif isinstance(each, LeaveAt) and not at.all_day:
            leave = hours(each.at, None, at.start.date(), scene, part="", kind=kind, passes=False).start
            length = at.start - leave
            if not each.at.half and not each.at.exact:
                length %= timedelta(hours=12)
        else:
            continue
        if timedelta(0) < length <= ONE_DAY:
            return length
        missing.append(Remark("leave_by", _("When to leave is not clear. Type leave 40 minutes before.")))
    return None


def _with_neighbours(found: Sequence[Piece]) -> Iterator[tuple[Piece | None, Piece, Piece | None]]:
    return zip([None, *found], found, [*found[1:], None], strict=False)


def _is_words(piece: Piece | None) -> bool:
    return piece is None or isinstance(piece.said, Word | Opens | ForChild)


def _trimmed(text: str) -> str:
    """`text` without the small words that led over to something else."""
    text = text.strip(" ,;·")
    if _ONLY_LEFT_OVER.fullmatch(text) or not any(c.isalnum() for c in text):
        return ""
    if match := _LEFT_OVER_BEFORE.match(text):
        text = text[match.end() :]
    return _LEFT_OVER_AFTER.sub("", text).strip(" ,;·")


def _name(text: str) -> str:
    return text if text.casefold().startswith(_ARTICLES) else at_start(text)
