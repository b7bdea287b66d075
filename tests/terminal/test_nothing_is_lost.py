"""What was said to be saved is there again, however the app ended a moment later; and nothing of it can be read."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from app_kit import event, running
from app_kit import session as in_memory
from person_kit import WORDS, Person, descendants, kill, sits_down, wait_gone

from companion.app import CompanionApp
from companion.domain.child import Child
from companion.domain.clock import FixedClock, SystemClock, local_now
from companion.profiles import HEAD_FILE, list_profiles
from companion.services.session import Session, create_profile, open_profile
from companion.terminal import Ended

ZONE = "America/New_York"
TODAY = local_now(SystemClock(), ZONE).date()

PLAN = f"""\
format = 1
id = "riverside-2026-017"
revision = 1
title = "Aftercare"
timezone = "{ZONE}"

[[item]]
id = "class"
title = "Parenting class"
kind = "parenting class"
starts = {(TODAY + timedelta(days=3)).isoformat()}T10:00:00
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Her home, with a coach's file in Downloads."""
    downloads = tmp_path / "sam" / "Downloads"
    downloads.mkdir(parents=True)
    (downloads / "aftercare.toml").write_text(PLAN)
    return downloads.parent


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def sit(folder: Path, data: Path) -> Iterator[Callable[[], Person]]:
    """`sit()`: she sits down at the computer again."""
    people: list[Person] = []

    def start() -> Person:
        people.append(sits_down(folder, data))
        return people[-1]

    yield start
    for person in people:
        person.terminal.close()


def _profile(data: Path, words: str | None = None) -> None:
    data.mkdir(mode=0o700, exist_ok=True)
    session, _code = create_profile(data, "blue heron", words, SystemClock(), zone=ZONE)
    session.close()


def _opened(data: Path, words: str | None = None) -> Session:
    (profile,) = list_profiles(data)
    return open_profile(data, profile.id, words, SystemClock())


# How it ends


def _killed(sam: Person) -> None:
    kill(sam.terminal.app_pid(), signal.SIGKILL)
    sam.terminal.wait_end()


def _hung_up(sam: Person) -> None:
    sam.terminal.send_signal(signal.SIGHUP)
    sam.terminal.wait_end()


def _closed(sam: Person) -> None:
    """The window is closed: the terminal itself is gone."""
    pids = [sam.terminal.pid, *descendants(sam.terminal.pid)]
    sam.terminal.hang_up()
    wait_gone(sam.terminal, pids)


def _power_cut(sam: Person) -> None:
    """Everything at once, the launcher too."""
    pids = [sam.terminal.pid, *descendants(sam.terminal.pid)]
    for pid in pids:
        kill(pid, signal.SIGKILL)
    wait_gone(sam.terminal, pids)


ENDS = {"killed": _killed, "hung up": _hung_up, "window closed": _closed, "all killed": _power_cut}


# What she does, up to the words that it is stored


def _adds(sam: Person) -> None:
    sam.press("a", "Add to the calendar")
    sam.types('"Dentist with Mia" tomorrow 6:15pm', "Add to the calendar")
    sam.press("enter")
    sam.is_told("is on the calendar")


def _marks(sam: Person) -> None:
    sam.sees("How did it go?")
    sam.press("w")
    sam.is_told("That counts.")


def _does(sam: Person) -> None:
    sam.press("b", "step 1 of")
    sam.press("d")
    sam.is_told("Noted: ")


def _imports(sam: Person) -> None:
    sam.press("i", "aftercare.toml")
    sam.press("enter", "Put this on my calendar")
    sam.press("enter")
    sam.is_told("Brought in")


def _sets_a_goal(sam: Person) -> None:
    sam.press("4", "Press a for a goal")
    sam.press("a", "A new goal")
    sam.types("Read to Mia", "What")
    sam.press("ctrl+s", "Read to Mia")
    sam.no_more("A new goal")


def _undoes(sam: Person) -> None:
    sam.press("ctrl+z")
    sam.is_told("Undo: ")


Facts = list[str]


