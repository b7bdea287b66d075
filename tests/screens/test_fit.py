"""Every screen fits: at 60, 80 and 120 columns nothing is cut, drawn over, or out of reach; its keys are told truly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from app_kit import SIZES
from screen_kit import (
    SESSIONS,
    Around,
    Case,
    all_cases,
    closed_app,
    described,
    on_screen,
    opened_app,
    screen_classes,
)
from textual.actions import parse
from textual.pilot import Pilot
from textual.screen import Screen
from textual.scrollbar import ScrollBar
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.widgets._toast import Toast, ToastRack
from words_kit import not_to_be_said

from companion.app import CompanionApp
from companion.commands import (
    ALWAYS,
    BACK,
    EVERYWHERE,
    MOST_SHOWN,
    PLACES,
    SHOWN_WORD,
    Command,
    double_keys,
    key_shown,
)
from companion.domain.clock import FixedClock
from companion.screens.base import PlaceScreen
from companion.screens.help import commands_of
from companion.screens.lines import ROOMY, KeyLine, PlaceLine
from companion.screens.welcome import WelcomeScreen

CASES = all_cases()
OPEN = [case for case in CASES if not case.before]
BEFORE = [case for case in CASES if case.before]
# What shows her data, so that it looks different where there is none yet.
_OF_DATA = {
    "NextDaysScreen",
    "ToArrangeScreen",
    "BringInScreen",
    "ToPhoneScreen",
    "GoalForm",
    "PauseForm",
    "ActivitiesScreen",
}
OF_DATA = [case for case in OPEN if case.place or case.kind.__name__ in _OF_DATA or case.name == "EventForm new"]

_EDGES = {"╭", "╮", "╰", "╯", "│", "─"}


# What is drawn


def _rows(screen: Screen[Any]) -> list[str]:
    return ["".join(s.text for s in strip) for strip in screen._compositor.render_strips()]


def _in_reach(widget: Widget) -> bool:
    """Whether it can be scrolled to, where it isn't on the screen as it is."""
    return any(isinstance(a, Widget) and a.allow_vertical_scroll for a in widget.ancestors if not isinstance(a, Screen))


def _too_wide(screen: Screen[Any]) -> Iterator[str]:
    width, height = screen.size
    lines = list(screen.query(KeyLine))
    bottom = min(line.region.y for line in lines) if lines else height
    for widget in _widgets(screen):
        if isinstance(widget, ScrollBar):
            continue
        region = widget.region
        if not region.area:
            if (widget.can_focus or isinstance(widget, Static)) and _says(widget) and not _in_reach(widget):
                yield f"{_name(widget)} has no room at all"
            continue
        if region.x < 0 or region.right > width:
            yield f"{_name(widget)} reaches from column {region.x} to {region.right} of {width}"
        if region.bottom > bottom and not isinstance(widget, KeyLine | Toast | ToastRack) and not _in_reach(widget):
            yield f"{_name(widget)} reaches {region.bottom - bottom} rows below what can be seen"
        if not isinstance(widget, Input) and widget.allow_horizontal_scroll and widget.max_scroll_x > 0:
            yield f"{_name(widget)} has to be scrolled sideways"
    if screen.max_scroll_y or screen.max_scroll_x:
        yield "the screen itself has to be scrolled"


def _cut(screen: Screen[Any]) -> Iterator[str]:
    """Text that has fewer rows than it needs, without a limit that is meant."""
    for widget in _widgets(screen):
        if not isinstance(widget, Static) or not widget.content_size.area or widget.styles.max_height is not None:
            continue
        needs = widget.get_content_height(screen.size, screen.size, widget.content_size.width)
        if needs > widget.content_size.height:
            yield f"{_name(widget)} shows {widget.content_size.height} of {needs} rows"


def _drawn_over(screen: Screen[Any]) -> Iterator[str]:
    """A border with something else where its line is."""
    rows = _rows(screen)
    for widget in _widgets(screen):
        styles, region = widget.styles, widget.region
        if styles.border_left[0] != "round" or not region.area:
            continue
        if region.bottom > screen.size.height or region.y < 0:
            continue  # scrolled away in part; `_too_wide` asks whether it can be reached
        edge = [rows[y][x] for y in range(region.y, region.bottom) for x in (region.x, region.right - 1)]
        edge += [rows[y][x] for x in range(region.x, region.right) for y in (region.y, region.bottom - 1)]
        strange = {char for char in edge if char not in _EDGES}
        if strange:
            yield f"the border of {_name(widget)} is drawn over with {strange}"


def _widgets(screen: Screen[Any]) -> list[Widget]:
    return [
        w
        for w in screen.walk_children(Widget)
        if w.display and all(a.display for a in w.ancestors if isinstance(a, Widget))
    ]


def _says(widget: Widget) -> bool:
    return not isinstance(widget, Static) or bool(str(widget.visual).strip()) or widget.can_focus


def _name(widget: Widget) -> str:
    return f"{type(widget).__name__}#{widget.id}" if widget.id else type(widget).__name__


# The two lines


