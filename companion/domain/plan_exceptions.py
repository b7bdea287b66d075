"""Sessions that do not take place, take place at another time or on further dates (docs/plan-file.md, "Exceptions")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from companion.domain.event import Event, Override
from companion.domain.expansion import gives, starts
from companion.domain.finding import Level
from companion.domain.holidays import apply_holidays
from companion.domain.language import _
from companion.domain.plan import HolidayPolicy
from companion.domain.plan_building import CEILING, NEAR, Building, day_of, day_text, moment_text
from companion.domain.plan_draft import Moment


def exceptions(item: Building) -> tuple[set[datetime], dict[datetime, datetime]]:
    """The sessions skipped, and those moved with where they go, by the start their rule gives."""
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
                _("The session of {day} is named twice.").format(day=day_text(session)),
                _("Keep it in skip or in moved, once."),
            )
            continue
        new = _target(item, session, target)
        if new is not None and new != session:
            moves[session] = new
    return skips, moves


def _named(item: Building, name: str, moment: Moment) -> datetime | None:
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
    elif any(day_of(extra) == day for extra in item.draft.extra):
        mend = _("It is an extra date: change it in extra.")
    else:
        mend = _nearest(item, day)
    item.error(name, _("There is no session on {day}.").format(day=moment_text(moment)), mend)
    return None


def _nearest(item: Building, day: date) -> str:
    at = datetime.combine(day, time())
    before: list[datetime] = []
    after: list[datetime] = []
    for part in item.parts:
        if part.rule is not None:
            before += starts(part.rule, part.start, max(at - NEAR, part.start), at)[-1:]
            after += starts(part.rule, part.start, at, min(at + NEAR, CEILING))[:1]
    if before and after:
        return _("The nearest are {one} and {other}.").format(one=day_text(max(before)), other=day_text(min(after)))
    if before or after:
        return _("The nearest is {day}.").format(day=day_text(max(before) if before else min(after)))
    return _("Look at its days and its end.")


def _target(item: Building, session: datetime, target: Moment) -> datetime | None:
    if isinstance(target, datetime):
        if not item.draft.all_day:
            _check_gap(item, "moved", target)
            return target
        item.error("moved", _("This item lasts all day."), _("Write the new day without a time."))
        return None
    return datetime.combine(target, session.time())


def extras(item: Building) -> list[datetime]:
    """The further dates, each with its time."""
    found: list[datetime] = []
    for moment in item.draft.extra:
        timed = isinstance(moment, datetime)
        if timed and item.draft.all_day:
            item.error("extra", _("This item lasts all day."), _("Write the extra day without a time."))
            continue
        at = moment if isinstance(moment, datetime) else datetime.combine(moment, item.draft.starts.time())
        taken = at in item.sessions_on(at.date())
        if taken or at in found or at == item.draft.starts:
            item.error(
                "extra", _("It takes place on {day} already.").format(day=moment_text(moment)), _("Take it out.")
            )
            continue
        _check_gap(item, "extra", at)
        _remark_holiday(item, "extra", at)
        found.append(at)
    return found


def holidays(item: Building, skips: set[datetime], moves: dict[datetime, datetime], extras: Sequence[datetime]) -> None:
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
                day=day_text(session), next=day_text(target)
            ),
            level=Level.NOTE,
        )


def _remark_holiday(item: Building, name: str, at: datetime) -> None:
    if item.header.holiday_policy is not HolidayPolicy.KEEP and at.date() in item.header.holidays:
        item.warn(
            name,
            _("{day} is one of the plan's holidays. It stays on that day.").format(day=day_text(at)),
            _("Change the day if that is not meant."),
        )


def _check_gap(item: Building, name: str, at: datetime) -> None:
    if item.draft.all_day:
        return
    zone = ZoneInfo(item.header.timezone)
    if at.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != at:
        item.warn(
            name,
            _("The clocks go forward on {day}, and {time} does not exist then.").format(
                day=day_text(at), time=f"{at:%H:%M}"
            ),
            _("Choose an hour later."),
        )


def with_exceptions(part: Event, skips: set[datetime], moves: dict[datetime, datetime]) -> Event:
    """`part` with those exceptions that name sessions of its own."""
    if part.rule is None:
        return part
    own_skips = tuple(at for at in sorted(skips) if gives(part, at))
    own_moves = tuple(Override(at, start=moves[at]) for at in sorted(moves) if gives(part, at))
    return replace(part, skips=own_skips, overrides=own_moves) if own_skips or own_moves else part
