"""Progress answers: how far have I come? And whatever the week was like, it takes nothing away."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

import pytest
from app_kit import SIZES, ZONE, event, running, session, shown
from conftest import NASTY
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import Input, Static

from companion.domain.attendance import Attendance, Mark
from companion.domain.clock import FixedClock
from companion.domain.diary import Done
from companion.domain.goal import Goal, Pause, Period
from companion.domain.recurrence import Frequency, RecurrenceRule, Weekday
from companion.messages import DataChanged
from companion.screens.goal_form import GoalForm
from companion.screens.pause_form import PauseForm
from companion.screens.progress import ProgressScreen
from companion.services.session import Session
from companion.store.records import AttendanceStore, DoneStore
from companion.themes import NAMES
from companion.widgets.goal_list import GoalList
from companion.widgets.year_map import YearMap

# Saturday 21 November 2026, 9 am in New York; her weeks begin on Sunday.
TODAY = date(2026, 11, 21)
SEPTEMBER = date(2026, 9, 6)
GROUPS = Goal("groups", "Groups", 1, Period.WEEK, SEPTEMBER, kinds=("group-therapy",))
NEVER_SAID = re.compile(
    r"\b(missed|broken|fail\w*|lost|overdue|should|must|just|easy|relapse\w*|clean|streak|compliance)\b", re.IGNORECASE
)


def went(opened: Session, *days: date, kind: str = "group-therapy", mark: Mark = Mark.ATTENDED) -> None:
    with opened.database.act("marked") as work:
        for day in days:
            start = datetime.combine(day, time(18))
            end = start + timedelta(hours=1)
            AttendanceStore(opened.database).put(
                work,
                Attendance(f"{kind} {mark}", start, mark, day, start, end, "Group", kind, opened.clock.now()),
            )


def did(opened: Session, *days: date) -> None:
    with opened.database.act("did") as work:
        for day in days:
            DoneStore(opened.database).put(work, Done(f"did {day}", "peekaboo", day, opened.clock.now(), ZONE))


def tuesdays(number: int, first: date = date(2026, 9, 8)) -> list[date]:
    return [first + timedelta(weeks=n) for n in range(number)]


def settled(opened: Session) -> None:
    """Eleven Tuesdays kept, this week's too."""
    went(opened, *tuesdays(11))
    opened.progress.put_goal(GROUPS)


async def visit(pilot: Pilot[None]) -> str:
    await pilot.press("4")
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    return shown(pilot)


async def again(pilot: Pilot[None]) -> str:
    """What stands there once something was stored."""
    pilot.app.post_message(DataChanged())
    await pilot.pause()
    return shown(pilot)


async def press(pilot: Pilot[None], *keys: str) -> str:
    await pilot.press(*keys)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    return shown(pilot)


async def write(pilot: Pilot[None], name: str, text: str) -> None:
    """Put `text` in a line of the form."""
    pilot.app.screen.query_one(f"#field-{name} Input", Input).value = text
    await pilot.pause()


def notices(pilot: Pilot[None]) -> str:
    return " ".join(notice.message for notice in pilot.app._notifications)


def understood(pilot: Pilot[None]) -> str:
    """What the form says it has read."""
    return str(pilot.app.screen.query_one("#understood", Static).content)


def figures_of(text: str) -> str:
    """The words of a screen without its lines and frames."""
    return " ".join(text.replace("│", " ").split())


# What is shown


async def test_from_nothing_at_all_to_weeks_kept_and_a_rest(clock: FixedClock) -> None:
    """What to do first; then what was done, without a goal; then a goal without a row of zeros; then what is kept."""
    opened = session(clock)
    async with running(opened) as pilot:
        text = await visit(pilot)
        assert "Nothing here yet, and nothing is asked of you." in text
        assert "Press a for a goal of your own" in text
        assert not pilot.app.screen.query_one(YearMap).display
        for heading in ("Days of", "How appointments went", "Reached"):
            assert heading not in text
        assert [word for _key, word in pilot.app.screen.query_one("#key-line").shown()] == ["Add", "Pause"]

        did(opened, date(2026, 11, 20))
        text = await again(pilot)
        assert "So far: 1 thing done together. All of it stays." in text
        assert "Press a for a goal of your own" in text
        assert "1 day with something done in 2026" in text

        opened.progress.put_goal(GROUPS)
        text = await again(pilot)
        assert "It begins with the first time, whenever you like." in text
        assert "0 weeks" not in text and "0%" not in text and "best run" not in text

        went(opened, *tuesdays(7))
        told = figures_of(await again(pilot))
        assert "A new run starts whenever you like. 7 done so far, best run 7 weeks. All kept." in told
        assert "a new one 7 weeks 7 weeks, done 7 times" in told
        assert "0 weeks" not in told


