"""Search as she types in 10,000 events, 500 of them repeating, and what keeping the index costs."""

from __future__ import annotations

import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from companion.domain.event import Childcare, Event, Logistics, Ride
from companion.services.session import Session
from companion.store.events import EventStore
from tests.bench.data import calendar
from tests.bench.measure import MILLISECOND, Figure, pairs
from tests.bench.store import filled

TYPED = (
    "group mill",
    "counselling",
    "clinic ana",
    "grandma",
    "court review",
    "bus 14",
    "form sign",
    "zzz",
    "12",
    "oak",
)
_TITLES = (
    "Group", "Counselling", "Court review", "Clinic", "Dentist", "Family time", "Parenting class", "Check-up",
    "School talk", "Vaccination", "House meeting", "Call with sponsor", "Drop-in", "Childcare visit", "Case worker",
)  # fmt: skip
_PLACES = ("12 Mill St, room 3", "Riverside Clinic", "Town Hall", "St. Mary, floor 3", "Oak St School", "County court")
_SYLLABLES = ("an", "mar", "jo", "ri", "sa", "el", "tor", "win", "lu", "ka", "be", "mo")


def wordy(events: list[Event]) -> list[Event]:
    """The same events with titles, places, people, bring lists and notes as people write them; the same every time."""
    chance = random.Random(20261121)

    def word(least: int = 2, most: int = 3) -> str:
        return "".join(chance.choices(_SYLLABLES, k=chance.randint(least, most)))

    names = [word().title() for _ in range(120)]
    notes = [word(1, 4) for _ in range(3_000)] + ["form", "sign", "slip", "ask", "card"] * 40

    def said(event: Event) -> Event:
        care = Childcare(True, chance.choice([*names, "Grandma"]), True)
        logistics = Logistics(care, Ride("bus 14", chance.choice(names)), ("ID", "insurance card"))
        return replace(
            event,
            title=chance.choice(_TITLES) + (f" {chance.choice(names)}" if chance.random() < 0.4 else ""),
            location=chance.choice(_PLACES),
            provider=chance.choice(names),
            contact=chance.choice(["", *names]),
            notes=" ".join(chance.choices(notes, k=chance.randrange(14))),
            logistics=logistics if chance.random() < 0.4 else Logistics(),
        )

    return [said(event) for event in events]


def keys(session: Session) -> tuple[list[float], list[float]]:
    """The app's own processor time for each letter of `TYPED`, and for the first letter after a change; in ms."""
    from companion.app import CompanionApp
    from companion.messages import ProfileOpened

    async def measure() -> tuple[list[float], list[float]]:
        app = CompanionApp(None, clock=session.clock)
        async with app.run_test(size=(80, 24)) as pilot:
            app.post_message(ProfileOpened(session))
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.press("slash")
            await pilot.pause()

            async def press(key: str) -> float:
                begun = time.process_time()
                await pilot.press(key)
                await pilot.pause()
                return (time.process_time() - begun) * MILLISECOND

            idle = statistics.median([await press("f20") for _ in range(15)])
            taken, changed = [], []
            for typed in TYPED:
                for letter in typed:
                    taken.append(await press("space" if letter == " " else letter) - idle)
                for _letter in typed:
                    taken.append(await press("backspace") - idle)
            for number, letter in enumerate("gcmabto"):
                session.planner.add(_another(number))
                changed.append(await press(letter) - idle)
                await press("backspace")
        return taken, changed

    return asyncio.run(measure())


def _another(number: int) -> Event:
    return replace(calendar(2, 1)[1], uid="", title=f"Another {number}", start=datetime(2026, 12, 1, 8 + number))


def edits(session: Session, events: list[Event]) -> float:
    """The median milliseconds until an edit of words and time is stored with its undo step."""
    store, taken = EventStore(session.database), []
    for event in events:
        changed = replace(event, title=f"{event.title} again", notes=event.notes + " moved", start=event.start + _HOUR)
        begun = time.perf_counter()
        with session.database.act("changed") as work:
            store.put(work, changed)
        taken.append((time.perf_counter() - begun) * MILLISECOND)
    return statistics.median(taken)


_HOUR = timedelta(hours=1)


def imported(folder: Path, events: list[Event], *, indexed: bool) -> tuple[float, Session]:
    """Milliseconds of the processor until all of them are stored at once, in a new profile."""
    session = filled(folder, [])
    if not indexed:
        _without_index(session)
    begun = time.process_time()
    with session.database.act(None) as work:
        EventStore(session.database).add(work, events)
    return (time.process_time() - begun) * MILLISECOND, session


def _without_index(session: Session) -> None:
    with session.database._engine.begin() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
        for name in names:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")


def ninety_fifth(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def run() -> Iterator[Figure]:
    events = wordy(calendar(10_000, 500))
    with tempfile.TemporaryDirectory() as name:
        number = 0

        def bring_in(indexed: bool) -> float:
            nonlocal number
            number += 1
            taken, session = imported(Path(name) / str(number), events, indexed=indexed)
            session.close()
            return taken

        ours, plain, ratio = pairs(lambda: bring_in(True), lambda: bring_in(False), 3)
        yield Figure(
            "10,000 events stored at once, with the search index", ratio, 2.5, "×", f"{ours:.0f} / {plain:.0f} ms"
        )

        _, with_index = imported(Path(name) / "with", events, indexed=True)
        _, without = imported(Path(name) / "without", events, indexed=False)
        batches = [events[600 + 100 * n : 700 + 100 * n] for n in range(5)]
        ours, plain, ratio = pairs(
            lambda turn=iter(batches): edits(with_index, next(turn)),
            lambda turn=iter(batches): edits(without, next(turn)),
            len(batches),
        )
        detail = f"without the index {plain:.1f} ms, {ratio:.2f} ×"
        yield Figure("an edit of words with its undo step, stored", ours, 10, "ms", detail)
        without.close()

        taken, changed = keys(with_index)
        detail = f"median {statistics.median(taken):.1f}, most {max(taken):.1f} ms of {len(taken)}"
        yield Figure("a letter in the search, 10,000 events, 95th of 100", ninety_fifth(taken), 50, "ms", detail)
        detail = f"most {max(changed):.1f} ms of {len(changed)}"
        yield Figure("… the first letter after a change", statistics.median(changed), 50, "ms", detail)
        with_index.close()
