"""The list without end: what stays in its place, how far keys and the mouse go, and what is said at the ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Offset

from companion.errors import CompanionError, StorageError
from companion.screens.held_widget import HeldWidget
from companion.widgets.agenda_list import NOTHING, AgendaList
from companion.widgets.day_list import Row
from companion.widgets.stretch import End

TODAY = date(2026, 11, 21)  # a Saturday
SIZES = [(60, 20), (80, 24), (120, 40)]


class Agenda(App[None]):
    """So many appointments on every `step`th day of the `span` days before and after today."""

    def __init__(self, *, step: int = 1, per_day: int = 1, span: int = 3000, start: date = TODAY) -> None:
        super().__init__()
        self.on = {TODAY + timedelta(days=n): per_day for n in range(-span, span + 1, step)} if span else {}
        self.start = start
        self.place = "Mill St"
        self.loads = 0
        self.days: list[date] = []
        self.chosen: list[Row] = []
        self.list = AgendaList(self.load)

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.start_at(self.start, TODAY)

    def load(self, first: date, until: date) -> Sequence[Row]:
        self.loads += 1
        days = sorted(day for day in self.on if first <= day < until)
        return [
            Row((f"{day} {n}", None), "9:00–9:50 am", f"Thing {day} {n}", self.place, day=day)
            for day in days
            for n in range(self.on[day])
        ]

    def on_agenda_list_day_reached(self, message: AgendaList.DayReached) -> None:
        self.days.append(message.day)

    def on_day_list_occurrence_chosen(self, message: AgendaList.OccurrenceChosen) -> None:
        self.chosen.append(message.row)

    def lines(self) -> list[str]:
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip)[:-1].strip() for strip in strips]

    def stands_on(self) -> str:
        assert self.list.row is not None
        return self.list.row.title


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize("size", SIZES)
async def test_it_begins_at_its_day_with_more_on_either_side(size: tuple[int, int]) -> None:
    app = Agenda(step=2, start=after(10))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert app.lines()[:4] == ["Tuesday, Dec 1", f"9:00–9:50 am  Thing {after(10)} 0", "Mill St", "Thursday, Dec 3"]
        assert app.list.day == after(10)
        assert app.days == []
        before = app.lines()
        await pilot.pause()
        assert app.lines() == before
        assert app.list.rows[0].day is not None
        assert app.list.rows[0].day < after(0)
        await pilot.press("up")
        assert app.list.day == after(8)
        await pilot.press("down", "down")
        assert app.days == [after(8), after(10), after(12)]


async def test_going_on_by_rows_comes_by_every_appointment_once() -> None:
    app = Agenda(step=1, per_day=9)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        seen = [app.stands_on()]
        for step, count in ((1, 700), (-1, 1400)):
            for number in range(count):
                app.list.action_step(step)  # as Down and Up do, without what the pilot takes to press them
                seen.append(app.stands_on())
                if number % 50 == 0:
                    await pilot.pause()
        wanted = [f"Thing {after(n // 9)} {n % 9}" for n in (*range(701), *range(699, -701, -1))]
        assert seen == wanted
        assert len(app.list.rows) < 500
        await pilot.pause()
        assert app.days[-1] == after(-78)


async def test_pages_the_wheel_and_the_bar_go_on_as_well() -> None:
    app = Agenda(step=1, per_day=4)
    async with app.run_test(size=(60, 12)) as pilot:
        for key, step in (("pagedown", 1), ("pageup", -1)):
            for _ in range(7):
                day, line = app.list.day, app.stands_on()
                await pilot.press(key)
                assert (app.list.day - day).days * step >= 0
                assert app.stands_on() != line
                assert any(app.stands_on() in each for each in app.lines())
        assert abs((app.list.day - TODAY).days) < 20
        day, top = app.list.day, app.lines()
        for _ in range(5):
            await pilot._post_mouse_events([events.MouseScrollDown], AgendaList, (4, 4))
        assert app.lines() != top
        assert app.list.day == day
        for _ in range(45):
            app.list.scroll_relative(y=30, animate=False)
            await pilot.pause()
        assert app.list.day > after(20)  # the row it stood on was let go of
        assert len(app.list.rows) < 500
        day = app.list.day
        await pilot.press("end", "end", "end")
        assert app.list.day > day


async def test_nothing_is_read_while_the_bar_is_dragged() -> None:
    app = Agenda(step=1, per_day=4)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        app.list.vertical_scrollbar.grabbed = Offset(59, 1)
        loads = app.loads
        app.list.scroll_end(animate=False)
        await pilot.pause()
        assert app.loads == loads
        app.list.vertical_scrollbar.grabbed = None
        await pilot.pause()
        assert app.loads > loads
        assert app.list.max_scroll_y > app.list.scroll_y + 11


async def test_what_is_looked_at_stays_while_rows_come_in_above_and_below() -> None:
    app = Agenda(step=3, per_day=3)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press(*["up"] * 3)
        for _ in range(15):
            top = app.lines()
            app.list._read_on(End.BEFORE)
            app.list._read_on(End.AFTER)
            await pilot.pause()
            assert app.lines() == top
            assert app.stands_on() == f"Thing {after(-3)} 0"
            await pilot.pause()
            assert app.list.vertical_scrollbar.position == int(app.list.scroll_y)


async def test_days_with_more_than_is_held_at_once() -> None:
    app = Agenda(step=1, per_day=350)
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        for step in (1, -1):
            day = app.list.day
            for number in range(65):
                app.list.action_page(step)
                if number % 6 == 0:
                    await pilot.pause()
            assert (app.list.day - day).days * step > 0
            assert len(app.list.rows) <= 1400
            assert any(app.stands_on() in each for each in app.lines())


async def test_both_ends_say_so() -> None:
    app = Agenda(step=7, span=21)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press(*["down"] * 5)
        await pilot.pause()
        assert app.lines()[-2:] == ["Mill St", "Nothing more planned."]
        assert app.list.day == after(21)
        await pilot.press(*["up"] * 9)
        await pilot.pause()
        assert app.lines()[:2] == ["Nothing before.", "Saturday, Oct 31"]
        assert app.list.day == after(-21)
        await pilot.press("pagedown", "pagedown", "pagedown", "pagedown")
        assert app.lines()[-1] == "Nothing more planned."
        app.list.start_at(TODAY, TODAY)
        await pilot.press("home")  # before it is known that nothing is there
        await pilot.pause()
        await pilot.pause()
        assert app.lines()[0] == "Nothing before."
        assert app.list.day == after(-21)


async def test_an_empty_calendar_has_its_day_to_stand_on() -> None:
    app = Agenda(span=0, start=after(3))
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        said = [line for line in app.lines() if line]
        assert said == [
            "Nothing before.",
            "Today · Saturday, Nov 21",
            "Nothing planned.",
            "Tuesday, Nov 24",
            "Nothing planned.",
            "Nothing more planned.",
        ]
        assert (app.list.day, app.list.row and app.list.row.key) == (after(3), NOTHING)
        await pilot.press("down", "enter", "up", "pagedown", "pageup", "home", "left", "right", "end")
        assert app.chosen[0].day == after(3)
        assert app.list.day == after(3)
        app.on = {after(3): 1}
        app.list.reload()
        assert app.stands_on() == f"Thing {after(3)} 0"
        await pilot.pause()
        assert app.lines()[3:7] == [
            "Tuesday, Nov 24",
            f"9:00–9:50 am  Thing {after(3)} 0",
            "Mill St",
            "Nothing more planned.",
        ]


async def test_it_says_where_nothing_of_what_is_shown_is() -> None:
    app = Agenda(span=0)
    async with app.run_test(size=(60, 10)) as pilot:
        app.list.filtered = True
        app.list.reload()
        await pilot.pause()
        said = [line for line in app.lines() if line]
        assert said == ["None of these before.", "Today · Saturday, Nov 21", "None of these.", "No more of these."]
        app.list.filtered = False
        app.list.reload()
        await pilot.pause()
        assert "Nothing planned." in app.lines()


async def test_left_and_right_go_by_days() -> None:
    app = Agenda(step=5, per_day=3)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press("down", "right", "right")
        assert app.stands_on() == f"Thing {after(10)} 0"
        for _ in range(30):
            app.list.action_day(-1)
        assert app.list.day == after(-140)


async def test_it_is_read_again_in_place() -> None:
    app = Agenda(step=2, per_day=2)
    async with app.run_test(size=(60, 12)) as pilot:
        for _ in range(60):
            app.list.action_step(1)
        await pilot.pause()
        day, line = app.list.day, app.stands_on()
        top = app.lines()
        app.place = "Main St"
        loads = app.loads
        app.list.reload()
        assert app.loads == loads + 1
        await pilot.pause()
        assert app.lines() == [each.replace("Mill", "Main") for each in top]
        assert (app.list.day, app.stands_on()) == (day, line)
        app.on |= {each: 4 for each in app.on if each < day}
        app.list.reload()
        await pilot.pause()
        assert app.stands_on() == line
        at = next(n for n, each in enumerate(app.lines()) if line in each)
        assert at == next(n for n, each in enumerate(top) if line in each)
        app.on |= {each: 1 for each in app.on if each < day}  # fewer above it: its number says nothing
        told = len(app.days)
        del app.on[day]
        app.list.reload()
        await pilot.pause()
        assert app.list.day == day + timedelta(days=2)  # the next there is
        assert app.days[told:] == [app.list.day]


async def test_a_new_width_keeps_the_row_on_its_line() -> None:
    app = Agenda(step=2)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press(*["down"] * 20)
        at = next(n for n, each in enumerate(app.lines()) if app.stands_on() in each)
        await pilot.resize_terminal(30, 12)
        await pilot.pause()
        day = app.list.day
        assert app.stands_on() == f"Thing {day} 0"
        assert any(str(day) in each for each in app.lines()[at : at + 2])


async def test_it_is_at_its_day_when_it_is_shown_later() -> None:
    app = Agenda(step=2, span=40)
    async with app.run_test(size=(60, 12)) as pilot:
        app.list.display = False
        await pilot.pause()
        app.list.start_at(after(20), TODAY)
        app.list.display = True
        await pilot.pause()
        await pilot.pause()
        assert app.lines()[0] == "Friday, Dec 11"
        assert app.list.choose((f"{after(20)} 0", None), after(20))
        assert not app.list.choose((f"{after(20)} 0", None), after(21))


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (60, 1), (1, 30)])
async def test_tiny_places_do_not_crash(size: tuple[int, int]) -> None:
    app = Agenda(step=2, span=30)
    async with app.run_test(size=(80, 24)) as pilot:
        app.list.styles.width, app.list.styles.height = size
        await pilot.press("down", "pagedown", "pageup", "up", "left", "right", "end", "home", "enter")
        assert app.chosen


async def test_what_can_not_be_read_is_told_and_the_rest_stays() -> None:
    told: list[CompanionError] = []

    class Told(HeldWidget, AgendaList):
        pass

    class Failing(HeldWidget, Agenda):  # type: ignore[misc]  # two ways of handling a message
        tell = staticmethod(told.append)

        def load(self, first: date, until: date) -> Sequence[Row]:
            if first >= after(40):
                raise StorageError("The file can't be read.")
            return super().load(first, until)

    app = Failing()
    app.list = Told(app.load)
    async with app.run_test(size=(60, 12)) as pilot:
        for _ in range(12):
            await pilot.press("pagedown")
        assert app.is_running
        assert {str(error) for error in told} == {"The file can't be read."}
        assert any(app.stands_on() in line for line in app.lines())
