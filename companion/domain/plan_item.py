"""From an item as its coach wrote it to the events it makes (docs/plan-file.md, "What an item becomes").

Each phase and each extra date is an event of its own, without RDATE, because phones read RDATE in four different
ways.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from companion.domain.event import ONE_DAY, Event, Origin, Override
from companion.domain.expansion import gives, last_start, starts
from companion.domain.finding import Finding, Level
from companion.domain.holidays import apply_holidays
from companion.domain.kinds import kind
from companion.domain.language import _
from companion.domain.phrases import parse_phrase, phases
from companion.domain.plan import HolidayPolicy, PlanHeader, PlanItem
from companion.domain.plan_draft import ItemDraft, Moment
from companion.domain.plan_identity import item_key, item_uid, stamp
from companion.domain.recurrence import RecurrenceRule
from companion.domain.rrule_text import parse_rrule
from companion.errors import RuleError

LAST_YEAR = 2100
ENDLESS = timedelta(days=731)  # how much of an endless series counts towards a plan's bound
LONGEST_TIMED = timedelta(days=7)
LONGEST_ALL_DAY = timedelta(days=366)
_CEILING = datetime(LAST_YEAR + 1, 1, 1)
_NEAR = timedelta(days=400)  # a yearly session's neighbours lie within


@dataclass(slots=True)
class _Item:
    """One item while it is being built: its parts without exceptions, and what was found."""

    draft: ItemDraft
    header: PlanHeader
    file: str
    findings: list[Finding] = field(default_factory=list)
    failed: bool = False
    parts: list[Event] = field(default_factory=list)
    lasts: list[datetime | None] = field(default_factory=list)  # the last session of each part, None: endless
    count: int = 0

    def error(self, name: str, text: str, mend: str = "") -> None:
        self.failed = True
        self._add(Level.ERROR, name, text, mend)

    def warn(self, name: str, text: str, mend: str = "", level: Level = Level.WARNING) -> None:
        self._add(level, name, text, mend)

    def _add(self, level: Level, name: str, text: str, mend: str) -> None:
        line = self.draft.lines.get(name) or self.draft.line
        self.findings.append(Finding(level, text, mend, self.file, line, self.draft.id, name))

    @property
    def repeats(self) -> bool:
        return self.parts[0].rule is not None

    def sessions_on(self, day: date) -> list[datetime]:
        """The start of each session on `day`, skipped or not."""
        found: list[datetime] = []
        for part, last in zip(self.parts, self.lasts, strict=True):
            at = datetime.combine(day, part.start.time())
            if part.rule is not None and part.start <= at and (last is None or at <= last):
                found += starts(part.rule, part.start, at, at + ONE_DAY)
        return found


@dataclass(frozen=True, slots=True)
class Built:
    """What became of an item: its events (None where anything in it is wrong), every remark, and its sessions,
    two years' worth where it never ends."""

    item: PlanItem | None
    findings: tuple[Finding, ...]
    sessions: int


def build_item(draft: ItemDraft, header: PlanHeader, file: str = "") -> Built:
    """The item's events. Nothing is raised: what is wrong is in the findings."""
    item = _Item(draft, header, file)
    events = _events(item)
    made = None if item.failed else PlanItem(draft.id, tuple(events), draft.line)
    return Built(made, tuple(item.findings), item.count + len(draft.extra))


def _events(item: _Item) -> list[Event]:
    length = _length(item)
    _make_parts(item, length)
    if item.failed:
        return []
    skips, moves = _exceptions(item)
    extras = _extras(item)
    _holidays(item, skips, moves, extras)
    events = [_with_exceptions(part, skips, moves) for part in item.parts]
    return events + [_event(item, at.isoformat(timespec="seconds"), at, None, length) for at in extras]


