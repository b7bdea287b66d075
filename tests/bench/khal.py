"""The same thirty days of the same events from the command line: `companion agenda` and `khal list`, in turn.

khal is a calendar of this kind that is well kept; it is measured as it is meant to be used, with its cache filled
before. It lives in an environment of its own, `.venv-khal`, made on first use, with the urwid it works with.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from companion.domain.event import Event
from companion.formats.ical_writer import ExportOptions, write_calendar
from tests.bench.data import NOW, ZONE, calendar
from tests.bench.measure import MILLISECOND, Figure, Unmeasured, pairs
from tests.bench.store import filled

WANTED = ("khal>=0.14,<0.15", "urwid>=2.6.16,<3")  # with urwid 5 its own window does not open
HOME = Path(__file__).parents[2] / ".venv-khal"
DAYS = 30
RUNS = 7
CONFIG = """[calendars]
[[bench]]
path = {folder}/events
type = calendar
[sqlite]
path = {folder}/khal.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
default_timezone = {zone}
local_timezone = {zone}
[default]
default_calendar = bench
"""


def khal() -> Path | None:
    """The program, installed first where need be; None where it can't be fetched."""
    program = HOME / "bin" / "khal"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
        install = [str(HOME / "bin" / "python"), "-m", "pip", "install", "--quiet", *WANTED]
        if subprocess.run(install, check=False, capture_output=True).returncode:
            return None
    return program


def run() -> Iterator[Figure | Unmeasured]:
    program = khal()
    if program is None:
        yield Unmeasured("30 days from the command line against khal list", "khal can't be fetched from the index")
        return
    events = calendar(10_000, 500)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled(folder / "ours", events).close()
        config = _vdir(folder, events)
        first, until = NOW.date(), NOW.date() + timedelta(days=DAYS)
        companion = [str(Path(sys.executable).with_name("companion")), "--data", str(folder / "ours"), "agenda"]
        companion += ["--profile", "bench", "--from", str(first), "--until", str(until)]
        theirs = [str(program), "-c", str(config), "list", "--format", "{title}", str(first), f"{DAYS}d"]
        _output(theirs, folder)  # fills its cache, which takes a minute or two
        # Both list the same, or the comparison says nothing.
        ours_found, their_found = _titles(_output(companion, folder)), _titles(_output(theirs, folder))
        assert ours_found == their_found, f"{len(ours_found)} here, {len(their_found)} there"
        agenda, listing, ratio = pairs(lambda: _time(companion, folder), lambda: _time(theirs, folder), count=RUNS)
        detail = f"{agenda:,.0f} / {listing:,.0f} ms, {1 / ratio:.0f} times as fast, {len(ours_found)} lines each"
        yield Figure("30 days from the command line against khal list", ratio, 1 / 8, "×", detail)


def _vdir(folder: Path, events: list[Event]) -> Path:
    """`events` as khal keeps them, a file each, named by the UID; gives its configuration."""
    vdir = folder / "events"
    vdir.mkdir()
    for event in events:
        data = write_calendar([event], ExportOptions(full=True), updated=NOW).data
        (vdir / f"{event.uid}.ics").write_bytes(data)
    config = folder / "khal.conf"
    config.write_text(CONFIG.format(folder=folder, zone=ZONE))
    return config


def _titles(text: str) -> list[str]:
    """The names of `data.calendar` in a listing, in order: "Series 12", "Visit 3"."""
    return sorted(re.findall(r"(?:Series|Visit) \d+", text))


def _output(command: list[str], folder: Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, env=_environment(folder)).stdout


def _time(command: list[str], folder: Path) -> float:
    begun = time.perf_counter()
    _output(command, folder)
    return (time.perf_counter() - begun) * MILLISECOND


def _environment(folder: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
