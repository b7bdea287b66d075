"""Counting syllables and grading a text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.formats.reading_level import grade, sentences, syllables, words

SYLLABLES = {
    1: "child breathe eyes smiles tired whole while breathes shoes through wash played like the 12",
    2: "baby table candles lion quiet faces washes slowly closely people something gently mirror whistle language",
    3: "together family medicine different idea area video piano radio recipe curious quietly diaper balloon-go",
    4: "activity temperature emergency caterpillar",
}


@pytest.mark.parametrize(("count", "word"), [(n, w) for n, line in SYLLABLES.items() for w in line.split()])
def test_syllables(count: int, word: str) -> None:
    assert syllables(word) == count


def test_sentences_end_at_marks_and_line_breaks() -> None:
    assert sentences('Sit. Ask, "How are you?" Wait 3.5 seconds\nSmile: go!') == [
        "Sit",
        'Ask, "How are you',
        "Wait 3.5 seconds",
        "Smile: go",
    ]
    assert sentences("...\n\n") == []


def test_words_keep_hyphens_and_apostrophes() -> None:
    assert words("Don't stop the heart-to-heart at 3.") == ["Don't", "stop", "the", "heart-to-heart", "at", "3"]


def test_the_grade_is_flesch_and_kincaids() -> None:
    # 0.39 * 6 words / 1 sentence + 11.8 * 6 syllables / 6 words - 15.59
    assert grade("The cat sat on the mat.") == pytest.approx(-1.45)
    assert grade("") == 0
    hard = "Developmental considerations necessitate individualised therapeutic intervention."
    assert grade(hard) > 20 > 6 > grade("Sit with your baby. Wait for a sound. Say it back.")


@given(st.text(max_size=200))
@settings(max_examples=100)
def test_any_text_is_graded(text: str) -> None:
    assert isinstance(grade(text), float)
    assert all(syllables(word) >= 1 for word in words(text))
