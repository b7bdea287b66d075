"""A plan in TOML: what is taken, what is refused, and in which line (docs/plan-file.md)."""

from __future__ import annotations

import re
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from conftest import NASTY
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.event import Childcare, Need, Ride
from companion.domain.finding import Finding, Level
from companion.domain.goal import Period
from companion.domain.kinds import all_kinds
from companion.domain.phrase_grammar import read as read_sentence
from companion.domain.plan import HolidayPolicy, Plan, PlanGoal
from companion.domain.text import is_clean
from companion.errors import FileRefused
from companion.formats.plan_fields import GOAL_FIELDS, HEADER_FIELDS, ITEM_FIELDS
from companion.formats.plan_toml import read_toml
from companion.formats.toml_scan import scan

FULL = """\
format = 1
id = "riverside-2026-017"            # stable
revision = 2
title = "Aftercare, autumn"
prepared_for = "J."
prepared_by = "R. Ortiz"
role = "recovery coach"
phone = "555-0142"
timezone = "America/New_York"
review = 2026-12-15
reminders = ["1 day", "2 hours"]
holidays = [2026-11-26, 2026-12-25]
holiday_policy = "skip"
excused_reasons = ["own illness", "child ill", "court clash"]
excuse_notice = "24 hours"
updated = 2026-09-01T12:00:00Z

[[item]]
id = "iop-group"
title = "IOP group"
discreet_title = "Class"
kind = "group therapy"
need = "required"
starts = 2026-09-07T09:00:00
length = "3 hours"
repeat = "every Mon, Wed and Fri for 8 weeks"
skip = [2026-09-21]
moved = [{ from = 2026-10-12T09:00:00, to = 2026-10-13T13:00:00 }]
extra = [2026-10-31T10:00:00]
provider = "Riverside Outpatient"
contact = "Front desk"
phone = "555-0100"
location = "12 Mill St, room 3"
childcare = { needed = true, who = "Grandma", covered = false }
ride = { how = "bus 14", who = "", leave_by = "40 minutes" }
bring = ["ID", "sign-in sheet"]
notes = "Park behind the building."
child = "M."
counts_toward = "Groups"
sign_off = true
reminders = ["1 day"]

[[goal]]
name = "Groups"
times = 3
per = "week"
"""
HEAD = 'id = "river-17"\ntimezone = "America/New_York"\n'
ITEM = '[[item]]\nid = "a"\ntitle = "Group"\nstarts = 2026-09-07T09:00:00\n'


def read(text: str) -> Plan:
    return read_toml(text.encode(), "plan.toml")


def with_item(*lines: str) -> Plan:
    return read(HEAD + ITEM + "\n".join(lines))


def errors(plan: Plan) -> list[str]:
    return [str(finding) for finding in plan.errors]


