"""Bringing a file in: read within bounds, preview, then one transaction with one undo step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.domain.clock import Clock
from companion.domain.finding import Finding
from companion.domain.goal import Period
from companion.domain.language import _, plural
from companion.domain.merge import Change, Changes, Outcome, StoredItem, StoredSource, merge
from companion.domain.plan import Plan, PlanGoal, PlanHeader
from companion.domain.settings import Settings
from companion.store.database import Database
from companion.store.events import EventStore
from companion.store.people import GoalStore
from companion.store.records import AttendanceStore
from companion.store.sources import Imported, Source, SourceStore

if TYPE_CHECKING:
    from companion.formats.plan_table import TableOptions

_ORDER = (
    (Outcome.NEW, "New"),
    (Outcome.CHANGED, "Changed"),
    (Outcome.WITHDRAWN, "No longer in the plan"),
    (Outcome.ASK, "To ask about"),
    (Outcome.REMOVED, "You took it out; it stays out"),
    (Outcome.OLDER, "Older than what you have"),
    (Outcome.SAME, "Same"),
)


@dataclass(frozen=True, slots=True)
class Preview:
    """What bringing one plan in would do. Nothing is stored yet.

    `elsewhere` items are on the calendar already, from another file or made by her: they are left as they are.
    """

    plan: Plan
    changes: Changes
    elsewhere: int = 0

    @property
    def plan_title(self) -> str:
        return self.plan.header.title or _("A calendar")

    @property
    def summary(self) -> str:
        """ "3 new · 2 changed · 40 same · 1 withdrawn · 2 refused"."""
        if not self.elsewhere:
            return self.changes.summary()
        here = _("{n} here already").format(n=self.elsewhere)
        return f"{self.changes.summary()} · {here}" if self.changes.items else here

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.plan.findings

    @property
    def refused(self) -> int:
        return self.changes.refused

    @property
    def nothing(self) -> bool:
        """Whether applying it would change nothing she sees."""
        return self.changes.nothing

    def lines(self) -> list[str]:
        """Every item in words, group by group, and below each what changes and what stays hers."""
        found = list(self.changes.remarks)
        if self.elsewhere:
            found.append(
                plural(
                    "{n} appointment is on your calendar already, from elsewhere. It stays as it is.",
                    "{n} appointments are on your calendar already, from elsewhere. They stay as they are.",
                    self.elsewhere,
                )
            )
        for outcome, words in _ORDER:
            items = self.changes.of(outcome)
            if items:
                found.append(_(words) + ":")
                for item in items:
                    found += _item_lines(item)
        return found


def _item_lines(item: Change) -> list[str]:
    return [f"  {item.title}", *(f"    {words}" for words in (*item.what, *item.hers))]


class Intake:
    def __init__(self, database: Database, clock: Clock, settings: Callable[[], Settings]) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._events = EventStore(database)
        self._attendance = AttendanceStore(database)
        self._goals = GoalStore(database)
        self._sources = SourceStore(database)

    def preview(
        self, path: Path, options: TableOptions | None = None, *, stop: Callable[[], bool] = lambda: False
    ) -> list[Preview]:
        """Read a file and say what it would do, a preview for each plan in it; nothing is stored.

        `stop` is asked now and then, and ends the reading. Raises FileRefused where the file can't be read at all.
        """
        from companion.formats.plan_reader import read_plans

        zone = self._settings().zone or "UTC"
        return [self.preview_plan(plan) for plan in read_plans(path, options, zone=zone, stop=stop)]

    def from_template(self, template_id: str, begins: date) -> Preview:
        """The preview of a plan made from a template, begun on that day in the profile's zone."""
        from companion.formats.plan_templates import template_plan

        return self.preview_plan(template_plan(template_id, begins, self._settings().zone or "UTC"))

    def preview_plan(self, plan: Plan) -> Preview:
        stored = self._stored(plan.header)
        fresh = self._not_elsewhere(plan)
        changes = merge(fresh, stored, now=self._clock.now(), hours24=self._settings().hours24)
        return Preview(plan, changes, elsewhere=len(plan.items) - len(fresh.items))

    def _not_elsewhere(self, plan: Plan) -> Plan:
        """`plan` without what is on the calendar under another source: a UID is one appointment (RFC 5545 3.8.4.7).

        So a plan and the phone file made from it, or her own export read back, never double anything.
        """
        from companion.formats.ical_known import known_uids

        source = plan.header.id
        others = {uid for uid, of_source in self._events.sources().items() if of_source != source}
        series = (event for event in self._events.repeating() if event.uid in others)
        here = known_uids(plan.events, others, series)
        return replace(plan, items=tuple(i for i in plan.items if not any(e.uid in here for e in i.events)))

    def apply(self, preview: Preview) -> Changes:
        """Store what the plan brings, in one transaction with one undo step; gives what was done.

        The merge is worked out anew, so that what was changed since the preview is taken into account.
        """
        changes = self.preview_plan(preview.plan).changes
        header = preview.plan.header
        present = {e.uid for e in self._events.of_source(header.id)}
        known = self._sources.items(header.id)
        marks = {(m.uid, m.recurrence_id): m for uid, _at, _to in changes.marks for m in self._attendance.of_event(uid)}
        source = Source(header.id, changes.revision, _header_data(preview.plan), self._stamp(header))
        with self._database.act(_("brought in {title}").format(title=preview.plan_title)) as work:
            self._sources.put(work, source)
            self._events.add(work, [e for e in changes.writes if e.uid not in present])
            for event in changes.writes:
                if event.uid in present:
                    self._events.put(work, event)
            for uid in changes.removals:
                self._events.remove(work, uid)
            for uid, at, new_uid in changes.marks:
                self._attendance.rename(work, marks[uid, at], new_uid)
            fresh = [
                Imported(key, event.sequence, event, removed=False)
                for key, event in changes.remember
                if key not in known
            ]
            self._sources.add_items(work, header.id, fresh)
            for key, event in changes.remember:
                if key in known:
                    self._sources.put_item(work, header.id, Imported(key, event.sequence, event, known[key].removed))
            for key in changes.forget:
                self._sources.remove_item(work, header.id, key)
            for goal in changes.goals:
                if goal.ends is not None and goal.ends < goal.begins:  # ended before its first day: it never was
                    self._goals.remove(work, goal.id)
                else:
                    self._goals.put(work, goal)
        return changes

    def _stamp(self, header: PlanHeader) -> datetime:
        """When it was first brought in; the same plan again changes no row at all."""
        known = self._sources.get(header.id)
        same = known is not None and known.revision == header.revision
        return known.imported_at if known is not None and same else self._clock.now()

    def _stored(self, header: PlanHeader) -> StoredSource:
        source = self._sources.get(header.id)
        if source is None:
            return StoredSource(header.id)
        by_key = {event.origin.key: event for event in self._events.of_source(header.id) if event.origin}
        marked: defaultdict[str, set[datetime | None]] = defaultdict(set)
        for mark in self._attendance.all():
            marked[mark.uid].add(mark.recurrence_id)
        items = {}
        for key, item in self._sources.items(header.id).items():
            event = None if item.removed else by_key.get(key)
            marks = frozenset(marked[event.uid]) if event else frozenset[datetime | None]()
            items[key] = StoredItem(event, item.event, marks)
        return StoredSource(
            id=header.id,
            revision=source.revision,
            items=items,
            goals=tuple(goal for goal in self._goals.all() if goal.source == header.id),
            goals_came=tuple(_read_goal(row) for row in source.header.get("goals", [])),
        )


def _header_data(plan: Plan) -> dict[str, Any]:
    header = plan.header
    return {
        "title": header.title,
        "prepared_by": header.prepared_by,
        "role": header.role,
        "phone": header.phone,
        "timezone": header.timezone,
        "review": header.review.isoformat() if header.review else None,
        "excused_reasons": header.excused_reasons,
        "excuse_notice_minutes": round(header.excuse_notice.total_seconds() / 60),
        "goals": [
            {"name": goal.name, "times": goal.times, "per": goal.per.value, "kinds": goal.kinds} for goal in plan.goals
        ],
    }


def _read_goal(row: dict[str, Any]) -> PlanGoal:
    return PlanGoal(row["name"], row["times"], Period(row["per"]), tuple(row["kinds"]))
