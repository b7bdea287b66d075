"""The line that adds an appointment: shown with every key as read, stored with Enter, or carried into the form."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from app_kit import SIZES, running, session, shown
from conftest import NASTY
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from companion.app import CompanionApp
from companion.domain.child import Child
from companion.domain.clock import FixedClock
from companion.launcher import Ended
from companion.screens.calendar import CalendarScreen
from companion.screens.event_form import EventForm
from companion.screens.quick_add import QuickAddForm
from companion.screens.today import TodayScreen
from companion.services.session import Session

TODAY = date(2026, 11, 21)
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def clock() -> FixedClock:
    """Saturday 21 November 2026, 9:00 am in New York."""
    return FixedClock(datetime(2026, 11, 21, 14, 0, tzinfo=UTC))


@pytest.fixture
def opened(clock: FixedClock) -> Session:
    return session(clock)


async def keys(pilot: Pilot[None], *names: str) -> None:
    """Press keys; what begins with an apostrophe is typed as text."""
    for name in names:
        await pilot.press(*(name[1:] if name.startswith("'") else (name,)))
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def line(pilot: Pilot[None]) -> QuickAddForm:
    screen: Any = pilot.app.screen
    assert isinstance(screen, QuickAddForm), type(screen).__name__
    return screen


async def test_it_is_shown_with_every_key_and_enter_stores_what_is_shown(opened: Session) -> None:
    async with running(opened) as pilot:
        await keys(pilot, "a", "'group every tue 6")
        assert "6 is read as 6:00 pm. For the morning type 6am." in shown(pilot)
        await keys(pilot, "'pm-7:30 at Mill St for 12 weeks")
        text = shown(pilot)
        assert "Tuesdays 6:00–7:30 pm, 12 times, Nov 24 – Feb 9, at Mill St" in text
        assert "Group · group therapy" in text and "is read as" not in text
        assert "Enter adds it · Tab opens the form · Esc goes back" in text
        await keys(pilot, "enter")
        assert isinstance(pilot.app.screen, CalendarScreen)
        (notice,) = pilot.app._notifications
        assert notice.message.startswith("Group is on the calendar: Tuesdays 6:00–7:30 pm, 12 times, Nov 24 – Feb 9.")
        assert "Tuesday, Nov 24" in shown(pilot)
        assert opened.planner.next_undo() == "added Group"
        await keys(pilot, "ctrl+z")
        assert opened.planner.all_events() == []


async def test_what_is_added_for_today_is_seen_where_she_is(opened: Session) -> None:
    async with running(opened) as pilot:
        await keys(pilot, "a", "'counselling 2pm", "enter")
        assert isinstance(pilot.app.screen, TodayScreen)
        assert "2:00–2:50 pm" in shown(pilot)


async def test_what_cannot_be_read_waits_and_says_why(opened: Session) -> None:
    async with running(opened) as pilot:
        await keys(pilot, "a", "enter")
        assert "What is it?" in shown(pilot)
        await keys(pilot, "'visit feb 30 2pm")
        assert "Not yet: February has 29 days." in shown(pilot)
        assert "Enter adds it" not in shown(pilot)
        await keys(pilot, "enter")
        assert "February has 29 days." in shown(pilot) and "Not yet" not in shown(pilot)
        assert line(pilot).has_class("-wrong") or line(pilot).field("sentence").has_class("-wrong")
        await keys(pilot, *["backspace"] * 6, "'28 2pm")
        assert "February has 29 days" not in shown(pilot) and "Enter adds it" in shown(pilot)
        await keys(pilot, "enter")
    assert [o.title for o in opened.planner.on(date(2027, 2, 28))] == ["Visit"]


async def test_tab_opens_the_form_with_what_was_read(opened: Session) -> None:
    async with running(opened) as pilot:
        await keys(pilot, "2", "a", "'group tue at 6 at Mill St childcare grandma bring ID, slip", "tab")
        form: Any = pilot.app.screen
        assert isinstance(form, EventForm)
        values = form.values()
        assert (values["title"], values["kind"], values["start"]) == ("Group", "group-therapy", "6:00 pm")
        assert (values["day"], values["length"], values["bring"]) == ("Tue, Nov 24, 2026", "", "ID, slip")
        assert (values["location"], values["care_who"], values["care_needed"]) == ("Mill St", "Grandma", "yes")
        assert "6 is read as 6:00 pm." in shown(pilot)
        form.field("provider").fill("Riverside")
        await keys(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, CalendarScreen)
        assert pilot.app.screen.day_to_add() == TUESDAY
    (group,) = opened.planner.on(TUESDAY)
    assert (group.event.provider, group.start.hour, group.title) == ("Riverside", 18, "Group")
    assert opened.drafts.get("quick add") is None and opened.drafts.get("event") is None


async def test_the_form_asks_for_the_time_that_the_line_did_not_say(opened: Session) -> None:
    async with running(opened) as pilot:
        await keys(pilot, "a", "'dentist tue")
        assert "No time is said: it stands all day." in shown(pilot)
        await keys(pilot, "tab")
        assert "stands all day" not in shown(pilot)
        await keys(pilot, "ctrl+s")
        assert "It has no time yet." in shown(pilot)
        await keys(pilot, "'3pm", "ctrl+s")
    (dentist,) = opened.planner.on(TUESDAY)
    assert (dentist.start.hour, dentist.event.all_day) == (15, False)


async def test_what_is_wrong_in_the_line_is_said_beside_its_field(opened: Session) -> None:
    async with running(opened) as pilot:
        await keys(pilot, "a", "'group feb 30 25:00", "tab")
        text = shown(pilot)
        assert "February has 29 days." in text and "25:00 is not a time." in text


async def test_going_back_from_the_form_comes_back_to_the_line(opened: Session) -> None:
    async with running(opened) as pilot:
        await keys(pilot, "a", "'group tue 6pm", "tab", "escape")
        assert line(pilot).values() == {"sentence": "group tue 6pm"}
        await keys(pilot, "enter")
        assert isinstance(pilot.app.screen, CalendarScreen)
        await keys(pilot, "a", "tab")
        assert "You began this before" not in shown(pilot)
    assert len(opened.planner.on(TUESDAY)) == 1


async def test_an_empty_line_opens_an_empty_form(opened: Session) -> None:
    async with running(opened) as pilot:
        await keys(pilot, "2", "right", "a", "tab")
        form: Any = pilot.app.screen
        assert isinstance(form, EventForm)
        assert (form.values()["day"], form.values()["title"]) == ("Sun, Nov 22, 2026", "")


async def test_without_a_day_it_goes_on_the_day_that_was_chosen(opened: Session) -> None:
    async with running(opened) as pilot:
        await keys(pilot, "2", "g", "'tue", "enter", "a", "'group 6pm")
        assert "No day is said: it goes on the day you chose, Tue, Nov 24." in shown(pilot)
        await keys(pilot, "enter")
    assert [o.title for o in opened.planner.on(TUESDAY)] == ["Group"]


@pytest.mark.parametrize("view", ["month", "week", "day", "list"])
async def test_the_next_letter_acts_on_what_was_added(opened: Session, view: str) -> None:
    opened.change_settings(calendar_view=view)
    async with running(opened) as pilot:
        await keys(pilot, "a", "'court tue 9am", "enter", "a", "'group every tue 6pm", "enter")
        screen: Any = pilot.app.screen
        assert isinstance(screen, CalendarScreen)
        assert screen.chosen().title == "Group"
        await keys(pilot, "a", "'dentist tue 2pm", "enter", "x")
    assert [o.title for o in opened.planner.on(TUESDAY) if o.cancelled] == ["Dentist"]


async def test_esc_loses_nothing_and_f8_brings_it_back(opened: Session) -> None:
    async with running(opened) as pilot:
        await keys(pilot, "a", "'group tue", "escape")
        assert isinstance(pilot.app.screen, TodayScreen)
        await keys(pilot, "a")
        assert "You began this before. F8 brings it back." in shown(pilot)
        await keys(pilot, "f8", "' 6pm")
        assert line(pilot).values() == {"sentence": "group tue 6pm"}
        assert "Tuesday, Nov 24, 6:00–7:30 pm" in shown(pilot)
        await keys(pilot, "enter")
        await keys(pilot, "a")
        assert "You began this before" not in shown(pilot)


async def test_hiding_and_locking_keep_the_line(opened: Session) -> None:
    async with running(opened) as pilot:
        app = pilot.app
        assert isinstance(app, CompanionApp)
        await pilot.press("a", *"group tue")
        app.lock()
        assert opened.drafts.get("quick add") == {"sentence": "group tue"}
        assert app.return_code == Ended.LOCKED


async def test_the_children_and_the_clock_of_the_profile_count(opened: Session) -> None:
    opened.people.put_child(Child("leo", "Leo", born=date(2020, 1, 1)))
    opened.change_settings(hours24=True, month_first=False)
    async with running(opened) as pilot:
        await keys(pilot, "a")
        assert "check-up for" in shown(pilot)
        await keys(pilot, "'check-up for leo 3/4 at 6")
        text = shown(pilot)
        assert "Saturday, Apr 3, 2027, 06:00–06:30" in text and "for Leo" in text
        assert "For March 4 type mar 4." in text


async def test_what_means_harm_is_only_text(opened: Session) -> None:
    async with running(opened) as pilot:
        for hour, nasty in enumerate(NASTY, 1):
            await keys(pilot, "a")
            pilot.app.screen.post_message(events.Paste(f"x{nasty}"))
            await keys(pilot, f"' today {hour}pm", "enter")
            assert "\x1b" not in shown(pilot)
            assert isinstance(pilot.app.screen, TodayScreen)
    titles = [o.title for o in opened.planner.on(TODAY)]
    assert len(titles) == len(NASTY) and all(title.startswith("X") for title in titles)


@pytest.mark.parametrize("size", SIZES)
async def test_the_line_that_is_typed_in_stays_in_its_place(opened: Session, size: tuple[int, int]) -> None:
    async with running(opened, size=size) as pilot:
        await keys(pilot, "a")
        rows = set()
        for word in ["'sun ", " 'group ", " 'tue ", " 'at ", " '6 ", " 'every ", " '2nd ", " 'tue "]:
            await keys(pilot, word.strip(" ") + " ")
            rows.add(line(pilot).query_one(Input).region.y)
        assert len(rows) == 1
