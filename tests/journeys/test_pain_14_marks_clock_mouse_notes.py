"""Pain 14: a calendar of appointments, and nowhere to say that one was kept.

Asked of calcurse for years: marks on appointments and not on tasks only (#328), a 12-hour clock (#257), the mouse
(#505, opposed), a note on one session of a series (#499), a day that ends at four in the morning (#410). Collisions
(#251) are in test_pain_14_collisions.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from app_kit import TUESDAYS, event, running, session, shown
from textual.pilot import Pilot

from companion.domain.attendance import Mark
from companion.domain.clock import FixedClock
from companion.screens.calendar import CalendarScreen

LAST, NEXT = date(2026, 11, 17), date(2026, 11, 24)


async def click(pilot: Pilot[None], words: str) -> None:
    """A click on the first place of the screen where these words stand."""
    lines = shown(pilot).splitlines()
    line = next((n for n, text in enumerate(lines) if words in text), None)
    assert line is not None, f"{words} is not in\n" + "\n".join(lines)
    await pilot.click(offset=(lines[line].index(words) + 1, line))
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_with_the_mouse_alone_she_marks_one_session_and_changes_the_clock(clock: FixedClock) -> None:
    # The naive calendar has done marks for tasks only, a clock that it was built with, and keys for everything.
    opened = session(clock)
    opened.planner.add(event("Group", datetime(2026, 10, 27, 18), rule=TUESDAYS))
    async with running(opened) as pilot:
        await click(pilot, "Calendar")
        await click(pilot, " 17 ")
        await click(pilot, "6:00–7:00 pm")
        await click(pilot, "How it went: other answers")
        await click(pilot, "You didn't go")
        assert isinstance(pilot.app.screen, CalendarScreen)
        await click(pilot, "Support")
        await click(pilot, "F9: your name")
        await click(pilot, "Clock")
        await click(pilot, "24 hours: 14:30")
        await click(pilot, "Esc")
        await click(pilot, "Calendar")
        assert "18:00–19:00" in shown(pilot)
    ((key, mark),) = opened.planner.marks(date(2026, 10, 1), date(2027, 1, 1)).items()
    assert (mark.mark, mark.day, key[1]) == (Mark.MISSED, LAST, datetime(2026, 11, 17, 18))


def test_a_note_on_one_session_is_on_no_other_and_stays_with_it(clock: FixedClock, tmp_path: Path) -> None:
    # The naive calendar knows notes of the series only, or loses those of one session with the next change of all.
    opened = session(clock)
    series = opened.planner.add(event("Group", datetime(2026, 11, 24, 18), rule=TUESDAYS, notes="Room 3"))
    second = opened.planner.on(NEXT + timedelta(weeks=1))[0]
    opened.planner.change_one(second, notes="Bring the signed sheet")
    stored = opened.planner.get(series.uid)
    assert stored is not None
    opened.planner.change_all(replace(stored, start=datetime(2026, 11, 24, 19)))
    three = opened.planner.between(NEXT, NEXT + timedelta(weeks=3))
    assert [(o.start.hour, o.notes) for o in three] == [(19, "Room 3"), (19, "Bring the signed sheet"), (19, "Room 3")]
    (hit,) = opened.finder.find("signed sheet").hits
    assert (hit.occurrence.key, hit.alone) == (three[1].key, True)
    opened.outbox.save(tmp_path / "mine.ics", full=True)
    assert (tmp_path / "mine.ics").read_text("utf-8").count("signed sheet") == 1


def test_a_late_evening_belongs_to_the_day_it_began_on(clock: FixedClock) -> None:
    # The naive day ends at midnight: what she does at half past one is tomorrow's, and the late group is on one day.
    opened = session(clock)
    opened.planner.add(event("Late group", datetime(2026, 11, 21, 23), duration=timedelta(hours=2)))
    clock.instant = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)  # 1:30 am on Sunday
    assert opened.diary.finish("any", "Lullaby").day == date(2026, 11, 21)
    (asked,) = opened.planner.unmarked()
    assert opened.planner.mark(asked, Mark.ATTENDED).day == date(2026, 11, 21)
    for day in (date(2026, 11, 21), date(2026, 11, 22)):  # to be seen on both days it touches, marked once
        assert [o.key for o in opened.planner.on(day)] == [asked.key]
    opened.change_settings(day_start=time())  # her day may end at midnight
    assert opened.diary.finish("any", "Lullaby").day == date(2026, 11, 22)
