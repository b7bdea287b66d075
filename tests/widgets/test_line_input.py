"""Whatever is pasted into a line: as much as fits, cleaned."""

from __future__ import annotations

import pytest
from conftest import NASTY
from textual import events
from textual.app import App, ComposeResult

from companion.domain.text import is_clean
from companion.widgets.line_input import LineInput


class Form(App[None]):
    def compose(self) -> ComposeResult:
        yield LineInput("ab", max_length=20)


async def pasted(text: str, *keys: str) -> str:
    app = Form()
    async with app.run_test() as pilot:
        line = app.query_one(LineInput)
        line.focus()
        await pilot.press(*keys)
        app.screen.post_message(events.Paste(text))
        await pilot.pause()
        return line.value


async def test_a_long_paste_is_cut_to_what_fits() -> None:
    assert await pasted("x" * 10_000, "end") == "ab" + "x" * 18


async def test_a_paste_goes_where_the_cursor_is_and_takes_the_place_of_what_is_marked() -> None:
    assert await pasted("1 2\n3", "home") == "1 2 3ab"
    assert await pasted("new", "home", "shift+end") == "new"


async def test_a_full_line_takes_nothing_more() -> None:
    assert await pasted("more", "end", *"x" * 18) == "ab" + "x" * 18


@pytest.mark.parametrize("nasty", NASTY)
async def test_nothing_hostile_stays(nasty: str) -> None:
    value = await pasted(nasty, "end")
    assert value.startswith("ab")
    assert is_clean(value)


async def test_a_line_longer_than_its_room_shows_where_she_types_and_lays_out_nothing_anew() -> None:
    def shown(line: LineInput) -> str:
        return "".join(segment.text for segment in line.render_line(0)).strip()

    app = Form()
    async with app.run_test(size=(20, 3)) as pilot:
        line = app.query_one(LineInput)
        line.styles.width = 14
        line.value = ""
        await pilot.pause()
        layouts: list[object] = []
        app.screen.screen_layout_refresh_signal.subscribe(app, layouts.append, immediate=True)
        await pilot.press(*"abcdefghijklmn")
        assert shown(line).endswith("lmn")
        await pilot.press("home")
        assert shown(line).startswith("abc")
        await pilot.press("end", *(["backspace"] * 12))
        assert "ab" in shown(line)
        assert layouts == []
