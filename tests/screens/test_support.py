"""Numbers to call: three first, cautions always beside them, open without a profile."""

from __future__ import annotations

from pathlib import Path

import pytest
from app_kit import SIZES, running, session, shown
from shell_kit import FakeOpener, begun

from companion.domain.clock import FixedClock
from companion.domain.help_lines import FIRST, help_lines
from companion.screens.numbers import NumbersScreen
from companion.widgets.help_line_list import HelpLineList, line_words


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_numbers_are_there_before_a_profile_is_open(
    tmp_path: Path, clock: FixedClock, size: tuple[int, int]
) -> None:
    async with begun(tmp_path, clock, FakeOpener(), size=size) as (app, pilot):
        await pilot.press("f5")
        await pilot.pause()
        assert isinstance(app.screen, NumbersScreen)
        text = shown(pilot)
        assert "Call 911" in text
        assert "Call or text 988" in text
        assert "not yet re-checked" in text
        assert "Numbers" in text.splitlines()[0] + text.splitlines()[1]


async def test_three_first_and_the_rest_on_request(clock: FixedClock) -> None:
    async with running(session(clock), size=(100, 120)) as pilot:
        await pilot.press("5")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        first, rest = help_lines()[:FIRST], help_lines()[FIRST:]
        text = shown(pilot)
        assert all(line.name in text for line in first)
        assert not any(line.name in text for line in rest)
        await pilot.press("m")
        await pilot.pause()
        text = " ".join(shown(pilot).split())
        for line in help_lines():
            assert line.name in text
            assert line.caution in text
        await pilot.press("m")
        await pilot.pause()
        assert rest[0].name not in shown(pilot)


async def test_the_arrow_keys_scroll(clock: FixedClock) -> None:
    async with running(session(clock), size=(60, 20)) as pilot:
        await pilot.press("f5", "m", "end")
        await pilot.pause(0.5)
        assert pilot.app.screen.query_one(HelpLineList).scroll_y > 0


def test_a_number_that_was_called_says_when() -> None:
    from dataclasses import replace
    from datetime import date

    line = replace(help_lines()[0], verified_on=date(2026, 11, 2))
    assert "Nov 2, 2026" in line_words(line).plain
