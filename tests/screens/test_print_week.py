"""Print a week: what will be on the page is read first, Enter is enough, and no file is ever written over."""

from __future__ import annotations

import io
import os
from datetime import date, datetime
from pathlib import Path

import pytest
from app_kit import SIZES, TUESDAYS, event, running, session, shown
from pypdf import PdfReader
from textual.pilot import Pilot

from companion.domain.child import Child
from companion.domain.clock import FixedClock
from companion.domain.event import Childcare, Logistics
from companion.errors import DiskFull
from companion.formats.print.typeset import Typesetter
from companion.screens.near_files import Folder
from companion.screens.print_week import PrintWeekScreen
from companion.services.session import Session

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def opened(clock: FixedClock) -> Session:
    found = session(clock)
    found.people.put_child(Child("leo", "L.", lives_here=False))
    care = Logistics(Childcare(True, "Grandma", True))
    found.planner.add(event("IOP group", datetime(2026, 10, 27, 18), rule=TUESDAYS, location="Mill St", logistics=care))
    found.planner.add(event("Check-up", datetime(2026, 11, 25, 9), kind="child-health", child="M."))
    return found


async def keys(pilot: Pilot[None], *names: str) -> None:
    for name in names:
        await pilot.press(name)
        await settled(pilot)


async def settled(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def shown_for(pilot: Pilot[None], day: date = TUESDAY) -> PrintWeekScreen:
    screen = PrintWeekScreen(day)
    await pilot.app.push_screen(screen)
    await settled(pilot)
    return screen


def text_of(path: Path) -> str:
    (page,) = PdfReader(io.BytesIO(path.read_bytes())).pages
    return " ".join(page.extract_text().split())


def lines(screen: PrintWeekScreen) -> str:
    return str(screen.query_one("#print-lines").render())


async def test_enter_saves_a_discreet_page_and_never_over_another(opened: Session, downloads: Path) -> None:
    async with running(opened) as pilot:
        screen = await shown_for(pilot)
        text = shown(pilot)
        assert "Nov 22 – 28, 2026 · next week" in text and "Anyone who has the file or the paper can read it." in text
        assert "Class" in lines(screen) and "IOP" not in lines(screen)
        assert list(downloads.iterdir()) == []
        await keys(pilot, "enter")
        assert str(downloads / "week.pdf") in "".join(shown(pilot).split("\n")).replace(" ", "")
        first = (downloads / "week.pdf").read_bytes()
        await keys(pilot, "ctrl+s")
    assert (downloads / "week.pdf").read_bytes() == first == (downloads / "week-2.pdf").read_bytes()
    assert "Class" in text_of(downloads / "week.pdf") and "Mill" not in text_of(downloads / "week.pdf")
    if os.name == "posix":
        assert (downloads / "week.pdf").stat().st_mode & 0o777 == 0o600


async def test_each_choice_changes_what_will_be_on_the_page(opened: Session, downloads: Path) -> None:
    async with running(opened, size=(120, 40)) as pilot:
        screen = await shown_for(pilot)
        assert "What you are called" not in shown(pilot)
        await keys(pilot, "up", "up", "up", "right")  # names, above paper and folder
        assert "Grandma has the children" in lines(screen) and "IOP group" in lines(screen)
        await keys(pilot, "up", "right")  # for M.
        assert "names of the child's things" in shown(pilot)
        assert "Mama is at her class" in lines(screen) and "With you: Grandma" in lines(screen)
        assert "IOP" not in lines(screen) and "Check-up" in lines(screen)
        await keys(pilot, "down", "right")
        assert "Mom is at her class" in lines(screen)
        await keys(pilot, "up", "right")  # for L., who lives elsewhere
        assert "class" not in lines(screen) and "A quiet day" in lines(screen)
        await keys(pilot, "up", "right", "ctrl+s")
        assert "Nov 29 – Dec 5, 2026" in lines(screen)
    text = text_of(downloads / "week.pdf")
    assert text.startswith("L.: Nov 29 – Dec 5, 2026") and "Mama" not in text


async def test_what_can_not_be_drawn_or_has_no_room_is_said_before(opened: Session, downloads: Path) -> None:
    opened.prints._typesetter = Typesetter(own_fonts_only=True)  # which fonts a computer has is its own affair
    opened.planner.add(event("[red]loud[/] 李", datetime(2026, 11, 26, 9)))
    for minute in range(40):
        opened.planner.add(event("Errand", datetime(2026, 11, 27, 9, minute), kind="personal"))
    async with running(opened, size=(120, 40)) as pilot:
        screen = await shown_for(pilot)
        await keys(pilot, "up", "up", "up", "right")
        notes = str(screen.query_one("#print-notes").render())
        assert "10 have no room on the page." in notes and "李" in notes and "empty boxes" in notes
        assert "[red]loud[/]" in lines(screen) and "+10 more" in lines(screen)


async def test_a_full_disk_is_said_and_a_stick_is_offered_first(
    opened: Session, downloads: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "KINGSTON"
    stick.mkdir()
    monkeypatch.setattr("companion.screens.print_week.sticks", lambda: [Folder(stick, "stick KINGSTON", stick=True)])

    def full(*_: object, **__: object) -> None:
        raise DiskFull("There is no room left on that disk.", "Make room and try again.")

    async with running(opened) as pilot:
        await shown_for(pilot)
        assert "stick KINGSTON" in shown(pilot)
        with monkeypatch.context() as patched:
            patched.setattr(opened.prints, "save", full)
            await keys(pilot, "enter")
        assert "There is no room left on that disk." in shown(pilot)
        await keys(pilot, "ctrl+s")
    assert (stick / "week.pdf").exists()


@pytest.mark.parametrize("size", SIZES)
async def test_all_of_the_page_can_be_read_at_every_size(
    opened: Session, downloads: Path, size: tuple[int, int]
) -> None:
    async with running(opened, size=size) as pilot:
        await shown_for(pilot)
        await keys(pilot, "up", "up", "up", "up", "right", "down", "down", "down", "down")  # a child's page is longest
        seen = shown(pilot)
        for _ in range(6):
            await keys(pilot, "pagedown")
            seen += shown(pilot)
        for day in ("Sunday, Nov 22", "Tuesday, Nov 24", "Saturday, Nov 28", "Mama is at her class"):
            assert day in seen
