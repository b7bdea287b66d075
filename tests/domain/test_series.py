"""Changes to one occurrence, to this and the later ones, and to all; what has happened stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.event import Childcare, Event, Logistics, Occurrence, Origin, Override, Status
from companion.domain.expansion import occurrences, session_count
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday
from companion.domain.series import (
    cancel_occurrence,
    change_occurrence,
    ended_before,
    keep_past,
    move_occurrence,
    restore_occurrence,
    skip_occurrence,
    split_before,
)
from companion.errors import RuleError

HOUR = timedelta(hours=1)
FIRST = datetime(2026, 11, 3, 18)  # a Tuesday
WEEKLY = RecurrenceRule(Frequency.WEEKLY)
ALWAYS = (datetime(2020, 1, 1), datetime(2028, 1, 1))


def nth(week: int) -> datetime:
    return FIRST + timedelta(weeks=week)


def group(rule: RecurrenceRule | None = WEEKLY, **more: object) -> Event:
    return replace(Event("u", "Group", FIRST, HOUR, "America/New_York", rule=rule), **more)  # type: ignore[arg-type]


def shown(event: Event) -> list[tuple[datetime | None, datetime, datetime, str, Status]]:
    return [(o.recurrence_id, o.start, o.end, o.title, o.status) for o in occurrences(event, *ALWAYS)]


def at(event: Event, recurrence_id: datetime | None) -> Occurrence:
    return next(o for o in occurrences(event, *ALWAYS) if o.recurrence_id == recurrence_id)


# --- one occurrence -------------------------------------------------------------------------------------------------


def test_a_cancelled_session_stays_to_be_seen_and_can_come_back() -> None:
    event = group()
    cancelled = cancel_occurrence(event, nth(2))

    assert at(cancelled, nth(2)).cancelled
    assert not at(cancelled, nth(3)).cancelled
    assert restore_occurrence(cancelled, nth(2)) == event


def test_a_session_moves_alone_and_moves_back() -> None:
    event = group()
    moved = move_occurrence(event, nth(1), nth(1) - 9 * HOUR, 2 * HOUR)

    found = at(moved, nth(1))
    assert (found.start, found.end) == (nth(1) - 9 * HOUR, nth(1) - 7 * HOUR)
    assert at(moved, nth(2)).start == nth(2)
    assert move_occurrence(moved, nth(1), nth(1), HOUR) == event


def test_moving_a_cancelled_or_skipped_session_lets_it_take_place() -> None:
    for event in (cancel_occurrence(group(), nth(1)), skip_occurrence(group(), nth(1))):
        found = at(move_occurrence(event, nth(1), nth(1) + HOUR), nth(1))
        assert (found.start, found.cancelled) == (nth(1) + HOUR, False)


def test_only_the_changed_fields_are_kept_apart() -> None:
    care = Logistics(childcare=Childcare(needed=True, who="Grandma"))
    event = change_occurrence(group(location="Room 3"), nth(1), title="Group, long", location="Room 3", logistics=care)
    event = change_occurrence(event, nth(1), notes="bring ID")

    assert event.overrides == (Override(nth(1), title="Group, long", logistics=care, notes="bring ID"),)
    assert at(replace(event, location="Room 5"), nth(1)).location == "Room 5"


def test_a_change_leaves_a_tentative_session_tentative() -> None:
    event = change_occurrence(group(status=Status.TENTATIVE), nth(1), title="Maybe")

    assert at(event, nth(1)).status is Status.TENTATIVE
    assert change_occurrence(event, nth(1), title="Group").overrides == ()


def test_a_skipped_session_is_gone_until_it_is_restored() -> None:
    event = skip_occurrence(cancel_occurrence(group(), nth(1)), nth(1))

    assert nth(1) not in [row[0] for row in shown(event)]
    assert event.overrides == ()
    assert restore_occurrence(event, nth(1)) == group()
    assert skip_occurrence(event, nth(0)).skips == (nth(0), nth(1))


def test_a_single_appointment_is_changed_itself() -> None:
    event = group(None)

    assert cancel_occurrence(event, None).status is Status.CANCELLED
    assert restore_occurrence(cancel_occurrence(event, None), None) == event
    assert move_occurrence(cancel_occurrence(event, None), None, nth(1), 2 * HOUR) == replace(
        event, start=nth(1), duration=2 * HOUR
    )
    assert change_occurrence(event, FIRST, title="Court").title == "Court"
    with pytest.raises(RuleError):
        skip_occurrence(event, FIRST)


@pytest.mark.parametrize("wrong", [None, nth(1) + HOUR, nth(1) + timedelta(days=1), nth(-1)])
def test_a_session_that_the_series_does_not_have_is_refused(wrong: datetime | None) -> None:
    for change in (cancel_occurrence, restore_occurrence, skip_occurrence):
        with pytest.raises(RuleError):
            change(group(), wrong)  # type: ignore[operator]


# --- this and later -------------------------------------------------------------------------------------------------


def test_a_split_ends_the_old_series_and_begins_a_new_one() -> None:
    event = group(
        replace(WEEKLY, count=10),
        skips=(nth(1), nth(6)),
        overrides=(
            Override(nth(2), title="Two"),
            Override(nth(5), start=nth(0) + HOUR),
            Override(nth(3), start=nth(9)),
        ),
        origin=Origin("plan", "group"),
    )

    earlier, later = split_before(event, nth(4), "new")

    assert (later.uid, later.start, later.continues, later.origin) == ("new", nth(4), "u", None)
    assert earlier.rule == replace(WEEKLY, until=datetime(2026, 11, 24, 23, 59, 59))
    assert later.rule == replace(WEEKLY, count=6)
    assert (earlier.skips, later.skips) == ((nth(1),), (nth(6),))
    assert [o.recurrence_id for o in earlier.overrides] == [nth(2), nth(3)]
    assert [o.recurrence_id for o in later.overrides] == [nth(5)]
    assert (earlier.uid, earlier.origin, earlier.sequence) == ("u", event.origin, event.sequence)
    assert sorted(shown(earlier) + shown(later)) == sorted(shown(event))


def test_what_was_history_stays_history_on_both_sides_of_a_split() -> None:
    event = group(since=nth(2))

    earlier, later = split_before(event, nth(4), "new")
    assert (earlier.since, later.since) == (nth(2), None)

    earlier, later = split_before(event, nth(1), "new")
    assert shown(earlier) == []
    assert later.since == nth(2)
    assert shown(later) == shown(event)


def test_a_split_between_sessions_begins_at_the_next_one() -> None:
    earlier, later = split_before(group(), nth(2) + HOUR, "new")

    assert later.start == nth(3)
    assert shown(earlier)[-1][0] == nth(2)


def test_a_split_on_the_day_of_a_session_ends_with_that_session() -> None:
    earlier, _ = split_before(group(RecurrenceRule(Frequency.DAILY)), FIRST + 3 * HOUR, "new")

    assert earlier.rule is not None
    assert earlier.rule.until == FIRST


def test_a_split_with_nothing_on_one_side_is_refused() -> None:
    for event, when in [
        (group(), FIRST),
        (group(), nth(-3)),
        (group(replace(WEEKLY, count=3)), nth(3)),
        (group(None), FIRST),
    ]:
        with pytest.raises(RuleError):
            split_before(event, when, "new")


RULES = st.sampled_from(
    [
        WEEKLY,
        RecurrenceRule(Frequency.DAILY, interval=3),
        RecurrenceRule(Frequency.WEEKLY, interval=2, by_day=(Weekday(1), Weekday(6)), week_start=6),
        RecurrenceRule(Frequency.MONTHLY),
        RecurrenceRule(Frequency.MONTHLY, interval=2, by_month_day=(3, 31)),
        RecurrenceRule(Frequency.MONTHLY, by_day=(Weekday(1, 1), Weekday(4, -1))),
        RecurrenceRule(Frequency.MONTHLY, by_day=(Weekday(1), Weekday(3)), by_set_pos=(1, -1)),
        RecurrenceRule(Frequency.YEARLY, by_month=(2, 11)),
        RecurrenceRule(Frequency.DAILY, interval=2, by_month=(1, 11, 12)),
    ]
)
ENDS = st.one_of(
    st.just({}),
    st.integers(1, 40).map(lambda count: {"count": count}),
    st.integers(0, 300).map(lambda days: {"until": FIRST + timedelta(days=days, hours=2)}),
)
MOMENTS = st.integers(-24, 24 * 300).map(lambda hours: FIRST + timedelta(hours=hours))


@st.composite
def edited(draw: st.DrawFn) -> Event:
    """A series some of whose sessions are skipped, moved, cancelled or renamed."""
    event = group(replace(draw(RULES), **draw(ENDS)))
    ids = [o.recurrence_id for o in occurrences(event, *ALWAYS)][:40]
    for recurrence_id in draw(st.lists(st.sampled_from(ids), max_size=4, unique=True)):
        assert recurrence_id is not None
        how = draw(st.sampled_from(["skip", "cancel", "move", "rename"]))
        if how == "skip":
            event = skip_occurrence(event, recurrence_id)
        elif how == "cancel":
            event = cancel_occurrence(event, recurrence_id)
        elif how == "move":
            event = move_occurrence(event, recurrence_id, draw(MOMENTS))
        else:
            event = change_occurrence(event, recurrence_id, title="Other")
    return event


@settings(max_examples=80)
@given(edited(), MOMENTS)
def test_the_two_sides_of_a_split_show_what_the_series_showed(event: Event, when: datetime) -> None:
    try:
        earlier, later = split_before(event, when, "new")
    except RuleError:
        return

    assert sorted(shown(earlier) + shown(later)) == sorted(shown(event))
    assert earlier.rule is not None
    assert earlier.rule.until is not None
    assert earlier.rule.until < when <= later.start
    counts = session_count(earlier), session_count(later)
    whole = session_count(event)
    assert whole is None or whole == sum(count or 0 for count in counts)


def test_a_series_can_be_ended_before_its_first_session() -> None:
    rule = ended_before(WEEKLY, FIRST, nth(0))

    assert shown(group(rule)) == []


# --- all of it, but the past ---------------------------------------------------------------------------------------

NOW = nth(3) + timedelta(days=1)


def test_a_change_of_all_leaves_what_has_happened() -> None:
    event = group(origin=Origin("plan", "group"), skips=(nth(1),))
    changed = replace(event, title="Evening group", start=FIRST + HOUR, skips=(nth(1) + HOUR,))

    past, new = keep_past(event, changed, NOW, "past")

    assert past is not None
    assert (past.uid, past.origin, past.continues) == ("past", None, "")
    assert (new.uid, new.since, new.continues, new.origin) == ("u", NOW, "past", event.origin)
    assert [row[1:4] for row in shown(past)] == [(nth(n), nth(n) + HOUR, "Group") for n in (0, 2, 3)]
    assert shown(new)[0][1:4] == (nth(4) + HOUR, nth(4) + 2 * HOUR, "Evening group")
    assert new.sequence == event.sequence


@pytest.mark.parametrize(
    ("event", "changed"),
    [
        (group(), group(location="Room 5")),
        (group(), group(replace(WEEKLY, count=9))),
        (group(), move_occurrence(group(), nth(7), nth(7) + HOUR)),
        (replace(group(), start=nth(5)), replace(group(), start=nth(1))),  # nothing has begun yet
        (group(None), replace(group(None), start=FIRST + HOUR)),  # a correction of a single appointment
    ],
)
def test_where_the_past_stays_the_same_by_itself_nothing_is_split(event: Event, changed: Event) -> None:
    assert keep_past(event, changed, NOW, "past") == (None, changed)


@pytest.mark.parametrize(
    "changed",
    [
        group(title="Other"),
        replace(group(), duration=2 * HOUR),
        replace(group(), start=nth(5)),
        replace(group(), start=nth(-2)),  # sessions that never were
        group(RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1), Weekday(3)))),
        group(replace(WEEKLY, count=2)),
        group(status=Status.CANCELLED),
        group(None),
        replace(group(), zone="America/Chicago"),
    ],
)
def test_no_change_of_all_rewrites_the_past(changed: Event) -> None:
    before = [row for row in shown(group()) if row[1] < NOW]

    past, new = keep_past(group(), changed, NOW, "past")

    assert past is not None
    assert shown(past) == before
    assert all(row[0] is None or row[0] >= NOW - HOUR for row in shown(new))


def test_a_session_under_way_belongs_to_the_past() -> None:
    past, new = keep_past(group(), group(title="Other"), nth(2) + timedelta(minutes=10), "past")

    assert past is not None
    assert shown(past)[-1][0] == nth(2)
    assert shown(new)[0][0] == nth(3)


def test_a_session_moved_over_the_present_is_neither_lost_nor_doubled() -> None:
    event = move_occurrence(move_occurrence(group(), nth(1), nth(8) + HOUR), nth(6), nth(2) + HOUR)

    past, new = keep_past(event, replace(event, title="Other"), NOW, "past")

    assert past is not None
    assert [row[0] for row in shown(past)] == [nth(0), nth(2), nth(6), nth(3), nth(1)]
    assert [row[0] for row in shown(new)][:3] == [nth(4), nth(5), nth(7)]


def test_an_aware_now_is_read_in_the_zone_of_each() -> None:
    changed = replace(group(title="Other"), zone="America/Chicago")
    now = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # 18:30 in New York, 17:30 in Chicago

    past, new = keep_past(group(), changed, now, "past")

    assert past is not None
    assert shown(past)[-1][0] == nth(3)
    assert new.since == datetime(2026, 11, 24, 17, 30)
    naive_past, naive_new = keep_past(group(), changed, datetime(2026, 11, 24, 18, 30), "past")
    assert (naive_past, naive_new) == (past, new)


def test_a_plan_keeps_single_appointments_of_the_past_too() -> None:
    event = group(None)

    past, new = keep_past(event, replace(event, start=nth(9)), NOW, "past", singles=True)

    assert past == replace(event, uid="past")
    assert [row[1] for row in shown(new)] == [nth(9)]


def test_a_second_change_keeps_the_first_one_s_past() -> None:
    oldest, event = keep_past(group(), group(title="B"), nth(2), "p1")
    older, event = keep_past(event, replace(event, title="C"), nth(4), "p2")

    assert oldest is not None
    assert older is not None
    titles = [row[3] for part in (oldest, older, event) for row in shown(part)][:6]
    assert titles == ["Group", "Group", "B", "B", "C", "C"]
    assert (older.since, older.continues, event.continues) == (nth(2), "p1", "p2")


@settings(max_examples=80)
@given(edited(), RULES | st.none(), MOMENTS, st.sampled_from([-30, 0, 1, 40]))
def test_the_past_is_shown_once_and_as_it_was(
    event: Event, rule: RecurrenceRule | None, now: datetime, days: int
) -> None:
    if rule is None:
        changed = replace(event, title="New")
    else:
        start = event.start + timedelta(days=days)
        changed = replace(event, title="New", rule=rule, start=start, overrides=(), skips=())

    past, new = keep_past(event, changed, now, "past")

    before = [row for row in shown(event) if row[1] < now]
    if past is None:
        assert not before or [row for row in shown(new) if row[1] < now] == before
        return
    assert [row for row in shown(past) if row[1] < now] == before
    assert not [row for row in shown(new) if row[1] < now]
