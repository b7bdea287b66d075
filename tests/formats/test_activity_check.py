"""The linter: every safety rule it can know, the words, and how hard the text reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.domain.activity import Safety
from companion.domain.finding import Finding, Level
from companion.formats.activity_check import check_file, check_library, check_text
from companion.formats.activity_text import blank
from companion.formats.activity_words import SAYS

FRONT = {
    "id": '"slow-wave"',
    "title": '"Slow Wave"',
    "category": '"calm"',
    "ages": '["3-5y", "6-8y"]',
    "minutes": "[3, 5]",
    "energy": '"low"',
    "position": '"sit"',
    "cost": '"free"',
    "needs": "[]",
    "where": '["home"]',
    "place": '"indoor"',
    "season": '"any"',
    "children": '"one-or-more"',
    "mess": '"none"',
    "noise": '"quiet"',
    "builds_child": '["self-regulation"]',
    "builds_parent": '["grounding"]',
    "guide": '"pages"',
    "safety": "[]",
    "sources": '["A | Some Clinic: Waves | https://example.org/waves"]',
    "language": '"en"',
    "status": '"live"',
}


def text(step: str = "Wave to each other.", safe: str = "Stop when you like.", **front: str) -> str:
    fields = "\n".join(f"{name} = {value}" for name, value in (FRONT | front).items())
    return f"""+++
{fields}
+++

## In one line

Move your hands like a wave.

## What to do

1. Sit face to face.
2. {step}
3. Smile.

## Why it helps

- Your child: learns to go slow.
- You: can do it too.

## Stay safe

- {safe}

## Change it

