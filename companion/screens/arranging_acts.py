"""What settles an open matter, from wherever it is highlighted: who has the children, how she gets there.

Questions come as lists of words, the likeliest first, so that Enter is most often enough. Every act ends with one
sentence and says that Ctrl+Z takes it back.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from companion.domain.arranging import Matter
from companion.domain.arranging_words import matter_title
from companion.domain.event import Occurrence, Ride
from companion.domain.language import _
from companion.domain.text import TITLE_LIMIT, clean
from companion.errors import InputError
from companion.screens.dialogs import Answer, Ask, Choice
from companion.screens.telling import line_of, told

if TYPE_CHECKING:
    from companion.app import CompanionApp

Store = Callable[[bool], None]  # for every session of its series, or only for this one


class _Other(StrEnum):
    """Answers that are none of the names or ways that are offered. No name begins with a space."""

    SOMEBODY = " somebody"
    NOBODY = " nobody"
    WAY = " way"
    DRIVER = " driver"


def cover(app: CompanionApp, occurrence: Occurrence) -> None:
    """Ask who has the children during it, and keep that they have said yes."""
    arranger, title = app.session.arranger, occurrence.title
    answers = [Answer(who, who) for who in arranger.helpers(occurrence)]
    answers += [
        Answer(_Other.SOMEBODY, _("Somebody else"), _("type who it is")),
        Answer(_Other.NOBODY, _("Nobody is needed"), _("they come along, or look after themselves")),
    ]

    def taken(who: str | None) -> None:
        if who == _Other.SOMEBODY:
            app.push_screen(Ask(_("Who has the children?"), _name, hint=_("for instance: Grandma")), taken)
        elif who == _Other.NOBODY:
            _how_far(
                app,
                occurrence,
                lambda every: arranger.nobody_needed(occurrence, every=every),
                _("{title}: nobody is needed for the children.").format(title=title),
            )
        elif who is not None:
            _how_far(
                app,
                occurrence,
                lambda every: arranger.cover(occurrence, who, every=every),
                _("{title}: {who} has the children.").format(title=title, who=who),
            )

    app.push_screen(Choice(_("Who has the children?"), answers, detail=line_of(app, occurrence)), taken)


def ride(app: CompanionApp, occurrence: Occurrence) -> None:
    """Ask how she gets there."""
    ways = {way_words(way): way for way in app.session.arranger.ways(occurrence)}
    for usual in (_("walk"), _("my own car")):
        ways.setdefault(usual, Ride(usual))
    answers = [Answer(words, words) for words in ways]
    answers += [
        Answer(_Other.DRIVER, _("Somebody drives me"), _("type who it is")),
        Answer(_Other.WAY, _("Another way"), _("type how")),
    ]

    def taken(answer: str | None) -> None:
        if answer == _Other.DRIVER:
            app.push_screen(Ask(_("Who drives you?"), _name, hint=_("for instance: Aunt Kim")), driven)
        elif answer == _Other.WAY:
            app.push_screen(Ask(_("How do you get there?"), _way, hint=_("for instance: bus 14")), typed)
        elif answer is not None:
            chosen(ways[answer])

    def driven(who: str | None) -> None:
        if who is not None:
            chosen(Ride(_("car"), who))

    def typed(how: str | None) -> None:
        if how is not None:
            chosen(Ride(how))

    def chosen(way: Ride) -> None:
        _how_far(
            app,
            occurrence,
            lambda every: app.session.arranger.ride(occurrence, way.how, way.who, every=every),
            _("{title}: {way}.").format(title=occurrence.title, way=way_words(way)),
        )

    app.push_screen(Choice(_("How do you get there?"), answers, detail=line_of(app, occurrence)), taken)


def leave_as_it_is(app: CompanionApp, matter: Matter) -> None:
    """These two come together, and that is fine with her."""
    app.session.arranger.leave_as_it_is(matter)
    told(app, _("{titles}: fine as it is.").format(titles=matter_title(matter)))


def way_words(way: Ride) -> str:
    """A way without its time: "car, with Aunt Kim"."""
    return ", ".join(part for part in (way.how, _("with {who}").format(who=way.who) if way.who else "") if part)


def _how_far(app: CompanionApp, occurrence: Occurrence, store: Store, words: str) -> None:
    """Store it; of a series ask first how much of it is meant."""

    def taken(every: bool | None) -> None:
        if every is not None:
            store(every)
            told(app, words)

    if occurrence.recurrence_id is None:
        taken(False)
        return
    answers = [
        Answer(False, _("Only this one")),
        Answer(True, _("Every time"), _("where nothing is said yet")),
    ]
    app.push_screen(Choice(_("Which ones?"), answers, detail=line_of(app, occurrence)), taken)


def _name(text: str) -> str:
    name = clean(text, TITLE_LIMIT)
    if not name:
        raise InputError(_("There is no name yet."), _("A first letter is enough."))
    return name


def _way(text: str) -> str:
    way = clean(text, TITLE_LIMIT)
    if not way:
        raise InputError(_("Nothing is said yet."), _("Type how you get there, for instance: bus 14."))
    return way
