"""The occurrences in a window, held against dateutil walking from the first day and recurring-ical-events."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from dateutil import rrule as dateutil_rules
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from companion.domain import expansion
from companion.domain.event import Event, Occurrence, Override, Status
from companion.domain.expansion import last_start, occurrences, session_count, session_number, starts
from companion.domain.patterns import pattern
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday, check, with_end
from companion.domain.rrule_text import parse_rrule
from companion.errors import RuleError

NEW_YORK = "America/New_York"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LAST = datetime(2100, 12, 31, 23, 59, 59)
FAR = datetime(9999, 12, 31)


def series(rule: RecurrenceRule | None, start: datetime, duration: timedelta = HOUR, **more: object) -> Event:
    return Event("u", "Group", start, duration, NEW_YORK, rule=rule, **more)  # type: ignore[arg-type]


def weekly(*days: int, **more: object) -> RecurrenceRule:
    return RecurrenceRule(Frequency.WEEKLY, by_day=tuple(Weekday(day) for day in days), **more)  # type: ignore[arg-type]


def begins(found: list[Occurrence]) -> list[datetime]:
    return [occurrence.start for occurrence in found]


# --- dateutil, walking from the first day, is the judge -------------------------------------------------------------


LATER = timedelta(days=19 * 146_097)  # the calendar repeats every 400 years, and dateutil stops only in 9999


def walked(rule: RecurrenceRule, first: datetime, low: datetime, high: datetime) -> list[datetime]:
    """What dateutil gives in [low, high), walking from the first day."""
    last = min(high - datetime.resolution, rule.until or LAST, LAST)
    walk = dateutil_rules.rrule(
        getattr(dateutil_rules, rule.frequency.name),
        dtstart=first + LATER,
        interval=rule.interval,
        wkst=rule.week_start,
        byweekday=[dateutil_rules.weekday(day.day, day.nth or None) for day in rule.by_day] or None,
        bymonth=rule.by_month or None,
        bymonthday=rule.by_month_day or None,
        bysetpos=rule.by_set_pos or None,
        until=last + LATER,
    )
    return [moment - LATER for moment in islice(walk, rule.count) if low <= moment - LATER < high]


day_sets = st.lists(st.integers(0, 6), max_size=4, unique=True)
month_sets = st.lists(st.integers(1, 12), max_size=4, unique=True).map(tuple)
dates = st.lists(st.sampled_from([1, 2, 13, 15, 28, 29, 30, 31, -1, -2, -28, -29, -31]), max_size=3, unique=True)


@st.composite
def rules(draw: st.DrawFn) -> RecurrenceRule:
    frequency = draw(st.sampled_from(Frequency))
    plain = tuple(Weekday(day) for day in draw(day_sets))
    numbered = draw(
        st.lists(st.builds(Weekday, st.integers(0, 6), st.sampled_from([1, 2, 3, 4, 5, -1, -2, -4, -5])), max_size=3)
    )
    monthly = frequency in (Frequency.MONTHLY, Frequency.YEARLY)
    by_day = draw(st.sampled_from([(), plain, tuple(numbered)])) if monthly else plain
    by_month_day = tuple(draw(dates)) if monthly else ()
    by_month = draw(st.one_of(st.just(()), month_sets))
    positions: tuple[int, ...] = ()
    if monthly and (by_day or by_month_day or by_month):
        positions = tuple(draw(st.one_of(st.just([]), st.lists(st.sampled_from([1, 2, 3, -1, -2]), max_size=2))))
    return RecurrenceRule(
        frequency,
        interval=draw(st.one_of(st.integers(1, 4), st.integers(1, 40))),
        by_day=by_day,
        by_month_day=by_month_day,
        by_month=by_month,
        by_set_pos=positions,
        week_start=draw(st.sampled_from([0, 6, 2])),
    )


@st.composite
def first_starts(draw: st.DrawFn) -> datetime:
    special = [date(2024, 2, 29), date(2023, 12, 31), date(2024, 1, 31), date(2023, 10, 30), date(2026, 3, 8)]
    day = draw(st.one_of(st.dates(date(2014, 1, 1), date(2030, 12, 31)), st.sampled_from(special)))
    minutes = draw(st.sampled_from([0, 9 * 60, 18 * 60 + 30, 23 * 60 + 59]))
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)


@st.composite
def ended(draw: st.DrawFn) -> tuple[RecurrenceRule, datetime]:
    rule, first = draw(rules()), draw(first_starts())
    end = draw(st.sampled_from(["endless", "count", "until"]))
    if end == "count":
        rule = replace(rule, count=draw(st.one_of(st.integers(1, 12), st.integers(1, 700))))
    elif end == "until":
        rule = replace(rule, until=first + timedelta(hours=draw(st.integers(-50, 24 * 4000))))
    return rule, first


windows = st.tuples(st.integers(-24 * 400, 24 * 5000), st.sampled_from([1, 42 * 24, 42 * 24, 400 * 24]))


@settings(max_examples=160)
@given(ended(), windows)
def test_the_window_shows_what_a_walk_from_the_first_day_gives(
    case: tuple[RecurrenceRule, datetime], window: tuple[int, int]
) -> None:
    rule, first = case
    low = first + timedelta(hours=window[0])
    high = low + timedelta(hours=window[1])

    assert starts(rule, first, low, high) == walked(rule, first, low, high)


@st.composite
def rare_rules(draw: st.DrawFn) -> RecurrenceRule:
    """The rules that are left to dateutil: limited to months, or weekdays counted through the year."""
    frequency = draw(st.sampled_from([Frequency.DAILY, Frequency.WEEKLY, Frequency.YEARLY]))
    days = tuple(Weekday(day) for day in draw(st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True)))
    months = draw(st.lists(st.integers(1, 12), min_size=1, max_size=9, unique=True).map(tuple))
    rule = RecurrenceRule(frequency, interval=draw(st.integers(1, 9)), week_start=draw(st.sampled_from([0, 3, 6])))
    if frequency is Frequency.YEARLY:
        nth = draw(st.sampled_from([0, 1, 20, 53, -1, -53]))
        return replace(rule, by_day=tuple(Weekday(day.day, nth) for day in days))
    return replace(rule, by_day=draw(st.sampled_from([(), days])), by_month=months)


@settings(max_examples=100)
@given(rare_rules(), first_starts(), st.integers(0, 3000), st.sampled_from([None, 1, 30]))
def test_rare_rules_skip_ahead_in_step_with_their_start(
    rule: RecurrenceRule, first: datetime, days: int, count: int | None
) -> None:
    rule = replace(rule, count=count)
    low = first + timedelta(days=days)
    high = low + timedelta(days=500)

    assert starts(rule, first, low, high) == walked(rule, first, low, high)


@settings(max_examples=100)
@given(ended(), windows, st.sampled_from([timedelta(0), HOUR, 26 * HOUR, 9 * DAY]))
def test_an_occurrence_is_shown_where_any_of_it_lies_in_the_window(
    case: tuple[RecurrenceRule, datetime], window: tuple[int, int], duration: timedelta
) -> None:
    rule, first = case
    low = first + timedelta(hours=window[0])
    high = low + timedelta(hours=window[1])
    walk = walked(rule, first, datetime(2000, 1, 1), high)
    expected = [at for at in walk if at < high and (at + duration > low or at >= low)]

    found = occurrences(series(rule, first, duration), low, high)

    assert begins(found) == expected
    assert all(o.end - o.start == duration and o.recurrence_id == o.start for o in found)


@settings(max_examples=100)
@given(ended(), st.data())
def test_days_are_counted_without_walking_as_a_walk_counts_them(
    case: tuple[RecurrenceRule, datetime], data: st.DataObject
) -> None:
    rule, first = replace(case[0], count=None, until=None), case[1]
    walk = walked(rule, first, first, datetime(2036, 1, 1))
    days = pattern(rule, first.toordinal())
    horizon = date(2036, 1, 1).toordinal()

    index = data.draw(st.integers(0, len(walk)))
    nth = days.nth(index)
    if index < len(walk):
        assert nth == walk[index].toordinal()
    else:
        assert nth is None or nth >= horizon

    day = data.draw(st.integers(first.toordinal() - 40, horizon - 1))
    assert days.before(day) == sum(1 for moment in walk if moment.toordinal() < day)


@settings(max_examples=80)
@given(ended())
def test_the_last_start_is_the_last_one_walked_to(case: tuple[RecurrenceRule, datetime]) -> None:
    rule, first = case
    last = last_start(series(rule, first))
    if rule.count is None and rule.until is None:
        assert last is None
        return
    assert last is not None
    walk = walked(rule, first, first, datetime(2101, 1, 1))
    assert last == (walk[-1] if walk else first)


@settings(max_examples=100)
@given(ended())
def test_a_count_worked_out_into_an_end_gives_the_same_days(case: tuple[RecurrenceRule, datetime]) -> None:
    rule, first = case
    plain = with_end(rule, first)
    assert plain.count is None
    if rule.count is None:
        assert plain == rule
    high = datetime(2045, 1, 1)
    if walked(rule, first, first, high):
        assert starts(plain, first, first, high) == starts(rule, first, first, high)


# --- recurring-ical-events reads the same file --------------------------------------------------------------------


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//t//t//EN
{events}
END:VCALENDAR
"""


