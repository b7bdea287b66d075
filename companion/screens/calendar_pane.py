"""What the four views of the calendar have in common: one chosen day, and one appointment that letters act on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Container

from companion.domain.event import Occurrence
from companion.screens.held_widget import HeldWidget
from companion.screens.kept_days import KeptDays
from companion.widgets.day_list import Key
from companion.widgets.month_grid import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from textual.widget import Widget

    from companion.app import CompanionApp


class Pane(HeldWidget, Container):
    """One view. It reads from `kept`, begins at `day`, and calls `told` as soon as another day is chosen in it.

    What has the keys in it has the class "main"; what else can have them is reached with Tab.
    """

    VIEW: ClassVar[str] = ""

    if TYPE_CHECKING:
        app: CompanionApp

    def __init__(self, kept: KeptDays, told: Callable[[], None], day: date, **named: Any) -> None:
        super().__init__(id=f"{self.VIEW}-view", **named)
        self.kept, self.told, self.first_day = kept, told, day

    @property
    def day(self) -> date:
        """The chosen day."""
        raise NotImplementedError

    @property
    def main(self) -> Widget:
        return self.query_one(".main")

    def show_day(self, day: date, key: Key | None = None) -> None:
        """Show that day; letters act on the appointment named by `key`, if it is there."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read again what is shown; what was chosen stays so."""
        raise NotImplementedError

    def chosen(self) -> Occurrence | None:
        """The appointment that letters act on."""
        raise NotImplementedError

    def turn(self, step: int) -> None:
        """A period on, or back."""
        raise NotImplementedError

    def names(self) -> tuple[str, ...]:
        """What the shown days are called, long and short."""
        raise NotImplementedError

    def shows(self, day: date) -> bool:
        """Whether that day is among those shown."""
        raise NotImplementedError

    def can_go_back(self) -> bool:
        """Whether the keys are anywhere but in the main part."""
        focused = self.screen.focused
        return focused is not None and focused is not self.main and self in focused.ancestors

    def take_focus(self) -> None:
        self.screen.set_focus(self.main, scroll_visible=False)


def within(day: date) -> date:
    """`day`, or the nearest that the calendar shows."""
    return min(max(day, FIRST_DAY), LAST_DAY)
