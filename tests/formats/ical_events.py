"""Events for the calendar tests: one believable handful, and any that Hypothesis can think of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from conftest import NASTY
from hypothesis import strategies as st

from companion.domain.event import Event, Override, Status
from companion.domain.expansion import starts
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday

UPDATED = datetime(2026, 11, 21, 21, 0, tzinfo=UTC)
CREATED = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
ZONES = (
    "America/New_York",
    "America/Phoenix",
    "Pacific/Honolulu",
    "Asia/Kolkata",
    "Europe/London",
    "Australia/Sydney",
    "America/Santiago",
    "Africa/Cairo",
    "UTC",
)
HOUR = timedelta(hours=1)
WEEKLY, MONTHLY, DAILY, YEARLY = Frequency.WEEKLY, Frequency.MONTHLY, Frequency.DAILY, Frequency.YEARLY
TUESDAY, THURSDAY = Weekday(1), Weekday(3)


def event(uid: str, start: datetime, **fields: object) -> Event:
    """An hour in New York, changed last on the day the tests live in."""
    base = Event(uid, "Visit", start, HOUR, "America/New_York", created=CREATED, updated=UPDATED)
    return replace(base, **fields)  # type: ignore[arg-type]


def handful() -> list[Event]:
    """A group with a holiday, a moved and a cancelled session, a visit, a cancelled one, a day, a monthly clinic."""
    return [
        event(
            "2f0a0000-0000-4000-8000-000000000001@schedule.example",
            datetime(2026, 10, 20, 18),
            title="IOP group",
            duration=timedelta(minutes=90),
            kind="group-therapy",
            rule=RecurrenceRule(WEEKLY, by_day=(TUESDAY, THURSDAY), until=datetime(2027, 4, 1, 23, 59, 59)),
            skips=(datetime(2026, 11, 26, 18),),
            overrides=(
                Override(datetime(2026, 12, 24, 18), start=datetime(2026, 12, 23, 16)),
                Override(datetime(2026, 12, 31, 18), status=Status.CANCELLED),
            ),
            location="12 Mill St, room 3",
            notes="Park behind the building; bring ID.",
            reminders=(60,),
            sequence=2,
        ),
        event(
            "2f0a0000-0000-4000-8000-000000000002@schedule.example",
            datetime(2026, 11, 5, 9, 30),
            title="Dr. Lee",
            kind="individual-therapy",
        ),
        event(
            "2f0a0000-0000-4000-8000-000000000003@schedule.example",
            datetime(2026, 11, 10, 9, 30),
            status=Status.CANCELLED,
            sequence=1,
        ),
        event(
            "2f0a0000-0000-4000-8000-000000000005@schedule.example",
            datetime(2027, 1, 19),
            title="90 days 🌱 — naïve café",
            duration=timedelta(days=1),
            all_day=True,
            reminders=(15 * 60,),
        ),
        event(
            "2f0a0000-0000-4000-8000-000000000004@schedule.example",
            datetime(2026, 11, 12, 14),
            title="Clinic",
            kind="medication-visit",
            rule=RecurrenceRule(MONTHLY, by_day=(Weekday(3, 2),), count=6),
        ),
    ]


_rules = st.one_of(
    st.builds(RecurrenceRule, st.just(DAILY), interval=st.integers(1, 9)),
    st.builds(
        RecurrenceRule,
        st.just(WEEKLY),
        interval=st.integers(1, 4),
        by_day=st.lists(st.builds(Weekday, st.integers(0, 6)), max_size=4, unique=True).map(tuple),
        week_start=st.sampled_from((0, 6)),
    ),
    st.builds(
        RecurrenceRule,
        st.just(MONTHLY),
        interval=st.integers(1, 3),
        by_month_day=st.lists(st.sampled_from((1, 5, 15, 28, 29, 31, -1, -2)), max_size=2, unique=True).map(tuple),
    ),
    st.builds(
        RecurrenceRule,
        st.just(MONTHLY),
        by_day=st.lists(
            st.builds(Weekday, st.integers(0, 6), st.sampled_from((1, 2, 3, 4, 5, -1))), min_size=1, max_size=2
        ).map(lambda days: tuple(dict.fromkeys(days))),
    ),
    st.builds(RecurrenceRule, st.just(MONTHLY), by_day=st.just((TUESDAY, THURSDAY)), by_set_pos=st.just((1, -1))),
    st.builds(RecurrenceRule, st.just(DAILY), by_day=st.just(tuple(Weekday(day) for day in range(5)))),
    st.builds(RecurrenceRule, st.just(YEARLY), interval=st.integers(1, 2)),
    st.builds(RecurrenceRule, st.just(YEARLY), by_month=st.just((11,)), by_day=st.just((Weekday(3, 4),))),
)
_texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=80), st.sampled_from(("a\\Nb", "x;y,z\\n", "é" * 90)))


@st.composite
def events(draw: st.DrawFn, first_hour: int = 0, last_hour: int = 23) -> Event:
    """An event that begins in 2024 to 2028, at any of the hours, single or repeating, with every kind of exception."""
    day = datetime(2024, 1, 1) + timedelta(days=draw(st.integers(0, 1700)))
    all_day = draw(st.booleans()) and draw(st.booleans())
    start = (
        day if all_day else day.replace(hour=draw(st.integers(first_hour, last_hour)), minute=draw(st.integers(0, 59)))
    )
    duration = timedelta(days=draw(st.integers(1, 3))) if all_day else timedelta(minutes=draw(st.integers(1, 120)))
    base = Event(
        draw(st.uuids()).hex,
        draw(_texts),
        start,
        duration,
        draw(st.sampled_from(ZONES)),
        kind=draw(st.sampled_from(("court", "group-therapy", "other", "unheard-of"))),
        all_day=all_day,
        discreet_title=draw(st.sampled_from(("", "Class", "a;b\\"))),
        location=draw(_texts),
        online=draw(st.sampled_from(("", "https://example.org/x"))),
        notes=draw(_texts),
        status=draw(st.sampled_from((Status.CONFIRMED, Status.CONFIRMED, Status.TENTATIVE, Status.CANCELLED))),
        reminders=draw(st.none() | st.lists(st.integers(0, 3000), max_size=3).map(tuple)),
        sequence=draw(st.integers(0, 9)),
        updated=draw(st.none() | st.just(UPDATED)),
    )
    return draw(_repeating(base)) if draw(st.integers(0, 3)) else base


@st.composite
def _repeating(draw: st.DrawFn, base: Event) -> Event:
    rule = draw(_rules)
    given = starts(rule, base.start, base.start, base.start + timedelta(days=400))
    if not given:
        return base
    ending = draw(st.sampled_from(("never", "count", "until")))
    if ending == "count":
        rule = replace(rule, count=draw(st.integers(1, 40)))
    elif ending == "until":
        rule = replace(rule, until=draw(st.sampled_from(given)))
    given = starts(rule, base.start, base.start, base.start + timedelta(days=400))
    picked = draw(st.lists(st.sampled_from(given), max_size=5, unique=True))
    cut = draw(st.integers(0, len(picked)))
    shift = timedelta(days=1) if base.all_day else timedelta(minutes=draw(st.integers(-60, 60)))
    overrides = tuple(
        draw(
            st.sampled_from(
                (
                    Override(at, start=at + shift),
                    Override(at, status=Status.CANCELLED),
                    Override(at, title="Another", duration=base.duration * 2),
                    Override(at, logistics=base.logistics),
                )
            )
        )
        for at in picked[cut:]
    )
    since = draw(st.sampled_from((None, None, *given[:5])))
    return replace(base, rule=rule, skips=tuple(picked[:cut]), overrides=overrides, since=since)
