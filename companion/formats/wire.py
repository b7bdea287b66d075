"""Plain JSON for frozen dataclasses, so that a child process can hand back what it read.

Not pickle: the child has looked at a stranger's file, and unpickling runs what it is told to. Here the reader
decides by the declared types what may come, and refuses everything else with ValueError. Known are dataclasses,
str, int, float, bool, None, date, datetime (naive or aware), time, timedelta, enums, tuples, and unions of these with
None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from companion.domain.recurrence import RecurrenceRule

T = TypeVar("T")
_MICROSECOND = timedelta(microseconds=1)
# Event names the rule for type checkers only, to keep its module light; its hints are resolved with this.
_ALSO_KNOWN = {"RecurrenceRule": RecurrenceRule}


def encode(value: object) -> Any:
    """`value` as JSON can hold it. Fields of a dataclass that are as by default are left out."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value // _MICROSECOND
    if isinstance(value, tuple):
        return [encode(part) for part in value]
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: encode(part) for field, part in pairs if field.default is MISSING or part != field.default}
    raise TypeError(f"{type(value).__name__} does not go over the wire")


def decode(kind: type[T], data: Any) -> T:
    """The value of type `kind` (also a tuple type such as tuple[Plan, ...]) that `data` holds.

    Raises ValueError where it holds anything else.
    """
    try:
        return cast(T, _reader(cast(Any, kind))(data))
    except (TypeError, KeyError, AttributeError, OverflowError) as error:
        raise ValueError(f"not a {kind}") from error


Reader = Callable[[Any], Any]


@cache
def _reader(kind: Any) -> Reader:
    """How to read a value of a type; worked out once for each."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _optional(kind)
    if origin is tuple:
        return _tuple(get_args(kind))
    if is_dataclass(kind):
        return _dataclass(kind)
    simple: dict[Any, Reader] = {
        datetime: lambda data: datetime.fromisoformat(_a(str, data)),
        date: lambda data: date.fromisoformat(_a(str, data)),
        time: lambda data: time.fromisoformat(_a(str, data)),
        timedelta: lambda data: _a(int, data) * _MICROSECOND,
        float: lambda data: float(_a((int, float), data)),
    }
    if kind in simple:
        return simple[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind in (str, int, bool):
        return lambda data: _a(kind, data)
    raise TypeError(f"{kind} does not go over the wire")


def _a(kind: Any, data: Any) -> Any:
    if not isinstance(data, kind) or (isinstance(data, bool) and kind is not bool):
        raise ValueError(f"not a {kind}")
    return data


def _optional(kind: Any) -> Reader:
    inner = [part for part in get_args(kind) if part is not NoneType]
    if len(inner) != 1:
        raise TypeError(f"{kind} does not go over the wire")
    read = _reader(inner[0])
    return lambda data: None if data is None else read(data)


def _tuple(parts: tuple[Any, ...]) -> Reader:
    if len(parts) == 2 and parts[1] is Ellipsis:
        read = _reader(parts[0])
        return lambda data: tuple(read(part) for part in _a(list, data))
    readers = [_reader(part) for part in parts]
    return lambda data: tuple(read(part) for read, part in zip(readers, _a(list, data), strict=True))


def _dataclass(kind: Any) -> Reader:
    hints = get_type_hints(kind, localns=_ALSO_KNOWN)
    known: dict[str, Field[Any]] = {field.name: field for field in fields(kind) if field.init}
    readers: dict[str, Reader] = {}

    def read(data: Any) -> Any:
        if not readers:  # worked out at the first use: a type may hold its own kind
            readers.update({name: _reader(hints[name]) for name in known})
        return kind(**{name: readers[name](part) for name, part in _a(dict, data).items()})

    return read