def oracle(vevents: str, low: date, high: date) -> list[tuple[datetime, datetime, str]]:
    text = CALENDAR.format(events=vevents.strip()).replace("\n", "\r\n")
    found = recurring_ical_events.of(Calendar.from_ical(text.encode())).between(low, high)
    rows = [(e["DTSTART"].dt, e["DTEND"].dt, str(e["SUMMARY"]), str(e.get("STATUS", "CONFIRMED"))) for e in found]
    return sorted(
        (start.replace(tzinfo=None), end.replace(tzinfo=None), f"{what} {how}") for start, end, what, how in rows
    )


def ours(event: Event, low: date, high: date) -> list[tuple[datetime, datetime, str]]:
    window = datetime.combine(low, datetime.min.time()), datetime.combine(high, datetime.min.time())
    return sorted((o.start, o.end, f"{o.title} {o.status.name}") for o in occurrences(event, *window))


def vevent(body: str) -> str:
    return f"BEGIN:VEVENT\nUID:u\nDTSTAMP:20260101T000000Z\n{body.strip()}\nEND:VEVENT"


@pytest.mark.parametrize("clock_change", [date(2026, 3, 8), date(2026, 11, 1)])
def test_six_in_the_evening_stays_six_over_both_clock_changes(clock_change: date) -> None:
    start = datetime(2025, 11, 4, 18)
    text = "FREQ=WEEKLY;BYDAY=TU,SU"
    event = series(parse_rrule(text, start, NEW_YORK, False), start)
    master = vevent(
        f"SUMMARY:Group\nDTSTART;TZID={NEW_YORK}:20251104T180000\nDTEND;TZID={NEW_YORK}:20251104T190000\nRRULE:{text}"
    )
    low, high = clock_change - 15 * DAY, clock_change + 15 * DAY

    assert ours(event, low, high) == oracle(master, low, high)
    instants = [
        o.start_instant.astimezone(UTC).hour for o in occurrences(event, datetime(2026, 1, 1), datetime(2027, 1, 1))
    ]
    assert set(instants) == {22, 23}


