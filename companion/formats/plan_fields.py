"""The fields of a plan: header, items, goals. One place for TOML and sheets (docs/plan-file.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from companion.domain.event import Childcare, Logistics, Need, Ride
from companion.domain.finding import Level
from companion.domain.goal import Period
from companion.domain.kinds import find_kind, nearest_kind
from companion.domain.language import _
from companion.domain.phrase_grammar import read as read_sentence
from companion.domain.plan import HolidayPolicy, PlanGoal, PlanHeader
from companion.domain.plan_draft import ItemDraft, Moment
from companion.domain.text import TITLE_LIMIT, clean
from companion.errors import RuleError
from companion.formats.plan_dates import as_instant, as_moment
from companion.formats.plan_row import Row
from companion.formats.plan_values import NotThis, as_zone, did_you_mean, shown

FORMAT = 1
MAX_REVISION = 2_147_483_647  # SEQUENCE is an INTEGER (RFC 5545 section 3.3.8)
MAX_HOLIDAYS = 400
MAX_PHASES = 50

HEADER_FIELDS = (
    "format", "id", "revision", "title", "prepared_for", "prepared_by", "role", "phone", "timezone", "review",
    "reminders", "holidays", "holiday_policy", "excused_reasons", "excuse_notice", "updated",
)  # fmt: skip
ITEM_FIELDS = (
    "id", "title", "discreet_title", "kind", "need", "starts", "length", "repeat", "rrule", "phases", "skip", "moved",
    "extra", "provider", "contact", "phone", "location", "online", "childcare.needed", "childcare.who",
    "childcare.covered", "ride.how", "ride.who", "ride.leave_by", "bring", "notes", "child", "counts_toward",
    "sign_off", "reminders",
)  # fmt: skip
GOAL_FIELDS = ("name", "times", "per", "kinds")

# Without these, or with a wrong one, no item can be placed where its coach meant it.
_ESSENTIAL = frozenset({"format", "id", "revision", "timezone", "reminders", "holidays", "holiday_policy", "updated"})
_OTHER_HEADER_WORDS = {"time_zone": "timezone", "zone": "timezone", "tz": "timezone", "version": "revision",
                       "plan_id": "id", "coach": "prepared_by", "for": "prepared_for"}  # fmt: skip
OTHER_ITEM_WORDS = {
    "start": "starts", "begin": "starts", "begins": "starts", "date": "starts", "when": "starts",
    "duration": "length", "lasts": "length", "minutes": "length", "end": "length", "ends": "length",
    "until": "repeat", "recurrence": "repeat", "every": "repeat", "frequency": "repeat", "name": "title",
    "summary": "title", "type": "kind", "category": "kind", "place": "location", "address": "location",
    "where": "location", "link": "online", "url": "online", "note": "notes", "description": "notes",
    "cancelled": "skip", "except": "skip", "reminder": "reminders", "goal": "counts_toward", "transport": "ride.how",
    "childcare": "childcare.needed", "ride": "ride.how", "required": "need", "status": "need",
}  # fmt: skip
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}[.\s-]+){0,4}[^\W\d_]{1,2}\.?|[A-Z]{1,5}")


@dataclass(frozen=True, slots=True)
class HeaderRead:
    """The header, and whether anything that items depend on is missing or wrong: then none can be taken."""

    header: PlanHeader
    withhold: bool


def read_header(row: Row, *, plan_id: str = "") -> HeaderRead:
    """The plan's header. `plan_id` stands in where the file gives none (a sheet: see plan_table)."""
    meant = row.refuse_unknown(HEADER_FIELDS, _OTHER_HEADER_WORDS)
    version: object = row.raw["format"].value if row.has("format") else FORMAT
    if version not in (FORMAT, str(FORMAT)) or isinstance(version, bool):
        row.error(
            "format",
            _("This is format {n} of a plan; this Companion reads format {known}.").format(
                n=shown(version), known=FORMAT
            ),
            _("A newer Companion may read it."),
        )
    identity = row.text("id") or plan_id
    if not identity and "id" not in row.bad:
        row.error("id", _("The plan has no id."), row.example("id", '"riverside-017"'))
    zone = row.take("timezone", as_zone, "")
    if not zone and "timezone" not in row.bad:
        row.error("timezone", _("The plan has no time zone."), row.example("timezone", '"America/New_York"'))
    revision = row.number("revision", 0, MAX_REVISION, 0)
    holidays = row.days("holidays")
    if len(holidays) > MAX_HOLIDAYS:
        row.error("holidays", _("There are more than {n} holidays.").format(n=MAX_HOLIDAYS))
    policy = row.choice("holiday_policy", [p.value for p in HolidayPolicy], HolidayPolicy.SKIP.value)
    header = PlanHeader(
        id=identity,
        revision=revision,
        timezone=zone or "UTC",
        title=_title(row, "title"),
        prepared_for=_initials(row),
        prepared_by=row.text("prepared_by"),
        role=row.text("role"),
        phone=row.text("phone"),
        review=row.day("review"),
        reminders=row.reminders("reminders") or (),
        holidays=holidays,
        holiday_policy=HolidayPolicy(policy),
        excused_reasons=row.texts("excused_reasons"),
        excuse_notice=_notice(row),
        updated=row.take("updated", as_instant, None),
    )
    return HeaderRead(header, bool((row.bad | set(meant)) & _ESSENTIAL))


