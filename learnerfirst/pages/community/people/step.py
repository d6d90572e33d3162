"""The step "people": who is here, a way to break the ice, and the working agreement; one of the three at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.people.agreement import AgreementPart
from learnerfirst.pages.community.people.icebreaker import IcebreakerPart
from learnerfirst.pages.community.people.wall import WallPart
from learnerfirst.pages.frame import StepBar
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.theme import boxed, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
WALL, ICEBREAKER, AGREEMENT = "wall", "icebreaker", "agreement"


class PeopleStep:
    """Owns the three parts and the bar by which one goes from one to the other."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.texts = model, texts
        self.parts: Mapping[str, Any] = {
            WALL: WallPart(model, texts, notice, guarded),
            ICEBREAKER: IcebreakerPart(model, texts, notice, guarded),
            AGREEMENT: AgreementPart(model, texts, notice, guarded),
        }
        self.chosen = ""
        self.bar = StepBar(texts["parts"], self._go, guarded)
        self.bar.box.add_class("lf-parts")
        self.box = boxed([self.bar.box, *(one.box for one in self.parts.values())], "lf-step")

    @property
    def part(self) -> str:
        """The part that is shown: the one that was gone to, else the one that is on the phones now."""
        now = None if self.model.workshop is None else self.model.workshop.current
        asked = now is not None and now.state == "open" and now.purpose == AGREEMENT
        return self.chosen or (AGREEMENT if asked else WALL)

    def _go(self, part: str) -> None:
        self.chosen = part
        self.look()
        self.model.told()

    def look(self) -> None:
        """Read what only the part that is shown knows."""
        if self.model.kept is not None:
            self.parts[self.part].look()
        self.refresh()

    def finding(self) -> str:
        """The headline of the part that is shown."""
        if self.model.kept is None:
            return ""
        found = str(self.parts[self.part].finding())
        words = self.texts["finding"]
        if self.part != ICEBREAKER:
            return found
        return str(words["icebreaker"].format(name=found) if found else words["icebreaker_none"])

    def refresh(self) -> None:
        """Redraw the part that is shown."""
        if self.model.kept is None:
            return
        part = self.part
        for name, one in self.parts.items():
            shown(one.box, name == part)
        self.bar.show(part)
        self.parts[part].refresh()
