"""An event as it may be kept: every text cleaned where it enters, and nothing without a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from companion.domain.event import Event, Logistics, Override
from companion.domain.language import _
from companion.domain.text import TITLE_LIMIT, clean
from companion.errors import InputError


def cleaned(event: Event) -> Event:
    """`event` with every text as it may be kept. Raises InputError where it has no title or no length."""
    event = replace(
        event,
        title=clean(event.title, TITLE_LIMIT),
        discreet_title=clean(event.discreet_title, TITLE_LIMIT),
        provider=clean(event.provider, TITLE_LIMIT),
        contact=clean(event.contact, TITLE_LIMIT),
        phone=clean(event.phone, TITLE_LIMIT),
        location=clean(event.location, TITLE_LIMIT),
        online=clean(event.online),
        child=clean(event.child, TITLE_LIMIT),
        counts_toward=clean(event.counts_toward, TITLE_LIMIT),
        logistics=_cleaned_logistics(event.logistics),
        overrides=tuple(_cleaned_override(o) for o in event.overrides),
        notes=clean(event.notes, lines=True),
    )
    if not event.title:
        raise InputError(_("It has no name yet."), _("Type what it is, for instance: counselling."))
    if event.duration < timedelta(0):
        raise InputError(_("It ends before it begins."), _("Put the end after the start."))
    return event


def _cleaned_logistics(logistics: Logistics) -> Logistics:
    care, ride = logistics.childcare, logistics.ride
    return Logistics(
        replace(care, who=clean(care.who, TITLE_LIMIT)),
        replace(ride, how=clean(ride.how, TITLE_LIMIT), who=clean(ride.who, TITLE_LIMIT)),
        tuple(thing for thing in (clean(b, TITLE_LIMIT) for b in logistics.bring) if thing),
    )


def _cleaned_override(override: Override) -> Override:
    return replace(
        override,
        title=None if override.title is None else clean(override.title, TITLE_LIMIT),
        location=None if override.location is None else clean(override.location, TITLE_LIMIT),
        notes=None if override.notes is None else clean(override.notes, lines=True),
        logistics=None if override.logistics is None else _cleaned_logistics(override.logistics),
    )
