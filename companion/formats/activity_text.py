"""An activity as plain text, for the command line and for printing from it; and the blank file for a new one."""

from __future__ import annotations

from textwrap import wrap

from companion.domain.activity import Activity, Breath, Category, Company, Guide, GuideKind, Variation
from companion.domain.activity_terms import Position
from companion.domain.language import _, plural

WIDTH = 80


def card(activity: Activity, width: int = WIDTH) -> str:
    """Everything there is to know about `activity`, no line longer than `width` where its words allow it."""
    lines = wrap(activity.title, width)
    lines += wrap(
        " · ".join(
            (activity.category.label, activity.minutes.words, _energy_words(activity), activity.ages_words),
        ),
        width,
    )
    lines += ["", *wrap(activity.one_line, width), ""]
    needed = ", ".join(activity.needs) or _("nothing")
    lines += _labelled(_("You need"), needed, width)
    lines += _labelled(_("Good"), ", ".join(setting.label for setting in activity.where), width)
    lines += _labelled(_("For"), _(_COMPANY[activity.children]), width)
    if guide := guide_words(activity.guide):
        lines += _labelled(_("Guided"), guide, width)
    lines += _heading(_("What to do"))
    for step in activity.steps:
        lines += _hung(f"{step.number}. ", step.text, width)
    if activity.art:
        lines += ["", *activity.art.split("\n"), *wrap(f"({activity.art_says})", width)]
    lines += _heading(_("Why it helps"))
    lines += _labelled(_("Your child"), activity.helps_child, width) + _labelled(_("You"), activity.helps_you, width)
    lines += _heading(_("Stay safe"))
    for text in (*activity.stay_safe, _("Stop if it does not feel right. You know your child best.")):
        lines += _hung("- ", text, width)
    if activity.changes:
        lines += _heading(_("Change it"))
    for change in activity.changes:
        lines += _hung("- ", f"{_(change.when.value)}: {change.text}", width)
    lines += _heading(_("Where it comes from"))
    for source in activity.sources:
        lines += _hung("- ", f"{source.organisation}: {source.title}", width)
        lines.append(f"  {source.url}")
    if activity.reviewed_by and activity.reviewed_on:
        read = _("Read by {name} on {day}.").format(name=activity.reviewed_by, day=activity.reviewed_on.isoformat())
        lines += ["", *wrap(read, width)]
    return "\n".join(lines) + "\n"


_COMPANY = {
    Company.ONE: "one child",
    Company.ONE_OR_MORE: "one child or more",
    Company.SOLO: "you alone, with your child safe nearby",
}


def guide_words(guide: Guide) -> str:
    """How it is led, in words: "in 3, out 3, 5 times", "3 minutes"; "" for pages alone."""
    if guide.breath is not None:
        return breath_words(guide.breath)
    if guide.kind is GuideKind.PAGES:
        return ""
    if guide.seconds % 60:
        return plural("{n} second", "{n} seconds", guide.seconds)
    return plural("{n} minute", "{n} minutes", guide.seconds // 60)


def breath_words(breath: Breath) -> str:
    parts = [_("in {n}").format(n=breath.inhale)]
    if breath.hold:
        parts.append(_("hold {n}").format(n=breath.hold))
    parts.append(_("out {n}").format(n=breath.exhale))
    if breath.hold_out:
        parts.append(_("hold {n}").format(n=breath.hold_out))
    parts.append(plural("{n} time", "{n} times", breath.rounds))
    return ", ".join(parts)


def _energy_words(activity: Activity) -> str:
    energy = {"low": _("little energy"), "medium": _("some energy"), "high": _("lots of energy")}[activity.energy]
    return _("{energy}, lying down").format(energy=energy) if activity.position is Position.LYING else energy


def _heading(text: str) -> list[str]:
    return ["", text.upper()]


def _labelled(label: str, text: str, width: int) -> list[str]:
    return wrap(f"{label}: {text}", width, subsequent_indent="  ")


def _hung(mark: str, text: str, width: int) -> list[str]:
    return wrap(text, width, initial_indent=mark, subsequent_indent=" " * len(mark))


def blank(activity_id: str, category: str = "") -> str:
    """A new activity's file, to be filled in; comments say how. It is a draft and `check` lists what is empty."""
    changes = "\n".join(f"<!-- - {variation.value}: -->" for variation in Variation)
    return _BLANK.format(id=activity_id, category=category, categories=", ".join(Category), changes=changes)


_BLANK = """\
+++
# Every value is in quotes, or is a list. Lines that start with # are for you; they may stay.
id = "{id}"                  # the same as the name of this file
title = ""                   # five words or fewer
category = "{category}"      # {categories}
ages = []                    # "prenatal", "0-6mo", "6-12mo", "1-2y", "3-5y", "6-8y", "9-12y", "13-17y"
minutes = [5, 10]            # the shortest and the longest time
energy = "low"               # what it asks of the parent: low, medium, high
position = "sit"             # lying, sit, stand, moving
cost = "free"                # free (nothing is needed), household, low
needs = []                   # ["paper", "a pencil"]
where = ["home"]             # home, outdoors, car-waiting, visit-room, video-call, letter-recording
place = "indoor"             # indoor, outdoor, either
season = "any"               # any, warm, rain
children = "one-or-more"     # one, one-or-more, solo (the parent alone)
mess = "none"                # none, little, lots
noise = "quiet"              # quiet, medium, loud
builds_child = []            # one to three, see README.md
builds_parent = []           # one to four, see README.md
guide = "pages"              # pages, timer, pages+timer, breath
safety = []                  # the rules it calls for, see README.md
sources = []                 # ["A | organisation: title | https://address"]
language = "en"
status = "draft"             # live once it is finished and read by somebody else
+++

## In one line

<!-- One sentence: what you do together. -->

## What to do

<!-- Three to seven steps. Begin each with what to do: Sit, Ask, Wait. -->

1.
2.
3.

## Why it helps

- Your child:
- You:

## Stay safe

<!-- One line for each safety rule, and a way to stop. -->

## Change it

<!-- One line or more; take out what you do not use. -->
{changes}
"""
