"""Writes a plan as TOML that reads back as the same plan (docs/plan-file.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from companion.domain.event import Childcare, Need, Ride
from companion.domain.kinds import kind
from companion.domain.language import plural
from companion.domain.plan import HolidayPolicy, Plan, PlanGoal, PlanHeader
from companion.domain.plan_draft import ItemDraft, Moment
from companion.domain.plan_rewrite import draft_of
from companion.errors import InputError
from companion.formats.plan_fields import FORMAT

_LONG = 1_500  # characters after which a text goes over several lines: a line of TOML may have 4,000
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_DEFAULT_NOTICE = timedelta(hours=24)


def write_plan(plan: Plan) -> str:
    """The plan as TOML. Reading it gives the same header, events and goals.

    Raises InputError where an item can't be said in a plan file, as some of a calendar's can't.
    """
    lines = list(_header(plan.header))
    for draft in drafts_of(plan):
        lines += ["", "[[item]]", *_item(draft)]
    for goal in plan.goals:
        lines += ["", "[[goal]]", *_goal(goal)]
    return "\n".join(lines) + "\n"


def drafts_of(plan: Plan) -> list[ItemDraft]:
    """Every item as its coach would write it. Raises InputError where one can't be."""
    drafts = [draft_of(item, plan.header) for item in plan.items]
    lost = drafts.count(None)
    if lost:
        raise InputError(
            plural("{n} item can't be written in a plan file.", "{n} items can't be written in a plan file.", lost)
        )
    return [draft for draft in drafts if draft is not None]


def length_text(length: timedelta) -> str:
    """A length as a plan has it: "2 days", "3 hours", "1 h 30 min"."""
    if length and not length % _DAY:
        return _counted(length // _DAY, "day")
    hours, minutes = divmod(length // _MINUTE, 60)
    if hours and minutes:
        return f"{hours} h {minutes} min"
    return _counted(hours, "hour") if hours else _counted(minutes, "minute")


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def reminder_texts(minutes: Iterable[int]) -> list[str]:
    """Reminders as a plan has them, the earliest first."""
    return [length_text(timedelta(minutes=each)) for each in sorted(minutes, reverse=True)]


def moment_text(moment: Moment) -> str:
    return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()


def _header(header: PlanHeader) -> Iterator[str]:
    yield f"format = {FORMAT}"
    yield f"id = {_text(header.id)}"
    if header.revision:
        yield f"revision = {header.revision}"
    for name in ("title", "prepared_for", "prepared_by", "role", "phone"):
        yield from _given(name, getattr(header, name))
    yield f"timezone = {_text(header.timezone)}"
    if header.review:
        yield f"review = {header.review.isoformat()}"
    if header.reminders:
        yield f"reminders = {_texts(reminder_texts(header.reminders))}"
    if header.holidays:
        yield f"holidays = {_moments(header.holidays)}"
    if header.holiday_policy is not HolidayPolicy.SKIP:
        yield f"holiday_policy = {_text(header.holiday_policy.value)}"
    if header.excused_reasons:
        yield f"excused_reasons = {_texts(header.excused_reasons)}"
    if header.excuse_notice != _DEFAULT_NOTICE:
        yield f"excuse_notice = {_text(length_text(header.excuse_notice))}"
    if header.updated:
        yield f"updated = {header.updated.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _item(draft: ItemDraft) -> Iterator[str]:
    yield f"id = {_text(draft.id)}"
    yield f"title = {_text(draft.title)}"
    yield from _given("discreet_title", draft.discreet_title)
    if draft.kind != "other":
        yield f"kind = {_text(kind(draft.kind).name)}"
    if draft.need is not Need.EXPECTED:
        yield f"need = {_text(draft.need.value)}"
    yield f"starts = {moment_text(draft.starts.date() if draft.all_day else draft.starts)}"
    if draft.length is not None:
        yield f"length = {_text(length_text(draft.length))}"
    yield from _given("repeat", draft.repeat)
    yield from _given("rrule", draft.rrule)
    if draft.phases:
        yield "phases = ["
        yield from (f"  {{ repeat = {_text(phase)} }}," for phase in draft.phases)
        yield "]"
    if draft.skip:
        yield f"skip = {_moments(draft.skip)}"
    if draft.moved:
        yield "moved = ["
        yield from (f"  {{ from = {moment_text(one)}, to = {moment_text(other)} }}," for one, other in draft.moved)
        yield "]"
    if draft.extra:
        yield f"extra = {_moments(draft.extra)}"
    for name in ("provider", "contact", "phone", "location", "online"):
        yield from _given(name, getattr(draft, name))
    yield from _care(draft.logistics.childcare)
    yield from _ride(draft.logistics.ride)
    if draft.logistics.bring:
        yield f"bring = {_texts(draft.logistics.bring)}"
    yield from _given("notes", draft.notes)
    yield from _given("child", draft.child)
    yield from _given("counts_toward", draft.counts_toward)
    if draft.sign_off:
        yield "sign_off = true"
    if draft.reminders is not None:
        yield f"reminders = {_texts(reminder_texts(draft.reminders))}"


def _care(childcare: Childcare) -> Iterator[str]:
    if childcare != Childcare():
        needed, covered = (str(value).lower() for value in (childcare.needed, childcare.covered))
        yield f"childcare = {{ needed = {needed}, who = {_text(childcare.who)}, covered = {covered} }}"


def _ride(ride: Ride) -> Iterator[str]:
    parts = [f"{name} = {_text(value)}" for name, value in (("how", ride.how), ("who", ride.who)) if value]
    if ride.leave_by:
        parts.append(f"leave_by = {_text(length_text(ride.leave_by))}")
    if parts:
        yield f"ride = {{ {', '.join(parts)} }}"


def _goal(goal: PlanGoal) -> Iterator[str]:
    yield f"name = {_text(goal.name)}"
    yield f"times = {goal.times}"
    yield f"per = {_text(goal.per.value)}"
    if goal.kinds:
        yield f"kinds = {_texts(kind(each).name for each in goal.kinds)}"


def _given(name: str, value: str) -> Iterator[str]:
    if value:
        yield f"{name} = {_text(value)}"


def _texts(values: Iterable[str]) -> str:
    return _listed([_text(value) for value in values])


def _moments(values: Iterable[date]) -> str:
    return _listed([moment_text(value) for value in values])


def _listed(parts: list[str]) -> str:
    """On one line where it is short."""
    line = f"[{', '.join(parts)}]"
    return line if len(line) <= 100 or len(parts) == 1 else "[\n" + "".join(f"  {part},\n" for part in parts) + "]"


def _text(value: str) -> str:
    """A basic string; one that is long or has lines of its own over several lines."""
    if "\n" not in value and len(value) <= _LONG:
        return f'"{_escaped(value)}"'
    lines = [_wrapped(line) for line in value.split("\n")]
    return '"""\n' + "\n".join(lines) + '"""'


def _wrapped(line: str) -> str:
    """A long line cut with a backslash at its end, which TOML takes for nothing; never before or after a space."""
    pieces: list[str] = []
    while len(line) > _LONG:
        cut = next((at for at in range(_LONG, 0, -1) if " " not in line[at - 1 : at + 1]), _LONG)
        pieces.append(_escaped(line[:cut]))
        line = line[cut:]
    return "\\\n".join([*pieces, _escaped(line)])


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(char) or (f"\\u{ord(char):04x}" if ord(char) < 32 else char) for char in text)


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\x7f": "\\u007f"}
