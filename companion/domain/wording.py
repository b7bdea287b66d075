"""Dates, times and lengths as people say them: "tomorrow, 6:00–7:30 pm".

Nothing here asks for the time; the day that is today is passed in. What a person types goes the other way, through
`spoken_day.parse_day`, which is offered here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from companion.domain.language import _, plural
from companion.domain.months import add_days
from companion.domain.names import month_short, month_title, weekday_name, weekday_short
from companion.domain.spoken_day import parse_day

__all__ = [
    "at_start",
    "date_words",
    "dates_words",
    "day_heading",
    "day_words",
    "length_words",
    "list_words",
    "month_title",
    "parse_day",
    "span_words",
    "time_words",
    "when_words",
]

_NOON, _MIDNIGHT = time(12), time(0)


def at_start(text: str) -> str:
    """`text` as it stands at the start of a sentence or alone on a line: "tomorrow" becomes "Tomorrow"."""
    return text[:1].upper() + text[1:]


def day_words(day: date, today: date) -> str:
    """ "today", "tomorrow", "yesterday"; "Tuesday" in the six days to come; else as `date_words`."""
    near = _near(day, today)
    if near:
        return near
    if 1 < (day - today).days < 7:
        return weekday_name(day.weekday())
    return date_words(day, today)


def date_words(day: date, today: date) -> str:
    """ "Tue, Dec 1", and "Fri, Jan 1, 2027" where the year is not this one."""
    text = _("{weekday}, {month} {day}") if day.year == today.year else _("{weekday}, {month} {day}, {year}")
    return _filled(text, day)


def day_heading(day: date, today: date) -> str:
    """A day over its list: "Today · Saturday, Nov 21", "Tuesday, Dec 1"."""
    text = _("{full}, {month} {day}") if day.year == today.year else _("{full}, {month} {day}, {year}")
    near = _near(day, today)
    return f"{at_start(near)} · {_filled(text, day)}" if near else _filled(text, day)


def dates_words(first: date, last: date, today: date) -> str:
    """Days from `first` to `last`, both included: "Tue, Dec 1 to Thu, Dec 3"."""
    if last <= first:
        return day_words(first, today)
    return _("{first} to {last}").format(first=day_words(first, today), last=day_words(last, today))


def time_words(moment: time | datetime, hours24: bool = False) -> str:
    """ "6:00 pm" or "18:00". 12:00 is "noon" or "midnight": many read 12:00 pm as the night."""
    if hours24:
        return f"{moment.hour:02}:{moment.minute:02}"
    if (moment.hour, moment.minute) == (12, 0):
        return _("noon")
    if (moment.hour, moment.minute) == (0, 0):
        return _("midnight")
    return _half(moment).format(time=_clock(moment))


def span_words(start: datetime, end: datetime, hours24: bool = False) -> str:
    """From `start` to `end` without the day: "6:00–7:30 pm", "11:30 am–1:00 pm", "10:00 pm–1:00 am".

    An end a day or more later needs its date, which `when_words` gives.
    """
    if end <= start:
        return time_words(start, hours24)
    same_half = start.date() == end.date() and (start.hour < 12) == (end.hour < 12)
    plain = {_NOON, _MIDNIGHT}.isdisjoint((start.time().replace(second=0, microsecond=0), end.time()))
    if hours24 or not (same_half and plain):
        return f"{time_words(start, hours24)}–{time_words(end, hours24)}"
    return _half(end).format(time=f"{_clock(start)}–{_clock(end)}")


def day_span_words(day: date, start: datetime, end: datetime, hours24: bool = False) -> str:
    """What there is of it on `day`, under whose heading it stands: "10:00 pm–6:00 am" on the evening it begins,
    "until 6:00 am" on the day after. What lasts for days is "from 5:00 pm", "all day", "until 6:00 pm"."""
    last = max(start, end - timedelta.resolution).date()
    if day <= start.date():
        if last == start.date() or _into_the_night(start, end):
            return span_words(start, end, hours24)
        return _("from {time}").format(time=time_words(start, hours24))
    if day < last:
        return _("all day")
    return _("until {time}").format(time=time_words(end, hours24))


def when_words(start: datetime, end: datetime, all_day: bool, today: date, hours24: bool = False) -> str:
    """Day and time of an occurrence, `end` exclusive: "tomorrow, 6:00–7:30 pm", "Tue, Dec 1, all day"."""
    if all_day:
        last = add_days(end.date(), -1) if end.time() == _MIDNIGHT else end.date()
        if last > start.date():
            return dates_words(start.date(), last, today)
        return _("{day}, all day").format(day=day_words(start.date(), today))
    if end.date() <= start.date() or _into_the_night(start, end):
        return f"{day_words(start.date(), today)}, {span_words(start, end, hours24)}"
    return _("{day}, {time} to {last}, {end}").format(
        day=day_words(start.date(), today),
        time=time_words(start, hours24),
        last=day_words(end.date(), today),
        end=time_words(end, hours24),
    )


def _into_the_night(start: datetime, end: datetime) -> bool:
    """Whether the day it ends on goes without saying."""
    return end - start < timedelta(days=1) and end.time() <= _NOON and add_days(start.date(), 1) == end.date()


def length_words(length: timedelta) -> str:
    """ "50 minutes", "1 hour 30 minutes", "2 days"; seconds only where there is nothing greater."""
    seconds = max(0, round(length.total_seconds()))
    if 0 < seconds < 60:
        return plural("{n} second", "{n} seconds", seconds)
    days, minutes = divmod(seconds // 60, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [plural("{n} day", "{n} days", days)] if days else []
    if hours:
        parts.append(plural("{n} hour", "{n} hours", hours))
    if minutes or not parts:
        parts.append(plural("{n} minute", "{n} minutes", minutes))
    return " ".join(parts)


def list_words(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b, and c"."""
    if len(items) < 2:
        return "".join(items)
    if len(items) == 2:
        return _("{first} and {last}").format(first=items[0], last=items[1])
    return _("{items}, and {last}").format(items=", ".join(items[:-1]), last=items[-1])


def _near(day: date, today: date) -> str:
    return {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get((day - today).days, "")


def _filled(text: str, day: date) -> str:
    return text.format(
        weekday=weekday_short(day.weekday()),
        full=weekday_name(day.weekday()),
        month=month_short(day.month),
        day=day.day,
        year=day.year,
    )


def _half(moment: time | datetime) -> str:
    return _("{time} am") if moment.hour < 12 else _("{time} pm")


def _clock(moment: time | datetime) -> str:
    return f"{moment.hour % 12 or 12}:{moment.minute:02}"
