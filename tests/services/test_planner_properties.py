"""Random series in a real store, edited at random while time goes on.

The past never changes, undo and redo give back every row, what is shown is what dateutil and a pencil give, and an
edit reaches the sessions it says, no more and no fewer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from series_kit import (
    DAY,
    HIGH,
    HOUR,
    LOW,
    NOW,
    ZONE,
    Edit,
    Given,
    by_hand,
    edits,
    in_zone,
    nearest,
    serieses,
    thorough,
)

from companion.domain.attendance import Attendance, Mark
from companion.domain.clock import FixedClock
from companion.domain.event import Event, Occurrence, Status
from companion.domain.recurrence import Frequency, RecurrenceRule
from companion.domain.series import Reach, on_first, split_before
from companion.domain.settings import Settings
from companion.errors import InputError, RuleError
from companion.services.planner import Planner
from companion.store.database import Database
from companion.store.events import EventStore
from companion.store.memory import memory_engine
from companion.store.records import AttendanceStore

ZONES = (ZONE, ZONE, "Europe/Berlin", "Asia/Tokyo")
ACTS = (
    "cancel",
    "move",
    "come early",
    "restore",
    "rename",
    "another hour",
    "another length",
    "off",
    "mark",
    "time passes",
)
TITLES = ("Group", "A", "B", "C")
MARKS = (Mark.ATTENDED, Mark.EXCUSED, Mark.MISSED, Mark.MOVED)


# One store for all examples, emptied before each: made anew, SQLAlchemy would work out every statement anew.
STAMP = NOW.replace(tzinfo=ZoneInfo(ZONE))
ENGINE = memory_engine()
Database(ENGINE, FixedClock(STAMP))  # lays out its tables
RAW = ENGINE.raw_connection().cursor()
KEPT = ("event", "override", "attendance", "source", "imported")  # what an edit may touch


def _before_now(event: Event) -> list[Given]:
    return sorted(by_hand(event, LOW, NOW), key=lambda given: given[1])


def begins(occurrence: Occurrence) -> datetime:
    return occurrence.start


class Calendar:
    """A planner on an empty store, at NOW, with one series; some of the sessions that were have a mark."""

    def __init__(self, event: Event) -> None:
        self.clock = FixedClock(STAMP)
        self.nothing_begun = False  # of the series that was edited last
        self.database = Database(ENGINE, self.clock)
        for table in ("undo_step", *KEPT):
            RAW.execute(f"DELETE FROM {table}")
        self.planner = Planner(self.database, self.clock, lambda: Settings(zone=ZONE))
        with self.database.act(None) as work:  # in one act, which leaves nothing to undo
            EventStore(self.database).add(work, [event])
            for at, start, end, title, _status in _before_now(event)[-4::2]:
                mark = Attendance(event.uid, at, Mark.ATTENDED, start.date(), start, end, title, event.kind, STAMP)
                AttendanceStore(self.database).put(work, mark)

    @property
    def now(self) -> datetime:
        return self.planner.now()

    def shown(self, until: datetime = HIGH) -> list[Occurrence]:
        return self.planner.between(LOW.date(), until.date())

    def past(self) -> list[tuple[object, ...]]:
        """What has begun, as it is shown: times, title, status and mark."""
        marks = self.planner.marks(LOW.date(), (self.now + DAY).date())
        begun = [o for o in self.shown(self.now + DAY) if o.start < self.now]
        return sorted((o.start, o.end, o.title, o.status, marks[o.key].mark if o.key in marks else "") for o in begun)

    def rows(self) -> dict[str, list[str]]:
        """All that an edit may have changed; what can be searched for is stored too."""
        words = "uid, recurrence_id, title, place, people, notes, bring"
        queries = {table: f"SELECT * FROM {table}" for table in KEPT} | {"words": f"SELECT {words} FROM search_text"}
        return {name: sorted(map(repr, RAW.execute(query))) for name, query in queries.items()}

    def edit(self, edit: Edit) -> None:
        """Do what a screen lets her do. A single session that was is put right by itself, so none is chosen here."""
        shown = self.shown(NOW + 90 * DAY)
        if edit.act == "time passes":
            self.clock.advance(abs(edit.days) * DAY + abs(edit.hours) * HOUR)
        elif edit.act == "mark":
            was = [occurrence for occurrence in shown if occurrence.start < self.now]
            if was:
                self.planner.mark(nearest(was, edit.which, begins), MARKS[edit.number])
        elif shown:
            chosen = nearest(shown, edit.which, begins)
            reach = Reach(edit.reach)
            alone = reach is Reach.ONE or chosen.recurrence_id is None
            alone |= edit.act == "restore" and chosen.event.status is not Status.CANCELLED
            start = chosen.start + edit.days * DAY + edit.hours * HOUR
            uid, now = chosen.event.uid, self.now
            self.nothing_begun = not any(o.event.uid == uid and o.start < now for o in self.shown(now + DAY))
            if edit.act == "come early":  # only a little ahead: when time passes it has taken place before its turn
                alone, reach, start = True, Reach.ONE, self.now + (1 + abs(edit.hours)) * HOUR
            if not alone or min(chosen.start, start) > self.now:
                self._change(edit, chosen, reach, start)

    def _change(self, edit: Edit, chosen: Occurrence, reach: Reach, start: datetime) -> None:
        planner, event = self.planner, chosen.event
        match edit.act:
            case "cancel":
                planner.cancel(chosen, reach)
            case "restore":
                planner.restore(chosen, reach)
            case "move" | "come early":
                planner.move(chosen, start, edit.number * HOUR if edit.number else None, reach)
            case "rename":
                self._give(chosen, reach, title=TITLES[edit.number])
            case "another hour":
                self._give(chosen, reach, by=edit.hours * HOUR)
            case "another length":
                self._give(chosen, reach, duration=edit.number * HOUR)
            case "off" if reach is Reach.LATER:
                planner.remove_later(chosen)
            case "off" if chosen.start > self.now:
                planner.remove(event)

    def _give(self, chosen: Occurrence, reach: Reach, *, by: timedelta | None = None, **fields: object) -> None:
        """Change it as the form does: what it shows is the series from where the change holds."""
        if reach is not Reach.ONE and chosen.recurrence_id is not None:
            at, shown = in_form(self.planner, chosen, reach)
            event = replace(shown, start=shown.start + (by or 0 * HOUR), **fields)  # type: ignore[arg-type]
            if reach is Reach.LATER:
                self.planner.change_later(chosen, event)
            else:
                self.planner.change_all(event, at)
        elif by is None:  # another hour for one is a move
            self.planner.change_one(chosen, **fields)


def in_form(planner: Planner, chosen: Occurrence, reach: Reach) -> tuple[datetime | None, Event]:
    """The series as the form shows it: from this one on; all of it, where it is under way, from the next one on."""
    event = on_first(chosen.event)
    at = planner.next_on(event) if reach is Reach.ALL else chosen.recurrence_id
    try:
        return at, event if at is None else split_before(event, at, event.uid)[1]
    except RuleError:  # from its first session on
        return None, event


def edited(event: Event, acts: list[Edit]) -> Iterator[tuple[Calendar, Edit | None]]:
    """The calendar before the first edit, and after each that was not refused."""
    calendar = Calendar(event)
    yield calendar, None
    for act in acts:
        with suppress(InputError):  # RuleError is one too: a repeat too unusual to move
            calendar.edit(act)
        yield calendar, act


@thorough
@given(serieses(ZONES, single=True), edits(ACTS, 5))
def test_the_past_never_changes(event: Event, acts: list[Edit]) -> None:
    before: list[tuple[object, ...]] = []
    for calendar, act in edited(event, acts):
        after = calendar.past()
        if act is not None and act.act == "time passes":
            assert set(before) <= set(after)
        elif act is not None and act.act == "mark":
            assert [row[:4] for row in after] == [row[:4] for row in before]
        elif act is not None and calendar.nothing_begun:  # she may say that it began this morning
            assert set(before) <= set(after), act
        elif act is not None:
            assert after == before, act
        before = after


@thorough
@given(serieses(ZONES, single=True), edits((*ACTS, "undo", "undo", "redo")))
def test_undo_of_any_sequence_gives_every_row_back_and_redo_does_too(event: Event, acts: list[Edit]) -> None:
    calendar = Calendar(event)
    planner = calendar.planner
    states, here = [calendar.rows()], 0  # all that was stored, one edit after the other, and which is stored now
    for act in acts:
        if act.act == "undo":
            assert (planner.undo() is None) == (here == 0)
            here = max(here - 1, 0)
        elif act.act == "redo":
            assert (planner.redo() is None) == (here == len(states) - 1)
            here = min(here + 1, len(states) - 1)
        else:
            with suppress(InputError):
                calendar.edit(act)
            rows = calendar.rows()
            if rows != states[here]:  # what was taken back before can't be done again now
                states[here + 1 :] = [rows]
                here += 1
        assert calendar.rows() == states[here], act
    for state in states[:here][::-1]:
        assert planner.undo()
        assert calendar.rows() == state
    for state in states[1:]:
        assert planner.redo()
        assert calendar.rows() == state
    assert planner.redo() is None


@thorough
@given(serieses(ZONES, single=True), edits(ACTS, 5))
def test_what_is_shown_is_what_dateutil_and_a_pencil_give(event: Event, acts: list[Edit]) -> None:
    *_, (calendar, _act) = edited(event, acts)
    wanted = []
    for each in calendar.planner.all_events():
        for found in by_hand(each, LOW - 3 * DAY, HIGH + 3 * DAY):
            at, begins, ends, title, status = in_zone(found, each, ZONE)
            if begins < HIGH and (ends > LOW or begins >= LOW):
                wanted.append((each.uid, at, begins, ends, title, status))
    shown = [(o.event.uid, o.recurrence_id, o.start, o.end, o.title, o.status) for o in calendar.shown()]
    assert sorted(shown, key=repr) == sorted(wanted, key=repr)


def test_one_that_came_early_and_has_taken_place_stays_when_this_and_later_are_taken_off() -> None:
    weekly = RecurrenceRule(Frequency.WEEKLY)
    calendar = Calendar(Event("first", "Group", NOW.replace(minute=0) + 3 * DAY, HOUR, ZONE, rule=weekly))
    planner = calendar.planner
    first, second, _third = calendar.shown(NOW + 20 * DAY)
    planner.move(second, NOW.replace(minute=0) + HOUR)
    calendar.clock.advance(3 * HOUR)
    came = calendar.shown(NOW + DAY)[-1]
    planner.mark(came, Mark.ATTENDED)
    planner.remove_later(second)
    past, left = calendar.shown()
    assert (past.start, left.start) == (came.start, first.start)
    assert planner.marks(past.day, past.day + DAY)[past.key].mark is Mark.ATTENDED


def test_the_only_one_so_far_that_was_put_off_stays_when_all_is_changed() -> None:
    weekly = RecurrenceRule(Frequency.WEEKLY)
    calendar = Calendar(Event("first", "Group", NOW.replace(minute=0), HOUR, ZONE, rule=weekly))
    planner, first = calendar.planner, calendar.shown()[0]
    planner.move(first, first.start + 2 * DAY)
    at, shown = in_form(planner, calendar.shown()[0], Reach.ALL)
    planner.change_all(replace(shown, title="Circle"), at)
    assert [(o.start - first.start, o.title) for o in calendar.shown()[:2]] == [
        (2 * DAY, "Circle"),
        (7 * DAY, "Circle"),
    ]


# What an edit reaches, kept with a pencil: one line a session, no series behind it


@dataclass
class Line:
    """A session by the first rule. `of_series` is the title its series has, `own` one that it alone was given."""

    at: datetime
    start: datetime
    of_series: str
    own: str | None = None
    cancelled: bool = False
    series: int = 0

    @property
    def title(self) -> str:
        return self.of_series if self.own is None else self.own


class Pencil:
    def __init__(self, event: Event) -> None:
        self.lines = [Line(at, at, event.title) for at, *_ in by_hand(event, LOW - 400 * DAY, HIGH) if at]
        self.now = NOW
        self._series = 0

    def is_unsaid(self, act: str, at: datetime, reach: Reach, start: datetime) -> bool:
        """Whether what has begun would have a title of its own: which one its series has below it, no rule says."""
        (line,) = [each for each in self.lines if each.at == at]
        if act == "rename" and reach is Reach.ONE:
            return min(line.start, line.at) < self.now
        return act in {"move", "put across"} and line.own is not None and start < self.now

    def edit(self, act: str, at: datetime, reach: Reach, title: str, start: datetime) -> None:
        (line,) = [each for each in self.lines if each.at == at]
        if act == "cancel":
            line.cancelled = True
        elif act == "restore":
            line.cancelled, line.start, line.own = False, line.at, None
        elif act in {"move", "put across"}:
            line.cancelled, line.start = False, start
        elif reach is Reach.ONE:
            line.own = title
        else:
            self._rename(line, reach, title)
            return
        if line.own == line.of_series:  # what a session has as its series has it follows the series again
            line.own = None

    def _rename(self, line: Line, reach: Reach, title: str) -> None:
        """All of its series, or from it on. What has begun keeps its title, and so does what was to begin by then."""
        reached = [each for each in self.lines if each.series == line.series]
        if reach is Reach.LATER and line.at > self.now:
            reached = [each for each in reached if each.at >= line.at]
        kept = [each for each in reached if min(each.start, each.at) < self.now]
        if not any(each.start < self.now for each in kept):  # nothing of it has begun: it is put right as a whole
            kept = []
        for each in reached:
            each.series = self._series + (1 if each in kept else 2)
            each.of_series = each.of_series if each in kept else title
        self._series += 2

    def shown(self) -> list[tuple[datetime, str, bool]]:
        return sorted((each.start, each.title, each.cancelled) for each in self.lines if LOW <= each.start < HIGH)


@thorough
@given(serieses(), edits(("cancel", "move", "put across", "restore", "rename", "rename")))
def test_an_edit_reaches_the_sessions_it_says_and_no_others(event: Event, acts: list[Edit]) -> None:
    calendar, pencil = Calendar(event), Pencil(event)
    planner = calendar.planner
    for act in acts:
        shown = [occurrence for occurrence in calendar.shown() if LOW <= occurrence.start < HIGH]
        if not shown:
            return
        chosen = nearest(shown, act.which, begins)
        at, reach, title = chosen.recurrence_id, Reach(act.reach), TITLES[act.number]
        start = chosen.start + act.days * DAY + act.hours * HOUR
        assert at is not None
        if act.act == "rename" and reach is not Reach.ONE and title == chosen.event.title:
            continue
        if act.act == "put across":  # begun before its turn, or put off
            start = NOW + (1 + act.which) * (HOUR if chosen.start < NOW else -HOUR)
        if pencil.is_unsaid(act.act, at, reach, start):
            continue
        pencil.edit(act.act, at, reach, title, start)
        with suppress(InputError):
            match act.act:
                case "cancel":
                    planner.cancel(chosen)
                case "restore":
                    planner.restore(chosen)
                case "move" | "put across":
                    planner.move(chosen, start)
                case _ if reach is Reach.ONE:
                    planner.change_one(chosen, title=title)
                case _ if reach is Reach.LATER:
                    planner.change_later(chosen, replace(in_form(planner, chosen, reach)[1], title=title))
                case _:
                    whole_from, whole = in_form(planner, chosen, reach)
                    planner.change_all(replace(whole, title=title), whole_from)
        shown = [occurrence for occurrence in calendar.shown() if LOW <= occurrence.start < HIGH]
        assert sorted((o.start, o.title, o.cancelled) for o in shown) == pencil.shown(), act
