"""The step "personalise": what suits this group, its learning groups, groups from a list, and who can what; one at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.personalise.advice import AdvicePart
from learnerfirst.pages.community.personalise.group_card import GroupCard
from learnerfirst.pages.community.personalise.list_card import ListCard
from learnerfirst.pages.community.personalise.skills_card import SkillsCard
from learnerfirst.pages.frame import StepBar
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.theme import boxed, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
ADVICE, GROUPS = "advice", "groups"


class PersonaliseStep:
    """Owns the four parts and the bar by which one goes from one to the other."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model = model
        self.advice = AdvicePart(model, texts, notice, guarded)
        self.groups = GroupCard(model, texts, notice, guarded)
        self.list = ListCard(model, texts, notice, guarded)
        self.skills = SkillsCard(model, texts, notice, guarded)
        self.parts: Mapping[str, Any] = {
            ADVICE: self.advice,
            GROUPS: self.groups,
            "list": self.list,
            "skills": self.skills,
        }
        self.chosen = ""
        self.bar = StepBar(texts["parts"], self._go, guarded)
        self.bar.box.add_class("lf-parts")
        self.box = boxed([self.bar.box, *(one.box for one in self.parts.values())], "lf-step")

    @property
    def part(self) -> str:
        """The part that is shown: the one that was gone to, else the groups where there are some."""
        return self.chosen or (GROUPS if self.groups.rounds else ADVICE)

    def _go(self, part: str) -> None:
        self.chosen = part
        self.look()
        self.model.told()

    def look(self) -> None:
        """Read the groups, and what the part that is shown knows."""
        if self.model.kept is not None:
            self.groups.look()
            if self.part != GROUPS:
                self.parts[self.part].look()
        self.refresh()

    def finding(self) -> str:
        """The headline of the part that is shown."""
        return "" if self.model.kept is None else str(self.parts[self.part].finding())

    def refresh(self) -> None:
        """Redraw the part that is shown."""
        if self.model.kept is None:
            return
        part = self.part
        for name, one in self.parts.items():
            shown(one.box, name == part)
        self.bar.show(part)
        self.parts[part].refresh()
