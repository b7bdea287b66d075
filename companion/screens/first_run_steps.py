"""What the first run asks, one step each: the question, the fields, and what an answer means.

A step knows nothing of the screen: it says its fields, takes the values, and gives new answers or says what is wrong
with which field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from companion.domain.child import Child, age_words, parse_age
from companion.domain.language import _
from companion.domain.text import TITLE_LIMIT
from companion.domain.zone_choice import CHOICES, zone_named
from companion.errors import InputError
from companion.screens.controls import ON, Tick
from companion.screens.form import Field

WORDS_LIMIT = 1_000
_SHORT_WORDS = 12  # letters; below that a computer guesses them in hours (docs/privacy.md)


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered so far. `zone` is None where the computer's own is taken; `words` "" for none."""

    name: str = ""
    children: tuple[Child, ...] = ()
    zone: str | None = None
    label: str = ""
    words: str = ""
    warned: str = (
        ""  # what was said once already: "short" words, or "none"; "zone" for no time zone, "age" for one unread
    )


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a step may need to know: the day, whether the computer knows its zone, and how a label is checked."""

    today: date
    zone_known: bool
    check_label: Callable[[str], str]


class Wrong(Exception):
    """What is wrong with the field called `field`; `answers` as they are nevertheless.

    `anew` names fields to be emptied: behind dots nobody finds the letter that is wrong.
    """

    def __init__(
        self, field: str, sentence: str, answers: Answers | None = None, *, anew: tuple[str, ...] = ()
    ) -> None:
        super().__init__(sentence)
        self.field, self.sentence, self.answers, self.anew = field, sentence, answers, anew


class Step:
    """One question. Each method's default is that of a step without fields."""

    question = ""
    repeats = False  # whether "one more" is offered
    checks_each = False  # whether a field is read as soon as Enter leaves it, not only at the last one

    def wanted(self, answers: Answers, around: Surroundings) -> bool:
        return True

    def note(self, answers: Answers, around: Surroundings) -> str:
        return ""

    def fields(self, answers: Answers) -> list[Field]:
        return []

    def take(self, values: Mapping[str, str], answers: Answers, around: Surroundings) -> Answers:
        """The answers with this step's values. Raises Wrong."""
        return answers

    def skip(self, answers: Answers) -> Answers:
        """The answers where this step is passed over. Raises Wrong where that has to be said first."""
        return answers

    def pass_over(self, values: Mapping[str, str], answers: Answers, around: Surroundings) -> Answers:
        """What `skip` gives, where nothing that was typed is worth keeping. Raises Wrong."""
        return self.skip(answers)


class NameStep(Step):
    question = "What may we call you?"

    def note(self, answers: Answers, around: Surroundings) -> str:
        return _("A first name, a nickname, or nothing. You can skip every question here.")

    def fields(self, answers: Answers) -> list[Field]:
        return [Field("name", _("Name"), value=answers.name, limit=TITLE_LIMIT)]

    def take(self, values: Mapping[str, str], answers: Answers, around: Surroundings) -> Answers:
        return replace(answers, name=values["name"])


class ChildStep(Step):
    question = "Your children"
    repeats = True
    checks_each = True

    def note(self, answers: Answers, around: Surroundings) -> str:
        if not answers.children:
            return _("So that what is offered fits their age. A first letter is enough for a name.")
        named = [_child_words(child, around.today) for child in answers.children]
        return _("So far: {children}. Another one, or go on.").format(children=" · ".join(named))

    def fields(self, answers: Answers) -> list[Field]:
        return [
            Field("child", _("First name or initial"), limit=TITLE_LIMIT),
            Field("age", _("How old? “8 weeks”, “4 years”, “due Feb 3”"), limit=60),
            Field("here", "", control=Tick(_("Lives with me now"), True)),
        ]

    def take(self, values: Mapping[str, str], answers: Answers, around: Surroundings) -> Answers:
        name, age = values["child"], values["age"]
        if not name and not age:
            return answers
        if not name:
            raise Wrong("child", _("There is no name yet. A first letter is enough."))
        child = Child(id="", name=name, lives_here=values["here"] == ON)
        if age:
            try:
                known = parse_age(age, around.today)
            except InputError as error:
                raise Wrong("age", str(error)) from error
            child = replace(child, born=known.born, due=known.due)
        return replace(answers, children=(*answers.children, child))

    def pass_over(self, values: Mapping[str, str], answers: Answers, around: Surroundings) -> Answers:
        """A child that was named is added, though the step is skipped; an age that can't be read is told once."""
        if not values["child"]:
            return answers
        try:
            return self.take(values, answers, around)
        except Wrong as wrong:
            if answers.warned == "age":
                return self.take({**values, "age": ""}, answers, around)
            told = _("{what} F8 again goes on without the age.").format(what=wrong.sentence)
            raise Wrong("age", told, replace(answers, warned="age")) from wrong


