"""A field of a form: a label, what is typed, and below it the error or a remark."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import NULL_OFFSET, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.validation import Validator
from textual.widget import Widget
from textual.widgets import Input, TextArea

from companion.domain.language import _, plural
from companion.domain.text import FIELD_LIMIT, clean
from companion.widgets.line_input import LineInput

_MOST = 20_000  # letters of several lines that a draft keeps


class _Beside(Layout):
    """The control to the right of the label, or below it; the words below both are no widget."""

    name = "field"

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        assert isinstance(parent, Field)
        left, top = parent.place_of_control(size.width)
        room = Size(max(0, size.width - left), size.height)
        viewport = parent.app.viewport_size
        placements = []
        for child in children:
            # Rows count from 1: without a height yet, a control that fills it has the one that every field has.
            box = child._get_box_model(room, viewport, Fraction(room.width), Fraction(1), greedy=greedy)
            region = Region(left, top, int(box.width), int(box.height))
            placements.append(WidgetPlacement(region, NULL_OFFSET, box.margin, child))
        return placements


class Field(Vertical):
    """A label, what is typed, and below it the error or a remark, if there is one.

    `id` names the value. With `lines` it takes several lines; `secret` shows dots and is never kept in a draft.
    Any widget with a `value` can stand in for the text line: pass it as `control`.

    It draws its label and its words itself: two widgets less in each of the thirty fields of an appointment, and no
    styles to be looked up when an error comes or goes. Its color is that of the label. The first of its
    `grid-columns` is how wide the label beside the control is (0 hides it); without any the label stands above.
    """

    DEFAULT_CSS: ClassVar[str] = """
    Field { height: auto; }
    """
    _layout_of_all: ClassVar[Layout] = _Beside()

    def __init__(
        self,
        id: str,
        label: str,
        *,
        value: str = "",
        hint: str = "",
        lines: bool = False,
        secret: bool = False,
        limit: int = FIELD_LIMIT,
        control: Widget | None = None,
        validators: Iterable[Validator] = (),
    ) -> None:
        super().__init__(id=f"field-{id}", classes="field")
        self.name_of_value = id
        self.secret = secret
        self._label, self._hint, self._limit, self._lines = label, hint, limit, lines
        self._error = self._remark = self._full = ""
        self.control: Widget
        if control is not None:
            self.control = control
        elif lines:
            self.control = TextArea(value, soft_wrap=True, tab_behavior="focus", compact=True)
        else:
            self.control = LineInput(
                value,
                placeholder=hint,
                password=secret,
                max_length=limit,
                select_on_focus=False,
                validators=list(validators),
                compact=True,
            )
        self.control.add_class("field-control")

    def compose(self) -> ComposeResult:
        yield self.control

    # What is typed

    @property
    def raw(self) -> str:
        """What stands in the field, as typed."""
        if isinstance(self.control, TextArea):
            return self.control.text
        return str(getattr(self.control, "value", "") or "")

    @property
    def value(self) -> str:
        """What stands in the field, cleaned. A secret is as typed: the vault has its own rules for words.

        Of several lines, also what is too long to be saved: a draft keeps it until she has made it shorter.
        """
        return self.raw if self.secret else clean(self.raw, _MOST if self._lines else self._limit, lines=self._lines)

    @property
    def too_long(self) -> str:
        """What is wrong where more stands here than can be kept; "" where it fits."""
        over = len(self.value) - self._limit
        if over <= 0:
            return ""
        return plural("That is {n} letter too long to be kept.", "That is {n} letters too long to be kept.", over)

    def fill(self, value: str) -> None:
        if isinstance(self.control, TextArea):
            self.control.load_text(value)
        else:
            setattr(self.control, "value", value)  # noqa: B010  a control is any widget with a value

    # What is said about it

    def say(self, error: str) -> None:
        """Show `error` below the field; "" takes it away."""
        if error != self._error:
            before, self._error = self.words, error
            self._show_words(before)

    def remark(self, words: str) -> None:
        """Show what is worth knowing and keeps nobody from saving; "" takes it away. An error goes before it."""
        if words != self._remark:  # asked with every key, and a new layout costs more than the rest of it
            before, self._remark = self.words, words
            self._show_words(before)

    @property
    def words(self) -> str:
        """What stands below the field: the error, else a remark."""
        return self._error or self._full or self._remark

    @on(LineInput.Full)
    def _left_out(self, event: LineInput.Full) -> None:
        event.stop()
        before = self.words
        self._full = _("Only {n} letters fit here. The rest was left out.").format(n=event.limit)
        self._show_words(before)

    @on(Input.Changed)
    def _fits_again(self, event: Input.Changed) -> None:
        if self._full and len(event.value) < (event.input.max_length or self._limit):
            before, self._full = self.words, ""
            self._show_words(before)

    def _show_words(self, before: str) -> None:
        # No style asks for these classes; they say what the field shows.
        self.set_class(bool(self._error), "-wrong", update=False)
        self.set_class(bool(self._full or self._remark) and not self._error, "-remark", update=False)
        rows = len(self._wrapped(self.words, self.size.width)) - len(self._wrapped(before, self.size.width))
        self.refresh(layout=rows != 0)

    # How it is drawn

    @property
    def layout(self) -> Layout:
        return self._layout_of_all

    @property
    def _beside(self) -> int | None:
        """How wide the label beside the control is; None where it stands above."""
        columns = self.styles.grid_columns
        return int(columns[0].value) if columns else None

    def _label_lines(self, width: int) -> list[Content]:
        room = width if self._beside is None else self._beside
        return Content(self._label).wrap(room) if room > 0 else []

    def _wrapped(self, words: str, width: int) -> list[Content]:
        room = width - (self._beside or 0)
        return Content(words).wrap(room) if words and room > 0 else []

    def place_of_control(self, width: int) -> tuple[int, int]:
        """Columns to the left of the control and rows above it, where the field is `width` columns wide."""
        return (0, len(self._label_lines(width))) if self._beside is None else (self._beside, 0)

    def _rows_above_words(self, width: int) -> int:
        labels = len(self._label_lines(width))
        return max([labels, *(placed.region.bottom for placed in self.arrange(Size(width, 0)).placements)])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._rows_above_words(width) + len(self._wrapped(self.words, width)) if width else 0

    def render(self) -> Content:
        width = self.size.width
        words = self._wrapped(self.words, width)
        lines = self._label_lines(width)
        if words:
            lines += [Content("")] * (self._rows_above_words(width) - len(lines))
            color = "$text-warning" if self._error else "$text-accent"
            indent = " " * (self._beside or 0)
            lines += [Content.assemble(indent, line.stylize(color)) for line in words]
        return Content("\n").join(lines)
