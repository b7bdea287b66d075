"""What has happened: attendance marks and activities done."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

from companion.domain.attendance import Attendance, Mark
from companion.domain.diary import Done
from companion.store.database import Database, Work
from companion.store.rows import Row, instant, pack, read_wall, wall, wall_or_none


def _attendance(row: Row) -> Attendance:
    return Attendance(
        uid=row["uid"],
        recurrence_id=read_wall(row["recurrence_id"] or None),
        mark=Mark(row["mark"]),
        day=date.fromisoformat(row["day"]),
        start=datetime.fromisoformat(row["start"]),
        end=datetime.fromisoformat(row["end"]),
        title=row["title"],
        kind=row["kind"],
        recorded_at=datetime.fromisoformat(row["recorded_at"]),
        reason=row["reason"],
        notice=None if row["notice"] is None else timedelta(seconds=row["notice"]),
        evidence=row["evidence"],
        moved_to=read_wall(row["moved_to"]),
        counts_toward=row["counts_toward"],
        child=row["child"],
    )


class AttendanceStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def between(self, first: date, last: date) -> list[Attendance]:
        """The marks of the days `first` to `last`, both included, by day and time."""
        rows = self._database.query(
            'SELECT uid, recurrence_id, mark, day, start, "end", title, kind, recorded_at, reason, notice, evidence,'
            " moved_to, counts_toward, child FROM attendance WHERE day BETWEEN :first AND :last ORDER BY day, start",
            first=first.isoformat(),
            last=last.isoformat(),
        )
        names = (
            "uid", "recurrence_id", "mark", "day", "start", "end", "title", "kind", "recorded_at", "reason", "notice",
            "evidence", "moved_to", "counts_toward", "child",
        )  # fmt: skip
        return [_attendance(dict(zip(names, row, strict=True))) for row in rows]

    def all(self) -> list[Attendance]:
        return [_attendance(row) for row in self._database.select("attendance", order=("day", "start"))]

    def of_event(self, uid: str) -> list[Attendance]:
        return [_attendance(row) for row in self._database.select("attendance", order=("day",), uid=uid)]

    def put(self, work: Work, mark: Attendance) -> None:
        work.put(
            "attendance",
            {
                "uid": mark.uid,
                "recurrence_id": wall_or_none(mark.recurrence_id) or "",
                "mark": mark.mark.value,
                "day": mark.day.isoformat(),
                "start": wall(mark.start),
                "end": wall(mark.end),
                "title": mark.title,
                "kind": mark.kind,
                "recorded_at": instant(mark.recorded_at),
                "reason": mark.reason,
                "notice": None if mark.notice is None else round(mark.notice.total_seconds()),
                "evidence": mark.evidence,
                "moved_to": wall_or_none(mark.moved_to),
                "counts_toward": mark.counts_toward,
                "child": mark.child,
            },
        )

    def rename(self, work: Work, mark: Attendance, uid: str) -> None:
        """Hang a mark on another event: the past of a series that was changed is kept as one of its own."""
        self.remove(work, mark.uid, mark.recurrence_id)
        self.put(work, replace(mark, uid=uid))

    def remove(self, work: Work, uid: str, recurrence_id: datetime | None) -> None:
        work.remove("attendance", uid, wall_or_none(recurrence_id) or "")


class DoneStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def between(self, first: date, last: date) -> list[Done]:
        """What was done on the days `first` to `last`, both included."""
        rows = self._database.query(
            "SELECT id, activity, day, at, zone, children, note FROM done"
            " WHERE day BETWEEN :first AND :last ORDER BY at",
            first=first.isoformat(),
            last=last.isoformat(),
        )
        return [
            Done(
                id=identifier,
                activity=activity,
                day=date.fromisoformat(day),
                at=datetime.fromisoformat(at),
                zone=zone,
                children=tuple(json.loads(children)),
                note=note,
            )
            for identifier, activity, day, at, zone, children, note in rows
        ]

    def put(self, work: Work, done: Done) -> None:
        work.put(
            "done",
            {
                "id": done.id,
                "activity": done.activity,
                "day": done.day.isoformat(),
                "at": instant(done.at),
                "zone": done.zone,
                "children": pack(done.children),
                "note": done.note,
            },
        )

    def remove(self, work: Work, done_id: str) -> None:
        work.remove("done", done_id)
