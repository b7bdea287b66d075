"""A plan written in TOML (docs/plan-file.md)."""

from __future__ import annotations

from collections.abc import Mapping

from companion.domain.finding import Level
from companion.domain.language import _
from companion.domain.plan import Plan
from companion.domain.plan_build import build_plan
from companion.domain.plan_draft import ItemDraft
from companion.domain.text import clean
from companion.errors import FileRefused
from companion.formats.bounded import MEGABYTE, decode
from companion.formats.plan_fields import read_goals, read_header, read_item
from companion.formats.plan_row import Notes, Raw, Row
from companion.formats.plan_values import did_you_mean, shown
from companion.formats.toml_repair import Parsed, parse
from companion.formats.toml_scan import Path, Scan

MAX_BYTES = MEGABYTE
_NESTED = ("childcare", "ride")
_LISTS = ("item", "goal")


def read_toml(data: bytes, file: str) -> Plan:
    """The plan in `data`; everything that is wrong with it is in its findings, each with its line.

    Raises FileRefused where it is larger than 1 MB or no text.
    """
    if len(data) > MAX_BYTES:
        raise FileRefused(_("That file is too big to be a plan."), _("The limit is {n} MB.").format(n=1))
    text, remark = decode(data)
    notes = Notes(file)
    if remark:
        notes.add(Level.NOTE, remark)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    hidden = text.translate(_HIDE)
    parsed = parse(hidden)
    if hidden != text:
        parsed.data = {name: _shown_again(value) for name, value in parsed.data.items()}
    return _plan(parsed, notes)


# TOML forbids raw control characters, and one of them would cost the whole line. They are carried past the parser
# as characters of private use, so that each text is cleaned, and that is said, where it belongs.
_HIDE = {code: 0xE000 + code for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: 0xE07F}
_SHOW = {hidden: code for code, hidden in _HIDE.items()}


def _shown_again(value: object) -> object:
    if isinstance(value, str):
        return value.translate(_SHOW)
    if isinstance(value, list):
        return [_shown_again(part) for part in value]
    if isinstance(value, dict):
        return {name: _shown_again(part) for name, part in value.items()}
    return value


def _plan(parsed: Parsed, notes: Notes) -> Plan:
    entries = {name: _entries(parsed, name, notes) for name in _LISTS}
    _report_faults(parsed, entries["item"], notes)
    if not parsed.whole:
        header = read_header(Row({}, Notes(notes.file), 0)).header
        return Plan(header, (), (), tuple(notes.findings))
    misnamed = _misnamed(parsed, notes)
    top = {name: value for name, value in parsed.data.items() if name not in _LISTS and name not in misnamed}
    head = read_header(_row(top, parsed, (), notes))
    goals = read_goals(_row(goal, parsed, ("goal", number), notes) for number, goal in enumerate(entries["goal"]))
    names = tuple(goal.name for goal in goals if goal is not None)
    drafts: list[ItemDraft] = []
    for number, item in enumerate(entries["item"]):
        row = _row(item, parsed, ("item", number), notes)
        row.zone = head.header.timezone
        row.item = row.text("id")
        if (draft := read_item(row, names, goals_known=None not in goals)) is not None:
            drafts.append(draft)
    withhold = head.withhold or bool(misnamed) or any(fault.place == () for fault in parsed.faults)
    good_goals = [goal for goal in goals if goal is not None]
    return build_plan(head.header, drafts, good_goals, notes.findings, notes.file, withhold=withhold)


def _row(table: Mapping[str, object], parsed: Parsed, place: Path, notes: Notes) -> Row:
    """The raw values of one entry. A line of it that is not TOML counts as a field that could not be taken."""
    bad = {fault.name or "?" for fault in parsed.faults if fault.place == place}
    return Row(_raw(table, parsed.where, place), notes, parsed.where.line_of(place) or 1, bad=bad)


def _report_faults(parsed: Parsed, items: list[Mapping[str, object]], notes: Notes) -> None:
    for fault in parsed.faults:
        item = ""
        if fault.place[:1] == ("item",) and isinstance(number := fault.place[1], int) and number < len(items):
            item = clean(str(items[number].get("id", "")))
        notes.add(Level.ERROR, fault.text, fault.mend, line=fault.line, item=item, name=shown(fault.name))
    if not parsed.whole and not parsed.where.limits:
        notes.add(
            Level.ERROR,
            _("The rest of this file can't be read.") if parsed.faults else _("This file is not TOML."),
            _("Mend what is named here first.") if parsed.faults else _("Start from: companion plan new."),
        )


def _entries(parsed: Parsed, name: str, notes: Notes) -> list[Mapping[str, object]]:
    """The tables of [[item]] or [[goal]]."""
    value = parsed.data.get(name, [])
    if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
        return value
    line = parsed.where.line_of((name,)) or parsed.where.line_of((name, 0))
    notes.add(
        Level.ERROR,
        _("Each {name} begins with a heading in two brackets.").format(name=name),
        _("Write [[{name}]].").format(name=name),
        line=line,
        name=name,
    )
    return []


def _misnamed(parsed: Parsed, notes: Notes) -> set[str]:
    """Headings such as [[items]]: without them the plan would seem to be empty."""
    found: set[str] = set()
    for name, value in parsed.data.items():
        if name in _LISTS or not (
            isinstance(value, dict) or (isinstance(value, list) and value and isinstance(value[0], dict))
        ):
            continue
        found.add(name)
        near = did_you_mean(name, [*_LISTS, "items", "goals"])
        mend = _("Did you mean [[{name}]]?").format(name=near.removesuffix("s")) if near else _("Take it out.")
        line = parsed.where.line_of((name, 0)) or parsed.where.line_of((name,))
        notes.add(Level.ERROR, _('"{name}" is not a part of a plan.').format(name=shown(name)), mend, line=line)
    return found


def _raw(table: Mapping[str, object], where: Scan, place: Path) -> dict[str, Raw]:
    """The values by field name, childcare and ride as `childcare.who`, each with its line."""
    raw: dict[str, Raw] = {}
    for name, value in table.items():
        if name in _NESTED and isinstance(value, dict):
            for inner, nested in value.items():
                raw[f"{name}.{inner}"] = Raw(nested, where.line_of((*place, name, inner)))
        else:
            raw[name] = Raw(value, where.line_of((*place, name)))
    return raw
