"""A week as the tests of the time grid know it: Monday 23 November 2026, ten minutes past one on Tuesday."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from companion.domain.lanes import Lane
from companion.widgets.day_rows import RowStatus
from companion.widgets.time_block import Block

MONDAY = date(2026, 11, 23)
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 13, 10)
WEEK = tuple(MONDAY + timedelta(days=n) for n in range(7))
HERS, CHILDREN = Lane.HERS, Lane.CHILDREN


def block(day: int, start: float, end: float, title: str, mark: str = "G", **more: Any) -> Block:
    """A block `day` days after Monday, from `start` to `end` in hours. Its key is its title and its start."""
    midnight = datetime.combine(MONDAY, time()) + timedelta(days=day)
    begin, until = midnight + timedelta(hours=start), midnight + timedelta(hours=end)
    more.setdefault("lane", HERS)
    return Block((title, begin), begin, until, title, kind_mark=mark, **more)


def whole(day: int, days: int, title: str, mark: str = "N", **more: Any) -> Block:
    """A block without an hour, over so many days."""
    return block(day, 0, 24 * days, title, mark, all_day=True, **more)


DAY_CARE = tuple(block(n, 8, 16, "Day care", "K", lane=CHILDREN) for n in range(5))
WENT = block(0, 9, 10.5, "IOP group", place="12 Mill St", status=RowStatus.WENT)
GROUP = block(2, 9, 10.5, "IOP group", place="12 Mill St", signs=("needs childcare",))
OFF = block(4, 9, 10.5, "IOP group", status=RowStatus.CANCELLED)
TALK = block(1, 14, 14.75, "Counselling with Dana", "T", place="Room 3")
CLASS = block(1, 18, 19.5, "Parenting class", "P", signs=("two at once", "no ride yet"))
VISIT = block(3, 15.5, 16, "Well child visit", "H", lane=CHILDREN)
COURT = block(3, 11, 12.5, "Court", "L", status=RowStatus.MOVED)
MEETING = block(5, 10, 11, "Support group", "S")
PAPERS = whole(2, 1, "WIC papers due")
NO_SCHOOL = whole(4, 2, "No school", "E", lane=CHILDREN)
NORMAL = (*DAY_CARE, WENT, GROUP, OFF, TALK, CLASS, VISIT, COURT, MEETING, PAPERS, NO_SCHOOL)
