"""What she is looking for comes first: one line an appointment, what is next before what is past."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from app_kit import HOUR, TUESDAYS, event, session
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.clock import FixedClock
from companion.domain.event import Event, Origin
from companion.domain.plan import Plan, PlanHeader, PlanItem
from companion.domain.recurrence import Frequency, RecurrenceRule
from companion.services.session import Session

FIRST = datetime(2026, 10, 27, 18)  # a Tuesday; the clock says Saturday 21 November, 9:00
NOON = datetime(2026, 11, 21, 12)


@pytest.fixture
def opened(clock: FixedClock) -> Session:
    return session(clock)


def put(opened: Session, *events: Event) -> None:
    for each in events:
        opened.planner.add(each)


def found(opened: Session, typed: str) -> list[str]:
    return [
        f"{hit.occurrence.title} {hit.occurrence.start:%m-%d %H:%M}{'' if hit.ahead else ' past'}"
        for hit in opened.finder.find(typed).hits
    ]


def test_what_is_next_comes_first_then_what_is_past_the_latest_first(opened: Session) -> None:
    put(
        opened,
        event("Visit far", NOON + timedelta(days=300)),
        event("Visit last week", NOON - timedelta(days=7)),
        event("Visit weekly", FIRST, rule=TUESDAYS),
        event("Visit under way", datetime(2026, 11, 21, 8, 30)),
        event("Visit ended this morning", datetime(2026, 11, 21, 7)),
        event("Visit long ago", NOON - timedelta(days=300)),
        event("Visit series over", FIRST, rule=replace(TUESDAYS, count=2)),
        event("Dentist", NOON),
    )
    assert found(opened, "visit") == [
        "Visit under way 11-21 08:30",
        "Visit weekly 11-24 18:00",
        "Visit far 09-17 12:00",
        "Visit ended this morning 11-21 07:00 past",
        "Visit last week 11-14 12:00 past",
        "Visit series over 11-03 18:00 past",
        "Visit long ago 01-25 12:00 past",
    ]


def test_a_session_with_words_of_its_own_is_found_by_them(opened: Session) -> None:
    put(opened, event("Group", FIRST, rule=TUESDAYS, location="12 Mill St"))
    planner = opened.planner
    planner.change_one(planner.on(date(2026, 12, 8))[0], title="Graduation", notes="bring cake")
    planner.change_one(planner.on(date(2026, 11, 17))[0], notes="cake for Ana")
    (hit,) = opened.finder.find("graduation").hits
    assert (hit.occurrence.day, hit.occurrence.title, hit.alone) == (date(2026, 12, 8), "Graduation", True)
    assert hit.occurrence.key == planner.on(date(2026, 12, 8))[0].key
    assert found(opened, "cake") == ["Graduation 12-08 18:00"], "the next one that has the word"
    assert found(opened, "cake ana") == ["Group 11-17 18:00 past"]
    (whole,) = opened.finder.find("mill").hits
    assert (whole.occurrence.day, whole.alone) == (date(2026, 11, 24), False)


def test_a_series_that_was_split_is_one_line_still(opened: Session) -> None:
    put(opened, event("Group", FIRST, rule=TUESDAYS, location="Mill St"))
    planner = opened.planner
    third = planner.on(date(2026, 12, 8))[0]
    planner.change_later(third, replace(third.event, location="Oak Park"))
    assert len(planner.all_events()) == 2
    assert found(opened, "group") == ["Group 12-08 18:00"]
    assert found(opened, "oak") == ["Group 12-08 18:00"]
    assert found(opened, "mill") == ["Group 11-24 18:00"]
    assert opened.finder.find("group").total == 1


def test_one_that_was_taken_out_of_a_series_stands_beside_it(opened: Session) -> None:
    put(opened, replace(event("Group", FIRST, rule=TUESDAYS), uid="s"), event("Group", NOON, continues="s"))
    assert found(opened, "group") == ["Group 11-21 12:00", "Group 11-24 18:00"]


def test_a_cancelled_one_is_found_and_a_cancelled_session_passed_over(opened: Session) -> None:
    put(opened, event("Court", NOON + HOUR), event("Group", FIRST, rule=TUESDAYS))
    planner = opened.planner
    planner.cancel(planner.on(NOON.date())[0])
    planner.cancel(planner.on(date(2026, 11, 24))[0])
    (court,) = opened.finder.find("court").hits
    assert court.occurrence.cancelled and court.ahead
    assert found(opened, "group") == ["Group 12-01 18:00"]


def test_times_are_those_of_her_own_clock(opened: Session) -> None:
    put(
        opened,
        event("Call overseas", datetime(2026, 11, 21, 14, 30), zone="Europe/London"),  # 9:30 here
        event("Call ended", datetime(2026, 11, 21, 12), zone="Europe/London"),  # 7:00 to 8:00 here
    )
    assert found(opened, "call") == ["Call overseas 11-21 09:30", "Call ended 11-21 07:00 past"]


def test_an_edit_its_undo_and_its_redo_are_seen_at_once(opened: Session) -> None:
    put(opened, event("Group", FIRST, rule=TUESDAYS))
    assert found(opened, "group") == ["Group 11-24 18:00"]
    planner = opened.planner
    occurrence = planner.on(date(2026, 11, 24))[0]
    planner.move(occurrence, datetime(2026, 11, 22, 10))
    assert found(opened, "group") == ["Group 11-22 10:00"]
    planner.undo()
    assert found(opened, "group") == ["Group 11-24 18:00"]
    planner.redo()
    assert found(opened, "group") == ["Group 11-22 10:00"]
    planner.remove(planner.get(occurrence.event.uid) or occurrence.event)
    assert found(opened, "group") == ["Group 11-17 18:00 past"], "what has happened stays"
    planner.undo()
    assert found(opened, "group") == ["Group 11-22 10:00"]


def test_time_goes_on_between_two_searches(opened: Session, clock: FixedClock) -> None:
    put(opened, event("Group", FIRST, rule=TUESDAYS), event("Group visit", NOON))
    assert found(opened, "group") == ["Group visit 11-21 12:00", "Group 11-24 18:00"]
    clock.advance(timedelta(days=4))
    assert found(opened, "group") == ["Group 12-01 18:00", "Group visit 11-21 12:00 past"]


def test_what_a_plan_brings_is_found_and_what_it_takes_away_is_not(opened: Session) -> None:
    def plan(revision: int, *titles: str) -> Plan:
        items = (
            replace(event(t, NOON + timedelta(days=n)), uid=f"{t}@plan.example", origin=Origin("river", t, revision))
            for n, t in enumerate(titles)
        )
        return Plan(
            PlanHeader("river", revision, "America/New_York", title="River"),
            tuple(PlanItem(e.uid, (e,), 3) for e in items),
        )

    for revision, titles in ((1, ("Intake", "Group")), (2, ("Group", "Review"))):
        opened.intake.apply(opened.intake.preview_plan(plan(revision, *titles)))
    assert (found(opened, "intake"), len(found(opened, "review")), len(found(opened, "group"))) == ([], 1, 1)
    opened.planner.undo()
    assert (len(found(opened, "intake")), found(opened, "review")) == (1, [])


def test_of_many_the_first_are_given_and_all_are_counted(opened: Session) -> None:
    put(opened, *(event(f"Visit {n}", NOON + timedelta(days=n - 10)) for n in range(20)))
    put(opened, event("Visit weekly", FIRST, rule=TUESDAYS))
    few = opened.finder.find("visit", most=3)
    assert [hit.occurrence.title for hit in few.hits] == ["Visit 10", "Visit 11", "Visit 12"]
    assert few.total == 21
    whole = opened.finder.find("visit")
    assert (len(whole.hits), whole.total) == (21, 21)


def test_what_is_never_on_the_calendar_is_not_found(opened: Session) -> None:
    put(opened, event("Group", FIRST, rule=replace(TUESDAYS, count=1), skips=(FIRST,)))
    assert opened.finder.find("group").total == 0


def test_a_search_writes_nothing(opened: Session) -> None:
    put(opened, event("Group", FIRST, rule=TUESDAYS))
    before = opened.database.query("SELECT total_changes()"), opened.database.next_undo()
    for typed in ("group", "secret name", '"', ""):
        opened.finder.find(typed)
    assert (opened.database.query("SELECT total_changes()"), opened.database.next_undo()) == before


WORDS = ("group", "mill", "ana", "cake")


@st.composite
def calendars(draw: st.DrawFn) -> list[Event]:
    made = []
    for number in range(draw(st.integers(1, 6))):
        start = NOON + timedelta(hours=draw(st.integers(-900, 900)))
        rules = [None, RecurrenceRule(Frequency.DAILY, 3), RecurrenceRule(Frequency.WEEKLY, count=3)]
        said = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))
        made.append(
            replace(event(" ".join(said), start), uid=f"u{number}", rule=draw(st.sampled_from(rules)), notes=said[0])
        )
    return made


@settings(max_examples=40)
@given(calendars(), st.lists(st.sampled_from([*WORDS, "gr", "a", "mi"]), min_size=1, max_size=2), st.integers(1, 4))
def test_it_finds_what_looking_at_every_event_finds(events: list[Event], typed: list[str], most: int) -> None:
    opened = session(FixedClock(datetime(2026, 11, 21, 14, tzinfo=UTC)), child=False)
    put(opened, *events)

    def has(e: Event) -> bool:
        said = e.title.split()
        return all(word in said for word in typed[:-1]) and any(word.startswith(typed[-1]) for word in said)

    wanted = {e.uid for e in events if has(e)}
    everything = opened.finder.find(" ".join(typed), most=50)
    assert {hit.occurrence.event.uid for hit in everything.hits} == wanted
    few = opened.finder.find(" ".join(typed), most=most)
    assert (few.total, few.hits) == (len(wanted), everything.hits[:most])
    ahead = [hit.occurrence.start for hit in everything.hits if hit.ahead]
    past = [hit.occurrence.start for hit in everything.hits if not hit.ahead]
    assert [hit.ahead for hit in everything.hits] == [True] * len(ahead) + [False] * len(past)
    assert ahead == sorted(ahead)
    assert past == sorted(past, reverse=True)
