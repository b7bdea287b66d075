"""A spreadsheet to fill in: the same fields as a plan in TOML, one row an item (docs/plan-file.md, "Sheets")."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from companion.domain.kinds import all_kinds
from companion.domain.plan import Plan
from companion.domain.plan_draft import ItemDraft
from companion.formats.plan_writer import drafts_of, length_text, moment_text, reminder_texts
from companion.formats.sheet_grid import GOALS_SHEET, HEADER_SHEET

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_ROWS_TO_FILL = 200
_ITEMS_SHEET, _HELP_SHEET, _KINDS_SHEET = "items", "help", "kinds"

# Each column with what it means and an example, in the order a coach fills them in.
COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("id", "names the item over all revisions; never change it", "iop-group"),
    ("title", "what it is", "IOP group"),
    ("kind", "one of the sheet kinds", "group therapy"),
    ("need", "required, expected or optional", "required"),
    ("starts", "the first session, local time; a date alone lasts all day", "2026-09-07 09:00"),
    ("length", "how long", "3 hours"),
    ("repeat", "how often; phases with then between them", "every Mon, Wed and Fri for 8 weeks"),
    ("skip", "sessions that do not take place, with | between them", "2026-09-21|2026-10-05"),
    ("moved", "from>to, with | between them", "2026-10-12 09:00>2026-10-13 13:00"),
    ("extra", "further dates, with | between them", "2026-10-31 10:00"),
    ("provider", "who offers it", "Riverside Outpatient"),
    ("contact", "whom to ask for", "Front desk"),
    ("phone", "", "555-0100"),
    ("location", "where, or", "12 Mill St, room 3"),
    ("online", "a link", "https://example.org/room"),
    ("childcare_needed", "yes or no", "yes"),
    ("childcare_who", "who has the children", "Grandma"),
    ("childcare_covered", "yes once that person has agreed", "no"),
    ("ride_how", "how she gets there", "bus 14"),
    ("ride_who", "who drives", ""),
    ("ride_leave_by", "how long before she sets off", "40 minutes"),
    ("bring", "what to bring, with | between", "ID|sign-in sheet"),
    ("notes", "for her", "Park behind the building."),
    ("child", "initials of the child it concerns", "M."),
    ("counts_toward", "a name from the sheet goals", "Groups"),
    ("sign_off", "yes if a paper slip is needed", "yes"),
    ("reminders", "at most two, with | between", "1 day|2 hours"),
    ("discreet_title", "what others may see", "Class"),
    ("rrule", "RFC 5545 text for what repeat can't say", "FREQ=WEEKLY;BYDAY=MO"),
)
_HEADER_HELP: tuple[tuple[str, str], ...] = (
    ("id", "names the plan over all its revisions; never change it"),
    ("revision", "raise it with every change"),
    ("title", ""),
    ("prepared_for", "initials only"),
    ("prepared_by", ""),
    ("role", ""),
    ("phone", ""),
    ("timezone", "for instance America/New_York"),
    ("review", "when you look at it together, for instance 2026-12-15"),
    ("reminders", "at most two, with | between: 1 day|2 hours"),
    ("holidays", "dates with | between: 2026-11-26|2026-12-25"),
    ("holiday_policy", "skip, keep or next-working-day"),
    ("excused_reasons", "with | between: own illness|child ill"),
    ("excuse_notice", "24 hours"),
)


def write_sheet(plan: Plan | None, plan_id: str, zone: str) -> bytes:
    """A workbook with the sheets items, plan, goals, help and kinds: `plan` in it, or with only its head filled in.

    No text of a plan is ever a formula in it. Raises InputError where an item can't be written in a plan file.
    """
    from openpyxl.workbook import Workbook

    book = Workbook()
    book.properties.creator = ""
    items = book.active
    assert items is not None
    items.title = _ITEMS_SHEET
    _fill_items(items, drafts_of(plan) if plan else [])
    _fill_header(book.create_sheet(HEADER_SHEET), plan, plan_id, zone)
    _fill_goals(book.create_sheet(GOALS_SHEET), plan)
    _fill_help(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(sheet: Worksheet, row: int, values: Iterable[object]) -> None:
    """One row; text stays text, also where it begins with = (CSV injection works in workbooks too)."""
    for column, value in enumerate(values, 1):
        if value in ("", None):
            continue
        cell = sheet.cell(row, column)
        cell.value = value  # type: ignore[assignment]  # what a plan holds: text, numbers, dates
        if isinstance(value, str):
            cell.data_type = "s"
            if value[0] in "=+-@":
                cell.quotePrefix = True


def _names(sheet: Worksheet, names: Iterable[str], widths: dict[str, int]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for column, name in enumerate(names, 1):
        _put_bold(sheet, column, name, Font(bold=True))
        sheet.column_dimensions[get_column_letter(column)].width = widths.get(name, 16)
    sheet.freeze_panes = "A2"


def _put_bold(sheet: Worksheet, column: int, name: str, font: object) -> None:
    cell = sheet.cell(1, column)
    cell.value = name
    cell.font = font  # type: ignore[assignment]


def _fill_items(sheet: Worksheet, drafts: list[ItemDraft]) -> None:
    names = [name for name, _help, _example in COLUMNS]
    _names(sheet, names, {"title": 30, "repeat": 40, "starts": 18, "notes": 40, "location": 24})
    for row, draft in enumerate(drafts, 2):
        _put(sheet, row, [_cells(draft)[name] for name in names])
    starts = names.index("starts") + 1
    for row in range(2, max(_ROWS_TO_FILL, len(drafts)) + 2):
        all_day = row - 2 < len(drafts) and drafts[row - 2].all_day
        sheet.cell(row, starts).number_format = "yyyy-mm-dd" if all_day else "yyyy-mm-dd hh:mm"
    _choices(sheet, names.index("kind") + 1, f"={_KINDS_SHEET}!$A$1:$A${len(all_kinds())}")
    _choices(sheet, names.index("need") + 1, '"required,expected,optional"')


def _choices(sheet: Worksheet, column: int, source: str) -> None:
    """A drop-down that offers words without forbidding others: other names for a kind are understood too."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    choices = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
    letter = get_column_letter(column)
    choices.add(f"{letter}2:{letter}{_ROWS_TO_FILL + 1}")
    sheet.add_data_validation(choices)


