"""Activities, as nouns. Which of them fit now is in fitting.py.

An activity comes from a file in activities/ (formats/activity_file.py reads it, activities/README.md says how to
write one). Its text is English at US grade 5 or a translation; the labels of its fields are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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
from companion.domain.language import _, plural
from companion.domain.safety import Safety

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
]


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
