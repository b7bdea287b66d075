"""A plan that comes in meets what came before and what she made of it since (docs/plan-file.md, "Merge").

Pure: what is stored goes in, what to store comes out. What has happened is never rewritten, what she changed or
took out herself stays so, and court, testing, medication, family time and child health are never withdrawn only
because a newer plan lacks them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import uuid5

from companion.domain.event import Event, Origin
from companion.domain.goal import Goal
from companion.domain.kinds import kind
from companion.domain.language import _
from companion.domain.merge_event import Divided, Woven, divide, has_ahead, kept_part, same, wall, weave
from companion.domain.merge_goals import merge_goals
from companion.domain.merge_words import changes_in_words, label, when_in_words
from companion.domain.plan import Plan, PlanGoal, PlanItem
from companion.domain.plan_identity import NAMESPACE, item_of


@dataclass(frozen=True, slots=True)
class StoredItem:
    """An imported event: as it is now (None: she took it out) and as it last came from its file.

    `marked` are the recurrence ids that have an attendance mark; None for an event that does not repeat.
    """

    event: Event | None
    imported: Event
    marked: frozenset[datetime | None] = frozenset()


@dataclass(frozen=True, slots=True)
class StoredSource:
    """All that came from one plan or calendar, by `Origin.key`; empty for one that is new.

    `goals` are her goals from this source, `goals_came` what its file said of them when it last came.
    """

    id: str
    revision: int = 0
    items: Mapping[str, StoredItem] = field(default_factory=dict)
    goals: tuple[Goal, ...] = ()
    goals_came: tuple[PlanGoal, ...] = ()


class Outcome(StrEnum):
    """What becomes of an item."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WITHDRAWN = "withdrawn"
    ASK = "ask"  # not in the new plan, but not withdrawn: ask the coach
    OLDER = "older"  # older than what she has, which stays
    REMOVED = "removed"  # she took it out, and it stays out


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the preview. `what` changes, and what is `hers` and stays as she has it, in words."""

    outcome: Outcome
    item: str
    title: str
    kind: str = "other"
    what: tuple[str, ...] = ()
    hers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import would do, and exactly what to store for it, in one transaction.

    `writes` are put in place of the event with the same UID or added; `removals` are UIDs. `marks` are attendance
    marks to hang on another UID: (UID, recurrence id, new UID), because the past of a changed series is kept as an
    event of its own. `remember` is each item as it came, `forget` the keys that are no longer known. `goals` are
    put in place of the goal with the same id or added.
    """

    source: str
    revision: int
    items: tuple[Change, ...] = ()
    refused: int = 0
    remarks: tuple[str, ...] = ()
    writes: tuple[Event, ...] = ()
    removals: tuple[str, ...] = ()
    marks: tuple[tuple[str, datetime | None, str], ...] = ()
    remember: tuple[tuple[str, Event], ...] = ()
    forget: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()

    def of(self, outcome: Outcome) -> tuple[Change, ...]:
        return tuple(change for change in self.items if change.outcome is outcome)

    @property
    def hers(self) -> tuple[Change, ...]:
        """The items of which something stays as she changed it."""
        return tuple(change for change in self.items if change.hers)

    @property
    def nothing(self) -> bool:
        """Whether her calendar and goals stay as they are."""
        return not (self.writes or self.removals or self.goals)

    def summary(self) -> str:
        """ "3 new · 2 changed · 40 same · 1 withdrawn · 2 refused", what is none left out."""
        counts = [
            (_("{n} new"), len(self.of(Outcome.NEW))),
            (_("{n} changed"), len(self.of(Outcome.CHANGED))),
            (_("{n} same"), len(self.of(Outcome.SAME))),
            (_("{n} withdrawn"), len(self.of(Outcome.WITHDRAWN))),
            (_("{n} to ask about"), len(self.of(Outcome.ASK))),
            (_("{n} older"), len(self.of(Outcome.OLDER))),
            (_("{n} taken out by you"), len(self.of(Outcome.REMOVED))),
            (_("{n} refused"), self.refused),
        ]
        return " · ".join(text.format(n=number) for text, number in counts if number) or _("nothing in it")


def merge(plan: Plan, stored: StoredSource, *, now: datetime, hours24: bool = False) -> Changes:
    """What bringing `plan` in would do to what is `stored` of it. `now` is aware; `hours24` is for the words.

    Merging the same plan again changes nothing. No occurrence that began before `now` is altered.
    """
    return _Merge(plan, stored, now, hours24).run()


@dataclass(slots=True)
class _Part:
    outcome: Outcome
    what: tuple[str, ...] = ()
    hers: tuple[str, ...] = ()


