"""Reading an activity file: strict, with file and line, and one bad file never hides the others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from conftest import NASTY
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.activity import Breath, GuideKind, Safety, Setting, Tier, Variation
from companion.domain.finding import Level
from companion.domain.text import is_clean
from companion.formats import activity_file
from companion.formats.activity_file import Library, activities_folder, load_library, parse_activity

GOOD = """\
+++
id = "slow-wave"
title = "Slow Wave"
category = "calm"
also = ["music"]
ages = ["3-5y", "6-8y"]
from_months = 40
minutes = [3, 5]
energy = "low"
position = "sit"
cost = "household"
needs = ["a cloth"]
where = ["home", "video-call"]
place = "indoor"
season = "any"
children = "one-or-more"
mess = "none"
noise = "quiet"
builds_child = ["self-regulation"]
builds_parent = ["grounding"]
guide = "breath"
breath = "in 3, out 4, 5 times"
safety = ["breath-gentle"]
sources = [
  "A | Some Clinic: Waves: how to | https://example.org/waves",
]
language = "en"
status = "live"
+++

## In one line

Lift a cloth like a wave and breathe with it.

## What to do

1. Sit face to face.
2. Lift the cloth while you breathe in.
   Take your time.
3. Lower it while you breathe out.

## Why it helps

- Your child: learns one slow breath.
- You: can do it anywhere.

## Stay safe

- Keep the breaths soft. Stop if anyone gets dizzy.

## Change it

