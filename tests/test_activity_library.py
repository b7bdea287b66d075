"""The activities themselves: one case a file, and what the library covers."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from companion.domain.activity import (
    Activity,
    Category,
    Company,
    Energy,
    EnergyToday,
    Position,
    Safety,
    Setting,
    Status,
    Tier,
)
from companion.domain.child import AgeBand, Stage
from companion.domain.fitting import fits
from companion.domain.safety import NOT_WHEN_SLEEPY
from companion.formats.activity_check import check_file
from companion.formats.activity_file import activities_folder, load_library

FOLDER = activities_folder()
FILES = sorted(FOLDER.glob("*/*.md"))
ALL = load_library(FOLDER).activities
LIVE = [activity for activity in ALL.values() if activity.status is Status.LIVE]
TODAY = date(2026, 11, 21)
BABIES = {AgeBand.MONTHS_0_5, AgeBand.MONTHS_6_11}


@pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}/{path.name}" for path in FILES])
def test_the_check_finds_nothing_at_all(path: Path) -> None:
    assert [str(finding) for finding in check_file(path, FOLDER)] == []


def test_every_file_is_loaded() -> None:
    assert load_library(FOLDER).findings == ()
    assert len(ALL) == len(FILES)


def test_there_are_enough_for_everybody() -> None:
    assert len(LIVE) >= 60
    bands = Counter(band for activity in LIVE for band in activity.ages)
    assert min(bands[band] for band in AgeBand) >= 6
    assert {activity.category for activity in LIVE} == set(Category)
    where = Counter(setting for activity in LIVE for setting in activity.where)
    assert min(where[setting] for setting in (Setting.VIDEO_CALL, Setting.VISIT_ROOM, Setting.CAR_WAITING)) >= 30
    assert sum(activity.position is Position.LYING for activity in LIVE) >= 4
    assert sum(activity.made_for_apart for activity in LIVE) >= 3
    assert sum(activity.energy is Energy.LOW and activity.minutes.most <= 10 for activity in LIVE) >= 45


@pytest.mark.parametrize("activity", LIVE, ids=lambda a: a.id)
def test_what_is_live_rests_on_a_source_and_no_open_question(activity: Activity) -> None:
    assert activity.sources[0].tier in (Tier.A, Tier.B)
    assert Safety.VISIT_RULES not in activity.safety or activity.reviewed_by
    assert activity.stay_safe
    assert activity.changes


@pytest.mark.parametrize("activity", LIVE, ids=lambda a: a.id)
def test_what_holds_a_baby_is_marked_so(activity: Activity) -> None:
    text = " ".join((*(step.text for step in activity.steps), *(change.text for change in activity.changes))).casefold()
    if BABIES & set(activity.ages) and any(word in text for word in ("your lap", "in your arms", "hold your baby")):
        assert Safety.AWAKE_HOLD in activity.safety


@pytest.mark.parametrize("energy", EnergyToday)
@pytest.mark.parametrize("band", AgeBand)
def test_five_minutes_always_have_a_good_first_offer(energy: EnergyToday, band: AgeBand) -> None:
    firsts = []
    for day in range(28):
        offers = fits(LIVE, energy=energy, minutes=5, children=[Stage(band)], today=TODAY + timedelta(days=day))
        assert len(offers) >= 3
        first = offers[0].activity
        assert first.minutes.least <= 5
        assert Setting.HOME in first.where
        assert first.children is not Company.SOLO or band is AgeBand.PRENATAL
        assert not first.made_for_apart
        firsts.append(first.id)
    assert all(one != two for one, two in pairwise(firsts))
    assert len(set(firsts)) >= 2


@pytest.mark.parametrize("band", AgeBand)
def test_with_little_energy_it_is_little_that_is_offered(band: AgeBand) -> None:
    for offer in fits(LIVE, energy=EnergyToday.LITTLE, children=[Stage(band)], today=TODAY):
        assert offer.activity.energy is Energy.LOW
        assert band in offer.activity.ages


@pytest.mark.parametrize("band", AgeBand)
def test_very_sleepy_is_safe(band: AgeBand) -> None:
    for offer in fits(LIVE, energy=EnergyToday.VERY_SLEEPY, children=[Stage(band)], today=TODAY):
        assert not NOT_WHEN_SLEEPY & set(offer.activity.safety)
        assert offer.activity.category is not Category.KITCHEN
        assert offer.activity.position is not Position.MOVING
        assert band not in BABIES or offer.activity.position is not Position.LYING
        steps = " ".join(step.text for step in offer.activity.steps).casefold()
        assert not any(word in steps for word in ("hold your baby", "lap", "bath", "stove", "carry", "drive"))


def test_a_baby_in_the_room_keeps_small_things_away() -> None:
    ten, baby = Stage(AgeBand.YEARS_9_12, 125), Stage(AgeBand.MONTHS_6_11, 8)
    offered = fits(LIVE, energy=EnergyToday.SOME, children=[ten], nearby=[baby], today=TODAY)
    assert len(offered) >= 10
    assert "whats-missing" not in {offer.activity.id for offer in offered}
    assert "whats-missing" in {o.activity.id for o in fits(LIVE, energy=EnergyToday.SOME, children=[ten], today=TODAY)}
