"""A first day, in a real terminal of 80x24: from the first run to a file for the phone, within the budget of keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from person_kit import Person, sits_down

Sit = Callable[..., Person]


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
    monday = date.today() - timedelta(days=date.today().weekday() + 14)
    path = tmp_path / "sam" / "Downloads" / "plan.toml"
    path.parent.mkdir(parents=True)
    command = [*COMPANION, "plan", "new", "--template", "sample-month-two", "--start", monday.isoformat()]
    options = ["--timezone", "America/New_York", "-o", str(path)]
    subprocess.run([*command, *options], check=True, capture_output=True, timeout=30, env=home(path.parent.parent))
    return path


def bring_in(sam: Person, plan: Path) -> None:
    """From Today, with the keys that are allowed: i, Enter, Enter."""
    sam.count()
    sam.press("i", plan.name)
    sam.press("enter", "Put this on my calendar")
    sam.press("enter", "Brought in")
    assert sam.count() == ["i", "enter", "enter"]


def to_downloads(sam: Person) -> None:
    """Choose the folder where a stick is plugged into the computer that runs the test."""
    for _folder in range(12):
        if "‹ Downloads ›" in sam.text:
            return
        sam.press("up")
        sam.press("right", "Save in")
    raise AssertionError(sam.text)


def test_from_the_first_run_to_a_file_for_the_phone(sit: Sit, plan: Path, tmp_path: Path) -> None:
    sam = sit()
    sam.begins()
    assert sam.terminal.on_alternate
    bring_in(sam, plan)

    # What is asked about is marked with one key; the next one is asked about then.
    asked = sam.text.split("How did it go?")[1].splitlines()[1].split("  ·  ")[0].strip()
    sam.press("w", f"You went to {asked}", "This week so far" if False else "That counts.")
    assert sam.count() == ["w"]

    sam.press("n", "The next 7 days")
    assert sam.count() == ["n"]
    sam.press("esc", "One good thing")
    sam.count()

    sam.press("3", "How much do you have today?")
    sam.press("l", "[l a little]")
    sam.press("enter", "step 1 of", "with M.", "Stay safe")
    assert sam.count() == ["3", "l", "enter"]
    sam.press("d", "Noted: ", "How much do you have today?")
    assert sam.count() == ["d"]

    sam.press("4", "Days of", "Groups")
    print(sam.text)

    sam.press("1", "One good thing")
    sam.count()
    sam.press("e", "Save the file")
    to_downloads(sam)
    stick = sam.count() != ["e"]
    sam.press("enter")
    if stick:  # the choice goes on to the button
        sam.press("enter")
    sam.sees("saved in:", "calendar.ics")
    assert stick or sam.count() == ["enter"]
    _same_as_stored(tmp_path, sam, plan.parent / "calendar.ics")
