"""A title that is markup, an action and an escape sequence harms nothing, from a file or typed in, on any screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from app_kit import event
from person_kit import Person, sits_down

from companion.domain.child import Child
from companion.domain.clock import SystemClock, local_now
from companion.domain.goal import Goal, Period
from companion.profiles import list_profiles
from companion.services.session import create_profile, open_profile

ZONE = "America/New_York"
TODAY = local_now(SystemClock(), ZONE).date()

MARKUP = "[/x] [@click=app.quit]hi[/]"
# What each would do: put EVIL on the clipboard, name the window, switch a mode, empty the screen, end as a C1 string.
ESCAPES = "\x1b]52;c;RVZJTA==\x07\x1b]0;OWNED\x07\x1b[?31337h\x1b[9;9;9J\x9d2;OWNED\x9c\u202e"
PAYLOADS = tuple(
    part.encode() for part in ("\x1b]52", "\x1b]0;", "\x1b[?31337", "\x1b[9;9;9J", "\x9d", "\x9c", "\u202e")
)
TITLE = MARKUP + ESCAPES
BEGINS = "[/x] [@click"  # what of it stands on every screen, however narrow

_TOML = "".join(c if c.isprintable() and c.isascii() else f"\\u{ord(c):04x}" for c in TITLE)
PLAN = f"""\
format = 1
id = "riverside-2026-017"
revision = 1
title = "{_TOML}"
prepared_by = "{_TOML}"
timezone = "{ZONE}"

[[item]]
id = "group"
title = "{_TOML}"
discreet_title = "{_TOML}"
kind = "group therapy"
starts = {(TODAY - timedelta(days=1)).isoformat()}T10:00:00
length = "1 hour"
repeat = "every day for 20 times"
provider = "{_TOML}"
contact = "{_TOML}"
phone = "{_TOML}"
location = "{_TOML}"
childcare = {{ needed = true, who = "{_TOML}", covered = true }}
ride = {{ how = "{_TOML}", who = "{_TOML}", leave_by = "40 minutes" }}
bring = ["{_TOML}"]
notes = "{_TOML}"
child = "M."
counts_toward = "{_TOML}"

[[item]]
id = "wrong"
title = "{_TOML}"
kind = "{_TOML}"
starts = {TODAY.isoformat()}T10:00:00
repeat = "every {_TOML}"

[[goal]]
name = "{_TOML}"
times = 3
per = "week"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Her home, with that plan under such a name in Downloads."""
    downloads = tmp_path / "sam" / "Downloads"
    downloads.mkdir(parents=True)
    (downloads / f"{TITLE.replace('/', '')}.toml").write_text(PLAN, encoding="utf-8")
    return downloads.parent


@pytest.fixture
def data(tmp_path: Path, folder: Path) -> Path:
    """A profile without words, with the plan in it, and all that she can name named so."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    session, _code = create_profile(data, TITLE[:20], None, SystemClock(), zone=ZONE)
    session.change_settings(name=TITLE)
    session.people.put_child(Child("mia", TITLE, born=TODAY - timedelta(days=240)))
    session.people.put_child(Child("leo", TITLE, born=TODAY - timedelta(days=1600)))
    (plan,) = (folder / "Downloads").iterdir()
    (preview,) = session.intake.preview(plan)
    session.intake.apply(preview)
    session.progress.put_goal(Goal("", TITLE, 1, Period.WEEK, TODAY, activities=True, child="mia"))
    session.planner.add(event(TITLE, datetime.combine(TODAY, time(23)), zone=ZONE, location=TITLE, provider=TITLE))
    session.close()
    return data


@pytest.fixture(params=[(60, 20), (80, 24), (170, 30)], ids=lambda s: f"{s[0]}x{s[1]}")
def sam(request: pytest.FixtureRequest, folder: Path, data: Path) -> Iterator[Person]:
    person = sits_down(folder, data, size=request.param)
    yield person
    person.terminal.close()


