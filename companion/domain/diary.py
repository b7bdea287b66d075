"""What she did with her children: one entry an activity done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Done:
    """An activity done. `day` was worked out when it was logged and is never worked out again (docs/streaks.md).

    `at` is an aware UTC instant, `zone` the IANA zone it was logged in; `children` are ids.
    """

    id: str
    activity: str
    day: date
    at: datetime
    zone: str
    children: tuple[str, ...] = ()
    note: str = ""