def _length(item: _Item) -> timedelta:
    draft = item.draft
    usual = kind(draft.kind).length
    length = draft.length
    if length is None:
        length = max(ONE_DAY, ONE_DAY * (usual // ONE_DAY)) if draft.all_day else usual
    if length <= timedelta(0):
        item.error("length", _("It lasts no time at all."), _('Write "50 minutes" or "2 days".'))
    elif draft.all_day and length % ONE_DAY:
        item.error(
            "length",
            _("It lasts part of a day, and its start has no time."),
            _("Add a time to starts, or give the length in days."),
        )
    elif length > (LONGEST_ALL_DAY if draft.all_day else LONGEST_TIMED):
        item.error(
            "length",
            _("It lasts too long: {n} days are possible.").format(n=366 if draft.all_day else 7),
            "" if draft.all_day else _("For a longer stay, write starts as a date without a time."),
        )
    return length


def _make_parts(item: _Item, length: timedelta) -> None:
    draft = item.draft
    ways = [name for name in ("repeat", "rrule", "phases") if getattr(draft, name)]
    if len(ways) > 1:
        item.error(
            ways[1],
            _("{one} and {other} are both given.").format(one=ways[0], other=ways[1]),
            _("Keep one of them."),
        )
        return
    series: list[tuple[datetime, RecurrenceRule | None]] = [(draft.starts, None)]
    try:
        if draft.repeat:
            series = [(draft.starts, parse_phrase(draft.repeat, draft.starts))]
        elif draft.rrule:
            rule = parse_rrule(draft.rrule, draft.starts, item.header.timezone, draft.all_day)
            series = [(draft.starts, rule)]
        elif draft.phases:
            series = list(phases(list(draft.phases), draft.starts))
    except RuleError as error:
        item.error(ways[0], error.sentence, error.mend)
        return
    for number, (first, rule) in enumerate(series, 1):
        part = _event(item, str(number), first, rule, length)
        item.parts.append(part)
        item.lasts.append(last_start(part))
        item.count += _count(part, item.lasts[-1])
        if rule is not None:
            _check_rule(item, part, ways[0])


def _count(part: Event, last: datetime | None) -> int:
    if part.rule is None:
        return 1
    end = min(part.start + ENDLESS, _CEILING) if last is None else last + ONE_DAY
    return len(starts(part.rule, part.start, part.start, end))


def _check_rule(item: _Item, part: Event, name: str) -> None:
    assert part.rule is not None
    if part.rule.until is not None and part.rule.until.year > LAST_YEAR:
        item.error(name, _("It ends after the year {year}.").format(year=LAST_YEAR), _("Choose an earlier end."))
        return
    near = starts(part.rule, part.start, part.start, min(part.start + _NEAR, _CEILING))
    if not near:
        item.error(name, _("It never takes place."), _("Look at its days and its end."))
    elif near[0] != part.start:
        item.error(
            "starts",
            _("{day} is not one of its own days.").format(day=_day(part.start)),
            _("The first one after it is {day}.").format(day=_day(near[0])),
        )


def _event(item: _Item, part: str, start: datetime, rule: RecurrenceRule | None, length: timedelta) -> Event:
    draft, header = item.draft, item.header
    key = item_key(draft.id, part)
    stamped = stamp(header)
    return Event(
        uid=item_uid(header.id, key),
        title=draft.title,
        start=start,
        duration=length,
        zone=header.timezone,
        kind=draft.kind,
        all_day=draft.all_day,
        rule=rule,
        discreet_title=draft.discreet_title,
        need=draft.need,
        provider=draft.provider,
        contact=draft.contact,
        phone=draft.phone,
        location=draft.location,
        online=draft.online,
        child=draft.child,
        logistics=draft.logistics,
        notes=draft.notes,
        reminders=draft.reminders if draft.reminders is not None else (header.reminders or None),
        counts_toward=draft.counts_toward,
        sign_off=draft.sign_off,
        sequence=header.revision,
        created=stamped,
        updated=stamped,
        origin=Origin(header.id, key, header.revision),
    )


def _exceptions(item: _Item) -> tuple[set[datetime], dict[datetime, datetime]]:
    skips: set[datetime] = set()
    moves: dict[datetime, datetime] = {}
    for moment in item.draft.skip:
        session = _named(item, "skip", moment)
        if session is not None:
            skips.add(session)
    for source, target in item.draft.moved:
        session = _named(item, "moved", source)
        if session is None:
            continue
        if session in skips or session in moves:
            item.error(
                "moved",
                _("The session of {day} is named twice.").format(day=_day(session)),
                _("Keep it in skip or in moved, once."),
            )
            continue
        new = _target(item, session, target)
        if new is not None and new != session:
            moves[session] = new
    return skips, moves


def _named(item: _Item, name: str, moment: Moment) -> datetime | None:
    """The session that `moment` names; None, with an error, where there is none."""
    if not item.repeats:
        item.error(name, _("This item takes place once."), _("Change starts, or take the item out."))
        return None
    timed = isinstance(moment, datetime)
    day = moment.date() if isinstance(moment, datetime) else moment
    found = item.sessions_on(day)
    if not timed and found:
        return found[0]
    if timed and moment in found:
        return next(session for session in found if session == moment)
    if timed and found:
        mend = _("The session that day starts at {time}.").format(time=f"{found[0]:%H:%M}")
        if item.draft.all_day:
            mend = _("Write the day without a time.")
    elif any(_day_of(extra) == day for extra in item.draft.extra):
        mend = _("It is an extra date: change it in extra.")
    else:
        mend = _nearest(item, day)
    item.error(name, _("There is no session on {day}.").format(day=_when(moment)), mend)
    return None


def _nearest(item: _Item, day: date) -> str:
    at = datetime.combine(day, time())
    before: list[datetime] = []
    after: list[datetime] = []
    for part in item.parts:
        if part.rule is not None:
            before += starts(part.rule, part.start, max(at - _NEAR, part.start), at)[-1:]
            after += starts(part.rule, part.start, at, min(at + _NEAR, _CEILING))[:1]
    if before and after:
        return _("The nearest are {one} and {other}.").format(one=_day(max(before)), other=_day(min(after)))
    if before or after:
        return _("The nearest is {day}.").format(day=_day(max(before) if before else min(after)))
    return _("Look at its days and its end.")


def _target(item: _Item, session: datetime, target: Moment) -> datetime | None:
    if isinstance(target, datetime):
        if not item.draft.all_day:
            _check_gap(item, "moved", target)
            return target
        item.error("moved", _("This item lasts all day."), _("Write the new day without a time."))
        return None
    return datetime.combine(target, session.time())


def _extras(item: _Item) -> list[datetime]:
    found: list[datetime] = []
    for moment in item.draft.extra:
        timed = isinstance(moment, datetime)
        if timed and item.draft.all_day:
            item.error("extra", _("This item lasts all day."), _("Write the extra day without a time."))
            continue
        at = moment if isinstance(moment, datetime) else datetime.combine(moment, item.draft.starts.time())
        taken = at in item.sessions_on(at.date())
        if taken or at in found or at == item.draft.starts:
            item.error("extra", _("It takes place on {day} already.").format(day=_when(moment)), _("Take it out."))
            continue
        _check_gap(item, "extra", at)
        _remark_holiday(item, "extra", at)
        found.append(at)
    return found


def _holidays(item: _Item, skips: set[datetime], moves: dict[datetime, datetime], extras: Sequence[datetime]) -> None:
    """Add to `skips` and `moves` what the plan's holidays do."""
    if not item.repeats:
        _remark_holiday(item, "starts", item.draft.starts)
        _check_gap(item, "starts", item.draft.starts)
        return
    told = skips | moves.keys()
    arrivals = {at.date() for at in moves.values()} | {at.date() for at in extras}

    def open_on(day: date) -> list[datetime]:
        return [session for session in item.sessions_on(day) if session not in told]

    effect = apply_holidays(
        item.header.holidays,
        item.header.holiday_policy,
        open_on,
        lambda day: day in arrivals or bool(open_on(day)),
    )
    skips |= effect.skipped | effect.dropped.keys()
    moves |= effect.moved
    for session, target in sorted(effect.dropped.items()):
        item.warn(
            "holidays",
            _("{day} is a holiday, and the item already meets on {next}: that session is left out.").format(
                day=_day(session), next=_day(target)
            ),
            level=Level.NOTE,
        )


def _remark_holiday(item: _Item, name: str, at: datetime) -> None:
    if item.header.holiday_policy is not HolidayPolicy.KEEP and at.date() in item.header.holidays:
        item.warn(
            name,
            _("{day} is one of the plan's holidays. It stays on that day.").format(day=_day(at)),
            _("Change the day if that is not meant."),
        )


def _check_gap(item: _Item, name: str, at: datetime) -> None:
    if item.draft.all_day:
        return
    zone = ZoneInfo(item.header.timezone)
    if at.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != at:
        item.warn(
            name,
            _("The clocks go forward on {day}, and {time} does not exist then.").format(
                day=_day(at), time=f"{at:%H:%M}"
            ),
            _("Choose an hour later."),
        )


def _with_exceptions(part: Event, skips: set[datetime], moves: dict[datetime, datetime]) -> Event:
    if part.rule is None:
        return part
    own_skips = tuple(at for at in sorted(skips) if gives(part, at))
    own_moves = tuple(Override(at, start=moves[at]) for at in sorted(moves) if gives(part, at))
    return replace(part, skips=own_skips, overrides=own_moves) if own_skips or own_moves else part


def _day_of(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _day(day: date) -> str:
    return f"{day:%a} {_day_of(day).isoformat()}"


def _when(moment: Moment) -> str:
    return f"{_day(moment)} {moment:%H:%M}" if isinstance(moment, datetime) else _day(moment)
