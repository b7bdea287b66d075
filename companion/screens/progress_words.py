"""What the Progress place says: figures, sentences and lines, from what is stored. Pure: no widget in here.

The figures and the states have their words in `companion.domain.streak_words`; here they are put together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from rich.cells import cell_len

from companion.domain.attendance import Counts
from companion.domain.goal import Goal, Pause, Period
from companion.domain.kinds import all_kinds, kind
from companion.domain.language import _, plural
from companion.domain.milestone import MilestoneKind, reached
from companion.domain.streak import Standing
from companion.domain.streak_words import (
    attendance_fraction,
    attendance_parts,
    figures,
    kept_words,
    milestone_words,
    reason_words,
    this_period_words,
)
from companion.domain.wording import at_start, day_words, list_words
from companion.widgets.goal_list import GoalRow
from companion.widgets.plain import fit, wrap

_MOST_KINDS = 3  # named one by one; more are counted
_KIND_COLUMN = 24
_BESIDE_FROM = 56


def recorded_kinds() -> list[str]:
    """The ids of the kinds whose attendance is recorded, in their usual order."""
    return [each.id for each in all_kinds().values() if each.records]


def counts_words(goal: Goal, child: str = "", toward: Sequence[str] = ()) -> str:
    """What counts for a goal: "group therapy and activities together, for M.".

    `toward` are the kinds that a plan counts toward it by its name.
    """
    kinds = list(dict.fromkeys((*goal.kinds, *toward)))
    if set(kinds) >= set(recorded_kinds()):
        parts = [_("every appointment")]
    elif len(kinds) > _MOST_KINDS:
        parts = [plural("{n} kind of appointment", "{n} kinds of appointment", len(kinds))]
    else:
        parts = [kind(kind_id).label for kind_id in kinds]
    if goal.activities:
        parts.append(_("activities together"))
    words = list_words(parts) if parts else _("what your plan counts for it")
    return _("{what}, for {child}").format(what=words, child=child) if child else words


def often_words(times: int, per: Period) -> str:
    """How often: "once a week", "3 times a month"."""
    text = {
        Period.DAY: plural("once a day", "{n} times a day", times),
        Period.WEEK: plural("once a week", "{n} times a week", times),
        Period.MONTH: plural("once a month", "{n} times a month", times),
    }
    return text[per]


def now_words(goal: Goal, standing: Standing, paused: bool, today: date) -> str:
    """What stands at the right of a goal: "2 of 3 this week", "until Tue, Nov 3"."""
    if goal.ends is not None and goal.ends < today:
        return _("until {day}").format(day=day_words(goal.ends, today))
    if goal.begins > today:
        return _("from {day}").format(day=day_words(goal.begins, today))
    if not standing.this_period_required and not paused:
        return {
            Period.DAY: _("from tomorrow"),
            Period.WEEK: _("asks from next week on"),
            Period.MONTH: _("asks from next month on"),
        }[goal.per]
    words = this_period_words(standing, goal.per)
    kept = standing.this_period_required and standing.this_period_done >= standing.this_period_required
    return _("{words}, kept").format(words=words) if kept else words


def goal_row(
    goal: Goal, standing: Standing, paused: bool, today: date, *, child: str = "", toward: Sequence[str] = ()
) -> GoalRow:
    """A goal as the list shows it. Before the first time there is a sentence and no row of zeros."""
    over = goal.ends is not None and goal.ends < today
    shown: tuple[tuple[str, str], ...] = ()
    words = ""
    if standing.times_done or standing.total:
        shown = figures(standing, goal.per)
        if not standing.current:
            shown = ((shown[0][0], _("over") if over else _("a new one")), *shown[1:])
            words = _("Over. All of it is kept.") if over else kept_words(standing, goal.per)
    elif not over and goal.begins <= today:
        words = _("It begins with the first time, whenever you like.")
    return GoalRow(
        goal.id, goal.name, counts_words(goal, child, toward), now_words(goal, standing, paused, today), shown, words
    )


def in_order(goals: Sequence[Goal], today: date) -> list[int]:
    """The places of the goals as they are shown: those that run, those to come, those that are over."""

    def sort(place: int) -> tuple[int, int]:
        goal = goals[place]
        over = goal.ends is not None and goal.ends < today
        return (2 if over else 1 if goal.begins > today else 0), place

    return sorted(range(len(goals)), key=sort)


def so_far_words(went: int, activities: int) -> str:
    """The first line: what nothing can take away."""
    parts = []
    if went:
        parts.append(plural("{n} appointment kept", "{n} appointments kept", went))
    if activities:
        parts.append(plural("{n} thing done together", "{n} things done together", activities))
    if not parts:
        return _("Nothing here yet, and nothing is asked of you.")
    return _("So far: {parts}. All of it stays.").format(parts=list_words(parts))


def attendance_lines(attendance: Mapping[str, Counts], width: int) -> list[str]:
    """One block a kind: the fraction first, what stands outside it beside it."""
    lines: list[str] = []
    for kind_id, numbers in attendance.items():
        label, fraction = at_start(kind(kind_id).label), attendance_fraction(numbers)
        neutral = attendance_parts(replace(numbers, attended=0, missed=0, cancelled_late=0))
        words = _("{fraction}. Beside it: {parts}.").format(fraction=fraction, parts=", ".join(neutral))
        told = at_start(words if neutral else f"{fraction}.")
        if width >= _BESIDE_FROM:
            column = min(_KIND_COLUMN, max(cell_len(kind(each).label) for each in attendance) + 2)
            texts = wrap(told, width - column)
            lines.append(fit(label, column) + texts[0])
            lines += [" " * column + text for text in texts[1:]]
        else:
            lines += [*wrap(label, width), *("  " + text for text in wrap(told, width - 2))]
    return lines


def milestone_lines(went: int, activities: int) -> list[str]:
    """The greatest milestone of each sort in words, and the ones before it."""
    lines = []
    for sort, number in ((MilestoneKind.ATTENDED, went), (MilestoneKind.ACTIVITIES, activities)):
        found = reached(sort, number)
        if found:
            before = ", ".join(str(milestone.number) for milestone in found[:-1])
            words = milestone_words(found[-1])
            lines.append(_("{words} Before that: {numbers}.").format(words=words, numbers=before) if before else words)
    return lines


def pause_dates(pause: Pause, today: date) -> str:
    """ "Wed, Nov 4 to Tue, Nov 10", "from today, open"."""
    if pause.ends is None:
        return _("from {day}, open").format(day=day_words(pause.begins, today))
    if pause.ends == pause.begins:
        return day_words(pause.begins, today)
    return _("{first} to {last}").format(first=day_words(pause.begins, today), last=day_words(pause.ends, today))


def pause_words(pause: Pause, names: Mapping[str, str], today: date) -> tuple[str, str]:
    """A pause in two lines: its days, and what it is for. `names` are those of the goals by their id."""
    named = [names[goal_id] for goal_id in dict.fromkeys(pause.goals) if goal_id in names]
    if not pause.goals:
        scope = _("everything")
    else:
        scope = list_words(list(dict.fromkeys(named))) if named else _("a goal that is off")
    reason = reason_words(pause.reason)
    return at_start(pause_dates(pause, today)), f"{scope} · {reason}" if reason else scope


def running_pause(pauses: Sequence[Pause], today: date) -> Pause | None:
    """The pause of everything that covers today, if any; the one that lasts longest."""
    here = [p for p in pauses if not p.goals and p.begins <= today and (p.ends is None or p.ends >= today)]
    return max(here, key=lambda pause: pause.ends or date.max, default=None)
