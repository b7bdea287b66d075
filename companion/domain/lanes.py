"""Two lanes of a week: what she goes to, and what the children go to."""

from __future__ import annotations

from enum import StrEnum

from companion.domain.event import Event

_CHILDRENS = frozenset({"child-care", "child-health"})
# They last for hours or days and leave her time for something else, so they never clash with it.
_GO_ON_BESIDE = frozenset({"child-care", "residential-stay"})


class Lane(StrEnum):
    """Whose it is."""

    HERS = "hers"
    CHILDREN = "children"


def lane_of(event: Event) -> Lane:
    """The children's lane has what is theirs: a check-up, day care. Time that she spends with them is hers too."""
    return Lane.CHILDREN if event.kind in _CHILDRENS else Lane.HERS


def leaves_time(event: Event) -> bool:
    """Whether something else can take place meanwhile: day care, a stay, a whole day without an hour."""
    return event.all_day or event.kind in _GO_ON_BESIDE
