"""companion plan check, show, ics, templates and new, as a coach types them."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from formats.ics_lint import lint
from icalendar import Calendar
from recurring_ical_events import of

from companion.cli.main import run as companion
from companion.formats.plan_table import TableOptions, read_table
from companion.formats.plan_toml import read_toml

PLAN = """\
id = "river-17"
revision = 2
timezone = "America/New_York"
reminders = ["1 day", "2 hours"]

[[item]]
id = "group"
title = "IOP group"
kind = "group therapy"
starts = 2026-10-26T18:00:00
length = "90 minutes"
repeat = "every Mon for 3 weeks"
skip = [2026-11-02]

[[item]]
id = "papers"
title = "Papers due"
starts = 2026-11-03
"""
WRONG = '\n[[item]]\nid = "c"\ntitle = "C"\nstarts = 2026-11-04T09:00:00\nrepeat = "every Mond"\n'


def plan(*words: object) -> int:
    return companion(["plan", *map(str, words)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN, "utf-8")
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.toml"
    path.write_text(PLAN + WRONG, "utf-8")
    return path


def listed(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, list[dict[str, object]]]:
    plan("show", "--json", *words)
    found: dict[str, list[dict[str, object]]] = json.loads(capsys.readouterr().out)
    return found


class TestCheck:
    def test_a_sound_plan(self, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert plan("check", file) == 0
        out, err = capsys.readouterr()
        assert out == ""
        assert "2 items, 3 sessions, no findings" in err

    def test_findings_with_their_lines(self, file: Path, wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert plan("check", file, wrong) == 1
        line = PLAN.count("\n") + 6
        assert capsys.readouterr().out.splitlines() == [
            f'wrong.toml:{line} item "c" · repeat: "every Mond" is not a day. Did you mean Mon?'
        ]

    def test_a_file_that_is_not_there_does_not_hide_the_others(
        self, wrong: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert plan("check", wrong.with_name("nowhere.toml"), wrong) == 1
        out = capsys.readouterr().out
        assert "There is no file" in out
        assert "every Mond" in out

    def test_warnings_alone_are_no_failure(self, tmp_path: Path) -> None:
        path = tmp_path / "week.csv"
        path.write_text("title,starts\nA,2026-09-07 09:00\n", "utf-8")
        assert plan("check", path, "--timezone", "America/New_York") == 0
        assert plan("check", path) == 1

    def test_the_dates_of_a_sheet(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "week.csv"
        path.write_text("#timezone: UTC\nid,title,starts\na,A,03/04/2026 09:00\n", "utf-8")
        assert plan("check", path, "--plan-id", "x") == 1
        assert "--dates" in capsys.readouterr().out
        assert plan("check", path, "--plan-id", "x", "--dates", "dmy") == 0


class TestShow:
    def test_json_as_the_specification_has_it(self, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        found = listed(capsys, file)
        assert found["findings"] == []
        first, papers, last = found["occurrences"]
        assert first == {
            "uid": first["uid"],
            "recurrence_id": "2026-10-26T18:00:00",
            "start": "2026-10-26T18:00:00-04:00",
            "end": "2026-10-26T19:30:00-04:00",
            "all_day": False,
            "title": "IOP group",
            "kind": "group therapy",
            "status": "confirmed",
            "reminders": [120, 1440],
        }
        assert (papers["start"], papers["end"], papers["all_day"]) == ("2026-11-03", "2026-11-04", True)
        assert papers["recurrence_id"] is None
        assert last["start"] == "2026-11-09T18:00:00-05:00", "6 pm stays 6 pm when the clocks go back"

    def test_the_window(self, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        found = listed(capsys, file, "--from", "2026-11-03", "--until", "2026-11-09")
        assert [o["start"] for o in found["occurrences"]] == ["2026-11-03"]
        assert len(listed(capsys, file, "--from", "2026-11-03")["occurrences"]) == 2
        assert len(listed(capsys, file, "--until", "2026-11-10")["occurrences"]) == 3

    def test_good_items_are_shown_beside_refused_ones(self, wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert plan("show", "--json", wrong) == 1
        found = json.loads(capsys.readouterr().out)
        assert len(found["occurrences"]) == 3
        [finding] = found["findings"]
        assert finding == {
            "line": PLAN.count("\n") + 6,
            "item": "c",
            "field": "repeat",
            "level": "error",
            "text": '"every Mond" is not a day.',
            "mend": "Did you mean Mon?",
        }

    def test_an_endless_series_is_shown_for_two_years(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "plan.toml"
        path.write_text(PLAN.replace(" for 3 weeks", "").replace("skip = [2026-11-02]", ""), "utf-8")
        series = [o["start"] for o in listed(capsys, path)["occurrences"] if o["recurrence_id"]]
        assert (series[0], series[-1]) == ("2026-10-26T18:00:00-04:00", "2028-10-23T18:00:00-04:00")
        later = [o["start"] for o in listed(capsys, path, "--from", "2030-01-01")["occurrences"]]
        assert (later[0], later[-1]) == ("2030-01-07T18:00:00-05:00", "2031-12-29T18:00:00-05:00")

    def test_for_people(self, wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert plan("show", wrong) == 1
        out, err = capsys.readouterr()
        assert "6:00–7:30 pm  IOP group" in out
        assert "all day  Papers due" in out
        assert "every Mond" in err
        assert "every Mond" not in out

    def test_a_calendar_keeps_its_own_uids(
        self, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        phone = tmp_path / "phone.ics"
        assert plan("ics", "--full", file, "-o", phone) == 0
        capsys.readouterr()
        mine, theirs = listed(capsys, file)["occurrences"], listed(capsys, phone)["occurrences"]
        assert [(o["uid"], o["recurrence_id"], o["start"], o["end"], o["title"]) for o in mine] == [
            (o["uid"], o["recurrence_id"], o["start"], o["end"], o["title"]) for o in theirs
        ]

    def test_clients_of_one_sheet(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "week.csv"
        path.write_text("client,id,title,starts\nJ.,a,A,2026-09-08 09:00\nM.,a,B,2026-09-07 09:00\n", "utf-8")
        words = (path, "--plan-id", "x", "--timezone", "America/New_York")
        assert [o["title"] for o in listed(capsys, *words)["occurrences"]] == ["B", "A"]
        plan("show", *words)
        assert capsys.readouterr().out.startswith("# J.\n")


class TestIcs:
    def test_to_standard_output_and_always_the_same(
        self, file: Path, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        assert plan("ics", file) == 0
        first = capfdbinary.readouterr().out
        assert plan("ics", file) == 0
        assert capfdbinary.readouterr().out == first
        assert first.startswith(b"BEGIN:VCALENDAR")
        assert b"SEQUENCE:2" in first
        assert b"IOP" not in first, "discreet unless asked otherwise"
        assert not lint(first)

    def test_an_existing_file_is_kept(self, file: Path, tmp_path: Path) -> None:
        out = tmp_path / "phone.ics"
        out.write_text("mine", "utf-8")
        assert plan("ics", file, "-o", out) == 2
        assert out.read_text("utf-8") == "mine"
        assert plan("ics", file, "-o", out, "--replace") == 0
        assert out.read_bytes().startswith(b"BEGIN:VCALENDAR")

    def test_refused_items_are_said_and_the_rest_written(self, wrong: Path, tmp_path: Path) -> None:
        out = tmp_path / "phone.ics"
        assert plan("ics", wrong, "-o", out) == 1
        assert out.exists()

    def test_a_file_for_each_client(self, tmp_path: Path) -> None:
        path = tmp_path / "week.csv"
        path.write_text("client,id,title,starts\nJ.,a,A,2026-09-08 09:00\nM.,a,B,2026-09-07 09:00\n", "utf-8")
        words = ("ics", path, "--plan-id", "x", "--timezone", "America/New_York")
        assert plan(*words) == 2
        assert plan(*words, "-o", tmp_path / "out.ics") == 0
        assert sorted(p.name for p in tmp_path.glob("*.ics")) == ["out-1.ics", "out-2.ics"]

    def test_the_sample_agrees_with_another_reader_over_two_years(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        source, out = tmp_path / "sample.toml", tmp_path / "sample.ics"
        new = ("new", "--template", "sample-month-two", "--start", "2026-10-12", "--timezone", "America/New_York")
        assert plan(*new, "-o", source) == 0
        assert plan("check", source) == 0
        assert "no findings" in capsys.readouterr().err
        assert plan("ics", source, "--full", "-o", out) == 0
        assert not lint(out.read_bytes())
        capsys.readouterr()
        ours = {(o["uid"], str(o["start"]), str(o["end"])) for o in listed(capsys, source)["occurrences"]}
        calendar = Calendar.from_ical(out.read_bytes())
        begins = datetime(2026, 10, 1)
        theirs = {
            (str(e["UID"]), e["DTSTART"].dt.isoformat(), e["DTEND"].dt.isoformat())
            for e in of(calendar).between(begins, begins + timedelta(days=800))
        }
        assert ours == theirs
        assert len(ours) > 150


class TestNew:
    def test_templates_are_listed(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert plan("templates") == 0
        out = capsys.readouterr().out
        assert "step-down" in out
        assert "Well-child visits" in out

    def test_each_new_plan_is_sound_and_has_an_id_of_its_own(self, capsys: pytest.CaptureFixture[str]) -> None:
        ids = set()
        for _time in range(2):
            assert plan("new", "--timezone", "America/Chicago") == 0
            made = read_toml(capsys.readouterr().out.encode(), "plan.toml")
            assert not made.findings
            assert made.header.timezone == "America/Chicago"
            ids.add(made.header.id)
        assert len(ids) == 2

    def test_a_template_that_is_not_there(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert plan("new", "--template", "stepdown") == 2
        assert "Did you mean step-down?" in capsys.readouterr().err

    def test_a_zone_that_is_not_there(self) -> None:
        assert plan("new", "--timezone", "Mars") == 2

    def test_a_sheet_to_fill(self, tmp_path: Path) -> None:
        path = tmp_path / "plan.xlsx"
        assert plan("new", "--sheet", "-o", path, "--timezone", "America/Chicago") == 0
        [blank] = read_table(path.read_bytes(), path.name, TableOptions())
        assert not blank.errors
        assert blank.header.timezone == "America/Chicago"
        assert plan("new", "--sheet") == 2
        assert plan("new", "--sheet", "--template", "wic", "-o", path, "--replace", "--timezone", "UTC") == 0
        [filled] = read_table(path.read_bytes(), path.name, TableOptions())
        assert [item.id for item in filled.items] == ["wic"]

    def test_an_existing_file_is_kept(self, file: Path) -> None:
        assert plan("new", "-o", file) == 2
        assert file.read_text("utf-8") == PLAN


@pytest.mark.parametrize(
    "words", [["check"], ["show"], ["show", "x", "--from", "soon"], ["check", "x", "--revision", "0"], ["nothing"]]
)
def test_wrong_usage(words: list[str]) -> None:
    assert plan(*words) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no such things there")
@pytest.mark.parametrize("path", ["/dev/zero", "/", "/nowhere/plan.toml"])
def test_what_is_no_file(path: str) -> None:
    for command in ("check", "show", "ics"):
        assert plan(command, path) == 1
