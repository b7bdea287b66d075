"""Pain 13: a big file is asked about one appointment at a time, or the first bad one stops all the rest.

Told of khal (#881, #441 a question for each), calcurse (#353 it falls over 343 kB), Nextcloud (#8354) and calcure
(#136, #4, #27: a repeat with a length, one bad file, and nothing more is read). Tried out: khal takes none of a file of
which one date can't be read. A clinic's whole calendar comes as one file.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app_kit import running, session, shown
from journeys.journey_kit import calendar_file, vevent
from keyboard_kit import Keyboard

from companion.domain.clock import FixedClock
from companion.screens.today import TodayScreen

START = "DTSTART;TZID=America/New_York:"
MANY = 400
BAD = (
    vevent("day@clinic", START + "20261332T090000", title="Thirteenth month"),
    vevent("rule@clinic", START + "20261201T090000", "RRULE:FREQ=SOMETIMES", title="Strange repeat"),
)


async def test_one_look_one_key_and_what_is_wrong_stays_out_by_itself(clock: FixedClock, downloads: Path) -> None:
    # The naive importer asks 400 times; or it asks nothing and ends at the third appointment, half of it stored.
    good = [vevent("group@clinic", START + "20261124T180000", "RRULE:FREQ=WEEKLY;COUNT=12")]  # vevent() gives a length
    for n in range(MANY):
        start = f"{START}2026{11 + n // 200}{1 + n % 28:02}T{8 + n % 10:02}0000"
        good.append(vevent(f"{n}@clinic", start, "DESCRIPTION:" + "a word " * 130, title=f"Visit {n}"))
    path = calendar_file(downloads / "clinic.ics", *good[:3], *BAD, *good[3:])
    assert path.stat().st_size > 343_000
    lines = enumerate(path.read_text("utf-8").splitlines())
    at = {line.removeprefix("UID:"): number for number, line in lines if line.startswith("UID:")}  # of the line before
    opened = session(clock)
    async with running(opened) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("i", "enter")
        assert f"{MANY + 1} new · 2 refused" in shown(pilot)
        assert opened.planner.all_events() == []
        told = shown(pilot)  # first of all what was not taken, each with its line
        assert "Not taken, something is wrong with it" in told
        assert f"Thirteenth month · line {at['day@clinic']}: " in told
        assert f"Strange repeat · line {at['rule@clinic']}: " in told
        await keyboard.press("enter")
        assert isinstance(pilot.app.screen, TodayScreen)
        assert keyboard.count == 3
    assert len(opened.planner.all_events()) == MANY + 1
    assert len([o for o in opened.planner.between(date(2026, 11, 1), date(2027, 3, 1)) if o.title == "Group"]) == 12
    assert opened.planner.undo() == "brought in A calendar"
    assert opened.planner.all_events() == []
