"""One VEVENT of a file as typed values, before it is known which series it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import uuid5

from companion.domain.event import Status
from companion.domain.kinds import find_kind
from companion.domain.language import _
from companion.domain.plan_identity import NAMESPACE
from companion.domain.text import FIELD_LIMIT, TITLE_LIMIT, clean
from companion.errors import InputError
from companion.formats.ical_blocks import Block, Line
from companion.formats.ical_values import (
    Period,
    Stamp,
    items,
    length,
    periods,
    stamp,
    stamps,
    text,
    utc_instant,
    whole_number,
)

MAX_DATES = 2_000  # EXDATE values, RDATE values, or overrides of one event
_MAX_UID = 255
_MAX_REMINDERS = 2
_EARLIEST_REMINDER = timedelta(weeks=4)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_CANCELLED = re.compile(r"cancell?ed\s*:\s*", re.IGNORECASE)  # Outlook writes it before the title, status CONFIRMED
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """What one VEVENT says. `rules` are RRULE texts; `reminders` None where it has no alarm of a kind we keep."""

    line: int
    uid: str
    start: Stamp
    end: Stamp | None = None
    length: timedelta | None = None
    sequence: int = 0
    created: datetime | None = None
    updated: datetime | None = None
    title: str = ""
    location: str = ""
    notes: str = ""
    contact: str = ""
    online: str = ""
    kind: str = "other"
    status: Status = Status.CONFIRMED
    rules: tuple[str, ...] = ()
    skips: tuple[Stamp, ...] = ()
    extras: tuple[Period, ...] = ()
    recurrence_id: Stamp | None = None
    and_later: bool = False
    reminders: tuple[int, ...] | None = None
    lost_reminders: int = 0
    whole: bool = True

    @property
    def name(self) -> str:
        """What to call it in a finding."""
        return clean(self.title, 60)

    @property
    def age(self) -> tuple[int, datetime]:
        """The later one wins (RFC 5546 section 2.1.5)."""
        return self.sequence, self.updated or _NEVER


def title_of(block: Block) -> str:
    """The title of a VEVENT, for a finding about one that can't be read."""
    return clean(text(block.value("SUMMARY")), 60)


def read_vevent(block: Block, source: str, *, cancelled: bool = False) -> Draft:
    """The draft of a VEVENT. `source` goes into the UID of one that has none; `cancelled` is the file's METHOD.

    Raises InputError with a plain sentence where its times can't be read or contradict each other.
    """
    if block.spoilt:
        raise InputError(block.spoilt)
    if block.one("EXRULE"):
        raise InputError(_("It leaves out dates by a rule (EXRULE), which is not used any more."))
    start = _start(block)
    title = clean(text(block.value("SUMMARY")), TITLE_LIMIT)
    marked = _CANCELLED.match(title)
    status = _status(block)
    reminders, lost = _reminders(block)
    draft = Draft(
        block.number,
        _uid(block, start, title, source),
        start,
        sequence=whole_number(block.value("SEQUENCE")),
        created=utc_instant(block.one("CREATED")),
        updated=utc_instant(block.one("LAST-MODIFIED")) or utc_instant(block.one("DTSTAMP")),
        title=title[marked.end() :] if marked else title,
        notes=clean(text(block.value("DESCRIPTION")), FIELD_LIMIT, lines=True),
        contact=clean(text(block.value("CONTACT")), TITLE_LIMIT),
        status=Status.CANCELLED if cancelled or marked else status,
        reminders=reminders,
        lost_reminders=lost,
        whole=block.whole,
    )
    draft = replace(draft, kind=_kind(block, draft.title))
    return _with_repeats(_with_end(_with_place(draft, block), block), block)


def _start(block: Block) -> Stamp:
    found = {line.value.strip(): line for line in block.all("DTSTART")}
    if not found:
        raise InputError(_("It has no start."))
    if len(found) > 1:
        raise InputError(_("It has two different starts."))
    return _read_stamp(next(iter(found.values())), _("Its start can't be read."))


def _read_stamp(line: Line, sentence: str) -> Stamp:
    try:
        found = stamp(line)
    except ValueError:
        raise InputError(sentence) from None
    if not 1970 <= found.at.year <= 2100:
        raise InputError(_("It lies outside the years 1970 to 2100."))
    return found


