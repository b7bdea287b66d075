"""From a sheet to a PDF, by Typst: in memory, with nothing asked of the network and no file of its own.

The words of a sheet go in as one JSON string. Typst sets them as text and never reads them as markup, so a title
may hold whatever a person or a file put there.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from companion.domain.language import _
from companion.domain.week_paper import A4, LETTER
from companion.errors import InputError
from companion.formats.print.week_sheet import WeekSheet

if TYPE_CHECKING:
    import typst

_PAPERS = {A4: "a4", LETTER: "us-letter"}  # as Typst calls them
_TEMPLATES = Path(__file__).parent
_OWN_FONT = "Libertinus Serif"  # inside the library; it has Latin, Greek, Cyrillic and Hebrew
# The first of these that the computer has: letters without serifs are read more readily by whoever learns to read.
_PLAIN_FONTS = ("Noto Sans", "Open Sans", "Segoe UI", "Helvetica Neue", "Arial", "DejaVu Sans", "Liberation Sans")
_NO_LETTER = "\U0010fffd"  # for private use: a font has nothing there
_MOST_LETTERS = 400  # that are looked up for one page
_GLYPHS = b"""
#set page(width: 40pt, height: 40pt, margin: 4pt)
#let data = json(bytes(sys.inputs.data))
#set text(font: data.fonts)
#for letter in data.letters { page(letter) }
"""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a sheet found room: `most` things a day are drawn, at `size` fortieths of the usual letters.

    `over` is by how many points it is taller than the page even so; what hangs over is cut off.
    """

    most: int
    size: int
    over: float = 0


@dataclass(frozen=True, slots=True)
class Typeset:
    """A PDF of one page; `missing` are the letters that no font on this computer can draw."""

    data: bytes
    fit: Fit
    missing: str


class Typesetter:
    """Keeps the fonts that it found: looking for them is most of the time that the first page takes.

    With `own_fonts_only` it uses those inside the library, which are the same everywhere.
    """

    def __init__(self, *, own_fonts_only: bool = False) -> None:
        self._own_fonts_only = own_fonts_only

    @cached_property
    def _fonts(self) -> typst.Fonts:
        import typst

        return typst.Fonts(include_system_fonts=not self._own_fonts_only)

    @cached_property
    def _families(self) -> list[str]:
        present = set(self._fonts.families())
        return [*[name for name in _PLAIN_FONTS if name in present][:1], _OWN_FONT]

    def week(self, sheet: WeekSheet, paper: str = A4) -> Typeset:
        """`sheet` as one page on "a4" or "letter". Raises InputError for other paper."""
        compiler = self._compiler(sheet, paper)
        data = compiler.compile(format="pdf")
        fit = json.loads(compiler.query("<fit>", field="value", one=True))
        assert isinstance(data, bytes)
        return Typeset(data, Fit(int(fit["most"]), int(fit["size"]), fit["over"]), self.missing(sheet.texts()))

    def picture(self, sheet: WeekSheet, paper: str = A4, form: Literal["png", "svg"] = "png") -> list[bytes]:
        """The pages of `sheet` as pictures."""
        pages = self._compiler(sheet, paper).compile(format=form, ppi=90)
        return [pages] if isinstance(pages, bytes) else list(pages or ())

    def missing(self, texts: Iterable[str]) -> str:
        """The letters in `texts` that no font here can draw, each once, in order.

        Each is drawn on a page of its own and compared with a letter that is in no font: Typst has no warning for it.
        """
        letters = list(dict.fromkeys(letter for text in texts for letter in text if _is_drawn(letter)))
        letters = letters[:_MOST_LETTERS]
        if not letters:
            return ""
        data = {"fonts": self._families, "letters": [_NO_LETTER, *letters]}
        pages = self._make(_GLYPHS, data).compile(format="svg")
        assert isinstance(pages, list)
        nothing, *drawn = [_glyphs(page) for page in pages]
        return "".join(letter for letter, glyphs in zip(letters, drawn, strict=True) if glyphs & nothing)

    def _compiler(self, sheet: WeekSheet, paper: str) -> typst.Compiler:
        if paper not in _PAPERS:
            raise InputError(_("That paper is not known."), _("There are A4 and letter."))
        given = {"paper": _PAPERS[paper], "fonts": self._families, "language": "en"}
        return self._make(_TEMPLATES / "week.typ", sheet.data() | given)

    def _make(self, source: Path | bytes, data: dict[str, Any]) -> typst.Compiler:
        import typst

        return typst.Compiler(
            source,  # type: ignore[type-var]  # the library's own list of types says so
            root=_TEMPLATES,
            font_paths=self._fonts,
            sys_inputs={"data": json.dumps(data)},
        )


def _is_drawn(letter: str) -> bool:
    """Whether a font has to know it. ASCII is in every one; controls, joiners and spaces are not drawn."""
    return not letter.isascii() and unicodedata.category(letter)[0] in "LMNPS"


def _glyphs(page: bytes) -> set[bytes]:
    """The drawings that a page of SVG uses."""
    return {part.partition(b'"')[0] for part in page.split(b'xlink:href="#')[1:]}
