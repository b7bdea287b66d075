"""A coach's plan comes in, a newer revision comes in, and what she did and what has happened stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from conftest import NASTY, ZONE
from vault_kit import CHEAP

from companion.domain.attendance import Mark
from companion.domain.clock import FixedClock
from companion.domain.event import Event
from companion.domain.merge import Outcome
from companion.domain.plan import Plan
from companion.domain.rrule_text import parse_rrule
from companion.formats.plan_toml import read_toml
from companion.services.session import Session
from companion.store.memory import memory_engine
from companion.store.vault import Vault

HEADER = """
format = 1
id = "riverside-17"
revision = {revision}
title = "Aftercare"
timezone = "America/New_York"
updated = 2026-11-0{revision}T12:00:00Z
"""
GROUP = """
[[item]]
id = "group"
title = "Group"
kind = "group therapy"
starts = 2026-11-02T09:00:00
length = "3 hours"
repeat = "every Mon and Wed for 8 weeks"
"""
VISIT = """
[[item]]
id = "visit"
title = "Clinic"
kind = "case management"
starts = 2026-12-03T14:00:00
length = "30 minutes"
"""
COUNSELLING = """
[[item]]
id = "counselling"
title = "Counselling"
kind = "individual therapy"
starts = {starts}
length = "50 minutes"
"""
GOAL = """
[[goal]]
name = "Groups"
times = 2
per = "week"
kinds = ["group therapy"]
"""


def plan(revision: int, *parts: str) -> Plan:
    found = read_toml("".join([HEADER.format(revision=revision), *parts]).encode(), "plan.toml")
    assert not found.errors, [str(f) for f in found.errors]
    return found


FIRST = (GROUP, VISIT, COUNSELLING.format(starts="2026-11-24T14:00:00"), GOAL)
SECOND = (
    GROUP,
    COUNSELLING.format(starts="2026-11-26T15:00:00"),
    VISIT.replace('"visit"', '"wic"').replace("Clinic", "WIC").replace("12-03", "12-04"),
    GOAL,
)


@pytest.fixture
def session(clock: FixedClock) -> Session:
    opened = Session(memory_engine(), clock)
    opened.change_settings(zone=ZONE)
    return opened


def bring_in(session: Session, wanted: Plan) -> str:
    preview = session.intake.preview_plan(wanted)
    session.intake.apply(preview)
    return preview.summary


def agenda(session: Session) -> list[tuple[str, datetime, bool]]:
    found = session.planner.between(date(2026, 10, 1), date(2027, 3, 1))
    return [(o.title, o.start, o.cancelled) for o in found]


def everything(session: Session) -> dict[str, object]:
    tables = ("event", "override", "attendance", "goal", "source", "imported")
    return {table: session.database.select(table) for table in tables}


def test_a_plan_comes_in_whole_with_its_goals(session: Session) -> None:
    assert bring_in(session, plan(1, *FIRST)) == "3 new"
    assert ("Counselling", datetime(2026, 11, 24, 14), False) in agenda(session)
    assert sum(title == "Group" for title, _start, _cancelled in agenda(session)) == 16
    assert [(g.name, g.times) for g in session.progress.goals()] == [("Groups", 2)]


def test_the_same_plan_twice_changes_nothing(session: Session) -> None:
    bring_in(session, plan(1, *FIRST))
    before = everything(session)
    assert bring_in(session, plan(1, *FIRST)) == "3 same"
    assert everything(session) == before
    assert session.planner.next_undo() == "brought in Aftercare"
    session.planner.undo()
    assert agenda(session) == []


def test_revision_two_merges_exactly_what_it_says_and_undo_survives_a_restart(
    tmp_path: Path, clock: FixedClock
) -> None:
    vault, _code = Vault.create(tmp_path, "blue heron", "river lamp north seven", clock, kdf=CHEAP)
    session = Session(vault.engine, clock, vault)
    session.change_settings(zone=ZONE)
    bring_in(session, plan(1, *FIRST))
    before = agenda(session)
    preview = session.intake.preview_plan(plan(2, *SECOND))
    assert preview.summary == "1 new · 1 changed · 1 same · 1 withdrawn"
    assert [c.title for c in preview.changes.of(Outcome.WITHDRAWN)] == ["Clinic"]
    session.intake.apply(preview)
    after = agenda(session)
    assert set(before) - set(after) == {
        ("Clinic", datetime(2026, 12, 3, 14), False),
        ("Counselling", datetime(2026, 11, 24, 14), False),
    }
    assert set(after) - set(before) == {
        ("WIC", datetime(2026, 12, 4, 14), False),
        ("Counselling", datetime(2026, 11, 26, 15), False),
    }
    folder = vault.path.parent
    session.close()

    vault = Vault.open(folder, "river lamp north seven", clock)
    again = Session(vault.engine, clock, vault)
    assert agenda(again) == after
    assert again.planner.undo() == "brought in Aftercare"
    assert agenda(again) == before
    again.close()


def test_an_older_revision_is_left_aside_and_said(session: Session) -> None:
    bring_in(session, plan(2, *SECOND))
    before = agenda(session)
    preview = session.intake.preview_plan(plan(1, *FIRST))
    assert preview.nothing
    assert any("revision 1" in line for line in preview.lines())
    session.intake.apply(preview)
    assert agenda(session) == before


def test_what_she_changed_stays_hers_and_what_she_took_out_stays_out(session: Session) -> None:
    bring_in(session, plan(1, *FIRST))
    planner = session.planner
    counselling = next(e for e in planner.all_events() if e.title == "Counselling")
    clinic = next(e for e in planner.all_events() if e.title == "Clinic")
    planner.change_all(replace(counselling, location="Room 3, upstairs"))
    planner.remove(clinic)
    preview = session.intake.preview_plan(plan(2, GROUP, VISIT, COUNSELLING.format(starts="2026-11-26T15:00:00")))
    session.intake.apply(preview)
    changed = planner.get(counselling.uid)
    assert changed is not None
    assert (changed.start, changed.location) == (datetime(2026, 11, 26, 15), "Room 3, upstairs")
    assert all(title != "Clinic" for title, _start, _cancelled in agenda(session))


def test_a_changed_series_keeps_its_past_and_its_marks(session: Session) -> None:
    bring_in(session, plan(1, *FIRST))
    planner = session.planner
    monday = planner.on(date(2026, 11, 9))[0]
    planner.mark(monday, Mark.ATTENDED)
    evening = GROUP.replace("T09:00:00", "T18:00:00").replace("Group", "Evening group")
    bring_in(session, plan(2, evening, *FIRST[1:]))
    past = planner.on(date(2026, 11, 9))
    assert [(o.title, o.start.hour) for o in past] == [("Group", 9)]
    assert planner.marks(date(2026, 11, 9), date(2026, 11, 10))[past[0].key].mark is Mark.ATTENDED
    assert [(o.title, o.start.hour) for o in planner.on(date(2026, 11, 23))] == [("Evening group", 18)]


def test_a_calendar_file_and_a_plan_live_side_by_side(session: Session) -> None:
    bring_in(session, plan(1, *FIRST))
    other = replace(plan(1, VISIT).header, id="other-plan")
    bring_in(session, replace(plan(1), header=other))
    assert len({title for title, _start, _cancelled in agenda(session)}) == 3


def test_the_phone_file_of_a_plan_that_is_here_brings_nothing_twice(session: Session, tmp_path: Path) -> None:
    bring_in(session, plan(1, *FIRST))
    before = agenda(session)
    session.outbox.save(tmp_path / "phone.ics", full=True)
    (preview,) = session.intake.preview(tmp_path / "phone.ics")
    assert preview.summary == "3 here already"
    session.intake.apply(preview)
    assert agenda(session) == before


def test_her_own_export_read_back_brings_nothing_twice_and_restores_what_is_gone(
    session: Session, tmp_path: Path
) -> None:
    def add(title: str, day: int) -> Event:
        return session.planner.add(Event("", title, datetime(2026, 12, day, 9), timedelta(hours=1), ZONE))

    add("Kept", 1)
    gone = add("Gone", 2)
    session.outbox.save(tmp_path / "mine.ics", full=True)
    session.planner.remove(gone)
    (preview,) = session.intake.preview(tmp_path / "mine.ics")
    assert preview.summary == "1 new · 1 here already"
    session.intake.apply(preview)
    assert [title for title, _start, _cancelled in agenda(session)] == ["Kept", "Gone"]


@pytest.mark.parametrize("simple", [True, False])
def test_an_export_date_by_date_read_back_brings_nothing_twice(session: Session, tmp_path: Path, simple: bool) -> None:
    """Phones can't read a repeat on the 31st, so it goes out date by date, as everything does where she asks for it."""
    bring_in(session, plan(1, GROUP + VISIT))
    start = datetime(2026, 12, 31, 23, 30)
    rule = parse_rrule("FREQ=MONTHLY;BYMONTHDAY=31", start, ZONE, False)
    session.planner.add(Event("", "Check", start, timedelta(minutes=45), ZONE, rule=rule))
    [moved] = [o for o in session.planner.between(date(2026, 12, 7), date(2026, 12, 8)) if o.title == "Group"]
    session.planner.move(moved, datetime(2026, 12, 10, 9))
    before = agenda(session)
    session.outbox.save(tmp_path / "mine.ics", simple=simple)
    [preview] = session.intake.preview(tmp_path / "mine.ics")
    assert preview.nothing and preview.elsewhere == len(preview.plan.items) > 5
    session.intake.apply(preview)
    assert agenda(session) == before