def _notice(row: Row) -> timedelta:
    notice = row.length("excuse_notice")
    if notice is None:
        return timedelta(hours=24)
    if not timedelta(0) <= notice <= timedelta(days=60):
        row.error("excuse_notice", _("The notice can be 60 days at most."), _('Write "24 hours".'))
    return notice


def _initials(row: Row) -> str:
    text = row.text("prepared_for")
    if text and not _INITIALS.fullmatch(text):
        row.remark(
            Level.WARNING,
            "prepared_for",
            _("This may be a full name. The file is safer without it."),
            _('Write initials, such as "J."'),
        )
    return text


def _title(row: Row, name: str) -> str:
    text = row.text(name)
    if len(text) > TITLE_LIMIT:
        row.remark(
            Level.WARNING,
            name,
            _("It is longer than {n} characters. The rest is left out.").format(n=TITLE_LIMIT),
            _("Put the details in notes."),
        )
    return clean(text, TITLE_LIMIT)


def read_item(row: Row, goals: tuple[str, ...], *, goals_known: bool = True) -> ItemDraft | None:
    """The item as typed values; None where it has no start to build on. `row.failed`: it can't be taken.

    `goals` are the names of the plan's goals; where the file has no place for goals (CSV), `goals_known` is false
    and another name is only remarked on.
    """
    row.refuse_unknown(
        ITEM_FIELDS, OTHER_ITEM_WORDS, HEADER_FIELDS, _("It belongs to the head of the plan, above the first item.")
    )
    if not row.item and "id" not in row.bad and (row.has("id") or not row.sheet):
        mend = _('Give it one that stays the same, such as id = "{id}".').format(id=slug(row.text("title")) or "group")
        row.error("id", _("This item has no id."), mend)
    title = _title(row, "title")
    if not title and "title" not in row.bad:
        row.error("title", _("This item has no title."), row.example("title", '"Group"'))
    starts = row.moment("starts")
    if starts is None and "starts" not in row.bad:
        row.error("starts", _("This item has no start."), row.example("starts", "2026-09-07T09:00:00"))
    kind = row.take("kind", _kind, "other")
    draft_start = starts or date(2000, 1, 3)
    phases = row.each("phases", lambda value: _phase(row, value))
    if len(phases) > MAX_PHASES:
        row.error("phases", _("There are more than {n} phases.").format(n=MAX_PHASES))
    draft = ItemDraft(
        id=row.item,
        title=title,
        starts=draft_start if isinstance(draft_start, datetime) else datetime.combine(draft_start, time()),
        all_day=not isinstance(draft_start, datetime),
        kind=kind,
        length=row.length("length"),
        repeat=row.text("repeat"),
        rrule=row.text("rrule"),
        phases=tuple(phase for phase in phases if phase),
        skip=row.moments("skip"),
        moved=row.each("moved", lambda value: _move(row, value)),
        extra=row.moments("extra"),
        discreet_title=_title(row, "discreet_title"),
        need=Need(row.choice("need", [n.value for n in Need], Need.EXPECTED.value)),
        provider=row.text("provider"),
        contact=row.text("contact"),
        phone=row.text("phone"),
        location=row.text("location"),
        online=row.take("online", lambda value: _link(row, value), ""),
        logistics=_logistics(row),
        notes=row.text("notes", lines=True),
        child=row.text("child"),
        counts_toward=_goal_name(row, goals, goals_known),
        sign_off=row.yes_no("sign_off"),
        reminders=row.reminders("reminders"),
        line=row.line,
        lines=row.lines(),
    )
    if starts is None:
        _check_sentences(row, draft)
        return None
    return replace(draft, refused=True) if row.failed else draft


def _check_sentences(row: Row, draft: ItemDraft) -> None:
    """Without a start nothing can be built, but what the repeats say is looked at all the same."""
    for name, texts in (("repeat", [draft.repeat]), ("phases", list(draft.phases))):
        for text in filter(None, texts):
            try:
                read_sentence(text)
            except RuleError as error:
                row.error(name, error.sentence, error.mend)


def slug(title: str) -> str:
    """An id made from a title: "IOP group" becomes "iop-group"."""
    return re.sub(r"[^\w]+", "-", title.casefold()).strip("-_")[:60]


