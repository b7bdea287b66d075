"""The raw values of one item, header or goal, taken out one by one; what can't be taken becomes a finding.

TOML and sheets fill a `Row` each in their own way and then go the same way (see plan_fields).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from companion.domain.finding import Finding, Level
from companion.domain.language import _
from companion.domain.plan_draft import Moment
from companion.formats.plan_dates import DateOrder, as_day, as_moment
from companion.formats.plan_values import (
    NotThis,
    as_length,
    as_number,
    as_reminder,
    as_text,
    as_yes_no,
    did_you_mean,
    shown,
)

T = TypeVar("T")
LIST_LIMIT = 1_000  # values in one field: more sessions than three years of weekdays


@dataclass(frozen=True, slots=True)
class Raw:
    """A value as the file holds it, and the line (row) it stands in."""

    value: object
    line: int


@dataclass(slots=True)
class Notes:
    """Everything found in one file, in the order it was found."""

    file: str
    findings: list[Finding] = field(default_factory=list)

    def add(self, level: Level, text: str, mend: str = "", *, line: int = 0, item: str = "", name: str = "") -> None:
        self.findings.append(Finding(level, text, mend, self.file, line, item, name))


@dataclass(slots=True)
class Row:
    """Raw values by field name. `failed` once any of them could not be taken; `bad` names those fields.

    `zone` is the plan's, to explain times with an offset; `order` how a sheet writes dates. In a `sheet` a cell
    holds the values of a list with | between them (TOML has real lists). `head`: it is the head of the plan, which
    has no columns in a sheet.
    """

    raw: Mapping[str, Raw]
    notes: Notes
    line: int
    item: str = ""
    zone: str = "UTC"
    order: DateOrder | None = None
    sheet: bool = False
    head: bool = False
    bad: set[str] = field(default_factory=set)

    @property
    def failed(self) -> bool:
        return bool(self.bad)

    def has(self, name: str) -> bool:
        return name in self.raw

    def line_of(self, name: str) -> int:
        return self.raw[name].line if name in self.raw else self.line

    def lines(self) -> dict[str, int]:
        return {name: raw.line for name, raw in self.raw.items()}

    def example(self, name: str, value: str) -> str:
        """How to write a field that is missing."""
        if self.sheet and self.head:
            return _(
                "Write #{name}: {value} above the columns (in a workbook: in the sheet plan), or --{flag}."
            ).format(name=name, value=value.strip('"'), flag="plan-id" if name == "id" else name)
        if self.sheet:
            return _("Write it in the column {name}, for instance {value}.").format(name=name, value=value.strip('"'))
        return _("Write {name} = {value}.").format(name=name, value=value)

    def error(self, name: str, text: str, mend: str = "") -> None:
        self.bad.add(name)
        self.remark(Level.ERROR, name, text, mend)

    def remark(self, level: Level, name: str, text: str, mend: str = "") -> None:
        self.notes.add(level, text, mend, line=self.line_of(name), item=self.item, name=name)

    def take(self, name: str, convert: Callable[[object], T], default: T) -> T:
        """The field by `convert`; the default where it is absent, or wrong and reported."""
        if name not in self.raw:
            return default
        try:
            return convert(self.raw[name].value)
        except NotThis as error:
            self.error(name, error.text, error.mend)
            return default

    def text(self, name: str, *, lines: bool = False) -> str:
        return self.take(name, lambda value: self.cleaned(name, value, lines), "")

    def cleaned(self, name: str, value: object, lines: bool = False) -> str:
        """The text in `value`; what was taken out of it is remarked on. Raises NotThis."""
        text, hidden = as_text(value, lines=lines)
        if hidden:
            self.remark(Level.NOTE, name, _("Hidden control characters were in it. They were taken out."))
        return text

    def yes_no(self, name: str, default: bool = False) -> bool:
        return self.take(name, as_yes_no, default)

    def number(self, name: str, low: int, high: int, default: int) -> int:
        return self.take(name, lambda value: as_number(value, low, high), default)

    def day(self, name: str) -> date | None:
        return self.take(name, lambda value: as_day(value, self.order), None)

    def moment(self, name: str) -> Moment | None:
        return self.take(name, lambda value: as_moment(value, self.zone, self.order), None)

    def length(self, name: str) -> timedelta | None:
        return self.take(name, as_length, None)

    def choice(self, name: str, known: Iterable[str], default: str) -> str:
        """One of a few words, whatever its case."""

        def pick(value: object) -> str:
            words = list(known)
            word = self.cleaned(name, value).casefold()
            if word in words:
                return word
            near = did_you_mean(word, words)
            mend = _("Did you mean {word}?").format(word=near) if near else ""
            raise NotThis(
                _('"{value}" is none of: {words}.').format(value=shown(value), words=", ".join(words)),
                mend or _("Choose one of them."),
            )

        return self.take(name, pick, default)

    def values(self, name: str) -> list[object]:
        """The values of a list; a single one counts as a list of one."""
        value = self.raw[name].value if name in self.raw else []
        if isinstance(value, str) and self.sheet:
            value = [part.strip() for part in value.split("|") if part.strip()]
        many = list(value) if isinstance(value, list) else [value]
        if len(many) > LIST_LIMIT:
            self.error(name, _("There are more than {n} values.").format(n=f"{LIST_LIMIT:,}"), _("Use repeat instead."))
            return []
        return many

    def each(self, name: str, convert: Callable[[object], T]) -> tuple[T, ...]:
        """Every value of a list by `convert`; each wrong one is reported."""
        found: list[T] = []
        for value in self.values(name):
            try:
                found.append(convert(value))
            except NotThis as error:
                self.error(name, error.text, error.mend)
        return tuple(found)

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(text for text in self.each(name, lambda value: self.cleaned(name, value)) if text)

    def days(self, name: str) -> tuple[date, ...]:
        return tuple(sorted(set(self.each(name, lambda value: as_day(value, self.order)))))

    def moments(self, name: str) -> tuple[Moment, ...]:
        return self.each(name, lambda value: as_moment(value, self.zone, self.order))

    def reminders(self, name: str) -> tuple[int, ...] | None:
        """Minutes before the start, ascending; None where the field is absent or wrong, () where it says none."""
        if name not in self.raw:
            return None
        raw = [v for v in self.values(name) if not (isinstance(v, str) and v.strip().casefold() in ("", "none"))]
        if len(raw) > 2:
            self.error(name, _("There are {n} reminders; two are possible.").format(n=len(raw)), _("Keep two."))
            return None
        found: set[int] = set()
        for value in raw:
            try:
                found.add(as_reminder(value))
            except NotThis as error:
                self.error(name, error.text, error.mend)
        return None if name in self.bad else tuple(sorted(found))

    def refuse_unknown(
        self, known: Iterable[str], others: Mapping[str, str], elsewhere: Iterable[str] = (), where: str = ""
    ) -> list[str]:
        """Report each field that is not in `known`; gives the known names that were probably meant.

        `others` are words that people use for a field of another name; `elsewhere` are fields that belong to
        another place, and `where` says to which.
        """
        names = list(known)
        meant: list[str] = []
        for name in self.raw:
            if name in names:
                continue
            near = others.get(name.casefold()) or did_you_mean(name, names)
            meant += [near] if near else []
            mend = _("Did you mean {name}?").format(name=near) if near else _("Take it out, or put it in notes.")
            if name in elsewhere:
                mend = where
            self.error(name, _('"{name}" is not a field of a plan.').format(name=shown(name)), mend)
        return meant
