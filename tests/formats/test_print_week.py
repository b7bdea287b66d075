"""The printed week: one page whatever is in it, discreet unless asked, in any letters, and no title is a command."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from importlib.resources import files

import pytest
from conftest import NASTY, ZONE
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from companion.domain.child import Child
from companion.domain.event import Childcare, Event, Logistics, Occurrence, Override, Ride, Status
from companion.domain.kinds import all_kinds
from companion.domain.months import week_of
from companion.domain.week_paper import A4, LETTER, usual_paper, week_words
from companion.errors import InputError
from companion.formats.print.child_week import child_week, told
from companion.formats.print.her_week import her_week
from companion.formats.print.typeset import Typeset, Typesetter
from companion.formats.print.week_sheet import WeekSheet, left_out, lines_of

DAYS = week_of(date(2026, 11, 24), 6)
SUNDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = DAYS
HOUR = timedelta(hours=1)
CARE = Logistics(Childcare(True, "Grandma", True), Ride("bus 14", "Kim", timedelta(minutes=40)), ("ID", "slip"))
LONG = "Intensive outpatient group with a name that a coach copied from a flyer and never made shorter, room 3"
MIA, LEO = Child("mia", "M."), Child("leo", "L.", lives_here=False)

# Only the fonts inside the library: the same on every computer.
TYPESETTER = Typesetter(own_fonts_only=True)


def at(title: str, day: date, hour: float = 18, length: timedelta = HOUR, **fields: object) -> Occurrence:
    start = datetime.combine(day, time()) + hour * HOUR
    event = replace(Event("u", title, start, length, ZONE, kind="group-therapy"), **fields)
    return Occurrence(event, start, start + length)


def text_of(made: Typeset) -> str:
    """What a reader of the PDF finds in it, on one line."""
    reader = PdfReader(io.BytesIO(made.data))
    assert len(reader.pages) == 1
    return " ".join(reader.pages[0].extract_text().replace("\u200b", "").split())


def printed(*occurrences: Occurrence, full: bool = True, hours24: bool = False) -> str:
    return text_of(TYPESETTER.week(her_week(DAYS, occurrences, full=full, hours24=hours24)))


def told_to(child: Child | None, *occurrences: Occurrence, full: bool = False, mama: str = "") -> list[str]:
    """What a child's page says, day by day, without what says when."""
    sheet = child_week(DAYS, occurrences, child, full=full, mama=mama)
    return [item.title for day in sheet.days for item in day.items]


# Her own


def test_in_full_it_says_when_where_who_has_the_kids_the_ride_and_what_to_bring() -> None:
    text = printed(at("IOP group", TUESDAY, location="12 Mill St", logistics=CARE, child="M."))
    for words in (
        "Nov 22 – 28, 2026", "Tuesday", "6:00–7:00 pm", "IOP group", "12 Mill St", "For M.", "Grandma has the children",
        "bus 14", "leave at 5:20 pm", "Bring: ID and slip",
    ):  # fmt: skip
        assert words in text


def test_a_discreet_page_names_nobody_and_no_place() -> None:
    group = at("IOP group", TUESDAY, location="12 Mill St", logistics=CARE, child="M.", notes="side door", phone="555")
    made = TYPESETTER.week(her_week(DAYS, [group]))
    text = text_of(made)
    assert "Class" in text and "Childcare: covered" in text and "Leave at 5:20 pm" in text
    everything = text + str(PdfReader(io.BytesIO(made.data)).metadata)
    for words in ("IOP", "Mill", "Grandma", "Kim", "bus", "M.", "slip", "side", "555", "Companion"):
        assert words not in everything


def test_a_discreet_name_of_her_own_is_used() -> None:
    assert "Yoga" in printed(at("IOP group", TUESDAY, discreet_title="Yoga"), full=False)


def test_childcare_that_is_open_is_said_in_both() -> None:
    open_care = Logistics(Childcare(True, "Kim", False))
    assert "Childcare: to arrange" in printed(at("x", TUESDAY, logistics=open_care), full=False)
    assert "Kim may have the children: not sure yet" in printed(at("x", TUESDAY, logistics=open_care))


def test_what_is_cancelled_stays_off_and_what_was_moved_is_where_it_is() -> None:
    group = at("Group", TUESDAY)
    gone = replace(group, override=Override(group.start, status=Status.CANCELLED))
    assert "Group" not in printed(gone)
    later = group.start + 2 * HOUR
    moved = replace(group, start=later, end=later + HOUR, override=Override(group.start, start=later, title="Late one"))
    assert "8:00–9:00 pm Late one" in printed(moved)


