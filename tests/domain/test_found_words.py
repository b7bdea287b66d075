"""Where a word stands is said, where title and place don't show it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from conftest import NASTY
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.event import Childcare, Event, Logistics, Occurrence, Override, Ride
from companion.domain.found_words import reason

START = datetime(2026, 11, 24, 18)
NOTE = "Ask for the blue form at the desk.\nThen the zebra slip from last time, signed by both, and a copy of it"
EVENT = Event(
    "e",
    "Café group",
    START,
    timedelta(hours=1),
    "UTC",
    location="12 Mill St",
    provider="Dr. Rivera",
    contact="Ms. Ortiz",
    child="Anaïs",
    online="https://meet.example/x",
    discreet_title="Errand",
    notes=NOTE,
    logistics=Logistics(Childcare(True, "Grandma Jo"), Ride("bus 14", "Uncle Łukasz"), ("ID", "insurance card")),
)


def why(typed: str, override: Override | None = None) -> str:
    return reason(Occurrence(EVENT, START, START + EVENT.duration, START, override), typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("group", ""),
        ("CAFE", ""),
        ("mill caf", ""),
        ("rivera", "With: Dr. Rivera"),
        ("group ortiz", "With: Ms. Ortiz"),
        ("anais", "Child: Anaïs"),
        ("grand", "Childcare: Grandma Jo"),
        ("bus", "Ride: bus 14"),
        ("łukasz", "Ride: Uncle Łukasz"),
        ("insur", "Bring: insurance card"),
        ("ask", "Notes: Ask for the blue form at the desk. Then the …"),
        ("zebra", "Notes: … Then the zebra slip from last time, signed by …"),
        ("copy", "Notes: … both, and a copy of it"),
        ("meet", "Link: https://meet.example/x"),
        ("errand", "On a phone: Errand"),
        ("nothing", ""),
        ("...", ""),
    ],
)
def test_the_place_of_a_word_that_is_not_in_sight_is_told(typed: str, said: str) -> None:
    assert why(typed) == said


def test_one_session_is_told_by_its_own_words_first() -> None:
    own = Override(START, title="Picnic", notes="bring cake")
    assert why("cake", own) == "Notes: bring cake"
    assert why("picnic café", own) == "Part of: Café group"
    assert why("zebra", own) == ""


@given(st.text(max_size=30) | st.sampled_from(NASTY))
def test_anything_can_be_typed(typed: str) -> None:
    said = why(typed)
    assert "\n" not in said
    assert len(said) < 80
