"""What the screens say about goals, pauses, appointments and milestones: every sentence in one place.

The rules are in docs/streaks.md, "Words": what is kept comes first, nothing is called missed, lost or broken, and
no figure that can fall stands alone.
"""

from __future__ import annotations

from datetime import date

from companion.domain.attendance import Counts, rate
from companion.domain.goal import Period
from companion.domain.language import _, plural
from companion.domain.milestone import Milestone, MilestoneKind
from companion.domain.pause import PauseReason
from companion.domain.streak import Outcome, Standing
from companion.domain.strength import Trend


def state_words(outcome: Outcome, per: Period) -> str:
    """One period in words: "kept", "still open", "paused", "rest day", "a week off"."""
    if outcome is Outcome.REST:
        return {Period.DAY: _("rest day"), Period.WEEK: _("rest week"), Period.MONTH: _("rest month")}[per]
    if outcome is Outcome.MISSED:
        return {Period.DAY: _("a day off"), Period.WEEK: _("a week off"), Period.MONTH: _("a month off")}[per]
    return {Outcome.MET: _("kept"), Outcome.OPEN: _("still open"), Outcome.PAUSED: _("paused")}[outcome]


def length_of_run(number: int, per: Period) -> str:
    """A run in its own unit: "9 weeks"."""
    if per is Period.DAY:
        return plural("{n} day", "{n} days", number)
    if per is Period.WEEK:
        return plural("{n} week", "{n} weeks", number)
    return plural("{n} month", "{n} months", number)


def rate_words(percent: int | None) -> str:
    """The last 30 days: "89%", or "starting out"."""
    return _("starting out") if percent is None else _("{percent}%").format(percent=percent)


def figures(standing: Standing, per: Period) -> tuple[tuple[str, str], ...]:
    """The four figures, always shown together, as (name, value)."""
    times = plural("{n} time", "{n} times", standing.times_done)
    kept = _("{periods}, done {times}").format(periods=length_of_run(standing.total, per), times=times)
    return (
        (_("current run"), length_of_run(standing.current, per)),
        (_("best run"), length_of_run(standing.best, per)),
        (_("total kept"), kept),
        (_("last 30 days"), rate_words(standing.rate30)),
    )


def kept_words(standing: Standing, per: Period) -> str:
    """What is said where a run is at rest: after a week off, or before the first one."""
    start = _("A new run starts whenever you like.")
    if not standing.times_done:
        return start
    done = _("{n} done so far, best run {run}. All kept.")
    return f"{start} {done.format(n=standing.times_done, run=length_of_run(standing.best, per))}"


def standing_words(standing: Standing, per: Period) -> str:
    """One sentence for a goal: the run it is on, or what is kept."""
    if not standing.current:
        return kept_words(standing, per)
    text = _("{run} in a row. {n} done so far, best run {best}.")
    run, best = length_of_run(standing.current, per), length_of_run(standing.best, per)
    return text.format(run=run, n=standing.times_done, best=best)


def this_period_words(standing: Standing, per: Period) -> str:
    """What today's period asks: "2 of 3 this week"; "paused, nothing to do" where it asks nothing."""
    if not standing.this_period_required:
        if standing.this_period_done:
            return plural(
                "{n} done in your pause. It counts.", "{n} done in your pause. They count.", standing.this_period_done
            )
        return _("paused, nothing to do")
    text = {
        Period.DAY: _("{done} of {asked} today"),
        Period.WEEK: _("{done} of {asked} this week"),
        Period.MONTH: _("{done} of {asked} this month"),
    }[per]
    done, asked = standing.this_period_done, standing.this_period_required
    return text.format(done=done, asked=asked)


def welcome_back(times_done: int) -> str:
    """For a person who comes back after 14 days or more. It names no day and asks for nothing to be caught up."""
    if not times_done:
        return _("Welcome back.")
    return _("Welcome back.") + " " + plural("{n} done so far, kept.", "{n} done so far, all kept.", times_done)


def pause_offer() -> str:
    """Asked once, after `welcome_back`."""
    return _("Mark the time away as a pause? Either answer is fine.")


