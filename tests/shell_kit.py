"""Services for tests of what comes before a profile is open: real sessions in memory, real sentences when refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from app_kit import session
from textual.pilot import Pilot

from companion.app import CompanionApp
from companion.domain.clock import Clock
from companion.errors import CompanionError
from companion.profiles import HEAD_FILE, LABEL_FILE
from companion.services.session import Session

CODE = "7K2M-Q4XA-B1C2-D3E4-F5G6-H7J8"


class FakeOpener:
    """Opens profiles in memory. `error` is raised instead, if given; what was asked for is in `asked`."""

    def __init__(self, error: CompanionError | None = None, zone: str | None = "America/New_York") -> None:
        self.error = error
        self.zone = zone
        self.asked: list[tuple[Any, ...]] = []
        self.opened: list[Session] = []

    def _open(self, clock: Clock) -> Session:
        if self.error is not None:
            raise self.error
        self.opened.append(session(clock, child=False))
        return self.opened[-1]

    def open_profile(self, data: Path, profile_id: str, words: str | None, clock: Clock) -> Session:
        self.asked.append(("open", profile_id, words))
        return self._open(clock)

    def open_with_code(self, data: Path, profile_id: str, code: str, clock: Clock) -> Session:
        self.asked.append(("code", profile_id, code))
        return self._open(clock)

    def create_profile(
        self, data: Path, label: str, words: str | None, clock: Clock, *, zone: str | None = None
    ) -> tuple[Session, str | None]:
        self.asked.append(("create", label, words, zone))
        return self._open(clock), CODE if words else None

    def computer_zone(self) -> str | None:
        return self.zone

    def sample_session(self, clock: Clock) -> Session:
        self.asked.append(("sample",))
        return self._open(clock)


def profile_folder(data: Path, id: str, label: str, *, words: bool = True) -> None:
    """A profile as the list sees it: a label, and a head that says whether it opens with words."""
    folder = data / id
    folder.mkdir(parents=True)
    (folder / LABEL_FILE).write_text(label)
    kind = "words" if words else "open"
    (folder / HEAD_FILE).write_text('{"slots": [{"type": "' + kind + '"}]}')


@asynccontextmanager
async def begun(
    data: Path, clock: Clock, opener: FakeOpener, *, size: tuple[int, int] = (80, 24), **options: Any
) -> AsyncIterator[tuple[CompanionApp, Pilot[None]]]:
    """The app as it begins, on the profiles in `data`."""
    app = CompanionApp(data, clock=clock, opener=opener, **options)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


async def settled(app: CompanionApp, pilot: Pilot[None]) -> None:
    """Wait until what was begun in the background is done and shown."""
    for _ in range(3):
        await app.workers.wait_for_complete()
        await pilot.pause()
