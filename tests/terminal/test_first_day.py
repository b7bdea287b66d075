"""A first day, in a real terminal of 80x24: from the first run to a file for the phone, within the budget of keys."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from person_kit import COMPANION, WORDS, Person, home, sits_down

from companion.domain.attendance import Mark
from companion.domain.clock import SystemClock, local_now
from companion.formats.ical_reader import read_calendar
from companion.formats.ical_writer import ExportOptions, read_back
from companion.profiles import list_profiles
from companion.services.session import Session, open_profile

Sit = Callable[..., Person]
ZONE = "America/New_York"


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Sit]:
    """`sit()`: she sits down at the computer; closed after the test."""
    people: list[Person] = []

    def start(**options: object) -> Person:
        people.append(sits_down(tmp_path / "sam", tmp_path / "data", **options))
        return people[-1]

    yield start
    for person in people:
        person.terminal.close()


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """The sample plan, begun two weeks ago, in her Downloads folder."""
    today = local_now(SystemClock(), ZONE).date()
    monday = today - timedelta(days=today.weekday() + 14)
    path = tmp_path / "sam" / "Downloads" / "aftercare.toml"
    path.parent.mkdir(parents=True)
    command = [*COMPANION, "plan", "new", "--template", "sample-month-two", "--start", monday.isoformat()]
    options = ["--timezone", ZONE, "-o", str(path)]
    subprocess.run([*command, *options], check=True, capture_output=True, timeout=30, env=home(path.parent.parent))
    return path


def stored(data: Path) -> Session:
    """Her profile, opened after the app has ended."""
    (profile,) = list_profiles(data)
    return open_profile(data, profile.id, WORDS, SystemClock())


def to_downloads(sam: Person) -> bool:
    """Choose that folder where a stick is plugged into the computer that runs the test; whether it took keys."""
    sam.sees("‹ ")
    if "‹ Downloads ›" in sam.text:
        return False
    sam.press("up")
    while "‹ Downloads ›" not in sam.text:
        before = sam.text
        sam.press("right")
        sam.terminal.until(lambda before=before: sam.text != before)
    sam.press("enter")
    return True


def test_from_the_first_run_to_a_file_for_the_phone(sit: Sit, plan: Path, tmp_path: Path) -> None:
    sam = sit()
    sam.begins()
    sam.count()

    # A coach's file, from what lies in Downloads.
    sam.press("i", plan.name)
    sam.press("enter", "Put this on my calendar")
    sam.press("enter")
    sam.is_told("Brought in")
    assert sam.count() == ["i", "enter", "enter"]

    # What is asked about is marked with one key; then the one before it is asked about.
    asked = sam.text.split("How did it go?")[1].splitlines()[1].split("  ·  ")[0].strip()
    sam.press("w")
    sam.is_told(f"You went to {asked}")
    assert sam.count() == ["w"]

    sam.press("n", "The next 7 days")
    assert sam.count() == ["n"]
    sam.press("esc", "One good thing")
    sam.count()

    sam.press("3", "How much do you have today?")
    sam.press("l", "[l a little]")
    sam.press("enter", "step 1 of", "with M.", "Stay safe")
    assert sam.count() == ["3", "l", "enter"]
    activity = sam.text.split(" with M.")[0].strip()
    sam.press("d")
    sam.is_told(f"Noted: {activity}")
    assert sam.count() == ["d"]

    sam.press("4", "So far: 1 appointment kept and 1 thing done together", "Groups", "Days of")

    sam.press("1", "One good thing")
    sam.count()
    sam.press("e", "Save the file")
    more = to_downloads(sam)
    sam.press("enter", "saved in:", "calendar.ics")
    assert more or sam.count() == ["e", "enter"]
    file = plan.parent / "calendar.ics"
    written = file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600

    sam.press("ctrl+q")
    assert sam.terminal.wait_end() == 0
    sam.terminal.assert_given_back()

    opened = stored(tmp_path / "data")
    today = opened.planner.today()
    events = opened.outbox.events(today)
    assert len(events) > 5
    read_back(written, events, ExportOptions(begins=today, default_reminders=opened.settings.reminders))
    assert not read_calendar(written, zone="UTC").findings
    assert b"IOP" not in written and b"Counselling" not in written  # discreet, as nothing else was chosen
    (mark,) = opened.planner.marks(today - timedelta(days=4), today + timedelta(days=1)).values()
    assert (mark.mark, mark.title) == (Mark.ATTENDED, asked)
    (done,) = opened.diary.recent()
    found = opened.library.get(done.activity)
    assert found is not None and found.title == activity
    opened.close()


def test_hide_and_the_numbers_are_one_key_each(sit: Sit) -> None:
    sam = sit()
    sam.begins(words=None)
    sam.count()
    sam.press("f5", "Call or text 988")
    assert sam.count() == ["f5"]
    sam.hides()
    assert sam.count() == ["ctrl+x"]
    sam.press("f5", "Call or text 988")  # from the hidden screen too
    assert sam.count() == ["f5"]