def _with_end(draft: Draft, block: Block) -> Draft:
    ends, lasts = block.one("DTEND"), block.one("DURATION")
    if ends is not None and ends.value.strip():
        return replace(draft, end=_read_stamp(ends, _("Its end can't be read.")))
    if lasts is None:
        return draft
    try:
        return replace(draft, length=length(lasts.value))
    except ValueError:
        raise InputError(_("Its length can't be read.")) from None


def _with_repeats(draft: Draft, block: Block) -> Draft:
    rules = tuple(dict.fromkeys(line.value.strip() for line in block.all("RRULE") if line.value.strip(" ;")))
    if len(rules) > 1:
        raise InputError(_("It has more than one repeat."), _("Ask for one appointment for each."))
    try:
        skips = [at for line in block.all("EXDATE") for at in stamps(line)]
    except ValueError:
        raise InputError(_("A date that it leaves out can't be read.")) from None
    try:
        extras = [at for line in block.all("RDATE") for at in periods(line)]
    except ValueError:
        raise InputError(_("One of its extra dates can't be read.")) from None
    if max(len(skips), len(extras)) > MAX_DATES:
        raise InputError(_("It lists too many dates."))
    recurrence = block.one("RECURRENCE-ID")
    if recurrence is None:
        return replace(draft, rules=rules, skips=tuple(skips), extras=tuple(extras))
    return replace(
        draft,
        recurrence_id=_read_stamp(recurrence, _("The date that it changes can't be read.")),
        and_later=recurrence.params.get("RANGE", "").strip().upper() == "THISANDFUTURE",
    )


def _status(block: Block) -> Status:
    try:
        return Status(block.value("STATUS").lower() or "confirmed")
    except ValueError:
        return Status.CONFIRMED


def _uid(block: Block, start: Stamp, title: str, source: str) -> str:
    """The UID as it is; one made from source, start and title where it is missing, or too long for a phone."""
    uid = clean(text(block.value("UID")))
    if uid and len(uid.encode()) <= _MAX_UID:
        return uid
    return str(uuid5(NAMESPACE, f"{source}/{uid or f'{start.at.isoformat()}/{title}'}"))


def _with_place(draft: Draft, block: Block) -> Draft:
    """Where it is. A location that is only a link, or a conference property, is the online address."""
    location = clean(text(block.value("LOCATION")))
    conference = clean(block.value("CONFERENCE") or block.value("X-GOOGLE-CONFERENCE"))
    if _LINK.fullmatch(location):
        return replace(draft, online=location)
    return replace(draft, location=location, online=conference if _LINK.fullmatch(conference) else "")


def _kind(block: Block, title: str) -> str:
    """The kind that a category or the title names outright; nothing is guessed from parts of words."""
    names = [name for line in block.all("CATEGORIES") for name in items(line.value)[:20]]
    found = next((kind for name in [*names, title] if (kind := find_kind(clean(name, TITLE_LIMIT)))), None)
    return found.id if found else "other"


def _reminders(block: Block) -> tuple[tuple[int, ...] | None, int]:
    """Whole minutes before the start, and how many alarms of another sort there were.

    Only alarms that show something so long before the start are kept. Apple puts one with ACTION:NONE into every
    event that has none; it counts as nothing.
    """
    found, lost = [], 0
    for alarm in block.named("VALARM"):
        action = alarm.value("ACTION").upper()
        minutes = _minutes_before(alarm.one("TRIGGER")) if action in ("DISPLAY", "AUDIO") else None
        if minutes is not None:
            found.append(minutes)
        elif action != "NONE":
            lost += 1
    return tuple(dict.fromkeys(found))[:_MAX_REMINDERS] or None, lost


def _minutes_before(trigger: Line | None) -> int | None:
    if trigger is None or trigger.params.get("RELATED", "START").upper() != "START":
        return None
    try:
        before = -length(trigger.value)
    except ValueError:  # a fixed time ends up here too
        return None
    return before // timedelta(minutes=1) if timedelta() <= before <= _EARLIEST_REMINDER else None