class TestWhatIsTaken:
    def test_every_field_of_the_specification(self) -> None:
        plan = read(FULL)
        assert not plan.findings
        header = plan.header
        assert (header.id, header.revision, header.timezone) == ("riverside-2026-017", 2, "America/New_York")
        assert (header.review, header.reminders) == (date(2026, 12, 15), (120, 1440))
        assert header.holidays == (date(2026, 11, 26), date(2026, 12, 25))
        assert header.holiday_policy is HolidayPolicy.SKIP
        assert header.excused_reasons == ("own illness", "child ill", "court clash")
        assert header.excuse_notice == timedelta(hours=24)
        assert header.updated == datetime(2026, 9, 1, 12, tzinfo=UTC)
        assert plan.goals == (PlanGoal("Groups", 3, Period.WEEK),)
        [item] = plan.items
        assert (item.id, item.line) == ("iop-group", 18)
        group, extra = item.events
        assert (group.kind, group.need, group.duration) == ("group-therapy", Need.REQUIRED, timedelta(hours=3))
        assert group.skips == (datetime(2026, 9, 21, 9),)
        assert group.overrides[0].start == datetime(2026, 10, 13, 13)
        assert extra.start == datetime(2026, 10, 31, 10)
        assert group.logistics.childcare == Childcare(needed=True, who="Grandma", covered=False)
        assert group.logistics.ride == Ride("bus 14", "", timedelta(minutes=40))
        assert group.logistics.bring == ("ID", "sign-in sheet")
        assert (group.provider, group.contact, group.phone) == ("Riverside Outpatient", "Front desk", "555-0100")
        assert (group.location, group.notes, group.child) == ("12 Mill St, room 3", "Park behind the building.", "M.")
        assert (group.counts_toward, group.sign_off, group.reminders) == ("Groups", True, (1440,))
        assert group.discreet_title == "Class"

    def test_the_smallest_plan(self) -> None:
        plan = with_item()
        assert not plan.findings
        assert plan.events[0].kind == "other"

    def test_a_date_alone_lasts_all_day(self) -> None:
        plan = read(HEAD + '[[item]]\nid = "a"\ntitle = "Stay"\nstarts = 2026-09-07\nlength = "2 days"\n')
        assert not plan.findings
        assert plan.events[0].all_day
        assert plan.events[0].end == datetime(2026, 9, 9)

    def test_tables_may_be_written_out(self) -> None:
        plan = with_item("[item.childcare]", 'who = "Grandma"', "[[item.phases]]", 'repeat = "every Mon for 3 weeks"')
        assert not plan.findings
        assert plan.events[0].logistics.childcare.needed, "somebody is named, so it is needed"
        assert plan.events[0].rule is not None

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_encodings(self, encoding: str) -> None:
        text = (HEAD + ITEM).replace("Group", "Thérapie")
        plan = read_toml(text.encode(encoding), "plan.toml")
        assert [event.title for event in plan.events] == ["Thérapie"]

    @pytest.mark.parametrize("ends", ["\r\n", "\r"])
    def test_line_ends(self, ends: str) -> None:
        assert read(FULL.replace("\n", ends)) == read(FULL)

    def test_the_same_plan_gives_the_same_events(self) -> None:
        assert read(FULL) == read(FULL)

    @pytest.mark.parametrize("title", NASTY)
    def test_nasty_titles_are_cleaned_and_reported(self, title: str) -> None:
        import json

        for written in (json.dumps(title), json.dumps(title, ensure_ascii=False)):
            plan = read(HEAD + ITEM.replace('"Group"', written))
            assert not plan.errors
            assert is_clean(plan.events[0].title)
            hidden = any(not char.isprintable() for char in title) or "\u0301" in title
            assert bool(plan.findings) == hidden
            assert all(is_clean(str(finding)) for finding in plan.findings)

    def test_raw_control_characters_are_taken_out_and_reported(self) -> None:
        plan = read(HEAD + ITEM.replace("Group", "A\x1b]52;c;RVZJTA==\x07B\x00"))
        assert plan.events[0].title == "AB"
        [finding] = plan.findings
        assert (finding.level, finding.line, finding.item, finding.field) == (Level.NOTE, 5, "a", "title")


