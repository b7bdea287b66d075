"""Which appointments are shown: those of some kinds, for some children, given by some services."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

from companion.domain.child import Child
from companion.domain.children_named import children_named, plain_name
from companion.domain.event import Event, Occurrence
from companion.domain.kinds import kind
from companion.domain.lanes import Lane, lane_of
from companion.domain.language import _, plural

_NAMED = 2  # said one by one; more are counted


@dataclass(frozen=True, slots=True)
class Showing:
    """What is shown. An empty set leaves nothing out; of several sets each has to agree, within one any does.

    `kinds` are ids, `children` and `providers` names as somebody wrote them: capitals make no difference.
    """

    kinds: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()
    providers: frozenset[str] = frozenset()

    @property
    def everything(self) -> bool:
        return not (self.kinds or self.children or self.providers)

    def takes(self, event: Event) -> bool:
        """Whether an event is shown; all its occurrences are then."""
        if self.kinds and kind(event.kind).id not in self.kinds:
            return False
        if self.providers and _plain(event.provider) not in _plain_all(self.providers):
            return False
        return not self.children or any(concerns(event, child) for child in self.children)

    def matches(self, occurrence: Occurrence) -> bool:
        return self.takes(occurrence.event)

    def of(self, occurrences: Iterable[Occurrence]) -> list[Occurrence]:
        """Those of `occurrences` that are shown. Each event is asked once: a series has many."""
        if self.everything:
            return list(occurrences)
        asked: dict[int, bool] = {}
        found: list[Occurrence] = []
        for occurrence in occurrences:
            event = occurrence.event
            taken = asked.get(id(event))
            if taken is None:
                taken = asked[id(event)] = self.takes(event)
            if taken:
                found.append(occurrence)
        return found

    def words(self) -> str:
        """For the line over a view, short: "group therapy, M."; "" where nothing is left out."""
        labels = sorted(kind(each).label for each in self.kinds)
        groups = (
            _few(labels, plural("{n} kind", "{n} kinds", len(labels))),
            _few(sorted(self.children), plural("{n} child", "{n} children", len(self.children))),
            _few(sorted(self.providers), plural("{n} service", "{n} services", len(self.providers))),
        )
        return ", ".join(group for group in groups if group)


class Used(Protocol):
    """What is asked of an event to offer it: an Event is one."""

    @property
    def kind(self) -> str: ...
    @property
    def child(self) -> str: ...
    @property
    def provider(self) -> str: ...


class InUse(NamedTuple):
    """What one or more events have in common."""

    kind: str
    child: str
    provider: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from: ids of kinds, names of children, names of services; each as it is to be listed."""

    kinds: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        return not (self.kinds or self.children or self.providers)

    def with_those_of(self, showing: Showing) -> Choices:
        """With what is chosen already, which may be on the calendar no more: it has to be seen to be taken away."""
        return Choices(
            _by_label({*self.kinds, *showing.kinds}),
            _each_once((*self.children, *sorted(showing.children))),
            tuple(sorted(_each_once((*self.providers, *showing.providers)), key=str.casefold)),
        )


def choices_of(events: Iterable[Used], children: Sequence[Child] = ()) -> Choices:
    """The kinds, children and services that are in use. Her own children come first, in their order."""
    kinds: set[str] = set()
    named: set[str] = set()
    providers: set[str] = set()
    for event in events:
        kinds.add(kind(event.kind).id)
        named.add(event.child)
        providers.add(event.provider)
    others = sorted(name for text in named for name in children_named(text))
    return Choices(
        _by_label(kinds),
        _each_once((*(child.name for child in children), *others)),
        tuple(sorted(_each_once(sorted(providers)), key=str.casefold)),
    )


def concerns(event: Event, child: str) -> bool:
    """Whether an event has to do with the child of that name.

    That is: it names the child, for whom it is or in its title ("M.'s check-up"); or it is in the children's lane and
    for nobody in particular.
    """
    named = [plain_name(name) for name in children_named(event.child)]
    if plain_name(child) in named:
        return True
    if _in_title(child).search(event.title):
        return True
    return not named and lane_of(event) is Lane.CHILDREN


@lru_cache(maxsize=64)
def _in_title(child: str) -> re.Pattern[str]:
    """The name as a word of its own. The "m." of "9 a.m." is none."""
    return re.compile(rf"(?:^|[\s(,;:&+/–—-]){re.escape(child.strip())}(?!\w)", re.IGNORECASE)


def _plain(name: str) -> str:
    return plain_name(" ".join(name.split()))


@lru_cache(maxsize=64)
def _plain_all(names: frozenset[str]) -> frozenset[str]:
    return frozenset(map(_plain, names))


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    """The first way of writing each name; "M" and "M." are one."""
    found: dict[str, str] = {}
    for name in names:
        if plain := _plain(name):
            found.setdefault(plain, name.strip())
    return tuple(found.values())


def _by_label(kinds: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(kinds, key=lambda each: kind(each).label.casefold()))


def _few(names: list[str], counted: str) -> str:
    if len(names) > _NAMED:
        return counted
    return _(" or ").join(names)