- More than one child: take turns.
"""


def check(step: str = "Wave to each other.", safe: str = "Stop when you like.", **front: str) -> list[Finding]:
    return check_text(text(step, safe, **front), "slow-wave.md")


def errors(step: str = "Wave to each other.", safe: str = "Stop when you like.", **front: str) -> list[str]:
    return [str(finding) for finding in check(step, safe, **front) if finding.level is Level.ERROR]


def test_a_good_file_has_no_findings() -> None:
    assert check() == []


BABIES = '["0-6mo", "6-12mo"]'
TODDLERS = '["1-2y"]'


@pytest.mark.parametrize(
    ("step", "ages", "rule"),
    [
        ("Sing before a nap.", BABIES, "safe-sleep"),
        ("Lay out a blanket.", BABIES, "safe-sleep"),
        ("Do tummy time.", BABIES, "tummy"),
        ("Hold your baby close.", BABIES, "awake-hold"),
        ("Cuddle on your lap.", BABIES, "awake-hold"),
        ("Pick your baby up.", BABIES, "awake-hold"),
        ("Wait until the crying ends.", BABIES, "soothe-plan"),
        ("Swaddle your baby.", BABIES, "swaddle"),
        ("Taste honey.", BABIES, "honey"),
        ("Share grapes.", '["3-5y"]', "choke-food"),
        ("Thread the beads.", TODDLERS, "choke-small"),
        ("Find a battery.", '["9-12y"]', "batteries-beads"),
        ("Pull the string.", TODDLERS, "cords"),
        ("Splash in the bath.", '["6-8y"]', "water"),
        ("Stir on the stove.", '["9-12y"]', "hot"),
        ("Take your medicine.", '["9-12y"]', "meds"),
        ("Knead the dough.", '["3-5y"]', "dough"),
        ("Look for bugs.", '["6-8y"]', "allergy"),
        ("Play cartoons.", TODDLERS, "screen"),
        ("Record your voice.", '["9-12y"]', "privacy"),
        ("Make a bet.", '["13-17y"]', "trigger-check"),
        ("Talk about thoughts of harm.", '["13-17y"]', "crisis"),
        ("Sing while you drive.", '["6-8y"]', "no-drive"),
        ("Look at the sun.", '["6-8y"]', "sun"),
        ("Cross the street.", '["6-8y"]', "road"),
        ("Touch a leaf.", '["3-5y"]', "plants"),
        ("Pick up litter.", '["9-12y"]', "sharps"),
        ("Take the carrier.", BABIES, "carrier"),
        ("Climb over it.", '["3-5y"]', "falls"),
        ("Use the scissors.", '["9-12y"]', "tools"),
        ("Give a hug.", '["3-5y"]', "touch-consent"),
        ("Cook a snack.", '["prenatal"]', "preg-food"),
    ],
)
def test_a_word_calls_for_its_rule(step: str, ages: str, rule: str) -> None:
    found = [error for error in errors(step, ages=ages) if f'Add "{rule}"' in error]
    assert found, errors(step, ages=ages)
    assert found[0].startswith("slow-wave.md:33 · What to do:")


@pytest.mark.parametrize(
    ("step", "ages"),
    [
        ("Lie down and rest.", '["6-8y"]'),
        ("Roll the ball.", '["3-5y"]'),
        ("Put your hand on your tummy.", '["3-5y"]'),
        ("Wait if medicine makes you drowsy.", '["3-5y"]'),
        ("Be a bee and hum.", '["3-5y"]'),
    ],
)
def test_the_same_word_elsewhere_is_fine(step: str, ages: str) -> None:
    assert errors(step, ages=ages) == []


@pytest.mark.parametrize("word", ["food", "a gift", "a photo", "lotion"])
@pytest.mark.parametrize("where", ["visit-room", "video-call", "letter-recording"])
def test_what_others_have_rules_about_is_asked_about_first(word: str, where: str) -> None:
    step = f"Share {word}."
    assert any('Add "visit-rules"' in error for error in errors(step, where=f'["home", "{where}"]'))
    assert not any('Add "visit-rules"' in error for error in errors(step))


def test_what_touches_a_visit_goes_live_only_when_read_by_a_professional() -> None:
    asked = {"safety": '["visit-rules"]', "where": '["visit-room"]'}
    assert any("read by a professional" in e for e in errors("Share food.", "Ask first.", **asked))
    assert errors("Share food.", "Ask first.", **asked, reviewed_by='"R."', reviewed_on="2026-11-02") == []
    assert errors("Share food.", "Ask first.", **(asked | {"status": '"draft"'})) == []
    assert any("a name and a day" in e for e in errors(reviewed_by='"R."'))


@pytest.mark.parametrize("rule", sorted(SAYS))
def test_a_rule_that_is_named_is_also_said(rule: Safety) -> None:
    assert any(f'"{rule}" is named, but not said' in error for error in errors(safe="Have fun.", safety=f'["{rule}"]'))


@pytest.mark.parametrize(
    ("category", "ages", "more", "rule"),
    [
        ("move", BABIES, {}, "move-clear"),
        ("move", '["prenatal"]', {}, "move-clear"),
        ("outdoor", BABIES, {}, "sun"),
        ("outdoor", '["9-12y"]', {"position": '"moving"'}, "road"),
        ("kitchen", '["1-2y"]', {}, "hot"),
    ],
)
def test_a_category_calls_for_its_rule(category: str, ages: str, more: dict[str, str], rule: str) -> None:
    assert any(f'Add "{rule}"' in error for error in errors(category=f'"{category}"', ages=ages, **more))


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("Blow up balloons.", "Balloons choke"),
        ("Put a toy in the crib.", "A crib stays empty"),
        ("Say that you will be home soon.", "keep alone"),
        ("Do this, it is proven.", "Promise no effect"),
        ("Feel how it will calm you.", "Promise no effect"),
        ("Drip lavender oil.", "Leave oils out"),
        ("Hide button batteries.", "kill when swallowed"),
        ("Close your eyes.", "look down"),
        ("Hold your breath.", "No breath is held"),
        ("Try, you should win.", "plain step"),
        ("Make this easy game.", "Take the word out"),
        ("Ask if you failed.", "without blame"),
        ("Be no addict.", "Person in recovery"),
        ("Talk about a relapse.", "Return to use"),
        ("Talk about staying clean.", "In recovery"),
    ],
)
def test_what_is_not_written_here(step: str, words: str) -> None:
    assert any(words in error for error in errors(step)), errors(step)


@pytest.mark.parametrize(
    "step",
    [
        "Pretend to be a balloon.",
        "Close your eyes or look down.",
        "Put on clean socks.",
        "Wash your hands.",
        "Say no toy in the crib.",
    ],
)
def test_what_only_looks_like_it_is_fine(step: str) -> None:
    assert errors(step) == []


BREATH = {"guide": '"breath"', "safety": '["breath-gentle"]'}


@pytest.mark.parametrize(
    ("breath", "ages", "words"),
    [
        ("in 3, out 3, 5 times", '["3-5y"]', ""),
        ("in 4, hold 4, out 4, hold 4, 4 times", '["9-12y", "13-17y"]', ""),
        ("in 4, hold 4, out 4, 4 times", '["6-8y", "9-12y"]', "No breath is held"),
        ("in 4, out 4, hold 2, 4 times", '["prenatal"]', "No breath is held"),
        ("in 4, hold 7, out 8, 4 times", '["13-17y"]', ""),
        ("in 4, hold 7, out 8, 4 times", '["9-12y"]', "13 years"),
        ("in 4, hold 7, out 8, 5 times", '["13-17y"]', "13 years"),
        ("in 9, out 9, 40 times", '["13-17y"]', "longer than the minutes"),
    ],
)
def test_how_long_a_breath_may_be_held(breath: str, ages: str, words: str) -> None:
    found = errors(safe="Keep it soft.", breath=f'"{breath}"', ages=ages, **BREATH)
    assert any(words in error for error in found) if words else found == []


def test_a_breath_needs_its_rule_and_a_timer_fits_the_minutes() -> None:
    assert any("breath-gentle" in e for e in errors(guide='"breath"', breath='"in 3, out 3, 5 times"'))
    assert any("longer than the minutes" in e for e in errors(guide='"timer"', timer='"6 minutes"'))
    assert errors(guide='"timer"', timer='"5 minutes"') == []
    assert errors(guide='"pages+timer"', timer='"1 minute 30 seconds"') == []


@pytest.mark.parametrize(
    ("front", "words"),
    [
        ({"title": '"One Two Three Four Five Six"'}, "Five words or fewer"),
        ({"title": '"Play-Doh Time"'}, "brand name"),
        ({"needs": '["paper"]'}, "not free of things"),
        ({"builds_child": "[]"}, "One to three"),
        ({"builds_parent": '["grounding", "sleep", "mood", "body", "routine"]'}, "One to four"),
        ({"from_months": "100"}, "not inside the first age"),
        ({"made_for_apart": "true"}, "work from afar"),
        ({"sources": "[]"}, "no source"),
        ({"sources": '["C | A Blog: Waves | https://example.org/"]'}, "not enough"),
    ],
)
def test_fields_that_do_not_fit_each_other(front: dict[str, str], words: str) -> None:
    assert any(words in error for error in errors(**front))


def test_a_first_month_counts_from_the_youngest_band_whatever_the_order() -> None:
    assert errors(ages='["6-8y", "3-5y"]', from_months="48") == []


def test_three_to_seven_steps_that_begin_with_what_to_do() -> None:
    eight = text().replace("3. Smile.", "\n".join(f"{n}. Smile." for n in range(3, 9)))
    assert any("Three to seven" in str(f) for f in check_text(eight))
    short = text().replace("2. Wave to each other.\n3. Smile.\n", "")
    assert any("Three to seven" in str(f) for f in check_text(short))
    (finding,) = check("The child waves.")
    assert finding.level is Level.WARNING
    assert "begin with what to do" in finding.text


def test_long_sentences_and_words() -> None:
    sixteen = "Say " + "go " * 14 + "on."
    twentyone = "Say " + "go " * 19 + "on."
    assert [f.level for f in check(sixteen)] == [Level.WARNING]
    assert Level.ERROR in [f.level for f in check(twentyone)]
    (finding,) = check("Say hippopotamus.")
    assert (finding.level, '"hippopotamus" is a long word' in finding.text) == (Level.WARNING, True)


def test_a_text_that_reads_too_hard_is_refused() -> None:
    hard = "Demonstrate considerable patience regarding developmental differences between individuals."
    assert any("school grade" in error for error in errors(hard, hard.replace("patience", "tolerance")))


def test_another_language_is_checked_for_its_shape_only() -> None:
    assert check_text(text("Relájate con una taza de tea y honey.", language='"es"'), "x.md") == []


def test_a_blank_file_lists_what_is_empty_and_nothing_else() -> None:
    found = check_text(blank("slow-wave", "calm"), name="slow-wave.md", category="calm")
    assert {f.field for f in found} == {
        "title",
        "ages",
        "In one line",
        "What to do",
        "Why it helps",
        "Stay safe",
        "Change it",
    }
    assert all("empty" in f.text or "goes here" in f.text or "go here" in f.text for f in found)


def test_a_whole_folder_is_checked(tmp_path: Path) -> None:
    for name in ("calm/slow-wave.md", "wrong/slow-wave.md"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text())
    (tmp_path / "README.md").write_text("not an activity")
    count, findings = check_library(tmp_path)
    assert count == 2
    assert {f.text for f in findings} == {
        "The folder is not named as a category.",
        f'"{tmp_path.name}/calm/slow-wave.md" has the same id.',
    }
    assert check_file(tmp_path / "calm" / "slow-wave.md") == []
    assert "no file" in check_file(tmp_path / "calm" / "none.md")[0].text
