"""Every screen and dialog there is, each ready to be shown, for tests that walk all of them.

The classes are found by importing `companion.screens`; what a class needs in order to be made comes from `TABLE`. A
class that is neither in the table nor one of the `BASES` makes `all_cases` fail, so that no screen is forgotten.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from app_kit import HOUR, TUESDAYS, ZONE, event, running, session
from shell_kit import CODE, FakeOpener, begun, profile_folder
from textual.pilot import Pilot
from textual.screen import Screen

import companion.screens
from companion.app import CompanionApp
from companion.domain.attendance import Mark
from companion.domain.child import Child
from companion.domain.clock import Clock
from companion.domain.event import Childcare, Event, Logistics, Occurrence, Origin, Ride
from companion.domain.finding import Finding, Level
from companion.domain.goal import Goal, Pause, Period
from companion.domain.plan import Plan, PlanHeader, PlanItem
from companion.domain.recurrence import Frequency, RecurrenceRule
from companion.domain.showing import Showing, choices_of
from companion.profiles import Profile, list_profiles
from companion.screens.base import Described, PlaceScreen
from companion.screens.dialogs import Answer
from companion.screens.find import Palette
from companion.screens.occurrence_acts import Reach
from companion.screens.registry import SCREENS, Kind
from companion.services.outbox import Saved
from companion.services.session import Session

LONG = "Intensive outpatient group with a name that a coach copied from a flyer and never made shorter, room 3"
TODAY = date(2026, 11, 21)  # what the clock of tests/conftest.py says

# A profile with much in it


def filled(clock: Clock) -> Session:
    """Two children, a busy month, marks, activities done, goals and pauses. Every text is long somewhere."""
    opened = session(clock)
    opened.people.put_child(Child("leo", "L.", born=date(2022, 6, 1)))
    opened.people.put_child(Child("ana", "Anastasia-Marguerite", born=date(2012, 6, 1), lives_here=False))
    opened.change_settings(name="Sam")
    for each in _events():
        opened.planner.add(each)
    for occurrence in opened.planner.between(TODAY - timedelta(days=60), TODAY - timedelta(days=2)):
        if occurrence.event.kind == "group-therapy" and not occurrence.cancelled:
            opened.planner.mark(occurrence, Mark.MISSED if occurrence.day.day % 9 == 0 else Mark.ATTENDED)
    for activity in list(opened.library.content.activities.values())[:6]:
        opened.diary.finish(activity.id, activity.title, ("mia",))
    begins = TODAY - timedelta(days=60)
    opened.progress.put_goal(Goal("", "Groups", 3, Period.WEEK, begins, kinds=("group-therapy",)))
    opened.progress.put_goal(Goal("", LONG, 1, Period.DAY, begins, activities=True, child="mia"))
    opened.progress.put_goal(Goal("", "Reading", 2, Period.MONTH, TODAY, activities=True))
    opened.progress.put_pause(Pause("", TODAY - timedelta(days=40), TODAY - timedelta(days=36), "hospital"))
    return opened


def _events() -> Iterator[Event]:
    care = Logistics(Childcare(True, "Grandma", True), Ride("bus 14", "", timedelta(minutes=40)), ("ID", "slip"))
    open_care = Logistics(Childcare(True, "", False))
    begin = datetime(2026, 9, 22, 18)
    yield event("Group", begin, rule=TUESDAYS, logistics=care, location="12 Mill St, room 3")
    yield event(LONG, begin + timedelta(days=1, hours=-9), rule=RecurrenceRule(Frequency.WEEKLY), notes=LONG * 5)
    yield event("Counselling", datetime(2026, 11, 21, 11), kind="individual-therapy", logistics=care, location=LONG)
    yield event("Court", datetime(2026, 11, 23, 9), kind="court", logistics=open_care, phone="555-0100")
    yield event("Check-up", datetime(2026, 11, 23, 9, 30), kind="child-health", child="M.", provider=LONG)
    yield event("Group", datetime(2026, 11, 20, 15))
    yield event("Earlier group", datetime(2026, 11, 20, 12), location=LONG)
    yield event(
        "Family time", datetime(2026, 11, 21, 14), kind="family-time", online="https://call.example/" + "a" * 90
    )
    yield event("Moving day", datetime(2026, 11, 21), kind="personal", all_day=True, duration=timedelta(days=3))
    for hour in range(6):
        yield event(f"Errand {hour}", datetime(2026, 11, 21, 15 + hour), kind="personal", duration=HOUR / 2)


def empty(clock: Clock) -> Session:
    return session(clock, child=False)


SESSIONS = {"filled": filled, "empty": empty}


# How each class is made


class Around(NamedTuple):
    """What a screen may be made of."""

    app: CompanionApp
    session: Session | None


Make = Callable[[Around], Screen[Any]]


def _open(around: Around) -> Session:
    assert around.session is not None
    return around.session


def _occurrence(title: str, day: date, *, cancel: bool = False) -> Callable[[Session], Occurrence]:
    """That appointment of the filled profile; in an empty one it is put there first."""

    def find(opened: Session) -> Occurrence:
        found = next((o for o in opened.planner.on(day) if o.title == title), None)
        if found is None:
            opened.planner.add(event(title, datetime.combine(day, datetime.min.time()) + 11 * HOUR))
            return find(opened)
        if cancel and not found.cancelled:
            opened.planner.cancel(found)
            return find(opened)
        return found

    return find


_PAST = _occurrence("Group", date(2026, 11, 20))
_SERIES = _occurrence("Group", date(2026, 11, 24))
_LONG = _occurrence(LONG, date(2026, 11, 25))
_CANCELLED = _occurrence("Court", date(2026, 11, 23), cancel=True)
_MOVABLE = _occurrence("Counselling", TODAY)


def _screens(name: str) -> Any:
    """A class of companion.screens by "module:class"; imported when a case is made."""
    module, _, kind = name.partition(":")
    return getattr(importlib.import_module(f"companion.screens.{module}"), kind)


def _plain(name: str) -> dict[str, Make]:
    return {"": lambda _around: _screens(name)()}


def _activity(around: Around) -> Any:
    activities = _open(around).library.content.activities.values()
    return max(activities, key=lambda a: sum(len(step.text) for step in a.steps))


def _profile(around: Around) -> Profile:
    found = list_profiles(around.app.data) if around.app.data else []
    return found[0] if found else Profile("0a0a0a0a", "blue heron", Path("/nowhere"), True)


def _preview(around: Around) -> Any:
    header = PlanHeader(
        "riverside", 1, ZONE, title=LONG, prepared_by="R. Ortiz", role="recovery coach", phone="555-0142"
    )
    came = [
        replace(event(f"{LONG} {n}", datetime(2026, 11, 24, 9 + n)), uid=f"u{n}", origin=Origin("riverside", str(n), 1))
        for n in range(8)
    ]
    wrong = Finding(Level.ERROR, '"Mond" is not a day.', "Did you mean Mon?", "plan.toml", 31, "iop-group", "repeat")
    plan = Plan(header, tuple(PlanItem(e.uid, (e,), 3) for e in came), findings=(wrong,) * 3)
    return _screens("preview:PreviewScreen")(_open(around).intake.preview_plan(plan))


def _showing(around: Around) -> Any:
    choices = choices_of(_open(around).planner.all_events(), _open(around).people.children())
    return _screens("showing:ShowingDialog")(Showing(kinds=frozenset({"group-therapy"})), choices)


def _saved(_around: Around) -> Any:
    note = Finding(Level.NOTE, "A series is written as single dates: its zone has no yearly rule.", "")
    paths = tuple(Path("/home/sam/a/very/long/place/on/the/stick") / f"calendar-{n}.ics" for n in (1, 2))
    return _screens("to_phone:SavedScreen")(Saved(paths, (note,) * 4, 212))


def _read(text: str) -> str:
    return text


_ANSWERS = [Answer(n, f"{n} {LONG}", LONG if n % 2 else "") for n in range(8)]
_SENTENCE = (
    "group every other thu at 6 at 12 Mill St with R. Ortiz for M. childcare Grandma bus 14 leave 40 min before "
    "bring ID and the sign-in sheet remind 1 day and 2 hours before until feb 16"
)
_TICKS = [(str(n), f"{n} {LONG}") for n in range(20)]
_COVERED = "the whole of it is the one it is built on"

TABLE: dict[str, dict[str, Make]] = {
    "AboutActivityScreen": {"": lambda a: _screens("about_activity:AboutActivityScreen")(_activity(a), ("mia",))},
    "ActivitiesScreen": _plain("activities:ActivitiesScreen"),
    "Ask": {"": lambda _a: _screens("dialogs:Ask")(LONG, _read, detail=LONG, hint=LONG, value="half typed")},
    "BringInScreen": _plain("bring_in:BringInScreen"),
    "CalendarScreen": _plain("calendar:CalendarScreen"),
    "Choice": {"": lambda _a: _screens("dialogs:Choice")(LONG, _ANSWERS, detail=LONG)},
    "Confirm": {"": lambda _a: _screens("dialogs:Confirm")("Delete it?", "Delete it", "Leave it", detail=LONG)},
    "ChildForm": {
        "new": lambda _a: _screens("child_form:ChildForm")(),
        "change": lambda a: _screens("child_form:ChildForm")(_open(a).people.put_child(Child("leo", LONG))),
    },
    "EventForm": {
        "new": lambda _a: _screens("event_form:EventForm")(TODAY),
        "one of a series": lambda a: _screens("event_form:EventForm")(change=_SERIES(_open(a)), reach=Reach.ONE),
        "all of it": lambda a: _screens("event_form:EventForm")(change=_LONG(_open(a))),
    },
    "FirstRunScreen": _plain("first_run:FirstRunScreen"),
    "GoalForm": _plain("goal_form:GoalForm"),
    "GotoDialog": {"": lambda _a: _screens("goto:GotoDialog")(TODAY)},
    "HelpScreen": {"": lambda a: _screens("help:HelpScreen")(a.app.screen)},
    "MoveForm": {"": lambda a: _screens("move_form:MoveForm")(_MOVABLE(_open(a)))},
    "NewWordsScreen": {
        "": lambda a: _screens("new_words:NewWordsScreen")(_open(a)),
        "inside": lambda a: _screens("new_words:NewWordsScreen")(_open(a), inside=True),
        "again": lambda a: _screens("new_words:NewWordsScreen")(_open(a), inside=True, again="blue kettle"),
    },
    "NextDaysScreen": _plain("next_days:NextDaysScreen"),
    "NumbersScreen": _plain("numbers:NumbersScreen"),
    "OccurrenceDialog": {
        "past": lambda a: _screens("occurrence:OccurrenceDialog")(_PAST(_open(a))),
        "series": lambda a: _screens("occurrence:OccurrenceDialog")(_SERIES(_open(a))),
        "long": lambda a: _screens("occurrence:OccurrenceDialog")(_LONG(_open(a))),
        "cancelled": lambda a: _screens("occurrence:OccurrenceDialog")(_CANCELLED(_open(a))),
    },
    "PaperCodeScreen": {"": lambda a: _screens("paper_code:PaperCodeScreen")(_open(a), CODE)},
    "PauseForm": _plain("pause_form:PauseForm"),
    "PresentWords": _plain("present_words:PresentWords"),
    "PreviewScreen": {"": _preview},
    "PrintWeekScreen": {"": lambda _a: _screens("print_week:PrintWeekScreen")(TODAY)},
    "ProgressScreen": _plain("progress:ProgressScreen"),
    "QuickAddForm": {
        "new": lambda _a: _screens("quick_add:QuickAddForm")(TODAY),
        "read": lambda _a: _screens("quick_add:QuickAddForm")(TODAY, _SENTENCE),
        "not read": lambda _a: _screens("quick_add:QuickAddForm")(TODAY, f"{LONG} feb 30 at 25:00 every 2nd tue"),
    },
    "SavedScreen": {"": _saved},
    "SearchScreen": _plain("search:SearchScreen"),
    "ShowingDialog": {"": _showing},
    "StepsScreen": {"": lambda a: _screens("steps:StepsScreen")(_activity(a), ("mia",))},
    "SupportScreen": _plain("support:SupportScreen"),
    "TickList": {"": lambda _a: _screens("several:TickList")(LONG, _TICKS, {"3"})},
    "ToArrangeScreen": _plain("to_arrange:ToArrangeScreen"),
    "ToPhoneScreen": _plain("to_phone:ToPhoneScreen"),
    "TodayScreen": _plain("today:TodayScreen"),
    "TroubleScreen": {"": lambda _a: _screens("trouble:TroubleScreen")(LONG + ".", LONG + ".")},
    "UnlockScreen": {"": lambda a: _screens("unlock:UnlockScreen")(_profile(a))},
    "YoursScreen": _plain("yours:YoursScreen"),
    "WelcomeScreen": _plain("welcome:WelcomeScreen"),
}
# Classes that are never shown themselves.
BASES = frozenset(
    {
        "CompanionScreen",
        "PlaceScreen",
        "CompanionDialog",
        "Answering",
        "Form",
        "OpeningScreen",
        "SteppedForm",
        "LiveForm",
    }
)
# Shown before a profile is open, though the registry, which holds those the app starts with, doesn't name them.
BEFORE = frozenset({"PaperCodeScreen", "NewWordsScreen"}) | {
    entry.target.partition(":")[2] for entry in SCREENS if entry.kind is Kind.BEFORE
}


@dataclass(frozen=True)
class Case:
    """One screen in one state."""

    name: str
    kind: type[Screen[Any]]
    make: Make

    @property
    def before(self) -> bool:
        """Whether it is shown before a profile is open."""
        return self.kind.__name__ in BEFORE

    @property
    def place(self) -> str:
        """The name of the place it is, or ""."""
        return self.kind.PLACE if issubclass(self.kind, PlaceScreen) else ""


def screen_classes() -> list[type[Screen[Any]]]:
    """Every subclass of Screen that a module of companion.screens defines, the registry's among them.

    Not the palette, which is Textual's own and has no lines of ours: it has tests for itself.
    """
    found: dict[str, type[Screen[Any]]] = {}
    for module in pkgutil.iter_modules(companion.screens.__path__, "companion.screens."):
        for name, kind in vars(importlib.import_module(module.name)).items():
            if inspect.isclass(kind) and issubclass(kind, Screen) and kind.__module__ == module.name:
                assert name not in found, f"two screens are called {name}"
                found[name] = kind
    assert {entry.load() for entry in SCREENS} <= set(found.values())
    return [kind for name, kind in sorted(found.items()) if name not in BASES and kind is not Palette]


def all_cases() -> list[Case]:
    """Every screen in every state of the table."""
    missing = [kind.__name__ for kind in screen_classes() if kind.__name__ not in TABLE]
    assert not missing, f"not in TABLE of tests/screen_kit.py: {missing}"
    cases = []
    for kind in screen_classes():
        for state, make in TABLE[kind.__name__].items():
            cases.append(Case(f"{kind.__name__} {state}".strip(), kind, make))
    return cases


def one_of_each() -> list[Case]:
    """Every screen in its first state, for what doesn't depend on the state."""
    return list({case.kind: case for case in reversed(all_cases())}.values())[::-1]


