"""Whole sentences: what each part of one gives, what is told about it, and what keeps it from being stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from companion.domain.event import Childcare, Event, Ride
from companion.domain.phrases import parse_phrase
from companion.domain.quick_add import Read, Scene, read_sentence
from companion.domain.quick_add_kinds import kind_of
from companion.domain.quick_add_words import reading
from companion.domain.recurrence import normal

TODAY = date(2026, 11, 21)  # a Saturday
SCENE = Scene(datetime(2026, 11, 21, 9), TODAY, "America/New_York", children=("M.", "Leo"))
TUESDAY = Scene(datetime(2026, 11, 24, 9), date(2026, 11, 24), "America/New_York")
HOUR = timedelta(hours=1)


def read(text: str, scene: Scene = SCENE) -> Read:
    return read_sentence(text, scene)


def good(text: str, scene: Scene = SCENE) -> Event:
    found = read(text, scene)
    assert found.ready, found.missing
    return found.event


def told(text: str, scene: Scene = SCENE) -> str:
    return " ".join(remark.words for remark in read(text, scene).remarks)


def missing(text: str, scene: Scene = SCENE) -> str:
    return " ".join(each.words for each in read(text, scene).missing)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "group every tue 6pm-7:30 at Mill St for 12 weeks",
            ["Group · group therapy", "Tuesdays 6:00–7:30 pm, 12 times, Nov 24 – Feb 9, at Mill St"],
        ),
        (
            "IOP every mon, wed and fri 9am-12 for 8 weeks",
            ["IOP · group therapy", "Mondays, Wednesdays and Fridays 9:00 am–noon, 24 times, Nov 23 – Jan 15"],
        ),
        ("clinic daily 6am", ["Clinic · medication visit", "Every day 6:00–6:30 am, from Nov 22, no end"]),
        (
            "Leo's dentist thu 4:15pm bus 14 leave 40 min before bring ID and card remind 1 day, 2 hours",
            [
                "Leo's dentist · child health",
                "Thursday, Nov 26, 4:15–4:45 pm",
                "for Leo · bus 14 · leave at 3:35 pm · bring ID and card · remind 1 day and 2 hours before",
            ],
        ),
        (
            "visit with M. fri 2pm-4pm childcare grandma",
            ["Visit · family time", "Friday, Nov 27, 2:00–4:00 pm", "for M. · childcare: Grandma"],
        ),
        (
            "therapy online with dana tomorrow 3pm",
            ["Therapy · individual therapy", "Tomorrow, Sunday, Nov 22, 3:00–3:50 pm, online", "with Dana"],
        ),
        ("camp dec 3 to dec 5", ["Camp", "Thu, Dec 3 – Sat, Dec 5, all day"]),
        ("home visit", ["Home visit", "Today, Saturday, Nov 21, all day"]),
        ("tue 6pm", ["Tuesday, Nov 24, 6:00–7:00 pm"]),
        ("visit feb 30", ["Visit · family time"]),
    ],
)
def test_it_is_shown_as_it_was_read(text: str, lines: list[str]) -> None:
    assert reading(read(text), TODAY) == lines


# Repeats: one grammar, many ways to say it


@pytest.mark.parametrize(
    ("said", "phrase", "first"),
    [
        ("every tue", "every Tue", "2026-11-24"),
        ("each tuesday", "every Tue", "2026-11-24"),
        ("tuesdays", "every Tue", "2026-11-24"),
        ("on tuesdays and thursdays", "every Tue and Thu", "2026-11-24"),
        ("every tue & thu", "every Tue and Thu", "2026-11-24"),
        ("every mon/wed/fri", "every Mon, Wed and Fri", "2026-11-23"),
        ("every mon-fri", "every weekday", "2026-11-23"),
        ("weekdays", "every weekday", "2026-11-23"),
        ("every weekday", "every weekday", "2026-11-23"),
        ("weekends", "every Sat and Sun", "2026-11-21"),
        ("every other tuesday", "every 2 weeks on Tue", "2026-11-24"),
        ("every 2 weeks on tue", "every 2 weeks on Tue", "2026-11-24"),
        ("every two weeks on tue", "every 2 weeks on Tue", "2026-11-24"),
        ("every second week on tue", "every 2 weeks on Tue", "2026-11-24"),
        ("fortnightly on tue", "every 2 weeks on Tue", "2026-11-24"),
        ("weekly on tue", "every Tue", "2026-11-24"),
        ("weekly tue", "every Tue", "2026-11-24"),
        ("daily", "every day", "2026-11-21"),
        ("every 3 days", "every 3 days", "2026-11-21"),
        ("every morning", "every day", "2026-11-21"),
        ("monthly on the first monday", "every month on the 1st Mon", "2026-12-07"),
        ("every month on the 2nd tue", "every month on the 2nd Tue", "2026-12-08"),
        ("the last friday of every month", "every month on the last Fri", "2026-11-27"),
        ("every last friday", "every month on the last Fri", "2026-11-27"),
        ("every 1st and 3rd tue", "every month on the 1st and 3rd Tue", "2026-12-01"),
        ("on the 15th of every month", "every month on the 15th", "2026-12-15"),
        ("every 15th", "every month on the 15th", "2026-12-15"),
        ("monthly on the last day", "every month on the last day", "2026-11-30"),
        ("quarterly on the 1st", "every 3 months on the 1st", "2026-12-01"),
        ("1st tuesday every month", "every month on the 1st Tue", "2026-12-01"),
        ("2nd and 4th friday", "every month on the 2nd and 4th Fri", "2026-11-27"),
        ("m/w/f", "every Mon, Wed and Fri", "2026-11-23"),
        ("mon-thu until may 28", "every Mon, Tue, Wed and Thu until 2027-05-28", "2026-11-23"),
        ("mon to fri for 6 weeks", "every weekday for 6 weeks", "2026-11-23"),
        ("tuesdays 6 weeks", "every Tue for 6 weeks", "2026-11-24"),
        ("mon-wed-fri", "every Mon, Wed and Fri", "2026-11-23"),
        ("weekly, fridays", "every Fri", "2026-11-27"),
        ("1st and 15th", "every month on the 1st and 15th", "2026-12-01"),
        ("tues and thurs starting dec 1", "every Tue and Thu", "2026-12-01"),
        ("fridays in january", "every Fri until 2027-01-31", "2027-01-01"),
        ("every year on dec 12", "every year", "2026-12-12"),
        ("every tue for 12 weeks", "every Tue for 12 weeks", "2026-11-24"),
        ("every tue for twelve weeks", "every Tue for 12 weeks", "2026-11-24"),
        ("every tue 12 times", "every Tue for 12 times", "2026-11-24"),
        ("every tue x12", "every Tue for 12 times", "2026-11-24"),
        ("every tue for 12 sessions", "every Tue for 12 times", "2026-11-24"),
        ("every tue until feb 16", "every Tue until 2027-02-16", "2026-11-24"),
        ("every tue through feb 16", "every Tue until 2027-02-16", "2026-11-24"),
        ("every tue for a year", "every Tue for 12 months", "2026-11-24"),
        ("every tue starting dec 1 for 3 weeks", "every Tue for 3 weeks", "2026-12-01"),
        ("every tue from dec 1 to feb 16", "every Tue until 2027-02-16", "2026-12-01"),
        ("every day for 10 days", "every day for 10 times", "2026-11-21"),
        ("tue for 12 weeks", "every Tue for 12 weeks", "2026-11-24"),
        ("tue 12 times", "every Tue for 12 times", "2026-11-24"),
    ],
)
def test_each_way_to_say_a_repeat_is_one_of_the_grammar(said: str, phrase: str, first: str) -> None:
    found = good(f"group {said} 6pm")
    start = datetime.combine(date.fromisoformat(first), time(18))
    assert found.start == start and found.title == "Group"
    assert found.rule is not None and normal(found.rule, start) == normal(parse_phrase(phrase, start), start)
    assert found.duration == timedelta(minutes=90)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("every 2nd tuesday", "every 2 weeks on tue, or every month on the 2nd tue"),
        ("twice a week", "On which days"),
        ("every foo", "Write Mon, Tue"),
        ("every", "How often? Type every tue"),
        ("every month on the 31st", "Not every month has a 31st."),
        ("every tue every fri", "More than one repeat"),
        ("sun every tue", "It does not repeat on Sunday."),
        ("1st tuesday", "Is that every month?"),
        ("every tue until june", "Until which day?"),
        ("every tue until further notice", "The last day is not clear."),
        ("in january", "Which day in January?"),
        ("3x a week", "On which days"),
        ("tue and thu", "every tue and thu"),
        ("every tue 12 times until jan 5", '"12 times" ends on Tue, Feb 9, 2027, not on Tue, Jan 5, 2027'),
        ("every tue for 12 weeks, no end", "and that it has none"),
        ("every tue until nov 1 2026", "It ends before it starts"),
        ("every tue for 0 weeks", "It would not take place at all."),
        ("every tue for 9999 times", "1 to 3660"),
    ],
)
def test_a_repeat_that_cannot_be_read_is_told_with_the_mend(said: str, words: str) -> None:
    assert words in missing(f"group {said} 6pm")
    assert not read(f"group {said} 6pm").ready


def test_a_repeat_without_an_end_says_so() -> None:
    assert reading(read("group every tue 6pm"), TODAY)[1].endswith("from Nov 24, no end")


def test_a_first_day_beside_the_repeat_is_moved_and_told() -> None:
    assert good("group every tue 6pm starting dec 3").start == datetime(2026, 12, 8, 18)
    assert "The first one is Tue, Dec 8." in told("group every tue 6pm starting dec 3")


def test_days_that_are_left_out_of_a_series() -> None:
    found = good("group every tue 6pm except dec 22, dec 29 and jan 5 for 12 weeks at Mill St")
    assert [skip.date() for skip in found.skips] == [date(2026, 12, 22), date(2026, 12, 29), date(2027, 1, 5)]
    assert found.start == datetime(2026, 11, 24, 18) and found.location == "Mill St"
    assert (
        "not on Dec 22, Dec 29, and Jan 5" in reading(read("group every tue 6pm not dec 22, dec 29, jan 5"), TODAY)[1]
    )
    assert "It does not take place on Wed, Dec 23 anyway." in missing("group every tue 6pm except dec 23")
    assert "That is the first day." in missing("group every tue 6pm except nov 24")
    assert not read("group tue 6pm except dec 22").ready


def test_today_counts_where_its_hour_has_not_passed() -> None:
    assert good("group every tue 6pm", TUESDAY).start.date() == TUESDAY.today
    assert "Today counts as the first." in told("group every tue 6pm", TUESDAY)
    assert good("group every tue 8am", TUESDAY).start.date() == date(2026, 12, 1)
    assert told("group every tue 8am", TUESDAY) == ""


def test_several_days_with_hours_repeat_each_day_once() -> None:
    camp = good("camp dec 3-5 9am-3pm")
    assert camp.rule is not None
    assert reading(read("camp dec 3-5 9am-3pm"), TODAY)[1] == "Every day 9:00 am–3:00 pm, 3 times, Dec 3 – Dec 5"
    assert "For every week type every before it." in told("work mon-fri 9am-5pm")


# Days


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("group tue 6pm", "2026-12-01", "Today is Tuesday: this is read as Tue, Dec 1. For today type today."),
        ("group this tue 6pm", "2026-11-24", "read as today. For the next type dec 1."),
        ("group next fri 6pm", "2026-12-04", "Next Friday is read as Fri, Dec 4. For Fri, Nov 27 type nov 27."),
        ("group 3/4 6pm", "2027-03-04", "3/4 is read as March 4. For April 3 type apr 3."),
        ("group nov 20 6pm", "2027-11-20", "For the one that was type nov 20 2026."),
        ("group yesterday 6pm", "2026-11-23", "That is in the past."),
        ("group 6pm", "2026-11-24", "No day is said: it goes on today, Tue, Nov 24."),
        ("group next week 6pm", "2026-12-01", '"next week" names no day'),
    ],
)
def test_a_day_with_two_readings_is_told(text: str, day: str, words: str) -> None:
    assert good(text, TUESDAY).start.date().isoformat() == day
    assert words in told(text, TUESDAY)


def test_the_setting_decides_and_is_told() -> None:
    found = read("group 3/4 6pm", replace(TUESDAY, month_first=False))
    assert found.event.start.date() == date(2027, 4, 3)
    assert "For March 4 type mar 4." in found.remarks[0].words


def test_without_a_day_it_goes_on_the_day_that_was_chosen() -> None:
    chosen = replace(SCENE, day=date(2026, 12, 1))
    assert good("group 6pm", chosen).start == datetime(2026, 12, 1, 18)
    assert "the day you chose, Tue, Dec 1" in told("group 6pm", chosen)
    assert good("group every fri 6pm", chosen).start == datetime(2026, 12, 4, 18)


@pytest.mark.parametrize(
    ("text", "title", "day"),
    [
        ("lunch with May tue noon", "Lunch", "2026-11-24"),
        ("visit May 3pm", "Visit May", "2026-11-21"),
        ("party may 3 3pm", "Party", "2027-05-03"),
        ("march for life tue 3pm", "March for life", "2026-11-24"),
        ('"sat" prep fri 3pm', "Sat prep", "2026-11-27"),
        ("group sat 3pm", "Group", "2026-11-28"),
        ("group at Sun Center fri 3pm", "Group", "2026-11-27"),
        ("group room 3 dec 5 3pm", "Group room 3", "2026-12-05"),
        ("group 5 dec 3pm", "Group", "2026-12-05"),
        ("second opinion fri 3pm", "Second opinion", "2026-11-27"),
        ("friday's group mon 3pm", "Friday's group", "2026-11-23"),
    ],
)
def test_a_word_that_could_be_a_day(text: str, title: str, day: str) -> None:
    found = good(text)
    assert (found.title, found.start.date().isoformat()) == (title, day)


def test_how_such_a_word_was_taken_is_told() -> None:
    assert '"sun" stays a word. For the day type sunday.' in told("group at Sun Center fri 3pm")
    assert '"sat" is read as Saturday. In quotes it stays a word.' in told("sat group 3pm")
    assert good("group at Sun Center fri 3pm").location == "Sun Center"


# Hours


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ("group tue at 6", time(18), "6 is read as 6:00 pm. For the morning type 6am."),
        ("group tue 6:30", time(18, 30), "For the morning type 6:30am."),
        ("dentist tue at 9", time(9), "9 is read as 9:00 am. For the evening type 9pm."),
        ("clinic tue at 6", time(6), "6 is read as 6:00 am. For the evening type 6pm."),
        ("NA tue at 8", time(20), "8 is read as 8:00 pm. For the morning type 8am."),
        ("court tue at 2", time(14), "For the morning type 2am."),
        ("lunch tue at 12", time(12), "12 is read as noon. For the night type midnight."),
        ("group tue from 9 to 12", time(9), "For the evening type 9pm."),
        ("group tue half past 6", time(18, 30), "For the morning type 6:30am."),
        ("group tue at six", time(18), "six is read as 6:00 pm."),
        ("group tue at 230", time(14, 30), "230 is read as 2:30 pm."),
        ("group tue btw 10 and 12", time(10), "For the evening type 10pm."),
    ],
)
def test_an_hour_with_two_readings_is_the_likelier_and_told(text: str, start: time, words: str) -> None:
    assert good(text).start.time() == start
    assert words in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "group tue 6pm",
        "group tue 18:00",
        "group tue at 1800",
        "group tue 6-7:30pm",
        "group tue evening at 6",
        "group tue at 6 in the evening",
        "group tue from 6 to 7:30pm",
        "group tue 6 p.m.",
        "group tue 600pm",
        "group tue 600-730pm",
        "group tue 11/24 6pm",
    ],
)
def test_an_hour_with_one_reading_is_taken_without_a_word(text: str) -> None:
    assert good(text).start == datetime(2026, 11, 24, 18)
    assert told(text) == ""


def test_with_a_24_hour_clock_6_is_the_morning() -> None:
    scene = replace(SCENE, hours24=True)
    assert good("group tue at 6", scene).start.time() == time(6)
    assert told("group tue at 6", scene) == ""
    assert good("group tue at 6 in the evening", scene).start.time() == time(18)


def test_what_has_passed_today_is_not_meant() -> None:
    assert good("dentist today at 8").start.time() == time(20)
    assert "8:00 am today has passed" in told("dentist 8am today for 3 hours")


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("group tue 6pm", timedelta(minutes=90)),
        ("counselling tue 6pm", timedelta(minutes=50)),
        ("group tue 6pm for 45 minutes", timedelta(minutes=45)),
        ("group tue 6pm 1h30", timedelta(minutes=90)),
        ("group tue 6pm for 1.5 hours", timedelta(minutes=90)),
        ("group tue 6pm for an hour", HOUR),
        ("group tue 6pm for two hours and 15 minutes", timedelta(minutes=135)),
        ("group tue 6pm until 8", 2 * HOUR),
        ("group tue 10pm-1am", 3 * HOUR),
        ("group tue 11-1pm", 2 * HOUR),
        ("work tue 9-5pm", 8 * HOUR),
        ("stay tue 6pm for 2 days", timedelta(days=2)),
    ],
)
def test_how_long_it_lasts(text: str, length: timedelta) -> None:
    assert good(text).duration == length


def test_without_an_hour_it_stands_all_day_and_that_is_told() -> None:
    found = read("group tue")
    assert found.event.all_day and found.event.duration == timedelta(days=1)
    assert "No time is said: it stands all day." in told("group tue")
    assert told("group tue all day") == ""
    assert '"evening" names no hour' in told("group tomorrow evening")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("group tue 25:00", "25:00 is not a time."),
        ("group tue 6:75", "6:75 is not a time."),
        ("group tue 13pm", "13pm is not a time."),
        ("group tue 6pm or 8pm", "More than one time is said: 6pm and 8pm."),
        ("group tue 6pm-6pm", "It ends when it begins."),
        ("group tue 6pm-8pm for 1 hour", "don't fit each other"),
        ("group tue all day 6pm", "It says all day, and a time."),
        ("group tue for 2 hours", "When does it begin?"),
        ("group tue 6pm for 40 days", "longer than a month"),
        ("group dec 45 6pm", ""),
        ("group feb 30 6pm", "February has 29 days."),
        ("group wed dec 3 6pm", "December 3, 2026 is a Thursday."),
        ("group dec 5 to dec 3", "before the first one"),
        ("every tue 6pm", "What is it?"),
        ("", "What is it?"),
        ("at Mill St", "What is it?"),
    ],
)
def test_what_cannot_be_read_is_not_stored_and_says_why(text: str, words: str) -> None:
    assert not read(text).ready
    assert words in missing(text)


def test_the_same_said_twice_is_said_once() -> None:
    assert good("group tuesday nov 24 6pm, tue at 6 pm").start == datetime(2026, 11, 24, 18)


def test_the_nights_when_the_clocks_change() -> None:
    assert "There is no 2:30 am on Sun, Mar 14, 2027" in told("call mar 14 2027 2:30am")
    assert "1:30 am comes twice on Sun, Nov 7, 2027" in told("call nov 7 2027 1:30am")
    assert "There is no 2:30 am on Sun, Mar 14, 2027" in told("feed every day 2:30am")
    assert "clocks" not in told("feed every day 2:30am for 30 days")


# Where, who, what else


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("group tue 6pm at Mill St", "Mill St"),
        ("group at 12 Mill St tue 6pm", "12 Mill St"),
        ("group tue 6pm at 12 Oaks", "12 Oaks"),
        ("group tue 6pm @Mill St", "Mill St"),
        ("group tue 6pm at 100 Main St, room 3", "100 Main St, room 3"),
        ("group tue 6pm at Mill St in room 3", "Mill St, room 3"),
        ("group tue 6pm online", "Online"),
        ("group tue 6pm by phone", "By phone"),
        ("group tue at 6", ""),
    ],
)
def test_where_it_is(text: str, place: str) -> None:
    assert good(text).location == place


def test_a_link() -> None:
    found = good("therapy tue 6pm https://zoom.us/j/12?pwd=Ab.")
    assert (found.online, found.title, found.location) == ("https://zoom.us/j/12?pwd=Ab", "Therapy", "")


@pytest.mark.parametrize(
    ("text", "child", "title", "kind"),
    [
        ("check-up for M. fri 3pm", "M.", "Check-up", "child-health"),
        ("check-up for m fri 3pm", "M.", "Check-up", "child-health"),
        ("check-up fri 3pm", "", "Check-up", "maternal-medical-care"),
        ("M. well check fri 3pm", "M.", "M. well check", "child-health"),
        ("dentist for leo fri 3pm", "Leo", "Dentist", "child-health"),
        ("Leo's school play fri 3pm", "Leo", "Leo's school play", "school-visit"),
        ("park for M. and Leo fri 3pm", "M., Leo", "Park", "other"),
        ("park for leo, m. fri 3pm", "Leo, M.", "Park", "other"),
        ("Leo school weekdays 8am-2pm", "Leo", "Leo school", "child-school"),
        ("school fri 3pm", "", "School", "education"),
        ("lunch for Leonie fri 3pm", "", "Lunch for Leonie", "other"),
        ("interview for Target fri 3pm", "", "Interview for Target", "employment"),
        ("park with the kids fri 3pm", "", "Park with the kids", "other"),
    ],
)
def test_for_which_child(text: str, child: str, title: str, kind: str) -> None:
    found = good(text)
    assert (found.child, found.title, found.kind) == (child, title, kind)


@pytest.mark.parametrize(
    ("text", "care"),
    [
        ("group tue 6pm childcare grandma", Childcare(True, "Grandma", False)),
        ("group tue 6pm childcare: Aunt Jo", Childcare(True, "Aunt Jo", False)),
        ("group tue 6pm Grandma has the kids", Childcare(True, "Grandma", True)),
        ("group tue 6pm needs childcare", Childcare(True)),
        ("group tue 6pm needs a sitter", Childcare(True)),
        ("group tue 6pm no childcare", Childcare()),
        ("childcare tue 8am", Childcare()),
    ],
)
def test_who_has_the_children(text: str, care: Childcare) -> None:
    assert good(text).logistics.childcare == care


@pytest.mark.parametrize(
    ("text", "ride"),
    [
        ("group tue 6pm bus 14", Ride("bus 14")),
        ("group tue 6pm by bus", Ride("bus")),
        ("group tue 6pm take the 14", Ride()),
        ("group tue 6pm ride with Jo", Ride(who="Jo")),
        ("group tue 6pm bus 14 leave at 5:20", Ride("bus 14", "", timedelta(minutes=40))),
        ("group tue 6pm leave 40 minutes before", Ride(leave_by=timedelta(minutes=40))),
    ],
)
def test_the_ride(text: str, ride: Ride) -> None:
    assert good(text).logistics.ride == ride


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("group tue 6pm", None),
        ("group tue 6pm remind 2h before", (120,)),
        ("group tue 6pm remind me 1 day and 2 hours before", (1440, 120)),
        ("group tue 6pm remind me the day before", (1440,)),
        ("group tue 6pm no reminders", ()),
    ],
)
def test_reminders(text: str, minutes: tuple[int, ...] | None) -> None:
    found = good(text)
    assert (found.reminders, found.title) == (minutes, "Group")


def test_three_reminders_are_refused_as_the_form_refuses_them() -> None:
    assert "two reminders at most" in missing("group tue 6pm remind 1 day, 2 hours and 5 min before")


def test_what_to_bring_ends_where_something_else_begins() -> None:
    found = good("court tue 9am bring ID, pay slip and card with Ms. Ortiz")
    assert found.logistics.bring == ("ID", "pay slip", "card")
    assert found.provider == "Ms. Ortiz"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("group", "group-therapy"),
        ("Group therapy", "group-therapy"),
        ("counselling", "individual-therapy"),
        ("counseling with Dana", "individual-therapy"),
        ("court", "court"),
        ("hearings", "court"),
        ("check-up", "maternal-medical-care"),
        ("parenting class", "parenting-class"),
        ("class", "education"),
        ("methadone clinic", "medication-visit"),
        ("clinic", "medication-visit"),
        ("well-child visit", "child-health"),
        ("homework", "other"),
        ("", "other"),
    ],
)
def test_the_kind_that_a_title_names(title: str, kind: str) -> None:
    assert kind_of(title, child=False) == kind


def test_what_is_not_said_is_named_for_the_form() -> None:
    assert read("group tue 6pm").unsaid == {"length"}
    assert read("group tue 25:00").unsaid >= {"start", "length"}
    assert read("group tue 6pm-7pm").unsaid == set()
    assert read("group tue").unsaid == {"all_day", "start", "length"}
    assert read("group tue all day").unsaid == set()
    assert set(read("group tue at 6").by_field()) == {"start"}


def test_control_characters_and_markup_are_only_text() -> None:
    found = good("[red]x[/red] \x1b]0;T\x07 tue 6pm")
    assert found.title == "[red]x[/red]"
