"""From a plan's header and items to the plan itself, within bounds (docs/plan-file.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from companion.domain.finding import Finding, Level
from companion.domain.language import _
from companion.domain.plan import Plan, PlanGoal, PlanHeader, PlanItem
from companion.domain.plan_draft import ItemDraft
from companion.domain.plan_item import build_item

MAX_ITEMS = 20_000
MAX_OCCURRENCES = 50_000


def build_plan(
    header: PlanHeader,
    drafts: Iterable[ItemDraft],
    goals: Sequence[PlanGoal] = (),
    findings: Iterable[Finding] = (),
    file: str = "",
    *,
    withhold: bool = False,
) -> Plan:
    """The plan with every item that is right, and all findings in the order of the file.

    `withhold` keeps every item back while still looking at each: the header lacks what they depend on, such as
    the zone. More items or sessions than the bounds allow keep all of them back too.
    """
    found = list(findings)
    items: list[PlanItem] = []
    seen: dict[str, int] = {}
    sessions = 0
    number = 0
    for number, draft in enumerate(drafts, 1):
        if number > MAX_ITEMS:
            break
        built = build_item(draft, header, file)
        found += built.findings
        if draft.id in seen:
            line = draft.lines.get("id") or draft.line
            text = _("Another item has the same id, in line {line}.").format(line=seen[draft.id])
            found.append(Finding(Level.ERROR, text, _("Give each item its own id."), file, line, draft.id, "id"))
            continue
        seen[draft.id] = draft.line
        sessions += built.sessions
        if sessions > MAX_OCCURRENCES:
            break
        if built.item is not None and not draft.refused:
            items.append(built.item)
    if not number and not any(finding.level is Level.ERROR for finding in found):
        found.append(Finding(Level.WARNING, _("There is no item in this plan."), "", file))
    too_much = ""
    if number > MAX_ITEMS:
        too_much = _("The plan has more than {n} items.").format(n=f"{MAX_ITEMS:,}")
    elif sessions > MAX_OCCURRENCES:
        too_much = _("The plan has more than {n} sessions.").format(n=f"{MAX_OCCURRENCES:,}")
    if too_much:
        found.append(Finding(Level.ERROR, too_much, _("Split it into several plans."), file))
    if too_much or withhold:
        items = []
    found.sort(key=lambda finding: finding.line)
    return Plan(header, tuple(items), tuple(goals), tuple(found))
