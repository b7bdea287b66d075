"""Random series, edited at random by the functions of `series`: what they give is what dateutil and a pencil give.

Three hundred and more lines of arithmetic stand behind a window of occurrences; the judge here walks every rule from
its first day instead.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from series_kit import DAY, HIGH, HOUR, LOW, NOW, Edit, Given, by_hand, edits, nearest, serieses, thorough

from companion.domain import series
from companion.domain.event import Event
from companion.domain.expansion import occurrences
from companion.domain.series_move import carry_over
from companion.errors import RuleError

ONE_BY_ONE = ("cancel", "move", "put across", "skip", "restore", "rename", "longer")


def shown(event: Event, low: datetime = LOW, high: datetime = HIGH) -> list[Given]:
    """What `companion` gives, in the judge's words."""
    found = [(o.recurrence_id, o.start, o.end, o.title, o.status) for o in occurrences(event, low, high)]
    return sorted(found, key=repr)


def all_of(events: list[Event], give: object = shown) -> list[Given]:
    return sorted((each for event in events for each in give(event)), key=repr)  # type: ignore[operator]


def edited(event: Event, edit: Edit) -> Event:
    """One session of `event` changed; as it was where there is none."""
    there = by_hand(event)
    if not there:
        return event
    at, begins, *_ = nearest(there, edit.which, lambda each: each[1])
    start = begins + edit.days * DAY + edit.hours * HOUR
    match edit.act:
        case "cancel":
            return series.cancel_occurrence(event, at)
        case "move":
            return series.move_occurrence(event, at, start, edit.number * HOUR if edit.number else None)
        case "put across":  # begun before its turn, or put off
            hours = 1 + edit.which
            return series.move_occurrence(event, at, NOW + hours * (HOUR if begins < NOW else -HOUR))
        case "skip":
            return event if at is None else series.skip_occurrence(event, at)
        case "restore":
            return series.restore_occurrence(event, at)
        case "rename":
            return series.change_occurrence(event, at, title=("Group", "A", "B", "C")[edit.number])
        case _:
            return series.change_occurrence(event, at, duration=edit.number * HOUR)


@thorough
@given(serieses(single=True), edits(ONE_BY_ONE, 8), st.integers(-120, 390), st.sampled_from([1, 7, 42, 700]))
def test_occurrences_are_what_dateutil_and_a_pencil_give(
    event: Event, acts: list[Edit], first: int, length: int
) -> None:
    for act in acts:
        event = edited(event, act)
    assert shown(event) == by_hand(event) == by_hand(series.on_first(event))
    low = NOW + first * DAY
    assert shown(event, low, low + length * DAY) == by_hand(event, low, low + length * DAY)


@thorough
@given(serieses(), edits(ONE_BY_ONE), st.integers(0, 300))
def test_a_split_neither_loses_nor_adds_nor_changes_a_session(event: Event, acts: list[Edit], days: int) -> None:
    for act in acts:
        event = edited(event, act)
    before = by_hand(event)
    at = event.start + days * DAY
    try:
        sides = series.split_before(event, at, "later")
    except RuleError:
        sides = (event,)
    assert all_of(list(sides), by_hand) == all_of(list(sides)) == before
    for _, side in pairwise(sides):
        assert side.continues == event.uid != side.uid
        assert all(given[0] is not None and given[0] >= at for given in by_hand(side))


@thorough
@given(serieses(), edits(ONE_BY_ONE), edits(("all",), 3))
def test_a_change_of_all_keeps_what_has_begun_and_adds_nothing_to_it(
    event: Event, acts: list[Edit], changes: list[Edit]
) -> None:
    for act in acts:
        event = edited(event, act)
    for number, change in enumerate(changes):
        now = NOW + number * change.number * 7 * DAY
        before = [each for each in by_hand(event) if each[1] < now]
        title, start = f"Changed {number}", event.start + change.hours * HOUR
        changed = carry_over(event, replace(event, title=title, start=start, duration=change.number * HOUR))
        kept, changed = series.keep_past(event, changed, now, f"past {number}")
        after = [changed] if kept is None else [kept, changed]
        assert all_of(after) == all_of(after, by_hand)
        if before:  # where nothing has begun, the whole of it is put right
            assert [each for each in all_of(after, by_hand) if each[1] < now] == before
        assert kept is None or changed.continues == kept.uid
        alone = {override.recurrence_id for override in changed.overrides}
        assert {each[3] for each in by_hand(changed) if each[0] not in alone} <= {title}
        event = changed
