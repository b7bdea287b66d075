"""A year of days at a glance: one character a day, a legend, and a sentence that says the same.

The characters differ in shape, so that color only adds to them. Days to come and days before the beginning stay
empty: nothing is asked of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from companion.domain.language import _, plural
from companion.domain.months import days_in_month, weekday_order, weeks_of_year
from companion.domain.names import month_name, month_short, weekday_letters
from companion.widgets.month_view import Run
from companion.widgets.plain import cut, wrap

_LABEL = 4  # columns for "Jan " or "Mo  "
_DAYS = 31
_MONTHS = 12
_BY_MONTH_LINES = _MONTHS + 2  # with the numbers above and the legend below
_BY_WEEK_LINES = 7 + 2
NONE, ONCE, MORE, PAUSED, REST = "·", "○", "●", "p", "r"
_ROLES = {NONE: "none", ONCE: "once", MORE: "more", PAUSED: "paused", REST: "rest", " ": "none"}


@dataclass(frozen=True, slots=True)
class YearView:
    """How often something was done on each day. Days before `begins` and after `today` stay empty.

    A day in `paused` or `rested` says so where nothing was done on it.
    """

    year: int
    today: date
    done: Mapping[date, int] = field(default_factory=dict)
    paused: Collection[date] = frozenset()
    rested: Collection[date] = frozenset()
    begins: date | None = None
    week_start: int = 0

    def sign(self, day: date) -> str:
        """The character of a day."""
        if day.year != self.year or day > self.today or (self.begins is not None and day < self.begins):
            return " "
        times = self.done.get(day, 0)
        if times > 0:
            return ONCE if times == 1 else MORE
        return PAUSED if day in self.paused else REST if day in self.rested else NONE


def year_sentence(view: YearView) -> str:
    """The map in words: on how many days, where most of them are, and how many were paused or rests."""
    days = [day for day, times in view.done.items() if times > 0 and view.sign(day) in {ONCE, MORE}]
    if days:
        month, most = Counter(day.month for day in days).most_common(1)[0]
        told = plural("{n} day with something done in {year}", "{n} days with something done in {year}", len(days))
        told = _("{told}, most in {month} ({most}).").format(
            told=told.format(year=view.year), month=month_name(month), most=most
        )
    else:
        told = _("Nothing done in {year} yet.").format(year=view.year)
    parts = [told]
    if paused := sum(view.sign(day) == PAUSED for day in view.paused):
        parts.append(plural("{n} day paused.", "{n} days paused.", paused))
    if rested := sum(view.sign(day) == REST for day in view.rested):
        parts.append(plural("{n} rest day.", "{n} rest days.", rested))
    return " ".join(parts)


def year_lines(view: YearView, width: int, height: int) -> list[list[Run]]:
    """The lines of the map. Twelve rows of days where there is room, seven rows of weeks in a low place, else words.

    From 66 columns on each day has two, and today stands behind `›`.
    """
    sentence = [[Run(text, "sentence")] for text in wrap(year_sentence(view), width)]
    room = height - len(sentence)
    if width >= _LABEL + _DAYS and room >= _BY_MONTH_LINES:
        return [*_by_month(view, 2 if width >= _LABEL + 2 * _DAYS else 1), _legend(width), *sentence]
    weeks = weeks_of_year(view.year, view.week_start)
    if width >= _LABEL + len(weeks) and room >= _BY_WEEK_LINES:
        return [*_by_week(view, weeks), _legend(width), *sentence]
    return sentence[: max(0, height)]


def draw_year(view: YearView, width: int, height: int) -> list[str]:
    """The map as lines of text."""
    return ["".join(run.text for run in runs).rstrip() for runs in year_lines(view, width, height)]


def _by_month(view: YearView, step: int) -> list[list[Run]]:
    numbers = [" "] * (_DAYS * step + 1)
    for day in (1, 5, 10, 15, 20, 25, 30):
        place = day * step - len(str(day)) + 1  # its last figure stands over the day
        numbers[place : place + len(str(day))] = str(day)
    lines = [[Run(" " * (_LABEL - 1) + "".join(numbers)[: _DAYS * step + 1], "label")]]
    for month in range(1, _MONTHS + 1):
        first = date(view.year, month, 1)
        runs = [_label(month_short(month))]
        for number in range(1, days_in_month(first) + 1):
            runs += _day(view, first.replace(day=number), step)
        lines.append(runs)
    return lines


def _by_week(view: YearView, weeks: tuple[tuple[date, ...], ...]) -> list[list[Run]]:
    names = [" "] * (len(weeks) + 4)
    for number, week in enumerate(weeks):
        first = next((day for day in week if day.day == 1 and day.year == view.year), None)
        if first is not None:
            short = month_short(first.month)
            names[number : number + 3] = f"{cut(short, 3):<3}"
    lines = [[Run(" " * _LABEL + "".join(names)[: len(weeks)], "label")]]
    for row, weekday in enumerate(weekday_order(view.week_start)):
        runs = [_label(weekday_letters(weekday))]
        for week in weeks:
            runs += _day(view, week[row], 1)
        lines.append(runs)
    return lines


def _label(name: str) -> Run:
    short = cut(name, _LABEL - 1)
    return Run(short + " " * (_LABEL - cell_len(short)), "label")


def _day(view: YearView, day: date, step: int) -> list[Run]:
    sign = view.sign(day)
    role = "today" if day == view.today else _ROLES[sign]
    before = [Run("›" if day == view.today else " ", role)] if step == 2 else []
    return [*before, Run(sign, role, day)]


def _legend(width: int) -> list[Run]:
    words = (
        (NONE, _("none")),
        (ONCE, _("once")),
        (MORE, _("more")),
        (PAUSED, _("pause")),
        (REST, _("rest")),
    )
    return [Run(cut(", ".join(f"{sign} {word}" for sign, word in words), width), "label")]


class YearMap(Widget):
    """Shows a `YearView`; set `view` to show another. It takes no keys: the sentence below it says what is in it."""

    COMPONENT_CLASSES = {
        "year--label",
        "year--none",
        "year--once",
        "year--more",
        "year--paused",
        "year--rest",
        "year--today",
        "year--sentence",
    }
    DEFAULT_CSS = """
    YearMap {
        width: 1fr;
        height: auto;
        max-height: 100%;
        background: $surface;
        color: $text;
        & > .year--label, & > .year--none, & > .year--paused, & > .year--rest { color: $text-muted; }
        & > .year--once { color: $primary; }
        & > .year--more { color: $primary; text-style: bold; }
        & > .year--today { text-style: bold underline; }
        &:nocolor > .year--today { text-style: bold reverse; }
    }
    """

    def __init__(
        self, view: YearView, *, name: str | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._view = view
        self._drawn: tuple[Size, list[list[Run]]] | None = None

    @property
    def view(self) -> YearView:
        return self._view

    @view.setter
    def view(self, view: YearView) -> None:
        self._view, self._drawn = view, None
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the map by months needs; it draws itself smaller where it gets fewer."""
        return len(year_lines(self._view, width, viewport.height or _BY_MONTH_LINES * 2))

    def render_line(self, y: int) -> Strip:
        if self._drawn is None or self._drawn[0] != self.size:
            self._drawn = (self.size, year_lines(self._view, *self.size))
        lines = self._drawn[1]
        if y >= len(lines):
            return Strip.blank(self.size.width, self.rich_style)
        segments = [Segment(run.text, self.get_component_rich_style(f"year--{run.role}")) for run in lines[y]]
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)