class ZoneStep(Step):
    question = "Which time zone are you in?"

    def wanted(self, answers: Answers, around: Surroundings) -> bool:
        return not around.zone_known

    def note(self, answers: Answers, around: Surroundings) -> str:
        named = " · ".join(_(words) for words, _zone in CHOICES)
        return _("This computer doesn't say. Type one of these, or a big city:") + f"\n{named}"

    def fields(self, answers: Answers) -> list[Field]:
        return [Field("zone", _("Time zone"), value=answers.zone or "", hint=_("Eastern"), limit=60)]

    def take(self, values: Mapping[str, str], answers: Answers, around: Surroundings) -> Answers:
        try:
            return replace(answers, zone=zone_named(values["zone"]))
        except InputError as error:
            raise Wrong("zone", str(error)) from error

    def skip(self, answers: Answers) -> Answers:
        if answers.warned != "zone":
            raise Wrong(
                "zone",
                _("Without it the hours here and on a phone can be wrong. F8 again goes on all the same."),
                replace(answers, warned="zone"),
            )
        return replace(answers, zone=None)


class LabelStep(Step):
    question = "A name for the list"

    def note(self, answers: Answers, around: Surroundings) -> str:
        return _(
            "Everyone who opens the app sees this name, before any words. "
            "A color and an animal tell nobody anything; take this one or type your own."
        )

    def fields(self, answers: Answers) -> list[Field]:
        return [Field("label", _("Name on the list"), value=answers.label, limit=TITLE_LIMIT)]

    def take(self, values: Mapping[str, str], answers: Answers, around: Surroundings) -> Answers:
        try:
            return replace(answers, label=around.check_label(values["label"]))
        except InputError as error:
            raise Wrong("label", str(error)) from error


class WordsStep(Step):
    question = "Words that lock it"

    def note(self, answers: Answers, around: Surroundings) -> str:
        return _(
            "Four words that have nothing to do with each other work well. Nobody can read what you keep here without "
            "them, and nobody can reset them.\n"
            "They do not help where someone makes you open it or watches the keys. That the app is here can be seen. "
            "A court may ask for what is in it."
        )

    def fields(self, answers: Answers) -> list[Field]:
        return [
            Field("words", _("Your words"), secret=True, limit=WORDS_LIMIT),
            Field("again", _("The same words again"), secret=True, limit=WORDS_LIMIT),
        ]

    def take(self, values: Mapping[str, str], answers: Answers, around: Surroundings) -> Answers:
        words, again = values["words"], values["again"]
        if not words.strip() and not again.strip():
            return self.skip(answers)
        if words != again:
            raise Wrong("words", _("The two were not the same. Type both once more."), anew=("words", "again"))
        if len(words.strip()) < _SHORT_WORDS and answers.warned != "short":
            raise Wrong(
                "words",
                _("Short words are quick to guess. Enter again takes them all the same."),
                replace(answers, warned="short"),
            )
        return replace(answers, words=words)

    def skip(self, answers: Answers) -> Answers:
        if answers.warned != "none":
            raise Wrong(
                "words",
                _("Without words anyone at this computer can read what you write. F8 again goes on without."),
                replace(answers, warned="none"),
            )
        return replace(answers, words="")


# The zone before the children: how old they are is counted back from her day.
STEPS: tuple[Step, ...] = (NameStep(), ZoneStep(), ChildStep(), LabelStep(), WordsStep())


def _child_words(child: Child, today: date) -> str:
    age = age_words(child, today) if child.born or child.due else ""
    return f"{child.name}, {age}" if age else child.name
