"""Reads whatever a coach or a clinic hands over: TOML, CSV, XLSX or a calendar, within bounds.

A small TOML or CSV is read here: its bounds are checked before anything is parsed (the worst file of 64 KB that
was tried takes a second and a half). Everything else is read in a child process that can be stopped: calendars, because
icalendar keeps zone definitions of one file for the next; workbooks, because their parser is not ours; and large
files, because the app goes on meanwhile. A file that takes too long or too much memory ends the child, not the app.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from companion.domain.language import _
from companion.domain.plan import Plan
from companion.domain.text import clean
from companion.errors import FileRefused
from companion.formats.bounded import MEGABYTE, decode, is_utf16, read_regular
from companion.formats.plan_table import TableOptions, is_workbook, read_table
from companion.formats.plan_toml import read_toml

MAX_BYTES = 5 * MEGABYTE
SMALL = 64_000
SECONDS = 10.0
SECONDS_PER_MEGABYTE = 10.0
OUT_OF_MEMORY = 3  # the child's exit status
_POLL = 0.05
_BOOT = "import sys; sys.path.append(sys.argv[1]); from companion.formats.plan_child import main; main()"


class FileKind(StrEnum):
    TOML = "toml"
    CSV = "csv"
    WORKBOOK = "workbook"
    CALENDAR = "calendar"


def read_plans(
    path: Path,
    options: TableOptions | None = None,
    *,
    zone: str = "",
    calendar_zone: str = "",
    stop: Callable[[], bool] = lambda: False,
) -> list[Plan]:
    """The plans in the file at `path`: one, or one for each client of a sheet. What is wrong is in their findings.

    `zone` (an IANA name) is hers, for sheets and calendars that name none; `calendar_zone` the one for calendars
    alone, where hers is not known. `stop` is asked a few times a second while a child reads; once it says yes the
    child is ended. Raises FileRefused where nothing of the file can be read.
    """
    data = read_regular(path, MAX_BYTES)
    name = clean(path.name, 200)
    options = options or TableOptions()
    if zone and not options.fallback_timezone:
        options = replace(options, fallback_timezone=zone)
    if len(data) <= SMALL and kind_of(data, name) in (FileKind.TOML, FileKind.CSV):
        return read_data(data, name, options, "")
    return _in_child(data, name, options, zone or calendar_zone or "UTC", stop)


def read_data(data: bytes, name: str, options: TableOptions, zone: str) -> list[Plan]:
    """The plans in `data`, read here and now; `name` is the file's, for findings and to tell its kind."""
    kind = kind_of(data, name)
    if kind is FileKind.TOML:
        return [read_toml(data, name)]
    if kind is FileKind.CALENDAR:
        from companion.formats.ical_reader import read_calendar

        plan = read_calendar(data, zone=zone, file=name)
        return [replace(plan, header=replace(plan.header, per_item=True))]
    return read_table(data, name, options)


_SUFFIXES = {
    ".toml": FileKind.TOML, ".csv": FileKind.CSV, ".tsv": FileKind.CSV, ".ics": FileKind.CALENDAR,
    ".ical": FileKind.CALENDAR, ".ifb": FileKind.CALENDAR, ".vcs": FileKind.CALENDAR,
}  # fmt: skip
_TOML_LINE = re.compile(r"\s*(?:\[\[?\s*[A-Za-z]|[A-Za-z][\w-]*\s*=)")


def kind_of(data: bytes, name: str) -> FileKind:
    """What a file is, by what it holds; by its name where that does not tell. Raises FileRefused."""
    if not data.strip():
        raise FileRefused(_("That file is empty."), _("Ask for it again."))
    if is_workbook(data):
        return FileKind.WORKBOOK
    if data.startswith(b"%PDF"):
        raise FileRefused(_("That is a PDF."), _("A plan is a .toml, .csv, .xlsx or .ics file: ask for one of these."))
    if _is_binary(data[:4_000]):
        raise FileRefused(
            _("That is no text and no spreadsheet: a picture, perhaps."),
            _("A plan is a .toml, .csv, .xlsx or .ics file: ask for one of these."),
        )
    head = decode(data[:4_000])[0]
    if "BEGIN:VCALENDAR" in head[:2_000].upper():
        return FileKind.CALENDAR
    known = _SUFFIXES.get(Path(name).suffix.casefold())
    if known is not None:
        return known
    first = next((line for line in head.splitlines() if line.strip() and not line.lstrip().startswith("#")), "")
    return FileKind.TOML if _TOML_LINE.match(first) else FileKind.CSV


def _is_binary(head: bytes) -> bool:
    """Whether so many bytes are control characters that it is no text in any encoding (of a photo, one in ten)."""
    if is_utf16(head):
        return False
    return sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head) > len(head) // 50 + 4


def _in_child(data: bytes, name: str, options: TableOptions, zone: str, stop: Callable[[], bool]) -> list[Plan]:
    from companion.formats.wire import decode as decode_wire
    from companion.formats.wire import encode

    seconds = SECONDS + SECONDS_PER_MEGABYTE * len(data) / MEGABYTE
    task = json.dumps({"name": name, "zone": zone, "options": encode(options), "seconds": seconds})
    answer = _answer(task.encode() + b"\n" + data, seconds, stop)
    try:
        found = json.loads(answer)
        if "refused" in found:
            sentence, mend = decode_wire(tuple[str, str], found["refused"])
            raise FileRefused(sentence, mend)
        return list(decode_wire(tuple[Plan, ...], found["plans"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _unreadable() from None


def _answer(task: bytes, seconds: float, stop: Callable[[], bool]) -> bytes:
    """What the child says; it is gone when this returns or raises."""
    command = [sys.executable, "-E", "-P", "-c", _BOOT, str(Path(__file__).parents[2])]
    try:
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        raise FileRefused(
            _("This computer has no room for another program right now."), _("Close some and try again.")
        ) from None
    answers: list[bytes] = []
    # In a thread, because communicate() with a timeout forgets what it has not sent yet.
    talk = threading.Thread(target=lambda: answers.append(child.communicate(task)[0]), daemon=True)
    talk.start()
    until = time.monotonic() + seconds
    try:
        while talk.is_alive():
            talk.join(_POLL)
            if stop():
                raise FileRefused(_("Reading was stopped."), _("Nothing was changed."))
            if time.monotonic() > until:
                raise FileRefused(
                    _("Reading that file takes too long."), _("It may be damaged. Ask for it in smaller parts.")
                )
    finally:
        child.kill()
        talk.join()
    if child.returncode == OUT_OF_MEMORY:
        raise FileRefused(_("Reading that file takes too much memory."), _("Ask for it in smaller parts."))
    if child.returncode != 0 or not answers:
        raise _unreadable()
    return answers[0]


def _unreadable() -> FileRefused:
    return FileRefused(_("That file can't be read."), _("Ask for it again, or in another form: .toml, .csv or .ics."))