def _kind(value: object) -> str:
    text = value if isinstance(value, str) else ""
    found = find_kind(text)
    if found is not None:
        return found.id
    near = nearest_kind(text)
    mend = (
        _("Did you mean {kind}?").format(kind=near.name)
        if near
        else _("The kinds are listed in docs/plan-file.md: group therapy, court and legal, other, and more.")
    )
    raise NotThis(_('"{value}" is not a kind.').format(value=shown(value)), mend)


def _phase(row: Row, value: object) -> str:
    """The sentence of one phase; TOML has a table around it."""
    if isinstance(value, dict):
        others = [str(name) for name in value if name != "repeat"]
        if others:
            raise NotThis(
                _('"{name}" is not a field of a phase.').format(name=shown(others[0])),
                _('A phase is { repeat = "every week on Tue for 12 weeks" }.'),
            )
        value = value.get("repeat")
    if not isinstance(value, str) or not value.strip():
        raise NotThis(_("This phase has no repeat."), _('A phase is { repeat = "every week on Tue for 12 weeks" }.'))
    return row.cleaned("phases", value)


def _move(row: Row, value: object) -> tuple[Moment, Moment]:
    """One moved session: a table with from and to in TOML, "from>to" in a sheet."""
    mend = _("Write { from = 2026-10-12T09:00:00, to = 2026-10-13T13:00:00 }.")
    if isinstance(value, str):
        source, arrow, target = value.partition(">")
        if not arrow:
            raise NotThis(_('"{value}" does not say from and to.').format(value=shown(value)), _("Write from>to."))
        value = {"from": source, "to": target}
    if not isinstance(value, dict):
        raise NotThis(_("A move has a from and a to."), mend)
    others = [str(name) for name in value if name not in ("from", "to")]
    if others or len(value) != 2:
        raise NotThis(
            _('"{name}" is not a field of a move.').format(name=shown(others[0]))
            if others
            else _("A move has a from and a to."),
            mend,
        )
    return as_moment(value["from"], row.zone, row.order), as_moment(value["to"], row.zone, row.order)


def _link(row: Row, value: object) -> str:
    """Where an online session is: a web address, or words such as a meeting number."""
    if not isinstance(value, str):
        raise NotThis(_("This is not text."), _("Write it between quotes."))
    text = clean(value)
    try:
        scheme = urlsplit(text).scheme
    except ValueError:
        scheme = "?"
    if scheme and scheme not in ("http", "https", "tel", "sip") and re.match(r"[a-z?][a-z0-9+.-]*:\S", text, re.I):
        raise NotThis(_("This is not a web address."), _("Write it as https://…"))
    return text


def _logistics(row: Row) -> Logistics:
    who = row.text("childcare.who")
    covered = row.yes_no("childcare.covered")
    childcare = Childcare(row.yes_no("childcare.needed", default=bool(who) or covered), who, covered)
    leave_by = row.length("ride.leave_by")
    if leave_by is not None and not timedelta(0) < leave_by <= timedelta(days=1):
        row.error("ride.leave_by", _("She sets off at most a day before."), _('Write "40 minutes".'))
    return Logistics(childcare, Ride(row.text("ride.how"), row.text("ride.who"), leave_by), row.texts("bring"))


def _goal_name(row: Row, goals: tuple[str, ...], goals_known: bool) -> str:
    name = row.text("counts_toward")
    if not name:
        return ""
    names = {goal.casefold(): goal for goal in goals}
    if name.casefold() in names:
        return names[name.casefold()]
    if not goals_known:
        return name
    near = did_you_mean(name, list(names))
    mend = _("Did you mean {name}?").format(name=names[near]) if near else _("Add the goal, or take this out.")
    row.error("counts_toward", _('The plan has no goal "{name}".').format(name=shown(name)), mend)
    return ""


def read_goals(rows: Iterable[Row]) -> list[PlanGoal | None]:
    """The goals, None for each that is wrong. A name holds for one goal only."""
    found: list[PlanGoal | None] = []
    seen: set[str] = set()
    for row in rows:
        goal = _read_goal(row)
        if goal is not None and goal.name.casefold() in seen:
            row.error("name", _("Another goal has the same name."), _("Give each its own."))
            goal = None
        seen |= {goal.name.casefold()} if goal else set()
        found.append(goal)
    return found


def _read_goal(row: Row) -> PlanGoal | None:
    row.refuse_unknown(GOAL_FIELDS, {"title": "name", "goal": "name", "count": "times", "every": "per"})
    name = _title(row, "name")
    if not name and "name" not in row.bad:
        row.error("name", _("This goal has no name."), row.example("name", '"Groups"'))
    for needed in ("times", "per"):
        if not row.has(needed):
            row.error(
                needed, _("This goal does not say {field}.").format(field=needed), _('Write times = 3, per = "week".')
            )
    times = row.number("times", 1, 100, 1)
    per = row.choice("per", [p.value for p in Period], Period.WEEK.value)
    kinds = row.each("kinds", _kind)
    return None if row.failed else PlanGoal(name, times, Period(per), kinds)
