"""A form that says below its fields what it understands, anew after each change."""

from __future__ import annotations

from textual import on
from textual.widgets import Input

from companion.screens.controls import Control
from companion.screens.form import Field
from companion.screens.stepped_form import ResultT, SteppedForm


class LiveForm(SteppedForm[ResultT]):
    """Calls `show_reading` once all fields are there and after each change; an error goes while its field is mended."""

    def show_reading(self) -> None:
        """Show what follows from the values as they are."""
        raise NotImplementedError

    def field_typed(self, field: Field) -> None:
        """She typed in `field`."""

    def field_chosen(self, field: Field) -> None:
        """She chose something else in `field`."""

    def on_mount(self) -> None:
        super().on_mount()
        self.show_reading()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        field = self.field_of(event.input)
        if field is not None:
            field.say("")
            self.field_typed(field)
        self.show_reading()

    @on(Control.Changed)
    def _chosen(self, event: Control.Changed) -> None:
        event.stop()
        field = self.field_of(event.sender)
        if field is not None:
            self.field_chosen(field)
        self.show_reading()
        self._changed()

    def action_bring_back(self) -> None:
        super().action_bring_back()
        self.show_reading()
