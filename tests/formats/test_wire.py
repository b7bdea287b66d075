"""What the child process hands back is data of the declared types, or it is refused."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from companion.domain.plan import Plan
from companion.formats.plan_dates import DateOrder
from companion.formats.plan_table import TableOptions
from companion.formats.plan_templates import template_plan
from companion.formats.plan_toml import read_toml
from companion.formats.wire import decode, encode


@dataclass(frozen=True)
class Sample:
    at: datetime
    day: date
    clock: time
    length: timedelta
    pair: tuple[int, str]
    order: DateOrder | None = None
    share: float = 0.5
    inner: tuple[Sample, ...] = ()


def over_the_wire(value: object) -> object:
    return json.loads(json.dumps(encode(value)))


def test_a_plan_comes_back_as_it_was() -> None:
    plan = template_plan("sample-month-two", date(2026, 10, 12), "America/New_York")
    wrong = read_toml(b'id = "x"\n[[item]]\nstarts = 5\n', "x.toml")
    assert decode(tuple[Plan, ...], over_the_wire((plan, wrong))) == (plan, wrong)


def test_every_type_comes_back_as_it_was() -> None:
    inner = Sample(datetime(2026, 1, 1), date(2026, 1, 2), time(3), timedelta(days=-1, microseconds=3), (1, "é"))
    value = Sample(
        datetime(2026, 1, 1, 12, tzinfo=UTC), date.max, time.max, timedelta.max, (-5, ""), DateOrder.DMY, 1.25, (inner,)
    )
    assert decode(Sample, over_the_wire(value)) == value
    options = TableOptions("x", 3, "UTC", DateOrder.MDY)
    assert decode(TableOptions, over_the_wire(options)) == options


@pytest.mark.parametrize(
    "data",
    [
        None,
        5,
        [],
        {"plan_id": 5},
        {"plan_id": None},
        {"revision": True},
        {"revision": "3"},
        {"dates": "ymd"},
        {"nothing": 1},
        {"plan_id": {"x": 1}},
    ],
)
def test_anything_else_is_refused(data: object) -> None:
    with pytest.raises(ValueError):
        decode(TableOptions, data)


def test_other_types_do_not_go() -> None:
    with pytest.raises(TypeError):
        encode({"a": 1})
    with pytest.raises(TypeError):
        encode(Path("x"))
    with pytest.raises(ValueError):
        decode(Path, "x")
