"""One definition a command: what a person reads and presses comes from it, and no two want the same key."""

from __future__ import annotations

import re

import pytest

from companion.commands import (
    ALWAYS,
    EVERYWHERE,
    GO_TO,
    HELP,
    HIDE,
    MOST_SHOWN,
    PLACES,
    SHOWN_WORD,
    Command,
    bindings,
    double_keys,
    is_printable,
    key_shown,
)
from companion.screens.base import Described
from companion.screens.help import commands_of
from companion.screens.registry import SCREENS, Entry, Kind


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("ctrl+x", "Ctrl+X"),
        ("f12", "F12"),
        ("question_mark", "?"),
        ("w", "w"),
        ("escape", "Esc"),
        ("shift+tab", "Shift+Tab"),
        ("pagedown", "PgDn"),
        ("1", "1"),
    ],
)
def test_a_key_is_written_as_on_the_keyboard(key: str, shown: str) -> None:
    assert key_shown(key) == shown


def test_several_keys_are_told_as_a_choice() -> None:
    assert HELP.keys_shown == "F1 or ?"


@pytest.mark.parametrize("key", ["a", "1", "question_mark", "space", "slash"])
def test_what_types_a_character_never_works_inside_a_text_field(key: str) -> None:
    assert is_printable(key)
    command = Command("x.y", "Name", "Help.", (key,), "act", priority=True)
    assert [binding.priority for binding in bindings([command])] == [False]


def test_a_binding_carries_word_help_and_id() -> None:
    hide, again = bindings([HIDE])
    assert (hide.key, again.key) == ("ctrl+x", "f12")
    assert hide.id == "app.hide"
    assert hide.tooltip == HIDE.help
    assert hide.priority
    assert again.priority


def test_only_the_first_key_of_a_command_stands_on_the_bottom_line() -> None:
    both = bindings([Command("x.y", "Name", "Help.", ("a", "b"), "act", show=True)])
    assert [binding.show for binding in both] == [True, False]


def test_the_five_places_have_a_digit_and_a_function_key_each() -> None:
    assert [(place.digit, place.key) for place in PLACES] == [
        ("1", "f2"),
        ("2", "f3"),
        ("3", "f4"),
        ("4", "f6"),
        ("5", "f7"),
    ]
    assert [command.word for command in GO_TO] == ["Today", "Calendar", "Activities", "Progress", "Support"]


def test_hide_leave_help_numbers_and_find_work_inside_text_fields() -> None:
    assert {command.id for command in ALWAYS if command.priority} == {
        "app.hide",
        "app.leave",
        "app.help",
        "app.numbers",
        "app.find",
    }


def _commands(entry: Entry) -> list[Command]:
    kind = entry.load()
    assert issubclass(kind, Described)
    return commands_of(kind)


@pytest.mark.parametrize("entry", SCREENS, ids=lambda entry: entry.name)
def test_no_two_commands_of_a_screen_want_the_same_key(entry: Entry) -> None:
    everywhere = ALWAYS if entry.kind is Kind.BEFORE else EVERYWHERE
    assert list(double_keys([*_commands(entry), *everywhere])) == []


@pytest.mark.parametrize("entry", SCREENS, ids=lambda entry: entry.name)
def test_what_stands_on_the_bottom_line_fits_there(entry: Entry) -> None:
    shown = [command for command in _commands(entry) if command.show]
    assert len(shown) <= MOST_SHOWN
    assert [command.word for command in shown if len(command.word) > SHOWN_WORD] == []


@pytest.mark.parametrize("entry", SCREENS, ids=lambda entry: entry.name)
def test_every_command_says_what_it_does_in_a_plain_sentence(entry: Entry) -> None:
    for command in _commands(entry):
        assert command.help.endswith((".", "?")), command.id
        assert len(command.help) <= 120, command.id
        assert not re.search(r"\b(should|must|just|easy|simply)\b|!", command.help, re.I), command.id


@pytest.mark.parametrize("entry", SCREENS, ids=lambda entry: entry.name)
def test_every_screen_says_what_it_is_for(entry: Entry) -> None:
    kind = entry.load()
    assert kind.NAME
    assert kind.ABOUT.endswith(".")


def test_ids_are_unique() -> None:
    ids = [command.id for command in EVERYWHERE]
    owners: dict[str, str] = {}
    for entry in SCREENS:
        for command in _commands(entry):
            assert owners.setdefault(command.id, command.action) == command.action, command.id
    assert len(set(ids)) == len(ids)
    assert not set(ids) & set(owners)
