"""Plans to start from: one TOML file each in the folder templates, its dates counted from a day that is given.

In a file, `<<Tue+3w>>` is the Tuesday of the fourth week (the week of the given day is the first), `<<start+6m>>` the
day six months after the given day, clamped to the month's end, and `<<start+3d workday>>` the next Monday to Friday
from there on. The comment lines at the top are the template's name, what is in it, and where its figures come from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from companion.domain.language import _
from companion.domain.months import add_months
from companion.domain.plan import Plan
from companion.errors import UsageError
from companion.formats.plan_toml import read_toml
from companion.formats.plan_values import did_you_mean

BLANK = "blank"
_HEAD = "head"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_BLANKS = re.compile(r"<<(id|title|zone|(start|Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:\+(\d{1,3})([dwm]))?( workday)?)>>")
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Template:
    """A plan to start from; `source` says where its figures come from."""

    id: str
    name: str
    about: str
    source: str


@cache
def list_templates() -> tuple[Template, ...]:
    """Every template by name, the blank one first."""
    folder = files("companion.formats").joinpath("templates")
    names = sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))
    found = [_described(name) for name in names if name != _HEAD]
    return tuple(sorted(found, key=lambda template: (template.id != BLANK, template.name)))


def template_text(template_id: str, begins: date, zone: str, plan_id: str = "") -> str:
    """The template as TOML text, its first week the week of `begins`, in `zone` (an IANA name).

    The same arguments give the same text. Raises UsageError for a template that does not exist.
    """
    template = _known(template_id)
    text = _file(template_id)
    comments, body = _split(text)
    if "\nformat = " not in body:
        body = f"\n{_file(_HEAD)}{body}"
    values = {"id": plan_id or f"{template_id}-{begins.isoformat()}", "title": template.name, "zone": zone}

    def fill(found: re.Match[str]) -> str:
        return values.get(found[1]) or _day(found, begins).isoformat()

    return _BLANKS.sub(fill, comments + body)


def template_plan(template_id: str, begins: date, zone: str, plan_id: str = "") -> Plan:
    """The template as a plan: what reading `template_text` gives."""
    return read_toml(template_text(template_id, begins, zone, plan_id).encode(), f"{template_id}.toml")


def _known(template_id: str) -> Template:
    found = {template.id: template for template in list_templates()}
    if template_id in found:
        return found[template_id]
    near = did_you_mean(template_id, list(found))
    mend = _("Did you mean {name}?").format(name=near) if near else _("See: companion plan templates.")
    raise UsageError(_("There is no template with that name."), mend)


def _file(name: str) -> str:
    return files("companion.formats").joinpath("templates", f"{name}.toml").read_text("utf-8")


def _split(text: str) -> tuple[str, str]:
    """The comment lines at the top, and the rest."""
    lines = text.splitlines(keepends=True)
    end = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "".join(lines[:end]), "".join(lines[end:])


def _described(template_id: str) -> Template:
    name, about, source = (line.removeprefix("#").strip() for line in _split(_file(template_id))[0].splitlines()[:3])
    return Template(template_id, name, about, source.removeprefix("Source:").strip())


def _day(found: re.Match[str], begins: date) -> date:
    _all, base, number, unit, workday = found.groups()
    day = begins if base == "start" else begins + timedelta(days=_DAYS.index(base) - begins.weekday())
    if unit == "m":
        day = add_months(day, int(number))
    elif unit:
        day += timedelta(days=int(number) * (7 if unit == "w" else 1))
    while workday and day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return day