def _facts(data: Path) -> Facts:
    """What is stored, in words."""
    session = _opened(data)
    first, until = TODAY - timedelta(days=4), TODAY + timedelta(days=7)
    facts = [f"event {event.title}" for event in session.planner.all_events()]
    facts += [f"mark {mark.title}" for mark in session.planner.marks(first, until).values()]
    facts += [f"done {done.activity}" for done in session.diary.recent()]
    facts += [f"goal {goal.name}" for goal in session.progress.goals()]
    session.close()
    return sorted(facts)


def test_what_was_said_to_be_saved_is_there_however_it_ended(data: Path, sit: Callable[[], Person]) -> None:
    _profile(data)
    session = _opened(data)
    yesterday = datetime.combine(TODAY - timedelta(days=1), time(15))
    session.planner.add(event("Group", yesterday))
    session.people.put_child(Child("mia", "Mia", born=TODAY - timedelta(days=240)))
    session.close()

    known = _facts(data)
    for act, end, new in (
        (_adds, _killed, "event Dentist with Mia"),
        (_marks, _hung_up, "mark Group"),
        (_does, _closed, "done "),
        (_imports, _power_cut, "event Parenting class"),
        (_sets_a_goal, _killed, "goal Read to Mia"),
    ):
        sam = sit()
        sam.sees("Which one is yours?")
        sam.press("enter", "One good thing")
        act(sam)
        end(sam)
        now = _facts(data)
        (added,) = [fact for fact in now if fact not in known]
        assert added.startswith(new)
        assert all(fact in now for fact in known)
        known = now

    # What is taken back stays taken back; the step before it can be taken back after that.
    for end, gone in ((_hung_up, "goal Read to Mia"), (_closed, "event Parenting class")):
        sam = sit()
        sam.sees("Which one is yours?")
        sam.press("enter", "One good thing")
        _undoes(sam)
        end(sam)
        known.remove(gone)
        assert _facts(data) == known

    sam = sit()  # and she sees it
    sam.sees("Which one is yours?")
    sam.press("enter", "One good thing")
    sam.press("2")
    sam.sees("Dentist with Mia")


@pytest.mark.parametrize("end", ["ctrl+x", "ctrl+q"])
def test_what_is_half_typed_is_there_after_hiding_and_leaving(data: Path, sit: Callable[[], Person], end: str) -> None:
    _profile(data)
    sam = sit()
    sam.sees("Which one is yours?")
    sam.press("enter", "One good thing")
    sam.press("a", "Add to the calendar")
    sam.types("Dentist with Mi", "Add to the calendar")
    if end == "ctrl+q":
        sam.press(end)
        sam.terminal.wait_end()
        sam = sit()
    else:
        sam.hides(end)
        sam.press(" ")
    sam.sees("Which one is yours?")
    sam.press("enter", "One good thing")
    sam.press("a", "You began this before. F8 brings it back.")
    assert "Dentist" not in sam.text
    sam.press("f8", "Dentist with Mi")


async def test_what_is_half_typed_is_kept_when_it_locks_by_itself(clock: FixedClock) -> None:
    opened = in_memory(clock)
    async with running(opened) as pilot:
        app = pilot.app
        assert isinstance(app, CompanionApp)
        await pilot.press("a", *"Dent")
        app.lock()
        kept = opened.drafts.get("quick add")
        assert kept is not None and kept["sentence"] == "Dent"
        assert app.return_code == Ended.LOCKED


# Nothing of it can be read

CANARY = "Canary Quillfeather"


def _shapes(text: str) -> dict[str, bytes]:
    """How a text may stand in a file."""
    return {
        "utf-8": text.encode(),
        "utf-16 little": text.encode("utf-16-le"),
        "utf-16 big": text.encode("utf-16-be"),
        "reversed": text[::-1].encode(),
        "hex": text.encode().hex().encode(),
    }


def _found(canary: str, *folders: Path) -> list[str]:
    """Files that hold any word of it, in any shape."""
    return [
        f"{path}: {word} as {shape}"
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
        for word in canary.split()
        for shape, needle in _shapes(word).items()
        if needle in path.read_bytes()
    ]


