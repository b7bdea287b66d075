"""What bringing a plan in again does to what she has (docs/plan-file.md, "Merge")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from companion.domain import series
from companion.domain.event import Event, Override, Status
from companion.domain.expansion import occurrences
from companion.domain.finding import Finding, Level
from companion.domain.goal import Goal, Period
from companion.domain.merge import Changes, Outcome, StoredItem, StoredSource, merge
from companion.domain.plan import Plan, PlanGoal, PlanHeader
from companion.domain.plan_build import build_plan
from companion.domain.plan_draft import ItemDraft

ZONE = "America/New_York"
MONDAY = datetime(2026, 9, 7, 9)
LATER = datetime(2026, 10, 7, 18, 30, tzinfo=UTC)  # Wednesday, 2:30 pm in New York
HERE = datetime(2026, 10, 7, 14, 30)


def header(revision: int = 1) -> PlanHeader:
    return PlanHeader("river-17", revision, ZONE)


def item(key: str = "group", starts: datetime = MONDAY, **fields: object) -> ItemDraft:
    return ItemDraft(key, str(fields.pop("title", key.title())), starts, **fields)  # type: ignore[arg-type]


def plan(revision: int, *drafts: ItemDraft, goals: Iterable[PlanGoal] = (), findings: Iterable[Finding] = ()) -> Plan:
    return build_plan(header(revision), drafts, tuple(goals), findings, "plan.toml")


@dataclass
class Calendar:
    """A small store that does exactly what Changes say."""

    events: dict[str, Event] = field(default_factory=dict)
    came: dict[str, Event] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    marks: set[tuple[str, datetime | None]] = field(default_factory=set)
    revision: int = 0
    goals: dict[str, Goal] = field(default_factory=dict)
    goals_came: tuple[PlanGoal, ...] = ()

    def stored(self) -> StoredSource:
        by_key = {e.origin.key: e for e in self.events.values() if e.origin}
        items = {}
        for key, came in self.came.items():
            event = None if key in self.removed else by_key.get(key)
            marks = frozenset(at for uid, at in self.marks if event is not None and uid == event.uid)
            items[key] = StoredItem(event, came, marks)
        return StoredSource("river-17", self.revision, items, tuple(self.goals.values()), self.goals_came)

    def bring_in(self, incoming: Plan, now: datetime = LATER) -> Changes:
        changes = merge(incoming, self.stored(), now=now)
        for event in changes.writes:
            self.events[event.uid] = event
        for uid in changes.removals:
            del self.events[uid]
        for uid, at, new in changes.marks:
            self.marks.remove((uid, at))
            self.marks.add((new, at))
        self.came.update(changes.remember)
        for key in changes.forget:
            del self.came[key]
        for goal in changes.goals:
            self.goals[goal.id] = goal
        self.revision = changes.revision
        self.goals_came = incoming.goals
        return changes

    def event(self, key: str) -> Event:
        return next(e for e in self.events.values() if e.origin and e.origin.key == key)

    def change(self, key: str, **fields: object) -> Event:
        event = replace(self.event(key), **fields)  # type: ignore[arg-type]
        self.events[event.uid] = event
        return event

    def shows(
        self, first: datetime = datetime(2026, 1, 1), end: datetime = datetime(2028, 1, 1)
    ) -> list[tuple[object, ...]]:
        found = [o for e in self.events.values() for o in occurrences(e, first, end)]
        return sorted((o.start, o.end, o.title, o.location, o.event.kind, o.status.value) for o in found)

    def before(self, now: datetime = HERE) -> list[tuple[object, ...]]:
        return [row for row in self.shows() if isinstance(row[0], datetime) and row[0] < now]

    def after(self, now: datetime = HERE) -> list[datetime]:
        return [row[0] for row in self.shows() if isinstance(row[0], datetime) and row[0] >= now]


def with_group(**fields: object) -> Calendar:
    calendar = Calendar()
    calendar.bring_in(plan(1, item(repeat="every Mon and Wed for 8 weeks", **fields)), MONDAY.replace(tzinfo=UTC))
    return calendar


def test_a_first_import_brings_everything() -> None:
    calendar = Calendar()
    changes = calendar.bring_in(plan(1, item(repeat="every Mon for 3 weeks"), item("court", kind="court")))
    assert changes.summary() == "2 new"
    assert len(calendar.shows()) == 4
    assert changes.revision == 1


def test_the_same_revision_again_changes_nothing() -> None:
    calendar = with_group()
    changes = calendar.bring_in(plan(1, item(repeat="every Mon and Wed for 8 weeks")))
    assert changes.nothing
    assert not changes.remarks
    assert changes.summary() == "1 same"


def test_the_same_revision_with_other_content_changes_nothing_and_says_so() -> None:
    calendar = with_group()
    before = calendar.shows()
    changes = calendar.bring_in(plan(1, item(repeat="every Tue for 8 weeks", starts=MONDAY + timedelta(days=1))))
    assert calendar.shows() == before
    assert "revision" in changes.remarks[0]


def test_an_item_refused_before_can_come_with_the_same_revision() -> None:
    calendar = with_group()
    changes = calendar.bring_in(
        plan(1, item(repeat="every Mon and Wed for 8 weeks"), item("wic", MONDAY + timedelta(days=60)))
    )
    assert changes.summary() == "1 new · 1 same"


def test_an_older_revision_is_kept_out_and_said() -> None:
    calendar = Calendar(revision=0)
    calendar.bring_in(plan(3, item(repeat="every Mon for 8 weeks")))
    before = calendar.shows()
    changes = calendar.bring_in(plan(2, item(repeat="every Mon for 2 weeks")))
    assert calendar.shows() == before
    assert changes.summary() == "1 older"
    assert changes.revision == 3
    assert "revision 2" in changes.remarks[0]


def test_a_new_time_holds_from_now_on_only() -> None:
    calendar = with_group()
    uid, before = calendar.event("group/1").uid, calendar.before()
    changes = calendar.bring_in(plan(2, item(starts=MONDAY.replace(hour=18), repeat="every Mon and Wed for 8 weeks")))
    assert changes.summary() == "1 changed"
    assert calendar.before() == before
    assert {at.hour for at in calendar.after()} == {18}
    assert calendar.event("group/1").uid == uid, "for a phone it is the same series"
    assert any("9:00 am" in line and "6:00 pm" in line for line in changes.items[0].what)


def test_a_new_place_leaves_the_record_of_the_past() -> None:
    calendar = with_group(location="12 Mill St")
    before = calendar.before()
    calendar.bring_in(plan(2, item(repeat="every Mon and Wed for 8 weeks", location="4 Oak Ave")))
    assert calendar.before() == before
    assert {row[3] for row in calendar.shows(HERE)} == {"4 Oak Ave"}


def test_a_new_phone_number_does_not_divide_the_series() -> None:
    calendar = with_group(phone="555-0100")
    calendar.bring_in(plan(2, item(repeat="every Mon and Wed for 8 weeks", phone="555-0199")))
    assert [e.phone for e in calendar.events.values()] == ["555-0199"]


def test_a_session_moved_and_one_skipped() -> None:
    calendar = with_group()
    moved = (datetime(2026, 10, 12, 9), datetime(2026, 10, 13, 13))
    changes = calendar.bring_in(
        plan(2, item(repeat="every Mon and Wed for 8 weeks", moved=(moved,), skip=(date(2026, 10, 14),)))
    )
    assert changes.items[0].what == (
        "does not take place: Wed, Oct 14",
        "moved: Mon, Oct 12 → Tue, Oct 13, 1:00 pm",
    )
    assert datetime(2026, 10, 13, 13) in calendar.after()
    assert datetime(2026, 10, 14, 9) not in calendar.after()
    assert len(calendar.events) == 1


def test_a_skip_in_the_past_does_not_take_away_what_was() -> None:
    calendar = with_group()
    before = calendar.before()
    calendar.bring_in(plan(2, item(repeat="every Mon and Wed for 8 weeks", skip=(date(2026, 9, 21),))))
    assert calendar.before() == before


def test_what_she_changed_stays_hers_and_the_rest_follows_the_plan() -> None:
    calendar = with_group(phone="555-0100", notes="Side door.")
    calendar.change("group/1", notes="Ask for Tanya.")
    changes = calendar.bring_in(
        plan(2, item(repeat="every Mon and Wed for 8 weeks", phone="555-0199", notes="Front door."))
    )
    event = calendar.event("group/1")
    assert (event.notes, event.phone) == ("Ask for Tanya.", "555-0199")
    assert changes.hers[0].hers == ("notes, as you have it",)


def test_her_own_time_is_not_mixed_with_the_plans() -> None:
    calendar = with_group()
    mine = replace(calendar.event("group/1"), start=MONDAY.replace(hour=11))
    past, mine = series.keep_past(calendar.event("group/1"), mine, HERE, "past-1")
    assert past is not None
    calendar.events |= {mine.uid: mine, past.uid: past}
    calendar.bring_in(plan(2, item(starts=MONDAY.replace(hour=18), repeat="every Mon and Wed for 8 weeks")))
    assert {at.hour for at in calendar.after()} == {11}


def test_a_session_that_she_cancelled_stays_cancelled() -> None:
    calendar = with_group()
    at = datetime(2026, 10, 14, 9)
    event = series.cancel_occurrence(calendar.event("group/1"), at)
    calendar.events[event.uid] = event
    calendar.bring_in(plan(2, item(repeat="every Mon and Wed for 8 weeks", skip=(date(2026, 10, 19),))))
    rows = {row[0]: row[5] for row in calendar.shows()}
    assert rows[at] == Status.CANCELLED.value
    assert datetime(2026, 10, 19, 9) not in rows


def test_what_she_took_out_stays_out() -> None:
    calendar = with_group()
    del calendar.events[calendar.event("group/1").uid]
    calendar.removed.add("group/1")
    changes = calendar.bring_in(
        plan(2, item(repeat="every Mon and Wed for 9 weeks", extra=(datetime(2026, 11, 14, 10),)))
    )
    assert not calendar.shows()
    assert changes.summary() == "1 taken out by you"


def test_what_is_gone_is_withdrawn_from_now_on() -> None:
    calendar = Calendar()
    calendar.bring_in(
        plan(
            1,
            item(repeat="every Mon and Wed for 8 weeks"),
            item("was", MONDAY + timedelta(days=2)),
            item("wic", datetime(2026, 11, 3, 10)),
            item("stays", datetime(2026, 11, 4, 10)),
        )
    )
    before = calendar.before()
    changes = calendar.bring_in(plan(2, item("stays", datetime(2026, 11, 4, 10))))
    assert changes.summary() == "1 same · 2 withdrawn"
    assert calendar.before() == before
    assert calendar.after() == [datetime(2026, 11, 4, 10)]


@pytest.mark.parametrize("kind", ["court", "testing", "medication-visit", "family-time", "child-health"])
def test_firm_kinds_are_never_withdrawn_by_absence(kind: str) -> None:
    calendar = with_group(kind=kind)
    shown = calendar.shows()
    changes = calendar.bring_in(plan(2, item("wic", datetime(2026, 11, 3, 10))))
    assert changes.summary() == "1 new · 1 to ask about"
    assert "ask" in changes.of(Outcome.ASK)[0].what[0]
    assert set(shown) <= set(calendar.shows())


def test_what_she_changed_is_not_withdrawn_unasked() -> None:
    calendar = with_group()
    calendar.change("group/1", notes="Mine.")
    shown = calendar.shows()
    changes = calendar.bring_in(plan(2, item("wic", datetime(2026, 11, 3, 10))))
    assert changes.summary() == "1 new · 1 to ask about"
    assert set(shown) <= set(calendar.shows())


def test_a_withdrawn_item_can_come_back() -> None:
    calendar = with_group()
    group = item(repeat="every Mon and Wed for 12 weeks")
    before = calendar.before()
    wic = item("wic", datetime(2026, 11, 3, 10))
    calendar.bring_in(plan(2, wic))
    assert calendar.after() == [wic.starts]
    changes = calendar.bring_in(plan(3, group, wic))
    assert changes.summary() == "1 changed · 1 same"
    assert calendar.before() == before
    assert calendar.after()[0] == datetime(2026, 10, 12, 9)


def test_a_plan_with_nothing_in_it_takes_nothing_away() -> None:
    """It is a slip in writing or sending it; docs/plan-file.md, "Merge"."""
    goals = [PlanGoal("Groups", 2, Period.WEEK, ("group-therapy",))]
    calendar = Calendar()
    calendar.bring_in(plan(1, item(repeat="every Mon and Wed for 8 weeks"), goals=goals))
    shown, had = calendar.shows(), dict(calendar.goals)
    changes = calendar.bring_in(plan(2))
    assert changes.summary() == "1 to ask about" and changes.nothing
    assert "nothing in it" in changes.of(Outcome.ASK)[0].what[0]
    assert (calendar.shows(), calendar.goals) == (shown, had)


def test_a_refused_item_is_not_taken_for_absent() -> None:
    calendar = with_group()
    error = Finding(Level.ERROR, "wrong", file="plan.toml", line=9, item="group", field="repeat")
    changes = calendar.bring_in(plan(2, findings=[error]))
    assert changes.summary() == "1 refused"
    assert calendar.after()


def test_where_an_unknown_item_is_refused_nothing_is_withdrawn() -> None:
    calendar = with_group()
    calendar.bring_in(plan(2, findings=[Finding(Level.ERROR, "wrong", file="plan.toml", line=9)]))
    assert calendar.after()


def test_marks_follow_the_past_and_a_marked_session_stays() -> None:
    calendar = with_group()
    uid = calendar.event("group/1").uid
    went, called_off = datetime(2026, 9, 9, 9), datetime(2026, 10, 12, 9)
    calendar.marks = {(uid, went), (uid, called_off)}
    calendar.bring_in(plan(2, item(starts=MONDAY.replace(hour=18), repeat="every Mon and Wed for 8 weeks")))
    for marked, at in calendar.marks:
        assert [o.start for o in occurrences(calendar.events[marked], at, at + timedelta(minutes=1))] == [at]  # type: ignore[operator,arg-type,type-var]
    ahead = calendar.after()
    assert called_off in ahead
    assert datetime(2026, 10, 12, 18) in ahead
    assert datetime(2026, 10, 14, 9) not in ahead


def test_a_marked_single_appointment_is_not_withdrawn() -> None:
    calendar = Calendar()
    calendar.bring_in(plan(1, item("wic", datetime(2026, 11, 3, 10))))
    calendar.marks = {(calendar.event("wic/1").uid, None)}
    assert calendar.bring_in(plan(2, item(starts=datetime(2026, 11, 9, 9)))).summary() == "1 new · 1 to ask about"


def test_a_sheet_without_revision_counts_up() -> None:
    calendar = Calendar()
    calendar.bring_in(plan(0, item(repeat="every Mon for 8 weeks")))
    assert calendar.revision == 1
    assert calendar.event("group/1").sequence == 1
    assert calendar.bring_in(plan(0, item(repeat="every Mon for 8 weeks"))).nothing
    assert calendar.revision == 1
    calendar.bring_in(plan(0, item(repeat="every Mon for 9 weeks")))
    assert calendar.revision == 2
    assert calendar.event("group/1").sequence == 2


def test_a_change_reaches_a_phone_even_after_her_own_changes() -> None:
    calendar = with_group()
    calendar.change("group/1", notes="Mine.", sequence=7)
    calendar.bring_in(plan(2, item(repeat="every Mon and Wed for 8 weeks", phone="555-0199")))
    assert calendar.event("group/1").sequence == 8


class TestCalendarFiles:
    """Where each item has its own revision."""

    def incoming(self, sequence: int, updated: datetime | None = None, **fields: object) -> Plan:
        made = plan(sequence, item("a", datetime(2026, 11, 3, 10), **fields))
        event = replace(made.items[0].events[0], updated=updated)
        return Plan(replace(made.header, revision=0, per_item=True), (replace(made.items[0], events=(event,)),), (), ())

    def test_a_lower_sequence_is_older(self) -> None:
        calendar = Calendar()
        calendar.bring_in(self.incoming(3))
        assert calendar.bring_in(self.incoming(2, notes="x")).summary() == "1 older"

    def test_the_same_sequence_with_other_content_updates(self) -> None:
        calendar = Calendar()
        calendar.bring_in(self.incoming(3))
        assert calendar.bring_in(self.incoming(3, notes="x")).summary() == "1 changed"

    def test_the_same_sequence_with_an_older_stamp_is_older(self) -> None:
        calendar = Calendar()
        calendar.bring_in(self.incoming(3, updated=datetime(2026, 9, 2, tzinfo=UTC)))
        older = self.incoming(3, updated=datetime(2026, 9, 1, tzinfo=UTC), notes="x")
        assert calendar.bring_in(older).summary() == "1 older"

    def test_nothing_is_withdrawn_because_a_calendar_lacks_it(self) -> None:
        calendar = Calendar()
        calendar.bring_in(self.incoming(3))
        empty = Plan(replace(header(0), per_item=True), (), (), ())
        assert calendar.bring_in(empty).summary() == "1 to ask about"
        assert calendar.shows()


class TestGoals:
    groups = PlanGoal("Groups", 3, Period.WEEK)

    def test_a_goal_begins_when_it_comes(self) -> None:
        calendar = Calendar()
        calendar.bring_in(plan(1, goals=[self.groups]))
        assert [(g.name, g.times, g.begins, g.ends) for g in calendar.goals.values()] == [
            ("Groups", 3, HERE.date(), None)
        ]

    def test_a_harder_goal_begins_with_a_whole_week_and_leaves_the_past(self) -> None:
        calendar = Calendar()
        calendar.bring_in(plan(1, goals=[self.groups]), LATER - timedelta(days=30))
        changes = calendar.bring_in(plan(2, goals=[replace(self.groups, times=4)]))
        assert sorted((g.times, g.begins, g.ends) for g in changes.goals) == [
            (3, date(2026, 9, 7), date(2026, 10, 11)),
            (4, date(2026, 10, 12), None),
        ]
        assert calendar.bring_in(plan(3, goals=[replace(self.groups, times=4)])).nothing

    def test_an_easier_goal_is_changed_as_it_is(self) -> None:
        calendar = Calendar()
        calendar.bring_in(plan(1, goals=[self.groups]), LATER - timedelta(days=30))
        calendar.bring_in(plan(2, goals=[replace(self.groups, times=2)]))
        assert [(g.times, g.begins, g.ends) for g in calendar.goals.values()] == [(2, date(2026, 9, 7), None)]

    def test_a_goal_that_she_changed_stays(self) -> None:
        calendar = Calendar()
        calendar.bring_in(plan(1, goals=[self.groups]), LATER - timedelta(days=30))
        goal = replace(next(iter(calendar.goals.values())), times=1)
        calendar.goals[goal.id] = goal
        calendar.bring_in(plan(2, goals=[replace(self.groups, times=5)]))
        assert list(calendar.goals.values()) == [goal]

    def test_a_goal_that_she_ended_stays_ended(self) -> None:
        calendar = Calendar()
        calendar.bring_in(plan(1, goals=[self.groups]), LATER - timedelta(days=30))
        goal = replace(next(iter(calendar.goals.values())), ends=date(2026, 9, 20))
        calendar.goals[goal.id] = goal
        calendar.bring_in(plan(2, goals=[replace(self.groups, times=5)]))
        assert list(calendar.goals.values()) == [goal]

    def test_a_goal_that_is_gone_ends(self) -> None:
        calendar = Calendar()
        calendar.bring_in(plan(1, goals=[self.groups]), LATER - timedelta(days=30))
        calendar.bring_in(plan(2))
        assert [g.ends for g in calendar.goals.values()] == [date(2026, 10, 6)]

    def test_the_same_again_changes_nothing(self) -> None:
        calendar = Calendar()
        calendar.bring_in(plan(1, goals=[self.groups]))
        assert calendar.bring_in(plan(2, goals=[self.groups])).nothing


DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


@st.composite
def drafts(draw: st.DrawFn, key: str) -> ItemDraft:
    day = date(2026, 9, 7) + timedelta(days=draw(st.integers(0, 60)))
    starts = datetime.combine(day, time(draw(st.sampled_from([9, 14, 18]))))
    ending = draw(st.sampled_from(["", " for 6 weeks", " for 4 times", " until 2026-12-20"]))
    name = DAYS[day.weekday()]
    repeat = draw(st.sampled_from(["", "every day", f"every {name}", f"every 2 weeks on {name}"]))
    draft = item(key, starts, title=draw(st.sampled_from(["A", "B"])), kind=draw(st.sampled_from(["other", "court"])))
    draft = replace(draft, location=draw(st.sampled_from(["", "x"])), phone=draw(st.sampled_from(["", "1"])))
    if not repeat:
        return draft
    draft = replace(draft, repeat=repeat + ending)
    sessions = [o.start for o in occurrences(plan(1, draft).events[0], starts, starts + timedelta(days=70))]
    if draw(st.booleans()):
        draft = replace(draft, skip=(draw(st.sampled_from(sessions)),))
    moved = draw(st.sampled_from(sessions))
    if draw(st.booleans()) and moved not in draft.skip:
        draft = replace(draft, moved=((moved, moved + timedelta(days=draw(st.integers(-20, 20)), hours=1)),))
    return draft


@st.composite
def plans(draw: st.DrawFn, revision: int) -> Plan:
    keys = draw(st.lists(st.sampled_from(["a", "b", "c"]), unique=True))
    return plan(revision, *(draw(drafts(key)) for key in keys))


def act(calendar: Calendar, data: st.DataObject) -> None:
    """Something that she does herself."""
    for event in list(calendar.events.values()):
        if event.origin is None:
            continue
        what = data.draw(st.sampled_from(["nothing", "nothing", "notes", "cancel", "move", "mark", "mark", "remove"]))
        seen = occurrences(event, datetime(2026, 9, 1), datetime(2026, 12, 1))
        if what == "notes":
            calendar.events[event.uid] = replace(event, notes="mine")
        elif what == "remove":
            del calendar.events[event.uid]
            calendar.removed.add(event.origin.key)
            calendar.marks = {mark for mark in calendar.marks if mark[0] != event.uid}
        elif seen:
            one = data.draw(st.sampled_from(seen))
            if what == "mark":
                calendar.marks.add((event.uid, one.recurrence_id))
            elif what == "cancel":
                calendar.events[event.uid] = series.cancel_occurrence(event, one.recurrence_id)
            elif what == "move":
                start = one.start + timedelta(days=data.draw(st.integers(0, 9)), hours=2)
                calendar.events[event.uid] = series.move_occurrence(event, one.recurrence_id, start)


@settings(max_examples=80, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.data())
def test_whatever_comes_the_past_and_the_marks_stay_and_twice_is_once(data: st.DataObject) -> None:
    calendar = Calendar()
    counted = data.draw(st.booleans())
    now = datetime(2026, 9, 20, 16, tzinfo=UTC)
    for revision in range(1, 4):
        incoming = data.draw(plans(revision if counted else 0))
        here = (now - timedelta(hours=4)).replace(tzinfo=None)  # New York before November
        before = Counter(calendar.before(here))
        marked = {when(calendar, uid, at) for uid, at in calendar.marks}
        calendar.bring_in(incoming, now)
        assert before <= Counter(calendar.before(here))
        assert {when(calendar, uid, at) for uid, at in calendar.marks} == marked
        events = dict(calendar.events)
        for later in (now, now + timedelta(days=2)) if counted else (now,):
            again = calendar.bring_in(incoming, later)
            assert again.nothing
            assert calendar.events == events
        act(calendar, data)
        now += timedelta(days=data.draw(st.integers(1, 20)))


def when(calendar: Calendar, uid: str, at: datetime | None) -> tuple[datetime, datetime]:
    """When the marked session takes place; there is exactly one."""
    event = calendar.events[uid]
    found = [o for o in occurrences(event, datetime(2026, 1, 1), datetime(2028, 1, 1)) if o.recurrence_id == at]
    assert len(found) == 1
    return found[0].start, found[0].end


def test_an_override_that_names_no_session_any_more_is_dropped() -> None:
    calendar = with_group()
    at = datetime(2026, 10, 14, 9)
    event = replace(calendar.event("group/1"), overrides=(Override(at, title="Mine"),))
    calendar.events[event.uid] = event
    calendar.bring_in(plan(2, item(repeat="every Mon for 8 weeks")))
    assert at not in calendar.after()
    assert not calendar.event("group/1").overrides
