"""Which places are one house, and which kinds leave her time: what clashes rest on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from companion.domain.event import Event, Occurrence
from companion.domain.kinds import all_kinds, find_kind
from companion.domain.lanes import Lane, child_is_elsewhere, lane_of, leaves_time
from companion.domain.places import NO_WAY, UNKNOWN, house, spot

START = datetime(2026, 11, 24, 14)
EVENT = Event("u", "Group", START, timedelta(hours=1), "America/New_York", "group-therapy")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("12 Mill St, room 3", "12 Mill St, room 7", True),
        ("12 Mill St, room 3", " 12  mill st", True),
        ("Room 3, 12 Mill St", "12 Mill St, 2nd floor", True),
        ("Family Center, blue room", "Family Center", True),
        ("County court, room 2", "County clerk, window 4", False),
        ("12 Mill St", "90 Harbor Rd", False),
        ("Room 3", "Room 7", False),  # of the same house perhaps: nobody said
        ("St. Ann's, lower hall", "St. Ann's", True),
    ],
)
def test_rooms_of_one_house(one: str, other: str, same: bool) -> None:
    assert (house(one) == house(other)) is same


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({}, UNKNOWN),
        ({"location": "12 Mill St"}, "12 mill st"),
        ({"location": "At home"}, NO_WAY),
        ({"location": "by phone"}, NO_WAY),
        ({"online": "https://x.example"}, NO_WAY),
        ({"online": "https://x.example", "location": "12 Mill St"}, NO_WAY),
        ({"kind": "home-visit"}, NO_WAY),
        ({"kind": "peer-talk"}, NO_WAY),
        ({"kind": "peer-talk", "location": "Library, corner table"}, "library"),
        ({"location": ", ,"}, ", ,"),
    ],
)
def test_where_it_is(fields: dict[str, str], where: str) -> None:
    assert spot(Occurrence(replace(EVENT, **fields), START, START)) == where


def test_the_lanes_of_the_kinds() -> None:
    lanes = {each: lane_of(replace(EVENT, kind=each)) for each in all_kinds()}
    theirs = {each for each, lane in lanes.items() if lane is Lane.CHILDREN}
    assert theirs == {"child-care", "child-health", "child-school", "school-visit"}
    free = {each for each in all_kinds() if leaves_time(replace(EVENT, kind=each))}
    assert free == {"child-care", "child-school", "residential-stay"}
    assert {each for each in all_kinds() if child_is_elsewhere(replace(EVENT, kind=each))} == {
        "child-care",
        "child-school",
    }
    assert leaves_time(replace(EVENT, all_day=True))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("school day", "child-school"),
        ("Preschool", "child-school"),
        ("school", "education"),  # her own, as before
        ("school meeting", "school-visit"),
        ("Parent-teacher", "school-visit"),
        ("child visit", "child-health"),
    ],
)
def test_what_school_things_are_called(words: str, kind: str) -> None:
    found = find_kind(words)
    assert found is not None and found.id == kind
