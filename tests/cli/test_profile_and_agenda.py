"""The command line as a coach or a script uses it: most of it in this process, its edges in one of their own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from companion.cli.main import run
from companion.domain.clock import SystemClock
from companion.domain.event import Event
from companion.services.session import create_profile

ZONE = "America/New_York"
Done = subprocess.CompletedProcess[str]


def companion(data: Path, *arguments: str, stdin: str = "") -> Done:
    """The command in this process: a tenth of the time a new one takes."""
    said, complained = io.StringIO(), io.StringIO()
    with patch.object(sys, "stdin", io.StringIO(stdin)), redirect_stdout(said), redirect_stderr(complained):
        status = run(["--data", str(data), *arguments])
    return Done(arguments, status, said.getvalue(), complained.getvalue())


def in_a_process_of_its_own(data: Path, *arguments: str, stdin: str = "") -> Done:
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}  # no home folder at all
    command = [sys.executable, "-m", "companion", "--data", str(data), *arguments]
    return subprocess.run(command, capture_output=True, text=True, input=stdin, env=environment, check=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def with_event(data: Path, title: str = "Counselling") -> datetime:
    """A profile without words holding one event tomorrow at 14:00; gives its start."""
    data.mkdir()
    session, _code = create_profile(data, "heron", None, SystemClock(), zone=ZONE)
    start = datetime.combine(session.planner.today() + timedelta(days=1), datetime.min.time()).replace(hour=14)
    session.planner.add(Event("", title, start, timedelta(minutes=50), ZONE, kind="individual-therapy"))
    session.close()
    return start


def test_a_profile_with_words_is_made_listed_opened_and_deleted(data: Path) -> None:
    made = in_a_process_of_its_own(
        data, "profile", "new", "blue heron", "--passphrase-stdin", stdin="river lamp north seven\n"
    )
    assert made.returncode == 0
    assert len(made.stdout.strip().replace("-", "")) == 24  # the recovery code, alone on standard output
    assert companion(data, "profile", "list").stdout == "blue heron\n"

    opened = in_a_process_of_its_own(
        data, "agenda", "--profile", "blue heron", "--passphrase-stdin", stdin="River  lamp north SEVEN\n"
    )
    assert (opened.returncode, opened.stdout) == (0, "")
    refused = companion(data, "agenda", "--profile", "blue heron", "--passphrase-stdin", stdin="wrong\n")
    assert refused.returncode == 3
    assert "Traceback" not in refused.stderr

    deleted = companion(data, "profile", "delete", "blue heron", stdin="blue heron\n")
    assert deleted.returncode == 2  # no terminal to ask on
    assert companion(data, "profile", "delete", "blue heron", "--yes").returncode == 0
    assert companion(data, "profile", "list").stdout == ""


def test_a_computer_that_says_utc_is_told_of(data: Path) -> None:
    made = companion(data, "profile", "new", "heron", "--no-words")
    assert made.returncode == 0
    named = companion(data, "profile", "new", "fox", "--no-words", "--timezone", ZONE)
    assert "UTC" not in named.stderr


def test_the_agenda_is_text_for_people_and_json_for_programs(data: Path) -> None:
    start = with_event(data)
    text = companion(data, "agenda", "--profile", "heron")
    assert text.returncode == 0
    assert "2:00–2:50 pm  Counselling" in text.stdout
    listed = json.loads(companion(data, "agenda", "--profile", "heron", "--json").stdout)
    (occurrence,) = listed["occurrences"]
    assert occurrence["title"] == "Counselling"
    assert occurrence["kind"] == "individual therapy"
    assert occurrence["start"].startswith(start.isoformat())
    assert occurrence["recurrence_id"] is None
    assert occurrence["reminders"] == [120, 1440]
    assert listed["findings"] == []


def test_until_is_not_included(data: Path) -> None:
    start = with_event(data)
    day = start.date().isoformat()
    assert companion(data, "agenda", "--profile", "heron", "--from", day, "--until", day).stdout == ""


def test_days_the_wrong_way_round_are_not_an_empty_week(data: Path) -> None:
    with_event(data)
    for command in (("agenda",), ("export", "-o", str(data / "x.ics"))):
        done = companion(data, *command, "--profile", "heron", "--from", "2026-12-02", "--until", "2026-12-01")
        assert (done.returncode, done.stdout) == (2, "")
        assert "--until is before --from" in done.stderr


def test_a_label_that_is_not_there_is_a_wrong_call_and_not_wrong_words(data: Path) -> None:
    with_event(data)
    assert companion(data, "agenda", "--profile", "hreon").returncode == 2


def test_an_empty_pipe_makes_no_profile_that_anyone_can_open(data: Path) -> None:
    done = companion(data, "profile", "new", "heron", "--passphrase-stdin", stdin="\n")
    assert done.returncode == 2
    assert "--no-words" in done.stderr
    assert companion(data, "profile", "list").stdout == ""


def test_an_import_says_that_the_revision_was_not_raised(data: Path, tmp_path: Path) -> None:
    with_event(data)
    file = tmp_path / "plan.toml"
    text = (
        'id = "p"\nrevision = 1\ntimezone = "UTC"\n[[item]]\nid = "a"\ntitle = "Visit"\nstarts = 2090-01-0{}T09:00:00\n'
    )
    for day in (2, 3):
        file.write_text(text.format(day))
        done = companion(data, "import", str(file), "--profile", "heron")
    assert done.stdout == "1 same\n"
    assert "its revision is still 1" in done.stderr


def test_one_clients_plan_never_comes_into_anothers_profile(data: Path, tmp_path: Path) -> None:
    with_event(data)
    file = tmp_path / "week.csv"
    file.write_text("#id: w\nclient,id,title,starts\nJ.,a,A,2090-01-02\nM.,a,A,2090-01-02\nM.,b,B,2090-01-02\n")
    several = companion(data, "import", str(file), "--profile", "heron")
    assert several.returncode == 2
    assert "--client" in several.stderr
    ahead = ("--from", "2090-01-01", "--until", "2090-02-01")
    assert companion(data, "agenda", "--profile", "heron", *ahead).stdout == ""
    assert companion(data, "import", str(file), "--profile", "heron", "--client", "K.").returncode == 2
    assert companion(data, "import", str(file), "--profile", "heron", "--client", "m.").stdout == "2 new\n"
    assert companion(data, "agenda", "--profile", "heron", *ahead).stdout.count("all day") == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("agenda", "--profile", "nobody"),
        ("agenda",),
        ("agenda", "--profile", "heron", "--from", "yesterday"),
        ("profile", "new", "heron", "--no-words"),
        ("profile", "new", "x", "--no-words", "--timezone", "Nowhere/Land"),
        ("export", "--profile", "heron", "-o", "x.ics", "--kinds", "nonsense"),
    ],
)
def test_wrong_usage_is_one_sentence_and_no_traceback(data: Path, arguments: tuple[str, ...]) -> None:
    with_event(data)
    done = companion(data, *arguments)
    assert done.returncode in {1, 2, 3}
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_an_export_is_written_once_and_not_over_another(data: Path, tmp_path: Path) -> None:
    with_event(data)
    out = tmp_path / "out.ics"
    done = companion(data, "export", "--profile", "heron", "-o", str(out))
    assert done.returncode == 0, done.stderr
    text = out.read_text("utf-8")
    assert "SUMMARY:Appointment" in text and "Counselling" not in text
    assert out.stat().st_mode & 0o077 == 0
    assert companion(data, "export", "--profile", "heron", "-o", str(out)).returncode == 2
    full = companion(data, "export", "--profile", "heron", "-o", str(out), "--full", "--replace")
    assert full.returncode == 0
    assert "SUMMARY:Counselling" in out.read_text("utf-8")


def test_a_profile_open_elsewhere_is_said(data: Path) -> None:
    with_event(data)
    from companion.profiles import find_profile
    from companion.services.session import open_profile

    session = open_profile(data, find_profile(data, "heron").id, None, SystemClock())
    try:
        done = in_a_process_of_its_own(data, "agenda", "--profile", "heron")
    finally:
        session.close()
    assert done.returncode == 3
    assert "window" in done.stderr


def test_a_damaged_file_is_said_and_left_as_it_is(data: Path) -> None:
    with_event(data)
    (file,) = data.glob("*/data.1")
    broken = file.read_bytes()[:5000]
    file.write_bytes(broken)
    done = in_a_process_of_its_own(data, "agenda", "--profile", "heron")
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
    assert file.read_bytes() == broken


def test_a_shortcut_has_a_neutral_name_and_starts_the_app(data: Path, tmp_path: Path) -> None:
    made = companion(data, "shortcut", "--folder", str(tmp_path))
    assert made.returncode == 0, made.stderr
    written = Path(made.stdout.strip())
    text = written.read_text("utf-8")
    for word in ("recovery", "Companion ", "mother"):
        assert word not in text
    assert "-m" in text and "companion" in text
    assert companion(data, "shortcut", "--folder", str(tmp_path)).returncode == 2


@pytest.mark.parametrize(
    ("platform", "name"), [("linux", "calendar.desktop"), ("win32", "Calendar.cmd"), ("darwin", "Calendar.command")]
)
def test_every_platform_has_its_own_icon(platform: str, name: str) -> None:
    from companion.cli.shortcut import shortcut_file

    found, text = shortcut_file(platform, ["/opt/my apps/python", "-m", "companion", "--data", "/a b/$c"])
    assert found == name
    assert "my apps" in text
