"""What the line above the calendar says: pure words, and what fits of them."""

from __future__ import annotations

from datetime import date

import pytest
from rich.cells import cell_len

from companion.domain.months import week_of
from companion.screens.calendar_heading import VIEWS, heading
from companion.screens.calendar_words import day_names, month_names, week_names

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2026, 11, 24), "Nov 23–29, 2026", "Nov 23–29"),
        (date(2026, 12, 2), "Nov 30 – Dec 6, 2026", "Nov 30 – Dec 6"),
        (date(2027, 1, 1), "Dec 28, 2026 – Jan 3, 2027", "Dec 28, 2026 – Jan 3, 2027"),
    ],
)
def test_a_week_says_month_and_year_again_only_where_they_change(day: date, long: str, short: str) -> None:
    assert week_names(week_of(day, 0)) == (long, short)


def test_months_and_days_have_a_long_and_a_short_name() -> None:
    assert month_names(TODAY) == ("November 2026", "Nov 2026")
    assert day_names(TODAY, TODAY) == ("Today · Saturday, Nov 21", "Sat, Nov 21")
    assert day_names(date(2027, 1, 2), TODAY) == ("Saturday, Jan 2, 2027", "Sat, Jan 2, 2027")


def line(names: tuple[str, ...], view: str, has_today: bool, width: int) -> str:
    return "".join(part.text for part in heading(names, view, has_today, width))


@pytest.mark.parametrize("width", [58, 78, 118])
def test_every_name_fits_with_the_views_beside_it(width: int) -> None:
    eve, later = date(2026, 12, 30), date(2027, 1, 1)  # "Wednesday, Dec 30, 2026" by then
    for names in (month_names(eve), week_names(week_of(eve, 0)), day_names(eve, later), day_names(eve, eve)):
        for view in VIEWS:
            for has_today in (True, False):
                found = line(names, view, has_today, width)
                assert cell_len(found) == width
                assert found.startswith(tuple(f"‹ {name} ›" for name in names))
                assert f"[{view.capitalize()}]" in found
                assert width == 58 or (" Today " in found[5:]) is not has_today


def test_a_click_turns_and_goes_to_today_and_to_each_view() -> None:
    actions = {part.text.strip(): part.action for part in heading(("Nov 2026",), "week", False, 78) if part.action}
    assert actions == {
        "‹": "turn(-1)",
        "›": "turn(1)",
        "Today": "today",
        "Month": "view('month')",
        "[Week]": "view('week')",
        "Day": "view('day')",
        "List": "view('list')",
    }


def test_a_line_that_is_too_narrow_for_all_of_it_is_no_fault() -> None:
    for width in range(60):
        assert "[Week]" in line(("A name that is much too long for it",), "week", False, width)
