"""A plan as a sheet: CSV and XLSX as programs and people write them (docs/plan-file.md, "Sheets")."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from companion.domain.finding import Level
from companion.domain.goal import Period
from companion.domain.plan import Plan, PlanGoal
from companion.domain.text import is_clean
from companion.errors import FileRefused
from companion.formats.plan_dates import DateOrder
from companion.formats.plan_table import TableOptions, read_table
from companion.formats.plan_toml import read_toml

NEW_YORK = TableOptions(plan_id="river-17", timezone="America/New_York")
GOOGLE = """\
Subject,Start Date,Start Time,End Date,End Time,All Day Event,Description,Location,Private
"IOP group, morning",09/17/2026,9:00 AM,09/17/2026,12:00 PM,False,"Bring ID
and the slip","12 Mill St, room 3",True
Counselling,09/18/2026,2:00 PM,09/18/2026,2:50 PM,False,,,True
Away,09/19/2026,,09/20/2026,,True,,,
"""


def csv_plans(text: str | bytes, options: TableOptions = NEW_YORK) -> list[Plan]:
    return read_table(text if isinstance(text, bytes) else text.encode(), "plan.csv", options)


def csv(text: str | bytes, options: TableOptions = NEW_YORK) -> Plan:
    [plan] = csv_plans(text, options)
    return plan


def workbook(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx(sheets: dict[str, Sequence[Sequence[object]]], options: TableOptions = NEW_YORK) -> Plan:
    [plan] = read_table(workbook(sheets), "plan.xlsx", options)
    return plan


def problems(plan: Plan) -> list[tuple[int, str]]:
    return [(finding.line, finding.field) for finding in plan.errors]


class TestColumns:
    def test_googles_own_columns(self) -> None:
        plan = csv(GOOGLE)
        assert not plan.errors
        group, counselling, away = plan.events
        assert (group.title, group.start, group.duration) == (
            "IOP group, morning",
            datetime(2026, 9, 17, 9),
            timedelta(hours=3),
        )
        assert (group.notes, group.location) == ("Bring ID\nand the slip", "12 Mill St, room 3")
        assert counselling.duration == timedelta(minutes=50)
        assert (away.all_day, away.duration) == (True, timedelta(days=2)), "Google's end date is the last day"

    def test_lines_are_rows_of_the_file_also_after_a_text_of_two_lines(self) -> None:
        assert [item.line for item in csv(GOOGLE).items] == [2, 4, 5]

    def test_names_in_any_order_case_and_spacing(self) -> None:
        plan = csv("Ride leave by,CHILDCARE_WHO,title, Starts ,counts-toward\n40 min,Grandma,A,2026-09-07 09:00,\n")
        assert not plan.errors
        assert plan.events[0].logistics.ride.leave_by == timedelta(minutes=40)
        assert plan.events[0].logistics.childcare.who == "Grandma"

    def test_a_sheet_says_what_toml_says(self) -> None:
        table = csv(
            "id,title,kind,starts,length,repeat,skip,moved,extra,bring,reminders\n"
            "a,Group,group,2026-09-07 09:00,3 h,every Mon for 8 weeks,2026-09-21|2026-09-28,"
            "2026-10-12 09:00>2026-10-13 13:00,2026-10-31 10:00,ID|slip,1 day|2 hours\n"
            "b,Talk,therapy,2026-09-08 14:00,50 min,every week on Tue for 12 weeks then every 2 weeks on Tue,,,,,\n"
        )
        toml = read_toml(
            b'id = "river-17"\ntimezone = "America/New_York"\n[[item]]\nid = "a"\ntitle = "Group"\nkind = "group"\n'
            b'starts = 2026-09-07T09:00:00\nlength = "3 h"\nrepeat = "every Mon for 8 weeks"\n'
            b"skip = [2026-09-21, 2026-09-28]\nmoved = [{ from = 2026-10-12T09:00:00, to = 2026-10-13T13:00:00 }]\n"
            b'extra = [2026-10-31T10:00:00]\nbring = ["ID", "slip"]\nreminders = ["1 day", "2 hours"]\n[[item]]\n'
            b'id = "b"\ntitle = "Talk"\nkind = "therapy"\nstarts = 2026-09-08T14:00:00\nlength = "50 min"\n'
            b'phases = [{ repeat = "every week on Tue for 12 weeks" }, { repeat = "every 2 weeks on Tue" }]\n',
            "plan.toml",
        )
        assert not table.findings
        assert table.events == toml.events

    def test_a_column_misspelt_refuses_the_rows_that_use_it(self) -> None:
        plan = csv("id,title,starts,repaet\na,A,2026-09-07 09:00,every Mon\nb,B,2026-09-07 10:00,\n")
        assert problems(plan) == [(2, "repaet")]
        assert "repeat" in plan.errors[0].mend
        assert [item.id for item in plan.items] == ["b"]

    def test_a_column_of_her_own_is_remarked_on_once(self) -> None:
        plan = csv("id,title,starts,Colour\na,A,2026-09-07 09:00,red\nb,B,2026-09-07 10:00,blue\n")
        assert [(f.level, f.line) for f in plan.findings] == [(Level.WARNING, 1)]
        assert len(plan.items) == 2

    def test_numbered_rows(self) -> None:
        plan = csv("#,id,title,starts\n1,a,A,2026-09-07 09:00\n")
        assert not plan.findings
        assert plan.items[0].line == 2

    def test_two_columns_for_one_field(self) -> None:
        plan = csv("id,title,subject,starts\na,A,B,2026-09-07 09:00\n")
        assert plan.errors
        assert not plan.items

    def test_a_comma_that_is_not_quoted(self) -> None:
        plan = csv("id,title,starts\na,Group, early,2026-09-07 09:00\n")
        assert (2, "") in problems(plan)
        assert not plan.items


class TestTimes:
    def columns(self, **cells: str) -> Plan:
        return csv(",".join(["title", *cells]) + "\n" + ",".join(["A", *cells.values()]) + "\n")

    def test_an_end_in_the_next_morning(self) -> None:
        plan = self.columns(date="2026-09-17", start_time="10:00 PM", end_time="6:00 AM")
        assert plan.events[0].duration == timedelta(hours=8)

    @pytest.mark.parametrize("end", ["8:00 AM", "9:00 AM"])
    def test_an_end_before_the_start(self, end: str) -> None:
        plan = self.columns(date="2026-09-17", start_time="9:00 AM", end_time=end)
        assert problems(plan) == [(2, "ends")]

    def test_an_end_with_its_date(self) -> None:
        assert self.columns(starts="2026-09-17 09:00", end="2026-09-17 10:30").events[0].duration == timedelta(
            minutes=90
        )
        assert self.columns(starts="2026-09-17 09:00", end="10:30").events[0].duration == timedelta(minutes=90)

    def test_without_an_end_the_kind_decides(self) -> None:
        assert self.columns(date="2026-09-17", time="9am", kind="court").events[0].duration == timedelta(hours=1)

    def test_length_counts_more_than_end(self) -> None:
        plan = self.columns(starts="2026-09-17 09:00", length="1 hour", end="12:00")
        assert plan.events[0].duration == timedelta(hours=1)
        assert Level.WARNING in [finding.level for finding in plan.findings]

    def test_a_time_without_a_day(self) -> None:
        assert problems(self.columns(time="9am")) == [(2, "starts")]


class TestDates:
    head = "id,title,starts\n"

    def test_an_ambiguous_date_asks_for_the_flag(self) -> None:
        plan = csv(self.head + "a,A,03/04/2026 9:00\nb,B,2026-03-04 9:00\n")
        assert problems(plan) == [(2, "starts")]
        assert "--dates dmy" in plan.errors[0].mend
        assert [item.id for item in plan.items] == ["b"]

    @pytest.mark.parametrize(("order", "day"), [(DateOrder.DMY, date(2026, 4, 3)), (DateOrder.MDY, date(2026, 3, 4))])
    def test_the_flag_answers(self, order: DateOrder, day: date) -> None:
        options = TableOptions(plan_id="x", timezone="UTC", dates=order)
        assert csv(self.head + "a,A,03/04/2026 9:00\n", options).events[0].start.date() == day

    def test_one_clear_date_tells_for_all(self) -> None:
        plan = csv(self.head + "a,A,03/04/2026 9:00\nb,B,13/04/2026 9:00\n")
        assert [event.start.date() for event in plan.events] == [date(2026, 4, 3), date(2026, 4, 13)]

    def test_two_that_contradict_tell_nothing(self) -> None:
        plan = csv(self.head + "a,A,03/04/2026 9:00\nb,B,13/04/2026 9:00\nc,C,04/13/2026 9:00\n")
        assert problems(plan) == [(2, "starts")]


class TestHead:
    def test_lines_above_the_column_names(self) -> None:
        plan = csv(
            '#Plan id: river-17,,\n#timezone: America/New_York\n"#title: Aftercare, autumn"\n#revision: 3,,\n'
            "#reminders: 1 day|2 hours\n#holidays: 2026-11-26|2026-12-25\n\nid,title,starts\na,A,2026-09-07 09:00\n",
            TableOptions(),
        )
        assert not plan.findings
        header = plan.header
        assert (header.id, header.revision, header.title) == ("river-17", 3, "Aftercare, autumn")
        assert header.reminders == (120, 1440)
        assert header.holidays == (date(2026, 11, 26), date(2026, 12, 25))
        assert plan.items[0].line == 9

    def test_flags_count_more_than_the_sheet(self) -> None:
        options = TableOptions(plan_id="other", revision=9, timezone="America/Chicago", fallback_timezone="UTC")
        header = csv("#id: a\n#revision: 1\n#timezone: UTC\ntitle,starts\n", options).header
        assert (header.id, header.revision, header.timezone) == ("other", 9, "America/Chicago")

    def test_a_zone_is_needed_unless_hers_is_known(self) -> None:
        text = "title,starts\nA,2026-09-07 09:00\n"
        plan = csv(text, TableOptions(plan_id="x"))
        assert not plan.items
        assert plan.errors[0].field == "timezone"
        assert (
            csv(text, TableOptions(plan_id="x", fallback_timezone="America/Denver")).header.timezone == "America/Denver"
        )

    def test_a_missing_zone_is_not_looked_for_in_a_column(self) -> None:
        [error] = csv("title,starts\n", TableOptions(plan_id="x")).errors[:1]
        assert "#timezone: America/New_York" in error.mend and "--timezone" in error.mend
        assert "column timezone" not in error.mend

    def test_a_title_above_the_table(self) -> None:
        plan = csv("My schedule,,\n,,\nid,Title,Starts\na,A,2026-09-07 09:00\n")
        assert [(item.id, item.line) for item in plan.items] == [("a", 4)]
        assert [(f.level, f.line) for f in plan.findings] == [(Level.NOTE, 1)]

    def test_a_letter_is_told_in_one_sentence_and_not_for_every_line(self) -> None:
        plan = csv("Dear Rosa,\n" + "see you on Monday at nine\n" * 50)
        assert len(plan.errors) == 1
        assert plan.errors[0].text == "There are no column names."

    def test_a_row_of_remarks_is_not_said_to_have_been_given_an_id(self) -> None:
        plan = csv("title,starts,location\n,,all times may change\n")
        assert {(f.line, f.field) for f in plan.findings} == {(2, "title"), (2, "starts")}

    def test_without_an_id_the_file_names_the_plan(self) -> None:
        for name in ("week.csv", "week (1).csv"):
            [plan] = read_table(b"title,starts\n", name, TableOptions(timezone="UTC"))
            assert plan.header.id == "week"
            assert plan.findings[0].level is Level.WARNING

    def test_an_id_is_made_from_title_and_start_and_reported(self) -> None:
        plan = csv("title,starts\nIOP group,2026-09-07 09:00\n")
        assert plan.items[0].id == "iop-group-2026-09-07T09:00"
        [finding] = plan.findings
        assert (finding.level, finding.line, finding.field) == (Level.NOTE, 2, "id")

    def test_a_missing_revision_is_left_to_count_up(self) -> None:
        assert csv("title,starts\n").header.revision == 0


class TestClients:
    text = "client,id,title,starts\nJ.,a,A,2026-09-07 09:00\nM.,a,A,2026-09-07 10:00\nJ.,b,B,2026-09-08 09:00\n"

    def test_one_plan_for_each(self) -> None:
        plans = csv_plans(self.text)
        assert [(p.header.prepared_for, p.header.id, len(p.items)) for p in plans] == [
            ("J.", "river-17 J.", 2),
            ("M.", "river-17 M.", 1),
        ]
        assert not any(plan.findings for plan in plans)
        assert plans[0].events[0].uid != plans[1].events[0].uid

    def test_a_row_without_client(self) -> None:
        plans = csv_plans(self.text + ",c,C,2026-09-09 09:00\n")
        assert problems(plans[0]) == [(5, "client")]
        assert [len(plan.items) for plan in plans] == [2, 1]


class TestForms:
    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_separators_and_encodings(self, separator: str, encoding: str) -> None:
        text = "id;title;starts;bring\na;Café;2026-09-07 09:00;ID|slip\n".replace(";", separator)
        plan = csv(text.encode(encoding))
        assert not plan.errors
        assert (plan.events[0].title, plan.events[0].logistics.bring) == ("Café", ("ID", "slip"))

    def test_excels_separator_line(self) -> None:
        plan = csv("sep=;\r\nid;title;starts\r\na;A, B;2026-09-07 09:00\r\n")
        assert plan.events[0].title == "A, B"
        assert plan.items[0].line == 3

    def test_an_open_quote_costs_one_row_and_not_the_rest(self) -> None:
        rows = "".join(f"i{number},A,2026-09-07 09:00\n" for number in range(200))
        plan = csv(f'id,title,starts\na,"Open,2026-09-07 09:00\n{rows}')
        assert problems(plan) == [(2, "")]
        assert len(plan.items) == 200

    def test_quotes_in_the_wrong_place(self) -> None:
        plan = csv('id,title,starts\na,"A" B "C",2026-09-07 09:00\nb,B,2026-09-07 09:00\n')
        assert problems(plan) == [(2, "")]
        assert [item.id for item in plan.items] == ["b"]

    @pytest.mark.parametrize("text", ["", "\n\n", ",,,\n", "#id: x\n"])
    def test_nothing_in_it(self, text: str) -> None:
        plan = csv(text)
        assert plan.errors
        assert not plan.items

    def test_too_many_rows(self) -> None:
        plan = csv("id,title,starts\n" + "a,A,2026-09-07\n" * 20_001)
        assert plan.errors
        assert not plan.items

    def test_a_very_long_row(self) -> None:
        plan = csv(f'id,title,starts\na,"{"x" * 200_000}",2026-09-07\nb,B,2026-09-07\n')
        assert problems(plan) == [(2, "")]
        assert [item.id for item in plan.items] == ["b"]

    def test_hidden_characters(self) -> None:
        plan = csv("id,title,starts\na,A\x1b[2J\x00B,2026-09-07\n")
        assert plan.events[0].title == "AB"
        assert [(f.level, f.field) for f in plan.findings] == [(Level.NOTE, "title")]


class TestWorkbooks:
    def test_sheets_plan_and_goals(self) -> None:
        plan = xlsx(
            {
                "Plan": [
                    ["Timezone", "America/New_York", "a hint"],
                    ["id", "river-17"],
                    ["Holidays", date(2026, 11, 26)],
                ],
                "goals": [["Name", "Times", "Per", "Kinds"], ["Groups", 3, "week", "group therapy|court"]],
                "Items": [["id", "title", "starts", "counts toward"], ["a", "A", datetime(2026, 9, 7, 9), "groups"]],
            },
            TableOptions(),
        )
        assert not plan.findings
        assert plan.header.holidays == (date(2026, 11, 26),)
        assert plan.goals == (PlanGoal("Groups", 3, Period.WEEK, ("group-therapy", "court")),)
        assert plan.events[0].counts_toward == "Groups"

    def test_typed_cells(self) -> None:
        plan = xlsx(
            {
                "x": [
                    ["id", "title", "date", "time", "length", "phone", "sign off", "skip", "repeat"],
                    [
                        1,
                        2026,
                        date(2026, 9, 7),
                        time(9, 30),
                        time(1, 30),
                        5550142,
                        True,
                        date(2026, 9, 14),
                        "every Mon",
                    ],
                ]
            }
        )
        assert not plan.findings
        event = plan.events[0]
        assert (plan.items[0].id, event.title, event.phone) == ("1", "2026", "5550142")
        assert (event.start, event.duration, event.sign_off) == (
            datetime(2026, 9, 7, 9, 30),
            timedelta(minutes=90),
            True,
        )
        assert event.skips == (datetime(2026, 9, 14, 9, 30),)

    def test_lines_are_rows_of_the_sheet(self) -> None:
        plan = xlsx({"x": [[], ["id", "title", "starts"], [], ["a", "", "2026-09-07"]]})
        assert problems(plan) == [(4, "title")]

    def test_a_second_sheet_is_not_read_in_silence(self) -> None:
        plan = xlsx({"x": [["id", "title", "starts"], ["a", "A", "2026-09-07"]], "y": [["more"]]})
        assert [finding.level for finding in plan.findings] == [Level.WARNING]

    def test_a_goal_that_is_not_there(self) -> None:
        plan = xlsx({"x": [["id", "title", "starts", "goal"], ["a", "A", "2026-09-07", "Groups"]]})
        assert problems(plan) == [(2, "counts_toward")]

    def test_formulas_are_not_worked_out(self) -> None:
        plan = xlsx({"x": [["id", "title", "starts"], ["a", '=HYPERLINK("http://evil.example","A")', "2026-09-07"]]})
        assert problems(plan) == [(2, "title")], "it was never worked out, so there is no value"

    @pytest.mark.parametrize(
        "data",
        [
            b"PK\x03\x04",
            b"PK\x03\x04" + b"\x00" * 500,
            b"\xd0\xcf\x11\xe0" + b"\x00" * 500,
        ],
    )
    def test_what_is_no_workbook(self, data: bytes) -> None:
        with pytest.raises(FileRefused):
            read_table(data, "plan.xlsx")

    def test_another_zip(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("word/document.xml", "<a/>")
        with pytest.raises(FileRefused):
            read_table(out.getvalue(), "plan.xlsx")

    def test_a_cell_in_the_last_corner(self) -> None:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet["A1"], sheet["XFD1048576"] = "title", "x"
        out = io.BytesIO()
        book.save(out)
        with pytest.raises(FileRefused):
            read_table(out.getvalue(), "plan.xlsx")

    def test_a_styled_but_empty_corner_is_fine(self) -> None:
        book = Workbook()
        sheet = book.worksheets[0]
        for row in (["id", "title", "starts"], ["a", "A", "2026-09-07"]):
            sheet.append(row)
        sheet["ZZ900000"].number_format = "0.00"
        out = io.BytesIO()
        book.save(out)
        [plan] = read_table(out.getvalue(), "plan.xlsx", NEW_YORK)
        assert len(plan.items) == 1

    def test_a_bomb(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", "<a/>")
            archive.writestr("xl/sharedStrings.xml", b" " * 110_000_000)
        assert len(out.getvalue()) < 200_000
        with pytest.raises(FileRefused):
            read_table(out.getvalue(), "plan.xlsx")

    def test_damaged_workbooks(self) -> None:
        whole = workbook({"x": [["id", "title", "starts"], ["a", "A", "2026-09-07"]]})
        for at in range(0, len(whole), 97):
            damaged = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
            try:
                plans = read_table(damaged, "plan.xlsx", NEW_YORK)
            except FileRefused:
                continue
            assert plans


@settings(max_examples=100)
@given(st.text(st.sampled_from('ab,;\t"\n\r#|> 0123456789/.-:é\x00=@'), max_size=200))
def test_any_text_ends_in_findings(text: str) -> None:
    for head in ("", "id,title,starts,repeat,skip,moved\n"):
        for plan in csv_plans(head + text):
            assert all(is_clean(str(finding)) for finding in plan.findings)
