"""From what a coach writes to events: phases, skips, moves, holidays, identity (docs/plan-file.md)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from companion.domain.event import Event, Override
from companion.domain.expansion import occurrences
from companion.domain.finding import Finding, Level
from companion.domain.plan import HolidayPolicy, PlanHeader
from companion.domain.plan_build import build_plan
from companion.domain.plan_draft import ItemDraft
from companion.domain.plan_identity import item_key, item_of, item_uid, stamp
from companion.domain.plan_item import Built, build_item
from companion.domain.plan_rewrite import draft_of

MONDAY = datetime(2026, 9, 7, 9)
HEADER = PlanHeader("river-17", 2, "America/New_York", reminders=(120, 1440))
GROUP = ItemDraft("group", "Group", MONDAY, kind="group-therapy", length=timedelta(hours=3), line=7)


def build(draft: ItemDraft = GROUP, header: PlanHeader = HEADER, **fields: object) -> Built:
    return build_item(replace(draft, **fields), header, "plan.toml")  # type: ignore[arg-type]


def events(*args: object, **fields: object) -> tuple[Event, ...]:
    built = build(*args, **fields)  # type: ignore[arg-type]
    assert built.item is not None, built.findings
    return built.item.events


def errors(**fields: object) -> list[Finding]:
    built = build(**fields)
    assert built.item is None
    return [finding for finding in built.findings if finding.level is Level.ERROR]


def days(event: Event, until: datetime = datetime(2028, 1, 1)) -> list[date]:
    return [o.day for o in occurrences(event, datetime(2026, 1, 1), until)]


class TestPhases:
    def test_each_phase_is_an_event_and_the_next_begins_after_it(self) -> None:
        made = events(
            starts=datetime(2026, 9, 8, 14),
            phases=(
                "every week on Tue for 12 weeks",
                "every 2 weeks on Tue for 12 weeks",
                "every month on the 2nd Tue",
            ),
        )
        assert [e.start for e in made] == [
            datetime(2026, 9, 8, 14),
            datetime(2026, 12, 1, 14),
            datetime(2027, 3, 9, 14),
        ]
        assert [e.origin.key for e in made if e.origin] == ["group/1", "group/2", "group/3"]
        assert len({e.uid for e in made}) == 3

    def test_an_extra_date_is_an_event_of_its_own(self) -> None:
        made = events(repeat="every Mon for 3 weeks", extra=(datetime(2026, 10, 31, 10),))
        assert made[1].rule is None
        assert made[1].origin is not None
        assert made[1].origin.key == "group/2026-10-31T10:00:00"

    def test_two_ways_to_repeat_are_one_too_many(self) -> None:
        [finding] = errors(repeat="every Mon", rrule="FREQ=WEEKLY")
        assert "both" in finding.text

    def test_a_wrong_sentence_names_field_and_mend(self) -> None:
        [finding] = errors(repeat="every Mond", lines={"repeat": 31})
        assert str(finding) == 'plan.toml:31 item "group" · repeat: "every Mond" is not a day. Did you mean Mon?'

    def test_a_start_that_is_no_day_of_its_rule(self) -> None:
        for fields in ({"repeat": "every Tue"}, {"rrule": "FREQ=WEEKLY;BYDAY=TU"}):
            [finding] = errors(**fields)
            assert "2026-09-08" in finding.text + finding.mend

    def test_a_rule_that_gives_nothing_or_ends_too_late(self) -> None:
        assert errors(rrule="FREQ=YEARLY;UNTIL=20250101")
        assert errors(rrule="FREQ=YEARLY;UNTIL=21500101")


class TestSkipsAndMoves:
    weekly = "every Mon and Wed for 8 weeks"

    def test_skips_and_moves_name_sessions(self) -> None:
        moved = (datetime(2026, 10, 12, 9), datetime(2026, 10, 13, 13))
        [made] = events(repeat=self.weekly, skip=(date(2026, 9, 21),), moved=(moved,))
        assert made.skips == (datetime(2026, 9, 21, 9),)
        assert made.overrides == (Override(moved[0], start=moved[1]),)

    def test_a_move_to_a_day_keeps_the_time(self) -> None:
        [made] = events(repeat=self.weekly, moved=((date(2026, 10, 12), date(2026, 10, 13)),))
        assert made.overrides[0].start == datetime(2026, 10, 13, 9)

    def test_a_day_without_session_is_told_the_nearest(self) -> None:
        [finding] = errors(repeat=self.weekly, skip=(date(2026, 9, 22),))
        assert finding.mend == "The nearest are Mon 2026-09-21 and Wed 2026-09-23."

    def test_a_wrong_time_is_told_the_right_one(self) -> None:
        [finding] = errors(repeat=self.weekly, skip=(datetime(2026, 9, 21, 10),))
        assert finding.mend == "The session that day starts at 09:00."

    def test_both_skipped_and_moved(self) -> None:
        assert errors(repeat=self.weekly, skip=(date(2026, 9, 21),), moved=((datetime(2026, 9, 21, 9), MONDAY),))

    def test_a_single_appointment_has_nothing_to_skip(self) -> None:
        [finding] = errors(skip=(MONDAY.date(),))
        assert finding.mend == "Change starts, or take the item out."

    def test_an_extra_on_a_session_or_twice(self) -> None:
        assert errors(repeat=self.weekly, extra=(datetime(2026, 9, 9, 9),))
        assert errors(extra=(datetime(2026, 9, 9, 9), datetime(2026, 9, 9, 9)))
        assert errors(extra=(MONDAY,))

    def test_skips_find_their_phase(self) -> None:
        made = events(phases=("every Mon for 3 weeks", "every 2 weeks on Mon for 6 weeks"), skip=(date(2026, 9, 28),))
        assert (made[0].skips, made[1].skips) == ((), (datetime(2026, 9, 28, 9),))

    def test_all_day_items_take_days(self) -> None:
        allday = {"starts": datetime(2026, 9, 7), "all_day": True, "length": None, "repeat": "every Mon for 3 weeks"}
        [made] = events(**allday, skip=(date(2026, 9, 14),), moved=((date(2026, 9, 21), date(2026, 9, 22)),))
        assert made.duration == timedelta(days=1)
        assert days(made) == [date(2026, 9, 7), date(2026, 9, 22)]
        assert errors(**allday, moved=((date(2026, 9, 21), datetime(2026, 9, 22, 9)),))
        assert errors(**allday, extra=(datetime(2026, 9, 22, 9),))


class TestHolidays:
    thursday = date(2026, 11, 26)
    friday = date(2026, 11, 27)

    def header(self, policy: HolidayPolicy, *holidays: date) -> PlanHeader:
        return replace(HEADER, holidays=holidays or (self.thursday,), holiday_policy=policy)

    def test_skip_and_keep(self) -> None:
        fields = {"starts": datetime(2026, 11, 19, 9), "repeat": "every Thu for 3 weeks"}
        [skipped] = events(header=self.header(HolidayPolicy.SKIP), **fields)
        assert self.thursday not in days(skipped)
        [kept] = events(header=self.header(HolidayPolicy.KEEP), **fields)
        assert self.thursday in days(kept)

    def test_the_first_session_may_fall_on_a_holiday(self) -> None:
        [made] = events(header=self.header(HolidayPolicy.SKIP), starts=datetime(2026, 11, 26, 9), repeat="every Thu")
        assert days(made)[0] == date(2026, 12, 3)

    def test_the_next_working_day_is_no_weekend_and_no_holiday(self) -> None:
        header = self.header(HolidayPolicy.NEXT_WORKING_DAY, self.thursday, self.friday)
        [made] = events(header=header, starts=datetime(2026, 11, 19, 9), repeat="every Thu for 3 weeks")
        assert days(made) == [date(2026, 11, 19), date(2026, 11, 30), date(2026, 12, 3)]

    def test_where_the_item_already_meets_then_it_is_dropped_and_reported(self) -> None:
        built = build(
            header=self.header(HolidayPolicy.NEXT_WORKING_DAY),
            starts=datetime(2026, 11, 19, 9),
            repeat="every Thu and Fri for 2 weeks",
        )
        assert built.item is not None
        assert days(built.item.events[0]) == [date(2026, 11, 19), date(2026, 11, 20), self.friday]
        [finding] = built.findings
        assert (finding.level, finding.field) == (Level.NOTE, "holidays")
        assert "Thu 2026-11-26" in finding.text

    def test_two_holidays_do_not_land_on_one_day(self) -> None:
        header = self.header(HolidayPolicy.NEXT_WORKING_DAY, self.thursday, self.friday)
        built = build(header=header, starts=datetime(2026, 11, 19, 9), repeat="every Thu and Fri for 2 weeks")
        assert built.item is not None
        assert days(built.item.events[0])[-1] == date(2026, 11, 30)
        assert len(built.findings) == 1

    def test_what_the_coach_says_of_a_session_comes_first(self) -> None:
        moved = (datetime(2026, 11, 26, 9), datetime(2026, 11, 25, 9))
        [made] = events(
            header=self.header(HolidayPolicy.SKIP), starts=datetime(2026, 11, 19, 9), repeat="every Thu", moved=(moved,)
        )
        assert made.skips == ()
        assert date(2026, 11, 25) in days(made, datetime(2026, 12, 1))

    def test_a_single_appointment_stays_and_is_remarked_on(self) -> None:
        built = build(header=self.header(HolidayPolicy.SKIP), starts=datetime(2026, 11, 26, 9))
        assert built.item is not None
        assert [finding.level for finding in built.findings] == [Level.WARNING]


class TestIdentity:
    def test_uid_depends_on_plan_item_and_part_alone(self) -> None:
        one, other = (
            events(repeat="every Mon"),
            events(repeat="every Mon", title="Other", header=replace(HEADER, revision=9)),
        )
        assert one[0].uid == other[0].uid
        assert events(header=replace(HEADER, id="river-18"))[0].uid != one[0].uid

    def test_these_uids_never_change(self) -> None:
        # A changed namespace or key would double every appointment on every phone.
        assert item_uid("riverside-2026-017", item_key("iop-group", "1")) == "17d79ffb-580d-51d6-a87a-660cb284a73c"

    def test_slashes_do_not_confuse_keys(self) -> None:
        assert item_key("a/b", "c") != item_key("a", "b/c")
        assert item_of(item_key("a/b %2F", "1")) == "a/b %2F"
        assert item_uid("a/b", "c/1") != item_uid("a", "b/c/1")

    def test_stamps_come_from_the_plan(self) -> None:
        said = datetime(2026, 9, 1, 12, tzinfo=UTC)
        assert stamp(replace(HEADER, updated=said)) == said
        assert stamp(HEADER) < stamp(replace(HEADER, revision=3))
        [made] = events()
        assert made.created == made.updated == stamp(HEADER)
        assert made.sequence == 2

    def test_reminders_fall_back_to_the_plan_and_then_to_hers(self) -> None:
        assert events()[0].reminders == (120, 1440)
        assert events(reminders=())[0].reminders == ()
        assert events(header=replace(HEADER, reminders=()))[0].reminders is None


class TestLengths:
    def test_the_kind_knows_how_long(self) -> None:
        assert events(length=None)[0].duration == timedelta(minutes=90)

    @pytest.mark.parametrize("length", [timedelta(0), timedelta(days=8)])
    def test_timed_bounds(self, length: timedelta) -> None:
        assert errors(length=length)

    def test_all_day_lengths_are_days(self) -> None:
        assert errors(starts=datetime(2026, 9, 7), all_day=True, length=timedelta(hours=3))
        assert events(starts=datetime(2026, 9, 7), all_day=True, length=timedelta(days=90))


def test_an_hour_that_the_clocks_jump_over() -> None:
    built = build(starts=datetime(2026, 3, 8, 2, 30))
    assert built.item is not None
    assert "02:30" in built.findings[0].text


class TestPlan:
    def test_good_items_are_taken_and_wrong_ones_reported(self) -> None:
        plan = build_plan(HEADER, [replace(GROUP, repeat="every Mond"), replace(GROUP, id="b")], file="p")
        assert [item.id for item in plan.items] == ["b"]
        assert [finding.item for finding in plan.errors] == ["group"]

    def test_an_id_given_twice(self) -> None:
        plan = build_plan(HEADER, [GROUP, replace(GROUP, title="Other", line=20)], file="p")
        assert [event.title for event in plan.events] == ["Group"]
        assert (plan.errors[0].line, plan.errors[0].field) == (20, "id")
        assert "line 7" in plan.errors[0].text

    def test_a_refused_draft_is_looked_at_and_left_out(self) -> None:
        plan = build_plan(
            HEADER, [replace(GROUP, repeat="every Mond", refused=True), replace(GROUP, id="b", refused=True)]
        )
        assert not plan.items
        assert len(plan.errors) == 1

    def test_withheld_plans_still_say_everything(self) -> None:
        plan = build_plan(HEADER, [GROUP, replace(GROUP, id="b", repeat="every Mond")], withhold=True)
        assert not plan.items
        assert len(plan.errors) == 1

    def test_bounds(self) -> None:
        daily = replace(GROUP, repeat="every day until 2060-01-01")
        plan = build_plan(HEADER, [replace(daily, id=str(number)) for number in range(6)])
        assert not plan.items
        assert "50,000" in plan.errors[-1].text
        single = replace(GROUP, id="")
        plan = build_plan(HEADER, (replace(single, id=str(number)) for number in range(20_001)))
        assert not plan.items
        assert "20,000" in plan.errors[-1].text

    def test_an_empty_plan_is_remarked_on(self) -> None:
        assert [finding.level for finding in build_plan(HEADER, []).findings] == [Level.WARNING]


class TestBackAgain:
    @pytest.mark.parametrize(
        "fields",
        [
            {"repeat": "every Mon and Wed for 8 weeks", "skip": (date(2026, 9, 21),)},
            {"phases": ("every Mon for 4 weeks", "every 2 weeks on Mon"), "extra": (datetime(2026, 9, 8, 9),)},
            {"rrule": "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=5"},
            {"repeat": "every day for 90 times", "moved": ((datetime(2026, 9, 9, 9), datetime(2026, 9, 9, 15)),)},
            {
                "starts": datetime(2026, 9, 7),
                "all_day": True,
                "length": timedelta(days=2),
                "extra": (date(2026, 10, 1),),
            },
        ],
    )
    def test_a_built_item_gives_its_draft_back(self, fields: dict[str, object]) -> None:
        header = replace(HEADER, holidays=(date(2026, 9, 14),), holiday_policy=HolidayPolicy.NEXT_WORKING_DAY)
        if "rrule" in fields:
            fields = fields | {"starts": datetime(2026, 9, 7, 9)}
        built = build(header=header, **fields)
        assert built.item is not None, built.findings
        draft = draft_of(built.item, header)
        assert draft is not None
        assert build_item(draft, header).item == built.item

    def test_what_a_plan_file_cannot_say(self) -> None:
        built = build(repeat="every Mon for 3 weeks")
        assert built.item is not None
        event = replace(built.item.events[0], overrides=(Override(datetime(2026, 9, 14, 9), title="Other"),))
        assert draft_of(replace(built.item, events=(event,)), HEADER) is None