class TestWhatIsRefused:
    def test_the_finding_of_the_specification(self) -> None:
        plan = read("\n" * 26 + HEAD + '[[item]]\nid = "iop-group"\nrepeat = "every Mond"\ntitle = "x"')
        assert 'plan.toml:31 item "iop-group" · repeat: "every Mond" is not a day. Did you mean Mon?' in errors(plan)

    def test_all_findings_at_once(self) -> None:
        plan = read(
            'id = "x"\ntimezone = "EST"\nholiday = []\n'
            '[[item]]\nid = "a"\ntitle = ""\nstarts = 2026-02-30\n'
            '[[item]]\nid = "b"\ntitle = "B"\nkind = "grup therapy"\nstarts = 2026-09-07T09:00:00\n'
            'repeat = "every Tue"\n'
            "length = 50\nchildcare = { need = true }\n"
        )
        assert [(f.line, f.field) for f in plan.errors] == [
            (2, "timezone"),
            (3, "holiday"),
            (6, "title"),
            (7, "starts"),
            (11, "kind"),
            (13, "repeat"),
            (14, "length"),
            (15, "childcare.need"),
        ]
        assert not plan.items

    def test_a_good_item_is_taken_beside_a_wrong_one(self) -> None:
        plan = read(HEAD + ITEM + '[[item]]\nid = "b"\ntitle = "B"\nstarts = "soon"\n')
        assert [item.id for item in plan.items] == ["a"]
        assert [(f.item, f.field) for f in plan.errors] == [("b", "starts")]

    @pytest.mark.parametrize(
        "head",
        [
            'timezone = "UTC"',
            'id = "x"',
            'id = "x"\ntimezone = "Mars/Base"',
            'id = "x"\ntimezone = "UTC"\nformat = 2',
            'id = "x"\ntimezone = "UTC"\nholidays = "soon"',
            'id = "x"\ntimezone = "UTC"\nholidys = [2026-12-25]',
            'id = "x"\ntimezone = "UTC"\nrevision = -1',
            'id = "x"\ntimezone = "UTC"\nreminders = ["a", "b"]',
            'id = "x"\ntimezone = "UTC"\nholiday_policy = "skp"',
        ],
    )
    def test_without_a_sound_head_no_item_is_taken(self, head: str) -> None:
        plan = read(head + "\n" + ITEM)
        assert plan.errors
        assert not plan.items

    def test_a_slip_elsewhere_in_the_head_costs_no_item(self) -> None:
        plan = read(HEAD + 'excuse_notice = "soon"\n' + ITEM)
        assert plan.errors
        assert plan.items

    def test_a_full_name_is_warned_about(self) -> None:
        assert read(HEAD + 'prepared_for = "Jane Miller"\n' + ITEM).findings[0].level is Level.WARNING
        assert not read(HEAD + 'prepared_for = "J. M."\n' + ITEM).findings

    @pytest.mark.parametrize(
        ("line", "says"),
        [
            ('reminders = ["1 day", "2 hours", "10 minutes"]', "two are possible"),
            ('reminders = "1 day, 2 hours"', "value of its own"),
            ('need = "must"', "none of"),
            ('counts_toward = "Groups"', "no goal"),
            ('online = "javascript:alert(1)"', "not a web address"),
            ("sign_off = 3", "neither true nor false"),
            ("title = 5.5\n", "twice"),
            ("phone = [1]", "not text"),
            ("moved = [{ from = 2026-09-07T09:00:00 }]", "from and a to"),
            ('phases = [{ repeat = "every Mon", until = 3 }]', "not a field of a phase"),
            ('notes = "' + "x" * 2_001 + '"', "2000 are possible"),
            ("starts_at = 2026-01-01", "starts"),
            ('holidays = ["2026-12-25"]', "above the first item"),
            ("length = inf", "needs a unit"),
            ('kind = "' + "9" * 50 + '"', "is not a kind"),
        ],
    )
    def test_wrong_values(self, line: str, says: str) -> None:
        plan = with_item(line)
        assert not plan.items
        assert says in " ".join(errors(plan))

    def test_a_goal_is_known_by_any_case_and_suggested(self) -> None:
        goal = '[[goal]]\nname = "Groups"\ntimes = 3\nper = "week"\n'
        assert read(HEAD + ITEM + 'counts_toward = "groups"\n' + goal).events[0].counts_toward == "Groups"
        assert "Did you mean Groups?" in errors(read(HEAD + ITEM + 'counts_toward = "Gropus"\n' + goal))[0]

    @pytest.mark.parametrize(
        "goal", ["", 'name = "G"', 'name = "G"\ntimes = 0\nper = "week"', 'name = "G"\ntimes = 1\nper = "year"']
    )
    def test_wrong_goals(self, goal: str) -> None:
        plan = read(HEAD + ITEM + "[[goal]]\n" + goal)
        assert plan.errors
        assert not plan.goals
        assert plan.items

    def test_two_goals_of_one_name(self) -> None:
        goal = '[[goal]]\nname = "Groups"\ntimes = 3\nper = "week"\n'
        plan = read(HEAD + ITEM + goal + goal.replace("Groups", "groups"))
        assert [(f.line, f.field) for f in plan.errors] == [(12, "name")]
        assert len(plan.goals) == 1

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("[item]\nid = 1", "Write [[item]]."),
            ("[[items]]\nid = 1", "Did you mean [[item]]?"),
            ("[plan]\nid = 1", "not a part of a plan"),
            ("item = 3", "two brackets"),
        ],
    )
    def test_wrong_headings(self, text: str, says: str) -> None:
        plan = read(HEAD + text)
        assert says in " ".join(errors(plan))
        assert not plan.items