- More than one child: hold a corner each.
- On a call: lift your own cloths.
"""


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def errors(text: str, **given_names: str) -> list[str]:
    read = parse_activity(text, "slow-wave.md", **given_names)
    assert (read.activity is None) == any(f.level is Level.ERROR for f in read.findings)
    return [str(finding) for finding in read.findings]


def test_a_good_file_gives_every_field() -> None:
    read = parse_activity(GOOD, "slow-wave.md", name="slow-wave.md", category="calm")
    assert read.findings == ()
    activity = read.activity
    assert activity is not None
    assert (activity.id, activity.title, activity.category, activity.also) == (
        "slow-wave",
        "Slow Wave",
        "calm",
        ("music",),
    )
    assert activity.ages == ("3-5y", "6-8y")
    assert activity.from_months == 40
    assert (activity.minutes.least, activity.minutes.most) == (3, 5)
    assert activity.where == (Setting.HOME, Setting.VIDEO_CALL)
    assert activity.safety == (Safety.BREATH_GENTLE,)
    assert activity.guide.kind is GuideKind.BREATH
    assert activity.guide.breath == Breath(inhale=3, exhale=4, rounds=5)
    assert activity.guide.breath.seconds == 35
    (source,) = activity.sources
    assert (source.tier, source.organisation, source.title) == (Tier.A, "Some Clinic", "Waves: how to")
    assert source.url == "https://example.org/waves"
    assert activity.one_line == "Lift a cloth like a wave and breathe with it."
    assert [step.number for step in activity.steps] == [1, 2, 3]
    assert activity.steps[1].text == "Lift the cloth while you breathe in. Take your time."
    assert (activity.helps_child, activity.helps_you) == ("learns one slow breath.", "can do it anywhere.")
    assert activity.stay_safe == ("Keep the breaths soft. Stop if anyone gets dizzy.",)
    assert activity.change(Variation.CALL) == "lift your own cloths."
    assert activity.change(Variation.VISIT) == ""


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('energy = "low"', 'enrgy = "low"', 9, 'Did you mean "energy"'),
        ('energy = "low"\n', "", 1, "energy: This field is missing"),
        ('energy = "low"', 'energy = "none"', 9, '"none" is not one of'),
        ('energy = "low"', "energy = low", 9, "This line can't be read"),
        ('energy = "low"', 'energy = "low"\nenergy = "high"', 10, "there twice"),
        (
            'ages = ["3-5y", "6-8y"]',
            'ages = ["4"]',
            6,
            '"4" is not one of the words for this field. The words are: prenatal',
        ),
        ('ages = ["3-5y", "6-8y"]', 'ages = ["3-5y", "3-5y"]', 6, "there twice"),
        ('ages = ["3-5y", "6-8y"]', "ages = []", 6, "empty"),
        ('ages = ["3-5y", "6-8y"]', 'ages = "3-5y"', 6, "list"),
        ("minutes = [3, 5]", "minutes = [5, 3]", 8, "shorter comes first"),
        ("minutes = [3, 5]", "minutes = [3]", 8, "two numbers"),
        ("minutes = [3, 5]", "minutes = [true, 5]", 8, "two numbers"),
        ("from_months = 40", 'from_months = "40"', 7, "number of months"),
        ('title = "Slow Wave"', 'title = ""', 3, "empty"),
        ('title = "Slow Wave"', "title = 4", 3, "has to be a text"),
        ('breath = "in 3, out 4, 5 times"', 'breath = "slowly"', 22, 'Write it like "in 3'),
        ('breath = "in 3, out 4, 5 times"\n', "", 21, "breath: This field is missing"),
        ('guide = "breath"', 'guide = "pages"', 22, "doesn't belong"),
        ("A | Some Clinic: Waves: how to |", "Some Clinic: Waves |", 24, "A source can't be read"),
        ("https://example.org/waves", "example.org", 24, "A source can't be read"),
        ('language = "en"', 'language = "English"', 27, "no code for a language"),
        ('id = "slow-wave"', 'id = "Slow Wave"', 2, "small letters"),
        ("## Stay safe", "## Safety", 47, "not one of the five headings"),
        ("## Stay safe", "### Stay safe", 47, "not one of the five headings"),
        ("## What to do", "## Stay safe", 37, "bullet"),
        ("- Your child: learns", "- Child: learns", 44, "Start with one of these"),
        ("- You: can do it anywhere.\n", "", 42, 'starts with "You:"'),
        ("- You: can do it anywhere.", "- You:", 45, "empty"),
        ("- On a call:", "- On the phone:", 54, "Start with one of these"),
        ("- On a call:", "- More than one child:", 54, "once each"),
        ("3. Lower", "4. Lower", 37, "in order"),
        ("- Keep the breaths", "Keep the breaths", 49, "bullet"),
        ("1. Sit face", "1. Sit **face", 37, "plain text"),
        ("1. Sit face", "1. Sit [face](https://example.org)", 37, "plain text"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, line: int, words: str) -> None:
    found = errors(changed(old, new))
    assert any(text.startswith(f"slow-wave.md:{line} ") or f":{line}:" in text for text in found if words in text), (
        found
    )


def test_a_file_without_its_frame_is_told_once() -> None:
    assert len(errors("Just a text")) == 1
    assert len(errors("+++\nid = 'x'\n")) == 1
    assert len(errors(changed('energy = "low"', "energy = low"))) == 1
    assert len(errors("")) == 1


def test_an_empty_front_lists_what_is_missing() -> None:
    assert len([e for e in errors("+++\n+++\n") if "missing" in e]) == 22 + 5


def test_names_have_to_agree() -> None:
    assert errors(GOOD, name="slow-wave.md", category="calm") == []
    assert "file name and the id differ" in errors(GOOD, name="fast-wave.md")[0]
    assert "file name and the language differ" in errors(GOOD, name="slow-wave.es.md")[0]
    assert "folder of another category" in errors(GOOD, category="music")[0]
    assert errors(GOOD, category="somewhere") == []


def test_quotes_curled_by_a_word_processor_are_straightened() -> None:
    curly = changed('title = "Slow Wave"', "title = \u201cSlow Wave\u201d").replace(
        "face to face", "\u201cface\u201d to baby\u2019s face"
    )
    read = parse_activity(curly)
    assert read.activity is not None, read.findings
    assert read.activity.title == "Slow Wave"
    assert read.activity.steps[0].text == 'Sit "face" to baby\'s face.'
    inside = parse_activity(changed('title = "Slow Wave"', 'title = "Baby\u2019s \u201cWave\u201d"'))
    assert inside.activity is not None
    assert inside.activity.title == "Baby's 'Wave'"


def test_windows_line_ends_a_byte_mark_and_comments_are_fine() -> None:
    text = "\ufeff" + changed("## What to do\n", "## What to do\n\n<!-- three\nto seven -->\n").replace("\n", "\r\n")
    read = parse_activity(text)
    assert read.activity is not None, read.findings
    assert len(read.activity.steps) == 3


def test_a_picture_has_to_fit_and_be_said() -> None:
    art = "art = '''\n  o\n /|\\\n'''\n"
    good = parse_activity(changed('language = "en"', art + 'art_says = "A person."\nlanguage = "en"'))
    assert good.activity is not None, good.findings
    assert good.activity.art == "  o\n /|\\"
    assert "go together" in errors(changed('language = "en"', art + 'language = "en"'))[0]
    for bad in ("x" * 31, "a\n" * 9, "\u2588"):
        text = changed('language = "en"', f"art = '''\n{bad}\n'''\nart_says = \"x\"\nlanguage = \"en\"")
        assert any("picture doesn't fit" in error for error in errors(text))


def test_a_review_day_is_read() -> None:
    review = 'reviewed_by = "R. Ortiz"\nreviewed_on = 2026-11-02\nlanguage = "en"'
    read = parse_activity(changed('language = "en"', review))
    assert read.activity is not None
    assert read.activity.reviewed_on == date(2026, 11, 2)
    assert "not a day" in errors(changed('language = "en"', review.replace("2026-11-02", '"soon"')))[0]


@pytest.mark.parametrize("nasty", NASTY)
def test_what_a_file_holds_is_cleaned(nasty: str) -> None:
    text = changed("Sit face to face.", f"Sit {nasty} down.").replace(
        "a cloth", nasty.replace("\\", "").replace("\x1b", "")
    )
    read = parse_activity(text, "x.md")
    for finding in read.findings:
        assert is_clean(str(finding))
    if read.activity is not None:
        assert is_clean(read.activity.steps[0].text)
        assert all(is_clean(need) for need in read.activity.needs)


def test_hostile_toml_costs_no_time() -> None:
    assert "too long" in errors(changed('energy = "low"', ".".join("a" * 40_000) + " = 1"))[0]
    nested = changed('needs = ["a cloth"]', "needs = " + "\n".join("[" * 900 for _ in range(30)))
    assert errors(nested)


@given(st.integers(0, len(GOOD)), st.integers(0, 60), st.text(max_size=20))
@settings(max_examples=80)
def test_a_damaged_file_gives_findings_and_nothing_else(start: int, length: int, put: str) -> None:
    errors(GOOD[:start] + put + GOOD[start + length :])


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_a_bad_file_never_hides_the_others(tmp_path: Path) -> None:
    library = tmp_path / "activities"
    write(library, "README.md", "not an activity")
    write(library, "calm/slow-wave.md", GOOD)
    write(library, "calm/broken.md", "+++\n")
    write(library, "calm/big.md", "x" * 70_000)
    (library / "calm" / "bytes.md").write_bytes(b"+++\n\xff\xfe\x00\x81\n+++\n")
    (library / "calm" / "folder.md").mkdir()
    read = load_library(library)
    assert list(read.activities) == ["slow-wave"]
    assert {f.file for f in read.findings} == {
        f"activities/calm/{name}.md" for name in ("broken", "big", "bytes", "folder")
    }


def test_the_same_id_in_two_folders_is_told(tmp_path: Path) -> None:
    write(tmp_path, "calm/slow-wave.md", GOOD)
    write(tmp_path, "music/slow-wave.md", changed('category = "calm"', 'category = "music"'))
    read = load_library(tmp_path)
    assert read.activities["slow-wave"].category == "calm"
    assert ["Another activity has this id." in str(f) for f in read.findings] == [True]


def test_another_language_lies_beside(tmp_path: Path) -> None:
    spanish = changed('language = "en"', 'language = "es"').replace("Slow Wave", "Ola lenta")
    write(tmp_path, "calm/slow-wave.md", GOOD)
    write(tmp_path, "calm/slow-wave.es.md", spanish)
    assert load_library(tmp_path, "es").activities["slow-wave"].title == "Ola lenta"
    assert load_library(tmp_path).activities["slow-wave"].title == "Slow Wave"
    assert load_library(tmp_path, "fr").activities["slow-wave"].title == "Slow Wave"
    write(tmp_path, "calm/slow-wave.es.md", "+++\n")
    read = load_library(tmp_path, "es")
    assert read.activities["slow-wave"].title == "Slow Wave"
    assert len(read.findings) == 1


def test_without_a_folder_there_is_an_empty_library_and_a_word_about_it(tmp_path: Path) -> None:
    read = load_library(tmp_path / "nowhere")
    assert isinstance(read, Library)
    assert read.activities == {}
    assert len(read.findings) == 1


def test_the_folder_is_inside_the_package_or_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "companion"
    package.mkdir()
    monkeypatch.setattr(activity_file, "files", lambda _name: package)
    assert activities_folder() == tmp_path / "activities"
    (package / "_activities").mkdir()
    assert activities_folder() == package / "_activities"
