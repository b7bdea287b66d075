"""What works everywhere: going about, hiding, leaving, locking, undo, find, help, colors."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from app_kit import SIZES, event, running, session, shown, until
from shell_kit import FakeOpener, begun
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from companion.app import CompanionApp
from companion.commands import MOST_SHOWN, PLACES, Place
from companion.domain.clock import FixedClock
from companion.errors import DiskFull
from companion.messages import DataChanged
from companion.screens.base import CompanionDialog, CompanionScreen, PlaceScreen
from companion.screens.dialogs import Ask
from companion.screens.help import HelpScreen
from companion.screens.lines import KeyLine, PlaceLine
from companion.screens.numbers import NumbersScreen
from companion.screens.occurrence import OccurrenceDialog
from companion.screens.trouble import TroubleScreen
from companion.terminal import Ended


def _app(pilot: Pilot[None]) -> CompanionApp:
    app = pilot.app
    assert isinstance(app, CompanionApp)
    return app


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
async def test_a_digit_or_a_function_key_goes_to_each_place(clock: FixedClock, place: Place) -> None:
    async with running(session(clock)) as pilot:
        app = _app(pilot)
        for key in (place.digit, place.key):
            await app.goto("today" if place.name != "today" else "calendar")
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert isinstance(app.screen, PlaceScreen)
            assert place.name == app.screen.PLACE
            assert f"[{place.digit} {place.title}]" in shown(pilot)


async def test_going_elsewhere_answers_who_waits_for_a_dialog(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        app = _app(pilot)
        answers: list[object] = []

        async def ask() -> None:
            answers.append(await app.push_screen_wait(CompanionDialog[str]()))

        app.run_worker(ask())
        await pilot.pause()
        await pilot.press("f7")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert answers == [None]
        assert isinstance(app.screen, PlaceScreen)
        assert app.screen.PLACE == "support"


async def test_digits_type_in_a_text_field_and_esc_leaves_it_first(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        app = _app(pilot)
        await app.screen.mount(field := Input(id="field"))
        field.focus()
        await pilot.press("5")
        assert field.value == "5"
        assert isinstance(app.screen, PlaceScreen)
        assert app.screen.PLACE == "today"
        await pilot.press("escape", "5")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.screen.PLACE == "support"


async def test_places_and_undo_are_not_there_before_a_profile_is_open(tmp_path: Path, clock: FixedClock) -> None:
    async with begun(tmp_path, clock, FakeOpener()) as (app, pilot):
        before = app.screen
        await pilot.press("2", "f3", "ctrl+z")
        await pilot.pause()
        assert app.screen is before
        assert not {"f3", "2", "ctrl+z"} & set(app.screen.active_bindings)


async def test_hide_and_leave_end_the_app_with_their_own_status(clock: FixedClock) -> None:
    for key, status in (("ctrl+x", Ended.HIDDEN), ("f12", Ended.HIDDEN), ("ctrl+q", Ended.LEFT)):
        async with running(session(clock)) as pilot:
            await pilot.press(key)
            assert pilot.app.return_code == status


async def test_hide_is_heard_inside_a_dialog_and_a_text_field(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        dialog = CompanionDialog[None]()
        await pilot.app.push_screen(dialog)
        await dialog.mount(field := Input())
        field.focus()
        await pilot.press("ctrl+x")
        assert pilot.app.return_code == Ended.HIDDEN


async def test_undo_says_what_it_took_back(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Group", datetime(2026, 11, 21, 18)))
    async with running(opened) as pilot:
        await pilot.press("ctrl+z")
        await pilot.pause()
        (notice,) = pilot.app._notifications
        assert notice.message.startswith("Undo: ")
        assert opened.planner.all_events() == []


async def test_help_and_palette_say_what_undo_would_take_back(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Group", datetime(2026, 11, 24, 18)))
    opened.planner.move(opened.planner.on(date(2026, 11, 24))[0], datetime(2026, 11, 26, 18))
    async with running(opened, size=(100, 60)) as pilot:
        await pilot.press("f1")
        await pilot.pause()
        assert "Undo: moved Group to Thu, Nov 26" in shown(pilot)
        await pilot.press("escape", "ctrl+z", "ctrl+p")
        await pilot.pause(0.1)
        await pilot.press(*"undo")
        await until(pilot, lambda: "Undo: added Group  Ctrl+Z" in shown(pilot))
        await pilot.press("escape", "ctrl+p", *"redo")
        await until(pilot, lambda: "Redo: moved Group to Thu, Nov 26  Ctrl+Y" in shown(pilot))


async def test_help_on_a_dialog_names_only_keys_that_get_past_it(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Group", datetime(2026, 11, 24, 18)))
    async with running(opened, size=(100, 60)) as pilot:
        pilot.app.push_screen(Ask("Which?", str))
        await pilot.pause()
        await pilot.press("f1")
        await pilot.pause()
        assert "F2  " in shown(pilot) and "1 or F2" not in shown(pilot) and "Ctrl+Z" not in shown(pilot)
        await pilot.press("escape", "escape")
        pilot.app.push_screen(OccurrenceDialog(opened.planner.on(date(2026, 11, 24))[0]))
        await pilot.pause()
        await pilot.press("f1")
        await pilot.pause()
        assert "1 or F2" in shown(pilot) and "Undo: added Group" in shown(pilot)


async def test_what_was_taken_back_can_be_done_again_where_a_key_was_held_too_long(clock: FixedClock) -> None:
    opened = session(clock, child=False)
    opened.planner.add(event("Group", datetime(2026, 11, 21, 18)))
    opened.planner.add(event("Court", datetime(2026, 11, 22, 9)))
    async with running(opened) as pilot:
        await pilot.press(*["ctrl+z"] * 5)
        assert opened.planner.all_events() == []
        await pilot.press(*["ctrl+y"] * 2)
        await pilot.pause()
        assert [each.title for each in opened.planner.all_events()] == ["Group", "Court"]
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert [n.message for n in pilot.app._notifications] == ["There is nothing to do again."]


async def test_with_nothing_to_undo_it_says_so(clock: FixedClock) -> None:
    opened = session(clock, child=False)
    async with running(opened) as pilot:
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert [n.message for n in pilot.app._notifications] == ["There is nothing to take back."]


async def test_undo_leaves_the_calendar_alone_while_a_text_is_typed(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Group", datetime(2026, 11, 21, 18)))
    async with running(opened) as pilot:
        await pilot.app.screen.mount(field := Input())
        field.focus()
        await pilot.press("a", "ctrl+z")
        await pilot.pause()
        assert len(opened.planner.all_events()) == 1


async def test_what_is_stored_shows_at_once(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        opened.planner.add(event("Counselling", datetime(2026, 11, 21, 18)))
        pilot.app.post_message(DataChanged())
        await pilot.pause()
        assert "Counselling" in shown(pilot)


async def test_numbers_open_over_anything_and_esc_goes_back_to_it(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        below = pilot.app.screen
        await pilot.press("f5", "f5")
        assert isinstance(pilot.app.screen, NumbersScreen)
        await pilot.press("escape")
        assert pilot.app.screen is below


async def test_help_tells_the_keys_of_where_you_are_and_those_that_work_everywhere(clock: FixedClock) -> None:
    async with running(session(clock), size=(100, 60)) as pilot:
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)
        text = shown(pilot)
        for words in ("Today", "Went", "Ctrl+X or F12", "Calendar", "Ctrl+Z", "F5"):
            assert words in text
        await pilot.press("escape")
        await pilot.press("question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)


async def test_find_offers_our_commands_and_does_them(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        app = _app(pilot)
        await pilot.press("ctrl+p")
        await pilot.press(*"support")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, PlaceScreen)
        assert app.screen.PLACE == "support"


async def test_nothing_offers_to_write_the_screen_to_disk(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        assert list(pilot.app.get_system_commands(pilot.app.screen)) == []
        assert not pilot.app.ALLOW_SELECT
        actions = {active.binding.action for active in pilot.app.screen.active_bindings.values()}
        assert not {action for action in actions if "screenshot" in action or action in ("quit", "command_palette")}


async def test_ctrl_c_says_how_to_leave_and_stays(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert ["Ctrl+Q" in n.message for n in pilot.app._notifications] == [True]
        assert pilot.app.return_code is None


async def test_colors_are_chosen_and_kept(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        await pilot.app.run_action("app.colors('companion-light')")
        assert pilot.app.theme == "companion-light"
        assert opened.settings.theme == "companion-light"
        await pilot.app.run_action("app.colors('nonsense')")
        assert pilot.app.theme == "companion-dark"


async def test_words_of_a_quiet_color_take_the_new_colors_at_once(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Group", opened.planner.now() - timedelta(hours=2)))

    def color_of(words: str) -> object:
        for strip in pilot.app.screen._compositor.render_strips():
            for segment in strip:
                if words in segment.text and segment.style is not None:
                    return segment.style.color
        raise AssertionError(words)

    async with running(opened) as pilot:
        await pilot.pause()
        dark = color_of("w went")
        await pilot.app.run_action("app.colors('companion-light')")
        await pilot.pause()
        await pilot.pause()
        assert color_of("w went") != dark


async def test_an_error_of_a_service_is_a_sentence_on_the_screen_and_no_crash(clock: FixedClock) -> None:
    class Full(CompanionScreen[None]):
        def on_mount(self) -> None:
            self.set_timer(0.01, self.post_full)

        def post_full(self) -> None:
            self.post_message(DataChanged())

        def on_data_changed(self) -> None:
            raise DiskFull("The disk is full.", "Make room and try again.")

    async with running(session(clock)) as pilot:
        await pilot.app.push_screen(Full())
        await until(pilot, lambda: isinstance(pilot.app.screen, TroubleScreen))
        await pilot.pause()
        assert "The disk is full." in shown(pilot)
        assert "Make room" in shown(pilot)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, Full)


# Locking by itself


class Seconds:
    """A clock that goes on when told; serves as monotonic and wall clock."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


