"""The first run, without its screen: what each answer means, what is told once, and what is never lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from companion.errors import InputError
from companion.screens.controls import ON
from companion.screens.first_run_steps import (
    Answers,
    ChildStep,
    LabelStep,
    Step,
    Surroundings,
    WordsStep,
    Wrong,
    ZoneStep,
)

TODAY = date(2026, 11, 21)


def label(text: str) -> str:
    if text == "Green Fox":
        raise InputError("This name is already on the list.")
    return text


AROUND = Surroundings(TODAY, False, label)


def child(name: str, age: str, here: str = ON) -> dict[str, str]:
    return {"child": name, "age": age, "here": here}


def told(step: Step, values: dict[str, str], answers: Answers = Answers()) -> Wrong:
    with pytest.raises(Wrong) as wrong:
        step.take(values, answers, AROUND)
    return wrong.value


@pytest.mark.parametrize(
    ("name", "age", "field", "said"),
    [("M", "purple", "age", "can't be read"), ("", "4", "child", "first letter is enough")],
)
def test_what_cannot_be_read_of_a_child_is_said_with_its_field(name: str, age: str, field: str, said: str) -> None:
    wrong = told(ChildStep(), child(name, age))
    assert wrong.field == field and said in wrong.sentence


@pytest.mark.parametrize("go_on", [ChildStep().take, ChildStep().pass_over])
def test_a_child_that_is_typed_is_added_whichever_way_she_goes_on(go_on: Callable[..., Answers]) -> None:
    answers = go_on(child("M", "4 years", ""), Answers(), AROUND)
    assert [(c.name, c.born, c.lives_here) for c in answers.children] == [("M", date(2022, 11, 21), False)]


def test_without_a_name_and_an_age_no_child_is_added() -> None:
    assert ChildStep().take(child("", ""), Answers(), AROUND) == Answers()
    assert ChildStep().pass_over(child("", "4 years"), Answers(), AROUND) == Answers()


def test_skipping_over_an_age_that_cannot_be_read_is_told_once() -> None:
    with pytest.raises(Wrong, match="goes on without the age") as wrong:
        ChildStep().pass_over(child("M", "purple"), Answers(), AROUND)
    assert wrong.value.answers is not None
    answers = ChildStep().pass_over(child("M", "purple"), wrong.value.answers, AROUND)
    assert [(c.name, c.born) for c in answers.children] == [("M", None)]


def test_going_on_without_a_zone_is_told_once() -> None:
    assert "not in the list" in told(ZoneStep(), {"zone": "nowhere"}).sentence
    with pytest.raises(Wrong, match="can be wrong") as wrong:
        ZoneStep().skip(Answers(zone="Europe/London"))
    assert wrong.value.answers is not None
    assert ZoneStep().skip(wrong.value.answers).zone is None
    assert ZoneStep().take({"zone": "pacific"}, Answers(), AROUND).zone == "America/Los_Angeles"


def test_a_label_that_is_taken_is_told() -> None:
    assert "already" in told(LabelStep(), {"label": "Green Fox"}).sentence
    assert LabelStep().take({"label": "blue heron"}, Answers(), AROUND).label == "blue heron"


def test_short_words_and_none_are_told_once() -> None:
    same = {"words": "abc", "again": "abc"}
    wrong = told(WordsStep(), same)
    assert "quick to guess" in wrong.sentence and wrong.answers is not None
    assert WordsStep().take(same, wrong.answers, AROUND).words == "abc"
    wrong = told(WordsStep(), {"words": "", "again": " "})
    assert "anyone at this computer can read" in wrong.sentence and wrong.answers is not None
    assert WordsStep().skip(wrong.answers).words == ""


def test_words_that_differ_begin_anew() -> None:
    wrong = told(WordsStep(), {"words": "blue otter lamp seven", "again": "blue otter"})
    assert "not the same" in wrong.sentence and wrong.anew == ("words", "again")