def _bottom_line(screen: Screen[Any], width: int) -> Iterator[str]:
    lines = list(screen.query(KeyLine))
    if len(lines) != 1:
        yield f"it has {len(lines)} bottom lines"
        return
    line = lines[0]
    if line.region.y != screen.size.height - 1 or line.region.width != width:
        yield f"its bottom line is at {line.region}"
    row = _rows(screen)[-1]
    here, always = line._fitting()
    own = [key for key, _word in here if key not in BACK.keys]
    if len(own) > MOST_SHOWN:
        yield f"its bottom line shows {len(own)} keys"
    for key, word in here + always:
        if f"{key_shown(key)} {word}" not in row:
            yield f"its bottom line cuts {key_shown(key)} {word}: {row!r}"
    if width >= ROOMY:
        meant = {binding.description for binding in line._bindings_here()}
        left_out = meant - {word for _key, word in here + always}
        if left_out:
            yield f"its bottom line has no room for {sorted(left_out)}: {row!r}"


def _top_line(screen: Screen[Any], width: int) -> Iterator[str]:
    if not isinstance(screen, PlaceScreen):
        return
    if len(screen.query(PlaceLine)) != 1:
        yield "it has no top line"
        return
    row = _rows(screen)[0]
    for place in PLACES:
        words = f"{place.digit} {place.title}"
        if (f"[{words}]" if place.name == screen.PLACE else f" {words} ") not in row:
            yield f"its top line lacks {words}: {row!r}"
    if width >= ROOMY and not ("Ctrl+X Hide" in row and "F1 Help" in row):
        yield f"its top line lacks hide or help: {row!r}"


def _all_wrong(screen: Screen[Any], width: int) -> list[str]:
    return [
        *_too_wide(screen),
        *_cut(screen),
        *_drawn_over(screen),
        *_bottom_line(screen, width),
        *_top_line(screen, width),
    ]


_LAID_OUT_WITHIN = 50  # pauses


async def _walk(cases: list[Case], around: Around, pilot: Pilot[None], size: tuple[int, int]) -> list[str]:
    """What is wrong with each."""
    found: list[str] = []
    for case in cases:
        async with on_screen(case, around, pilot) as screen:
            wrong = await _wrong_at_rest(screen, pilot, size[0])
            found += [f"{case.name} at {size[0]}x{size[1]}: {each}" for each in wrong]
    return found


async def _wrong_at_rest(screen: Screen[Any], pilot: Pilot[None], width: int) -> list[str]:
    """What is wrong once it stands still: what a thread has found is laid out a moment after it was told."""
    for _again in range(_LAID_OUT_WITHIN):
        if not _all_wrong(screen, width):
            return []
        await pilot.pause(0.01)
    return _all_wrong(screen, width)


@pytest.mark.parametrize("fill", SESSIONS)
@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_every_screen_of_an_open_profile_fits(
    clock: FixedClock, size: tuple[int, int], fill: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path / "home")
    async with opened_app(clock, SESSIONS[fill], size) as (around, pilot):
        wrong = await _walk(OPEN if fill == "filled" else OF_DATA, around, pilot, size)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("profiles", [0, 1, 30])
@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_every_screen_before_a_profile_is_open_fits(
    clock: FixedClock, size: tuple[int, int], tmp_path: Path, profiles: int
) -> None:
    async with closed_app(clock, tmp_path / "data", size, profiles=profiles) as (around, pilot):
        cases = BEFORE if profiles == 1 else [case for case in BEFORE if case.kind is WelcomeScreen]
        wrong = await _walk(cases, around, pilot, size)
    assert not wrong, "\n".join(wrong)


# What the commands say


@pytest.mark.parametrize("kind", screen_classes(), ids=lambda k: k.__name__)
def test_every_command_is_told_well(kind: type[Screen[Any]]) -> None:
    assert described(kind), f"{kind.__name__} has no help"
    assert kind.NAME and kind.ABOUT.endswith((".", "?"))
    for command in commands_of(kind):
        assert re.fullmatch(r"[a-z_-]+\.[a-z_-]+", command.id), command.id
        assert command.help[0].isupper() and command.help.endswith("."), command.help
        assert not command.show or len(command.name) <= SHOWN_WORD, command.name
        assert not list(not_to_be_said(f"{command.name} {command.help}"))
    assert not list(not_to_be_said(kind.ABOUT))


@pytest.mark.parametrize("kind", screen_classes(), ids=lambda k: k.__name__)
def test_no_key_means_two_things(kind: type[Screen[Any]]) -> None:
    before = any(case.kind is kind and case.before for case in CASES)
    everywhere = ALWAYS if before else EVERYWHERE
    assert list(double_keys((*commands_of(kind), *everywhere, BACK))) == []


def test_an_id_names_one_command() -> None:
    known: dict[str, Command] = {}
    for command in (*EVERYWHERE, BACK, *(c for kind in screen_classes() for c in commands_of(kind))):
        assert known.setdefault(command.id, command) is command, command.id


@pytest.mark.parametrize("kind", screen_classes(), ids=lambda k: k.__name__)
def test_every_command_does_something(kind: type[Screen[Any]]) -> None:
    for command in commands_of(kind):
        namespace, name, _parameters = parse(command.action)
        owner = CompanionApp if namespace == "app" else kind
        assert callable(getattr(owner, f"action_{name}", None)), f"{command.id}: {command.action}"


def test_every_global_command_does_something() -> None:
    for command in EVERYWHERE:
        namespace, name, _parameters = parse(command.action)
        assert namespace == "app" and callable(getattr(CompanionApp, f"action_{name}", None)), command.id
