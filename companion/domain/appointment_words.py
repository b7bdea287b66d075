"""An appointment's arrangements in plain words: who has the children, how she gets there, what to bring."""

from __future__ import annotations

from companion.domain.event import Childcare, Occurrence, Ride
from companion.domain.language import _
from companion.domain.wording import list_words, time_words


def childcare_words(childcare: Childcare) -> str:
    """Who has the children meanwhile; empty where nobody is needed."""
    if not childcare.needed:
        return ""
    if not childcare.who:
        return _("Childcare: covered") if childcare.covered else _("Childcare: nobody yet")
    if childcare.covered:
        return _("{who} has the children").format(who=childcare.who)
    return _("{who} may have the children: not sure yet").format(who=childcare.who)


def ride_words(occurrence: Occurrence, *, hours24: bool = False) -> str:
    """How she gets there and when to set off; empty where nothing is said."""
    ride: Ride = occurrence.logistics.ride
    parts = [part for part in (ride.how, _("with {who}").format(who=ride.who) if ride.who else "") if part]
    if occurrence.leave_at is not None:
        parts.append(_("leave at {time}").format(time=time_words(occurrence.leave_at.time(), hours24)))
    return ", ".join(parts)


def bring_words(occurrence: Occurrence) -> str:
    bring = occurrence.logistics.bring
    return _("Bring: {things}").format(things=list_words(bring)) if bring else ""


def arrangements(occurrence: Occurrence, *, hours24: bool = False, childcare: bool = True) -> list[str]:
    """All of it, a line each, without the lines that have nothing to say; childcare only where that is asked about."""
    lines = (
        childcare_words(occurrence.logistics.childcare) if childcare else "",
        ride_words(occurrence, hours24=hours24),
        bring_words(occurrence),
    )
    return [line for line in lines if line]
