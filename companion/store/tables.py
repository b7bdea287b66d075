"""The rows, one class a table; the schema itself is in migrations.py, and a test holds the two together.

Private to the store: what leaves this room are domain values.
"""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class EventRow(SQLModel, table=True):
    __tablename__ = "event"

    uid: str = Field(primary_key=True)
    title: str
    kind: str
    start: str
    seconds: int
    zone: str
    all_day: int
    rule: str | None = None
    skips: str
    first_day: str
    last_day: str | None = None
    status: str
    need: str
    child: str
    details: str
    continues: str
    since: str | None = None
    sequence: int
    created: str | None = None
    updated: str | None = None
    source: str | None = None
    source_key: str | None = None
    source_revision: int = 0


class OverrideRow(SQLModel, table=True):
    __tablename__ = "override"

    uid: str = Field(primary_key=True)
    recurrence_id: str = Field(primary_key=True)
    start: str | None = None
    seconds: int | None = None
    title: str | None = None
    location: str | None = None
    notes: str | None = None
    logistics: str | None = None
    status: str


class AttendanceRow(SQLModel, table=True):
    __tablename__ = "attendance"

    uid: str = Field(primary_key=True)
    recurrence_id: str = Field(primary_key=True)
    mark: str
    day: str
    start: str
    end: str
    title: str
    kind: str
    recorded_at: str
    reason: str
    notice: int | None = None
    evidence: str
    moved_to: str | None = None
    counts_toward: str
    child: str


class DoneRow(SQLModel, table=True):
    __tablename__ = "done"

    id: str = Field(primary_key=True)
    activity: str
    day: str
    at: str
    zone: str
    children: str
    note: str


class ChildRow(SQLModel, table=True):
    __tablename__ = "child"

    id: str = Field(primary_key=True)
    name: str
    born: str | None = None
    due: str | None = None
    weeks_early: int
    lives_here: int
    needs: str


class GoalRow(SQLModel, table=True):
    __tablename__ = "goal"

    id: str = Field(primary_key=True)
    name: str
    times: int
    per: str
    begins: str
    ends: str | None = None
    kinds: str
    activities: int
    child: str
    source: str


class PauseRow(SQLModel, table=True):
    __tablename__ = "pause"

    id: str = Field(primary_key=True)
    begins: str
    ends: str | None = None
    reason: str
    goals: str


class SourceRow(SQLModel, table=True):
    __tablename__ = "source"

    id: str = Field(primary_key=True)
    revision: int
    header: str
    imported_at: str


class ImportedRow(SQLModel, table=True):
    __tablename__ = "imported"

    source: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    revision: int
    event: str
    removed: int


class SettingRow(SQLModel, table=True):
    __tablename__ = "setting"

    name: str = Field(primary_key=True)
    value: str


class DraftRow(SQLModel, table=True):
    __tablename__ = "draft"

    form: str = Field(primary_key=True)
    values: str
    at: str


class UndoRow(SQLModel, table=True):
    __tablename__ = "undo_step"

    id: int | None = Field(default=None, primary_key=True)
    at: str
    label: str
    images: str
    undone: int
