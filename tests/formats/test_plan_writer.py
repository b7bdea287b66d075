"""What is written reads back the same: TOML, the sheet to fill in, and every template."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from conftest import NASTY
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from companion.domain.event import Childcare, Logistics, Need, Override, Ride
from companion.domain.goal import Period
from companion.domain.kinds import all_kinds
from companion.domain.plan import HolidayPolicy, Plan, PlanGoal, PlanHeader
from companion.domain.plan_build import build_plan
from companion.domain.plan_draft import ItemDraft
from companion.domain.text import clean
from companion.errors import InputError, UsageError
from companion.formats.plan_columns import COLUMNS
from companion.formats.plan_table import TableOptions, read_table
from companion.formats.plan_templates import list_templates, template_plan, template_text
from companion.formats.plan_toml import read_toml
from companion.formats.plan_writer import length_text, write_plan
from companion.formats.sheet_writer import COLUMNS as SHEET_COLUMNS
from companion.formats.sheet_writer import write_sheet

ZONE = "America/New_York"
IDS = [template.id for template in list_templates()]


def content(plan: Plan) -> object:
    return plan.header, [(item.id, item.events) for item in plan.items], plan.goals


def from_toml(plan: Plan) -> Plan:
    return read_toml(write_plan(plan).encode(), "plan.toml")


def from_sheet(plan: Plan) -> Plan:
    [again] = read_table(write_sheet(plan, "", ZONE), "plan.xlsx", TableOptions())
    return again


class TestTemplates:
    @pytest.mark.parametrize("template_id", IDS)
    def test_each_is_sound_whatever_the_day(self, template_id: str) -> None:
        for days in range(0, 800, 37):
            plan = template_plan(template_id, date(2025, 12, 29) + timedelta(days=days), ZONE)
            assert not plan.findings
            assert plan.items

    def test_the_sample_is_sound_on_every_day(self) -> None:
        for days in range(0, 400, 3):
            assert not template_plan("sample-month-two", date(2026, 6, 1) + timedelta(days=days), ZONE).findings

    @pytest.mark.parametrize("template_id", IDS)
    def test_each_says_where_it_comes_from(self, template_id: str) -> None:
        template = next(template for template in list_templates() if template.id == template_id)
        assert template.name
        assert template.about.endswith(".")
        assert template.source
        assert "# Source:" in template_text(template_id, date(2026, 9, 7), ZONE)
        assert "<<" not in template_text(template_id, date(2026, 9, 7), ZONE)

    def test_the_first_week_is_the_week_of_the_day(self) -> None:
        for day in range(7, 14):
            assert template_plan("iop-generic", date(2026, 9, day), ZONE).events[0].start == datetime(2026, 9, 7, 9)

    def test_months_are_clamped_and_weekends_stepped_over(self) -> None:
        born = date(2025, 1, 31)
        [item] = template_plan("well-child", born, ZONE).items
        days = [event.start.date() for event in item.events]
        assert date(2025, 2, 28) in days
        assert date(2026, 4, 30) in days
        assert all(day.weekday() < 5 for day in days)
        assert len(days) == 12

    def test_the_same_arguments_give_the_same_text(self) -> None:
        assert template_text("wic", date(2026, 9, 7), ZONE) == template_text("wic", date(2026, 9, 9), ZONE).replace(
            "wic-2026-09-09", "wic-2026-09-07"
        )

    def test_a_name_that_is_not_there(self) -> None:
        with pytest.raises(UsageError, match="well-child"):
            template_text("wellchild", date(2026, 9, 7), ZONE)
        with pytest.raises(UsageError):
            template_text("../../etc/passwd", date(2026, 9, 7), ZONE)

    def test_the_sample_holds_what_a_first_look_needs(self) -> None:
        plan = template_plan("sample-month-two", date(2026, 10, 12), ZONE)
        kinds = {event.kind for event in plan.events}
        assert {
            "group-therapy", "individual-therapy", "medication-visit", "parenting-class", "nutrition", "child-health",
            "court", "family-time", "recovery-coaching", "support-group",
        } <= kinds  # fmt: skip
        assert sum(len(event.overrides) for event in plan.events) == 1
        assert any(event.logistics.childcare.needed and not event.logistics.childcare.covered for event in plan.events)
        assert [goal.name for goal in plan.goals] == ["Groups", "Parenting class", "Meetings"]


class TestToml:
    @pytest.mark.parametrize("template_id", IDS)
    def test_templates_read_back_equal(self, template_id: str) -> None:
        plan = template_plan(template_id, date(2026, 10, 12), ZONE)
        again = from_toml(plan)
        assert content(again) == content(plan)
        assert not again.findings

    def test_lengths(self) -> None:
        lengths = {"50 minutes": 50, "1 hour": 60, "1 h 30 min": 90, "3 hours": 180, "2 days": 2880, "26 hours": 1560}
        assert {length_text(timedelta(minutes=n)): n for n in lengths.values()} == lengths

    def test_an_item_that_only_a_calendar_can_hold(self) -> None:
        plan = template_plan("iop-generic", date(2026, 10, 12), ZONE)
        event = replace(plan.events[0], overrides=(Override(plan.events[0].start, title="Other"),))
        with pytest.raises(InputError, match="1 item"):
            write_plan(replace(plan, items=(replace(plan.items[0], events=(event,)),)))

    @pytest.mark.parametrize(
        "text", [*NASTY, '"' * 2_000, "\\" * 2_000, "a " * 900, "x" * 2_000, 'a"""b', "ends with \\"]
    )
    def test_any_text(self, text: str) -> None:
        plan = one(
            title=clean(text, 200) or "x", notes=clean(text + "\n" + text, 1_990, lines=True), location=clean(text)
        )
        again = from_toml(plan)
        assert content(again) == content(plan)
        assert max(map(len, write_plan(plan).splitlines())) <= 4_000