class TestFaultsOfTheForm:
    """Lines that are not TOML: each is named, and the rest is read."""

    @pytest.mark.parametrize(
        ("line", "mend"),
        [
            ("provider = Riverside", "has no quotes"),
            ("provider = “Riverside”", "straight quotes"),
            ('provider = "Riverside', "closing"),
            ('provider = "A "quoted" word"', "after the closing quote"),
            ("provider", 'no "="'),
            ("provider =", "Nothing stands after"),
            ("sign_off = yes", "sign_off = true"),
            ("skip = [2026-09-07", "never closed"),
            ("skip = [2026-9-7]", ""),
            ("extra = 2026-02-30", "no such date"),
            ('provider = "C:\\Users"', "meaning of its own"),
            ('id = "b"', "given twice"),
            ("ride = { how = 1", "never closed"),
        ],
    )
    def test_a_faulty_line_is_named_and_its_item_refused(self, line: str, mend: str) -> None:
        plan = read(
            HEAD + ITEM + line + '\n[[item]]\nid = "b"\ntitle = "B"\nstarts = 2026-09-08T09:00:00\nkind = "x"\n'
        )
        first = plan.errors[0]
        assert first.line == 7
        assert first.item == "a"
        if mend and mend != "closing":
            assert mend in f"{first.text} {first.mend}"
        assert [f.line for f in plan.errors[1:]] == [12], "what follows is still looked at"
        assert not plan.items

    def test_a_fault_costs_only_its_own_item(self) -> None:
        plan = read(
            HEAD + ITEM + 'provider = Riverside\n[[item]]\nid = "b"\ntitle = "B"\nstarts = 2026-09-08T09:00:00\n'
        )
        assert [item.id for item in plan.items] == ["b"]

    def test_a_fault_in_the_head_withholds_all(self) -> None:
        plan = read(HEAD + "title = Aftercare\n" + ITEM)
        assert [f.line for f in plan.errors] == [3]
        assert not plan.items

    def test_a_heading_with_one_bracket_too_few(self) -> None:
        plan = read(HEAD + ITEM + '[[item]\nid = "b"\ntitle = "B"\nstarts = 2026-09-08T09:00:00\n')
        assert [(f.line, f.mend) for f in plan.errors] == [(7, "Write [[item]].")]
        assert [item.id for item in plan.items] == ["a"]

    def test_three_quotes_left_open(self) -> None:
        plan = read(HEAD + ITEM + 'notes = """Park\n' + ITEM.replace('"a"', '"b"'))
        assert plan.errors[0].line == 7
        assert [item.id for item in plan.items] == ["b"]

    def test_many_faults_end(self) -> None:
        plan = read(HEAD + ITEM + "a = b\n" * 15_000)
        assert len(plan.errors) >= 3
        assert not plan.items

    def test_no_toml_at_all(self) -> None:
        for text in ("hello", "<html>", "{", "\x00\x01", "= = ="):
            plan = read(text)
            assert plan.errors
            assert not plan.items


