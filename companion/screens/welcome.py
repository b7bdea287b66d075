"""The first picture: which profile, a new one, or a look around. Painted before any database code is loaded."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from companion.commands import HELP, HIDE, LEAVE, NUMBERS, Command
from companion.domain.language import _
from companion.profiles import Profile
from companion.screens.opening import OpeningScreen

_NEW, _SAMPLE, _NUMBERS = "new", "sample", "numbers"


class WelcomeScreen(OpeningScreen):
    NAME = "Start"
    ABOUT = (
        "Choose whose calendar to open, with the arrow keys and Enter. "
        "“Look around” shows the app with made-up data; nothing of it is kept."
    )
    AUTO_FOCUS = "#choices"
    ALWAYS_SHOWN: ClassVar[tuple[Command, ...]] = (NUMBERS, HELP, HIDE, LEAVE)

    def __init__(self) -> None:
        super().__init__()
        self._profiles: list[Profile] = []

    def compose_body(self) -> ComposeResult:
        self._profiles = self.app.profiles()
        with Vertical(classes="page"):
            yield Static(Content(self._greeting()), classes="heading")
            yield OptionList(*self._options(), id="choices", markup=False)
            yield Static(Content(self.app.trouble), id="opening-trouble", classes="trouble")

    def _greeting(self) -> str:
        if self._profiles:
            return _("Which one is yours?")
        return _("A calendar, things to do together, and how far you have come. It stays on this computer.")

    def _options(self) -> list[Option]:
        options = [Option(Content(profile.label), id=profile.id) for profile in self._profiles]
        notes = {
            _NEW: (_("Start"), _("About two minutes. You can skip any step."))
            if not self._profiles
            else (_("Start a new one"), ""),
            _SAMPLE: (_("Look around"), _("With made-up data. Nothing of it is kept.")),
            _NUMBERS: (_("Numbers to call"), ""),
        }
        for name, (words, note) in notes.items():
            text = Content(f"{words}\n  {note}" if note else words)
            options.append(Option(text, id=name, disabled=name == _NEW and self.app.data is None))
        return options

    @on(OptionList.OptionSelected, "#choices")
    async def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        chosen = event.option_id
        if self.opening:
            return
        if chosen == _NEW:
            from companion.screens.first_run import FirstRunScreen

            self.app.push_screen(FirstRunScreen())
        elif chosen == _SAMPLE:
            self.open_sample()
        elif chosen == _NUMBERS:
            self.app.action_numbers()
        else:
            profile = next(p for p in self._profiles if p.id == chosen)
            if profile.has_words:
                from companion.screens.unlock import UnlockScreen

                self.app.push_screen(UnlockScreen(profile))
            else:
                self.open_profile(profile, None)
