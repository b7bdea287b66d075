"""A form of rows: the arrow keys go from row to row, and Enter on a choice goes on to the next."""

from __future__ import annotations

from typing import TypeVar

from textual import on
from textual.binding import Binding
from textual.widgets import Button, Input

from companion.screens.controls import Control
from companion.screens.form import Field, Form

ResultT = TypeVar("ResultT")


class SteppedForm(Form[ResultT]):
    BINDINGS = [
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "step":
            return isinstance(self.focused, Input | Control | Button)
        return super().check_action(action, parameters)

    def action_step(self, by: int) -> None:
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    @on(Control.GoOn)
    def _go_on(self, event: Control.GoOn) -> None:
        event.stop()
        self.focus_next()

    def field_of(self, control: object) -> Field | None:
        """The field that `control` stands in."""
        return next((field for field in self.fields if field.control is control), None)
