"""What Progress shows: four figures a goal, attendance by kind, a year of days; and the acts on goals and pauses."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import uuid4

from companion.domain.attendance import WENT, Counts, Mark, counts
from companion.domain.children_named import children_named, plain_name
from companion.domain.clock import Clock, logging_day
from companion.domain.event import ONE_DAY
from companion.domain.goal import Goal, Pause, Period
from companion.domain.goal_change import asks_more, carried_over, succeed, takes_effect
from companion.domain.kinds import all_kinds, kind
from companion.domain.language import _
from companion.domain.pause import begin_pause, days_within, end_pause, paused_on, spans, time_away
from companion.domain.settings import Settings
from companion.domain.streak import Outcome, Standing, standing
from companion.domain.text import TITLE_LIMIT, clean
from companion.errors import InputError
from companion.services.planner import Planner
from companion.store.database import Database
from companion.store.people import ChildStore, GoalStore, PauseStore
from companion.store.records import AttendanceStore, DoneStore
from companion.store.tallies import DoneTally, TallyStore, WentTally

RECENT_DAYS = 90  # of attendance by kind: about a season, the stretch a coach or a court asks about
_MOVED_BY = timedelta(days=31)  # an appointment may have been moved after it was marked
_FIGURES_REST_ON = ("attendance", "done", "goal", "pause", "child")  # tables


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal and where it stands; `paused`: a pause covers today.

    `toward`: the kinds of the appointments that counted because the plan names the goal in them.
    """

    goal: Goal
    standing: Standing
    paused: bool = False
    toward: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekLine:
    """This week so far: appointments she went to, activities done."""

    went: int
    activities: int


@dataclass(frozen=True, slots=True)
class ProgressView:
    """All that the Progress place shows, worked out at one moment from everything recorded.

    `days`: how many things were done on each day. `begins`: the first such day, None for none. `went` and
    `activities`: all of them. `attendance`: by the id of the kind, the last `RECENT_DAYS` days from `recent` on.
    `rested`: days that a daily goal had as a rest. `away`: days to offer as a pause to a person who comes back.
    """

    today: date
    goals: tuple[GoalView, ...]
    pauses: tuple[Pause, ...]
    days: Mapping[date, int]
    begins: date | None
    went: int
    activities: int
    recent: date
    attendance: Mapping[str, Counts]
    rested: frozenset[date]
    away: tuple[date, date] | None

    def paused_days(self, first: date, last: date) -> frozenset[date]:
        """The days from `first` to `last` that a pause of everything covers; pauses of single goals have no part."""
        found: set[date] = set()
        for span in spans(pause for pause in self.pauses if not pause.goals):
            day, end = max(first, span.first), min(last, span.last)
            found.update(day + timedelta(days=n) for n in range((end - day).days + 1))
        return frozenset(found)


