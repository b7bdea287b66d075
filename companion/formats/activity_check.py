"""The linter for activity files: what the parser asks for, the safety rules, and words that everybody can read.

An error keeps a file out of the library's tests; a warning asks the author to look again. The same for drafts, so
that an author hears early.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from companion.domain.activity import (
    Activity,
    Category,
    Company,
    Cost,
    GuideKind,
    Position,
    Safety,
    Setting,
    Status,
    Tier,
)
from companion.domain.child import AgeBand
from companion.domain.finding import Finding, Level
from companion.domain.language import _
from companion.formats.activity_document import Document, Heading
from companion.formats.activity_file import ActivityFile, parse_activity, read_activity
from companion.formats.activity_words import (
    AVOID,
    BANS,
    BRANDS,
    CALLS,
    DOING_BANS,
    KNOWN_LONG,
    NO_VERBS,
    SAYS,
    VISIT_WORDS,
)
from companion.formats.reading_level import grade, sentences, syllables, words

TITLE_WORDS = 5
STEPS = (3, 7)
GRADE_ERROR, GRADE_WARNING = 6.0, 5.0  # Am Fam Physician 2015;92(2):118-124: at or below grade 5 to 6
SENTENCE_ERROR, SENTENCE_WARNING = 20, 15  # words
HOLD_FROM, LONG_HOLD_FROM, LONG_HOLD = 108, 156, 7  # months, months, seconds
LONG_HOLD_ROUNDS = 4
OTHERS_RULES = frozenset({Setting.VISIT_ROOM, Setting.VIDEO_CALL, Setting.LETTER})


@dataclass(frozen=True, slots=True)
class Part:
    """A line of prose and where it is."""

    line: int
    field: str
    text: str


def check_text(text: str, file: str = "", *, name: str = "", category: str = "") -> list[Finding]:
    """Everything there is to say about an activity file's text, in the order of its lines."""
    return _check(parse_activity(text, file, name=name, category=category))


def check_file(path: Path, library: Path | None = None) -> list[Finding]:
    """The same for the file at `path`; with `library`, its name counts from that folder on."""
    return _check(read_activity(path, library))


def check_library(folder: Path) -> tuple[int, list[Finding]]:
    """How many activity files there are in `folder` and its category folders, and everything to say about them."""
    findings: list[Finding] = []
    ids: dict[tuple[str, str], str] = {}
    paths = sorted(path for path in [*folder.glob("*.md"), *folder.glob("*/*.md")] if path.name != "README.md")
    for path in paths:
        read = read_activity(path, folder)
        findings += _check(read)
        if path.parent.name not in set(Category):
            text = _("The folder is not named as a category.")
            findings.append(Finding(Level.ERROR, text, _("Move the file."), read.document.file))
        if read.activity is None:
            continue
        key = read.activity.id, read.activity.language
        if key in ids:
            found = _('"{file}" has the same id.').format(file=ids[key])
            line = read.document.line_of("id")
            findings.append(Finding(Level.ERROR, found, _("Choose another."), read.document.file, line, field="id"))
        ids.setdefault(key, read.document.file)
    return len(paths), findings


def _check(read: ActivityFile) -> list[Finding]:
    findings = list(read.findings)
    if read.activity is not None:
        linter = _Linter(read.activity, read.document)
        findings += linter.findings()
    return sorted(findings, key=lambda finding: finding.line)


