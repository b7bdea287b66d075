"""First run: a few questions, each of which can be skipped, then a profile, then the paper code, once.

Nothing is stored before the profile is made at the end: there is no key yet to keep it with. So here, and only here,
Esc at the first question asks before it lets go of what was typed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Static

from companion.commands import HELP, HIDE, NUMBERS, Command
from companion.domain.clock import today
from companion.domain.language import _
from companion.errors import CompanionError
from companion.profiles import check_label, new_label
from companion.screens.base import CompanionScreen
from companion.screens.controls import Control
from companion.screens.first_run_steps import STEPS, Answers, Step, Surroundings, Wrong
from companion.screens.form import Field
from companion.screens.paper_code import PaperCodeScreen

if TYPE_CHECKING:
    from companion.app import Session


class FirstRunScreen(CompanionScreen[None]):
    NAME = "Starting"
    ABOUT = "A few questions. Enter goes on, F8 skips one, Esc goes one back. What you type stays on this computer."
    CSS_PATH: ClassVar[Any] = ["form.tcss", "first_run.tcss"]
    ALWAYS_SHOWN: ClassVar[tuple[Command, ...]] = (NUMBERS, HIDE, HELP)
    COMMANDS = (
        Command("first.skip", "Skip", "Goes on without an answer.", ("f8",), "skip", show=True, priority=True),
        Command("first.more", "One more", "Adds another child.", ("f9",), "more", show=True, priority=True),
    )

    def __init__(self) -> None:
        super().__init__()
        self.answers = Answers()
        self._at = 0
        self._zone: str | None = None  # what the computer says
        self._making = False
        self._asked = False

    @property
    def step(self) -> Step:
        return STEPS[self._at]

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(classes="page", can_focus=False):
            yield Static("", id="question", classes="heading")
            yield Static("", id="note")
            yield Vertical(id="step-fields")
            yield Static("", id="form-error", markup=False)
            with Horizontal(id="form-buttons"):
                yield Button(_("Next"), id="next", compact=True)
                yield Button(_("Skip"), id="skip", compact=True)
                yield Button(_("One more"), id="more", compact=True)

    async def on_mount(self) -> None:
        self.answers = replace(self.answers, label=new_label(profile.label for profile in self.app.profiles()))
        self._zone_asked = self._ask_zone()
        await self._show()

    @work(thread=True, group="zone")
    def _ask_zone(self) -> None:
        """Where the computer says it is. In a thread: it reads files and imports the services."""
        self._zone = self.app.opener().computer_zone()

    # Steps

    def _around(self) -> Surroundings:
        data = self.app.data
        assert data is not None  # the welcome offers no start without a folder
        # Her day, not that of UTC, which in an American evening is a day ahead: a child of "8 months" would be 7.
        day = today(self.app.clock, self.answers.zone or self._zone or "UTC")
        return Surroundings(day, self._zone is not None, lambda label: check_label(data, label))

    async def _show(self) -> None:
        around = self._around()
        self._asked = False
        self.query_one("#question", Static).update(Content(_(self.step.question)))
        self.query_one("#note", Static).update(Content(self.step.note(self.answers, around)))
        self.query_one("#form-error", Static).update("")
        place = self.query_one("#step-fields", Vertical)
        async with self.batch():
            await place.remove_children()
            fields = self.step.fields(self.answers)
            await place.mount_all(fields)
        self.query_one("#more", Button).display = self.step.repeats
        self.refresh_bindings()
        if fields:
            fields[0].control.focus()

    def values(self) -> dict[str, str]:
        return {field.name_of_value: field.value for field in self.query(Field)}

    async def _go(self, by: int) -> bool:
        """To the next step that is wanted, or the one before; False where there is none.

        Whoever types fast is here before the computer has said its zone: without waiting for it the question would be
        left out, and everything kept in UTC.
        """
        await self._zone_asked.wait()
        around = self._around()
        at = self._at + by
        while 0 <= at < len(STEPS):
            if STEPS[at].wanted(self.answers, around):
                self._at = at
                self.answers = replace(self.answers, warned="")
                await self._show()
                return True
            at += by
        return False

    def _say(self, wrong: Wrong) -> None:
        if wrong.answers is not None:
            self.answers = wrong.answers
        for each in self.query(Field):
            if each.name_of_value in wrong.anew:
                each.fill("")
            each.say(wrong.sentence if each.name_of_value == wrong.field else "")
            if each.name_of_value == wrong.field:
                each.control.focus()

    async def _take(self) -> bool:
        try:
            self.answers = self.step.take(self.values(), self.answers, self._around())
        except Wrong as wrong:
            self._say(wrong)
            return False
        return True

    @on(Button.Pressed, "#next")
    async def action_next(self) -> None:
        if not self._making and await self._take() and not await self._go(1):
            self._make()

    @on(Button.Pressed, "#skip")
    async def action_skip(self) -> None:
        if self._making:
            return
        try:
            self.answers = self.step.pass_over(self.values(), self.answers, self._around())
        except Wrong as wrong:
            self._say(wrong)
            return
        if not await self._go(1):
            self._make()

    @on(Button.Pressed, "#more")
    async def action_more(self) -> None:
        if not self._making and await self._take():
            await self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "more":
            return self.step.repeats
        return super().check_action(action, parameters)

    @on(Control.GoOn)
    async def _go_on(self, event: Control.GoOn) -> None:
        event.stop()
        await self.action_next()

    @on(Input.Submitted)
    async def _enter(self, event: Input.Submitted) -> None:
        """To the next field of the step, whatever kind it is; on from the last one, or where nothing was typed yet."""
        event.stop()
        fields = list(self.query(Field))
        after = [field.control for field in fields].index(event.input) + 1
        begun = any(field.value for field in fields[:after])
        if after == len(fields) or not begun:
            await self.action_next()
        elif self._reads_well():
            fields[after].control.focus()

    def _reads_well(self) -> bool:
        """Whether what was typed so far can be read; said beside its field where it can't."""
        if self.step.checks_each:
            try:
                self.step.take(self.values(), self.answers, self._around())
            except Wrong as wrong:
                self._say(wrong)
                return False
        for field in self.query(Field):
            field.say("")
        return True

    def action_back(self) -> None:
        self.run_worker(self._step_back(), group="step", exclusive=True)

    async def _step_back(self) -> None:
        if self._making or await self._go(-1):
            return
        if self.holds_text() and not self._asked:
            self._asked = True
            self.query_one("#form-error", Static).update(
                Content(_("What you typed is not kept. Esc again goes back to the start."))
            )
            return
        self.dismiss(None)

    def holds_text(self) -> bool:
        return bool(self.answers.name or self.answers.children or any(self.values().get(n) for n in ("name", "child")))

    # The profile

    def _make(self) -> None:
        self._making = True
        self.query_one("#form-error", Static).update(Content(_("Making your profile…")))
        self._create(self.answers)

    @work(thread=True, group="open")
    def _create(self, answers: Answers) -> None:
        assert self.app.data is not None
        try:
            session, code = self.app.opener().create_profile(
                self.app.data, answers.label, answers.words or None, self.app.clock, zone=answers.zone
            )
            if answers.name:
                session.change_settings(name=answers.name)
            for child in answers.children:
                session.people.put_child(child)
        except CompanionError as error:
            self.app.call_from_thread(self._refused, error)
        else:
            self.app.call_from_thread(self._made, session, code)

    def _refused(self, error: CompanionError) -> None:
        self._making = False
        self.query_one("#form-error", Static).update(Content(str(error)))

    def _made(self, session: Session, code: str | None) -> None:
        self.answers = Answers()
        if code is None:
            self.app.opened(session)
        else:
            self.app.switch_screen(PaperCodeScreen(session, code))
