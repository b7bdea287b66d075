"""Style sheets are parsed once, and again only with other colors."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from app_kit import running, session
from textual.css import stylesheet

from companion.domain.clock import FixedClock
from companion.themes import DARK, LIGHT


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
