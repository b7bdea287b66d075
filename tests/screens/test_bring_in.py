"""Bring in a file: found, read without changing anything, shown line by line, and brought in with one key."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from app_kit import SIZES, TUESDAYS, event, running, session, shown
from conftest import NASTY, ZONE
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from companion.domain.clock import FixedClock
from companion.domain.event import Event, Origin
from companion.domain.finding import Finding, Level
from companion.domain.plan import Plan, PlanHeader, PlanItem
from companion.errors import FileRefused
from companion.screens.bring_in import BringInScreen
from companion.screens.calendar import CalendarScreen
from companion.screens.preview import PreviewScreen
from companion.services.intake import Intake, Preview
from companion.services.session import Session

NEXT = date(2026, 11, 24)


def plan(title: str = "Aftercare", **fields: object) -> Plan:
    """Group on Tuesdays and a visit, from a coach."""
    header = PlanHeader("riverside", 1, ZONE, title=title, prepared_by="R. Ortiz", prepared_for="J.")
    group = came("group", event("Group", datetime(2026, 11, 24, 18), rule=TUESDAYS))
    visit = came("visit", event("Visit", datetime(2026, 11, 25, 10)))
    made = Plan(header, (PlanItem("group", (group,), 3), PlanItem("visit", (visit,), 9)))
    return replace(made, **fields)


def came(key: str, event: Event, revision: int = 1) -> Event:
    """`event` as an item of the plan."""
    return replace(event, uid=f"uid-{key}", origin=Origin("riverside", key, revision), sequence=revision)


class Reader(Intake):
    """Reads nothing from the disk: gives `plans`, after `before` was called."""

    plans: list[Plan]
    before: Callable[[Callable[[], bool]], None]
    asked: list[Path]

    def preview(self, path: Path, options: object = None, *, stop: Callable[[], bool] = lambda: False) -> list[Preview]:
        self.asked.append(path)
        self.before(stop)
        return [self.preview_plan(plan) for plan in self.plans]


def reading(opened: Session, *plans: Plan, before: Callable[[Callable[[], bool]], None] = lambda _stop: None) -> Reader:
    reader = Reader(opened.database, opened.clock, lambda: opened.settings)
    reader.plans, reader.before, reader.asked = list(plans), before, []
    opened._rooms["intake"] = reader
    return reader


async def keys(pilot: Pilot[None], *names: str) -> None:
    for name in names:
        await pilot.press(*(name[1:] if name.startswith("'") else [name]))
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def test_two_enters_bring_in_the_first_file(clock: FixedClock, downloads: Path) -> None:
    opened = session(clock)
    reader = reading(opened, plan())
    (downloads / "plan.toml").write_text("x")
    async with running(opened) as pilot:
        await keys(pilot, "2", "i")
        assert "plan.toml" in shown(pilot) and "Downloads" in shown(pilot)
        await keys(pilot, "enter")
        assert "2 new" in shown(pilot) and "R. Ortiz" in shown(pilot)
        assert opened.planner.on(NEXT) == []
        await keys(pilot, "enter")
        assert isinstance(pilot.app.screen, CalendarScreen)
        assert [o.title for o in opened.planner.on(NEXT)] == ["Group"]
        await keys(pilot, "ctrl+z")
        assert opened.planner.on(NEXT) == []
    assert reader.asked == [downloads / "plan.toml"]


async def test_a_line_opens_its_words(clock: FixedClock, downloads: Path) -> None:
    opened = session(clock)
    reader = reading(opened, plan())
    opened.intake.apply(reader.preview_plan(plan()))
    moved = came("visit", event("Visit", datetime(2026, 11, 25, 11)), 2)
    header = replace(plan().header, revision=2)
    reader.plans = [plan(header=header, items=(plan().items[0], PlanItem("visit", (moved,), 9)))]
    (downloads / "plan.toml").write_text("x")
    async with running(opened) as pilot:
        await keys(pilot, "2", "i", "enter")
        lines = pilot.app.screen.query_one("#lines", OptionList)
        place = next(n for n, o in enumerate(lines.options) if str(o.prompt).startswith("▸ Visit"))
        lines.highlighted = place
        await keys(pilot, "enter")
        assert "▾ Visit" in shown(pilot)
        assert [o.start.hour for o in opened.planner.on(date(2026, 11, 25))] == [10]


async def test_what_is_not_taken_says_why_and_how_to_mend_it(clock: FixedClock, downloads: Path) -> None:
    opened = session(clock)
    wrong = Finding(Level.ERROR, '"Mond" is not a day.', "Did you mean Mon?", "plan.toml", 31, "iop-group", "repeat")
    reading(opened, plan(findings=(wrong,)))
    (downloads / "plan.toml").write_text("x")
    async with running(opened) as pilot:
        await keys(pilot, "2", "i", "enter", "o")
        assert '"Mond" is not a day.' in shown(pilot) and "Did you mean Mon?" in shown(pilot)
        assert "line 31" in shown(pilot)


async def test_a_file_that_is_refused_says_so_here(clock: FixedClock, downloads: Path) -> None:
    def refuse(_stop: Callable[[], bool]) -> None:
        raise FileRefused("The file is too big.", "Ask for a smaller one.")

    opened = session(clock)
    reading(opened, before=refuse)
    (downloads / "plan.toml").write_text("x")
    async with running(opened) as pilot:
        await keys(pilot, "2", "i", "enter")
        assert isinstance(pilot.app.screen, BringInScreen)
        assert "The file is too big. Ask for a smaller one." in shown(pilot)


async def test_the_same_file_again_says_that_all_of_it_is_there(clock: FixedClock, downloads: Path) -> None:
    opened = session(clock)
    reader = reading(opened, plan())
    opened.intake.apply(reader.preview_plan(plan()))
    label = opened.planner.next_undo()
    (downloads / "plan.toml").write_text("x")
    async with running(opened) as pilot:
        await keys(pilot, "2", "i", "enter")
        assert "you have all of it already" in shown(pilot)
        await keys(pilot, "enter")
    assert opened.planner.next_undo() == label


async def test_several_plans_in_one_file_are_asked_about(clock: FixedClock, downloads: Path) -> None:
    opened = session(clock)
    other = plan("Family", header=replace(plan("Family").header, id="other", prepared_for="K."))
    reading(opened, plan(), other)
    (downloads / "plans.xlsx").write_text("x")
    async with running(opened) as pilot:
        await keys(pilot, "2", "i", "enter")
        assert "Which one?" in shown(pilot) and "K." in shown(pilot)
        await keys(pilot, "down", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, PreviewScreen) and "Family" in shown(pilot)


async def test_a_typed_path_is_read_and_a_folder_is_listed(clock: FixedClock, downloads: Path, tmp_path: Path) -> None:
    opened = session(clock)
    reader = reading(opened, plan())
    elsewhere = tmp_path / "some where"
    elsewhere.mkdir()
    (elsewhere / "mine.ics").write_text("x")
    async with running(opened) as pilot:
        await keys(pilot, "2", "i")
        assert "No plan found" in shown(pilot)
        line = pilot.app.focused
        assert isinstance(line, Input)
        line.value = f"'{elsewhere}'"
        await keys(pilot, "enter")
        assert "mine.ics" in shown(pilot)
        await keys(pilot, "enter")
        assert isinstance(pilot.app.screen, PreviewScreen)
    assert reader.asked == [elsewhere / "mine.ics"]


async def test_esc_stops_a_long_reading_and_changes_nothing(clock: FixedClock, downloads: Path) -> None:
    started, stopped = threading.Event(), threading.Event()

    def slow(stop: Callable[[], bool]) -> None:
        started.set()
        for _ in range(2_000):
            if stop():
                stopped.set()
                raise FileRefused("Stopped.")
            threading.Event().wait(0.005)

    opened = session(clock)
    reading(opened, plan(), before=slow)
    (downloads / "plan.toml").write_text("x")
    async with running(opened) as pilot:
        await keys(pilot, "2", "i")
        await pilot.press("enter")
        assert started.wait(5)
        screen = pilot.app.screen
        assert isinstance(screen, BringInScreen)
        screen._say_slow(downloads / "plan.toml")
        await pilot.pause()
        assert "Reading plan.toml" in shown(pilot) and "Esc stops it" in shown(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert stopped.wait(5)
        assert pilot.app.screen is screen and "Nothing was changed" in shown(pilot)
        await keys(pilot, "escape")
        assert isinstance(pilot.app.screen, CalendarScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_no_text_of_a_file_harms_the_preview(clock: FixedClock, downloads: Path, size: tuple[int, int]) -> None:
    opened = session(clock)
    items = tuple(
        PlanItem(nasty, (came(f"i{n}", event("x" + nasty, datetime(2026, 11, 24, 8 + n))),))
        for n, nasty in enumerate(NASTY)
    )
    findings = tuple(Finding(Level.WARNING, nasty, nasty, nasty, 1, nasty, nasty) for nasty in NASTY)
    header = replace(plan().header, title=NASTY[0], prepared_by=NASTY[1], role=NASTY[2], phone=NASTY[3])
    reading(opened, plan(header=header, items=items, findings=findings))
    (downloads / f"{NASTY[1].replace('/', '')}.toml").write_text("x")
    async with running(opened, size=size) as pilot:
        await keys(pilot, "2", "i", "enter", "o", "end")
        assert isinstance(pilot.app.screen, PreviewScreen)
        assert "\x1b" not in shown(pilot) and "\u202e" not in shown(pilot)
        await keys(pilot, "home", "enter")
        assert pilot.app.is_running
    assert len(opened.planner.on(NEXT)) == len(NASTY)
