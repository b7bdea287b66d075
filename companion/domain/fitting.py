"""Which activities fit now, and why.

Energy comes first, then time, place and who is there. What is unsafe for the youngest who is present is never offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

from companion.domain.activity import Activity
from companion.domain.activity_terms import (
    Category,
    Company,
    Energy,
    EnergyToday,
    Place,
    Position,
    Setting,
    Status,
)
from companion.domain.child import AgeBand, Stage
from companion.domain.diary import Done
from companion.domain.language import _, plural
from companion.domain.safety import DANGER_UNTIL, NOT_WHEN_SLEEPY, Safety

RECENT = timedelta(days=7)  # what was done within a week comes after what is as good


@dataclass(frozen=True, slots=True)
class Offer:
    """An activity that fits, and why, in words."""

    activity: Activity
    reason: str


def fits(
    activities: Iterable[Activity],
    *,
    energy: EnergyToday,
    today: date,
    minutes: int | None = None,
    place: Place | None = None,
    setting: Setting | None = None,
    children: Sequence[Stage] = (),
    nearby: Sequence[Stage] = (),
    history: Iterable[Done] = (),
) -> list[Offer]:
    """What she and `children` can do now, the best first; drafts never.

    `minutes` is how much time there is, `place` and `setting` where they are (None: home is likeliest).
    `children` take part: each has to be in its ages. `nearby` are in the room without taking part: nothing that a
    younger one could choke on or burn on is offered. Without `children` every age is offered.

    Those that are equally good take turns by date, what was done within a week last: as long as nothing is done,
    two days in a row begin with different ones, and the same day always gives the same list.
    """
    done: dict[str, date] = {}
    for entry in history:
        done[entry.activity] = max(entry.day, done.get(entry.activity, entry.day))
    tiers: dict[int, list[Activity]] = {}
    for activity in activities:
        if (
            activity.status is Status.LIVE
            and activity.energy in _DISTANCE[energy]
            and _has_room(activity, minutes, place, setting)
            and _suits_children(activity, children)
            and _safe(activity, energy, children, nearby)
        ):
            tiers.setdefault(
                _misfit(activity, energy, children, minutes=minutes, place=place, setting=setting), []
            ).append(activity)
    recent = {name for name, day in done.items() if day + RECENT > today}
    order = _in_turn(tiers, today, recent)
    return [Offer(activity, _reason(activity, today, done.get(activity.id))) for activity in order]


def _has_room(activity: Activity, minutes: int | None, place: Place | None, setting: Setting | None) -> bool:
    if minutes is not None and activity.minutes.least > minutes:
        return False
    if setting is not None and setting not in activity.where:
        return False
    return place in (None, Place.EITHER) or activity.place in (place, Place.EITHER)


def _suits_children(activity: Activity, children: Sequence[Stage]) -> bool:
    if activity.children is Company.ONE and len(children) > 1:
        return False
    return all(activity.suits(child) for child in children)


def _safe(activity: Activity, energy: EnergyToday, children: Sequence[Stage], nearby: Sequence[Stage]) -> bool:
    rules = frozenset(activity.safety)
    for child in nearby:
        if (child.band is None or not activity.suits(child)) and _in_danger(rules, child):
            return False
    if any(child.band is None and _in_danger(rules, child) for child in children):
        return False
    if energy is not EnergyToday.VERY_SLEEPY:
        return True
    if activity.energy is not Energy.LOW or rules & NOT_WHEN_SLEEPY:
        return False
    if activity.category is Category.KITCHEN or activity.position is Position.MOVING:
        return False
    present = (*children, *nearby)
    young = any(_may_be_baby(child) for child in present)
    if activity.position is Position.LYING and (young or (not present and _for_babies(activity))):
        return False  # lying down with a baby may end in falling asleep beside the baby
    return not any(_in_danger(rules, child) for child in children)


def _in_danger(rules: frozenset[Safety], child: Stage) -> bool:
    born = child.band is not AgeBand.PRENATAL
    return born and any(child.known_months < DANGER_UNTIL.get(rule, 0) for rule in rules)


def _may_be_baby(child: Stage) -> bool:
    return child.band is not AgeBand.PRENATAL and child.known_months < 12


def _for_babies(activity: Activity) -> bool:
    return AgeBand.MONTHS_0_5 in activity.ages or AgeBand.MONTHS_6_11 in activity.ages


_DISTANCE = {
    EnergyToday.VERY_SLEEPY: {Energy.LOW: 0},
    EnergyToday.LITTLE: {Energy.LOW: 0},
    EnergyToday.SOME: {Energy.MEDIUM: 0, Energy.LOW: 1},
    EnergyToday.LOTS: {Energy.HIGH: 0, Energy.MEDIUM: 0, Energy.LOW: 1},
}
_NEXT_BEST = 2  # how much worse a next best one may be to take turns with a best one that stands alone


def _misfit(
    activity: Activity,
    energy: EnergyToday,
    children: Sequence[Stage],
    *,
    minutes: int | None,
    place: Place | None,
    setting: Setting | None,
) -> int:
    """How far from what was asked: 0 is right."""
    lacking = energy in (EnergyToday.VERY_SLEEPY, EnergyToday.LITTLE)
    misfit = _DISTANCE[energy][activity.energy]
    if minutes is not None and activity.minutes.most > minutes:
        misfit += 1
    if setting is None and (Setting.OUTDOORS if place is Place.OUTDOOR else Setting.HOME) not in activity.where:
        misfit += 2
    if setting is None and activity.made_for_apart:
        misfit += 2
    if lacking and activity.needs:
        misfit += 1
    if activity.children is Company.SOLO and any(child.band is not AgeBand.PRENATAL for child in children):
        misfit += 4
    return misfit


def _in_turn(tiers: dict[int, list[Activity]], today: date, recent: set[str]) -> list[Activity]:
    """The tiers by misfit, each in today's order; a best one that stands alone leads every other day."""
    day = today.toordinal()
    by_misfit = sorted(tiers)
    alone = len(by_misfit) > 1 and len(tiers[by_misfit[0]]) == 1
    if not alone or by_misfit[1] - by_misfit[0] > _NEXT_BEST:
        return [activity for misfit in by_misfit for activity in _turn(tiers[misfit], day, recent)]
    best, *rest = (tiers[misfit] for misfit in by_misfit)
    tired_of = best[0].id in recent
    others = _rotated(_fixed(rest[0]), day if tired_of else day // 2)
    others.sort(key=lambda a: a.id in recent)
    lead = others[:1] + best if tired_of or day % 2 else best + others[:1]
    return lead + others[1:] + [activity for tier in rest[1:] for activity in _turn(tier, day, recent)]


def _turn(tier: list[Activity], day: int, recent: set[str]) -> list[Activity]:
    """`tier` in the order of that `day`, what was done lately last.

    Two halves take the lead on alternate days, so that tomorrow's first is another one whatever is done in between;
    within its half each one leads in turn.
    """
    fixed = _fixed(tier)
    halves = fixed[::2], fixed[1::2]
    order = _rotated(halves[day % 2], day // 2) + _rotated(halves[(day + 1) % 2], day // 2)
    return sorted(order, key=lambda a: a.id in recent)


def _fixed(tier: list[Activity]) -> list[Activity]:
    """Always the same order, by a checksum: neighbours in the alphabet are often alike."""
    return sorted(tier, key=lambda a: (crc32(a.id.encode()), a.id))


def _rotated(items: list[Activity], by: int) -> list[Activity]:
    if not items:
        return []
    start = by % len(items)
    return items[start:] + items[:start]


def _reason(activity: Activity, today: date, last: date | None) -> str:
    """Why it fits, in two or three short sentences."""
    parts = [_(_POSITION_WORDS[activity.position])]
    if not activity.needs:
        parts.append(_("Nothing to get ready."))
    if last is not None:
        days = (today - last).days
        parts.append(
            _("You did it today.") if days <= 0 else plural("You did it {n} day ago.", "You did it {n} days ago.", days)
        )
    else:
        parts.append(_("{minutes}, and new to you.").format(minutes=activity.minutes.words))
    return " ".join(parts)


_POSITION_WORDS = {
    Position.LYING: "You can lie down.",
    Position.SIT: "You can stay seated.",
    Position.STAND: "You stand for this one.",
    Position.MOVING: "It gets you moving.",
}
