"""Settings, and the half-filled forms that a hide or a lock must not lose."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import time
from typing import Any

from companion.domain.settings import Settings
from companion.store.database import Database
from companion.store.rows import pack


class SettingStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self) -> Settings:
        """The settings; what was never set has its default."""
        stored: dict[str, Any] = {row["name"]: json.loads(row["value"]) for row in self._database.select("setting")}
        known = {f.name for f in fields(Settings)}
        values = {name: value for name, value in stored.items() if name in known}
        if "day_start" in values:
            values["day_start"] = time.fromisoformat(values["day_start"])
        if "reminders" in values:
            values["reminders"] = tuple(values["reminders"])
        return replace(Settings(), **values)

    def change(self, **values: Any) -> Settings:
        """Store the given settings; gives all of them."""
        with self._database.act(None) as work:
            for name, value in values.items():
                plain = value.isoformat("minutes") if isinstance(value, time) else value
                work.put("setting", {"name": name, "value": pack(plain)})
        return self.load()


class DraftStore:
    """What a form held when it was last looked at, by the form's name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, form: str, values: dict[str, str], at: str) -> None:
        with self._database.act(None) as work:
            work.put("draft", {"form": form, "values": pack(values), "at": at})

    def get(self, form: str) -> dict[str, str] | None:
        rows = self._database.select("draft", form=form)
        return dict(json.loads(rows[0]["values"])) if rows else None

    def drop(self, form: str) -> None:
        with self._database.act(None) as work:
            work.remove("draft", form)