@pytest.mark.parametrize(("size", "theme"), list(zip(SIZES, NAMES, strict=True)))
async def test_figures_map_and_sentence_are_there_at_every_size_and_in_every_theme(
    clock: FixedClock, size: tuple[int, int], theme: str
) -> None:
    """The four figures stand together, the total first; then the map's sentence and what was reached."""
    opened = session(clock)
    opened.change_settings(theme=theme)
    settled(opened)
    async with running(opened, size=size) as pilot:
        text = await visit(pilot)
        below = await press(pilot, "end")
    assert "So far: 11 appointments kept. All of it stays." in text
    for name in ("current run", "best run", "total kept", "last 30 days"):
        assert name in text
    told = figures_of(text + below)
    assert "1 of 1 this week, kept" in told
    if size[0] >= 80:
        assert "current run best run total kept last 30 days 11 weeks 11 weeks 11 weeks, done 11 times 100%" in told
    assert "11 days with something done in 2026" in told
    assert "You showed up 10 times. Before that: 1, 5." in told


async def test_counts_stand_before_the_rate_and_what_was_reached_is_told_in_words(clock: FixedClock) -> None:
    opened = session(clock)
    went(opened, *tuesdays(8))
    went(opened, date(2026, 11, 10), mark=Mark.MISSED)
    went(opened, date(2026, 11, 17), mark=Mark.CANCELLED_BY_PROVIDER)
    did(opened, TODAY)
    opened.planner.add(event("Hearing", datetime(2026, 11, 3, 9), kind="court"))
    async with running(opened, size=(120, 40)) as pilot:
        text = await visit(pilot)
    assert re.search(r"Group therapy +8 of 9, 89%\. Beside it: 1 cancelled by the provider\.", text)
    assert re.search(r"Court and legal +Nothing to count yet\. Beside it: 1 not recorded\.", text)
    assert "This is your own record, as you marked it." in text
    assert "You showed up 5 times. Before that: 1." in text
    assert "Your first activity together." in text


async def test_marking_one_and_doing_one_move_the_figures_at_once(clock: FixedClock) -> None:
    opened = session(clock)
    opened.planner.add(event("Group", datetime(2026, 11, 20, 15)))
    opened.progress.put_goal(GROUPS)
    opened.progress.put_goal(Goal("read", "Together", 1, Period.DAY, TODAY, activities=True))
    async with running(opened) as pilot:
        assert "0 of 1 this week" in await visit(pilot)
        await press(pilot, "1", "w")
        text = await visit(pilot)
        assert "1 of 1 this week, kept" in text
        opened.diary.finish("peekaboo", "Peekaboo")
        await press(pilot, "1")
        text = await visit(pilot)
    assert "1 of 1 today, kept" in text
    assert "1 appointment kept and 1 thing done together" in text


async def test_the_map_says_the_same_in_a_sentence_and_goes_from_year_to_year(clock: FixedClock) -> None:
    opened = session(clock)
    did(opened, date(2025, 12, 30), date(2025, 12, 31), TODAY)
    opened.progress.put_pause(Pause("", date(2026, 2, 1), date(2026, 2, 3)))
    async with running(opened) as pilot:
        text = await visit(pilot)
        assert "1 day with something done in 2026, most in November (1). 3 days paused." in text
        text = await press(pilot, "pageup")
        assert "Days of 2025" in text
        assert "2 days with something done in 2025, most in December (2)." in text
        assert "Days of 2025" in await press(pilot, "pageup"), "there is no year before the first entry"
        assert "Days of 2026" in await press(pilot, "pagedown")
        assert "Days of 2026" in await press(pilot, "pagedown")


