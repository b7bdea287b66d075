"""Activity files and the library: activities/<category>/<slug>.md, `<slug>.es.md` beside it for Spanish.

Strict on purpose: an author who mistypes a field hears of it with file and line, and a file with an error gives no
activity. A bad file never hides the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from companion.domain.activity import (
    Activity,
    Category,
    Change,
    ChildBuilds,
    Company,
    Cost,
    Energy,
    Mess,
    Noise,
    ParentBuilds,
    Place,
    Position,
    Safety,
    Season,
    Setting,
    Status,
    Step,
    Variation,
)
from companion.domain.child import AgeBand
from companion.domain.finding import Finding, Level
from companion.domain.language import _
from companion.errors import FileRefused
from companion.formats.activity_document import Document, Heading, Item, take_apart
from companion.formats.activity_fields import ID, LANGUAGE, Fields
from companion.formats.bounded import decode, read_regular

LIMIT = 64_000  # bytes; the longest of ours has 4,000
_NAME = re.compile(r"(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)(?:\.(?P<language>[a-z]{2,3}))?\.md")
_LABELLED = re.compile(r"([^:]{2,30}): *(.*)")
CHILD_LABEL, YOU_LABEL = "Your child", "You"


@dataclass(frozen=True, slots=True)
class ActivityFile:
    """What one file gives: no activity where any finding is an error. `document` is for the linter."""

    activity: Activity | None
    findings: tuple[Finding, ...]
    document: Document


@dataclass(frozen=True, slots=True)
class Library:
    """All activities by id, drafts included, and what is wrong with the files that gave none."""

    activities: dict[str, Activity]
    findings: tuple[Finding, ...] = ()


def activities_folder() -> Path:
    """Where the library is: in an installed wheel inside the package, in a source checkout beside it."""
    package = Path(str(files("companion")))
    inside = package / "_activities"
    return inside if inside.is_dir() else package.parent / "activities"


def load_library(folder: Path, language: str = "en") -> Library:
    """Every activity in `folder`'s category folders, in `language` where there is such a file, else in English."""
    activities: dict[str, Activity] = {}
    findings: list[Finding] = []
    if not folder.is_dir():
        return Library({}, (Finding(Level.ERROR, _("The folder with the activities is not there."), file=str(folder)),))
    for category in sorted(path for path in folder.iterdir() if path.is_dir() and path.name[0] not in "._"):
        try:
            slugs = sorted(_slugs(category).items())
        except OSError:
            findings.append(Finding(Level.ERROR, _("This folder can't be read."), file=category.name))
            continue
        for slug, variants in slugs:
            for path in (variants.get(language), variants.get("")):
                if path is None:
                    continue
                read = read_activity(path, folder)
                findings += read.findings
                if read.activity is None:
                    continue
                if slug in activities:
                    name = path.relative_to(folder.parent).as_posix()
                    findings.append(_twice(name, read.document.line_of("id")))
                else:
                    activities[slug] = read.activity
                break
    return Library(activities, tuple(findings))


def _twice(file: str, line: int) -> Finding:
    return Finding(Level.ERROR, _("Another activity has this id."), _("Choose another."), file, line, field="id")


def _slugs(folder: Path) -> dict[str, dict[str, Path]]:
    """The files of one category folder: by slug, then by language ("" for English)."""
    found: dict[str, dict[str, Path]] = {}
    for path in folder.iterdir():
        if name := _NAME.fullmatch(path.name):
            found.setdefault(name["slug"], {})[name["language"] or ""] = path
    return found


def read_activity(path: Path, library: Path | None = None) -> ActivityFile:
    """The activity in the file at `path`; a file that can't be read is a finding, not an error raised.

    With `library`, findings name the file from that folder on ("activities/calm/balloon-belly.md").
    """
    shown = path.relative_to(library.parent).as_posix() if library else str(path)
    try:
        text, remark = decode(read_regular(path, LIMIT))
    except FileRefused as refused:
        document = Document(shown)
        document.error(refused.sentence, refused.mend)
        return ActivityFile(None, tuple(document.findings), document)
    read = parse_activity(text, shown, name=path.name, category=path.parent.name)
    if not remark:
        return read
    note = Finding(Level.WARNING, remark, _("Save it as UTF-8."), shown)
    return ActivityFile(read.activity, (*read.findings, note), read.document)


def parse_activity(text: str, file: str = "", *, name: str = "", category: str = "") -> ActivityFile:
    """The activity in `text`. `file` is what findings call it; `name` its file name and `category` the folder it is
    in, which both have to agree with the fields ("" where there is none to agree with)."""
    document = take_apart(text, file)
    if not document.has_fields:
        return ActivityFile(None, tuple(document.findings), document)
    activity = _build(document, name)
    if category in set(Category) and category != activity.category and "category" in document.fields:
        document.error(
            _("The file is in the folder of another category."),
            _('Move it, or write "{category}".').format(category=category),
            line=document.line_of("category"),
            field="category",
        )
    refused = any(finding.level is Level.ERROR for finding in document.findings)
    return ActivityFile(None if refused else activity, tuple(document.findings), document)


