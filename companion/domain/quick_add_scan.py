"""Cuts a typed sentence into pieces, from left to right, each with what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from companion.domain.quick_add_atoms import plain
from companion.domain.quick_add_days import day_at
from companion.domain.quick_add_lengths import length_at
from companion.domain.quick_add_parts import part_at, place_at
from companion.domain.quick_add_repeats import end_at, repeat_at
from companion.domain.quick_add_said import Piece, Said, Scene, Word
from companion.domain.quick_add_times import time_at

_BETWEEN = re.compile(r"[\s,;/.)]*")
_WORD = re.compile(r"[^\s,;]+")


def pieces(text: str, scene: Scene) -> Iterator[Piece]:
    """Every piece of the cleaned `text`, in order. What nothing else is said by is a Word."""
    low = plain(text)
    before: Said | None = None
    at = _skip(low, 0)
    while at < len(low):
        end, said = _at(low, text, at, scene, before)
        yield Piece(at, end, said)
        before, at = said, _skip(low, max(end, at + 1))


def _skip(low: str, at: int) -> int:
    match = _BETWEEN.match(low, at)
    return match.end() if match else at


def _at(low: str, text: str, at: int, scene: Scene, before: Said | None) -> tuple[int, Said]:
    found = (
        part_at(low, text, at, scene, before)
        or repeat_at(low, at, scene)
        or end_at(low, at, scene)
        or length_at(low, at)
        or time_at(low, at, scene, before)
        or day_at(low, at, scene, before)
        or place_at(low, text, at, scene, before)
    )
    if found is not None:
        end, said = found
        if isinstance(said, Word) and said.text == low[at:end]:
            said = Word(text[at:end], said.remark)
        return end, said
    word = _WORD.match(low, at)
    end = word.end() if word else at + 1
    return end, Word(text[at:end])
