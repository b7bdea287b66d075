"""What an activity is about, for the card beside the list: text only, no markup read."""

from __future__ import annotations

from textual.content import Content

from companion.domain.activity import Activity
from companion.domain.language import _
from companion.domain.wording import list_words


def card(activity: Activity, *, whole: bool = False) -> Content:
    """The card. With `whole` also the steps, the variations and the sources."""
    parts: list[Content] = [
        Content.assemble((activity.title, "bold")),
        Content(f"{activity.minutes.words} · {activity.ages_words}"),
        Content(""),
        Content(activity.one_line),
    ]
    if activity.needs:
        parts += [Content(""), Content(_("You need: {things}").format(things=list_words(activity.needs)))]
    if whole:
        parts += [Content(""), Content.assemble((_("What to do"), "bold"))]
        parts += [Content(f"{step.number}. {step.text}") for step in activity.steps]
    parts += [
        Content(""),
        Content.assemble((_("Your child: "), "bold"), activity.helps_child),
        Content.assemble((_("You: "), "bold"), activity.helps_you),
    ]
    if activity.stay_safe:
        parts += [Content(""), Content.assemble((_("Stay safe"), "bold"))]
        parts += [Content(f"• {line}") for line in activity.stay_safe]
    if whole and activity.changes:
        parts += [Content(""), Content.assemble((_("Change it"), "bold"))]
        parts += [Content(f"{_(change.when.value)}: {change.text}") for change in activity.changes]
    if whole and activity.sources:
        parts += [Content(""), Content.assemble((_("Where this comes from"), "bold"))]
        parts += [Content(f"{source.organisation}: {source.title}") for source in activity.sources]
    return Content("\n").join(parts)
