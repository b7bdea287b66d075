"""What is said after "Undo: " for every act there is: plain words, in the past, true also next week."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from app_kit import HOUR, TUESDAYS, event, session
from words_kit import not_to_be_said

import companion.services
from companion.domain.attendance import Mark
from companion.domain.child import Child
from companion.domain.clock import FixedClock
from companion.domain.event import Occurrence
from companion.domain.goal import Goal, Pause, Period
from companion.domain.series import Reach
from companion.services.session import Session

TODAY = date(2026, 11, 21)
LAST, NEXT, DECEMBER = date(2026, 11, 17), date(2026, 11, 24), date(2026, 12, 1)
WEDNESDAY = datetime(2026, 12, 2, 18)
Act = Callable[[Session], object]


def on(opened: Session, day: date) -> Occurrence:
    (found,) = opened.planner.on(day)
    return found


def then(*acts: Act) -> Act:
    """One act after others: the last one is what undo names."""

    def do(opened: Session) -> None:
        for act in acts:
            act(opened)

    return do


def _goal(opened: Session) -> Goal:
    return opened.progress.put_goal(Goal("g", "Groups", 3, Period.WEEK, TODAY, kinds=("group-therapy",)))


def _pause(opened: Session) -> Pause:
    return opened.progress.put_pause(Pause("", TODAY, TODAY + timedelta(days=9)))


def _cancelled(opened: Session) -> None:
    opened.planner.cancel(on(opened, NEXT), Reach.ALL)


ACTS: dict[str, Act] = {
    "added Dentist": lambda o: o.planner.add(event("Dentist", datetime(2026, 11, 25, 9))),
    "marked Group on Tue, Nov 17": lambda o: o.planner.mark(on(o, LAST), Mark.ATTENDED),
    "took the mark off Group on Tue, Nov 17": then(
        lambda o: o.planner.mark(on(o, LAST), Mark.MISSED), lambda o: o.planner.unmark(on(o, LAST))
    ),
    "changed Group on Tue, Nov 24": lambda o: o.planner.change_one(on(o, NEXT), location="Room 3"),
    "changed Group from Tue, Dec 1 on": lambda o: o.planner.change_later(
        on(o, DECEMBER), replace(on(o, DECEMBER).event, title="Circle")
    ),
    "changed all of Group": lambda o: o.planner.change_all(replace(on(o, NEXT).event, title="Circle")),
    "changed Dentist": then(
        lambda o: o.planner.add(event("Dentist", datetime(2026, 11, 25, 9))),
        lambda o: o.planner.change_all(replace(on(o, date(2026, 11, 25)).event, location="Oak St")),
    ),
    "moved Group to Wed, Dec 2": lambda o: o.planner.move(on(o, DECEMBER), WEDNESDAY),
    "moved Group to Tue, Dec 1, 7:00 pm": lambda o: o.planner.move(on(o, DECEMBER), datetime(2026, 12, 1, 19)),
    "moved Group to Wed, Dec 2 and all later ones with it": lambda o: o.planner.move(
        on(o, DECEMBER), WEDNESDAY, reach=Reach.LATER
    ),
    "moved all of Group, this one to Wed, Dec 2": lambda o: o.planner.move(on(o, DECEMBER), WEDNESDAY, reach=Reach.ALL),
    "cancelled Group on Tue, Nov 24": lambda o: o.planner.cancel(on(o, NEXT)),
    "cancelled Group from Tue, Dec 1 on": lambda o: o.planner.cancel(on(o, DECEMBER), Reach.LATER),
    "cancelled all of Group": _cancelled,
    "brought back Group on Tue, Nov 24": then(
        lambda o: o.planner.cancel(on(o, NEXT)), lambda o: o.planner.restore(on(o, NEXT))
    ),
    "brought back Group from Tue, Dec 1 on": then(
        _cancelled, lambda o: o.planner.restore(on(o, DECEMBER), Reach.LATER)
    ),
    "brought back all of Group": then(_cancelled, lambda o: o.planner.restore(on(o, DECEMBER), Reach.ALL)),
    "took Group on Tue, Nov 24 off": lambda o: o.planner.skip(on(o, NEXT)),
    "took Group off, from Tue, Dec 1 on": lambda o: o.planner.remove_later(on(o, DECEMBER)),
    "took Group off": lambda o: o.planner.remove(on(o, NEXT).event),
    "added the child L.": lambda o: o.people.put_child(Child("", "L.")),
    "changed the child M.": lambda o: o.people.put_child(Child("mia", "M.", lives_here=False)),
    "took the child M. off": lambda o: o.people.remove_child("mia"),
    "set the goal Groups": _goal,
    "changed the goal Groups": lambda o: o.progress.change_goal(replace(_goal(o), times=1)),
    "took the goal Groups off": lambda o: o.progress.remove_goal(_goal(o)),
    "made a pause": _pause,
    "changed a pause": lambda o: o.progress.put_pause(replace(_pause(o), reason="hospital")),
    "ended a pause": lambda o: o.progress.end_pause(_pause(o), TODAY),
    "took a pause off": lambda o: o.progress.remove_pause(_pause(o).id),
    "did Peekaboo": lambda o: o.diary.finish("peekaboo", "Peekaboo"),
}
# Named where they are tested: what comes from a file, and what is arranged (test_intake.py, test_arranger.py).
ELSEWHERE = {"intake.py", "arranger.py"}


@pytest.fixture
def opened(clock: FixedClock) -> Session:
    found = session(clock)
    found.planner.add(event("Group", datetime(2026, 10, 27, 18), rule=TUESDAYS, duration=HOUR))
    return found


@pytest.mark.parametrize("words", ACTS)
def test_each_act_is_named_and_taken_back_under_its_name(opened: Session, words: str) -> None:
    before = opened.planner.all_events(), opened.people.children(), opened.progress.goals(), opened.progress.pauses()
    ACTS[words](opened)
    assert opened.planner.next_undo() == words
    while opened.planner.next_undo() != "added Group":
        opened.planner.undo()
    after = opened.planner.all_events(), opened.people.children(), opened.progress.goals(), opened.progress.pauses()
    assert after == before
    while (what := opened.planner.next_redo()) is not None:
        assert opened.planner.redo() == what
    assert opened.planner.next_undo() == words


@pytest.mark.parametrize("words", ACTS)
def test_the_words_stand_well_after_undo(words: str) -> None:
    assert words[0].islower()
    assert words[-1] not in ".!:" or words.endswith((" M.", " L."))  # children may be called so
    assert not {"today", "tomorrow", "yesterday"} & set(words.split())  # read on another day, too
    assert not list(not_to_be_said(words))


def test_no_act_is_without_a_place_in_the_table() -> None:
    """Whoever adds an act names it here: every text that becomes an undo step in these services is in the table."""
    named = set()
    for path in Path(companion.services.__path__[0]).glob("*.py"):
        if path.name in ELSEWHERE:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                (text,) = node.args
                if isinstance(text, ast.Constant) and _names_an_act(str(text.value)):
                    named.add(str(text.value))
    known = {_shape(words) for words in ACTS}
    assert {text for text in named if _filled(text) not in known} == set()
    assert len(named) > 20


_VERBS = (
    "added ",
    "marked ",
    "took ",
    "changed ",
    "moved ",
    "cancelled ",
    "brought ",
    "set ",
    "made ",
    "ended ",
    "did ",
)


def _names_an_act(text: str) -> bool:
    return text.startswith(_VERBS)


def _filled(text: str) -> str:
    return text.format(title="T", day="D", name="T")


def _shape(words: str) -> str:
    for name in ("Group", "Dentist", "Peekaboo", "L.", "M."):
        words = words.replace(f"{name}s", "T").replace(name, "T")
    for day in ("Tue, Nov 17", "Tue, Nov 24", "Tue, Dec 1, 7:00 pm", "Tue, Dec 1", "Wed, Dec 2"):
        words = words.replace(day, "D")
    return words
