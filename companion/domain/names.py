"""Names of weekdays and months in the language shown. They never come from the computer's locale.

`locale.setlocale` changes the whole process and fails in a bare C.UTF-8 locale; khal stopped at start there.
"""

from __future__ import annotations

from datetime import date

from companion.domain.language import _


def weekday_name(weekday: int) -> str:
    """0 gives "Monday"."""
    return (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))[weekday]


def weekday_short(weekday: int) -> str:
    """0 gives "Mon"."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[weekday]


def weekday_letters(weekday: int) -> str:
    """0 gives "Mo": for columns of two characters."""
    return (_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su"))[weekday]


def month_name(month: int) -> str:
    """1 gives "January"."""
    return (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )[month - 1]


def month_short(month: int) -> str:
    """1 gives "Jan"."""
    return (
        _("Jan"),
        _("Feb"),
        _("Mar"),
        _("Apr"),
        _("May"),
        _("Jun"),
        _("Jul"),
        _("Aug"),
        _("Sep"),
        _("Oct"),
        _("Nov"),
        _("Dec"),
    )[month - 1]


def month_title(month: date) -> str:
    """ "November 2026"."""
    return _("{month} {year}").format(month=month_name(month.month), year=month.year)
