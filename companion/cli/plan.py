"""companion plan new | templates | check | show | ics"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.cli.common import add_window, check_window, day
from companion.errors import CompanionError, UsageError

if TYPE_CHECKING:
    from companion.domain.finding import Finding
    from companion.domain.plan import Plan
    from companion.formats.plan_table import TableOptions


def register(commands: Any) -> None:
    parser = commands.add_parser("plan", help="write, check and look at a plan file")
    actions = parser.add_subparsers(metavar="ACTION", required=True)

    new_parser = actions.add_parser("new", help="begin a plan, from a template if you like")
    new_parser.add_argument("--template", metavar="ID", default="", help="see: companion plan templates")
    new_parser.add_argument("--sheet", action="store_true", help="a spreadsheet to fill in instead of a text file")
    new_parser.add_argument("--start", metavar="D", type=day, help="a day in its first week (else next Monday)")
    new_parser.add_argument("--timezone", metavar="ZONE", default="", help="for instance America/New_York")
    _add_output(new_parser, "FILE")
    new_parser.set_defaults(run=new)

    templates_parser = actions.add_parser("templates", help="list the plans to start from")
    templates_parser.set_defaults(run=templates)

    check_parser = actions.add_parser("check", help="say what is wrong with plans; exit 1 on an error")
    check_parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    add_table_options(check_parser)
    check_parser.set_defaults(run=check)

    show_parser = actions.add_parser("show", help="list what a plan will put on the calendar")
    show_parser.add_argument("file", metavar="FILE", type=Path)
    add_window(show_parser)
    show_parser.add_argument("--json", action="store_true")
    add_table_options(show_parser)
    show_parser.set_defaults(run=show)

    ics_parser = actions.add_parser("ics", help="make a calendar file for a phone from a plan")
    ics_parser.add_argument("file", metavar="FILE", type=Path)
    ics_parser.add_argument("--full", action="store_true", help="real titles, places and notes, not discreet ones")
    _add_output(ics_parser, "OUT.ics")
    add_table_options(ics_parser)
    ics_parser.set_defaults(run=ics)


def _add_output(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("-o", dest="out", metavar=name, type=Path, help="where to write it (else standard output)")
    parser.add_argument("--replace", action="store_true", help="write over a file that is there")


def add_table_options(parser: argparse.ArgumentParser) -> None:
    """What a sheet may leave open; for every command that reads one."""
    group = parser.add_argument_group("for a sheet (CSV, XLSX)")
    group.add_argument("--plan-id", metavar="ID", default="", help="names the plan over all its revisions")
    group.add_argument("--revision", metavar="N", type=_revision, help="a higher one updates (else it counts up)")
    group.add_argument("--timezone", metavar="ZONE", default="", help="for instance America/New_York")
    group.add_argument("--dates", choices=("dmy", "mdy"), help="what 03/04 means: dmy 3 April, mdy March 4")


def _revision(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:12]) <= 2_147_483_647:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def table_options(args: argparse.Namespace) -> TableOptions:
    """The options that `add_table_options` added."""
    from companion.formats.plan_dates import DateOrder
    from companion.formats.plan_table import TableOptions

    return TableOptions(
        plan_id=args.plan_id,
        revision=args.revision,
        timezone=_zone(args.timezone) if args.timezone else "",
        dates=DateOrder(args.dates) if args.dates else None,
    )


def _zone(name: str) -> str:
    from companion.formats.plan_values import NotThis, as_zone

    try:
        return as_zone(name)
    except NotThis as error:
        raise UsageError(error.text, error.mend) from None


def _computer_zone() -> str:
    """The computer's zone, UTC where it does not say."""
    import tzlocal

    from companion.formats.plan_values import NotThis, as_zone

    try:
        return as_zone(tzlocal.get_localzone_name())
    except (NotThis, LookupError, OSError, ValueError):
        return "UTC"


def _read(path: Path, options: TableOptions) -> list[Plan]:
    from companion.formats.plan_reader import read_plans

    return read_plans(path, options, calendar_zone=_computer_zone())


