"""One appointment: everything about it in plain words, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from companion.commands import GO_TO, REDO, UNDO, Command, bindings
from companion.domain.attendance import Attendance
from companion.domain.event import Occurrence
from companion.domain.expansion import occurrences
from companion.domain.language import _
from companion.screens import occurrence_acts as acts
from companion.screens.base import CompanionDialog
from companion.screens.occurrence_words import details
from companion.widgets.plain import wrap

_LABEL = 12  # columns of the labels: the longest is "On a phone"
_WIDTH = 72  # columns of the dialog, as in its style sheet
_BESIDE = 7  # of them for border, padding and scroll bar
_SAY_WHY = ("w", "h")  # how it went: where that can't be said yet, it says why
_ABOVE = 6  # lines for border, title, the line below it, the one above the acts, and the keys


@dataclass(frozen=True, slots=True)
class _Act:
    """Something that can be done now; `key` is the letter that does it from anywhere in the dialog."""

    key: str
    words: str
    do: Callable[[], None]


class OccurrenceDialog(CompanionDialog[None]):
    """Shows `occurrence`. Each act is stored at once and closes the dialog."""

    NAME = "An appointment"
    ABOUT = "Arrow keys go to what you want to do, Enter does it. Tab goes to the words above, to scroll them."
    CSS_PATH = "occurrence.tcss"
    AUTO_FOCUS: ClassVar[str] = "#acts"
    # A dialog keeps the app's own keys from working unless they have priority, which letters and digits never have.
    BINDINGS: ClassVar[list[Any]] = bindings([*GO_TO, UNDO, REDO])
    COMMANDS = (
        Command("occurrence.went", "Went", "You went to this one.", ("w",), "act('w')"),
        Command("occurrence.how", "How", "Say how it went, or take a mark off.", ("h",), "act('h')"),
        Command("occurrence.change", "Change", "Opens the form on it.", ("c",), "act('c')"),
        Command("occurrence.move", "Move", "Puts it at another time; a series as much as you say.", ("m",), "act('m')"),
        Command("occurrence.cancel", "Cancel", "Cancels it; a series asks how much of it.", ("x",), "act('x')"),
        Command("occurrence.back", "Restore", "Brings it back to what it was.", ("b",), "act('b')"),
    )

    def __init__(self, occurrence: Occurrence) -> None:
        super().__init__()
        self._occurrence = occurrence
        self._mark: Attendance | None = None
        self._acts: list[_Act] = []

    def compose_body(self) -> ComposeResult:
        with Vertical(id="occurrence"):
            yield Static(id="occurrence-title", markup=False)
            with VerticalScroll(id="about"):
                yield Static(id="occurrence-details", markup=False)
            yield OptionList(id="acts", markup=False, compact=True)

    def on_mount(self) -> None:
        self._show()

    def reload(self) -> None:
        """After an undo below it: show it as it is stored now, or close where it is gone."""
        if not self.is_mounted:
            return
        again = self._stored()
        if again is None:
            self.dismiss(None)
            return
        self._occurrence = again
        self._show()

    def _stored(self) -> Occurrence | None:
        planner, key = self.app.session.planner, self._occurrence.key
        event = planner.get(key[0])
        if event is None:
            return None
        override = event.override_at(key[1]) if key[1] is not None else None
        start = (override.start if override else None) or key[1] or event.start
        found = occurrences(event, start, start.replace(microsecond=1))
        return next((o.in_zone(planner.zone) for o in found if o.key == key), None)

    def _show(self) -> None:
        app, occurrence = self.app, self._occurrence
        self._mark = acts.mark_of(app, occurrence)
        today, hours24 = app.session.planner.today(), app.session.settings.hours24
        self.query_one("#occurrence-title", Static).update(Content(occurrence.title))
        width = min(_WIDTH, app.size.width) - _BESIDE
        about = app.session.arranger.about(occurrence)
        known = details(
            occurrence,
            self._mark,
            today,
            hours24=hours24,
            session=about.session,
            signs=about.signs,
            childcare=about.childcare,
            reminders=app.session.settings.reminders,
        )
        rows = [_row(*row, width) for row in known]
        self.query_one("#occurrence-details", Static).update(Content("\n").join(rows))
        self._acts = self._possible()
        listed = self.query_one("#acts", OptionList)
        listed.set_options(Option(_act_words(act)) for act in self._acts)
        listed.highlighted = 0
        # What can be done is never cut off; what is known scrolls in the room that is left.
        self.query_one("#about").styles.max_height = max(3, app.size.height - _ABOVE - len(self._acts))

    def on_resize(self) -> None:
        if self.is_mounted:
            self._show()

    def _possible(self) -> list[_Act]:
        """What makes sense now, the likeliest first."""
        app, occurrence = self.app, self._occurrence
        close = self._close
        begun = occurrence.start <= app.session.planner.now()
        how = [
            _Act("w", _("I went"), lambda: acts.went(app, occurrence, close)),
            _Act("h", _("How it went: other answers"), lambda: acts.ask_mark(app, occurrence, close)),
        ]
        if self._mark is not None:
            how = [_Act("h", _("Change how it went"), lambda: acts.ask_mark(app, occurrence, close))]
        back = _Act("b", _("Bring it back as it was"), lambda: acts.restore(app, occurrence, close))
        change = _Act("c", _("Change it"), lambda: acts.ask_change(app, occurrence, close))
        move = _Act("m", _("Move it to another time"), lambda: acts.move(app, occurrence, close))
        cancel = _Act("x", _("Cancel it"), lambda: acts.cancel(app, occurrence, close))
        remove = _Act("", _("Take it off the calendar"), lambda: acts.remove(app, occurrence, close))
        if occurrence.cancelled:
            return [back, *(how if begun else []), move, change, remove]
        rest = [move, change, cancel, *([back] if occurrence.moved else []), remove]
        return [*how, *rest] if begun else [change, move, cancel, *rest[3:]]

    def _close(self) -> None:
        if self.is_attached and self.app.screen is self:
            self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "act":
            return parameters[0] in _SAY_WHY or any(act.key == parameters[0] for act in self._acts)
        return super().check_action(action, parameters)

    def action_act(self, key: str) -> None:
        act = next((act for act in self._acts if act.key == key), None)
        if act is not None:
            act.do()
        elif key == "w" and self._mark is None:
            acts.went(self.app, self._occurrence, self._close)  # says that it is still to come
        else:
            acts.ask_mark(self.app, self._occurrence, self._close)

    @on(OptionList.OptionSelected, "#acts")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._acts[event.option_index].do()


def _row(label: str, text: str, width: int) -> Content:
    """A line of the details; what doesn't fit goes on below, beside its label."""
    indent = _LABEL if label else 0
    lines = [line for part in text.split("\n") for line in wrap(part, width - indent)] or [""]
    rest = "".join(f"\n{' ' * indent}{line}" for line in lines[1:])
    return Content.assemble((f"{label:<{indent}}", "$text-muted"), lines[0], rest)


def _act_words(act: _Act) -> Content:
    return Content.assemble((f"{act.key or ' '}  ", "bold"), act.words)
