"""Words: what is said to her presses nobody, labels nobody, and can be translated."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from words_kit import not_to_be_said

ROOT = Path(__file__).parent.parent
COMPANION = ROOT / "companion"

# Where one of the words means something else. The phrase is what stands around it; each has its reason.
ALLOWED = {
    "High contrast": "the name of a color theme",
    "too high for a child": "a number",
    "8 lines high": "a measure, told to who writes an activity",
    "from {low} to {high}": "a range of numbers",
    "paper slip": "the paper that is signed at a group",
    "slips of paper": "paper",
    "slips page": "paper",
    "a slip can stay blank": "paper",
    "one slip each visit": "paper",
    "your slips on the call": "paper",
    "online or late": "says that coming late counts as having gone",
    "{n} called off late": "the fact, as attendance records name it; counted beside what was kept",
    "you cancelled late": "the fact, as attendance records name it: chosen by herself, never set by the app",
    "nerves are high": "a feeling",
    "high and low, two truths": "the title of a source",
    'energy = "high"': "a field of the activity file, shown as lots",
    "high five": "a greeting",
    "your shoulders": "a part of the body",
    "strong neck, shoulders": "a part of the body",
    "hands, face, and shoulders": "a part of the body",
    "Head, Shoulders, Knees": "the title of a source",
    "late in the day": "a time of day",
    "a clean blanket": "a thing",
    "clean laundry": "a thing",
    "Clean up together": "tidying a room",
    "then pop back": "a game of peekaboo",
    "years you missed": "says what a parent may have to tell; no reproach stands in it",
    "when you miss each other": "a feeling",
    '"visitation"': "a word to find family time by; the screen says family time",
    "Child Abuse Hotline": "the line's own name",
    "the paper code are both lost": "things",
}


@dataclass(frozen=True)
class Said:
    """One piece of text that a person may read, and where it stands."""

    place: str
    text: str


def _sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(COMPANION.rglob("*.py")):
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


# Class attributes that are shown, translated where they are shown.
_SHOWN_ATTRIBUTES = {"NAME", "ABOUT", "TITLE_WORDS", "SAVE_WORD", "question"}


def _interface() -> Iterator[Said]:
    """Every string of the interface: what goes through gettext, the commands, the headings of screens and forms."""
    for place, module in _sources():
        for node in ast.walk(module):
            texts: list[ast.expr] = []
            if isinstance(node, ast.Call):
                name = _called(node)
                if name in {"_", "plural"}:
                    texts = node.args[: 1 if name == "_" else 2]
                elif name == "Command":
                    texts = node.args[1:3]
                elif name == "Place":
                    texts = node.args[1:2]
            elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if any(isinstance(t, ast.Name) and t.id in _SHOWN_ATTRIBUTES for t in targets):
                    texts = [node.value]
            for text in texts:
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield Said(f"{place}:{text.lineno}", text.value)


def _files() -> Iterator[Said]:
    """Activities, the data files, plan templates, and the part of the README that is for her."""
    paths = [p for p in sorted((ROOT / "activities").rglob("*.md")) if p.name != "README.md"]
    paths += sorted(COMPANION.rglob("*.toml"))
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.startswith("# Source:"):  # the title of a paper, for who writes the file
                yield Said(f"{path.relative_to(ROOT)}:{number}", line)
    hers = (ROOT / "README.md").read_text(encoding="utf-8").split("\n## How it is built")[0]
    for number, line in enumerate(hers.splitlines(), 1):
        yield Said(f"README.md:{number}", line)


def _allowed(text: str, at: int, end: int) -> str | None:
    """The allowed phrase that covers this place, if there is one."""
    for phrase in ALLOWED:
        for found in re.finditer(re.escape(phrase), text):
            if found.start() <= at and end <= found.end():
                return phrase
    return None


def _found_in(said: Said) -> Iterator[tuple[str, str | None]]:
    """What is wrong with it, and the phrase that excuses it."""
    for words, at, end in not_to_be_said(said.text):
        yield f"{said.place}: {words}: {said.text!r}", _allowed(said.text, at, end)


def test_no_word_that_labels_blames_or_presses() -> None:
    said = [*_interface(), *_files()]
    assert len(said) > 1_500  # the walk finds something
    wrong = [words for each in said for words, excuse in _found_in(each) if excuse is None]
    assert not wrong, "\n".join(wrong)


def test_every_exception_is_still_needed() -> None:
    used = {excuse for each in (*_interface(), *_files()) for _words, excuse in _found_in(each)}
    assert set(ALLOWED) <= used, sorted(set(ALLOWED) - used)


@pytest.mark.parametrize("text", ["You should go.", "a clean test", "Your streak is broken", "an addict", "It's easy"])
def test_the_words_are_found(text: str) -> None:
    assert [excuse for _words, excuse in _found_in(Said("here", text))] == [None]


def test_nothing_is_shouted() -> None:
    loud = [f"{each.place}: {each.text}" for each in _interface() if "!" in each.text]
    assert not loud, "\n".join(loud)


# Every string goes through gettext

_SCREENS = ("companion/screens/", "companion/widgets/", "companion/app.py")
# Calls whose strings are shown as they are.
_SHOWS = {
    "Static", "Label", "Button", "Checkbox", "Input", "Option", "Content", "Answer", "Choice", "Confirm", "Ask",
    "Line", "assemble", "styled", "notify", "say", "update", "tell", "_put", "_say", "_say_here", "show_trouble",
}  # fmt: skip
_SHOWN_KEYWORDS = {"placeholder", "hint", "detail", "question", "tooltip", "label", "note", "mend"}
# `Binding` names only keys that are never listed; a key that is, is a Command.
_TRANSLATES = {"_", "plural", "Command", "Binding", "RuntimeError"}
_STYLE = re.compile(r"^(?:not |on |bold|reverse|dim|italic|underline|\$[\w-]+|\s)+$")
_PATH = re.compile(r"^/[\w./-]*$")
_SENTENCE = re.compile(r"\s*[A-Z][a-z]+[,;:]? [A-Za-z]{2,}")
_PROSE = re.compile(r"[A-Za-z]{2,}[,;:]? [A-Za-z]{2,}")


def _has_words(text: str) -> bool:
    """Whether a person would read it: no style, no path, no name of a widget."""
    letters = len(re.findall(r"[A-Za-z]", text))
    return letters > 1 and not _STYLE.match(text) and not _PATH.match(text) and not text.startswith("#")


def _literal(node: ast.expr) -> str:
    """The fixed part of a string or f-string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value for part in node.values if isinstance(part, ast.Constant))
    return ""