def test_the_24_hour_clock_and_the_first_weekday_are_as_she_set_them() -> None:
    assert "18:00–19:00" in printed(at("Group", TUESDAY), hours24=True)
    monday_first = her_week(week_of(TUESDAY, 0), [])
    assert monday_first.days[0].name == "Monday" and monday_first.heading == "Nov 23 – 29, 2026"


def test_days_away_are_on_each_of_their_days_and_a_night_on_its_evening() -> None:
    stay = at("Stay", MONDAY, 18, timedelta(days=2), kind="residential-stay")
    night = at("Shift", FRIDAY, 22, 9 * HOUR, kind="work-shift")
    moving = at("Moving", SATURDAY, 0, timedelta(days=3), all_day=True)
    earlier = at("Trip", SUNDAY - timedelta(days=2), 0, timedelta(days=3), all_day=True)
    sheet = her_week(DAYS, [earlier, stay, night, moving], full=True)
    assert [[f"{item.time} {item.title}" for item in day.items] for day in sheet.days] == [
        ["all day Trip"],
        ["from 6:00 pm Stay"],
        ["all day Stay"],
        ["until 6:00 pm Stay"],
        [],
        ["10:00 pm–7:00 am Shift"],
        ["all day Moving"],
    ]


# For a child


def test_every_kind_of_hers_can_be_told_to_a_child() -> None:
    assert [kind_id for kind_id in all_kinds() if not told(kind_id)] == []


def test_what_is_hers_is_told_in_a_childs_words_also_in_full() -> None:
    hers = [
        at("IOP group", MONDAY, logistics=CARE),
        at("Drug screen", TUESDAY, kind="testing"),
        at("Methadone clinic", WEDNESDAY, kind="medication-visit"),
    ]
    words = ["Mama is at her class", "Mama has an errand", "Mama has an appointment"]
    assert told_to(MIA, *hers) == told_to(MIA, *hers, full=True) == words
    assert told_to(MIA, *hers[:1], mama="Mami") == ["Mami is at her class"]
    assert "With you: Grandma" in text_of(TYPESETTER.week(child_week(DAYS, hers, MIA, full=True)))
    assert "Grandma" not in text_of(TYPESETTER.week(child_week(DAYS, hers, MIA)))


def test_a_child_sees_its_own_things_and_not_those_of_another() -> None:
    own = at("Well-child visit", MONDAY, kind="child-health", child="M.")
    others = at("Dentist", TUESDAY, kind="child-health", child="L.")
    both = at("Zoo", WEDNESDAY, kind="family-time", child="L. and m.")
    everyone = at("Day care", THURSDAY, kind="child-care")
    given = (own, others, both, everyone)
    assert told_to(MIA, *given) == ["You have a check-up", "Family time", "You are at day care"]
    assert told_to(MIA, *given, full=True) == ["Well-child visit", "Zoo", "Day care"]
    assert told_to(None, *given)[:2] == ["M.: You have a check-up", "L.: You have a check-up"]


def test_a_child_who_lives_elsewhere_is_not_told_where_she_is() -> None:
    visit = at("Visit", SATURDAY, 10, kind="family-time", child="L.")
    assert told_to(LEO, at("IOP group", MONDAY), visit) == ["Family time"]


def test_a_childs_day_has_a_drawing_and_each_thing_has_one_too() -> None:
    sheet = child_week(DAYS, [at("x", TUESDAY, 9, kind=kind_id) for kind_id in all_kinds()], full=True)
    shapes = {day.shape for day in sheet.days}
    shapes |= {item.shape for day in sheet.days for item in day.items} | {"sunrise", "sun", "moon"}
    drawn = files("companion.formats.print").joinpath("shapes.typ").read_text("utf-8")
    assert len({day.shape for day in sheet.days}) == 7
    assert [shape for shape in shapes if f"#let {shape}()" not in drawn] == []
    assert "A quiet day" in text_of(TYPESETTER.week(sheet))


# One page


def sheets(occurrences: list[Occurrence]) -> list[WeekSheet]:
    return [her_week(DAYS, occurrences, full=True), child_week(DAYS, occurrences, full=True)]


@pytest.mark.parametrize("paper", [A4, LETTER])
def test_an_empty_week_is_a_page_with_its_days(paper: str) -> None:
    for sheet in sheets([]):
        text = text_of(TYPESETTER.week(sheet, paper))
        assert all(day.name in text for day in sheet.days)


def test_text_shrinks_and_then_what_has_no_room_is_counted() -> None:
    few = TYPESETTER.week(her_week(DAYS, [at(LONG, d, 9, logistics=CARE) for d in DAYS], full=True)).fit
    some = [at(LONG, d, 8 + n, logistics=CARE, location=LONG) for d in DAYS for n in range(3)]
    shrunk = TYPESETTER.week(her_week(DAYS, some, full=True)).fit
    assert shrunk.size < few.size and shrunk.most == 3
    many = [at(LONG, d, 8 + n / 2, logistics=CARE, location=LONG) for d in DAYS for n in range(20)]
    for sheet in sheets(many):
        made = TYPESETTER.week(sheet, LETTER)
        left = 20 - made.fit.most
        assert left_out(sheet, made.fit.most) == 7 * left > 0
        assert text_of(made).count(f"+{left} more") == 7
        assert lines_of(sheet, made.fit.most).count(f"  +{left} more") == 7