class _Linter:
    def __init__(self, activity: Activity, document: Document) -> None:
        self.activity = activity
        self.document = document
        self.found: list[Finding] = []
        self.parts = [
            Part(item.line, heading.value, item.text.split(":", 1)[-1].strip() if heading in _LABELLED else item.text)
            for heading in Heading
            for item in document.items.get(heading, [])
        ]

    def findings(self) -> list[Finding]:
        self._fields()
        self._guide()
        self._steps()
        self._sources_and_review()
        if self.activity.language == "en":
            self._calls()
            self._category_rules()
            self._says()
            self._bans()
            self._reading()
        return self.found

    def _add(self, level: Level, line: int, field: str, text: str, mend: str) -> None:
        self.found.append(Finding(level, text, mend, self.document.file, line, field=field))

    def _field(self, name: str, text: str, mend: str, level: Level = Level.ERROR) -> None:
        self._add(level, self.document.line_of(name), name, text, mend)

    def _fields(self) -> None:
        activity = self.activity
        if len(words(activity.title)) > TITLE_WORDS:
            self._field("title", _("The title is long."), _("Five words or fewer."))
        if BRANDS.search(activity.title):
            self._field("title", _("The title has a brand name in it."), _("Choose another."))
        if activity.cost is Cost.FREE and activity.needs:
            self._field(
                "cost", _("Something is needed, so it is not free of things."), _('Write "household" or "low".')
            )
        if activity.cost is not Cost.FREE and not activity.needs:
            self._field(
                "needs", _("Nothing is needed, but the cost says so."), _('Write cost = "free".'), Level.WARNING
            )
        if not activity.builds_child or len(activity.builds_child) > 3:
            self._field("builds_child", _("One to three words go here."), _("Choose what it builds most."))
        if not activity.builds_parent or len(activity.builds_parent) > 4:
            self._field("builds_parent", _("One to four words go here."), _("Choose what it builds most."))
        if activity.from_months is not None:
            first, after = min((band.months for band in activity.ages), default=(0, 0))
            if not first < activity.from_months < after:
                self._field("from_months", _("This month is not inside the first age."), _("Change it or take it out."))
        if activity.made_for_apart and not OTHERS_RULES & set(activity.where):
            self._field("made_for_apart", _("It has to work from afar."), _('Add "video-call" or "letter-recording".'))

    def _guide(self) -> None:
        activity, guide = self.activity, self.activity.guide
        seconds = guide.breath.seconds if guide.breath else guide.seconds
        if seconds > activity.minutes.most * 60:
            name = guide.kind.value if guide.kind in (GuideKind.BREATH, GuideKind.TIMER) else "timer"
            self._field(name, _("This takes longer than the minutes say."), _("Change one of them."))
        if guide.breath is None:
            return
        if Safety.BREATH_GENTLE not in activity.safety:
            self._field("safety", _("A breath to follow needs a rule."), _('Add "breath-gentle".'))
        hold = max(guide.breath.hold, guide.breath.hold_out)
        youngest = min(band.months[0] for band in activity.ages)
        if hold and youngest < HOLD_FROM:
            self._field("breath", _("No breath is held under 9 years or in pregnancy."), _("Take the hold out."))
        elif hold >= LONG_HOLD and (youngest < LONG_HOLD_FROM or guide.breath.rounds > LONG_HOLD_ROUNDS):
            self._field("breath", _("A long hold is for 13 years and up."), _("At most 4 times."))

    def _steps(self) -> None:
        items = self.document.items[Heading.STEPS]
        if not STEPS[0] <= len(items) <= STEPS[1]:
            line = self.document.headings[Heading.STEPS]
            self._add(Level.ERROR, line, Heading.STEPS, _("Three to seven steps go here."), _("Join or split some."))
        for item in items:
            first = words(item.text)[:1]
            if self.activity.language == "en" and first and first[0].casefold() in NO_VERBS:
                text = _("This step doesn't begin with what to do.")
                self._add(Level.WARNING, item.line, Heading.STEPS, text, _('Begin with a word like "Sit" or "Ask".'))

    def _sources_and_review(self) -> None:
        activity = self.activity
        if not activity.sources:
            self._field("sources", _("There is no source."), _("Name where it comes from."))
        elif activity.status is Status.LIVE and all(source.tier is Tier.C for source in activity.sources):
            self._field("sources", _("A blog alone is not enough."), _('Find an A or B source, or write "draft".'))
        if bool(activity.reviewed_by) != bool(activity.reviewed_on):
            self._field("status", _("A review has a name and a day."), _("Give reviewed_by and reviewed_on."))
        if activity.status is Status.LIVE and Safety.VISIT_RULES in activity.safety and not activity.reviewed_by:
            self._field(
                "status",
                _("What touches the rules of a visit is read by a professional first."),
                _('Write "draft", or name who read it.'),
            )

    def _require(self, rule: Safety, part: Part | None, why: str) -> None:
        if rule in self.activity.safety:
            return
        line = part.line if part else self.document.line_of("safety")
        mend = _('Add "{rule}" to safety and say it under Stay safe, or write it otherwise.').format(rule=rule.value)
        self._add(Level.ERROR, line, part.field if part else "safety", why, mend)

    def _prose(self) -> Iterator[Part]:
        """Every line that is shown, the title and the things needed too."""
        yield Part(self.document.line_of("title"), "title", self.activity.title)
        for need in self.activity.needs:
            yield Part(self.document.line_of("needs"), "needs", need)
        yield from self.parts

    def _calls(self) -> None:
        bands = [band.months[0] for band in self.activity.ages]
        away = OTHERS_RULES & set(self.activity.where)
        for part in self._prose():
            for call in CALLS:
                if any(call.since <= months < call.until for months in bands) and (
                    word := call.words.search(part.text)
                ):
                    self._require(call.rule, part, _('"{word}" calls for a safety rule.').format(word=word[0]))
            if away and (word := VISIT_WORDS.search(part.text)):
                self._require(
                    Safety.VISIT_RULES,
                    part,
                    _('"{word}" at a visit, on a call or in a letter calls for a safety rule.').format(word=word[0]),
                )

    def _category_rules(self) -> None:
        activity = self.activity
        youngest = min(band.months[0] for band in activity.ages)
        if activity.category is Category.MOVE and youngest < 12:
            self._require(Safety.MOVE_CLEAR, None, _("Movement in pregnancy or the first year calls for a rule."))
        if activity.category is Category.OUTDOOR and AgeBand.MONTHS_0_5 in activity.ages:
            self._require(Safety.SUN, None, _("Going outside with a baby calls for a rule."))
        if activity.category is Category.OUTDOOR and activity.position is Position.MOVING:
            self._require(Safety.ROAD, None, _("Walking and running outside call for a rule."))
        if activity.category is Category.KITCHEN and youngest < 72 and activity.children is not Company.SOLO:
            self._require(Safety.HOT, None, _("A small child in the kitchen calls for a rule."))

    def _says(self) -> None:
        lines = " ".join(self.activity.stay_safe)
        for rule in self.activity.safety:
            if not all(pattern.search(lines) for pattern in SAYS.get(rule, ())):
                text = _('The rule "{rule}" is named, but not said.').format(rule=rule.value)
                line = self.document.headings[Heading.SAFE]
                self._add(Level.ERROR, line, Heading.SAFE, text, _("Add a line; activities/README.md has the words."))

    def _bans(self) -> None:
        everything = " ".join(part.text for part in self._prose())
        for part in self._prose():
            bans = BANS + (DOING_BANS if part.field in (Heading.STEPS, "needs") else ())
            for pattern, mend in (*bans, *AVOID):
                if word := pattern.search(part.text):
                    text = _('"{word}" is not written here.').format(word=word[0])
                    self._add(Level.ERROR, part.line, part.field, text, _(mend))
            folded = part.text.casefold()
            if "balloon" in folded and "pretend" not in everything.casefold():
                text = _("Balloons choke children.")
                self._add(Level.ERROR, part.line, part.field, text, _("Leave them out, or pretend one."))
            if ("close your eyes" in folded or "eyes closed" in folded) and "look down" not in folded:
                text = _("Closing the eyes scares some people.")
                self._add(Level.ERROR, part.line, part.field, text, _('Add "or look down".'))
            if "hold your breath" in folded and any(band.months[0] < HOLD_FROM for band in self.activity.ages):
                text = _("No breath is held under 9 years or in pregnancy.")
                self._add(Level.ERROR, part.line, part.field, text, _("Take it out."))

    def _reading(self) -> None:
        level = grade("\n".join(part.text for part in self.parts))
        if level > GRADE_WARNING:
            text = _("The text reads at school grade {grade}.").format(grade=f"{level:.1f}")
            hard = Level.ERROR if level > GRADE_ERROR else Level.WARNING
            self._add(hard, 0, "", text, _("Shorter words and sentences; grade 5 is the aim."))
        for part in self.parts:
            for sentence in sentences(part.text):
                count = len(words(sentence))
                if count > SENTENCE_WARNING:
                    text = _("A sentence has {n} words.").format(n=count)
                    hard = Level.ERROR if count > SENTENCE_ERROR else Level.WARNING
                    self._add(hard, part.line, part.field, text, _("15 or fewer read best."))
            for word in words(part.text):
                if syllables(word) > 3 and "-" not in word and word.casefold() not in KNOWN_LONG:
                    text = _('"{word}" is a long word.').format(word=word)
                    self._add(Level.WARNING, part.line, part.field, text, _("Is there a shorter one?"))


_LABELLED = frozenset({Heading.HELPS, Heading.CHANGE})
