"""An activity, led step by step: one step a page, in large plain text, without any clock running."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from companion.commands import Command
from companion.domain.activity import Activity
from companion.domain.language import _, plural
from companion.domain.wording import list_words
from companion.messages import DataChanged
from companion.screens.base import CompanionScreen

_AFTERWARDS = 10 * 60.0  # product promise: a running activity holds the lock off for its own length and 10 minutes


class StepsScreen(CompanionScreen[None]):
    NAME = "Step by step"
    ABOUT = "Enter goes on, b goes back. d notes that you did it, from any step. Esc stops; there is no need to finish."
    CSS_PATH = "steps.tcss"
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("steps.next", "Next", "Goes to the next step.", ("enter", "right", "space"), "step(1)", show=True),
        Command("steps.back", "Back", "Goes to the step before.", ("b", "left"), "step(-1)", show=True),
        Command("steps.done", "Done", "Notes that you did it.", ("d",), "done", show=True),
        Command("steps.stop", "Stop", "Stops here. That is fine.", ("q",), "stop", show=True),
    )

    def __init__(self, activity: Activity, children: tuple[str, ...]) -> None:
        super().__init__()
        self._activity = activity
        self._children = children
        self._page = 0

    def compose_body(self) -> ComposeResult:
        yield Static(id="steps-title")
        with VerticalScroll(id="steps-page"), Vertical(id="steps-middle"):
            yield Static(id="step")
        yield Static(id="steps-safe")

    def on_mount(self) -> None:
        self.app.hold_lock(self._activity.minutes.most * 60.0 + _AFTERWARDS)
        self.app.clear_notifications()  # one said before would lie over the safety line
        self._show()

    def on_unmount(self) -> None:
        self.app.release_lock()

    @property
    def _pages(self) -> int:
        return len(self._activity.steps) + 1  # the last page is the kind word at the end

    def _show(self) -> None:
        activity = self._activity
        last = self._page == self._pages - 1
        place = _("the end") if last else _("step {n} of {all}").format(n=self._page + 1, all=len(activity.steps))
        self.query_one("#steps-title", Static).update(
            Content.assemble((activity.title, "bold"), f"{self._with()}  ·  {place}")
        )
        words = (
            _("That is all of it. Press d to note it, or Esc to leave it.") if last else activity.steps[self._page].text
        )
        self.query_one("#step", Static).update(Content(words))
        safe = " ".join(activity.stay_safe) or _("Stop if it does not feel right. You know your child best.")
        self.query_one("#steps-safe", Static).update(Content.assemble((_("Stay safe: "), "bold"), safe))
        self.query_one("#steps-page").scroll_home(animate=False)

    def _names(self) -> str:
        return list_words([c.name for c in self.app.session.people.children() if c.id in self._children])

    def _with(self) -> str:
        names = self._names()
        return _(" with {names}").format(names=names) if names else ""

    def action_step(self, by: int) -> None:
        self._page = max(0, min(self._pages - 1, self._page + by))
        self._show()

    def action_stop(self) -> None:
        self.dismiss(None)

    def action_done(self) -> None:
        """Note it for the children it was opened for, and go back to where it was opened."""
        session = self.app.session
        session.diary.finish(self._activity.id, self._activity.title, self._children)
        together = session.progress.week().activities
        this_week = plural("{n} thing this week.", "{n} things this week.", together)
        self.say(
            _("Noted: {title}{with_whom}.").format(title=self._activity.title, with_whom=self._with()) + " " + this_week
        )
        self.app.post_message(DataChanged())
        self.dismiss(None)