def _build(document: Document, name: str) -> Activity:
    fields = Fields(document)
    activity = Activity(
        id=fields.text("id"),
        title=fields.text("title"),
        category=fields.word("category", Category),
        also=fields.words("also", Category),
        ages=fields.words("ages", AgeBand),
        from_months=fields.number("from_months"),
        minutes=fields.minutes(),
        energy=fields.word("energy", Energy),
        position=fields.word("position", Position),
        cost=fields.word("cost", Cost),
        needs=fields.texts("needs"),
        where=fields.words("where", Setting),
        place=fields.word("place", Place),
        season=fields.word("season", Season),
        children=fields.word("children", Company),
        mess=fields.word("mess", Mess),
        noise=fields.word("noise", Noise),
        made_for_apart=fields.flag("made_for_apart"),
        builds_child=fields.words("builds_child", ChildBuilds),
        builds_parent=fields.words("builds_parent", ParentBuilds),
        guide=fields.guide(),
        safety=fields.words("safety", Safety),
        sources=fields.sources(),
        art=fields.art(),
        art_says=fields.text("art_says"),
        print=fields.text("print"),
        language=fields.text("language"),
        status=fields.word("status", Status),
        reviewed_by=fields.text("reviewed_by"),
        reviewed_on=fields.day("reviewed_on"),
        one_line=_one_line(document),
        steps=_steps(document),
        helps_child=_labelled(document, Heading.HELPS).get(CHILD_LABEL, ""),
        helps_you=_labelled(document, Heading.HELPS).get(YOU_LABEL, ""),
        stay_safe=_bullets(document, Heading.SAFE),
        changes=tuple(
            Change(when, text)
            for label, text in _labelled(document, Heading.CHANGE).items()
            for when in Variation
            if when == label
        ),
    )
    _check_whole(document, fields, activity, name)
    return activity


def _check_whole(document: Document, fields: Fields, activity: Activity, name: str) -> None:
    """What concerns the file's name and several parts at once."""
    if activity.id and not ID.fullmatch(activity.id):
        fields.error("id", _("An id is small letters, digits and hyphens."), _("Like this: balloon-belly."))
    if activity.language and not LANGUAGE.fullmatch(activity.language):
        fields.error("language", _("That is no code for a language."), _("Write en for English, es for Spanish."))
    if name:
        parts = _NAME.fullmatch(name)
        if parts is None or parts["slug"] != activity.id:
            fields.error("id", _("The file name and the id differ."), _("Name the file as the id, then .md."))
        elif (parts["language"] or "en") != activity.language:
            fields.error("language", _("The file name and the language differ."), _("A Spanish file ends in .es.md."))
    if bool(activity.art) != bool(activity.art_says):
        fields.error("art", _("A picture and its words go together."), _("Give both art and art_says, or none."))
    for heading, items in document.items.items():
        for item in items:
            if not item.text or (item.mark == "-" and item.text.endswith(":")):
                _wrong(document, heading, [item], _("This line is empty."), _("Fill it in, or take it out."))
    _check_labels(document, Heading.HELPS, (CHILD_LABEL, YOU_LABEL), every=True)
    _check_labels(document, Heading.CHANGE, tuple(Variation), every=False)


def _one_line(document: Document) -> str:
    items = document.items.get(Heading.ONE_LINE, [])
    if Heading.ONE_LINE in document.headings and (len(items) != 1 or items[0].mark):
        _wrong(document, Heading.ONE_LINE, items, _("One sentence goes here."), _("Write it without a bullet."))
    return items[0].text if items else ""


def _steps(document: Document) -> tuple[Step, ...]:
    items = document.items.get(Heading.STEPS, [])
    marks = [item.mark for item in items]
    if Heading.STEPS in document.headings and (not items or marks != [str(n) for n in range(1, len(items) + 1)]):
        _wrong(document, Heading.STEPS, items, _("Numbered steps go here."), _("Write 1. 2. 3. and so on, in order."))
    return tuple(Step(number, item.text) for number, item in enumerate(items, 1))


def _bullets(document: Document, heading: Heading) -> tuple[str, ...]:
    items = document.items.get(heading, [])
    if heading in document.headings and (not items or any(item.mark != "-" for item in items)):
        _wrong(document, heading, items, _("Lines with a bullet go here."), _('Start each line with "- ".'))
    return tuple(item.text for item in items)


def _labelled(document: Document, heading: Heading) -> dict[str, str]:
    """The bullets of a heading whose lines start with a fixed word and a colon."""
    pairs = [_LABELLED.fullmatch(item.text) for item in document.items.get(heading, [])]
    return {pair[1].strip(): pair[2] for pair in pairs if pair}


def _check_labels(document: Document, heading: Heading, labels: tuple[str, ...], *, every: bool) -> None:
    if heading not in document.headings:
        return
    items = document.items[heading]
    _bullets(document, heading)
    seen: set[str] = set()
    for item in items:
        pair = _LABELLED.fullmatch(item.text)
        label = pair[1].strip() if pair else ""
        if label not in labels or label in seen:
            mend = _("Start with one of these, once each: {labels}.").format(labels=", ".join(f"{w}:" for w in labels))
            _wrong(document, heading, [item], _("This line has no start that is known."), mend)
        seen.add(label)
    for label in labels if every and items else ():
        if label not in seen:
            start = _('Write a line that starts with "{label}:".').format(label=label)
            _wrong(document, heading, [], _("A line is missing."), start)


def _wrong(document: Document, heading: Heading, items: list[Item], text: str, mend: str) -> None:
    line = items[0].line if items else document.headings[heading]
    document.error(text, mend, line=line, field=heading)
