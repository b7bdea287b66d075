"""A look over TOML source before it is parsed: is it within bounds, and what stands in which line?

tomllib gives no line numbers, needs time that grows with the square of a dotted key's length (64 KB: 12 seconds),
and ends in a RecursionError on deep nesting. This pass is linear, builds nothing, and forgives what is wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from companion.domain.language import _

MAX_LINE = 4_000
MAX_DEPTH = 8
MAX_DOTS = 8
_MOST_LIMITS = 20

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r'"""|\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[ \t\r\f\v]+|#[^\n]*|\n|[\[\]{}=,]|[^\s"\'#\[\]{}=,]+|.'
)
_CLOSE = {'"""': re.compile(r'(?:[^"\\]++|\\.|"(?!""))*+"{3,5}', re.DOTALL), "'''": re.compile(r".*?'{3,5}", re.DOTALL)}
# Inside an open bracket no line of TOML begins like this, so the bracket was forgotten.
_FRESH_START = re.compile(r"[ \t]*(?:[A-Za-z][\w-]*(?:\.[\w-]+)*[ \t]*=|\[\[?[ \t]*(?:item|goal)\b)")


@dataclass(frozen=True, slots=True)
class Statement:
    """One key with its value, or one table header, and the lines it takes up (both counted from 1).

    `open`: a bracket or a quote over several lines is never closed.
    """

    path: Path
    line: int
    last: int
    header: bool = False
    open: bool = False


@dataclass(slots=True)
class Scan:
    """`lines` is where each path stands: ("item", 3, "title"); `limits` what goes beyond the bounds."""

    statements: list[Statement] = field(default_factory=list)
    lines: dict[Path, int] = field(default_factory=dict)
    limits: list[tuple[int, str]] = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """The line of `path`, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)

    def statement_at(self, line: int) -> Statement | None:
        return next((s for s in self.statements if s.line <= line <= s.last), None)

    def place_of(self, line: int) -> Path:
        """The list entry that `line` belongs to, such as ("item", 3); () for the head of the plan."""
        found: Path = ()
        for statement in self.statements:
            if statement.line > line:
                break
            if statement.header:
                found = statement.path[:2]
        return found


def scan(text: str) -> Scan:
    found = Scan()
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE and len(found.limits) < _MOST_LIMITS:
            found.limits.append((number, _("This line is longer than {n} characters.").format(n=f"{MAX_LINE:,}")))
    _Scanner(text, found).run()
    return found


class _Scanner:
    """Walks the pieces once, statement by statement. `line` is where the last piece began."""

    def __init__(self, text: str, found: Scan) -> None:
        self.text = text
        self.found = found
        self.at = 0
        self.line = 1
        self.next_line = 1
        self.table: Path = ()
        self.counts: dict[Path, int] = {}
        self.depth = 0
        self.dots = 0
        self.unclosed = False

    def run(self) -> None:
        while piece := self._next():
            if piece[0] in " \t\r\f\v\n#":
                continue
            if piece == "[":
                self._header()
            else:
                self._pair(piece)

    def _next(self) -> str:
        """The next piece, "" at the end; a string over several lines comes as one quote."""
        match = _TOKEN.match(self.text, self.at)
        self.line = self.next_line
        if match is None:
            return ""
        piece = match[0]
        self.at = match.end()
        if piece in _CLOSE:
            closed = _CLOSE[piece].match(self.text, self.at)
            self.unclosed = closed is None
            end = closed.end() if closed else len(self.text)
            self.next_line += self.text.count("\n", self.at, end)
            self.at = end
            return piece[0]
        if piece == "\n":
            self.next_line += 1
        elif piece in "{,=":
            self.dots = 0
        elif piece[0] not in "\"'#":
            self._count_dots(piece)
        return piece

    def _beyond(self, text: str) -> None:
        if len(self.found.limits) < _MOST_LIMITS:
            self.found.limits.append((self.line, text))

    def _count_dots(self, piece: str) -> None:
        self.dots += piece.count(".")
        if self.dots > MAX_DOTS:
            self._beyond(_("A name has more than {n} dots.").format(n=MAX_DOTS))
            self.dots = 0

    def _nest(self, piece: str) -> None:
        if piece in "[{":
            self.depth += 1
            if self.depth == MAX_DEPTH + 1:
                self._beyond(_("Brackets are nested more than {n} deep.").format(n=MAX_DEPTH))
        elif piece in "]}":
            self.depth = max(0, self.depth - 1)

    def _header(self) -> None:
        line, names, brackets = self.line, "", 1
        self.dots = 0
        while (piece := self._next()) not in ("", "\n"):
            if piece == "[" and not names:
                brackets += 1
            elif piece not in "[]" and piece[0] != "#":
                names += piece
        path = self._resolve(_parts(names), array=brackets > 1)
        if path:
            self.table = path
            self.found.statements.append(Statement(path, line, line, header=True))
            self.found.lines.setdefault(path, line)

    def _resolve(self, names: Path, *, array: bool) -> Path:
        """The path of a table header, with the number of each list entry it stands in."""
        path: Path = ()
        for place, name in enumerate(names):
            path = (*path, name)
            if array and place == len(names) - 1:
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = (*path, self.counts[path])
        return path

    def _pair(self, first: str) -> None:
        line, names = self.line, first
        self.dots = first.count(".") if first[0] not in "\"'" else 0
        while (piece := self._next()) not in ("", "\n", "="):
            names += piece if piece[0] != "#" else ""
        left_open = piece == "=" and self._value()
        path = (*self.table, *_parts(names))
        self.found.statements.append(Statement(path, line, self.line, open=left_open))
        self.found.lines.setdefault(path, line)

    def _value(self) -> bool:
        """Up to the end of the line on which every bracket is closed; gives whether one is left open."""
        self.depth = self.dots = 0
        while piece := self._next():
            if piece == "\n" and (self.depth == 0 or _FRESH_START.match(self.text, self.at)):
                return self.depth > 0
            self._nest(piece)
        return self.depth > 0 or self.unclosed


_NAME = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[^.\s"\']+')


def _parts(names: str) -> Path:
    return tuple(name[1:-1] if name[0] in "\"'" else name for name in _NAME.findall(names))
