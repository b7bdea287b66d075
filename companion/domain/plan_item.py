"""From an item as its coach wrote it to the events it makes (docs/plan-file.md, "What an item becomes").

Each phase and each extra date is an event of its own, without RDATE, because phones read RDATE in four different
ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from companion.domain.event import ONE_DAY, Event, Origin
from companion.domain.expansion import last_start, starts
from companion.domain.finding import Finding
from companion.domain.kinds import kind
from companion.domain.language import _
from companion.domain.phrases import parse_phrase, phases
from companion.domain.plan import PlanHeader, PlanItem
from companion.domain.plan_building import CEILING, LAST_YEAR, NEAR, Building, day_text
from companion.domain.plan_draft import ItemDraft
from companion.domain.plan_exceptions import exceptions, extras, holidays, with_exceptions
from companion.domain.plan_identity import item_key, item_uid, stamp
from companion.domain.recurrence import RecurrenceRule
from companion.domain.rrule_text import parse_rrule
from companion.errors import RuleError

ENDLESS = timedelta(days=731)  # how much of an endless series counts towards a plan's bound
LONGEST_TIMED = timedelta(days=7)
LONGEST_ALL_DAY = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Built:
    """What became of an item: its events (None where anything in it is wrong), every remark, and its sessions,
    two years' worth where it never ends."""

    item: PlanItem | None
    findings: tuple[Finding, ...]
    sessions: int


def build_item(draft: ItemDraft, header: PlanHeader, file: str = "") -> Built:
    """The item's events. Nothing is raised: what is wrong is in the findings."""
    item = Building(draft, header, file)
    events = _events(item)
    made = None if item.failed else PlanItem(draft.id, tuple(events), draft.line)
    return Built(made, tuple(item.findings), item.count + len(draft.extra))


def _events(item: Building) -> list[Event]:
    length = _length(item)
    _make_parts(item, length)
    if item.failed:
        return []
    skips, moves = exceptions(item)
    further = extras(item)
    holidays(item, skips, moves, further)
    events = [with_exceptions(part, skips, moves) for part in item.parts]
    return events + [_event(item, at.isoformat(timespec="seconds"), at, None, length) for at in further]


def _length(item: Building) -> timedelta:
    draft = item.draft
    usual = kind(draft.kind).length
    length = draft.length
    if length is None:
        length = max(ONE_DAY, ONE_DAY * (usual // ONE_DAY)) if draft.all_day else usual
    if length <= timedelta(0):
        item.error("length", _("It lasts no time at all."), _('Write "50 minutes" or "2 days".'))
    elif draft.all_day and length % ONE_DAY:
        item.error(
            "length",
            _("It lasts part of a day, and its start has no time."),
            _("Add a time to starts, or give the length in days."),
        )
    elif length > (LONGEST_ALL_DAY if draft.all_day else LONGEST_TIMED):
        item.error(
            "length",
            _("It lasts too long: {n} days are possible.").format(n=366 if draft.all_day else 7),
            "" if draft.all_day else _("For a longer stay, write starts as a date without a time."),
        )
    return length


def _make_parts(item: Building, length: timedelta) -> None:
    draft = item.draft
    ways = [name for name in ("repeat", "rrule", "phases") if getattr(draft, name)]
    if len(ways) > 1:
        item.error(
            ways[1],
            _("{one} and {other} are both given.").format(one=ways[0], other=ways[1]),
            _("Keep one of them."),
        )
        return
    series: list[tuple[datetime, RecurrenceRule | None]] = [(draft.starts, None)]
    try:
        if draft.repeat:
            series = [(draft.starts, parse_phrase(draft.repeat, draft.starts))]
        elif draft.rrule:
            series = [(draft.starts, parse_rrule(draft.rrule, draft.starts, item.header.timezone, draft.all_day))]
        elif draft.phases:
            series = list(phases(list(draft.phases), draft.starts))
    except RuleError as error:
        item.error(ways[0], error.sentence, error.mend)
        return
    for number, (first, rule) in enumerate(series, 1):
        part = _event(item, str(number), first, rule, length)
        item.parts.append(part)
        item.lasts.append(last_start(part))
        item.count += _count(part, item.lasts[-1])
        if rule is not None:
            _check_rule(item, part, ways[0])


def _count(part: Event, last: datetime | None) -> int:
    if part.rule is None:
        return 1
    end = min(part.start + ENDLESS, CEILING) if last is None else last + ONE_DAY
    return len(starts(part.rule, part.start, part.start, end))


def _check_rule(item: Building, part: Event, name: str) -> None:
    assert part.rule is not None
    if part.rule.until is not None and part.rule.until.year > LAST_YEAR:
        item.error(name, _("It ends after the year {year}.").format(year=LAST_YEAR), _("Choose an earlier end."))
        return
    near = starts(part.rule, part.start, part.start, min(part.start + NEAR, CEILING))
    if not near:
        item.error(name, _("It never takes place."), _("Look at its days and its end."))
    elif near[0] != part.start:
        item.error(
            "starts",
            _("{day} is not one of its own days.").format(day=day_text(part.start)),
            _("The first one after it is {day}.").format(day=day_text(near[0])),
        )


def _event(item: Building, part: str, start: datetime, rule: RecurrenceRule | None, length: timedelta) -> Event:
    draft, header = item.draft, item.header
    key = item_key(draft.id, part)
    stamped = stamp(header)
    return Event(
        uid=item_uid(header.id, key),
        title=draft.title,
        start=start,
        duration=length,
        zone=header.timezone,
        kind=draft.kind,
        all_day=draft.all_day,
        rule=rule,
        discreet_title=draft.discreet_title,
        need=draft.need,
        provider=draft.provider,
        contact=draft.contact,
        phone=draft.phone,
        location=draft.location,
        online=draft.online,
        child=draft.child,
        logistics=draft.logistics,
        notes=draft.notes,
        reminders=draft.reminders if draft.reminders is not None else (header.reminders or None),
        counts_toward=draft.counts_toward,
        sign_off=draft.sign_off,
        sequence=header.revision,
        created=stamped,
        updated=stamped,
        origin=Origin(header.id, key, header.revision),
    )
