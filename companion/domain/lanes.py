"""Two lanes of a week: what she goes to, and what the children go to."""

from __future__ import annotations

from enum import StrEnum

from companion.domain.event import Event

_ELSEWHERE = frozenset({"child-care", "child-school"})
_CHILDRENS = _ELSEWHERE | {"child-health", "school-visit"}
# They last for hours or days and leave her time for something else, so they never clash with it.
_GO_ON_BESIDE = _ELSEWHERE | {"residential-stay"}


class Lane(StrEnum):
    """Whose it is."""

    HERS = "hers"
    CHILDREN = "children"


def lane_of(event: Event) -> Lane:
    """The children's lane has what is theirs: a check-up, day care, school. Time that she spends with them is hers."""
    return Lane.CHILDREN if event.kind in _CHILDRENS else Lane.HERS


def leaves_time(event: Event) -> bool:
    """Whether something else can take place meanwhile: day care, a stay, a whole day without an hour.

    At a child's check-up or a talk at the school she is needed, whosever lane it is in.
    """
    return event.all_day or event.kind in _GO_ON_BESIDE


def child_is_elsewhere(event: Event) -> bool:
    """Whether somebody else has the child that long: day care, a school day."""
    return event.kind in _ELSEWHERE
