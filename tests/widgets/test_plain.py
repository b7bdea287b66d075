"""Text from people and files on its way to the screen."""

from __future__ import annotations

import pytest
from conftest import NASTY
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from companion.widgets.plain import cut, fit, plain, wrap


@pytest.mark.parametrize("nasty", NASTY)
def test_nothing_is_read_as_markup_or_sent_to_the_terminal(nasty: str) -> None:
    shown = plain(nasty)
    assert not shown.spans
    assert shown.plain.isprintable()
    assert plain(nasty, "bold").plain == shown.plain


def test_brackets_and_line_breaks_stay() -> None:
    assert plain("Call mum [/\nat [red]5").plain == "Call mum [/\nat [red]5"


def test_cut_and_fit() -> None:
    assert [cut("Counselling", n) for n in (0, 1, 5, 11, 20)] == ["", "…", "Coun…", "Counselling", "Counselling"]
    assert [fit("ab", n) for n in (0, 1, 4)] == ["", "…", "ab  "]
    assert cut("日本語", 4) == "日…"


def test_wrap_breaks_at_spaces_and_long_words_anywhere() -> None:
    assert wrap("one two three", 7) == ["one two", "three"]
    assert wrap("abcdefgh ij", 3) == ["abc", "def", "gh", "ij"]
    assert wrap("one two three four", 7, 2) == ["one two", "three…"]
    assert wrap("日本語", 1) == ["日", "本", "語"]
    assert wrap("", 5) == wrap("some", 0) == []


@given(st.text(max_size=60), st.integers(2, 30), st.integers(0, 3))
def test_wrapped_lines_fit(text: str, width: int, most: int) -> None:
    lines = wrap(text, width, most)
    assert all(line and cell_len(line) <= width for line in lines)
    assert not most or len(lines) <= most
    assert cell_len(cut(text, width)) <= width == cell_len(fit(text, width))
