"""Every sentence about a state, and the words that may not be in any of them (docs/streaks.md, "Words")."""

from __future__ import annotations

import inspect
import re
from datetime import date

from companion.domain import streak_words as words
from companion.domain.attendance import Counts
from companion.domain.goal import Period
from companion.domain.milestone import Milestone, MilestoneKind
from companion.domain.pause import PauseReason
from companion.domain.streak import Outcome, Standing
from companion.domain.strength import Trend


def stand(current: int = 0, best: int = 9, total: int = 31, times: int = 47, done: int = 0, asked: int = 3) -> Standing:
    return Standing(current, best, total, times, None, (), done, asked)


def test_after_a_week_off() -> None:
    expected = "A new run starts whenever you like. 47 done so far, best run 9 weeks. All kept."
    assert words.standing_words(stand(), Period.WEEK) == expected


def test_before_the_first_time() -> None:
    assert words.standing_words(stand(best=0, total=0, times=0), Period.DAY) == "A new run starts whenever you like."


def test_on_a_run() -> None:
    assert words.standing_words(stand(4), Period.WEEK) == "4 weeks in a row. 47 done so far, best run 9 weeks."
    assert words.standing_words(stand(1, 1, 1, 1), Period.DAY) == "1 day in a row. 1 done so far, best run 1 day."


def test_the_four_figures_stand_together() -> None:
    assert words.figures(stand(4), Period.WEEK) == (
        ("current run", "4 weeks"),
        ("best run", "9 weeks"),
        ("total kept", "31 weeks, done 47 times"),
        ("last 30 days", "starting out"),
    )
    assert words.rate_words(89) == "89%"


def test_every_state_has_words() -> None:
    found = {(o, p): words.state_words(o, p) for o in Outcome for p in Period}
    assert all(found.values())
    assert found[Outcome.MISSED, Period.WEEK] == "a week off"
    assert found[Outcome.REST, Period.DAY] == "rest day"
    assert found[Outcome.OPEN, Period.MONTH] == "still open"


def test_this_week() -> None:
    assert words.this_period_words(stand(done=2), Period.WEEK) == "2 of 3 this week"
    assert words.this_period_words(stand(asked=0), Period.WEEK) == "paused, nothing to do"
    assert words.this_period_words(stand(done=1, asked=0), Period.DAY) == "1 done in your pause. It counts."


def test_coming_back() -> None:
    assert words.welcome_back(47) == "Welcome back. 47 done so far, all kept."
    assert words.welcome_back(1) == "Welcome back. 1 done so far, kept."
    assert words.welcome_back(0) == "Welcome back."


def test_an_attendance_record() -> None:
    found = words.attendance_words(
        Counts(16, missed=1, cancelled_late=1, cancelled_by_provider=3, moved=1, excused=1, not_recorded=1)
    )
    assert found == (
        "24 planned: 16 attended, 3 cancelled by the provider, 1 moved, 1 excused, 1 didn't happen, "
        "1 called off late, 1 not recorded. 16 of 18, 89%."
    )
    assert words.attendance_words(Counts()) == "Nothing planned yet."
    assert words.attendance_words(Counts(excused=1)) == "1 planned: 1 excused. Nothing to count yet."


def test_milestones() -> None:
    assert words.milestone_words(Milestone(MilestoneKind.ATTENDED, 25)) == "You showed up 25 times."
    assert words.milestone_words(Milestone(MilestoneKind.SERIES, 15, 17)) == "You finished: 15 of 17 sessions."
    assert words.milestone_words(Milestone(MilestoneKind.MONTHS, 12)) == "1 year since your date."
    assert words.milestone_words(Milestone(MilestoneKind.MONTHS, 18)) == "18 months since your date."


def test_reasons_trends_and_late_entries() -> None:
    assert all(words.reason_words(reason) != reason for reason in PauseReason if reason is not PauseReason.TRAVEL)
    assert words.reason_words("moving house") == "moving house"
    assert [words.trend_words(t) for t in Trend] == ["growing", "steady", "resting"]
    assert words.entered_late(date(2026, 11, 1), date(2026, 11, 8)) == ""
    assert words.entered_late(date(2026, 11, 1), date(2026, 11, 9)) == "entered later"


def test_no_sentence_shames() -> None:
    calls = re.findall(r"(?:_|plural)\((.*?)\)", inspect.getsource(words), re.DOTALL)
    said = " ".join(re.findall(r'"(.*?)"', " ".join(calls))).casefold()
    assert "whenever you like" in said
    shaming = (
        r"miss(ed)?\b|broke|fail|lost|should|must\b|just\b(?! starting)|easy|clean|relapse|complian|violat|overdue|!"
    )
    assert not re.search(shaming, said)
