"""What a filter shows, what there is to choose from, and what it is called."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.child import Child
from companion.domain.children_named import children_named
from companion.domain.event import Event, Occurrence
from companion.domain.showing import Choices, Showing, choices_of, concerns

NINE = datetime(2026, 11, 24, 9)


def event(title: str = "Group", kind: str = "group-therapy", child: str = "", provider: str = "") -> Event:
    return Event(title, title, NINE, timedelta(hours=1), "America/New_York", kind=kind, child=child, provider=provider)


def shows(showing: Showing, given: Event) -> bool:
    return showing.matches(Occurrence(given, given.start, given.end))


def only(kinds: str = "", children: str = "", providers: str = "") -> Showing:
    return Showing(*(frozenset(filter(None, each.split("|"))) for each in (kinds, children, providers)))


class TestMatches:
    def test_empty_sets_leave_nothing_out(self) -> None:
        assert Showing().everything
        assert shows(Showing(), event())
        assert not only(providers="Riverside").everything

    def test_within_a_group_any_will_do(self) -> None:
        showing = only("group-therapy|court")
        assert [shows(showing, event(kind=kind)) for kind in ("group-therapy", "court", "testing")] == [
            True,
            True,
            False,
        ]

    def test_groups_have_to_agree(self) -> None:
        showing = only("child-health", "M.", "Elm Clinic")
        there = event("Check-up", "child-health", "M.", "Elm Clinic")
        assert shows(showing, there)
        assert not shows(showing, event("Check-up", "child-health", "L.", "Elm Clinic"))
        assert not shows(showing, event("Check-up", "child-health", "M.", "Oak Clinic"))
        assert not shows(showing, event("Play", "family-time", "M.", "Elm Clinic"))

    def test_a_kind_of_another_version_is_other(self) -> None:
        assert shows(only("other"), event(kind="horse-riding"))

    def test_the_way_of_writing_a_service_makes_no_difference(self) -> None:
        assert shows(only(providers="riverside  Center"), event(provider="Riverside center"))
        assert not shows(only(providers="Riverside"), event())

    @pytest.mark.parametrize(
        ("given", "concerned"),
        [
            (event(child="M."), True),
            (event(child="m"), True),
            (event(child="L. and M."), True),
            (event(child="L."), False),
            (event("M.'s check-up", "child-health"), True),
            (event("School trip (M.)", "school-visit"), True),
            (event("Call at 9 a.m."), False),
            (event("Mill St."), False),
            (event("Day care", "child-care"), True),  # nobody in particular, so every child
            (event("Day care", "child-care", "L."), False),
            (event("Group"), False),
        ],
    )
    def test_what_concerns_a_child(self, given: Event, concerned: bool) -> None:
        assert concerns(given, "M.") is concerned
        assert shows(only(children="M."), given) is concerned

    def test_a_name_is_a_word_of_its_own(self) -> None:
        assert concerns(event("Leo: swimming"), "Leo")
        assert not concerns(event("Leopard zoo"), "Leo")
        assert not concerns(event("See Cleo"), "Leo")
        assert concerns(event("Ana-Maria (dentist)"), "ana-maria")
        assert not concerns(event("Anything"), ".*")

    @settings(max_examples=60)
    @given(
        st.lists(
            st.builds(
                event,
                st.sampled_from(["Group", "M. plays", "Leo"]),
                st.sampled_from(["group-therapy", "child-care", "court"]),
                st.sampled_from(["", "M.", "Leo"]),
                st.sampled_from(["", "Elm"]),
            )
        ),
        st.builds(
            Showing,
            st.frozensets(st.sampled_from(["group-therapy", "court"])),
            st.frozensets(st.sampled_from(["M.", "Leo"])),
            st.frozensets(st.just("elm")),
        ),
    )
    def test_of_many_as_one_by_one(self, events: list[Event], showing: Showing) -> None:
        occurrences = [Occurrence(each, each.start, each.end) for each in events for _ in range(2)]
        assert showing.of(occurrences) == [o for o in occurrences if showing.matches(o)]


def test_names_between_commas_and_ands() -> None:
    assert children_named("M., L. and Ana & Bo") == ["M.", "L.", "Ana", "Bo"]
    assert children_named(" , . and ") == []
    assert children_named("Andy") == ["Andy"]


class TestChoices:
    CHILDREN = (Child("mia", "M."), Child("leo", "Leo"))

    def test_what_is_in_use(self) -> None:
        found = choices_of(
            [
                event(provider="Riverside Center"),
                event(provider="riverside center"),
                event(kind="testing", provider="Elm"),
                event(kind="court", child="m and Bo"),
            ],
            self.CHILDREN,
        )
        assert found == Choices(("court", "group-therapy", "testing"), ("M.", "Leo", "Bo"), ("Elm", "Riverside Center"))

    def test_nothing(self) -> None:
        assert choices_of([]).nothing
        assert not choices_of([], self.CHILDREN).nothing

    def test_what_is_chosen_stays_to_be_seen(self) -> None:
        here = Choices(("court",), ("M.",), ("Elm",))
        assert here.with_those_of(only("testing|court", "m|Bo", "Oak")) == Choices(
            ("court", "testing"), ("M.", "Bo"), ("Elm", "Oak")
        )


@pytest.mark.parametrize(
    ("showing", "words"),
    [
        (Showing(), ""),
        (only("group-therapy"), "group therapy"),
        (only("group-therapy|court", "M."), "court and legal or group therapy, M."),
        (only("group-therapy|court|testing", "M.|Leo|Bo", "Elm"), "3 kinds, 3 children, Elm"),
        (only(providers="Elm|Oak|Ash"), "3 services"),
    ],
)
def test_words(showing: Showing, words: str) -> None:
    assert showing.words() == words
