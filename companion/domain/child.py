"""Children: age, corrected age, age band. Names may be initials; nothing about a child leaves the machine.

How an age is counted and read is in age.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from companion.domain.age import STILL_EXPECTED, Age, completed_months, parse_age
from companion.domain.language import _, plural

__all__ = [
    "Age",
    "AgeBand",
    "Child",
    "Stage",
    "age_band",
    "age_in_months",
    "age_words",
    "corrected_months",
    "parse_age",
    "stage",
    "weeks_early",
]

CORRECTED_UNTIL = 24  # months: from two years on, paediatricians count from the birthday again
EARLY_FROM_WEEKS = 3  # born before 37 weeks


class AgeBand(StrEnum):
    """The eight bands that activities are written for; no gaps between them."""

    PRENATAL = "prenatal"
    MONTHS_0_5 = "0-6mo"
    MONTHS_6_11 = "6-12mo"
    YEARS_1_2 = "1-2y"
    YEARS_3_5 = "3-5y"
    YEARS_6_8 = "6-8y"
    YEARS_9_12 = "9-12y"
    YEARS_13_17 = "13-17y"

    @property
    def months(self) -> tuple[int, int]:
        """First completed month that belongs to it, and the first that no longer does; (-1, 0) before birth."""
        return _MONTHS[self]

    @property
    def label(self) -> str:
        return _(_LABELS[self])


_MONTHS = {
    AgeBand.PRENATAL: (-1, 0),
    AgeBand.MONTHS_0_5: (0, 6),
    AgeBand.MONTHS_6_11: (6, 12),
    AgeBand.YEARS_1_2: (12, 36),
    AgeBand.YEARS_3_5: (36, 72),
    AgeBand.YEARS_6_8: (72, 108),
    AgeBand.YEARS_9_12: (108, 156),
    AgeBand.YEARS_13_17: (156, 216),
}
_LABELS = {
    AgeBand.PRENATAL: "before birth",
    AgeBand.MONTHS_0_5: "0 to 6 months",
    AgeBand.MONTHS_6_11: "6 to 12 months",
    AgeBand.YEARS_1_2: "1 and 2 years",
    AgeBand.YEARS_3_5: "3 to 5 years",
    AgeBand.YEARS_6_8: "6 to 8 years",
    AgeBand.YEARS_9_12: "9 to 12 years",
    AgeBand.YEARS_13_17: "13 to 17 years",
}


@dataclass(frozen=True, slots=True)
class Child:
    """`born` or `due` may be unknown. `weeks_early` is how long before the due date a baby came.

    `lives_here`: with her now. Where a child lives elsewhere, childcare is not asked about.
    """

    id: str
    name: str
    born: date | None = None
    due: date | None = None
    weeks_early: int = 0
    lives_here: bool = True
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """How far along a child is, as far as choosing an activity goes.

    `band` is None where the age is not known; `months` (corrected) where only a band was picked by hand. A parent
    may pick a younger band for a child with delays: `Stage(band)`.
    """

    band: AgeBand | None
    months: int | None = None

    @property
    def known_months(self) -> int:
        """The youngest this child may be, in months; -1 before birth, 0 where nothing is known."""
        if self.months is not None:
            return self.months
        return self.band.months[0] if self.band else 0


def weeks_early(child: Child) -> int:
    """How many weeks before the due date the baby came; 0 where that is not known or under three weeks.

    A number that was given is taken as it is.
    """
    if child.weeks_early or not (child.born and child.due):
        return child.weeks_early
    early = (child.due - child.born).days // 7
    return early if early >= EARLY_FROM_WEEKS else 0


def age_in_months(child: Child, today: date) -> int | None:
    """Completed months since birth; None before birth or where the birthday is not known."""
    if child.born is None or child.born > today:
        return None
    return completed_months(child.born, today)


def corrected_months(child: Child, today: date) -> int | None:
    """The age that play goes by: counted from the due date for a baby born early, until the second birthday."""
    months = age_in_months(child, today)
    if months is None or child.born is None or months >= CORRECTED_UNTIL:
        return months
    return max(0, completed_months(child.born + timedelta(weeks=weeks_early(child)), today))


def age_band(child: Child, today: date) -> AgeBand | None:
    """The band for `child`, by corrected age; None where the age is not known or the child is grown up."""
    months = corrected_months(child, today)
    if months is not None:
        return next((band for band in AgeBand if band.months[0] <= months < band.months[1]), None)
    if child.born is not None:
        return AgeBand.PRENATAL
    if child.due is not None and (today - child.due).days <= STILL_EXPECTED:
        return AgeBand.PRENATAL
    return None


def stage(child: Child, today: date) -> Stage:
    """Band and corrected months together, for choosing an activity."""
    return Stage(age_band(child, today), corrected_months(child, today))


def age_words(child: Child, today: date) -> str:
    """The age as people say it, not corrected: "8 weeks", "4 years", "due in 5 weeks"; "" where it is not known."""
    if child.born is not None and child.born <= today:
        days = (today - child.born).days
        months = completed_months(child.born, today)
        if days == 0:
            return _("born today")
        if days < 14:
            return plural("{n} day", "{n} days", days)
        if months < 3:
            return plural("{n} week", "{n} weeks", days // 7)
        if months < 24:
            return plural("{n} month", "{n} months", months)
        return plural("{n} year", "{n} years", months // 12)
    due = child.born or child.due
    if due is None:
        return ""
    days = (due - today).days
    if days >= 14:
        return plural("due in {n} week", "due in {n} weeks", days // 7)
    if days > 1:
        return plural("due in {n} day", "due in {n} days", days)
    if days == 1:
        return _("due tomorrow")
    if days == 0:
        return _("due today")
    return _("due any day now") if -days <= STILL_EXPECTED else ""
