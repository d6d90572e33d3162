"""What may be done beside a revealed picture: try moves on the places it shows, take later answers, show it anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from traitlets import Any as AnyTrait
from traitlets import HasTraits, Unicode

from learnerfirst.learner_power import (
    LearnerPowerContent,
    Position,
    Stage,
    Standing,
    standing,
    what_would_it_take,
)
from learnerfirst.pages.learner_power.model import LearnerPowerModel


class AfterModel(HasTraits):
    """State of the cards beside the picture; ``body`` is the release that they work on, None while nothing is shown."""

    body = AnyTrait(None, allow_none=True)
    aim = Unicode("", help="the stage to reach, empty where the picture names none")
    dimension = Unicode("")
    level = AnyTrait(None, allow_none=True, help="where the dimension is moved to (0 to 3), None: as it is")

    def __init__(self, power: LearnerPowerModel, content: LearnerPowerContent) -> None:
        super().__init__()
        self.power, self.content = power, content

    def take(self, body: Mapping[str, Any] | None) -> bool:
        """Work on this release; True where it is another one: what was tried on the one before is over."""
        if body == self.body:
            return False
        with self.hold_trait_notifications():
            self.body = None if body is None else dict(body)
            self.level = None
            self.dimension = next(iter(self.movable), "")
            self.aim = self._first_aim()
        return True

    @property
    def places(self) -> dict[str, float | None]:
        """The places that the picture shows, by dimension."""
        return {
            row["id"]: None if row.get("hidden") else row.get("today")
            for row in (self.body or {}).get("dimensions", ())
        }

    @property
    def movable(self) -> tuple[str, ...]:
        """Dimensions whose place is shown."""
        return tuple(name for name, place in self.places.items() if place is not None)

    @property
    def today(self) -> Mapping[str, Any] | None:
        """The position that the picture shows, None where it shows none or no dimension."""
        found: Mapping[str, Any] | None = (self.body or {}).get("today")
        return found if found and found.get("score") is not None and len(self.movable) > 1 else None

    @property
    def aims(self) -> tuple[Stage, ...]:
        """The stages beyond the one that is named today."""
        if self.today is None:
            return ()
        return tuple(stage for stage in Stage if stage.place > Stage(self.today["stage"]).place)

    def _first_aim(self) -> str:
        wanted = ((self.body or {}).get("wanted") or {}).get("stage")
        beyond = [stage.value for stage in self.aims]
        return wanted if wanted in beyond else next(iter(beyond), "")

    @property
    def standing(self) -> Standing:
        """Where the room was told to stand; only where :attr:`today` is not None."""
        today = self.today or {}
        return standing(self.places, self.content, today.get("score"), today.get("failed_gates", ()))

    def fewest(self) -> dict[str, int] | None:
        """The fewest moves to the aim; see :func:`learnerfirst.learner_power.what_would_it_take`."""
        return what_would_it_take(self.standing, Stage(self.aim))

    def tried(self) -> Position | None:
        """The position after the one move that was chosen, None while none is."""
        if self.today is None or self.level is None or self.dimension not in self.movable:
            return None
        return self.standing.moved({self.dimension: self.level})

    def lacking(self, stage: Stage) -> tuple[str, ...]:
        """Dimensions that would still be too low for this stage's name after the chosen move."""
        return self.standing.lacking({} if self.level is None else {self.dimension: self.level}, stage)

    def option(self, dimension: str, level: int) -> str:
        """What this level of a dimension looks like: the option of its first question."""
        asked = (one for one in self.content.questionnaire.questions if one.dimension == dimension)
        return next((one.options[level].text for one in asked), "")

    # -- later answers

    @property
    def taking(self) -> bool:
        """True while later answers come in beside the picture."""
        return self.power.activity is not None and self.power.activity.state == "open"

    def take_more(self) -> None:
        """Open the answers again; the picture stays as it is."""
        self.power.workshops.reopen_activity(*self._which)
        self.power.refresh()

    def keep(self) -> None:
        """Close the answers; the picture that was shown stays."""
        self.power.workshops.close_activity(*self._which)
        self.power.workshops.reveal(*self._which)
        self.power.refresh()

    def renew(self) -> None:
        """Show the picture anew, and close the answers; NotAllowed, and nothing changes, until enough have changed."""
        self.power.workshops.renew(*self._which)
        self.keep()

    @property
    def _which(self) -> tuple[str, str]:
        return self.power.workshop.code, self.power.activity.id
