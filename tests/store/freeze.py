"""Makes the frozen vault of the present schema version: python -m tests.store.freeze

Run once when a schema version is finished; the vault is committed and never made again. It is opened by every later
test run, so that a profile from any version keeps opening.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from companion.domain.attendance import Mark
from companion.domain.child import Child
from companion.domain.clock import FixedClock
from companion.domain.event import Childcare, Event, Logistics, Ride
from companion.domain.goal import Goal, Pause, Period
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday
from companion.services.session import Session
from companion.store.keys import KdfCost
from companion.store.migrations import VERSION
from companion.store.vault import Vault

FOLDER = Path(__file__).parent / "vaults"
WORDS = "river lamp north seven"
ZONE = "America/New_York"
NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
CHEAP = KdfCost(memory=16 * 2**20, passes=1)


def fill(session: Session) -> None:
    """One of everything that schema 1 can hold."""
    session.change_settings(zone=ZONE, name="J.", hours24=True)
    child = session.people.put_child(Child("m", "M.", born=date(2026, 3, 2)))
    group = session.planner.add(
        Event(
            "group@frozen.example",
            "Group — café 🌱",
            datetime(2026, 10, 27, 18),
            timedelta(minutes=90),
            ZONE,
            kind="group-therapy",
            rule=RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1),)),
            skips=(datetime(2026, 11, 3, 18),),
            logistics=Logistics(Childcare(True, "Grandma", True), Ride("bus 14", "", timedelta(minutes=40)), ("ID",)),
            reminders=(60,),
            counts_toward="Groups",
        )
    )
    planner = session.planner
    planner.move(planner.on(date(2026, 11, 24))[0], datetime(2026, 11, 25, 17))
    planner.cancel(planner.on(date(2026, 12, 1))[0])
    planner.mark(planner.on(date(2026, 11, 17))[0], Mark.ATTENDED)
    planner.mark(planner.on(date(2026, 11, 10))[0], Mark.EXCUSED, "child ill", timedelta(hours=26))
    planner.change_later(planner.on(date(2026, 12, 15))[0], group)
    session.diary.finish("balloon-belly", "Balloon Belly", (child.id,), "twice")
    session.progress.put_goal(Goal("groups", "Groups", 1, Period.WEEK, date(2026, 10, 26), kinds=("group-therapy",)))
    session.progress.put_pause(Pause("ill", date(2026, 11, 1), date(2026, 11, 4), "own illness"))
    session.drafts.keep("event", {"title": "half typed"})
    planner.add(Event("gone@frozen.example", "Taken back", datetime(2026, 12, 2, 9), timedelta(hours=1), ZONE))
    planner.undo()


def main() -> None:
    target = FOLDER / f"v{VERSION}"
    if target.exists():
        sys.exit(f"{target} is frozen already")
    with tempfile.TemporaryDirectory() as name:
        clock = FixedClock(NOW)
        vault, _code = Vault.create(Path(name), "blue heron", WORDS, clock, kdf=CHEAP)
        session = Session(vault.engine, clock, vault)
        fill(session)
        session.close()
        (profile,) = (p for p in Path(name).iterdir() if p.is_dir())
        shutil.copytree(profile, target, ignore=shutil.ignore_patterns("lock", "tries"))


if __name__ == "__main__":
    main()