def _clicks(sam: Person, *opens: str, rightmost: bool = False) -> None:
    """Click on the title, the first one on the screen or the one farthest to the right, and see what that opens."""
    sam.terminal.settle()
    rows = enumerate(sam.terminal.screen.display, 1)
    found = [(line.rindex(BEGINS), row) for row, line in rows if BEGINS in line]
    column, row = max(found, key=lambda place: place[0]) if rightmost else found[0]
    column += len(BEGINS) // 2 + 1
    sam.terminal.press(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")
    sam.sees(*opens)


def _goes(sam: Person, key: str, place: str) -> None:
    """To a place, whatever was laid over; until nothing lies over it."""
    sam.press(key)
    sam.terminal.until(lambda: f"[{place}]" in sam.text and "╭" not in sam.text)


def _pastes(sam: Person, text: str) -> None:
    sam.terminal.press(f"\x1b[200~{text}\x1b[201~")


def test_a_hostile_title_harms_nothing_anywhere(sam: Person) -> None:
    sam.sees("Which one is yours?", "[/x] ")
    sam.press("enter", "One good thing")
    _walk_today(sam)
    _walk_calendar(sam)
    _walk_the_rest(sam)
    _type_it_in(sam)
    sam.press("ctrl+q")
    assert sam.terminal.wait_end() == 0
    sam.terminal.assert_given_back()
    output = bytes(sam.terminal.output)
    for payload in PAYLOADS:
        assert payload not in output
    assert set(re.findall(rb"\x1b\]([^\x07\x1b]*)", output)) <= {b"2;Terminal", b"22;default"}


def _walk_today(sam: Person) -> None:
    sam.sees(BEGINS)
    _clicks(sam)
    sam.press("f1", "Keys here")  # it runs on, whatever the click has opened
    sam.press("esc")
    sam.no_more("Keys here")
    _goes(sam, "f2", "1 Today")
    sam.press("w")
    sam.is_told("You went to")
    sam.press("ctrl+z")
    sam.is_told("Undo: ")
    sam.press("n", "The next 7 days", BEGINS)
    sam.press("enter", "Change it")
    _clicks(sam)
    sam.press("esc")
    sam.no_more("Change it")
    sam.press("esc", "One good thing")


def _walk_calendar(sam: Person) -> None:
    sam.press("2", "[2 Calendar]", f"{TODAY:%B %Y}", BEGINS)
    _clicks(sam, "Take it off the calendar", rightmost=True)
    _goes(sam, "f3", "2 Calendar")
    sam.press("x", "Cancel which ones?", BEGINS)
    sam.press("esc")
    sam.no_more("Cancel which ones?")
    sam.press("g", "Go to which day?")
    _pastes(sam, TITLE)
    sam.press("enter", BEGINS)
    sam.press("esc")
    sam.no_more("Go to which day?")
    sam.press("e", "Save the file")
    sam.press("esc")
    sam.no_more("Save the file")
    sam.press("i", "Bring in a plan", "[x] [@click")
    sam.press("enter", BEGINS, "from ")
    sam.press("o")
    _clicks(sam)
    sam.press("esc", "Bring in a plan")
    sam.press("esc", "[2 Calendar]")


def _walk_the_rest(sam: Person) -> None:
    sam.press("3", "How much do you have today?", "With [/x]")
    _clicks(sam)
    _goes(sam, "f4", "3 Activities")
    sam.press("c", "Who is it for?")
    sam.press("esc")
    sam.no_more("Who is it for?")
    sam.press("enter", "step 1 of", BEGINS)
    sam.press("d")
    sam.is_told("Noted:")
    sam.press("4", "[4 Progress]", f"Days of {TODAY:%Y}", BEGINS)
    _clicks(sam, "Change the goal")
    _goes(sam, "f6", "4 Progress")
    sam.press("5", "[5 Support]")
    sam.press("ctrl+p", "What would you like to do?")
    _pastes(sam, TITLE)
    sam.sees("No matches found")
    sam.press("esc")
    sam.no_more("No matches found")
    sam.press("1", "[1 Today]")


def _type_it_in(sam: Person) -> None:
    """Pasted, as nobody types an escape sequence: saved, and left half typed for the draft.

    What follows an escape character in a paste reaches the field as single letters, without it.
    """
    sam.press("a", "Add to the calendar")
    sam.press("tab", "Where")
    sam.at("What")
    _pastes(sam, TITLE)
    sam.sees(BEGINS)
    sam.press("tab")
    sam.types("tomorrow", "Day")
    sam.press("tab")
    sam.press("tab")
    sam.types("6:15pm", "Start")
    sam.press("ctrl+s")
    sam.is_told("is on the calendar")
    sam.press("a", "Add to the calendar")
    sam.at("Add to the calendar")
    _pastes(sam, TITLE)
    sam.sees(BEGINS)
    sam.press("esc")
    sam.no_more("Add to the calendar")
    sam.press("a", "F8 brings it back")
    sam.press("f8", "]52;c;")
    sam.press("esc")
    sam.no_more("Add to the calendar")


def test_what_is_stored_of_it_is_the_text_alone(data: Path) -> None:
    (profile,) = list_profiles(data)
    session = open_profile(data, profile.id, None, SystemClock())
    texts = [e.title for e in session.planner.all_events()] + [c.name for c in session.people.children()]
    texts += [g.name for g in session.progress.goals()] + [session.settings.name, profile.label]
    session.close()
    assert len(texts) >= 6
    assert {text for text in texts if not MARKUP.startswith(text.rstrip("…"))} == set()