def test_moved_cancelled_and_skipped_sessions_as_another_reader_sees_them() -> None:
    start = datetime(2026, 10, 20, 18)
    text = "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270402T035959Z"
    event = series(
        parse_rrule(text, start, NEW_YORK, False),
        start,
        timedelta(minutes=90),
        skips=(datetime(2026, 11, 26, 18), datetime(2026, 12, 31, 18)),
        overrides=(
            Override(datetime(2026, 12, 24, 18), start=datetime(2026, 12, 23, 16), title="Group (moved)"),
            Override(datetime(2026, 11, 3, 18), start=datetime(2026, 11, 30, 9), duration=3 * HOUR),
            Override(datetime(2026, 12, 1, 18), status=Status.CANCELLED),
        ),
    )
    zone = f";TZID={NEW_YORK}:"
    vevents = "\n".join(
        [
            vevent(
                f"SUMMARY:Group\nDTSTART{zone}20261020T180000\nDTEND{zone}20261020T193000\nRRULE:{text}\n"
                f"EXDATE{zone}20261126T180000,20261231T180000"
            ),
            vevent(
                f"SUMMARY:Group (moved)\nRECURRENCE-ID{zone}20261224T180000\n"
                f"DTSTART{zone}20261223T160000\nDTEND{zone}20261223T173000"
            ),
            vevent(
                f"SUMMARY:Group\nRECURRENCE-ID{zone}20261103T180000\nDTSTART{zone}20261130T090000\nDTEND{zone}20261130T120000"
            ),
            vevent(
                f"SUMMARY:Group\nSTATUS:CANCELLED\nRECURRENCE-ID{zone}20261201T180000\n"
                f"DTSTART{zone}20261201T180000\nDTEND{zone}20261201T193000"
            ),
        ]
    )
    for low, high in [
        (date(2026, 10, 1), date(2027, 5, 1)),
        (date(2026, 11, 1), date(2026, 11, 8)),
        (date(2026, 11, 30), date(2026, 12, 2)),
        (date(2026, 12, 23), date(2026, 12, 24)),
        (date(2026, 12, 24), date(2026, 12, 25)),
    ]:
        assert ours(event, low, high) == oracle(vevents, low, high)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=MONTHLY;BYDAY=1TU,3TU;COUNT=17",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
        "FREQ=DAILY;INTERVAL=3;BYMONTH=1,7",
    ],
)
def test_other_rules_as_another_reader_sees_them(text: str) -> None:
    rule = parse_rrule(text, datetime(2026, 1, 1, 9), NEW_YORK, False)
    start = starts(replace(rule, count=None), datetime(2026, 1, 1, 9), datetime(2026, 1, 1), datetime(2027, 1, 1))[0]
    stamp = start.strftime("%Y%m%dT%H%M%S")
    master = vevent(
        f"SUMMARY:Group\nDTSTART;TZID={NEW_YORK}:{stamp}\nDTEND;TZID={NEW_YORK}:{stamp[:9]}100000\nRRULE:{text}"
    )
    low, high = date(2026, 1, 1), date(2029, 6, 1)

    assert ours(series(parse_rrule(text, start, NEW_YORK, False), start), low, high) == oracle(master, low, high)