class Progress:
    def __init__(self, database: Database, clock: Clock, settings: Callable[[], Settings], planner: Planner) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._planner = planner
        self._goals = GoalStore(database)
        self._pauses = PauseStore(database)
        self._children = ChildStore(database)
        self._attendance = AttendanceStore(database)
        self._done = DoneStore(database)
        self._tallies = TallyStore(database)
        self._kept: tuple[object, ProgressView] | None = None

    def today(self) -> date:
        """The day that what is logged now counts for."""
        settings = self._settings()
        return logging_day(self._clock.now(), settings.zone or "UTC", settings.day_start)

    # Goals

    def goals(self) -> list[Goal]:
        return self._goals.all()

    def put_goal(self, goal: Goal) -> Goal:
        """Store a goal as it is, new where it has no id. Raises InputError where it can't be one."""
        new = all(known.id != goal.id for known in self._goals.all())
        goal = _checked(goal)
        words = _("set the goal {name}").format(name=goal.name) if new else _goal_act(goal)
        with self._database.act(words) as work:
            self._goals.put(work, goal)
        return goal

    def change_goal(self, goal: Goal) -> Goal:
        """Store a changed goal so that no week that was kept stops being kept; gives the goal that now runs.

        Where it asks for more than before, the one so far ends with its figures and a successor begins
        (`companion.domain.goal_change`). Raises InputError where it can't be a goal, or is none any more.
        """
        goal = _checked(goal)
        before = next((known for known in self._goals.all() if known.id == goal.id), None)
        if before is None:
            raise InputError(_("That goal is not here any more."), _("Press a to add one."))
        today, week_start, pauses = self.today(), self._settings().week_start, self._pauses.all()
        written: tuple[Goal, ...] = (goal,)
        if before.runs_on(today) and asks_more(before, goal):
            now = self._standing(before, self._tallies.went(), self._tallies.done(), pauses, today)
            written = succeed(before, goal, uuid4().hex[:8], takes_effect(before, now, today, week_start))
        with self._database.act(_goal_act(goal)) as work:
            for each in written:
                self._goals.put(work, each)
            if len(written) > 1:
                for pause in carried_over(pauses, before.id, written[-1].id):
                    self._pauses.put(work, pause)
        return written[-1]

    def remove_goal(self, goal: Goal) -> None:
        """Take a goal off. What was done stays in the record; the goal comes back with undo."""
        with self._database.act(_("took the goal {name} off").format(name=goal.name)) as work:
            self._goals.remove(work, goal.id)

    def overview(self) -> list[GoalView]:
        """Each goal with its figures, worked out from everything recorded."""
        return self._overview(self._tallies.went(), self._tallies.done(), self._pauses.all(), self.today())

    # Pauses

    def pauses(self) -> list[Pause]:
        """The earliest first."""
        return self._pauses.all()

    def put_pause(self, pause: Pause) -> Pause:
        """Store a pause; it may lie in the past, and have no end. Raises InputError where it ends before it begins."""
        pause = begin_pause(
            pause.id or uuid4().hex[:8], pause.begins, pause.ends, clean(pause.reason, TITLE_LIMIT), pause.goals
        )
        new = all(known.id != pause.id for known in self._pauses.all())
        with self._database.act(_("made a pause") if new else _("changed a pause")) as work:
            self._pauses.put(work, pause)
        return pause

    def end_pause(self, pause: Pause, last: date) -> Pause | None:
        """Make `last` its last day; None where no day of it is left and it goes."""
        ended = end_pause(pause, last)
        with self._database.act(_("ended a pause")) as work:
            if ended is None:
                self._pauses.remove(work, pause.id)
            else:
                self._pauses.put(work, ended)
        return ended

    def remove_pause(self, pause_id: str) -> None:
        with self._database.act(_("took a pause off")) as work:
            self._pauses.remove(work, pause_id)

    # How far she has come

    def view(self) -> ProgressView:
        """Everything that Progress shows. Figures are worked out anew only where something they rest on has changed."""
        today, settings = self.today(), self._settings()
        changes = tuple(self._database.changes[table] for table in _FIGURES_REST_ON)
        key = (today, settings.week_start, settings.rest_days, changes)
        if self._kept is None or self._kept[0] != key:
            self._kept = key, self._worked_out(today)
        view = self._kept[1]
        # An appointment ends without any change to what is stored.
        return replace(view, attendance=self._by_kind(view.recent, today, view.pauses))

    def _worked_out(self, today: date) -> ProgressView:
        went, done, pauses = self._tallies.went(), self._tallies.done(), self._pauses.all()
        days: Counter[date] = Counter()
        for day, times in [(t.day, t.times) for t in went] + [(t.day, t.times) for t in done]:
            days[day] += times
        goals = self._overview(went, done, pauses, today)
        last = self._tallies.last_entry()
        return ProgressView(
            today=today,
            goals=tuple(goals),
            pauses=tuple(pauses),
            days=days,
            begins=min(days, default=None),
            went=sum(tally.times for tally in went),
            activities=sum(tally.times for tally in done),
            recent=today - timedelta(days=RECENT_DAYS - 1),
            attendance={},
            rested=_rested(goals),
            away=time_away(last, today, pauses) if last is not None else None,
        )

    def attendance_by_kind(self, first: date, last: date) -> dict[str, Counts]:
        """How the appointments of those days went, by the id of their kind, in the order of the kinds.

        Those that are over and have no mark are among them as "not recorded", or as cancelled where they are.
        """
        return self._by_kind(first, last, self._pauses.all())

    def days(self, first: date, last: date) -> Counter[date]:
        """How many things she showed up for or did, on each day."""
        found: Counter[date] = Counter()
        for record in self._attendance.between(first, last):
            found[record.day] += record.mark in WENT
        for entry in self._done.between(first, last):
            found[entry.day] += 1
        return +found

    def week(self) -> WeekLine:
        today = self.today()
        first = today - timedelta(days=(today.weekday() - self._settings().week_start) % 7)
        went = sum(record.mark in WENT for record in self._attendance.between(first, today))
        return WeekLine(went, len(self._done.between(first, today)))

    # Parts

    def _overview(
        self, went: list[WentTally], done: list[DoneTally], pauses: list[Pause], today: date
    ) -> list[GoalView]:
        toward: defaultdict[str, set[str]] = defaultdict(set)
        for tally in went:
            if tally.counts_toward:
                toward[tally.counts_toward.casefold()].add(tally.kind)
        return [
            GoalView(
                goal,
                self._standing(goal, went, done, pauses, today),
                paused_on(pauses, today, goal.id),
                tuple(each for each in all_kinds() if each in toward[goal.name.casefold()]),
            )
            for goal in self._goals.all()
        ]

    def _standing(
        self, goal: Goal, went: list[WentTally], done: list[DoneTally], pauses: list[Pause], today: date
    ) -> Standing:
        settings = self._settings()
        names = {child.id: child.name for child in self._children.all()} if goal.child else {}
        counted = days_counted(goal, went, done, names.get(goal.child, goal.child))
        return standing(goal, counted, pauses, today, week_start=settings.week_start, rest=settings.rest_days)

    def _by_kind(self, first: date, last: date, pauses: Iterable[Pause]) -> dict[str, Counts]:
        whole = spans(pause for pause in pauses if not pause.goals)
        open_days: defaultdict[str, list[Mark | None]] = defaultdict(list)
        paused_days: defaultdict[str, list[Mark | None]] = defaultdict(list)

        def add(kind_id: str, day: date, mark: Mark | None) -> None:
            (paused_days if whole and days_within(whole, day, day) else open_days)[kind_id].append(mark)

        marked = self._attendance.between(first - _MOVED_BY, last + _MOVED_BY)
        for record in marked:
            if first <= record.day <= last:
                add(record.kind, record.day, record.mark)
        known = {(record.uid, record.recurrence_id) for record in marked}
        now = self._planner.now()
        for occurrence in self._planner.between(first, last + ONE_DAY):
            event = occurrence.event
            if occurrence.end > now or occurrence.day < first or event.all_day or not kind(event.kind).records:
                continue
            if occurrence.key not in known:
                add(event.kind, occurrence.day, Mark.CANCELLED if occurrence.cancelled else None)
        order = [*all_kinds(), *sorted(set(open_days) | set(paused_days))]
        found = dict.fromkeys(kind_id for kind_id in order if kind_id in open_days or kind_id in paused_days)
        return {kind_id: counts(open_days[kind_id], paused_days[kind_id]) for kind_id in found}


