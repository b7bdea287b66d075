"""Runs: how often a goal was kept, so that nothing done is ever taken away (docs/streaks.md, "Goals and runs").

Everything here counts dates. The day something counts for was worked out when it was logged, so a new zone or
another start of the day changes nothing that has been.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from companion.domain.goal import Goal, Pause, Period
from companion.domain.pause import Span, days_within, spans

RATE_DAYS = 30
RATE_FROM = 7  # active days before a rate says anything


class Outcome(StrEnum):
    """How one period of a goal came out. The values are for the store; people read `streak_words.state_words`."""

    MET = "met"
    OPEN = "open"
    PAUSED = "paused"
    REST = "rest"
    MISSED = "missed"  # on screen: "a week off"


class Reserve(NamedTuple):
    """At most `uses` rest periods in any `window` periods in a row."""

    uses: int
    window: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a goal stands.

    `current` and `best` are runs in periods, `total` all periods kept, `times_done` every time it was done since the
    goal began. `rate30` is a whole percentage over the last 30 active days, None for "starting out". `outcomes` has
    the first day of each period, oldest first; the first and the last period may be cut by the goal's own dates.
    `this_period_*` are 0 where the goal does not run today.
    """

    current: int
    best: int
    total: int
    times_done: int
    rate30: int | None
    outcomes: tuple[tuple[date, Outcome], ...]
    this_period_done: int
    this_period_required: int


def required(times: int, length: int, paused: int) -> int:
    """How often a period of `length` days asks for, `paused` of them asking nothing: in proportion, halves rounded up.

    0 means that the whole period is paused.
    """
    active = min(length, max(0, length - paused))
    return (2 * times * active + length) // (2 * length)


def reserve(per: Period, rest: int) -> Reserve:
    """The rest periods a goal gets unasked: `rest` (0 to 2) days in 7, or one week or month in 4.

    Sharif and Shu 2019 gave 2 in 7 and found that people keep at it longer than with none.
    """
    return Reserve(min(2, max(0, rest)), 7) if per is Period.DAY else Reserve(1, 4)


def periods(per: Period, first: date, last: date, week_start: int = 0) -> Iterator[tuple[date, date]]:
    """The calendar periods that touch `first` to `last`, whole, as first and last day; `week_start` 0 is Monday."""
    begin = _period_start(per, first, week_start)
    while begin <= last:
        end = _period_end(per, begin)
        yield begin, end
        if end == date.max:
            return
        begin = end + timedelta(days=1)


def standing(
    goal: Goal,
    done: Mapping[date, int],
    pauses: Sequence[Pause],
    today: date,
    *,
    week_start: int = 0,
    rest: int = 1,
) -> Standing:
    """Where `goal` stands on `today`, from how often it was done on each day and the pauses (others' are ignored).

    `rest` is the setting for daily goals: rest days in seven, 0 to 2.
    """
    last = min(today, goal.ends or today)
    if last < goal.begins:
        return Standing(0, 0, 0, 0, None, (), 0, 0)
    cut = list(periods(goal.per, goal.begins, last, week_start))
    counts = _counts(goal, done, last, cut)
    results = _results(goal, cut, counts, spans(pauses, goal.id), today)
    keep = reserve(goal.per, rest)
    outcomes = _rested([result.outcome for result in results], keep)
    now = results[-1] if goal.runs_on(today) else None
    return Standing(
        current=current_run(outcomes),
        best=best_run(outcomes, keep),
        total=outcomes.count(Outcome.MET),
        times_done=sum(counts),
        rate30=_rate(results),
        outcomes=tuple((begin, outcome) for (begin, _), outcome in zip(cut, outcomes, strict=True)),
        this_period_done=now.done if now else 0,
        this_period_required=now.required if now else 0,
    )


def current_run(outcomes: Sequence[Outcome]) -> int:
    """Periods kept, counted back from the newest over paused, rest and open ones, up to one that was not kept."""
    run = 0
    for outcome in reversed(outcomes):
        if outcome is Outcome.MISSED:
            break
        run += outcome is Outcome.MET
    return run


def best_run(outcomes: Sequence[Outcome], keep: Reserve) -> int:
    """The longest run there is, with the rest periods put where they serve it best.

    `standing` gives a rest to the first period that needs one. Logging something late can therefore move a rest and
    split a longer run behind it. The best run may never fall, so here a stretch counts as one run wherever its
    periods not kept are far enough apart to be rests.
    """
    best = kept = kept_before = 0
    recent: deque[tuple[int, int]] = deque()
    for index, outcome in enumerate(outcomes):
        if outcome is Outcome.MET:
            kept += 1
            best = max(best, kept - kept_before)
        elif outcome is Outcome.REST or outcome is Outcome.MISSED:
            recent.append((index, kept))
            if len(recent) > keep.uses:
                earlier, kept_then = recent.popleft()
                if not keep.uses or index - earlier < keep.window:
                    kept_before = max(kept_before, kept_then)
    return best


