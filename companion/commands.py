"""One definition for each thing a person can do.

From a `Command` come the key binding, the word on the bottom line, the line in the palette and the row on the help
screen, so that the four can't drift apart. Names and helps are written in English here and translated where shown
(`word`, `sentence`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.domain.language import _

if TYPE_CHECKING:
    from textual.binding import Binding

# Six entries of at most this many letters fit on 80 columns beside their keys.
SHOWN_WORD = 8
MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do.

    `id` is unique in the whole app ("today.went"). `name` is a word or two, at most `SHOWN_WORD` letters where `show`
    puts it on the bottom line; `help` one plain sentence. `keys` are Textual key names, the first one is shown.
    `action` is a Textual action; write "app.…" or "screen.…" where it isn't the screen's own. `priority` keys work
    inside text fields and dialogs too; a printable key never does, whatever `priority` says, or it could not be
    typed. `palette` is false where finding it by name makes no sense.
    """

    id: str
    name: str
    help: str
    keys: tuple[str, ...]
    action: str
    show: bool = False
    priority: bool = False
    palette: bool = True

    @property
    def word(self) -> str:
        return _(self.name)

    @property
    def sentence(self) -> str:
        return _(self.help)

    @property
    def keys_shown(self) -> str:
        """The keys as a person reads them: "F1 or ?"."""
        return _(" or ").join(key_shown(key) for key in self.keys)


_KEY_WORDS = {
    "question_mark": "?",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "comma": ",",
    "full_stop": ".",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "backspace": "Backspace",
    "delete": "Del",
    "insert": "Ins",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
_MODIFIERS = {"ctrl": "Ctrl", "shift": "Shift", "alt": "Alt"}
_PRINTABLE_WORDS = frozenset(word for word, shown in _KEY_WORDS.items() if len(shown) == 1 and shown.isascii())


def key_shown(key: str) -> str:
    """A Textual key name as it stands on a keyboard: "ctrl+x" is "Ctrl+X", "f12" is "F12"."""
    *modifiers, last = key.split("+")
    word = _KEY_WORDS.get(last) or (last.upper() if modifiers or len(last) > 1 else last)
    return "+".join([*(_MODIFIERS.get(m, m.capitalize()) for m in modifiers), word])


def is_printable(key: str) -> bool:
    """Whether the key types a character into a text field."""
    return len(key) == 1 or key == "space" or key in _PRINTABLE_WORDS


def bindings(commands: Iterable[Command]) -> list[Binding]:
    """The Textual bindings of `commands`: one a key, the first one carries the word for the bottom line."""
    from textual.binding import Binding

    return [
        Binding(
            key,
            command.action,
            command.word,
            show=command.show and key == command.keys[0],
            key_display=key_shown(key),
            priority=command.priority and not is_printable(key),
            tooltip=command.sentence,
            id=command.id,
        )
        for command in commands
        for key in command.keys
    ]


@dataclass(frozen=True, slots=True)
class Place:
    """One of the five places. `name` is also the Textual mode; `digit` and `key` go there."""

    name: str
    title: str
    digit: str
    key: str


PLACES = (
    Place("today", "Today", "1", "f2"),
    Place("calendar", "Calendar", "2", "f3"),
    Place("activities", "Activities", "3", "f4"),
    Place("progress", "Progress", "4", "f6"),
    Place("support", "Support", "5", "f7"),
)

HIDE = Command(
    "app.hide",
    "Hide",
    "The screen is empty at once, and locked. The same key again leaves; any other key comes back to your words.",
    ("ctrl+x", "f12"),
    "app.hide",
    priority=True,
)
LEAVE = Command(
    "app.leave", "Leave", "Locks and closes. Everything is saved already.", ("ctrl+q",), "app.leave", priority=True
)
HELP = Command("app.help", "Help", "What you can do here.", ("f1", "question_mark"), "app.help", priority=True)
NUMBERS = Command(
    "app.numbers", "Numbers", "Numbers to call. Works locked, too.", ("f5",), "app.numbers", priority=True
)
FIND = Command("app.find", "Find", "Find anything you can do, by name.", ("ctrl+p",), "app.find", priority=True)
UNDO = Command("app.undo", "Undo", "Takes back the last thing you did.", ("ctrl+z",), "app.undo")
REDO = Command("app.redo", "Redo", "Does again what Ctrl+Z took back.", ("ctrl+y",), "app.redo")
# Without priority: where a screen has F9 for itself, it means what it says there.
YOURS = Command(
    "app.yours",
    "Yours",
    "What you are called, your children, words, time zone, clock, reminders.",
    ("f9",),
    "app.yours",
)
SEARCH = Command(
    "app.search",
    "Search the calendar",
    "Finds appointments by a word: a title, a place, a person, a note.",
    ("slash",),
    "app.search",
)
ARRANGE = Command(
    "app.arrange",
    "To arrange",
    "What is open in the next 14 days: childcare, rides, things too close together.",
    (),
    "app.arrange",
)
REMINDED = Command("app.reminded", "OK", "Puts the reminder above the keys away.", ("y",), "app.reminded")
BACK = Command("app.back", "Back", "Goes back, or out of a text field.", ("escape",), "screen.back", palette=False)

# What works everywhere, before a profile is open as well.
ALWAYS = (HIDE, LEAVE, HELP, NUMBERS, FIND)
# What works once a profile is open.
GO_TO = tuple(
    Command(
        f"app.{place.name}",
        place.title,
        f"Goes to {place.title}.",
        (place.digit, place.key),
        f"app.place('{place.name}')",
        priority=True,
    )
    for place in PLACES
)
THEMES = (
    Command("app.dark", "Dark colors", "Light letters on dark.", (), "app.colors('companion-dark')"),
    Command("app.light", "Light colors", "Dark letters on light.", (), "app.colors('companion-light')"),
    Command("app.contrast", "High contrast", "The strongest colors.", (), "app.colors('companion-contrast')"),
)
OPENED = (*GO_TO, SEARCH, ARRANGE, YOURS, UNDO, REDO, REMINDED)
EVERYWHERE = (*ALWAYS, *OPENED, *THEMES)


def double_keys(commands: Iterable[Command]) -> Iterator[tuple[str, str, str]]:
    """Keys that two of `commands` claim, with both ids. A test sees to it that there are none."""
    owner: dict[str, str] = {}
    for command in commands:
        for key in command.keys:
            if key in owner:
                yield key, owner[key], command.id
            owner[key] = command.id
