"""What is still to arrange in her profile, and the answers that settle it, each of them taken back by one undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from app_kit import HOUR, TUESDAYS, event, session

from companion.domain.arranging import Matter, What
from companion.domain.attendance import Mark
from companion.domain.child import Child
from companion.domain.clock import FixedClock
from companion.domain.event import Childcare, Event, Logistics, Ride
from companion.domain.milestone import Milestone, MilestoneKind
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday
from companion.domain.sessions import Session as Place
from companion.errors import InputError
from companion.services.session import Session

TUESDAY = datetime(2026, 11, 24, 14)
CARE = Logistics(Childcare(True, "Aunt Kim"))


@pytest.fixture
def opened() -> Session:
    """Saturday 21 November 2026, 9:00 am in New York; a daughter of eight months."""
    return session(FixedClock(datetime(2026, 11, 21, 14, 0, tzinfo=UTC)))


def told(opened: Session) -> list[tuple[str, str]]:
    return [(str(m.what), f"{m.occurrence.title} {m.day:%d}") for m in opened.arranger.matters()]


def first(opened: Session, what: What) -> Matter:
    return next(m for m in opened.arranger.matters() if m.what is what)


def test_it_looks_two_weeks_ahead(opened: Session) -> None:
    for days in (0, 13, 14):
        start = datetime(2026, 11, 21, 14) + timedelta(days=days)
        opened.planner.add(event("Visit", start, logistics=CARE))
    assert told(opened) == [("childcare", "Visit 21"), ("childcare", "Visit 04")]


def test_what_is_known_of_her_home_follows_what_is_stored(opened: Session) -> None:
    opened.planner.add(event("Court", TUESDAY, kind="court", location="Court", logistics=CARE))
    assert told(opened) == [("childcare", "Court 24")]
    assert opened.arranger.home() is opened.arranger.home()
    opened.planner.add(event("Group", TUESDAY + 2 * HOUR, logistics=Logistics(ride=Ride("bus 14"))))
    assert told(opened) == [("childcare", "Court 24"), ("ride", "Court 24")]
    opened.people.put_child(Child("mia", "M.", born=date(2026, 3, 2), lives_here=False))
    assert told(opened) == [("ride", "Court 24")]
    opened.planner.undo()
    assert ("childcare", "Court 24") in told(opened)


class TestCover:
    def test_one_session(self, opened: Session) -> None:
        opened.planner.add(event("Talk", TUESDAY, rule=TUESDAYS, logistics=CARE))
        assert told(opened) == [("childcare", "Talk 24"), ("childcare", "Talk 01")]
        opened.arranger.cover(first(opened, What.CHILDCARE).occurrence, " Aunt\x00 Kim ")
        assert told(opened) == [("childcare", "Talk 01")]
        (talk,) = opened.planner.on(TUESDAY.date())
        assert talk.logistics.childcare == Childcare(True, "Aunt Kim", True)
        assert opened.planner.undo() == "said who has the children during Talk on Tue, Nov 24"
        assert len(told(opened)) == 2

    def test_every_one_also_where_one_differs(self, opened: Session) -> None:
        opened.planner.add(event("Talk", TUESDAY, rule=TUESDAYS, logistics=CARE))
        week = timedelta(days=7)
        (second,) = opened.planner.on((TUESDAY + week).date())
        opened.planner.change_one(second, logistics=replace(CARE, bring=("ID",)))
        opened.arranger.cover(first(opened, What.CHILDCARE).occurrence, "Grandma", every=True)
        assert told(opened) == []
        (second,) = opened.planner.on((TUESDAY + week).date())
        assert second.logistics.bring == ("ID",)
        assert second.logistics.childcare.who == "Grandma"
        opened.planner.undo()
        assert len(told(opened)) == 2

    def test_who_has_said_yes_already_stays(self, opened: Session) -> None:
        opened.planner.add(event("Talk", TUESDAY, rule=TUESDAYS, logistics=CARE))
        matters = opened.arranger.matters()
        opened.arranger.cover(matters[1].occurrence, "Aunt Kim")
        opened.arranger.cover(matters[0].occurrence, "Grandma", every=True)
        who = [o.logistics.childcare.who for o in opened.planner.between(date(2026, 11, 24), date(2026, 12, 2))]
        assert who == ["Grandma", "Aunt Kim"]

    def test_nobody_is_needed(self, opened: Session) -> None:
        opened.planner.add(event("Talk", TUESDAY, logistics=replace(CARE, bring=("ID",))))
        opened.arranger.nobody_needed(first(opened, What.CHILDCARE).occurrence)
        (talk,) = opened.planner.on(TUESDAY.date())
        assert talk.logistics == Logistics(bring=("ID",))
        assert told(opened) == []

    def test_who_was_named_comes_first_then_who_most_often_has_them(self, opened: Session) -> None:
        for days, who in enumerate(["On site", "Grandma", "Grandma", "", "Neighbor"]):
            start = datetime(2026, 11, 10, 9) + timedelta(days=days)
            opened.planner.add(event("Group", start, logistics=Logistics(Childcare(True, who, True))))
        opened.planner.add(event("Talk", TUESDAY, logistics=CARE))
        talk = first(opened, What.CHILDCARE).occurrence
        assert opened.arranger.helpers(talk) == ["Aunt Kim", "Grandma", "Neighbor", "On site"]

    def test_one_that_is_gone_says_so(self, opened: Session) -> None:
        talk = opened.planner.add(event("Talk", TUESDAY, logistics=CARE))
        gone = first(opened, What.CHILDCARE).occurrence
        opened.planner.remove(talk)
        with pytest.raises(InputError, match="not on the calendar any more"):
            opened.arranger.cover(gone, "Grandma")


class TestRide:
    LATE = Logistics(ride=Ride(leave_by=timedelta(minutes=40)))

    def test_how_she_gets_there(self, opened: Session) -> None:
        opened.planner.add(event("Court", TUESDAY, location="County court", logistics=self.LATE))
        opened.arranger.ride(first(opened, What.RIDE).occurrence, "bus 9")
        (court,) = opened.planner.on(TUESDAY.date())
        assert court.logistics.ride == Ride("bus 9", "", timedelta(minutes=40))
        assert opened.planner.undo() == "said how you get to Court on Tue, Nov 24"
        with pytest.raises(InputError, match="Nothing is said yet"):
            opened.arranger.ride(court, "  ", "\u202e")

    def test_the_way_to_the_same_place_comes_first(self, opened: Session) -> None:
        for days, (place, ride) in enumerate([("Mill St", Ride("bus 14")), ("Mill St", Ride("bus 14"))]):
            opened.planner.add(
                event("Group", datetime(2026, 11, 10 + days, 9), location=place, logistics=Logistics(ride=ride))
            )
        kim = Logistics(ride=Ride("car", "Aunt Kim", timedelta(minutes=50)))
        opened.planner.add(event("Court", datetime(2026, 11, 13, 9), location="County court", logistics=kim))
        opened.planner.add(event("Court", TUESDAY, location="County court", logistics=self.LATE))
        court = first(opened, What.RIDE).occurrence
        assert opened.arranger.ways(court) == [Ride("car", "Aunt Kim"), Ride("bus 14")]


def test_what_is_fine_as_it_is_is_kept_and_can_be_taken_back(opened: Session) -> None:
    opened.planner.add(event("Work", TUESDAY - HOUR, duration=4 * HOUR, rule=TUESDAYS))
    opened.planner.add(event("Talk", TUESDAY, rule=TUESDAYS))
    assert told(opened) == [("overlap", "Talk 24"), ("overlap", "Talk 01")]
    opened.arranger.leave_as_it_is(first(opened, What.OVERLAP))
    assert told(opened) == []
    assert opened.arranger.signs(opened.planner.on(TUESDAY.date())) == {}
    assert opened.settings.zone == "America/New_York"
    assert opened.planner.undo() == "left Talk as it is"
    assert len(told(opened)) == 2


class TestNote:
    def test_a_single_one(self, opened: Session) -> None:
        opened.planner.add(event("Counselling", TUESDAY))
        added = opened.planner.add(event("Dentist", TUESDAY + HOUR / 2))
        assert opened.arranger.notes_for(added) == "It overlaps Counselling, 2:00 pm."
        assert opened.arranger.notes_for(event("Other", TUESDAY + 3 * HOUR)) == ""

    def test_a_series_that_began_long_ago_from_now_on(self, opened: Session) -> None:
        opened.planner.add(event("Counselling", TUESDAY - timedelta(days=70), rule=TUESDAYS))
        added = opened.planner.add(event("Class", TUESDAY - timedelta(days=21) + HOUR / 2, rule=TUESDAYS))
        assert opened.arranger.notes_for(added) == "It overlaps Counselling, Tue, Nov 24, 2:00 pm, and 4 more."

    def test_one_session_that_was_moved(self, opened: Session) -> None:
        opened.planner.add(event("Counselling", TUESDAY + timedelta(days=1)))
        group = opened.planner.add(event("Group", TUESDAY, rule=TUESDAYS))
        (session,) = opened.planner.on(TUESDAY.date())
        opened.planner.move(session, TUESDAY + timedelta(days=1, minutes=15))
        moved = opened.planner.get(group.uid)
        assert moved is not None
        at = TUESDAY + timedelta(days=1, minutes=15)
        assert opened.arranger.note_on("Group", at) == "It overlaps Counselling, 2:00 pm."
        assert opened.arranger.note_on("Group", at, series=True).startswith("It overlaps Counselling, Wed, Nov 25")
        assert opened.arranger.note_on("Other", at) == ""
        wednesday = date(2026, 11, 25)
        assert opened.arranger.notes_for(moved, wednesday) == "It overlaps Counselling, 2:00 pm."


class TestSessions:
    CLASS = replace(
        event("Class", datetime(2026, 11, 3, 17), kind="parenting-class"),
        rule=RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1),), count=3),
    )

    def marked(self, opened: Session, added: Event, *marks: Mark) -> None:
        held = [o for o in opened.planner.between(date(2026, 11, 1), date(2026, 12, 1)) if o.event.uid == added.uid]
        for occurrence, mark in zip(held, marks, strict=False):
            opened.planner.mark(occurrence, mark)

    def test_which_of_how_many(self, opened: Session) -> None:
        opened.planner.add(self.CLASS)
        found = opened.planner.between(date(2026, 11, 1), date(2026, 12, 1))
        assert [opened.arranger.session(o) for o in found] == [Place(1, 3), Place(2, 3), Place(3, 3)]

    def test_at_the_end_it_is_finished(self, opened: Session) -> None:
        added = opened.planner.add(self.CLASS)
        self.marked(opened, added, Mark.ATTENDED, Mark.MISSED, Mark.ATTENDED)
        *earlier, last = opened.planner.between(date(2026, 11, 1), date(2026, 11, 20))
        assert opened.arranger.finished(last) == Milestone(MilestoneKind.SERIES, 2, 3)
        assert [opened.arranger.finished(o) for o in earlier] == [None, None]
        single = opened.planner.add(event("Visit", datetime(2026, 11, 20, 9)))
        (visit,) = opened.planner.on(single.start.date())
        assert opened.arranger.finished(visit) is None
