"""Children, goals and pauses: small tables that are read whole."""

from __future__ import annotations

import json

from companion.domain.child import Child
from companion.domain.goal import Goal, Pause, Period
from companion.store.database import Database, Work
from companion.store.rows import pack, read_day


class ChildStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Child]:
        """Every child, the youngest first; those without a date last."""
        children = [
            Child(
                id=row["id"],
                name=row["name"],
                born=read_day(row["born"]),
                due=read_day(row["due"]),
                weeks_early=row["weeks_early"],
                lives_here=bool(row["lives_here"]),
                needs=row["needs"],
            )
            for row in self._database.select("child", order=("id",))
        ]
        dated = [c for c in children if c.born or c.due]
        dated.sort(key=lambda c: c.due if c.due and not c.born else c.born, reverse=True)  # type: ignore[arg-type,return-value]
        return dated + [c for c in children if not (c.born or c.due)]

    def put(self, work: Work, child: Child) -> None:
        work.put(
            "child",
            {
                "id": child.id,
                "name": child.name,
                "born": child.born.isoformat() if child.born else None,
                "due": child.due.isoformat() if child.due else None,
                "weeks_early": child.weeks_early,
                "lives_here": int(child.lives_here),
                "needs": child.needs,
            },
        )

    def remove(self, work: Work, child_id: str) -> None:
        work.remove("child", child_id)


class GoalStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Goal]:
        return [
            Goal(
                id=row["id"],
                name=row["name"],
                times=row["times"],
                per=Period(row["per"]),
                begins=read_day(row["begins"]),  # type: ignore[arg-type]  # NOT NULL in the schema
                ends=read_day(row["ends"]),
                kinds=tuple(json.loads(row["kinds"])),
                activities=bool(row["activities"]),
                child=row["child"],
                source=row["source"],
            )
            for row in self._database.select("goal", order=("begins", "name"))
        ]

    def put(self, work: Work, goal: Goal) -> None:
        work.put(
            "goal",
            {
                "id": goal.id,
                "name": goal.name,
                "times": goal.times,
                "per": goal.per.value,
                "begins": goal.begins.isoformat(),
                "ends": goal.ends.isoformat() if goal.ends else None,
                "kinds": pack(goal.kinds),
                "activities": int(goal.activities),
                "child": goal.child,
                "source": goal.source,
            },
        )

    def remove(self, work: Work, goal_id: str) -> None:
        work.remove("goal", goal_id)


class PauseStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Pause]:
        return [
            Pause(
                id=row["id"],
                begins=read_day(row["begins"]),  # type: ignore[arg-type]  # NOT NULL in the schema
                ends=read_day(row["ends"]),
                reason=row["reason"],
                goals=tuple(json.loads(row["goals"])),
            )
            for row in self._database.select("pause", order=("begins",))
        ]

    def put(self, work: Work, pause: Pause) -> None:
        work.put(
            "pause",
            {
                "id": pause.id,
                "begins": pause.begins.isoformat(),
                "ends": pause.ends.isoformat() if pause.ends else None,
                "reason": pause.reason,
                "goals": pack(pause.goals),
            },
        )

    def remove(self, work: Work, pause_id: str) -> None:
        work.remove("pause", pause_id)