# --- what a person expects -----------------------------------------------------------------------------------------


def test_a_single_appointment_has_no_recurrence_id_and_is_where_any_of_it_is() -> None:
    event = series(None, datetime(2026, 11, 21, 23), 2 * HOUR)

    (found,) = occurrences(event, datetime(2026, 11, 22), datetime(2026, 11, 23))

    assert (found.start, found.end, found.recurrence_id) == (event.start, datetime(2026, 11, 22, 1), None)
    assert occurrences(event, datetime(2026, 11, 22, 1), datetime(2026, 11, 23)) == []
    assert occurrences(event, datetime(2026, 11, 20), datetime(2026, 11, 21, 23)) == []


def test_one_without_length_is_there_only_where_it_starts() -> None:
    event = series(weekly(1), datetime(2026, 11, 3, 18), timedelta(0))

    assert begins(occurrences(event, datetime(2026, 11, 10, 18), datetime(2026, 11, 11))) == [
        datetime(2026, 11, 10, 18)
    ]
    assert occurrences(event, datetime(2026, 11, 10), datetime(2026, 11, 10, 18)) == []
    single = series(None, datetime(2026, 11, 3, 18), timedelta(0))
    assert begins(occurrences(single, single.start, single.start + HOUR)) == [single.start]


def test_of_two_overrides_of_one_session_the_first_counts() -> None:
    at = datetime(2026, 11, 10, 18)
    event = series(
        weekly(1), datetime(2026, 11, 3, 18), overrides=(Override(at, title="one"), Override(at, title="two"))
    )

    (found,) = occurrences(event, at, at + HOUR)

    assert found.title == "one"
    assert found.override == event.override_at(at)


