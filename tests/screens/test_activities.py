"""Three keys from Today to the first step of something that fits, and one more to note it."""

from __future__ import annotations

from datetime import date

import pytest
from app_kit import SIZES, running, session, shown

from companion.domain.activity_terms import Setting
from companion.domain.child import Child
from companion.domain.clock import FixedClock
from companion.screens.activities import ActivitiesScreen
from companion.screens.steps import StepsScreen

AGES = {
    "prenatal": Child("c", "Baby", due=date(2027, 2, 1)),
    "newborn": Child("c", "A.", born=date(2026, 10, 1)),
    "eight months": Child("c", "B.", born=date(2026, 3, 2)),
    "two years": Child("c", "C.", born=date(2024, 10, 1)),
    "four years": Child("c", "D.", born=date(2022, 6, 1)),
    "seven years": Child("c", "E.", born=date(2019, 6, 1)),
    "ten years": Child("c", "F.", born=date(2016, 6, 1)),
    "fifteen years": Child("c", "G.", born=date(2011, 6, 1)),
}


@pytest.mark.parametrize("age", AGES)
async def test_three_keys_start_something_for_the_youngest_with_little_energy(clock: FixedClock, age: str) -> None:
    opened = session(clock, child=False)
    child = opened.people.put_child(AGES[age])
    async with running(opened) as pilot:
        await pilot.press("3")
        await pilot.app.workers.wait_for_complete()
        await pilot.press("l", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, StepsScreen)
        text = shown(pilot)
        assert "step 1 of" in text and child.name in text and "Stay safe" in text
        await pilot.press("d")
        await pilot.pause()
    (done,) = opened.diary.recent()
    assert done.children == ("c",)
    assert done.day == date(2026, 11, 21)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_how_much_she_has_can_be_clicked(clock: FixedClock, size: tuple[int, int]) -> None:
    async with running(session(clock), size=size) as pilot:
        await pilot.press("3")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        for words in ("o lots", "v very sleepy"):
            rows = shown(pilot).splitlines()
            (y,) = (y for y, row in enumerate(rows) if words in row)
            await pilot.click(offset=(rows[y].index(words) + 3, y))
            await pilot.pause()
            assert f"[{words}]" in shown(pilot)


async def test_a_notice_does_not_cover_the_safety_line(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        await pilot.press("3")
        await pilot.app.workers.wait_for_complete()
        pilot.app.say("Visit is off the calendar. What has happened stays.")
        await pilot.press("enter")
        await pilot.pause()
        assert "Stay safe" in shown(pilot)
        assert "off the calendar" not in shown(pilot)


async def test_very_sleepy_offers_nothing_from_the_kitchen(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        await pilot.press("3")
        await pilot.app.workers.wait_for_complete()
        await pilot.press("v")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, ActivitiesScreen)
        assert screen._offers
        assert all(offer.activity.category.value != "kitchen" for offer in screen._offers)


async def test_a_place_narrows_the_list_and_nothing_fitting_is_said(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        await pilot.press("3")
        await pilot.app.workers.wait_for_complete()
        screen = pilot.app.screen
        assert isinstance(screen, ActivitiesScreen)
        screen._place_chosen(Setting.VISIT_ROOM.value)
        await pilot.pause()
        assert screen._offers
        assert all(Setting.VISIT_ROOM in offer.activity.where for offer in screen._offers)
        screen._place_chosen(Setting.LETTER.value)
        screen._time_chosen(2)
        await pilot.pause()
        if not screen._offers:
            assert "Nothing fits" in shown(pilot)


async def test_steps_go_on_and_back_and_can_be_left(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        await pilot.press("3")
        await pilot.app.workers.wait_for_complete()
        await pilot.press("enter")
        await pilot.pause()
        first = shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "step 2 of" in shown(pilot)
        await pilot.press("b")
        await pilot.pause()
        assert shown(pilot) == first
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ActivitiesScreen)
    assert opened.diary.recent() == []


async def test_a_done_activity_can_be_taken_back(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        await pilot.press("b", "d")
        await pilot.pause()
        assert len(opened.diary.recent()) == 1
        await pilot.press("ctrl+z")
        await pilot.pause()
    assert opened.diary.recent() == []


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_shows_the_question_and_an_offer(clock: FixedClock, size: tuple[int, int]) -> None:
    async with running(session(clock), size=size) as pilot:
        await pilot.press("3")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        text = shown(pilot)
    assert "How much do you have today?" in text


async def test_without_a_child_every_age_is_shown(clock: FixedClock) -> None:
    async with running(session(clock, child=False)) as pilot:
        await pilot.press("3")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "Any age" in shown(pilot)


async def test_everything_about_an_activity_is_one_key_away(clock: FixedClock) -> None:
    async with running(session(clock), size=(80, 60)) as pilot:
        await pilot.press("3")
        await pilot.app.workers.wait_for_complete()
        await pilot.press("k")
        await pilot.pause()
        text = shown(pilot)
        for words in ("What to do", "Your child:", "Stay safe", "Change it", "Where this comes from"):
            assert words in text
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, StepsScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ActivitiesScreen)
