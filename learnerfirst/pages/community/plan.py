"""The step "plan"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML

from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading
from learnerfirst.pages.theme import boxed

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class PlanStep:
    """Owns what is shown of it."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.texts, self.notice, self.guarded = model, texts, notice, guarded
        self.box = boxed([HTML(heading(texts["heading"]))], "lf-step")

    def look(self) -> None:
        """Read what only this step knows."""
        self.refresh()

    def finding(self) -> str:
        """The page's headline at this step."""
        return ""

    def refresh(self) -> None:
        """Redraw from the model."""