def test_a_stay_that_began_before_the_window_is_shown() -> None:
    event = series(RecurrenceRule(Frequency.MONTHLY), datetime(2026, 1, 10), 20 * DAY, all_day=True)

    assert begins(occurrences(event, datetime(2026, 6, 29), datetime(2026, 6, 30))) == [datetime(2026, 6, 10)]
    assert occurrences(event, datetime(2026, 6, 30), datetime(2026, 7, 10)) == []


def test_an_empty_or_backward_window_shows_nothing() -> None:
    event = series(RecurrenceRule(Frequency.DAILY), datetime(2026, 1, 1, 9))

    assert occurrences(event, datetime(2026, 2, 1, 9), datetime(2026, 2, 1, 9)) == []
    assert occurrences(event, datetime(2026, 2, 2), datetime(2026, 2, 1)) == []


def test_the_longest_window_there_is_ends_with_2100() -> None:
    event = series(RecurrenceRule(Frequency.YEARLY, interval=20), datetime(2000, 2, 29, 9), 10 * DAY)

    found = occurrences(event, datetime(1, 1, 1), FAR)

    assert [at.year for at in begins(found)] == [2000, 2020, 2040, 2060, 2080]


def test_a_skip_hides_and_an_unknown_override_does_nothing() -> None:
    event = series(
        weekly(1),
        datetime(2026, 11, 3, 18),
        skips=(datetime(2026, 11, 10, 18),),
        overrides=(
            Override(datetime(2026, 11, 11, 18), title="no session of ours"),
            Override(datetime(2026, 11, 17, 17), start=datetime(2026, 11, 17, 12)),
            Override(datetime(2026, 11, 10, 18), start=datetime(2026, 11, 12, 18)),
        ),
    )

    found = occurrences(event, datetime(2026, 11, 1), datetime(2026, 11, 20))

    assert begins(found) == [datetime(2026, 11, 3, 18), datetime(2026, 11, 17, 18)]


def test_a_session_moved_from_far_away_is_found_and_the_order_kept() -> None:
    event = series(
        weekly(1, interval=2),
        datetime(2026, 1, 6, 18),
        overrides=(
            Override(datetime(2026, 1, 20, 18), start=datetime(2027, 1, 11, 8), duration=30 * DAY),
            Override(datetime(2027, 1, 19, 18), start=datetime(2026, 2, 1, 8)),
        ),
    )

    found = occurrences(event, datetime(2027, 1, 1), datetime(2027, 2, 4))

    assert begins(found) == [datetime(2027, 1, 5, 18), datetime(2027, 1, 11, 8), datetime(2027, 2, 2, 18)]
    assert found[1].moved
    assert found[1].recurrence_id == datetime(2026, 1, 20, 18)
    assert begins(occurrences(event, datetime(2027, 2, 8), datetime(2027, 2, 9))) == [datetime(2027, 1, 11, 8)]


def test_history_before_since_is_not_given_again_and_still_counts() -> None:
    event = series(
        weekly(1, count=5),
        datetime(2026, 11, 3, 18),
        since=datetime(2026, 11, 12, 7),
        overrides=(Override(datetime(2026, 11, 10, 18), start=datetime(2026, 11, 25, 9)),),
    )

    found = occurrences(event, datetime(2026, 1, 1), datetime(2027, 1, 1))

    assert begins(found) == [datetime(2026, 11, day, 18) for day in (17, 24)] + [datetime(2026, 12, 1, 18)]
    assert session_number(event, datetime(2026, 11, 17, 18)) == 3


def test_an_imported_start_off_the_rule_is_not_given() -> None:
    event = series(weekly(3, count=2), datetime(2026, 11, 3, 18))

    assert begins(occurrences(event, datetime(2026, 11, 1), datetime(2027, 1, 1))) == [
        datetime(2026, 11, 5, 18),
        datetime(2026, 11, 12, 18),
    ]


