"""A fault's code: it names the place and the kind of error to us, and nothing to anyone else."""

from __future__ import annotations

import re

import pytest

from companion.crash import crash_code, sentence, where
from companion.domain.age import parse_age
from companion.errors import InputError


def _caught(words: str) -> BaseException:
    from datetime import date

    with pytest.raises(InputError) as caught:
        parse_age(words, date(2026, 11, 21))
    return caught.value


def test_the_code_is_the_same_for_the_same_place_and_says_nothing_of_the_words() -> None:
    first, second = crash_code(_caught("purple")), crash_code(_caught("green"))
    assert first == second
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{3}", first)


def test_the_place_can_be_found_again() -> None:
    error = _caught("purple")
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    assert traceback is not None
    assert f"domain/age.py:{traceback.tb_lineno}" in where(crash_code(error))


def test_another_kind_of_error_has_another_code() -> None:
    def code(kind: type[Exception]) -> str:
        try:
            raise kind
        except kind as error:
            return crash_code(error)

    assert code(ValueError).partition("-")[2] != code(KeyError).partition("-")[2]


def test_a_wrapped_error_is_named_by_what_it_wraps() -> None:
    inner = _caught("purple")
    try:
        raise RuntimeError from inner
    except RuntimeError as outer:
        assert crash_code(outer) == crash_code(inner)


def test_an_error_without_a_place_has_a_code_too() -> None:
    assert crash_code(ValueError("never raised"))


def test_the_sentence_is_calm() -> None:
    words = sentence("7K2M-Q4X")
    assert "7K2M-Q4X" in words
    assert "safe" in words
    assert "!" not in words
    assert all(len(line) <= 80 for line in words.splitlines())
