"""Repeats as a coach or a mother writes them (docs/plan-file.md)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.expansion import starts as starts_of
from companion.domain.phrases import describe, parse_phrase, phases, phrase
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday, end_of, normal
from companion.errors import RuleError

MONDAY = datetime(2026, 9, 7, 9)
TUESDAY = datetime(2026, 9, 8, 18)
MON, TUE, WED, THU, FRI, SAT, SUN = map(Weekday, range(7))
DAILY, WEEKLY, MONTHLY, YEARLY = Frequency


def day_end(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 23, 59, 59)


@pytest.mark.parametrize(
    ("text", "starts", "rule"),
    [
        ("every day", TUESDAY, RecurrenceRule(DAILY)),
        ("daily", TUESDAY, RecurrenceRule(DAILY)),
        ("every 3 days for 10 times", TUESDAY, RecurrenceRule(DAILY, interval=3, count=10)),
        ("every weekday", TUESDAY, RecurrenceRule(WEEKLY, by_day=(MON, TUE, WED, THU, FRI))),
        ("weekly", TUESDAY, RecurrenceRule(WEEKLY)),
        ("weekly on Tue", TUESDAY, RecurrenceRule(WEEKLY, by_day=(TUE,))),
        ("every week", TUESDAY, RecurrenceRule(WEEKLY)),
        ("every 2 weeks", TUESDAY, RecurrenceRule(WEEKLY, interval=2)),
        ("every other week on Tue", TUESDAY, RecurrenceRule(WEEKLY, interval=2, by_day=(TUE,))),
        ("every 2 weeks on Tue and Thu", TUESDAY, RecurrenceRule(WEEKLY, interval=2, by_day=(TUE, THU))),
        ("every Tuesday", TUESDAY, RecurrenceRule(WEEKLY, by_day=(TUE,))),
        ("  EVERY   Fri,tue , and WEDNESDAY ", TUESDAY, RecurrenceRule(WEEKLY, by_day=(TUE, WED, FRI))),
        (
            "every Mon, Wed and Fri for 8 weeks",
            MONDAY,
            RecurrenceRule(WEEKLY, by_day=(MON, WED, FRI), until=day_end(2026, 11, 1)),
        ),
        ("every Tue for 1 week", TUESDAY, RecurrenceRule(WEEKLY, by_day=(TUE,), until=day_end(2026, 9, 13))),
        (
            "every Sun for 1 week",
            datetime(2026, 9, 13, 9),
            RecurrenceRule(WEEKLY, by_day=(SUN,), until=day_end(2026, 9, 13)),
        ),
        ("every day for 3 months", TUESDAY, RecurrenceRule(DAILY, until=day_end(2026, 12, 7))),
        ("every day for 1 month", datetime(2026, 1, 31), RecurrenceRule(DAILY, until=day_end(2026, 2, 27))),
        ("every day for 1 month", datetime(2026, 12, 1), RecurrenceRule(DAILY, until=day_end(2026, 12, 31))),
        ("every Tue until 2026-09-08", TUESDAY, RecurrenceRule(WEEKLY, by_day=(TUE,), until=day_end(2026, 9, 8))),
        ("every month", TUESDAY, RecurrenceRule(MONTHLY)),
        ("monthly on the 8th", TUESDAY, RecurrenceRule(MONTHLY, by_month_day=(8,))),
        ("every month on the last day", datetime(2026, 9, 30), RecurrenceRule(MONTHLY, by_month_day=(-1,))),
        ("every month on the 2nd Tue", TUESDAY, RecurrenceRule(MONTHLY, by_day=(Weekday(1, 2),))),
        (
            "every month on the 1st and 3rd Tue",
            datetime(2026, 9, 15),
            RecurrenceRule(MONTHLY, by_day=(Weekday(1, 1), Weekday(1, 3))),
        ),
        ("every month on the last Fri", datetime(2026, 9, 25), RecurrenceRule(MONTHLY, by_day=(Weekday(4, -1),))),
        (
            "every 2 months on the 15th until 2027-09-01",
            datetime(2026, 9, 15),
            RecurrenceRule(MONTHLY, interval=2, by_month_day=(15,), until=day_end(2027, 9, 1)),
        ),
        ("every year", TUESDAY, RecurrenceRule(YEARLY)),
        ("every 2 years for 3 times", TUESDAY, RecurrenceRule(YEARLY, interval=2, count=3)),
    ],
)
def test_a_sentence_is_the_rule_it_says(text: str, starts: datetime, rule: RecurrenceRule) -> None:
    assert parse_phrase(text, starts) == rule


def test_weeks_end_on_the_sunday_of_the_last_one() -> None:
    rule = parse_phrase("every Mon, Wed and Fri for 8 weeks", datetime(2026, 9, 9, 9))  # begins on a Wednesday

    days = starts_of(rule, datetime(2026, 9, 9, 9), datetime(2026, 1, 1), datetime(2027, 1, 1))

    assert (len(days), days[0].date(), days[-1].date()) == (23, date(2026, 9, 9), date(2026, 10, 30))


@pytest.mark.parametrize(
    ("text", "sentence", "mend"),
    [
        ("every Mond", '"every Mond" is not a day.', "Did you mean Mon?"),
        ("every Mon, Wedd and Fri", '"Wedd" is not a day.', "Did you mean Wed?"),
        ("every week on Thirsday", '"on Thirsday" is not a day.', "Did you mean Thu?"),
        ("every wek", '"every wek" is not a repeat that Companion knows.', "Did you mean week?"),
        ("evry Tue", '"evry Tue" is not a repeat that Companion knows.', 'Did you mean "every Tue"?'),
        ("Tuesdays", '"Tuesdays" is not a repeat that Companion knows.', 'Write "every Tue".'),
        ("biweekly", '"biweekly" is not a repeat that Companion knows.', 'Write "every 2 weeks".'),
        (
            "every two weeks on Tue",
            '"every two weeks on Tue" is not a repeat that Companion knows.',
            'Write "every 2 weeks on Tue".',
        ),
        ("every 2 Tue", '"every 2 Tue" is not a repeat that Companion knows.', 'Write "every 2 weeks on Tue".'),
        ("every week Tue", '"every week Tue" is not a repeat that Companion knows.', 'Write "every week on Tue".'),
        ("every month on the 31st", "Not every month has a 31st.", 'Write "every month on the last day".'),
        (
            "every month on the 29th and 30th",
            "Not every month has a 29th and 30th.",
            'Write "every month on the last day".',
        ),
        ("every month on the 5th Tue", "Not every month has a 5th Tue.", 'Write "on the last Tue".'),
        ("every month on Tue", "Which Tue of the month?", 'Write "on the 1st Tue" or "on the last Tue".'),
        ("every month on the last", "The last what?", 'Write "on the last day" or "on the last Fri".'),
        ("every Tue for 12 wek", '"for 12 wek" is not an end that Companion knows.', 'Did you mean "for 12 weeks"?'),
        ("every Tue until 9/1/2027", '"until 9/1/2027" is not a date.', "Write year, month and day like 2027-09-01."),
        ("every Tue until 2027-02-29", "There is no 2027-02-29 in the calendar.", "Look at the month and the day."),
        ("every Tue until 2026-09-07", "It ends before it starts on Tue 2026-09-08.", "Give a later last day."),
        (
            "every Wed",
            "The start, Tue 2026-09-08, is not one of its own days.",
            "The nearest are Wed 2026-09-02 and Wed 2026-09-09.",
        ),
        (
            "every 3 weeks on Mon and Fri",
            "The start, Tue 2026-09-08, is not one of its own days.",
            "The nearest are Mon 2026-09-07 and Fri 2026-09-11.",
        ),
        (
            "every month on the last day",
            "The start, Tue 2026-09-08, is not one of its own days.",
            "The nearest are Mon 2026-08-31 and Wed 2026-09-30.",
        ),
    ],
)
def test_what_is_not_in_the_grammar_is_refused_with_the_mend(text: str, sentence: str, mend: str) -> None:
    with pytest.raises(RuleError) as refused:
        parse_phrase(text, TUESDAY)
    assert (refused.value.sentence, refused.value.mend) == (sentence, mend)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " , ",
        "every",
        "for 3 weeks",
        "every Tue for",
        "every Tue for 12",
        "every Tue for many weeks",
        "every Tue for 0 weeks",
        "every Tue for 9999 weeks",
        "every Tue for 9999 months",
        "every Tue for 9999 times",
        "every Tue until",
        "every Tue until 2101-01-01",
        "every Tue until 2027-01-01 for 3 weeks",
        "every Tue for 3 weeks until 2027-01-01",
        "every 0 days",
        "every 367 days",
        "every day on Tue",
        "every year on the 8th",
        "every weekday on Tue",
        "every week on",
        "every and",
        "every month on the",
        "every month on the 0th",
        "every month on the 32nd",
        "every month on the 6th Tue",
        "every month on the 2nd Tue Wed",
        "every month on the 2nd moon",
        "every blue moon",
        "FREQ=WEEKLY",
        "every Tue " * 100,
    ],
)
def test_other_text_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(RuleError) as refused:
        parse_phrase(text, TUESDAY)
    assert refused.value.sentence.endswith((".", "?"))


def test_a_date_that_some_months_lack_can_not_be_taken_from_the_start() -> None:
    for starts, text in [(datetime(2026, 10, 31), "every month"), (datetime(2028, 2, 29), "every year")]:
        with pytest.raises(RuleError) as refused:
            parse_phrase(text, starts)
        assert "on the last day" in refused.value.mend


def test_a_start_outside_the_calendar_is_refused() -> None:
    for starts in (datetime(1969, 12, 31), datetime(2101, 1, 1), datetime(1, 1, 1), datetime(9999, 12, 31)):
        with pytest.raises(RuleError):
            parse_phrase("every day", starts)
    with pytest.raises(RuleError):
        parse_phrase("every Mon", datetime(1970, 1, 1))  # a Thursday, with no Monday before it


def test_an_error_repeats_no_control_characters_and_not_the_whole_text() -> None:
    with pytest.raises(RuleError) as refused:
        parse_phrase("every \x1b]0;TITLE\x07" + "x" * 120, TUESDAY)
    assert "\x1b" not in str(refused.value)
    assert len(refused.value.sentence) < 80


# --- phases ---------------------------------------------------------------------------------------------------------


def test_a_cadence_that_steps_down_takes_each_phase_up_where_the_last_one_ended() -> None:
    found = phases(
        [
            "every week on Tue for 12 weeks",
            "every 2 weeks on Tue for 12 weeks",
            "every month on the 2nd Tue until 2027-09-01",
        ],
        datetime(2026, 9, 8, 14),
    )

    assert [begins for begins, _ in found] == [
        datetime(2026, 9, 8, 14),
        datetime(2026, 12, 1, 14),
        datetime(2027, 3, 9, 14),
    ]
    assert [rule.until for _, rule in found] == [day_end(2026, 11, 29), day_end(2027, 2, 21), day_end(2027, 9, 1)]
    assert [rule.interval for _, rule in found] == [1, 2, 1]


def test_times_end_a_phase_with_its_last_session() -> None:
    found = phases(["every Mon and Wed for 3 times", "every Fri for 2 times", "every 3 days"], MONDAY)

    # Mon 7, Wed 9, Mon 14; then Fri 18, Fri 25; then from the day after.
    assert [begins.date() for begins, _ in found] == [date(2026, 9, 7), date(2026, 9, 18), date(2026, 9, 26)]


def test_a_phase_without_on_keeps_the_weekday_and_date_of_the_start() -> None:
    found = phases(
        ["every day for 1 month", "every 2 weeks for 2 times", "every month for 2 times", "every year"], TUESDAY
    )

    assert [begins.date() for begins, _ in found] == [
        date(2026, 9, 8),
        date(2026, 10, 13),  # a Tuesday
        date(2026, 11, 8),  # an 8th
        date(2027, 9, 8),
    ]


def test_only_the_last_phase_can_be_endless() -> None:
    with pytest.raises(RuleError) as refused:
        phases(["every Tue for 2 weeks", "every 2 weeks on Tue", "every month"], TUESDAY)
    assert refused.value.sentence == "Phase 2: Only the last phase can go on without an end."
    assert phases(["every Tue"], TUESDAY) == [(TUESDAY, RecurrenceRule(WEEKLY, by_day=(TUE,)))]


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["every Tue for 2 weeks", "every Wedd"],
        ["every Tue until 2027-01-01", "every Tue until 2026-12-01"],
        ["every Tue until 2100-12-31", "every Tue"],
        ["every Tue until 2100-12-31", "every day"],
        ["every Tue for 3 times", "every month on the 31st"],
    ],
)
def test_phases_that_can_not_be_are_refused(texts: list[str]) -> None:
    with pytest.raises(RuleError):
        phases(texts, TUESDAY)


def test_a_start_on_the_31st_can_not_anchor_a_later_month() -> None:
    with pytest.raises(RuleError) as refused:
        phases(["every day for 3 times", "every month"], datetime(2026, 8, 31))
    assert "Not every month has a 31st." in refused.value.sentence


# --- back into words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "starts", "said", "read"),
    [
        (RecurrenceRule(DAILY), TUESDAY, "every day", "Every day"),
        (RecurrenceRule(DAILY, interval=3), TUESDAY, "every 3 days", "Every 3 days"),
        (RecurrenceRule(WEEKLY), TUESDAY, "every Tue", "Every Tuesday"),
        (RecurrenceRule(WEEKLY, count=12), TUESDAY, "every Tue for 12 times", "Every Tuesday, 12 times"),
        (RecurrenceRule(WEEKLY, count=1), TUESDAY, "every Tue for 1 time", "Every Tuesday, 1 time"),
        (
            RecurrenceRule(WEEKLY, until=datetime(2027, 2, 21, 23, 59, 59)),
            datetime(2026, 11, 24, 18),
            "every Tue until 2027-02-21",
            "Every Tuesday until Feb 16",
        ),
        (
            RecurrenceRule(WEEKLY, until=datetime(2028, 2, 15, 12)),  # before that Tuesday's 6 pm
            TUESDAY,
            "every Tue until 2028-02-14",
            "Every Tuesday until Feb 8, 2028",
        ),
        (
            RecurrenceRule(WEEKLY, by_day=(FRI, MON, WED)),
            MONDAY,
            "every Mon, Wed and Fri",
            "Mondays, Wednesdays and Fridays",
        ),
        (RecurrenceRule(DAILY, by_day=(MON, TUE, WED, THU, FRI)), MONDAY, "every weekday", "Every weekday"),
        (RecurrenceRule(WEEKLY, by_day=(MON, TUE, WED, THU, FRI, SAT, SUN)), MONDAY, "every day", "Every day"),
        (
            RecurrenceRule(WEEKLY, interval=2, by_day=(MON, WED)),
            MONDAY,
            "every 2 weeks on Mon and Wed",
            "Every 2 weeks on Monday and Wednesday",
        ),
        (
            RecurrenceRule(WEEKLY, interval=2, by_day=(MON, SUN), week_start=6),
            MONDAY,
            "",
            "Every 2 weeks on Monday and Sunday",
        ),
        (RecurrenceRule(MONTHLY), TUESDAY, "every month on the 8th", "The 8th of every month"),
        (RecurrenceRule(MONTHLY, interval=2), TUESDAY, "every 2 months on the 8th", "Every 2 months on the 8th"),
        (
            RecurrenceRule(MONTHLY, by_month_day=(8, 22, -1)),
            TUESDAY,
            "every month on the 8th, 22nd and last day",
            "The 8th and 22nd and the last day of every month",
        ),
        (RecurrenceRule(MONTHLY), datetime(2026, 10, 31), "", "The 31st of every month"),
        (
            RecurrenceRule(MONTHLY, by_day=(TUE,), by_set_pos=(2,)),
            TUESDAY,
            "every month on the 2nd Tue",
            "The 2nd Tuesday of every month",
        ),
        (
            RecurrenceRule(MONTHLY, by_day=(Weekday(1, 2), Weekday(1, -1))),
            TUESDAY,
            "every month on the 2nd and last Tue",
            "The 2nd and last Tuesday of every month",
        ),
        (
            RecurrenceRule(MONTHLY, by_day=(MON, TUE, WED, THU, FRI), by_set_pos=(-1,)),
            datetime(2026, 9, 30),
            "",
            "On some days of the month",
        ),
        (RecurrenceRule(YEARLY), TUESDAY, "every year", "Every year on Sep 8"),
        (
            RecurrenceRule(YEARLY, by_month=(11,), by_day=(Weekday(3, 4),)),
            datetime(2026, 11, 26),
            "",
            "Every year on the 4th Thursday of Nov",
        ),
        (
            RecurrenceRule(YEARLY, interval=2, by_month=(9,), by_month_day=(8,)),
            TUESDAY,
            "every 2 years",
            "Every 2 years on Sep 8",
        ),
        (RecurrenceRule(YEARLY, by_day=(Weekday(0, 20),)), datetime(2026, 5, 18), "", "On some days of the year"),
        (RecurrenceRule(DAILY, by_month=(9,)), TUESDAY, "", "On some days"),
        (RecurrenceRule(WEEKLY, by_month=(9,)), TUESDAY, "", "In some weeks"),
        (RecurrenceRule(WEEKLY, by_day=(WED,)), TUESDAY, "", "Every Wednesday"),
    ],
)
def test_a_rule_in_words(rule: RecurrenceRule, starts: datetime, said: str, read: str) -> None:
    assert phrase(rule, starts) == said
    assert describe(rule, starts) == read


WORDS = (
    "every",
    "on",
    "the",
    "last",
    "1st",
    "31st",
    "2nd",
    "Tue",
    "day",
    "days",
    "week",
    "months",
    "for",
    "until",
    "12",
    "times",
    "2027-01-01",
    "and",
    ",",
    "&",
    "",
)
SENTENCE = st.builds(
    lambda how, end: f"{how} {end}".strip(),
    st.one_of(
        st.sampled_from(["every day", "daily", "weekly", "monthly", "every weekday", "every year", "every other week"]),
        st.builds("every {} {}".format, st.integers(1, 60), st.sampled_from(["days", "weeks", "months", "years"])),
        st.builds(
            lambda n, days: f"every {n} weeks on {' and '.join(days)}",
            st.integers(1, 9),
            st.lists(st.sampled_from(["Mon", "tuesday", "WED", "Thu", "fri", "Sat", "Sun"]), min_size=1, max_size=4),
        ),
        st.builds(
            lambda n, nth, day: f"every {n} months on the {' and '.join(nth)} {day}",
            st.integers(1, 9),
            st.lists(st.sampled_from(["1st", "2nd", "3rd", "4th", "last"]), min_size=1, max_size=3),
            st.sampled_from(["Mon", "Thu", "Sun", "day"]),
        ),
    ),
    st.one_of(
        st.just(""),
        st.builds("for {} {}".format, st.integers(1, 60), st.sampled_from(["weeks", "months", "times"])),
        st.dates(date(2026, 1, 1), date(2040, 1, 1)).map("until {}".format),
    ),
)
DAYS = st.dates(date(2026, 1, 1), date(2030, 1, 1)).map(lambda day: datetime(day.year, day.month, day.day, 18))


@settings(max_examples=160)
@given(SENTENCE, DAYS)
def test_a_sentence_gives_its_start_first_and_comes_back_as_itself(text: str, starts: datetime) -> None:
    try:
        rule = parse_phrase(text, starts)
    except RuleError:
        return
    assert starts_of(rule, starts, starts, starts + timedelta(days=1)) == [starts]
    again = phrase(rule, starts)
    assert normal(parse_phrase(again, starts), starts) == normal(rule, starts)
    assert describe(rule, starts)


@settings(max_examples=120)
@given(SENTENCE, SENTENCE, DAYS)
def test_phases_never_overlap(one: str, two: str, starts: datetime) -> None:
    try:
        (first, rule), (second, later) = phases([one, two], starts)
    except RuleError:
        return
    assert first == starts
    given = starts_of(rule, first, first, datetime(2100, 1, 1))
    assert given[-1] < second
    assert rule.until is None or rule.until < second
    assert starts_of(later, second, second, second + timedelta(days=1)) == [second]


@settings(max_examples=160)
@given(
    st.one_of(
        st.text(max_size=80),
        SENTENCE.flatmap(lambda text: st.integers(0, len(text)).map(lambda at: text[:at] + text[at + 1 :])),
        st.lists(
            st.sampled_from(WORDS),
            max_size=9,
        ).map(" ".join),
    ),
    st.datetimes(),
)
def test_any_text_is_a_rule_or_is_refused(text: str, starts: datetime) -> None:
    for attempt in (lambda: parse_phrase(text, starts), lambda: phases([text, text], starts)):
        try:
            attempt()
        except RuleError as refused:
            assert refused.sentence


@settings(max_examples=80)
@given(st.integers(1, 300), DAYS)
def test_weeks_always_end_on_a_sunday(weeks: int, starts: datetime) -> None:
    rule = parse_phrase(f"every day for {weeks} weeks", starts)

    assert rule.until is not None
    assert rule.until.weekday() == 6
    assert 7 * (weeks - 1) < (rule.until - starts).days + 2 <= 7 * weeks + 1
    assert rule.until == end_of(rule.until)
