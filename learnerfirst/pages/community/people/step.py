"""The step "people": who is here, a way to break the ice, and the working agreement; one of the three at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.parts import PartedStep
from learnerfirst.pages.community.people.agreement import AgreementPart
from learnerfirst.pages.community.people.icebreaker import IcebreakerPart
from learnerfirst.pages.community.people.wall import WallPart
from learnerfirst.pages.guard import Notice

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
WALL, ICEBREAKER, AGREEMENT = "wall", "icebreaker", "agreement"


class PeopleStep(PartedStep):
    """Owns the wall, the icebreakers and the working agreement."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        made = {WALL: WallPart, ICEBREAKER: IcebreakerPart, AGREEMENT: AgreementPart}
        parts = {name: make(model, texts, notice, guarded) for name, make in made.items()}
        super().__init__(model, texts, parts, guarded)

    def usual(self) -> str:
        """The agreement while it is on the phones, else the wall."""
        now = None if self.model.workshop is None else self.model.workshop.current
        asked = now is not None and now.state == "open" and now.purpose == AGREEMENT
        return AGREEMENT if asked else WALL

    def finding(self) -> str:
        """The headline of the part that is shown; an icebreaker is named."""
        found = super().finding()
        if self.model.kept is None or self.part != ICEBREAKER:
            return found
        words = self.texts["finding"]
        return str(words["icebreaker"].format(name=found) if found else words["icebreaker_none"])
