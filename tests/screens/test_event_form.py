"""The appointment form: typed as people type, understood at once, wrong only in words, and never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from app_kit import HOUR, TUESDAYS, event, running, session, shown
from conftest import NASTY, ZONE
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input
from vault_kit import make, unlock

from companion.app import CompanionApp
from companion.domain.child import Child
from companion.domain.clock import FixedClock
from companion.domain.event import Childcare, Event, Logistics, Occurrence, Override, Ride
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday, end_of, normal
from companion.messages import ProfileOpened
from companion.screens.calendar import CalendarScreen
from companion.screens.event_fields import names_of, picked
from companion.screens.event_form import EventForm
from companion.screens.event_values import Reading, event_from, event_values, guess_kind, new_event
from companion.screens.form import Field
from companion.screens.occurrence_acts import Reach
from companion.services.session import Session
from companion.terminal import Ended

TODAY = date(2026, 11, 21)
READING = Reading(TODAY, zone=ZONE, month_first=True)
SIX = datetime(2026, 11, 24, 18)


@pytest.fixture
def clock() -> FixedClock:
    """Saturday 21 November 2026, 9:00 am in New York."""
    return FixedClock(datetime(2026, 11, 21, 14, 0, tzinfo=UTC))


def made(**values: str) -> tuple[Event | None, dict[str, str]]:
    return event_from({"title": "Group", "start": "6pm", **values}, new_event(date(2026, 11, 24), READING), READING)


def good(**values: str) -> Event:
    event, errors = made(**values)
    assert event is not None, errors
    return event


# Values, without a screen


def test_a_name_a_day_and_a_time_are_enough() -> None:
    group = good(day="tue", kind="group-therapy")
    assert (group.start, group.duration, group.zone) == (SIX, timedelta(minutes=90), ZONE)
    assert group.rule is None and group.reminders is None


def test_the_end_can_be_a_time_or_a_length() -> None:
    assert good(length="7:30").duration == timedelta(minutes=90)
    assert good(length="until 8 pm").duration == 2 * HOUR
    assert good(length="50 min").duration == timedelta(minutes=50)
    assert good(start="10pm", length="1am").duration == 3 * HOUR


def test_all_day_lasts_whole_days() -> None:
    one = good(all_day="yes", start="")
    assert (one.start, one.duration, one.all_day) == (datetime(2026, 11, 24), timedelta(days=1), True)
    assert good(all_day="yes", last_day="fri").duration == timedelta(days=4)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": ""}, "title"),
        ({"day": "soon"}, "day"),
        ({"start": "6"}, "start"),
        ({"start": ""}, "start"),
        ({"length": "long"}, "length"),
        ({"all_day": "yes", "last_day": "2026-01-01"}, "last_day"),
        ({"repeat": "week", "weekdays": "02"}, "day"),
        ({"repeat": "day", "ends": "date", "until": "2026-01-01"}, "until"),
        ({"repeat": "day", "ends": "date", "until": ""}, "until"),
        ({"repeat": "day", "ends": "times", "times": "many"}, "times"),
        ({"leave_by": "later"}, "leave_by"),
        ({"reminders": "1 day, 2 hours, 5 min"}, "reminders"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(values: dict[str, str], field: str) -> None:
    event, errors = made(**values)
    assert event is None
    assert list(errors) == [field] and errors[field].endswith(".")


def test_everything_that_is_wrong_is_said_at_once() -> None:
    _event, errors = made(title="", day="soon", start="6", leave_by="later")
    assert set(errors) == {"title", "day", "start", "leave_by"}


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"repeat": "day"}, RecurrenceRule(Frequency.DAILY)),
        ({"repeat": "weekdays"}, RecurrenceRule(Frequency.WEEKLY, by_day=tuple(map(Weekday, range(5))))),
        ({"repeat": "week", "weekdays": "13"}, RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1), Weekday(3)))),
        ({"repeat": "2 weeks", "weekdays": "1"}, RecurrenceRule(Frequency.WEEKLY, 2, by_day=(Weekday(1),))),
        ({"repeat": "month date"}, RecurrenceRule(Frequency.MONTHLY, by_month_day=(24,))),
        ({"repeat": "month weekday"}, RecurrenceRule(Frequency.MONTHLY, by_day=(Weekday(1, 4),))),
        ({"repeat": "month last weekday"}, RecurrenceRule(Frequency.MONTHLY, by_day=(Weekday(1, -1),))),
        (
            {"repeat": "week", "weekdays": "1", "ends": "times", "times": "12"},
            RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1),), count=12),
        ),
        (
            {"repeat": "week", "weekdays": "1", "ends": "date", "until": "dec 18"},
            RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1),), until=end_of(date(2026, 12, 18))),
        ),
    ],
)
def test_each_repeat_that_can_be_chosen_comes_out_and_goes_back_in(
    values: dict[str, str], rule: RecurrenceRule
) -> None:
    chosen = good(**values)
    assert chosen.rule is not None and normal(chosen.rule, chosen.start) == normal(rule, chosen.start)
    shown_again = event_values(chosen, READING)
    assert {name: shown_again[name] for name in values if name != "until"} == {
        name: value for name, value in values.items() if name != "until"
    }


def test_a_day_outside_the_repeat_names_the_nearest_days() -> None:
    _event, errors = made(repeat="week", weekdays="02")
    assert "Mon, Nov 23" in errors["day"] and "Wed, Nov 25" in errors["day"]


def test_a_rule_that_the_choices_cannot_say_stays_as_it_is() -> None:
    odd = replace(event("Group", SIX), uid="u", rule=RecurrenceRule(Frequency.WEEKLY, 3, by_day=(Weekday(1),)))
    values = event_values(odd, READING)
    assert values["repeat"] == "kept"
    changed, errors = event_from(values | {"title": "Circle", "start": "7pm"}, odd, READING)
    assert changed is not None and not errors
    assert (changed.rule, changed.title, changed.start.hour) == (odd.rule, "Circle", 19)


def test_a_guessed_kind_is_the_longest_name_in_the_title() -> None:
    assert [
        k.id if (k := guess_kind(title)) else None for title in ("Group therapy", "WIC with M.", "Tuesday thing")
    ] == [
        "group-therapy",
        "nutrition",
        None,
    ]


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12)


@settings(max_examples=60)
@given(
    title=st.text("abc ÄB[/]", min_size=1, max_size=10).map(str.strip).filter(bool),
    minutes=st.integers(1, 60 * 24 * 3),
    start=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda d: d.replace(second=0, microsecond=0)),
    bring=st.lists(_TEXT, max_size=3).map(tuple),
    who=_TEXT,
    reminders=st.sampled_from([None, (), (120,), (1440, 15)]),
    hours24=st.booleans(),
)
def test_what_is_not_touched_is_kept_exactly(
    title: str,
    minutes: int,
    start: datetime,
    bring: tuple[str, ...],
    who: str,
    reminders: tuple[int, ...] | None,
    hours24: bool,
) -> None:
    reading = replace(READING, hours24=hours24)
    before = replace(
        event(title, start, duration=timedelta(minutes=minutes), reminders=reminders),
        uid="u",
        logistics=Logistics(Childcare(True, who), Ride("bus", who, timedelta(minutes=40)), bring),
    )
    after, errors = event_from(event_values(before, reading), before, reading)
    assert not errors and after == before


# On the screen


async def keys(pilot: Pilot[None], *names: str) -> None:
    for name in names:
        await pilot.press(*(name[1:] if name.startswith("'") else [name]))
    await pilot.pause()


async def opened_form(pilot: Pilot[None], form: EventForm) -> EventForm:
    pilot.app.push_screen(form)
    await pilot.pause()
    return form


def tuesday(opened: Session, day: date = date(2026, 12, 1)) -> Occurrence:
    found = opened.planner.on(day)
    assert len(found) == 1
    return found[0]


async def test_what_is_typed_is_understood_aloud_and_saved(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        await keys(pilot, "2", "a", "tab", "'Group", "down", "'tue", "down", "down", "'6pm", "down", "down")
        assert "Tuesday, 6:00–7:30 pm" in shown(pilot)
        await keys(pilot, "right", "right", "right")
        assert "Every Tuesday" in shown(pilot) and "[x]Tu" in shown(pilot)
        await keys(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, CalendarScreen)
    added = tuesday(opened, date(2026, 11, 24))
    assert (added.title, added.event.kind) == ("Group", "group-therapy")
    assert tuesday(opened, date(2027, 3, 2)).start == datetime(2027, 3, 2, 18)


async def test_an_error_stands_beside_its_field_and_nothing_is_saved(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        await keys(pilot, "2", "a", "tab", "'Group", "down", "down", "down", "'6", "ctrl+s")
        assert "Type 6am or 6pm." in shown(pilot)
        focused = pilot.app.focused
        assert isinstance(focused, Input) and focused.value == "6"
        await keys(pilot, "'pm", "ctrl+s")
        assert isinstance(pilot.app.screen, CalendarScreen)
    assert len(opened.planner.on(TODAY)) == 1


async def test_saving_waits_for_the_letters_typed_before_it(clock: FixedClock) -> None:
    """Ctrl+S is heard by the app itself, before the field has read what is still in its queue."""
    opened = session(clock)
    async with running(opened) as pilot:
        form = await opened_form(pilot, EventForm(TODAY))
        await keys(pilot, "'Group")
        form.query_one("#field-start", Field).fill("6pm")
        form.query_one("#field-day", Field).control.focus()
        await pilot.pause()
        for key in ("n", "o", "v", "space", "2", "4", "ctrl+s"):  # as fast as a terminal hands them over
            event = events.Key(key, " " if key == "space" else key if len(key) == 1 else None)
            event.set_sender(pilot.app)
            pilot.app.post_message(event)
        await pilot.pause()
        await pilot.pause()
    assert [o.title for o in opened.planner.on(date(2026, 11, 24))] == ["Group"]


async def test_all_seven_days_are_seen_in_a_narrow_window(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Visit", datetime(2026, 11, 28, 10), rule=replace(TUESDAYS, by_day=(Weekday(5),))))
    async with running(opened, size=(60, 20)) as pilot:
        form = await opened_form(pilot, EventForm(change=tuesday(opened, date(2026, 11, 28))))
        assert "[ ]Su[ ]Mo[ ]Tu[ ]We[ ]Th[ ]Fr[x]Sa" in shown(pilot)
        days = form.query_one("#field-weekdays", Field).control
        await pilot.click(days, offset=(31, 0))
        assert getattr(days, "value", "") == ""


async def test_every_field_is_reached_by_tab_and_enter_on_the_last_saves(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        form = await opened_form(pilot, EventForm(TODAY))
        await keys(pilot, "'Visit")
        form.query_one("#field-start", Field).fill("3pm")
        shown_fields = [field for field in form.fields if field.display]
        for field in shown_fields[:-1]:
            assert field.control.has_focus, field.name_of_value
            await keys(pilot, "tab")
        assert shown_fields[-1].control.has_focus
        await keys(pilot, "enter")
        assert pilot.app.screen is not form
    assert [o.title for o in opened.planner.on(TODAY)] == ["Visit"]


async def test_esc_loses_nothing_and_f8_brings_it_back(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        await keys(pilot, "2", "a", "tab", "'Parenting class", "escape", "escape")
        assert isinstance(pilot.app.screen, CalendarScreen)
        await keys(pilot, "a", "tab")
        assert "You began this before" in shown(pilot)
        await keys(pilot, "f8")
        assert "Parenting class" in shown(pilot) and "‹ parenting class ›" in shown(pilot)


async def test_what_was_read_from_a_sentence_fills_the_form_and_says_what_is_open(clock: FixedClock) -> None:
    opened = session(clock)
    read = replace(event("Group", datetime(2026, 11, 24, 6)), rule=replace(TUESDAYS, count=12), location="Mill St")
    async with running(opened) as pilot:
        form = EventForm(
            TODAY, draft_event=read, unsaid=("start", "length"), remarks={"start": "6 can be am or pm.", "": "Read so."}
        )
        await opened_form(pilot, form)
        assert "6 can be am or pm." in shown(pilot) and "Read so." in shown(pilot)
        values = form.values()
        assert (values["day"], values["start"], values["times"]) == ("Tue, Nov 24, 2026", "", "12")
        await keys(pilot, "ctrl+s")
        assert "It has no time yet." in shown(pilot)
        await keys(pilot, "'6pm")
        assert "6 can be am or pm." not in shown(pilot)
        await keys(pilot, "ctrl+s")
        assert pilot.app.screen is not form
    found = tuesday(opened, date(2027, 2, 9))
    assert (found.title, found.start, found.location) == ("Group", datetime(2027, 2, 9, 18), "Mill St")
    assert opened.planner.on(date(2027, 2, 16)) == []


async def test_what_was_read_from_a_sentence_is_kept_like_what_is_typed(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        form = await opened_form(pilot, EventForm(TODAY, draft_event=event("Group", SIX)))
        assert form.holds_text()
        await keys(pilot, "escape", "2", "a", "tab", "f8")
        assert "Group" in shown(pilot)


async def test_a_half_filled_form_survives_the_lock(clock: FixedClock, tmp_path: Path) -> None:
    """Through a profile on the disk: locked by itself in the middle of a word, opened again with the words."""
    vault, _code = make(tmp_path, clock)
    times = {"monotonic": 0.0}
    app = CompanionApp(None, clock=clock, monotonic=lambda: times["monotonic"], wall=lambda: times["monotonic"])
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(ProfileOpened(Session(vault.engine, clock, vault)))
        await pilot.pause()
        await app.workers.wait_for_complete()
        await opened_form(pilot, EventForm(TODAY, draft_event=event("Group", SIX), unsaid=("start",)))
        await keys(pilot, "end", "' at the chu")
        times["monotonic"] += 301
        app._look_at_idle()
        await pilot.pause()
    assert app.return_code == Ended.LOCKED
    again = unlock(vault.folder, clock)
    opened = Session(again.engine, clock, again)
    async with running(opened) as pilot:
        form = await opened_form(pilot, EventForm(TODAY))
        await keys(pilot, "f8")
        values = form.values()
        assert (values["title"], values["day"], values["start"]) == ("Group at the chu", "Tue, Nov 24, 2026", "")
    opened.close()


async def test_only_this_one_changes_only_this_one(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Group", datetime(2026, 10, 27, 18), rule=TUESDAYS))
    async with running(opened) as pilot:
        form = await opened_form(pilot, EventForm(change=tuesday(opened), reach=Reach.ONE))
        assert not form.query("#field-repeat")
        form.query_one("#field-location", Field).fill("Room 9")
        form.query_one("#field-start", Field).fill("5pm")
        await keys(pilot, "ctrl+s")
    changed, next_one = tuesday(opened), tuesday(opened, date(2026, 12, 8))
    assert (changed.location, changed.start.hour, changed.end.hour) == ("Room 9", 17, 18)
    assert (next_one.location, next_one.start.hour) == ("", 18)


async def test_this_and_later_leaves_what_was_before(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Group", datetime(2026, 10, 27, 18), rule=replace(TUESDAYS, count=10)))
    async with running(opened) as pilot:
        form = await opened_form(pilot, EventForm(change=tuesday(opened), reach=Reach.LATER))
        assert form.query_one("#field-times", Field).value == "5"
        form.query_one("#field-title", Field).fill("Circle")
        await keys(pilot, "ctrl+s")
    assert tuesday(opened, date(2026, 11, 24)).title == "Group"
    assert [tuesday(opened, date(2026, 12, day)).title for day in (1, 8, 29)] == ["Circle"] * 3
    assert opened.planner.on(date(2027, 1, 5)) == []


async def test_all_of_them_keeps_what_has_happened(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Group", datetime(2026, 10, 27, 18), rule=TUESDAYS))
    async with running(opened) as pilot:
        form = await opened_form(pilot, EventForm(change=tuesday(opened), reach=Reach.ALL))
        form.query_one("#field-title", Field).fill("Circle")
        await keys(pilot, "ctrl+s")
    assert tuesday(opened, date(2026, 11, 17)).title == "Group"
    assert tuesday(opened, date(2026, 11, 24)).title == "Circle"


async def test_an_appointment_elsewhere_keeps_its_own_clock(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Lawyer", datetime(2026, 12, 1, 9), zone="America/Los_Angeles"))
    async with running(opened) as pilot:
        await opened_form(pilot, EventForm(change=tuesday(opened)))
        assert "America/Los Angeles" in shown(pilot) and "9:00 am" in shown(pilot)
        await keys(pilot, "ctrl+s")
    assert tuesday(opened).start == datetime(2026, 12, 1, 12)


async def test_an_hour_that_is_left_out_or_comes_twice_is_said_beside_it_and_still_taken(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Feed", datetime(2026, 12, 1, 2, 30), rule=RecurrenceRule(Frequency.DAILY)))
    async with running(opened) as pilot:
        form = await opened_form(pilot, EventForm(change=tuesday(opened)))
        words = " ".join(shown(pilot).replace("│", " ").split())
        assert "There is no 2:30 am on Sun, Mar 14, 2027: the clocks go forward. It will be at 3:30 am." in words
        await keys(pilot, "escape")
        form = await opened_form(pilot, EventForm(date(2027, 11, 7)))
        await keys(pilot, "'Night shift")
        form.query_one("#field-start", Field).fill("1:30am")
        await pilot.pause()
        assert "comes twice on Sun, Nov 7, 2027" in " ".join(shown(pilot).replace("│", " ").split())
        form.query_one("#field-start", Field).fill("4am")
        await pilot.pause()
        assert "twice" not in shown(pilot)
        form.query_one("#field-start", Field).fill("1:30am")
        await keys(pilot, "ctrl+s")
    assert [o.start.hour for o in opened.planner.on(date(2027, 11, 7)) if o.title == "Night shift"] == [1]


async def test_what_is_pasted_beyond_the_limit_is_said_and_what_is_typed_too(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        form = await opened_form(pilot, EventForm(TODAY))
        pilot.app.post_message(events.Paste("x" * 500))
        await pilot.pause()
        assert "Only 200 letters fit here. The rest was left out." in shown(pilot)
        await keys(pilot, "backspace")
        assert "left out" not in shown(pilot)
        await keys(pilot, "y", "y")
        assert "left out" in shown(pilot)
        notes = form.query_one("#field-notes", Field)
        notes.fill("n" * 2_010)
        form.query_one("#field-start", Field).fill("4pm")
        await keys(pilot, "ctrl+s")
        assert pilot.app.screen is form and "10 letters too long" in shown(pilot)
        assert len(notes.value) == 2_010  # a draft keeps it whole


async def test_leaving_is_a_length_or_a_time_of_day() -> None:
    for typed in ("40 min", "5:20pm", "5:20", "40 minutes before"):
        assert good(leave_by=typed).logistics.ride.leave_by == timedelta(minutes=40)
    assert good(start="8am", leave_by="11pm").logistics.ride.leave_by == 9 * HOUR


async def test_childcare_is_asked_about_only_where_a_child_lives_here(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        form = await opened_form(pilot, EventForm(TODAY))
        assert form.query("#field-care_who")
    async with running(session(clock, child=False)) as pilot:
        form = await opened_form(pilot, EventForm(TODAY))
        assert not form.query("#field-care_who")


async def test_a_child_is_chosen_or_named(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        form = await opened_form(pilot, EventForm(TODAY))
        form.query_one("#field-title", Field).fill("Check-up")
        form.query_one("#field-start", Field).fill("3pm")
        form.query_one("#field-child_pick", Field).control.focus()
        await keys(pilot, "right", "ctrl+s")
        assert [o.event.child for o in opened.planner.on(TODAY)] == ["M."]
        # With a second child, several can be chosen, and somebody else's named beside them.
        opened.people.put_child(Child("leo", "L."))
        form = await opened_form(pilot, EventForm(change=opened.planner.on(TODAY)[0]))
        form.query_one("#field-child_pick", Field).control.focus()
        assert "‹" not in str(form.query_one("#field-child_pick", Field).control.render())
        await keys(pilot, "enter", "a", "enter")
        form.query_one("#field-child", Field).fill("Bo")
        await keys(pilot, "ctrl+s")
    (found,) = opened.planner.on(TODAY)
    assert sorted(found.event.child.split(", ")) == ["Bo", "L.", "M."]


def test_children_that_are_not_touched_stay_as_they_were_written() -> None:
    assert picked("M. and Bo", ["L.", "M."]) == ("1,*", "Bo")
    assert picked("m", ["M."]) == ("0", "")
    assert picked("M. and Bo", ["M."]) == ("*", "M. and Bo")
    assert names_of("0,1", "", ["L.", "M."]) == "L., M."
    assert names_of("*", "Bo", ["M."]) == "Bo"
    assert names_of("", "Bo", ["M."]) == ""


@pytest.mark.parametrize("size", [(60, 20)])
async def test_no_text_harms_the_form(clock: FixedClock, size: tuple[int, int]) -> None:
    opened = session(clock)
    for hours, nasty in enumerate(NASTY):
        logistics = Logistics(Childcare(True, nasty), Ride(nasty, nasty), (nasty,))
        start = datetime(2026, 11, 21, 11 + hours)
        texts = dict.fromkeys(("location", "online", "provider", "contact", "phone", "child", "notes"), nasty)
        opened.planner.add(event("x" + nasty, start, logistics=logistics, discreet_title=nasty, **texts))
    async with running(opened, size=size) as pilot:
        for occurrence in opened.planner.on(TODAY):
            form = await opened_form(pilot, EventForm(change=occurrence))
            assert "\x1b" not in shown(pilot) and "\u202e" not in shown(pilot)
            form.query_one("#form").scroll_end(animate=False)
            await keys(pilot, "escape")
        assert pilot.app.is_running


async def test_a_cancelled_or_moved_one_is_changed_as_it_stands(clock: FixedClock) -> None:
    opened = session(clock)
    moved = Override(datetime(2026, 12, 1, 18), start=datetime(2026, 12, 3, 10))
    opened.planner.add(event("Group", datetime(2026, 10, 27, 18), rule=TUESDAYS, overrides=(moved,)))
    async with running(opened) as pilot:
        form = await opened_form(pilot, EventForm(change=tuesday(opened, date(2026, 12, 3)), reach=Reach.ONE))
        assert form.query_one("#field-day", Field).value == "Thu, Dec 3, 2026"
        form.query_one("#field-notes", Field).fill("Bring the form")
        await keys(pilot, "ctrl+s")
    changed = tuesday(opened, date(2026, 12, 3))
    assert (changed.notes, changed.start) == ("Bring the form", datetime(2026, 12, 3, 10))
