"""Style sheets are parsed once, and again only with other colors."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from app_kit import running, session
from textual.css import stylesheet
from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.widget import Widget

from companion.domain.clock import FixedClock
from companion.themes import CONTRAST, DARK, LIGHT
from companion.widgets.kept_styles import KeptStyles
from companion.widgets.month_grid import MonthGrid


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[str, str]]:
    """How often each sheet was parsed, by where it stands."""
    count: Counter[tuple[str, str]] = Counter()
    parse = stylesheet.parse

    def counted(scope: str, css: str, read_from: tuple[str, str], **rest: Any) -> Any:
        count[read_from] += 1
        return parse(scope, css, read_from, **rest)

    monkeypatch.setattr(stylesheet, "parse", counted)
    return count


async def test_each_is_parsed_once_wherever_she_goes(clock: FixedClock, parsed: Counter[tuple[str, str]]) -> None:
    async with running(session(clock)) as pilot:
        await pilot.press("2", "3", "1", "2")
        assert any(path.endswith("activities.tcss") for path, _name in parsed)
        # A default sheet that a second kind of widget inherits may be parsed for its new rank.
        ours = {path: times for (path, name), times in parsed.items() if not name}
        assert set(ours.values()) == {1}, ours


async def test_other_colors_are_there_at_once(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        await pilot.press("2", "1")
        app = pilot.app
        assert app.theme == DARK
        dark = app.screen.styles.background
        app.theme = LIGHT
        await pilot.pause()
        assert app.screen.styles.background != dark
        app.theme = DARK
        await pilot.pause()
        assert app.screen.styles.background == dark


async def test_the_parts_of_a_widget_look_as_textual_finds_them_in_every_state(clock: FixedClock) -> None:
    def found_anew(widget: Widget) -> dict[str, RenderStyles]:
        before = widget._component_styles.copy()
        stylesheet.Stylesheet._process_component_classes(widget.app.stylesheet, widget)
        anew = widget._component_styles.copy()
        widget._component_styles.clear()
        widget._component_styles.update(before)
        return anew

    def check() -> None:
        parts = [
            widget for widget in pilot.app.screen.query("#month-view *, #week-view *") if isinstance(widget, KeptStyles)
        ]
        assert parts and all(widget._component_styles == found_anew(widget) for widget in parts)
        for widget in parts:
            for name in ["", *widget._get_component_classes()]:
                assert widget.kept_style(name) == (widget.get_component_rich_style(name) if name else widget.rich_style)

    async with running(session(clock)) as pilot:
        for key in ("2", "tab", "tab", "tab", "v", "V", "tab"):
            await pilot.press(key)
            await pilot.pause()
            check()
        for theme in (CONTRAST, DARK, LIGHT):
            pilot.app.theme = theme
            await pilot.pause()
            check()


async def test_every_widget_looks_as_textual_finds_it_in_every_state(clock: FixedClock) -> None:
    def as_it_is(widget: DOMNode) -> tuple[object, ...]:
        asks = widget._has_hover_style, widget._has_focus_within, widget._has_order_style, widget._has_odd_or_even
        return widget.styles.base._rules.copy(), asks

    def check() -> None:
        widgets = list(pilot.app.screen.walk_children(with_self=True))
        found = [as_it_is(widget) for widget in widgets]
        for widget in widgets:
            stylesheet.Stylesheet.apply(pilot.app.stylesheet, widget)
        assert found == [as_it_is(widget) for widget in widgets]

    async with running(session(clock)) as pilot:
        for keys in (["2"], ["tab"], ["1", "a"], ["tab", "tab"], ["x", "ctrl+s"], ["escape", "escape", "4"], ["3"]):
            await pilot.press(*keys)
            await pilot.pause()
            check()
        for theme in (CONTRAST, LIGHT):
            pilot.app.theme = theme
            await pilot.pause()
            check()
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        check()


async def test_the_keys_going_to_and_fro_leave_nothing_behind(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        await pilot.press("2", "tab", "tab")
        grid = pilot.app.screen.query_one(MonthGrid)
        parts = {id(styles) for styles in grid._component_styles.values()}
        await pilot.press("tab")
        assert parts.isdisjoint(map(id, grid._component_styles.values()))
        await pilot.press("tab")
        assert parts == {id(styles) for styles in grid._component_styles.values()}