def test_sessions_are_numbered_without_the_skipped() -> None:
    event = series(
        weekly(0, 2, count=17), datetime(2026, 9, 7, 9), skips=(datetime(2026, 9, 9, 9), datetime(2026, 9, 10))
    )

    assert session_count(event) == 16
    assert session_number(event, datetime(2026, 9, 7, 9)) == 1
    assert session_number(event, datetime(2026, 9, 9, 9)) is None
    assert session_number(event, datetime(2026, 9, 14, 9)) == 2
    assert session_number(event, datetime(2026, 9, 15, 9)) is None
    assert session_count(series(weekly(0), datetime(2026, 9, 7, 9))) is None
    assert session_count(series(None, datetime(2026, 9, 7, 9))) is None
    assert session_number(series(None, datetime(2026, 9, 7, 9)), datetime(2026, 9, 7, 9)) is None


def test_reach_covers_what_was_moved_out_of_the_series() -> None:
    event = series(
        weekly(1, count=3),
        datetime(2026, 11, 3, 18),
        overrides=(
            Override(datetime(2026, 11, 3, 18), start=datetime(2026, 11, 1, 9)),
            Override(datetime(2026, 11, 10, 18), start=datetime(2027, 1, 1, 9), duration=5 * HOUR),
        ),
    )

    assert expansion.reach(event) == (datetime(2026, 11, 1, 9), datetime(2027, 1, 1, 14))
    assert expansion.reach(series(weekly(1), datetime(2026, 11, 3, 18))) == (datetime(2026, 11, 3, 18), None)
    assert expansion.reach(series(None, datetime(2026, 11, 3, 18)))[1] == datetime(2026, 11, 3, 19)


def test_a_step_of_nothing_is_refused_instead_of_running_for_ever() -> None:
    with pytest.raises(RuleError):
        occurrences(
            series(RecurrenceRule(Frequency.DAILY, interval=0), datetime(2026, 1, 1)),
            datetime(2026, 1, 1),
            datetime(2027, 1, 1),
        )


def test_a_rule_that_never_matches_ends_by_itself() -> None:
    first = datetime(2026, 1, 1, 9)
    for rule in (
        RecurrenceRule(Frequency.MONTHLY, by_month=(2,), by_month_day=(30,)),
        RecurrenceRule(Frequency.DAILY, interval=7, by_day=(Weekday(0),)),
    ):
        assert starts(rule, first, first, FAR) == []
        assert last_start(series(replace(rule, count=4), first)) == first
        assert session_count(series(replace(rule, count=4), first)) == 0


def test_a_series_begun_ten_years_ago_takes_no_more_steps_than_one_begun_now(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: Counter[str] = Counter()
    months = expansion.pattern(RecurrenceRule(Frequency.MONTHLY), 1).__class__

    def counting(self: object, period: int, _days: object = months._days) -> list[int]:  # type: ignore[attr-defined]
        looked_at["month"] += 1
        return _days(self, period)  # type: ignore[operator, no-any-return]

    monkeypatch.setattr(months, "_days", counting)
    rule = RecurrenceRule(Frequency.MONTHLY, by_day=(Weekday(1, 2),), count=900)
    for year in (1976, 2026):
        looked_at.clear()
        assert starts(rule, datetime(year, 1, 13, 18), datetime(2026, 11, 1), datetime(2026, 12, 13))
        assert looked_at["month"] <= 4


@settings(max_examples=60)
@given(ended())
def test_a_checked_rule_always_gives_something(case: tuple[RecurrenceRule, datetime]) -> None:
    rule, first = case
    try:
        check(rule, first)
    except RuleError:
        assert walked(rule, first, first, datetime(2101, 1, 1)) == [] or rule.until is not None
    else:
        assert walked(rule, first, first, datetime(2101, 1, 1))


def test_the_zone_is_attached_afterwards() -> None:
    event = series(weekly(6), datetime(2026, 3, 1, 2, 30))
    (gap,) = occurrences(event, datetime(2026, 3, 8), datetime(2026, 3, 9))

    assert gap.start == datetime(2026, 3, 8, 2, 30)
    assert gap.start_instant.astimezone(UTC) == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert gap.start_instant.tzinfo == ZoneInfo(NEW_YORK)
