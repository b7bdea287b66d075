"""What is still to arrange: what counts as a clash, as no time between, as open childcare, as an open ride."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.arranging import Home, Matter, What, arrange, whats
from companion.domain.arranging_words import matter_title, matter_words, notes_for, signs_of
from companion.domain.child import Child
from companion.domain.event import Childcare, Event, Logistics, Occurrence, Override, Ride, Status
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday

ZONE = "America/New_York"
DAY = datetime(2026, 11, 24)  # a Tuesday
NOW = datetime(2026, 11, 21, 9)
MIA = Child("mia", "M.", born=date(2026, 3, 2))
LEO = Child("leo", "Leo", born=date(2019, 6, 1))
AWAY = Child("ana", "Ana", born=date(2015, 6, 1), lives_here=False)
MILL, RIVER = "12 Mill St, room 3", "90 River Rd"
CARE = Logistics(Childcare(needed=True))


def at(hours: float, length: float = 1, *, title: str = "", day: datetime = DAY, **fields: Any) -> Occurrence:
    """From `hours` of the day on, so many hours long."""
    start = day + timedelta(hours=hours)
    title = title or f"At {hours:g}"
    event = Event(f"{title} {start}", title, start, timedelta(hours=length), ZONE, kind="group-therapy")
    event = replace(event, **fields)
    return Occurrence(event, start, start + event.duration)


def leaving(minutes: int | None = None, how: str = "", who: str = "") -> Logistics:
    return Logistics(ride=Ride(how, who, None if minutes is None else timedelta(minutes=minutes)))


def whole_day(**fields: Any) -> Occurrence:
    return at(0, 24, title="Whole day", all_day=True, **fields)


def found(*occurrences: Occurrence, home: Home = Home((MIA,)), now: datetime = NOW) -> list[tuple[str, str, str]]:
    """Each matter as (what, the earlier of two, the one it is about)."""
    return [
        (str(matter.what), matter.other.title if matter.other else "", matter.occurrence.title)
        for matter in arrange(occurrences, now, home)
    ]


class TestOverlap:
    BOTH = [("overlap", "At 14", "At 14.5")]

    @pytest.mark.parametrize(
        ("first", "second", "clash"),
        [
            (at(14), at(14.5), True),
            (at(14), at(14.5, kind="child-health"), True),  # she has to be there
            (at(14), at(14.5, kind="school-visit"), True),
            (at(14, kind="work-shift"), at(14.5), True),
            (at(14, kind="home-visit"), at(14.5, online="https://x.example"), True),
            (at(14), at(15), False),  # one after the other
            (at(14), at(14.5, kind="child-care"), False),
            (at(14), at(14.5, kind="child-school"), False),
            (at(14), at(14.5, kind="residential-stay"), False),
            (at(14, status=Status.CANCELLED), at(14.5), False),
            (at(14), at(14.5, status=Status.CANCELLED), False),
            (at(14), at(14.5, status=Status.TENTATIVE), True),
            (at(14, 0), at(14.5), False),
            (at(14, 1), at(14.5, 0), True),  # a moment in the midst of it: fetch Leo at half past two
            (at(14, 1), at(15, 0), False),
        ],
    )
    def test_where_she_has_to_be_at_both(self, first: Occurrence, second: Occurrence, clash: bool) -> None:
        same = "12 Mill St"
        pair = [replace(o, event=replace(o.event, location=same)) for o in (first, second)]
        whatever = {what for what, _, _ in found(*pair)} - {"childcare"}
        assert whatever == ({"overlap"} if clash else set())
        assert arrange(pair, NOW) == arrange(pair[::-1], NOW)

    def test_a_whole_day_without_an_hour_leaves_time(self) -> None:
        assert found(whole_day(), at(14)) == []

    def test_one_session_that_was_cancelled_or_moved_away(self) -> None:
        weekly = Event("w", "Class", DAY + timedelta(hours=14), timedelta(hours=1), ZONE)
        at_two = Occurrence(weekly, weekly.start, weekly.end, weekly.start)
        cancelled = replace(at_two, override=Override(weekly.start, status=Status.CANCELLED))
        moved = replace(at_two, start=at_two.start + timedelta(hours=3), end=at_two.end + timedelta(hours=3))
        assert found(at_two, at(14.5)) == [("overlap", "Class", "At 14.5")]
        assert found(cancelled, at(14.5)) == found(moved, at(14.5)) == []

    def test_each_is_told_once_with_the_one_that_goes_on_longest(self) -> None:
        assert found(at(9, 8, title="Work"), at(10), at(10.5), at(18)) == [
            ("overlap", "Work", "At 10"),
            ("overlap", "Work", "At 10.5"),
        ]

    def test_a_night_reaches_into_the_next_day(self) -> None:
        assert found(at(22, 8, title="Night"), at(5, day=DAY + timedelta(days=1))) == [("overlap", "Night", "At 5")]

    @pytest.mark.parametrize(("now", "told"), [(13.9, True), (14.4, True), (14.5, False), (20, False)])
    def test_only_until_the_second_begins(self, now: float, told: bool) -> None:
        assert bool(found(at(14), at(14.5), now=DAY + timedelta(hours=now))) is told


class TestNoTime:
    @pytest.mark.parametrize(
        ("first", "second", "told"),
        [
            # With a time to leave: it would be before the end of the first.
            (at(13, location=MILL), at(14.5, location=RIVER, logistics=leaving(40, "bus")), True),
            (at(13, location=MILL), at(14.75, location=RIVER, logistics=leaving(40, "bus")), False),
            (at(13, location=MILL), at(14.5, location="12 mill st, room 7", logistics=leaving(40, "bus")), False),
            (at(13, location="Room 7, 12 Mill St"), at(14, location=MILL, logistics=leaving(40, "bus")), False),
            (at(13, online="https://x.example"), at(14.5, location=RIVER, logistics=leaving(40, "bus")), True),
            (at(13), at(14.5, location=RIVER, logistics=leaving(40, "bus")), False),  # nobody said where
            # Without one: a quarter of an hour between two houses.
            (at(13, location=MILL), at(14, location=RIVER), True),
            (at(13, location=MILL), at(14.24, location=RIVER), True),
            (at(13, location=MILL), at(14.25, location=RIVER), False),
            (at(13, location=MILL), at(14, location="12  MILL st"), False),
            (at(13, location=MILL), at(14, online="https://x.example"), False),
            (at(13, location=MILL), at(14, location="At home"), False),
            (at(13, location="at home"), at(14, location=RIVER), False),
            (at(13, location=MILL), at(14, kind="peer-talk"), False),
            (at(13, location=MILL, kind="child-school"), at(14, location=RIVER), False),
            (at(13, location=MILL, status=Status.CANCELLED), at(14, location=RIVER), False),
        ],
    )
    def test_between_two_houses(self, first: Occurrence, second: Occurrence, told: bool) -> None:
        expected = [("no-time", first.title, second.title)] if told else []
        assert found(second, first) == expected

    def test_two_at_once_are_not_told_twice(self) -> None:
        assert found(at(13, location=MILL), at(13.5, location=RIVER, logistics=leaving(40, "bus"))) == [
            ("overlap", "At 13", "At 13.5")
        ]

    def test_the_place_that_one_session_was_moved_to_counts(self) -> None:
        second = at(14, location=MILL)
        elsewhere = replace(second, override=Override(second.start, location=RIVER))
        assert found(at(13, location=MILL), second) == []
        assert found(at(13, location=MILL), elsewhere) == [("no-time", "At 13", "At 14")]


class TestChildcare:
    def test_needed_until_somebody_said_yes(self) -> None:
        asked = Logistics(Childcare(True, "Aunt Kim", False))
        settled = Logistics(Childcare(True, "Grandma", True))
        assert found(at(14, logistics=CARE)) == found(at(14, logistics=asked)) == [("childcare", "", "At 14")]
        assert found(at(14, logistics=settled)) == found(at(14)) == []

    @pytest.mark.parametrize(
        ("children", "told"),
        [
            ((MIA,), True),
            ((MIA, AWAY), True),
            ((AWAY,), False),
            ((), False),
            (None, True),  # nothing is known: as the plan says
            ((Child("b", "Bump", due=date(2027, 2, 1)),), False),
            ((Child("b", "Bump", due=date(2026, 10, 1)),), True),  # long due: here by now
            ((Child("b", "Baby", born=date(2026, 12, 1)),), False),
            ((Child("g", "Grown", born=date(2008, 1, 1)),), False),
            ((Child("x", "X."),), True),  # of an age that nobody said
        ],
    )
    def test_only_if_a_child_lives_with_her(self, children: tuple[Child, ...] | None, told: bool) -> None:
        assert bool(found(at(14, logistics=CARE), home=Home(children))) is told

    @pytest.mark.parametrize(
        ("elsewhere", "told"),
        [
            ([at(8, 8, kind="child-care", child="M.")], False),
            ([at(8, 8, kind="child-care", child="m")], False),
            ([at(8, 8, kind="child-school", child="M.")], False),
            ([at(8, 8, kind="child-care")], False),  # her only child
            ([at(8, 8, kind="child-care", child="Leo")], True),
            ([at(8, 6.5, kind="child-care", child="M.")], True),  # until half past two
            ([at(8, 6, kind="child-school", child="M."), at(14, 3, kind="child-care", child="M.")], False),
            ([at(8, 6, kind="child-school", child="M."), at(14.25, 3, kind="child-care", child="M.")], True),
            ([at(8, 8, kind="child-care", child="M.", status=Status.CANCELLED)], True),
            ([whole_day(kind="child-care", child="M.")], False),
            ([at(8, 8, kind="child-health", child="M.")], True),  # there she is herself
        ],
    )
    def test_not_while_the_child_is_at_day_care_or_school(self, elsewhere: list[Occurrence], told: bool) -> None:
        matters = arrange([at(14, logistics=CARE), *elsewhere], NOW, Home((MIA, AWAY)))
        assert [m.what for m in matters if m.what is What.CHILDCARE] == [What.CHILDCARE] * told

    def test_of_two_children_the_one_who_is_at_home_is_named(self) -> None:
        home = Home((MIA, LEO))
        school = at(8, 7, kind="child-school", child="Leo")
        (matter,) = arrange([at(14, logistics=CARE), school], NOW, home)
        assert matter.children == ("M.",)
        assert matter_words(matter, NOW.date()) == ("M.: nobody yet",)
        both = at(8, 7, kind="child-care", child="M. and Leo")
        assert arrange([at(14, logistics=CARE), both], NOW, home) == []
        somebody = at(8, 7, kind="child-care")  # of two nobody knows who is meant
        (matter,) = arrange([at(14, logistics=CARE), somebody], NOW, home)
        assert matter.children == ()

    def test_what_has_begun_is_arranged(self) -> None:
        assert found(at(14, logistics=CARE), now=DAY + timedelta(hours=14)) == []
        assert found(whole_day(logistics=CARE), now=DAY + timedelta(hours=14)) == [("childcare", "", "Whole day")]


class TestRide:
    @pytest.mark.parametrize(
        ("occurrence", "told"),
        [
            (at(14, location=MILL, logistics=leaving(40)), True),
            (at(14, location=MILL, logistics=leaving(40, "bus 14")), False),
            (at(14, location=MILL, logistics=leaving(40, who="Aunt Kim")), False),
            (at(14, logistics=leaving(40)), False),  # where to?
            (at(14, location=MILL), False),
            (at(14, location="Home", logistics=leaving(40)), False),
            (at(14, online="https://x.example", location=MILL, logistics=leaving(40)), False),
            (at(14, location=MILL, logistics=leaving(40), status=Status.CANCELLED), False),
            (at(14, location=MILL, kind="child-care", logistics=leaving(40)), False),
            (at(14, location=MILL, kind="court"), False),  # she never writes down a ride
        ],
    )
    def test_where_a_time_to_leave_asks_for_one(self, occurrence: Occurrence, told: bool) -> None:
        assert [what for what, _, _ in found(occurrence)] == ["ride"] * told

    @pytest.mark.parametrize("kind", ["court", "medication-visit", "child-health", "testing", "family-time"])
    def test_where_she_arranges_rides_one_that_counts_is_asked_about(self, kind: str) -> None:
        home = Home((MIA,), rides=True)
        assert found(at(14, location=MILL, kind=kind), home=home) == [("ride", "", "At 14")]
        assert found(at(14, location=MILL, kind="support-group"), home=home) == []
        assert found(at(14, location=MILL, kind=kind, logistics=leaving(how="car")), home=home) == []

    def test_not_where_she_is_in_that_house_already(self) -> None:
        group = at(12, location=MILL, logistics=leaving(40, "bus"))
        visit = at(14, location="12 Mill St, room 1", kind="medication-visit")
        assert found(group, visit, home=Home((MIA,), rides=True)) == []


class TestFine:
    WORK, GROUP = at(9, 8, title="Work"), at(10, title="Group")

    def fine(self, *occurrences: Occurrence) -> Home:
        return Home((MIA,), fine=frozenset(matter.signature for matter in arrange(occurrences, NOW)))

    def test_what_is_fine_stays_out_in_other_weeks_too(self) -> None:
        home = self.fine(self.WORK, self.GROUP)
        week = timedelta(days=7)
        later = [replace(o, start=o.start + week, end=o.end + week) for o in (self.WORK, self.GROUP)]
        assert found(self.WORK, self.GROUP, home=home) == found(*later, home=home) == []

    def test_it_comes_back_once_one_is_moved(self) -> None:
        home = self.fine(self.WORK, self.GROUP)
        half = timedelta(minutes=30)
        moved = replace(self.GROUP, start=self.GROUP.start + half, end=self.GROUP.end + half)
        assert found(self.WORK, moved, home=home) == [("overlap", "Work", "Group")]

    def test_it_hides_nothing_else(self) -> None:
        visit = at(10.5, title="Visit")
        assert found(self.WORK, self.GROUP, visit, home=self.fine(self.WORK, self.GROUP)) == [
            ("overlap", "Work", "Visit")
        ]
        assert found(self.WORK, self.GROUP, visit, home=self.fine(self.WORK, self.GROUP, visit)) == [
            ("overlap", "Group", "Visit")
        ]


class TestWords:
    def test_both_that_overlap_have_a_sign(self) -> None:
        court = at(13.5, 1.5, title="Court", location=MILL)
        talk = at(14, title="Talk", location=RIVER, logistics=CARE)
        visit = at(15, title="Visit", location=MILL, logistics=leaving(20))
        assert signs_of([court, talk, visit], NOW, Home((MIA,))) == {
            court.key: ("overlaps 2:00 pm",),
            talk.key: ("overlaps 1:30 pm", "needs childcare"),
            visit.key: ("no time between", "no ride yet"),
        }
        assert signs_of([court, talk], NOW, hours24=True)[court.key] == ("overlaps 14:00",)
        assert list(signs_of([court, talk, visit], NOW, shown={visit.key})) == [visit.key]

    @pytest.mark.parametrize(
        ("occurrences", "title", "words"),
        [
            ([at(14, logistics=CARE)], "At 14", ("nobody yet",)),
            (
                [at(14, logistics=Logistics(Childcare(True, "Aunt Kim")))],
                "At 14",
                ("Aunt Kim is not sure yet",),
            ),
            (
                [at(14, location=MILL, logistics=leaving(40))],
                "At 14",
                ("no ride yet", "leave at 1:20 pm", MILL),
            ),
            ([at(14), at(14.5)], "At 14 and At 14.5", ("they overlap", "the first ends at 3:00 pm")),
            (
                [at(13, location=MILL), at(14.5, location=RIVER, logistics=leaving(40, "bus"))],
                "At 13 and At 14.5",
                ("no time between", "the first ends at 2:00 pm", "leave at 1:50 pm"),
            ),
        ],
    )
    def test_each_in_plain_words(self, occurrences: list[Occurrence], title: str, words: tuple[str, ...]) -> None:
        (matter,) = arrange(occurrences, NOW)
        assert (matter_title(matter), matter_words(matter, NOW.date())) == (title, words)


class TestNote:
    EVENT = at(14.5, title="New").event
    TUESDAYS = RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1),))

    def test_what_a_new_one_overlaps(self) -> None:
        talk = at(14, title="Counselling")
        assert notes_for([talk], self.EVENT, NOW, zone=ZONE) == "It overlaps Counselling, 2:00 pm."
        assert notes_for([talk], self.EVENT, NOW, zone=ZONE, hours24=True) == "It overlaps Counselling, 14:00."
        assert notes_for([at(10)], self.EVENT, NOW, zone=ZONE) == notes_for([], self.EVENT, NOW, zone=ZONE) == ""

    def test_it_does_not_overlap_itself(self) -> None:
        assert notes_for([Occurrence(self.EVENT, self.EVENT.start, self.EVENT.end)], self.EVENT, NOW) == ""

    def test_the_others_are_none_of_its_business(self) -> None:
        assert notes_for([at(9), at(9.5)], self.EVENT, NOW, zone=ZONE) == ""

    def test_a_series_names_the_day_and_counts_the_rest(self) -> None:
        series = replace(self.EVENT, rule=self.TUESDAYS)
        talks = [at(14, title="Counselling", day=DAY + timedelta(days=7 * week)) for week in range(3)]
        assert notes_for(talks, series, NOW, zone=ZONE) == "It overlaps Counselling, Tue, Nov 24, 2:00 pm, and 2 more."
        only = talks[1].day
        assert notes_for(talks, series, NOW, zone=ZONE, day=only) == "It overlaps Counselling, 2:00 pm."

    def test_no_time_to_get_there(self) -> None:
        event = replace(self.EVENT, location=RIVER)
        before, after = at(13.5, title="Group", location=MILL), at(15.5, title="Class", location=MILL)
        assert notes_for([before], event, NOW) == "There is no time to get there after Group, 1:30 pm."
        assert notes_for([after], event, NOW) == "There is no time to get from it to Class, 3:30 pm."

    def test_another_zone_is_counted_by_her_clock(self) -> None:
        chicago = replace(self.EVENT, start=DAY + timedelta(hours=13), zone="America/Chicago")  # 2 pm in New York
        assert notes_for([at(14.5, title="Talk")], chicago, NOW, zone=ZONE) == "It overlaps Talk, 2:30 pm."


# Properties

_SLOTS = st.integers(0, 4 * 48)  # quarters of an hour in two days
_KINDS = ["group-therapy", "child-health", "child-care", "child-school", "residential-stay", "court"]
_SOME = st.lists(
    st.builds(
        lambda slot, length, kind, gone, needs: at(
            slot / 4,
            length / 4,
            title=f"{slot}-{length}-{kind}",
            kind=kind,
            status=Status.CANCELLED if gone else Status.CONFIRMED,
            logistics=CARE if needs else Logistics(),
        ),
        _SLOTS,
        st.integers(0, 40),
        st.sampled_from(_KINDS),
        st.booleans(),
        st.booleans(),
    ),
    max_size=12,
    unique_by=lambda occurrence: occurrence.key,
)


def _clash(one: Occurrence, other: Occurrence) -> bool:
    taken = [o for o in (one, other) if not o.cancelled and o.event.kind in {"group-therapy", "child-health", "court"}]
    return len(taken) == 2 and one.start < other.end and other.start < one.end


@settings(max_examples=150)
@given(_SOME)
def test_a_sign_stands_on_each_that_overlaps_any_other(occurrences: list[Occurrence]) -> None:
    """Told by a single pass; worked out here by looking at every pair."""
    pairs = {o.key for o in occurrences if any(_clash(o, other) for other in occurrences if other is not o)}
    matters = [matter for matter in arrange(occurrences, NOW) if matter.what is What.OVERLAP]
    assert {key for key, signs in signs_of(occurrences, NOW).items() if "overlaps" in signs[0]} == pairs
    assert all(matter.other is not None and _clash(matter.occurrence, matter.other) for matter in matters)
    assert len(matters) < max(1, len(occurrences))
    assert bool(pairs) is bool(matters)


@settings(max_examples=100)
@given(_SOME, st.randoms(use_true_random=False))
def test_nothing_for_a_cancelled_one_and_the_order_given_does_not_matter(
    occurrences: list[Occurrence], chance: Any
) -> None:
    def told(given: list[Occurrence]) -> list[Matter]:
        return arrange(given, NOW, Home((MIA,)))

    matters = told(occurrences)
    assert not any(m.occurrence.cancelled or (m.other is not None and m.other.cancelled) for m in matters)
    assert matters == told([o for o in occurrences if not o.cancelled])
    shuffled = occurrences[:]
    chance.shuffle(shuffled)
    assert {(m.what, m.occurrence.key) for m in told(shuffled)} == {(m.what, m.occurrence.key) for m in matters}
    everything = whats(occurrences, NOW, Home((MIA,)), set(What))
    assert everything == {matter.what for matter in matters}


def test_two_thousand_take_no_time_to_speak_of() -> None:
    """All at once on a few days is the worst there is; twice as many take about twice as long."""
    many = [
        at(8 + n % 10, title=str(n), day=DAY + timedelta(days=n % 14), location=(MILL, RIVER)[n % 2], logistics=CARE)
        for n in range(2_000)
    ]
    school = [at(8, 6, title=f"S{n}", kind="child-school", child="M.", day=DAY + timedelta(days=n)) for n in range(14)]

    def milliseconds(occurrences: list[Occurrence], home: Home) -> float:
        begun = time.process_time()
        arrange(occurrences, NOW, home)
        return (time.process_time() - begun) * 1_000

    for home in (Home((MIA,)), Home((MIA,), fine=frozenset({"something"}))):
        whole = min(milliseconds(many + school, home) for _ in range(7))
        half = min(milliseconds(many[:1_000] + school, home) for _ in range(7))
        assert whole <= 30 * (1 + bool(home.fine)), home  # 9 and 12 where nothing else runs
        assert whole <= 3.5 * half, (half, whole)