# How they are shown

_BELOW = "support"  # it reads nothing


@asynccontextmanager
async def opened_app(
    clock: Clock, fill: Callable[[Clock], Session], size: tuple[int, int]
) -> AsyncIterator[tuple[Around, Pilot[None]]]:
    """The app at the place that costs least to show again and again."""
    opened = fill(clock)
    async with running(opened, size=size) as pilot:
        app = pilot.app
        assert isinstance(app, CompanionApp)
        await app.goto(_BELOW)
        yield Around(app, opened), pilot


@asynccontextmanager
async def closed_app(
    clock: Clock, data: Path, size: tuple[int, int], *, profiles: int = 1
) -> AsyncIterator[tuple[Around, Pilot[None]]]:
    """The app before a profile is open, with so many profiles in the list."""
    for number in range(profiles):
        profile_folder(
            data, f"{number:08x}", f"{number} a name on the list of forty letters"[:40], words=number % 2 == 0
        )
    async with begun(data, clock, FakeOpener(zone=None), size=size) as (app, pilot):
        yield Around(app, session(clock, child=False)), pilot


async def _settle(app: CompanionApp, pilot: Pilot[None]) -> None:
    """Wait until it is shown, and what it began in the background too."""
    await pilot.pause()
    while any(not worker.is_finished for worker in app.workers):
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.pause()  # what was found is laid out after it is told


@asynccontextmanager
async def on_screen(case: Case, around: Around, pilot: Pilot[None]) -> AsyncIterator[Screen[Any]]:
    """Show it, over what is there or as the place it is, and take it away after."""
    app = around.app
    if case.place:
        await app.goto(case.place)
        await _settle(app, pilot)
        assert type(app.screen) is case.kind, f"{case.place} shows {type(app.screen).__name__}"
        yield app.screen
    else:
        screen = case.make(around)
        below = app.screen
        await app.push_screen(screen)
        await _settle(app, pilot)
        yield screen
        while app.screen is not below and len(app.screen_stack) > 1:
            await app.pop_screen()
    if app.is_open and case.place != _BELOW:
        await app.goto(_BELOW)


def described(kind: type[Screen[Any]]) -> bool:
    return issubclass(kind, Described)