async def test_locks_when_idle_and_not_while_an_activity_runs(clock: FixedClock) -> None:
    seconds = Seconds()
    app = CompanionApp(None, clock=clock, opener=FakeOpener(), monotonic=seconds, wall=seconds)
    async with app.run_test() as pilot:
        app.opened(session(clock))
        await pilot.pause()
        app.hold_lock(600)
        for _ in range(110):
            seconds.now += 5
            app._look_at_idle()
        assert app.return_code is None
        app.release_lock()
        for _ in range(59):
            seconds.now += 5
            app._look_at_idle()
        assert app.return_code is None
        await pilot.press("down")
        seconds.now += 5
        app._look_at_idle()
        assert app.return_code is None
        for _ in range(60):
            seconds.now += 5
            app._look_at_idle()
        assert app.return_code == Ended.LOCKED


async def test_nothing_to_lock_on_the_bare_list(tmp_path: Path, clock: FixedClock) -> None:
    seconds = Seconds()
    async with begun(tmp_path, clock, FakeOpener(), monotonic=seconds, wall=seconds) as (app, _pilot):
        seconds.now += 3_600
        app._look_at_idle()
        assert app.return_code is None


# The two lines


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
async def test_the_lines_fit_and_always_show_hide_and_help(
    clock: FixedClock, place: Place, size: tuple[int, int]
) -> None:
    async with running(session(clock), size=size) as pilot:
        app = _app(pilot)
        await app.goto(place.name)
        await pilot.pause()
        lines = shown(pilot).splitlines()
        both = lines[0] + lines[-1]
        assert "Ctrl+X Hide" in both
        assert "F1 Help" in both
        assert all(len(line) <= size[0] for line in lines)
        for each in PLACES:
            assert f"{each.digit} {each.title}" in lines[0]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
