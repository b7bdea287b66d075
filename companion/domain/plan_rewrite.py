"""From a plan's events back to the item that its coach would write: the other way round of plan_item."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from companion.domain.event import Event
from companion.domain.phrases import phrase
from companion.domain.plan import PlanHeader, PlanItem
from companion.domain.plan_draft import ItemDraft, Moment
from companion.domain.plan_identity import item_key
from companion.domain.plan_item import build_item
from companion.domain.rrule_text import format_rrule


def draft_of(item: PlanItem, header: PlanHeader) -> ItemDraft | None:
    """The draft that builds exactly these events; None where no plan file can say them.

    That is so for what a calendar brings: a session with a title of its own, a cancelled one, a UID of another
    making. What holidays do by themselves is left out of the draft.
    """
    phases = [event for number, event in enumerate(item.events, 1) if _key(event) == item_key(item.id, str(number))]
    extras = [event for event in item.events if event not in phases]
    if not phases:
        return None
    draft = _plain_draft(item, phases, header)
    if draft is None:
        return None
    draft = replace(draft, extra=tuple(_moment(event.start, event.all_day) for event in extras))
    usual = build_item(draft, header).item
    if usual is None:
        return None
    draft = _with_exceptions(draft, phases, usual)
    built = build_item(draft, header).item
    return draft if built is not None and built.events == item.events else None


def _key(event: Event) -> str:
    return event.origin.key if event.origin else ""


def _plain_draft(item: PlanItem, phases: list[Event], header: PlanHeader) -> ItemDraft | None:
    first = phases[0]
    texts = [phrase(event.rule, event.start) if event.rule else "" for event in phases]
    several = len(phases) > 1
    if several and not all(texts):
        return None
    rrule = "" if several or texts[0] or first.rule is None else format_rrule(first.rule, first.zone, first.all_day)
    return ItemDraft(
        id=item.id,
        title=first.title,
        starts=first.start,
        all_day=first.all_day,
        kind=first.kind,
        length=first.duration,
        repeat="" if several else texts[0],
        rrule=rrule,
        phases=tuple(texts) if several else (),
        discreet_title=first.discreet_title,
        need=first.need,
        provider=first.provider,
        contact=first.contact,
        phone=first.phone,
        location=first.location,
        online=first.online,
        logistics=first.logistics,
        notes=first.notes,
        child=first.child,
        counts_toward=first.counts_toward,
        sign_off=first.sign_off,
        reminders=None if first.reminders == (header.reminders or None) else first.reminders,
        line=item.line,
    )


def _with_exceptions(draft: ItemDraft, phases: list[Event], usual: PlanItem) -> ItemDraft:
    """`draft` with the skips and moves that its holidays do not make anyway."""
    skips = {at for event in usual.events for at in event.skips}
    moves = {(o.recurrence_id, o.start) for event in usual.events for o in event.overrides}
    own_skips = [at.date() for event in phases for at in event.skips if at not in skips]
    own_moves = [
        (_moment(o.recurrence_id, draft.all_day), _moment(o.start, draft.all_day))
        for event in phases
        for o in event.overrides
        if o.start is not None and (o.recurrence_id, o.start) not in moves
    ]
    return replace(draft, skip=tuple(own_skips), moved=tuple(own_moves))


def _moment(at: datetime, all_day: bool) -> Moment:
    return at.date() if all_day else at