def trend_words(trend: Trend) -> str:
    """A goal's strength as a word."""
    return {Trend.GROWING: _("growing"), Trend.STEADY: _("steady"), Trend.RESTING: _("resting")}[trend]


def reason_words(reason: str) -> str:
    """A pause's reason; her own words stay as they are."""
    labels = {
        PauseReason.ILL: _("I am ill"),
        PauseReason.CHILD_ILL: _("my child is ill"),
        PauseReason.NEWBORN: _("a new baby"),
        PauseReason.HOSPITAL: _("hospital or birth"),
        PauseReason.RESIDENTIAL: _("a residential stay"),
        PauseReason.TRAVEL: _("travel"),
        PauseReason.BEREAVEMENT: _("someone died"),
        PauseReason.NEED_TO: _("I need to"),
    }
    return labels[PauseReason(reason)] if reason in labels else reason


def attendance_fraction(counts: Counts) -> str:
    """The fraction: "16 of 18, 89%"; "nothing to count yet" where nothing was expected."""
    percent = rate(counts)
    if percent is None:
        return _("nothing to count yet")
    text = _("{attended} of {expected}, {percent}%")
    return text.format(attended=counts.attended, expected=counts.expected, percent=percent)


def attendance_parts(counts: Counts) -> tuple[str, ...]:
    """What the planned appointments came to, those outside the fraction too, without the ones that are 0."""
    parts = (
        (counts.attended, plural("{n} attended", "{n} attended", counts.attended)),
        (
            counts.cancelled_by_provider,
            plural("{n} cancelled by the provider", "{n} cancelled by the provider", counts.cancelled_by_provider),
        ),
        (counts.moved, plural("{n} moved", "{n} moved", counts.moved)),
        (counts.excused, plural("{n} excused", "{n} excused", counts.excused)),
        (counts.missed, plural("{n} didn't happen", "{n} didn't happen", counts.missed)),
        (counts.cancelled_late, plural("{n} called off late", "{n} called off late", counts.cancelled_late)),
        (
            counts.cancelled_with_notice,
            plural("{n} called off with notice", "{n} called off with notice", counts.cancelled_with_notice),
        ),
        (counts.cancelled, plural("{n} cancelled", "{n} cancelled", counts.cancelled)),
        (counts.paused, plural("{n} in a pause", "{n} in a pause", counts.paused)),
        (counts.not_recorded, plural("{n} not recorded", "{n} not recorded", counts.not_recorded)),
    )
    return tuple(words for number, words in parts if number)


def attendance_words(counts: Counts) -> str:
    """Counts first, the fraction second: "24 planned: 16 attended, … 16 of 18, 89%."."""
    if not counts.planned:
        return _("Nothing planned yet.")
    planned = plural("{n} planned", "{n} planned", counts.planned)
    fraction = attendance_fraction(counts)
    return f"{planned}: {', '.join(attendance_parts(counts))}. {fraction[:1].upper()}{fraction[1:]}."


def milestone_words(milestone: Milestone) -> str:
    """One line of praise, with the number and no exclamation mark."""
    number = milestone.number
    if milestone.kind is MilestoneKind.ATTENDED:
        return plural("You showed up. That is your first one.", "You showed up {n} times.", number)
    if milestone.kind is MilestoneKind.ACTIVITIES:
        return plural("Your first activity together.", "{n} activities together.", number)
    if milestone.kind is MilestoneKind.SERIES:
        text = plural("You finished: {n} of {of} session.", "You finished: {n} of {of} sessions.", number)
        return text.format(of=milestone.of)
    if milestone.kind is MilestoneKind.DAYS:
        return plural("24 hours since your date.", "{n} days since your date.", number)
    if number % 12 == 0:
        return plural("{n} year since your date.", "{n} years since your date.", number // 12)
    return plural("{n} month since your date.", "{n} months since your date.", number)


def entered_late(day: date, recorded: date) -> str:
    """The neutral remark in a record about something entered later than 7 days; empty otherwise."""
    return _("entered later") if (recorded - day).days > 7 else ""
