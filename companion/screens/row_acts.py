"""What the letters do on a screen with a list of appointments: the month, and the next seven days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from companion.commands import ARRANGE, Command
from companion.domain.event import Occurrence
from companion.domain.language import _
from companion.screens import occurrence_acts as acts

if TYPE_CHECKING:
    from companion.screens.base import CompanionScreen
    from companion.screens.quick_add import Added

    Base = CompanionScreen[None]
else:
    Base = object

ADD = Command("calendar.add", "Add", "Puts something on the calendar, on the chosen day.", ("a",), "add", show=True)
WENT = Command("calendar.went", "Went", "Marks the chosen appointment: you went.", ("w",), "went", show=True)
CANCEL = Command(
    "calendar.cancel",
    "Cancel",
    "Cancels the chosen appointment; a series asks how much of it.",
    ("x",),
    "cancel",
    show=True,
)
TO_ARRANGE = Command("calendar.arrange", "To arrange", ARRANGE.help, ("o",), ARRANGE.action, palette=False)
# Not shown: six keys fit on the bottom line. Today shows them, the help too.
PHONE = Command("calendar.phone", "Phone", "Puts the schedule in a file for your phone.", ("e",), "phone")
BRING_IN = Command("calendar.bring", "Bring in", "Brings in a file from your coach.", ("i",), "bring_in")


class RowActs(Base):
    """Mixed into a screen that says which appointment is chosen, and on which day something is added."""

    def chosen(self) -> Occurrence | None:
        """The appointment that letters act on."""
        raise NotImplementedError

    def day_to_add(self) -> date:
        raise NotImplementedError

    def added(self, added: Added | None) -> None:
        """Something was added; None where she went back."""

    def action_open(self) -> None:
        from companion.screens.occurrence import OccurrenceDialog

        occurrence = self._chosen_or_say()
        if occurrence is not None:
            self.app.push_screen(OccurrenceDialog(occurrence))

    def action_went(self) -> None:
        occurrence = self._chosen_or_say()
        if occurrence is not None:
            acts.went(self.app, occurrence)

    def action_cancel(self) -> None:
        occurrence = self._chosen_or_say()
        if occurrence is not None:
            acts.cancel(self.app, occurrence)

    def action_add(self) -> None:
        from companion.screens.quick_add import QuickAddForm

        self.app.push_screen(QuickAddForm(self.day_to_add()), self.added)

    def action_phone(self) -> None:
        from companion.screens.to_phone import ToPhoneScreen

        self.app.push_screen(ToPhoneScreen())

    def action_bring_in(self) -> None:
        from companion.screens.bring_in import BringInScreen

        self.app.push_screen(BringInScreen())

    def _chosen_or_say(self) -> Occurrence | None:
        occurrence = self.chosen()
        if occurrence is None:
            self.app.say(_("Nothing is planned there."), mend=_("Press a to add something."))
        return occurrence