def _cells(draft: ItemDraft) -> dict[str, object]:
    from companion.domain.kinds import kind

    care, ride = draft.logistics.childcare, draft.logistics.ride
    return {
        "id": draft.id,
        "title": draft.title,
        "kind": kind(draft.kind).name,
        "need": draft.need.value,
        "starts": draft.starts.date() if draft.all_day else draft.starts,
        "length": length_text(draft.length) if draft.length else "",
        "repeat": draft.repeat or " then ".join(draft.phases),
        "skip": "|".join(moment_text(at) for at in draft.skip),
        "moved": "|".join(f"{moment_text(one)}>{moment_text(other)}" for one, other in draft.moved),
        "extra": "|".join(moment_text(at) for at in draft.extra),
        "provider": draft.provider,
        "contact": draft.contact,
        "phone": draft.phone,
        "location": draft.location,
        "online": draft.online,
        "childcare_needed": _yes_no(care.needed, care.needed or bool(care.who) or care.covered),
        "childcare_who": care.who,
        "childcare_covered": _yes_no(care.covered, care.needed or care.covered),
        "ride_how": ride.how,
        "ride_who": ride.who,
        "ride_leave_by": length_text(ride.leave_by) if ride.leave_by else "",
        "bring": "|".join(draft.logistics.bring),
        "notes": draft.notes,
        "child": draft.child,
        "counts_toward": draft.counts_toward,
        "sign_off": _yes_no(draft.sign_off, draft.sign_off),
        "reminders": "" if draft.reminders is None else "|".join(reminder_texts(draft.reminders)) or "none",
        "discreet_title": draft.discreet_title,
        "rrule": draft.rrule,
    }


def _yes_no(value: bool, said: bool) -> str:
    return ("yes" if value else "no") if said else ""


def _fill_header(sheet: Worksheet, plan: Plan | None, plan_id: str, zone: str) -> None:
    values: dict[str, object] = {
        "id": plan_id,
        "revision": 1,
        "role": "recovery coach",
        "timezone": zone,
        "reminders": "1 day|2 hours",
        "holiday_policy": "skip",
        "excuse_notice": "24 hours",
    }
    if plan is not None:
        header = plan.header
        values |= {name: getattr(header, name) for name in ("id", "title", "prepared_for", "prepared_by", "role")}
        values |= {
            "revision": header.revision or "",
            "phone": header.phone,
            "timezone": header.timezone,
            "review": header.review.isoformat() if header.review else "",
            "reminders": "|".join(reminder_texts(header.reminders)),
            "holidays": "|".join(moment_text(day) for day in header.holidays),
            "holiday_policy": header.holiday_policy.value,
            "excused_reasons": "|".join(header.excused_reasons),
            "excuse_notice": length_text(header.excuse_notice),
        }
    for row, (name, words) in enumerate(_HEADER_HELP, 1):
        _put(sheet, row, [name, values.get(name, ""), words])
    for letter, width in (("A", 18), ("B", 30), ("C", 50)):
        sheet.column_dimensions[letter].width = width


def _fill_goals(sheet: Worksheet, plan: Plan | None) -> None:
    _names(sheet, ["name", "times", "per", "kinds"], {"name": 30})
    for row, goal in enumerate(plan.goals if plan else (), 2):
        kinds = "|".join(all_kinds()[each].name for each in goal.kinds)
        _put(sheet, row, [goal.name, goal.times, goal.per.value, kinds])
    _choices(sheet, 3, '"day,week,month"')


def _fill_help(book: Workbook) -> None:
    sheet = book.create_sheet(_HELP_SHEET)
    _names(sheet, ["column", "what it holds", "example"], {"column": 20, "what it holds": 56, "example": 44})
    for row, (name, words, example) in enumerate(COLUMNS, 2):
        _put(sheet, row, [name, words, example])
    kinds = book.create_sheet(_KINDS_SHEET)
    for row, each in enumerate(all_kinds().values(), 1):
        _put(kinds, row, [each.name, ", ".join(each.also)])
    kinds.column_dimensions["A"].width = 28
