"""Add an appointment in one typed line, shown with every key as it will be read.

Enter puts it on the calendar, Tab opens the form with what was read. What can be meant another way is told below; what
can't be read is told beside the line, and Enter then waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from companion.commands import Command
from companion.domain.language import _
from companion.domain.quick_add import SENTENCE_LIMIT, Read, Scene, read_sentence
from companion.domain.quick_add_words import reading, when_line
from companion.messages import DataChanged
from companion.screens.form import Field
from companion.screens.live_form import LiveForm
from companion.widgets.line_input import LineInput

WHOLE_FORM = Command(
    "quick_add.form", "Form", "Opens the form with what was read.", ("tab",), "whole_form", show=True, priority=True
)

if TYPE_CHECKING:
    from companion.app import CompanionApp

_FORM_DRAFT = "event"
# Where the form shows what is told: these fields of it are hidden unless they are chosen.
_SHOWN_BESIDE = {"until": "repeat", "times": "repeat", "last_day": "day"}


class Added(NamedTuple):
    """What was added: the day of its first time, and by which key a list has it, where that is known."""

    day: date
    key: tuple[str, datetime | None] | None = None


class QuickAddForm(LiveForm[Added]):
    """Adds on `day` where the line names none. Gives what was added once it is stored.

    The line begins with `text`.
    """

    NAME = "Add in one line"
    ABOUT = (
        "Type it as you would say it: what, which day, when, where. It is shown below as it is understood. Enter adds "
        "it, Tab opens the form with the rest. Words in quotes stay words."
    )
    CSS_PATH: ClassVar[list[str]] = ["form.tcss", "quick_add.tcss"]  # type: ignore[assignment]  # Textual takes both
    FORM_ID = "quick add"
    TITLE_WORDS = "Add to the calendar"
    SAVE_WORD = "Add"
    COMMANDS = (WHOLE_FORM,)  # type: ignore[assignment]  # beside those of every form

    def __init__(self, day: date, text: str = "") -> None:
        super().__init__()
        self._day = day
        self._begins_with = text
        self._been_in_form = False
        self._put_last: dict[str, Content] = {}

    def compose_fields(self) -> ComposeResult:
        hint = _("group every tue 6pm at Mill St for 12 weeks")
        yield Field("sentence", _("In one line"), value=self._begins_with, hint=hint, limit=SENTENCE_LIMIT)
        yield Static("", id="reading", markup=False)
        yield Static("", id="told", markup=False)
        yield Static("", id="quick-keys", markup=False)

    # While she types

    def show_reading(self) -> None:
        text, read = self._text, self._read()
        # What can be meant another way waits until the rest can be read: together they would hide the line's own words.
        told = [f"· {remark.words}" for remark in read.remarks] if text and read.ready else []
        keys = [_("Enter adds it")] if text and read.ready else []
        keys += [_("Tab opens the form"), _("Esc goes back")]
        self._put("#reading", self._shown(read) if text else _examples(self._children))
        self._put("#told", Content("\n".join(told)))
        self._put("#quick-keys", Content(" · ".join(keys)))
        self.field("sentence").remark(
            _("Not yet: {words}").format(words=_joined(read)) if text and not read.ready else ""
        )

    def _put(self, selector: str, content: Content) -> None:
        """Show `content`. A new layout costs most of a key, so there is one only where it takes more or fewer rows."""
        static = self.query_one(selector, Static)
        if self._put_last.get(selector) == content:
            return
        self._put_last[selector] = content
        width, rows = static.size
        same = bool(width and content.plain) and content.get_height({}, width) == rows
        static.display = bool(content.plain)
        static.update(content, layout=not same)

    def _shown(self, read: Read) -> Content:
        settings = self.app.session.settings
        first, *others = reading(read, self._scene().today, hours24=settings.hours24) or [""]
        return Content("\n").join([Content.styled(first, "bold"), *map(Content, others)])

    @property
    def _text(self) -> str:
        return self.field("sentence").value

    def _read(self) -> Read:
        return read_sentence(self._text, self._scene())

    def _scene(self) -> Scene:
        session = self.app.session
        planner, settings = session.planner, session.settings
        return Scene(planner.now(), self._day, planner.zone, settings.hours24, settings.month_first, self._children)

    def on_mount(self) -> None:
        names = (child.name for child in self.app.session.people.children())
        self._children = tuple(dict.fromkeys(names))
        super().on_mount()

    def starting_values(self) -> dict[str, str]:
        return {"sentence": ""}

    # Storing

    def check(self, values: dict[str, str]) -> dict[str, str]:
        read = self._read()
        return {} if read.ready else {"sentence": _joined(read)}

    def save(self, values: dict[str, str]) -> None:
        scene = self._scene()
        event = self.app.session.planner.add(self._read().event)
        when = when_line(replace(event, location=""), scene.today, hours24=scene.hours24)
        words = _("{title} is on the calendar: {when}.").format(title=event.title, when=when)
        note = self.app.session.arranger.notes_for(event)
        self.say(f"{words} {note}".strip(), mend=_("Ctrl+Z takes it back."))
        self.app.post_message(DataChanged())
        self._done(Added(event.start.date(), (event.uid, event.start if event.rule else None)))

    def action_whole_form(self) -> None:
        """The form, filled with what was read, once the letters typed before Tab are there (`Form.action_save`)."""
        (self.focused or self).call_later(self.call_later, self._whole_form)

    def _whole_form(self) -> None:
        """Going back from the form comes back to the line."""
        from companion.screens.event_form import EventForm

        if not self._text:
            self.app.push_screen(EventForm(self._day), self._from_form)
            return
        read = self._read()
        remarks: dict[str, str] = {}
        for name, words in read.by_field().items():
            beside = _SHOWN_BESIDE.get(name, name)
            remarks[beside] = f"{remarks.get(beside, '')} {words}".strip()
        if "all_day" in read.unsaid:  # the line puts it down for all day; the form asks for the time
            remarks.pop("start", None)
        form = EventForm(self._day, draft_event=read.event, unsaid=read.unsaid, remarks=remarks)
        self._been_in_form = True
        self.app.push_screen(form, self._from_form)

    def action_bring_back(self) -> None:
        super().action_bring_back()
        line = self.field("sentence").control
        assert isinstance(line, LineInput)
        line.action_end()

    def _from_form(self, day: date | None) -> None:
        if day is not None:
            self._done(Added(day))

    def _done(self, added: Added) -> None:
        drafts = self.app.drafts
        if self._been_in_form and drafts is not None:
            drafts.drop(_FORM_DRAFT)  # the form kept what is stored now
        self.done(added)


def add_from_today(app: CompanionApp) -> None:
    """Add on today; what goes on another day is then shown there, in the calendar."""
    from companion.screens.goto import show_day

    today = app.session.planner.today()

    def shown(added: Added | None) -> None:
        if added is not None and added.day != today:
            app.run_worker(show_day(app, added.day, added.key), group="goto")

    app.push_screen(QuickAddForm(today), shown)


def _joined(read: Read) -> str:
    return " ".join(dict.fromkeys(missing.words for missing in read.missing))


def _examples(children: Sequence[str]) -> Content:
    check_up = (
        _("check-up for {child} fri 10:15am").format(child=children[0]) if children else _("check-up fri 10:15am")
    )
    court = _("court dec 3 9am bring ID, childcare Grandma") if children else _("court dec 3 9am bring ID")
    examples = (check_up, _("counselling every other thu 2pm with Dana"), court)
    return Content("\n").join([Content(_("For instance:")), *(Content(f"  {example}") for example in examples)])