def test_nothing_that_she_typed_can_be_read_in_any_file(
    data: Path, folder: Path, sit: Callable[[], Person], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    words = "blue kettle garden Quillfeather"
    _profile(data, words)
    sam = sit()
    sam.unlocks(words)
    sam.press("a", "Add to the calendar")
    sam.types(CANARY, "Add to the calendar")
    sam.hides()  # a draft is stored
    sam.press(" ")
    sam.unlocks(words)
    sam.press("a", "You began this before")
    sam.press("f8", CANARY)
    sam.types(" tomorrow 6:15pm", "Add to the calendar")
    sam.press("enter")
    sam.is_told("is on the calendar")
    places = (data, folder, temporary)
    assert len([path for path in data.rglob("*") if path.is_file()]) >= 3
    assert _found(CANARY, *places) == []  # while it is open, the log beside it full
    _power_cut(sam)
    assert _found(CANARY, *places) == []
    assert [e.title for e in _opened(data, words).planner.all_events()] == [CANARY]
    assert _found(CANARY, *places) == []

    (folder / "control.txt").write_text(CANARY)
    assert len(_found(CANARY, *places)) == 2  # the search does find what is there


# Its own plain sentence


def test_wrong_words_say_so_and_the_right_ones_open_it(data: Path, sit: Callable[[], Person]) -> None:
    _profile(data, WORDS)
    sam = sit()
    sam.types_unseen("blue kettle garden eight", "Your words")
    sam.press("enter", "These words don't open it.")
    sam.unlocks()


def _damage(data: Path) -> None:
    """Turn over some bytes in the middle of the data file."""
    (profile,) = list_profiles(data)
    path = max((p for p in profile.folder.iterdir() if p.is_file()), key=lambda p: p.stat().st_size)
    assert path.name != HEAD_FILE
    content = bytearray(path.read_bytes())
    for at in range(len(content) // 4, len(content), 500):
        content[at] ^= 0xFF
    path.write_bytes(content)


def test_a_damaged_file_says_so_and_is_left_as_it_is(data: Path, sit: Callable[[], Person]) -> None:
    _profile(data)
    _damage(data)
    (profile,) = list_profiles(data)
    before = {path: path.read_bytes() for path in profile.folder.iterdir() if path.is_file()}
    sam = sit()
    sam.sees("Which one is yours?")
    sam.press("enter", "The file with your calendar is damaged")
    sam.press("ctrl+q")
    sam.terminal.wait_end()
    assert {path: path.read_bytes() for path in before} == before


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB; only root can make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("a small disk can't be made here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_says_so_and_nothing_is_lost(small: Path, folder: Path) -> None:
    data = small / "data"
    _profile(data)
    session = _opened(data)
    for hour in (13, 15):
        session.planner.add(event("Group", datetime.combine(TODAY - timedelta(days=1), time(hour))))
    session.close()
    sam = sits_down(folder, data)
    sam.sees("Which one is yours?")
    sam.press("enter", "How did it go?")
    with pytest.raises(OSError), (small / "filling").open("wb") as filling:
        while True:
            filling.write(b"x" * 4096)
            filling.flush()
    sam.press("w", "The disk is full.", "Make some room")
    sam.press("enter")
    sam.no_more("The disk is full.")
    sam.press("2", "[2 Calendar]", f"{TODAY:%B %Y}")  # reading still works
    sam.press("a", "Add to the calendar")
    sam.types("Dentist", "Add to the calendar")
    sam.hides()  # though the draft can't be kept
    sam.press(" ")
    sam.sees("Which one is yours?")
    sam.press("enter", "How did it go?")  # and it can be opened again
    (small / "filling").unlink()
    sam.press("1", "[1 Today]", "How did it go?")
    sam.press("w")
    sam.is_told("That counts.")
    _killed(sam)
    sam.terminal.close()
    assert [fact for fact in _facts(data) if fact.startswith("mark")] == ["mark Group"]