class TestSheet:
    @pytest.mark.parametrize("template_id", IDS)
    def test_templates_read_back_equal(self, template_id: str) -> None:
        plan = template_plan(template_id, date(2026, 10, 12), ZONE)
        again = from_sheet(plan)
        assert content(again) == content(plan)
        assert not again.findings

    def test_the_blank_one(self) -> None:
        book = load_workbook(io.BytesIO(write_sheet(None, "river-17", ZONE)))
        assert book.sheetnames == ["items", "plan", "goals", "help", "kinds"]
        assert [cell.value for cell in book["items"][1]] == [name for name, _help, _example in SHEET_COLUMNS]
        assert book["items"].max_row == 1 or not any(cell.value for row in book["items"]["A2:AC9"] for cell in row)
        assert {row[0].value for row in book["kinds"].iter_rows()} == {kind.name for kind in all_kinds().values()}
        assert any("kinds" in (each.formula1 or "") for each in book["items"].data_validations.dataValidation)

    def test_every_column_and_example_is_understood(self) -> None:
        left_out = ("online", "rrule", "counts_toward")  # one of two, and a goal that this sheet does not have
        shown = [(name, example) for name, _help, example in SHEET_COLUMNS if name not in left_out]
        text = "\t".join(name for name, _example in shown) + "\n" + "\t".join(example for _name, example in shown)
        [plan] = read_table(text.encode(), "x.csv", TableOptions("x", timezone=ZONE))
        assert not plan.findings
        assert len(plan.events) == 2
        assert all("".join(c for c in name if c.isalnum()) in COLUMNS for name, _help, _example in SHEET_COLUMNS)

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://evil.example")'])
    def test_no_text_is_a_formula(self, text: str) -> None:
        plan = one(title=text, notes=text, location=text)
        data = write_sheet(plan, "", ZONE)
        for row in load_workbook(io.BytesIO(data))["items"].iter_rows():
            assert all(cell.data_type != "f" for cell in row)
        assert content(from_sheet(plan)) == content(plan)


def one(**fields: object) -> Plan:
    draft = ItemDraft("a", "A", datetime(2026, 9, 7, 9), length=timedelta(hours=1))
    return build_plan(PlanHeader("x", 1, ZONE), [replace(draft, **fields)])  # type: ignore[arg-type]


words = st.text(st.characters(codec="utf-8"), max_size=30).map(clean)
named = words.filter(bool)
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


@st.composite
def drafts(draw: st.DrawFn) -> ItemDraft:
    all_day = draw(st.booleans())
    day = date(2026, 9, 7) + timedelta(days=draw(st.integers(0, 20)))
    starts = datetime.combine(
        day, time() if all_day else time(draw(st.integers(8, 18)), draw(st.sampled_from([0, 30])))
    )
    weekday = DAYS[day.weekday()]
    ways = [
        {},
        {"repeat": f"every {weekday} for 6 weeks"},
        {"repeat": "every day for 9 times"},
        {"phases": (f"every {weekday} for 4 weeks", f"every 2 weeks on {weekday} until 2027-01-31")},
    ]
    way = draw(st.sampled_from(ways))
    return ItemDraft(
        id=draw(named),
        title=draw(named),
        starts=starts,
        all_day=all_day,
        kind=draw(st.sampled_from(sorted(all_kinds()))),
        length=timedelta(days=1) if all_day else timedelta(minutes=draw(st.integers(1, 600))),
        extra=tuple(draw(st.lists(st.dates(date(2028, 1, 1), date(2028, 2, 1)), max_size=2, unique=True))),
        discreet_title=draw(words),
        need=draw(st.sampled_from(Need)),
        provider=draw(words),
        notes=clean(draw(words) + "\n" + draw(words), lines=True),
        logistics=Logistics(
            Childcare(True, draw(words), draw(st.booleans())),
            Ride(draw(words), draw(words), draw(st.none() | st.integers(1, 90).map(lambda n: timedelta(minutes=n)))),
            tuple(draw(st.lists(named.filter(lambda text: "|" not in text), max_size=3))),
        ),
        sign_off=draw(st.booleans()),
        reminders=draw(st.none() | st.sampled_from([(), (30,), (120, 1440)])),
        **way,  # type: ignore[arg-type]
    )


@settings(max_examples=100)
@given(st.lists(drafts(), max_size=4, unique_by=lambda draft: draft.id), st.data())
def test_any_plan_reads_back_equal(items: list[ItemDraft], data: st.DataObject) -> None:
    header = PlanHeader(
        data.draw(named),
        data.draw(st.integers(1, 99)),
        data.draw(st.sampled_from([ZONE, "Europe/Berlin", "UTC"])),
        title=data.draw(words),
        prepared_for="J.",
        reminders=data.draw(st.sampled_from([(), (60,)])),
        holidays=tuple(sorted(set(data.draw(st.lists(st.dates(date(2026, 9, 7), date(2026, 10, 30)), max_size=4))))),
        holiday_policy=data.draw(st.sampled_from(HolidayPolicy)),
        updated=data.draw(st.none() | st.just(datetime(2026, 9, 1, 12, tzinfo=UTC))),
    )
    plan = build_plan(header, items, [PlanGoal("Groups", 3, Period.WEEK, ("court",))])
    assert content(from_toml(plan)) == content(plan)
