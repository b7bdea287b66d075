"""What is said after an act, and how an appointment is named in a question: the same words from everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from companion.domain.event import Occurrence
from companion.domain.language import _
from companion.messages import DataChanged
from companion.screens.occurrence_words import short_words

if TYPE_CHECKING:
    from companion.app import CompanionApp

Then: TypeAlias = Callable[[], object]


def told(app: CompanionApp, words: str, then: Then | None = None) -> None:
    """Say what was done, which is stored by now, and that it can be taken back; what shows it is read again."""
    app.say(words, mend=_("Ctrl+Z takes it back."))
    app.post_message(DataChanged())
    if then is not None:
        then()


def line_of(app: CompanionApp, occurrence: Occurrence) -> str:
    """ "Group · tomorrow, 6:00 pm"."""
    session = app.session
    return short_words(occurrence, session.planner.today(), hours24=session.settings.hours24)
