"""One appointment: everything about it in plain words, and every act from a list of words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from app_kit import HOUR, TUESDAYS, event, running, session, shown
from conftest import NASTY
from textual.pilot import Pilot
from textual.widgets import OptionList

from companion.domain.attendance import Mark
from companion.domain.clock import FixedClock
from companion.domain.event import Childcare, Logistics, Occurrence, Origin, Override, Ride
from companion.domain.recurrence import Frequency, RecurrenceRule
from companion.domain.sessions import Session as Place
from companion.screens.calendar import CalendarScreen
from companion.screens.event_form import EventForm
from companion.screens.move_form import MoveForm
from companion.screens.occurrence import OccurrenceDialog
from companion.screens.occurrence_words import details
from companion.services.session import Session
from companion.store.sources import Source, SourceStore

TODAY = date(2026, 11, 21)
LAST = date(2026, 11, 17)
NEXT = date(2026, 11, 24)


@pytest.fixture
def opened(clock: FixedClock) -> Session:
    found = session(clock)
    found.planner.add(event("Group", datetime(2026, 10, 27, 18), rule=replace(TUESDAYS, count=17)))
    return found


def tuesday(opened: Session, day: date = NEXT) -> Occurrence:
    found = opened.planner.on(day)
    assert len(found) == 1
    return found[0]


async def show(pilot: Pilot[None], occurrence: Occurrence, *names: str) -> None:
    pilot.app.push_screen(OccurrenceDialog(occurrence))
    await pilot.pause()
    await keys(pilot, *names)


async def keys(pilot: Pilot[None], *names: str) -> None:
    for name in names:
        await pilot.press(*(name[1:] if name.startswith("'") else [name]))
        await pilot.pause()


def said(pilot: Pilot[None]) -> str:
    """The passing notice; tests show none on the screen."""
    return " ".join(notice.message for notice in pilot.app._notifications)


def acts(pilot: Pilot[None]) -> list[str]:
    listed = pilot.app.screen.query_one("#acts", OptionList)
    return [str(option.prompt).strip() for option in listed.options]


def marks(opened: Session) -> list[tuple[Mark, str]]:
    return [(m.mark, m.reason) for m in opened.planner.marks(date(2026, 10, 1), date(2027, 12, 31)).values()]


def test_everything_is_said_in_plain_words() -> None:
    care = Logistics(Childcare(True, "Grandma", True), Ride("bus 14", "", timedelta(minutes=40)), ("ID", "slip"))
    group = replace(
        event("Group", datetime(2026, 10, 27, 18), rule=replace(TUESDAYS, count=17), logistics=care),
        provider="Riverside",
        contact="Front desk",
        phone="555-0100",
        location="12 Mill St",
        notes="Park behind.",
        child="M.",
    )
    start = datetime(2026, 11, 24, 18)
    rows = details(Occurrence(group, start, start + HOUR, start), None, TODAY, session=Place(5, 17))
    text = "\n".join(f"{label} {words}".strip() for label, words in rows)
    for words in (
        "Tuesday, 6:00–7:00 pm",
        "12 Mill St",
        "Grandma has the children",
        "bus 14, leave at 5:20 pm",
        "Bring ID and slip",
        "Riverside, Front desk",
        "555-0100",
        "Every Tuesday, 17 times · session 5 of 17",
        "Park behind.",
        "group therapy",
        '"Class"',
    ):
        assert words in text


def test_it_is_told_when_she_is_reminded_also_where_that_is_as_for_everything() -> None:
    start = datetime(2026, 11, 24, 18)
    usual, none = (Occurrence(event("Talk", start, reminders=said), start, start + HOUR) for said in (None, ()))
    told = [dict(details(o, None, TODAY, reminders=(1440, 30)))["Reminders"] for o in (usual, none)]
    assert told == ["1 day, 30 minutes before", "none"]


def test_who_has_the_children_is_not_spoken_of_where_none_lives_with_her() -> None:
    care = Logistics(Childcare(True, "Aunt Kim"))
    start = datetime(2026, 11, 24, 18)
    talk = Occurrence(event("Talk", start, logistics=care), start, start + HOUR)
    told = [details(talk, None, TODAY, childcare=asked, signs=["overlaps 6:30 pm"]) for asked in (True, False)]
    assert [("", "Aunt Kim may have the children: not sure yet") in rows for rows in told] == [True, False]
    assert all(rows[1] == ("", "Overlaps 6:30 pm") for rows in told)


async def test_what_is_to_come_is_not_asked_about(opened: Session) -> None:
    async with running(opened) as pilot:
        await show(pilot, tuesday(opened))
        assert acts(pilot) == ["c  Change it", "m  Move it to another time", "x  Cancel it", "Take it off the calendar"]


async def test_one_key_says_that_she_went_and_undo_takes_it_back(opened: Session) -> None:
    async with running(opened) as pilot:
        await show(pilot, tuesday(opened, LAST), "enter")
        assert marks(opened) == [(Mark.ATTENDED, "")]
        await keys(pilot, "ctrl+z")
        assert marks(opened) == []


async def test_each_answer_has_a_letter_and_is_chosen_from_words(opened: Session) -> None:
    letters = {
        "o": Mark.ATTENDED_ONLINE,
        "t": Mark.CANCELLED_BY_PROVIDER,
        "i": Mark.CANCELLED_WITH_NOTICE,
        "l": Mark.CANCELLED_LATE,
        "c": Mark.CANCELLED,
        "s": Mark.MISSED,
        "w": Mark.ATTENDED,
    }
    async with running(opened) as pilot:
        for letter, mark in letters.items():
            await show(pilot, tuesday(opened, LAST), "h", letter)
            assert marks(opened) == [] or marks(opened)[0][0] is not mark  # the letter only goes there
            await keys(pilot, "enter")
            assert marks(opened) == [(mark, "")]
        await show(pilot, tuesday(opened, LAST), "h")
        assert "counts as kept" in shown(pilot) and "24 hours or more before" in shown(pilot)
        await keys(pilot, "r", "enter")
        assert marks(opened) == []


async def test_moved_asks_where_it_went_and_puts_it_there(opened: Session) -> None:
    async with running(opened) as pilot:
        await show(pilot, tuesday(opened, LAST), "h", "m", "enter", "down", "enter")
        assert marks(opened) == [(Mark.MOVED, "")]
        await keys(pilot, "ctrl+z")
        await show(pilot, tuesday(opened, LAST), "h", "m", "enter", "enter", "'mon", "ctrl+s")
        assert marks(opened) == []
    assert tuesday(opened, date(2026, 11, 23)).moved


async def test_what_is_still_to_come_is_refused_in_words(opened: Session) -> None:
    async with running(opened) as pilot:
        for key in ("w", "h"):
            await show(pilot, tuesday(opened), key)
            assert "still to come" in said(pilot)
            await keys(pilot, "escape")
    assert marks(opened) == []


async def test_late_entry_is_free_and_says_when_it_was_made(opened: Session, clock: FixedClock) -> None:
    clock.advance(timedelta(days=200))
    async with running(opened) as pilot:
        await show(pilot, tuesday(opened, LAST), "w")
    (mark,) = opened.planner.marks(LAST, NEXT).values()
    assert (mark.day, mark.recorded_at) == (LAST, clock.now())


async def test_undo_and_the_places_work_in_the_dialog_as_its_help_says(opened: Session) -> None:
    opened.planner.cancel(tuesday(opened))
    async with running(opened) as pilot:
        await show(pilot, tuesday(opened))
        assert "Cancelled" in shown(pilot)
        await keys(pilot, "ctrl+z")
        assert isinstance(pilot.app.screen, OccurrenceDialog)
        assert not tuesday(opened).cancelled and "c  Change it" in acts(pilot)
        await keys(pilot, "ctrl+y")
        assert tuesday(opened).cancelled and "b  Bring it back as it was" in acts(pilot)
        await keys(pilot, "2")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(pilot.app.screen, CalendarScreen)


async def test_excused_asks_for_a_reason_that_need_not_be_given(opened: Session) -> None:
    async with running(opened) as pilot:
        await show(pilot, tuesday(opened, LAST), "h", "e", "enter", "enter")
        assert marks(opened) == [(Mark.EXCUSED, "")]
        await show(pilot, tuesday(opened, LAST), "h", "enter", "a", "enter")
        assert marks(opened) == [(Mark.EXCUSED, "child ill")]
        await show(pilot, tuesday(opened, LAST))
        assert "Excused (a child was ill)" in shown(pilot)
        await keys(pilot, "h", "enter", "end", "enter", "'snow", "enter")
        assert marks(opened) == [(Mark.EXCUSED, "snow")]


async def test_excused_offers_the_reasons_of_the_plan_and_asks_on_for_any_other(clock: FixedClock) -> None:
    opened = session(clock)
    header = {"excused_reasons": ["child ill", "work shift"], "excuse_notice_minutes": 48 * 60}
    with opened.database.act(None) as work:
        SourceStore(opened.database).put(work, Source("plan", 1, header, datetime(2026, 9, 1, tzinfo=UTC)))
    opened.planner.add(event("Group", datetime(2026, 10, 27, 18), rule=TUESDAYS, origin=Origin("plan", "group")))
    async with running(opened) as pilot:
        await show(pilot, tuesday(opened, LAST), "h")
        assert "48 hours or more before" in shown(pilot)
        await keys(pilot, "e", "enter")
        assert "your plan excuses" in shown(pilot) and "Work shift" in shown(pilot) and "no ride" not in shown(pilot)
        await keys(pilot, "w", "enter")
        assert marks(opened) == [(Mark.EXCUSED, "work shift")]
        # A reason that the plan does not name: what counts is when she said so.
        await show(pilot, tuesday(opened, LAST), "h", "e", "enter", "end", "enter", "'snow", "enter")
        assert "When did you tell them?" in shown(pilot) and "counts nowhere" in shown(pilot)
        await keys(pilot, "down", "enter")
        assert marks(opened) == [(Mark.CANCELLED_LATE, "snow")]


async def test_a_mark_can_be_taken_off(opened: Session) -> None:
    opened.planner.mark(tuesday(opened, LAST), Mark.MISSED)
    async with running(opened) as pilot:
        await show(pilot, tuesday(opened, LAST), "enter", "end", "enter")
        assert marks(opened) == []


async def test_esc_changes_nothing_at_any_step(opened: Session) -> None:
    async with running(opened) as pilot:
        before = opened.planner.between(date(2026, 10, 1), date(2027, 3, 1))
        await show(pilot, tuesday(opened, LAST), "h", "escape", "c", "escape", "m", "escape", "x", "escape", "escape")
        assert opened.planner.between(date(2026, 10, 1), date(2027, 3, 1)) == before
        assert marks(opened) == [] and opened.planner.next_undo() == "added Group"


async def test_it_moves_to_another_time_and_comes_back(opened: Session) -> None:
    async with running(opened) as pilot:
        await show(pilot, tuesday(opened), "m", "'thu", "enter", "'5pm", "enter", "enter")
        assert not isinstance(pilot.app.screen, MoveForm | OccurrenceDialog)
        moved = tuesday(opened, date(2026, 11, 26))
        assert (moved.start, moved.end, moved.moved) == (datetime(2026, 11, 26, 17), datetime(2026, 11, 26, 18), True)
        await show(pilot, moved)
        assert "Moved, it was Tuesday, 6:00 pm" in shown(pilot)
        await keys(pilot, "b")
    assert tuesday(opened).start == datetime(2026, 11, 24, 18)


async def test_all_of_them_move_in_few_keys_and_what_cannot_be_is_said_beside_the_day(opened: Session) -> None:
    opened.planner.mark(tuesday(opened, LAST), Mark.ATTENDED)
    async with running(opened) as pilot:
        await show(pilot, tuesday(opened), "m", "'wed", "up", "right", "right")
        assert "all of them, from now on" in shown(pilot) and "Every Wednesday" in shown(pilot)
        await keys(pilot, "ctrl+s")
        assert not isinstance(pilot.app.screen, MoveForm | OccurrenceDialog)
        assert "All of Group has moved; this one is now Wednesday, 6:00–7:00 pm." in said(pilot)
        moved = tuesday(opened, date(2026, 12, 2))
        assert opened.planner.on(date(2026, 12, 1)) == [] and tuesday(opened, LAST).start.weekday() == 1
        for day, why in (("fri nov 20 2026", "That time has passed."), ("wed", "before the one that comes before")):
            await show(pilot, moved, "m", f"'{day}", "up", "right", *["right"] * (day != "wed"), "ctrl+s")
            assert isinstance(pilot.app.screen, MoveForm) and why in " ".join(shown(pilot).split())
            await keys(pilot, "escape", "escape")
        # What was typed is kept, as in every form.
        await show(pilot, moved, "m", "f8")
        assert "wed" in shown(pilot)


async def test_an_hour_that_is_left_out_is_said_when_it_is_moved_there(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Night shift", datetime(2027, 3, 13, 23)))
    async with running(opened) as pilot:
        await show(pilot, opened.planner.on(date(2027, 3, 13))[0], "m", "'mar 14", "down", "'2:30am")
        assert "There is no 2:30 am on Sun, Mar 14, 2027" in " ".join(shown(pilot).replace("│", " ").split())
        await keys(pilot, "ctrl+s")
    (found,) = opened.planner.on(date(2027, 3, 14))
    assert found.moved or found.start.hour in {2, 3}


async def test_a_time_that_is_not_clear_is_said_beside_its_line(opened: Session) -> None:
    async with running(opened) as pilot:
        await show(pilot, tuesday(opened), "m", "down", "'5", "ctrl+s")
        assert "Type 5am or 5pm." in shown(pilot)
    assert tuesday(opened).start == datetime(2026, 11, 24, 18)


async def test_a_cancelled_one_can_be_brought_back(opened: Session) -> None:
    opened.planner.cancel(tuesday(opened))
    async with running(opened) as pilot:
        await show(pilot, tuesday(opened))
        assert "Cancelled" in shown(pilot)
        await keys(pilot, "enter")
    assert not tuesday(opened).cancelled


async def test_change_asks_how_much_of_the_series_is_meant(opened: Session) -> None:
    async with running(opened) as pilot:
        await show(pilot, tuesday(opened), "c")
        assert "Only this one" in shown(pilot)
        await keys(pilot, "enter")
        form = pilot.app.screen
        assert isinstance(form, EventForm) and form.only_one


async def test_taking_a_single_one_off_needs_no_question(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Dentist", datetime(2026, 11, 24, 14)))
    async with running(opened) as pilot:
        await show(pilot, tuesday(opened), "end", "enter")
        assert opened.planner.on(NEXT) == []
        await keys(pilot, "ctrl+z")
        assert len(opened.planner.on(NEXT)) == 1


async def test_an_undo_below_it_is_shown_at_once(opened: Session) -> None:
    opened.planner.cancel(tuesday(opened))
    async with running(opened) as pilot:
        dialog = OccurrenceDialog(tuesday(opened))
        pilot.app.push_screen(dialog)
        await pilot.pause()
        opened.planner.undo()
        dialog.reload()
        assert "c  Change it" in acts(pilot)
        opened.planner.undo()
        dialog.reload()
        await pilot.pause()
        assert pilot.app.screen is not dialog


@pytest.mark.parametrize("size", [(60, 20)])
async def test_no_text_harms_the_dialog(clock: FixedClock, size: tuple[int, int]) -> None:
    opened = session(clock)
    for hours, nasty in enumerate(NASTY):
        start = datetime(2026, 11, 21, 1 + hours)
        logistics = Logistics(Childcare(True, nasty), Ride(nasty, nasty), (nasty,))
        texts = dict.fromkeys(("location", "online", "provider", "contact", "phone", "child", "notes"), nasty)
        moved = Override(start, start=start + timedelta(minutes=5), title="y" + nasty)
        changes = {"rule": RecurrenceRule(Frequency.WEEKLY), "overrides": (moved,)} if hours % 2 else {}
        added = event("x" + nasty, start, logistics=logistics, discreet_title=nasty, **texts, **changes)
        opened.planner.add(added)
    async with running(opened, size=size) as pilot:
        for occurrence in opened.planner.on(TODAY):
            opened.planner.mark(occurrence, Mark.EXCUSED, occurrence.title)
            await show(pilot, occurrence)
            assert "\x1b" not in shown(pilot) and "\u202e" not in shown(pilot)
            await keys(pilot, "h", "escape", "x", "escape", "escape")
        assert pilot.app.is_running
