"""When a typed sentence says it is: the day or days, the repeat, the hours, put together from its pieces.

What can be read in two ways is read in one and remarked. What contradicts itself or does not exist is not read: it is
told, and the sentence does not store.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from companion.domain.clock_change import series_hour_words
from companion.domain.expansion import starts
from companion.domain.language import _
from companion.domain.months import add_days, days_in_month
from companion.domain.names import month_name, weekday_name
from companion.domain.patterns import pattern
from companion.domain.phrase_grammar import Sentence
from companion.domain.phrase_grammar import read as read_phrase
from companion.domain.phrase_words import DAYS, listed
from companion.domain.phrases import parse_phrase
from companion.domain.quick_add_days import typed
from companion.domain.quick_add_gathered import Gathered, When, different
from companion.domain.quick_add_said import OnDays, Said, Scene
from companion.domain.quick_add_span import read_hours, read_whole_days
from companion.domain.recurrence import FIRST_YEAR, LAST_YEAR, Frequency, RecurrenceRule, with_end
from companion.domain.wording import date_words, time_words
from companion.errors import InputError

_NEAR = 7  # days: "until friday" within a week is each day, later it is each week


def when(said: Sequence[Said], kind: str, scene: Scene) -> When:
    """The day, repeat and hours that the pieces say; `kind` is what its title names."""
    return _Reader(said, kind, scene).read()


class _Reader(Gathered):
    def read(self) -> When:
        found = self.when
        anchor, explicit = self.anchor()
        phrase = self.phrase(anchor)
        repeats = bool(phrase)
        first = self.first(phrase, anchor, explicit) if repeats else anchor
        found.start = datetime.combine(first, time())
        read_hours(self, first, repeats=repeats)
        if repeats:
            first = self.not_before_now(phrase, first, explicit)
            found.start = datetime.combine(first, found.start.time())
            self.rule(phrase)
        self.skips()
        if found.all_day:
            read_whole_days(self, first, self.last_said(first, tell=not repeats), repeats=repeats)
        self.look_again(explicit, repeats=repeats)
        return found

    # Which day

    def anchor(self) -> tuple[date, bool]:
        """The day it is or begins on, and whether it was said."""
        for moment in self.moments[:1]:
            self.one_day([moment.at.date(), *(each.day for each in self.days)])
            return moment.at.date(), True
        yearly = next((each.first for each in self.repeats if each.first is not None), None)
        for begins in self.begins[:1]:
            self.remark("day", begins.remark)
            if self.repeats or len(self.begins) > 1:
                self.one_day([*(each.day for each in self.begins), *(each.day for each in self.days)])
            return _same_date(yearly, begins.day) if yearly else begins.day, True
        named = self.one_day([each.day for each in self.days])
        for day in self.days:
            self.remark("day", day.remark)
        if self.spans:
            self.one_day([*(each.first for each in self.spans), *named])
        first = self.spans[0].first if self.spans else named[0] if named else yearly
        if first is None:
            return self.scene.day, False
        if yearly is not None and (first.month, first.day) != (yearly.month, yearly.day):
            self.one_day([yearly, first])
        return first, True

    def phrase(self, anchor: date) -> str:
        """The sentence of the repeat grammar that is said or meant, without its end; "" for something single."""
        phrases = _plainest(different([each.phrase for each in self.repeats]))
        if len(phrases) > 1:
            self.wrong("repeat", _("More than one repeat is said. Keep one of them."))
        if phrases:
            self.remark("repeat", self.repeats[0].remark)
            return phrases[0]
        if self.begins and self.days:
            days = listed([DAYS[weekday] for weekday in sorted({each.day.weekday() for each in self.days})])
            self.remark("repeat", _("It is read as every {days}.").format(days=days))
            return f"every {days}"
        if any(span.month for span in self.spans):
            words = _("Which day in {month}? Type it with its number.")
            self.wrong("day", words.format(month=month_name(self.spans[0].last.month)))
            return ""
        if self.after:
            words = _('With "{said}" it is read as every {weekday}. For one time only leave that out.')
            self.remark("repeat", words.format(said=self.after[0].said, weekday=weekday_name(anchor.weekday())))
            return f"every {DAYS[anchor.weekday()]}"
        if not self.timed:
            return ""
        if self.spans:
            return self.each_day(self.spans[0])
        if self.until:
            return self.until_then(anchor)
        return ""

    def each_day(self, span: OnDays) -> str:
        words = _("It is read as each day from {first} to {last}.")
        if span.weekly:
            words = _("It is read as once, from {first} to {last}. For every week type every before it.")
        today = self.scene.today
        self.remark("repeat", words.format(first=date_words(span.first, today), last=date_words(span.last, today)))
        return "every day"

    def until_then(self, anchor: date) -> str:
        try:
            last = self.until[0].day(anchor).day
        except InputError:
            return "every week"
        near = (last - anchor).days <= _NEAR
        weekday = weekday_name(anchor.weekday())
        words = (
            _('With "{said}" it is read as every day. For each week type every {weekday}.')
            if near
            else _('With "{said}" it is read as every {weekday}. For each day type every day.')
        )
        self.remark("repeat", words.format(said=self.until[0].said, weekday=weekday))
        return "every day" if near else f"every {DAYS[anchor.weekday()]}"

    def first(self, phrase: str, anchor: date, explicit: bool) -> date:
        """The first day of the repeat from `anchor` on."""
        try:
            sentence = read_phrase(phrase)
            first = _first_day(sentence, anchor)
        except InputError as error:
            self.wrong("repeat", str(error))
            return anchor
        weekdays = {each.day for each in sentence.by_day}
        for each in self.days:
            if each.any_week and (weekdays or sentence.by_month_day) and each.day.weekday() not in weekdays:
                words = _("It does not repeat on {weekday}. Leave one of the two out.")
                self.wrong("day", words.format(weekday=weekday_name(each.day.weekday())))
        if first != anchor and explicit and not any(span.month for span in self.spans):
            self.remark("day", _("The first one is {date}.").format(date=date_words(first, self.scene.today)))
        if (
            not explicit
            and not (sentence.by_day or sentence.by_month_day)
            and sentence.frequency is not Frequency.DAILY
        ):
            words = _("No day is said: it begins on {date}.")
            self.remark("day", words.format(date=date_words(first, self.scene.today)))
        return first

    def not_before_now(self, phrase: str, first: date, explicit: bool) -> date:
        """A repeat that would begin today at an hour that has passed begins the next time."""
        found, scene = self.when, self.scene
        if explicit or first != scene.today or self.when.wrong:
            return first
        if found.all_day or found.start >= scene.now:
            words = _("Today counts as the first. To begin later add a day, like starting {typed}.")
            self.remark("day", words.format(typed=typed(add_days(first, 7))))
            return first
        try:
            return _first_day(read_phrase(phrase), add_days(first, 1))
        except InputError as error:
            self.wrong("repeat", str(error))
            return first

    # How long it goes on

    def rule(self, phrase: str) -> None:
        found = self.when
        last = self.last_said(found.start.date(), tell=True)
        try:
            found.rule = parse_phrase(f"{phrase} {self.end_phrase(last)}".strip(), found.start)
        except InputError as error:
            self.wrong("repeat", str(error))
            return
        if not self.after or last is None:
            return
        ended = with_end(found.rule, found.start)
        given = ended.until.toordinal() if ended.until else 0
        if given != last.toordinal():
            words = _('"{said}" ends on {date}, not on {other}. Leave one of the two out.')
            today = self.scene.today
            ends, other = date_words(date.fromordinal(max(given, 1)), today), date_words(last, today)
            self.wrong("times", words.format(said=self.after[0].said, date=ends, other=other))

    def skips(self) -> None:
        """The days that are left out; each is to be one of the repeat's own."""
        found = self.when
        first = found.start.date()
        for each in self.excepted:
            try:
                days = [read.day for read in each.days(add_days(first, -1))]
            except InputError as error:
                self.wrong("day", str(error))
                continue
            for day in days:
                at = datetime.combine(day, found.start.time())
                if found.rule is None or not starts(found.rule, found.start, at, at + timedelta(minutes=1)):
                    words = _("It does not take place on {date} anyway. Leave that out.")
                    self.wrong("day", words.format(date=date_words(day, self.scene.today)))
                elif day == first:
                    self.wrong("day", _("That is the first day. Type starting with a later one."))
                else:
                    found.skips += (at,)

    def end_phrase(self, last: date | None) -> str:
        """How the grammar says the end; "" without one. Raises InputError."""
        ends = different([each.phrase for each in self.after])
        if len(ends) > 1:
            raise InputError(_("More than one end is said."), _("Keep one of them."))
        if (ends or last) and self.endless:
            raise InputError(_("It says an end, and that it has none."), _("Leave one of the two out."))
        if ends:
            return ends[0]
        if last is not None:
            return f"until {last.isoformat()}"
        if self.days_are_times:
            days = self.lasts_days[0].days
            return f"for {days} time{'' if days == 1 else 's'}"
        return ""

    def last_said(self, first: date, *, tell: bool) -> date | None:
        """The last day that was said by its date, seen from the first. With `tell` what is wrong with it is told."""
        if not self.until:
            return self.spans[0].last if self.spans else None
        try:
            last = self.until[0].day(first)
        except InputError as error:
            if tell:
                self.wrong("until", str(error))
            return None
        if tell:
            self.remark("until", last.remark)
        return last.day

    # What else is worth saying

    def look_again(self, explicit: bool, *, repeats: bool) -> None:
        found, scene = self.when, self.scene
        if not FIRST_YEAR <= found.start.year <= LAST_YEAR:
            self.wrong("day", _("That day is too far away. Choose a year from 1970 to 2100."))
            return
        if found.wrong:
            return
        if not explicit and not repeats:
            words = (
                _("No day is said: it goes on today, {date}.")
                if scene.day == scene.today
                else _("No day is said: it goes on the day you chose, {date}.")
            )
            self.remark("day", words.format(date=date_words(scene.day, scene.today)))
        if (found.start + found.duration <= scene.now) if not found.all_day else found.start.date() < scene.today:
            self.remark("day", _("It begins in the past.") if repeats else _("That is in the past."))
        elif not found.all_day and found.start < scene.now and found.start.date() == scene.today:
            self.remark("start", _("{time} today has passed.").format(time=time_words(found.start, scene.hours24)))
        if not found.all_day:
            words = series_hour_words(found.rule, found.start, scene.zone, today=scene.today, hours24=scene.hours24)
            self.remark("start", words)


def _first_day(sentence: Sentence, anchor: date) -> date:
    """The first day of the repeat from `anchor` on. Where it names no day, that is `anchor`."""
    rule = RecurrenceRule(sentence.frequency, by_day=sentence.by_day, by_month_day=sentence.by_month_day)
    first = pattern(rule, anchor.toordinal()).nth(0)
    if first is None:
        raise InputError(_("It would begin after the year 2100."))
    return date.fromordinal(first)


def _plainest(phrases: list[str]) -> list[str]:
    """Without "every week" where its days are said elsewhere: "weekly check-in, fridays"."""
    named = [each for each in phrases if " on " in each or any(day in each for day in DAYS)]
    return named if len(named) == 1 and set(phrases) - set(named) <= {"every week", "every month"} else phrases


def _same_date(day: date, since: date) -> date:
    """The first day from `since` on that has the month and the day of `day`."""
    for year in range(since.year, since.year + 9):
        if day.day <= days_in_month(date(year, day.month, 1)) and (found := day.replace(year=year)) >= since:
            return found
    return day
