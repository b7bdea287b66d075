"""Hide, leave and the numbers key are found in every way a terminal writes them, and in nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.terminal import BLANK, KeyWatch, Press

HIDES = {
    "ctrl+x": b"\x18",
    "F12": b"\x1b[24~",
    "shift+F12": b"\x1b[24;2~",
    "kitty ctrl+x": b"\x1b[120;5u",
    "kitty ctrl+x with text": b"\x1b[120;5;120u",
    "kitty ctrl+x with caps lock": b"\x1b[120;69u",
    "kitty ctrl+shift+x": b"\x1b[120:88;6u",
    "kitty ctrl+x on a Cyrillic layout": b"\x1b[1095;5u",
    "kitty ctrl+x, layout and key": b"\x1b[1095::120;5u",
    "kitty F12 pressed": b"\x1b[24;1:1~",
    "xterm modifyOtherKeys": b"\x1b[27;5;120~",
    "after esc": b"\x1b\x18",
    "within a sequence": b"\x1b[1\x18",
    "within a paste": b"\x1b[200~some text\x18",
    "within a reply of the terminal": b"\x1bP>|term\x18",
}
LEAVES = {"ctrl+q": b"\x11", "kitty ctrl+q": b"\x1b[113;5u", "xterm modifyOtherKeys": b"\x1b[27;5;113~"}
NUMBERS = {"F5": b"\x1b[15~", "F5 on the Linux console": b"\x1b[[E"}
OTHERS = {
    "x": b"x",
    "kitty x": b"\x1b[120u",
    "kitty alt+x": b"\x1b[120;3u",
    "F11": b"\x1b[23~",
    "up": b"\x1b[A",
    "F1": b"\x1bOP",
    "alt+x": b"\x1bx",
    "kitty ctrl+c": b"\x1b[99;5u",
    "a word": "é漢字".encode(),
}
NOTHINGS = {
    "mouse": b"\x1b[<35;24;18M",
    "old mouse": b"\x1b[M",
    "focus": b"\x1b[I",
    "cursor at 24": b"\x1b[24;18R",
    "mode report": b"\x1b[?2026;2$y",
    "attributes": b"\x1b[?62;22c",
    "resize": b"\x1b[48;24;80;0;0t",
    "name": b"\x1bP>|kitty(0.35)\x1b\\",
    "F12 released": b"\x1b[24;1:3~",
    "ctrl+x released": b"\x1b[120;5:3u",
    "paste begins": b"\x1b[200~",
}
CASES = [
    pytest.param(keys, press, id=name)
    for cases, press in (
        (HIDES, Press.HIDE),
        (LEAVES, Press.LEAVE),
        (NUMBERS, Press.NUMBERS),
        (OTHERS, Press.OTHER),
        (NOTHINGS, Press.NOTHING),
    )
    for name, keys in cases.items()
]


@pytest.mark.parametrize(("keys", "press"), CASES)
def test_says_what_was_pressed(keys: bytes, press: int) -> None:
    assert max(KeyWatch().feed(keys), default=Press.NOTHING) == press


@pytest.mark.parametrize(("keys", "press"), CASES)
def test_says_it_also_where_the_bytes_come_one_by_one(keys: bytes, press: int) -> None:
    watch = KeyWatch()
    found = [each for byte in keys for each in watch.feed(bytes([byte]))]
    assert max(found, default=Press.NOTHING) == press


@settings(max_examples=120)
@given(st.lists(st.binary(max_size=12), max_size=6))
def test_the_hide_key_is_never_swallowed(before: list[bytes]) -> None:
    watch = KeyWatch()
    for piece in before:
        watch.feed(piece)
    assert Press.HIDE in watch.feed(b"\x18")


@settings(max_examples=120)
@given(st.text(alphabet=st.characters(min_codepoint=32, blacklist_categories=("Cs", "Cc"))))
def test_typing_never_hides(text: str) -> None:
    assert set(KeyWatch().feed(text.encode())) <= {Press.OTHER}


def test_a_lone_escape_waits_for_the_rest() -> None:
    watch = KeyWatch()
    assert watch.feed(b"\x1b") == []
    assert watch.pending()
    watch.give_up()
    assert not watch.pending()


def test_an_endless_sequence_is_given_up() -> None:
    watch = KeyWatch()
    watch.feed(b"\x1b[" + b"1;" * 100)
    assert not watch.pending()


def test_emptying_the_screen_leaves_the_scroll_back_alone() -> None:
    assert b"\x1b[3J" not in BLANK
    assert b"\x1b[2J" not in BLANK  # some terminals move what this erases into the scroll-back
