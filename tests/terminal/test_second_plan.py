"""The coach's plan comes again, unchanged and changed; what it did can be taken back after a restart."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from person_kit import Person, kill, sits_down

from companion.domain.clock import SystemClock, local_now
from companion.profiles import list_profiles
from companion.services.session import create_profile, open_profile

ZONE = "America/New_York"
SOON = local_now(SystemClock(), ZONE).date() + timedelta(days=2)


def _plan(revision: int, **items: str) -> str:
    """A plan of these items, each with the time of its start."""
    header = f'format = 1\nid = "riverside-17"\nrevision = {revision}\ntitle = "Aftercare"\ntimezone = "{ZONE}"\n'
    return header + "".join(
        f'\n[[item]]\nid = "{name.casefold()}"\ntitle = "{name}"\nkind = "parenting class"\n'
        f"starts = {SOON.isoformat()}T{start}:00\n"
        for name, start in items.items()
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    downloads = tmp_path / "sam" / "Downloads"
    downloads.mkdir(parents=True)
    return downloads


@pytest.fixture
def data(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    session, _code = create_profile(data, "blue heron", None, SystemClock(), zone=ZONE)
    session.close()
    return data


@pytest.fixture
def people(folder: Path, data: Path) -> Iterator[list[Person]]:
    people: list[Person] = []
    yield people
    for person in people:
        person.terminal.close()


def _stored(data: Path) -> dict[str, str]:
    """Each appointment and when it starts."""
    (profile,) = list_profiles(data)
    session = open_profile(data, profile.id, None, SystemClock())
    found = {event.title: f"{event.start:%H:%M}" for event in session.planner.all_events()}
    session.close()
    return found


def test_a_plan_that_comes_again(folder: Path, data: Path, people: list[Person]) -> None:
    first = {"Class": "10:00", "Visit": "13:00", "Group": "16:00"}
    file = folder / "aftercare.toml"
    file.write_text(_plan(1, **first))
    people.append(sam := sits_down(folder.parent, data))
    sam.sees("Which one is yours?")
    sam.press("enter", "One good thing")
    sam.press("i", file.name)
    sam.press("enter", "3 new")
    sam.press("enter")
    sam.is_told("Brought in: 3 new.")

    sam.press("i", file.name)  # the same again
    sam.press("enter", "Go back: you have all of it already", "3 same")
    sam.press("enter", "One good thing")

    file.write_text(_plan(2, Class="10:00", Visit="14:30", Meeting="18:00"))
    sam.press("i", file.name)
    sam.press("enter", "1 new · 1 changed · 1 same · 1 withdrawn")
    sam.press("o", "Visit", "1:00", "2:30")
    sam.press("enter")
    sam.is_told("Brought in: 1 new")
    kill(sam.terminal.app_pid(), signal.SIGKILL)
    sam.terminal.wait_end()
    assert _stored(data) == {"Class": "10:00", "Visit": "14:30", "Meeting": "18:00"}

    people.append(sam := sits_down(folder.parent, data))
    sam.sees("Which one is yours?")
    sam.press("enter", "One good thing")
    sam.press("ctrl+z")
    sam.is_told("Undo: brought in Aftercare")
    sam.press("ctrl+q")
    assert sam.terminal.wait_end() == 0
    assert _stored(data) == first


def test_a_second_window_says_that_it_is_open_elsewhere(folder: Path, data: Path, people: list[Person]) -> None:
    people.append(sam := sits_down(folder.parent, data))
    sam.sees("Which one is yours?")
    sam.press("enter", "One good thing")
    people.append(other := sits_down(folder.parent, data))
    other.sees("Which one is yours?")
    other.press("enter", "open in another window")
    kill(sam.terminal.app_pid(), signal.SIGKILL)
    sam.terminal.wait_end()
    other.press("enter", "One good thing")
