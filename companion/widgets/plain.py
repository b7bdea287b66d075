"""Text from a person or a file on its way to the screen.

Textual reads square brackets as markup: an imported title can crash the app or run one of its actions, and
`textual.markup.escape` does not prevent it. So such text only ever becomes `Content`, which is never parsed. It was
cleaned where it came in; it is cleaned again here, because a control character that got past would reach the terminal.
"""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from companion.domain.text import clean


def plain(text: str, style: str = "") -> Content:
    """`text`, line breaks kept, as content that is shown letter by letter; `style` as Textual writes styles."""
    return Content.styled(clean(text, lines=True), style) if style else Content(clean(text, lines=True))


def cut(text: str, width: int) -> str:
    """One line of at most `width` columns, with an ellipsis where something was cut."""
    if width <= 0:
        return ""
    line = clean(text)
    if cell_len(line) <= width:
        return line
    return f"{set_cell_size(line, width - 1).rstrip()}…"


def fit(text: str, width: int) -> str:
    """One line of exactly `width` columns."""
    return set_cell_size(cut(text, width), max(0, width))


def wrap(text: str, width: int, most: int = 0) -> list[str]:
    """`text` in lines of at most `width` columns, broken at spaces; at most `most` lines where that is not 0.

    Counts columns and not characters, so that Chinese or an emoji does not push a line over the edge.
    """
    if width <= 0:
        return []
    lines: list[str] = []
    line = ""
    for word in clean(text).split():
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        line = word
        while cell_len(line) > width:
            head = _beginning(line, width)
            lines.append(head)
            line = line[len(head) :]
    if line:
        lines.append(line)
    if most and len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        lines = [*lines[: most - 1], cut(rest, width)]
    return lines


def _beginning(word: str, width: int) -> str:
    """As much of `word` as fits, and at least one character, so that a column too narrow for it is no endless loop."""
    size = 1
    while size < len(word) and cell_len(word[: size + 1]) <= width:
        size += 1
    return word[:size]
