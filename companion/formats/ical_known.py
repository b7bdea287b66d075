"""Which appointments of a calendar file are on the calendar already, under the UIDs that our own files give them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from companion.domain.event import Event
from companion.domain.expansion import occurrences
from companion.formats.ical_entries import single_uid, written_uid

_MARGIN = timedelta(days=2)  # the file may say the same moment in another zone
_FURTHEST = timedelta(days=5 * 366)  # a file from elsewhere may name any years; ours reach a year or two ahead


def known_uids(coming: Iterable[Event], uids: Iterable[str], series: Iterable[Event]) -> set[str]:
    """The UIDs in `coming` that stand for what is here: the events `uids`, or single dates of the `series`.

    A phone file holds a series date by date where it was asked to, or where phones can't read its repeat.
    """
    coming = list(coming)
    wanted = {event.uid for event in coming}
    found = {name for uid in uids for name in (uid, written_uid(uid)) if name in wanted}
    starts = [event.start for event in coming if event.uid not in found and event.rule is None and _single(event.uid)]
    if starts:
        low = min(starts) - _MARGIN
        high = min(max(starts), low + _FURTHEST) + _MARGIN
        for one in series:
            dates = (o.recurrence_id for o in occurrences(one, low, high))
            found |= wanted.intersection(single_uid(one.uid, at) for at in dates if at is not None)
    return found


def _single(uid: str) -> bool:
    try:
        return UUID(uid).version == 5
    except ValueError:
        return False
