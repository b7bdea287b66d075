"""The form of a child: a name or an initial, the age as people say it, and where the child lives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from textual import on
from textual.app import ComposeResult

from companion.domain.child import Child, age_words, parse_age
from companion.domain.language import _
from companion.domain.text import TITLE_LIMIT
from companion.errors import InputError
from companion.messages import DataChanged
from companion.screens.controls import ON, Control, Tick
from companion.screens.form import Field
from companion.screens.stepped_form import SteppedForm

_AGE_LIMIT = 60
_MOST_EARLY = 18 * 7  # days before the due date a baby can be born and live


class ChildForm(SteppedForm[Child]):
    """Adds a child, or changes the one given. Gives it once it is stored."""

    NAME = "A child"
    ABOUT = (
        "A first letter is enough for a name. The age decides which activities are offered; leave it empty if you "
        "like. Space changes whether the child lives with you now."
    )
    FORM_ID = "child"
    TITLE_WORDS = "A child"

    def __init__(self, change: Child | None = None) -> None:
        super().__init__()
        self._child = change or Child("", "")
        if change is not None:
            self.TITLE_WORDS = "Change a child"  # type: ignore[misc]  # a form of the same kind, another heading
            self.FORM_ID = f"child {change.id}"  # type: ignore[misc]  # a draft for each

    @property
    def _today(self) -> date:
        return self.app.session.planner.today()

    def compose_fields(self) -> ComposeResult:
        self._age = age_words(self._child, self._today)
        yield Field("child", _("First name or initial"), value=self._child.name, limit=TITLE_LIMIT)
        yield Field("age", _("How old? “8 weeks”, “4 years”, “due Feb 3”"), value=self._age, limit=_AGE_LIMIT)
        yield Field("here", "", control=Tick(_("Lives with me now"), self._child.lives_here))

    @on(Control.Changed)
    def _turned(self, event: Control.Changed) -> None:
        event.stop()
        self._changed()

    def check(self, values: dict[str, str]) -> dict[str, str]:
        errors = {} if values["child"] else {"child": _("There is no name yet. A first letter is enough.")}
        try:
            self._aged(values)
        except InputError as error:
            errors["age"] = str(error)
        return errors

    def _aged(self, values: Mapping[str, str]) -> Child:
        """The child at the age typed; an age left as it was keeps the day it was counted from. Raises InputError."""
        child, typed = self._child, values["age"]
        if typed == self._age:
            return child
        if not typed:
            return replace(child, born=None, due=None, weeks_early=0)
        known = parse_age(typed, self._today)
        awaited = child.due if child.born is None else None
        if known.born and awaited and abs((awaited - known.born).days) <= _MOST_EARLY:
            return replace(child, born=known.born)  # the baby came: how early is told by the due date
        return replace(child, born=known.born, due=known.due)

    def save(self, values: dict[str, str]) -> None:
        child = replace(self._aged(values), name=values["child"], lives_here=values["here"] == ON)
        child = self.app.session.people.put_child(child)
        self.say(_("Saved: {name}.").format(name=child.name), mend=_("Ctrl+Z takes it back."))
        self.app.post_message(DataChanged())
        self.done(child)