async def test_at_80_columns_every_key_meant_for_the_bottom_line_is_on_it(clock: FixedClock, place: Place) -> None:
    async with running(session(clock)) as pilot:
        app = _app(pilot)
        await app.goto(place.name)
        await pilot.pause()
        line = app.screen.query_one(KeyLine)
        meant = [(b.key, b.description) for b in line._bindings_here()][:MOST_SHOWN]
        assert line.shown() == meant


async def test_a_click_on_the_lines_does_what_the_key_does(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        app = _app(pilot)
        column = shown(pilot).splitlines()[0].index("5 Support") + 2
        await pilot.click(PlaceLine, offset=(column, 0))
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, PlaceScreen)
        assert app.screen.PLACE == "support"
        column = shown(pilot).splitlines()[-1].index("More")
        await pilot.click(KeyLine, offset=(column, 0))
        await pilot.pause()
        assert app.screen.query_one("#help-lines").has_class("-more")


async def test_letters_give_way_on_the_bottom_line_while_a_text_is_typed(clock: FixedClock) -> None:
    async with running(session(clock)) as pilot:
        line = pilot.app.screen.query_one(KeyLine)
        assert ("a", "Add") in line.shown()
        await pilot.app.screen.mount(field := Input())
        field.focus()
        await pilot.pause()
        assert ("a", "Add") not in line.shown()


async def test_the_cursor_keys_of_a_list_are_not_on_the_bottom_line(tmp_path: Path, clock: FixedClock) -> None:
    async with begun(tmp_path, clock, FakeOpener()) as (app, _pilot):
        assert isinstance(app.screen.focused, OptionList)
        words = [word for _key, word in app.screen.query_one(KeyLine).shown()]
        assert words == ["Numbers", "Help", "Hide", "Leave"]


async def test_the_idle_limit_is_what_the_profile_chose(clock: FixedClock) -> None:
    opened = session(clock)
    opened.change_settings(lock_minutes=2)
    async with running(opened) as pilot:
        assert _app(pilot).idle.limit == 120
