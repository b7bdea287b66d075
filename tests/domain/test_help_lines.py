"""The list of numbers: complete, cautions kept, nothing claimed to be checked that nobody called."""

from __future__ import annotations

import re

from companion.domain.help_lines import FIRST, help_lines

LINES = {line.id: line for line in help_lines()}


def test_danger_crisis_and_mothers_stand_first() -> None:
    assert [line.id for line in help_lines()[:FIRST]] == ["emergency", "988", "maternal"]


def test_each_says_what_it_is_when_to_call_and_how() -> None:
    assert len(LINES) == len(help_lines())
    for line in help_lines():
        assert line.name
        assert line.kind
        assert line.numbers
        assert line.say.endswith(".")
        assert not line.caution or line.caution.endswith(".")


def test_the_cautions_that_matter_are_there() -> None:
    assert "Not a crisis line" in LINES["maternal"].caution
    assert "Not a crisis line" in LINES["psi"].caution
    assert "watched" in LINES["dv"].caution
    assert "pass it on" in LINES["childhelp"].caution
    assert "911" in LINES["poison"].caution


def test_the_old_number_of_the_maternal_line_is_not_used() -> None:
    assert all("943-5746" not in number for line in help_lines() for number in line.numbers)


def test_nothing_is_claimed_to_be_checked_before_somebody_called() -> None:
    assert all(line.verified_on is None for line in help_lines())


def test_phone_numbers_look_like_phone_numbers() -> None:
    for line in help_lines():
        for number in line.numbers:
            for digits in re.findall(r"\d[\d-]{6,}\d", number):
                assert re.fullmatch(r"(1-)?\d{3}-\d{3}-\d{4}", digits) or digits.isdigit(), digits
