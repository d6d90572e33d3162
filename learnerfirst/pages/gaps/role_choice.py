"""Whose gaps are looked at: one choice, the same in every step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from learnerfirst.pages.choice import Choice
from learnerfirst.pages.gaps.model import GapsModel
from learnerfirst.pages.theme import boxed, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class RoleChoice:
    """A list of roles; hidden where there is one alone. ``shown_only``: roles whose people are shown."""

    def __init__(
        self, model: GapsModel, texts: Mapping[str, Any], guarded: Wrap, *, shown_only: bool = False
    ) -> None:
        self.model, self.shown_only = model, shown_only
        self.which = Choice(texts["role_label"], guarded(self._choose))
        self.box = boxed([self.which.field], "lf-form")

    def _choose(self, role: str | None) -> None:
        if role and role != self.model.role:
            self.model.role = role

    def refresh(self) -> None:
        """Redraw from the model."""
        labels = [one.label for one in self.model.shown] if self.shown_only else list(self.model.profiles)
        role = self.model.role if self.model.role in labels else (labels[0] if labels else None)
        self.which.offer(labels, role)
        shown(self.box, len(labels) > 1)