class TestBounds:
    def test_size(self) -> None:
        with pytest.raises(FileRefused):
            read_toml(b"#" * 1_000_001, "plan.toml")

    @pytest.mark.parametrize(
        "text",
        [
            "x = " + "1" * 4_000,
            "a" + ".a" * 30_000 + " = 1",
            "a = {" + "a" + ".b" * 9 + " = 1}",
            "a" + " . a" * 9 + " = 1",
            '"a"' + '."a"' * 9 + " = 1",
            "[a" + ".a" * 9 + "]",
            "x = " + "[" * 9 + "]" * 9,
            "x = " + "[" * 1_900 + "]" * 1_900,
            "x = " + "{a=" * 400 + "1" + "}" * 400,
        ],
    )
    def test_nothing_beyond_the_bounds_is_parsed(self, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
        import tomllib

        monkeypatch.setattr(tomllib, "loads", lambda _text: pytest.fail("it was parsed"))
        plan = read(HEAD + text + "\n" + ITEM)
        assert plan.errors[0].line == 3
        assert not plan.items

    @pytest.mark.parametrize(
        "text",
        [
            'notes = "a.b.c.d.e.f.g.h.i.j.k"',
            "notes = '[[[[[[[[[['",
            "# [[[[[[[[[[ a.b.c.d.e.f.g.h.i.j.k",
            'notes = """\n[[[[[[[[[[[\na.b.c.d.e.f.g.h.i.j = 1\n"""',
        ],
    )
    def test_texts_and_comments_do_not_count(self, text: str) -> None:
        assert not with_item(text).findings

    @pytest.mark.parametrize(
        "text",
        [
            "[" * 400_000,
            "a=[" * 300_000,
            '"' * 900_000,
            "a='''" * 190_000,
            "{\\" * 400_000,
            "a.b\n" * 200_000,
            "\n" * 900_000,
        ],
    )
    def test_the_scan_is_linear(self, text: str) -> None:
        began = time.process_time()
        scan(text)
        assert time.process_time() - began < 5  # about one second each; the square of it would be hours


@settings(max_examples=80)
@given(st.data())
def test_a_damaged_plan_never_ends_in_anything_but_findings(data: st.DataObject) -> None:
    text = FULL
    for _change in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 30))
        new = data.draw(st.text(st.sampled_from("[]{}\"'=,.#\n\\ 0aé\x00"), max_size=4))
        text = text[:at] + new + text[at + cut :]
    plan = read(text)
    assert all(isinstance(finding, Finding) and is_clean(str(finding)) for finding in plan.findings)
    assert plan.items or plan.findings


class TestTheManual:
    """docs/plan-file.md says what is so."""

    text = (Path(__file__).parents[2] / "docs" / "plan-file.md").read_text("utf-8")

    def test_its_example_is_sound_and_has_every_field(self) -> None:
        example = self.text.split("```toml\n")[1].split("```")[0]
        plan = read(example)
        assert not plan.findings
        assert len(plan.events) == 5
        for name in (*HEADER_FIELDS, *ITEM_FIELDS, *GOAL_FIELDS):
            if name not in ("rrule", "updated", "kinds"):
                assert f"{name.split('.')[-1]} = " in example.replace("or online", "online")

    def test_it_names_every_kind(self) -> None:
        flat = " ".join(self.text.split())
        assert " · ".join(kind.name for kind in all_kinds().values()) in flat

    def test_its_sentences_are_understood(self) -> None:
        rows = self.text.split("### repeat")[1].split("- The first session")[0]
        often, until = (re.findall(r"`([^`]+)`", row) for row in rows.split("\n") if "`" in row)
        assert len(often) > 10
        for sentence in often:
            assert read_sentence(sentence).endless
            for end in until:
                assert not read_sentence(f"{sentence} {end}").endless