def _say(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        print(finding, file=sys.stderr)


def check(args: argparse.Namespace) -> int:
    """Every finding of every file; exit 1 where one is an error."""
    from companion.domain.plan_window import plan_occurrences

    options = table_options(args)
    wrong = False
    for path in args.files:
        try:
            plans = _read(path, options)
        except CompanionError as error:
            print(f"{path}: {error}")
            wrong = True
            continue
        for plan in plans:
            wrong = wrong or bool(plan.errors)
            for finding in plan.findings:
                print(finding)
        items = sum(len(plan.items) for plan in plans)
        sessions = sum(len(plan_occurrences(plan)) for plan in plans)
        left = sum(len(plan.findings) for plan in plans)
        remarks = "no findings" if not left else f"{left} finding{'s' if left != 1 else ''}"
        counts = f"{items} item{'s' if items != 1 else ''}, {sessions} session{'s' if sessions != 1 else ''}"
        print(f"{path}: {counts}, {remarks}", file=sys.stderr)
    return 1 if wrong else 0


def show(args: argparse.Namespace) -> int:
    """What a plan will put on the calendar, as a list or as JSON."""
    from companion.domain.clock import SystemClock, today
    from companion.domain.plan_window import plan_occurrences
    from companion.domain.settings import Settings
    from companion.formats.listing import as_json, as_text

    check_window(args.first, args.until)
    plans = _read(args.file, table_options(args))
    findings = tuple(finding for plan in plans for finding in plan.findings)
    by_plan = [(plan, plan_occurrences(plan, args.first, args.until)) for plan in plans]
    if args.json:
        together = [occurrence for _plan, found in by_plan for occurrence in found]
        if len(plans) > 1:
            together.sort(key=lambda o: (o.start, not o.event.all_day, o.end, o.event.uid))
        print(as_json(together, findings, Settings().reminders))
    else:
        for number, (plan, found) in enumerate(by_plan):
            if len(plans) > 1:
                print(f"{chr(10) if number else ''}# {plan.header.prepared_for or plan.header.id}")
            if found:
                print(as_text(found, today(SystemClock(), plan.header.timezone)))
        _say(findings)
    return 1 if any(plan.errors for plan in plans) else 0


def ics(args: argparse.Namespace) -> int:
    """Calendar files for a phone: one a plan, more where one would be too large for a phone to take."""
    from companion.domain.plan_identity import stamp
    from companion.domain.settings import Settings
    from companion.errors import InputError
    from companion.formats.bounded import fresh_write
    from companion.formats.ical_writer import ExportOptions, read_back, write_calendars

    plans = _read(args.file, table_options(args))
    for plan in plans:
        _say(plan.findings)
    options = ExportOptions(full=args.full, default_reminders=Settings().reminders)
    written: list[bytes] = []
    for plan in plans:
        if not plan.events:
            continue
        files = write_calendars(plan.events, options, updated=stamp(plan.header))
        read_back([file.data for file in files], plan.events, options)
        written += [file.data for file in files]
        _say(tuple(note for file in files for note in file.notes))
    if not written:
        raise InputError("There is nothing in this plan to put in a calendar.", "Look at what is said above.")
    if args.out is None:
        if len(written) > 1:
            raise UsageError("This takes more than one file.", "Say where to write them with -o OUT.ics.")
        sys.stdout.flush()
        sys.stdout.buffer.write(written[0])
        sys.stdout.buffer.flush()
    else:
        for number, data in enumerate(written, 1):
            name = f"{args.out.stem}-{number}{args.out.suffix}" if len(written) > 1 else args.out.name
            path = args.out.with_name(name)
            fresh_write(path, data, replace=args.replace)
            print(path)
    return 1 if any(plan.errors for plan in plans) else 0


def templates(_args: argparse.Namespace) -> int:
    """Every plan to start from."""
    from companion.formats.plan_templates import list_templates

    found = list_templates()
    width = max(len(template.id) for template in found)
    for template in found:
        print(f"{template.id:{width}}  {template.name}")
        print(f"{'':{width}}  {template.about}")
    return 0


def new(args: argparse.Namespace) -> int:
    """A plan to fill in: TOML, or a sheet."""
    import secrets
    from datetime import timedelta

    from companion.domain.clock import SystemClock, today
    from companion.formats.bounded import fresh_write
    from companion.formats.plan_templates import BLANK, template_plan, template_text

    zone = _zone(args.timezone) if args.timezone else _computer_zone()
    if not args.timezone and zone == "UTC":
        print("companion: This computer does not say its time zone. Look at timezone in the file.", file=sys.stderr)
    now = today(SystemClock(), zone)
    begins = args.start or now + timedelta(days=7 - now.weekday())
    template = args.template or BLANK
    plan_id = f"{template if template != BLANK else 'plan'}-{begins:%Y-%m}-{secrets.token_hex(3)}"
    if args.sheet:
        from companion.formats.sheet_writer import write_sheet

        data = write_sheet(template_plan(template, begins, zone, plan_id) if args.template else None, plan_id, zone)
        if args.out is None:
            raise UsageError("A spreadsheet goes into a file.", "Say where to write it with -o FILE.xlsx.")
    else:
        data = template_text(template, begins, zone, plan_id).encode()
    if args.out is None:
        print(data.decode(), end="")
    else:
        fresh_write(args.out, data, replace=args.replace)
        print(args.out)
    return 0
