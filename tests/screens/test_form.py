"""Forms: errors beside the field, drafts that outlive the window, and no question where nothing would be lost."""

from __future__ import annotations

import pytest
from app_kit import SIZES, running, session, shown
from conftest import NASTY
from textual.app import ComposeResult
from textual.widgets import Input, TextArea

from companion.domain.clock import FixedClock
from companion.errors import DiskFull
from companion.screens.form import Field, Form


class Visit(Form[dict[str, str]]):
    FORM_ID = "visit"
    TITLE_WORDS = "A visit"
    error: DiskFull | None = None

    def compose_fields(self) -> ComposeResult:
        yield Field("what", "What")
        yield Field("notes", "Notes", lines=True)
        yield Field("pin", "A secret", secret=True)

    def check(self, values: dict[str, str]) -> dict[str, str]:
        return {} if values["what"] else {"what": "It has no name yet."}

    def save(self, values: dict[str, str]) -> None:
        if self.error is not None:
            raise self.error
        self.done(values)


class Unkept(Visit):
    FORM_ID = ""


def _fill(form: Form[dict[str, str]], name: str, value: str) -> None:
    form.query_one(f"#field-{name}", Field).fill(value)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_is_missing_is_said_beside_the_field_and_the_cursor_goes_there(
    clock: FixedClock, size: tuple[int, int]
) -> None:
    async with running(session(clock), size=size) as pilot:
        form = Visit()
        await pilot.app.push_screen(form)
        await pilot.press("tab", "ctrl+s")
        await pilot.pause()
        assert "It has no name yet." in shown(pilot)
        assert form.focused is form.query_one("#field-what Input")
        _fill(form, "what", "Clinic")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert pilot.app.screen is not form


async def test_enter_goes_on_and_saves_from_the_last_field(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        saved: list[dict[str, str] | None] = []
        form = Visit()
        await pilot.app.push_screen(form, saved.append)
        await pilot.press(*"Clinic", "enter")
        assert isinstance(form.focused, TextArea)
        form.query_one("#field-pin Input", Input).focus()
        await pilot.press(*"abc", "enter")
        await pilot.pause()
        assert saved == [{"what": "Clinic", "notes": "", "pin": "abc"}]


async def test_a_draft_is_kept_and_offered_back_without_the_secret(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        form = Visit()
        await pilot.app.push_screen(form)
        _fill(form, "what", "Clinic")
        _fill(form, "notes", "bring the card\nand ID")
        _fill(form, "pin", "secret")
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is not form  # nothing is lost, so nothing is asked
        assert opened.drafts.get("visit") == {"what": "Clinic", "notes": "bring the card\nand ID"}
        again = Visit()
        await pilot.app.push_screen(again)
        await pilot.pause()
        assert "F8 brings it back" in shown(pilot)
        assert again.values()["what"] == ""
        await pilot.press("f8")
        await pilot.pause()
        assert again.values() == {"what": "Clinic", "notes": "bring the card\nand ID", "pin": ""}
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert opened.drafts.get("visit") is None


async def test_a_draft_is_kept_a_moment_after_a_change(clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.screens.form.PAUSE", 0.01)
    opened = session(clock)
    async with running(opened) as pilot:
        await pilot.app.push_screen(Visit())
        await pilot.press(*"Cli")
        await pilot.pause(0.1)
        assert opened.drafts.get("visit") == {"what": "Cli", "notes": ""}


async def test_hiding_in_the_middle_of_a_word_keeps_the_draft(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        await pilot.app.push_screen(Visit())
        await pilot.press(*"Cli", "ctrl+x")
        assert opened.drafts.get("visit") == {"what": "Cli", "notes": ""}


async def test_the_offer_can_be_clicked(clock: FixedClock) -> None:
    opened = session(clock)
    opened.drafts.keep("visit", {"what": "Clinic", "notes": ""})
    async with running(opened) as pilot:
        form = Visit()
        await pilot.app.push_screen(form)
        await pilot.pause()
        await pilot.click("#form-offer")
        assert form.values()["what"] == "Clinic"


async def test_leaving_for_another_place_keeps_the_draft(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        await pilot.app.push_screen(Visit())
        await pilot.press(*"Cli", "f7")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert opened.drafts.get("visit") == {"what": "Cli", "notes": ""}


async def test_esc_asks_once_where_nothing_keeps_what_was_typed(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        form = Unkept()
        await pilot.app.push_screen(form)
        await pilot.press("a", "escape")
        assert pilot.app.screen is form
        assert "is not kept" in shown(pilot)
        await pilot.press("b", "escape")
        assert pilot.app.screen is form
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is not form


async def test_a_full_disk_is_told_in_the_form(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        form = Visit()
        form.error = DiskFull("The disk is full.", "Make room.")
        await pilot.app.push_screen(form)
        _fill(form, "what", "Clinic")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert pilot.app.screen is form
        assert "The disk is full. Make room." in shown(pilot)


@pytest.mark.parametrize("typed", NASTY)
async def test_hostile_text_is_cleaned_and_harms_nothing(clock: FixedClock, typed: str) -> None:
    async with running(session(clock)) as pilot:
        form = Visit()
        await pilot.app.push_screen(form)
        _fill(form, "what", typed)
        _fill(form, "notes", typed)
        form.tell({"what": typed, "": typed})
        await pilot.pause()
        assert "\x1b" not in form.values()["what"] + form.values()["notes"]
