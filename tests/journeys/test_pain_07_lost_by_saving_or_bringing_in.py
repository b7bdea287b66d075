"""Pain 7: the calendar is lost by the very act that was to keep it.

Told of calcurse (#249 what was imported is not saved, #6 it writes a file that it can't read, #427, #356 a sync deletes
both sides), taskwarrior (#2264 a full disk empties the file, #1831) and vdirsyncer (#42, #1074 an empty side empties
the other). Tried out for this calendar's sake: calcurse kept 152 of 1,000 appointments when an import met a full disk,
and none that was typed when its window was closed. Windows and power: tests/terminal/test_nothing_is_lost.py.
"""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from app_kit import TUESDAYS, event, running, session, shown
from journeys.journey_kit import agenda, bring_in, calendar_file, look_at, vevent
from keyboard_kit import Keyboard
from vault_kit import CHEAP

from companion.domain.clock import FixedClock
from companion.errors import DiskFull
from companion.formats.ical_reader import read_calendar
from companion.screens.today import TodayScreen
from companion.services.session import Session
from companion.store.vault import Vault

FIRST, UNTIL = date(2026, 11, 1), date(2027, 3, 1)
TALK = vevent("talk@clinic", "DTSTART;TZID=America/New_York:20261203T140000", title="Talk")
PLAN = """\
format = 1
id = "riverside"
revision = {revision}
title = "Aftercare"
timezone = "America/New_York"
updated = 2026-11-01T12:00:00Z
"""
ITEM = """
[[item]]
id = "group"
title = "Group"
kind = "group therapy"
starts = 2026-11-23T09:00:00
length = "1 hour"
repeat = "every Mon for 8 weeks"
"""


def test_what_was_brought_in_and_typed_is_there_when_the_power_goes(clock: FixedClock, tmp_path: Path) -> None:
    # The naive calendar keeps it in memory until it is told to save, or until it is left as it wishes to be.
    vault, _code = Vault.create(tmp_path, "blue heron", None, clock, kdf=CHEAP)
    opened = Session(vault.engine, clock, vault)
    opened.change_settings(zone="America/New_York")
    bring_in(opened, calendar_file(tmp_path / "clinic.ics", TALK))
    opened.planner.add(event("Group", datetime(2026, 11, 24, 18)))
    after = shutil.copytree(
        vault.folder, tmp_path / "after" / vault.folder.name
    )  # what the disk has; nothing is closed
    found = Vault.open(after, None, clock, kdf=CHEAP)
    again = Session(found.engine, clock, found)
    assert agenda(again, FIRST, UNTIL) == ["Tue Nov 24 18:00 Group", "Thu Dec 03 14:00 Talk"]
    assert [again.planner.undo(), again.planner.undo()] == ["added Group", "brought in A calendar"]
    again.close()
    opened.close()


def test_a_disk_that_is_full_in_the_middle_of_it_leaves_all_that_was_there(clock: FixedClock, tmp_path: Path) -> None:
    # The naive calendar empties its file and writes it anew, so that what does not fit is gone, new and old.
    opened = session(clock)
    opened.planner.add(event("Group", datetime(2026, 11, 24, 18), rule=TUESDAYS))
    before = agenda(opened, FIRST, UNTIL)
    many = (
        vevent(f"{n}@clinic", f"DTSTART;TZID=America/New_York:202612{1 + n % 28:02}T100000", "DESCRIPTION:" + "x" * 900)
        for n in range(120)
    )
    preview = look_at(opened, calendar_file(tmp_path / "clinic.ics", *many))
    (pages,), *_rest = opened.database.query("PRAGMA page_count")
    opened.database.query(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(DiskFull):
        opened.intake.apply(preview)
    assert agenda(opened, FIRST, UNTIL) == before
    assert opened.planner.next_undo() == "added Group"
    opened.database.query("PRAGMA max_page_count = 100000")  # she makes room
    opened.intake.apply(preview)
    assert len(agenda(opened, FIRST, UNTIL)) == len(before) + 120


async def test_a_plan_that_came_empty_empties_nothing(clock: FixedClock, downloads: Path) -> None:
    # The naive merge takes away what the new file lacks, and a file that lost its end on the way lacks everything.
    opened = session(clock)
    (downloads / "plan.toml").write_text(PLAN.format(revision=1) + ITEM)
    bring_in(opened, downloads / "plan.toml")
    before = agenda(opened, FIRST, UNTIL)
    assert len(before) == 8
    (downloads / "plan.toml").write_text(PLAN.format(revision=2))
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("i", "enter", "o")
        assert "1 to ask about" in shown(pilot) and "The new plan has nothing in it." in shown(pilot)
        await keyboard.press("home", "enter")
        assert isinstance(pilot.app.screen, TodayScreen)
    assert agenda(opened, FIRST, UNTIL) == before
    # A calendar is often a part of another: what it lacks is asked about as well.
    bring_in(opened, calendar_file(downloads / "clinic.ics", TALK))
    assert bring_in(opened, calendar_file(downloads / "clinic.ics")) == "1 to ask about"
    assert len(agenda(opened, FIRST, UNTIL)) == 9


def test_what_goes_out_comes_back_word_for_word(clock: FixedClock, tmp_path: Path) -> None:
    # The naive writer takes a comma, a line break or a backslash as it comes, and can't read its own file any more.
    opened = session(clock)
    title, notes = "Group; room 3, upstairs\\left", "BEGIN:VEVENT\nring twice\n" + "é" * 90
    opened.planner.add(event(title, datetime(2026, 11, 24, 18), notes=notes))
    opened.outbox.save(tmp_path / "mine.ics", full=True)
    found = read_calendar((tmp_path / "mine.ics").read_bytes(), zone="UTC")
    assert [(e.title, e.notes, e.start, e.zone) for e in found.events] == [
        (title, notes, datetime(2026, 11, 24, 18), "America/New_York")
    ]
    assert found.findings == ()