def test_a_thousand_in_one_day_still_give_one_page() -> None:
    crowd = [at(f"Errand {n}", WEDNESDAY, 6 + n / 100) for n in range(1_000)]
    for sheet in sheets(crowd):
        made = TYPESETTER.week(sheet)
        assert f"+{1_000 - made.fit.most} more" in text_of(made)


_OCCURRENCES = st.builds(
    at,
    st.one_of(st.text(min_size=1, max_size=200), st.sampled_from(NASTY)),
    st.sampled_from(DAYS),
    st.sampled_from([0, 7.5, 9, 13, 18, 22.75]),
    st.sampled_from([timedelta(), HOUR, 9 * HOUR, timedelta(days=3)]),
    kind=st.sampled_from(sorted(all_kinds())),
    location=st.text(max_size=100),
    child=st.sampled_from(["", "M.", "L."]),
    logistics=st.sampled_from([Logistics(), CARE]),
)


@settings(max_examples=20)
@given(st.lists(_OCCURRENCES, max_size=30), st.sampled_from([1, 9]), st.booleans(), st.booleans())
def test_whatever_is_in_it_it_is_one_page_and_nothing_hangs_over(
    few: list[Occurrence], times: int, full: bool, hers: bool
) -> None:
    sheet = her_week(DAYS, few * times, full=full) if hers else child_week(DAYS, few * times, MIA, full=full)
    made = TYPESETTER.week(sheet, LETTER)  # shorter than A4
    assert len(PdfReader(io.BytesIO(made.data)).pages) == 1
    assert made.fit.over == 0


# Letters, and what is none of the page's business


@pytest.mark.parametrize(
    "title",
    [
        "#strong[x] *b* _i_ $x^2$",
        '#read("/etc/passwd") #image("x.png") #panic("no")',
        "= Heading",
        "// gone /* gone */",
        "<label> @ref \\ `raw` ~ --- ...",
        '"}],"days":[] {n}',
        '= ] ) } #eval("1+1")',
    ],
)
def test_what_a_title_holds_is_text_and_nothing_else(title: str) -> None:
    assert title in printed(at(title, TUESDAY))
    assert title[:40] in text_of(
        TYPESETTER.week(child_week(DAYS, [at(title, TUESDAY, kind="child-health")], full=True))
    )


def test_letters_of_many_scripts_are_printed_and_those_without_a_font_are_named() -> None:
    here = ["Zażółć gęślą jaźń", "Встреча с Ольгой", "Ραντεβού", "محمد", "אמא", "कक्षा"]
    made = TYPESETTER.week(her_week(DAYS, [at(name, TUESDAY, 9 + n) for n, name in enumerate(here)], full=True))
    assert made.missing == ""
    made = TYPESETTER.week(her_week(DAYS, [at("李 and 王, 李", TUESDAY, location="Ω 한")], full=True))
    assert made.missing == "李王한"


def test_the_same_week_gives_the_same_bytes_and_does_not_say_when_it_was_made() -> None:
    sheet = her_week(DAYS, [at("Group", TUESDAY)])
    made = TYPESETTER.week(sheet)
    assert made.data == Typesetter(own_fonts_only=True).week(sheet).data
    about = PdfReader(io.BytesIO(made.data)).metadata
    assert about is not None and about.creation_date is None
    assert about.title == "Nov 22 – 28, 2026" and about.author is None


def test_it_needs_no_folder_to_stand_in(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path_factory.mktemp("gone")
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert TYPESETTER.week(her_week(DAYS, [])).data.startswith(b"%PDF")


def test_paper_that_is_not_known_is_said() -> None:
    with pytest.raises(InputError):
        TYPESETTER.week(her_week(DAYS, []), "napkin")


@pytest.mark.parametrize(("zone", "paper"), [("America/New_York", LETTER), ("Europe/Berlin", A4), ("UTC", A4)])
def test_the_usual_paper_goes_by_where_she_is(zone: str, paper: str) -> None:
    assert usual_paper(zone) == paper


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (date(2026, 11, 22), "Nov 22 – 28, 2026"),
        (date(2026, 11, 29), "Nov 29 – Dec 5, 2026"),
        (date(2026, 12, 27), "Dec 27, 2026 – Jan 2, 2027"),
    ],
)
def test_a_week_in_words(first: date, words: str) -> None:
    assert week_words(first) == words
