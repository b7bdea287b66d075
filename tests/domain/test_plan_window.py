"""What a plan puts on the calendar in a window of days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from companion.domain.plan import Plan, PlanHeader
from companion.domain.plan_build import build_plan
from companion.domain.plan_draft import ItemDraft
from companion.domain.plan_window import plan_occurrences

HEADER = PlanHeader("x", 1, "America/New_York")


def plan(*drafts: ItemDraft) -> Plan:
    return build_plan(HEADER, drafts)


def starts(made: Plan, first: date | None = None, until: date | None = None) -> list[datetime]:
    return [o.start for o in plan_occurrences(made, first, until)]


def test_the_whole_plan_and_its_moved_sessions() -> None:
    late = (datetime(2026, 9, 14, 9), datetime(2027, 1, 5, 9))
    made = plan(ItemDraft("a", "A", datetime(2026, 9, 7, 9), repeat="every Mon for 2 weeks", moved=(late,)))
    assert starts(made) == [datetime(2026, 9, 7, 9), datetime(2027, 1, 5, 9)]


def test_all_day_first_then_by_time() -> None:
    made = plan(
        ItemDraft("b", "B", datetime(2026, 9, 7, 9)),
        ItemDraft("c", "C", datetime(2026, 9, 7), all_day=True),
        ItemDraft("a", "A", datetime(2026, 9, 7, 8)),
    )
    assert [o.title for o in plan_occurrences(made)] == ["C", "A", "B"]


def test_the_first_day_is_in_and_the_last_is_not() -> None:
    made = plan(
        ItemDraft("a", "A", datetime(2026, 9, 7, 22), length=timedelta(hours=8), repeat="every day for 9 times")
    )
    assert starts(made, date(2026, 9, 9), date(2026, 9, 10)) == [datetime(2026, 9, 8, 22), datetime(2026, 9, 9, 22)]


def test_days_are_those_of_the_plans_zone() -> None:
    made = plan(ItemDraft("a", "A", datetime(2026, 9, 7, 22)))
    event = replace(made.events[0], zone="America/Los_Angeles")
    made = replace(made, items=(replace(made.items[0], events=(event,)),))
    assert starts(made, date(2026, 9, 8), date(2026, 9, 9)) == [datetime(2026, 9, 8, 1)]
    assert not starts(made, date(2026, 9, 7), date(2026, 9, 8))


def test_what_never_ends_is_given_for_two_years() -> None:
    made = plan(ItemDraft("a", "A", datetime(2026, 9, 7, 9), repeat="every Mon"))
    assert len(starts(made)) == 105
    assert starts(made, date(2050, 1, 1))[-1] == datetime(2051, 12, 25, 9)
