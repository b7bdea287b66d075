"""Profiles made by every version so far still open, with everything in them."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from companion.domain.attendance import Mark
from companion.domain.clock import FixedClock
from companion.services.session import Session
from companion.store.migrations import VERSION
from companion.store.vault import Vault

FROZEN = Path(__file__).parent / "vaults"
WORDS = "river lamp north seven"


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_a_vault_of_every_version_opens_whole(version: int, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "0badcafe"
    shutil.copytree(FROZEN / f"v{version}", folder)
    clock = FixedClock(datetime(2026, 11, 21, 15, 0, tzinfo=UTC))
    vault = Vault.open(folder, WORDS, clock)
    session = Session(vault.engine, clock, vault)
    try:
        assert session.settings.name == "J."
        assert [c.name for c in session.people.children()] == ["M."]
        found = session.planner.between(date(2026, 10, 26), date(2027, 1, 1))
        assert [(o.start.isoformat(timespec="minutes"), o.status.value) for o in found] == [
            ("2026-10-27T18:00", "confirmed"),
            ("2026-11-10T18:00", "confirmed"),
            ("2026-11-17T18:00", "confirmed"),
            ("2026-11-25T17:00", "confirmed"),
            ("2026-12-01T18:00", "cancelled"),
            ("2026-12-08T18:00", "confirmed"),
            ("2026-12-15T18:00", "confirmed"),
            ("2026-12-22T18:00", "confirmed"),
            ("2026-12-29T18:00", "confirmed"),
        ]
        assert found[0].title == "Group — café 🌱"
        assert found[0].logistics.childcare.who == "Grandma"
        marks = session.planner.marks(date(2026, 11, 1), date(2026, 12, 1))
        assert {m.day.day: m.mark for m in marks.values()} == {10: Mark.EXCUSED, 17: Mark.ATTENDED}
        assert [d.note for d in session.diary.recent()] == ["twice"]
        assert [v.standing.total for v in session.progress.overview()] == [1]
        assert [p.reason for p in session.progress.pauses()] == ["own illness"]
        assert session.drafts.get("event") == {"title": "half typed"}
        assert session.planner.redo() == "added Taken back"
        assert session.planner.undo() == "added Taken back"
    finally:
        session.close()
