"""Which activities are offered: safe for everyone there, within her energy, and not the same one every day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.activity import (
    Activity,
    Category,
    Company,
    Cost,
    Energy,
    EnergyToday,
    Mess,
    Minutes,
    Noise,
    Place,
    Position,
    Safety,
    Season,
    Setting,
    Status,
    Step,
)
from companion.domain.child import AgeBand, Stage
from companion.domain.diary import Done
from companion.domain.fitting import fits
from companion.domain.safety import DANGER_UNTIL, NOT_WHEN_SLEEPY

TODAY = date(2026, 11, 21)
BABY, TODDLER, FOUR = Stage(AgeBand.MONTHS_0_5, 2), Stage(AgeBand.YEARS_1_2, 20), Stage(AgeBand.YEARS_3_5, 50)
TEN = Stage(AgeBand.YEARS_9_12, 125)


def activity(name: str = "one", **fields: object) -> Activity:
    base = Activity(
        id=name,
        title=name,
        category=Category.CALM,
        ages=tuple(AgeBand),
        minutes=Minutes(3, 5),
        energy=Energy.LOW,
        position=Position.SIT,
        cost=Cost.FREE,
        where=(Setting.HOME,),
        place=Place.INDOOR,
        season=Season.ANY,
        children=Company.ONE_OR_MORE,
        mess=Mess.NONE,
        noise=Noise.QUIET,
        one_line="",
        steps=(Step(1, "Sit."),),
        helps_child="",
        helps_you="",
        stay_safe=(),
        sources=(),
        status=Status.LIVE,
    )
    return replace(base, **fields)  # type: ignore[arg-type]


def offered(
    activities: Iterable[Activity], energy: EnergyToday = EnergyToday.LITTLE, today: date = TODAY, **ask: object
) -> list[str]:
    return [offer.activity.id for offer in fits(activities, energy=energy, today=today, **ask)]  # type: ignore[arg-type]


def done(name: str, days_ago: int) -> Done:
    return Done("d", name, TODAY - timedelta(days=days_ago), datetime(2026, 11, 1, tzinfo=UTC), "UTC")


def test_a_draft_is_never_offered() -> None:
    assert offered([activity(status=Status.DRAFT)]) == []


@pytest.mark.parametrize(
    ("has", "asks", "fit"),
    [
        (EnergyToday.VERY_SLEEPY, Energy.LOW, True),
        (EnergyToday.VERY_SLEEPY, Energy.MEDIUM, False),
        (EnergyToday.LITTLE, Energy.LOW, True),
        (EnergyToday.LITTLE, Energy.MEDIUM, False),
        (EnergyToday.LITTLE, Energy.HIGH, False),
        (EnergyToday.SOME, Energy.MEDIUM, True),
        (EnergyToday.SOME, Energy.HIGH, False),
        (EnergyToday.LOTS, Energy.HIGH, True),
        (EnergyToday.LOTS, Energy.LOW, True),
    ],
)
def test_nothing_asks_for_more_energy_than_she_has(has: EnergyToday, asks: Energy, fit: bool) -> None:
    assert bool(offered([activity(energy=asks)], has)) is fit


def test_the_energy_she_has_is_used_first() -> None:
    library = [activity("low"), activity("middle", energy=Energy.MEDIUM), activity("high", energy=Energy.HIGH)]
    assert set(offered(library, EnergyToday.LOTS)[:2]) == {"high", "middle"}
    assert offered(library, EnergyToday.LOTS)[2] == "low"


@pytest.mark.parametrize("rule", sorted(NOT_WHEN_SLEEPY))
def test_very_sleepy_offers_nothing_that_could_end_badly(rule: Safety) -> None:
    library = [activity(safety=(rule,))]
    assert offered(library, EnergyToday.VERY_SLEEPY, children=[TEN]) == []
    assert offered(library, EnergyToday.LITTLE, children=[TEN]) == ["one"]


def test_very_sleepy_holds_no_baby_baths_nobody_cooks_nothing_drives_nowhere() -> None:
    assert {"awake-hold", "lift", "carrier", "water", "hot", "no-drive"} <= NOT_WHEN_SLEEPY
    for fields in ({"category": Category.KITCHEN}, {"position": Position.MOVING}):
        assert offered([activity(**fields)], EnergyToday.VERY_SLEEPY) == []


def test_very_sleepy_never_lies_down_beside_a_baby() -> None:
    library = [activity(position=Position.LYING)]
    assert offered(library, EnergyToday.VERY_SLEEPY, children=[BABY]) == []
    assert offered(library, EnergyToday.VERY_SLEEPY, children=[FOUR], nearby=[BABY]) == []
    assert offered(library, EnergyToday.VERY_SLEEPY) == []
    assert offered(library, EnergyToday.VERY_SLEEPY, children=[FOUR]) == ["one"]
    assert offered(library, EnergyToday.VERY_SLEEPY, children=[Stage(AgeBand.PRENATAL)]) == ["one"]


@pytest.mark.parametrize("rule", sorted(DANGER_UNTIL))
def test_a_younger_child_in_the_room_keeps_its_dangers_away(rule: Safety) -> None:
    library = [activity(ages=(AgeBand.YEARS_6_8, AgeBand.YEARS_9_12), safety=(rule,))]
    assert offered(library, children=[TEN], nearby=[BABY]) == []
    assert offered(library, children=[TEN], nearby=[Stage(None)]) == []
    assert offered(library, children=[TEN], nearby=[Stage(AgeBand.PRENATAL)]) == ["one"]
    assert offered(library, children=[TEN], nearby=[Stage(AgeBand.YEARS_3_5, 48)]) == ["one"]


def test_what_is_written_for_the_younger_child_stays() -> None:
    library = [activity(ages=(AgeBand.YEARS_1_2, AgeBand.YEARS_9_12), safety=(Safety.CHOKE_SMALL,))]
    assert offered(library, children=[TEN], nearby=[TODDLER]) == ["one"]
    older = [replace(library[0], from_months=30)]
    assert offered(older, children=[TEN], nearby=[TODDLER]) == []


def test_every_child_who_takes_part_is_in_its_ages() -> None:
    library = [
        activity("small", ages=(AgeBand.YEARS_3_5,)),
        activity("both", ages=(AgeBand.YEARS_3_5, AgeBand.YEARS_9_12)),
    ]
    assert set(offered(library, children=[FOUR])) == {"small", "both"}
    assert offered(library, children=[FOUR, TEN]) == ["both"]
    assert offered(library, children=[BABY, TEN]) == []


def test_a_first_month_inside_the_band_counts() -> None:
    library = [activity(ages=(AgeBand.YEARS_1_2, AgeBand.YEARS_3_5), from_months=24)]
    assert offered(library, children=[Stage(AgeBand.YEARS_1_2, 23)]) == []
    assert offered(library, children=[Stage(AgeBand.YEARS_1_2, 24)]) == ["one"]
    assert offered(library, children=[Stage(AgeBand.YEARS_1_2)]) == []
    assert offered(library, children=[FOUR]) == ["one"]


def test_for_one_child_is_not_offered_to_two() -> None:
    library = [activity(children=Company.ONE)]
    assert offered(library, children=[FOUR]) == ["one"]
    assert offered(library, children=[FOUR, TEN]) == []


def test_a_child_of_unknown_age_gets_only_what_is_safe_for_the_smallest() -> None:
    library = [activity("safe"), activity("small", safety=(Safety.CHOKE_SMALL,))]
    assert offered(library, children=[Stage(None)]) == ["safe"]


def test_a_grown_child_gets_what_is_for_teens() -> None:
    library = [activity("small", ages=(AgeBand.YEARS_3_5,)), activity("teen", ages=(AgeBand.YEARS_13_17,))]
    assert offered(library, children=[Stage(None, 240)]) == ["teen"]
    assert offered([activity(safety=(Safety.CHOKE_SMALL,))], nearby=[Stage(None, 240)]) == ["one"]


def test_time_and_place_are_kept_to() -> None:
    library = [
        activity("short"),
        activity("long", minutes=Minutes(15, 30)),
        activity("stretches", minutes=Minutes(5, 15)),
        activity("park", place=Place.OUTDOOR, where=(Setting.OUTDOORS,)),
        activity("call", place=Place.EITHER, where=(Setting.VIDEO_CALL,), made_for_apart=True),
    ]
    assert set(offered(library, minutes=5, setting=Setting.HOME)) == {"short", "stretches"}
    assert offered(library, setting=Setting.VIDEO_CALL) == ["call"]
    assert offered(library, place=Place.OUTDOOR) == ["park", "call"]
    assert offered(library)[-1] == "call"


def test_with_a_child_there_what_is_for_her_alone_comes_last() -> None:
    library = [activity("alone", children=Company.SOLO), activity("both", needs=("paper",), cost=Cost.HOUSEHOLD)]
    assert offered(library, children=[FOUR]) == ["both", "alone"]
    assert offered(library, children=[Stage(AgeBand.PRENATAL)])[0] in {"alone", "both"}


def test_with_little_energy_what_needs_nothing_comes_first() -> None:
    library = [activity("things", needs=("paper",), cost=Cost.HOUSEHOLD), *(activity(f"free{n}") for n in range(3))]
    assert offered(library)[-1] == "things"


def test_what_was_done_this_week_comes_after_what_is_as_good() -> None:
    library = [activity(f"a{n}") for n in range(5)]
    first = offered(library)[0]
    assert offered(library, history=[done(first, 3)])[-1] == first
    assert offered(library, history=[done(first, 7)])[0] == first


@given(st.integers(2, 9), st.integers(0, 3000))
@settings(max_examples=80)
def test_two_days_in_a_row_begin_differently(count: int, day: int) -> None:
    library = [activity(f"a{n}") for n in range(count)]
    today = TODAY + timedelta(days=day)
    first, same, tomorrow = (offered(library, today=d)[0] for d in (today, today, today + timedelta(days=1)))
    assert first == same != tomorrow


@given(st.integers(0, 3000), st.booleans())
@settings(max_examples=60)
def test_a_best_one_that_stands_alone_takes_turns_with_the_next_best(day: int, was_done: bool) -> None:
    library = [activity("best"), *(activity(f"b{n}", needs=("paper",)) for n in range(3))]
    today = TODAY + timedelta(days=day)
    history = [Done("d", "best", today, datetime(2026, 11, 1, tzinfo=UTC), "UTC")] if was_done else []
    days = [offered(library, today=today + timedelta(days=n), history=history) for n in range(2)]
    assert days[0][0] != days[1][0]
    assert "best" in days[0][:2]
    assert not was_done or days[0][0] != "best"


def test_every_good_one_leads_some_day() -> None:
    library = [activity(f"a{n}") for n in range(7)]
    leaders = {offered(library, today=TODAY + timedelta(days=n))[0] for n in range(16)}
    assert leaders == {a.id for a in library}


def test_the_reason_is_said_in_words() -> None:
    (offer,) = fits([activity(position=Position.LYING)], energy=EnergyToday.LITTLE, today=TODAY)
    assert offer.reason == "You can lie down. Nothing to get ready. 3 to 5 minutes, and new to you."
    (offer,) = fits(
        [activity(needs=("paper",))], energy=EnergyToday.LITTLE, today=TODAY, history=[done("one", 1), done("one", 9)]
    )
    assert offer.reason == "You can stay seated. You did it 1 day ago."


@pytest.mark.parametrize(
    ("ages", "from_months", "words"),
    [
        (("prenatal",), None, "before birth"),
        (("0-6mo",), None, "0 to 6 months"),
        (("0-6mo", "6-12mo"), None, "0 to 12 months"),
        (("0-6mo", "6-12mo", "1-2y"), 3, "3 months to 2 years"),
        (("1-2y", "3-5y"), None, "1 to 5 years"),
        (("1-2y", "3-5y"), 24, "2 to 5 years"),
        (("1-2y", "3-5y"), 18, "18 months to 5 years"),
        (("prenatal", "0-6mo", "1-2y", "3-5y"), None, "before birth, 0 to 6 months, 1 to 5 years"),
    ],
)
def test_ages_in_words(ages: tuple[str, ...], from_months: int | None, words: str) -> None:
    assert activity(ages=tuple(map(AgeBand, ages)), from_months=from_months).ages_words == words