def test_the_uid_of_a_clinics_calendar_tells_nobody_and_is_still_known(session: Session, tmp_path: Path) -> None:
    """docs/icalendar.md, rule 13: a UID is never made from a text; one from elsewhere may be."""
    event = "SUMMARY:Visit\r\nDTSTAMP:20261101T120000Z\r\nDTSTART:20261203T150000Z\r\nDTEND:20261203T160000Z\r\n"
    (tmp_path / "clinic.ics").write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:case-17@drugcourt.example\r\n"
        f"{event}END:VEVENT\r\nEND:VCALENDAR\r\n",
        newline="",
    )
    [preview] = session.intake.preview(tmp_path / "clinic.ics")
    session.intake.apply(preview)
    for full in (False, True):
        out = tmp_path / f"phone-{full}.ics"
        session.outbox.save(out, full=full)
        assert "drugcourt" not in out.read_text("utf-8")
        [again] = session.intake.preview(out)
        assert again.summary == "1 here already"


@pytest.mark.parametrize("nasty", NASTY)
def test_nothing_in_a_title_gets_through(session: Session, nasty: str) -> None:
    import json

    title = json.dumps("x" + nasty)
    bring_in(session, plan(1, VISIT.replace('"Clinic"', title)))
    ((title, _start, _cancelled),) = agenda(session)
    assert title.startswith("x")
    assert not any(ord(char) < 32 or char in "\u202e\u2066\x9b" for char in title)
