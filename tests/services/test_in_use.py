"""What a filter asks of the calendar: what is in use, and only what it shows."""

from __future__ import annotations

from datetime import date, datetime

from app_kit import TUESDAYS, event, session

from companion.domain.clock import Clock
from companion.domain.showing import Showing, choices_of


def test_a_filter_reads_what_it_shows_and_offers_what_is_there(clock: Clock) -> None:
    planner = session(clock).planner
    planner.add(event("Group", datetime(2026, 11, 24, 18), rule=TUESDAYS, provider="Elm"))
    planner.add(event("Court", datetime(2026, 12, 1, 9), kind="court"))
    planner.add(event("Call", datetime(2026, 12, 1, 12), kind="court", zone="Europe/Berlin"))
    first, until = date(2026, 11, 21), date(2026, 12, 5)
    everything = planner.between(first, until)
    for showing, titles in (
        (Showing(), ["Group", "Call", "Court", "Group"]),
        (Showing(kinds=frozenset({"court"})), ["Call", "Court"]),
        (Showing(providers=frozenset({"elm"})), ["Group", "Group"]),
        (Showing(children=frozenset({"M."})), []),
    ):
        found = planner.between(first, until, showing.takes)
        assert [occurrence.title for occurrence in found] == titles
        assert found == showing.of(everything)
    choices = choices_of(planner.in_use())
    assert (choices.kinds, choices.children, choices.providers) == (("court", "group-therapy"), (), ("Elm",))