def _shown_unwrapped(call: ast.Call) -> Iterator[str]:
    """Strings that this call shows without gettext."""
    if _called(call) in _SHOWS:
        for argument in call.args[1:] if _called(call) in {"Answer", "_put"} else call.args:
            first = argument.elts[0] if isinstance(argument, ast.Tuple) and argument.elts else argument
            if _has_words(_literal(first)):
                yield _literal(first)
    for keyword in call.keywords:
        if keyword.arg in _SHOWN_KEYWORDS and _has_words(_literal(keyword.value)):
            yield _literal(keyword.value)


def test_what_a_screen_shows_goes_through_gettext() -> None:
    wrong = [
        f"{place}:{node.lineno}: {text!r}"
        for place, module in _sources()
        if place.startswith(_SCREENS)
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        for text in _shown_unwrapped(node)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_sentence_stands_outside_gettext() -> None:
    """The wider net: a capital and two words in a row, anywhere in a screen."""
    wrong = []
    for place, module in _sources():
        if place.startswith(_SCREENS):
            excused = {id(each) for top in _not_shown_as_is(module) for each in ast.walk(top)}
            wrong += [
                f"{place}:{node.lineno}: {node.value!r}"
                for node in ast.walk(module)
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in excused
                if _SENTENCE.match(node.value)
            ]
    assert not wrong, "\n".join(wrong)


def _not_shown_as_is(module: ast.Module) -> Iterator[ast.AST]:
    """What is translated, here or where it is shown, and what nobody reads."""
    for node in ast.walk(module):
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if docstring or (isinstance(node, ast.Call) and _called(node) in _TRANSLATES):
            yield node
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = {target.id if isinstance(target, ast.Name) else getattr(target, "attr", "") for target in targets}
            if names & (_SHOWN_ATTRIBUTES | {"_TITLES", "DEFAULT_CSS"}):
                yield node


def test_gettext_is_given_whole_sentences() -> None:
    """An f-string or a sum can't be looked up in a catalogue."""
    wrong = [
        f"{place}:{node.lineno}"
        for place, module in _sources()
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and _called(node) in {"_", "plural"}
        for text in node.args[:2]
        if isinstance(text, ast.JoinedStr | ast.BinOp)
    ]
    assert not wrong, wrong


# The command line is English; everything else a person is told is translated.
_ERRORS = {
    "CompanionError", "InputError", "FileRefused", "RuleError", "UsageError", "WrongSecret", "WaitFirst", "InUse",
    "NoSuchProfile", "StorageError", "Damaged", "DiskFull", "NewerFile", "NotWritable", "FieldError", "Wrong",
}  # fmt: skip


def test_what_an_error_says_goes_through_gettext() -> None:
    wrong = [
        f"{place}:{node.lineno}: {_literal(text)!r}"
        for place, module in _sources()
        if not place.startswith("companion/cli/")
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and (_called(node) in _ERRORS or _super_of_error(place, node))
        for text in node.args
        if _PROSE.search(_literal(text))
    ]
    assert not wrong, "\n".join(wrong)


def _super_of_error(place: str, call: ast.Call) -> bool:
    return place == "companion/errors.py" and _called(call) == "__init__"
