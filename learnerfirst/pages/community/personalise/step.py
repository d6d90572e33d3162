"""The step "personalise": what suits this group, its learning groups, groups from a list, and who can what; one at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.parts import PartedStep
from learnerfirst.pages.community.personalise.advice import AdvicePart
from learnerfirst.pages.community.personalise.group_card import GroupCard
from learnerfirst.pages.community.personalise.list_card import ListCard
from learnerfirst.pages.community.personalise.skills_card import SkillsCard
from learnerfirst.pages.guard import Notice

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
ADVICE, GROUPS = "advice", "groups"


class PersonaliseStep(PartedStep):
    """Owns the advice, the learning groups, groups from a list, and who can what."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.advice = AdvicePart(model, texts, notice, guarded)
        self.groups = GroupCard(model, texts, notice, guarded)
        self.list = ListCard(model, texts, notice, guarded)
        self.skills = SkillsCard(model, texts, notice, guarded)
        parts = {ADVICE: self.advice, GROUPS: self.groups, "list": self.list, "skills": self.skills}
        super().__init__(model, texts, parts, guarded)

    def usual(self) -> str:
        """The groups where there are some, else the advice."""
        return GROUPS if self.groups.rounds else ADVICE

    def look(self) -> None:
        """Read the groups, and what the part that is shown knows."""
        if self.model.kept is not None and self.part != GROUPS:
            self.groups.look()
        super().look()
