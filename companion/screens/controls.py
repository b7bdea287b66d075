"""What a form has beside text lines: a choice, a tick, the days of a week. Each is one row and one widget.

Textual's own Select raises on a value it doesn't know, which an old draft may hold, and its Checkbox tells on from
off by color alone. These take any value, ignore what they don't know, and say everything in characters.

All have a `value` that is a string, as drafts keep strings only, and post `Changed` when a person changed it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from companion.domain.names import weekday_letters, weekday_name
from companion.screens.dialogs import Answer, Choice

ON = "yes"


class Control(Widget, can_focus=True):
    """Base: one row, posts `Changed`, and `GoOn` where Enter means: to the next field."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = """
    Control { height: 1; width: 1fr; color: $foreground; }
    Control:focus { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
    """

    class Changed(Message):
        def __init__(self, sender: Control) -> None:
            super().__init__()
            self.sender = sender

        @property
        def control(self) -> Control:
            return self.sender

    class GoOn(Message):
        def __init__(self, sender: Control) -> None:
            super().__init__()
            self.sender = sender

        @property
        def control(self) -> Control:
            return self.sender

    def action_go_on(self) -> None:
        self.post_message(self.GoOn(self))


class Pick(Control):
    """One of several. Left and right go through them, Enter or Space shows them all."""

    BINDINGS = [
        Binding("right", "step(1)", show=False),
        Binding("left", "step(-1)", show=False),
        Binding("enter,space", "show_all", show=False),
    ]
    value: reactive[str] = reactive("", init=False)

    def __init__(
        self, options: Sequence[tuple[str, str]], value: str = "", *, question: str = "", id: str | None = None
    ) -> None:
        """`options` are (value, words); the first is taken where `value` is none of them."""
        super().__init__(id=id)
        self._options = list(options)
        self._question = question
        self.set_reactive(Pick.value, value if value in dict(options) else options[0][0])

    def validate_value(self, value: str) -> str:
        return value if value in dict(self._options) else self.value

    @property
    def words(self) -> str:
        return dict(self._options)[self.value]

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer these instead. A value that is no longer among them becomes the first."""
        if list(options) == self._options:
            return
        self._options = list(options)
        if self.value not in dict(options):
            self.value = options[0][0]
        self.refresh()

    def render(self) -> Content:
        return Content.assemble(("‹ ", "$text-muted") if not self.has_focus else "‹ ", self.words, " ›")

    def _take(self, value: str | None) -> None:
        if value is not None:
            if value != self.value:
                self.value = value
                self.post_message(self.Changed(self))
            self.action_go_on()

    def action_step(self, by: int) -> None:
        values = [value for value, _words in self._options]
        self.value = values[(values.index(self.value) + by) % len(values)]
        self.post_message(self.Changed(self))

    def action_show_all(self) -> None:
        answers = [Answer(value, words) for value, words in self._options]
        self.app.push_screen(Choice(self._question, answers, start=self.value), self._take)

    def on_click(self) -> None:
        self.action_show_all()


class Tick(Control):
    """Yes or no. Space changes it, Enter goes on."""

    BINDINGS = [Binding("space", "turn", show=False), Binding("enter", "go_on", show=False)]
    value: reactive[str] = reactive("", init=False)

    def __init__(self, words: str, value: bool = False) -> None:
        super().__init__()
        self._words = words
        self.set_reactive(Tick.value, ON if value else "")

    def validate_value(self, value: str) -> str:
        return ON if value else ""

    def render(self) -> Content:
        return Content(f"[{'x' if self.value else ' '}] {self._words}")

    def action_turn(self) -> None:
        self.value = "" if self.value else ON
        self.post_message(self.Changed(self))

    def on_click(self) -> None:
        self.action_turn()


class DayPicker(Control):
    """Some days of the week. Left and right go to a day, Space takes it in or out, Enter goes on.

    `value` holds the days as digits, 0 for Monday: "13" is Tuesday and Thursday.
    """

    BINDINGS = [
        Binding("right", "step(1)", show=False),
        Binding("left", "step(-1)", show=False),
        Binding("space", "turn", show=False),
        Binding("enter", "go_on", show=False),
    ]
    value: reactive[str] = reactive("", init=False)
    at: reactive[int] = reactive(0, init=False)
    _CELL: ClassVar[int] = 5  # "[x]Mo"

    def __init__(self, value: str = "", *, week_start: int = 0) -> None:
        super().__init__()
        self._order = [(week_start + n) % 7 for n in range(7)]
        self.set_reactive(DayPicker.value, self.validate_value(value))
        if self.value:
            self.set_reactive(DayPicker.at, self._order.index(int(self.value[0])))

    def validate_value(self, value: str) -> str:
        return "".join(sorted(set(value) & set("0123456")))

    @property
    def days(self) -> tuple[int, ...]:
        return tuple(int(digit) for digit in self.value)

    def render(self) -> Content:
        parts: list[Content] = []
        for place, day in enumerate(self._order):
            here = self.has_focus and place == self.at
            text = f"[{'x' if str(day) in self.value else ' '}]{weekday_letters(day)}"
            parts += [Content.styled(text, "reverse" if here else ""), Content(self._gap)]
        return Content("").join(parts)

    @property
    def _gap(self) -> str:
        """Between two days, where there is room for it: in a narrow window they stand side by side."""
        return " " if self.content_size.width >= 7 * (self._CELL + 1) else ""

    def action_step(self, by: int) -> None:
        self.at = (self.at + by) % 7

    def action_turn(self) -> None:
        digit = str(self._order[self.at])
        self.value = self.value.replace(digit, "") if digit in self.value else self.value + digit
        self.post_message(self.Changed(self))

    def watch_at(self) -> None:
        self.tooltip = Content(weekday_name(self._order[self.at]))

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset_capture(self).x // (self._CELL + len(self._gap))
        if 0 <= place < 7:
            self.at = place
            self.action_turn()


__all__ = ["ON", "Control", "DayPicker", "Pick", "Tick"]
