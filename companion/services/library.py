"""Something good to do now: the activities, and which of them fit her, her children and the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from companion.domain.activity import Activity, EnergyToday, Place, Setting
from companion.domain.child import Child, stage
from companion.domain.fitting import Offer, fits
from companion.formats.activity_file import activities_folder, load_library

if TYPE_CHECKING:
    from companion.formats.activity_file import Library
    from companion.services.diary import Diary
    from companion.services.people import People
    from companion.services.planner import Planner


@cache
def shipped() -> Library:
    """The activities that came with the program: they never change while it runs, and reading them takes 30 ms."""
    return load_library(activities_folder())


class ActivityLibrary:
    def __init__(self, diary: Diary, people: People, planner: Planner) -> None:
        self._diary = diary
        self._people = people
        self._planner = planner

    @property
    def content(self) -> Library:
        return shipped()

    def get(self, activity_id: str) -> Activity | None:
        return self.content.activities.get(activity_id)

    def usual_children(self) -> tuple[str, ...]:
        """Whom an activity is for if nobody is chosen: the youngest child who lives here, else the youngest; an id."""
        children = self._people.children()
        here = [c for c in children if c.lives_here] or children
        return (here[0].id,) if here else ()

    def offers(
        self,
        energy: EnergyToday,
        *,
        minutes: int | None = None,
        place: Place | None = None,
        setting: Setting | None = None,
        children: Sequence[str] | None = None,
    ) -> list[Offer]:
        """What fits, the best first. `children` are the ids of those who take part, None for the usual one.

        The other children who live here count as being in the room: nothing is offered that is unsafe for them.
        """
        today = self.today()
        wanted = self.usual_children() if children is None else tuple(children)
        everyone = self._people.children()
        found = fits(
            self.content.activities.values(),
            energy=energy,
            today=today,
            minutes=minutes,
            place=place,
            setting=setting,
            children=[stage(c, today) for c in everyone if c.id in wanted],
            nearby=[stage(c, today) for c in everyone if c.lives_here and c.id not in wanted],
            history=self._diary.recent(),
        )
        if not everyone:  # no child is known: what fits most ages comes first, not what speaks to a baby
            found.sort(key=lambda offer: len(offer.activity.ages), reverse=True)
        return found

    def today(self) -> date:
        return self._planner.today()

    def children(self) -> list[Child]:
        return self._people.children()