class _Merge:
    def __init__(self, plan: Plan, stored: StoredSource, now: datetime, hours24: bool) -> None:
        self.plan = plan
        self.stored = stored
        self.now = now
        self.hours24 = hours24
        self.today: date = wall(now, plan.header.timezone).date()
        self.writes: dict[str, Event] = {}
        self.removals: list[str] = []
        self.marks: list[tuple[str, datetime | None, str]] = []
        self.remember: dict[str, Event] = {}
        self.forget: list[str] = []
        self.remarks: list[str] = []
        header = plan.header
        self.known = bool(stored.items) or stored.revision > 0
        self.counts_up = header.revision == 0 and not header.per_item
        self.revision = stored.revision + 1 if self.counts_up else header.revision
        # The same revision again changes nothing; an item that was refused then may come now, mended.
        self.again = self.known and not header.per_item and not self.counts_up and header.revision == stored.revision
        # A plan that lost all of it is a slip in writing or sending it sooner than the end of all care.
        self.empty = not plan.items and bool(stored.items)
        self.parts_of: dict[str, list[str]] = {}
        coming = {_key(event): item.id for item in plan.items for event in item.events}
        for key in stored.items:
            item = coming.get(key) or (key if header.per_item else item_of(key))
            self.parts_of.setdefault(item, []).append(key)

    def run(self) -> Changes:
        header, stored = self.plan.header, self.stored
        if self.known and not header.per_item and not self.counts_up and header.revision < stored.revision:
            return self._older()
        items = [self._item(item) for item in self.plan.items]
        items += self._absent()
        if self.again and any(self._differs(item) for item in self.plan.items):
            self.remarks.append(
                _("The file has changed, and its revision is still {n}. What you have stays.").format(n=stored.revision)
                + " "
                + _("Ask your coach to raise the revision.")
            )
        goals: tuple[Goal, ...] = ()
        if not self.again and not header.per_item and not self.empty and not self._unsure():
            goals = merge_goals(self.plan.goals, stored.goals, stored.goals_came, stored.id, self.today)
        if self.counts_up and self.known and not (self.writes or self.removals or goals):
            self.revision = stored.revision
        return self._changes(items, goals)

    def _changes(self, items: Iterable[Change], goals: tuple[Goal, ...] = ()) -> Changes:
        return Changes(
            source=self.stored.id,
            revision=self.revision,
            items=tuple(items),
            refused=len({(f.item or f.line) for f in self.plan.errors}),
            remarks=tuple(self.remarks),
            writes=tuple(self.writes.values()),
            removals=tuple(self.removals),
            marks=tuple(self.marks),
            remember=tuple(self.remember.items()),
            forget=tuple(self.forget),
            goals=goals,
        )

    def _older(self) -> Changes:
        header, stored = self.plan.header, self.stored
        self.revision = stored.revision
        self.remarks.append(
            _("This is revision {n}; you have {have} already. What you have stays.").format(
                n=header.revision, have=stored.revision
            )
        )
        return self._changes(_change(Outcome.OLDER, item) for item in self.plan.items)

    def _item(self, item: PlanItem) -> Change:
        before = [self.stored.items[key] for key in self.parts_of.get(item.id, ())]
        if before and all(part.event is None for part in before):
            return _change(Outcome.REMOVED, item)
        parts = [self._part(event) for event in item.events]
        if not self.again and not self.plan.header.per_item:
            here = {_key(event) for event in item.events}
            parts += [self._gone(key) for key in self.parts_of.get(item.id, ()) if key not in here]
        outcomes = {part.outcome for part in parts}
        if not before:
            outcome = Outcome.NEW
        elif outcomes & {Outcome.NEW, Outcome.CHANGED, Outcome.WITHDRAWN}:
            outcome = Outcome.CHANGED
        else:
            outcome = next((o for o in (Outcome.ASK, Outcome.OLDER) if o in outcomes), Outcome.SAME)
        what = tuple(line for part in parts for line in part.what) if outcome is not Outcome.NEW else ()
        return _change(outcome, item, what, tuple(dict.fromkeys(line for part in parts for line in part.hers)))

    def _part(self, new: Event) -> _Part:
        key = _key(new)
        stored = self.stored.items.get(key)
        if stored is None:
            self.writes[new.uid] = self._fresh(new)
            self.remember[key] = new
            return _Part(Outcome.NEW, (_("added: {when}").format(when=when_in_words(new, self.today, self.hours24)),))
        if stored.event is None:
            return _Part(Outcome.REMOVED)
        if self.again:
            return _Part(Outcome.SAME)
        if self.plan.header.per_item and _is_older(new, stored.imported):
            return _Part(Outcome.OLDER)
        return self._update(key, stored, stored.event, new)

    def _update(self, key: str, stored: StoredItem, current: Event, new: Event) -> _Part:
        here = wall(self.now, current.zone)
        woven = weave(current, stored.imported, new, here)
        hers = tuple(_("{what}, as you have it").format(what=label(name)) for name in woven.hers)
        if not woven.changed:
            if not same(stored.imported, new) or stored.imported.sequence != new.sequence:
                self.remember[key] = new
            return _Part(Outcome.SAME, hers=hers)
        if not has_ahead(woven.event, wall(self.now, woven.event.zone)):
            if not has_ahead(current, here):
                return _Part(Outcome.SAME, hers=hers)
            if kept_part(current, here, stored.marked) is not None:
                return self._withdraw(key, stored, current)
        self._write(key, stored, current, woven, new)
        what = changes_in_words(current, woven.event, woven.changed, self.today, self.hours24)
        return _Part(Outcome.CHANGED, what, hers)

    def _write(self, key: str, stored: StoredItem, current: Event, woven: Woven, new: Event) -> None:
        past_uid = str(uuid5(NAMESPACE, f"{current.uid}/past/{self.now.isoformat()}"))
        divided: Divided = divide(current, woven, self.now, stored.marked, past_uid)
        if divided.past is not None:
            self.writes[past_uid] = divided.past
            self.marks += [(current.uid, at, past_uid) for at in divided.marks]
        stamps = [moment for moment in (current.updated, new.updated) if moment is not None]
        self.writes[current.uid] = replace(
            divided.event,
            sequence=max(self._fresh(new).sequence, current.sequence + 1),
            updated=max(stamps) if stamps else None,
            origin=self._fresh(new).origin,
        )
        self.remember[key] = new

    def _fresh(self, new: Event) -> Event:
        """`new` with the revision counted here where its file gives none."""
        if not self.counts_up:
            return new
        origin = new.origin and Origin(new.origin.source, new.origin.key, self.revision)
        return replace(new, sequence=self.revision, origin=origin)

    def _unsure(self) -> bool:
        """Whether something of the file could not be read and nobody can say which item it was."""
        return any(not finding.item for finding in self.plan.errors)

    def _absent(self) -> list[Change]:
        """Items that came before and are not in this file."""
        if self.again or self._unsure():
            return []
        present = {item.id for item in self.plan.items} | {finding.item for finding in self.plan.errors}
        found: list[Change] = []
        for item, keys in self.parts_of.items():
            events = [event for key in keys if (event := self.stored.items[key].event) is not None]
            if item in present or not events:
                continue
            parts = [self._gone(key) for key in keys]
            outcomes = {part.outcome for part in parts}
            outcome = next((o for o in (Outcome.WITHDRAWN, Outcome.ASK) if o in outcomes), None)
            if outcome is not None:
                what = tuple(line for part in parts for line in part.what)
                found.append(Change(outcome, item, events[0].title, events[0].kind, what))
        return found

    def _gone(self, key: str) -> _Part:
        """An event that is not in the new file: withdrawn from now on, unless it is firm, hers or marked."""
        stored = self.stored.items[key]
        current = stored.event
        if current is None:
            return _Part(Outcome.REMOVED)
        here = wall(self.now, current.zone)
        if not has_ahead(current, here):
            return _Part(Outcome.SAME)
        if self.plan.header.per_item:
            return _Part(Outcome.ASK, (_("It is not in this file any more."),))
        if self.empty:
            return _Part(Outcome.ASK, (_("The new plan has nothing in it. What you have stays: ask."),))
        if kind(current.kind).firm:
            return _Part(Outcome.ASK, (_("Not in the new plan: ask."),))
        if weave(current, stored.imported, stored.imported, here).hers:
            return _Part(Outcome.ASK, (_("Not in the new plan. You changed it yourself, so it stays: ask."),))
        return self._withdraw(key, stored, current)

    def _withdraw(self, key: str, stored: StoredItem, current: Event) -> _Part:
        here = wall(self.now, current.zone)
        when = when_in_words(current, self.today, self.hours24)
        kept = kept_part(current, here, stored.marked)
        if kept is not None and current.rule is None:
            return _Part(Outcome.ASK, (_("Not in the new plan. You have marked it, so it stays."),))
        if kept is not None and same(kept, current):
            return _Part(Outcome.SAME)  # withdrawn before: only what she has marked is left of it
        if kept is None:
            self.removals.append(current.uid)
            self.forget.append(key)
        else:
            kept = replace(kept, sequence=current.sequence + 1)
            self.writes[kept.uid] = kept
            self.remember[key] = kept
        return _Part(Outcome.WITHDRAWN, (_("no longer: {when}").format(when=when),))

    def _differs(self, item: PlanItem) -> bool:
        came = (self.stored.items.get(_key(event)) for event in item.events)
        return any(
            part is not None and not same(part.imported, event) for part, event in zip(came, item.events, strict=True)
        )


def _key(event: Event) -> str:
    assert event.origin is not None  # every event of a plan knows its place there
    return event.origin.key


def _is_older(new: Event, came: Event) -> bool:
    """RFC 5546 section 2.1.5: the sequence decides, at the same sequence the stamp."""
    if new.sequence != came.sequence:
        return new.sequence < came.sequence
    return new.updated is not None and came.updated is not None and new.updated < came.updated


def _change(outcome: Outcome, item: PlanItem, what: tuple[str, ...] = (), hers: tuple[str, ...] = ()) -> Change:
    first = item.events[0]
    return Change(outcome, item.id, first.title, first.kind, what, hers)
