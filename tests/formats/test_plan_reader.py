"""Whatever file somebody hands over is read within bounds, or refused in plain words."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from companion.errors import FileRefused
from companion.formats import plan_reader
from companion.formats.plan_reader import FileKind, kind_of, read_plans
from companion.formats.plan_table import TableOptions

TOML = 'id = "river-17"\ntimezone = "America/New_York"\n[[item]]\nid = "a"\ntitle = "A"\nstarts = 2026-09-07T09:00:00\n'
CSV = "id,title,starts\na,A,2026-09-07 09:00\n"
ICS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:own-uid\r\nDTSTAMP:20260901T000000Z\r\n"
    "DTSTART:20260907T090000\r\nDTEND:20260907T100000\r\nSUMMARY:A\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.toml", TOML, FileKind.TOML),
        ("a.csv", CSV, FileKind.CSV),
        ("a.ics", ICS, FileKind.CALENDAR),
        ("a.txt", TOML, FileKind.TOML),
        ("a.txt", "# a remark\n\n[[item]]\n", FileKind.TOML),
        ("a.txt", CSV, FileKind.CSV),
        ("a.txt", "#id: x\n" + CSV, FileKind.CSV),
        ("a.csv", ICS, FileKind.CALENDAR),
        ("a.toml", "\ufeff\n" + ICS, FileKind.CALENDAR),
        ("a.csv", "PK\x03\x04", FileKind.WORKBOOK),
        ("a", "BEGIN:VCALENDAR", FileKind.CALENDAR),
    ],
)
def test_the_kind_is_known_by_what_is_in_it(name: str, text: str, kind: FileKind) -> None:
    assert kind_of(text.encode(), name) is kind


PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x48\x00\x48\x00\x00\xff\xdb\x00C\x00" + bytes(range(64)) * 8


@pytest.mark.parametrize("data", [b"", b" \n", b"%PDF-1.7", PHOTO, b"\x89PNG\r\n\x1a\n" + PHOTO])
def test_what_is_no_plan(data: bytes) -> None:
    with pytest.raises(FileRefused):
        kind_of(data, "plan.toml")


def test_each_kind_is_read(tmp_path: Path) -> None:
    for name, text in (("a.toml", TOML), ("a.csv", CSV), ("a.ics", ICS)):
        [plan] = read_plans(write(tmp_path, name, text), zone="America/New_York")
        assert [event.title for event in plan.events] == ["A"]
        assert plan.events[0].zone == "America/New_York"
        assert plan.header.per_item == name.endswith("ics")


def test_a_child_reads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = TableOptions(plan_id="x", timezone="America/Chicago")
    for name, text in (("a.toml", TOML), ("a.csv", CSV), ("b.toml", "= ="), ("b.csv", "id,title\n,\n")):
        path = write(tmp_path, name, text)
        here = read_plans(path, options)
        with monkeypatch.context() as patch:
            patch.setattr(plan_reader, "SMALL", -1)
            assert read_plans(path, options) == here


def test_a_childs_refusal_is_told_in_its_words(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="spreadsheet"):
        read_plans(write(tmp_path, "a.xlsx", "PK\x03\x04 nothing"))


def test_hers_is_the_zone_of_a_sheet_that_names_none_and_the_computers_is_not(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", CSV)
    assert read_plans(path, TableOptions("x"), zone="America/Denver")[0].header.timezone == "America/Denver"
    assert read_plans(path, TableOptions("x"), calendar_zone="America/Denver")[0].errors
    [plan] = read_plans(write(tmp_path, "a.ics", ICS), calendar_zone="America/Denver")
    assert plan.events[0].zone == "America/Denver"


def test_too_big(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(5_000_001)
    with pytest.raises(FileRefused, match="5 MB"):
        read_plans(path)


def slow_child(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(plan_reader, "SMALL", -1)
    monkeypatch.setattr(plan_reader, "_BOOT", code)


def test_it_stops_when_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow_child(monkeypatch, "import time; time.sleep(60)")
    asked: list[float] = []

    def stop() -> bool:
        asked.append(time.monotonic())
        return len(asked) > 2

    began = time.monotonic()
    with pytest.raises(FileRefused, match="stopped"):
        read_plans(write(tmp_path, "a.toml", TOML), stop=stop)
    assert time.monotonic() - began < 10


def test_it_stops_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow_child(monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr(plan_reader, "SECONDS", 0.1)
    with pytest.raises(FileRefused, match="too long"):
        read_plans(write(tmp_path, "a.toml", TOML))


def test_a_child_that_never_reads_does_not_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow_child(monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr(plan_reader, "SECONDS", 0.1)
    monkeypatch.setattr(plan_reader, "SECONDS_PER_MEGABYTE", 0.1)
    with pytest.raises(FileRefused, match="too long"):
        read_plans(write(tmp_path, "a.toml", TOML + "#" * 500_000))


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("import sys; sys.exit(1)", "can't be read"),
        ("import sys; sys.exit(3)", "memory"),
        ("print('not json')", "can't be read"),
        ("print('{}')", "can't be read"),
        ("print('[]')", "can't be read"),
        ('print(\'{"plans": [{"header": 5}]}\')', "can't be read"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "can't be read"),
    ],
)
def test_whatever_becomes_of_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, says: str) -> None:
    slow_child(monkeypatch, code)
    with pytest.raises(FileRefused, match=says):
        read_plans(write(tmp_path, "a.toml", TOML))


@pytest.mark.skipif(sys.platform != "linux", reason="only there memory can be limited for certain")
def test_memory_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    greedy = (
        "import sys; sys.path.append(sys.argv[1]); import companion.formats.plan_reader as r; "
        "r.read_data = lambda *a: [bytearray(3_000_000_000)]; from companion.formats.plan_child import main; main()"
    )
    slow_child(monkeypatch, greedy)
    with pytest.raises(FileRefused, match="memory"):
        read_plans(write(tmp_path, "a.toml", TOML))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "plan.toml")
    with pytest.raises(FileRefused):
        read_plans(tmp_path / "plan.toml")