def days_counted(
    goal: Goal, went: Iterable[WentTally], done: Iterable[DoneTally], child_name: str = ""
) -> Counter[date]:
    """How often each day counts for `goal`: appointments attended and, where it says so, activities done.

    Appointments name one child or several by name, activities by id; `child_name` is the name of the goal's child.
    """
    found: Counter[date] = Counter()
    kinds, name = frozenset(goal.kinds), goal.name.casefold()
    wanted = plain_name(child_name)
    for day, kind_id, toward, child, times in went:
        counts_here = kind_id in kinds or (toward and toward.casefold() == name)
        if counts_here and (not goal.child or wanted in map(plain_name, children_named(child))):
            found[day] += times
    if goal.activities:
        for day, children, times in done:
            if not goal.child or goal.child in children:
                found[day] += times
    return found


def _checked(goal: Goal) -> Goal:
    goal = replace(goal, id=goal.id or uuid4().hex[:8], name=clean(goal.name, TITLE_LIMIT))
    if not goal.name:
        raise InputError(_("The goal has no name yet."), _("Type what it is, for instance: groups."))
    if not 1 <= goal.times <= 100:
        raise InputError(_("How often is a number from 1 to 100."), _("Start small; once a week counts."))
    if goal.ends is not None and goal.ends < goal.begins:
        raise InputError(_("The goal would end before it begins."), _("Choose a later last day, or leave it open."))
    return goal


def _goal_act(goal: Goal) -> str:
    return _("changed the goal {name}").format(name=goal.name)


def _rested(views: Iterable[GoalView]) -> frozenset[date]:
    return frozenset(
        day
        for view in views
        if view.goal.per is Period.DAY
        for day, outcome in view.standing.outcomes
        if outcome is Outcome.REST
    )
