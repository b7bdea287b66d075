"""Pain 8 of other terminal calendars: what was typed into the form is gone without a word.

khal drops a field on Page Down (#1345) and stores only on quitting (#870). Here every key that can be pressed in the
form of an appointment leaves what she typed where it is, stores it, or keeps it and offers it again.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from app_kit import event, running, session, shown
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import TextArea

from companion.app import CompanionApp
from companion.domain.clock import FixedClock
from companion.screens.event_form import EventForm
from companion.services.session import Session

TUESDAY = date(2026, 11, 24)
TYPED = {"title": "Zebra talk", "start": "6pm", "location": "Mill St", "notes": "oats"}

# Keys that move about in the form. None of them may change a letter, or end it.
WITHIN = (
    *("pageup", "pagedown", "home", "end", "ctrl+home", "ctrl+end", "ctrl+left", "ctrl+right", "ctrl+up", "ctrl+down"),
    *("ctrl+pageup", "ctrl+pagedown", "insert", "f8", "f9", "f10", "f11", "ctrl+c", "ctrl+l", "ctrl+r"),
)
ON = (
    *(("title", key) for key in ("up", "down", "tab", "shift+tab", "left", "right")),
    *(("notes", key) for key in ("up", "down", "tab")),
    *(("kind", key) for key in ("up", "down")),  # left and right choose another kind: they are there for that
)
OVER = ("f1", "f5", "ctrl+p")  # something opens over the form; Esc closes that and no more
LEAVING = ("escape", "f3", "f7")  # the other places are left for in the same way


@pytest.fixture
def opened() -> Session:
    found = session(FixedClock(datetime(2026, 11, 21, 14, 0, tzinfo=UTC)))
    found.planner.add(event("Group", datetime(2026, 11, 24, 9), location="Elm St"))
    return found


async def form_of(pilot: Pilot[None], form: EventForm | None = None) -> EventForm:
    form = form or EventForm(TUESDAY)
    pilot.app.push_screen(form)
    await pilot.pause()
    return form


async def press(pilot: Pilot[None], key: str) -> None:
    """And wait for what it begins."""
    await pilot.press(key)
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def typed(pilot: Pilot[None], form: EventForm) -> None:
    """The last letter by its key, the others at once: what one key does to a form of thirty fields takes its time."""
    for name, text in TYPED.items():
        form.field(name).fill(text)
    notes = form.field("notes").control
    assert isinstance(notes, TextArea)
    notes.load_text(TYPED["notes"][:-1])
    notes.move_cursor(notes.document.end)
    notes.focus()
    await press(pilot, TYPED["notes"][-1])


def there(form: EventForm) -> dict[str, str]:
    values = form.values()
    return {name: values[name] for name in TYPED}


def top(pilot: Pilot[None]) -> Screen[object]:
    return pilot.app.screen


def begun(opened: Session) -> dict[str, str]:
    """What is kept of an appointment that was begun."""
    draft = opened.drafts.get("event")
    assert draft is not None
    return {name: draft[name] for name in TYPED}


async def test_no_key_that_stays_in_the_form_changes_what_was_typed(opened: Session) -> None:
    async with running(opened) as pilot:
        form = await form_of(pilot)
        await typed(pilot, form)
        everything = form.values()
        for name in ("title", "notes", "all_day", "kind"):
            form.field(name).control.focus()
            for key in WITHIN:
                pilot.app.post_message(events.Key(key, None))
            await pilot.pause()
            assert top(pilot) is form, name
            assert form.values() == everything, name
        for name, key in ON:
            form.field(name).control.focus()
            await pilot.press(key)
            assert form.values() == everything, f"{key} in {name}"
        assert top(pilot) is form
        for key in OVER:
            await press(pilot, key)
            assert top(pilot) is not form, key
            await press(pilot, "escape")
            assert top(pilot) is form, f"Esc after {key}"
            assert form.values() == everything, key
        assert len(opened.planner.all_events()) == 1


async def test_every_key_that_leaves_the_form_keeps_what_was_typed_and_offers_it(opened: Session) -> None:
    async with running(opened) as pilot:
        for key in LEAVING:
            form = await form_of(pilot)
            await typed(pilot, form)
            await press(pilot, key)
            assert not any(isinstance(screen, EventForm) for screen in pilot.app.screen_stack), key
            assert [each.title for each in opened.planner.all_events()] == ["Group"]  # not stored without being asked
            assert begun(opened) == TYPED, key
            if key != LEAVING[-1]:
                opened.drafts.drop("event")
        again = await form_of(pilot)
        assert "F8 brings it back" in shown(pilot)
        await press(pilot, "f8")
        assert there(again) == TYPED
        await press(pilot, "ctrl+s")
        (stored,) = [each for each in opened.planner.all_events() if each.title == "Zebra talk"]
        assert (stored.location, stored.notes, stored.start.hour) == ("Mill St", "oats", 18)
        await form_of(pilot)
        assert "F8" not in shown(pilot)  # what is stored is offered no more


async def test_esc_says_that_it_was_not_saved(opened: Session) -> None:
    """She may take Esc for "done": an old title in the calendar afterwards would be the only sign."""
    async with running(opened) as pilot:
        (group,) = opened.planner.on(TUESDAY)
        form = await form_of(pilot, EventForm(change=group))
        form.field("location").fill("12 Mill St")
        await press(pilot, "escape")
        (notice,) = pilot.app._notifications
        assert notice.message.startswith("Not saved. What you typed is kept.")
        pilot.app.clear_notifications()
        await form_of(pilot, EventForm(change=group))
        await press(pilot, "escape")  # with nothing typed there is nothing to say
        assert list(pilot.app._notifications) == []


async def test_a_second_one_begun_does_not_take_the_place_of_the_first(opened: Session) -> None:
    async with running(opened) as pilot:
        form = await form_of(pilot)
        form.field("title").fill("Dentist")
        await press(pilot, "escape")
        form = await form_of(pilot)
        form.field("title").fill("Court")
        form.field("start").fill("9am")
        await press(pilot, "ctrl+s")
        assert [o.title for o in opened.planner.on(TUESDAY)] == ["Group", "Court"]
        form = await form_of(pilot)
        await press(pilot, "f8")
        assert form.values()["title"] == "Dentist"


async def test_what_can_not_be_stored_stays_with_the_reason_beside_it(opened: Session) -> None:
    async with running(opened) as pilot:
        form = await form_of(pilot)
        await typed(pilot, form)
        form.field("day").fill("30 feb")
        values = form.values()
        for name in ("kind", "title"):
            form.field(name).control.focus()
            await press(pilot, "ctrl+s")
            assert top(pilot) is form
            assert form.values() == values
            assert form.field("day").has_class("-wrong")
        await press(pilot, "enter")  # from a line in the middle it only goes on
        assert top(pilot) is form
        form.field("day").fill("tue")
        form.field("all_day").control.focus()
        await press(pilot, "ctrl+s")
        assert [o.title for o in opened.planner.on(TUESDAY)] == ["Group", "Zebra talk"]


async def test_a_click_beside_the_form_or_on_back_loses_nothing(opened: Session) -> None:
    async with running(opened, size=(120, 40)) as pilot:
        form = await form_of(pilot)
        await typed(pilot, form)
        await pilot.click(offset=(1, 1))
        await pilot.pause()
        assert top(pilot) is form
        assert there(form) == TYPED
        form.query_one("#form-back").scroll_visible(animate=False)
        await pilot.pause()
        await pilot.click("#form-back")
        await pilot.pause()
        assert top(pilot) is not form
        assert begun(opened) == TYPED


async def test_hiding_in_the_middle_of_a_field_keeps_it(opened: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr(CompanionApp, "_vanish", lambda _app, status, words="": ended.append(status))
    async with running(opened) as pilot:
        await typed(pilot, await form_of(pilot))
        await press(pilot, "ctrl+x")
        assert ended
        assert begun(opened) == TYPED