async def test_a_pause_that_is_on_says_so_and_how_it_ends(clock: FixedClock) -> None:
    opened = session(clock)
    settled(opened)
    opened.progress.put_pause(Pause("", date(2026, 11, 18), None, "ill"))
    async with running(opened) as pilot:
        text = await visit(pilot)
    assert "You are in a pause since Wed, Nov 18. Nothing is asked of you. p ends it." in text


async def test_who_comes_back_is_welcome_and_may_mark_the_time_as_a_pause(clock: FixedClock) -> None:
    opened = session(clock)
    went(opened, *tuesdays(7))  # up to October 20
    opened.progress.put_goal(GROUPS)
    async with running(opened) as pilot:
        text = await visit(pilot)
        assert "Welcome back. 7 done so far, all kept." in figures_of(text)
        assert "Either answer is fine." in figures_of(text)
        await press(pilot, "p", "ctrl+s")
        assert opened.progress.pauses()[0].begins == date(2026, 10, 21)
        assert opened.progress.pauses()[0].ends == date(2026, 11, 20)
        told = figures_of(shown(pilot))
    assert "Welcome back" not in told
    assert "7 weeks 7 weeks 7 weeks, done 7 times" in told  # the run stands again


# Goals


async def test_the_first_goal_takes_three_keys_and_its_name(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        await pilot.press("4", "a")
        await pilot.pause()
        await pilot.press(*"Groups")
        await pilot.press("ctrl+s")
        text = await press(pilot)
    (goal,) = opened.progress.goals()
    assert (goal.name, goal.times, goal.per, goal.kinds) == ("Groups", 1, Period.WEEK, ("group-therapy",))
    assert goal.begins == date(2026, 11, 15), "the whole of this week counts"
    assert "Groups  group therapy" in text


async def test_what_counts_follows_the_name(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        await visit(pilot)
        await press(pilot, "a")
        for name, counts in (
            ("Groups", "group therapy"),
            ("NA meetings", "support group"),
            ("Reading with M", "activities together"),
            ("Work shifts", "activities together"),  # a kind that keeps no record of attendance
        ):
            await write(pilot, "name", name)
            assert understood(pilot).startswith(f"Once a week: {counts}. "), name
        await press(pilot, "ctrl+s")
    (goal,) = opened.progress.goals()
    assert (goal.kinds, goal.activities) == ((), True)


async def test_what_she_chose_to_count_no_longer_follows_the_name(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        await visit(pilot)
        await press(pilot, "a")
        pilot.app.screen.query_one("#field-kinds .field-control").focus()
        await press(pilot, "enter", "space", "down", "down", "space", "enter")
        await write(pilot, "name", "Court dates")
        await press(pilot, "ctrl+s")
    (goal,) = opened.progress.goals()
    assert (goal.kinds, goal.activities) == (("individual-therapy", "family-therapy"), True)


async def test_every_line_of_the_form_reaches_the_goal(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        await visit(pilot)
        await press(pilot, "a")
        for name, text in (("name", "Reading"), ("times", "5"), ("begins", "nov 1"), ("ends", "dec 5")):
            await write(pilot, name, text)
        pilot.app.screen.query_one("#field-per .field-control").focus()
        await press(pilot, "right")
        pilot.app.screen.query_one("#field-child .field-control").focus()
        await press(pilot, "right")
        assert understood(pilot) == "5 times a month: activities together, for M. Counts from Sun, Nov 1 on."
        await press(pilot, "ctrl+s")
    (goal,) = opened.progress.goals()
    wanted = Goal(
        goal.id, "Reading", 5, Period.MONTH, date(2026, 11, 1), date(2026, 12, 5), activities=True, child="mia"
    )
    assert goal == wanted


async def test_what_is_wrong_is_said_beside_its_line_and_not_saved(clock: FixedClock) -> None:
    opened = session(clock)
    right = {"name": "Groups", "times": "1", "begins": "", "ends": ""}
    async with running(opened) as pilot:
        await visit(pilot)
        await press(pilot, "a")
        await write(pilot, "name", "Groups")
        for name, text, said in (
            ("name", "", "The goal has no name yet."),
            ("times", "0", "How often is a number from 1 to 100."),
            ("times", "three", "How often is a number from 1 to 100."),
            ("times", "²", "How often is a number from 1 to 100."),
            ("begins", "someday", "That day is not clear."),
            ("ends", "2026-11-01", "It would end before it begins."),
        ):
            await write(pilot, name, text)
            await pilot.press("ctrl+s")
            assert said in figures_of(shown(pilot)), (name, text)
            assert isinstance(pilot.app.screen, GoalForm)
            await write(pilot, name, right[name])
        await write(pilot, "name", "Something")  # which counts the activities, and then not even those
        pilot.app.screen.query_one("#field-activities .field-control").focus()
        assert "Nothing counts yet." in await press(pilot, "space", "ctrl+s")
    assert opened.progress.goals() == []


async def test_a_goal_is_changed_and_taken_off_and_undo_brings_it_back(clock: FixedClock) -> None:
    opened = session(clock)
    settled(opened)
    async with running(opened) as pilot:
        await visit(pilot)
        await press(pilot, "enter")
        await write(pilot, "name", "Groups and calls")
        assert "Groups and calls" in await press(pilot, "ctrl+s")
        assert "Groups  group therapy" in await press(pilot, "ctrl+z")
        assert opened.progress.goals() == [GROUPS]

        text = await press(pilot, "x")
        assert "11 times done stay in your record." in notices(pilot)
        assert "11 appointments kept" in text
        assert opened.progress.goals() == []
        assert "11 weeks, done 11 times" in await press(pilot, "ctrl+z")


async def test_asking_more_says_that_what_was_kept_stays_and_keeps_it(clock: FixedClock) -> None:
    opened = session(clock)
    settled(opened)
    async with running(opened) as pilot:
        await visit(pilot)
        await press(pilot, "enter")
        await write(pilot, "times", "3")
        assert understood(pilot).endswith("This counts from tomorrow on. What you kept so far stays as it is.")
        told = figures_of(await press(pilot, "ctrl+s"))
    assert "11 weeks 11 weeks 11 weeks, done 11 times 100%" in told
    assert "Groups group therapy from tomorrow" in told


async def test_the_name_that_a_plan_counts_toward_stays(clock: FixedClock) -> None:
    opened = session(clock)
    opened.progress.put_goal(Goal("plan", "Groups", 2, Period.WEEK, SEPTEMBER, source="plan-1"))
    async with running(opened) as pilot:
        assert "what your plan counts for it" in await visit(pilot)
        text = await press(pilot, "enter")
        assert "Groups, from your plan." in text
        assert not pilot.app.screen.query("#field-name")
        await write(pilot, "times", "1")
        await press(pilot, "ctrl+s")
    (goal,) = opened.progress.goals()
    assert (goal.name, goal.times, goal.source) == ("Groups", 1, "plan-1")


async def test_a_goal_that_is_over_is_kept_and_not_changed(clock: FixedClock) -> None:
    opened = session(clock)
    went(opened, *tuesdays(4))
    opened.progress.put_goal(Goal("old", "Class", 1, Period.WEEK, SEPTEMBER, date(2026, 10, 3), ("group-therapy",)))
    async with running(opened) as pilot:
        assert "until Sat, Oct 3" in await visit(pilot)
        await press(pilot, "enter")
        assert "This goal is over, and all of it is kept." in notices(pilot)
        assert isinstance(pilot.app.screen, ProgressScreen)


async def test_the_arrow_keys_go_to_the_next_goal_and_then_down_the_page(clock: FixedClock) -> None:
    opened = session(clock)
    settled(opened)
    for number in range(6):
        opened.progress.put_goal(Goal(f"g{number}", f"Goal {number}", 1, Period.DAY, TODAY, activities=True))
    did(opened, TODAY)
    async with running(opened) as pilot:
        await visit(pilot)
        goals = pilot.app.screen.query_one(GoalList)
        await press(pilot, *["down"] * 6)
        assert (goals.index, "› Goal 5" in shown(pilot)) == (6, True)
        text = await press(pilot, *["down"] * 20)
        assert "Reached" in text and "› Goal 5" not in text
        await press(pilot, "x")
        assert len(opened.progress.goals()) == 7, "what can't be seen isn't taken off"
        assert "› Goal 5" in shown(pilot)
        await press(pilot, "x")
        assert len(opened.progress.goals()) == 6
        await press(pilot, "end")
        assert "So far" in await press(pilot, *["up"] * 30)
        assert goals.index == 0


async def test_a_click_marks_a_goal_and_a_second_one_opens_it(clock: FixedClock) -> None:
    opened = session(clock)
    settled(opened)
    opened.progress.put_goal(Goal("read", "Reading", 1, Period.DAY, TODAY, activities=True))
    async with running(opened) as pilot:
        await visit(pilot)
        await pilot.click("#goals", offset=(4, 4))
        await pilot.pause()
        assert pilot.app.screen.query_one(GoalList).index == 1
        await pilot.click("#goals", offset=(4, 4))
        await pilot.pause()
        assert isinstance(pilot.app.screen, GoalForm)


# Pauses


async def test_a_week_ill_can_be_entered_afterwards(clock: FixedClock) -> None:
    opened = session(clock)
    days = tuesdays(11)
    del days[7:9]
    went(opened, *days)
    opened.progress.put_goal(GROUPS)
    async with running(opened) as pilot:
        assert "2 weeks         7 weeks" in await visit(pilot)
        await press(pilot, "p")
        await write(pilot, "begins", "oct 25")
        await write(pilot, "ends", "nov 7")
        pilot.app.screen.query_one("#field-reason .field-control").focus()
        await press(pilot, "right")
        assert "14 days" in shown(pilot)
        text = await press(pilot, "ctrl+s")
        assert "9 weeks         9 weeks" in text
    (pause,) = opened.progress.pauses()
    assert (pause.begins, pause.ends, pause.reason) == (date(2026, 10, 25), date(2026, 11, 7), "ill")


async def test_a_pause_may_stay_open_for_one_goal_with_a_reason_of_her_own(clock: FixedClock) -> None:
    opened = session(clock)
    settled(opened)
    opened.progress.put_goal(Goal("read", "Reading", 1, Period.DAY, TODAY, activities=True))
    async with running(opened) as pilot:
        await visit(pilot)
        await press(pilot, "p")
        pilot.app.screen.query_one("#field-reason .field-control").focus()
        await press(pilot, "left")  # from the first answer back to the last: her own words
        await write(pilot, "own", "Grandma is here")
        pilot.app.screen.query_one("#field-goals .field-control").focus()
        await press(pilot, "enter", "down", "enter")
        await press(pilot, "ctrl+s")
        text = await visit(pilot)
    (pause,) = opened.progress.pauses()
    assert (pause.begins, pause.ends, pause.reason, pause.goals) == (TODAY, None, "Grandma is here", ("read",))
    assert "You are in a pause" not in text
    assert "paused, nothing to do" in text


async def test_p_and_two_enters_end_the_pause_that_is_on(clock: FixedClock) -> None:
    """Yesterday, or today where the day itself was still one to rest."""
    opened = session(clock)
    opened.progress.put_pause(Pause("old", date(2026, 9, 1), date(2026, 9, 3)))
    opened.progress.put_pause(Pause("on", date(2026, 11, 18), None, "child-ill"))
    async with running(opened) as pilot:
        await visit(pilot)
        for keys, last in ((["enter"], date(2026, 11, 20)), (["down", "enter"], TODAY)):
            text = await press(pilot, "p")
            assert "From Wed, Nov 18, open · everything · my child is ill" in text
            await press(pilot, "enter", *keys)
            ends = {pause.id: pause.ends for pause in opened.progress.pauses()}
            assert ends == {"old": date(2026, 9, 3), "on": last}
            await press(pilot, "ctrl+z")
            assert opened.progress.pauses()[1].ends is None


async def test_a_pause_is_changed_or_taken_off_from_its_list(clock: FixedClock) -> None:
    opened = session(clock)
    opened.progress.put_pause(Pause("old", date(2026, 9, 1), date(2026, 9, 3), "a reason of mine"))
    async with running(opened) as pilot:
        await visit(pilot)
        await press(pilot, "p", "down", "enter", "enter")
        assert isinstance(pilot.app.screen, PauseForm)
        await write(pilot, "ends", "sep 5")
        await press(pilot, "ctrl+s")
        assert opened.progress.pauses() == [Pause("old", date(2026, 9, 1), date(2026, 9, 5), "a reason of mine")]
        await press(pilot, "p", "down", "enter", "down", "enter")
        assert opened.progress.pauses() == []


async def test_a_pause_that_cannot_be_read_is_not_saved(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        await visit(pilot)
        await press(pilot, "p")
        for begins, ends, said in (
            ("", "", "That day is not clear."),
            ("nov 3", "2026-11-01", "It would end before it begins."),
            ("whenever", "", "That day is not clear."),
        ):
            await write(pilot, "begins", begins)
            await write(pilot, "ends", ends)
            await pilot.press("ctrl+s")
            assert said in figures_of(shown(pilot)), (begins, ends)
    assert opened.progress.pauses() == []


async def test_what_is_half_typed_is_offered_again(clock: FixedClock) -> None:
    opened = session(clock)
    async with running(opened) as pilot:
        await visit(pilot)
        for key in ("a", "p"):
            await press(pilot, key)
            await write(pilot, "ends", "dec 5")
            await pilot.press("escape")
            assert "F8 brings it back" in await press(pilot, key)
            await pilot.press("f8")
            assert pilot.app.screen.query_one("#field-ends Input", Input).value == "dec 5"
            await pilot.press("escape")


# Everywhere


@pytest.mark.parametrize("size", [(60, 20)])
async def test_no_name_and_no_reason_harms_any_screen(clock: FixedClock, size: tuple[int, int]) -> None:
    opened = session(clock)
    settled(opened)
    for number, text in enumerate(NASTY):
        goal = Goal(f"n{number}", text, 1, Period.WEEK, SEPTEMBER, kinds=("group-therapy",))
        opened.progress.put_goal(goal)
        opened.progress.put_pause(Pause(f"p{number}", date(2026, 3, 1), date(2026, 3, 2), text, (goal.id,)))
    async with running(opened, size=size) as pilot:
        await visit(pilot)
        for keys in (["down"] * 8, ["enter"], ["escape", "escape"], ["p"], ["down", "enter"], ["escape", "x"]):
            text = await press(pilot, *keys)
            assert not any(letter in text for letter in "\x1b\x9b\u202e\u2066\x00")
            assert max(cell_len(line) for line in text.splitlines()) <= size[0]
        assert pilot.app.is_running


async def test_nothing_that_is_said_shames(clock: FixedClock) -> None:
    opened = session(clock)
    went(opened, *tuesdays(3))
    went(opened, *tuesdays(4, date(2026, 10, 6)), mark=Mark.MISSED)
    weekly = RecurrenceRule(Frequency.WEEKLY, by_day=(Weekday(1),))
    opened.planner.add(event("Class", datetime(2026, 10, 6, 10), kind="parenting-class", rule=weekly))
    opened.progress.put_goal(GROUPS)
    opened.progress.put_goal(Goal("read", "Together", 3, Period.DAY, SEPTEMBER, activities=True))
    opened.progress.put_pause(Pause("p", date(2026, 11, 20), None, "ill"))
    said = [ProgressScreen.ABOUT, GoalForm.ABOUT, PauseForm.ABOUT, *(c.help for c in ProgressScreen.COMMANDS)]
    async with running(opened, size=(120, 40)) as pilot:
        said.append(await visit(pilot))
        for keys in (["enter"], ["escape", "escape", "p"], ["enter"], ["escape", "p", "up", "enter"]):
            said.append(await press(pilot, *keys))
    for text in said:
        assert not NEVER_SAID.search(text), NEVER_SAID.search(text)
        assert "!" not in text