class _Result(NamedTuple):
    outcome: Outcome
    done: int
    required: int
    active: int  # days that asked for something, up to today


def _results(
    goal: Goal, cut: Sequence[tuple[date, date]], counts: Sequence[int], mine: Sequence[Span], today: date
) -> list[_Result]:
    """Every period, rests apart. Nearly all are whole, closed and without a pause, and take the short way."""
    special = {0, len(cut) - 1}
    starts = [begin for begin, _ in cut] if mine else []
    for span in mine:
        special.update(range(max(0, bisect_right(starts, span.first) - 1), bisect_right(starts, span.last)))
    results = []
    for index, period in enumerate(cut):
        if index in special:
            results.append(_result(goal, period, counts[index], mine, today))
        else:
            length = 1 if goal.per is Period.DAY else (period[1] - period[0]).days + 1
            outcome = Outcome.MET if counts[index] >= goal.times else Outcome.MISSED
            results.append(_Result(outcome, counts[index], goal.times, length))
    return results


def _result(goal: Goal, period: tuple[date, date], done: int, mine: Sequence[Span], today: date) -> _Result:
    """One period, rests apart."""
    begin, end = period
    length = (end - begin).days + 1
    first, last = max(begin, goal.begins), min(end, goal.ends or end)
    outside = length - ((last - first).days + 1)
    paused = days_within(mine, first, last) if mine else 0
    asked = required(goal.times, length, outside + paused)
    running = last >= today
    active = (min(last, today) - first).days + 1
    if paused:
        active -= days_within(mine, first, min(last, today))
    # In a period that still runs, a pause without an end has no say yet about the days to come: otherwise
    # starting it would fill the run and ending it take that back.
    unsure = days_within([span for span in mine if span.open], max(first, today), last) if paused and running else 0
    enough = required(goal.times, length, outside + paused - unsure) if unsure else asked
    # What she did in full counts even where a pause was laid over it later.
    in_full = required(goal.times, length, outside) if paused else asked
    if (asked and done >= enough) or (in_full and done >= in_full):
        outcome = Outcome.MET
    elif not asked:
        outcome = Outcome.PAUSED
    else:
        outcome = Outcome.OPEN if running else Outcome.MISSED
    return _Result(outcome, done, asked, active)


def _rested(outcomes: list[Outcome], keep: Reserve) -> list[Outcome]:
    """`outcomes` with rests given, oldest first, to periods not kept."""
    used: deque[int] = deque(maxlen=keep.uses)
    for index, outcome in enumerate(outcomes):
        if outcome is not Outcome.MISSED or not keep.uses:
            continue
        if len(used) < keep.uses or index - used[0] >= keep.window:
            used.append(index)
            outcomes[index] = Outcome.REST
    return outcomes


def _rate(results: Sequence[_Result]) -> int | None:
    """Over as many whole periods back as hold 30 active days; a period still open does not lower it."""
    did = asked = active = 0
    for result in reversed(results):
        if active >= RATE_DAYS:
            break
        if result.outcome is Outcome.OPEN or not result.required:
            continue
        did += min(result.done, result.required)
        asked += result.required
        active += result.active
    if active < RATE_FROM or not asked:
        return None
    return (200 * did + asked) // (2 * asked)


def _counts(goal: Goal, done: Mapping[date, int], last: date, cut: Sequence[tuple[date, date]]) -> list[int]:
    """How often it was done in each of the periods `cut`, from the goal's first day to `last`."""
    counts = [0] * len(cut)
    start = cut[0][0]
    begins, origin = goal.begins, start.toordinal()
    months = start.year * 12 + start.month
    for day, times in done.items():
        if times > 0 and begins <= day <= last:
            if goal.per is Period.MONTH:
                counts[day.year * 12 + day.month - months] += times
            else:
                counts[(day.toordinal() - origin) // (7 if goal.per is Period.WEEK else 1)] += times
    return counts


def _period_start(per: Period, day: date, week_start: int) -> date:
    if per is Period.WEEK:
        return day - timedelta(days=min((day.weekday() - week_start) % 7, day.toordinal() - 1))
    return day.replace(day=1) if per is Period.MONTH else day


def _period_end(per: Period, begin: date) -> date:
    if per is Period.DAY:
        return begin
    if per is Period.WEEK:
        return begin + timedelta(days=min(6, (date.max - begin).days))
    following = (begin.replace(day=28) + timedelta(days=4)) if begin < date(9999, 12, 1) else None
    return following - timedelta(days=following.day) if following else date.max
