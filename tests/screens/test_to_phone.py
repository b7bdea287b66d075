"""To the phone: what each phone does is said first, Enter is enough, and nothing is written over unasked."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from app_kit import SIZES, TUESDAYS, event, running, session, shown
from textual.pilot import Pilot

from companion.domain.clock import FixedClock
from companion.errors import DiskFull
from companion.screens.calendar import CalendarScreen
from companion.screens.near_files import Folder
from companion.screens.to_phone import SavedScreen, ToPhoneScreen
from companion.services.session import Session


@pytest.fixture
def opened(clock: FixedClock) -> Session:
    found = session(clock)
    found.planner.add(event("IOP group", datetime(2026, 10, 27, 18), rule=TUESDAYS, location="Riverside"))
    found.planner.add(event("Intake talk", datetime(2026, 11, 2, 9)))
    return found


async def keys(pilot: Pilot[None], *names: str) -> None:
    for name in names:
        await pilot.press(name)
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def test_what_phones_do_is_said_before_anything_is_saved(opened: Session, downloads: Path) -> None:
    async with running(opened) as pilot:
        await keys(pilot, "2", "e")
        text = shown(pilot)
        for words in ("iPhone and Outlook", "drops the reminders", "Samsung: not known", "tried on a real phone yet"):
            assert words in text
        assert list(downloads.iterdir()) == []


async def test_e_and_enter_save_a_discreet_file_from_today_on(opened: Session, downloads: Path) -> None:
    async with running(opened) as pilot:
        await keys(pilot, "2", "e", "enter")
        assert isinstance(pilot.app.screen, SavedScreen)
        assert "calendar.ics" in shown(pilot) and "1 entry" in shown(pilot)
        await keys(pilot, "enter")
        assert isinstance(pilot.app.screen, CalendarScreen)
    text = (downloads / "calendar.ics").read_text("utf-8")
    assert "SUMMARY:Class" in text
    assert "IOP" not in text and "Riverside" not in text and "Intake" not in text


async def test_full_names_and_everything_are_chosen_with_the_arrow_keys(opened: Session, downloads: Path) -> None:
    async with running(opened) as pilot:
        await keys(pilot, "2", "e", "up", "up", "right", "up", "right")
        assert "lock screen" in shown(pilot)
        await keys(pilot, "ctrl+s")
    text = (downloads / "calendar.ics").read_text("utf-8")
    assert "SUMMARY:IOP group" in text and "SUMMARY:Intake talk" in text


async def test_a_file_that_is_there_is_kept_unless_she_says_otherwise(opened: Session, downloads: Path) -> None:
    (downloads / "calendar.ics").write_text("hers")
    async with running(opened) as pilot:
        await keys(pilot, "2", "e", "enter")
        assert "There is a calendar.ics already." in shown(pilot)
        await keys(pilot, "enter", "enter")
        assert (downloads / "calendar.ics").read_text() == "hers"
        assert (downloads / "calendar-2.ics").exists()
        await keys(pilot, "e", "enter", "down", "enter")
        assert "BEGIN:VCALENDAR" in (downloads / "calendar.ics").read_text()


async def test_nothing_to_save_is_said_here(clock: FixedClock, downloads: Path) -> None:
    async with running(session(clock)) as pilot:
        await keys(pilot, "2", "e", "enter")
        assert "There is nothing on the calendar to put in the file." in shown(pilot)
    assert list(downloads.iterdir()) == []


async def test_a_full_disk_is_said_and_she_can_choose_another_folder(
    opened: Session, downloads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull("The disk is full.", "Make some room, or choose another folder.")

    monkeypatch.setattr(opened.outbox, "save", full)
    async with running(opened) as pilot:
        await keys(pilot, "2", "e", "enter")
        assert isinstance(pilot.app.screen, ToPhoneScreen)
        assert "The disk is full." in shown(pilot)


async def test_a_stick_is_the_first_place_offered(
    opened: Session, downloads: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "KINGSTON"
    stick.mkdir()
    monkeypatch.setattr("companion.screens.to_phone.sticks", lambda: [Folder(stick, "stick KINGSTON", stick=True)])
    async with running(opened) as pilot:
        await keys(pilot, "2", "e")
        assert "stick KINGSTON" in shown(pilot)
        await keys(pilot, "enter")
    assert (stick / "calendar.ics").exists()


@pytest.mark.parametrize("size", SIZES)
async def test_it_fits_and_scrolls(
    opened: Session, downloads: Path, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "[red]loud [@click=app.quit]"
    folder.mkdir()
    monkeypatch.setattr("companion.screens.to_phone.sticks", lambda: [Folder(folder, folder.name, stick=True)])
    opened.planner.add(event("x", datetime(2026, 11, 28, 1), duration=timedelta(hours=30)))
    async with running(opened, size=size) as pilot:
        await keys(pilot, "2", "e")
        assert "Save the file" in shown(pilot) and "[red]loud" in shown(pilot)
        await keys(pilot, "enter")
        assert "[red]loud" in "".join(shown(pilot).split())  # a long path goes on in the next line
