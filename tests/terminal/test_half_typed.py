"""What is half typed when the screen is hidden is offered back, in a real terminal."""

from __future__ import annotations

from pathlib import Path

from person_kit import sits_down


def test_what_was_typed_a_moment_before_hiding_is_offered_back(tmp_path: Path) -> None:
    sam = sits_down(tmp_path / "sam", tmp_path / "data")
    try:
        sam.begins(words=None)
        sam.press("a", "Add to the calendar")
        sam.types("group at the chu")
        sam.hides()
        sam.press("z", "Which one is yours?")
        sam.press("enter", "Hello, ")
        sam.press("a", "You began this before")
        sam.press("f8", "group at the chu")
    finally:
        sam.terminal.close()
