"""Activities, and which of them fit now.

An activity comes from a file in activities/ (formats/activity_file.py reads it, activities/README.md says how to
write one). Its text is English at US grade 5 or a translation; the labels of its fields are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

from companion.domain.activity_terms import (
    Category,
    ChildBuilds,
    Company,
    Cost,
    Energy,
    EnergyToday,
    GuideKind,
    Mess,
    Noise,
    ParentBuilds,
    Place,
    Position,
    Season,
    Setting,
    Status,
    Tier,
    Variation,
)
from companion.domain.child import AgeBand, Stage
from companion.domain.diary import Done
from companion.domain.language import _, plural
from companion.domain.safety import DANGER_UNTIL, NOT_WHEN_SLEEPY, Safety

__all__ = [
    "Activity",
    "Breath",
    "Category",
    "Change",
    "ChildBuilds",
    "Company",
    "Cost",
    "Energy",
    "EnergyToday",
    "Guide",
    "GuideKind",
    "Mess",
    "Minutes",
    "Noise",
    "Offer",
    "ParentBuilds",
    "Place",
    "Position",
    "Safety",
    "Season",
    "Setting",
    "Source",
    "Status",
    "Step",
    "Tier",
    "Variation",
    "fits",
]

RECENT = timedelta(days=7)  # what was done within a week comes after what is as good


@dataclass(frozen=True, slots=True)
class Breath:
    """Seconds for each part of one breath, and how many breaths."""

    inhale: int
    exhale: int
    rounds: int
    hold: int = 0
    hold_out: int = 0

    @property
    def seconds(self) -> int:
        return (self.inhale + self.hold + self.exhale + self.hold_out) * self.rounds


@dataclass(frozen=True, slots=True)
class Guide:
    """How it is led: pages without time pressure, a timer of `seconds`, or a breath to follow."""

    kind: GuideKind = GuideKind.PAGES
    seconds: int = 0
    breath: Breath | None = None


@dataclass(frozen=True, slots=True)
class Source:
    tier: Tier
    organisation: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step is one page when it is guided; `number` counts from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    when: Variation
    text: str


@dataclass(frozen=True, slots=True)
class Minutes:
    least: int
    most: int

    @property
    def words(self) -> str:
        if self.least == self.most:
            return plural("{n} minute", "{n} minutes", self.most)
        return _("{least} to {most} minutes").format(least=self.least, most=self.most)

    @property
    def short(self) -> str:
        """ "2–5 min", for a list."""
        if self.least == self.most:
            return _("{n} min").format(n=self.most)
        return _("{least}–{most} min").format(least=self.least, most=self.most)


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity, as its file has it.

    `from_months` narrows the first of `ages`. `safety` names rules; `stay_safe` says them in words. `art` is a
    picture of plain characters, `art_says` the same in words; `print` says what its print-out shows.
    """

    id: str
    title: str
    category: Category
    ages: tuple[AgeBand, ...]
    minutes: Minutes
    energy: Energy
    position: Position
    cost: Cost
    where: tuple[Setting, ...]
    place: Place
    season: Season
    children: Company
    mess: Mess
    noise: Noise
    one_line: str
    steps: tuple[Step, ...]
    helps_child: str
    helps_you: str
    stay_safe: tuple[str, ...]
    sources: tuple[Source, ...]
    also: tuple[Category, ...] = ()
    from_months: int | None = None
    needs: tuple[str, ...] = ()
    made_for_apart: bool = False
    builds_child: tuple[ChildBuilds, ...] = ()
    builds_parent: tuple[ParentBuilds, ...] = ()
    guide: Guide = Guide()
    safety: tuple[Safety, ...] = ()
    changes: tuple[Change, ...] = ()
    art: str = ""
    art_says: str = ""
    print: str = ""
    language: str = "en"
    status: Status = Status.DRAFT
    reviewed_by: str = ""
    reviewed_on: date | None = None

    def change(self, when: Variation) -> str:
        """The "Change it" line for that case; "" where there is none."""
        return next((change.text for change in self.changes if change.when is when), "")

    def suits(self, child: Stage) -> bool:
        """Whether it is written for a child of that stage; one of unknown age suits any, a grown one a teen's."""
        if child.band is None:
            return child.months is None or AgeBand.YEARS_13_17 in self.ages
        return child.band in self.ages and (self.from_months is None or child.known_months >= self.from_months)

    @property
    def ages_words(self) -> str:
        """Its bands in words, those that follow each other joined: "3 to 12 years"."""
        bands = list(AgeBand)
        runs: list[list[AgeBand]] = []
        for band in sorted(self.ages, key=bands.index):
            if runs and band is not AgeBand.MONTHS_0_5 and bands.index(band) == bands.index(runs[-1][-1]) + 1:
                runs[-1].append(band)
            else:
                runs.append([band])
        return ", ".join(_run_words(run, self.from_months if run is runs[0] else None) for run in runs)


def _run_words(run: Sequence[AgeBand], from_months: int | None) -> str:
    if run == [AgeBand.PRENATAL]:
        return AgeBand.PRENATAL.label
    first = run[0].months[0] if from_months is None else from_months
    last = run[-1].months[1]
    if last <= 12:
        return _("{first} to {last} months").format(first=first, last=last)
    if first and (first < 12 or first % 12):
        return _("{first} months to {last} years").format(first=first, last=last // 12 - 1)
    return _("{first} to {last} years").format(first=first // 12, last=last // 12 - 1)


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
