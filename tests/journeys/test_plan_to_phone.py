"""A coach's plan goes straight to a phone file, and another reader sees in it what the plan shows."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from formats.ics_lint import lint

from companion.cli.main import run
from companion.formats.plan_templates import list_templates, template_text

BEGINS = date(2026, 10, 12)
TWO_YEARS = ("--from", "2026-10-01", "--until", "2028-10-01")


def written(tmp_path: Path, template: str, zone: str = "America/New_York") -> Path:
    path = tmp_path / f"{template}.toml"
    path.write_text(template_text(template, BEGINS, zone), "utf-8")
    return path


def shown(path: Path, capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str, str]]:
    assert run(["plan", "show", str(path), "--json", *TWO_YEARS]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed["findings"] == []
    return sorted((o["uid"], o["start"], o["end"]) for o in listed["occurrences"] if o["status"] != "cancelled")


def read_by_another(path: Path, zone: str) -> list[tuple[str, str, str]]:
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    there = ZoneInfo(zone)
    found = recurring_ical_events.of(calendar).between(
        datetime(2026, 10, 1, tzinfo=there), datetime(2028, 10, 1, tzinfo=there)
    )
    return sorted((str(e["UID"]), e.start.isoformat(), e.end.isoformat()) for e in found)


@pytest.mark.parametrize("zone", ["America/New_York", "America/Phoenix", "Europe/London"])
def test_the_sample_reads_the_same_elsewhere_over_two_years(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], zone: str
) -> None:
    plan, phone = written(tmp_path, "sample-month-two", zone), tmp_path / "out.ics"
    assert run(["plan", "check", str(plan)]) == 0
    said = capsys.readouterr()
    assert said.out == "" and "no findings" in said.err
    assert run(["plan", "ics", str(plan), "-o", str(phone)]) == 0
    capsys.readouterr()
    expected = shown(plan, capsys)
    assert len(expected) > 100
    assert read_by_another(phone, zone) == expected
    months = {datetime.fromisoformat(start).strftime("%Y-%m") for _uid, start, _end in expected if "T" in start}
    assert {"2026-10", "2026-12", "2027-02", "2027-04"} <= months  # both sides of both clock changes
    assert lint(phone.read_bytes()) == []


@pytest.mark.parametrize("template", [t.id for t in list_templates()])
def test_every_template_is_without_findings_and_lint_clean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], template: str
) -> None:
    plan, phone = written(tmp_path, template), tmp_path / "out.ics"
    assert run(["plan", "check", str(plan)]) == 0, capsys.readouterr().out
    assert run(["plan", "ics", str(plan), "-o", str(phone)]) == 0
    assert lint(phone.read_bytes()) == []


def test_the_same_plan_always_gives_the_same_bytes(tmp_path: Path) -> None:
    plan = written(tmp_path, "sample-month-two")
    for name in ("one.ics", "two.ics"):
        assert run(["plan", "ics", str(plan), "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / "one.ics").read_bytes() == (tmp_path / "two.ics").read_bytes()


def test_a_phone_file_gives_nothing_away(tmp_path: Path) -> None:
    plan, phone = written(tmp_path, "sample-month-two"), tmp_path / "out.ics"
    assert run(["plan", "ics", str(plan), "-o", str(phone)]) == 0
    text = phone.read_text("utf-8")
    for word in ("IOP", "Counselling", "Court", "Medication", "Mill St", "recovery", "DESCRIPTION:Bring"):
        assert word not in text, word
    assert text.count("CLASS:PRIVATE") == text.count("BEGIN:VEVENT")
