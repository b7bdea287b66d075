"""The top line with the five places and the bottom line with the keys of where you are.

Each is one widget that draws itself: Textual's Footer takes a widget for each key, which costs start-up, and hides
without a word what doesn't fit. Here what doesn't fit is still in the help, and the way to the help is always there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from companion.commands import BACK, HELP, HIDE, MOST_SHOWN, PLACES, REMINDED, Command, is_printable, key_shown
from companion.domain.language import _

ROOMY = 80  # columns from which the top line has room for hide and help
_GAP = 2
_ACTION = "companion"  # in the meta of a style: what a click does


def in_text_field(screen: Screen[Any]) -> bool:
    """Whether what is typed now goes into a text field."""
    focused = screen.focused
    # Asked rather than told by class: importing Input and TextArea costs 10 ms of the first picture.
    return focused is not None and focused.check_consume_key("a", "a")


def clickable(words: str, action: str, style: str = "") -> Content:
    """`words` that do `action`, one of the place's own, when clicked on."""
    return Content.styled(words, Style.parse(style) + Style.from_meta({_ACTION: action}))


def clicked_action(event: events.Click) -> str:
    """The action of the clicked words; "" for none."""
    return str(event.style.meta.get(_ACTION, ""))


class _Line(Widget):
    """One row of words; a click on a word does what its key does."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = "_Line { height: 1; width: 1fr; }"

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._spots: list[tuple[int, int, str]] = []

    def on_click(self, event: events.Click) -> None:
        event.stop()
        for start, end, key in self._spots:
            if start <= event.x < end:
                self.app.simulate_key(key)


class PlaceLine(_Line):
    """The five places with their digits. The one you are in stands in brackets, so that no color is needed to tell."""

    DEFAULT_CSS = "PlaceLine { dock: top; background: $panel; color: $foreground; }"

    def __init__(self, active: str) -> None:
        super().__init__(id="place-line")
        self.active = active

    def render(self) -> Content:
        parts: list[Content] = []
        self._spots = []
        column = 0
        for place in PLACES:
            here = place.name == self.active
            words = f"{place.digit} {_(place.title)}"
            text = f"[{words}]" if here else f" {words} "
            parts.append(Content.styled(text, "bold reverse" if here else ""))
            self._spots.append((column, column + len(text), place.key))
            column += len(text)
        if self.size.width >= ROOMY:
            right = [(HIDE.keys[0], HIDE.word), (HELP.keys[0], HELP.word)]
            room = self.size.width - column - sum(_cells(k, w) for k, w in right) - _GAP - 1
            if room > 0:
                parts.append(Content(" " * room))
                column += room
                for index, (key, word) in enumerate(right):
                    gap = " " * _GAP if index else ""
                    parts.append(Content.assemble(gap, (key_shown(key), "bold"), " ", word))
                    start = column + len(gap)
                    column = start + len(key_shown(key)) + 1 + len(word)
                    self._spots.append((start, column, key))
        return Content("").join(parts)


class KeyLine(_Line):
    """The keys that work here. At most six at 80 columns; `always` stand at the right end and never give way."""

    DEFAULT_CSS = "KeyLine { dock: bottom; background: $panel; color: $foreground; padding: 0 1; }"

    def __init__(self, always: Iterable[Command] = (), back_works: Callable[[], bool] = lambda: False) -> None:
        """`back_works` says whether Esc does anything here and now; only then it is shown, where there is room."""
        super().__init__(id="key-line")
        self._always = tuple(always)
        self._back_works = back_works
        self._fitted: tuple[list[tuple[str, str]], list[tuple[str, str]]] = ([], [])

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._updated)

    def on_unmount(self) -> None:
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _updated(self, _screen: Screen[Any]) -> None:
        """The same keys are not drawn again: this comes with every change of what has the keys."""
        if self._fitting() != self._fitted:
            self.refresh()

    def shown(self) -> list[tuple[str, str]]:
        """Key and word of what fits, in order: a test compares it with what is meant to be shown."""
        here, always = self._fitting()
        return here + always

    def _always_here(self) -> tuple[Command, ...]:
        if self._always or self.app.size.width >= ROOMY:
            return self._always
        return (HIDE, HELP)

    def _fitting(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        always = [(c.keys[0], c.word) for c in self._always_here()]
        room = self.content_size.width - sum(_cells(k, w) + _GAP for k, w in always)
        here: list[tuple[str, str]] = []
        for binding in self._bindings_here():
            key, word = binding.key, binding.description
            if (key, word) in always:
                continue
            if len(here) == MOST_SHOWN or _cells(key, word) > room:
                break
            here.append((key, word))
            room -= _cells(key, word) + _GAP
        back = (BACK.keys[0], BACK.word)
        if self._back_works() and _cells(*back) <= room:
            here.append(back)
        return here, always

    def _bindings_here(self) -> list[Binding]:
        typing = in_text_field(self.screen)
        seen: set[str] = set()
        found: list[Binding] = []
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not binding.show or not active.enabled or binding.action in seen:
                continue
            if typing and is_printable(binding.key):
                continue
            seen.add(binding.action)
            found.append(binding)
        return found

    def render(self) -> Content:
        here, always = self._fitted = self._fitting()
        self._spots = []
        parts: list[Content] = []
        column = self.styles.padding.left
        width = self.content_size.width

        def put(key: str, word: str) -> None:
            nonlocal column
            parts.append(Content.assemble((key_shown(key), "bold $footer-key-foreground"), " ", word, " " * _GAP))
            self._spots.append((column, column + _cells(key, word), key))
            column += _cells(key, word) + _GAP

        for key, word in here:
            put(key, word)
        rest = sum(_cells(k, w) + _GAP for k, w in always) - _GAP
        space = max(0, width - (column - self.styles.padding.left) - rest)
        parts.append(Content(" " * space))
        column += space
        for key, word in always:
            put(key, word)
        return Content("").join(parts)


class ReminderLine(_Line):
    """Quiet words above the keys: what is coming up. It takes a row only while it says something."""

    DEFAULT_CSS = """
    ReminderLine { dock: bottom; display: none; margin-bottom: 1; padding: 0 1; }
    ReminderLine { background: $boost; color: $foreground; }
    """

    def __init__(self) -> None:
        super().__init__(id="reminder-line")
        self.words = ""

    def say(self, words: str) -> None:
        """Show `words`; "" takes the line away."""
        if words != self.words:
            self.words = words
            self.display = bool(words)
            self.refresh()

    def render(self) -> Content:
        key, word = REMINDED.keys[0], REMINDED.word
        room = max(0, self.content_size.width - _cells(key, word) - _GAP)
        words = Content(f"• {self.words}").truncate(room, ellipsis=True, pad=True)
        start = self.styles.padding.left + room + _GAP
        self._spots = [(start, start + _cells(key, word), key)]
        return Content.assemble(words, " " * _GAP, (key_shown(key), "bold $footer-key-foreground"), " ", word)


def _cells(key: str, word: str) -> int:
    return len(key_shown(key)) + 1 + len(word)
